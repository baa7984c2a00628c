//! Sessions: one runs at a time, and nothing of one that holds leaves before its release, whoever writes.

use crate::support::*;
use cb_domain::ids::{RequestKey, SessionId};
use cb_domain::operation::{HoldReason, Operation, OperationPayload, OperationState};
use cb_domain::session::Session;
use cb_store::{Book, StoreError};
use rule::allowed;

/// What the machine says of a queued operation of a session, in the words of this table: a test of `cb-sync` holds the
/// same lines, so that a change of one of them fails here or there.
mod rule {
    use super::OperationState as S;

    /// May a queued operation, held by its session or not, become this?
    pub fn allowed(session_holds: bool, to: S, hold_stays: bool, corrected: bool) -> bool {
        match (session_holds, to) {
            (true, S::Cancelled) => !corrected,
            (true, S::Queued) => hold_stays && corrected,
            (true, S::InFlight | S::Unknown | S::NeedsAttention | S::Confirmed) => false,
            (false, S::InFlight | S::Cancelled) => !corrected,
            (false, S::Queued) => !corrected,
            (false, S::Unknown | S::NeedsAttention | S::Confirmed) => false,
        }
    }
}

const STATES: [OperationState; 6] = [
    OperationState::Queued,
    OperationState::InFlight,
    OperationState::Unknown,
    OperationState::NeedsAttention,
    OperationState::Confirmed,
    OperationState::Cancelled,
];

fn session(name: &str, holds: bool) -> Session {
    Session {
        id: SessionId(uuid()),
        name: name.into(),
        who: "Ana Moos".into(),
        holds,
        started_at: now(),
        ended_at: None,
        released_at: None,
    }
}

async fn begin(book: &Book, session: &Session) -> Result<(), StoreError> {
    let session = session.clone();
    book.write(move |tx| tx.begin_session(&session)).await.map(|_| ())
}

async fn update(book: &Book, operation: &Operation) -> Result<(), StoreError> {
    let sent = operation.clone();
    book.write(move |tx| tx.update_operation(&sent, OperationState::Queued)).await.map(|_| ())
}

async fn read(book: &Book, operation: &Operation) -> Operation {
    let id = operation.id;
    book.read(move |db| db.operations().get(id)).await.unwrap().unwrap()
}

#[tokio::test]
async fn one_session_runs_at_a_time_and_ends_once() {
    let book = book();
    let (first, second) = (session("Kiel", false), session("Husum", false));
    begin(&book, &first).await.unwrap();
    let refused = begin(&book, &second).await;
    assert!(matches!(refused, Err(StoreError::Duplicate(_))), "{refused:?}");
    assert_eq!(book.read(|db| db.sessions().running()).await.unwrap(), Some(first.clone()));
    let id = first.id;
    book.write(move |tx| tx.end_session(id, days(1))).await.unwrap();
    let again = book.write(move |tx| tx.end_session(id, days(2))).await;
    assert!(matches!(again, Err(StoreError::Stale)), "{again:?}");
    begin(&book, &second).await.unwrap();
    let all = book.read(|db| db.sessions().all()).await.unwrap();
    assert_eq!(all.len(), 2);
    assert!(all.contains(&Session { ended_at: Some(days(1)), ..first }));
}

#[tokio::test]
async fn a_session_takes_another_name_at_any_time_and_never_none() {
    let book = book();
    let kiel = session("Kiel", true);
    begin(&book, &kiel).await.unwrap();
    let id = kiel.id;
    book.write(move |tx| tx.rename_session(id, "Husum")).await.unwrap();
    book.write(move |tx| tx.release_session(id, days(1))).await.unwrap();
    book.write(move |tx| tx.end_session(id, days(1))).await.unwrap();
    book.write(move |tx| tx.rename_session(id, "Eutin")).await.unwrap();
    let kept = Session { name: "Eutin".into(), ended_at: Some(days(1)), released_at: Some(days(1)), ..kiel };
    assert_eq!(book.read(move |db| db.sessions().get(id)).await.unwrap(), Some(kept));
    let none = book.write(move |tx| tx.rename_session(id, "")).await;
    assert!(matches!(none, Err(StoreError::NotAllowed(_))), "{none:?}");
    let nobody = book.write(|tx| tx.rename_session(SessionId(uuid()), "Kiel")).await;
    assert!(matches!(nobody, Err(StoreError::Stale)), "{nobody:?}");
}

#[tokio::test]
async fn what_is_submitted_while_it_runs_belongs_to_it() {
    let book = book();
    let before = with_operation(&book).await;
    let running = session("Kiel", false);
    begin(&book, &running).await.unwrap();
    let customer = customer("Fabrikam", None);
    let submit = onboarding(customer.id);
    let inside = operation(&submit, 2, OperationPayload::CheckoutCart);
    let (submit_id, sent, id) = (submit.id, inside.clone(), running.id);
    book.write(move |tx| {
        tx.put_customer(&customer)?;
        tx.insert_onboarding(&submit)?;
        tx.insert_operation(&sent)?;
        tx.end_session(id, days(1))
    })
    .await
    .unwrap();
    let earlier = before.onboarding_id;
    let (of_it, of_none, listed, operations) = book
        .read(move |db| {
            let sessions = db.sessions();
            Ok((
                sessions.of_onboarding(submit_id)?,
                sessions.of_onboarding(earlier)?,
                sessions.onboardings(id)?,
                sessions.operations(id)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(of_it.map(|one| one.name).as_deref(), Some("Kiel"), "also once it has ended");
    assert_eq!(of_none, None);
    assert_eq!(listed, [submit_id]);
    assert_eq!(operations, [inside], "nothing is held in a session that does not hold");
}

/// A held operation, or one that is not.
async fn queued(holds: bool) -> (Book, Session, Operation) {
    let book = book();
    let running = session("Kiel", holds);
    begin(&book, &running).await.unwrap();
    let operation = with_operation(&book).await;
    let stored = read(&book, &operation).await;
    (book, running, stored)
}

#[tokio::test]
async fn s11_a_held_operation_follows_the_table_for_every_writer() {
    for holds in [false, true] {
        for to in STATES {
            for hold_stays in [false, true] {
                for corrected in [false, true] {
                    if !holds && hold_stays {
                        continue;
                    }
                    let (book, _, before) = queued(holds).await;
                    assert_eq!(before.hold == Some(HoldReason::SessionNotReleased), holds);
                    let mut after = before.clone();
                    after.state = to;
                    after.attention = (to == OperationState::NeedsAttention).then(attention);
                    if !hold_stays {
                        (after.hold, after.hold_since) = (None, None);
                    }
                    if corrected {
                        after.revision += 1;
                        after.request_key = RequestKey(uuid());
                        after.payload_hash = "11".into();
                    }
                    let went = update(&book, &after).await;
                    let wanted = allowed(holds, to, hold_stays, corrected);
                    assert_eq!(went.is_ok(), wanted, "held {holds}, to {to:?}, hold {hold_stays}, new {corrected}");
                }
            }
        }
    }
}

fn attention() -> cb_domain::operation::Attention {
    let reason = cb_domain::operation::AttentionReason::Unexpected;
    cb_domain::operation::Attention { reason, ambiguous: false, field: String::new(), status: 400, code: 1 }
}

#[tokio::test]
async fn a_released_session_lets_its_operations_go_and_only_then() {
    let (book, session, held) = queued(true).await;
    let mut let_go = held.clone();
    (let_go.hold, let_go.hold_since) = (None, None);
    assert!(matches!(update(&book, &let_go).await, Err(StoreError::NotAllowed(_))));
    let id = session.id;
    assert_eq!(book.read(move |db| db.sessions().held(id)).await.unwrap(), 1);
    let sent = let_go.clone();
    book.write(move |tx| {
        tx.release_session(id, days(1))?;
        tx.update_operation(&sent, OperationState::Queued)
    })
    .await
    .unwrap();
    assert_eq!(book.read(move |db| db.sessions().held(id)).await.unwrap(), 0);
    let mut begun = let_go.clone();
    begun.state = OperationState::InFlight;
    update(&book, &begun).await.unwrap();
    let again = book.write(move |tx| tx.release_session(id, days(2))).await;
    assert!(matches!(again, Err(StoreError::Stale)), "released once");
}

#[tokio::test]
async fn a_session_can_not_be_unreleased_renewed_or_forgotten() {
    let (book, running, _) = queued(false).await;
    let id = running.id;
    let refused = book.write(move |tx| tx.release_session(id, now())).await;
    assert!(matches!(refused, Err(StoreError::Stale)), "it holds nothing: {refused:?}");
    let mut ended = session("Husum", true);
    ended.ended_at = Some(now());
    let refused = begin(&book, &ended).await;
    assert!(refused.is_err(), "a session begins running");
}

#[tokio::test]
async fn it_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book");
    let running = session("Kiel", true);
    {
        let book = create(&path);
        begin(&book, &running).await.unwrap();
        with_operation(&book).await;
        // As a kill leaves it: not closed.
        std::mem::forget(book);
    }
    let copy = folder.path().join("copy");
    copy_dir(&path, &copy);
    let book = open(&copy);
    assert_eq!(book.read(|db| db.sessions().running()).await.unwrap(), Some(running.clone()));
    let id = running.id;
    assert_eq!(book.read(move |db| db.sessions().held(id)).await.unwrap(), 1);
}

fn copy_dir(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
