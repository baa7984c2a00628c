//! Between the rules' words and the screens'.

use crate::views::{
    CloudChoice, ConnectionFieldName, ConnectionFieldProblem, ConnectionForm, ConnectionProblemView, SignInTrouble,
    SignInTroubleView,
};
use cb_domain::connection as domain;
use cb_partner_center::sign_in::SignInProblem;

impl From<CloudChoice> for domain::Cloud {
    fn from(cloud: CloudChoice) -> Self {
        match cloud {
            CloudChoice::Commercial => Self::Commercial,
            CloudChoice::UsGovernment => Self::UsGovernment,
            CloudChoice::China => Self::China,
            CloudChoice::Custom => Self::Custom,
        }
    }
}

impl From<domain::Cloud> for CloudChoice {
    fn from(cloud: domain::Cloud) -> Self {
        match cloud {
            domain::Cloud::Commercial => Self::Commercial,
            domain::Cloud::UsGovernment => Self::UsGovernment,
            domain::Cloud::China => Self::China,
            domain::Cloud::Custom => Self::Custom,
        }
    }
}

impl Default for ConnectionForm {
    fn default() -> Self {
        let empty = String::new;
        Self { cloud: CloudChoice::Commercial, tenant: empty(), client: empty(), api: empty(), authority: empty() }
    }
}

/// The rules' form.
pub(super) fn form(form: &ConnectionForm) -> domain::ConnectionForm {
    let ConnectionForm { cloud, tenant, client, api, authority } = form.clone();
    domain::ConnectionForm { cloud: cloud.into(), tenant, client, api, authority }
}

/// One problem of it.
pub(super) fn problem((field, problem): (domain::ConnectionField, domain::ConnectionProblem)) -> ConnectionProblemView {
    use domain::{ConnectionField as F, ConnectionProblem as P};
    ConnectionProblemView {
        field: match field {
            F::Tenant => ConnectionFieldName::Tenant,
            F::Client => ConnectionFieldName::Client,
            F::Api => ConnectionFieldName::Api,
            F::Authority => ConnectionFieldName::Authority,
        },
        problem: match problem {
            P::Required => ConnectionFieldProblem::Required,
            P::TenantForm => ConnectionFieldProblem::TenantForm,
            P::ClientForm => ConnectionFieldProblem::ClientForm,
            P::ClientIsTenant => ConnectionFieldProblem::ClientIsTenant,
            P::AddressForm => ConnectionFieldProblem::AddressForm,
            P::AddressNotSecure => ConnectionFieldProblem::AddressNotSecure,
            P::AddressTooLong => ConnectionFieldProblem::AddressTooLong,
        },
    }
}

/// Why nobody is signed in, for the screen.
pub(crate) fn trouble(problem: &SignInProblem) -> SignInTroubleView {
    use SignInProblem as P;
    use SignInTrouble as T;
    let plain = |kind| SignInTroubleView { kind, expected: String::new(), found: String::new(), seconds: 0, number: 0 };
    match problem {
        P::Offline => plain(T::Offline),
        P::SignedOut => plain(T::SignedOut),
        P::Expired => plain(T::Expired),
        P::Revoked => plain(T::Revoked),
        P::MfaNeeded => plain(T::MfaNeeded),
        P::ClockWrong { seconds } => {
            let bound = if *seconds < 0 { i32::MIN } else { i32::MAX };
            SignInTroubleView { seconds: i32::try_from(*seconds).unwrap_or(bound), ..plain(T::ClockWrong) }
        }
        P::OtherAccount { expected, found } => {
            SignInTroubleView { expected: expected.clone(), found: found.clone(), ..plain(T::OtherAccount) }
        }
        P::TenantUnknown => plain(T::TenantUnknown),
        P::ClientUnknown => plain(T::ClientUnknown),
        P::NotNative => plain(T::NotNative),
        P::RedirectUnknown => plain(T::RedirectUnknown),
        P::ConsentMissing => plain(T::ConsentMissing),
        P::Declined => plain(T::Declined),
        P::NotOfTenant => plain(T::NotOfTenant),
        P::AccountDisabled => plain(T::AccountDisabled),
        P::Blocked => plain(T::Blocked),
        P::RoleMissing => plain(T::RoleMissing),
        P::WrongAudience => plain(T::WrongAudience),
        P::TimedOut => plain(T::TimedOut),
        P::NoPort => plain(T::NoPort),
        P::NoSense => plain(T::NoSense),
        P::Keychain => plain(T::Keychain),
        P::Refused { number } => SignInTroubleView { number: *number, ..plain(T::Refused) },
    }
}
