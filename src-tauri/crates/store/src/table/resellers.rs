//! Resellers: a distributor has tens to hundreds, so they are read whole.

use super::customers::ABANDONED;
use crate::fold::{fold, fold_all};
use crate::value::{Id, Time, Word};
use crate::{Db, Result, Tx};
use cb_domain::ids::{ResellerId, TenantId};
use cb_domain::reseller::Reseller;
use cb_domain::topic::Topic;
use rusqlite::{Row, named_params};
use std::collections::HashMap;

/// Reads resellers.
pub struct Resellers<'d>(&'d Db);

/// Figures of one reseller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ResellerFigures {
    /// Customers listed under it.
    pub customers: u32,
    /// Licences of their live subscriptions.
    pub seats: u32,
}

const SELECT: &str = "SELECT id, name, tenant_id, partner_id, country, partnership, partnership_since, fitness, \
     fitness_checked_at, contact_name, contact_role, contact_email, contact_phone, town, last_activity_at FROM resellers";

impl Db {
    /// Resellers.
    #[must_use]
    pub fn resellers(&self) -> Resellers<'_> {
        Resellers(self)
    }
}

impl Resellers<'_> {
    /// All, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn all(&self) -> Result<Vec<Reseller>> {
        self.0.rows(&format!("{SELECT} ORDER BY name_key, id"), [], read)
    }

    /// One.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, id: ResellerId) -> Result<Option<Reseller>> {
        self.0.row(&format!("{SELECT} WHERE id = ?1"), [Id(id)], read)
    }

    /// The one with this tenant.
    ///
    /// # Errors
    /// When the database fails.
    pub fn by_tenant(&self, tenant: TenantId) -> Result<Option<Reseller>> {
        self.0.row(&format!("{SELECT} WHERE tenant_id = ?1"), [Id(tenant)], read)
    }

    /// The first one with this PartnerID (PLA).
    ///
    /// # Errors
    /// When the database fails.
    pub fn by_partner_id(&self, partner_id: &str) -> Result<Option<Reseller>> {
        self.0.row(&format!("{SELECT} WHERE partner_id = ?1 ORDER BY name_key"), [partner_id], read)
    }

    /// Customers and seats of every reseller that has any.
    ///
    /// # Errors
    /// When the database fails.
    pub fn figures(&self) -> Result<HashMap<ResellerId, ResellerFigures>> {
        let figures = |row: &Row<'_>| {
            let id: Id<ResellerId> = row.get(0)?;
            Ok((id.0, ResellerFigures { customers: row.get(1)?, seats: row.get(2)? }))
        };
        let sql = "SELECT value, customers, seats FROM customer_figures WHERE what = 'reseller' AND customers > 0";
        let mut all: HashMap<ResellerId, ResellerFigures> = self.0.rows(sql, [], figures)?.into_iter().collect();
        // Those that will never be made are rows like any other, and few.
        let sql = format!(
            "SELECT c.reseller_id, count(*), sum(c.seat_count) FROM {ABANDONED}
             WHERE c.reseller_id IS NOT NULL GROUP BY c.reseller_id"
        );
        for (id, gone) in self.0.rows(&sql, [], figures)? {
            let Some(known) = all.get_mut(&id) else { continue };
            known.customers = known.customers.saturating_sub(gone.customers);
            known.seats = known.seats.saturating_sub(gone.seats);
            if known.customers == 0 {
                all.remove(&id);
            }
        }
        Ok(all)
    }
}

impl Tx {
    /// Inserts or updates a reseller.
    ///
    /// # Errors
    /// `Duplicate` when another one has its tenant.
    pub fn put_reseller(&self, reseller: &Reseller) -> Result<()> {
        let before = if self.is_quiet() { None } else { self.resellers().get(reseller.id)? };
        let name_key = fold(&reseller.name);
        let folded = fold_all(&[
            &reseller.name,
            &reseller.town,
            &reseller.contact_name,
            &reseller.contact_email,
            reseller.partner_id.as_deref().unwrap_or_default(),
            &reseller.tenant_id.map(|id| id.to_string()).unwrap_or_default(),
        ]);
        self.execute(
            include_str!("../sql/put_reseller.sql"),
            named_params! {
                ":id": Id(reseller.id),
                ":name": reseller.name,
                ":name_key": name_key,
                ":folded": folded,
                ":tenant_id": reseller.tenant_id.map(Id),
                ":partner_id": reseller.partner_id,
                ":country": reseller.country,
                ":partnership": Word(reseller.partnership),
                ":partnership_since": reseller.partnership_since.map(Time),
                ":fitness": Word(reseller.fitness),
                ":fitness_checked_at": reseller.fitness_checked_at.map(Time),
                ":contact_name": reseller.contact_name,
                ":contact_role": reseller.contact_role,
                ":contact_email": reseller.contact_email,
                ":contact_phone": reseller.contact_phone,
                ":town": reseller.town,
                ":last_activity_at": reseller.last_activity_at.map(Time),
            },
        )?;
        // The customers list sorts by this copy of the name.
        self.execute(
            "UPDATE customers SET reseller_key = ?2 WHERE reseller_id = ?1 AND reseller_key <> ?2",
            (Id(reseller.id), &name_key),
        )?;
        self.touch(Topic::Resellers);
        self.tell_reseller(before.as_ref(), reseller)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Reseller> {
    Ok(Reseller {
        id: row.get::<_, Id<_>>("id")?.0,
        name: row.get("name")?,
        tenant_id: row.get::<_, Option<Id<_>>>("tenant_id")?.map(|id| id.0),
        partner_id: row.get("partner_id")?,
        country: row.get("country")?,
        partnership: row.get::<_, Word<_>>("partnership")?.0,
        partnership_since: row.get::<_, Option<Time>>("partnership_since")?.map(|time| time.0),
        fitness: row.get::<_, Word<_>>("fitness")?.0,
        fitness_checked_at: row.get::<_, Option<Time>>("fitness_checked_at")?.map(|time| time.0),
        contact_name: row.get("contact_name")?,
        contact_role: row.get("contact_role")?,
        contact_email: row.get("contact_email")?,
        contact_phone: row.get("contact_phone")?,
        town: row.get("town")?,
        last_activity_at: row.get::<_, Option<Time>>("last_activity_at")?.map(|time| time.0),
    })
}
