//! Answers and refusals as handlers build them, before headers are put on.

use crate::SandboxError;
use serde_json::{Value, json};

/// Who an error says it comes from.
const SOURCE: &str = "PartnerFD";

/// A good answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: ReplyBody,
    /// May carry the byte order mark.
    pub(crate) bom: bool,
}

/// What an answer carries.
#[derive(Debug)]
pub(crate) enum ReplyBody {
    Json(Value),
    Csv(String),
    Empty,
}

impl Reply {
    /// 200 with JSON.
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: 200, body: ReplyBody::Json(body), bom: true }
    }

    /// 201 with JSON.
    pub(crate) fn created(body: Value) -> Self {
        Self { status: 201, body: ReplyBody::Json(body), bom: true }
    }

    /// Any status without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, body: ReplyBody::Empty, bom: false }
    }

    /// Without a byte order mark, as some newer services answer.
    pub(crate) fn without_bom(self) -> Self {
        Self { bom: false, ..self }
    }
}

/// A refusal.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) body: Value,
    /// What the handler wrote stays, although it refused.
    pub(crate) keep: bool,
}

impl Refusal {
    /// The classic shape.
    pub(crate) fn new(status: u16, code: u32, description: &str) -> Self {
        Self::with_data(status, code, description, &[])
    }

    /// The classic shape with `data`, usually paths of members.
    pub(crate) fn with_data(status: u16, code: u32, description: &str, data: &[String]) -> Self {
        Self {
            status,
            body: json!({"code": code, "description": description, "data": data, "source": SOURCE}),
            keep: false,
        }
    }

    /// The shape of newer services.
    pub(crate) fn newer(status: u16, code: u32, name: &str, description: &str) -> Self {
        let body = json!({
            "code": code, "message": description, "description": description, "errorName": name,
            "isRetryable": false, "parameters": {}, "errorMessageExtended": format!("InternalErrorCode={code}"),
        });
        Self { status, body, keep: false }
    }

    /// The same, but what was written stays.
    pub(crate) fn keeping(self) -> Self {
        Self { keep: true, ..self }
    }

    /// The code in the body.
    pub(crate) fn code(&self) -> u64 {
        self.body.get("code").and_then(Value::as_u64).unwrap_or(0)
    }

    /// The description in the body.
    pub(crate) fn description(&self) -> &str {
        self.body.get("description").and_then(Value::as_str).unwrap_or_default()
    }
}

/// Why a handler stopped short of an answer.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It refuses.
    Refused(Refusal),
    /// The sandbox itself is at fault; becomes a 500.
    Broken(SandboxError),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<E: Into<SandboxError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Broken(error.into())
    }
}

/// A link without `/v1`, as bodies carry them.
pub(crate) fn link(uri: &str) -> Value {
    json!({"uri": uri, "method": "GET", "headers": []})
}

/// A whole list.
pub(crate) fn collection(items: Vec<Value>, uri: &str) -> Value {
    json!({
        "totalCount": items.len(), "items": items, "links": {"self": link(uri)},
        "attributes": {"objectType": "Collection"},
    })
}
