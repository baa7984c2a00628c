//! The triggers, condition by condition, against raw SQL: whoever writes past the machine changes nothing that stands
//! (S2, S8, S9, S11, D10). Mutants of the triggers (`cargo xtask mutants --part triggers`) are what these are for.

use crate::StoreError;
use crate::connection;
use crate::journal_tests;
use crate::tests::filled;
use rusqlite::Connection;

/// Whether the statement goes through; it is taken back in any case. A refusal is the triggers' own.
pub(crate) fn goes(connection: &Connection, sql: &str) -> bool {
    connection.execute_batch("SAVEPOINT one").unwrap();
    let done = connection.execute_batch(sql);
    connection.execute_batch("ROLLBACK TO one; RELEASE one").unwrap();
    match done.map_err(StoreError::from) {
        Ok(()) => true,
        Err(StoreError::NotAllowed(_)) => false,
        Err(other) => panic!("{sql}: {other:?}"),
    }
}

/// Columns of a table, each with a value that it does not have.
pub(crate) fn changed(connection: &Connection, table: &str) -> Vec<(String, String)> {
    let mut columns = connection.prepare(&format!("SELECT name, type FROM pragma_table_info('{table}')")).unwrap();
    let read = columns.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    read.map(Result::unwrap)
        .map(|(name, kind)| {
            let other = match (name.as_str(), kind.as_str()) {
                ("payload" | "result" | "parents", _) => "'{\"other\":1}'".to_owned(),
                (_, "INTEGER") => format!("coalesce({name}, 0) + 1"),
                (_, "BLOB") => "x'07'".to_owned(),
                _ => format!("coalesce({name}, '') || 'x'"),
            };
            (name.clone(), format!("{name} = {other}"))
        })
        .collect()
}

fn operation_in(path: &[&str]) -> Connection {
    let connection = connection::in_memory().unwrap();
    filled(&connection);
    for state in path {
        connection
            .execute_batch(&format!(
                "UPDATE operations SET state = '{state}', ever_unknown = max(ever_unknown, '{state}' = 'unknown'),
                     attention_reason = CASE '{state}' WHEN 'needs_attention' THEN 'credit' END,
                     attention_ambiguous = '{state}' = 'needs_attention' AND ever_unknown"
            ))
            .unwrap();
    }
    connection
}

#[test]
fn d10_of_the_journal_only_a_content_is_forgotten_whole_and_once() {
    let tx = journal_tests::filled(1);
    let journal = &tx.connection;
    let forget = "content = NULL, salt = NULL, folded = ''";
    assert!(goes(journal, &format!("UPDATE journal SET {forget}")));
    for part in [
        "content = NULL, folded = ''",
        "content = NULL, salt = NULL",
        "salt = NULL, folded = ''",
        "content = 'x', salt = NULL, folded = ''",
    ] {
        assert!(!goes(journal, &format!("UPDATE journal SET {part}")), "{part}");
    }
    for (name, other) in changed(journal, "journal") {
        assert!(!goes(journal, &format!("UPDATE journal SET {other}")), "{name}");
        if !["content", "salt", "folded"].contains(&name.as_str()) {
            assert!(!goes(journal, &format!("UPDATE journal SET {forget}, {other}")), "{name} with the content");
        }
    }
    journal.execute_batch(&format!("UPDATE journal SET {forget}")).unwrap();
    assert!(!goes(journal, &format!("UPDATE journal SET {forget}")), "once");
}

#[test]
fn d10_a_forgotten_entry_still_tells_of_its_operation() {
    let tx = journal_tests::filled(1);
    tx.connection
        .execute_batch(
            "CREATE TEMP TABLE one AS SELECT * FROM journal;
             UPDATE one SET number = 2, operation_id = 'o', operation_kind = 'create_cart', request_key = 'k';
             INSERT INTO journal SELECT * FROM one",
        )
        .unwrap();
    let with =
        |other: &str| format!("UPDATE journal SET content = NULL, salt = NULL, folded = ''{other} WHERE number = 2");
    assert!(goes(&tx.connection, &with("")));
    for other in ["operation_id = 'p'", "operation_kind = 'checkout_cart'", "request_key = 'l'"] {
        assert!(!goes(&tx.connection, &with(&format!(", {other}"))), "{other}");
    }
}

#[test]
fn what_a_draft_has_mended_is_never_forgotten() {
    let connection = operation_in(&[]);
    connection.execute_batch("INSERT INTO mended (draft_id, onboarding_id) VALUES ('d', 's')").unwrap();
    assert!(!goes(&connection, "DELETE FROM mended"));
}

#[test]
fn s11_nothing_of_a_finished_operation_changes_but_its_payload_when_it_is_forgotten() {
    for path in [&["in_flight", "confirmed"][..], &["cancelled"]] {
        let connection = operation_in(path);
        let forget = "payload = '{}', forgotten_at = 5";
        assert!(goes(&connection, &format!("UPDATE operations SET {forget}")));
        for (name, other) in changed(&connection, "operations") {
            if name != "forgotten_at" {
                assert!(!goes(&connection, &format!("UPDATE operations SET {other}")), "{name}");
            }
            let stays = [
                "id",
                "onboarding_id",
                "customer_id",
                "kind",
                "sequence",
                "partner_tenant",
                "payload_hash",
                "request_key",
                "revision",
                "result",
                "cart_id",
                "parents",
                "approved_at",
                "updated_at",
                "prefix_index",
                "ever_unknown",
            ];
            if stays.contains(&name.as_str()) {
                assert!(!goes(&connection, &format!("UPDATE operations SET {forget}, {other}")), "{name}, forgotten");
            }
        }
        for state in ["queued", "in_flight", "unknown", "confirmed", "cancelled"] {
            let goes = goes(&connection, &format!("UPDATE operations SET {forget}, state = '{state}'"));
            assert_eq!(goes, path.last() == Some(&state), "{path:?} to {state}");
        }
        connection.execute_batch(&format!("UPDATE operations SET {forget}")).unwrap();
        for sql in ["forgotten_at = NULL", "forgotten_at = 6", "payload = '{\"other\":1}'"] {
            assert!(!goes(&connection, &format!("UPDATE operations SET {sql}")), "{sql}");
        }
    }
    for path in [&[][..], &["in_flight"], &["in_flight", "unknown"], &["in_flight", "needs_attention"]] {
        let connection = operation_in(path);
        assert!(!goes(&connection, "UPDATE operations SET forgotten_at = 5"), "{path:?} is not finished");
    }
}

#[test]
fn s8_s9_keys_payloads_and_revisions_change_together_or_not_at_all() {
    let (key, payload, hash) = ("request_key = 'other'", "payload = '{\"other\":1}'", "payload_hash = 'other'");
    let grown = "revision = revision + 1";
    // State, what is set, and whether it goes.
    let asked = "state = 'queued', attention_reason = NULL";
    let known: &[&str] = &["in_flight", "needs_attention"];
    for (path, sets, allowed) in [
        (known, vec![asked, key, grown, payload, hash], true),
        (known, vec![asked, key, grown], true),
        (known, vec![asked, key, grown, payload], true),
        (known, vec![asked, key, grown, hash], true),
        (known, vec![asked, key, payload], false),
        (known, vec![asked, key, hash], false),
        (known, vec![asked, grown, payload], false),
        (known, vec![asked, grown], false),
        (known, vec![asked, key, "revision = revision + 2"], false),
        (known, vec![asked, key, "revision = revision - 1"], false),
        (known, vec!["state = 'unknown', ever_unknown = 1", key, grown], false),
        (known, vec!["state = 'unknown', ever_unknown = 1", key, grown, payload], false),
        (&[], vec![key, grown, payload], false),
        (&[], vec![key, grown], true),
        (&[], vec![payload], false),
        (&[], vec![hash], false),
        (&["in_flight"], vec!["state = 'queued'", key], true),
        (&["in_flight"], vec!["state = 'queued'", key, grown, hash], false),
        (&["in_flight", "unknown"], vec![key], false),
        (&["in_flight", "unknown"], vec!["state = 'in_flight'", key], false),
        (&["in_flight", "unknown"], vec!["state = 'in_flight'", "ever_unknown = 0"], false),
        (&["in_flight", "unknown"], vec!["state = 'in_flight'"], true),
        (&["in_flight", "unknown", "in_flight"], vec!["state = 'confirmed'", key], false),
        (&["in_flight", "unknown", "in_flight"], vec!["state = 'confirmed'", "ever_unknown = 0"], false),
        (&["in_flight", "unknown", "in_flight"], vec!["state = 'confirmed'"], true),
    ] {
        let connection = operation_in(path);
        let sql = format!("UPDATE operations SET {}", sets.join(", "));
        assert_eq!(goes(&connection, &sql), allowed, "{path:?}: {sql}");
    }
}

#[test]
fn s2_what_an_operation_is_for_and_its_cart_never_change() {
    let connection = operation_in(&[]);
    for (name, other) in changed(&connection, "operations") {
        let fixed = ["id", "onboarding_id", "customer_id", "kind", "sequence", "partner_tenant"];
        if fixed.contains(&name.as_str()) {
            assert!(!goes(&connection, &format!("UPDATE operations SET {other}")), "{name}");
        }
    }
    assert!(goes(&connection, "UPDATE operations SET cart_id = 'first'"));
    connection.execute_batch("UPDATE operations SET cart_id = 'first'").unwrap();
    assert!(goes(&connection, "UPDATE operations SET cart_id = 'first', wire_tries = 1"));
    for other in ["'second'", "NULL"] {
        assert!(!goes(&connection, &format!("UPDATE operations SET cart_id = {other}")), "{other}");
    }
}

#[test]
fn s6_an_attempt_is_completed_once_and_otherwise_stays() {
    let connection = operation_in(&[]);
    for (name, other) in changed(&connection, "attempts") {
        let completes = ["ended_at", "outcome", "status", "code"].contains(&name.as_str());
        assert_eq!(goes(&connection, &format!("UPDATE attempts SET {other}")), completes, "{name}");
    }
    connection.execute_batch("UPDATE attempts SET ended_at = 7, outcome = 'done', status = 200").unwrap();
    for (name, other) in changed(&connection, "attempts") {
        assert!(!goes(&connection, &format!("UPDATE attempts SET {other}")), "{name}");
    }
}

#[test]
fn s3_only_an_order_found_after_an_unknown_outcome_is_disowned() {
    let known: &[&str] = &["in_flight"];
    let unknown: &[&str] = &["in_flight", "unknown"];
    for (path, ambiguous, disowned, allowed) in
        [(unknown, 1, "o1", true), (unknown, 1, "o2", false), (known, 0, "o1", false)]
    {
        let connection = operation_in(path);
        let found = "\"found\":[{\"id\":\"o1\"}]";
        let asks = "state = 'needs_attention', attention_reason = 'order_may_exist'";
        let sql = format!("UPDATE operations SET {asks}, attention_ambiguous = {ambiguous}, result = '{{{found}}}'");
        connection.execute_batch(&sql).unwrap();
        let result = format!("{{{found},\"disowned\":[{{\"id\":\"{disowned}\"}}]}}");
        let sql = format!("UPDATE operations SET state = 'unknown', ever_unknown = 1, result = '{result}'");
        assert_eq!(goes(&connection, &sql), allowed, "{path:?} {disowned}");
    }
}
