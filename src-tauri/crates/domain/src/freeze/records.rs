//! The records and operations of one Submit, made from the reviewed intent.

use super::{FreezeError, Intent, payload_hash};
use crate::catalogue::Offer;
use crate::customer::{AccountReview, AgreementState, Customer};
use crate::draft::{DraftContent, DraftPurpose};
use crate::ids::{CustomerId, OnboardingId, OperationId, RequestKey, SubscriptionId, TenantId};
use crate::operation::{
    CreateCart, CreateCustomer, Onboarding, Operation, OperationPayload, OperationResult, OperationState,
};
use crate::order::{commerce_of, per_period};
use crate::subscription::{Subscription, SubscriptionStatus};
use jiff::Timestamp;
use uuid::Uuid;

/// Makers of ids, from outside: this crate knows no random.
pub struct Ids<'a> {
    /// Time-ordered ids for rows.
    pub row: &'a mut dyn FnMut() -> Uuid,
    /// Unpredictable ids for requests.
    pub request: &'a mut dyn FnMut() -> Uuid,
}

/// When, for whom and where in the outbox.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// Id of this Submit. Derived from the draft by the caller, so that a second press of Submit can't make another.
    pub onboarding_id: OnboardingId,
    /// Now.
    pub now: Timestamp,
    /// Tenant of the partner that approves it.
    pub partner_tenant: TenantId,
    /// First free place in the outbox.
    pub first_sequence: i64,
    /// Operations of an existing customer that must be confirmed before anything can be ordered for it.
    pub waits_for: Vec<OperationId>,
}

/// One Submit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// What it was for.
    pub onboarding: Onboarding,
    /// The wanted customer; `None` where it exists.
    pub customer: Option<Customer>,
    /// The wanted subscriptions.
    pub subscriptions: Vec<Subscription>,
    /// The operations, in the order in which they must go.
    pub operations: Vec<Operation>,
}

/// Makes the records and operations of one Submit.
///
/// # Errors
/// `Purpose` for a draft that mends: that changes an operation and makes none.
pub fn freeze(
    intent: &Intent,
    content: &DraftContent,
    offers: &[Offer],
    stamp: &Stamp,
    ids: &mut Ids<'_>,
) -> Result<Frozen, FreezeError> {
    let customer_id = match intent.purpose {
        DraftPurpose::NewCustomer => CustomerId((ids.row)()),
        DraftPurpose::AddSubscription { customer_id } => customer_id,
        DraftPurpose::EditCustomer { .. }
        | DraftPurpose::MendCustomer { .. }
        | DraftPurpose::MendOrder { .. }
        | DraftPurpose::MendAgreement { .. } => return Err(FreezeError::Purpose),
    };
    let onboarding = Onboarding {
        id: stamp.onboarding_id,
        purpose: intent.purpose,
        customer_id,
        reseller_id: content.reseller_id,
        reseller_of_record: content.reseller_of_record,
        content: content.clone(),
        hash: intent.hash()?,
        submitted_at: stamp.now,
    };
    let customer = intent.customer.as_ref().map(|wanted| wanted_customer(wanted, customer_id, content, stamp));
    let mut cart = intent.cart.clone();
    for line in cart.iter_mut().flat_map(|cart| cart.lines.iter_mut()) {
        line.subscription_id = SubscriptionId((ids.row)());
    }
    let mut chain = Chain { onboarding: &onboarding, stamp, ids, operations: Vec::new() };
    if let Some(wanted) = &intent.customer {
        chain.add(OperationPayload::CreateCustomer(Box::new(wanted.clone())))?;
    }
    if let Some(agreement) = &intent.agreement {
        chain.add(OperationPayload::ConfirmAgreement(agreement.clone()))?;
    }
    let mut checkout = None;
    if let Some(cart) = &cart {
        chain.add(OperationPayload::CreateCart(cart.clone()))?;
        checkout = Some(chain.add(OperationPayload::CheckoutCart)?);
        chain.add(OperationPayload::VerifyOrder)?;
    }
    let operations = chain.operations;
    let subscriptions = cart
        .map(|cart| wanted_subscriptions(&cart, customer_id, checkout, content, offers, stamp.now))
        .unwrap_or_default();
    Ok(Frozen { onboarding, customer, subscriptions, operations })
}

/// Operations one after another: each waits for the one before it.
struct Chain<'a, 'b> {
    onboarding: &'a Onboarding,
    stamp: &'a Stamp,
    ids: &'a mut Ids<'b>,
    operations: Vec<Operation>,
}

impl Chain<'_, '_> {
    fn add(&mut self, payload: OperationPayload) -> Result<OperationId, FreezeError> {
        let id = OperationId((self.ids.row)());
        let parents = match self.operations.last() {
            Some(before) => vec![before.id],
            None => self.stamp.waits_for.clone(),
        };
        let place = i64::try_from(self.operations.len()).unwrap_or(i64::MAX);
        self.operations.push(Operation {
            id,
            onboarding_id: self.onboarding.id,
            customer_id: self.onboarding.customer_id,
            sequence: self.stamp.first_sequence.saturating_add(place),
            revision: 1,
            state: OperationState::Queued,
            parents,
            payload_hash: payload_hash(&payload)?,
            payload,
            request_key: RequestKey((self.ids.request)()),
            prefix_index: 0,
            wire_tries: 0,
            ever_unknown: false,
            not_before: None,
            hold: None,
            hold_since: None,
            attention: None,
            result: OperationResult::default(),
            approved_at: self.stamp.now,
            partner_tenant: self.stamp.partner_tenant,
            updated_at: self.stamp.now,
        });
        Ok(id)
    }
}

fn wanted_customer(wanted: &CreateCustomer, id: CustomerId, content: &DraftContent, stamp: &Stamp) -> Customer {
    Customer {
        id,
        tenant_id: None,
        name: wanted.company_name.clone(),
        alias: String::new(),
        domain_prefix: wanted.prefixes.first().cloned().unwrap_or_default(),
        country: wanted.country.clone(),
        town: wanted.city.clone(),
        contact_name: format!("{} {}", wanted.first_name, wanted.last_name),
        contact_email: wanted.email.clone(),
        registration_number: wanted.registration_number.clone().unwrap_or_default(),
        reseller_id: content.reseller_id,
        review: AccountReview::Unknown,
        agreement: AgreementState::Open,
        created_at: stamp.now,
        confirmed_at: None,
    }
}

/// The subscriptions that an order asks for, as they stand in the book until they are bought. `operation_id` is the
/// checkout that buys them.
#[must_use]
pub fn wanted_subscriptions(
    cart: &CreateCart,
    customer_id: CustomerId,
    operation_id: Option<OperationId>,
    content: &DraftContent,
    offers: &[Offer],
    now: Timestamp,
) -> Vec<Subscription> {
    cart.lines
        .iter()
        .map(|line| Subscription {
            id: line.subscription_id,
            customer_id,
            remote_id: None,
            order_id: None,
            operation_id,
            commerce: commerce_of(&line.sku),
            sku: line.sku.clone(),
            product_name: line.title.clone(),
            quantity: line.quantity,
            term: line.term,
            cycle: line.cycle,
            unit_price: offers
                .iter()
                .find(|offer| offer.sku == line.sku)
                .and_then(|offer| offer.plans.iter().find(|plan| plan.term == line.term && plan.cycle == line.cycle))
                .and_then(per_period),
            status: SubscriptionStatus::Wanted,
            auto_renew: true,
            reseller_of_record: content.reseller_of_record,
            // Term, renewal and window start when Microsoft executes the order, not now.
            ends_at: None,
            cancellable_until: None,
            created_at: now,
            confirmed_at: None,
        })
        .collect()
}
