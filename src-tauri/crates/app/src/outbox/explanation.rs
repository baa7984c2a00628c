//! The explanation of an attempt's answer, in the words of the views.

use crate::views::{CauseView, ExplanationView, FixerView, StepView};
use cb_domain::operation::{Fixer, OperationKind};
use cb_partner_center::explain::{Cause, Step, explain};
use cb_partner_center::triage::Operation;

/// What an answer with this status and code means; `None` for one that is good, or for none at all.
pub(super) fn explanation(kind: OperationKind, status: u16, code: u32) -> Option<ExplanationView> {
    if status < 400 {
        return None;
    }
    let found = explain(operation(kind), status, code);
    Some(ExplanationView { cause: cause(found.cause), fixer: fixer(found.fixer), step: step(found.step) })
}

/// Only these give a number a meaning of their own; for any other call it means what it means everywhere.
fn operation(kind: OperationKind) -> Operation {
    if kind == OperationKind::CreateCustomer {
        Operation::CreateCustomer
    } else if kind == OperationKind::ConfirmAgreement {
        Operation::ConfirmAgreement
    } else if kind == OperationKind::UpdateCustomerProfile {
        Operation::UpdateProfile
    } else {
        Operation::Read
    }
}

fn fixer(fixer: Fixer) -> FixerView {
    match fixer {
        Fixer::Us => FixerView::Us,
        Fixer::Reseller => FixerView::Reseller,
        Fixer::Customer => FixerView::Customer,
        Fixer::Microsoft => FixerView::Microsoft,
    }
}

fn cause(cause: Cause) -> CauseView {
    match cause {
        Cause::TokenMissing => CauseView::TokenMissing,
        Cause::TokenExpired => CauseView::TokenExpired,
        Cause::MfaMissing => CauseView::MfaMissing,
        Cause::WrongAudience => CauseView::WrongAudience,
        Cause::UserNeeded => CauseView::UserNeeded,
        Cause::NoRights => CauseView::NoRights,
        Cause::CountryNotSold => CauseView::CountryNotSold,
        Cause::PartnerProgram => CauseView::PartnerProgram,
        Cause::NotOurCustomer => CauseView::NotOurCustomer,
        Cause::CustomerGone => CauseView::CustomerGone,
        Cause::DomainTaken => CauseView::DomainTaken,
        Cause::InputMissing => CauseView::InputMissing,
        Cause::Email => CauseView::Email,
        Cause::RegistrationNumber => CauseView::RegistrationNumber,
        Cause::Phone => CauseView::Phone,
        Cause::AddressInvalid => CauseView::AddressInvalid,
        Cause::ResellerUnknown => CauseView::ResellerUnknown,
        Cause::NotAReseller => CauseView::NotAReseller,
        Cause::ResellerInactive => CauseView::ResellerInactive,
        Cause::ResellerUnsigned => CauseView::ResellerUnsigned,
        Cause::PartnerOnRecord => CauseView::PartnerOnRecord,
        Cause::AgreementMissing => CauseView::AgreementMissing,
        Cause::AgreementTwice => CauseView::AgreementTwice,
        Cause::UnderReview => CauseView::UnderReview,
        Cause::AccountRefused => CauseView::AccountRefused,
        Cause::ProductGone => CauseView::ProductGone,
        Cause::NotPurchasable => CauseView::NotPurchasable,
        Cause::TermOrCycle => CauseView::TermOrCycle,
        Cause::Quantity => CauseView::Quantity,
        Cause::LicenceLimit => CauseView::LicenceLimit,
        Cause::CustomEndDate => CauseView::CustomEndDate,
        Cause::Currency => CauseView::Currency,
        Cause::Attestation => CauseView::Attestation,
        Cause::Defect => CauseView::Defect,
        Cause::CartGone => CauseView::CartGone,
        Cause::CartLines => CauseView::CartLines,
        Cause::CartInUse => CauseView::CartInUse,
        Cause::CartDone => CauseView::CartDone,
        Cause::OrderInProgress => CauseView::OrderInProgress,
        Cause::Credit => CauseView::Credit,
        Cause::WindowPassed => CauseView::WindowPassed,
        Cause::SubscriptionBusy => CauseView::SubscriptionBusy,
        Cause::SubscriptionEnded => CauseView::SubscriptionEnded,
        Cause::TooManyChanges => CauseView::TooManyChanges,
        Cause::UpgradeRefused => CauseView::UpgradeRefused,
        Cause::Stale => CauseView::Stale,
        Cause::NotInSandbox => CauseView::NotInSandbox,
        Cause::Throttled => CauseView::Throttled,
        Cause::ServiceFault => CauseView::ServiceFault,
        Cause::Unknown => CauseView::Unknown,
    }
}

fn step(step: Step) -> StepView {
    match step {
        Step::SignIn => StepView::SignIn,
        Step::SignInWithMfa => StepView::SignInWithMfa,
        Step::CheckConnection => StepView::CheckConnection,
        Step::AskForRights => StepView::AskForRights,
        Step::StopAll => StepView::StopAll,
        Step::Review => StepView::Review,
        Step::Edit => StepView::Edit,
        Step::AnotherDomain => StepView::AnotherDomain,
        Step::AskReseller => StepView::AskReseller,
        Step::ChooseReseller => StepView::ChooseReseller,
        Step::RecordAgreement => StepView::RecordAgreement,
        Step::Nothing => StepView::Nothing,
        Step::WaitForReview => StepView::WaitForReview,
        Step::ContactMicrosoft => StepView::ContactMicrosoft,
        Step::ResolveAgain => StepView::ResolveAgain,
        Step::ChooseProduct => StepView::ChooseProduct,
        Step::FetchDates => StepView::FetchDates,
        Step::AskAgain => StepView::AskAgain,
        Step::ReportDefect => StepView::ReportDefect,
        Step::NewCart => StepView::NewCart,
        Step::LookAtLines => StepView::LookAtLines,
        Step::Wait => StepView::Wait,
        Step::ReadOrders => StepView::ReadOrders,
        Step::ScheduleForRenewal => StepView::ScheduleForRenewal,
        Step::CompareAgain => StepView::CompareAgain,
        Step::Quote => StepView::Quote,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_answer_needs_no_words_and_any_other_has_some() {
        assert_eq!(explanation(OperationKind::CreateCustomer, 201, 0), None);
        assert_eq!(explanation(OperationKind::CreateCustomer, 0, 0), None, "no answer came");
        let found = explanation(OperationKind::CreateCustomer, 400, 2001).expect("explained");
        assert_eq!((found.cause, found.step), (CauseView::InputMissing, StepView::Edit));
        let found = explanation(OperationKind::SetResellerOfRecord, 400, 2001).expect("explained");
        assert_eq!(found.cause, CauseView::SubscriptionEnded, "one number, two meanings");
        let found = explanation(OperationKind::CheckoutCart, 418, 4711).expect("explained");
        assert_eq!((found.cause, found.step), (CauseView::Unknown, StepView::Quote), "honest about what is not known");
    }
}
