//! Why nobody is signed in: by error number of the authority (`AADSTS…`) and OAuth word, never by text. Each has a
//! message and a way out of its own.

use crate::token::TokenError;

/// Why signing in, or staying signed in, failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInProblem {
    /// The authority could not be reached, or answered that it is busy.
    #[error("the sign-in service could not be reached")]
    Offline,
    /// Nobody has signed in on this machine, or somebody signed out.
    #[error("nobody is signed in")]
    SignedOut,
    /// Not used for too long, or the session's time is over.
    #[error("the sign-in has expired")]
    Expired,
    /// Revoked: the password was changed, or an administrator ended all sessions.
    #[error("the sign-in was revoked")]
    Revoked,
    /// A second factor is demanded, or the sign-in came without one.
    #[error("a second factor is needed")]
    MfaNeeded,
    /// This machine's clock is wrong by so many seconds (positive: the server's is ahead).
    #[error("the clock is wrong by {seconds} s")]
    ClockWrong {
        /// Server's clock minus ours.
        seconds: i64,
    },
    /// Somebody else signed in than the book belongs to.
    #[error("another account signed in than the book belongs to")]
    OtherAccount {
        /// Whose book it is: user name.
        expected: String,
        /// Who signed in: user name.
        found: String,
    },
    /// There is no such tenant.
    #[error("the tenant is not known")]
    TenantUnknown,
    /// The app is not registered in the tenant.
    #[error("the app is not registered in the tenant")]
    ClientUnknown,
    /// The app is registered as a web app: it wants a secret.
    #[error("the app is not registered as a native app")]
    NotNative,
    /// The redirect address is not registered.
    #[error("the redirect address is not registered")]
    RedirectUnknown,
    /// The permission was not granted.
    #[error("the app's permission was not granted")]
    ConsentMissing,
    /// The person pressed *Cancel* in the browser.
    #[error("the person declined")]
    Declined,
    /// The account is of another tenant.
    #[error("the account is not of this tenant")]
    NotOfTenant,
    /// The account is disabled.
    #[error("the account is disabled")]
    AccountDisabled,
    /// A rule of the tenant (Conditional Access) forbids it.
    #[error("a rule of the tenant forbids it")]
    Blocked,
    /// Signed in, but neither Admin agent nor Sales agent.
    #[error("the account has no role in Partner Center")]
    RoleMissing,
    /// The token is for something else than Partner Center.
    #[error("the token is for another audience")]
    WrongAudience,
    /// Nobody finished within five minutes.
    #[error("nobody finished signing in in time")]
    TimedOut,
    /// No free port to listen on.
    #[error("no port to listen on")]
    NoPort,
    /// What came back is not the answer of a sign-in service.
    #[error("the answer made no sense")]
    NoSense,
    /// The keychain did not take the sign-in.
    #[error("the keychain did not take the sign-in")]
    Keychain,
    /// Anything else, by its number; 0 where it has none.
    #[error("refused with {number}")]
    Refused {
        /// `AADSTS` number, to quote to support.
        number: u32,
    },
}

impl SignInProblem {
    /// From an error answer.
    #[must_use]
    pub fn of(word: &str, numbers: &[u32], suberror: Option<&str>) -> Self {
        let known = numbers.iter().find_map(|number| by_number(*number));
        let first = numbers.first().copied().unwrap_or(0);
        match (known, word) {
            (Some(problem), _) => problem,
            (None, "temporarily_unavailable" | "server_error") => Self::Offline,
            (None, "access_denied" | "authorization_declined") => Self::Declined,
            (None, "expired_token" | "code_expired") => Self::TimedOut,
            (None, "consent_required") => Self::ConsentMissing,
            (None, "interaction_required" | "login_required") => Self::Expired,
            (None, "invalid_grant") => match suberror {
                Some("basic_action" | "additional_action") => Self::MfaNeeded,
                Some("consent_required") => Self::ConsentMissing,
                Some("bad_token") => Self::Revoked,
                _ => Self::Expired,
            },
            _ => Self::Refused { number: first },
        }
    }

    /// Trying again by itself makes sense: nobody has to sign in.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self, Self::Offline | Self::ClockWrong { .. } | Self::Keychain)
    }

    /// As the client is told.
    #[must_use]
    pub fn as_token_error(&self) -> TokenError {
        match self {
            Self::Offline => TokenError::Offline,
            Self::MfaNeeded => TokenError::Mfa,
            Self::SignedOut
            | Self::Expired
            | Self::Revoked
            | Self::ClockWrong { .. }
            | Self::OtherAccount { .. }
            | Self::TenantUnknown
            | Self::ClientUnknown
            | Self::NotNative
            | Self::RedirectUnknown
            | Self::ConsentMissing
            | Self::Declined
            | Self::NotOfTenant
            | Self::AccountDisabled
            | Self::Blocked
            | Self::RoleMissing
            | Self::WrongAudience
            | Self::TimedOut
            | Self::NoPort
            | Self::NoSense
            | Self::Keychain
            | Self::Refused { .. } => TokenError::SignIn,
        }
    }
}

/// Numbers of Microsoft's published list that lead to a message of their own.
fn by_number(number: u32) -> Option<SignInProblem> {
    use SignInProblem as P;
    Some(match number {
        70_008 | 70_043 | 70_044 | 700_082 | 700_084 | 50_089 | 50_132 => P::Expired,
        50_173 | 50_133 | 50_144 | 50_055 => P::Revoked,
        50_072 | 50_074 | 50_076 | 50_078 | 50_079 | 50_158 => P::MfaNeeded,
        90_002 | 900_023 | 50_059 => P::TenantUnknown,
        700_016 | 7_000_112 | 50_001 => P::ClientUnknown,
        7_000_218 | 7_000_215 | 700_025 => P::NotNative,
        50_011 => P::RedirectUnknown,
        65_001 | 65_005 | 90_094 | 900_941 => P::ConsentMissing,
        65_004 | 70_017 => P::Declined,
        50_020 | 50_034 | 90_072 | 500_212 => P::NotOfTenant,
        50_057 | 50_053 => P::AccountDisabled,
        50_005 | 50_097 | 53_000 | 53_001 | 53_002 | 53_003 | 53_004 | 50_105 => P::Blocked,
        70_020 | 70_019 => P::TimedOut,
        90_033 | 90_006 | 50_196 => P::Offline,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_win_over_words_and_words_over_nothing() {
        use SignInProblem as P;
        for (word, numbers, suberror, problem) in [
            ("invalid_grant", vec![700_082], None, P::Expired),
            ("invalid_grant", vec![50_173], Some("bad_token"), P::Revoked),
            ("invalid_grant", vec![50_076], Some("basic_action"), P::MfaNeeded),
            ("interaction_required", vec![50_079], None, P::MfaNeeded),
            ("invalid_grant", vec![], Some("basic_action"), P::MfaNeeded),
            ("invalid_grant", vec![123], None, P::Expired),
            ("invalid_client", vec![7_000_218], None, P::NotNative),
            ("unauthorized_client", vec![700_016], None, P::ClientUnknown),
            ("access_denied", vec![], None, P::Declined),
            ("temporarily_unavailable", vec![], None, P::Offline),
            ("invalid_scope", vec![70_011], None, P::Refused { number: 70_011 }),
            ("", vec![], None, P::Refused { number: 0 }),
        ] {
            assert_eq!(P::of(word, &numbers, suberror), problem, "{word} {numbers:?} {suberror:?}");
        }
    }
}
