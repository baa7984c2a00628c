//! Schema versions: numbered, forward only, one transaction each (D7).

use crate::{Result, StoreError, Tx};
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

/// All migrations. Each raises the version in the file by one; one that was released is never edited.
pub(crate) const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("../migrations/0001_book.sql")),
    M::up(include_str!("../migrations/0002_outbox.sql")),
    M::up(include_str!("../migrations/0004_mending.sql")),
    M::up(include_str!("../migrations/0006_partnership.sql")),
    M::up(include_str!("../migrations/0007_resellers.sql")),
    M::up(include_str!("../migrations/0005_states.sql")),
    M::up(include_str!("../migrations/0003_forget.sql")),
    M::up(include_str!("../migrations/0008_journal.sql")),
    M::up(include_str!("../migrations/0009_sessions.sql")),
    M::up(include_str!("../migrations/0012_customer_notes.sql")),
    M::up(include_str!("../migrations/0010_sign_in.sql")),
    M::up(include_str!("../migrations/0011_subscriptions.sql")),
    M::up(include_str!("../migrations/0015_lists.sql")),
    M::up(include_str!("../migrations/0018_many.sql")),
    M::up(include_str!("../migrations/0017_windows.sql")),
    M::up(include_str!("../migrations/0016_disowned.sql")),
    M::up(include_str!("../migrations/0020_rows.sql")),
    M::up(include_str!("../migrations/0023_closing.sql")),
    M::up(include_str!("../migrations/0024_decided.sql")),
];

/// Version of the schema in the file.
pub(crate) fn version(connection: &Connection) -> Result<u32> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// The version that these migrations lead to.
pub(crate) fn newest(migrations: &[M<'static>]) -> u32 {
    u32::try_from(migrations.len()).unwrap_or(u32::MAX)
}

/// Refuses a file that a newer version of the app has written.
pub(crate) fn refuse_newer(found: u32, migrations: &[M<'static>]) -> Result<()> {
    let known = newest(migrations);
    if found > known { Err(StoreError::NewerSchema { found, known }) } else { Ok(()) }
}

/// Brings the schema up to date.
pub(crate) fn migrate(connection: &mut Connection, migrations: &'static [M<'static>]) -> Result<()> {
    Migrations::from_slice(migrations).to_latest(connection)?;
    #[cfg(feature = "seeded")]
    if newest(migrations) == newest(MIGRATIONS)
        && let Ok(sql) = std::env::var("CHANNELBOOK_SEEDED_SQL")
        && let Err(error) = connection.execute_batch(&sql)
    {
        // What SQLite refuses is no mutant: it must not look like one that a test has noticed.
        tracing::error!(%error, "the seeded SQL is refused");
        std::process::exit(77);
    }
    Ok(())
}

/// Takes rows into the index of parts that an older schema has left out: SQL alone can't make the parts. Asked at each
/// open, so that a crash in between is made good by the next.
pub(crate) fn complete(connection: Connection) -> Result<Connection> {
    let tx = Tx::new(connection);
    if tx.any_missing()? {
        tx.write(Tx::index_missing)?;
    }
    Ok(tx.into_connection())
}
