//! One step of the machine: dispatch by operation, and what is the same for all of them.

use crate::effect::{Change, Consequence, Effect, Event, Facts, Heard, Pause, Progress, Refusal};
use crate::remote::{Call, Outcome};
use crate::transition::{Cause, Forbidden, transition};
use crate::turn::{Turn, attention, held, marks, word};
use crate::wait::{APPROVAL, passed, retry_after};
use crate::{agreement, cart, checkout, contact, customer, profile, record, subscription, upgrade, verify};
use cb_domain::operation::{AttentionReason, EventKind, HoldReason, Operation, OperationPayload, OperationState};
use jiff::Timestamp;

/// Decides what follows from `event` for the operation in `facts`.
///
/// # Errors
/// [`Forbidden`] when the event cannot happen in the operation's state: a defect of the driver.
pub fn step(facts: &Facts, progress: &mut Progress, event: Event) -> Result<Vec<Effect>, Forbidden> {
    let effects = match event {
        Event::Turn => turn(facts, progress),
        Event::Heard { call, outcome } => heard(facts, progress, &call, outcome),
    }?;
    for effect in &effects {
        if let Effect::Save { changes, .. } = effect
            && let Some(last) = changes.last()
        {
            progress.held_since(&last.operation, facts.steady);
        }
    }
    Ok(effects)
}

/// S7: whatever was under way when the app stopped has an unknown outcome. `None` when it was not under way.
#[must_use]
pub fn restart(operation: &Operation, now: Timestamp) -> Option<Change> {
    if operation.state != OperationState::InFlight {
        return None;
    }
    let mut after = operation.clone();
    after.state = transition(operation.state, Cause::Restarted, marks(operation)).ok()?;
    after.ever_unknown = true;
    after.wire_tries = after.wire_tries.saturating_add(1);
    after.not_before = None;
    after.updated_at = now;
    Some(Change {
        cause: Cause::Restarted,
        from: operation.state,
        operation: after,
        entry: Some(EventKind::NoAnswer),
        status: 0,
        code: 0,
        reason: "restarted".to_owned(),
    })
}

/// Something on this machine must be mended before it may be sent: it is on hold for `reason`, and its history says so
/// once.
///
/// # Errors
/// [`Forbidden`] when it is under way.
pub fn postpone(
    operation: &Operation,
    until: Timestamp,
    reason: HoldReason,
    now: Timestamp,
) -> Result<Change, Forbidden> {
    let mut later = operation.clone();
    later.state = transition(operation.state, Cause::Waits, marks(operation))?;
    let entry = (operation.hold != Some(reason)).then_some(EventKind::Held);
    held(&mut later, reason, until, now);
    later.updated_at = now;
    Ok(Change {
        cause: Cause::Waits,
        from: operation.state,
        operation: later,
        entry,
        status: 0,
        code: 0,
        reason: word(reason),
    })
}

fn turn(facts: &Facts, progress: &mut Progress) -> Result<Vec<Effect>, Forbidden> {
    let operation = &facts.operation;
    match operation.state {
        // Whoever asks: nothing of a session that is not released is looked up or sent.
        OperationState::Queued if operation.hold == Some(HoldReason::SessionNotReleased) => Ok(Vec::new()),
        // Reading back what was bought needs no approval.
        OperationState::Queued
            if !matches!(operation.payload, OperationPayload::VerifyOrder)
                && passed(operation.approved_at, APPROVAL, facts.now) =>
        {
            Turn(facts).settle_attention(attention(AttentionReason::ApprovalTooOld, ""))
        }
        OperationState::Queued | OperationState::Unknown => match (&operation.payload, facts.tenant) {
            (OperationPayload::CreateCustomer(payload), _) => customer::turn(facts, progress, payload),
            (OperationPayload::ConfirmAgreement(payload), Some(tenant)) => {
                agreement::turn(facts, progress, payload, tenant)
            }
            (OperationPayload::CreateCart(payload), Some(tenant)) => cart::turn(facts, progress, payload, tenant),
            (OperationPayload::CheckoutCart, Some(tenant)) => checkout::turn(facts, progress, tenant),
            (OperationPayload::VerifyOrder, Some(tenant)) => Ok(verify::turn(facts, progress, tenant)),
            (OperationPayload::UpdateCustomerProfile(_), Some(tenant)) => Ok(profile::turn(tenant)),
            (OperationPayload::SetResellerOfRecord(payload), Some(tenant)) => Ok(record::turn(tenant, payload)),
            (OperationPayload::ChangeSubscription(_), Some(tenant)) => subscription::turn(facts, tenant),
            (OperationPayload::UpgradeSubscription(payload), Some(tenant)) => upgrade::turn(facts, payload, tenant),
            (OperationPayload::SetSupportContact(_), Some(tenant)) => contact::turn(facts, tenant),
            (
                OperationPayload::ConfirmAgreement(_)
                | OperationPayload::CreateCart(_)
                | OperationPayload::CheckoutCart
                | OperationPayload::VerifyOrder
                | OperationPayload::UpdateCustomerProfile(_)
                | OperationPayload::SetResellerOfRecord(_)
                | OperationPayload::ChangeSubscription(_)
                | OperationPayload::UpgradeSubscription(_)
                | OperationPayload::SetSupportContact(_),
                None,
            ) => Ok(Vec::new()),
        },
        OperationState::InFlight
        | OperationState::NeedsAttention
        | OperationState::Confirmed
        | OperationState::Cancelled => Ok(Vec::new()),
    }
}

/// Calls that change something on the server; all others only read.
pub(crate) fn changes_something(call: &Call) -> bool {
    match call {
        Call::CreateCustomer { .. }
        | Call::ConfirmAgreement { .. }
        | Call::CreateCart { .. }
        | Call::CheckoutCart { .. }
        | Call::SetRecord { .. }
        | Call::ChangeSubscription { .. }
        | Call::Upgrade { .. }
        | Call::SetSupportContact { .. }
        | Call::UpdateProfile { .. } => true,
        Call::Probe
        | Call::CheckDomain { .. }
        | Call::CheckAddress { .. }
        | Call::CountryRules { .. }
        | Call::CheckReseller { .. }
        | Call::CheckResellers { .. }
        | Call::ListResellers
        | Call::FindCustomer { .. }
        | Call::AccountReview { .. }
        | Call::ReadProfile { .. }
        | Call::ReadRecord { .. }
        | Call::ReadSubscription { .. }
        | Call::ReadUpgrades { .. }
        | Call::UpgradeTargets { .. }
        | Call::ReadSupportContact { .. }
        | Call::AgreementStatus { .. }
        | Call::ReadCart { .. }
        | Call::ListOrders { .. }
        | Call::ListSubscriptions { .. }
        | Call::ListCustomers
        | Call::CustomerPage { .. }
        | Call::Catalogue { .. } => false,
    }
}

fn heard(facts: &Facts, progress: &mut Progress, call: &Call, outcome: Outcome) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let sent = changes_something(call);
    match outcome {
        Outcome::Done { answer, .. } => {
            if !sent {
                progress.failed_reads = 0;
            }
            dispatch(facts, progress, call, Heard::Answer(answer))
        }
        Outcome::Refused { class, status, code, data } => {
            dispatch(facts, progress, call, Heard::Refused(Refusal { class, status, code, data }))
        }
        Outcome::Unknown if sent => turn.no_answer(Consequence::Nothing),
        Outcome::Unknown => turn.read_failed(progress),
        Outcome::NotSent => turn.rest(sent, Cause::NotSent, Pause::Offline),
        Outcome::Throttled { retry_after: told } => {
            turn.rest(sent, Cause::Throttled, Pause::Throttled(retry_after(told)))
        }
        Outcome::SignIn => turn.rest(sent, Cause::SignInRefused, Pause::SignIn),
        Outcome::MfaNeeded => turn.rest(sent, Cause::SignInRefused, Pause::Mfa),
    }
}

fn dispatch(facts: &Facts, progress: &mut Progress, call: &Call, heard: Heard) -> Result<Vec<Effect>, Forbidden> {
    match (&facts.operation.payload, facts.tenant) {
        (OperationPayload::CreateCustomer(payload), _) => customer::heard(facts, progress, payload, call, heard),
        (OperationPayload::ConfirmAgreement(payload), Some(tenant)) => {
            agreement::heard(facts, progress, payload, tenant, call, heard)
        }
        (OperationPayload::CreateCart(payload), Some(tenant)) => {
            cart::heard(facts, progress, payload, tenant, call, heard)
        }
        (OperationPayload::CheckoutCart, Some(tenant)) => checkout::heard(facts, progress, tenant, call, heard),
        (OperationPayload::VerifyOrder, Some(tenant)) => verify::heard(facts, progress, tenant, call, heard),
        (OperationPayload::UpdateCustomerProfile(payload), Some(tenant)) => {
            profile::heard(facts, progress, payload, tenant, call, heard)
        }
        (OperationPayload::SetResellerOfRecord(payload), Some(tenant)) => {
            record::heard(facts, progress, payload, tenant, call, heard)
        }
        (OperationPayload::ChangeSubscription(payload), Some(tenant)) => {
            subscription::heard(facts, progress, payload, tenant, call, heard)
        }
        (OperationPayload::UpgradeSubscription(payload), Some(tenant)) => {
            upgrade::heard(facts, progress, payload, tenant, call, heard)
        }
        (OperationPayload::SetSupportContact(payload), Some(tenant)) => {
            contact::heard(facts, progress, payload, tenant, call, heard)
        }
        (
            OperationPayload::ConfirmAgreement(_)
            | OperationPayload::CreateCart(_)
            | OperationPayload::CheckoutCart
            | OperationPayload::VerifyOrder
            | OperationPayload::UpdateCustomerProfile(_)
            | OperationPayload::SetResellerOfRecord(_)
            | OperationPayload::ChangeSubscription(_)
            | OperationPayload::UpgradeSubscription(_)
            | OperationPayload::SetSupportContact(_),
            None,
        ) => Err(Forbidden { from: facts.operation.state, cause: Cause::Proven }),
    }
}
