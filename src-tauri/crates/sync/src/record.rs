//! `set_reseller_of_record`: the subscription is read before it is changed. What was changed there since the person
//! looked is for the person to decide. Setting it twice is the same as once, so an unknown outcome is settled by
//! reading and, at need, sending again.

use crate::effect::{Consequence, Effect, Facts, Heard, Progress};
use crate::remote::{Answer, Call};
use crate::transition::Forbidden;
use crate::turn::{Turn, attention};
use crate::wait::WIRE_TRIES;
use cb_domain::ids::TenantId;
use cb_domain::operation::{AttentionReason, EventKind, OperationKind, OperationState};
use cb_domain::record::SetResellerOfRecord;

/// Its turn: read first, whatever happened before.
pub(crate) fn turn(tenant: TenantId, payload: &SetResellerOfRecord) -> Vec<Effect> {
    vec![Effect::LookUp { call: Call::ReadRecord { tenant, subscription: payload.remote_id.clone() } }]
}

/// An answer.
pub(crate) fn heard(
    facts: &Facts,
    progress: &mut Progress,
    payload: &SetResellerOfRecord,
    tenant: TenantId,
    call: &Call,
    heard: Heard,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match heard {
        Heard::Answer(Answer::Record(theirs)) => match theirs.as_deref() {
            // Carried out now, by an earlier try, or by somebody who wanted the same.
            Some(theirs) if theirs == payload.partner_id => turn.confirm(
                EventKind::Confirmed,
                Consequence::Record { subscription: payload.subscription_id, partner_id: Some(theirs.to_owned()) },
                |_| (),
            ),
            _ if matches!(call, Call::SetRecord { .. }) => turn.no_answer(Consequence::Nothing),
            _ => compare(facts, payload, tenant, theirs),
        },
        Heard::Refused(refusal) if matches!(call, Call::SetRecord { .. }) => {
            turn.change_refused(OperationKind::SetResellerOfRecord, &refusal, || Ok(self::turn(tenant, payload)))
        }
        Heard::Refused(refusal) => turn.lookup_refused(OperationKind::SetResellerOfRecord, progress, &refusal),
        Heard::Answer(_) => turn.no_sense(progress, call),
    }
}

fn compare(
    facts: &Facts,
    payload: &SetResellerOfRecord,
    tenant: TenantId,
    theirs: Option<String>,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let word = theirs.clone().unwrap_or_default();
    let shown = facts.operation.result.record_shown.as_ref() == Some(&word);
    if theirs != payload.base && !shown {
        // Somebody named another one since: the person decides, and is not asked about the same one twice.
        let found = attention(AttentionReason::RecordChanged, "");
        let consequence = Consequence::Record { subscription: payload.subscription_id, partner_id: theirs };
        return turn.settle_definite_with(found, consequence, |result| result.record_shown = Some(word));
    }
    match facts.operation.state {
        OperationState::Unknown if facts.operation.wire_tries >= WIRE_TRIES => {
            turn.unsettled(AttentionReason::OutcomeUnknown, "")
        }
        OperationState::InFlight => turn.no_answer(Consequence::Nothing),
        OperationState::Queued
        | OperationState::Unknown
        | OperationState::NeedsAttention
        | OperationState::Confirmed
        | OperationState::Cancelled => turn.send(Call::SetRecord {
            tenant,
            subscription: payload.remote_id.clone(),
            partner_id: payload.partner_id.clone(),
        }),
    }
}
