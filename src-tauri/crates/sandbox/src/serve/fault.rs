//! Troubles as data: which calls they befall, how often, and what happens. Read from a file (`--faults`) or sent to
//! `/sandbox/faults` as a JSON list.

use serde::{Deserialize, Serialize};

/// A trouble for some calls.
///
/// ```json
/// [{"operation": "create_customer", "times": 1, "fault": {"kind": "lost_after"}},
///  {"path": "/v1/customers", "method": "GET", "skip": 2, "times": 0, "fault": {"kind": "delay", "ms": 400}}]
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Name of the call in the description, for example `create_customer`; left out: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// Method; left out: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// What the path begins with; left out: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How many such calls go well first.
    #[serde(default)]
    pub skip: u32,
    /// How many are befallen then; 0 means all.
    #[serde(default = "once")]
    pub times: u32,
    /// What happens.
    pub fault: Fault,
}

fn once() -> u32 {
    1
}

impl FaultRule {
    /// Befalls the next call of that name.
    #[must_use]
    pub fn next(operation: &str, fault: Fault) -> Self {
        Self { operation: Some(operation.to_owned()), method: None, path: None, skip: 0, times: 1, fault }
    }
}

/// What happens to a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The connection breaks before anything is carried out.
    LostBefore,
    /// Everything is carried out, the answer never comes.
    LostAfter,
    /// Everything is carried out, the answer breaks off after so many bytes, head included.
    Cut {
        /// Bytes.
        after: usize,
    },
    /// The answer takes so much longer.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// 429 in the gateway's shape.
    Throttled {
        /// `Retry-After`, seconds or a date; left out: as chosen.
        #[serde(default)]
        retry_after: Option<String>,
    },
    /// A refusal or a fault of the service; nothing is carried out unless it says so.
    Answer {
        /// Status.
        status: u16,
        /// Error code; left out: no body at all.
        #[serde(default)]
        code: Option<u32>,
        /// Texts of the error, for example paths of members.
        #[serde(default)]
        data: Vec<String>,
        /// In the shape of newer services.
        #[serde(default)]
        newer: bool,
        /// Carried out all the same.
        #[serde(default)]
        carried_out: bool,
        /// `Retry-After`.
        #[serde(default)]
        retry_after: Option<String>,
    },
    /// A page in HTML, as a gateway or a hotel's network answers.
    Html {
        /// Status.
        status: u16,
        /// Carried out all the same.
        #[serde(default)]
        carried_out: bool,
    },
    /// The token has expired: 401 without a body.
    TokenExpired,
    /// The second factor is missing.
    Mfa,
    /// The customer's account is under review.
    AccountReview,
    /// The availability ids of the cart are out of date.
    StaleAvailability,
    /// The last of several order groups is refused.
    PartialCheckout,
    /// The tenant is made, the call refused.
    HalfCreated,
    /// The request id is forgotten.
    ForgottenRequestId,
    /// Orders younger than this are missing in the list.
    OrderLag {
        /// Seconds.
        seconds: i64,
    },
    /// The body has no byte order mark, whatever was chosen.
    WithoutBom,
    /// Headers that the server echoes come twice.
    DoubledHeaders,
}
