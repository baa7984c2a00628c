//! A sandbox in a folder of its own, a clock that tests move, and requests in one line.

use cb_partner_center::wire;
use cb_sandbox::{Options, Sandbox};
use http::{Method, Request, Response};
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tower::ServiceExt;

/// An answer in whole.
pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON, with or without a byte order mark; null when empty.
    pub fn json(&self) -> Value {
        let body = wire::without_bom(&self.body);
        if body.is_empty() { Value::Null } else { serde_json::from_slice(body).expect("a JSON body") }
    }

    /// The body as the client reads it.
    pub fn read<T: DeserializeOwned>(&self) -> T {
        wire::from_answer(&self.body).expect("the client can read the answer")
    }

    /// Error code of a refusal.
    pub fn code(&self) -> u32 {
        self.read::<wire::ServiceError>().number()
    }

    /// Status and code of a refusal.
    pub fn refusal(&self) -> (u16, u32) {
        (self.status, self.code())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A sandbox under test.
pub struct Practice {
    pub sandbox: Sandbox,
    router: axum::Router,
    folder: TempDir,
    clock: Arc<Mutex<Timestamp>>,
    provision_delay: SignedDuration,
}

impl Practice {
    pub fn new() -> Self {
        Self::with_delay(SignedDuration::ZERO)
    }

    pub fn with_delay(provision_delay: SignedDuration) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(Mutex::new("2026-03-10T10:00:00Z".parse().expect("a time")));
        let sandbox = Sandbox::open(folder.path(), options(&clock, provision_delay)).expect("opens");
        Self { router: sandbox.router(), sandbox, folder, clock, provision_delay }
    }

    /// Opens the files as they lie on disk this moment, while the first sandbox still holds them: what a kill leaves.
    pub fn killed(self) -> Self {
        let Self { sandbox, router: _, folder: old, clock, provision_delay } = self;
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["sandbox.db", "sandbox.db-wal"] {
            std::fs::copy(old.path().join(name), folder.path().join(name)).expect("copies");
        }
        drop(sandbox);
        let sandbox = Sandbox::open(folder.path(), options(&clock, provision_delay)).expect("opens again");
        Self { router: sandbox.router(), sandbox, folder, clock, provision_delay }
    }

    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub fn wait(&self, duration: SignedDuration) {
        let mut now = self.clock.lock().expect("no test panicked holding it");
        *now = now.checked_add(duration).expect("inside the calendar");
    }

    pub fn now(&self) -> Timestamp {
        *self.clock.lock().expect("no test panicked holding it")
    }

    pub async fn call(&self, request: Request<axum::body::Body>) -> Answer {
        let response: Response<axum::body::Body> =
            self.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the body is in memory").to_bytes().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(request(Method::GET, path, None, None)).await
    }

    pub async fn head(&self, path: &str) -> Answer {
        self.call(request(Method::HEAD, path, None, None)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(request(Method::POST, path, Some(body), None)).await
    }

    /// A POST with a request id, as the outbox sends it.
    pub async fn post_as(&self, id: &str, path: &str, body: Value) -> Answer {
        self.call(request(Method::POST, path, Some(body), Some(id))).await
    }

    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call(request(Method::PATCH, path, Some(body), None)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(request(Method::PUT, path, Some(body), None)).await
    }

    /// A new customer, its agreement attested.
    pub async fn customer(&self, prefix: &str) -> String {
        let answer = self.post("/v1/customers", new_customer(prefix)).await;
        assert_eq!(answer.status, 201, "{}", answer.json());
        let id = answer.json()["id"].as_str().expect("an id").to_owned();
        let answer = self.post(&format!("/v1/customers/{id}/agreements"), agreement()).await;
        assert_eq!(answer.status, 201, "{}", answer.json());
        id
    }

    /// The current catalog item id of `product:sku` for a customer.
    pub async fn item(&self, customer: &str, key: &str) -> String {
        let (product, sku) = key.split_once(':').expect("product:sku");
        let path = format!("/v1/customers/{customer}/products/{product}/skus/{sku}/availabilities");
        let page: wire::Collection<wire::Availability> = self.get(&path).await.read();
        page.items[0].catalog_item_id.clone().expect("a catalog item id")
    }

    /// A cart with these lines: key, quantity, term, cycle.
    pub async fn cart(&self, customer: &str, lines: &[(&str, u32, &str, &str)]) -> Answer {
        let mut items = Vec::new();
        for (number, (key, quantity, term, cycle)) in lines.iter().enumerate() {
            let id = self.item(customer, key).await;
            items.push(line(number, &id, *quantity, term, cycle));
        }
        self.post(&format!("/v1/customers/{customer}/carts"), cart_body(items)).await
    }

    pub async fn checkout(&self, customer: &str, cart: &str) -> Answer {
        self.post(&format!("/v1/customers/{customer}/carts/{cart}/checkout"), Value::Null).await
    }
}

fn options(clock: &Arc<Mutex<Timestamp>>, provision_delay: SignedDuration) -> Options {
    let clock = Arc::clone(clock);
    let read = move || *clock.lock().expect("no test panicked holding it");
    Options { provision_delay, ..Options::new(Arc::new(read)) }
}

pub fn request(method: Method, path: &str, body: Option<Value>, id: Option<&str>) -> Request<axum::body::Body> {
    let mut builder = Request::builder()
        .method(method)
        .uri(format!("https://api.partnercenter.microsoft.com{path}"))
        .header("Authorization", "Bearer practice")
        .header("MS-CorrelationId", "7a1d8e52-90b4-4b7e-8d6c-1f2e3d4c5b6a")
        .header("X-Locale", "de-DE");
    if let Some(id) = id {
        builder = builder.header("MS-RequestId", id);
    }
    let body = match body {
        Some(Value::Null) | None => axum::body::Body::empty(),
        Some(body) => axum::body::Body::from(body.to_string()),
    };
    builder.body(body).expect("a request")
}

/// Tenant of the first sample reseller.
pub fn reseller() -> String {
    cb_sandbox::sample::tenant_id(RESELLER_MPN).to_string()
}

/// A signed reseller and one that has not signed.
pub const RESELLER_MPN: &str = "4871206";
pub const UNSIGNED_MPN: &str = "4911830";

pub const BASIC: &str = "CFQ7TTC0LH18:0001";
pub const PREMIUM: &str = "CFQ7TTC0LCHC:0002";
pub const PREMIUM_TRIAL: &str = "CFQ7TTC0LCHC:0005";
pub const COPILOT: &str = "CFQ7TTC0MM8R:0002";
pub const E3: &str = "CFQ7TTC0LFLX:0001";

pub fn new_customer(prefix: &str) -> Value {
    json!({
        "CompanyProfile": {"Domain": format!("{prefix}.onmicrosoft.com"), "OrganizationRegistrationNumber": null},
        "BillingProfile": {
            "Email": "ana@nordwind.example", "Culture": "de-DE", "Language": "de", "CompanyName": "Nordwind Bäckerei",
            "DefaultAddress": {"Country": "DE", "City": "Hamburg", "AddressLine1": "Deichstraße 12",
                "PostalCode": "20459", "FirstName": "Ana", "LastName": "Moss", "PhoneNumber": "+49 40 5550 0100"},
        },
        "AssociatedPartnerId": reseller().to_uppercase(),
    })
}

pub fn agreement() -> Value {
    json!({
        "primaryContact": {"firstName": "Ana", "lastName": "Moss", "email": "ana@nordwind.example"},
        "templateId": "117a77b0-9360-443b-8795-c6dedc750cf9", "dateAgreed": "2026-03-09T00:00:00.000Z",
        "type": "MicrosoftCustomerAgreement",
    })
}

pub fn line(number: usize, item: &str, quantity: u32, term: &str, cycle: &str) -> Value {
    json!({
        "Id": number, "CatalogItemId": item, "Quantity": quantity, "TermDuration": term, "BillingCycle": cycle,
        "Participants": [{"Key": "transaction_reseller", "Value": RESELLER_MPN}],
    })
}

pub fn cart_body(lines: Vec<Value>) -> Value {
    json!({"PartnerOnRecordAttestationAccepted": true, "LineItems": lines})
}
