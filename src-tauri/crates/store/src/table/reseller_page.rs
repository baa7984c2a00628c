//! Reads for a reseller's page and for the work list: orders, and subscriptions that name a reseller of record.

use crate::table::reseller_book::ResellerBook;
use crate::value::{Id, Time, Word};
use crate::{Db, Result};
use cb_domain::catalogue::CommerceKind;
use cb_domain::ids::{CustomerId, OperationId, ResellerId, SubscriptionId};
use cb_domain::operation::OperationState;
use cb_domain::subscription::SubscriptionStatus;
use jiff::Timestamp;
use rusqlite::Row;

/// An order of one of its customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderOfReseller {
    /// Partner Center's id.
    pub order_id: String,
    /// Customer.
    pub customer_id: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// When the first of its subscriptions was made.
    pub at: Timestamp,
    /// Products, one per subscription.
    pub products: Vec<String>,
    /// Licences, all together.
    pub licences: u32,
}

/// A live subscription that names a reseller of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionOnRecord {
    /// Subscription.
    pub id: SubscriptionId,
    /// Partner Center's id, once provisioned.
    pub remote_id: Option<String>,
    /// Product.
    pub product_name: String,
    /// Licences.
    pub quantity: u32,
    /// Older or new commerce.
    pub commerce: CommerceKind,
    /// Status.
    pub status: SubscriptionStatus,
    /// End of the term.
    pub ends_at: Option<Timestamp>,
    /// Reseller on record.
    pub reseller_id: ResellerId,
    /// Customer.
    pub customer_id: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// An open operation that names another one, and how it stands.
    pub open: Option<(OperationId, OperationState)>,
}

impl ResellerBook<'_> {
    /// Newest orders of its customers.
    ///
    /// # Errors
    /// When the database fails.
    pub fn orders(&self, reseller: ResellerId, limit: u32) -> Result<Vec<OrderOfReseller>> {
        self.db().rows(
            "SELECT s.order_id, c.id AS customer_id, c.name, min(s.created_at) AS at,
                 group_concat(s.product_name, char(10)) AS products, sum(s.quantity) AS licences
             FROM subscriptions s JOIN customers c ON c.id = s.customer_id
             WHERE c.reseller_id = ?1 AND s.order_id IS NOT NULL
             GROUP BY s.order_id, c.id ORDER BY at DESC LIMIT ?2",
            (Id(reseller), limit),
            |row| {
                let products: String = row.get("products")?;
                Ok(OrderOfReseller {
                    order_id: row.get("order_id")?,
                    customer_id: row.get::<_, Id<_>>("customer_id")?.0,
                    customer_name: row.get("name")?,
                    at: row.get::<_, Time>("at")?.0,
                    products: products.split('\n').map(str::to_owned).collect(),
                    licences: row.get("licences")?,
                })
            },
        )
    }

    /// Live subscriptions with this reseller on record, by customer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn on_record(&self, reseller: ResellerId) -> Result<Vec<SubscriptionOnRecord>> {
        let such = "s.reseller_of_record = ?1";
        self.db().rows(&format!("{ON_RECORD} AND {such} {BY_CUSTOMER}"), [Id(reseller)], on_record)
    }

    /// Those of these that are live and name a reseller of record, by customer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn on_record_of(&self, ids: impl IntoIterator<Item = SubscriptionId>) -> Result<Vec<SubscriptionOnRecord>> {
        let wanted = serde_json::to_string(&ids.into_iter().collect::<Vec<_>>())?;
        let such = "s.id IN (SELECT value FROM json_each(?1)) AND s.reseller_of_record IS NOT NULL";
        self.db().rows(&format!("{ON_RECORD} AND {such} {BY_CUSTOMER}"), [wanted], on_record)
    }

    /// How many those are, as kept by triggers: Home asks for each reseller that is not fit.
    ///
    /// # Errors
    /// When the database fails.
    pub fn on_record_count(&self, reseller: ResellerId) -> Result<u32> {
        let sql = "SELECT live FROM record_figures WHERE reseller_id = ?1";
        Ok(self.db().row(sql, [Id(reseller)], |row| row.get(0))?.unwrap_or_default())
    }

    /// How many of those no open operation gives another reseller of record.
    ///
    /// # Errors
    /// When the database fails.
    pub fn on_record_unmended(&self, reseller: ResellerId) -> Result<u32> {
        let mended: u32 = self.db().number(
            "SELECT count(DISTINCT s.id) FROM operations o
             CROSS JOIN subscriptions s ON s.id = o.payload ->> '$.subscription_id'
             WHERE o.state IN ('queued', 'in_flight', 'unknown', 'needs_attention') AND o.kind = 'set_reseller_of_record'
                 AND s.customer_id = o.customer_id AND +s.reseller_of_record = ?1 AND s.is_live = 1
                 AND s.status <> 'wanted'",
            [Id(reseller)],
        )?;
        Ok(self.on_record_count(reseller)?.saturating_sub(mended))
    }

    pub(crate) fn db(&self) -> &Db {
        self.0
    }
}

const ON_RECORD: &str = "SELECT s.id, s.remote_id, s.product_name, s.quantity, s.commerce, s.status, s.ends_at,
         s.reseller_of_record, c.id AS customer_id, c.name,
         (SELECT o.id || ' ' || o.state FROM operations o
          WHERE o.customer_id = c.id AND o.kind = 'set_reseller_of_record'
              AND o.state NOT IN ('confirmed', 'cancelled')
              AND o.payload ->> '$.subscription_id' = s.id ORDER BY o.sequence DESC LIMIT 1) AS open
     FROM subscriptions s JOIN customers c ON c.id = s.customer_id WHERE s.is_live = 1 AND s.status <> 'wanted'";

const BY_CUSTOMER: &str = "ORDER BY c.name_key, c.number, s.number";

fn on_record(row: &Row<'_>) -> rusqlite::Result<SubscriptionOnRecord> {
    let open: Option<String> = row.get("open")?;
    Ok(SubscriptionOnRecord {
        id: row.get::<_, Id<_>>("id")?.0,
        remote_id: row.get("remote_id")?,
        product_name: row.get("product_name")?,
        quantity: row.get("quantity")?,
        commerce: row.get::<_, Word<_>>("commerce")?.0,
        status: row.get::<_, Word<_>>("status")?.0,
        ends_at: row.get::<_, Option<Time>>("ends_at")?.map(|time| time.0),
        reseller_id: row.get::<_, Id<_>>("reseller_of_record")?.0,
        customer_id: row.get::<_, Id<_>>("customer_id")?.0,
        customer_name: row.get("name")?,
        open: open.as_deref().and_then(open_operation),
    })
}

fn open_operation(text: &str) -> Option<(OperationId, OperationState)> {
    let (id, state) = text.split_once(' ')?;
    let state = serde_json::from_value(serde_json::Value::String(state.to_owned())).ok()?;
    Some((id.parse().ok()?, state))
}
