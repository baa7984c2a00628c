//! Subscriptions beside their rows: what Partner Center tells of them, what they can be upgraded to, what was decided
//! about their ends, and who supports them.

use super::{customers, subscriptions};
use crate::value::{Id, Json, Time};
use crate::{Db, Result, Tx};
use cb_domain::change::{Decision, Details};
use cb_domain::customer::Customer;
use cb_domain::ids::{OperationId, ResellerId, SubscriptionId};
use cb_domain::subscription::Subscription;
use cb_domain::topic::Topic;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// A decision about one end of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermDecided {
    /// The end that it is about.
    pub ends_at: Timestamp,
    /// What was decided.
    pub decision: Decision,
    /// The operation that carries it out; `None` when nothing had to be sent.
    pub operation_id: Option<OperationId>,
    /// When.
    pub decided_at: Timestamp,
}

/// A subscription with its customer and its support contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supported {
    /// The subscription.
    pub subscription: Subscription,
    /// Its customer.
    pub customer: Customer,
    /// What somebody chose; `None` when nobody did, `Some(None)` for the provider.
    pub chosen: Option<Option<ResellerId>>,
    /// The default of the customer's reseller; `None` for the provider.
    pub default: Option<ResellerId>,
}

impl Supported {
    /// Who supports it.
    #[must_use]
    pub fn contact(&self) -> Option<ResellerId> {
        self.chosen.unwrap_or(self.default)
    }
}

/// Reads what the book keeps of subscriptions beside their rows.
pub struct SubscriptionBook<'d>(pub(super) &'d Db);

impl Db {
    /// Subscriptions beside their rows.
    #[must_use]
    pub fn subscription_book(&self) -> SubscriptionBook<'_> {
        SubscriptionBook(self)
    }
}

impl SubscriptionBook<'_> {
    /// What Partner Center told beside the row, and when.
    ///
    /// # Errors
    /// When the database fails.
    pub fn details(&self, id: SubscriptionId) -> Result<Option<(Details, Timestamp)>> {
        self.0.row("SELECT details, read_at FROM subscription_details WHERE subscription_id = ?1", [Id(id)], |row| {
            Ok((row.get::<_, Json<_>>(0)?.0, row.get::<_, Time>(1)?.0))
        })
    }

    /// What it can be upgraded to, and when Partner Center said so.
    ///
    /// # Errors
    /// When the database fails.
    pub fn targets<T: DeserializeOwned>(&self, id: SubscriptionId) -> Result<Option<(Vec<T>, Timestamp)>> {
        self.0.row("SELECT targets, read_at FROM upgrade_targets WHERE subscription_id = ?1", [Id(id)], |row| {
            Ok((row.get::<_, Json<Vec<T>>>(0)?.0, row.get::<_, Time>(1)?.0))
        })
    }

    /// What was decided about this very end.
    ///
    /// # Errors
    /// When the database fails.
    pub fn decision(&self, id: SubscriptionId, ends_at: Timestamp) -> Result<Option<TermDecided>> {
        self.0.row(
            "SELECT ends_at, decision, operation_id, decided_at FROM term_decisions
             WHERE subscription_id = ?1 AND ends_at = ?2",
            (Id(id), Time(ends_at)),
            |row| {
                Ok(TermDecided {
                    ends_at: row.get::<_, Time>(0)?.0,
                    decision: row.get::<_, Json<_>>(1)?.0,
                    operation_id: row.get::<_, Option<Id<_>>>(2)?.map(|id| id.0),
                    decided_at: row.get::<_, Time>(3)?.0,
                })
            },
        )
    }

    /// These with their customers, in this order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn with_customers(&self, ids: &[SubscriptionId]) -> Result<Vec<(Subscription, Customer)>> {
        Ok(self.supported_by_id(ids)?.into_iter().map(|one| (one.subscription, one.customer)).collect())
    }

    /// What somebody chose as support contact; `None` when nobody did, `Some(None)` for the provider.
    ///
    /// # Errors
    /// When the database fails.
    pub fn support(&self, id: SubscriptionId) -> Result<Option<Option<ResellerId>>> {
        self.0.row("SELECT contact FROM subscription_support WHERE subscription_id = ?1", [Id(id)], |row| {
            Ok(row.get::<_, Option<Id<_>>>(0)?.map(|id| id.0))
        })
    }

    /// These, in this order; those that are gone are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub fn supported_by_id(&self, ids: &[SubscriptionId]) -> Result<Vec<Supported>> {
        let wanted = serde_json::to_string(ids)?;
        let rows = self.0.rows(
            &format!(
                "SELECT {} FROM subscriptions s WHERE s.id IN (SELECT value FROM json_each(?1))",
                subscriptions::COLUMNS
            ),
            [&wanted],
            subscriptions::read,
        )?;
        let owners = serde_json::to_string(&rows.iter().map(|one| one.customer_id).collect::<Vec<_>>())?;
        let sql =
            format!("SELECT {} FROM customers c WHERE c.id IN (SELECT value FROM json_each(?1))", customers::COLUMNS);
        let customers: HashMap<_, Customer> =
            self.0.rows(&sql, [&owners], customers::read)?.into_iter().map(|one| (one.id, one)).collect();
        let chosen: HashMap<SubscriptionId, Option<ResellerId>> = self
            .0
            .rows(
                "SELECT subscription_id, contact FROM subscription_support
                 WHERE subscription_id IN (SELECT value FROM json_each(?1))",
                [&wanted],
                |row| Ok((row.get::<_, Id<_>>(0)?.0, row.get::<_, Option<Id<_>>>(1)?.map(|id| id.0))),
            )?
            .into_iter()
            .collect();
        let defaults: HashMap<ResellerId, ResellerId> = self
            .0
            .rows("SELECT reseller_id, contact FROM reseller_support", [], |row| {
                Ok((row.get::<_, Id<_>>(0)?.0, row.get::<_, Id<_>>(1)?.0))
            })?
            .into_iter()
            .collect();
        let mut by_id: HashMap<SubscriptionId, Subscription> = rows.into_iter().map(|one| (one.id, one)).collect();
        Ok(ids
            .iter()
            .filter_map(|id| {
                let subscription = by_id.remove(id)?;
                let customer = customers.get(&subscription.customer_id)?.clone();
                let default = customer.reseller_id.and_then(|reseller| defaults.get(&reseller).copied());
                Some(Supported { chosen: chosen.get(id).copied(), subscription, customer, default })
            })
            .collect())
    }
}

impl Tx {
    /// Keeps what Partner Center told beside the row.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_subscription_details(&self, id: SubscriptionId, details: &Details, read_at: Timestamp) -> Result<()> {
        self.execute(
            "INSERT INTO subscription_details (subscription_id, details, read_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (subscription_id) DO UPDATE SET details = excluded.details, read_at = excluded.read_at",
            (Id(id), Json(details), Time(read_at)),
        )?;
        self.put_batches(id, &details.batches)?;
        self.touch(Topic::Subscriptions);
        Ok(())
    }

    /// Keeps what it can be upgraded to.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_upgrade_targets<T: Serialize>(&self, id: SubscriptionId, targets: &[T], at: Timestamp) -> Result<()> {
        self.execute(
            "INSERT INTO upgrade_targets (subscription_id, targets, read_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (subscription_id) DO UPDATE SET targets = excluded.targets, read_at = excluded.read_at",
            (Id(id), Json(targets), Time(at)),
        )?;
        self.touch(Topic::Subscriptions);
        Ok(())
    }

    /// Records a decision about the end of a term.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_term_decision(&self, id: SubscriptionId, decided: &TermDecided) -> Result<()> {
        self.execute(
            "INSERT INTO term_decisions (subscription_id, ends_at, decision, operation_id, decided_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (subscription_id, ends_at) DO UPDATE SET decision = excluded.decision,
                 operation_id = excluded.operation_id, decided_at = excluded.decided_at",
            (
                Id(id),
                Time(decided.ends_at),
                Json(&decided.decision),
                decided.operation_id.map(Id),
                Time(decided.decided_at),
            ),
        )?;
        self.touch(Topic::Subscriptions);
        Ok(())
    }

    /// A decision whose operation was cancelled is none any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_decision_of(&self, operation: OperationId) -> Result<()> {
        self.execute("DELETE FROM term_decisions WHERE operation_id = ?1", [Id(operation)])?;
        self.touch(Topic::Subscriptions);
        Ok(())
    }

    /// Keeps who supports it; `None` for the provider.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_subscription_support(
        &self,
        id: SubscriptionId,
        contact: Option<ResellerId>,
        at: Timestamp,
    ) -> Result<()> {
        self.execute(
            "INSERT INTO subscription_support (subscription_id, contact, saved_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (subscription_id) DO UPDATE SET contact = excluded.contact, saved_at = excluded.saved_at",
            (Id(id), contact.map(Id), Time(at)),
        )?;
        self.touch(Topic::Subscriptions);
        Ok(())
    }
}
