//! Windows that close: licences that can go back, batch by batch, and subscriptions that can be cancelled as a whole.

use crate::table::subscription_book::SubscriptionBook;
use crate::value::{Id, Json, Time, Word};
use crate::{Db, Result, Tx};
use cb_domain::change::{Batch, Closing, Details, Windowed, next_to_close};
use cb_domain::customer::Customer;
use cb_domain::ids::{CustomerId, SubscriptionId};
use cb_domain::subscription::Subscription;
use jiff::Timestamp;
use rusqlite::named_params;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Licences that were bought together and can go back until a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingWindow {
    /// Of this subscription.
    pub subscription: Subscription,
    /// Its customer.
    pub customer: Customer,
    /// Until.
    pub until: Timestamp,
    /// Licences; 0 where none goes back and only the whole can be cancelled.
    pub quantity: u32,
}

/// Moments at which something may close, soonest first: what is open then says the rule of `cb_domain::change::Windowed`.
const CLOSING: &str = "SELECT id, until FROM (
        SELECT s.id AS id, b.until AS until FROM refund_batches b JOIN subscriptions s ON s.id = b.subscription_id
        WHERE b.until > :now AND b.until < :before AND s.status = 'active' ORDER BY b.until LIMIT :limit
    ) UNION SELECT id, until FROM (
        SELECT s.id AS id, s.cancellable_until AS until FROM subscriptions s
        WHERE s.is_live = 1 AND s.cancellable_until > :now AND s.cancellable_until < :before
        AND s.status IN ('active', 'suspended') ORDER BY s.cancellable_until LIMIT :limit
    ) ORDER BY until, id LIMIT :limit";

/// Subscriptions of these customers of which something may be open: few have any, so that few rows are read.
const OPEN: &str = "WITH open (id) AS (
        SELECT b.subscription_id FROM json_each(:wanted) wanted
        CROSS JOIN refund_batches b ON b.customer_id = wanted.value WHERE b.until > :now
        UNION SELECT s.id FROM json_each(:wanted) wanted
        CROSS JOIN subscriptions s ON s.customer_id = wanted.value
        WHERE s.status IN ('active', 'suspended') AND s.cancellable_until > :now
    )
    SELECT s.id, s.customer_id, s.commerce, s.status, s.quantity, s.cancellable_until, d.details
    FROM open CROSS JOIN subscriptions s ON s.id = open.id
    LEFT JOIN subscription_details d ON d.subscription_id = s.id";

/// A subscription with windows that are open.
struct Open {
    customer: CustomerId,
    subscription: SubscriptionId,
    windows: Vec<Closing>,
}

impl Db {
    /// What is open of these customers' subscriptions; `ids` are theirs, JSON.
    fn open_windows(&self, ids: &str, now: Timestamp) -> Result<Vec<Open>> {
        self.rows(OPEN, named_params! { ":wanted": ids, ":now": Time(now) }, |row| {
            let details = row.get::<_, Option<Json<Details>>>("details")?.map(|details| details.0);
            let one = Windowed {
                commerce: row.get::<_, Word<_>>("commerce")?.0,
                status: row.get::<_, Word<_>>("status")?.0,
                quantity: row.get("quantity")?,
                cancellable_until: row.get::<_, Option<Time>>("cancellable_until")?.map(|time| time.0),
                details: details.as_ref(),
            };
            Ok(Open {
                customer: row.get::<_, Id<CustomerId>>("customer_id")?.0,
                subscription: row.get::<_, Id<SubscriptionId>>("id")?.0,
                windows: one.closing(now),
            })
        })
    }

    /// The next window to close of each of these customers; who has none that is open is left out.
    pub(super) fn next_windows(&self, ids: &str, now: Timestamp) -> Result<HashMap<CustomerId, Closing>> {
        let mut open: HashMap<CustomerId, Vec<Closing>> = HashMap::new();
        for one in self.open_windows(ids, now)? {
            open.entry(one.customer).or_default().extend(one.windows);
        }
        Ok(open.into_iter().filter_map(|(customer, windows)| Some((customer, next_to_close(windows)?))).collect())
    }
}

impl SubscriptionBook<'_> {
    /// The next window to close of each subscription of a customer; those without one are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub fn windows_of(&self, customer: CustomerId, now: Timestamp) -> Result<HashMap<SubscriptionId, Closing>> {
        let open = self.0.open_windows(&serde_json::to_string(&[customer])?, now)?;
        Ok(open.into_iter().filter_map(|one| Some((one.subscription, next_to_close(one.windows)?))).collect())
    }

    /// Windows that are open at `now` and close before `before`, soonest first, at most so many.
    ///
    /// # Errors
    /// When the database fails.
    pub fn windows_closing(&self, before: Timestamp, now: Timestamp, most: u32) -> Result<Vec<ClosingWindow>> {
        let found = self.0.rows(
            CLOSING,
            named_params! { ":now": Time(now), ":before": Time(before), ":limit": most },
            |row| Ok(row.get::<_, Id<SubscriptionId>>(0)?.0),
        )?;
        let mut ids = found;
        ids.sort();
        ids.dedup();
        let mut windows = Vec::new();
        for (subscription, customer) in self.with_customers(&ids)? {
            let details = self.details(subscription.id)?.map(|(details, _)| details);
            let open = Windowed::of(&subscription, details.as_ref()).closing(now);
            windows.extend(open.into_iter().filter(|one| one.until < before).map(|one| ClosingWindow {
                subscription: subscription.clone(),
                customer: customer.clone(),
                until: one.until,
                quantity: one.quantity,
            }));
        }
        windows.sort_by_key(|one| (one.until, Reverse(one.quantity), one.subscription.id));
        windows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(windows)
    }
}

impl Tx {
    /// Keeps the batches in place of those that were known. Licences with the same deadline are one batch.
    pub(super) fn put_batches(&self, id: SubscriptionId, batches: &[Batch]) -> Result<()> {
        self.execute("DELETE FROM refund_batches WHERE subscription_id = ?1", [Id(id)])?;
        let mut together: BTreeMap<Timestamp, u32> = BTreeMap::new();
        for batch in batches.iter().filter(|one| one.quantity > 0) {
            let licences = together.entry(batch.until).or_default();
            *licences = licences.saturating_add(batch.quantity);
        }
        for (until, quantity) in together {
            self.execute(
                "INSERT INTO refund_batches (subscription_id, until, quantity, customer_id)
                 VALUES (?1, ?2, ?3, (SELECT customer_id FROM subscriptions WHERE id = ?1))",
                (Id(id), Time(until), quantity),
            )?;
        }
        Ok(())
    }
}
