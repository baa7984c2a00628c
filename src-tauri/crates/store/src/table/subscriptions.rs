//! Subscriptions: rows, renewals by month, and writing.

use crate::fold::fold_all;
use crate::value::{Id, Time, Word};
use crate::{Db, Result, Tx};
use cb_domain::catalogue::SkuKey;
use cb_domain::ids::{CustomerId, SubscriptionId};
use cb_domain::money::{Currency, Money};
use cb_domain::subscription::Subscription;
use cb_domain::topic::Topic;
use jiff::Timestamp;
use rusqlite::{Row, named_params};

/// Reads subscriptions.
pub struct Subscriptions<'d>(&'d Db);

pub(super) const COLUMNS: &str = "s.id, s.customer_id, s.remote_id, s.order_id, s.operation_id, s.commerce, s.product_id, \
     s.sku_id, s.product_name, s.quantity, s.term, s.cycle, s.price_minor, s.price_currency, s.status, s.auto_renew, \
     s.reseller_of_record, s.ends_at, s.cancellable_until, s.created_at, s.confirmed_at";

impl Db {
    /// Subscriptions.
    #[must_use]
    pub fn subscriptions(&self) -> Subscriptions<'_> {
        Subscriptions(self)
    }
}

impl Subscriptions<'_> {
    /// One.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, id: SubscriptionId) -> Result<Option<Subscription>> {
        self.0.row(&format!("SELECT {COLUMNS} FROM subscriptions s WHERE s.id = ?1"), [Id(id)], read)
    }

    /// Those of a customer, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_customer(&self, customer: CustomerId) -> Result<Vec<Subscription>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM subscriptions s WHERE s.customer_id = ?1 ORDER BY s.created_at DESC, s.number DESC"
        );
        self.0.rows(&sql, [Id(customer)], read)
    }

    /// The one with Partner Center's id.
    ///
    /// # Errors
    /// When the database fails.
    pub fn by_remote_id(&self, remote_id: &str) -> Result<Option<Subscription>> {
        self.0.row(&format!("SELECT {COLUMNS} FROM subscriptions s WHERE s.remote_id = ?1"), [remote_id], read)
    }

    /// Ends of terms by whole months (`2026-11`, UTC) from the month of `from` to before that of `to`: how many renew by
    /// themselves, how many are undecided.
    ///
    /// # Errors
    /// When the database fails.
    pub fn renewals_by_month(&self, from: Timestamp, to: Timestamp) -> Result<Vec<(String, u32, u32)>> {
        let month = "strftime('%Y-%m', ?1 / 1000000000, 'unixepoch')";
        self.0.rows(
            &format!(
                "SELECT month, decided, open FROM renewal_figures
                 WHERE month >= {month} AND month < {} AND decided + open > 0 ORDER BY month",
                month.replace("?1", "?2")
            ),
            (Time(from), Time(to)),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    }
}

impl Tx {
    /// Inserts or updates a subscription, its search text and its customer's figures.
    ///
    /// # Errors
    /// `Duplicate` when another one has its id of Partner Center.
    pub fn put_subscription(&self, subscription: &Subscription) -> Result<()> {
        let before = if self.is_quiet() { None } else { self.subscriptions().get(subscription.id)? };
        let folded = fold_all(&[
            &subscription.product_name,
            subscription.remote_id.as_deref().unwrap_or_default(),
            subscription.order_id.as_deref().unwrap_or_default(),
        ]);
        self.execute(
            include_str!("../sql/put_subscription.sql"),
            named_params! {
                ":id": Id(subscription.id),
                ":customer_id": Id(subscription.customer_id),
                ":remote_id": subscription.remote_id,
                ":order_id": subscription.order_id,
                ":operation_id": subscription.operation_id.map(Id),
                ":commerce": Word(subscription.commerce),
                ":product_id": subscription.sku.product_id,
                ":sku_id": subscription.sku.sku_id,
                ":product_name": subscription.product_name,
                ":folded": folded,
                ":quantity": subscription.quantity,
                ":term": Word(subscription.term),
                ":cycle": Word(subscription.cycle),
                ":price_minor": subscription.unit_price.as_ref().map(|price| price.minor),
                ":price_currency": subscription.unit_price.as_ref().map(|price| &price.currency.0),
                ":status": Word(subscription.status),
                ":auto_renew": subscription.auto_renew,
                ":reseller_of_record": subscription.reseller_of_record.map(Id),
                ":ends_at": subscription.ends_at.map(Time),
                ":cancellable_until": subscription.cancellable_until.map(Time),
                ":created_at": Time(subscription.created_at),
                ":confirmed_at": subscription.confirmed_at.map(Time),
            },
        )?;
        self.touch(Topic::Subscriptions);
        self.tell_subscription(before.as_ref(), subscription)
    }
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Subscription> {
    let price = match (row.get("price_minor")?, row.get("price_currency")?) {
        (Some(minor), Some(currency)) => Some(Money { minor, currency: Currency(currency) }),
        (_, _) => None,
    };
    Ok(Subscription {
        id: row.get::<_, Id<_>>("id")?.0,
        customer_id: row.get::<_, Id<_>>("customer_id")?.0,
        remote_id: row.get("remote_id")?,
        order_id: row.get("order_id")?,
        operation_id: row.get::<_, Option<Id<_>>>("operation_id")?.map(|id| id.0),
        commerce: row.get::<_, Word<_>>("commerce")?.0,
        sku: SkuKey { product_id: row.get("product_id")?, sku_id: row.get("sku_id")? },
        product_name: row.get("product_name")?,
        quantity: row.get("quantity")?,
        term: row.get::<_, Word<_>>("term")?.0,
        cycle: row.get::<_, Word<_>>("cycle")?.0,
        unit_price: price,
        status: row.get::<_, Word<_>>("status")?.0,
        auto_renew: row.get("auto_renew")?,
        reseller_of_record: row.get::<_, Option<Id<_>>>("reseller_of_record")?.map(|id| id.0),
        ends_at: row.get::<_, Option<Time>>("ends_at")?.map(|time| time.0),
        cancellable_until: row.get::<_, Option<Time>>("cancellable_until")?.map(|time| time.0),
        created_at: row.get::<_, Time>("created_at")?.0,
        confirmed_at: row.get::<_, Option<Time>>("confirmed_at")?.map(|time| time.0),
    })
}
