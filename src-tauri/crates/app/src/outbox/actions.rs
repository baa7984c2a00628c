//! What a person may do with an operation: cancel, look again, approve again, give their word, name what was found, and
//! decide about what a partial checkout left.

use super::prices;
use crate::App;
use crate::driver::store_change;
use crate::error::{AppError, AppResult};
use crate::wizard::keep_typed;
use cb_domain::customer::Customer;
use cb_domain::freeze::payload_hash;
use cb_domain::ids::{DraftId, OperationId, RequestKey, TenantId};
use cb_domain::operation::{
    AttentionReason, Event, EventKind, LineOutcome, Operation, OperationKind, OperationPayload, OperationState,
    SecretState,
};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{Db, StoreError, Tx};
use cb_sync::compare::order_of;
use cb_sync::effect::Change;
use cb_sync::person::{self, Action, Look, Reorder, ReorderIds};
use jiff::Timestamp;
use std::collections::HashSet;
use std::sync::Arc;

/// Ids and time for a use case, made before its transaction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fresh {
    pub(super) ids: [OperationId; 3],
    pub(super) keys: [RequestKey; 4],
    pub(super) now: Timestamp,
    /// How old the look-up is that the person builds on.
    pub(super) look: Look,
}

/// Why a transaction of this module wrote nothing.
pub(super) enum No {
    NotFound,
    NotAllowed,
    /// What would be approved is not what the person saw (W2).
    Changed,
}

type Done = Result<Result<(), No>, StoreError>;

impl App {
    /// Cancels an operation with everything that depends on it; what was typed stays as a draft. Its key in the keychain is destroyed with it: without
    /// an answer there is no password that it could open.
    ///
    /// # Errors
    /// `NotAllowed` when it was sent and is not settled (S9); `NotFound`, store errors.
    pub async fn cancel_operation(&self, id: String) -> AppResult<()> {
        self.act(&id, |tx, operation, fresh| {
            if !person::actions(operation).contains(&Action::Cancel) {
                return Ok(Err(No::NotAllowed));
            }
            let operation = &as_unsent(tx, operation, &fresh)?;
            let cancelled = cancel_with_dependents(tx, operation, fresh.now)?;
            keep_typed(tx, operation.customer_id, &cancelled, DraftId(fresh.ids[0].0), fresh.now).map(Ok)
        })
        .await?;
        let open = self.open_book().await?;
        crate::setup_info::resume_destruction(&self.inner.host, &open.book).await
    }

    /// Looks again what became of an operation.
    ///
    /// # Errors
    /// `NotAllowed` when that is not offered; `NotFound`, store errors.
    pub async fn check_operation_again(&self, id: String) -> AppResult<()> {
        self.act(&id, |tx, operation, fresh| {
            if !person::actions(operation).contains(&Action::CheckAgain) {
                return Ok(Err(No::NotAllowed));
            }
            match person::check_again(operation, fresh.now) {
                Ok(change) => store_change(tx, change).map(Ok),
                Err(_) => Ok(Err(No::NotAllowed)),
            }
        })
        .await
    }

    /// Approves an operation again as it is now: prices as the book has them, a new revision, a new key (N7).
    /// `approval` names what the person saw.
    ///
    /// # Errors
    /// `ReviewChanged` when the prices are others by now; `NotAllowed` when it is not offered; `NotFound`, the store's.
    pub async fn approve_operation_again(&self, id: String, approval: String) -> AppResult<()> {
        self.act(&id, move |tx, operation, fresh| {
            if !person::actions(operation).contains(&Action::ApproveAgain) {
                return Ok(Err(No::NotAllowed));
            }
            if prices::approval(tx, operation)? != approval {
                return Ok(Err(No::Changed));
            }
            again(tx, operation, fresh)
        })
        .await
    }

    /// Sends again on the person's word, after lookups found nothing (S3, S10).
    ///
    /// # Errors
    /// `NotAllowed` when that is not offered; `NotFound`, store errors.
    pub async fn send_operation_again(&self, id: String) -> AppResult<()> {
        self.act(&id, |tx, operation, fresh| {
            if !person::actions_after(operation, fresh.look).contains(&Action::SendAgain) {
                return Ok(Err(No::NotAllowed));
            }
            again(tx, operation, fresh)
        })
        .await
    }

    /// Says which of the objects found is the one that the operation made.
    ///
    /// # Errors
    /// `NotAllowed` when that is not offered, or the book has it already; `NotFound`, store errors.
    pub async fn link_operation(&self, id: String, found: String) -> AppResult<()> {
        self.act(&id, move |tx, operation, fresh| link(tx, operation, &found, fresh.now)).await
    }

    /// Says of an order found that it is not ours (S3): it is kept as such, and looked past from then on. Only on a fresh
    /// look.
    ///
    /// # Errors
    /// `NotAllowed` when that is not offered, or no longer; `NotFound`, store errors.
    pub async fn disown_order(&self, id: String, found: String) -> AppResult<()> {
        self.act(&id, move |tx, operation, fresh| {
            if !person::actions_after(operation, fresh.look).contains(&Action::Disown) {
                return Ok(Err(No::NotAllowed));
            }
            match person::disown(operation, &found, fresh.now) {
                Ok(change) => store_change(tx, change).map(Ok),
                Err(_) => Ok(Err(No::NotAllowed)),
            }
        })
        .await
    }

    /// Orders what a partial checkout refused, as new operations at today's prices (S5). `approval` names what the
    /// person saw.
    ///
    /// # Errors
    /// `ReviewChanged`, `NotAllowed`, `NotFound`, the store's.
    pub async fn order_rest(&self, id: String, approval: String) -> AppResult<()> {
        self.act(&id, move |tx, operation, fresh| {
            if !person::actions(operation).contains(&Action::OrderRest) {
                return Ok(Err(No::NotAllowed));
            }
            if prices::approval(tx, operation)? != approval {
                return Ok(Err(No::Changed));
            }
            let (chain, ids) = chain_and_ids(tx, operation, fresh)?;
            let refused = refused_lines(&chain, operation);
            let Ok(rest) = person::order_rest(&chain, operation, ids, fresh.now) else {
                return Ok(Err(No::NotAllowed));
            };
            place_anew(tx, rest, fresh.now)?;
            for wanted in tx.subscriptions().of_customer(operation.customer_id)? {
                if refused.contains(&wanted.id) {
                    tx.put_subscription(&Subscription { operation_id: Some(fresh.ids[1]), ..wanted })?;
                }
            }
            Ok(Ok(()))
        })
        .await
    }

    /// Leaves what a partial checkout refused; what was bought is verified (S5).
    ///
    /// # Errors
    /// `NotAllowed` when that is not offered; `NotFound`, store errors.
    pub async fn give_up_rest(&self, id: String) -> AppResult<()> {
        self.act(&id, |tx, operation, fresh| {
            if !person::actions(operation).contains(&Action::GiveUpRest) {
                return Ok(Err(No::NotAllowed));
            }
            let chain = tx.operations().of_onboarding(operation.onboarding_id)?;
            let refused = refused_lines(&chain, operation);
            let Ok(change) = person::accept_part(operation, fresh.now) else { return Ok(Err(No::NotAllowed)) };
            store_change(tx, change)?;
            for wanted in tx.subscriptions().of_customer(operation.customer_id)? {
                if refused.contains(&wanted.id) {
                    let status = SubscriptionStatus::Deleted;
                    tx.put_subscription(&Subscription { status, operation_id: None, ..wanted })?;
                }
            }
            Ok(Ok(()))
        })
        .await
    }

    pub(super) async fn act<F>(&self, id: &str, act: F) -> AppResult<()>
    where
        F: FnOnce(&Tx, &Operation, Fresh) -> Done + Send + 'static,
    {
        let id: OperationId = id.parse()?;
        let open = self.open_book().await?;
        let random = Arc::clone(&self.inner.host.random);
        let fresh = Fresh {
            ids: std::array::from_fn(|_| OperationId(random.id())),
            keys: std::array::from_fn(|_| RequestKey(random.request_id())),
            now: self.inner.host.clock.now(),
            look: open.driver.look(id),
        };
        let written = open
            .book
            .write(move |tx| match tx.operations().get(id)? {
                Some(operation) => act(tx, &operation, fresh),
                None => Ok(Err(No::NotFound)),
            })
            .await?;
        self.publish(&written.topics);
        open.driver.forget(id);
        written.value.map_err(|no| match no {
            No::NotFound => AppError::NotFound,
            No::NotAllowed => AppError::NotAllowed,
            No::Changed => AppError::ReviewChanged,
        })
    }
}

fn again(tx: &Tx, operation: &Operation, fresh: Fresh) -> Done {
    if needs_new_cart(operation) { reorder(tx, operation, fresh) } else { correct(tx, operation, fresh) }
}

/// A cart that is gone, or may have been bought, is never used for another try (S2, S3).
fn needs_new_cart(operation: &Operation) -> bool {
    operation.payload.kind() == OperationKind::CheckoutCart
        && operation.attention.as_ref().is_some_and(|attention| {
            attention.ambiguous
                || matches!(attention.reason, AttentionReason::CartExpired | AttentionReason::ApprovalTooOld)
        })
}

fn correct(tx: &Tx, operation: &Operation, fresh: Fresh) -> Done {
    let Ok(mut change) = person::correct(operation, fresh.keys[0], fresh.now) else { return Ok(Err(No::NotAllowed)) };
    prices::of_today(tx, &mut change.operation)?;
    store_change(tx, change).map(Ok)
}

fn chain_and_ids(tx: &Tx, operation: &Operation, fresh: Fresh) -> Result<(Vec<Operation>, ReorderIds), StoreError> {
    let mut chain = tx.operations().of_onboarding(operation.onboarding_id)?;
    chain.sort_by_key(|one| one.sequence);
    let first_sequence = tx.operations().next_sequence()?;
    Ok((chain, ReorderIds { operations: fresh.ids, keys: fresh.keys, first_sequence }))
}

fn reorder(tx: &Tx, operation: &Operation, fresh: Fresh) -> Done {
    let (chain, ids) = chain_and_ids(tx, operation, fresh)?;
    let Ok(reorder) = person::reorder(&chain, operation, ids, fresh.now) else { return Ok(Err(No::NotAllowed)) };
    place_anew(tx, reorder, fresh.now)?;
    for wanted in tx.subscriptions().of_customer(operation.customer_id)? {
        if wanted.operation_id == Some(operation.id) {
            tx.put_subscription(&Subscription { operation_id: Some(fresh.ids[1]), ..wanted })?;
        }
    }
    Ok(Ok(()))
}

/// Writes a replaced order at today's prices.
fn place_anew(tx: &Tx, reorder: Reorder, now: Timestamp) -> Result<(), StoreError> {
    for change in reorder.changes {
        store_change(tx, change)?;
    }
    for mut new in reorder.new {
        new.payload_hash = payload_hash(&new.payload)?;
        prices::of_today(tx, &mut new)?;
        tx.insert_operation(&new)?;
        tx.append_event(&Event {
            operation_id: new.id,
            at: now,
            kind: EventKind::Submitted,
            state: new.state,
            status: 0,
            code: 0,
            correlation_id: None,
            reason: String::new(),
        })?;
    }
    Ok(())
}

/// The wanted subscriptions of the lines that a checkout refused.
fn refused_lines(chain: &[Operation], checkout: &Operation) -> HashSet<cb_domain::ids::SubscriptionId> {
    let Some(order) = order_of(chain, checkout) else { return HashSet::new() };
    let bought: HashSet<u32> = order.bought().iter().map(|line| line.number).collect();
    order.cart.lines.iter().filter(|line| !bought.contains(&line.number)).map(|line| line.subscription_id).collect()
}

fn link(tx: &Tx, operation: &Operation, found: &str, now: Timestamp) -> Done {
    let there = operation.result.found.iter().any(|one| one.id == found);
    if !there || !person::actions(operation).contains(&Action::Link) {
        return Ok(Err(No::NotAllowed));
    }
    let Ok(mut change) = person::link(operation, now) else { return Ok(Err(No::NotAllowed)) };
    match (&operation.payload, found.parse::<TenantId>()) {
        (OperationPayload::CreateCustomer(_), Ok(tenant)) => {
            let Some(customer) = tx.customers().get(operation.customer_id)? else { return Ok(Err(No::NotFound)) };
            if tx.customers().by_tenant(tenant)?.is_some_and(|other| other.id != customer.id) {
                return Ok(Err(No::NotAllowed));
            }
            change.operation.result.tenant_id = Some(tenant);
            change.operation.result.domain_prefix = Some(customer.domain_prefix.clone());
            tx.put_customer(&Customer { tenant_id: Some(tenant), confirmed_at: Some(now), ..customer })?;
            // No answer brought a password, and none will.
            if tx.secrets().get(operation.id)?.is_some_and(|secret| secret.state == SecretState::KeyReady) {
                tx.set_secret_state(operation.id, SecretState::KeyReady, SecretState::Unavailable)?;
            }
        }
        (OperationPayload::CheckoutCart, _) => {
            if let Some(outcomes) = part_of(tx, operation, found)? {
                return link_part(tx, operation, found, outcomes, now);
            }
            change.operation.result.order_ids = vec![found.to_owned()];
        }
        (
            OperationPayload::CreateCustomer(_)
            | OperationPayload::ConfirmAgreement(_)
            | OperationPayload::CreateCart(_)
            | OperationPayload::VerifyOrder
            | OperationPayload::UpdateCustomerProfile(_)
            | OperationPayload::SetResellerOfRecord(_)
            | OperationPayload::ChangeSubscription(_)
            | OperationPayload::UpgradeSubscription(_)
            | OperationPayload::SetSupportContact(_),
            _,
        ) => return Ok(Err(No::NotAllowed)),
    }
    store_change(tx, change).map(Ok)
}

/// What becomes of each approved line when this order is the one; `None` when it has all of them, or none, which only
/// the check of the order can tell more about. Also where another order that was found has some of them: were both
/// theirs, ordering the rest would double it.
fn part_of(tx: &Tx, checkout: &Operation, found: &str) -> Result<Option<Vec<LineOutcome>>, StoreError> {
    let chain = tx.operations().of_onboarding(checkout.onboarding_id)?;
    let lines = checkout.result.found.iter().find(|one| one.id == found).map(|one| one.lines.as_slice());
    let (Some(order), Some(has)) = (order_of(&chain, checkout), lines) else { return Ok(None) };
    let others = checkout.result.found.iter().any(|one| one.id != found && !one.lines.is_empty());
    if others || has.is_empty() || has.len() >= order.cart.lines.len() {
        return Ok(None);
    }
    let outcome = |number| LineOutcome { number, order_id: has.contains(&number).then(|| found.to_owned()), code: 0 };
    Ok(Some(order.cart.lines.iter().map(|line| outcome(line.number)).collect()))
}

/// S5: the order has some of the lines; these are bought, the others are the person's to decide.
fn link_part(tx: &Tx, checkout: &Operation, found: &str, outcomes: Vec<LineOutcome>, now: Timestamp) -> Done {
    let chain = tx.operations().of_onboarding(checkout.onboarding_id)?;
    let Some(order) = order_of(&chain, checkout) else { return Ok(Err(No::NotAllowed)) };
    let bought = |number| outcomes.iter().any(|one| one.number == number && one.order_id.is_some());
    for line in order.cart.lines.iter().filter(|line| bought(line.number)) {
        if let Some(wanted) = tx.subscriptions().get(line.subscription_id)? {
            let (status, order_id) = (SubscriptionStatus::Pending, Some(found.to_owned()));
            tx.put_subscription(&Subscription { status, order_id, ..wanted })?;
        }
    }
    let Ok(changes) = person::link_part(checkout, found, outcomes, now) else { return Ok(Err(No::NotAllowed)) };
    for change in changes {
        store_change(tx, change)?;
    }
    Ok(Ok(()))
}

/// The operation as it can be cancelled: one whose answer was lost, and of which it was read since that nothing of it is
/// still to come, first goes back to what has not been sent. The history tells of the cancelling alone: nobody approved
/// anything.
fn as_unsent(tx: &Tx, operation: &Operation, fresh: &Fresh) -> Result<Operation, StoreError> {
    if !operation.attention.as_ref().is_some_and(|attention| attention.ambiguous) {
        return Ok(operation.clone());
    }
    let change = person::correct(operation, fresh.keys[0], fresh.now).map_err(|_| StoreError::Stale)?;
    let unsent = change.operation.clone();
    store_change(tx, Change { entry: None, ..change })?;
    Ok(unsent)
}

/// The operation and all that waits for it, directly or not, also from other onboardings of the customer.
pub(super) fn with_dependents(db: &Db, first: &Operation) -> Result<Vec<Operation>, StoreError> {
    let mut taken: HashSet<OperationId> = HashSet::from([first.id]);
    let mut of_customer = db.operations().of_customer(first.customer_id)?;
    of_customer.sort_by_key(|one| one.sequence);
    of_customer.retain(|operation| {
        let depends = operation.id == first.id || operation.parents.iter().any(|parent| taken.contains(parent));
        let open = match operation.state {
            OperationState::Confirmed | OperationState::Cancelled => false,
            OperationState::Queued
            | OperationState::InFlight
            | OperationState::Unknown
            | OperationState::NeedsAttention => true,
        };
        if depends && open {
            taken.insert(operation.id);
        }
        depends && open
    });
    Ok(of_customer)
}

/// Cancels [`with_dependents`], and answers with these as they were before.
pub(super) fn cancel_with_dependents(tx: &Tx, first: &Operation, now: Timestamp) -> Result<Vec<Operation>, StoreError> {
    let taken = with_dependents(tx, first)?;
    for operation in &taken {
        // What depends on something unsent was never sent either; should the book differ, nothing is cancelled.
        let change = person::cancel(operation, now).map_err(|_| StoreError::Stale)?;
        store_change(tx, change)?;
        // A decision that is not carried out is none.
        tx.forget_decision_of(operation.id)?;
        if tx.secrets().get(operation.id)?.is_some_and(|secret| secret.state == SecretState::KeyReady) {
            tx.set_secret_state(operation.id, SecretState::KeyReady, SecretState::Destroying)?;
        }
    }
    let cancelled: HashSet<OperationId> = taken.iter().map(|operation| operation.id).collect();
    for wanted in tx.subscriptions().of_customer(first.customer_id)? {
        let ordered_by_cancelled = wanted.operation_id.is_some_and(|id| cancelled.contains(&id));
        if wanted.status == SubscriptionStatus::Wanted && ordered_by_cancelled {
            // S5: what a partial checkout has bought stays bought.
            let bought = wanted.order_id.is_some();
            let status = if bought { SubscriptionStatus::Pending } else { SubscriptionStatus::Deleted };
            tx.put_subscription(&Subscription { status, operation_id: None, ..wanted })?;
        }
    }
    Ok(taken)
}
