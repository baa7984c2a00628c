//! Table `reseller`: the partnerships that Partner Center knows.

use crate::SandboxError;
use rusqlite::{Connection, OptionalExtension, Row};

/// A reseller in partnership with the provider.
#[derive(Debug, Clone)]
pub(crate) struct Reseller {
    pub(crate) tenant_id: String,
    pub(crate) mpn_id: String,
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) state: String,
    pub(crate) signed: bool,
}

impl Reseller {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            tenant_id: row.get(0)?,
            mpn_id: row.get(1)?,
            name: row.get(2)?,
            country: row.get(3)?,
            state: row.get(4)?,
            signed: row.get(5)?,
        })
    }

    /// The partnership stands.
    pub(crate) fn active(&self) -> bool {
        self.state == "Active"
    }
}

/// All, by name.
pub(crate) fn all(db: &Connection) -> Result<Vec<Reseller>, SandboxError> {
    let mut statement =
        db.prepare_cached("SELECT tenant_id, mpn_id, name, country, state, signed FROM reseller ORDER BY name")?;
    let rows = statement.query_map([], Reseller::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// By tenant, in any case.
pub(crate) fn by_tenant(db: &Connection, tenant: &str) -> Result<Option<Reseller>, SandboxError> {
    let mut statement = db.prepare_cached(
        "SELECT tenant_id, mpn_id, name, country, state, signed FROM reseller WHERE tenant_id = lower(?1)",
    )?;
    Ok(statement.query_row([tenant], Reseller::from_row).optional()?)
}

/// By PartnerID.
pub(crate) fn by_mpn(db: &Connection, mpn_id: &str) -> Result<Option<Reseller>, SandboxError> {
    let mut statement =
        db.prepare_cached("SELECT tenant_id, mpn_id, name, country, state, signed FROM reseller WHERE mpn_id = ?1")?;
    Ok(statement.query_row([mpn_id], Reseller::from_row).optional()?)
}

/// Adds one.
pub(crate) fn insert(db: &Connection, reseller: &Reseller) -> Result<(), SandboxError> {
    db.prepare_cached(
        "INSERT INTO reseller (tenant_id, mpn_id, name, country, state, signed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        &reseller.tenant_id,
        &reseller.mpn_id,
        &reseller.name,
        &reseller.country,
        &reseller.state,
        reseller.signed,
    ))?;
    Ok(())
}
