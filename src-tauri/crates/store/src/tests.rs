//! Tests that need the connection itself: rules against raw SQL, settings, migrations, a full disk, traces of secrets.

use crate::connection::{self, setting};
use crate::owner::Tx;
use crate::{BookKey, ChainFault, Db, Sidecar, Slice, StoreError, backup, migrate};
use rusqlite::Connection;
use rusqlite_migration::M;
use std::fs;
use std::path::Path;

const OLD: &[M<'static>] = &[M::up("CREATE TABLE notes (text TEXT NOT NULL) STRICT;")];
const NEW: &[M<'static>] = &[
    M::up("CREATE TABLE notes (text TEXT NOT NULL) STRICT;"),
    M::up("ALTER TABLE notes ADD COLUMN more TEXT NOT NULL DEFAULT '';"),
];
const BROKEN: &[M<'static>] = &[
    M::up("CREATE TABLE notes (text TEXT NOT NULL) STRICT;"),
    M::up("CREATE TABLE extra (text TEXT NOT NULL) STRICT; SELECT no_such_function();"),
];

fn key() -> BookKey {
    BookKey::new([7; 32])
}

/// A finished chain of rows in every table that forbids deletion, written in plain SQL.
pub(crate) fn filled(connection: &Connection) {
    connection
        .execute_batch(
            "INSERT INTO customers (id, name, name_key, alias, domain_prefix, country, town, town_key, contact_name,
                 contact_email, registration_number, registration_key, reseller_key, review, agreement, created_at,
                 folded)
             VALUES ('c', 'C', 'c', '', 'c', 'DE', '', '', '', '', '', '', '', 'unknown', 'open', 0, 'c');
             INSERT INTO onboardings (id, customer_id, purpose, content, hash, submitted_at)
             VALUES ('s', 'c', '{}', '{}', '', 0);
             INSERT INTO operations (id, onboarding_id, customer_id, kind, sequence, revision, state, parents, payload,
                 payload_hash, request_key, prefix_index, wire_tries, ever_unknown, attention_ambiguous, result,
                 approved_at, partner_tenant, updated_at)
             VALUES ('o', 's', 'c', 'checkout_cart', 1, 1, 'queued', '[]', '{}', '', 'k', 0, 0, 0, 0, '{}', 0, 't', 0);
             INSERT INTO attempts (operation_id, number, request_key, correlation_id, payload_hash, started_at, outcome,
                 status, code)
             VALUES ('o', 1, 'k', 'x', '', 0, '', 0, 0);
             INSERT INTO events (number, operation_id, at, kind, state, status, code, reason, hash)
             VALUES (1, 'o', 0, 'sent', 'queued', 0, 0, '', 'h');
             INSERT INTO secrets (operation_id, onboarding_id, customer_id, state, user_name, key_name, since)
             VALUES ('o', 's', 'c', 'key_ready', '', 'n', 0);",
        )
        .unwrap();
}

#[test]
fn s11_raw_sql_can_not_break_the_rules() {
    let connection = connection::in_memory().unwrap();
    filled(&connection);
    for sql in [
        "DELETE FROM operations",
        "DELETE FROM attempts",
        "DELETE FROM events",
        "DELETE FROM secrets",
        "UPDATE events SET reason = 'other'",
        "UPDATE operations SET state = 'confirmed'",
        "UPDATE operations SET state = 'draft'",
        "UPDATE operations SET customer_id = 'd'",
        "UPDATE operations SET payload = '{1}'",
        "UPDATE operations SET revision = 2",
        "UPDATE attempts SET correlation_id = 'y'",
        "UPDATE secrets SET state = 'destroyed'",
        "UPDATE secrets SET state = 'sealed'",
        "REPLACE INTO events (number, operation_id, at, kind, state, status, code, reason, hash)
         VALUES (1, 'o', 0, 'sent', 'queued', 0, 0, 'other', 'h')",
    ] {
        let error = StoreError::from(connection.execute_batch(sql).unwrap_err());
        assert!(matches!(error, StoreError::NotAllowed(_)), "{sql}: {error:?}");
    }
    for sql in ["DELETE FROM customers", "DELETE FROM onboardings"] {
        assert!(connection.execute_batch(sql).is_err(), "{sql}: history hangs on it");
    }
}

#[test]
fn a_changed_history_is_noticed() {
    let connection = connection::in_memory().unwrap();
    filled(&connection);
    let db = Db { connection };
    assert_eq!(db.events().first_broken().ok(), None, "this entry was not even written by the store");
    db.connection
        .execute_batch("DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; DELETE FROM events")
        .unwrap();
    let tx = Tx::new(db.connection);
    let event = |reason: &str| cb_domain::operation::Event {
        operation_id: uuid::Uuid::nil().into(),
        at: jiff::Timestamp::UNIX_EPOCH,
        kind: cb_domain::operation::EventKind::Sent,
        state: cb_domain::operation::OperationState::InFlight,
        status: 0,
        code: 0,
        correlation_id: None,
        reason: reason.into(),
    };
    tx.connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    for reason in ["a", "b", "c"] {
        tx.append_event(&event(reason)).unwrap();
    }
    assert_eq!(tx.events().first_broken().unwrap(), None);
    let Slice::End(3, hash) = tx.events().check_slice(0, "", 10).unwrap() else { panic!("three entries, all right") };
    assert!(matches!(tx.events().check_slice(0, "", 2).unwrap(), Slice::More(2, _)), "in slices");
    assert_eq!(tx.events().check_slice(3, &hash, 10).unwrap(), Slice::End(3, hash.clone()));
    let at = Some(event("").at);
    // One bit of one byte, in every column, is seen where it is.
    for column in ["at", "status", "code", "reason", "kind", "state", "hash", "operation_id", "correlation_id"] {
        let flip = match column {
            "at" | "status" | "code" => format!("{column} + 1"),
            "kind" => "'held'".into(),
            "state" => "'unknown'".into(),
            "operation_id" | "correlation_id" => "'00000000-0000-0000-0000-000000000001'".into(),
            _ => format!("'q' || substr({column}, 2)"),
        };
        tx.connection.execute_batch("SAVEPOINT before").unwrap();
        tx.connection.execute_batch(&format!("UPDATE events SET {column} = {flip} WHERE number = 2")).unwrap();
        let found = tx.events().check_slice(0, "", 10).unwrap();
        assert_eq!(found, Slice::Broken(2, ChainFault::Changed, at), "{column}");
        tx.connection.execute_batch("ROLLBACK TO before").unwrap();
    }
    for (sql, from, found) in [
        ("DELETE FROM events WHERE number = 2", 0, Slice::Broken(2, ChainFault::Missing, at)),
        ("DELETE FROM events WHERE number = 3", 3, Slice::Broken(3, ChainFault::CutOff, None)),
        ("UPDATE events SET hash = 'x' WHERE number = 3", 3, Slice::Broken(3, ChainFault::Changed, None)),
    ] {
        tx.connection.execute_batch(&format!("SAVEPOINT before; {sql}")).unwrap();
        let before = if from == 0 { "" } else { &hash };
        assert_eq!(tx.events().check_slice(from, before, 10).unwrap(), found, "{sql}");
        tx.connection.execute_batch("ROLLBACK TO before").unwrap();
    }
    tx.connection.execute_batch("UPDATE events SET reason = 'z' WHERE number = 2").unwrap();
    assert_eq!(tx.events().first_broken().unwrap(), Some(2));
}

#[test]
fn d1_settings_hold_at_each_opening() {
    let folder = tempfile::tempdir().unwrap();
    drop(connection::create(folder.path(), &key(), migrate::MIGRATIONS).unwrap());
    let open = connection::open(folder.path(), &key(), migrate::MIGRATIONS).unwrap();
    for (name, value) in [
        ("locking_mode", "exclusive"),
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("fullfsync", "1"),
        ("checkpoint_fullfsync", "1"),
        ("foreign_keys", "1"),
        ("trusted_schema", "0"),
        ("secure_delete", "1"),
        ("temp_store", "2"),
    ] {
        assert_eq!(setting(&open, name).unwrap().as_deref(), Some(value), "{name}");
    }
    assert_eq!(migrate::version(&open).unwrap(), migrate::newest(migrate::MIGRATIONS));
    assert!(setting(&open, "mmap_size").unwrap().is_none_or(|size| size == "0"));
    assert!(!folder.path().join("book.db-shm").exists(), "an exclusive WAL needs no shared memory");
    let version: String = open.query_row("SELECT sqlite_version()", [], |row| row.get(0)).unwrap();
    let numbers: Vec<u32> = version.split('.').map(|number| number.parse().unwrap()).collect();
    assert!(numbers >= vec![3, 51, 3], "SQLite {version}");
    assert!(setting(&open, "cipher_version").unwrap().is_some(), "SQLCipher is in");
    let loose: u32 = open
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
                 AND name NOT LIKE 'sqlite_%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(loose, 0, "every table is STRICT");
}

#[test]
fn the_schema_is_sound() {
    assert!(rusqlite_migration::Migrations::from_slice(migrate::MIGRATIONS).validate().is_ok());
}

#[test]
fn d7_a_migration_is_preceded_by_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let old = connection::create(folder.path(), &key(), OLD).unwrap();
    old.execute_batch("INSERT INTO notes (text) VALUES ('kept')").unwrap();
    drop(old);
    let new = connection::open(folder.path(), &key(), NEW).unwrap();
    let text: String = new.query_row("SELECT text || more FROM notes", [], |row| row.get(0)).unwrap();
    assert_eq!(text, "kept");
    drop(new);
    let restored = tempfile::tempdir().unwrap();
    fs::copy(folder.path().join("backups/before-migration-from-1.db"), restored.path().join("book.db")).unwrap();
    let before = connection::open(restored.path(), &key(), OLD).unwrap();
    let text: String = before.query_row("SELECT text FROM notes", [], |row| row.get(0)).unwrap();
    assert_eq!((text.as_str(), migrate::version(&before).unwrap()), ("kept", 1));
}

#[test]
fn windows_and_figures_of_an_older_book_are_known_by_customer_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let mut old = connection::create(folder.path(), &key(), &migrate::MIGRATIONS[..17]).unwrap();
    filled(&old);
    old.execute_batch(
        "INSERT INTO subscriptions (id, customer_id, commerce, product_id, sku_id, product_name, folded, quantity, term,
             cycle, status, auto_renew, created_at)
         VALUES ('u', 'c', 'new', 'p', '1', 'P', 'p', 5, 'P1Y', 'monthly', 'active', 1, 0);
         INSERT INTO refund_batches (subscription_id, until, quantity) VALUES ('u', 100, 2), ('u', 200, 3);
         INSERT INTO customer_reads (customer_id, read_at) VALUES ('c', 1);",
    )
    .unwrap();
    migrate::migrate(&mut old, migrate::MIGRATIONS).unwrap();
    let new = old;
    let number = |sql: &str| new.query_row::<u32, _, _>(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(number("SELECT sum(quantity) FROM refund_batches WHERE customer_id = 'c' AND until > 0"), 5);
    let read = "SELECT customers FROM customer_figures WHERE what = 'read'";
    assert_eq!(number(read), 1);
    new.execute_batch("DELETE FROM customer_reads").unwrap();
    assert_eq!(number(read), 0);
}

#[test]
fn decided_ends_of_an_older_book_are_counted_and_its_unread_customers_known() {
    let folder = tempfile::tempdir().unwrap();
    let mut old = connection::create(folder.path(), &key(), &migrate::MIGRATIONS[..18]).unwrap();
    filled(&old);
    old.execute_batch(
        "UPDATE customers SET tenant_id = 't' WHERE id = 'c';
         INSERT INTO subscriptions (id, customer_id, commerce, product_id, sku_id, product_name, folded, quantity, term,
             cycle, status, auto_renew, created_at, ends_at)
         SELECT value, 'c', 'new', 'p', '1', 'P', 'p', 5, 'P1Y', 'monthly', 'active', value = 'renews', 0, 0
         FROM json_each('[\"renews\", \"decided\", \"told\", \"open\"]');
         INSERT INTO term_decisions (subscription_id, ends_at, decision, decided_at) VALUES ('decided', 0, '{}', 0);
         INSERT INTO subscription_details (subscription_id, details, read_at)
         VALUES ('told', '{\"end\": \"cancel\"}', 0), ('open', '{\"end\": \"none\"}', 0);",
    )
    .unwrap();
    migrate::migrate(&mut old, migrate::MIGRATIONS).unwrap();
    let new = old;
    let months = || {
        let sql = "SELECT decided, open FROM renewal_figures WHERE month = '1970-01'";
        new.query_row::<(u32, u32), _, _>(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    assert_eq!(months(), (3, 1));
    new.execute_batch("DELETE FROM term_decisions").unwrap();
    assert_eq!(months(), (2, 2));
    let unread = || new.query_row::<u32, _, _>("SELECT count(*) FROM unread_customers", [], |row| row.get(0)).unwrap();
    assert_eq!(unread(), 1);
    new.execute_batch("INSERT INTO customer_reads (customer_id, read_at) VALUES ('c', 1)").unwrap();
    assert_eq!(unread(), 0);
    new.execute_batch("DELETE FROM customer_reads").unwrap();
    assert_eq!(unread(), 1);
    new.execute_batch("UPDATE customers SET tenant_id = NULL").unwrap();
    assert_eq!(unread(), 0);
}

#[test]
fn d7_a_failed_migration_leaves_the_old_schema() {
    let folder = tempfile::tempdir().unwrap();
    drop(connection::create(folder.path(), &key(), OLD).unwrap());
    assert!(matches!(connection::open(folder.path(), &key(), BROKEN), Err(StoreError::Migration(_))));
    let open = connection::open(folder.path(), &key(), OLD).unwrap();
    let extra: u32 =
        open.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'", [], |row| row.get(0)).unwrap();
    assert_eq!((extra, migrate::version(&open).unwrap()), (0, 1));
}

#[test]
fn d5_a_newer_schema_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(connection::create(folder.path(), &key(), NEW).unwrap());
    let refused = connection::open(folder.path(), &key(), OLD);
    assert!(matches!(refused, Err(StoreError::NewerSchema { found: 2, known: 1 })), "{refused:?}");
    drop(connection::open(folder.path(), &key(), NEW).unwrap());
}

#[test]
fn a_creation_that_broke_off_is_finished_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    Sidecar::new(&key(), 0).unwrap().save(folder.path()).unwrap();
    fs::write(folder.path().join("book.db"), b"").unwrap();
    let open = connection::open(folder.path(), &key(), migrate::MIGRATIONS);
    assert_eq!(migrate::version(&open.unwrap()).unwrap(), migrate::newest(migrate::MIGRATIONS));
}

#[test]
fn d5_a_book_that_was_emptied_is_not_taken_for_a_new_one() {
    for plain_file in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        drop(connection::create(folder.path(), &key(), migrate::MIGRATIONS).unwrap());
        fs::write(folder.path().join("book.db"), b"").unwrap();
        if !plain_file {
            fs::remove_file(folder.path().join("book.json")).unwrap();
        }
        let refused = connection::open(folder.path(), &key(), migrate::MIGRATIONS);
        assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "plain file {plain_file}: {refused:?}");
    }
}

#[test]
fn d3_a_full_disk_is_told_and_nothing_is_half_saved() {
    let folder = tempfile::tempdir().unwrap();
    let tx = Tx::new(connection::create(folder.path(), &key(), migrate::MIGRATIONS).unwrap());
    let pages: i64 = tx.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    tx.connection.execute_batch(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    let large = "x".repeat(1_000_000);
    let full = tx.write(|tx| {
        tx.set_setting("first", "small")?;
        tx.set_setting("large", &large)
    });
    assert!(matches!(full, Err(StoreError::DiskFull)), "{full:?}");
    assert_eq!(tx.settings().get("first").unwrap(), None);
    tx.connection.execute_batch("PRAGMA max_page_count = 100000").unwrap();
    tx.write(|tx| tx.set_setting("large", &large)).unwrap();
}

#[test]
fn a_failed_write_leaves_no_transaction_behind() {
    let tx = Tx::new(connection::in_memory().unwrap());
    for _ in 0..3 {
        let failed = tx.write(|tx| tx.set_setting("a", "b").and(Err::<(), _>(StoreError::Stale)));
        assert!(matches!(failed, Err(StoreError::Stale)), "{failed:?}");
        assert!(tx.connection.is_autocommit());
    }
}

#[test]
fn c5_a_destroyed_password_leaves_no_trace_in_any_file() {
    // Without a key the pages are readable: what is found here would lie, encrypted, in the real file.
    let folder = tempfile::tempdir().unwrap();
    let mut connection = Connection::open(folder.path().join("plain.db")).unwrap();
    connection::configure(&connection, None).unwrap();
    migrate::migrate(&mut connection, migrate::MIGRATIONS).unwrap();
    filled(&connection);
    let canary = b"Kanarienvogel-7f3a-ciphertext".repeat(400);
    connection
        .execute("UPDATE secrets SET state = 'sealed', user_name = 'u', ciphertext = ?1, nonce = x'00'", [&canary])
        .unwrap();
    connection.execute_batch("UPDATE secrets SET state = 'showing'; UPDATE secrets SET state = 'destroying'").unwrap();
    assert!(holds(folder.path(), &canary[..29]), "else the test proves nothing");
    connection
        .execute_batch(
            "UPDATE secrets SET state = 'destroyed', ciphertext = NULL, nonce = NULL WHERE state = 'destroying'",
        )
        .unwrap();
    let db = Db { connection };
    connection::truncate_wal(&db).unwrap();
    assert!(!holds(folder.path(), &canary[..29]));
}

fn holds(folder: &Path, needle: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(needle.len()).any(|part| part == needle)
    })
}

#[test]
fn a_backup_that_can_not_be_written_leaves_the_older_one() {
    let folder = tempfile::tempdir().unwrap();
    let connection = connection::create(folder.path(), &key(), OLD).unwrap();
    let path = folder.path().join("backups/one.db");
    backup::write(&connection, &path).unwrap();
    let before = fs::read(&path).unwrap();
    fs::create_dir(folder.path().join("backups/one.db.new")).unwrap();
    assert!(backup::write(&connection, &path).is_err());
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn no_order_of_the_list_sorts_or_reads_the_whole_table() {
    let tx = Tx::new(connection::in_memory().unwrap());
    tx.write(|tx| tx.set_setting("a", "b")).unwrap();
    let orders = [
        "name_key, number",
        "country, name_key, number",
        "reseller_key, name_key, number",
        "subscription_count, number",
        "seat_count, number",
    ];
    for order in orders {
        for (than, direction) in [(">", ""), ("<", " DESC")] {
            let columns = order.split(", ").count();
            let marks = vec!["'1'"; columns].join(", ");
            let by = order.replace(", ", &format!("{direction}, "));
            let sql =
                format!("SELECT * FROM customers WHERE ({order}) {than} ({marks}) ORDER BY {by}{direction} LIMIT 101");
            let plan = plan(&tx, &sql);
            assert!(plan.starts_with("SEARCH customers USING INDEX") && !plan.contains("TEMP"), "{sql}: {plan}");
        }
    }
    for sql in [
        "SELECT * FROM operations WHERE customer_id = 'c' AND state NOT IN ('confirmed', 'cancelled') ORDER BY sequence",
        "SELECT * FROM subscriptions WHERE customer_id = 'c' ORDER BY created_at DESC, number DESC",
        "SELECT * FROM subscriptions WHERE is_live = 1 AND cancellable_until > 1 AND cancellable_until < 2
             ORDER BY cancellable_until",
        "SELECT number FROM customers WHERE domain_prefix = 'a' COLLATE NOCASE ORDER BY number",
        "SELECT number, name_key FROM customers WHERE town_key = 'a'",
        "SELECT number FROM customers WHERE registration_key = 'a' AND registration_key <> ''",
    ] {
        let plan = plan(&tx, sql);
        assert!(plan.contains("USING") && plan.contains("INDEX") && !plan.contains("TEMP"), "{sql}: {plan}");
    }
}

fn plan(db: &Db, sql: &str) -> String {
    db.rows(&format!("EXPLAIN QUERY PLAN {sql}"), [], |row| row.get::<_, String>(3)).unwrap().join("; ")
}
