//! Changes, history and consequences in one transaction. An answer that holds the only copy of a password is saved
//! however long the disk stays full; any other one is given up after a while, since a look-up brings it again. The pill
//! says meanwhile that nothing can be saved.

use super::Shared;
use super::seal::{self, Sealed};
use crate::error::AppResult;
use crate::views::SaveProblem;
use cb_domain::catalogue::Offer;
use cb_domain::customer::{AccountReview, AgreementState};
use cb_domain::ids::{CorrelationId, OperationId, TenantId};
use cb_domain::money::Money;
use cb_domain::operation::{Attempt, Event, Operation, OperationPayload, OperationState, OrderLine, SecretState};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_domain::topic::Topic;
use cb_store::{SealedSecret, StoreError, Tx};
use cb_sync::remote::{RemoteLine, RemoteOrder, RemoteProfile};
use cb_sync::{Change, Consequence, Secret};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// Setting: when it was last tried whether the disk takes anything.
const DISK_TRIED: &str = "outbox.disk_tried_at";
/// Between two tries to save an answer.
const AGAIN: Duration = Duration::from_secs(2);
/// Tries for an answer that can be had again: a minute.
const TRIES: u32 = 30;
/// Tries left when the book is to close: a moment, not the person's patience.
const LAST_TRIES: u32 = 2;

/// How an attempt ended.
#[derive(Debug, Clone)]
pub(super) struct Ended {
    pub(super) operation: OperationId,
    pub(super) number: u32,
    pub(super) at: Timestamp,
    pub(super) outcome: &'static str,
    pub(super) status: u16,
    pub(super) code: u32,
}

/// A change as the store needs it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    from: OperationState,
    operation: Operation,
    event: Option<Event>,
}

/// A consequence whose secret is sealed already, so that it may be kept and tried again.
#[derive(Debug, Clone)]
pub(super) enum Taken {
    Nothing,
    Customer { tenant: TenantId, domain_prefix: String, user_name: String, sealed: Option<Sealed> },
    Kept { sealed: Option<Sealed> },
    Agreement(AgreementState),
    Review(AccountReview),
    Prices(Vec<RemoteLine>),
    Ordered(Vec<RemoteOrder>),
    Profile(Box<RemoteProfile>),
    Record { subscription: cb_domain::ids::SubscriptionId, partner_id: Option<String> },
    Subscription(Box<crate::subscription::Taken>),
    Verified(Vec<Subscription>),
}

/// Everything of one transaction.
#[derive(Debug, Clone)]
pub(super) struct Transaction {
    pub(super) rows: Vec<Row>,
    pub(super) taken: Taken,
    pub(super) ended: Option<Ended>,
}

/// Makes rows of changes.
pub(super) fn rows(changes: Vec<Change>, correlation_id: Option<CorrelationId>) -> Vec<Row> {
    changes
        .into_iter()
        .map(|change| {
            let event = change.entry.map(|kind| Event {
                operation_id: change.operation.id,
                at: change.operation.updated_at,
                kind,
                state: change.operation.state,
                status: change.status,
                code: change.code,
                correlation_id,
                reason: change.reason,
            });
            Row { from: change.from, operation: change.operation, event }
        })
        .collect()
}

/// Seals what is secret in a consequence (C2), before the transaction that stores it. The key is the one that was read
/// back before sending (C1): a keychain locked since then costs no password.
pub(super) fn take(
    shared: &Shared,
    operation: &Operation,
    consequence: Consequence,
    key: Option<&seal::SealKey>,
) -> Taken {
    let sealed = |secret| match key {
        Some(key) => seal::seal(&shared.host, key, operation.id, operation.customer_id, &secret),
        None => None,
    };
    match consequence {
        Consequence::Nothing => Taken::Nothing,
        Consequence::CustomerMade { tenant, domain_prefix, user_name, secret } => {
            let sealed = match secret {
                Secret::Seal(secret) => sealed(secret),
                Secret::Unavailable => None,
            };
            Taken::Customer { tenant, domain_prefix, user_name, sealed }
        }
        Consequence::AnswerKept { secret } => Taken::Kept { sealed: sealed(secret) },
        Consequence::Agreement(state) => Taken::Agreement(state),
        Consequence::Review(review) => Taken::Review(review),
        Consequence::Prices(lines) => Taken::Prices(lines),
        Consequence::Ordered(orders) => Taken::Ordered(orders),
        Consequence::Profile(profile) => Taken::Profile(Box::new(profile)),
        Consequence::Record { subscription, partner_id } => Taken::Record { subscription, partner_id },
        Consequence::Subscription { subscription, theirs } => {
            Taken::Subscription(Box::new(crate::subscription::Taken::Stands { subscription, theirs }))
        }
        Consequence::Upgraded { payload, to } => {
            Taken::Subscription(Box::new(crate::subscription::Taken::Upgraded { payload, to }))
        }
        Consequence::SupportContact { subscription, contact } => {
            Taken::Subscription(Box::new(crate::subscription::Taken::Supported { subscription, contact }))
        }
        Consequence::Verified { subscriptions } => Taken::Verified(subscriptions),
    }
}

/// Writes; tries again while the disk refuses, for as long as the answer is worth it.
pub(super) async fn save(shared: &Shared, transaction: Transaction) -> AppResult<()> {
    let irreplaceable =
        matches!(transaction.taken, Taken::Customer { sealed: Some(_), .. } | Taken::Kept { sealed: Some(_) });
    let (mut tries, mut last_tries) = (0_u32, 0_u32);
    loop {
        let this = transaction.clone();
        match shared.book.write(move |tx| write(tx, &this)).await {
            Ok(written) => {
                if matches!(transaction.taken, Taken::Verified(_)) {
                    shared.verified.notify_one();
                }
                cannot_save(shared, None);
                shared.publish(written.topics);
                if matches!(transaction.taken, Taken::Customer { sealed: Some(_), .. }) {
                    shared.host.notifier.setup_info_arrived();
                }
                return Ok(());
            }
            Err(error) => {
                let Some(problem) = unsaved(&error) else { return Err(error.into()) };
                tracing::error!(%error, "an answer could not be saved yet");
                cannot_save(shared, Some(problem));
                tries = tries.saturating_add(1);
                if shared.status(|status| status.stopping) {
                    last_tries = last_tries.saturating_add(1);
                }
                if last_tries > LAST_TRIES || (tries >= TRIES && !irreplaceable) {
                    return Err(error.into());
                }
                tokio::select! {
                    () = shared.host.clock.sleep(AGAIN) => {}
                    // Told to stop, or to hurry: tried at once.
                    () = shared.wake.notified() => {}
                }
            }
        }
    }
}

/// What keeps the book from being written for a while; `None` where trying again leads nowhere.
fn unsaved(error: &StoreError) -> Option<SaveProblem> {
    match error {
        StoreError::DiskFull => Some(SaveProblem::DiskFull),
        StoreError::ReadOnly | StoreError::Locked | StoreError::Disk(_) | StoreError::Io(_) => {
            Some(SaveProblem::DiskFailed)
        }
        StoreError::NotFound
        | StoreError::Missing
        | StoreError::Exists
        | StoreError::WrongKey
        | StoreError::Corrupt { .. }
        | StoreError::Damaged(_)
        | StoreError::NewerSchema { .. }
        | StoreError::Stale
        | StoreError::NotAllowed(_)
        | StoreError::Duplicate(_)
        | StoreError::Cursor
        | StoreError::Closed
        | StoreError::BrokenOff
        | StoreError::Setting { .. }
        | StoreError::BackupUnsound
        | StoreError::Migration(_)
        | StoreError::Document(_)
        | StoreError::Random(_)
        | StoreError::Database(_) => None,
    }
}

/// Whether the book takes what is written again: said of a small write of its own, so that nothing is sent, and no key
/// made, for a book that would not take the answer.
pub(super) async fn disk_is_back(shared: &Shared) -> AppResult<bool> {
    let now = shared.host.clock.now().to_string();
    match shared.book.write(move |tx| tx.set_setting(DISK_TRIED, &now)).await {
        Ok(_) => {
            cannot_save(shared, None);
            Ok(true)
        }
        Err(error) => {
            let Some(problem) = unsaved(&error) else { return Err(error.into()) };
            cannot_save(shared, Some(problem));
            Ok(false)
        }
    }
}

/// The pill says whether answers can be written, and a bar why not.
fn cannot_save(shared: &Shared, now: Option<SaveProblem>) {
    let before = shared.status(|status| std::mem::replace(&mut status.cannot_save, now));
    if before != now {
        shared.publish_connection();
    }
}

/// S6: the attempt and the operation in flight, before the first byte leaves; for a new customer also the key (C1).
pub(super) async fn begin(shared: &Shared, change: Change, correlation_id: CorrelationId) -> AppResult<u32> {
    let now = shared.host.clock.now();
    let begun = rows(vec![change], Some(correlation_id));
    let written = shared
        .book
        .write(move |tx| {
            let mut number = 0;
            for row in &begun {
                let operation = &row.operation;
                number = tx.attempts().of_operation(operation.id)?.last().map_or(0, |last| last.number) + 1;
                if matches!(operation.payload, OperationPayload::CreateCustomer(_))
                    && tx.secrets().get(operation.id)?.is_none()
                {
                    tx.put_secret(&key_ready(operation, now))?;
                }
                store(tx, row)?;
                tx.open_attempt(&Attempt {
                    operation_id: operation.id,
                    number,
                    request_key: operation.request_key,
                    correlation_id,
                    payload_hash: operation.payload_hash.clone(),
                    started_at: now,
                    ended_at: None,
                    outcome: String::new(),
                    status: 0,
                    code: 0,
                })?;
            }
            Ok(number)
        })
        .await;
    if let Some(problem) = written.as_ref().err().and_then(unsaved) {
        // Nothing was sent; the worker tries again.
        cannot_save(shared, Some(problem));
    }
    let written = written?;
    cannot_save(shared, None);
    shared.publish(written.topics);
    Ok(written.value)
}

/// S7 and C5: what the last run left under way.
pub(super) async fn settle_left_over(shared: &Arc<Shared>) -> AppResult<()> {
    for operation in shared.book.read(|db| db.operations().open()).await? {
        settle(shared, operation.id).await?;
    }
    crate::setup_info::resume_destruction(&shared.host, &shared.book).await
}

/// An operation that is under way though nobody waits for its answer any more has an unknown outcome (S7).
pub(super) async fn settle(shared: &Shared, id: OperationId) -> AppResult<()> {
    let now = shared.host.clock.now();
    let written = shared
        .book
        .write(move |tx| {
            let Some(operation) = tx.operations().get(id)? else { return Ok(()) };
            let Some(change) = cb_sync::restart(&operation, now) else { return Ok(()) };
            for attempt in tx.attempts().of_operation(id)?.into_iter().filter(|one| one.ended_at.is_none()) {
                tx.close_attempt(id, attempt.number, now, "unknown", 0, 0)?;
            }
            rows(vec![change], None).iter().try_for_each(|row| store(tx, row))
        })
        .await;
    if let Some(problem) = written.as_ref().err().and_then(unsaved) {
        // It stays in flight in the book; the worker settles it once the book can be written.
        cannot_save(shared, Some(problem));
    }
    shared.publish(written?.topics);
    Ok(())
}

fn key_ready(operation: &Operation, now: Timestamp) -> SealedSecret {
    SealedSecret {
        operation_id: operation.id,
        onboarding_id: operation.onboarding_id,
        customer_id: operation.customer_id,
        state: SecretState::KeyReady,
        user_name: String::new(),
        ciphertext: None,
        nonce: None,
        key_name: seal::key_name(operation.id),
        since: now,
    }
}

/// One change with its history entry.
pub(crate) fn store_change(tx: &Tx, change: Change) -> Result<(), StoreError> {
    rows(vec![change], None).iter().try_for_each(|row| store(tx, row))
}

fn store(tx: &Tx, row: &Row) -> Result<(), StoreError> {
    tx.update_operation(&row.operation, row.from)?;
    row.event.as_ref().map_or(Ok(()), |event| tx.append_event(event))
}

fn write(tx: &Tx, transaction: &Transaction) -> Result<(), StoreError> {
    if let Some(ended) = &transaction.ended {
        // The journal tells of every entry what Partner Center answered.
        tx.answered(ended.status, ended.code);
    }
    for row in &transaction.rows {
        store(tx, row)?;
    }
    if let Some(ended) = &transaction.ended {
        tx.close_attempt(ended.operation, ended.number, ended.at, ended.outcome, ended.status, ended.code)?;
    }
    match transaction.rows.last() {
        Some(row) => consequence(tx, &row.operation, &transaction.taken),
        None => Ok(()),
    }
}

fn consequence(tx: &Tx, operation: &Operation, taken: &Taken) -> Result<(), StoreError> {
    let now = operation.updated_at;
    let Some(mut customer) = tx.customers().get(operation.customer_id)? else { return Ok(()) };
    match taken {
        Taken::Nothing => Ok(()),
        Taken::Customer { tenant, domain_prefix, user_name, sealed } => {
            customer.tenant_id = Some(*tenant);
            customer.domain_prefix.clone_from(domain_prefix);
            customer.confirmed_at = Some(now);
            tx.put_customer(&customer)?;
            keep_secret(tx, operation, user_name, sealed.as_ref(), true)
        }
        Taken::Kept { sealed } => keep_secret(tx, operation, "", sealed.as_ref(), false),
        Taken::Agreement(state) => {
            customer.agreement = *state;
            tx.put_customer(&customer)
        }
        Taken::Review(review) => {
            customer.review = *review;
            tx.put_customer(&customer)
        }
        Taken::Prices(lines) => prices(tx, operation, &customer.country, lines),
        Taken::Ordered(orders) => ordered(tx, operation, orders),
        Taken::Record { subscription, partner_id } => {
            crate::reseller::record::stands(tx, *subscription, partner_id.as_deref(), now)
        }
        Taken::Subscription(taken) => crate::subscription::take(tx, taken, operation.id, now),
        Taken::Profile(theirs) => crate::pull::put_profile(tx, customer, theirs, now),
        Taken::Verified(subscriptions) => {
            customer.review = AccountReview::Allowed;
            customer.confirmed_at = Some(now);
            tx.put_customer(&customer)?;
            verified(tx, operation, subscriptions)
        }
    }
}

/// `last_word`: no other answer will come, so without a password there is none.
fn keep_secret(
    tx: &Tx,
    operation: &Operation,
    user_name: &str,
    sealed: Option<&Sealed>,
    last_word: bool,
) -> Result<(), StoreError> {
    tx.touch(Topic::SetupInfo);
    let state = tx.secrets().get(operation.id)?.map(|secret| secret.state);
    match (state, sealed) {
        (Some(SecretState::KeyReady), Some(sealed)) => {
            tx.seal_secret(operation.id, user_name, &sealed.ciphertext, &sealed.nonce, operation.updated_at)
        }
        (Some(SecretState::KeyReady), None) if last_word => {
            tx.set_secret_state(operation.id, SecretState::KeyReady, SecretState::Unavailable)
        }
        // What was sealed first stays: a raw answer kept earlier holds the same password.
        (
            None
            | Some(
                SecretState::KeyReady
                | SecretState::Sealed
                | SecretState::Showing
                | SecretState::Destroying
                | SecretState::Destroyed
                | SecretState::Unavailable,
            ),
            _,
        ) => Ok(()),
    }
}

/// The lines of the order that the operation is about; without those that its checkout refused (S5).
fn approved_lines(tx: &Tx, operation: &Operation) -> Result<Vec<OrderLine>, StoreError> {
    let chain = tx.operations().of_onboarding(operation.onboarding_id)?;
    let order = cb_sync::compare::order_of(&chain, operation);
    Ok(order.map(|order| order.bought().into_iter().cloned().collect()).unwrap_or_default())
}

/// The cart's prices become the book's, so that the person approves what will be asked (N7).
fn prices(tx: &Tx, operation: &Operation, country: &str, asked: &[RemoteLine]) -> Result<(), StoreError> {
    for line in approved_lines(tx, operation)? {
        let Some(total) = asked.iter().find(|one| one.number == line.number).and_then(|one| one.extended_price_minor)
        else {
            continue;
        };
        let each = total / i64::from(line.quantity.max(1));
        for segment in ["commercial", "education", "government", "nonprofit"] {
            let mut offers: Vec<Offer> = tx.offers().of_market(country, segment)?;
            let mut changed = false;
            for plan in offers.iter_mut().filter(|offer| offer.sku == line.sku).flat_map(|offer| &mut offer.plans) {
                if let (true, Some(price)) = (plan.term == line.term && plan.cycle == line.cycle, &line.term_price) {
                    plan.term_price = Some(Money { minor: each, currency: price.currency.clone() });
                    changed = true;
                }
            }
            if changed {
                tx.replace_offers(country, segment, &offers)?;
            }
        }
    }
    Ok(())
}

fn ordered(tx: &Tx, operation: &Operation, orders: &[RemoteOrder]) -> Result<(), StoreError> {
    let mut open: Vec<OrderLine> = approved_lines(tx, operation)?;
    for order in orders {
        for line in &order.lines {
            let Some(at) = open.iter().position(|approved| cb_sync::compare::is_same(approved, line)) else { continue };
            let approved = open.swap_remove(at);
            if let Some(mut wanted) = tx.subscriptions().get(approved.subscription_id)? {
                if operation.state == OperationState::NeedsAttention {
                    // S5: bought, though its order went through in part only.
                    wanted.status = SubscriptionStatus::Pending;
                }
                wanted.order_id = Some(order.id.clone());
                wanted.remote_id.clone_from(&line.subscription_id);
                tx.put_subscription(&wanted)?;
            }
        }
    }
    Ok(())
}

fn verified(tx: &Tx, operation: &Operation, there: &[Subscription]) -> Result<(), StoreError> {
    let chain = tx.operations().of_onboarding(operation.onboarding_id)?;
    let checkout = cb_sync::compare::order_of(&chain, operation).and_then(|order| order.checkout);
    let orders: Vec<&String> = checkout.iter().flat_map(|one| &one.result.order_ids).collect();
    let mut open: Vec<&Subscription> =
        there.iter().filter(|one| one.order_id.as_ref().is_some_and(|order| orders.contains(&order))).collect();
    for line in approved_lines(tx, operation)? {
        let Some(at) = open.iter().position(|one| one.sku == line.sku && one.quantity == line.quantity) else {
            continue;
        };
        let remote = open.swap_remove(at);
        let Some(wanted) = tx.subscriptions().get(line.subscription_id)? else { continue };
        tx.put_subscription(&Subscription {
            id: wanted.id,
            customer_id: wanted.customer_id,
            operation_id: None,
            product_name: wanted.product_name,
            unit_price: remote.unit_price.clone().or(wanted.unit_price),
            reseller_of_record: wanted.reseller_of_record,
            created_at: wanted.created_at,
            confirmed_at: Some(operation.updated_at),
            ..remote.clone()
        })?;
    }
    Ok(())
}
