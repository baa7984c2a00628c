//! Partner Center's country rules as last looked up, as JSON text.

use crate::{Db, Result, Tx};
use cb_domain::topic::Topic;

impl Db {
    /// The rules of a country as last looked up.
    ///
    /// # Errors
    /// When the database fails.
    pub fn country_rules(&self, country: &str) -> Result<Option<String>> {
        self.row("SELECT rules FROM country_rules WHERE country = ?1", [country], |row| row.get(0))
    }
}

impl Tx {
    /// Keeps the rules of a country.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_country_rules(&self, country: &str, rules: &str) -> Result<()> {
        self.execute(
            "INSERT INTO country_rules (country, rules) VALUES (?1, ?2)
             ON CONFLICT (country) DO UPDATE SET rules = excluded.rules",
            [country, rules],
        )?;
        self.touch(Topic::Catalogue);
        Ok(())
    }
}
