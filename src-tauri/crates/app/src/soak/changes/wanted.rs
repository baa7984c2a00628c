//! What is changed in these runs: a subscription bought for each run, the customer's profile, an older subscription's
//! support contact; how it gets into a book, and how it stands at Partner Center and in the book afterwards.

use super::super::world::{Truth, names};
use cb_domain::change::{
    Change, ChangeSubscription, EndInstruction, NextTerm, SetSupportContact, UpgradeSubscription, Values,
};
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::draft::{DraftContent, DraftPurpose};
use cb_domain::ids::{CustomerId, OnboardingId, SubscriptionId, TenantId};
use cb_domain::operation::{ConfirmAgreement, Onboarding, OperationPayload, OrderLine};
use cb_domain::profile::UpdateCustomerProfile;
use cb_domain::record::SetResellerOfRecord;
use cb_domain::reseller::Reseller;
use cb_domain::subscription::Subscription;
use cb_store::{Book, StoreError, Tx};
use cb_sync::remote::{Answer, Call, Target};
use cb_testkit::{Seeded, build};
use jiff::Timestamp;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Licences,
    AutoRenew,
    Cancel,
    AtRenewal,
    Upgrade,
    Profile,
    SupportContact,
    Record,
}

pub(super) const KINDS: [Kind; 8] = [
    Kind::Licences,
    Kind::AutoRenew,
    Kind::Cancel,
    Kind::AtRenewal,
    Kind::Upgrade,
    Kind::Profile,
    Kind::SupportContact,
    Kind::Record,
];

/// Licences of each subscription before anything is changed.
const LICENCES: u32 = 10;

/// What all runs share: two resellers, what is bought for each run, and a subscription of the older kind.
pub(super) struct Shelf {
    pub(super) truth: Truth,
    resellers: [Reseller; 2],
    line: OrderLine,
    target: Target,
    customers: AtomicU64,
    older: (TenantId, Subscription),
}

/// One change of one run.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) payload: OperationPayload,
    pub(super) tenant: TenantId,
    pub(super) subscription: Subscription,
    customer: CustomerId,
}

fn remote(subscription: &Subscription) -> String {
    subscription.remote_id.clone().unwrap()
}

impl Shelf {
    pub(super) async fn new(truth: Truth) -> Self {
        let ordered = truth.order().await;
        let resellers: [Reseller; 2] = truth.fit_resellers(2).await.try_into().unwrap();
        let tenant = made(&truth, &resellers[0], 0).await;
        let mut found = None;
        for line in ordered.lines {
            let line = OrderLine { quantity: LICENCES, ..line };
            let bought = buy(&truth, tenant, &resellers[0], &line).await;
            let ask = Call::UpgradeTargets { tenant, subscription: remote(&bought), legacy: false };
            let Answer::UpgradeTargets(mut targets) = truth.ask(ask).await else { panic!("no targets") };
            if !targets.is_empty() {
                found = Some((line, targets.remove(0)));
                break;
            }
        }
        let (line, target) = found.expect("something that can be upgraded");
        let older = older(&truth).await;
        Self { truth, resellers, line, target, customers: AtomicU64::new(1), older }
    }

    /// The change, over what stands there now.
    pub(super) async fn wants(&self, kind: Kind, now: Timestamp) -> Wanted {
        let customer = CustomerId(uuid::Uuid::from_u128(1));
        let of_older = kind == Kind::SupportContact;
        let (tenant, mut subscription) = if of_older {
            self.older.clone()
        } else {
            // One of its own for each run: a customer may have so many licences of a product and no more.
            let number = self.customers.fetch_add(1, Ordering::SeqCst);
            let tenant = made(&self.truth, &self.resellers[0], number).await;
            (tenant, buy(&self.truth, tenant, &self.resellers[0], &self.line).await)
        };
        let reseller = Some(self.resellers[0].id);
        subscription = Subscription {
            id: SubscriptionId(uuid::Uuid::from_u128(2)),
            customer_id: customer,
            operation_id: None,
            reseller_of_record: reseller,
            ..subscription
        };
        let base = if of_older { Values::of(&subscription, None) } else { self.values(tenant, &subscription).await };
        let of_values = |change| {
            OperationPayload::ChangeSubscription(Box::new(ChangeSubscription {
                subscription_id: subscription.id,
                remote_id: subscription.remote_id.clone(),
                product_name: subscription.product_name.clone(),
                base: base.clone(),
                base_read_at: now,
                term_ends_at: None,
                change,
                effects: Vec::new(),
            }))
        };
        let other = &self.resellers[1];
        let payload = match kind {
            Kind::Licences => of_values(Change::Licences { quantity: LICENCES + 5 }),
            Kind::AutoRenew => of_values(Change::AutoRenew { on: false, end: EndInstruction::Cancel }),
            Kind::Cancel => of_values(Change::Cancel),
            Kind::AtRenewal => {
                let (sku, term, cycle) = (base.sku.clone(), base.term, base.cycle);
                of_values(Change::AtRenewal { next: NextTerm { sku, quantity: LICENCES - 2, term, cycle } })
            }
            Kind::Upgrade => OperationPayload::UpgradeSubscription(Box::new(UpgradeSubscription {
                subscription_id: subscription.id,
                remote_id: subscription.remote_id.clone(),
                product_name: subscription.product_name.clone(),
                legacy: false,
                base: base.clone(),
                base_read_at: now,
                target: self.target.sku.clone(),
                target_title: self.target.title.clone(),
                quantity: 2,
                term: base.term,
                cycle: base.cycle,
                effects: Vec::new(),
            })),
            Kind::Profile => {
                let base = self.profile(tenant).await;
                let city = if base.city == "Kiel" { "Husum" } else { "Kiel" }.to_owned();
                let wanted = cb_domain::profile::CustomerProfile { city, ..base.clone() };
                OperationPayload::UpdateCustomerProfile(Box::new(UpdateCustomerProfile {
                    base,
                    base_read_at: now,
                    wanted,
                }))
            }
            Kind::SupportContact => {
                let stands = self.contact(tenant, &subscription).await;
                let next = self.resellers.iter().find(|one| one.partner_id.as_ref() != Some(&stands)).unwrap();
                OperationPayload::SetSupportContact(Box::new(SetSupportContact {
                    subscription_id: subscription.id,
                    remote_id: subscription.remote_id.clone(),
                    product_name: subscription.product_name.clone(),
                    contact: Some(next.id),
                    tenant: next.tenant_id.unwrap().to_string(),
                    partner_id: next.partner_id.clone().unwrap(),
                    name: next.name.clone(),
                    base: Some(stands),
                    defaults: Vec::new(),
                }))
            }
            Kind::Record => OperationPayload::SetResellerOfRecord(Box::new(SetResellerOfRecord {
                subscription_id: subscription.id,
                remote_id: remote(&subscription),
                product_name: subscription.product_name.clone(),
                base: self.resellers[0].partner_id.clone(),
                reseller_id: other.id,
                partner_id: other.partner_id.clone().unwrap(),
                reseller_name: other.name.clone(),
            })),
        };
        Wanted { payload, tenant, subscription, customer }
    }

    async fn values(&self, tenant: TenantId, of: &Subscription) -> Values {
        let ask = Call::ReadSubscription { tenant, subscription: remote(of) };
        let Answer::Subscription(stands) = self.truth.ask(ask).await else { panic!("no subscription") };
        stands.values
    }

    async fn profile(&self, tenant: TenantId) -> cb_domain::profile::CustomerProfile {
        let Answer::Profile(stands) = self.truth.ask(Call::ReadProfile { tenant }).await else { panic!("no profile") };
        stands.profile
    }

    async fn contact(&self, tenant: TenantId, of: &Subscription) -> String {
        let ask = Call::ReadSupportContact { tenant, subscription: remote(of) };
        let Answer::SupportContact(stands) = self.truth.ask(ask).await else { panic!("no contact") };
        stands.partner_id
    }

    /// How it stands at Partner Center, the same text for the same stand of any run.
    pub(super) async fn stands(&self, wanted: &Wanted) -> String {
        let (tenant, of) = (wanted.tenant, &wanted.subscription);
        match &wanted.payload {
            OperationPayload::ChangeSubscription(_) => format!("{:?}", self.values(tenant, of).await),
            OperationPayload::UpgradeSubscription(payload) => {
                let (subscription, target) = (remote(of), payload.target.clone());
                let ask = Call::ReadUpgrades { tenant, subscription, legacy: false, target };
                let Answer::Upgrades(moved) = self.truth.ask(ask).await else { panic!("no upgrades") };
                let moved: Vec<_> = moved.iter().map(|one| (&one.target, one.quantity, one.state)).collect();
                format!("{:?} {moved:?}", self.values(tenant, of).await)
            }
            OperationPayload::UpdateCustomerProfile(payload) => word(self.profile(tenant).await == payload.wanted),
            OperationPayload::SetSupportContact(payload) => word(self.contact(tenant, of).await == payload.partner_id),
            OperationPayload::SetResellerOfRecord(payload) => {
                let ask = Call::ReadRecord { tenant, subscription: remote(of) };
                let Answer::Record(stands) = self.truth.ask(ask).await else { panic!("no record") };
                word(stands.as_ref() == Some(&payload.partner_id))
            }
            other => panic!("{other:?} is no change"),
        }
    }

    /// Whether the book's row says what Partner Center says, as far as a change brings it into the row.
    pub(super) async fn book_agrees(&self, held: &Subscription, wanted: &Wanted) -> bool {
        match &wanted.payload {
            OperationPayload::ChangeSubscription(_) => {
                let there = self.values(wanted.tenant, held).await;
                (held.quantity, held.status, held.auto_renew) == (there.quantity, there.status, there.auto_renew)
            }
            OperationPayload::SetResellerOfRecord(payload) => held.reseller_of_record == Some(payload.reseller_id),
            _ => true,
        }
    }

    /// Rows and operation of a run, in one transaction as the use cases do.
    pub(super) async fn put(&self, book: &Book, wanted: &Wanted, run: u64, now: Timestamp) {
        let (wanted, resellers) = (wanted.clone(), self.resellers.clone());
        book.write(move |tx| write(tx, &wanted, &resellers, run, now)).await.unwrap();
    }
}

fn word(as_wanted: bool) -> String {
    if as_wanted { "as wanted" } else { "otherwise" }.to_owned()
}

/// A new customer whose agreement is attested.
async fn made(truth: &Truth, reseller: &Reseller, number: u64) -> TenantId {
    let (name, prefix) = names(0, number);
    let mut payload = build::create_customer(&name, &[&prefix], reseller.tenant_id.unwrap());
    payload.phone = Some("+49 40 1234567".into());
    let create = Call::CreateCustomer { payload: Box::new(payload), prefix_index: 0 };
    let Answer::Created(created) = truth.ask(create).await else { panic!("no customer") };
    let tenant = created.tenant;
    let agreement = ConfirmAgreement {
        first_name: "Ana".into(),
        last_name: "Moos".into(),
        email: "ana@example.com".into(),
        phone: None,
        agreed_on: Some(jiff::civil::date(2027, 1, 14)),
    };
    truth.ask(Call::ConfirmAgreement { tenant, payload: agreement }).await;
    tenant
}

/// Buys the line for this customer: the subscription that comes of it.
async fn buy(truth: &Truth, tenant: TenantId, reseller: &Reseller, line: &OrderLine) -> Subscription {
    let (country, reseller_partner_id) = ("DE".to_owned(), reseller.partner_id.clone());
    let cart = Call::CreateCart { tenant, country, reseller_partner_id, lines: vec![line.clone()] };
    let Answer::Cart { cart_id, .. } = truth.ask(cart).await else { panic!("no cart") };
    let Answer::CheckedOut(bought) = truth.ask(Call::CheckoutCart { tenant, cart_id }).await else {
        panic!("nothing bought")
    };
    let order = bought.orders[0].id.clone();
    let Answer::Subscriptions(all) = truth.ask(Call::ListSubscriptions { tenant }).await else {
        panic!("no subscriptions")
    };
    all.into_iter().find(|one| one.order_id.as_ref() == Some(&order)).expect("what was bought")
}

/// An active subscription of the older kind, of a sample customer.
async fn older(truth: &Truth) -> (TenantId, Subscription) {
    let Answer::Customers(all) = truth.ask(Call::ListCustomers).await else { panic!("no customers") };
    for customer in all {
        let Answer::Subscriptions(its) = truth.ask(Call::ListSubscriptions { tenant: customer.tenant }).await else {
            panic!("no subscriptions")
        };
        if let Some(found) = its.into_iter().find(|one| one.sku.sku_id.is_empty()) {
            return (customer.tenant, found);
        }
    }
    panic!("no subscription of the older kind")
}

fn write(tx: &Tx, wanted: &Wanted, resellers: &[Reseller], run: u64, now: Timestamp) -> Result<(), StoreError> {
    for reseller in resellers {
        tx.put_reseller(reseller)?;
    }
    let customer = wanted.customer;
    tx.put_customer(&Customer {
        id: customer,
        tenant_id: Some(wanted.tenant),
        name: "Kunde GmbH".into(),
        alias: String::new(),
        domain_prefix: "kunde".into(),
        country: "DE".into(),
        town: "Hamburg".into(),
        contact_name: "Ana Moos".into(),
        contact_email: "ana@example.com".into(),
        registration_number: String::new(),
        reseller_id: Some(resellers[0].id),
        review: AccountReview::Allowed,
        agreement: AgreementState::Attested,
        created_at: now,
        confirmed_at: Some(now),
    })?;
    tx.put_subscription(&wanted.subscription)?;
    let mut random = Seeded::new(run ^ 0xC4A6E);
    let onboarding = OnboardingId(random.uuid());
    tx.insert_onboarding(&Onboarding {
        id: onboarding,
        purpose: DraftPurpose::EditCustomer { customer_id: customer },
        customer_id: customer,
        reseller_id: Some(resellers[0].id),
        reseller_of_record: None,
        content: DraftContent::default(),
        hash: "00".into(),
        submitted_at: now,
    })?;
    let sequence = tx.operations().next_sequence()?;
    let mut operation =
        build::operation(wanted.payload.clone(), onboarding, customer, sequence, Vec::new(), &mut random);
    operation.payload_hash = cb_domain::freeze::payload_hash(&operation.payload)?;
    (operation.approved_at, operation.updated_at) = (now, now);
    tx.insert_operation(&operation)
}
