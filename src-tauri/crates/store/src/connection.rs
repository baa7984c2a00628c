//! Opening the database: key, settings of rule D1, checks, migrations; and the start errors of rule D5.

use crate::backup;
use crate::owner::Db;
use crate::{BookKey, Result, Sidecar, StoreError, migrate};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, types::Value};
use rusqlite_migration::M;
use std::fs;
use std::path::Path;

/// Settings of rule D1, set and read back at each open.
const SETTINGS: [(&str, &str, &str); 12] = [
    // Before the first access, so that WAL needs no shared memory and a second process fails at once.
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("fullfsync", "ON", "1"),
    ("checkpoint_fullfsync", "ON", "1"),
    ("foreign_keys", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    ("secure_delete", "ON", "1"),
    ("mmap_size", "0", "0"),
    // 32 MiB: each page is deciphered when it is read, and the usual 2 MB do not hold what one list of a large book needs.
    ("cache_size", "-32768", "-32768"),
    ("temp_store", "MEMORY", "2"),
    // Without it a REPLACE deletes rows past the triggers that forbid deleting.
    ("recursive_triggers", "ON", "1"),
];

/// Size of a page, SQLCipher's own default.
const PAGE: u64 = 4096;

/// Books up to this size are checked whole at each start: it takes less than a blink. A larger one is checked on its
/// daily copy, off the start, and at the start after a copy that did not pass (D6, decision 0015).
const CHECKED_AT_START: u64 = 16 * 1024 * 1024;

/// Statements kept prepared: more than the store has.
const PREPARED: usize = 256;

/// Makes a new database where nothing of a book lies (D5).
pub(crate) fn create(folder: &Path, key: &BookKey, migrations: &'static [M<'static>]) -> Result<Connection> {
    if backup::anything(folder) {
        return Err(StoreError::Exists);
    }
    fs::create_dir_all(folder)?;
    // The plain file comes first: a database without it could not tell a wrong key from damage.
    // Schema 0 in it tells a creation that broke off from a book that was emptied.
    let sidecar = Sidecar::new(key, 0)?;
    sidecar.save(folder)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(folder.join(backup::DATABASE), flags)?;
    configure(&connection, Some(key))?;
    migrate::migrate(&mut connection, migrations)?;
    Sidecar { schema_version: migrate::newest(migrations), ..sidecar }.save(folder)?;
    Ok(connection)
}

/// Opens the database of a folder.
pub(crate) fn open(folder: &Path, key: &BookKey, migrations: &'static [M<'static>]) -> Result<Connection> {
    crate::restore::finish_left_over(folder)?;
    let sidecar = Sidecar::read(folder)?;
    let path = folder.join(backup::DATABASE);
    if !path.exists() {
        return Err(match sidecar.and_then(|sidecar| sidecar.set_aside) {
            Some(name) => StoreError::Corrupt { moved_to: folder.join(name) },
            None if backup::anything(folder) => StoreError::Missing,
            None => StoreError::NotFound,
        });
    }
    let fits = sidecar.as_ref().and_then(|sidecar| sidecar.fits(key));
    if fits == Some(false) {
        return Err(StoreError::WrongKey);
    }
    if fs::metadata(&path)?.permissions().readonly() {
        return Err(StoreError::ReadOnly);
    }
    // SQLite would take a file without a whole page for a new one and write into it. Only a creation that broke off
    // leaves such a file; otherwise there was more in it, as far as is known.
    let begun = sidecar.as_ref().is_some_and(|known| known.schema_version == 0);
    if fs::metadata(&path)?.len() < PAGE && !begun {
        return Err(set_aside(folder, sidecar)?);
    }
    let suspect = sidecar.as_ref().is_none_or(|known| known.suspect);
    let whole = suspect || fs::metadata(&path)?.len() <= CHECKED_AT_START;
    match open_sound(&path, key, whole) {
        Ok(mut connection) => {
            bring_up_to_date(&mut connection, folder, migrations)?;
            let connection = migrate::complete(connection)?;
            note(folder, sidecar, key, migrations)?;
            Ok(connection)
        }
        // The right key, or one that nothing is known against: then the file is at fault.
        Err(StoreError::Damaged(_)) if fits == Some(true) => Err(set_aside(folder, sidecar)?),
        // Without a readable plain file, garbage and a wrong key look the same. Nothing is moved.
        Err(StoreError::Damaged(_)) => Err(StoreError::WrongKey),
        Err(error) => Err(error),
    }
}

/// Opens a book that a newer version has written, to be read only (D7). Call after [`open`] has said `NewerSchema`.
pub(crate) fn open_newer(folder: &Path, key: &BookKey) -> Result<Connection> {
    let connection = open_sound(&folder.join(backup::DATABASE), key, true)?;
    // Not one byte of it changes, also not when it is closed.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.execute_batch("PRAGMA query_only = ON")?;
    Ok(connection)
}

/// Raises the version in the file, for tests of D7.
pub(crate) fn raise_schema(folder: &Path, key: &BookKey) -> Result<()> {
    let connection = open_sound(&folder.join(backup::DATABASE), key, true)?;
    let next = migrate::version(&connection)?.saturating_add(1);
    Ok(connection.execute_batch(&format!("PRAGMA user_version = {next}"))?)
}

/// A database in memory, for tests of callers.
pub(crate) fn in_memory() -> Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection
        .execute_batch("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA recursive_triggers = ON;")?;
    migrate::migrate(&mut connection, migrate::MIGRATIONS)?;
    Ok(connection)
}

/// Moves the WAL into the database and empties it.
pub(crate) fn truncate_wal(db: &Db) -> Result<()> {
    let busy: i64 = db.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(StoreError::Locked) }
}

/// Opens and checks; see [`sound`].
fn open_sound(path: &Path, key: &BookKey, whole: bool) -> Result<Connection> {
    let opened = sound(path, key, whole);
    // A page that fails its check is told as "out of memory" where the cipher meets it deep inside a read.
    if let Err(StoreError::Database(cause)) = opened {
        let damaged = cause.sqlite_error_code() == Some(ErrorCode::OutOfMemory);
        return Err(if damaged { StoreError::Damaged(cause) } else { StoreError::Database(cause) });
    }
    opened
}

/// Until the file has proved sound, closing it leaves it and its WAL exactly as they are.
fn sound(path: &Path, key: &BookKey, whole: bool) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    if connection.is_readonly("main")? {
        return Err(StoreError::ReadOnly);
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    configure(&connection, Some(key))?;
    if whole {
        let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if verdict != "ok" {
            return Err(damaged());
        }
    } else {
        // Each page that is read proves itself by its checksum; these are the first ones that everything needs.
        let _: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(connection)
}

pub(crate) fn configure(connection: &Connection, key: Option<&BookKey>) -> Result<()> {
    connection.busy_timeout(std::time::Duration::ZERO)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    if let Some(key) = key {
        connection.execute_batch(&key.pragma())?;
        // It would write to the standard error stream, past our log; the same errors come as results.
        connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    }
    for (name, value, _) in SETTINGS {
        // Some of these answer with a row and some do not; what counts is what reads back.
        connection.execute_batch(&format!("PRAGMA {name} = {value}"))?;
    }
    for (name, _, wanted) in SETTINGS {
        if setting(connection, name)?.is_none_or(|found| found != wanted) {
            return Err(StoreError::Setting { name });
        }
    }
    Ok(())
}

/// A setting as text.
pub(crate) fn setting(connection: &Connection, name: &str) -> Result<Option<String>> {
    let mut statement = connection.prepare(&format!("PRAGMA {name}"))?;
    let mut rows = statement.query([])?;
    Ok(match rows.next()? {
        None => None,
        Some(row) => match row.get::<_, Value>(0)? {
            Value::Integer(number) => Some(number.to_string()),
            Value::Text(text) => Some(text.to_lowercase()),
            Value::Null | Value::Real(_) | Value::Blob(_) => None,
        },
    })
}

/// Refuses a newer schema; backs up and migrates an older one.
fn bring_up_to_date(connection: &mut Connection, folder: &Path, migrations: &'static [M<'static>]) -> Result<()> {
    let found = migrate::version(connection)?;
    migrate::refuse_newer(found, migrations)?;
    if found < migrate::newest(migrations) {
        // Version 0 is a creation that a power cut ended: there is nothing to back up yet.
        if found > 0 {
            backup::before_migration(connection, folder, found)?;
        }
        migrate::migrate(connection, migrations)?;
    }
    Ok(())
}

/// Keeps the plain file in step; one that was lost or can't be read is written anew.
fn note(folder: &Path, sidecar: Option<Sidecar>, key: &BookKey, migrations: &[M<'static>]) -> Result<()> {
    let version = migrate::newest(migrations);
    match sidecar {
        Some(known)
            if known.schema_version == version
                && known.set_aside.is_none()
                && !known.suspect
                && known.fits(key) == Some(true) =>
        {
            Ok(())
        }
        Some(known) if known.fits(key) == Some(true) => {
            Sidecar { schema_version: version, set_aside: None, suspect: false, ..known }.save(folder)
        }
        Some(_) | None => Sidecar::new(key, version)?.save(folder),
    }
}

/// Sets the damaged file aside and remembers where, so that the next start says the same.
fn set_aside(folder: &Path, sidecar: Option<Sidecar>) -> Result<StoreError> {
    let moved_to = backup::set_aside_database(folder)?;
    let name = moved_to.file_name().map(|name| name.to_string_lossy().into_owned());
    if let Some(known) = sidecar {
        Sidecar { set_aside: name, ..known }.save(folder)?;
    }
    tracing::error!("the book is damaged and was set aside");
    Ok(StoreError::Corrupt { moved_to })
}

fn damaged() -> StoreError {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    StoreError::Damaged(rusqlite::Error::SqliteFailure(code, None))
}
