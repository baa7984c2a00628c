//! The journal: what is told, what is not, and what its chain notices.
#![allow(clippy::wildcard_enum_match_arm, reason = "a test names what it expects")]

use crate::table::journal_check::{ChainFault, Slice};
use crate::{Book, JournalQuery, Tx, connection};
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::ids::{CustomerId, SessionId};
use cb_domain::journal::{FieldChange, JournalActor, JournalArea, JournalDraft, JournalEntry, JournalKind};
use cb_domain::session::Session;
use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

fn tx() -> Tx {
    Tx::new(connection::in_memory().unwrap())
}

fn customer(number: u128, name: &str) -> Customer {
    Customer {
        id: CustomerId(Uuid::from_u128(number)),
        tenant_id: None,
        name: name.to_owned(),
        alias: String::new(),
        domain_prefix: format!("prefix{number}"),
        country: "DE".to_owned(),
        town: "Husum".to_owned(),
        contact_name: "Ana Moos".to_owned(),
        contact_email: "ana@example.com".to_owned(),
        registration_number: String::new(),
        reseller_id: None,
        review: AccountReview::Unknown,
        agreement: AgreementState::Open,
        created_at: Timestamp::UNIX_EPOCH,
        confirmed_at: None,
    }
}

fn all(tx: &Tx) -> Vec<JournalEntry> {
    tx.journal().page(&JournalQuery { limit: 1000, ..JournalQuery::default() }).unwrap()
}

pub(crate) fn filled(entries: u32) -> Tx {
    let tx = tx();
    for number in 0..entries {
        tx.write(|tx| tx.put_customer(&customer(u128::from(number), &format!("Firma {number}")))).unwrap();
    }
    tx
}

/// Changes the database past the triggers, as somebody with the key and a tool would.
fn tampered(tx: &Tx, sql: &str) {
    let triggers = "DROP TRIGGER IF EXISTS journal_no_update; DROP TRIGGER IF EXISTS journal_no_delete;
         DROP TRIGGER IF EXISTS journal_text_update;";
    tx.connection.execute_batch(&format!("{triggers} {sql}")).unwrap();
}

fn checked(tx: &Tx) -> Slice {
    let (mut number, mut hash) = (0, String::new());
    loop {
        match tx.journal().check_slice(number, &hash, 3).unwrap() {
            Slice::More(next, then) => (number, hash) = (next, then),
            done => return done,
        }
    }
}

fn fault(tx: &Tx) -> Option<(i64, ChainFault)> {
    match checked(tx) {
        Slice::Broken(number, fault, _) => Some((number, fault)),
        Slice::End(..) | Slice::More(..) => None,
    }
}

#[test]
fn a_customer_is_told_with_what_changed_and_a_write_that_changes_nothing_is_not() {
    let tx = tx();
    let one = customer(1, "Nordwind");
    tx.write(|tx| tx.put_customer(&one)).unwrap();
    tx.write(|tx| tx.put_customer(&one)).unwrap();
    let renamed = Customer { name: "Südwind".to_owned(), ..one };
    tx.write(|tx| tx.put_customer(&renamed)).unwrap();
    let told = all(&tx);
    let kinds: Vec<_> = told.iter().map(|one| one.entry.kind).collect();
    assert_eq!(kinds, [JournalKind::CustomerChanged, JournalKind::CustomerAdded]);
    assert_eq!(told[0].entry.content.changes, [FieldChange::new("name", "Nordwind", "Südwind")]);
    assert!(told[1].entry.content.changes.contains(&FieldChange::new("town", "", "Husum")));
}

#[test]
fn what_is_done_to_a_session_is_told_with_who_before_and_after() {
    let tx = tx();
    let id = SessionId(Uuid::from_u128(7));
    let session = Session {
        id,
        name: "Partner day Kiel".to_owned(),
        who: "Ana Moos".to_owned(),
        holds: true,
        started_at: Timestamp::UNIX_EPOCH,
        ended_at: None,
        released_at: None,
    };
    tx.write(|tx| tx.begin_session(&session)).unwrap();
    tx.write(|tx| tx.rename_session(id, "Partner day Kiel")).unwrap();
    assert_eq!(all(&tx).len(), 1, "a name that is the same is no new one");
    tx.write(|tx| tx.rename_session(id, "Kiel")).unwrap();
    tx.write(|tx| tx.release_session(id, Timestamp::UNIX_EPOCH)).unwrap();
    tx.write(|tx| tx.end_session(id, Timestamp::UNIX_EPOCH)).unwrap();
    assert!(tx.write(|tx| tx.end_session(id, Timestamp::UNIX_EPOCH)).is_err());
    assert!(tx.write(|tx| tx.release_session(id, Timestamp::UNIX_EPOCH)).is_err());
    assert!(tx.write(|tx| tx.rename_session(SessionId(Uuid::from_u128(8)), "Husum")).is_err());
    let told: Vec<_> = all(&tx)
        .into_iter()
        .rev()
        .map(|one| {
            assert_eq!((one.actor, one.entry.kind.area()), (JournalActor::Person, JournalArea::Sessions));
            (one.entry.kind, one.entry.content.subject, one.entry.content.changes)
        })
        .collect();
    let change = FieldChange::new;
    assert_eq!(
        told,
        [
            (
                JournalKind::SessionStarted,
                "Partner day Kiel".to_owned(),
                vec![change("session_who", "", "Ana Moos"), change("session_holds", "", "true")]
            ),
            (JournalKind::SessionRenamed, "Kiel".to_owned(), vec![change("name", "Partner day Kiel", "Kiel")]),
            (JournalKind::SessionReleased, "Kiel".to_owned(), vec![change("session", "held", "released")]),
            (JournalKind::SessionEnded, "Kiel".to_owned(), vec![change("session", "running", "ended")]),
        ]
    );
    assert_eq!(fault(&tx), None, "chained as all others");
}

#[test]
fn what_fails_is_not_told_and_what_is_done_quietly_neither() {
    let tx = tx();
    let failed = tx.write(|tx| {
        tx.put_customer(&customer(1, "Nordwind"))?;
        Err::<(), _>(crate::StoreError::Stale)
    });
    assert!(failed.is_err());
    tx.write(|tx| tx.quietly(|tx| tx.put_customer(&customer(2, "Südwind")))).unwrap();
    assert_eq!(all(&tx).len(), 0);
    tx.write(|tx| tx.tell(&JournalDraft::new(JournalKind::SampleLoaded))).unwrap();
    assert_eq!(all(&tx).len(), 1);
    assert!(matches!(checked(&tx), Slice::End(1, _)));
}

#[tokio::test]
async fn who_and_when_come_from_the_handle() {
    let at: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
    let book = Book::in_memory().unwrap().written_by("Mara", Arc::new(move || at));
    book.write(|tx| tx.put_customer(&customer(1, "Nordwind"))).await.unwrap();
    let app = book.acting(JournalActor::App);
    app.write(|tx| tx.put_customer(&customer(2, "Südwind"))).await.unwrap();
    let query = JournalQuery { limit: 9, ..JournalQuery::default() };
    let told = book.read(move |db| db.journal().page(&query)).await.unwrap();
    let who: Vec<_> = told.iter().map(|one| (one.at, one.actor, one.person.as_str())).collect();
    assert_eq!(who, [(at, JournalActor::App, ""), (at, JournalActor::Person, "Mara")]);
}

#[test]
fn pages_follow_each_other_without_gap_and_filters_narrow_them() {
    let tx = filled(25);
    tx.write(|tx| tx.set_setting("outbox.paused", "1")).unwrap();
    let mut query = JournalQuery { limit: 10, ..JournalQuery::default() };
    let mut seen = Vec::new();
    loop {
        let page = tx.journal().page(&query).unwrap();
        seen.extend(page.iter().map(|one| one.number));
        query.below = page.last().map(|one| one.number);
        if page.len() < 10 {
            break;
        }
    }
    assert_eq!(seen, (1..=26).rev().collect::<Vec<_>>());
    let count = |query: JournalQuery| tx.journal().page(&JournalQuery { limit: 100, ..query }).unwrap().len();
    assert_eq!(count(JournalQuery { areas: vec![JournalArea::Book], ..JournalQuery::default() }), 1);
    assert_eq!(count(JournalQuery { search: "firma 7".to_owned(), ..JournalQuery::default() }), 2, "7 and 17");
    assert_eq!(count(JournalQuery { search: "HUSUM \"x".to_owned(), ..JournalQuery::default() }), 0);
    let of_one = JournalQuery { customer_id: Some(CustomerId(Uuid::from_u128(3))), ..JournalQuery::default() };
    assert_eq!(count(of_one.clone()), 1);
    assert_eq!(tx.journal().matching(&JournalQuery { below: Some(1), ..of_one }).unwrap(), 1);
}

#[test]
fn settings_that_the_app_keeps_for_itself_are_not_told() {
    let tx = tx();
    tx.write(|tx| tx.set_setting("pulled_at", "2026-11-24")).unwrap();
    tx.write(|tx| tx.set_setting("outbox.work_offline", "1")).unwrap();
    assert_eq!(all(&tx).iter().map(|one| one.entry.reason.as_str()).collect::<Vec<_>>(), ["outbox.work_offline"]);
}

#[test]
fn a_whole_chain_holds() {
    assert!(matches!(checked(&filled(10)), Slice::End(10, _)));
    assert!(matches!(checked(&tx()), Slice::End(0, _)));
}

#[test]
fn an_entry_that_was_changed_is_found_whatever_was_changed_in_it() {
    for change in [
        "at = at + 1",
        "kind = 'customer_changed'",
        "actor = 'app'",
        "person = 'somebody else'",
        "customer_id = NULL",
        "reseller_id = '0198f0c4-0000-7000-8000-000000000001'",
        "status = 201",
        "code = 1",
        "reason = 'x'",
        "area = 'book'",
        "content = replace(content, 'Firma', 'Fima')",
        "content_hash = 'x'",
        "hash = 'x'",
        "correlation_id = '0198f0c4-0000-7000-8000-000000000001'",
    ] {
        let tx = filled(10);
        tampered(&tx, &format!("UPDATE journal SET {change} WHERE number = 5"));
        assert_eq!(fault(&tx), Some((5, ChainFault::Changed)), "{change}");
    }
}

#[test]
fn entries_that_are_gone_or_change_places_are_found() {
    let tx = filled(10);
    tampered(&tx, "DELETE FROM journal WHERE number = 5");
    assert_eq!(fault(&tx), Some((5, ChainFault::Missing)));
    let tx = filled(10);
    tampered(&tx, "DELETE FROM journal WHERE number = 1");
    assert_eq!(fault(&tx), Some((1, ChainFault::Missing)));
    let tx = filled(10);
    tampered(&tx, "DELETE FROM journal WHERE number > 8");
    assert_eq!(fault(&tx), Some((9, ChainFault::CutOff)));
    let tx = filled(10);
    tampered(&tx, "DELETE FROM journal");
    assert_eq!(fault(&tx), Some((1, ChainFault::CutOff)));
    let tx = filled(10);
    tampered(
        &tx,
        "UPDATE journal SET number = 99 WHERE number = 4; UPDATE journal SET number = 4 WHERE number = 5;
         UPDATE journal SET number = 5 WHERE number = 99;",
    );
    assert_eq!(fault(&tx), Some((4, ChainFault::Changed)));
}

#[test]
fn a_check_that_goes_on_notices_what_was_done_to_the_entry_it_ended_at() {
    let tx = filled(10);
    let Slice::End(number, hash) = checked(&tx) else { panic!("it holds") };
    assert!(matches!(tx.journal().check_slice(number, &hash, 3).unwrap(), Slice::End(10, _)));
    tampered(&tx, "DELETE FROM journal WHERE number > 8");
    assert!(matches!(tx.journal().check_slice(number, &hash, 3).unwrap(), Slice::Broken(10, ChainFault::CutOff, _)));
    // What is written afterwards does not hide the gap.
    tx.write(|tx| tx.put_customer(&customer(99, "danach"))).unwrap();
    assert_eq!(fault(&tx), Some((9, ChainFault::Missing)));
}

#[test]
fn the_journal_can_be_neither_changed_nor_deleted() {
    let tx = filled(2);
    assert!(tx.connection.execute_batch("DELETE FROM journal WHERE number = 1").is_err());
    assert!(tx.connection.execute_batch("UPDATE journal SET status = 1 WHERE number = 1").is_err());
    assert!(tx.connection.execute_batch("UPDATE journal SET content = NULL, salt = NULL WHERE number = 1").is_err());
    assert_eq!(fault(&tx), None);
}

#[test]
fn a_forgotten_content_is_gone_from_the_search_too_and_the_chain_holds() {
    let tx = filled(4);
    tx.connection
        .execute_batch("UPDATE journal SET content = NULL, salt = NULL, folded = '' WHERE number = 2")
        .unwrap();
    assert_eq!(fault(&tx), None);
    let search = |text: &str| {
        let query = JournalQuery { search: text.to_owned(), limit: 9, ..JournalQuery::default() };
        tx.journal().page(&query).unwrap().len()
    };
    assert_eq!(search("Firma"), 3);
    let forgotten = tx.journal().get(2).unwrap();
    assert!(forgotten.forgotten && forgotten.entry.content.changes.is_empty());
}

#[test]
fn d10_what_a_forgotten_payload_said_is_forgotten_here_too_and_the_customers_record_is_not() {
    let tx = filled(1);
    let operation = cb_domain::ids::OperationId(Uuid::from_u128(9));
    let tell = |kind| {
        tx.write(|tx| {
            tx.tell(&JournalDraft {
                customer_id: Some(CustomerId(Uuid::from_u128(0))),
                operation: Some((operation, cb_domain::operation::OperationKind::ConfirmAgreement)),
                content: cb_domain::journal::JournalContent {
                    subject: "Firma 0".to_owned(),
                    changes: vec![FieldChange::new("signer", "", "Nele Petersen")],
                },
                ..JournalDraft::new(kind)
            })
        })
        .unwrap();
    };
    tell(JournalKind::OperationSubmitted);
    tell(JournalKind::OperationConfirmed);
    let forget = || tx.write(|tx| tx.forget_journal("2027-01-01T00:00:00Z".parse().unwrap())).unwrap().value;
    assert_eq!(forget(), 0, "its operation remembers still");
    tx.connection
        .execute_batch(&format!(
            "PRAGMA foreign_keys = OFF;
             INSERT INTO operations (id, onboarding_id, customer_id, kind, sequence, revision, state, parents, payload,
                 payload_hash, request_key, prefix_index, wire_tries, ever_unknown, attention_ambiguous, result,
                 approved_at, partner_tenant, updated_at)
             VALUES ('{operation}', 'o', '{}', 'confirm_agreement', 1, 1, 'queued', '[]', '{{}}', 'h', 'k', 0, 0, 0, 0,
                 '{{}}', 0, 't', 0);
             UPDATE operations SET state = 'in_flight'; UPDATE operations SET state = 'confirmed';
             UPDATE operations SET forgotten_at = 1;",
            Uuid::from_u128(0)
        ))
        .unwrap();
    assert_eq!(forget(), 1);
    let told = all(&tx);
    assert_eq!(told.iter().map(|one| one.forgotten).collect::<Vec<_>>(), [false, true, false]);
    assert!(told[2].entry.content.changes.contains(&FieldChange::new("contact_email", "", "ana@example.com")));
    assert_eq!(fault(&tx), None);
    assert_eq!(forget(), 0);
}
