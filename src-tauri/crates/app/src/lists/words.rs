//! Words of the domain in the words of the screens, one exhaustive match each.

use crate::views::{AttentionReasonView, CommerceView, FitnessView, HoldReasonView, PartnershipView};
use cb_domain::catalogue::{BillingCycle, CommerceKind, Term};
use cb_domain::operation::{AttentionReason, HoldReason, SecretState};
use cb_domain::reseller::{Fitness, PartnershipState};

/// Partnership.
pub(crate) fn partnership(state: PartnershipState) -> PartnershipView {
    match state {
        PartnershipState::Draft => PartnershipView::Draft,
        PartnershipState::Requested => PartnershipView::Requested,
        PartnershipState::Active => PartnershipView::Active,
        PartnershipState::Declined => PartnershipView::Declined,
        PartnershipState::Ended => PartnershipView::Ended,
    }
}

/// Fitness.
pub(crate) fn fitness(fitness: Fitness) -> FitnessView {
    match fitness {
        Fitness::Fit => FitnessView::Fit,
        Fitness::AgreementNotSigned => FitnessView::AgreementNotSigned,
        Fitness::PartnerIdNotValid => FitnessView::PartnerIdNotValid,
        Fitness::Suspended => FitnessView::Suspended,
        Fitness::Unknown => FitnessView::Unknown,
    }
}

/// Fitness as a text key, for a to-do's detail.
pub(crate) fn fitness_key(fitness: Fitness) -> &'static str {
    match fitness {
        Fitness::Fit => "fit",
        Fitness::AgreementNotSigned => "agreement_not_signed",
        Fitness::PartnerIdNotValid => "partner_id_not_valid",
        Fitness::Suspended => "suspended",
        Fitness::Unknown => "unknown",
    }
}

/// Where setup info that waits for its hand-over stands, as a text key; empty when it waits no longer.
pub(crate) fn setup_info_key(state: SecretState) -> &'static str {
    match state {
        SecretState::Sealed => "sealed",
        SecretState::Showing => "showing",
        SecretState::KeyReady | SecretState::Destroying | SecretState::Destroyed | SecretState::Unavailable => "",
    }
}

/// What a hold is for.
pub(crate) fn hold(reason: HoldReason) -> HoldReasonView {
    match reason {
        HoldReason::CustomerUnderReview => HoldReasonView::CustomerUnderReview,
        HoldReason::AgreementOpen => HoldReasonView::AgreementOpen,
        HoldReason::ResellerNotFit => HoldReasonView::ResellerNotFit,
        HoldReason::TenantBeingMade => HoldReasonView::TenantBeingMade,
        HoldReason::KeychainMissing => HoldReasonView::KeychainMissing,
        HoldReason::SessionNotReleased => HoldReasonView::SessionNotReleased,
    }
}

/// Hold reason as a text key.
pub(crate) fn hold_key(reason: HoldReason) -> &'static str {
    match reason {
        HoldReason::CustomerUnderReview => "customer_under_review",
        HoldReason::AgreementOpen => "agreement_open",
        HoldReason::ResellerNotFit => "reseller_not_fit",
        HoldReason::TenantBeingMade => "tenant_being_made",
        HoldReason::KeychainMissing => "keychain_missing",
        HoldReason::SessionNotReleased => "session_not_released",
    }
}

/// Older or new commerce.
pub(crate) fn commerce(kind: CommerceKind) -> CommerceView {
    match kind {
        CommerceKind::Legacy => CommerceView::Legacy,
        CommerceKind::New => CommerceView::New,
    }
}

/// A term as written on the wire and on screen.
pub(crate) fn term(term: Term) -> &'static str {
    match term {
        Term::P1M => "P1M",
        Term::P1Y => "P1Y",
        Term::P3Y => "P3Y",
    }
}

/// A billing cycle as the screens spell it.
pub(crate) fn cycle(cycle: BillingCycle) -> &'static str {
    match cycle {
        BillingCycle::Monthly => "monthly",
        BillingCycle::Annual => "annual",
        BillingCycle::Triennial => "triennial",
        BillingCycle::None => "none",
    }
}

macro_rules! same_words {
    ($from:ident => $to:ident, $value:expr, [$($name:ident),* $(,)?]) => {
        match $value { $($from::$name => $to::$name),* }
    };
}

/// Reason as a text key, the same that the reason's view carries over the wire to the screen.
pub(crate) fn attention_key(reason: AttentionReason) -> String {
    match serde_json::to_value(reason) {
        Ok(serde_json::Value::String(key)) => key,
        Ok(_) | Err(_) => String::new(),
    }
}

/// Why something needs attention.
pub(crate) fn attention(reason: AttentionReason) -> AttentionReasonView {
    same_words!(AttentionReason => AttentionReasonView, reason, [
        DomainTaken, DomainTakenOrHalfCreated, CustomerDetails, Address, PostalCode, Email, RegistrationNumber, Phone,
        ResellerNotFit, ResellerUnknown, AgreementMissing, AccountNotAllowed, ProductGone, PriceChanged, Quantity,
        TermNotOffered, CustomEndDate, PartialCheckout, OrderDiffers, OrderMayExist, OutcomeUnknown, ApprovalTooOld,
        CartExpired, Permission, MicrosoftAgreement, Credit, Unexpected, Difference,
        RecordNotSupported, RecordChanged, OwnPartnerId, WindowClosed, UpgradeRefused, ContactChanged,
        TermOver,
    ])
}
