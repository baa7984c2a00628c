//! Triage of refusals by operation, status and code, never by message text (N6).

use crate::effect::Refusal;
use crate::remote::{RefusalClass, RemoteLine};
use cb_domain::operation::{Attention, AttentionReason, Fixer, HoldReason, OperationKind};

/// What a definite refusal asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It passes by itself.
    Hold(HoldReason),
    /// A person is needed.
    Attention(Attention),
}

/// A refused call, judged.
#[must_use]
pub fn judge(kind: OperationKind, refusal: &Refusal) -> Verdict {
    use AttentionReason as R;
    if let Some(hold) = hold_of(kind, refusal) {
        return Verdict::Hold(hold);
    }
    let (reason, field) = match kind {
        OperationKind::CreateCustomer | OperationKind::UpdateCustomerProfile => customer_reason(refusal),
        OperationKind::SetResellerOfRecord => match refusal.code {
            800_098 => (R::RecordNotSupported, ""),
            2072 => (R::OwnPartnerId, ""),
            800_016 | 2071 => (R::ResellerUnknown, ""),
            900_154 => (R::ResellerNotFit, ""),
            _ => general(refusal),
        },
        OperationKind::ChangeSubscription => match refusal.code {
            900_117 | 900_213 | 900_214 | 900_257 | 800_090 => (R::WindowClosed, ""),
            _ => changed_reason(refusal),
        },
        OperationKind::UpgradeSubscription => match refusal.code {
            900_236 | 900_258..=900_261 | 900_267..=900_270 => (R::UpgradeRefused, ""),
            _ => changed_reason(refusal),
        },
        OperationKind::SetSupportContact => match refusal.code {
            3000 | 800_015 | 800_016 | 2071 => (R::ResellerUnknown, ""),
            900_154 => (R::ResellerNotFit, ""),
            _ => general(refusal),
        },
        OperationKind::ConfirmAgreement => match refusal.code {
            600_051 => (R::Phone, "customer.signerPhone"),
            27_002 => (R::Email, "customer.signerEmail"),
            _ => general(refusal),
        },
        OperationKind::CreateCart | OperationKind::CheckoutCart | OperationKind::VerifyOrder => {
            let (reason, field) = order_reason(refusal);
            let line = if field == "lines" { named_line(&refusal.data) } else { None };
            let field = line.map_or_else(|| field.to_owned(), |line| format!("lines.{line}"));
            return Verdict::Attention(refusal.attention(reason, &field));
        }
    };
    Verdict::Attention(refusal.attention(reason, field))
}

/// The line of the form that the answer names; lines are counted from 1 there, from 0 in the cart.
fn named_line(data: &[String]) -> Option<u32> {
    data.iter().find_map(|name| name.strip_prefix("lines.")?.parse::<u32>().ok()).map(|number| number.saturating_add(1))
}

fn hold_of(kind: OperationKind, refusal: &Refusal) -> Option<HoldReason> {
    match (refusal.status, refusal.code) {
        (403, 900_123) | (400, 2203 | 2206) => Some(HoldReason::ResellerNotFit),
        (403, 800_073 | 800_074) => Some(HoldReason::CustomerUnderReview),
        // A tenant just made is not everywhere yet (N8); the caller bounds the patience.
        (404, 1000 | 60_003 | 0) if kind != OperationKind::CreateCustomer => Some(HoldReason::TenantBeingMade),
        _ => None,
    }
}

/// "Domain in use" has no published code: it is a refusal whose data name the domain, or 409 without a code.
#[must_use]
pub fn is_domain_taken(refusal: &Refusal) -> bool {
    refusal.data.iter().any(|name| name.to_ascii_lowercase().ends_with("domain"))
        || refusal.code == DOMAIN_IN_USE
        || (refusal.status == 409 && refusal.class != RefusalClass::Busy)
}

/// The code that the practice Partner Center uses for a domain in use.
pub const DOMAIN_IN_USE: u32 = 600_071;

fn customer_reason(refusal: &Refusal) -> (AttentionReason, &'static str) {
    use AttentionReason as R;
    match (refusal.status, refusal.code) {
        (_, 27_002) => (R::Email, "customer.email"),
        (_, 600_049 | 600_050 | 600_002) => (R::RegistrationNumber, "customer.registrationNumber"),
        (_, 600_051) => (R::Phone, "customer.phone"),
        (404, 3000 | 800_015) => (R::ResellerUnknown, ""),
        (400, 3000) => (R::Address, "customer.state"),
        (400, 800_016 | 900_154) => (R::ResellerNotFit, ""),
        (_, 2001) => detail_reason(refusal),
        _ if is_domain_taken(refusal) => (R::DomainTaken, "customer.domainPrefix"),
        _ => general(refusal),
    }
}

/// 2001 names the member that is missing or wrong.
fn detail_reason(refusal: &Refusal) -> (AttentionReason, &'static str) {
    use AttentionReason as R;
    const MEMBERS: [(&str, AttentionReason, &str); 13] = [
        ("postalcode", R::PostalCode, "customer.postalCode"),
        ("addressline1", R::Address, "customer.addressLine1"),
        ("addressline2", R::Address, "customer.addressLine2"),
        ("city", R::Address, "customer.city"),
        ("state", R::Address, "customer.state"),
        ("country", R::Address, "customer.country"),
        ("email", R::Email, "customer.email"),
        ("phonenumber", R::Phone, "customer.phone"),
        ("firstname", R::CustomerDetails, "customer.firstName"),
        ("lastname", R::CustomerDetails, "customer.lastName"),
        ("companyname", R::CustomerDetails, "customer.companyName"),
        ("organizationregistrationnumber", R::RegistrationNumber, "customer.registrationNumber"),
        ("domain", R::DomainTaken, "customer.domainPrefix"),
    ];
    let named = refusal.data.first().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
    MEMBERS
        .into_iter()
        .find(|(member, ..)| named.ends_with(member))
        .map_or((R::CustomerDetails, "customer.companyName"), |(_, reason, field)| (reason, field))
}

fn order_reason(refusal: &Refusal) -> (AttentionReason, &'static str) {
    use AttentionReason as R;
    let Some(reason) = order_code(refusal.code) else { return general(refusal) };
    (reason, if matches!(reason, R::Quantity | R::ProductGone | R::TermNotOffered) { "lines" } else { "" })
}

/// Since December 2025 changes of licences, term and product check the reseller of record too.
fn changed_reason(refusal: &Refusal) -> (AttentionReason, &'static str) {
    use AttentionReason as R;
    match refusal.code {
        800_016 => (R::ResellerUnknown, ""),
        900_154 => (R::ResellerNotFit, ""),
        _ => (order_reason(refusal).0, ""),
    }
}

/// What a code of Partner Center says about an order or a line of it; `None` for a code that says nothing known.
#[must_use]
pub fn order_code(code: u32) -> Option<AttentionReason> {
    use AttentionReason as R;
    Some(match code {
        13_605 => R::AgreementMissing,
        800_075 => R::AccountNotAllowed,
        800_008 => R::CartExpired,
        400_013 | 400_018 | 400_019 | 800_020 | 800_028 | 2085 | 2091 => R::ProductGone,
        900_268 | 900_269 | 900_270 | 800_084 => R::TermNotOffered,
        900_275 | 2002 | 800_067 | 800_088 | 800_066 | 800_089 | 900_419 => R::Quantity,
        900_242 | 900_244 | 900_245 | 900_246 => R::CustomEndDate,
        800_023 | 900_121 | 800_069 => R::Credit,
        800_015 | 2071 | 2072 => R::ResellerUnknown,
        800_039 | 900_149 | 900_124 => R::MicrosoftAgreement,
        _ => return None,
    })
}

fn general(refusal: &Refusal) -> (AttentionReason, &'static str) {
    use AttentionReason as R;
    if matches!(refusal.code, 800_039 | 900_149 | 900_124) {
        return (R::MicrosoftAgreement, "");
    }
    match refusal.class {
        RefusalClass::Permission => (R::Permission, ""),
        RefusalClass::DoneAlready
        | RefusalClass::Busy
        | RefusalClass::Fixable
        | RefusalClass::Conflict
        | RefusalClass::NotFound
        | RefusalClass::Other => (R::Unexpected, ""),
    }
}

/// First line of a cart that the server found wrong.
#[must_use]
pub fn line_attention(lines: &[RemoteLine]) -> Option<Attention> {
    use AttentionReason as R;
    let line = lines.iter().find(|line| line.error != 0)?;
    let (reason, part) = match line.error {
        10_001 | 10_006 => (R::ProductGone, ""),
        10_002 | 10_003 | 10_015 | 10_018 | 10_019 => (R::Quantity, ".quantity"),
        10_004 => (R::ResellerUnknown, ""),
        10_013 => (R::TermNotOffered, ".term"),
        10_014 => (R::PriceChanged, ""),
        10_016 | 10_017 => (R::CustomEndDate, ".customEnd"),
        _ => (R::Unexpected, ""),
    };
    let field = format!("lines.{}{part}", line.number.saturating_add(1));
    Some(Attention { reason, ambiguous: false, field, status: 201, code: line.error })
}

/// Who can mend it.
#[must_use]
pub fn fixer(reason: AttentionReason) -> Fixer {
    use AttentionReason as R;
    match reason {
        R::DomainTaken
        | R::DomainTakenOrHalfCreated
        | R::CustomerDetails
        | R::Address
        | R::PostalCode
        | R::Email
        | R::RegistrationNumber
        | R::Phone
        | R::ProductGone
        | R::PriceChanged
        | R::Quantity
        | R::TermNotOffered
        | R::CustomEndDate
        | R::PartialCheckout
        | R::OrderDiffers
        | R::OrderMayExist
        | R::OutcomeUnknown
        | R::ApprovalTooOld
        | R::CartExpired
        | R::Permission
        | R::MicrosoftAgreement
        | R::Difference
        | R::RecordNotSupported
        | R::RecordChanged
        | R::OwnPartnerId
        | R::WindowClosed
        | R::UpgradeRefused
        | R::ContactChanged
        | R::TermOver
        | R::Unexpected => Fixer::Us,
        R::ResellerNotFit | R::ResellerUnknown => Fixer::Reseller,
        R::AgreementMissing => Fixer::Customer,
        R::AccountNotAllowed | R::Credit => Fixer::Microsoft,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, code: u32, data: &[&str]) -> Refusal {
        let class = if status == 403 { RefusalClass::Permission } else { RefusalClass::Fixable };
        Refusal { class, status, code, data: data.iter().map(|name| (*name).to_owned()).collect() }
    }

    #[test]
    fn n6_refusals_are_judged_by_operation_status_and_code() {
        use AttentionReason as R;
        use OperationKind as K;
        let cases = [
            (K::CreateCustomer, refusal(400, 27_002, &[]), R::Email, "customer.email"),
            (K::CreateCustomer, refusal(400, 600_049, &[]), R::RegistrationNumber, "customer.registrationNumber"),
            (K::CreateCustomer, refusal(400, 600_051, &[]), R::Phone, "customer.phone"),
            (
                K::CreateCustomer,
                refusal(400, 2001, &["billingProfile.defaultAddress.postalCode"]),
                R::PostalCode,
                "customer.postalCode",
            ),
            (K::CreateCustomer, refusal(400, 2001, &[]), R::CustomerDetails, "customer.companyName"),
            (K::CreateCustomer, refusal(404, 3000, &[]), R::ResellerUnknown, ""),
            (K::CreateCustomer, refusal(400, 3000, &[]), R::Address, "customer.state"),
            (K::CreateCustomer, refusal(403, 2030, &[]), R::Permission, ""),
            (K::CreateCustomer, refusal(418, 7, &[]), R::Unexpected, ""),
            (K::CheckoutCart, refusal(403, 13_605, &[]), R::AgreementMissing, ""),
            (K::CheckoutCart, refusal(404, 800_008, &[]), R::CartExpired, ""),
            (K::CreateCart, refusal(400, 900_275, &[]), R::Quantity, "lines"),
            (K::CheckoutCart, refusal(403, 800_023, &[]), R::Credit, ""),
            (K::CheckoutCart, refusal(403, 800_039, &[]), R::MicrosoftAgreement, ""),
        ];
        for (kind, refusal, reason, field) in cases {
            assert_eq!(judge(kind, &refusal), Verdict::Attention(refusal.attention(reason, field)), "{kind:?}");
        }
    }

    #[test]
    fn n8_what_passes_by_itself_is_held() {
        use OperationKind as K;
        for (kind, refusal, hold) in [
            (K::CheckoutCart, refusal(403, 800_073, &[]), HoldReason::CustomerUnderReview),
            (K::CreateCustomer, refusal(403, 900_123, &[]), HoldReason::ResellerNotFit),
            (K::CreateCart, refusal(404, 1000, &[]), HoldReason::TenantBeingMade),
        ] {
            assert_eq!(judge(kind, &refusal), Verdict::Hold(hold));
        }
    }
}
