//! What a refusal asks of a person. The table itself is the machine's (`cb_sync::triage`), so that it exists once;
//! here it is asked with what the wire tells.

use crate::triage::{Operation, Verdict, triage};
use cb_domain::operation::{AttentionReason, Fixer, OperationKind};
use cb_sync::effect::Refusal;
use cb_sync::remote::RefusalClass;
use cb_sync::triage::{Verdict as Judged, fixer, judge};

/// Why a person is needed, the field to mend (empty when none) and who can mend it; `None` for what passes by itself.
#[must_use]
pub fn attention(
    kind: OperationKind,
    status: u16,
    code: u32,
    data: Vec<String>,
) -> Option<(AttentionReason, String, Fixer)> {
    let operation = match kind {
        OperationKind::CreateCustomer => Operation::CreateCustomer,
        OperationKind::ConfirmAgreement => Operation::ConfirmAgreement,
        OperationKind::CreateCart => Operation::CreateCart,
        OperationKind::CheckoutCart => Operation::CheckoutCart,
        OperationKind::VerifyOrder => Operation::Read,
        OperationKind::UpdateCustomerProfile => Operation::UpdateProfile,
        OperationKind::SetResellerOfRecord => Operation::SetRecord,
        OperationKind::ChangeSubscription => Operation::ChangeSubscription,
        OperationKind::UpgradeSubscription => Operation::Upgrade,
        OperationKind::SetSupportContact => Operation::SetSupportContact,
    };
    let class = match triage(operation, status, code, false) {
        Verdict::Refused(RefusalClass::DoneAlready | RefusalClass::Busy) => return None,
        Verdict::Refused(class) => class,
        Verdict::Transient | Verdict::Throttled | Verdict::SignIn | Verdict::Mfa => return None,
    };
    match judge(kind, &Refusal { class, status, code, data }) {
        Judged::Hold(_) => None,
        Judged::Attention(found) => Some((found.reason, found.field, fixer(found.reason))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n6_answers_of_the_wire_reach_the_field_and_whoever_can_mend_it() {
        use AttentionReason as R;
        use OperationKind as K;
        for (kind, status, code, data, expected) in [
            (K::CreateCustomer, 400, 27_002, "", Some((R::Email, "customer.email", Fixer::Us))),
            (
                K::CreateCustomer,
                400,
                2001,
                "billingProfile.defaultAddress.postalCode",
                Some((R::PostalCode, "customer.postalCode", Fixer::Us)),
            ),
            (
                K::CreateCustomer,
                409,
                0,
                "companyProfile.domain",
                Some((R::DomainTaken, "customer.domainPrefix", Fixer::Us)),
            ),
            (K::CreateCustomer, 409, 600_071, "", Some((R::DomainTaken, "customer.domainPrefix", Fixer::Us))),
            (K::CreateCustomer, 400, 600_051, "", Some((R::Phone, "customer.phone", Fixer::Us))),
            (K::CreateCustomer, 403, 600_006, "", Some((R::Permission, "", Fixer::Us))),
            (K::CheckoutCart, 403, 13_605, "", Some((R::AgreementMissing, "", Fixer::Customer))),
            (K::CheckoutCart, 403, 800_023, "", Some((R::Credit, "", Fixer::Microsoft))),
            (K::CreateCart, 404, 400_019, "", Some((R::ProductGone, "lines", Fixer::Us))),
            // What passes by itself.
            (K::CheckoutCart, 403, 800_073, "", None),
            (K::CreateCustomer, 403, 900_123, "", None),
            (K::CheckoutCart, 409, 800_060, "", None),
            (K::CheckoutCart, 400, 800_065, "", None),
            (K::CheckoutCart, 500, 0, "", None),
            (K::CheckoutCart, 429, 0, "", None),
            (K::CheckoutCart, 401, 900_421, "", None),
        ] {
            let data = if data.is_empty() { Vec::new() } else { vec![data.to_owned()] };
            let found = attention(kind, status, code, data);
            let found = found.as_ref().map(|(reason, field, fixer)| (*reason, field.as_str(), *fixer));
            assert_eq!(found, expected, "{kind:?} {status} {code}");
        }
    }
}
