//! A transport with a script: each request must be the next one expected, and gets the answer written beside it.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use async_trait::async_trait;
use bytes::Bytes;
use cb_domain::ids::TenantId;
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::{TokenError, TokenSource};
use cb_partner_center::transport::{Transport, TransportError};
use cb_partner_center::wire;
use cb_sync::remote::{Answer, Call, Outcome, Remote, RequestIds};
use http::{Request, Response};
use secrecy::SecretString;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

pub const BASE: &str = "https://api.example";
pub const TENANT: &str = "0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11";
pub const RESELLER: &str = "5d0c1b1e-6a0f-4f43-9a77-0d3a7c5b9e10";

/// One exchange of the script.
pub struct Step {
    expected: String,
    answer: Result<Response<Bytes>, TransportError>,
}

/// `expected` is the method and the address below the base; the body gets a byte order mark, as successes have.
pub fn ok(expected: &str, body: &str) -> Step {
    Step { expected: expected.to_owned(), answer: Ok(response(200, &[], &[wire::BOM, body.as_bytes()].concat())) }
}

/// An answer with any status.
pub fn answer(expected: &str, status: u16, headers: &[(&str, &str)], body: &str) -> Step {
    Step { expected: expected.to_owned(), answer: Ok(response(status, headers, body.as_bytes())) }
}

/// No answer.
pub fn fail(expected: &str, error: TransportError) -> Step {
    Step { expected: expected.to_owned(), answer: Err(error) }
}

fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Response<Bytes> {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(Bytes::copy_from_slice(body)).expect("response")
}

#[derive(Default)]
pub struct Script {
    steps: Mutex<VecDeque<Step>>,
    pub seen: Mutex<Vec<Request<Bytes>>>,
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let uri = request.uri().to_string();
        let said = format!("{} {}", request.method(), uri.strip_prefix(BASE).unwrap_or(&uri));
        let step = self.steps.lock().unwrap().pop_front().unwrap_or_else(|| panic!("not in the script: {said}"));
        assert_eq!(said, step.expected);
        self.seen.lock().unwrap().push(request);
        step.answer
    }
}

/// Counts refreshes.
#[derive(Default)]
pub struct Tokens {
    pub refreshed: Mutex<u32>,
}

#[async_trait]
impl TokenSource for Tokens {
    async fn token(&self) -> Result<SecretString, TokenError> {
        Ok(SecretString::from(format!("token-{}", self.refreshed.lock().unwrap())))
    }
    async fn refresh(&self, _refused: &SecretString) -> Result<SecretString, TokenError> {
        *self.refreshed.lock().unwrap() += 1;
        self.token().await
    }
}

pub fn ids() -> RequestIds {
    RequestIds { request_key: Uuid::from_u128(1).into(), correlation_id: Uuid::from_u128(2).into() }
}

pub fn tenant() -> TenantId {
    TENANT.parse().expect("tenant")
}

/// Runs a call through its script and hands back what came of it and what was sent.
pub async fn run(call: Call, steps: Vec<Step>) -> (Outcome, Vec<Request<Bytes>>) {
    let script = Arc::new(Script { steps: Mutex::new(steps.into()), seen: Mutex::default() });
    let client = Client::new(script.clone(), Arc::new(Tokens::default()), ClientConfig::new(BASE, "de-DE"));
    let outcome = client.send(&call, ids()).await;
    assert!(script.steps.lock().unwrap().is_empty(), "requests of the script were not sent; outcome {outcome:?}");
    let seen = std::mem::take(&mut *script.seen.lock().unwrap());
    (outcome, seen)
}

/// The answer of a call that goes well.
pub async fn good(call: Call, steps: Vec<Step>) -> Answer {
    let outcome = run(call, steps).await.0;
    let Outcome::Done { answer, .. } = outcome else { panic!("{outcome:?}") };
    answer
}

/// The body of a request as JSON.
pub fn body(request: &Request<Bytes>) -> serde_json::Value {
    serde_json::from_slice(request.body()).expect("JSON body")
}

/// A header of a request.
pub fn header<'a>(request: &'a Request<Bytes>, name: &str) -> &'a str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
