//! `update_customer_profile`: the server is read before it is written. What was changed there since the person looked is
//! a difference for the person to decide; nothing is overwritten in silence (N6 conflict, N7).

use crate::effect::{Consequence, Effect, Facts, Heard, Progress};
use crate::remote::{Answer, Call, RemoteProfile};
use crate::transition::Forbidden;
use crate::turn::{Turn, attention};
use crate::wait::WIRE_TRIES;
use cb_domain::ids::TenantId;
use cb_domain::operation::{AttentionReason, EventKind, OperationKind, OperationState};
use cb_domain::profile::{KnownProfile, UpdateCustomerProfile};

/// Its turn: read first, whatever happened before.
pub(crate) fn turn(tenant: TenantId) -> Vec<Effect> {
    vec![Effect::LookUp { call: Call::ReadProfile { tenant } }]
}

/// An answer.
pub(crate) fn heard(
    facts: &Facts,
    progress: &mut Progress,
    payload: &UpdateCustomerProfile,
    tenant: TenantId,
    call: &Call,
    heard: Heard,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match heard {
        Heard::Answer(Answer::Profile(now)) if matches!(call, Call::UpdateProfile { .. }) => {
            turn.confirm(EventKind::Confirmed, Consequence::Profile(*now), |_| ())
        }
        Heard::Answer(Answer::Profile(theirs)) => compare(facts, payload, tenant, *theirs),
        Heard::Refused(refusal) if matches!(call, Call::UpdateProfile { .. }) => {
            turn.change_refused(OperationKind::UpdateCustomerProfile, &refusal, || Ok(self::turn(tenant)))
        }
        Heard::Refused(refusal) => turn.lookup_refused(OperationKind::UpdateCustomerProfile, progress, &refusal),
        Heard::Answer(_) => turn.no_sense(progress, call),
    }
}

fn compare(
    facts: &Facts,
    payload: &UpdateCustomerProfile,
    tenant: TenantId,
    theirs: RemoteProfile,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    if theirs.profile.is_same(&payload.wanted) {
        // Carried out by an earlier try, or somebody wrote the same.
        return turn.confirm(EventKind::Confirmed, Consequence::Profile(theirs), |_| ());
    }
    if !theirs.profile.is_same(&payload.base) {
        let known = KnownProfile {
            id: theirs.id.clone(),
            etag: theirs.etag.clone(),
            read_at: facts.now,
            profile: theirs.profile.clone(),
        };
        let found = attention(AttentionReason::Difference, "");
        return turn.settle_definite_with(found, Consequence::Profile(theirs), |result| result.theirs = Some(known));
    }
    match facts.operation.state {
        OperationState::Unknown if facts.operation.wire_tries >= WIRE_TRIES => {
            turn.unsettled(AttentionReason::OutcomeUnknown, "")
        }
        // Refused as stale, and yet nothing has changed: two statements that contradict each other.
        OperationState::InFlight => turn.no_answer(Consequence::Nothing),
        OperationState::Queued
        | OperationState::Unknown
        | OperationState::NeedsAttention
        | OperationState::Confirmed
        | OperationState::Cancelled => turn.send(Call::UpdateProfile {
            tenant,
            id: theirs.id,
            etag: theirs.etag,
            profile: Box::new(payload.wanted.clone()),
        }),
    }
}
