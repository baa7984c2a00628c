//! `confirm_agreement`: attested by call, or accepted by the customer and seen by polling.

use crate::effect::{Consequence, Effect, Facts, Heard, Progress};
use crate::remote::{Answer, Call, RefusalClass};
use crate::transition::{Cause, Forbidden};
use crate::triage::{Verdict, judge};
use crate::turn::{Turn, attention};
use crate::wait::{ABSENT_AGAIN, RECHECK_AGREEMENT, RECHECK_HOLD, WIRE_TRIES, backoff, left, passed};
use cb_domain::customer::AgreementState;
use cb_domain::ids::TenantId;
use cb_domain::operation::{AttentionReason, ConfirmAgreement, EventKind, HoldReason, OperationKind, OperationState};

/// Its turn.
pub(crate) fn turn(
    facts: &Facts,
    progress: &Progress,
    payload: &ConfirmAgreement,
    tenant: TenantId,
) -> Result<Vec<Effect>, Forbidden> {
    let by_customer = payload.agreed_on.is_none();
    let unknown = facts.operation.state == OperationState::Unknown;
    let spent = progress.refused || facts.operation.wire_tries >= WIRE_TRIES;
    if by_customer || (unknown && (!progress.looked_up || spent)) {
        return Ok(vec![Effect::LookUp { call: Call::AgreementStatus { tenant } }]);
    }
    Turn(facts).send(Call::ConfirmAgreement { tenant, payload: payload.clone() })
}

/// An answer.
pub(crate) fn heard(
    facts: &Facts,
    progress: &mut Progress,
    payload: &ConfirmAgreement,
    tenant: TenantId,
    call: &Call,
    heard: Heard,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match heard {
        Heard::Answer(Answer::AgreementConfirmed) => {
            turn.confirm(EventKind::Confirmed, Consequence::Agreement(AgreementState::Attested), |_| ())
        }
        Heard::Answer(Answer::Agreement { attested, signed_by_customer }) if attested || signed_by_customer => {
            let state = if attested { AgreementState::Attested } else { AgreementState::SignedByCustomer };
            turn.confirm(EventKind::Confirmed, Consequence::Agreement(state), |_| ())
        }
        Heard::Answer(Answer::Agreement { .. }) => not_there(facts, progress, payload, tenant),
        Heard::Refused(refusal) if matches!(call, Call::ConfirmAgreement { .. }) => {
            if refusal.class == RefusalClass::DoneAlready {
                // 600061: someone has attested it, perhaps we: the list of agreements settles it.
                progress.refused = true;
                return Ok(vec![Effect::LookUp { call: Call::AgreementStatus { tenant } }]);
            }
            if refusal.class == RefusalClass::Busy {
                return turn.busy(&refusal);
            }
            if facts.operation.ever_unknown {
                progress.refused = true;
                return turn.refused_unknown(&refusal);
            }
            turn.write_refused(OperationKind::ConfirmAgreement, &refusal)
        }
        Heard::Refused(refusal) => match judge(OperationKind::ConfirmAgreement, &refusal) {
            Verdict::Hold(HoldReason::TenantBeingMade) if facts.operation.state == OperationState::Queued => {
                turn.tenant_being_made(None)
            }
            Verdict::Hold(_) => turn.wait(crate::wait::after(facts.now, RECHECK_HOLD), None, ""),
            Verdict::Attention(found) => turn.read_refused(progress, &refusal, found),
        },
        Heard::Answer(_) => turn.no_sense(progress, call),
    }
}

fn not_there(
    facts: &Facts,
    progress: &mut Progress,
    payload: &ConfirmAgreement,
    tenant: TenantId,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match facts.operation.state {
        OperationState::InFlight => {
            // Refused as a duplicate, yet not in the list: two statements that contradict each other.
            if facts.operation.ever_unknown {
                return turn.no_answer(Consequence::Nothing);
            }
            turn.settle_attention(attention(AttentionReason::Unexpected, ""))
        }
        OperationState::Unknown => {
            progress.looked_up = true;
            let spent = progress.refused || facts.operation.wire_tries >= WIRE_TRIES;
            if !spent {
                return self::turn(facts, progress, payload, tenant);
            }
            let since = *progress.absent_since.get_or_insert(facts.steady);
            if passed(since, ABSENT_AGAIN, facts.steady) {
                progress.absent_since = None;
                return turn.unsettled(AttentionReason::OutcomeUnknown, "");
            }
            let wait = left(since, ABSENT_AGAIN, facts.steady).max(backoff(1, facts.random));
            turn.wait(crate::wait::after(facts.now, wait), Some(EventKind::LookedUp), "absent")
        }
        OperationState::Queued => turn.hold(HoldReason::AgreementOpen, RECHECK_AGREEMENT),
        OperationState::NeedsAttention | OperationState::Confirmed | OperationState::Cancelled => {
            Err(Forbidden { from: facts.operation.state, cause: Cause::Waits })
        }
    }
}
