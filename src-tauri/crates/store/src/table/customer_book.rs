//! What the book keeps of customers beside Partner Center: alias, note and tags. Also the orders of one.

use crate::fold::fold;
use crate::value::{Id, Time};
use crate::{Db, Result, StoreError, Tx};
use cb_domain::ids::{CustomerId, ResellerId};
use cb_domain::journal::{FieldChange, JournalKind};
use cb_domain::topic::Topic;
use jiff::Timestamp;

/// Reads what the book keeps of customers.
pub struct CustomerBook<'d>(&'d Db);

/// An order of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderOfCustomer {
    /// Partner Center's id.
    pub order_id: String,
    /// When the first of its subscriptions was made.
    pub at: Timestamp,
    /// Products with their licences, one per subscription.
    pub lines: Vec<(String, u32)>,
    /// Name of the reseller of record; empty when none.
    pub reseller_name: String,
}

impl Db {
    /// What the book keeps of customers.
    #[must_use]
    pub fn customer_book(&self) -> CustomerBook<'_> {
        CustomerBook(self)
    }
}

impl CustomerBook<'_> {
    /// The private note; empty when none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note(&self, customer: CustomerId) -> Result<String> {
        let sql = "SELECT note FROM customer_notes WHERE customer_id = ?1";
        Ok(self.0.row(sql, [Id(customer)], |row| row.get(0))?.unwrap_or_default())
    }

    /// Tags of this one, in alphabetical order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tags(&self, customer: CustomerId) -> Result<Vec<String>> {
        let sql = "SELECT tag FROM customer_tags WHERE customer_id = ?1 ORDER BY tag_key";
        self.0.rows(sql, [Id(customer)], |row| row.get(0))
    }

    /// Tags used anywhere, in alphabetical order, each in one writing. Steps from tag to tag in the index, so that it
    /// costs as many steps as there are tags, however many customers have one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn known_tags(&self) -> Result<Vec<String>> {
        self.0.rows(
            "WITH RECURSIVE found (tag_key) AS (
                 SELECT min(tag_key) FROM customer_tags
                 UNION ALL
                 SELECT (SELECT min(t.tag_key) FROM customer_tags t WHERE t.tag_key > found.tag_key)
                 FROM found WHERE found.tag_key IS NOT NULL)
             SELECT (SELECT t.tag FROM customer_tags t WHERE t.tag_key = found.tag_key LIMIT 1)
             FROM found WHERE tag_key IS NOT NULL",
            [],
            |row| row.get(0),
        )
    }

    /// Orders of a customer, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn orders(&self, customer: CustomerId, limit: u32) -> Result<Vec<OrderOfCustomer>> {
        let rows = self.0.rows(
            "SELECT s.order_id, s.created_at, s.product_name, s.quantity, s.reseller_of_record
             FROM subscriptions s WHERE s.customer_id = ?1 AND s.order_id IS NOT NULL
             ORDER BY s.created_at DESC, s.number",
            [Id(customer)],
            |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, Time>(1)?.0,
                    (row.get::<_, String>(2)?, row.get::<_, u32>(3)?),
                    row.get::<_, Option<Id<ResellerId>>>(4)?.map(|id| id.0),
                ))
            },
        )?;
        let mut orders: Vec<OrderOfCustomer> = Vec::new();
        for (order_id, at, line, reseller) in rows {
            if let Some(known) = orders.iter_mut().find(|order| order.order_id == order_id) {
                known.at = known.at.min(at);
                known.lines.push(line);
            } else if orders.len() < usize::try_from(limit).unwrap_or(usize::MAX) {
                let found = reseller.map(|id| self.0.resellers().get(id)).transpose()?.flatten();
                let reseller_name = found.map(|one| one.name).unwrap_or_default();
                orders.push(OrderOfCustomer { order_id, at, lines: vec![line], reseller_name });
            }
        }
        Ok(orders)
    }
}

impl Tx {
    /// Keeps the private alias; it is searched like the name.
    ///
    /// # Errors
    /// `NotFound`, or when the database fails.
    pub fn put_customer_alias(&self, id: CustomerId, alias: &str) -> Result<()> {
        let mut customer = self.customers().get(id)?.ok_or(StoreError::NotFound)?;
        alias.clone_into(&mut customer.alias);
        self.put_customer(&customer)
    }

    /// Keeps the private note.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_customer_note(&self, customer: CustomerId, note: &str, at: Timestamp) -> Result<()> {
        let before = self.customer_book().note(customer)?;
        self.execute(
            "INSERT INTO customer_notes (customer_id, note, saved_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (customer_id) DO UPDATE SET note = excluded.note, saved_at = excluded.saved_at",
            (Id(customer), note, Time(at)),
        )?;
        self.touch(Topic::Customers);
        self.tell_customer_field(customer, "note", before, note.to_owned())
    }

    /// Replaces the tags. Empty ones and the same one in another writing are left out.
    ///
    /// # Errors
    /// `NotFound`, or when the database fails.
    pub fn put_customer_tags(&self, id: CustomerId, tags: &[String]) -> Result<()> {
        let before = self.customer_book().tags(id)?.join(", ");
        self.execute("DELETE FROM customer_tags WHERE customer_id = ?1", [Id(id)])?;
        for tag in tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
            self.execute(
                "INSERT INTO customer_tags (customer_id, tag_key, tag) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                (Id(id), fold(tag), tag),
            )?;
        }
        // Its row has the folded words that the search looks through; the tags are among them.
        let customer = self.customers().get(id)?.ok_or(StoreError::NotFound)?;
        self.put_customer(&customer)?;
        let after = self.customer_book().tags(id)?.join(", ");
        self.tell_customer_field(id, "tags", before, after)
    }

    /// Tells of one field of a customer that has no column of its own row.
    fn tell_customer_field(&self, id: CustomerId, field: &str, before: String, after: String) -> Result<()> {
        let Some(customer) = self.customer_before(id)? else { return Ok(()) };
        if before == after {
            return Ok(());
        }
        let changes = vec![FieldChange::new(field, before, after)];
        self.tell_changes(JournalKind::CustomerChanged, (Some(id), customer.reseller_id), &customer.name, changes)
    }
}
