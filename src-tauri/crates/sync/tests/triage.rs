//! Every refusal that the reference names, for every operation it can meet (N6): status and code decide, never a text.
//! The table stands here a second time, so that no line of the judge can go or change unseen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cb_domain::operation::{AttentionReason as R, Fixer, HoldReason, OperationKind as K};
use cb_sync::effect::Refusal;
use cb_sync::remote::{RefusalClass, RemoteLine};
use cb_sync::triage::{DOMAIN_IN_USE, Verdict, fixer, is_domain_taken, judge, line_attention, order_code};
use cb_testkit::{Seeded, build};

fn refusal(class: RefusalClass, status: u16, code: u32, data: &[&str]) -> Refusal {
    Refusal { class, status, code, data: data.iter().map(|name| (*name).to_owned()).collect() }
}

/// Reason and field of a person's task; a hold is none.
fn asked(kind: K, refusal: &Refusal) -> Option<(R, String)> {
    match judge(kind, refusal) {
        Verdict::Attention(found) => {
            assert_eq!((found.status, found.code, found.ambiguous), (refusal.status, refusal.code, false), "{kind:?}");
            Some((found.reason, found.field))
        }
        Verdict::Hold(_) => None,
    }
}

const ORDERING: [K; 3] = [K::CreateCart, K::CheckoutCart, K::VerifyOrder];

/// What a code says about an order, wherever it is met.
const OF_ORDERS: [(R, &[u32]); 10] = [
    (R::AgreementMissing, &[13_605]),
    (R::AccountNotAllowed, &[800_075]),
    (R::CartExpired, &[800_008]),
    (R::ProductGone, &[400_013, 400_018, 400_019, 800_020, 800_028, 2085, 2091]),
    (R::TermNotOffered, &[900_268, 900_269, 900_270, 800_084]),
    (R::Quantity, &[900_275, 2002, 800_067, 800_088, 800_066, 800_089, 900_419]),
    (R::CustomEndDate, &[900_242, 900_244, 900_245, 900_246]),
    (R::Credit, &[800_023, 900_121, 800_069]),
    (R::ResellerUnknown, &[800_015, 2071, 2072]),
    (R::MicrosoftAgreement, &[800_039, 900_149, 900_124]),
];

#[test]
fn n6_every_code_of_an_order_says_what_the_reference_says() {
    let fixable = RefusalClass::Fixable;
    for (reason, codes) in OF_ORDERS {
        let at_a_line = matches!(reason, R::ProductGone | R::TermNotOffered | R::Quantity);
        for code in codes {
            assert_eq!(order_code(*code), Some(reason), "{code}");
            for kind in ORDERING {
                let field = if at_a_line { "lines" } else { "" };
                assert_eq!(
                    asked(kind, &refusal(fixable, 400, *code, &[])),
                    Some((reason, field.into())),
                    "{kind:?} {code}"
                );
                // The answer counts its lines from 1 as the form does, the cart from 0.
                let field = if at_a_line { "lines.3" } else { "" };
                let named = refusal(fixable, 400, *code, &["other", "lines.2"]);
                assert_eq!(asked(kind, &named), Some((reason, field.into())), "{kind:?} {code}");
            }
        }
    }
    assert_eq!(order_code(1), None);
    let unknown = refusal(fixable, 400, 1, &["lines.2"]);
    assert_eq!(asked(K::CreateCart, &unknown), Some((R::Unexpected, String::new())));
}

/// Operations, status, codes, and what they ask for at which field.
type Line = (&'static [K], u16, &'static [u32], R, &'static str);

#[test]
fn n6_every_code_of_the_other_operations_says_what_the_reference_says() {
    let table: [Line; 20] = [
        (&[K::CreateCustomer, K::UpdateCustomerProfile], 400, &[27_002], R::Email, "customer.email"),
        (
            &[K::CreateCustomer, K::UpdateCustomerProfile],
            400,
            &[600_049, 600_050, 600_002],
            R::RegistrationNumber,
            "customer.registrationNumber",
        ),
        (&[K::CreateCustomer, K::UpdateCustomerProfile], 400, &[600_051], R::Phone, "customer.phone"),
        (&[K::CreateCustomer, K::UpdateCustomerProfile], 404, &[3000, 800_015], R::ResellerUnknown, ""),
        (&[K::CreateCustomer, K::UpdateCustomerProfile], 400, &[3000], R::Address, "customer.state"),
        (&[K::CreateCustomer, K::UpdateCustomerProfile], 400, &[800_016, 900_154], R::ResellerNotFit, ""),
        (
            &[K::CreateCustomer, K::UpdateCustomerProfile],
            400,
            &[DOMAIN_IN_USE],
            R::DomainTaken,
            "customer.domainPrefix",
        ),
        (&[K::SetResellerOfRecord], 400, &[800_098], R::RecordNotSupported, ""),
        (&[K::SetResellerOfRecord], 404, &[2072], R::OwnPartnerId, ""),
        (&[K::SetResellerOfRecord], 400, &[800_016, 2071], R::ResellerUnknown, ""),
        (&[K::SetResellerOfRecord, K::SetSupportContact], 400, &[900_154], R::ResellerNotFit, ""),
        (&[K::SetSupportContact], 400, &[3000, 800_015, 800_016, 2071], R::ResellerUnknown, ""),
        (&[K::ChangeSubscription], 400, &[900_117, 900_213, 900_214, 900_257, 800_090], R::WindowClosed, ""),
        (
            &[K::UpgradeSubscription],
            400,
            &[900_236, 900_258, 900_259, 900_260, 900_261, 900_267, 900_268, 900_269, 900_270],
            R::UpgradeRefused,
            "",
        ),
        (&[K::ChangeSubscription, K::UpgradeSubscription], 400, &[800_016], R::ResellerUnknown, ""),
        (&[K::ChangeSubscription, K::UpgradeSubscription], 400, &[900_154], R::ResellerNotFit, ""),
        (&[K::ChangeSubscription, K::UpgradeSubscription], 400, &[900_275], R::Quantity, ""),
        (&[K::ChangeSubscription], 400, &[900_268, 800_084], R::TermNotOffered, ""),
        (&[K::ConfirmAgreement], 400, &[600_051], R::Phone, "customer.signerPhone"),
        (&[K::ConfirmAgreement], 400, &[27_002], R::Email, "customer.signerEmail"),
    ];
    for (kinds, status, codes, reason, field) in table {
        for kind in kinds {
            for code in codes {
                let found = asked(*kind, &refusal(RefusalClass::Fixable, status, *code, &[]));
                assert_eq!(found, Some((reason, field.to_owned())), "{kind:?} {status} {code}");
            }
        }
    }
}

#[test]
fn n6_what_no_table_has_is_a_missing_right_an_agreement_of_ours_or_unexpected() {
    let kinds = [
        K::CreateCustomer,
        K::UpdateCustomerProfile,
        K::ConfirmAgreement,
        K::CreateCart,
        K::CheckoutCart,
        K::SetResellerOfRecord,
        K::SetSupportContact,
    ];
    for kind in kinds {
        for (class, reason) in [
            (RefusalClass::Permission, R::Permission),
            (RefusalClass::Fixable, R::Unexpected),
            (RefusalClass::Conflict, R::Unexpected),
            (RefusalClass::Other, R::Unexpected),
        ] {
            assert_eq!(asked(kind, &refusal(class, 403, 7, &[])), Some((reason, String::new())), "{kind:?} {class:?}");
        }
        for code in [800_039, 900_149, 900_124] {
            let found = asked(kind, &refusal(RefusalClass::Permission, 403, code, &[]));
            assert_eq!(found, Some((R::MicrosoftAgreement, String::new())), "{kind:?} {code}");
        }
    }
}

#[test]
fn n6_missing_details_name_their_field() {
    for (named, reason, field) in [
        ("billingProfile.defaultAddress.postalCode", R::PostalCode, "customer.postalCode"),
        ("billingProfile.defaultAddress.addressLine1", R::Address, "customer.addressLine1"),
        ("billingProfile.defaultAddress.addressLine2", R::Address, "customer.addressLine2"),
        ("billingProfile.defaultAddress.city", R::Address, "customer.city"),
        ("billingProfile.defaultAddress.state", R::Address, "customer.state"),
        ("billingProfile.defaultAddress.country", R::Address, "customer.country"),
        ("billingProfile.email", R::Email, "customer.email"),
        ("billingProfile.defaultAddress.phoneNumber", R::Phone, "customer.phone"),
        ("billingProfile.defaultAddress.firstName", R::CustomerDetails, "customer.firstName"),
        ("billingProfile.defaultAddress.lastName", R::CustomerDetails, "customer.lastName"),
        ("billingProfile.companyName", R::CustomerDetails, "customer.companyName"),
        ("organizationRegistrationNumber", R::RegistrationNumber, "customer.registrationNumber"),
        ("companyProfile.domain", R::DomainTaken, "customer.domainPrefix"),
        ("somethingElse", R::CustomerDetails, "customer.companyName"),
    ] {
        let found = asked(K::CreateCustomer, &refusal(RefusalClass::Fixable, 400, 2001, &[named]));
        assert_eq!(found, Some((reason, field.to_owned())), "{named}");
    }
}

#[test]
fn n8_every_hold_that_the_reference_names_passes_by_itself_and_nothing_else_does() {
    let kinds = [K::CreateCustomer, K::ConfirmAgreement, K::CreateCart, K::CheckoutCart, K::ChangeSubscription];
    for kind in kinds {
        for (status, code, hold) in [
            (403, 900_123, Some(HoldReason::ResellerNotFit)),
            (400, 2203, Some(HoldReason::ResellerNotFit)),
            (400, 2206, Some(HoldReason::ResellerNotFit)),
            (403, 800_073, Some(HoldReason::CustomerUnderReview)),
            (403, 800_074, Some(HoldReason::CustomerUnderReview)),
            // Another status with the same code is not the same answer.
            (400, 900_123, None),
            (403, 2203, None),
            (400, 800_073, None),
        ] {
            let found = judge(kind, &refusal(RefusalClass::Fixable, status, code, &[]));
            assert_eq!(held(&found), hold, "{kind:?} {status} {code}");
        }
        // A customer that is just being made has no tenant that could be late.
        let late = (kind != K::CreateCustomer).then_some(HoldReason::TenantBeingMade);
        for code in [1000, 60_003, 0] {
            let found = judge(kind, &refusal(RefusalClass::NotFound, 404, code, &[]));
            assert_eq!(held(&found), late, "{kind:?} 404 {code}");
        }
    }
}

fn held(verdict: &Verdict) -> Option<HoldReason> {
    match verdict {
        Verdict::Hold(hold) => Some(*hold),
        Verdict::Attention(_) => None,
    }
}

#[test]
fn s10_a_domain_is_taken_when_one_of_three_signs_says_so() {
    let (fixable, busy) = (RefusalClass::Fixable, RefusalClass::Busy);
    for (refusal, taken) in [
        (refusal(fixable, 400, 7, &["companyProfile.Domain"]), true),
        (refusal(fixable, 400, 7, &["city", "domain"]), true),
        (refusal(fixable, 400, DOMAIN_IN_USE, &[]), true),
        (refusal(busy, 409, DOMAIN_IN_USE, &[]), true),
        (refusal(fixable, 409, 0, &[]), true),
        (refusal(busy, 409, 800_060, &[]), false),
        (refusal(busy, 400, 7, &[]), false),
        (refusal(fixable, 400, 7, &["domainless"]), false),
        (refusal(fixable, 400, 0, &[]), false),
    ] {
        assert_eq!(is_domain_taken(&refusal), taken, "{refusal:?}");
    }
}

#[test]
fn n6_the_first_wrong_line_of_a_cart_is_named_as_the_form_counts() {
    let line = |number: u32, error: u32| RemoteLine {
        number,
        sku: build::line(number, "", 1, &mut Seeded::new(1)).sku,
        quantity: 1,
        term: "P1Y".into(),
        cycle: "annual".into(),
        subscription_id: None,
        error,
        extended_price_minor: None,
    };
    for (error, reason, field) in [
        (10_001, R::ProductGone, "lines.2"),
        (10_006, R::ProductGone, "lines.2"),
        (10_002, R::Quantity, "lines.2.quantity"),
        (10_003, R::Quantity, "lines.2.quantity"),
        (10_015, R::Quantity, "lines.2.quantity"),
        (10_018, R::Quantity, "lines.2.quantity"),
        (10_019, R::Quantity, "lines.2.quantity"),
        (10_004, R::ResellerUnknown, "lines.2"),
        (10_013, R::TermNotOffered, "lines.2.term"),
        (10_014, R::PriceChanged, "lines.2"),
        (10_016, R::CustomEndDate, "lines.2.customEnd"),
        (10_017, R::CustomEndDate, "lines.2.customEnd"),
        (4, R::Unexpected, "lines.2"),
    ] {
        let found = line_attention(&[line(0, 0), line(1, error), line(2, 10_001)]).unwrap();
        assert_eq!((found.reason, found.field.as_str(), found.code), (reason, field, error));
        assert!(!found.ambiguous);
    }
    assert_eq!(line_attention(&[line(0, 0), line(1, 0)]), None);
}

#[test]
fn everything_is_mended_by_us_but_what_is_said_of_others() {
    for (reason, who) in [
        (R::ResellerNotFit, Fixer::Reseller),
        (R::ResellerUnknown, Fixer::Reseller),
        (R::AgreementMissing, Fixer::Customer),
        (R::AccountNotAllowed, Fixer::Microsoft),
        (R::Credit, Fixer::Microsoft),
        (R::OutcomeUnknown, Fixer::Us),
        (R::DomainTaken, Fixer::Us),
    ] {
        assert_eq!(fixer(reason), who, "{reason:?}");
    }
}
