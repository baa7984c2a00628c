//! What a person may do with an operation: cancel, look again, approve again, give their word.

use crate::App;
use crate::driver::store_change;
use crate::error::{AppError, AppResult};
use cb_domain::freeze::payload_hash;
use cb_domain::ids::{OperationId, RequestKey};
use cb_domain::operation::{AttentionReason, Operation, OperationKind, OperationPayload, OperationState, OrderLine};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{StoreError, Tx};
use cb_sync::person::{self, Action, ReorderIds};
use jiff::Timestamp;
use std::collections::HashSet;
use std::sync::Arc;

/// Ids and time for a use case, made before its transaction.
#[derive(Debug, Clone, Copy)]
struct Fresh {
    ids: [OperationId; 3],
    keys: [RequestKey; 4],
    now: Timestamp,
}

/// Why a transaction of this module wrote nothing.
enum No {
    NotFound,
    NotAllowed,
}

impl App {
    /// Cancels an operation with everything that depends on it.
    ///
    /// # Errors
    /// `NotAllowed` when it was sent and is not settled (S9); `NotFound`, store errors.
    pub async fn cancel_operation(&self, id: String) -> AppResult<()> {
        self.act(&id, |tx, operation, fresh| {
            if !person::actions(operation).contains(&Action::Cancel) {
                return Ok(Err(No::NotAllowed));
            }
            cancel_with_dependents(tx, operation, fresh.now).map(Ok)
        })
        .await
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
    ///
    /// # Errors
    /// `NotAllowed` when that is not offered; `NotFound`, store errors.
    pub async fn approve_operation_again(&self, id: String) -> AppResult<()> {
        self.again(id, Action::ApproveAgain).await
    }

    /// Sends again on the person's word, after lookups found nothing (S3, S10).
    ///
    /// # Errors
    /// `NotAllowed` when that is not offered; `NotFound`, store errors.
    pub async fn send_operation_again(&self, id: String) -> AppResult<()> {
        self.again(id, Action::SendAgain).await
    }

    async fn again(&self, id: String, wanted: Action) -> AppResult<()> {
        self.act(&id, move |tx, operation, fresh| {
            if !person::actions(operation).contains(&wanted) {
                return Ok(Err(No::NotAllowed));
            }
            if needs_new_cart(operation) { reorder(tx, operation, fresh) } else { correct(tx, operation, fresh) }
        })
        .await
    }

    async fn act<F>(&self, id: &str, act: F) -> AppResult<()>
    where
        F: FnOnce(&Tx, &Operation, Fresh) -> Result<Result<(), No>, StoreError> + Send + 'static,
    {
        let id: OperationId = id.parse()?;
        let open = self.open_book().await?;
        let random = Arc::clone(&self.inner.host.random);
        let fresh = Fresh {
            ids: std::array::from_fn(|_| OperationId(random.id())),
            keys: std::array::from_fn(|_| RequestKey(random.request_id())),
            now: self.inner.host.clock.now(),
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
        })
    }
}

/// A cart that is gone, or may have been bought, is never used for another try (S2, S3).
fn needs_new_cart(operation: &Operation) -> bool {
    operation.payload.kind() == OperationKind::CheckoutCart
        && operation.attention.as_ref().is_some_and(|attention| {
            attention.ambiguous
                || matches!(attention.reason, AttentionReason::CartExpired | AttentionReason::ApprovalTooOld)
        })
}

fn correct(tx: &Tx, operation: &Operation, fresh: Fresh) -> Result<Result<(), No>, StoreError> {
    let Ok(mut change) = person::correct(operation, fresh.keys[0], fresh.now) else { return Ok(Err(No::NotAllowed)) };
    with_prices_of_today(tx, &mut change.operation)?;
    store_change(tx, change).map(Ok)
}

fn reorder(tx: &Tx, operation: &Operation, fresh: Fresh) -> Result<Result<(), No>, StoreError> {
    let mut chain = tx.operations().of_onboarding(operation.onboarding_id)?;
    chain.sort_by_key(|one| one.sequence);
    let ids = ReorderIds { operations: fresh.ids, keys: fresh.keys, first_sequence: tx.operations().next_sequence()? };
    let Ok(reorder) = person::reorder(&chain, operation, ids, fresh.now) else { return Ok(Err(No::NotAllowed)) };
    for change in reorder.changes {
        store_change(tx, change)?;
    }
    for mut new in reorder.new {
        with_prices_of_today(tx, &mut new)?;
        tx.insert_operation(&new)?;
        tx.append_event(&cb_domain::operation::Event {
            operation_id: new.id,
            at: fresh.now,
            kind: cb_domain::operation::EventKind::Submitted,
            state: new.state,
            status: 0,
            code: 0,
            correlation_id: None,
            reason: String::new(),
        })?;
    }
    for wanted in tx.subscriptions().of_customer(operation.customer_id)? {
        if wanted.operation_id == Some(operation.id) {
            tx.put_subscription(&Subscription { operation_id: Some(fresh.ids[1]), ..wanted })?;
        }
    }
    Ok(Ok(()))
}

/// The person approves what the book now says it costs.
fn with_prices_of_today(tx: &Tx, operation: &mut Operation) -> Result<(), StoreError> {
    let country = tx.customers().get(operation.customer_id)?.map(|customer| customer.country).unwrap_or_default();
    let OperationPayload::CreateCart(cart) = &mut operation.payload else { return Ok(()) };
    for line in &mut cart.lines {
        if let Some(price) = price_of_today(tx, &country, line)? {
            line.term_price = Some(price);
        }
    }
    operation.payload_hash = payload_hash(&operation.payload)?;
    Ok(())
}

fn price_of_today(tx: &Tx, country: &str, line: &OrderLine) -> Result<Option<cb_domain::money::Money>, StoreError> {
    for segment in ["commercial", "education", "government", "nonprofit"] {
        let Some(offer) = tx.offers().get(country, segment, &line.sku)? else { continue };
        let plan = offer.plans.into_iter().find(|plan| plan.term == line.term && plan.cycle == line.cycle);
        if let Some(price) = plan.and_then(|plan| plan.term_price) {
            return Ok(Some(price));
        }
    }
    Ok(None)
}

/// The operation and all that waits for it, directly or not, also from other onboardings of the customer.
fn cancel_with_dependents(tx: &Tx, first: &Operation, now: Timestamp) -> Result<(), StoreError> {
    let mut cancelled: HashSet<OperationId> = HashSet::from([first.id]);
    let mut of_customer = tx.operations().of_customer(first.customer_id)?;
    of_customer.sort_by_key(|one| one.sequence);
    for operation in &of_customer {
        let depends = operation.parents.iter().any(|parent| cancelled.contains(parent));
        if operation.id != first.id && !depends {
            continue;
        }
        match operation.state {
            OperationState::Confirmed | OperationState::Cancelled => continue,
            OperationState::Queued
            | OperationState::InFlight
            | OperationState::Unknown
            | OperationState::NeedsAttention => {}
        }
        // What depends on something unsent was never sent either; should the book differ, nothing is cancelled.
        let change = person::cancel(operation, now).map_err(|_| StoreError::Stale)?;
        store_change(tx, change)?;
        cancelled.insert(operation.id);
    }
    for wanted in tx.subscriptions().of_customer(first.customer_id)? {
        let ordered_by_cancelled = wanted.operation_id.is_some_and(|id| cancelled.contains(&id));
        if wanted.status == SubscriptionStatus::Wanted && ordered_by_cancelled {
            // S5: what a partial checkout has bought stays bought.
            let bought = wanted.order_id.is_some();
            let status = if bought { SubscriptionStatus::Pending } else { SubscriptionStatus::Deleted };
            tx.put_subscription(&Subscription { status, operation_id: None, ..wanted })?;
        }
    }
    Ok(())
}
