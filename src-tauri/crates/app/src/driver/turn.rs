//! One operation's turn: runs the machine's effects until it wants nothing more for now.

use super::save::{self, Ended, Transaction};
use super::{Shared, facts, seal};
use crate::error::AppResult;
use cb_domain::ids::{CorrelationId, OperationId, RequestKey};
use cb_domain::operation::{HoldReason, OperationKind, OperationState};
use cb_sync::remote::{Call, Outcome, RequestIds};
use cb_sync::{Effect, Event, Pause, Progress, step};
use std::time::Duration;

/// Between two tries to write a key.
const KEYCHAIN_AGAIN: Duration = Duration::from_secs(60);

/// Runs one turn.
///
/// # Errors
/// When the book can't be read or written.
pub(super) async fn run(shared: &Shared, id: OperationId, progress: &mut Progress) -> AppResult<()> {
    let mut event = Event::Turn;
    let mut sent: Option<Ended> = None;
    let mut correlation_id: Option<CorrelationId> = None;
    let mut key: Option<seal::SealKey> = None;
    loop {
        let Some(facts) = facts::facts(shared, id, progress).await? else { return Ok(()) };
        let effects = match step(&facts, progress, event) {
            Ok(effects) => effects,
            Err(forbidden) => {
                tracing::error!(%forbidden, operation = %id, "the machine refused its own event");
                return Ok(());
            }
        };
        // *Work offline* and *pause* hold from the next request on; only what is under way is brought to its end.
        let asks = effects.iter().any(|effect| matches!(effect, Effect::Send { .. } | Effect::LookUp { .. }));
        if asks && facts.operation.state != OperationState::InFlight && shared.status(|status| status.must_rest()) {
            return Ok(());
        }
        let mut next = None;
        for effect in effects {
            match effect {
                Effect::LookUp { call } => {
                    let (outcome, correlation) = ask(shared, &call, None).await;
                    correlation_id = Some(correlation);
                    next = Some(Event::Heard { call, outcome });
                }
                Effect::Send { call, begin } => {
                    if facts.operation.payload.kind() == OperationKind::CreateCustomer {
                        match seal::ready_key(&shared.host, id).await {
                            Ok(ready) => key = Some(ready),
                            Err(_) => return keychain_missing(shared, &facts).await,
                        }
                    }
                    let correlation = CorrelationId(shared.host.random.request_id());
                    let request_key = begin.operation.request_key;
                    let number = save::begin(shared, begin, correlation).await?;
                    let (outcome, correlation) = ask(shared, &call, Some((request_key, correlation))).await;
                    correlation_id = Some(correlation);
                    sent = Some(ended(shared, id, number, &outcome));
                    next = Some(Event::Heard { call, outcome });
                }
                Effect::Save { changes, consequence } => {
                    let Some(last) = changes.last() else { continue };
                    let operation = last.operation.clone();
                    let taken = save::take(shared, &operation, consequence, key.as_ref());
                    let rows = save::rows(changes, correlation_id);
                    if operation.state == OperationState::NeedsAttention {
                        // Before the screens hear of it: what they then ask for has to know of this look.
                        shared.status(|status| status.looked.insert(id, facts.steady));
                    }
                    save::save(shared, Transaction { rows, taken, ended: sent.take() }).await?;
                    if operation.state == OperationState::Queued && operation.not_before.is_some() {
                        progress.forget_checks();
                    }
                    if operation.state == OperationState::Confirmed {
                        shared.status(|status| status.done_in_batch = status.done_in_batch.saturating_add(1));
                    }
                }
                Effect::PauseQueue(pause) => {
                    progress.forget_checks();
                    rest(shared, pause);
                }
            }
        }
        match next {
            Some(heard) => event = heard,
            None => return Ok(()),
        }
    }
}

/// Sends one request. Reads get a key of their own.
pub(super) async fn ask(
    shared: &Shared,
    call: &Call,
    ids: Option<(RequestKey, CorrelationId)>,
) -> (Outcome, CorrelationId) {
    let (request_key, correlation_id) = ids.unwrap_or_else(|| {
        let random = &shared.host.random;
        (RequestKey(random.request_id()), CorrelationId(random.request_id()))
    });
    shared.status(super::status::Status::asks);
    let outcome = shared.remote.send(call, RequestIds { request_key, correlation_id }).await;
    let now = shared.host.clock.now();
    match &outcome {
        Outcome::Done { server_date, .. } => heard(shared, now, *server_date),
        Outcome::Refused { .. } | Outcome::Throttled { .. } | Outcome::SignIn | Outcome::MfaNeeded => {
            heard(shared, now, None);
        }
        Outcome::NotSent | Outcome::Unknown => {}
    }
    (outcome, correlation_id)
}

/// Lets the whole queue rest.
pub(super) fn rest(shared: &Shared, pause: Pause) {
    let now = shared.host.clock.now();
    shared.status(|status| match pause {
        Pause::Offline => {
            status.queue.offline = true;
            status.probe_now = false;
        }
        Pause::Throttled(wait) => status.queue.throttled_until = Some(cb_sync::wait::after(now, wait)),
        Pause::SignIn | Pause::Mfa => status.not_let_in(),
    });
    shared.publish_connection();
}

fn ended(shared: &Shared, operation: OperationId, number: u32, outcome: &Outcome) -> Ended {
    let (word, status, code) = match outcome {
        Outcome::Done { .. } => ("done", 200, 0),
        Outcome::NotSent => ("not_sent", 0, 0),
        Outcome::Unknown => ("unknown", 0, 0),
        Outcome::Throttled { .. } => ("throttled", 429, 0),
        Outcome::SignIn => ("sign_in", 401, 0),
        Outcome::MfaNeeded => ("mfa", 401, 900_421),
        Outcome::Refused { status, code, .. } => ("refused", *status, *code),
    };
    Ended { operation, number, at: shared.host.clock.now(), outcome: word, status, code }
}

/// C1: without a key in the keychain nothing is sent; it is on hold, visibly, and tried again.
async fn keychain_missing(shared: &Shared, facts: &cb_sync::Facts) -> AppResult<()> {
    let until = cb_sync::wait::after(facts.now, KEYCHAIN_AGAIN);
    if let Ok(change) = cb_sync::postpone(&facts.operation, until, HoldReason::KeychainMissing, facts.now) {
        let rows = save::rows(vec![change], None);
        save::save(shared, Transaction { rows, taken: save::Taken::Nothing, ended: None }).await?;
    }
    Ok(())
}

/// Partner Center answered; who waits for the network is told when it is back.
fn heard(shared: &Shared, now: jiff::Timestamp, server_date: Option<jiff::Timestamp>) {
    if shared.status(|status| status.heard(now, server_date)) {
        shared.came_back.notify_one();
    }
}
