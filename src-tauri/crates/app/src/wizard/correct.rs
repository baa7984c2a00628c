//! Submit of a draft that mends: the operation gets a new revision under a new key, or its order is placed anew.

use super::facts::Facts;
use super::mend::{Form, form_of};
use crate::driver::store_change;
use crate::host::Random;
use cb_domain::customer::Customer;
use cb_domain::draft::Draft;
use cb_domain::freeze::{self, Intent};
use cb_domain::ids::{OperationId, RequestKey, SubscriptionId};
use cb_domain::operation::{
    ConfirmAgreement, CreateCart, CreateCustomer, Event, EventKind, Operation, OperationKind, OperationPayload,
    OperationResult, OperationState,
};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{StoreError, Tx};
use cb_sync::compare::order_of;
use cb_sync::person::{self, ReorderIds};
use jiff::Timestamp;

/// What a correction needs from outside.
#[derive(Clone, Copy)]
pub(super) struct Fresh<'a> {
    pub(super) now: Timestamp,
    pub(super) random: &'a dyn Random,
}

impl Fresh<'_> {
    fn key(&self) -> RequestKey {
        RequestKey(self.random.request_id())
    }
}

/// Corrects what the draft mends; `false` when the operation does not stand so any more, or the draft is for another
/// form than it needs. Nothing is written then.
pub(super) fn correct(
    tx: &Tx,
    draft: &Draft,
    facts: &Facts,
    intent: Intent,
    before: &Operation,
    fresh: Fresh<'_>,
) -> Result<bool, StoreError> {
    let written = match (form_of(before), intent.customer, intent.agreement, intent.cart) {
        (Some(Form::Customer), Some(customer), ..) => with_customer(tx, draft, facts, customer, before, fresh)?,
        (Some(Form::Agreement), _, Some(agreement), _) => with_agreement(tx, agreement, before, fresh)?,
        (Some(Form::Order), _, _, Some(cart)) => with_order(tx, draft, facts, cart, before, fresh)?,
        _ => false,
    };
    if written {
        tx.insert_mended(draft.id, before.onboarding_id)?;
    }
    Ok(written)
}

/// A new revision with this payload.
fn revise(tx: &Tx, before: &Operation, payload: OperationPayload, fresh: Fresh<'_>) -> Result<bool, StoreError> {
    let Ok(mut change) = person::correct(before, fresh.key(), fresh.now) else { return Ok(false) };
    change.operation.payload_hash = freeze::payload_hash(&payload)?;
    change.operation.payload = payload;
    change.operation.prefix_index = 0;
    store_change(tx, change)?;
    Ok(true)
}

fn with_customer(
    tx: &Tx,
    draft: &Draft,
    facts: &Facts,
    wanted: CreateCustomer,
    before: &Operation,
    fresh: Fresh<'_>,
) -> Result<bool, StoreError> {
    if let Some(customer) = &facts.customer {
        tx.put_customer(&Customer {
            name: wanted.company_name.clone(),
            domain_prefix: wanted.prefixes.first().cloned().unwrap_or_default(),
            country: wanted.country.clone(),
            town: wanted.city.clone(),
            contact_name: format!("{} {}", wanted.first_name, wanted.last_name),
            contact_email: wanted.email.clone(),
            registration_number: wanted.registration_number.clone().unwrap_or_default(),
            reseller_id: draft.content.reseller_id,
            ..customer.clone()
        })?;
    }
    revise(tx, before, OperationPayload::CreateCustomer(Box::new(wanted)), fresh)
}

/// A refused agreement is revised. One that was missing when its order was to be placed becomes an operation that the
/// order waits for.
fn with_agreement(
    tx: &Tx,
    agreement: ConfirmAgreement,
    before: &Operation,
    fresh: Fresh<'_>,
) -> Result<bool, StoreError> {
    let payload = OperationPayload::ConfirmAgreement(agreement);
    if before.payload.kind() == OperationKind::ConfirmAgreement {
        return revise(tx, before, payload, fresh);
    }
    let Ok(mut change) = person::correct(before, fresh.key(), fresh.now) else { return Ok(false) };
    let earlier = tx.operations().of_onboarding(before.onboarding_id)?;
    let revisions = earlier.iter().filter(|one| one.payload.kind() == OperationKind::ConfirmAgreement);
    let record = Operation {
        id: OperationId(fresh.random.id()),
        sequence: tx.operations().next_sequence()?,
        revision: revisions.map(|one| one.revision).max().unwrap_or_default().saturating_add(1),
        state: OperationState::Queued,
        parents: Vec::new(),
        payload_hash: freeze::payload_hash(&payload)?,
        payload,
        request_key: fresh.key(),
        result: OperationResult::default(),
        ..change.operation.clone()
    };
    change.operation.parents.push(record.id);
    store_change(tx, change)?;
    add(tx, &record, fresh.now)?;
    Ok(true)
}

fn with_order(
    tx: &Tx,
    draft: &Draft,
    facts: &Facts,
    mut cart: CreateCart,
    before: &Operation,
    fresh: Fresh<'_>,
) -> Result<bool, StoreError> {
    let mut chain = tx.operations().of_onboarding(before.onboarding_id)?;
    chain.sort_by_key(|one| one.sequence);
    let Some(order) = order_of(&chain, before) else { return Ok(false) };
    let approved = order.cart.clone();
    let Some(checkout) = order.checkout.map(|checkout| checkout.id) else { return Ok(false) };
    let checkout = if before.payload.kind() == OperationKind::CheckoutCart {
        // The old cart holds the old lines, and its id is never overwritten (S2, S3).
        let ids = ReorderIds {
            operations: std::array::from_fn(|_| OperationId(fresh.random.id())),
            keys: std::array::from_fn(|_| fresh.key()),
            first_sequence: tx.operations().next_sequence()?,
        };
        let Ok(reorder) = person::reorder(&chain, before, ids, fresh.now) else { return Ok(false) };
        for change in reorder.changes {
            store_change(tx, change)?;
        }
        name_subscriptions(&approved, &mut cart, fresh);
        for mut new in reorder.new {
            if new.payload.kind() == OperationKind::CreateCart {
                new.payload = OperationPayload::CreateCart(cart.clone());
            }
            new.payload_hash = freeze::payload_hash(&new.payload)?;
            add(tx, &new, fresh.now)?;
        }
        ids.operations[1]
    } else {
        name_subscriptions(&approved, &mut cart, fresh);
        if !revise(tx, before, OperationPayload::CreateCart(cart.clone()), fresh)? {
            return Ok(false);
        }
        checkout
    };
    replace_wanted(tx, draft, facts, &approved, &cart, before, checkout, fresh)?;
    Ok(true)
}

/// A line that is still ordered keeps its subscription; a new one gets an id.
fn name_subscriptions(approved: &CreateCart, cart: &mut CreateCart, fresh: Fresh<'_>) {
    let mut left: Vec<_> = approved.lines.iter().collect();
    for line in &mut cart.lines {
        let at = left.iter().position(|old| old.sku == line.sku && old.term == line.term && old.cycle == line.cycle);
        line.subscription_id = match at {
            Some(at) => left.swap_remove(at).subscription_id,
            None => SubscriptionId(fresh.random.id()),
        };
    }
}

/// The subscriptions that are wanted follow the order.
#[allow(clippy::too_many_arguments, reason = "one caller, and each of them is another thing")]
fn replace_wanted(
    tx: &Tx,
    draft: &Draft,
    facts: &Facts,
    approved: &CreateCart,
    cart: &CreateCart,
    before: &Operation,
    checkout: OperationId,
    fresh: Fresh<'_>,
) -> Result<(), StoreError> {
    for line in &approved.lines {
        if cart.lines.iter().any(|kept| kept.subscription_id == line.subscription_id) {
            continue;
        }
        if let Some(gone) = tx.subscriptions().get(line.subscription_id)? {
            tx.put_subscription(&Subscription { status: SubscriptionStatus::Deleted, operation_id: None, ..gone })?;
        }
    }
    let wanted = freeze::wanted_subscriptions(
        cart,
        before.customer_id,
        Some(checkout),
        &draft.content,
        &facts.offers,
        fresh.now,
    );
    wanted.iter().try_for_each(|subscription| tx.put_subscription(subscription))
}

fn add(tx: &Tx, operation: &Operation, now: Timestamp) -> Result<(), StoreError> {
    tx.insert_operation(operation)?;
    tx.append_event(&Event {
        operation_id: operation.id,
        at: now,
        kind: EventKind::Submitted,
        state: operation.state,
        status: 0,
        code: 0,
        correlation_id: None,
        reason: String::new(),
    })
}
