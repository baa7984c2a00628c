//! The authority over its own router: both ways in, refresh, and every refusal that the app tells apart.

use super::*;
use crate::authority::request::encoded;
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{Request, Response};
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tower::ServiceExt;

const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-taken-0123456789";
const REDIRECT: &str = "http://localhost:8400";

struct World {
    authority: Authority,
    now: Arc<Mutex<Timestamp>>,
}

impl World {
    fn new() -> Self {
        let now = Arc::new(Mutex::new(Timestamp::from_second(1_800_000_000).unwrap()));
        let clock = Arc::clone(&now);
        Self { authority: Authority::new(Arc::new(move || *clock.lock().unwrap())), now }
    }
    fn later(&self, by: SignedDuration) {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(by).unwrap();
    }
    async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.authority.router().oneshot(request).await.unwrap()
    }
    async fn get(&self, uri: &str) -> Response<Body> {
        self.send(Request::get(uri).header("host", "127.0.0.1:9").body(Body::empty()).unwrap()).await
    }
    async fn post(&self, uri: &str, pairs: &[(&str, &str)]) -> Response<Body> {
        let body: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = Request::post(uri).header("host", "127.0.0.1:9").body(Body::from(body.join("&")));
        self.send(request.unwrap()).await
    }
    fn query(client: Uuid) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        format!(
            "client_id={client}&response_type=code&redirect_uri={}&scope=openid&state=s%201&nonce=n1\
             &code_challenge={challenge}&code_challenge_method=S256",
            encoded(REDIRECT)
        )
    }
    /// Chooses an account and approves; the pairs of the redirect.
    async fn choose(&self, account: &Account) -> Vec<(String, String)> {
        let (path, query) = (authorize(), Self::query(NATIVE_CLIENT));
        let oid = account.oid.to_string();
        let mut pairs = vec![("request", query.as_str()), ("account", &oid)];
        if account.second_factor {
            pairs.push(("factor", "approved"));
        }
        let answer = self.post(&path, &pairs).await;
        assert_eq!(answer.status(), 302);
        let location = answer.headers()["location"].to_str().unwrap().to_owned();
        let (base, query) = location.split_once('?').unwrap();
        assert_eq!(base, "http://localhost:8400/");
        query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
    async fn redeem(&self, code: &str, verifier: &str) -> (u16, Value) {
        let client = NATIVE_CLIENT.to_string();
        let pairs = [
            ("grant_type", "authorization_code"),
            ("client_id", client.as_str()),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", verifier),
        ];
        read(self.post(&token_path(), &pairs).await).await
    }
    async fn sign_in(&self, account: &Account) -> Value {
        let pairs = self.choose(account).await;
        let (status, body) = self.redeem(&pairs[0].1, VERIFIER).await;
        assert_eq!(status, 200, "{body}");
        body
    }
    async fn refresh(&self, token: &str) -> (u16, Value) {
        let client = NATIVE_CLIENT.to_string();
        let pairs = [("grant_type", "refresh_token"), ("client_id", client.as_str()), ("refresh_token", token)];
        read(self.post(&token_path(), &pairs).await).await
    }
    fn check(&self, body: &Value) -> Result<Claims, TokenRefusal> {
        self.authority.check(body["access_token"].as_str().unwrap())
    }
}

use uuid::Uuid;

fn authorize() -> String {
    format!("/{PROVIDER_TENANT}/oauth2/v2.0/authorize")
}

fn token_path() -> String {
    format!("/{PROVIDER_TENANT}/oauth2/v2.0/token")
}

async fn read(answer: Response<Body>) -> (u16, Value) {
    let status = answer.status().as_u16();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

async fn text(answer: Response<Body>) -> String {
    String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

fn number(body: &Value) -> u64 {
    body["error_codes"][0].as_u64().unwrap()
}

#[tokio::test]
async fn a_code_is_bound_to_its_verifier_and_used_once() {
    let world = World::new();
    let pairs = world.choose(&ACCOUNTS[0]).await;
    assert_eq!(pairs[1], ("state".to_owned(), "s%201".to_owned()));
    let (status, body) = world.redeem(&pairs[0].1, "another-verifier-that-is-just-as-long-as-it-has-to-be").await;
    assert_eq!((status, number(&body)), (400, 501_481));
    let (_, body) = world.redeem(&pairs[0].1, VERIFIER).await;
    assert_eq!(number(&body), 54_005, "the wrong try has spent it");
    let body = world.sign_in(&ACCOUNTS[0]).await;
    let claims = world.check(&body).unwrap();
    assert_eq!((claims.tid, claims.oid), (PROVIDER_TENANT, ACCOUNTS[0].oid));
    assert!(claims.amr.contains(&"mfa".to_owned()) && claims.appidacr == "0");
    let id = body["id_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let id: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(id).unwrap()).unwrap();
    assert_eq!((id["nonce"].as_str(), id.get("amr")), (Some("n1"), None));
}

#[tokio::test]
async fn tokens_expire_are_renewed_and_can_be_revoked() {
    let world = World::new();
    let body = world.sign_in(&ACCOUNTS[0]).await;
    world.later(SignedDuration::from_secs(3600));
    assert_eq!(world.check(&body), Err(TokenRefusal::Expired));
    let (status, next) = world.refresh(body["refresh_token"].as_str().unwrap()).await;
    assert_eq!(status, 200);
    assert!(world.check(&next).is_ok());
    assert_ne!(next["refresh_token"], body["refresh_token"]);
    world.authority.expire_access_tokens();
    assert_eq!(world.check(&next), Err(TokenRefusal::Expired));
    world.authority.revoke_refresh_tokens();
    let (_, refused) = world.refresh(next["refresh_token"].as_str().unwrap()).await;
    assert_eq!((refused["error"].as_str(), number(&refused)), (Some("invalid_grant"), 50_173));
    let body = world.sign_in(&ACCOUNTS[0]).await;
    world.later(SignedDuration::from_hours(24 * 91));
    assert_eq!(number(&world.refresh(body["refresh_token"].as_str().unwrap()).await.1), 700_082);
}

#[tokio::test]
async fn demanding_a_second_factor_refuses_old_tokens_only() {
    let world = World::new();
    let old = world.sign_in(&ACCOUNTS[0]).await;
    world.authority.demand_mfa();
    assert_eq!(world.check(&old), Err(TokenRefusal::Mfa));
    assert_eq!(number(&world.refresh(old["refresh_token"].as_str().unwrap()).await.1), 50_076);
    assert!(world.check(&world.sign_in(&ACCOUNTS[0]).await).is_ok());
}

#[tokio::test]
async fn what_a_token_lacks_is_told_apart() {
    let world = World::new();
    assert_eq!(world.check(&world.sign_in(&ACCOUNTS[2]).await), Err(TokenRefusal::Mfa));
    assert_eq!(world.check(&world.sign_in(&ACCOUNTS[3]).await), Err(TokenRefusal::Role));
    world.authority.set_switches(Switches { mfa: false, ..Switches::default() });
    assert_eq!(world.check(&world.sign_in(&ACCOUNTS[0]).await), Err(TokenRefusal::Mfa));
    let other = "https://graph.windows.net".to_owned();
    world.authority.set_switches(Switches { audience: other, ..Switches::default() });
    assert_eq!(world.check(&world.sign_in(&ACCOUNTS[0]).await), Err(TokenRefusal::Audience));
    for strange in ["", "a", "a.b", "a.b.c", "..", "\u{1F600}.\u{1F600}.\u{1F600}"] {
        assert_eq!(world.authority.check(strange), Err(TokenRefusal::Unknown));
    }
}

#[tokio::test]
async fn what_is_wrong_with_the_registration_is_said_on_the_page() {
    let world = World::new();
    let at = |tenant: &str, query: String| format!("/{tenant}/oauth2/v2.0/authorize?{query}");
    let tenant = PROVIDER_TENANT.to_string();
    let good = World::query(NATIVE_CLIENT);
    let bad_redirect = good.replace("localhost", "elsewhere");
    for (uri, number) in [
        (at("nobody.example", good.clone()), "AADSTS90002"),
        (at(&tenant, World::query(Uuid::nil())), "AADSTS700016"),
        (at(&tenant, bad_redirect), "AADSTS50011"),
    ] {
        let answer = world.get(&uri).await;
        assert_eq!(answer.status(), 400, "{uri}");
        assert!(text(answer).await.contains(number), "{uri}");
    }
    let answer = world.get(&at(&tenant, good.replace("S256", "plain"))).await;
    assert!(answer.headers()["location"].to_str().unwrap().contains("error=invalid_request"));
    let oid = ACCOUNTS[4].oid.to_string();
    let answer = world.post(&authorize(), &[("request", &good), ("account", &oid)]).await;
    assert!(text(answer).await.contains("AADSTS50020"), "somebody of another tenant");
    let answer = world.post(&authorize(), &[("request", &good), ("cancel", "1")]).await;
    assert!(answer.headers()["location"].to_str().unwrap().contains("error=access_denied"));
    let client = WEB_CLIENT.to_string();
    let (status, body) =
        read(world.post(&token_path(), &[("client_id", &client), ("grant_type", "refresh_token")]).await).await;
    assert_eq!((status, number_of(&body)), (401, 7_000_218));
    assert_eq!(world.get("/nobody.example/v2.0/.well-known/openid-configuration").await.status(), 400);
    let (_, found) = read(world.get("/nordhafen.onmicrosoft.com/v2.0/.well-known/openid-configuration").await).await;
    assert_eq!(found["issuer"], format!("http://127.0.0.1:9/{PROVIDER_TENANT}/v2.0"));
}

fn number_of(body: &Value) -> u64 {
    number(body)
}

#[tokio::test]
async fn a_device_code_waits_is_not_to_be_hurried_and_can_be_declined() {
    let world = World::new();
    let (client, oid) = (NATIVE_CLIENT.to_string(), ACCOUNTS[0].oid.to_string());
    let begin = format!("/{PROVIDER_TENANT}/oauth2/v2.0/devicecode");
    for decline in [false, true] {
        let (_, begun) = read(world.post(&begin, &[("client_id", &client), ("scope", "openid")]).await).await;
        let device = begun["device_code"].as_str().unwrap().to_owned();
        let grant = "urn:ietf:params:oauth:grant-type:device_code";
        let poll = [("client_id", client.as_str()), ("grant_type", grant), ("device_code", &device)];
        let (_, body) = read(world.post(&token_path(), &poll).await).await;
        assert_eq!(body["error"], "authorization_pending");
        let (_, body) = read(world.post(&token_path(), &poll).await).await;
        assert_eq!(body["error"], "slow_down");
        let code = begun["user_code"].as_str().unwrap().to_lowercase();
        assert!(text(world.post("/device", &[("user_code", &code)]).await).await.contains("Ada Keller"));
        let (name, value) = if decline { ("cancel", "1") } else { ("factor", "approved") };
        let answer = world.post("/device", &[("user_code", &code), ("account", &oid), (name, value)]).await;
        assert_eq!(answer.status(), 200);
        let (status, body) = read(world.post(&token_path(), &poll).await).await;
        if decline {
            assert_eq!((status, body["error"].as_str()), (400, Some("authorization_declined")));
        } else {
            assert!(status == 200 && world.check(&body).is_ok());
        }
    }
}

#[tokio::test]
async fn switches_are_set_by_call_member_by_member() {
    let world = World::new();
    let request = |body: &'static str| Request::post("/sandbox/switches").body(Body::from(body)).unwrap();
    let (status, body) = read(world.send(request(r#"{"token_seconds":60}"#)).await).await;
    assert_eq!((status, body["token_seconds"].as_u64(), body["mfa"].as_bool()), (200, Some(60), Some(true)));
    assert_eq!(world.send(request(r#"{"nonsense":1}"#)).await.status(), 400);
    assert_eq!(world.send(request("[")).await.status(), 400);
    assert_eq!(world.authority.switches().token_seconds, 60);
}
