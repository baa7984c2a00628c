//! Who a bearer token says is calling. In the app any token will do; as a server the tokens of the sign-in authority.

use crate::authority::{Authority, TokenRefusal};
use jiff::Timestamp;
use std::sync::Arc;

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// A signed-in user, with a second factor.
    User,
    /// An application alone, without a user: some calls are refused to it.
    Application,
    /// It was good once.
    Expired,
    /// A user who signed in without a second factor.
    WithoutMfa,
    /// A user without a role in Partner Center.
    WithoutRole,
    /// Made for another service.
    OtherAudience,
    /// No token of ours.
    Unknown,
}

/// Tells what a token is good for at a time.
pub type Bearers = Arc<dyn Fn(&str, Timestamp) -> Bearer + Send + Sync>;

/// Only tokens that this authority gave out.
#[must_use]
pub fn bearers_of(authority: &Authority) -> Bearers {
    let authority = authority.clone();
    Arc::new(move |token, _| match authority.check(token) {
        Ok(_) => Bearer::User,
        Err(TokenRefusal::Unknown) => Bearer::Unknown,
        Err(TokenRefusal::Expired) => Bearer::Expired,
        Err(TokenRefusal::Audience) => Bearer::OtherAudience,
        Err(TokenRefusal::Mfa) => Bearer::WithoutMfa,
        Err(TokenRefusal::Role) => Bearer::WithoutRole,
    })
}

/// Any token at all is a signed-in user's.
#[must_use]
pub fn anybody() -> Bearers {
    Arc::new(|_, _| Bearer::User)
}
