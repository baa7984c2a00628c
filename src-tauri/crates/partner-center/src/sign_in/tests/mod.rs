//! Sign-in against an authority in memory, on a clock that stands still until everybody waits.

mod device;
mod listener;
mod source;

use super::{Account, Authority, SignInProblem, Surroundings, TokenShelf, Tokens, answer};
use crate::transport::{Transport, TransportError};
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use cb_domain::connection::{Cloud, ConnectionForm};
use http::{Request, Response};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use uuid::Uuid;

const TENANT: Uuid = Uuid::from_u128(0x5b1f);

/// What the authority answers to a request, by its number.
type Answers = Box<dyn Fn(usize, &str) -> (u16, Value) + Send + Sync>;

/// An authority that takes a moment for each answer, and counts.
struct Entra {
    answers: Answers,
    asked: Mutex<Vec<String>>,
}

impl Entra {
    fn new(answers: impl Fn(usize, &str) -> (u16, Value) + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { answers: Box::new(answers), asked: Mutex::default() })
    }

    fn times(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    fn authority(self: &Arc<Self>) -> Authority {
        let form = ConnectionForm {
            cloud: Cloud::Commercial,
            tenant: TENANT.to_string(),
            client: Uuid::from_u128(0x1d0c).to_string(),
            api: String::new(),
            authority: String::new(),
        };
        let fill = Arc::new(|bytes: &mut [u8]| bytes.fill(7));
        let around = Surroundings { now: Arc::new(|| Timestamp::UNIX_EPOCH), fill };
        Authority::new(self.clone(), form.check().unwrap(), around)
    }
}

#[async_trait]
impl Transport for Entra {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        let number = {
            let mut asked = self.asked.lock().unwrap();
            asked.push(format!("{} {body}", request.uri().path()));
            asked.len()
        };
        tokio::time::sleep(Duration::from_millis(20)).await;
        let (status, json) = (self.answers)(number, &body);
        if status == 0 {
            return Err(TransportError::Unknown);
        }
        Ok(Response::builder().status(status).body(Bytes::from(json.to_string())).unwrap())
    }
}

/// A token that says who it is.
fn token(name: &str, oid: u128, mfa: bool) -> String {
    let claims = json!({
        "tid": TENANT, "oid": Uuid::from_u128(oid), "upn": format!("{oid}@example.com"), "nonce": name,
        "amr": if mfa { json!(["pwd", "mfa"]) } else { json!(["pwd"]) },
    });
    format!("{name}.{}.s", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

/// An answer with the tokens of that number.
fn given(number: usize) -> Value {
    json!({
        "token_type": "Bearer", "expires_in": 3599, "access_token": token(&format!("access-{number}"), 1, true),
        "refresh_token": format!("refresh-{number}"),
    })
}

fn refused(word: &str, code: u32) -> Value {
    json!({"error": word, "error_codes": [code], "error_description": format!("AADSTS{code}: no")})
}

fn tokens(number: usize) -> Tokens {
    answer::tokens(given(number).to_string().as_bytes()).unwrap()
}

fn account() -> Account {
    tokens(0).account
}

/// A shelf in memory.
#[derive(Default)]
struct Memory(Mutex<Option<String>>);

impl Memory {
    fn with(token: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Some(token.to_owned()))))
    }
}

impl TokenShelf for Memory {
    fn load(&self) -> Result<Option<SecretString>, SignInProblem> {
        Ok(self.0.lock().unwrap().clone().map(SecretString::from))
    }
    fn store(&self, token: &SecretString) -> Result<(), SignInProblem> {
        *self.0.lock().unwrap() = Some(token.expose_secret().to_owned());
        Ok(())
    }
    fn clear(&self) -> Result<(), SignInProblem> {
        *self.0.lock().unwrap() = None;
        Ok(())
    }
}
