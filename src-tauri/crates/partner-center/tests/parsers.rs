//! Whatever comes in, reading it ends in good time, holds a bounded amount of memory and panics never: answers, the
//! redirect of a sign-in, `Retry-After`, links to next pages, dates and price sheets. Besides noise there is what is bad on
//! purpose: bodies that are small on the wire and large in memory, that nest without end, that never say what they promise.
//!
//! A binary of its own, with one test at a time: the figures of memory are those of the whole process, which only Linux tells
//! this way. `CHANNELBOOK_PARSERS` says how many cases of noise are tried of each parser.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

use bytes::Bytes;
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::retry_after::{retry_after, server_date};
use cb_partner_center::sign_in::read_callback;
use cb_partner_center::token::FixedToken;
use cb_partner_center::transport::{Transport, TransportError};
use cb_partner_center::wire::{self, Collection, SheetReader};
use cb_sync::remote::{Call, Outcome, PageLink, Remote, RequestIds};
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Request, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const MB: usize = 1024 * 1024;
/// The room that every answer has, once more for a list that is just growing, pages that the allocator keeps, and what the
/// tests themselves need.
const BESIDES: usize = 48 * MB;
/// Times its own length that an answer may take while it is read: it may grow sixfold, and a growing list lies in memory
/// one and a half times for a moment.
const TIMES: usize = 10;
/// No single case may take longer, on a slow and busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// Seeded noise.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).unwrap_or(0)
    }
}

fn cases() -> usize {
    std::env::var("CHANNELBOOK_PARSERS").ok().and_then(|text| text.parse().ok()).unwrap_or(1500)
}

fn seed() -> u64 {
    std::env::var("CHANNELBOOK_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_260_105)
}

/// Bytes of this process in memory: the most so far, or now.
fn resident(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_matches([':', ' ', '\t']).trim_end_matches(" kB").trim().parse::<usize>().unwrap() * 1024
}

/// Holds this within so many bytes more than before, and within good time.
fn bounded<T>(what: &str, most: usize, work: impl FnOnce() -> T) -> T {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let (before, began) = (resident("VmRSS"), Instant::now());
    let done = work();
    let grown = resident("VmHWM").saturating_sub(before);
    assert!(grown <= most + BESIDES, "{what}: {} MB were held, {} MB are enough", grown / MB, most / MB);
    assert!(began.elapsed() < LONGEST, "{what} took {:?}", began.elapsed());
    done
}

/// Reads it as everything that an answer can be.
fn read_as_all(body: &[u8]) {
    macro_rules! each {
        ($($kind:ty),* $(,)?) => {$(
            let _ = wire::from_answer::<$kind>(body);
            let _ = wire::from_answer::<Collection<$kind>>(body);
        )*};
    }
    each!(
        wire::AddressValidation,
        wire::Agreement,
        wire::AgreementMetadata,
        wire::AuditRecord,
        wire::Availability,
        wire::BillingProfile,
        wire::Cart,
        wire::CheckoutResult,
        wire::CompanyProfile,
        wire::CountryValidationRules,
        wire::Customer,
        wire::CustomerUser,
        wire::DirectSignedStatus,
        wire::DirectoryRole,
        wire::IsAgreementSigned,
        wire::LegacyOffer,
        wire::LegalBusinessProfile,
        wire::MpnProfile,
        wire::Order,
        wire::OrderProvisioningStatus,
        wire::PartnerRelationship,
        wire::Product,
        wire::PromotionAnswers,
        wire::RelationshipRequest,
        wire::ServiceError,
        wire::Sku,
        wire::SubscribedSku,
        wire::Subscription,
        wire::SubscriptionProvisioningStatus,
        wire::SupportContact,
        wire::SupportProfile,
        wire::UserMember,
        wire::ValidateResellersResult,
        wire::ValidationStatus,
    );
    let _ = wire::document(body);
    let _ = wire::created_customer(body);
}

/// Bodies of about that length that are small on the wire and want to be large in memory.
fn greedy(length: usize) -> Vec<(&'static str, Vec<u8>)> {
    let fill = |head: &str, part: &str, tail: &str| {
        let parts = part.repeat(length.saturating_sub(head.len() + tail.len()) / part.len());
        format!("{head}{}{tail}", parts.trim_end_matches(',')).into_bytes()
    };
    vec![
        ("empty resources", fill(r#"{"items":["#, "{},", "]}")),
        ("empty lines of one cart", fill(r#"{"lineItems":["#, "{},", "]}")),
        ("lists in lists", fill(r#"{"items":["#, r#"{"lineItems":[{},{}]},"#, "]}")),
        ("numbers in an error", fill(r#"{"code":1,"data":["#, "0,", "]}")),
        ("empty lists in an error", fill(r#"{"code":1,"data":["#, "[],", "]}")),
        ("links without a name", fill(r#"{"links":{"#, r#""":{},"#, "}}")),
        ("texts", fill(r#"{"actions":["#, r#""","#, "]}")),
        ("nulls", fill(r#"{"items":["#, "null,", "]}")),
        ("one long text", fill(r#"{"id":""#, "x", r#""}"#)),
        ("one long text of escapes", fill(r#"{"id":""#, "\\u0041", r#""}"#)),
        ("unknown members", fill(r#"{"novel":["#, "{},", "]}")),
        ("lists that never end", vec![b'['; length]),
        ("objects that never end", r#"{"a":"#.repeat(length / 5).into_bytes()),
        ("a number that never ends", vec![b'9'; length]),
        ("nothing but blanks", vec![b' '; length]),
        ("nothing but marks", wire::BOM.repeat(length / 3)),
        ("bare numbers", fill("[", "0,", "]")),
        ("bare lists", fill("[", "[],", "]")),
    ]
}

/// An answer changed at a few places.
fn spoilt(noise: &mut Noise, body: &[u8]) -> Vec<u8> {
    let mut body = body.to_vec();
    for _ in 0..=noise.below(6) {
        let at = noise.below(body.len());
        match noise.below(5) {
            0 => body.truncate(at),
            1 => body.extend_from_within(..at.min(4096)),
            2 => body.insert(at, b"{}[]\",:0\\\0\xff"[noise.below(11)]),
            _ if body.is_empty() => {}
            3 => body[at] = u8::try_from(noise.below(256)).unwrap(),
            _ => {
                body.remove(at);
            }
        }
    }
    body
}

fn recorded() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire");
    let mut all: Vec<Vec<u8>> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "json"))
        .map(|entry| std::fs::read(entry.path()).unwrap())
        .collect();
    all.sort();
    assert!(all.len() >= 10, "the recorded answers are there");
    all
}

/// Always the same answer; counts how often it was asked.
struct Says {
    body: Bytes,
    headers: HeaderMap,
    asked: AtomicU32,
}

#[async_trait::async_trait]
impl Transport for Says {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        assert_eq!(request.uri().host(), Some("api.example"), "no link leads away");
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut response = Response::new(self.body.clone());
        *response.headers_mut() = self.headers.clone();
        Ok(response)
    }
}

fn says(body: Vec<u8>) -> (Client, Arc<Says>) {
    let says = Arc::new(Says { body: body.into(), headers: HeaderMap::new(), asked: AtomicU32::new(0) });
    let config = ClientConfig::new("https://api.example", "en-US");
    (Client::new(says.clone(), Arc::new(FixedToken::new("t")), config), says)
}

fn ids() -> RequestIds {
    let id = |number| uuid::Uuid::from_u128(number);
    RequestIds { request_key: id(1).into(), correlation_id: id(2).into() }
}

/// A list that says where it goes on.
fn page(uri: &str, header: (&str, &str)) -> Vec<u8> {
    let next = serde_json::json!({"uri": uri, "headers": [{"key": header.0, "value": header.1}]});
    serde_json::json!({"items": [], "links": {"next": next}}).to_string().into_bytes()
}

/// Reads it as what it was made to be taken for.
fn read_as_some(body: &[u8]) {
    let _ = wire::from_answer::<Collection<wire::Subscription>>(body);
    let _ = wire::from_answer::<wire::Cart>(body);
    let _ = wire::from_answer::<wire::ServiceError>(body);
    let _ = wire::document(body);
}

fn answers_that_want_to_be_large() {
    for (what, body) in greedy(48 * 1024) {
        bounded(what, 48 * 1024 * TIMES, || read_as_all(&body));
    }
    for (what, body) in greedy(MB) {
        bounded(what, MB * TIMES, || read_as_some(&body));
    }
    // What the service really sends grows far less than it may.
    let one = concat!(
        r#"{"id":"0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11","companyProfile":{"tenantId":"0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11","#,
        r#""domain":"nordwindbakery.onmicrosoft.com","companyName":"Nordwind Bakery"},"relationshipToPartner":"reseller"},"#,
    );
    let many = format!(r#"{{"items":[{}]}}"#, one.repeat(60_000).trim_end_matches(','));
    let read: Collection<wire::Customer> = wire::from_answer(many.as_bytes()).expect("a large honest list is read");
    assert_eq!(read.items.len(), 60_000);
    let greedy = format!(r#"{{"items":[{}]}}"#, "{},".repeat(MB).trim_end_matches(','));
    assert!(wire::from_answer::<Collection<wire::Subscription>>(greedy.as_bytes()).is_err(), "a bomb is not");
}

fn noise_for_answers(noise: &mut Noise) {
    let recorded = recorded();
    for _ in 0..cases() / 10 {
        let which = noise.below(recorded.len());
        let body = spoilt(noise, &recorded[which]);
        let began = Instant::now();
        read_as_all(&body);
        assert!(began.elapsed() < LONGEST);
    }
}

fn noise_for_the_redirect(noise: &mut Noise) {
    let honest = b"GET /?code=0.abc&state=the%20state HTTP/1.1\r\nHost: localhost:4000\r\nAccept: */*\r\n\r\n";
    for _ in 0..cases() {
        let head = spoilt(noise, honest);
        let _ = read_callback(&head, 4000, "the state");
    }
    for part in [&b"\r\n"[..], b"Host: localhost:4000\r\n", b"&state=", b"%", b"\0", b"\xff"] {
        let head = [&honest[..30], &part.repeat(2 * MB / part.len())[..], b"\r\n\r\n"].concat();
        bounded("a redirect that never ends", 6 * MB, || read_callback(&head, 4000, "the state"));
    }
}

fn noise_for_waits_and_dates(noise: &mut Noise) {
    let honest = [&b"57"[..], b"Mon, 05 Jan 2026 09:02:00 GMT", b"2026-01-05T09:13:45.4505136Z", b"1/5/2026 12:00"];
    for _ in 0..cases() {
        let which = noise.below(honest.len());
        let text = spoilt(noise, honest[which]);
        let _ = wire::instant(&String::from_utf8_lossy(&text));
        let _ = wire::day(&String::from_utf8_lossy(&text));
        let Ok(value) = HeaderValue::from_bytes(&text) else { continue };
        let headers = HeaderMap::from_iter([(RETRY_AFTER, value.clone()), (DATE, value)]);
        let wait = retry_after(&headers).expect("the header is there");
        assert!((Duration::from_secs(1)..=Duration::from_secs(3600)).contains(&wait), "{wait:?}");
        let _ = server_date(&headers);
    }
    for text in ["9".repeat(MB), " ".repeat(MB), "Mon, ".repeat(MB / 5), "-1".repeat(MB / 2), "T".repeat(MB)] {
        bounded("a wait that never ends", 8 * MB, || {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_str(&text).unwrap())]);
            assert!(retry_after(&headers).is_some());
            (wire::instant(&text), wire::day(&text))
        });
    }
}

fn links_to_next_pages(noise: &mut Noise, runtime: &tokio::runtime::Runtime) {
    let honest = "/customers?size=500&seekOperation=Next";
    for _ in 0..cases() / 3 {
        let uri = String::from_utf8_lossy(&spoilt(noise, honest.as_bytes())).into_owned();
        let value = String::from_utf8_lossy(&spoilt(noise, b"AAEAAA==")).into_owned();
        let name = ["MS-ContinuationToken", "authorization", "a b", "", "x"][noise.below(5)];
        let (client, says) = says(page(&uri, (name, &value)));
        // The same link again and again: it turns in circles, which is noticed and no answer.
        let outcome = runtime.block_on(client.send(&Call::ListCustomers, ids()));
        assert!(!matches!(outcome, Outcome::Done { .. }), "{uri:?} never ends");
        assert!(says.asked.load(Ordering::SeqCst) <= 2, "{uri:?} was followed on and on");
        let next = PageLink { uri, headers: vec![(name.to_owned(), value)] };
        let _ = runtime.block_on(client.send(&Call::CustomerPage { of: None, next: Some(next) }, ids()));
    }
    for uri in ["/".repeat(2 * MB), "https://api.example".repeat(MB / 10), "%".repeat(2 * MB), "é".repeat(MB)] {
        let (client, _) = says(page(&uri, ("MS-ContinuationToken", &uri)));
        bounded("a link that never ends", 40 * MB, || {
            assert!(!matches!(runtime.block_on(client.send(&Call::ListCustomers, ids())), Outcome::Done { .. }));
        });
    }
}

fn sheets(noise: &mut Noise) {
    let honest = b"ProductId,SkuId,ProductTitle,UnitPrice\r\nCFQ7TTC0XXX1,0001,\"Suite, large\",10.0\r\n";
    for _ in 0..cases() / 3 {
        let sheet = spoilt(noise, honest);
        let mut reader = SheetReader::new(|_| true);
        for piece in sheet.chunks(1 + noise.below(60)) {
            if reader.push(piece).is_err() {
                break;
            }
        }
        let _ = reader.finish();
    }
    for part in [&b"\""[..], b"x", b",", b"\n", b"PK\x03\x04", b"\"\n\","] {
        bounded("a sheet that never ends", 8 * MB, || {
            let mut reader = SheetReader::new(|_| false);
            let piece = part.repeat(64 * 1024 / part.len());
            for _ in 0..400 {
                if reader.push(&piece).is_err() {
                    return;
                }
            }
            let _ = reader.finish();
        });
    }
}

#[test]
fn n2_w3_whatever_comes_in_is_read_in_bounded_memory_and_time() {
    let seed = seed();
    println!("seed={seed}");
    let mut noise = Noise(seed | 1);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    answers_that_want_to_be_large();
    noise_for_answers(&mut noise);
    noise_for_the_redirect(&mut noise);
    noise_for_waits_and_dates(&mut noise);
    links_to_next_pages(&mut noise, &runtime);
    sheets(&mut noise);
    println!("family=parsers runs={} lost=0 doubled=0 seed={seed}", cases());
}
