//! The plain file beside the database: which key opens it, and enough to tell a wrong key from a damaged file (D4, D5).
//! It holds no secret.

use crate::recovery::WrappedKey;
use crate::{BookKey, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use uuid::Uuid;

/// Name of the plain file.
pub(crate) const FILE: &str = "book.json";

/// What stands in the plain file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sidecar {
    /// Version of this file's own form.
    pub format: u32,
    /// The installation that made the book.
    pub install_id: Uuid,
    /// Keychain entry of the key; empty when the caller keeps the name elsewhere.
    pub key_name: String,
    /// Schema of the database when it was last opened.
    pub schema_version: u32,
    /// Salt of the key check, hex.
    pub key_salt: String,
    /// Value that only the right key gives with that salt, hex.
    pub key_check: String,
    /// The key, wrapped by the recovery code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<WrappedKey>,
    /// When the recovery code was set up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_since: Option<Timestamp>,
    /// The key, wrapped by a passphrase where there is no keychain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passphrase: Option<WrappedKey>,
    /// Where the damaged database was set aside, relative to the folder; until another is restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_aside: Option<String>,
    /// A copy of the book did not pass its check: the next start checks the book itself, whatever its size.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suspect: bool,
}

impl Sidecar {
    pub(crate) fn new(key: &BookKey, schema_version: u32) -> Result<Self> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)?;
        let mut install = [0; 16];
        getrandom::fill(&mut install)?;
        Ok(Self {
            format: 1,
            install_id: uuid::Builder::from_random_bytes(install).into_uuid(),
            key_name: key.name().to_owned(),
            schema_version,
            key_check: key.check_value(&salt),
            key_salt: hex::encode(salt),
            recovery: None,
            recovery_since: None,
            passphrase: None,
            set_aside: None,
            suspect: false,
        })
    }

    /// Reads it; `None` when it is absent or can't be understood.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>> {
        Self::read_file(&folder.join(FILE))
    }

    fn read_file(path: &Path) -> Result<Option<Self>> {
        match fs::read(path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Puts it in place in one step, so that a power cut leaves the old or the new one.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn save(&self, folder: &Path) -> Result<()> {
        self.save_as(&folder.join(FILE))
    }

    /// As [`Self::save`], under another name: beside a backup.
    pub(crate) fn save_as(&self, path: &Path) -> Result<()> {
        let fresh = path.with_extension("json.new");
        let mut file = File::create(&fresh)?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        file.sync_all()?;
        fs::rename(&fresh, path)?;
        path.parent().map_or(Ok(()), crate::backup::sync_folder)
    }

    /// Reads the one beside a backup; `None` when it is absent or can't be understood.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn of_backup(backup: &Path) -> Result<Option<Self>> {
        Self::read_file(&crate::shelf::plain_of(backup))
    }

    /// Whether this is the key of the book; `None` when the file's salt can't be read.
    #[must_use]
    pub fn fits(&self, key: &BookKey) -> Option<bool> {
        let salt = hex::decode(&self.key_salt).ok()?;
        Some(key.check_value(&salt) == self.key_check)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test shall stop here")]
mod tests {
    use super::*;

    #[test]
    fn d5_absent_garbage_and_unreadable_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Sidecar::read(folder.path()).unwrap().map(|known| known.format), None, "absent");
        fs::write(folder.path().join(FILE), b"{").unwrap();
        assert_eq!(Sidecar::read(folder.path()).unwrap().map(|known| known.format), None, "garbage");
        fs::remove_file(folder.path().join(FILE)).unwrap();
        fs::create_dir(folder.path().join(FILE)).unwrap();
        assert!(
            Sidecar::read(folder.path()).is_err(),
            "nobody can tell what stands there: not as if there were nothing"
        );
    }

    #[test]
    fn what_is_saved_is_read_again_and_knows_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let key = BookKey::new([7; 32]).named("book-7");
        let first = Sidecar::new(&key, 3).unwrap();
        first.save(folder.path()).unwrap();
        let read = Sidecar::read(folder.path()).unwrap().unwrap();
        assert_eq!((read.install_id, read.schema_version, read.key_name.as_str()), (first.install_id, 3, "book-7"));
        assert_eq!((read.fits(&key), read.fits(&BookKey::new([8; 32]))), (Some(true), Some(false)));
        assert_eq!(Sidecar { key_salt: "no hex".into(), ..read }.fits(&key), None);
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
        assert_eq!(names, [FILE], "nothing is left of the writing");
        let other = Sidecar::new(&key, 3).unwrap();
        assert!(other.install_id != first.install_id && other.key_salt != first.key_salt, "each book its own");
    }
}
