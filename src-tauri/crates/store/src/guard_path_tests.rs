//! The triggers of what goes along a path and never back, condition by condition, against raw SQL: onboarding sessions and
//! what they hold, partnership requests, news of resellers, passwords.

use crate::connection;
use crate::guard_tests::{changed, goes};
use crate::tests::filled;
use rusqlite::Connection;

/// A book in which a session that holds has the onboarding `held`, with one operation.
fn holding() -> Connection {
    let connection = connection::in_memory().unwrap();
    filled(&connection);
    connection
        .execute_batch(
            "INSERT INTO sessions (id, name, who, holds, started_at) VALUES ('h', 'Day', '', 1, 5);
             INSERT INTO onboardings (id, customer_id, purpose, content, hash, submitted_at, session_id)
             VALUES ('held', 'c', '{}', '{}', '', 0, 'h');",
        )
        .unwrap();
    connection.execute_batch(&operation("p", "held", "'session_not_released'")).unwrap();
    connection
}

fn operation(id: &str, onboarding: &str, hold: &str) -> String {
    let (kind, sequence) = if id == "p" { ("create_customer", 7) } else { ("confirm_agreement", 8) };
    operation_of(kind, sequence, id, onboarding, hold)
}

fn operation_of(kind: &str, sequence: u32, id: &str, onboarding: &str, hold: &str) -> String {
    format!(
        "INSERT INTO operations (id, onboarding_id, customer_id, kind, sequence, revision, state, hold, parents, payload,
             payload_hash, request_key, prefix_index, wire_tries, ever_unknown, attention_ambiguous, result, approved_at,
             partner_tenant, updated_at)
         VALUES ('{id}', '{onboarding}', 'c', '{kind}', {sequence}, 1, 'queued', {hold}, '[]', '{{}}', '', 'key-{id}', 0,
             0, 0, 0, '{{}}', 0, 't', 0)"
    )
}

#[test]
fn a_session_is_named_again_but_begins_ends_and_is_released_once() {
    let connection = holding();
    let free = ["name", "who", "ended_at", "released_at"];
    for (name, other) in changed(&connection, "sessions") {
        if name != "holds" {
            assert_eq!(
                goes(&connection, &format!("UPDATE sessions SET {other}")),
                free.contains(&name.as_str()),
                "{name}"
            );
        }
    }
    assert!(!goes(&connection, "UPDATE sessions SET holds = 0"), "holds");
    connection.execute_batch("UPDATE sessions SET ended_at = 7").unwrap();
    assert!(goes(&connection, "UPDATE sessions SET ended_at = 7, name = 'Other'"));
    for ended in ["8", "NULL"] {
        assert!(!goes(&connection, &format!("UPDATE sessions SET ended_at = {ended}")), "ended {ended}");
    }
    assert!(goes(&connection, "UPDATE sessions SET released_at = 9"));
    connection.execute_batch("UPDATE sessions SET released_at = 9").unwrap();
    for released in ["10", "NULL"] {
        assert!(!goes(&connection, &format!("UPDATE sessions SET released_at = {released}")), "released {released}");
    }
}

#[test]
fn what_a_session_holds_begins_on_hold_and_nothing_else_does() {
    let connection = holding();
    assert!(goes(&connection, &operation("q", "held", "'session_not_released'")));
    assert!(!goes(&connection, &operation("q", "held", "NULL")), "past its session");
    assert!(!goes(&connection, &operation("q", "s", "'session_not_released'")), "held by none");
    assert!(goes(&connection, &operation("q", "s", "NULL")));
    connection.execute_batch("UPDATE sessions SET released_at = 9").unwrap();
    assert!(!goes(&connection, &operation("q", "held", "'session_not_released'")), "it is released");
    assert!(goes(&connection, &operation("q", "held", "NULL")));
}

#[test]
fn a_submit_stays_with_its_session() {
    let connection = holding();
    assert!(!goes(&connection, "UPDATE onboardings SET session_id = NULL WHERE id = 'held'"), "out of it");
    assert!(!goes(&connection, "UPDATE onboardings SET session_id = 'h' WHERE id = 's'"), "into one afterwards");
    assert!(goes(&connection, "UPDATE onboardings SET session_id = session_id"));
}

#[test]
fn what_is_held_is_corrected_cancelled_or_waits_for_its_release() {
    let connection = holding();
    let of = "WHERE id = 'p'";
    let (key, grown, payload) = ("request_key = 'new'", "revision = revision + 1", "payload = '{\"other\":1}'");
    for (sets, allowed) in [
        (vec![key, grown, payload], true),
        (vec![key, grown], true),
        (vec![key, payload], false),
        (vec![grown, payload], false),
        (vec![grown], false),
        (vec![payload], false),
        (vec![key, "revision = revision + 2", payload], false),
        (vec!["updated_at = 8"], false),
        (vec!["hold = NULL"], false),
        (vec!["hold = 'customer_under_review'"], false),
        (vec!["hold = 'customer_under_review'", key, grown], false),
        (vec!["state = 'in_flight'", key, grown], false),
        (vec!["state = 'in_flight'", "hold = NULL"], false),
        (vec!["state = 'cancelled'", "hold = NULL"], true),
    ] {
        let sql = format!("UPDATE operations SET {} {of}", sets.join(", "));
        assert_eq!(goes(&connection, &sql), allowed, "{sql}");
    }
    connection.execute_batch("UPDATE sessions SET released_at = 9").unwrap();
    assert!(goes(&connection, &format!("UPDATE operations SET hold = NULL {of}")), "it is released");
    assert!(
        !goes(&connection, &format!("UPDATE operations SET state = 'in_flight', hold = NULL {of}")),
        "first it waits"
    );
    assert!(!goes(&connection, &format!("UPDATE operations SET hold = NULL, {payload} {of}")), "as it was approved");
}

/// S3: what makes or moves something that costs money is sent again only where its outcome is known, or after a look.
#[test]
fn s3_no_word_of_a_person_repeats_what_would_double() {
    for (kind, doubles) in [
        ("create_customer", true),
        ("upgrade_subscription", true),
        ("change_subscription", false),
        ("confirm_agreement", false),
    ] {
        for (ambiguous, reason, allowed) in
            [(1, "credit", !doubles), (1, "outcome_unknown", true), (1, "order_may_exist", true), (0, "credit", true)]
        {
            let connection = connection::in_memory().unwrap();
            filled(&connection);
            connection.execute_batch(&operation_of(kind, 7, "p", "s", "NULL")).unwrap();
            for step in ["state = 'in_flight'", "state = 'unknown', ever_unknown = 1"].iter().take(1 + ambiguous) {
                connection.execute_batch(&format!("UPDATE operations SET {step} WHERE id = 'p'")).unwrap();
            }
            let asks = format!("attention_reason = '{reason}', attention_ambiguous = {ambiguous}");
            let sql = format!("UPDATE operations SET state = 'needs_attention', {asks} WHERE id = 'p'");
            connection.execute_batch(&sql).unwrap();
            let again = "state = 'queued', attention_reason = NULL, attention_ambiguous = 0, request_key = 'new',
                 revision = revision + 1, ever_unknown = 0";
            let sql = format!("UPDATE operations SET {again} WHERE id = 'p'");
            assert_eq!(goes(&connection, &sql), allowed, "{kind} {reason}, ambiguous {ambiguous}");
        }
    }
}

/// Each state by the path that leads there, and where it goes on to.
fn walk(table: &str, insert: &str, steps: &[(&[&str], &[&str])]) {
    for (path, next) in steps {
        let connection = connection::in_memory().unwrap();
        filled(&connection);
        connection.execute_batch(insert).unwrap();
        let to = |state: &str| format!("UPDATE {table} SET state = '{state}'");
        for state in &path[1..] {
            connection.execute_batch(&to(state)).unwrap();
        }
        for state in steps.iter().filter_map(|(other, _)| other.last()) {
            let allowed = path.last() == Some(state) || next.contains(state);
            assert_eq!(goes(&connection, &to(state)), allowed, "{path:?} to {state}");
        }
        assert!(goes(&connection, &format!("UPDATE {table} SET saved_at = 9")), "{path:?}");
        assert_eq!(goes(&connection, &format!("DELETE FROM {table}")), *path == ["draft"], "{path:?}");
    }
}

#[test]
fn a_partnership_request_takes_the_steps_of_its_table_and_no_other() {
    walk(
        "partnership_requests",
        "INSERT INTO partnership_requests (id, kind, state, revision, form, language, position, created_at, saved_at,
             requested_at, closed_at)
         VALUES ('r', 'request', 'draft', 1, '{}', 'de', 0, 0, 0, 1, 2)",
        &[
            (&["draft"], &["requested", "accepted", "ended"]),
            (&["draft", "requested"], &["accepted", "declined", "ended"]),
            (&["draft", "requested", "declined"], &["accepted"]),
            (&["draft", "accepted"], &["ended"]),
            (&["draft", "ended"], &[]),
        ],
    );
}

#[test]
fn an_invitation_of_a_customer_takes_the_steps_of_its_table_and_no_other() {
    walk(
        "customer_invitations",
        "INSERT INTO customer_invitations (id, state, company, company_key, domain, contact_name, email, country, language,
             created_at, saved_at, requested_at, closed_at, customer_id)
         VALUES ('i', 'draft', 'C', 'c', '', '', '', 'DE', 'de', 0, 0, 1, 2, 'c')",
        &[
            (&["draft"], &["requested"]),
            (&["draft", "requested"], &["connected", "given_up"]),
            (&["draft", "requested", "given_up"], &["connected"]),
            (&["draft", "requested", "connected"], &[]),
        ],
    );
}

#[test]
fn news_of_a_reseller_is_seen_once_and_says_the_same_for_ever() {
    let connection = connection::in_memory().unwrap();
    // Whose they are is not what this is about.
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let insert = "INSERT INTO reseller_news (number, reseller_id, at, kind, detail, seen_at)";
    connection.execute_batch(&format!("{insert} VALUES (1, 'r', 5, 'ended', 'x', NULL)")).unwrap();
    for (name, other) in changed(&connection, "reseller_news") {
        let may = ["seen_at", "number"].contains(&name.as_str());
        if name != "number" {
            assert_eq!(goes(&connection, &format!("UPDATE reseller_news SET {other}")), may, "{name}");
        }
    }
    connection.execute_batch("UPDATE reseller_news SET seen_at = 6").unwrap();
    for seen in ["seen_at = 7", "seen_at = NULL", "detail = 'y'"] {
        assert!(!goes(&connection, &format!("UPDATE reseller_news SET {seen}")), "{seen}");
    }
}

/// An adopted customer brings no password, and one that is given up none either (S10, C7).
#[test]
fn c7_a_key_that_seals_nothing_ends_without_a_password() {
    let connection = connection::in_memory().unwrap();
    filled(&connection);
    for (state, allowed) in [("unavailable", true), ("destroying", true), ("showing", false), ("destroyed", false)] {
        assert_eq!(goes(&connection, &format!("UPDATE secrets SET state = '{state}'")), allowed, "{state}");
    }
}

#[test]
fn c2_a_sealed_password_is_written_over_only_while_nobody_is_named_with_it() {
    let sealed = "state = 'sealed', ciphertext = x'01', nonce = x'02'";
    let other = "ciphertext = x'03', nonce = x'04'";
    for (path, sets, allowed) in [
        (vec![sealed], vec![other, "user_name = 'admin'"], true),
        (vec![sealed], vec![other], true),
        (vec![sealed, "user_name = 'admin'"], vec![other], false),
        (vec![sealed, "user_name = 'admin'"], vec!["since = 9"], true),
        (vec![sealed], vec![other, "state = 'showing'"], false),
        (vec![sealed], vec!["state = 'showing'"], true),
        (vec![sealed, "state = 'showing'"], vec![other], false),
        (vec![sealed, "state = 'showing'", "state = 'destroying'"], vec![other], false),
        (
            vec![sealed, "state = 'showing'", "state = 'destroying'"],
            vec!["state = 'destroyed', ciphertext = NULL, nonce = NULL"],
            true,
        ),
    ] {
        let connection = connection::in_memory().unwrap();
        filled(&connection);
        for step in &path {
            connection.execute_batch(&format!("UPDATE secrets SET {step}")).unwrap();
        }
        let sql = format!("UPDATE secrets SET {}", sets.join(", "));
        assert_eq!(goes(&connection, &sql), allowed, "{path:?}: {sql}");
    }
}
