//! Records to put into a book, and a book to put them in.

use cb_domain::catalogue::{BillingCycle, CommerceKind, SkuKey, Term};
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::draft::{CustomerForm, Draft, DraftContent, DraftPurpose, LineForm, WizardStep};
use cb_domain::ids::{
    CorrelationId, CustomerId, DraftId, OnboardingId, OperationId, RequestKey, ResellerId, SubscriptionId, TenantId,
};
use cb_domain::money::{Currency, Money};
use cb_domain::operation::{
    Attempt, Onboarding, Operation, OperationPayload, OperationResult, OperationState, SecretState,
};
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{Book, BookKey, SealedSecret};
use jiff::{SignedDuration, Timestamp};
use std::path::Path;
use uuid::Uuid;

pub fn key() -> BookKey {
    BookKey::new([7; 32])
}

pub fn book() -> Book {
    Book::in_memory().unwrap()
}

pub fn create(folder: &Path) -> Book {
    Book::create(folder, &key()).unwrap()
}

pub fn open(folder: &Path) -> Book {
    Book::open(folder, &key()).unwrap()
}

pub fn now() -> Timestamp {
    "2026-11-22T12:00:00.123456789Z".parse().unwrap()
}

pub fn days(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

#[expect(clippy::disallowed_methods, reason = "any fresh id will do")]
pub fn uuid() -> Uuid {
    Uuid::now_v7()
}

pub fn reseller(name: &str) -> Reseller {
    Reseller {
        id: ResellerId(uuid()),
        name: name.into(),
        tenant_id: Some(TenantId(uuid())),
        partner_id: Some("4801234".into()),
        country: "DE".into(),
        partnership: PartnershipState::Active,
        partnership_since: Some(days(-100)),
        fitness: Fitness::AgreementNotSigned,
        fitness_checked_at: Some(now()),
        contact_name: "Ana Moos".into(),
        contact_role: "Sales".into(),
        contact_email: "ana@example.com".into(),
        contact_phone: "+49 40 1234".into(),
        town: "Hamburg".into(),
        last_activity_at: Some(now()),
    }
}

pub fn customer(name: &str, reseller: Option<ResellerId>) -> Customer {
    Customer {
        id: CustomerId(uuid()),
        tenant_id: Some(TenantId(uuid())),
        name: name.into(),
        alias: "Dock 3".into(),
        domain_prefix: name.to_lowercase().replace(' ', ""),
        country: "PL".into(),
        town: "Łódź".into(),
        contact_name: "Jörg Groß".into(),
        contact_email: "joerg@example.com".into(),
        registration_number: "526-104-08-28".into(),
        reseller_id: reseller,
        review: AccountReview::UnderReview,
        agreement: AgreementState::SignedByCustomer,
        created_at: now(),
        confirmed_at: None,
    }
}

pub fn subscription(customer: CustomerId, quantity: u32) -> Subscription {
    Subscription {
        id: SubscriptionId(uuid()),
        customer_id: customer,
        remote_id: Some(uuid().to_string()),
        order_id: Some("A1B2".into()),
        operation_id: None,
        commerce: CommerceKind::New,
        sku: SkuKey { product_id: "CFQ7TTC0LH16".into(), sku_id: "0001".into() },
        product_name: "Microsoft 365 Business Premium".into(),
        quantity,
        term: Term::P1Y,
        cycle: BillingCycle::Monthly,
        unit_price: Some(Money { minor: 2090, currency: Currency("EUR".into()) }),
        status: SubscriptionStatus::Active,
        auto_renew: true,
        reseller_of_record: None,
        ends_at: Some(days(200)),
        cancellable_until: None,
        created_at: now(),
        confirmed_at: Some(now()),
    }
}

pub fn draft(purpose: DraftPurpose) -> Draft {
    let line = LineForm {
        line: 1,
        sku: SkuKey { product_id: "CFQ7TTC0LH16".into(), sku_id: "0001".into() },
        term: Term::P3Y,
        cycle: BillingCycle::Annual,
        quantity: 12,
        base_line: None,
        custom_end: Some("2027-01-31".into()),
    };
    Draft {
        id: DraftId(uuid()),
        purpose,
        revision: 1,
        step: WizardStep::Subscriptions,
        focus: "lines.1.quantity".into(),
        content: DraftContent {
            reseller_id: None,
            customer: CustomerForm { company_name: " Łódź  Bau ".into(), ..CustomerForm::default() },
            lines: vec![line],
            reseller_of_record: None,
        },
        created_at: now(),
        saved_at: now(),
    }
}

pub fn onboarding(customer: CustomerId) -> Onboarding {
    Onboarding {
        id: OnboardingId(uuid()),
        purpose: DraftPurpose::NewCustomer,
        customer_id: customer,
        reseller_id: None,
        reseller_of_record: None,
        content: draft(DraftPurpose::NewCustomer).content,
        hash: "ab".into(),
        submitted_at: now(),
    }
}

pub fn operation(onboarding: &Onboarding, sequence: i64, payload: OperationPayload) -> Operation {
    Operation {
        id: OperationId(uuid()),
        onboarding_id: onboarding.id,
        customer_id: onboarding.customer_id,
        sequence,
        revision: 1,
        state: OperationState::Queued,
        parents: vec![OperationId(uuid())],
        payload,
        payload_hash: "00".into(),
        request_key: RequestKey(uuid()),
        prefix_index: 0,
        wire_tries: 0,
        ever_unknown: false,
        not_before: Some(now()),
        hold: None,
        hold_since: None,
        attention: None,
        result: OperationResult::default(),
        approved_at: now(),
        partner_tenant: TenantId(uuid()),
        updated_at: now(),
    }
}

pub fn attempt(operation: &Operation, number: u32) -> Attempt {
    Attempt {
        operation_id: operation.id,
        number,
        request_key: operation.request_key,
        correlation_id: CorrelationId(uuid()),
        payload_hash: operation.payload_hash.clone(),
        started_at: now(),
        ended_at: None,
        outcome: String::new(),
        status: 0,
        code: 0,
    }
}

pub fn secret(operation: &Operation) -> SealedSecret {
    SealedSecret {
        operation_id: operation.id,
        onboarding_id: operation.onboarding_id,
        customer_id: operation.customer_id,
        state: SecretState::KeyReady,
        user_name: String::new(),
        ciphertext: None,
        nonce: None,
        key_name: "secret-1".into(),
        since: now(),
    }
}

/// Puts a customer with an onboarding and one checkout into the book.
pub async fn with_operation(book: &Book) -> Operation {
    let customer = customer("Contoso", None);
    let onboarding = onboarding(customer.id);
    let operation = operation(&onboarding, 1, OperationPayload::CheckoutCart);
    let kept = operation.clone();
    book.write(move |tx| {
        tx.put_customer(&customer)?;
        tx.insert_onboarding(&onboarding)?;
        tx.insert_operation(&operation)
    })
    .await
    .unwrap();
    kept
}
