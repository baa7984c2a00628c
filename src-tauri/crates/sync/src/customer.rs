//! `create_customer`: checks before sending, the secret answer, and S10 after an unknown outcome.

use crate::effect::{Consequence, Effect, Facts, Heard, Progress, Refusal, Secret};
use crate::remote::{Answer, Call, CreatedCustomer, FoundCustomer, RefusalClass};
use crate::transition::{Cause, Forbidden};
use crate::triage::{Verdict, is_domain_taken, judge};
use crate::turn::{Turn, attention};
use crate::wait::{ABSENT_AGAIN, RECHECK_HOLD, WIRE_TRIES, after, backoff, left, passed};
use cb_domain::operation::{
    Attention, AttentionReason, CreateCustomer, EventKind, Found, HoldReason, OperationKind, OperationState,
};
use cb_domain::reseller::Fitness;
use uuid::Uuid;

/// Field of the wanted prefix.
const PREFIX_FIELD: &str = "customer.domainPrefix";

/// Its turn.
pub(crate) fn turn(facts: &Facts, progress: &Progress, payload: &CreateCustomer) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let operation = &facts.operation;
    let Some(prefix) = prefix(facts, payload) else {
        return turn.settle_attention(attention(AttentionReason::DomainTaken, PREFIX_FIELD));
    };
    let create = || Call::CreateCustomer { payload: Box::new(payload.clone()), prefix_index: operation.prefix_index };
    if operation.state == OperationState::Unknown {
        let spent = progress.refused || operation.wire_tries >= WIRE_TRIES;
        if progress.looked_up && !spent {
            return turn.send(create());
        }
        // Two absent lookups only count with a minute between them, however much the person hurries.
        if let Some(since) = progress.absent_since.filter(|since| !passed(*since, ABSENT_AGAIN, facts.steady)) {
            return turn.wait(after(facts.now, left(since, ABSENT_AGAIN, facts.steady)), None, "");
        }
        return Ok(vec![Effect::LookUp { call: Call::FindCustomer { domain_prefix: prefix } }]);
    }
    let call = if !progress.reseller_fit {
        Call::CheckReseller { tenant: payload.reseller_tenant, partner_id: facts.reseller_partner_id.clone() }
    } else if progress.free_prefix != Some(operation.prefix_index) {
        Call::CheckDomain { prefix }
    } else if !progress.address_known {
        Call::CheckAddress { payload: Box::new(payload.clone()) }
    } else {
        return turn.send(create());
    };
    Ok(vec![Effect::LookUp { call }])
}

/// An answer.
pub(crate) fn heard(
    facts: &Facts,
    progress: &mut Progress,
    payload: &CreateCustomer,
    call: &Call,
    heard: Heard,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match heard {
        Heard::Answer(Answer::ResellerFitness(fitness)) => match fitness {
            // Unknown means that nobody could tell: the server decides at the order.
            Fitness::Fit | Fitness::Unknown => {
                progress.reseller_fit = true;
                self::turn(facts, progress, payload)
            }
            Fitness::AgreementNotSigned | Fitness::PartnerIdNotValid | Fitness::Suspended => {
                turn.hold(HoldReason::ResellerNotFit, RECHECK_HOLD)
            }
        },
        Heard::Answer(Answer::DomainFree(true)) => {
            progress.free_prefix = Some(facts.operation.prefix_index);
            self::turn(facts, progress, payload)
        }
        // Asked before it was sent, heard after: what it says of the domain may be our own doing.
        Heard::Answer(Answer::DomainFree(_)) if facts.operation.state != OperationState::Queued => {
            turn.no_sense(progress, call)
        }
        // An earlier revision may have made the customer after all: that one is ours, not taken by others (S10).
        Heard::Answer(Answer::DomainFree(false)) if facts.operation.revision > 1 => Ok(find(facts, payload)),
        Heard::Answer(Answer::DomainFree(false)) => next_prefix(facts, payload),
        Heard::Answer(Answer::Address { accepted: true, .. }) => {
            progress.address_known = true;
            self::turn(facts, progress, payload)
        }
        Heard::Answer(Answer::Address { accepted: false, .. }) => {
            turn.settle_attention(attention(AttentionReason::Address, "customer.addressLine1"))
        }
        Heard::Answer(Answer::Created(created)) => made(facts, payload, *created),
        Heard::Answer(Answer::Customers(found)) if facts.operation.state != OperationState::Unknown => {
            match ours(facts, payload, &found) {
                Some(one) => adopt(facts, one),
                None => next_prefix(facts, payload),
            }
        }
        Heard::Answer(Answer::Customers(found)) => looked_up(facts, progress, payload, &found),
        Heard::Refused(refusal) if matches!(call, Call::CreateCustomer { .. }) => {
            refused(facts, progress, payload, &refusal)
        }
        Heard::Refused(refusal) => match judge(OperationKind::CreateCustomer, &refusal) {
            Verdict::Hold(reason) => turn.hold(reason, RECHECK_HOLD),
            Verdict::Attention(found) => turn.read_refused(progress, &refusal, found),
        },
        Heard::Answer(_) => turn.no_sense(progress, call),
    }
}

fn prefix(facts: &Facts, payload: &CreateCustomer) -> Option<String> {
    usize::try_from(facts.operation.prefix_index).ok().and_then(|at| payload.prefixes.get(at)).cloned()
}

fn has_fallback(facts: &Facts, payload: &CreateCustomer) -> bool {
    usize::try_from(facts.operation.prefix_index).is_ok_and(|at| at.saturating_add(1) < payload.prefixes.len())
}

fn next_prefix(facts: &Facts, payload: &CreateCustomer) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    if !has_fallback(facts, payload) {
        return turn.settle_attention(attention(AttentionReason::DomainTaken, PREFIX_FIELD));
    }
    if facts.operation.state == OperationState::InFlight {
        return fall_back(facts, attention(AttentionReason::DomainTaken, PREFIX_FIELD));
    }
    let change =
        turn.change(&facts.operation, Cause::Waits, Some(EventKind::LookedUp), "domain_taken", |operation| {
            operation.prefix_index = operation.prefix_index.saturating_add(1);
            operation.not_before = None;
        })?;
    Ok(vec![Effect::Save { changes: vec![change], consequence: Consequence::Nothing }])
}

fn made(facts: &Facts, payload: &CreateCustomer, created: CreatedCustomer) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let CreatedCustomer { tenant, domain_prefix, user_name, password, unreadable } = created;
    let domain_prefix =
        if domain_prefix.is_empty() { prefix(facts, payload).unwrap_or_default() } else { domain_prefix };
    let secret = match (password, unreadable) {
        (Some(password), _) => Secret::Seal(password),
        (None, Some(raw)) if tenant.0 == Uuid::nil() => {
            // A good status with a body nobody can read: kept sealed (C2), and the outcome stays unknown.
            return turn.no_answer(Consequence::AnswerKept { secret: raw });
        }
        (None, Some(raw)) => Secret::Seal(raw),
        (None, None) if tenant.0 == Uuid::nil() => return turn.no_answer(Consequence::Nothing),
        (None, None) => Secret::Unavailable,
    };
    turn.confirm(
        EventKind::Confirmed,
        Consequence::CustomerMade { tenant, domain_prefix: domain_prefix.clone(), user_name, secret },
        |result| {
            result.tenant_id = Some(tenant);
            result.domain_prefix = Some(domain_prefix);
        },
    )
}

fn refused(
    facts: &Facts,
    progress: &mut Progress,
    payload: &CreateCustomer,
    refusal: &Refusal,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    if refusal.class == RefusalClass::Busy && !is_domain_taken(refusal) {
        return turn.busy(refusal);
    }
    if facts.operation.ever_unknown {
        // S10: never reported as taken by others; only lookups settle it now.
        progress.refused = true;
        progress.refused_domain = is_domain_taken(refusal);
        progress.absent_since = None;
        return turn.refused_unknown(refusal);
    }
    if is_domain_taken(refusal) && facts.operation.revision > 1 {
        return Ok(find(facts, payload));
    }
    if is_domain_taken(refusal) && has_fallback(facts, payload) {
        return fall_back(facts, refusal.attention(AttentionReason::DomainTaken, PREFIX_FIELD));
    }
    match judge(OperationKind::CreateCustomer, refusal) {
        Verdict::Hold(reason) => turn.hold_refused(reason, RECHECK_HOLD, refusal),
        Verdict::Attention(found) => turn.settle_attention(found),
    }
}

/// The person approved the fallback with the order: a correction made beforehand.
fn fall_back(facts: &Facts, found: Attention) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let first = turn.attention_change(&facts.operation, Cause::Refused, found, Some(EventKind::Answered))?;
    let second = turn.change(&first.operation, Cause::Corrected, None, "domain_taken", |operation| {
        crate::person::renew(operation, facts.fresh_key);
        operation.prefix_index = operation.prefix_index.saturating_add(1);
    })?;
    Ok(vec![Effect::Save { changes: vec![first, second], consequence: Consequence::Nothing }])
}

fn find(facts: &Facts, payload: &CreateCustomer) -> Vec<Effect> {
    let domain_prefix = prefix(facts, payload).unwrap_or_default();
    vec![Effect::LookUp { call: Call::FindCustomer { domain_prefix } }]
}

/// The customer that we have made, by domain and by name.
fn ours<'a>(facts: &Facts, payload: &CreateCustomer, found: &'a [FoundCustomer]) -> Option<&'a FoundCustomer> {
    let wanted = prefix(facts, payload).unwrap_or_default();
    found
        .iter()
        .filter(|one| one.domain_prefix.eq_ignore_ascii_case(&wanted))
        .find(|one| same_name(&one.company_name, &payload.company_name))
}

/// Taken over from a lookup, without a password.
fn adopt(facts: &Facts, ours: &FoundCustomer) -> Result<Vec<Effect>, Forbidden> {
    let (tenant, domain_prefix) = (ours.tenant, ours.domain_prefix.clone());
    let secret = Secret::Unavailable;
    let user_name = String::new();
    Turn(facts).confirm(
        EventKind::Adopted,
        Consequence::CustomerMade { tenant, domain_prefix: domain_prefix.clone(), user_name, secret },
        |result| {
            result.tenant_id = Some(tenant);
            result.domain_prefix = Some(domain_prefix);
        },
    )
}

fn looked_up(
    facts: &Facts,
    progress: &mut Progress,
    payload: &CreateCustomer,
    found: &[FoundCustomer],
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let first_look = !progress.looked_up;
    progress.looked_up = true;
    let spent = progress.refused || facts.operation.wire_tries >= WIRE_TRIES;
    if first_look && !spent {
        // For information only: the repeat under the same key is what brings the password (S10).
        return self::turn(facts, progress, payload);
    }
    let wanted = prefix(facts, payload).unwrap_or_default();
    let holders: Vec<&FoundCustomer> =
        found.iter().filter(|one| one.domain_prefix.eq_ignore_ascii_case(&wanted)).collect();
    if let Some(one) = ours(facts, payload, found) {
        return adopt(facts, one);
    }
    let reason = if progress.refused_domain || !holders.is_empty() {
        AttentionReason::DomainTakenOrHalfCreated
    } else {
        AttentionReason::OutcomeUnknown
    };
    let absent_twice = progress.absent_since.is_some_and(|since| passed(since, ABSENT_AGAIN, facts.steady));
    if !holders.is_empty() || absent_twice {
        let field = if reason == AttentionReason::OutcomeUnknown { "" } else { PREFIX_FIELD };
        progress.absent_since = None;
        let there = holders
            .iter()
            .map(|one| Found {
                id: one.tenant.to_string(),
                name: one.company_name.clone(),
                at: None,
                lines: Vec::new(),
                same: false,
            })
            .collect();
        return turn.unsettled_with(reason, field, |result| result.found = there);
    }
    progress.absent_since.get_or_insert(facts.steady);
    let again = after(facts.now, ABSENT_AGAIN.max(backoff(0, facts.random)));
    turn.wait(again, Some(EventKind::LookedUp), "absent")
}

fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
