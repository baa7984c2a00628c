//! Settings of the workspace: short texts under a key.

use crate::{Db, Result, Tx};
use cb_domain::topic::Topic;

/// Reads settings.
pub struct Settings<'d>(&'d Db);

impl Db {
    /// Settings.
    #[must_use]
    pub fn settings(&self) -> Settings<'_> {
        Settings(self)
    }
}

impl Settings<'_> {
    /// The value under a key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, key: &str) -> Result<Option<String>> {
        self.0.row("SELECT value FROM settings WHERE key = ?1", [key], |row| row.get(0))
    }
}

impl Tx {
    /// Sets a value.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<()> {
        let before = self.settings().get(key)?;
        self.execute(
            "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
        )?;
        self.touch(Topic::Settings);
        self.tell_setting(key, before, value)
    }
}
