//! Paths are matched in any case, as Partner Center does: the fixed parts of a path are spelled as the routes spell
//! them, the identifiers in it stay as they came.

use crate::routes;
use axum::extract::Request;
use http::Uri;
use http::uri::PathAndQuery;

/// The request, with its path spelled as the routes are.
pub(super) async fn canonical(mut request: Request) -> Request {
    if let Some(uri) = respelled(request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

fn respelled(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    let fixed = routes::table().find_map(|route| spelled_as(path, route.path))?;
    if fixed == path {
        return None;
    }
    let whole = uri.query().map_or_else(|| fixed.clone(), |query| format!("{fixed}?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(whole).ok()?);
    Uri::from_parts(parts).ok()
}

/// The path in the spelling of a route; `None` when it is not a path of that route.
pub(crate) fn spelled_as(path: &str, route: &str) -> Option<String> {
    let mut told = String::with_capacity(path.len());
    let mut theirs = path.split('/');
    for ours in route.split('/') {
        let segment = theirs.next()?;
        let is_name = ours.starts_with('{');
        if !is_name && !segment.eq_ignore_ascii_case(ours) {
            return None;
        }
        if !told.is_empty() || !ours.is_empty() {
            told.push('/');
        }
        told.push_str(if is_name { segment } else { ours });
    }
    theirs.next().is_none().then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_parts_are_respelled_and_identifiers_stay() {
        let route = "/v1/customers/{customer}/carts/{cart}/checkout";
        assert_eq!(
            spelled_as("/V1/Customers/AbC/CARTS/Xy/Checkout", route).as_deref(),
            Some("/v1/customers/AbC/carts/Xy/checkout")
        );
        assert_eq!(spelled_as("/v1/customers/a/carts/b", route), None);
        assert_eq!(spelled_as("/v1/customers/a/carts/b/checkout/c", route), None);
        let uri = respelled(&"https://a.example/V1/PRODUCTS?Country=DE".parse().expect("a uri")).expect("changed");
        assert_eq!(uri.to_string(), "https://a.example/v1/products?Country=DE");
    }
}
