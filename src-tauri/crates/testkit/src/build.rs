//! Builders of operations and whole onboardings.

use crate::random::Seeded;
use cb_domain::catalogue::{BillingCycle, SkuKey, Term};
use cb_domain::ids::{CustomerId, OnboardingId, OperationId, RequestKey, SubscriptionId, TenantId};
use cb_domain::money::{Currency, Money};
use cb_domain::operation::{
    ConfirmAgreement, CreateCart, CreateCustomer, Operation, OperationPayload, OperationResult, OperationState,
    OrderLine,
};
use jiff::Timestamp;

/// Start of test time.
#[must_use]
pub fn start() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

/// Payload of a valid new customer.
#[must_use]
pub fn create_customer(name: &str, prefixes: &[&str], reseller_tenant: TenantId) -> CreateCustomer {
    CreateCustomer {
        reseller_tenant,
        prefixes: prefixes.iter().map(|prefix| (*prefix).to_owned()).collect(),
        company_name: name.to_owned(),
        country: "DE".into(),
        registration_number: None,
        address_line_1: "Hafenstraße 12".into(),
        address_line_2: None,
        city: "Hamburg".into(),
        state: None,
        postal_code: Some("20457".into()),
        first_name: "Ana".into(),
        last_name: "Moos".into(),
        email: "ana@example.com".into(),
        phone: None,
        language: "de".into(),
        culture: "de-DE".into(),
        qualification: None,
    }
}

/// An order line.
#[must_use]
pub fn line(number: u32, product: &str, quantity: u32, random: &mut Seeded) -> OrderLine {
    OrderLine {
        number,
        subscription_id: SubscriptionId(random.uuid()),
        sku: SkuKey { product_id: product.to_owned(), sku_id: "0001".into() },
        title: product.to_owned(),
        quantity,
        term: Term::P1Y,
        cycle: BillingCycle::Monthly,
        term_price: Some(Money { minor: 12_000, currency: Currency("EUR".into()) }),
        custom_end: None,
        base_number: None,
    }
}

/// A queued operation.
#[must_use]
pub fn operation(
    payload: OperationPayload,
    onboarding_id: OnboardingId,
    customer_id: CustomerId,
    sequence: i64,
    parents: Vec<OperationId>,
    random: &mut Seeded,
) -> Operation {
    Operation {
        id: OperationId(random.uuid()),
        onboarding_id,
        customer_id,
        sequence,
        revision: 1,
        state: OperationState::Queued,
        parents,
        payload,
        payload_hash: "00".into(),
        request_key: RequestKey(random.uuid()),
        prefix_index: 0,
        wire_tries: 0,
        ever_unknown: false,
        not_before: None,
        hold: None,
        hold_since: None,
        attention: None,
        result: OperationResult::default(),
        approved_at: start(),
        partner_tenant: TenantId(uuid::Uuid::nil()),
        updated_at: start(),
    }
}

/// The operations of one new customer with an order.
#[must_use]
pub fn onboarding(name: &str, prefixes: &[&str], first_sequence: i64, random: &mut Seeded) -> Vec<Operation> {
    let onboarding_id = OnboardingId(random.uuid());
    let customer_id = CustomerId(random.uuid());
    let agreement = ConfirmAgreement {
        first_name: "Ana".into(),
        last_name: "Moos".into(),
        email: "ana@example.com".into(),
        phone: None,
        agreed_on: Some(jiff::civil::date(2027, 1, 14)),
    };
    let cart = CreateCart {
        reseller_partner_id: Some("4800000".into()),
        lines: vec![line(0, "CFQ7TTC0LH16", 5, random), line(1, "CFQ7TTC0LCHC", 2, random)],
    };
    let reseller = TenantId(random.uuid());
    let payloads = [
        OperationPayload::CreateCustomer(Box::new(create_customer(name, prefixes, reseller))),
        OperationPayload::ConfirmAgreement(agreement),
        OperationPayload::CreateCart(cart),
        OperationPayload::CheckoutCart,
        OperationPayload::VerifyOrder,
    ];
    let mut operations: Vec<Operation> = Vec::new();
    for (sequence, payload) in (first_sequence..).zip(payloads) {
        let parents = operations.last().map(|last| last.id).into_iter().collect();
        operations.push(operation(payload, onboarding_id, customer_id, sequence, parents, random));
    }
    operations
}
