//! When each customer's details and subscriptions were last read from Partner Center.

use crate::value::{Id, Time};
use crate::{Db, Result, Tx};
use cb_domain::ids::{CustomerId, TenantId};
use jiff::Timestamp;

/// Steps through the kept list alone: in a book that is nearly all read, the others are many.
const NEVER: &str = "SELECT c.id, c.tenant_id FROM unread_customers u CROSS JOIN customers c ON c.number = u.number
    WHERE c.tenant_id IS NOT NULL ORDER BY u.number LIMIT ?1";

/// Reads these dates.
pub struct CustomerReads<'d>(&'d Db);

impl Db {
    /// Dates of reading customers.
    #[must_use]
    pub fn customer_reads(&self) -> CustomerReads<'_> {
        CustomerReads(self)
    }
}

impl CustomerReads<'_> {
    /// Customers that Partner Center knows and that were never read, oldest in the book first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn never(&self, limit: u32) -> Result<Vec<(CustomerId, TenantId)>> {
        self.0.rows(NEVER, [limit], |row| Ok((row.get::<_, Id<CustomerId>>(0)?.0, row.get::<_, Id<TenantId>>(1)?.0)))
    }

    /// Customers that were last read before then, the longest ago first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn before(&self, before: Timestamp, limit: u32) -> Result<Vec<(CustomerId, TenantId)>> {
        self.0.rows(
            "SELECT c.id, c.tenant_id FROM customer_reads r JOIN customers c ON c.id = r.customer_id
             WHERE r.read_at < ?1 AND c.tenant_id IS NOT NULL ORDER BY r.read_at LIMIT ?2",
            rusqlite::params![Time(before), limit],
            |row| Ok((row.get::<_, Id<CustomerId>>(0)?.0, row.get::<_, Id<TenantId>>(1)?.0)),
        )
    }

    /// When this customer was last read.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(&self, id: CustomerId) -> Result<Option<Timestamp>> {
        self.0.row("SELECT read_at FROM customer_reads WHERE customer_id = ?1", [Id(id)], |row| {
            Ok(row.get::<_, Time>(0)?.0)
        })
    }

    /// How many were read, of how many that Partner Center knows.
    ///
    /// # Errors
    /// When the database fails.
    pub fn figures(&self) -> Result<(u32, u32)> {
        let kept = "SELECT coalesce(max(customers), 0) FROM customer_figures WHERE what = ?1 AND value = ''";
        let all: u32 = self.0.number(kept, ["all"])?;
        let unknown: u32 = self.0.number("SELECT count(*) FROM customers WHERE tenant_id IS NULL", [])?;
        Ok((self.0.number(kept, ["read"])?, all.saturating_sub(unknown)))
    }
}

impl Tx {
    /// This customer was read now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_customer_read(&self, id: CustomerId, at: Timestamp) -> Result<()> {
        self.execute(
            "INSERT INTO customer_reads (customer_id, read_at) VALUES (?1, ?2)
             ON CONFLICT (customer_id) DO UPDATE SET read_at = excluded.read_at",
            rusqlite::params![Id(id), Time(at)],
        )?;
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn those_that_were_never_read_are_found_without_looking_through_the_others() {
        let connection = crate::connection::in_memory().unwrap();
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {NEVER}")).unwrap();
        let steps: Vec<String> =
            plan.query_map([1], |row| row.get(3)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        // The kept list is stepped through, each customer found by its number.
        let expected = ["SCAN u", "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)"];
        assert_eq!(steps, expected);
    }
}
