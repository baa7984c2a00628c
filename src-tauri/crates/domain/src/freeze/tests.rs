//! Cases of freezing.

use super::*;
use crate::catalogue::{BillingCycle, Plan, SkuKey, Term};
use crate::draft::LineForm;
use crate::ids::{CustomerId, OnboardingId, OperationId, ResellerId};
use crate::money::{Currency, Money};
use crate::operation::{OperationPayload, OperationState};
use crate::reseller::Fitness;
use jiff::Timestamp;

fn reseller() -> Reseller {
    Reseller {
        id: ResellerId(Uuid::from_u128(7)),
        name: "Polska Chmura Sp. z o.o.".into(),
        tenant_id: Some(TenantId(Uuid::from_u128(8))),
        partner_id: Some("6412307".into()),
        country: "PL".into(),
        partnership: PartnershipState::Active,
        partnership_since: None,
        fitness: Fitness::Fit,
        fitness_checked_at: None,
        contact_name: String::new(),
        contact_role: String::new(),
        contact_email: String::new(),
        contact_phone: String::new(),
        town: String::new(),
        last_activity_at: None,
    }
}

fn offer(product: &str) -> Offer {
    Offer {
        sku: SkuKey { product_id: product.into(), sku_id: "0001".into() },
        country: "PL".into(),
        segment: "commercial".into(),
        title: format!("{product} title"),
        description: String::new(),
        family: "business".into(),
        minimum_quantity: 1,
        maximum_quantity: 300,
        is_trial: false,
        is_addon: false,
        prerequisites: vec![],
        plans: vec![Plan {
            term: Term::P1Y,
            cycle: BillingCycle::Monthly,
            term_price: Some(Money { minor: 23436, currency: Currency("EUR".into()) }),
            minimum_quantity: None,
        }],
        prices_from: None,
    }
}

fn content() -> DraftContent {
    let line = |number, product: &str, base_line| LineForm {
        line: number,
        sku: SkuKey { product_id: product.into(), sku_id: "0001".into() },
        term: Term::P1Y,
        cycle: BillingCycle::Monthly,
        quantity: 18,
        base_line,
        custom_end: Some("2027-01-31".into()),
    };
    DraftContent {
        reseller_id: Some(reseller().id),
        customer: CustomerForm {
            company_name: " Zielony Port Sp. z o.o. ".into(),
            country: "PL".into(),
            registration_number: "583 302 71 49".into(),
            domain_prefix: "zielonyport".into(),
            fallback_prefix_2: "zielonyportpl".into(),
            address_line_1: "ul. Długie Ogrody 14".into(),
            postal_code: "80-765".into(),
            city: "Gdańsk".into(),
            state: "left over".into(),
            first_name: "Agnieszka".into(),
            last_name: "Wróbel".into(),
            email: "a.wrobel@zielonyport.example".into(),
            phone: "585550162".into(),
            language: "pl".into(),
            culture: "pl-PL".into(),
            qualification: "none".into(),
            signer_first_name: "Marek".into(),
            signer_last_name: "Zieliński".into(),
            signer_email: "m.zielinski@zielonyport.example".into(),
            agreement_date: "2026-11-24".into(),
            ..CustomerForm::default()
        },
        lines: vec![line(4, "A", None), line(9, "B", Some(4))],
        reseller_of_record: Some(reseller().id),
    }
}

fn frozen_with(
    purpose: DraftPurpose,
    mends: Option<OperationKind>,
    content: &DraftContent,
) -> Result<Intent, FreezeError> {
    let (reseller, offers) = (reseller(), [offer("A"), offer("B")]);
    intent(&Wanted {
        purpose,
        mends,
        content,
        reseller: Some(&reseller),
        reseller_of_record: Some(&reseller),
        offers: &offers,
        today: jiff::civil::date(2026, 11, 24),
    })
}

fn records(intent: &Intent, waits_for: Vec<OperationId>, seed: u128) -> Frozen {
    let stamp = Stamp {
        onboarding_id: OnboardingId(Uuid::from_u128(2)),
        now: Timestamp::UNIX_EPOCH,
        partner_tenant: TenantId(Uuid::from_u128(3)),
        first_sequence: 40,
        waits_for,
    };
    let (mut row, mut request) = (seed, seed + 1_000_000);
    let mut ids = Ids {
        row: &mut || {
            row += 1;
            Uuid::from_u128(row)
        },
        request: &mut || {
            request += 1;
            Uuid::from_u128(request)
        },
    };
    freeze(intent, &content(), &[offer("A"), offer("B")], &stamp, &mut ids).unwrap()
}

#[test]
fn a_new_customer_becomes_a_chain_of_five() {
    let intent = frozen_with(DraftPurpose::NewCustomer, None, &content()).unwrap();
    let frozen = records(&intent, vec![], 0);
    let kinds: Vec<_> = frozen.operations.iter().map(|operation| operation.payload.kind()).collect();
    use OperationKind::{CheckoutCart, ConfirmAgreement, CreateCart, CreateCustomer, VerifyOrder};
    assert_eq!(kinds, [CreateCustomer, ConfirmAgreement, CreateCart, CheckoutCart, VerifyOrder]);
    assert!(frozen.operations[0].parents.is_empty());
    for pair in frozen.operations.windows(2) {
        assert_eq!(pair[1].parents, [pair[0].id]);
        assert_eq!(pair[1].sequence, pair[0].sequence + 1);
        assert_ne!(pair[1].request_key, pair[0].request_key);
    }
    for operation in &frozen.operations {
        assert_eq!(operation.state, OperationState::Queued);
        assert_eq!(operation.payload_hash, payload_hash(&operation.payload).unwrap());
        assert_eq!((operation.revision, operation.onboarding_id), (1, frozen.onboarding.id));
    }
    assert_eq!(frozen.subscriptions.len(), 2);
    let OperationPayload::CreateCart(cart) = &frozen.operations[2].payload else { panic!("no cart") };
    for (line, subscription) in cart.lines.iter().zip(&frozen.subscriptions) {
        assert_eq!(line.subscription_id, subscription.id);
        assert_eq!(subscription.operation_id, Some(frozen.operations[3].id));
        assert_eq!(subscription.unit_price.as_ref().unwrap().minor, 1953);
    }
    assert_eq!(cart.reseller_partner_id.as_deref(), Some("6412307"));
    assert_eq!((cart.lines[1].number, cart.lines[1].base_number), (1, Some(0)));
    assert_eq!(frozen.customer.unwrap().id, frozen.onboarding.customer_id);
}

#[test]
fn the_customer_is_sent_as_partner_center_wants_it() {
    let customer = frozen_with(DraftPurpose::NewCustomer, None, &content()).unwrap().customer.unwrap();
    assert_eq!(customer.company_name, "Zielony Port Sp. z o.o.");
    assert_eq!(customer.prefixes, ["zielonyport", "zielonyportpl"]);
    assert_eq!(customer.registration_number.as_deref(), Some("5833027149"));
    assert_eq!(customer.phone.as_deref(), Some("+48 58 555 01 62"));
    assert_eq!(customer.state, None, "Poland shows no state");
    assert_eq!(customer.qualification, None);

    let mut american = content();
    american.customer.country = "US".into();
    american.customer.state = "WA".into();
    american.customer.phone = "+1 206 555 0100".into();
    let customer = frozen_with(DraftPurpose::NewCustomer, None, &american).unwrap().customer.unwrap();
    assert_eq!(customer.registration_number, None, "sent only where demanded");
    assert_eq!((customer.state.as_deref(), customer.phone.as_deref()), (Some("WA"), Some("2065550100")));
}

#[test]
fn the_reviewed_hash_depends_on_content_alone() {
    let first = frozen_with(DraftPurpose::NewCustomer, None, &content()).unwrap();
    let again = frozen_with(DraftPurpose::NewCustomer, None, &content()).unwrap();
    assert_eq!(first.hash().unwrap(), again.hash().unwrap());
    let (a, b) = (records(&first, vec![], 0), records(&again, vec![], 500));
    assert_eq!(a.onboarding.hash, b.onboarding.hash);
    assert_ne!(a.operations[0].id, b.operations[0].id);

    let edits: [fn(&mut DraftContent); 7] = [
        |content| content.customer.company_name.push('x'),
        |content| content.customer.fallback_prefix_1 = "other".into(),
        |content| content.customer.signer_email = "x@y.example".into(),
        |content| content.customer.agreement_date.clear(),
        |content| content.lines[0].quantity += 1,
        |content| content.lines[0].custom_end = None,
        |content| {
            content.lines.pop();
        },
    ];
    for (number, edit) in edits.iter().enumerate() {
        let mut changed = content();
        edit(&mut changed);
        let changed = frozen_with(DraftPurpose::NewCustomer, None, &changed).unwrap();
        assert_ne!(changed.hash().unwrap(), first.hash().unwrap(), "edit {number} does not show in the hash");
    }
}

#[test]
fn added_subscriptions_wait_for_their_customer() {
    let customer_id = CustomerId(Uuid::from_u128(77));
    let purpose = DraftPurpose::AddSubscription { customer_id };
    let intent = frozen_with(purpose, None, &content()).unwrap();
    assert!(intent.customer.is_none() && intent.agreement.is_none());
    let waits = vec![OperationId(Uuid::from_u128(66))];
    let frozen = records(&intent, waits.clone(), 0);
    assert_eq!(frozen.operations.len(), 3);
    assert_eq!(frozen.operations[0].parents, waits);
    assert!(frozen.customer.is_none());
    assert!(frozen.subscriptions.iter().all(|subscription| subscription.customer_id == customer_id));
    let other = frozen_with(DraftPurpose::AddSubscription { customer_id: CustomerId(Uuid::nil()) }, None, &content());
    assert_ne!(other.unwrap().hash().unwrap(), intent.hash().unwrap());
}

#[test]
fn mending_freezes_only_what_is_mended() {
    let purpose =
        DraftPurpose::MendCustomer { operation_id: OperationId(Uuid::nil()), customer_id: CustomerId(Uuid::nil()) };
    let customer = frozen_with(purpose, Some(OperationKind::CreateCustomer), &content()).unwrap();
    assert!(customer.customer.is_some() && customer.agreement.is_none() && customer.cart.is_none());
    let agreement = frozen_with(purpose, Some(OperationKind::ConfirmAgreement), &content()).unwrap();
    assert!(agreement.customer.is_none() && agreement.agreement.is_some());
    assert!(matches!(frozen_with(purpose, Some(OperationKind::VerifyOrder), &content()), Err(FreezeError::Purpose)));
    assert!(matches!(frozen_with(purpose, None, &content()), Err(FreezeError::Purpose)));
}

#[test]
fn what_is_gone_is_said_not_panicked() {
    let mut gone = content();
    gone.lines[1].sku.product_id = "GONE".into();
    assert!(matches!(frozen_with(DraftPurpose::NewCustomer, None, &gone), Err(FreezeError::Line(9))));
    let wanted = Wanted {
        purpose: DraftPurpose::NewCustomer,
        mends: None,
        content: &content(),
        reseller: None,
        reseller_of_record: None,
        offers: &[],
        today: jiff::civil::date(2026, 11, 24),
    };
    assert!(matches!(intent(&wanted), Err(FreezeError::Reseller)));
}

#[test]
fn resellers_are_checked() {
    let keys = |purpose, content: &DraftContent, reseller: Option<&Reseller>, record: Option<&Reseller>| {
        check_resellers(purpose, content, reseller, record)
            .into_iter()
            .map(|problem| format!("{} {}", problem.field, problem.key))
            .collect::<Vec<_>>()
    };
    let fit = reseller();
    let requested = Reseller { partnership: PartnershipState::Requested, tenant_id: None, ..reseller() };
    let add = DraftPurpose::AddSubscription { customer_id: CustomerId(Uuid::nil()) };
    let none: [&str; 0] = [];
    assert_eq!(keys(DraftPurpose::NewCustomer, &content(), Some(&fit), Some(&fit)), none);
    assert_eq!(keys(DraftPurpose::NewCustomer, &content(), None, Some(&fit)), ["resellerId required"]);
    assert_eq!(
        keys(DraftPurpose::NewCustomer, &content(), Some(&requested), Some(&fit)),
        ["resellerId resellerNotActive"]
    );
    assert_eq!(keys(add, &content(), None, Some(&requested)), ["resellerOfRecord resellerOfRecordNotFit"]);
    assert_eq!(keys(add, &content(), None, None), ["resellerOfRecord resellerOfRecordNotFit"]);
    assert_eq!(keys(add, &DraftContent { reseller_of_record: None, ..content() }, None, None), none);
}
