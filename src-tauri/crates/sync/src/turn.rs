//! What all operations have in common: the changes and effects that one turn may end in.

use crate::effect::{Change, Consequence, Effect, Facts, Pause, Progress, Refusal};
use crate::remote::{Call, RefusalClass};
use crate::step::changes_something;
use crate::transition::{Cause, Forbidden, Marks, transition};
use crate::triage::{Verdict, judge};
use crate::wait::{RECHECK_HOLD, RECHECK_TENANT, TENANT_PATIENCE, WIRE_TRIES, after, backoff, passed};
use cb_domain::operation::{
    Attention, AttentionReason, EventKind, HoldReason, Operation, OperationKind, OperationResult, OperationState,
};
use jiff::Timestamp;
use std::time::Duration;

/// What decides besides the state.
pub(crate) fn marks(operation: &Operation) -> Marks {
    Marks::of(operation)
}

/// An attention without an answer behind it.
pub(crate) fn attention(reason: AttentionReason, field: &str) -> Attention {
    Attention { reason, ambiguous: false, field: field.to_owned(), status: 0, code: 0 }
}

/// The word of an enum as history and tables write it.
#[must_use]
pub(crate) fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

/// Makes the effects of one operation's turn.
pub(crate) struct Turn<'a>(pub(crate) &'a Facts);

impl Turn<'_> {
    /// A change by `cause`, with the operation after it.
    pub(crate) fn change(
        &self,
        before: &Operation,
        cause: Cause,
        entry: Option<EventKind>,
        reason: &str,
        edit: impl FnOnce(&mut Operation),
    ) -> Result<Change, Forbidden> {
        let mut operation = before.clone();
        operation.state = transition(before.state, cause, marks(before))?;
        operation.updated_at = self.0.now;
        edit(&mut operation);
        Ok(Change { cause, from: before.state, operation, entry, status: 0, code: 0, reason: reason.to_owned() })
    }

    /// A change into *needs attention*.
    pub(crate) fn attention_change(
        &self,
        before: &Operation,
        cause: Cause,
        found: Attention,
        entry: Option<EventKind>,
    ) -> Result<Change, Forbidden> {
        // Ambiguous is what comes out of *unknown*, and nothing else (section 3).
        let found = Attention { ambiguous: cause == Cause::Unsettled, ..found };
        let (status, code, reason) = (found.status, found.code, word(found.reason));
        let change = self.change(before, cause, entry, &reason, |operation| {
            rest(operation);
            operation.attention = Some(found);
        })?;
        Ok(Change { status, code, ..change })
    }

    /// Sends, with the operation in flight from the moment of the commit (S6).
    pub(crate) fn send(&self, call: Call) -> Result<Vec<Effect>, Forbidden> {
        let begin = self.change(&self.0.operation, Cause::Begun, Some(EventKind::Sent), "", rest)?;
        Ok(vec![Effect::Send { call, begin }])
    }

    /// Stays as it is until `until`.
    pub(crate) fn wait(
        &self,
        until: Timestamp,
        entry: Option<EventKind>,
        reason: &str,
    ) -> Result<Vec<Effect>, Forbidden> {
        if self.0.operation.state == OperationState::InFlight {
            return self.no_answer(Consequence::Nothing);
        }
        let change = self.change(&self.0.operation, Cause::Waits, entry, reason, |operation| {
            operation.not_before = Some(until);
        })?;
        Ok(save(vec![change], Consequence::Nothing))
    }

    /// Proven, whatever state it was in. What was never sent passes through *in flight* in the same transaction.
    pub(crate) fn confirm(
        &self,
        entry: EventKind,
        consequence: Consequence,
        edit: impl FnOnce(&mut OperationResult),
    ) -> Result<Vec<Effect>, Forbidden> {
        let (mut changes, before) = self.begun()?;
        changes.push(self.change(&before, Cause::Proven, Some(entry), "", |operation| {
            rest(operation);
            operation.attention = None;
            edit(&mut operation.result);
        })?);
        Ok(save(changes, consequence))
    }

    /// A person is needed.
    pub(crate) fn settle_attention(&self, found: Attention) -> Result<Vec<Effect>, Forbidden> {
        self.settle(Cause::Refused, found, Consequence::Nothing)
    }

    /// A person is needed, and the book learns something.
    pub(crate) fn settle(
        &self,
        cause: Cause,
        found: Attention,
        consequence: Consequence,
    ) -> Result<Vec<Effect>, Forbidden> {
        if self.0.operation.state == OperationState::Unknown {
            return self.unsettled(found.reason, &found.field);
        }
        let (mut changes, before) = self.begun()?;
        changes.push(self.attention_change(&before, cause, found, Some(EventKind::NeedsAttention))?);
        Ok(save(changes, consequence))
    }

    /// A definite good answer that still needs a person; definite also after an unknown outcome.
    pub(crate) fn settle_definite(&self, found: Attention, consequence: Consequence) -> Result<Vec<Effect>, Forbidden> {
        self.settle_definite_with(found, consequence, |_| ())
    }

    /// As [`Self::settle_definite`], keeping what the answer brought.
    pub(crate) fn settle_definite_with(
        &self,
        found: Attention,
        consequence: Consequence,
        edit: impl FnOnce(&mut OperationResult),
    ) -> Result<Vec<Effect>, Forbidden> {
        let (mut changes, mut before) = self.begun()?;
        let mut cause = Cause::Refused;
        if before.state == OperationState::Unknown {
            cause = Cause::Unsettled;
        } else if before.ever_unknown {
            // What an earlier try under this key did stays open, so it can't be cancelled as if nothing had been sent.
            let unknown = self.change(&before, Cause::NoAnswer, None, "", |_| ())?;
            before = unknown.operation.clone();
            changes.push(unknown);
            cause = Cause::Unsettled;
        }
        let mut last = self.attention_change(&before, cause, found, Some(EventKind::NeedsAttention))?;
        edit(&mut last.operation.result);
        changes.push(last);
        Ok(save(changes, consequence))
    }

    /// Neither repeat nor lookup settles it: the person is asked (P4).
    pub(crate) fn unsettled(&self, reason: AttentionReason, field: &str) -> Result<Vec<Effect>, Forbidden> {
        self.unsettled_with(reason, field, |_| ())
    }

    /// As [`Self::unsettled`], keeping what was found.
    pub(crate) fn unsettled_with(
        &self,
        reason: AttentionReason,
        field: &str,
        edit: impl FnOnce(&mut OperationResult),
    ) -> Result<Vec<Effect>, Forbidden> {
        let mut changes = Vec::new();
        let mut before = self.0.operation.clone();
        if before.state == OperationState::InFlight {
            let unknown = self.change(&before, Cause::NoAnswer, None, "", |operation| operation.ever_unknown = true)?;
            before = unknown.operation.clone();
            changes.push(unknown);
        }
        let found = attention(reason, field);
        let mut last = self.attention_change(&before, Cause::Unsettled, found, Some(EventKind::NeedsAttention))?;
        edit(&mut last.operation.result);
        changes.push(last);
        Ok(save(changes, Consequence::Nothing))
    }

    /// On hold, visibly, with a time to look again (P5).
    pub(crate) fn hold(&self, reason: HoldReason, recheck: Duration) -> Result<Vec<Effect>, Forbidden> {
        let until = after(self.0.now, recheck);
        if self.0.operation.state != OperationState::Queued {
            return self.wait(until, None, "");
        }
        Ok(save(vec![self.hold_change(reason, until)?], Consequence::Nothing))
    }

    /// The change behind [`Self::hold`].
    pub(crate) fn hold_change(&self, reason: HoldReason, until: Timestamp) -> Result<Change, Forbidden> {
        let news = (self.0.operation.hold != Some(reason)).then_some(EventKind::Held);
        self.change(&self.0.operation, Cause::Waits, news, &word(reason), |operation| {
            held(operation, reason, until, self.0.now)
        })
    }

    /// Refused for a reason that passes by itself: on hold, and a new key, for the answer was definite (S8).
    pub(crate) fn hold_refused(
        &self,
        reason: HoldReason,
        recheck: Duration,
        refusal: &Refusal,
    ) -> Result<Vec<Effect>, Forbidden> {
        if self.0.operation.state != OperationState::InFlight {
            return self.hold(reason, recheck);
        }
        if self.0.operation.ever_unknown {
            return self.refused_unknown(refusal);
        }
        let until = after(self.0.now, recheck);
        let change =
            self.change(&self.0.operation, Cause::Held, Some(EventKind::Held), &word(reason), |operation| {
                held(operation, reason, until, self.0.now);
                operation.request_key = self.0.fresh_key;
                operation.wire_tries = 0;
            })?;
        Ok(save(vec![Change { status: refusal.status, code: refusal.code, ..change }], Consequence::Nothing))
    }

    /// N8: normal for half an hour, then a person should know.
    pub(crate) fn tenant_being_made(&self, refusal: Option<&Refusal>) -> Result<Vec<Effect>, Forbidden> {
        let operation = &self.0.operation;
        let since = self.0.held_since.filter(|_| operation.hold == Some(HoldReason::TenantBeingMade));
        if since.is_some_and(|since| passed(since, TENANT_PATIENCE, self.0.steady)) {
            let found = refusal.map_or_else(
                || attention(AttentionReason::Unexpected, ""),
                |refusal| refusal.attention(AttentionReason::Unexpected, ""),
            );
            return self.settle_attention(found);
        }
        match refusal {
            Some(refusal) => self.hold_refused(HoldReason::TenantBeingMade, RECHECK_TENANT, refusal),
            None => self.hold(HoldReason::TenantBeingMade, RECHECK_TENANT),
        }
    }

    /// It may or may not have taken effect.
    pub(crate) fn no_answer(&self, consequence: Consequence) -> Result<Vec<Effect>, Forbidden> {
        let change = self.change(&self.0.operation, Cause::NoAnswer, Some(EventKind::NoAnswer), "", |operation| {
            self.to_unknown(operation);
        })?;
        Ok(save(vec![change], consequence))
    }

    /// Refused after an unknown outcome: still unknown, now for the lookups.
    pub(crate) fn refused_unknown(&self, refusal: &Refusal) -> Result<Vec<Effect>, Forbidden> {
        self.answered_unknown(Cause::Refused, refusal)
    }

    /// An earlier request for the same thing is at work: wait, same key.
    pub(crate) fn busy(&self, refusal: &Refusal) -> Result<Vec<Effect>, Forbidden> {
        if self.0.operation.state != OperationState::InFlight {
            return self.wait(after(self.0.now, backoff(2, self.0.random)), None, "");
        }
        self.answered_unknown(Cause::Busy, refusal)
    }

    fn answered_unknown(&self, cause: Cause, refusal: &Refusal) -> Result<Vec<Effect>, Forbidden> {
        let change = self.change(&self.0.operation, cause, Some(EventKind::Answered), "", |operation| {
            self.to_unknown(operation);
        })?;
        Ok(save(vec![Change { status: refusal.status, code: refusal.code, ..change }], Consequence::Nothing))
    }

    fn to_unknown(&self, operation: &mut Operation) {
        operation.ever_unknown = true;
        operation.wire_tries = operation.wire_tries.saturating_add(1);
        operation.not_before = Some(after(self.0.now, backoff(operation.wire_tries, self.0.random)));
    }

    /// A change was refused for good: it waits for what passes by itself, or a person is needed (N6, N8).
    pub(crate) fn write_refused(&self, kind: OperationKind, refusal: &Refusal) -> Result<Vec<Effect>, Forbidden> {
        match judge(kind, refusal) {
            Verdict::Hold(HoldReason::TenantBeingMade) => self.tenant_being_made(Some(refusal)),
            Verdict::Hold(reason) => self.hold_refused(reason, RECHECK_HOLD, refusal),
            Verdict::Attention(found) => self.settle_attention(found),
        }
    }

    /// A change that was read before it was written was refused. `again` reads once more: it was changed between our
    /// reading and our writing. Busy waits; after an outcome that nobody knows, a refusal settles nothing (S3).
    pub(crate) fn change_refused(
        &self,
        kind: OperationKind,
        refusal: &Refusal,
        again: impl FnOnce() -> Result<Vec<Effect>, Forbidden>,
    ) -> Result<Vec<Effect>, Forbidden> {
        match refusal.class {
            RefusalClass::Conflict => again(),
            RefusalClass::Busy => self.busy(refusal),
            RefusalClass::DoneAlready
            | RefusalClass::Permission
            | RefusalClass::Fixable
            | RefusalClass::NotFound
            | RefusalClass::Other => {
                if self.0.operation.ever_unknown {
                    self.refused_unknown(refusal)
                } else {
                    self.write_refused(kind, refusal)
                }
            }
        }
    }

    /// The read before a change was refused: nothing was asked to change, so the key stays.
    pub(crate) fn lookup_refused(
        &self,
        kind: OperationKind,
        progress: &mut Progress,
        refusal: &Refusal,
    ) -> Result<Vec<Effect>, Forbidden> {
        match judge(kind, refusal) {
            Verdict::Hold(HoldReason::TenantBeingMade) => self.tenant_being_made(None),
            Verdict::Hold(reason) => self.hold(reason, RECHECK_HOLD),
            Verdict::Attention(found) => self.read_refused(progress, refusal, found),
        }
    }

    /// A read was refused: a right that is missing needs a person at once, anything else after some tries.
    pub(crate) fn read_refused(
        &self,
        progress: &mut Progress,
        refusal: &Refusal,
        found: Attention,
    ) -> Result<Vec<Effect>, Forbidden> {
        let clear = refusal.class == RefusalClass::Permission || found.reason != AttentionReason::Unexpected;
        if clear && self.0.operation.state == OperationState::Queued {
            return self.settle_attention(found);
        }
        if progress.failed_reads >= WIRE_TRIES && self.0.operation.state != OperationState::InFlight {
            return self.settle_attention(found);
        }
        self.read_failed(progress)
    }

    /// A read brought nothing: this chain waits, the others go on (N2).
    pub(crate) fn read_failed(&self, progress: &mut Progress) -> Result<Vec<Effect>, Forbidden> {
        progress.failed_reads = progress.failed_reads.saturating_add(1);
        self.wait(after(self.0.now, backoff(progress.failed_reads, self.0.random)), None, "")
    }

    /// An answer that belongs to another question.
    pub(crate) fn no_sense(&self, progress: &mut Progress, call: &Call) -> Result<Vec<Effect>, Forbidden> {
        if changes_something(call) { self.no_answer(Consequence::Nothing) } else { self.read_failed(progress) }
    }

    /// The whole queue rests; nothing of this operation reached the server.
    pub(crate) fn rest(&self, sent: bool, cause: Cause, pause: Pause) -> Result<Vec<Effect>, Forbidden> {
        let mut effects = Vec::new();
        if sent {
            let entry = if cause == Cause::NotSent { EventKind::NotSent } else { EventKind::Answered };
            let change = self.change(&self.0.operation, cause, Some(entry), &word_of(pause), |_| ())?;
            effects.extend(save(vec![change], Consequence::Nothing));
        } else if self.0.operation.state == OperationState::InFlight {
            effects.extend(self.no_answer(Consequence::Nothing)?);
        }
        effects.push(Effect::PauseQueue(pause));
        Ok(effects)
    }

    /// The step into *in flight* for what is settled without being sent; nothing for what is already under way.
    fn begun(&self) -> Result<(Vec<Change>, Operation), Forbidden> {
        let before = self.0.operation.clone();
        if before.state != OperationState::Queued {
            return Ok((Vec::new(), before));
        }
        let change = self.change(&before, Cause::Begun, None, "", |_| ())?;
        let operation = change.operation.clone();
        Ok((vec![change], operation))
    }
}

fn word_of(pause: Pause) -> String {
    match pause {
        Pause::Offline => "offline",
        Pause::Throttled(_) => "throttled",
        Pause::SignIn | Pause::Mfa => "sign_in",
    }
    .to_owned()
}

/// Clears waiting time and hold.
fn rest(operation: &mut Operation) {
    operation.not_before = None;
    operation.hold = None;
    operation.hold_since = None;
}

pub(crate) fn held(operation: &mut Operation, reason: HoldReason, until: Timestamp, now: Timestamp) {
    if operation.hold != Some(reason) || operation.hold_since.is_none() {
        operation.hold_since = Some(now);
    }
    operation.hold = Some(reason);
    operation.not_before = Some(until);
}

fn save(changes: Vec<Change>, consequence: Consequence) -> Vec<Effect> {
    vec![Effect::Save { changes, consequence }]
}
