//! One change to many customers: whom it is for, and how far it has come. Whom it is for is settled in one go, so that
//! what was looked at is what is done, however the list changes meanwhile; the change itself goes on in slices.

use super::customer_filter::Asked;
use super::customers::{CustomerPageQuery, KEPT};
use crate::value::{Id, Time};
use crate::{Db, Result, Tx};
use cb_domain::ids::CustomerId;
use cb_domain::topic::Topic;
use jiff::Timestamp;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

/// Reads the change to many.
pub struct Bulk<'d>(&'d Db);

/// How a change to many stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkState {
    /// Shown, not started.
    Prepared,
    /// Under way.
    Running,
    /// All of it was gone through.
    Done,
    /// Ended by the person, or because it could not go on.
    Stopped,
}

/// A change to many customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkTask {
    /// Its number.
    pub number: i64,
    /// The change, in the caller's words.
    pub what: String,
    /// How it stands.
    pub state: BulkState,
    /// Customers that it is for.
    pub total: u32,
    /// Customers that it has gone through.
    pub gone: u32,
    /// What it has changed, as the change counts: customers or subscriptions.
    pub changed: u32,
    /// What it had nothing to do with.
    pub left_out: u32,
}

/// Whom a change is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkChoice {
    /// All that the list finds, but these.
    Found(Box<CustomerPageQuery>, Vec<CustomerId>),
    /// These.
    These(Vec<CustomerId>),
}

impl BulkState {
    fn word(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Running => "running",
            Self::Done => "done",
            Self::Stopped => "stopped",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "prepared" => Self::Prepared,
            "running" => Self::Running,
            "done" => Self::Done,
            // The table takes no other word.
            _ => Self::Stopped,
        }
    }
}

impl Db {
    /// The change to many customers.
    #[must_use]
    pub fn bulk(&self) -> Bulk<'_> {
        Bulk(self)
    }
}

impl Bulk<'_> {
    /// The newest one; there is one at a time.
    ///
    /// # Errors
    /// When the database fails.
    pub fn current(&self) -> Result<Option<BulkTask>> {
        let sql = "SELECT number, what, state, total, gone, changed, left_out FROM bulk_tasks
            ORDER BY number DESC LIMIT 1";
        self.0.row(sql, [], |row| {
            Ok(BulkTask {
                number: row.get(0)?,
                what: row.get(1)?,
                state: BulkState::of(&row.get::<_, String>(2)?),
                total: row.get(3)?,
                gone: row.get(4)?,
                changed: row.get(5)?,
                left_out: row.get(6)?,
            })
        })
    }

    /// The next customers that it has not gone through.
    ///
    /// # Errors
    /// When the database fails.
    pub fn next(&self, task: i64, limit: u32) -> Result<Vec<CustomerId>> {
        let sql = "SELECT c.id FROM bulk_members m CROSS JOIN customers c ON c.number = m.customer
            WHERE m.task = ?1 ORDER BY m.customer LIMIT ?2";
        self.0.rows(sql, (task, limit), |row| Ok(row.get::<_, Id<CustomerId>>(0)?.0))
    }

    /// Subscriptions of all that it is for, deleted ones left out.
    ///
    /// # Errors
    /// When the database fails.
    pub fn subscriptions(&self, task: i64) -> Result<u32> {
        let sql = "SELECT coalesce(sum(c.subscription_count), 0)
            FROM bulk_members m CROSS JOIN customers c ON c.number = m.customer WHERE m.task = ?1";
        self.0.number(sql, [task])
    }

    /// The first of them by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn first_names(&self, task: i64, limit: u32) -> Result<Vec<String>> {
        // In the order of numbers: by name all of them would have to be read.
        let sql = "SELECT c.name FROM bulk_members m CROSS JOIN customers c ON c.number = m.customer
            WHERE m.task = ?1 ORDER BY m.customer LIMIT ?2";
        self.0.rows(sql, (task, limit), |row| row.get(0))
    }
}

impl Tx {
    /// Settles whom a change is for; those that came before are forgotten. `None` while one is under way.
    ///
    /// # Errors
    /// When the database fails.
    pub fn prepare_bulk(&self, choice: &BulkChoice, what: &str, at: Timestamp) -> Result<Option<BulkTask>> {
        let before = self.bulk().current()?;
        if before.as_ref().is_some_and(|task| task.state == BulkState::Running) {
            return Ok(None);
        }
        // Never the number of another one, which some window may still show.
        let task = before.map_or(1, |before| before.number.saturating_add(1));
        self.execute("DELETE FROM bulk_tasks", [])?;
        self.execute(
            "INSERT INTO bulk_tasks (number, what, state, total, gone, changed, left_out, prepared_at)
             VALUES (?1, ?2, 'prepared', 0, 0, 0, 0, ?3)",
            (task, what, Time(at)),
        )?;
        match choice {
            BulkChoice::These(ids) => {
                self.execute(
                    "INSERT INTO bulk_members (task, customer) SELECT ?1, number FROM customers
                     WHERE id IN (SELECT value FROM json_each(?2))",
                    (task, serde_json::to_string(ids)?),
                )?;
            }
            BulkChoice::Found(query, except) => {
                self.put_found(task, query)?;
                self.execute(
                    "DELETE FROM bulk_members WHERE task = ?1 AND customer IN (SELECT number FROM customers
                     WHERE id IN (SELECT value FROM json_each(?2)))",
                    (task, serde_json::to_string(except)?),
                )?;
            }
        }
        self.execute(
            "UPDATE bulk_tasks SET total = (SELECT count(*) FROM bulk_members WHERE task = ?1) WHERE number = ?1",
            [task],
        )?;
        self.touch(Topic::Bulk);
        self.bulk().current()
    }

    /// All that the list finds.
    fn put_found(&self, task: i64, query: &CustomerPageQuery) -> Result<()> {
        let asked = Asked::of(self, query, true)?;
        if asked.nobody {
            return Ok(());
        }
        let (from, conditions) = match asked.expression {
            Some(expression) => {
                let mut rest = asked.rest;
                rest.clauses.insert(0, "customers_parts MATCH ?".to_owned());
                rest.values.insert(0, expression.into());
                ("customers_parts CROSS JOIN customers c ON c.place = customers_parts.rowid", rest)
            }
            None => ("customers c", asked.plain),
        };
        debug_assert!(conditions.clauses.iter().any(|clause| clause == KEPT), "nobody who will never be made");
        let sql =
            format!("INSERT INTO bulk_members (task, customer) SELECT ?, c.number FROM {from}{}", conditions.sql());
        let values = std::iter::once(Value::from(task)).chain(conditions.values);
        self.execute(&sql, params_from_iter(values))?;
        Ok(())
    }

    /// Starts what was prepared, or ends what is under way. Answers whether it was so.
    ///
    /// # Errors
    /// When the database fails.
    pub fn turn_bulk(&self, task: i64, from: BulkState, to: BulkState) -> Result<bool> {
        let turned = self.execute(
            "UPDATE bulk_tasks SET state = ?3 WHERE number = ?1 AND state = ?2",
            (task, from.word(), to.word()),
        )?;
        if turned > 0 && to == BulkState::Stopped {
            self.execute("DELETE FROM bulk_members WHERE task = ?1", [task])?;
        }
        self.touch(Topic::Bulk);
        Ok(turned > 0)
    }

    /// These were gone through; after the last it is done.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_bulk(&self, task: i64, members: &[CustomerId], changed: u32, left_out: u32) -> Result<()> {
        self.execute(
            "DELETE FROM bulk_members WHERE task = ?1 AND customer IN (SELECT number FROM customers
             WHERE id IN (SELECT value FROM json_each(?2)))",
            (task, serde_json::to_string(members)?),
        )?;
        self.execute(
            "UPDATE bulk_tasks SET gone = gone + ?2, changed = changed + ?3, left_out = left_out + ?4,
                 state = iif(state = 'running' AND NOT EXISTS (SELECT 1 FROM bulk_members WHERE task = ?1), 'done', state)
             WHERE number = ?1",
            (task, u32::try_from(members.len()).unwrap_or(u32::MAX), changed, left_out),
        )?;
        self.touch(Topic::Bulk);
        Ok(())
    }

    /// Gives a customer a tag, or takes it away. Answers whether that changed anything; one that has `most` tags takes
    /// no more.
    ///
    /// # Errors
    /// `NotFound`, or when the database fails.
    pub fn turn_customer_tag(&self, id: CustomerId, tag: &str, on: bool, most: usize) -> Result<bool> {
        let known = self.customer_book().tags(id)?;
        let key = crate::fold::fold(tag);
        let has = known.iter().any(|one| crate::fold::fold(one) == key);
        if has == on || (on && known.len() >= most) {
            return Ok(false);
        }
        let mut tags: Vec<String> = known.into_iter().filter(|one| crate::fold::fold(one) != key).collect();
        if on {
            tags.push(tag.to_owned());
        }
        self.put_customer_tags(id, &tags)?;
        Ok(true)
    }
}
