//! The table of states holds in the database too, for every writer (S2, S8, S9, S11).

use crate::support::*;
use cb_domain::ids::{CustomerId, RequestKey, TenantId};
use cb_domain::operation::{
    Attention, AttentionReason, Found, Onboarding, Operation, OperationPayload, OperationState,
};
use cb_store::{Book, Db, KnownPayloads, StoreError};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use OperationState as S;

const STATES: [S; 6] = [S::Queued, S::InFlight, S::Unknown, S::NeedsAttention, S::Confirmed, S::Cancelled];

/// Section 3, as it reads: may `from` become `to`, after an unknown outcome or not, ambiguous or not?
fn allowed(from: S, to: S, ever_unknown: bool, ambiguous: bool) -> bool {
    match from {
        S::Queued => matches!(to, S::Queued | S::InFlight | S::Cancelled),
        S::InFlight => match to {
            S::Confirmed | S::Unknown => true,
            S::Queued => !ever_unknown,
            S::NeedsAttention => !ever_unknown && !ambiguous,
            S::InFlight | S::Cancelled => false,
        },
        S::Unknown => match to {
            S::Unknown | S::InFlight | S::Confirmed => true,
            S::NeedsAttention => ambiguous,
            S::Queued | S::Cancelled => false,
        },
        S::NeedsAttention => match to {
            S::Unknown | S::Confirmed => true,
            // The reason in these tests is none that follows from lookups.
            S::Queued | S::Cancelled => !ambiguous,
            S::InFlight | S::NeedsAttention => false,
        },
        S::Confirmed | S::Cancelled => false,
    }
}

/// The way that leads to a state, with the marks wanted.
fn way(to: S, ever_unknown: bool) -> Vec<S> {
    match (to, ever_unknown) {
        (S::Queued, _) => vec![],
        (S::InFlight, false) => vec![S::InFlight],
        (S::InFlight, true) => vec![S::InFlight, S::Unknown, S::InFlight],
        (S::Unknown, _) => vec![S::InFlight, S::Unknown],
        (S::NeedsAttention, false) => vec![S::InFlight, S::NeedsAttention],
        (S::NeedsAttention, true) => vec![S::InFlight, S::Unknown, S::NeedsAttention],
        (S::Confirmed, _) => vec![S::InFlight, S::Confirmed],
        (S::Cancelled, _) => vec![S::Cancelled],
    }
}

async fn go(book: &Book, operation: &mut Operation, to: S, ambiguous: bool) -> Result<(), StoreError> {
    let from = operation.state;
    let mut next = operation.clone();
    next.state = to;
    next.ever_unknown |= to == S::Unknown;
    next.attention = (to == S::NeedsAttention).then(|| attention(ambiguous));
    let sent = next.clone();
    book.write(move |tx| tx.update_operation(&sent, from)).await?;
    *operation = next;
    Ok(())
}

fn attention(ambiguous: bool) -> Attention {
    Attention { reason: AttentionReason::Unexpected, ambiguous, field: String::new(), status: 400, code: 1 }
}

#[tokio::test]
async fn s11_every_pair_of_states_follows_the_table() {
    for from in STATES {
        for to in STATES {
            for ever_unknown in [false, true] {
                for ambiguous in [false, true] {
                    let book = book();
                    let mut operation = with_operation(&book).await;
                    // Ambiguous is what comes out of *unknown*.
                    if from == S::NeedsAttention && ambiguous != ever_unknown {
                        continue;
                    }
                    for step in way(from, ever_unknown) {
                        go(&book, &mut operation, step, ambiguous).await.unwrap();
                    }
                    let marked = operation.ever_unknown;
                    let went = go(&book, &mut operation, to, ambiguous).await;
                    let wanted = allowed(from, to, marked, ambiguous);
                    assert_eq!(went.is_ok(), wanted, "{from:?} to {to:?}, unknown {marked}, ambiguous {ambiguous}");
                    if let Err(error) = went {
                        assert!(matches!(error, StoreError::NotAllowed(_)), "{error:?}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn an_operation_begins_queued() {
    let book = book();
    let first = with_operation(&book).await;
    let submit = onboarding(first.customer_id);
    let mut begun = operation(&submit, 2, OperationPayload::VerifyOrder);
    begun.state = S::Confirmed;
    let refused = book
        .write(move |tx| {
            tx.insert_onboarding(&submit)?;
            tx.insert_operation(&begun)
        })
        .await;
    assert!(matches!(refused, Err(StoreError::NotAllowed(_))), "{refused:?}");
}

#[tokio::test]
async fn a_second_writer_does_not_win() {
    let book = book();
    let operation = with_operation(&book).await;
    let (mut one, mut other) = (operation.clone(), operation.clone());
    go(&book, &mut one, S::InFlight, false).await.unwrap();
    let late = go(&book, &mut other, S::Cancelled, false).await;
    assert!(matches!(late, Err(StoreError::Stale)), "compare and set on the state: {late:?}");
    let mut old = one.clone();
    old.revision = 7;
    let stale = go(&book, &mut old, S::Confirmed, false).await;
    assert!(matches!(stale, Err(StoreError::Stale)), "compare and set on the revision: {stale:?}");
}

#[tokio::test]
async fn s2_a_cart_id_is_written_once() {
    let book = book();
    let mut operation = with_operation(&book).await;
    operation.result.cart_id = Some("first".into());
    go(&book, &mut operation, S::InFlight, false).await.unwrap();
    operation.result.cart_id = Some("second".into());
    go(&book, &mut operation, S::Confirmed, false).await.unwrap();
    let id = operation.id;
    let read = book.read(move |db| db.operations().get(id)).await.unwrap().unwrap();
    assert_eq!(read.result.cart_id.as_deref(), Some("first"), "the later id is dropped");
}

#[tokio::test]
async fn s8_s9_an_unknown_operation_keeps_its_key_and_payload() {
    let book = book();
    let mut operation = with_operation(&book).await;
    go(&book, &mut operation, S::InFlight, false).await.unwrap();
    go(&book, &mut operation, S::Unknown, false).await.unwrap();
    for edit in [
        (|operation: &mut Operation| operation.request_key = RequestKey(uuid())) as fn(&mut Operation),
        |operation| operation.payload_hash = "11".into(),
        |operation| {
            operation.revision += 1;
            operation.request_key = RequestKey(uuid());
        },
        |operation| operation.ever_unknown = false,
    ] {
        for to in [S::Unknown, S::InFlight] {
            let mut changed = operation.clone();
            edit(&mut changed);
            if to == S::Unknown && !changed.ever_unknown {
                // The store itself keeps the mark of an unknown operation.
                continue;
            }
            let refused = go(&book, &mut changed, to, false).await;
            assert!(matches!(refused, Err(StoreError::NotAllowed(_))), "{to:?}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn a_correction_is_a_new_revision_with_a_new_key() {
    let book = book();
    let mut operation = with_operation(&book).await;
    go(&book, &mut operation, S::InFlight, false).await.unwrap();
    go(&book, &mut operation, S::NeedsAttention, false).await.unwrap();
    let mut silent = operation.clone();
    silent.payload_hash = "11".into();
    assert!(matches!(go(&book, &mut silent, S::Queued, false).await, Err(StoreError::NotAllowed(_))));
    operation.payload_hash = "11".into();
    operation.revision += 1;
    operation.request_key = RequestKey(uuid());
    go(&book, &mut operation, S::Queued, false).await.unwrap();
    let (id, wanted) = (operation.id, operation);
    assert_eq!(book.read(move |db| db.operations().get(id)).await.unwrap(), Some(wanted));
}

#[tokio::test]
async fn what_is_known_of_the_queue_is_what_stands_in_the_book() {
    let book = book();
    let mut first = with_operation(&book).await;
    make(&book, first.customer_id, None).await;
    let mut second = operation(&onboarding_of(&first), 2, OperationPayload::VerifyOrder);
    second.payload_hash = "second".into();
    second.parents = vec![first.id];
    let written = second.clone();
    book.write(move |tx| tx.insert_operation(&written)).await.unwrap();
    let known = Arc::new(Mutex::new(KnownPayloads::default()));
    let queue = async || {
        let known = Arc::clone(&known);
        let read = move |db: &Db| {
            let operations = db.operations();
            let found = operations.open_knowing(&mut known.lock().unwrap())?;
            assert_eq!(found, operations.open()?, "read anew and known are the same");
            let (closed, made) = (operations.closed_parents(&found)?, operations.customers_made(&found)?);
            Ok((found, closed, made))
        };
        book.read(read).await.unwrap()
    };
    assert_eq!(queue().await, (vec![first.clone(), second.clone()], HashMap::new(), HashSet::new()));

    // A correction has another payload under another hash; what was known of the first is no more.
    go(&book, &mut first, S::InFlight, false).await.unwrap();
    go(&book, &mut first, S::NeedsAttention, false).await.unwrap();
    (first.payload, first.payload_hash) = (OperationPayload::VerifyOrder, "corrected".into());
    (first.revision, first.request_key) = (first.revision + 1, RequestKey(uuid()));
    go(&book, &mut first, S::Queued, false).await.unwrap();
    assert_eq!(queue().await.0, vec![first.clone(), second.clone()]);

    // A parent that is closed has a state; a customer that was made is known as made.
    make(&book, first.customer_id, Some(uuid().into())).await;
    go(&book, &mut first, S::InFlight, false).await.unwrap();
    go(&book, &mut first, S::Confirmed, false).await.unwrap();
    let closed = HashMap::from([(first.id, S::Confirmed)]);
    assert_eq!(queue().await, (vec![second], closed, HashSet::from([first.customer_id])));
}

async fn make(book: &Book, id: CustomerId, tenant: Option<TenantId>) {
    let made = book.write(move |tx| {
        let mut customer = tx.customers().get(id)?.unwrap();
        customer.tenant_id = tenant;
        tx.put_customer(&customer)
    });
    made.await.unwrap();
}

fn onboarding_of(operation: &Operation) -> Onboarding {
    Onboarding { id: operation.onboarding_id, ..onboarding(operation.customer_id) }
}

#[tokio::test]
async fn one_operation_per_onboarding_kind_and_revision() {
    let book = book();
    let first = with_operation(&book).await;
    let mut second = first.clone();
    second.id = cb_domain::ids::OperationId(uuid());
    second.request_key = RequestKey(uuid());
    second.sequence = 2;
    let refused = book.write(move |tx| tx.insert_operation(&second)).await;
    assert!(matches!(refused, Err(StoreError::Duplicate(_))), "{refused:?}");
}

fn found(id: &str) -> Found {
    Found { id: id.into(), name: "5 × A".into(), at: None, lines: vec![0], same: true }
}

/// A checkout of unknown outcome of which look-ups found this.
async fn asked_about(book: &Book, there: Vec<Found>) -> Operation {
    let first = with_operation(book).await;
    let submit = onboarding(first.customer_id);
    let mut checkout = operation(&submit, 2, OperationPayload::CheckoutCart);
    let inserted = checkout.clone();
    book.write(move |tx| {
        tx.insert_onboarding(&submit)?;
        tx.insert_operation(&inserted)
    })
    .await
    .unwrap();
    for to in [S::InFlight, S::Unknown] {
        go(book, &mut checkout, to, true).await.unwrap();
    }
    checkout.result.found = there;
    may_exist(book, &mut checkout).await.unwrap();
    checkout
}

/// The look-ups end, and the person is asked.
async fn may_exist(book: &Book, checkout: &mut Operation) -> Result<(), StoreError> {
    let from = checkout.state;
    let mut next = checkout.clone();
    next.state = S::NeedsAttention;
    next.attention = Some(Attention { reason: AttentionReason::OrderMayExist, ..attention(true) });
    let sent = next.clone();
    book.write(move |tx| tx.update_operation(&sent, from)).await?;
    *checkout = next;
    Ok(())
}

fn anew(checkout: &Operation) -> Operation {
    let revision = checkout.revision + 1;
    Operation { revision, request_key: RequestKey(uuid()), ever_unknown: false, ..checkout.clone() }
}

/// The cases of decision 21, as the triggers hold them.
#[tokio::test]
async fn s3_an_order_found_is_disowned_for_good_and_after_that_only_looked_up() {
    let book = book();
    let mut checkout = asked_about(&book, vec![found("o1")]).await;
    let refused = |went: Result<(), StoreError>| assert!(matches!(went, Err(StoreError::NotAllowed(_))), "{went:?}");
    // Found: no word lets it go.
    refused(go(&book, &mut anew(&checkout), S::Queued, true).await);
    // Only what was found, and only on the way back to the look-ups.
    let mut other = checkout.clone();
    other.result.disowned = vec![found("o9")];
    refused(go(&book, &mut other, S::Unknown, true).await);
    let mut settled = checkout.clone();
    settled.result.disowned = vec![found("o1")];
    refused(go(&book, &mut settled, S::Confirmed, true).await);
    checkout.result.found.clear();
    checkout.result.disowned = vec![found("o1")];
    go(&book, &mut checkout, S::Unknown, true).await.unwrap();
    // From here on it is not sent, and nothing makes it forget.
    refused(go(&book, &mut checkout.clone(), S::InFlight, true).await);
    let mut forgets = checkout.clone();
    forgets.result.disowned.clear();
    refused(may_exist(&book, &mut forgets).await);
    may_exist(&book, &mut checkout).await.unwrap();
    // Looked up again, and nothing else there: the word is enough.
    go(&book, &mut anew(&checkout), S::Queued, true).await.unwrap();
}
