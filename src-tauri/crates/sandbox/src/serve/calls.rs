//! Which calls were made and how often, so that a test can tell what a client asked for twice.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Most different calls that are told apart; what comes after is not counted.
const MOST: usize = 100_000;
/// Header that names a page of a list: without it all pages would be one call.
const PAGE: &str = "ms-continuationtoken";

/// The count.
#[derive(Default)]
pub(super) struct Calls(Mutex<BTreeMap<String, u32>>);

impl Calls {
    /// Counts a call: method, path, query, and the page of a list.
    pub(super) fn count(&self, method: &str, uri: &http::Uri, headers: &http::HeaderMap) {
        let mut call = format!("{method} {uri}");
        if let Some(page) = headers.get(PAGE).and_then(|page| page.to_str().ok()) {
            call.push_str(" page ");
            call.push_str(page);
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() < MOST || all.contains_key(&call) {
            *all.entry(call).or_insert(0) += 1;
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> BTreeMap<String, u32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Begins anew.
    pub(super) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_one_list_are_calls_of_their_own() {
        let calls = Calls::default();
        let uri: http::Uri = "/v1/customers?size=40".parse().expect("uri");
        let mut page = http::HeaderMap::new();
        calls.count("GET", &uri, &page);
        page.insert(PAGE, http::HeaderValue::from_static("AAEA"));
        calls.count("GET", &uri, &page);
        calls.count("GET", &uri, &page);
        let all: Vec<(String, u32)> = calls.all().into_iter().collect();
        assert_eq!(
            all,
            [("GET /v1/customers?size=40".to_owned(), 1), ("GET /v1/customers?size=40 page AAEA".to_owned(), 2)]
        );
        calls.clear();
        assert!(calls.all().is_empty());
    }
}
