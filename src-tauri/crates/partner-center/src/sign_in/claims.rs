//! What tokens say. An id token comes straight from the authority over TLS, so its signature needs no check of ours
//! (OpenID Connect Core, 3.1.3.7); an access token is the API's, and is read only as far as it can be.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use uuid::Uuid;

/// Who signed in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Account {
    /// Tenant.
    pub tenant: Uuid,
    /// Object id of the person in it.
    pub oid: Uuid,
    /// User name.
    pub user: String,
    /// Name; may be empty.
    pub name: String,
}

impl Account {
    /// The same person of the same tenant; names may change.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.tenant == other.tenant && self.oid == other.oid
    }
}

/// Claims as far as they matter here; everything may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Claims {
    tid: Option<Uuid>,
    oid: Option<Uuid>,
    preferred_username: Option<String>,
    upn: Option<String>,
    unique_name: Option<String>,
    name: Option<String>,
    pub(crate) nonce: Option<String>,
    amr: Option<Vec<String>>,
}

impl Claims {
    /// The middle part of a token; `None` for one that isn't made of readable claims.
    pub(crate) fn read(token: &str) -> Option<Self> {
        let body = token.split('.').nth(1)?;
        let body = URL_SAFE_NO_PAD.decode(body.trim_end_matches('=')).ok()?;
        serde_json::from_slice(&body).ok()
    }

    pub(crate) fn account(&self) -> Option<Account> {
        let user = self.preferred_username.as_ref().or(self.upn.as_ref()).or(self.unique_name.as_ref());
        Some(Account {
            tenant: self.tid?,
            oid: self.oid?,
            user: user.cloned().unwrap_or_default(),
            name: self.name.clone().unwrap_or_default(),
        })
    }

    /// Whether a second factor was used; `None`: it doesn't say how.
    pub(crate) fn mfa(&self) -> Option<bool> {
        self.amr.as_ref().map(|ways| ways.iter().any(|way| way == "mfa" || way == "ngcmfa"))
    }
}
