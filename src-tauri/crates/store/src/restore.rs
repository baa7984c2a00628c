//! Bringing a backup back (D8): it is made ready in a folder of its own, and only then does the present database go
//! aside and the restored one take its place. A power cut at any point leaves the old book, or leads to the new one.

use crate::backup::{self, DATABASE, set_aside_database_as, sync_folder};
use crate::{Book, BookKey, Result, Sidecar, StoreError};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Folder in which a restored book is made ready.
const STAGE: &str = "restoring";
/// Says that the stage is complete: from here on a restart goes forward.
const READY: &str = "ready";

/// Copies a backup into the stage and opens it there. `plain` is the plain file that goes with its key.
///
/// # Errors
/// `WrongKey` when the key is another one, `Corrupt` when the backup is damaged, `NewerSchema`, `DiskFull`, file
/// errors. The present book is not touched.
pub(crate) fn stage(folder: &Path, backup: &Path, plain: &Sidecar, key: &BookKey) -> Result<Book> {
    let stage = folder.join(STAGE);
    discard(&stage)?;
    fs::create_dir_all(&stage)?;
    fs::copy(backup, stage.join(DATABASE))?;
    let known = Sidecar { set_aside: None, ..plain.clone() };
    known.save(&stage)?;
    Book::open(&stage, key)
}

/// Puts the staged book, which is closed, in the place of the present one. Answers where that was set aside; `None`
/// when there was none.
///
/// # Errors
/// File errors. After the stage was marked ready the next start goes on.
pub(crate) fn put_in_place(folder: &Path) -> Result<Option<PathBuf>> {
    let stage = folder.join(STAGE);
    if !stage.join(DATABASE).exists() {
        return Err(StoreError::NotFound);
    }
    File::open(stage.join(DATABASE))?.sync_all()?;
    File::create(stage.join(READY))?.sync_all()?;
    sync_folder(&stage)?;
    let aside = match folder.join(DATABASE).exists() {
        true => Some(set_aside_database_as(folder, "set-aside")?),
        false => None,
    };
    go_on(folder)?;
    Ok(aside)
}

/// Ends a restore that a crash broke off: forward when it was ready and the old book is aside, else back.
///
/// # Errors
/// File errors.
pub(crate) fn finish_left_over(folder: &Path) -> Result<()> {
    let stage = folder.join(STAGE);
    if !stage.exists() {
        return Ok(());
    }
    if stage.join(READY).exists() && !folder.join(DATABASE).exists() && stage.join(DATABASE).exists() {
        return go_on(folder);
    }
    discard(&stage)
}

/// The rest of the way once the old database is aside.
fn go_on(folder: &Path) -> Result<()> {
    let stage = folder.join(STAGE);
    if let Some(plain) = Sidecar::read(&stage)? {
        plain.save(folder)?;
    }
    // The WAL first: a database in place without it would have lost its newest pages.
    for file in backup::database_files(&stage).into_iter().rev() {
        if let (true, Some(name)) = (file.exists(), file.file_name()) {
            fs::rename(&file, folder.join(name))?;
        }
    }
    sync_folder(folder)?;
    discard(&stage)
}

/// What lies in the stage is a copy of a backup, or nothing any more.
fn discard(stage: &Path) -> Result<()> {
    match fs::remove_dir_all(stage) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}
