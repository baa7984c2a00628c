//! What an answer of Partner Center that isn't a good one means to a person: the cause, who can mend it, and the next
//! step; by operation, status and code, never by text, because texts change and code numbers are used more than once.
//!
//! The rows follow the error table of the wire reference. The outbox decides by [`crate::triage`]; this says it.

use crate::triage::Operation;
use cb_domain::operation::Fixer;
use serde::{Deserialize, Serialize};

/// Why it was refused. The UI has one text per cause in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    TokenMissing,
    TokenExpired,
    MfaMissing,
    WrongAudience,
    UserNeeded,
    NoRights,
    CountryNotSold,
    PartnerProgram,
    NotOurCustomer,
    CustomerGone,
    DomainTaken,
    InputMissing,
    Email,
    RegistrationNumber,
    Phone,
    AddressInvalid,
    ResellerUnknown,
    NotAReseller,
    ResellerInactive,
    ResellerUnsigned,
    PartnerOnRecord,
    AgreementMissing,
    AgreementTwice,
    UnderReview,
    AccountRefused,
    ProductGone,
    NotPurchasable,
    TermOrCycle,
    Quantity,
    LicenceLimit,
    CustomEndDate,
    Currency,
    Attestation,
    Defect,
    CartGone,
    CartLines,
    CartInUse,
    CartDone,
    OrderInProgress,
    Credit,
    WindowPassed,
    SubscriptionBusy,
    SubscriptionEnded,
    TooManyChanges,
    UpgradeRefused,
    Stale,
    NotInSandbox,
    Throttled,
    ServiceFault,
    /// Nothing is known of it: the code and the correlation id are shown.
    Unknown,
}

/// What to do next. The UI has one text per step in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    SignIn,
    SignInWithMfa,
    CheckConnection,
    AskForRights,
    StopAll,
    Review,
    Edit,
    AnotherDomain,
    AskReseller,
    ChooseReseller,
    RecordAgreement,
    Nothing,
    WaitForReview,
    ContactMicrosoft,
    ResolveAgain,
    ChooseProduct,
    FetchDates,
    AskAgain,
    ReportDefect,
    NewCart,
    LookAtLines,
    Wait,
    ReadOrders,
    ScheduleForRenewal,
    CompareAgain,
    Quote,
}

/// Cause, who can mend it, next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// Why.
    pub cause: Cause,
    /// Who can mend it.
    pub fixer: Fixer,
    /// What to do.
    pub step: Step,
}

impl Cause {
    /// All of them, in the order of the reference.
    pub const ALL: [Self; 50] = [
        Self::TokenMissing,
        Self::TokenExpired,
        Self::MfaMissing,
        Self::WrongAudience,
        Self::UserNeeded,
        Self::NoRights,
        Self::CountryNotSold,
        Self::PartnerProgram,
        Self::NotOurCustomer,
        Self::CustomerGone,
        Self::DomainTaken,
        Self::InputMissing,
        Self::Email,
        Self::RegistrationNumber,
        Self::Phone,
        Self::AddressInvalid,
        Self::ResellerUnknown,
        Self::NotAReseller,
        Self::ResellerInactive,
        Self::ResellerUnsigned,
        Self::PartnerOnRecord,
        Self::AgreementMissing,
        Self::AgreementTwice,
        Self::UnderReview,
        Self::AccountRefused,
        Self::ProductGone,
        Self::NotPurchasable,
        Self::TermOrCycle,
        Self::Quantity,
        Self::LicenceLimit,
        Self::CustomEndDate,
        Self::Currency,
        Self::Attestation,
        Self::Defect,
        Self::CartGone,
        Self::CartLines,
        Self::CartInUse,
        Self::CartDone,
        Self::OrderInProgress,
        Self::Credit,
        Self::WindowPassed,
        Self::SubscriptionBusy,
        Self::SubscriptionEnded,
        Self::TooManyChanges,
        Self::UpgradeRefused,
        Self::Stale,
        Self::NotInSandbox,
        Self::Throttled,
        Self::ServiceFault,
        Self::Unknown,
    ];

    /// Who can mend it, and what is to be done.
    #[must_use]
    pub fn explained(self) -> Explanation {
        use Fixer::{Customer, Microsoft, Reseller, Us};
        let (fixer, step) = match self {
            Self::TokenMissing | Self::TokenExpired => (Us, Step::SignIn),
            Self::MfaMissing => (Us, Step::SignInWithMfa),
            Self::WrongAudience | Self::UserNeeded => (Us, Step::CheckConnection),
            Self::NoRights => (Us, Step::AskForRights),
            Self::PartnerProgram => (Us, Step::StopAll),
            Self::CountryNotSold | Self::NotOurCustomer | Self::CustomerGone | Self::SubscriptionEnded => {
                (Us, Step::Review)
            }
            Self::NotPurchasable | Self::LicenceLimit | Self::UpgradeRefused => (Us, Step::ChooseProduct),
            Self::DomainTaken => (Us, Step::AnotherDomain),
            Self::InputMissing
            | Self::Email
            | Self::RegistrationNumber
            | Self::Phone
            | Self::AddressInvalid
            | Self::TermOrCycle
            | Self::Quantity
            | Self::Currency => (Us, Step::Edit),
            // Nobody but time mends it, and only Microsoft knows how much: what waits can go with the renewal.
            Self::TooManyChanges => (Us, Step::ScheduleForRenewal),
            Self::ResellerUnknown | Self::NotAReseller | Self::PartnerOnRecord => (Us, Step::ChooseReseller),
            Self::ResellerInactive | Self::ResellerUnsigned => (Reseller, Step::AskReseller),
            Self::AgreementMissing => (Customer, Step::RecordAgreement),
            Self::AgreementTwice => (Us, Step::Nothing),
            Self::UnderReview => (Microsoft, Step::WaitForReview),
            Self::AccountRefused | Self::Credit => (Microsoft, Step::ContactMicrosoft),
            Self::ProductGone => (Us, Step::ResolveAgain),
            Self::CustomEndDate => (Us, Step::FetchDates),
            Self::Attestation => (Us, Step::AskAgain),
            Self::Defect | Self::NotInSandbox => (Us, Step::ReportDefect),
            Self::CartGone => (Us, Step::NewCart),
            Self::CartLines => (Us, Step::LookAtLines),
            Self::CartInUse | Self::SubscriptionBusy | Self::Throttled | Self::ServiceFault => (Microsoft, Step::Wait),
            Self::CartDone | Self::OrderInProgress => (Us, Step::ReadOrders),
            Self::WindowPassed => (Us, Step::ScheduleForRenewal),
            Self::Stale => (Us, Step::CompareAgain),
            Self::Unknown => (Us, Step::Quote),
        };
        Explanation { cause: self, fixer, step }
    }
}

/// What a code means for one operation before it means anything else: numbers are used more than once.
const OF_OPERATION: &[(Operation, u16, &[u32], Cause)] = {
    use Cause as C;
    use Operation as O;
    &[
        (O::CreateCustomer, 400, &[2001], C::InputMissing),
        (O::UpdateProfile, 400, &[2001], C::InputMissing),
        (O::ConfirmAgreement, 400, &[2001], C::InputMissing),
        (O::CreateCustomer, 400, &[3000], C::AddressInvalid),
        (O::UpdateProfile, 400, &[3000], C::AddressInvalid),
        (O::CreateCustomer, 400, &[cb_sync::triage::DOMAIN_IN_USE], C::DomainTaken),
        (O::CreateCustomer, 409, &[0, cb_sync::triage::DOMAIN_IN_USE], C::DomainTaken),
        (O::Upgrade, 400, &[900_268, 900_269, 900_270], C::UpgradeRefused),
        (O::ConfirmAgreement, 400, &[600_061], C::AgreementTwice),
        (O::ConfirmAgreement, 409, &[600_061], C::AgreementTwice),
    ]
};

/// What a code means for any operation.
const OF_ANY: &[(u16, &[u32], Cause)] = {
    use Cause as C;
    &[
        (401, &[800_001], C::TokenMissing),
        (400, &[800_001], C::TokenMissing),
        (401, &[0], C::TokenExpired),
        (401, &[900_421], C::MfaMissing),
        (401, &[900_420], C::WrongAudience),
        (403, &[900_329], C::UserNeeded),
        (403, &[2032, 900_150, 900_308, 900_309, 600_006], C::NoRights),
        (403, &[2030], C::CountryNotSold),
        (403, &[800_039, 900_149, 900_124], C::PartnerProgram),
        (403, &[20_002], C::NotOurCustomer),
        (404, &[1000, 60_003], C::CustomerGone),
        (400, &[27_002], C::Email),
        (400, &[600_049, 600_050, 600_002], C::RegistrationNumber),
        (400, &[600_051], C::Phone),
        (404, &[3000, 800_015], C::ResellerUnknown),
        (400, &[800_016], C::NotAReseller),
        (400, &[900_154], C::ResellerInactive),
        (403, &[900_123], C::ResellerUnsigned),
        (400, &[2203, 2206], C::ResellerUnsigned),
        (400, &[2204, 2205, 2200, 2201], C::NotAReseller),
        (400, &[2071, 800_098], C::PartnerOnRecord),
        (404, &[2072], C::PartnerOnRecord),
        (403, &[13_605], C::AgreementMissing),
        (403, &[600_061], C::AgreementTwice),
        (403, &[800_073, 800_074], C::UnderReview),
        (403, &[800_075], C::AccountRefused),
        (404, &[400_013, 400_018, 400_019], C::ProductGone),
        (403, &[800_020, 800_028, 400_030, 400_036], C::NotPurchasable),
        (400, &[2085, 2091, 400_041], C::NotPurchasable),
        (400, &[900_268, 900_269, 900_270], C::TermOrCycle),
        (500, &[800_084], C::TermOrCycle),
        (400, &[900_275, 2002], C::Quantity),
        (403, &[800_067, 800_088], C::Quantity),
        (403, &[800_066, 800_089], C::LicenceLimit),
        (400, &[900_419], C::LicenceLimit),
        (400, &[900_242, 900_244, 900_245, 900_246], C::CustomEndDate),
        (400, &[900_169], C::Currency),
        (400, &[900_203, 900_206], C::Attestation),
        (400, &[900_126, 800_002, 0], C::Defect),
        (404, &[800_008], C::CartGone),
        (400, &[800_009], C::CartLines),
        (409, &[800_064], C::CartInUse),
        (400, &[800_065], C::CartDone),
        (409, &[800_060], C::OrderInProgress),
        (403, &[800_023, 900_121, 800_069], C::Credit),
        (400, &[900_213, 900_117, 900_214, 900_257, 800_090], C::WindowPassed),
        (409, &[900_278, 800_082], C::SubscriptionBusy),
        (400, &[900_277, 900_279, 900_280], C::SubscriptionBusy),
        (400, &[800_091, 2001, 2011], C::SubscriptionEnded),
        (400, &[900_311], C::TooManyChanges),
        (400, &[900_236, 900_258, 900_259, 900_260, 900_261, 900_267], C::UpgradeRefused),
        (400, &[2055], C::Stale),
        (400, &[900_127, 800_018], C::NotInSandbox),
        (403, &[900_322], C::NotInSandbox),
    ]
};

/// The explanation of an answer that isn't a good one. Code 0 stands for an answer without one.
#[must_use]
pub fn explain(operation: Operation, status: u16, code: u32) -> Explanation {
    let own = OF_OPERATION.iter().find(|row| row.0 == operation && row.1 == status && row.2.contains(&code));
    let any = || OF_ANY.iter().find(|row| row.0 == status && row.1.contains(&code)).map(|row| row.2);
    let cause = own.map(|row| row.3).or_else(any).unwrap_or(match status {
        401 => Cause::TokenExpired,
        412 => Cause::Stale,
        429 => Cause::Throttled,
        408 | 500..=599 => Cause::ServiceFault,
        _ => Cause::Unknown,
    });
    cause.explained()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn one_number_means_what_its_operation_makes_of_it() {
        for (operation, status, code, cause) in [
            (Operation::CreateCustomer, 400, 2001, Cause::InputMissing),
            (Operation::SetRecord, 400, 2001, Cause::SubscriptionEnded),
            (Operation::CreateCustomer, 400, 3000, Cause::AddressInvalid),
            (Operation::CreateCustomer, 404, 3000, Cause::ResellerUnknown),
            (Operation::CreateCustomer, 409, 0, Cause::DomainTaken),
            (Operation::CheckoutCart, 409, 0, Cause::Unknown),
            (Operation::CheckoutCart, 500, 800_003, Cause::ServiceFault),
            (Operation::CheckoutCart, 503, 0, Cause::ServiceFault),
            (Operation::Read, 418, 7, Cause::Unknown),
            (Operation::Read, 403, 0, Cause::Unknown),
        ] {
            assert_eq!(explain(operation, status, code).cause, cause, "{operation:?} {status} {code}");
        }
    }

    #[test]
    fn every_cause_is_listed_and_reached() {
        let listed: HashSet<Cause> = Cause::ALL.into_iter().collect();
        assert_eq!(listed.len(), Cause::ALL.len());
        let mut reached: HashSet<Cause> =
            OF_ANY.iter().map(|row| row.2).chain(OF_OPERATION.iter().map(|row| row.3)).collect();
        reached.extend([Cause::Throttled, Cause::ServiceFault, Cause::Unknown]);
        assert_eq!(listed, reached);
    }

    #[test]
    fn no_row_hides_another() {
        let mut seen = HashSet::new();
        for (status, codes, cause) in OF_ANY {
            for code in *codes {
                assert!(seen.insert((*status, *code)), "{status} {code} stands twice, the second time as {cause:?}");
            }
        }
    }
}
