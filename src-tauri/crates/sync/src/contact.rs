//! `set_support_contact` on an older subscription: full replacement, compared before it is written.

use crate::effect::{Consequence, Effect, Facts, Heard, Progress};
use crate::remote::{Answer, Call, RemoteContact};
use crate::transition::Forbidden;
use crate::turn::{Turn, attention};
use crate::wait::WIRE_TRIES;
use cb_domain::change::SetSupportContact;
use cb_domain::ids::TenantId;
use cb_domain::operation::{AttentionReason, ContactThere, EventKind, OperationKind, OperationState};

/// Its turn: read first, whatever happened before.
pub(crate) fn turn(facts: &Facts, tenant: TenantId) -> Result<Vec<Effect>, Forbidden> {
    match &facts.subscription {
        Some(subscription) => {
            Ok(vec![Effect::LookUp { call: Call::ReadSupportContact { tenant, subscription: subscription.clone() } }])
        }
        None => Turn(facts).tenant_being_made(None),
    }
}

/// An answer.
pub(crate) fn heard(
    facts: &Facts,
    progress: &mut Progress,
    payload: &SetSupportContact,
    tenant: TenantId,
    call: &Call,
    heard: Heard,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let sent = matches!(call, Call::SetSupportContact { .. });
    match heard {
        Heard::Answer(Answer::SupportContact(theirs)) if is_wanted(payload, &theirs) => turn.confirm(
            EventKind::Confirmed,
            Consequence::SupportContact { subscription: payload.subscription_id, contact: payload.contact },
            |_| (),
        ),
        Heard::Answer(Answer::SupportContact(_)) if sent => turn.no_answer(Consequence::Nothing),
        Heard::Answer(Answer::SupportContact(theirs)) => compare(facts, payload, tenant, call, theirs),
        Heard::Refused(refusal) if sent => {
            turn.change_refused(OperationKind::SetSupportContact, &refusal, || self::turn(facts, tenant))
        }
        Heard::Refused(refusal) => turn.lookup_refused(OperationKind::SetSupportContact, progress, &refusal),
        Heard::Answer(_) => turn.no_sense(progress, call),
    }
}

/// The provider is told by being none of the resellers: its own ids are not the book's to know.
fn is_wanted(payload: &SetSupportContact, theirs: &RemoteContact) -> bool {
    if payload.contact.is_none() {
        return theirs.is_provider;
    }
    !theirs.is_provider && theirs.partner_id == payload.partner_id
}

fn compare(
    facts: &Facts,
    payload: &SetSupportContact,
    tenant: TenantId,
    call: &Call,
    theirs: RemoteContact,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let shown = facts.operation.result.record_shown.as_ref() == Some(&theirs.partner_id);
    // As with the wanted one: an empty number is the provider, whose own nobody here knows.
    let is_base = |base: &String| {
        if base.is_empty() { theirs.is_provider } else { !theirs.is_provider && *base == theirs.partner_id }
    };
    // Nobody has looked before the first one that is set from here: then it is what stands there by itself, or a choice
    // that the person has not seen.
    let by_itself = || theirs.is_provider || payload.defaults.contains(&theirs.partner_id);
    let is_known = payload.base.as_ref().map_or_else(by_itself, is_base);
    if !is_known && !shown {
        // Somebody named another one: the person decides, and is not asked about the same one twice.
        let found = attention(AttentionReason::ContactChanged, "");
        return turn.settle_definite_with(found, Consequence::Nothing, |result| {
            result.record_shown = Some(theirs.partner_id.clone());
            result.contact = Some(ContactThere {
                partner_id: theirs.partner_id,
                name: theirs.name,
                is_provider: theirs.is_provider,
            });
        });
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
        | OperationState::Cancelled => {
            let Call::ReadSupportContact { subscription, .. } = call else {
                return turn.no_answer(Consequence::Nothing);
            };
            let contact = RemoteContact {
                is_provider: payload.contact.is_none(),
                tenant: payload.tenant.clone(),
                partner_id: payload.partner_id.clone(),
                name: payload.name.clone(),
            };
            turn.send(Call::SetSupportContact { tenant, subscription: subscription.clone(), contact })
        }
    }
}
