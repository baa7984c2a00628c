//! S11: the triggers of the book refuse exactly what the machine's function refuses, for every pair of states and every
//! mark that decides.

use super::world::{Truth, submit};
use cb_domain::ids::RequestKey;
use cb_domain::operation::{Attention, AttentionReason, Operation, OperationKind, OperationState};
use cb_sandbox::{Options, Sandbox};
use cb_store::{Book, StoreError};
use cb_sync::transition::{Cause, Marks, transition};
use cb_testkit::Seeded;

use OperationState as S;

const STATES: [S; 6] = [S::Queued, S::InFlight, S::Unknown, S::NeedsAttention, S::Confirmed, S::Cancelled];
const CAUSES: [Cause; 16] = [
    Cause::Begun,
    Cause::Proven,
    Cause::NotSent,
    Cause::SignInRefused,
    Cause::Throttled,
    Cause::Held,
    Cause::NoAnswer,
    Cause::Busy,
    Cause::Refused,
    Cause::Restarted,
    Cause::Unsettled,
    Cause::Corrected,
    Cause::CheckAgain,
    Cause::Disowned,
    Cause::Cancelled,
    Cause::Waits,
];
/// One that lookups lead to, and one that they don't.
const REASONS: [AttentionReason; 2] = [AttentionReason::OrderMayExist, AttentionReason::Permission];

/// What the machine may make of `before`: the state, and whether its attention is then ambiguous.
fn machine_allows(before: &Operation, to: S, ambiguous: bool) -> bool {
    CAUSES.into_iter().any(|cause| {
        transition(before.state, cause, Marks::of(before)) == Ok(to)
            && (to != S::NeedsAttention || ambiguous == (cause == Cause::Unsettled))
    })
}

fn attention(reason: AttentionReason, ambiguous: bool) -> Attention {
    Attention { reason, ambiguous, field: String::new(), status: 0, code: 0 }
}

fn after(before: &Operation, to: S, found: Attention, random: &mut Seeded) -> Operation {
    let mut next = before.clone();
    next.state = to;
    next.ever_unknown |= to == S::Unknown;
    next.attention = (to == S::NeedsAttention).then_some(found);
    if before.state == S::NeedsAttention && to == S::Queued {
        next.revision += 1;
        next.request_key = RequestKey(random.uuid());
        next.ever_unknown = false;
    }
    next
}

async fn write(book: &Book, next: Operation, from: S) -> Result<(), StoreError> {
    book.write(move |tx| tx.update_operation(&next, from)).await.map(|_| ())
}

/// Leads a queued operation to a state by legal steps.
fn way(to: S, unknown: bool) -> &'static [S] {
    match (to, unknown) {
        (S::Queued, _) => &[],
        (S::InFlight, false) => &[S::InFlight],
        (S::InFlight, true) => &[S::InFlight, S::Unknown, S::InFlight],
        (S::Unknown, _) => &[S::InFlight, S::Unknown],
        (S::NeedsAttention, false) => &[S::InFlight, S::NeedsAttention],
        (S::NeedsAttention, true) => &[S::InFlight, S::Unknown, S::NeedsAttention],
        (S::Confirmed, _) => &[S::InFlight, S::Confirmed],
        (S::Cancelled, _) => &[S::Cancelled],
    }
}

#[tokio::test]
async fn s11_the_triggers_refuse_exactly_what_the_machine_refuses() {
    let place = super::world::folder();
    let ordered = Truth::of(&Sandbox::open(place.path(), Options::default()).unwrap()).order().await;
    let mut random = Seeded::new(11);
    let mut compared = 0;
    for from in STATES {
        for kind in [OperationKind::CreateCustomer, OperationKind::CreateCart, OperationKind::CheckoutCart] {
            for (unknown, reason, to) in STATES
                .into_iter()
                .flat_map(|to| [false, true].map(|unknown| (unknown, to)))
                .flat_map(|(unknown, to)| REASONS.map(|reason| (unknown, reason, to)))
            {
                for ambiguous in [false, true] {
                    let book = Book::in_memory().unwrap();
                    submit(&book, &ordered, 1, 0, jiff::Timestamp::now()).await;
                    let all = super::world::operations(&book).await;
                    let mut before = all.into_iter().find(|one| one.payload.kind() == kind).unwrap();
                    for step in way(from, unknown) {
                        let next = after(&before, *step, attention(reason, before.state == S::Unknown), &mut random);
                        write(&book, next.clone(), before.state).await.unwrap();
                        before = next;
                    }
                    let next = after(&before, to, attention(reason, ambiguous), &mut random);
                    let written = write(&book, next, from).await;
                    let wanted = machine_allows(&before, to, ambiguous);
                    assert_eq!(written.is_ok(), wanted, "{kind:?} {from:?} to {to:?}: {before:?} {written:?}");
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 6 * 3 * 6 * 2 * 2 * 2);
}
