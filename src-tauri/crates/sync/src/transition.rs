//! The one place that says which state follows which (S11). The store repeats it as triggers.

use cb_domain::operation::{AttentionReason, HoldReason, Operation, OperationKind, OperationState};

/// What happened to an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// It is about to be sent; or a check before sending has settled it.
    Begun,
    /// A good answer, a repeated answer or a lookup proves it.
    Proven,
    /// Provably nothing left this machine.
    NotSent,
    /// The token was refused (401).
    SignInRefused,
    /// Asked to wait (429, 503 with Retry-After).
    Throttled,
    /// A definite no that passes by itself: under review, reseller not fit, tenant still being made (N8).
    Held,
    /// It may or may not have taken effect.
    NoAnswer,
    /// The server is at work on an earlier request for the same thing (409).
    Busy,
    /// A definite no.
    Refused,
    /// The app started or woke up (S7).
    Restarted,
    /// Tries are spent or evidence contradicts, lookups found nothing.
    Unsettled,
    /// The person corrected it, approved it again, or gave their word: new revision, new key.
    Corrected,
    /// The person asks to look again.
    CheckAgain,
    /// The person says that an order found is not theirs: from here on it is looked up, and not sent.
    Disowned,
    /// The person cancels it.
    Cancelled,
    /// Nothing but its waiting time, hold or lookup changed.
    Waits,
    /// The person released its onboarding session.
    SessionReleased,
}

/// What else decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// An outcome under this key was unknown once.
    pub ever_unknown: bool,
    /// Needs attention with an outcome not known for sure.
    pub ambiguous: bool,
    /// The person's word suffices all the same: lookups found nothing (S3, S10), or a repeat costs nothing.
    pub word_suffices: bool,
    /// Its onboarding session is not released: until then it may be corrected or cancelled, and nothing else.
    pub session_holds: bool,
    /// The person said of an order found that it is not theirs: only look-ups from then on.
    pub disowned: bool,
}

impl Marks {
    /// What decides besides the state of this operation.
    #[must_use]
    pub fn of(operation: &Operation) -> Self {
        let found = operation.attention.as_ref();
        Self {
            ever_unknown: operation.ever_unknown,
            ambiguous: found.is_some_and(|found| found.ambiguous),
            word_suffices: found.is_some_and(|found| word_suffices(operation, found.reason)),
            session_holds: operation.hold == Some(HoldReason::SessionNotReleased),
            disowned: !operation.result.disowned.is_empty(),
        }
    }
}

/// A second tenant or a second purchase would cost somebody something, so these need absent lookups first; the
/// three reasons are the ones that follow from such lookups. An order found is no absent one: it is named as ours, or
/// disowned, first.
fn word_suffices(operation: &Operation, reason: AttentionReason) -> bool {
    let kind = operation.payload.kind();
    if kind == OperationKind::CheckoutCart && !operation.result.found.is_empty() {
        return false;
    }
    let after_lookups = matches!(
        reason,
        AttentionReason::OutcomeUnknown | AttentionReason::OrderMayExist | AttentionReason::DomainTakenOrHalfCreated
    );
    let twice_is_two = matches!(
        kind,
        OperationKind::CreateCustomer | OperationKind::CheckoutCart | OperationKind::UpgradeSubscription
    );
    after_lookups || !twice_is_two
}

/// This cause cannot happen to an operation in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{cause:?} cannot follow {from:?}")]
pub struct Forbidden {
    /// State before.
    pub from: OperationState,
    /// What was to happen.
    pub cause: Cause,
}

/// The state after `cause`.
///
/// # Errors
/// [`Forbidden`] when section 3 has no such line.
pub fn transition(from: OperationState, cause: Cause, marks: Marks) -> Result<OperationState, Forbidden> {
    use OperationState as S;
    let to = match from {
        S::Queued => match cause {
            Cause::Begun => (!marks.session_holds).then_some(S::InFlight),
            Cause::Cancelled => Some(S::Cancelled),
            Cause::Waits => (!marks.session_holds).then_some(S::Queued),
            // It was never sent: it may become another one until the session is released.
            Cause::SessionReleased | Cause::Corrected => marks.session_holds.then_some(S::Queued),
            Cause::Proven
            | Cause::NotSent
            | Cause::SignInRefused
            | Cause::Throttled
            | Cause::Held
            | Cause::NoAnswer
            | Cause::Busy
            | Cause::Refused
            | Cause::Restarted
            | Cause::Unsettled
            | Cause::CheckAgain
            | Cause::Disowned => None,
        },
        S::InFlight => match cause {
            Cause::Proven => Some(S::Confirmed),
            // After an unknown outcome under the same key nothing short of proof makes it known again.
            Cause::NotSent | Cause::SignInRefused | Cause::Throttled | Cause::Held => {
                Some(if marks.ever_unknown { S::Unknown } else { S::Queued })
            }
            Cause::Refused => Some(if marks.ever_unknown { S::Unknown } else { S::NeedsAttention }),
            Cause::NoAnswer | Cause::Busy | Cause::Restarted => Some(S::Unknown),
            Cause::Begun
            | Cause::Unsettled
            | Cause::Corrected
            | Cause::CheckAgain
            | Cause::Disowned
            | Cause::Cancelled
            | Cause::Waits
            | Cause::SessionReleased => None,
        },
        S::Unknown => match cause {
            Cause::Begun => (!marks.disowned).then_some(S::InFlight),
            Cause::Proven => Some(S::Confirmed),
            Cause::Unsettled => Some(S::NeedsAttention),
            Cause::Waits => Some(S::Unknown),
            Cause::NotSent
            | Cause::SignInRefused
            | Cause::Throttled
            | Cause::Held
            | Cause::NoAnswer
            | Cause::Busy
            | Cause::Refused
            | Cause::Restarted
            | Cause::Corrected
            | Cause::CheckAgain
            | Cause::Disowned
            | Cause::Cancelled
            | Cause::SessionReleased => None,
        },
        S::NeedsAttention => match cause {
            Cause::Corrected => (!marks.ambiguous || marks.word_suffices).then_some(S::Queued),
            Cause::CheckAgain => Some(S::Unknown),
            Cause::Disowned => marks.ambiguous.then_some(S::Unknown),
            Cause::Proven => Some(S::Confirmed),
            Cause::Cancelled => (!marks.ambiguous).then_some(S::Cancelled),
            Cause::Begun
            | Cause::NotSent
            | Cause::SignInRefused
            | Cause::Throttled
            | Cause::Held
            | Cause::NoAnswer
            | Cause::Busy
            | Cause::Refused
            | Cause::Restarted
            | Cause::Unsettled
            | Cause::Waits
            | Cause::SessionReleased => None,
        },
        S::Confirmed | S::Cancelled => None,
    };
    to.ok_or(Forbidden { from, cause })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Cause as C;
    use OperationState as S;

    const STATES: [S; 6] = [S::Queued, S::InFlight, S::Unknown, S::NeedsAttention, S::Confirmed, S::Cancelled];
    const AMBIGUOUS: Marks =
        Marks { ever_unknown: true, ambiguous: true, word_suffices: false, session_holds: false, disowned: false };
    const CAUSES: [C; 17] = [
        C::Begun,
        C::Proven,
        C::NotSent,
        C::SignInRefused,
        C::Throttled,
        C::Held,
        C::NoAnswer,
        C::Busy,
        C::Refused,
        C::Restarted,
        C::Unsettled,
        C::Corrected,
        C::CheckAgain,
        C::Disowned,
        C::Cancelled,
        C::Waits,
        C::SessionReleased,
    ];

    /// Every allowed line of section 3; whatever is not here must be refused.
    fn table(from: S, cause: C, marks: Marks) -> Option<S> {
        let known = !marks.ever_unknown;
        let free = !marks.session_holds;
        [
            (S::Queued, C::Begun, free, S::InFlight),
            (S::Queued, C::Cancelled, true, S::Cancelled),
            (S::Queued, C::Waits, free, S::Queued),
            (S::Queued, C::SessionReleased, !free, S::Queued),
            (S::Queued, C::Corrected, !free, S::Queued),
            (S::InFlight, C::Proven, true, S::Confirmed),
            (S::InFlight, C::NotSent, known, S::Queued),
            (S::InFlight, C::NotSent, !known, S::Unknown),
            (S::InFlight, C::SignInRefused, known, S::Queued),
            (S::InFlight, C::SignInRefused, !known, S::Unknown),
            (S::InFlight, C::Throttled, known, S::Queued),
            (S::InFlight, C::Throttled, !known, S::Unknown),
            (S::InFlight, C::Held, known, S::Queued),
            (S::InFlight, C::Held, !known, S::Unknown),
            (S::InFlight, C::NoAnswer, true, S::Unknown),
            (S::InFlight, C::Busy, true, S::Unknown),
            (S::InFlight, C::Restarted, true, S::Unknown),
            (S::InFlight, C::Refused, known, S::NeedsAttention),
            (S::InFlight, C::Refused, !known, S::Unknown),
            (S::Unknown, C::Begun, !marks.disowned, S::InFlight),
            (S::Unknown, C::Proven, true, S::Confirmed),
            (S::Unknown, C::Unsettled, true, S::NeedsAttention),
            (S::Unknown, C::Waits, true, S::Unknown),
            (S::NeedsAttention, C::Corrected, !marks.ambiguous || marks.word_suffices, S::Queued),
            (S::NeedsAttention, C::CheckAgain, true, S::Unknown),
            (S::NeedsAttention, C::Disowned, marks.ambiguous, S::Unknown),
            (S::NeedsAttention, C::Proven, true, S::Confirmed),
            (S::NeedsAttention, C::Cancelled, !marks.ambiguous, S::Cancelled),
        ]
        .into_iter()
        .find(|(f, c, when, _)| *f == from && *c == cause && *when)
        .map(|(.., to)| to)
    }

    #[test]
    fn s11_every_state_and_cause_follows_the_table() {
        for from in STATES {
            for cause in CAUSES {
                for ever_unknown in [false, true] {
                    for (ambiguous, word_suffices) in [(false, false), (true, false), (true, true)] {
                        for (session_holds, disowned) in [(false, false), (true, false), (false, true), (true, true)] {
                            let marks = Marks { ever_unknown, ambiguous, word_suffices, session_holds, disowned };
                            assert_eq!(
                                transition(from, cause, marks).ok(),
                                table(from, cause, marks),
                                "{from:?} {cause:?} {marks:?}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn s9_an_unknown_operation_is_neither_cancelled_nor_corrected() {
        for cause in [C::Cancelled, C::Corrected] {
            assert!(transition(S::Unknown, cause, Marks::default()).is_err());
        }
        assert!(transition(S::NeedsAttention, C::Cancelled, AMBIGUOUS).is_err());
        assert!(
            transition(S::NeedsAttention, C::Corrected, AMBIGUOUS).is_err(),
            "not without absent lookups (S3, S10)"
        );
    }
}
