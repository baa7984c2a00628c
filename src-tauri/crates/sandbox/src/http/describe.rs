//! The OpenAPI description, made from the route table and the wire types: what is not served can't be described, and
//! what is served can't be left out.

use super::route::{Carries, Route, Verb, refusal_schema};
use crate::routes;
use crate::sample;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Statuses that any route may refuse with: input, token, rights of the caller, throttling.
const ANY: [u16; 4] = [400, 401, 403, 429];

/// The description.
pub(crate) fn openapi() -> Value {
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for route in routes::table() {
        paths.entry(route.path).or_default().insert(route.verb.word().to_owned(), operation(route));
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Practice Partner Center", "version": env!("CARGO_PKG_VERSION")},
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Refusal": refusal_schema()},
        },
    })
}

fn operation(route: &Route) -> Value {
    let mut parameters: Vec<Value> = names_in(route.path).map(path_parameter).collect();
    parameters.extend(route.query.iter().map(|query| {
        let schema = if query.name == "size" {
            json!({"type": "integer", "minimum": 0, "maximum": 500})
        } else {
            json!({"type": "string"})
        };
        let mut parameter = json!({"name": query.name, "in": "query", "required": query.required, "schema": schema});
        if !query.example.is_empty() {
            parameter["example"] = match query.example.parse::<u32>() {
                Ok(number) if query.name == "size" => json!(number),
                Ok(_) | Err(_) => json!(query.example),
            };
        }
        parameter
    }));
    let mut described = json!({
        "operationId": route.name, "parameters": parameters, "responses": responses(route),
        "x-credentials": if route.user_only { "user" } else { "either" },
    });
    if let Some(body) = route.body {
        described["requestBody"] = json!({"content": {"application/json": {"schema": body()}}});
    }
    described
}

fn responses(route: &Route) -> Value {
    let mut responses = Map::new();
    for status in route.good {
        responses.insert(status.to_string(), good(route));
    }
    for status in ANY.iter().chain(route.refuses) {
        responses.entry(status.to_string()).or_insert_with(|| refused(route));
    }
    Value::Object(responses)
}

fn good(route: &Route) -> Value {
    match route.carries {
        Carries::Nothing => json!({"description": "Done."}),
        Carries::Json(schema) => {
            json!({"description": "The resource.", "content": {"application/json": {"schema": schema()}}})
        }
        Carries::Csv => json!({"description": "The sheet.", "content": {"text/csv": {}}}),
    }
}

fn refused(route: &Route) -> Value {
    // An answer to HEAD has no body, whatever it says.
    if route.verb == Verb::Head {
        return json!({"description": "Refused, or not there."});
    }
    let schema = json!({"$ref": "#/components/schemas/Refusal"});
    json!({"description": "Refused.", "content": {"application/json": {"schema": schema}}})
}

/// The names in a path.
fn names_in(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// A part of the path, with something that is there in the sample.
fn path_parameter(name: &str) -> Value {
    let example = match name {
        "customer" => sample::tenant_id("baeckereimorgenroete").to_string(),
        "domain" => "baeckereimorgenroete.onmicrosoft.com".to_owned(),
        "country" => "DE".to_owned(),
        "product" => "CFQ7TTC0LH18".to_owned(),
        "sku" => "0001".to_owned(),
        "offer" => "195416c1-3447-423a-b37b-ee59a99a19c4".to_owned(),
        "role" => "62e90394-69f5-4237-9190-012177145e10".to_owned(),
        "sheet" => "pricesheets(Market='DE',PricesheetView='updatedlicensebased')".to_owned(),
        _ => uuid::Uuid::nil().to_string(),
    };
    json!({
        "name": name, "in": "path", "required": true, "schema": {"type": "string", "minLength": 1},
        "example": example,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_route_is_described_once_under_a_name_of_its_own() {
        let description = openapi();
        let mut names = BTreeSet::new();
        for route in routes::table() {
            let described = &description["paths"][route.path][route.verb.word()];
            assert_eq!(described["operationId"], route.name, "{} {}", route.verb.word(), route.path);
            assert!(names.insert(route.name), "{} is named twice", route.name);
            assert!(!route.good.is_empty());
        }
        let described: usize = description["paths"]
            .as_object()
            .expect("paths")
            .values()
            .map(|of| of.as_object().expect("ops").len())
            .sum();
        assert_eq!(described, names.len(), "two routes with one method and path");
    }
}
