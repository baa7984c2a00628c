//! Every row of the reference's error table, over HTTP: how the call comes back, and how it is explained.

use crate::world::{BASIC, World, agreement, cart, create, line, somebody};
use cb_domain::catalogue::{BillingCycle, Term};
use cb_domain::operation::Fixer;
use cb_partner_center::explain::{Cause, Step, explain};
use cb_partner_center::triage::Operation;
use cb_sandbox::serve::{Fault, FaultRule};
use cb_sync::remote::{Call, Outcome, RefusalClass};

/// Which call of the outbox meets it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum At {
    Create,
    Attest,
    Cart,
    Checkout,
    List,
    Record,
}

impl At {
    fn call(self) -> Call {
        let tenant = somebody();
        match self {
            Self::Create => create("nordwind"),
            Self::Attest => agreement(tenant),
            Self::Cart => cart(tenant, vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)]),
            Self::Checkout => Call::CheckoutCart { tenant, cart_id: "7f0e2c1a".to_owned() },
            Self::List => Call::Probe,
            Self::Record => Call::SetRecord { tenant, subscription: String::new(), partner_id: "4890774".to_owned() },
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Create => "create_customer",
            Self::Attest => "confirm_agreement",
            Self::Cart => "create_cart",
            Self::Checkout => "checkout",
            Self::List => "list_customers",
            Self::Record => "change_subscription",
        }
    }

    fn operation(self) -> Operation {
        match self {
            Self::Create => Operation::CreateCustomer,
            Self::Attest => Operation::ConfirmAgreement,
            Self::Cart => Operation::CreateCart,
            Self::Checkout => Operation::CheckoutCart,
            Self::List => Operation::Read,
            Self::Record => Operation::SetRecord,
        }
    }
}

/// How the call comes back.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Back {
    Refused(RefusalClass),
    SignIn,
    Mfa,
    Throttled,
    Unknown,
}

#[tokio::test]
async fn every_row_comes_back_as_it_should_and_is_explained() {
    use At as A;
    use Back::{Mfa, Refused, SignIn, Throttled, Unknown};
    use Cause as C;
    use RefusalClass::{Busy, Conflict, DoneAlready, Fixable, NotFound, Other, Permission};
    let rows: &[(A, u16, &[u32], Back, C, Fixer, Step)] = &[
        (A::List, 401, &[800_001], SignIn, C::TokenMissing, Fixer::Us, Step::SignIn),
        (A::List, 401, &[0], SignIn, C::TokenExpired, Fixer::Us, Step::SignIn),
        (A::Create, 401, &[900_421], Mfa, C::MfaMissing, Fixer::Us, Step::SignInWithMfa),
        (A::Create, 401, &[900_420], SignIn, C::WrongAudience, Fixer::Us, Step::CheckConnection),
        (A::Create, 403, &[900_329], Refused(Permission), C::UserNeeded, Fixer::Us, Step::CheckConnection),
        (
            A::Checkout,
            403,
            &[2032, 900_150, 900_308, 600_006],
            Refused(Permission),
            C::NoRights,
            Fixer::Us,
            Step::AskForRights,
        ),
        (A::Create, 403, &[2030], Refused(Permission), C::CountryNotSold, Fixer::Us, Step::Review),
        (A::Cart, 403, &[800_039, 900_149, 900_124], Refused(Permission), C::PartnerProgram, Fixer::Us, Step::StopAll),
        (A::Cart, 403, &[20_002], Refused(Permission), C::NotOurCustomer, Fixer::Us, Step::Review),
        (A::Cart, 404, &[1000, 60_003], Refused(NotFound), C::CustomerGone, Fixer::Us, Step::Review),
        (A::Create, 409, &[600_071], Refused(Fixable), C::DomainTaken, Fixer::Us, Step::AnotherDomain),
        (A::Create, 400, &[2001], Refused(Fixable), C::InputMissing, Fixer::Us, Step::Edit),
        (A::Create, 400, &[27_002], Refused(Fixable), C::Email, Fixer::Us, Step::Edit),
        (A::Create, 400, &[600_049, 600_050, 600_002], Refused(Fixable), C::RegistrationNumber, Fixer::Us, Step::Edit),
        (A::Create, 400, &[600_051], Refused(Fixable), C::Phone, Fixer::Us, Step::Edit),
        (A::Create, 400, &[3000], Refused(Fixable), C::AddressInvalid, Fixer::Us, Step::Edit),
        (A::Create, 404, &[3000, 800_015], Refused(Fixable), C::ResellerUnknown, Fixer::Us, Step::ChooseReseller),
        (A::Cart, 400, &[800_016], Refused(Fixable), C::NotAReseller, Fixer::Us, Step::ChooseReseller),
        (A::Cart, 400, &[900_154], Refused(Fixable), C::ResellerInactive, Fixer::Reseller, Step::AskReseller),
        (A::Create, 403, &[900_123], Refused(Fixable), C::ResellerUnsigned, Fixer::Reseller, Step::AskReseller),
        (A::Cart, 400, &[2203, 2206], Refused(Fixable), C::ResellerUnsigned, Fixer::Reseller, Step::AskReseller),
        (A::Cart, 400, &[2071], Refused(Fixable), C::PartnerOnRecord, Fixer::Us, Step::ChooseReseller),
        (A::Cart, 404, &[2072], Refused(Fixable), C::PartnerOnRecord, Fixer::Us, Step::ChooseReseller),
        (A::Checkout, 403, &[13_605], Refused(Fixable), C::AgreementMissing, Fixer::Customer, Step::RecordAgreement),
        (A::Attest, 403, &[600_061], Refused(DoneAlready), C::AgreementTwice, Fixer::Us, Step::Nothing),
        (
            A::Checkout,
            403,
            &[800_073, 800_074],
            Refused(Fixable),
            C::UnderReview,
            Fixer::Microsoft,
            Step::WaitForReview,
        ),
        (A::Checkout, 403, &[800_075], Refused(Fixable), C::AccountRefused, Fixer::Microsoft, Step::ContactMicrosoft),
        (A::Cart, 404, &[400_013, 400_018, 400_019], Refused(NotFound), C::ProductGone, Fixer::Us, Step::ResolveAgain),
        (A::Checkout, 403, &[800_020, 800_028], Refused(Fixable), C::NotPurchasable, Fixer::Us, Step::ChooseProduct),
        (A::Checkout, 400, &[2085, 2091], Refused(Fixable), C::NotPurchasable, Fixer::Us, Step::ChooseProduct),
        (A::Cart, 400, &[900_268, 900_269, 900_270], Refused(Fixable), C::TermOrCycle, Fixer::Us, Step::Edit),
        (A::Cart, 500, &[800_084], Refused(Fixable), C::TermOrCycle, Fixer::Us, Step::Edit),
        (A::Cart, 400, &[900_275, 2002], Refused(Fixable), C::Quantity, Fixer::Us, Step::Edit),
        (A::Checkout, 403, &[800_067, 800_088], Refused(Fixable), C::Quantity, Fixer::Us, Step::Edit),
        (A::Checkout, 403, &[800_066, 800_089], Refused(Fixable), C::LicenceLimit, Fixer::Us, Step::ChooseProduct),
        (A::Checkout, 400, &[900_419], Refused(Fixable), C::LicenceLimit, Fixer::Us, Step::ChooseProduct),
        (
            A::Cart,
            400,
            &[900_242, 900_244, 900_245, 900_246],
            Refused(Fixable),
            C::CustomEndDate,
            Fixer::Us,
            Step::FetchDates,
        ),
        (A::Cart, 400, &[900_169], Refused(Fixable), C::Currency, Fixer::Us, Step::Edit),
        (A::Cart, 400, &[900_203, 900_206], Refused(Fixable), C::Attestation, Fixer::Us, Step::AskAgain),
        (A::Cart, 400, &[900_126, 800_002, 0], Refused(Other), C::Defect, Fixer::Us, Step::ReportDefect),
        (A::Checkout, 404, &[800_008], Refused(NotFound), C::CartGone, Fixer::Us, Step::NewCart),
        (A::Checkout, 400, &[800_009], Refused(Fixable), C::CartLines, Fixer::Us, Step::LookAtLines),
        (A::Checkout, 409, &[800_064], Refused(Busy), C::CartInUse, Fixer::Microsoft, Step::Wait),
        (A::Checkout, 400, &[800_065], Refused(DoneAlready), C::CartDone, Fixer::Us, Step::ReadOrders),
        (A::Checkout, 409, &[800_060], Refused(Busy), C::OrderInProgress, Fixer::Us, Step::ReadOrders),
        (
            A::Checkout,
            403,
            &[800_023, 900_121, 800_069],
            Refused(Permission),
            C::Credit,
            Fixer::Microsoft,
            Step::ContactMicrosoft,
        ),
        (
            A::Record,
            400,
            &[900_213, 900_117, 900_214, 900_257, 800_090],
            Refused(Fixable),
            C::WindowPassed,
            Fixer::Us,
            Step::ScheduleForRenewal,
        ),
        (A::Record, 409, &[900_278, 800_082], Refused(Busy), C::SubscriptionBusy, Fixer::Microsoft, Step::Wait),
        (
            A::Record,
            400,
            &[900_277, 900_279, 900_280],
            Refused(Busy),
            C::SubscriptionBusy,
            Fixer::Microsoft,
            Step::Wait,
        ),
        (A::Record, 400, &[800_091, 2011], Refused(Fixable), C::SubscriptionEnded, Fixer::Us, Step::Review),
        (A::Record, 400, &[900_311], Refused(Other), C::TooManyChanges, Fixer::Us, Step::ScheduleForRenewal),
        (
            A::Record,
            400,
            &[900_236, 900_258, 900_259, 900_260, 900_261, 900_267],
            Refused(Other),
            C::UpgradeRefused,
            Fixer::Us,
            Step::ChooseProduct,
        ),
        (A::Record, 400, &[2055], Refused(Conflict), C::Stale, Fixer::Us, Step::CompareAgain),
        (A::Record, 412, &[0], Refused(Conflict), C::Stale, Fixer::Us, Step::CompareAgain),
        (A::Create, 400, &[800_018], Refused(Fixable), C::NotInSandbox, Fixer::Us, Step::ReportDefect),
        (A::Cart, 400, &[900_127], Refused(Other), C::NotInSandbox, Fixer::Us, Step::ReportDefect),
        (A::Cart, 403, &[900_322], Refused(Permission), C::NotInSandbox, Fixer::Us, Step::ReportDefect),
        (A::Create, 429, &[0], Throttled, C::Throttled, Fixer::Microsoft, Step::Wait),
        (A::Checkout, 500, &[800_003, 800_005, 900_192], Unknown, C::ServiceFault, Fixer::Microsoft, Step::Wait),
        (A::Checkout, 502, &[0], Unknown, C::ServiceFault, Fixer::Microsoft, Step::Wait),
        (A::Checkout, 504, &[0], Unknown, C::ServiceFault, Fixer::Microsoft, Step::Wait),
        (A::Cart, 418, &[4711], Refused(Other), C::Unknown, Fixer::Us, Step::Quote),
    ];
    let world = World::new().await;
    let subscription = some_subscription(&world).await;
    for (at, status, codes, expected, cause, fixer, step) in rows {
        for code in *codes {
            for newer in [false, true] {
                let body = (*code != 0 || *status == 400).then_some(*code);
                let fault = Fault::Answer {
                    status: *status,
                    code: body,
                    data: Vec::new(),
                    newer,
                    carried_out: false,
                    retry_after: None,
                };
                // A refused token is tried twice.
                let times = if matches!(expected, SignIn) { 2 } else { 1 };
                world.served.trouble(vec![FaultRule { times, ..FaultRule::next(at.name(), fault) }]);
                let mut call = at.call();
                if let Call::SetRecord { subscription: id, .. } = &mut call {
                    id.clone_from(&subscription);
                }
                let outcome = world.send(&call).await;
                let (back, told) = match outcome {
                    Outcome::Refused { class, status, code, .. } => (Refused(class), Some((status, code))),
                    Outcome::SignIn => (SignIn, None),
                    Outcome::MfaNeeded => (Mfa, None),
                    Outcome::Throttled { .. } => (Throttled, None),
                    Outcome::Unknown => (Unknown, None),
                    other @ (Outcome::Done { .. } | Outcome::NotSent) => panic!("{at:?} {status} {code}: {other:?}"),
                };
                assert_eq!(back, *expected, "{at:?} {status} {code}");
                assert!(told.is_none_or(|told| told == (*status, *code)), "{at:?} {status} {code}: {told:?}");
                assert!(world.served.troubles_left().is_empty(), "{at:?} {status} {code} was met");
            }
            let explained = explain(at.operation(), *status, *code);
            assert_eq!((explained.cause, explained.fixer, explained.step), (*cause, *fixer, *step), "{status} {code}");
        }
    }
    let covered: std::collections::HashSet<C> = rows.iter().map(|row| row.4).collect();
    assert_eq!(covered.len(), C::ALL.len(), "every cause is met over HTTP");
}

/// A subscription of new commerce of the customer that the calls are about.
async fn some_subscription(world: &World) -> String {
    let owned = world.good(&Call::ListSubscriptions { tenant: somebody() }).await;
    let cb_sync::remote::Answer::Subscriptions(owned) = owned else { panic!("no subscriptions") };
    owned[0].remote_id.clone().expect("an id")
}
