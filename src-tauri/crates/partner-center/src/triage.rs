//! What an answer that isn't a good one means: by (operation, status, code), never by message text (N6).

use cb_sync::remote::{Call, RefusalClass};

/// Calls as the table names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Any read, and the checks that change nothing.
    Read,
    /// Making a tenant.
    CreateCustomer,
    /// Attesting the agreement.
    ConfirmAgreement,
    /// Making a cart.
    CreateCart,
    /// Buying it.
    CheckoutCart,
    /// Changing name, contact or address.
    UpdateProfile,
    /// Changing the reseller of record.
    SetRecord,
    /// Changing a subscription.
    ChangeSubscription,
    /// Moving licences to another product.
    Upgrade,
    /// Naming the support contact.
    SetSupportContact,
}

impl From<&Call> for Operation {
    fn from(call: &Call) -> Self {
        match call {
            Call::CreateCustomer { .. } => Self::CreateCustomer,
            Call::ConfirmAgreement { .. } => Self::ConfirmAgreement,
            Call::CreateCart { .. } => Self::CreateCart,
            Call::CheckoutCart { .. } => Self::CheckoutCart,
            Call::UpdateProfile { .. } => Self::UpdateProfile,
            Call::SetRecord { .. } => Self::SetRecord,
            Call::ChangeSubscription { .. } => Self::ChangeSubscription,
            Call::Upgrade { .. } => Self::Upgrade,
            Call::SetSupportContact { .. } => Self::SetSupportContact,
            Call::Probe
            | Call::CheckDomain { .. }
            | Call::CheckAddress { .. }
            | Call::CountryRules { .. }
            | Call::CheckReseller { .. }
            | Call::CheckResellers { .. }
            | Call::ListResellers
            | Call::FindCustomer { .. }
            | Call::AccountReview { .. }
            | Call::ReadProfile { .. }
            | Call::ReadRecord { .. }
            | Call::ReadSubscription { .. }
            | Call::ReadUpgrades { .. }
            | Call::UpgradeTargets { .. }
            | Call::ReadSupportContact { .. }
            | Call::AgreementStatus { .. }
            | Call::ReadCart { .. }
            | Call::ListOrders { .. }
            | Call::ListSubscriptions { .. }
            | Call::ListCustomers
            | Call::CustomerPage { .. }
            | Call::Catalogue { .. } => Self::Read,
        }
    }
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A definite no.
    Refused(RefusalClass),
    /// It may or may not have taken effect.
    Transient,
    /// Wait; the queue pauses.
    Throttled,
    /// The token was refused.
    SignIn,
    /// MFA is demanded.
    Mfa,
}

/// Rows that hold for one operation, `None` for all; first match wins. Code 0 in a row: any code.
const ROWS: &[(Option<Operation>, u16, &[u32], RefusalClass)] = {
    use Operation as O;
    use RefusalClass as C;
    &[
        (Some(O::ConfirmAgreement), 403, &[600_061], C::DoneAlready),
        (Some(O::ConfirmAgreement), 400, &[600_061], C::DoneAlready),
        (Some(O::ConfirmAgreement), 409, &[600_061], C::DoneAlready),
        (Some(O::CheckoutCart), 400, &[800_065], C::DoneAlready),
        (None, 409, &[800_060, 800_064, 800_082, 900_278], C::Busy),
        (None, 400, &[900_277, 900_279, 900_280], C::Busy),
        (None, 412, &[0], C::Conflict),
        (None, 400, &[2055], C::Conflict),
        // Agreement, account and reseller: known refusals that name what is to be mended, not a missing right.
        (None, 403, &[13_605, 800_073, 800_074, 800_075, 900_123], C::Fixable),
        (None, 403, &[800_020, 800_028, 800_066, 800_067, 800_088, 800_089, 400_030, 400_036], C::Fixable),
        (None, 403, &[0], C::Permission),
        // Before other 404s: what is missing is the reseller that the form names.
        (Some(O::CreateCustomer), 404, &[3000, 800_015], C::Fixable),
        (Some(O::CreateCart), 404, &[3000, 800_015, 2072], C::Fixable),
        (Some(O::CheckoutCart), 404, &[3000, 800_015, 2072], C::Fixable),
        (Some(O::SetRecord), 404, &[2072], C::Fixable),
        (Some(O::SetRecord), 400, &[800_098], C::Fixable),
        (Some(O::Upgrade), 400, &[900_236, 900_258, 900_259, 900_260, 900_261, 900_267], C::Fixable),
        (Some(O::ChangeSubscription), 400, &[2001, 900_311], C::Fixable),
        (None, 404, &[0], C::NotFound),
        (Some(O::CreateCustomer), 400, &[2001, 3000, 27_002, 600_002], C::Fixable),
        (
            Some(O::CreateCustomer),
            400,
            &[600_049, 600_050, 600_051, cb_sync::triage::DOMAIN_IN_USE, 800_002, 800_018],
            C::Fixable,
        ),
        // A taken domain has no published code (reference, section 16): the practice Partner Center answers 409 with
        // 600071, which is `cb_sync::triage::DOMAIN_IN_USE`; any other conflict on creation can be nothing else.
        (Some(O::CreateCustomer), 409, &[0], C::Fixable),
        (Some(O::ConfirmAgreement), 400, &[2001, 27_002, 600_051], C::Fixable),
        (Some(O::UpdateProfile), 400, &[2001, 3000, 27_002, 600_051, 800_002], C::Fixable),
        (None, 400, &[800_016, 900_154, 2071, 2203, 2204, 2205, 2206], C::Fixable),
        (None, 400, &[400_041, 800_009, 2002, 2085, 2091], C::Fixable),
        (None, 400, &[900_268, 900_269, 900_270, 900_275, 900_419, 900_169], C::Fixable),
        (None, 400, &[900_242, 900_244, 900_245, 900_246, 900_203, 900_206], C::Fixable),
        (None, 400, &[900_117, 900_213, 900_214, 900_257, 800_090, 800_091, 2011], C::Fixable),
        (None, 422, &[0], C::Fixable),
        // The one server fault that is a definite no: term and cycle don't go together.
        (Some(O::CreateCart), 500, &[800_084], C::Fixable),
    ]
};

/// Judges an answer. `retry_after` says whether the answer carried that header: it tells a 503 that asks to wait from
/// one that may have done half of the work.
#[must_use]
pub fn triage(operation: Operation, status: u16, code: u32, retry_after: bool) -> Verdict {
    let row = ROWS.iter().find(|(wanted, row_status, codes, _)| {
        wanted.is_none_or(|wanted| wanted == operation)
            && *row_status == status
            && (codes.contains(&code) || codes.contains(&0))
    });
    match (status, code) {
        (401, 900_421) => Verdict::Mfa,
        (401, _) => Verdict::SignIn,
        (429, _) => Verdict::Throttled,
        (503, _) if retry_after => Verdict::Throttled,
        _ => match row {
            Some((.., class)) => Verdict::Refused(*class),
            // A good status whose body made no sense, redirects, and faults: in doubt, unknown.
            None if status == 408 || !(400..500).contains(&status) => Verdict::Transient,
            None => Verdict::Refused(RefusalClass::Other),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n6_rows() {
        use Operation as O;
        use RefusalClass as C;
        let refused = Verdict::Refused;
        for (operation, status, code, verdict) in [
            (O::Read, 401, 0, Verdict::SignIn),
            (O::CheckoutCart, 401, 800_001, Verdict::SignIn),
            (O::CreateCustomer, 401, 900_421, Verdict::Mfa),
            (O::Read, 401, 900_420, Verdict::SignIn),
            (O::Read, 429, 0, Verdict::Throttled),
            (O::CheckoutCart, 408, 0, Verdict::Transient),
            (O::CheckoutCart, 500, 800_003, Verdict::Transient),
            (O::CheckoutCart, 500, 800_084, Verdict::Transient),
            (O::CreateCart, 500, 800_084, refused(C::Fixable)),
            (O::CheckoutCart, 502, 0, Verdict::Transient),
            (O::CheckoutCart, 503, 0, Verdict::Transient),
            (O::CheckoutCart, 302, 0, Verdict::Transient),
            (O::ConfirmAgreement, 403, 600_061, refused(C::DoneAlready)),
            (O::CreateCustomer, 403, 600_061, refused(C::Permission)),
            (O::CheckoutCart, 400, 800_065, refused(C::DoneAlready)),
            (O::CreateCart, 400, 800_065, refused(C::Other)),
            (O::CheckoutCart, 409, 800_060, refused(C::Busy)),
            (O::CheckoutCart, 409, 800_064, refused(C::Busy)),
            (O::CreateCart, 409, 900_278, refused(C::Busy)),
            (O::CreateCart, 409, 1, refused(C::Other)),
            (O::CreateCustomer, 409, 0, refused(C::Fixable)),
            (O::CreateCustomer, 409, cb_sync::triage::DOMAIN_IN_USE, refused(C::Fixable)),
            (O::CreateCustomer, 400, cb_sync::triage::DOMAIN_IN_USE, refused(C::Fixable)),
            // Not in the reference: nothing is known of it.
            (O::CreateCustomer, 400, 600_009, refused(C::Other)),
            (O::CreateCustomer, 403, 600_006, refused(C::Permission)),
            (O::CreateCustomer, 403, 2030, refused(C::Permission)),
            (O::CheckoutCart, 403, 800_039, refused(C::Permission)),
            (O::CheckoutCart, 403, 800_023, refused(C::Permission)),
            (O::CheckoutCart, 403, 13_605, refused(C::Fixable)),
            (O::CheckoutCart, 403, 800_073, refused(C::Fixable)),
            (O::CreateCustomer, 403, 900_123, refused(C::Fixable)),
            (O::CreateCustomer, 400, 2001, refused(C::Fixable)),
            (O::CreateCustomer, 400, 27_002, refused(C::Fixable)),
            (O::CheckoutCart, 400, 27_002, refused(C::Other)),
            (O::CreateCart, 400, 900_268, refused(C::Fixable)),
            (O::CreateCart, 400, 800_016, refused(C::Fixable)),
            (O::CheckoutCart, 422, 5, refused(C::Fixable)),
            (O::Read, 412, 0, refused(C::Conflict)),
            (O::UpdateProfile, 412, 0, refused(C::Conflict)),
            (O::UpdateProfile, 400, 2055, refused(C::Conflict)),
            (O::UpdateProfile, 400, 27_002, refused(C::Fixable)),
            (O::Read, 400, 2055, refused(C::Conflict)),
            (O::CreateCart, 404, 400_019, refused(C::NotFound)),
            (O::CheckoutCart, 404, 800_008, refused(C::NotFound)),
            (O::Read, 404, 600_074, refused(C::NotFound)),
            (O::CreateCustomer, 404, 3000, refused(C::Fixable)),
            (O::Read, 404, 3000, refused(C::NotFound)),
            (O::Read, 400, 900_126, refused(C::Other)),
            (O::Read, 418, 7, refused(C::Other)),
        ] {
            assert_eq!(triage(operation, status, code, false), verdict, "{operation:?} {status} {code}");
        }
        assert_eq!(triage(O::CheckoutCart, 503, 0, true), Verdict::Throttled);
    }

    proptest::proptest! {
        #[test]
        fn every_answer_has_a_verdict_and_faults_of_a_checkout_are_never_definite(
            status in 100_u16..600, code: u32, header: bool,
        ) {
            let verdict = triage(Operation::CheckoutCart, status, code, header);
            if status >= 500 || status == 408 {
                proptest::prop_assert!(matches!(verdict, Verdict::Transient | Verdict::Throttled));
            }
        }
    }
}
