//! JSON schemas of the bodies, out of the very types that read and write them: the practice server describes itself
//! with these, so that description and wire can't part.

use crate::wire::Customer;
use crate::wire::member::Member;
use serde::de::{DeserializeOwned, Deserializer, Error, Visitor};
use serde_json::{Map, Value, json};
use std::fmt;

/// The schema of a body.
#[must_use]
pub fn schema<T: Member>() -> Value {
    T::schema()
}

/// The schema of a page of a list.
#[must_use]
pub fn list_schema<T: Member>() -> Value {
    let link = crate::wire::Link::schema();
    json!({
        "type": "object", "required": ["totalCount", "items", "attributes"],
        "properties": {
            "totalCount": u32::schema(), "items": {"type": "array", "items": T::schema()},
            "links": {"type": "object", "additionalProperties": link},
            "attributes": crate::wire::Attributes::schema(),
        },
    })
}

/// The schema of the answer to the creation of a customer: the customer and, this once, its credentials.
#[must_use]
pub fn created_customer_schema() -> Value {
    let mut schema = Customer::schema();
    schema["properties"]["userCredentials"] = json!({
        "type": "object",
        "properties": {"userName": {"type": "string"}, "password": {"type": "string"}},
    });
    schema
}

/// An object of these members, in the order of the type's fields.
pub(crate) fn object<T: DeserializeOwned>(members: Vec<Value>) -> Value {
    let properties: Map<String, Value> = names::<T>().iter().map(|name| (*name).to_owned()).zip(members).collect();
    json!({"type": "object", "properties": properties})
}

/// The names of a type's members as they are on the wire, in the order of its fields: what its reader asks for.
fn names<T: DeserializeOwned>() -> &'static [&'static str] {
    match T::deserialize(Asked) {
        Err(Names(names)) => names,
        Ok(_) => &[],
    }
}

/// Answers no question, but hands the names of the members that were asked for out as its error.
struct Asked;

#[derive(Debug)]
struct Names(&'static [&'static str]);

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("only names were asked for")
    }
}

impl std::error::Error for Names {}

impl Error for Names {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(&[])
    }
}

impl<'de> Deserializer<'de> for Asked {
    type Error = Names;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Names> {
        Err(Names(&[]))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Names> {
        Err(Names(fields))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire;

    #[test]
    fn names_are_those_of_the_wire_and_types_those_of_the_fields() {
        let schema = schema::<wire::Cart>();
        assert_eq!(schema["properties"]["id"]["type"], "string");
        assert_eq!(schema["properties"]["lineItems"]["items"]["properties"]["quantity"]["type"], "integer");
        assert_eq!(super::schema::<wire::Agreement>()["properties"]["type"]["type"], "string", "renamed members too");
        let rules = super::schema::<wire::CountryValidationRules>();
        assert_eq!(rules["properties"]["iso2Code"]["type"], "string");
        assert_eq!(created_customer_schema()["properties"]["userCredentials"]["type"], "object");
        assert_eq!(list_schema::<wire::Order>()["properties"]["items"]["type"], "array");
    }
}
