//! One file per table: its SQL, row mapping, read handle and write methods.

pub(crate) mod attempts;
#[cfg(feature = "bench")]
pub mod bare;
pub(crate) mod bulk;
pub(crate) mod country_rules;
pub(crate) mod customer_book;
pub(crate) mod customer_filter;
pub(crate) mod customer_invitations;
pub(crate) mod customer_page;
pub(crate) mod customer_parts;
pub(crate) mod customer_place;
pub(crate) mod customer_reads;
pub(crate) mod customer_rows;
pub(crate) mod customers;
pub(crate) mod drafts;
pub(crate) mod events;
pub(crate) mod forget;
pub(crate) mod journal;
pub(crate) mod journal_check;
pub(crate) mod journal_page;
mod journal_rows;
pub(crate) mod mail_templates;
pub(crate) mod mended;
pub(crate) mod offers;
pub(crate) mod onboardings;
pub(crate) mod operations;
pub(crate) mod partnership_requests;
pub(crate) mod profiles;
pub(crate) mod reseller_book;
pub(crate) mod reseller_page;
pub(crate) mod resellers;
pub(crate) mod search;
pub(crate) mod secrets;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod similar;
pub(crate) mod stands;
pub(crate) mod subscription_book;
pub(crate) mod subscription_ends;
pub(crate) mod subscriptions;
pub(crate) mod support_contacts;
pub(crate) mod text;
pub(crate) mod windows;

use crate::{Db, Result};
use rusqlite::{OptionalExtension as _, Params, Row};

impl Db {
    /// All rows of a statement, which is prepared once per connection.
    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params, map)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The first row of a statement, if any.
    pub(crate) fn row<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.connection.prepare_cached(sql)?.query_row(params, map).optional()?)
    }

    /// A number that is always there, such as a count.
    pub(crate) fn number<T: rusqlite::types::FromSql>(&self, sql: &str, params: impl Params) -> Result<T> {
        Ok(self.connection.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
    }

    /// Runs a writing statement; answers with the rows it changed. Only write methods of `Tx` call it.
    pub(crate) fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.connection.prepare_cached(sql)?.execute(params)?)
    }
}
