//! Lists page by page: the next link with its headers, or the continuation token of a header.

use crate::client::Client;
use crate::client::exchange::{Ask, Failure, Good, ids_along};
use crate::triage::Operation;
use crate::wire::{self, Collection, Link};
use cb_sync::remote::RequestIds;
use http::Method;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

const CONTINUATION: &str = "MS-ContinuationToken";
/// 100,000 customers come in 200 pages of 500; a server that goes on for longer than this turns in circles.
const MOST_PAGES: u32 = 10_000;

impl Client {
    /// GET of a path below `/v1`.
    pub(crate) fn get(&self, operation: Operation, path: &str) -> Ask {
        Ask { operation, method: Method::GET, uri: self.uri(path), body: None, extra: Vec::new() }
    }

    /// One resource.
    pub(crate) async fn one<T: DeserializeOwned>(
        &self,
        operation: Operation,
        path: &str,
        ids: RequestIds,
    ) -> Result<(T, Option<Timestamp>), Failure> {
        let good = self.exchange(&self.get(operation, path), ids).await?;
        Ok((wire::from_answer(&good.body)?, good.date))
    }

    /// All pages of a list.
    pub(crate) async fn all<T: DeserializeOwned>(
        &self,
        operation: Operation,
        path: &str,
        ids: RequestIds,
    ) -> Result<(Vec<T>, Option<Timestamp>), Failure> {
        let mut items = Vec::new();
        let mut seen = BTreeSet::new();
        let mut ask = self.get(operation, path);
        for page in 0..MOST_PAGES {
            if !seen.insert((ask.uri.clone(), ask.extra.clone())) {
                return Err(Failure::Unknown);
            }
            let page_ids = if page == 0 { ids } else { ids_along(ids, &format!("{path} page {page}")) };
            let good = self.exchange(&ask, page_ids).await?;
            let mut collection: Collection<T> = wire::from_answer(&good.body)?;
            items.append(&mut collection.items);
            let Some(next) = self.next(operation, &ask, &collection.next().cloned(), &good)? else {
                return Ok((items, good.date));
            };
            ask = next;
        }
        Err(Failure::Unknown)
    }

    pub(crate) fn next(
        &self,
        operation: Operation,
        last: &Ask,
        link: &Option<Link>,
        good: &Good,
    ) -> Result<Option<Ask>, Failure> {
        if let Some(link) = link {
            let uri = link.uri.as_deref().and_then(|uri| self.follow(uri)).ok_or(Failure::Unknown)?;
            let extra = link.headers.iter().map(|header| (header.key.clone(), header.value.clone())).collect();
            return Ok(Some(Ask { operation, method: Method::GET, uri, body: None, extra }));
        }
        let token =
            good.headers.get(CONTINUATION).and_then(|value| value.to_str().ok()).filter(|text| !text.is_empty());
        Ok(token.map(|token| Ask {
            operation,
            method: Method::GET,
            uri: last.uri.clone(),
            body: None,
            extra: vec![(CONTINUATION.to_owned(), token.to_owned())],
        }))
    }

    /// Absolute address of a path below `/v1`.
    pub(crate) fn uri(&self, path: &str) -> String {
        format!("{}/v1{path}", self.config.base)
    }

    /// Absolute address of a link: with `/v1`, without it, or whole. Whole links may only lead to our own base.
    pub(crate) fn follow(&self, link: &str) -> Option<String> {
        let path = match link.strip_prefix(self.config.base.as_str()) {
            Some(path) => path,
            None if link.contains("://") => return None,
            None => link,
        };
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let versioned = path == "/v1" || path.starts_with("/v1/") || path.starts_with("/v1?");
        Some(if versioned { format!("{}{path}", self.config.base) } else { self.uri(&path) })
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use crate::client::ClientConfig;
    use crate::token::FixedToken;
    use crate::transport::HttpsTransport;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn client() -> Client {
        let transport = HttpsTransport::new(Vec::new()).expect("a client");
        Client::new(Arc::new(transport), Arc::new(FixedToken::new("t")), ClientConfig::new("https://api.example", "de"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_link_leads_away_from_our_own_base(
            start in prop_oneof![
                Just("https://api.example"), Just("https://api.example.evil"), Just("https://api.example@evil.example"),
                Just("//evil.example"), Just("/v1"), Just("/v10"), Just("http:"), Just("\\\\evil"), Just("")
            ],
            rest in ".{0,40}",
        ) {
            if let Some(followed) = client().follow(&format!("{start}{rest}")) {
                prop_assert!(followed.starts_with("https://api.example/v1"), "{followed}");
                if let Ok(uri) = followed.parse::<http::Uri>() {
                    prop_assert_eq!(uri.host(), Some("api.example"));
                }
            }
        }
    }
}
