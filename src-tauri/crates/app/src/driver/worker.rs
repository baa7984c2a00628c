//! The task: whose turn, run it, wait. Waits use the monotonic clock (N3).

use super::status::Status;
use super::{Shared, facts, restored, save, steady, turn};
use crate::error::{AppError, AppResult};
use cb_domain::ids::OperationId;
use cb_domain::operation::OperationState;
use cb_store::StoreError;
use cb_sync::queue::Choice;
use cb_sync::remote::{Answer, Call, Outcome};
use cb_sync::{Alarms, Pause, Pick, Progress, pick, wait};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// After the book could not be read or written.
const TROUBLE: Duration = Duration::from_secs(5);
/// Before looking again at an operation that changed under way.
const MOMENT: Duration = Duration::from_millis(100);

/// Runs until told to stop.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut learnt: HashMap<OperationId, Progress> = HashMap::new();
    let mut alarms = Alarms::default();
    while !shared.status(|status| status.stopping) {
        match once(&shared, &mut learnt, &mut alarms).await {
            Ok(Next::Again) => {}
            Ok(Next::After(duration)) => pause(&shared, Some(duration)).await,
            Ok(Next::WhenWoken) => pause(&shared, None).await,
            Err(error) => {
                tracing::error!(%error, "the outbox could not go on");
                pause(&shared, Some(TROUBLE)).await;
            }
        }
    }
}

enum Next {
    Again,
    After(Duration),
    WhenWoken,
}

async fn pause(shared: &Shared, wait: Option<Duration>) {
    match wait {
        Some(wait) => {
            tokio::select! {
                () = shared.wake.notified() => {}
                () = shared.host.clock.sleep(wait) => {}
            }
        }
        None => shared.wake.notified().await,
    }
}

async fn once(shared: &Shared, learnt: &mut HashMap<OperationId, Progress>, alarms: &mut Alarms) -> AppResult<Next> {
    let (work_offline, probe_now) = shared.status(|status| (status.queue.work_offline, status.probe_now));
    if !work_offline && probe_now {
        probe(shared).await;
        return Ok(Next::Again);
    }
    if shared.status(|status| status.cannot_save.is_some()) && !save::disk_is_back(shared).await? {
        return Ok(Next::After(TROUBLE));
    }
    let mut snapshot = facts::snapshot(shared).await?;
    // One request at a time, and none is under way here: whose answer could not be saved, nobody waits for any more (P5).
    let left: Vec<_> = snapshot.open.iter().filter(|one| one.state == OperationState::InFlight).collect();
    for operation in &left {
        save::settle(shared, operation.id).await?;
    }
    if !left.is_empty() {
        return Ok(Next::Again);
    }
    let attended = restored::attend(shared, &snapshot.open).await?;
    if attended.looked {
        return Ok(Next::Again);
    }
    let now = shared.host.clock.now();
    let (mut queue, hurried) = shared.status(|status| {
        if std::mem::take(&mut status.hurry_all) {
            status.hurried.extend(snapshot.open.iter().map(|operation| operation.id));
        }
        for id in status.forget.drain() {
            learnt.remove(&id);
        }
        (status.queue.clone(), status.hurried.clone())
    });
    queue.held = attended.held;
    alarms.align(&mut snapshot.open, &mut queue, now, steady(shared));
    let choice = Choice { open: &snapshot.open, closed: &snapshot.closed, made: &snapshot.made, hurried: &hurried };
    match pick(choice, &queue, now) {
        Pick::Operation(id) => {
            shared.status(|status| {
                status.hurried.remove(&id);
                status.sending = Some(id);
            });
            shared.publish_connection();
            let progress = learnt.entry(id).or_default();
            let done = turn::run(shared, id, progress).await;
            shared.status(|status| status.sending = None);
            if done.is_err() {
                // An answer that could not be saved is one that was not heard: P5 wants it tried again.
                save::settle(shared, id).await?;
            }
            match done {
                // The person was faster and changed the operation: look again.
                Err(AppError::Store(StoreError::Stale)) => Ok(Next::After(MOMENT)),
                done => done.map(|()| Next::Again),
            }
        }
        Pick::Wait(duration) => {
            rested(shared);
            Ok(Next::After(attended.wake.map_or(duration, |wake| wake.min(duration))))
        }
        Pick::Idle => {
            learnt.retain(|id, _| snapshot.open.iter().any(|operation| operation.id == *id));
            rested(shared);
            if queue.offline && !queue.work_offline {
                return Ok(Next::After(probe_wait(shared)));
            }
            tracing::debug!(open = snapshot.waiting(), "the outbox rests");
            Ok(attended.wake.map_or(Next::WhenWoken, Next::After))
        }
    }
}

/// Nothing is being sent: the pill counts anew next time.
fn rested(shared: &Shared) {
    let was_busy = shared.status(|status| std::mem::take(&mut status.done_in_batch) > 0);
    if was_busy {
        shared.publish_connection();
    }
}

/// Until the next probe, which is then due.
fn probe_wait(shared: &Shared) -> Duration {
    let mut bytes = [0_u8; 8];
    shared.host.random.fill(&mut bytes);
    shared.status(|status| {
        status.probe_now = true;
        // At least a second: full jitter may say "at once", which would be a busy loop without a network.
        wait::backoff(status.failed_probes, u64::from_le_bytes(bytes)).max(Duration::from_secs(1))
    })
}

/// Is there a Partner Center to talk to (N5)?
async fn probe(shared: &Shared) {
    let before = shared.status(|status| (status.queue.offline, status.queue.sign_in, status.last_contact_at.is_some()));
    // Taken before it is asked: who wants another look meanwhile gets one.
    shared.status(|status| status.probe_now = false);
    let (outcome, _) = turn::ask(shared, &Call::Probe, None).await;
    match outcome {
        Outcome::Done { answer: Answer::Alive, .. } => shared.status(Status::let_in),
        Outcome::Done { .. } | Outcome::Refused { .. } => {}
        Outcome::NotSent | Outcome::Unknown => shared.status(|status| {
            status.queue.offline = true;
            status.failed_probes = status.failed_probes.saturating_add(1);
        }),
        Outcome::Throttled { retry_after } => turn::rest(shared, Pause::Throttled(wait::retry_after(retry_after))),
        Outcome::SignIn | Outcome::MfaNeeded => turn::rest(shared, Pause::SignIn),
    }
    let after = shared.status(|status| (status.queue.offline, status.queue.sign_in, status.last_contact_at.is_some()));
    if before != after {
        shared.publish_connection();
    }
}
