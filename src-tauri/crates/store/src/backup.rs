//! Backups and files set aside: written beside, checked, synced, then renamed into place (D6).

use crate::sidecar;
use crate::{BookKey, Result, Sidecar, StoreError};
use rusqlite::Connection;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Name of the database.
pub(crate) const DATABASE: &str = "book.db";
/// Folder of the backups.
pub(crate) const BACKUPS: &str = "backups";

/// What belongs to the database itself: a damaged file goes aside with its WAL.
pub(crate) fn database_files(folder: &Path) -> [PathBuf; 3] {
    [folder.join(DATABASE), folder.join("book.db-wal"), folder.join("book.db-journal")]
}

/// Writes a copy under the same key and checks it before it takes its name.
pub(crate) fn write(connection: &Connection, path: &Path) -> Result<()> {
    let folder = path.parent().ok_or(StoreError::NotFound)?;
    fs::create_dir_all(folder)?;
    let mut fresh = OsString::from(path);
    fresh.push(".new");
    let fresh = PathBuf::from(fresh);
    // Left behind by a backup that a power cut ended: it never had its name, so it is no backup.
    if fresh.exists() {
        fs::remove_file(&fresh)?;
    }
    let written = copy_checked(connection, &fresh);
    if written.is_err() {
        // A copy that failed its check must not lie about; the error matters more than a failed removal.
        let _ = fs::remove_file(&fresh);
        return written;
    }
    fs::rename(&fresh, path)?;
    sync_folder(folder)
}

/// Second half of a backup made in slices: the raw copy becomes a compact, checked file with its name. It works on the
/// copy alone, so the book goes on meanwhile.
pub(crate) fn finish(raw: &Path, path: &Path, key: &BookKey) -> Result<()> {
    let connection = open_copy(raw, key)?;
    let written = write(&connection, path);
    if let Err((_, error)) = connection.close() {
        tracing::warn!(%error, "the copy did not close cleanly");
    }
    written
}

/// Looks through every table and index of a copy.
pub(crate) fn check_whole(copy: &Path, key: &BookKey) -> Result<()> {
    let connection = open_copy(copy, key)?;
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if let Err((_, error)) = connection.close() {
        tracing::warn!(%error, "the copy did not close cleanly");
    }
    if verdict == "ok" { Ok(()) } else { Err(StoreError::BackupUnsound) }
}

/// Opens a file that nobody else uses.
pub(crate) fn open_copy(path: &Path, key: &BookKey) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(&key.pragma())?;
    connection.execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    Ok(connection)
}

/// Where the raw copy of a backup lies until it is finished.
pub(crate) fn raw_of(path: &Path) -> PathBuf {
    let mut raw = OsString::from(path);
    raw.push(".copy");
    PathBuf::from(raw)
}

fn copy_checked(connection: &Connection, path: &Path) -> Result<()> {
    let target = path.to_str().ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidFilename))?;
    // VACUUM INTO writes with the key of the open database.
    connection.execute("VACUUM INTO ?1", [target])?;
    connection.execute("ATTACH DATABASE ?1 AS copy", [target])?;
    let checked = connection.query_row("PRAGMA copy.quick_check(1)", [], |row| row.get::<_, String>(0));
    let same = crate::migrate::version(connection)?;
    let version: rusqlite::Result<u32> = connection.query_row("PRAGMA copy.user_version", [], |row| row.get(0));
    connection.execute_batch("DETACH DATABASE copy")?;
    if checked? != "ok" || version? != same {
        return Err(StoreError::BackupUnsound);
    }
    Ok(File::options().write(true).open(path)?.sync_all()?)
}

/// Backs up before a migration, under a name that tells the version and that no other backup has.
pub(crate) fn before_migration(connection: &Connection, folder: &Path, version: u32) -> Result<()> {
    let backups = folder.join(BACKUPS);
    let path = free_name(&backups, &format!("before-migration-from-{version}"), ".db");
    write(connection, &path)
}

/// Moves a damaged database and its WAL into a folder of their own. Answers with that folder.
pub(crate) fn set_aside_database(folder: &Path) -> Result<PathBuf> {
    set_aside_database_as(folder, "damaged")
}

/// Moves the database and its WAL into a new folder with this name, and a copy of the plain file with them, so that
/// they can still be opened.
pub(crate) fn set_aside_database_as(folder: &Path, stem: &str) -> Result<PathBuf> {
    let aside = free_name(folder, stem, "");
    fs::create_dir_all(&aside)?;
    if let Some(plain) = Sidecar::read(folder)? {
        plain.save(&aside)?;
    }
    for file in database_files(folder) {
        move_into(&file, &aside)?;
    }
    sync_folder(folder)?;
    Ok(aside)
}

/// Moves everything of a book aside.
pub(crate) fn set_aside_all(folder: &Path) -> Result<PathBuf> {
    if !anything(folder) {
        return Err(StoreError::NotFound);
    }
    let aside = free_name(folder, "set-aside", "");
    fs::create_dir_all(&aside)?;
    for file in database_files(folder) {
        move_into(&file, &aside)?;
    }
    move_into(&folder.join(sidecar::FILE), &aside)?;
    move_into(&folder.join(BACKUPS), &aside)?;
    sync_folder(folder)?;
    Ok(aside)
}

/// Whether anything that belongs to a book lies in the folder.
pub(crate) fn anything(folder: &Path) -> bool {
    let backups = fs::read_dir(folder.join(BACKUPS)).is_ok_and(|mut entries| entries.next().is_some());
    backups || folder.join(sidecar::FILE).exists() || database_files(folder).iter().any(|file| file.exists())
}

/// Makes renames in a folder last through a power cut.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    // Windows has no such call and does not need it.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn move_into(file: &Path, folder: &Path) -> Result<()> {
    match (file.exists(), file.file_name()) {
        (true, Some(name)) => Ok(fs::rename(file, folder.join(name))?),
        (_, _) => Ok(()),
    }
}

/// `stem`, `stem-2`, `stem-3` …: the first that is not taken. Numbers, since a wrong clock must not name files.
fn free_name(folder: &Path, stem: &str, ending: &str) -> PathBuf {
    let names = std::iter::once(format!("{stem}{ending}")).chain((2_u64..).map(|n| format!("{stem}-{n}{ending}")));
    let mut paths = names.map(|name| folder.join(name));
    paths.find(|path| !path.exists()).unwrap_or_else(|| folder.join(stem))
}
