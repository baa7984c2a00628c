//! Looks up customers and orders for a restored book before anything of it is sent (D8). It is the worker that asks, so
//! that there is one request at a time.

use super::save::{self, Transaction};
use super::{Shared, seal, turn};
use crate::backup::quarantine;
use crate::error::AppResult;
use cb_domain::ids::{CustomerId, OnboardingId, TenantId};
use cb_domain::operation::{Operation, SecretState};
use cb_store::{Db, SealedSecret, StoreError};
use cb_sync::remote::{Answer, Call, Outcome};
use cb_sync::restore::{self, Case, Decision, Next, Quarantine, Seen};
use cb_sync::{Change, Consequence, Pause};
use jiff::Timestamp;
use std::collections::HashSet;
use std::time::Duration;

/// After a lookup without an answer.
const AGAIN: Duration = Duration::from_secs(5);
/// Questions for one onboarding: its prefixes, then its orders.
const MOST: usize = 8;

/// What the worker must know of the quarantine.
#[derive(Debug, Default)]
pub(super) struct Attended {
    /// Onboardings that rest.
    pub(super) held: HashSet<OnboardingId>,
    /// Look again then at the latest.
    pub(super) wake: Option<Duration>,
    /// Something was looked up: begin anew.
    pub(super) looked: bool,
}

/// Looks one onboarding up if one is due.
pub(super) async fn attend(shared: &Shared, open: &[Operation]) -> AppResult<Attended> {
    let now = shared.host.clock.now();
    let Some(found) = shared.book.read(quarantine::read).await? else { return Ok(Attended::default()) };
    let held: HashSet<OnboardingId> =
        open.iter().map(|operation| operation.onboarding_id).filter(|id| found.holds(*id, now)).collect();
    if found.held.is_empty() && found.is_over(now) {
        keep(shared, now, |_| ()).await?;
        return Ok(Attended::default());
    }
    let rests = shared.status(|status| status.must_rest() || status.queue.offline || status.queue.sign_in);
    let mut wake = until(found.until(), now);
    if let Some(next) = found.next_look(now).and_then(|at| until(at, now)) {
        wake = Some(wake.map_or(next, |known| known.min(next)));
    }
    let Some(onboarding) = found.due(now).filter(|_| !rests) else {
        return Ok(Attended { held, wake, looked: false });
    };
    let decision = found.held.iter().find(|one| one.onboarding == onboarding).and_then(|one| one.decision);
    match look(shared, onboarding, decision).await? {
        Some(seen) => {
            let at = shared.host.clock.now();
            keep(shared, at, move |quarantine| note(quarantine, onboarding, seen, decision, at)).await?;
            Ok(Attended { held, wake: None, looked: true })
        }
        None => Ok(Attended { held, wake: Some(AGAIN), looked: false }),
    }
}

fn until(at: Timestamp, now: Timestamp) -> Option<Duration> {
    Duration::try_from(at.duration_since(now)).ok().filter(|wait| !wait.is_zero())
}

/// `Harmless` after a take-over says that nothing is left to buy: it is released.
fn note(quarantine: &mut Quarantine, id: OnboardingId, seen: Seen, decision: Option<Decision>, at: Timestamp) {
    if decision == Some(Decision::TakeOver) && seen == Seen::Harmless {
        quarantine.release(id);
        return;
    }
    for one in quarantine.held.iter_mut().filter(|one| one.onboarding == id) {
        one.seen = seen.clone();
        one.looked_at = Some(at);
        one.decision = None;
    }
}

async fn keep(shared: &Shared, now: Timestamp, act: impl FnOnce(&mut Quarantine) + Send + 'static) -> AppResult<()> {
    let written = shared
        .book
        .write(move |tx| match quarantine::read(tx)? {
            Some(mut found) => {
                act(&mut found);
                quarantine::write(tx, &found, now)
            }
            None => Ok(()),
        })
        .await?;
    shared.publish(written.topics);
    Ok(())
}

/// What the book knows of one onboarding.
struct Known {
    chain: Vec<Operation>,
    customer: CustomerId,
    tenant: Option<TenantId>,
    orders: Vec<String>,
}

fn facts_of(db: &Db, id: OnboardingId) -> Result<Option<Known>, StoreError> {
    let mut chain = db.operations().of_onboarding(id)?;
    chain.sort_by_key(|one| one.sequence);
    let Some(customer) = chain.first().map(|one| one.customer_id) else { return Ok(None) };
    let tenant = db.customers().get(customer)?.and_then(|one| one.tenant_id);
    let own: Vec<&String> = chain.iter().flat_map(|one| &one.result.order_ids).collect();
    let others = db.operations().of_customer(customer)?.into_iter().filter(|one| one.onboarding_id != id);
    let mut orders: Vec<String> = others.flat_map(|one| one.result.order_ids).collect();
    let bought = db.subscriptions().of_customer(customer)?.into_iter().filter_map(|one| one.order_id);
    orders.extend(bought.filter(|order| !own.contains(&order)));
    Ok(Some(Known { chain, customer, tenant, orders }))
}

/// Asks until it is known what is there; `None` when no answer came.
async fn look(shared: &Shared, id: OnboardingId, decision: Option<Decision>) -> AppResult<Option<Seen>> {
    for asked in 0..MOST {
        let Some(known) = shared.book.read(move |db| facts_of(db, id)).await? else {
            return Ok(Some(Seen::Harmless));
        };
        let case = Case {
            chain: &known.chain,
            tenant: known.tenant,
            known_orders: &known.orders,
            now: shared.host.clock.now(),
        };
        let call = match restore::next(case, asked) {
            Next::Known(seen) => return Ok(Some(seen)),
            Next::Ask(call) => call,
        };
        let (outcome, correlation) = turn::ask(shared, &call, None).await;
        match outcome {
            Outcome::Done { answer: Answer::Customers(found), .. } => {
                if let Ok(Some((change, made))) = restore::customer_found(case, &found) {
                    adopt(shared, known.customer, change, made, correlation).await?;
                }
            }
            Outcome::Done { answer: Answer::Orders(orders), .. } => {
                if decision != Some(Decision::TakeOver) {
                    return Ok(Some(restore::orders_seen(case, &orders)));
                }
                let taken = restore::take_over(case, &orders).unwrap_or_default();
                if taken.is_empty() {
                    return Ok(Some(restore::orders_seen(case, &orders)));
                }
                settle(shared, taken, correlation).await?;
            }
            other @ (Outcome::Done { .. }
            | Outcome::NotSent
            | Outcome::Unknown
            | Outcome::Throttled { .. }
            | Outcome::SignIn
            | Outcome::MfaNeeded
            | Outcome::Refused { .. }) => {
                rest(shared, &call, &other);
                return Ok(None);
            }
        }
    }
    Ok(None)
}

/// No network or sign-in holds the queue as it does for any other request.
fn rest(shared: &Shared, call: &Call, outcome: &Outcome) {
    tracing::info!(?outcome, "a lookup after a restore brought no answer");
    match outcome {
        Outcome::NotSent => turn::rest(shared, Pause::Offline),
        Outcome::Throttled { retry_after } => {
            turn::rest(shared, Pause::Throttled(cb_sync::wait::retry_after(*retry_after)));
        }
        Outcome::SignIn | Outcome::MfaNeeded => turn::rest(shared, Pause::SignIn),
        Outcome::Done { .. } | Outcome::Unknown | Outcome::Refused { .. } => {
            tracing::debug!(?call, "asked");
        }
    }
}

/// The customer is there: taken over, without its password, which only its first answer had.
async fn adopt(
    shared: &Shared,
    customer: CustomerId,
    change: Change,
    made: Consequence,
    correlation: cb_domain::ids::CorrelationId,
) -> AppResult<()> {
    let operation = change.operation.clone();
    let taken = save::take(shared, &operation, made, None);
    let rows = save::rows(vec![change], Some(correlation));
    let now = shared.host.clock.now();
    shared
        .book
        .write(move |tx| {
            if tx.secrets().get(operation.id)?.is_some() {
                return Ok(());
            }
            tx.put_secret(&SealedSecret {
                operation_id: operation.id,
                onboarding_id: operation.onboarding_id,
                customer_id: customer,
                state: SecretState::KeyReady,
                user_name: String::new(),
                ciphertext: None,
                nonce: None,
                key_name: seal::key_name(operation.id),
                since: now,
            })
        })
        .await?;
    save::save(shared, Transaction { rows, taken, ended: None }).await
}

/// Cart and checkout in one transaction.
async fn settle(
    shared: &Shared,
    taken: Vec<(Change, Consequence)>,
    correlation: cb_domain::ids::CorrelationId,
) -> AppResult<()> {
    let mut changes = Vec::new();
    let mut last = Consequence::Nothing;
    for (change, consequence) in taken {
        changes.push(change);
        last = consequence;
    }
    let Some(operation) = changes.last().map(|change| change.operation.clone()) else { return Ok(()) };
    let taken = save::take(shared, &operation, last, None);
    let rows = save::rows(changes, Some(correlation));
    save::save(shared, Transaction { rows, taken, ended: None }).await
}
