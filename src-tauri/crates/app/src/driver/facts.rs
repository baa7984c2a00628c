//! What the machine must know, read from the book in one closure.

use super::{Shared, steady};
use crate::error::AppResult;
use cb_domain::ids::{CustomerId, OperationId, RequestKey};
use cb_domain::operation::{Operation, OperationPayload, OperationState};
use cb_store::{Db, KnownPayloads, StoreError};
use cb_sync::{Facts, Progress};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// What `pick` chooses from.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    pub(super) open: Vec<Operation>,
    pub(super) closed: HashMap<OperationId, OperationState>,
    pub(super) made: HashSet<CustomerId>,
}

impl Snapshot {
    /// Operations that will go by themselves.
    pub(super) fn waiting(&self) -> usize {
        self.open.iter().filter(|operation| operation.state != OperationState::NeedsAttention).count()
    }
}

/// The queue as it stands.
pub(super) async fn snapshot(shared: &Shared) -> AppResult<Snapshot> {
    let known = Arc::clone(&shared.known);
    Ok(shared.book.read(move |db| queue(db, &known)).await?)
}

/// A fixed number of questions, however many operations wait: it is asked before each turn.
fn queue(db: &Db, known: &Mutex<KnownPayloads>) -> Result<Snapshot, StoreError> {
    let operations = db.operations();
    let open = operations.open_knowing(&mut known.lock().unwrap_or_else(PoisonError::into_inner))?;
    let closed = operations.closed_parents(&open)?;
    let made = operations.customers_made(&open)?;
    Ok(Snapshot { open, closed, made })
}

/// Facts of one operation; `None` when it is gone.
pub(super) async fn facts(shared: &Shared, id: OperationId, progress: &mut Progress) -> AppResult<Option<Facts>> {
    let now = shared.host.clock.now();
    let steady = steady(shared);
    let fresh_key = RequestKey(shared.host.random.request_id());
    let mut bytes = [0_u8; 8];
    shared.host.random.fill(&mut bytes);
    let random = u64::from_le_bytes(bytes);
    let found = shared.book.read(move |db| of_operation(db, id)).await?;
    Ok(found.map(|facts| {
        let held_since = progress.held_since(&facts.operation, steady);
        Facts { now, steady, held_since, random, fresh_key, ..facts }
    }))
}

fn of_operation(db: &Db, id: OperationId) -> Result<Option<Facts>, StoreError> {
    let Some(operation) = db.operations().get(id)? else { return Ok(None) };
    let Some(customer) = db.customers().get(operation.customer_id)? else { return Ok(None) };
    let mut chain = db.operations().of_onboarding(operation.onboarding_id)?;
    chain.sort_by_key(|one| one.sequence);
    // Only what another operation has bought. A subscription that a pull has brought may be of the very order whose answer
    // was lost: were its order taken for known, looking for it would find nothing, and it would be placed twice (P2).
    let known_orders: Vec<String> = db
        .operations()
        .of_customer(customer.id)?
        .into_iter()
        .filter(|one| one.onboarding_id != operation.onboarding_id)
        .flat_map(|one| one.result.order_ids)
        .collect();
    let reseller_partner_id = match &operation.payload {
        OperationPayload::CreateCustomer(payload) => db
            .resellers()
            .by_tenant(payload.reseller_tenant)?
            .and_then(|reseller| reseller.partner_id)
            .unwrap_or_default(),
        OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_)
        | OperationPayload::SetResellerOfRecord(_)
        | OperationPayload::ChangeSubscription(_)
        | OperationPayload::UpgradeSubscription(_)
        | OperationPayload::SetSupportContact(_) => String::new(),
    };
    let last_sent_at = db.attempts().of_operation(id)?.last().map(|attempt| attempt.started_at);
    Ok(Some(Facts {
        tenant: customer.tenant_id,
        country: customer.country,
        chain,
        reseller_partner_id,
        known_orders,
        last_sent_at,
        subscription: subscription_of(db, &operation.payload)?,
        now: operation.updated_at,
        steady: operation.updated_at,
        held_since: None,
        random: 0,
        fresh_key: operation.request_key,
        operation,
    }))
}

/// Partner Center's id of the subscription that a change is about: the book has it once its order is confirmed.
fn subscription_of(db: &Db, payload: &OperationPayload) -> Result<Option<String>, StoreError> {
    let (id, known) = match payload {
        OperationPayload::ChangeSubscription(change) => (change.subscription_id, change.remote_id.clone()),
        OperationPayload::UpgradeSubscription(upgrade) => (upgrade.subscription_id, upgrade.remote_id.clone()),
        OperationPayload::SetSupportContact(contact) => (contact.subscription_id, contact.remote_id.clone()),
        OperationPayload::CreateCustomer(_)
        | OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_)
        | OperationPayload::SetResellerOfRecord(_) => return Ok(None),
    };
    match known {
        Some(known) => Ok(Some(known)),
        None => Ok(db.subscriptions().get(id)?.and_then(|one| one.remote_id)),
    }
}

#[cfg(test)]
mod tests {
    use crate::driver::bench::Bench;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn p2_an_order_that_a_pull_has_shown_is_not_known_as_something_else() {
        let bench = Bench::new(31);
        let app = bench.open().await;
        app.set_paused(true).await.unwrap();
        let submitted = bench.submit(&app).await;
        let open = app.open_book().await.unwrap();
        let checkout = submitted.operations[3];
        let known = open.book.write(move |tx| {
            // As a pull finds it: there and dated, made by no operation of this book.
            let mut pulled = tx.subscriptions().of_customer(submitted.customer)?.remove(0);
            pulled.id = uuid::Uuid::from_u128(77).into();
            (pulled.operation_id, pulled.order_id) = (None, Some("pulled-order".to_owned()));
            tx.put_subscription(&pulled)?;
            super::of_operation(tx, checkout)
        });
        let facts = known.await.unwrap().value.unwrap();
        assert_eq!(facts.operation.payload.kind(), cb_domain::operation::OperationKind::CheckoutCart);
        assert_eq!(facts.known_orders, Vec::<String>::new(), "it may be the very order whose answer was lost");
    }
}
