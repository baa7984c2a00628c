//! Windows that close: licences that can go back, batch by batch, and subscriptions that can be cancelled as a whole.

use crate::table::subscription_book::SubscriptionBook;
use crate::value::{Id, Time};
use crate::{Result, Tx};
use cb_domain::change::Batch;
use cb_domain::customer::Customer;
use cb_domain::ids::SubscriptionId;
use cb_domain::subscription::Subscription;
use jiff::Timestamp;
use rusqlite::named_params;
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

/// Batches; then the window of the whole, where no batch says it: the list told no batches of what was never read one by
/// one, and there all its licences can go back.
const CLOSING: &str = "SELECT id, until, quantity FROM (
        SELECT s.id, b.until, b.quantity FROM refund_batches b JOIN subscriptions s ON s.id = b.subscription_id
        WHERE b.until > :now AND b.until < :before AND s.is_live = 1 ORDER BY b.until LIMIT :limit
    ) UNION ALL SELECT id, until, quantity FROM (
        SELECT s.id, s.cancellable_until AS until,
            iif(EXISTS (SELECT 1 FROM subscription_details d WHERE d.subscription_id = s.id), 0, s.quantity) AS quantity
        FROM subscriptions s
        WHERE s.is_live = 1 AND s.cancellable_until > :now AND s.cancellable_until < :before
        AND NOT EXISTS (
            SELECT 1 FROM refund_batches b WHERE b.subscription_id = s.id AND b.until = s.cancellable_until
        ) ORDER BY s.cancellable_until LIMIT :limit
    ) ORDER BY until, quantity DESC, id LIMIT :limit";

impl SubscriptionBook<'_> {
    /// Windows that are open at `now` and close before `before`, soonest first, at most so many.
    ///
    /// # Errors
    /// When the database fails.
    pub fn windows_closing(&self, before: Timestamp, now: Timestamp, most: u32) -> Result<Vec<ClosingWindow>> {
        let found = self.0.rows(
            CLOSING,
            named_params! { ":now": Time(now), ":before": Time(before), ":limit": most },
            |row| Ok((row.get::<_, Id<SubscriptionId>>(0)?.0, row.get::<_, Time>(1)?.0, row.get::<_, u32>(2)?)),
        )?;
        let mut ids: Vec<SubscriptionId> = found.iter().map(|(id, ..)| *id).collect();
        ids.sort();
        ids.dedup();
        let whose: HashMap<SubscriptionId, (Subscription, Customer)> =
            self.with_customers(&ids)?.into_iter().map(|one| (one.0.id, one)).collect();
        Ok(found
            .into_iter()
            .filter_map(|(id, until, quantity)| {
                let (subscription, customer) = whose.get(&id)?.clone();
                Some(ClosingWindow { subscription, customer, until, quantity })
            })
            .collect())
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
                "INSERT INTO refund_batches (subscription_id, until, quantity) VALUES (?1, ?2, ?3)",
                (Id(id), Time(until), quantity),
            )?;
        }
        Ok(())
    }
}
