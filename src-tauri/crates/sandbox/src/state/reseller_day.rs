//! What can happen to a partnership on a practice day: it is accepted, it ends, Microsoft suspends the reseller, its
//! PartnerID is no longer valid. Faults lie in table `setting`, beside the switches.

use crate::SandboxError;
use crate::state::resellers::{self, Reseller};
use rusqlite::{Connection, OptionalExtension};

/// What is wrong with a reseller beyond its partnership and agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Microsoft has suspended it: 900154.
    Suspended,
    /// Its PartnerID is not that of an indirect reseller any more: 800016.
    NotValid,
}

impl Trouble {
    /// The trouble of this word.
    pub(crate) fn of(word: &str) -> Option<Self> {
        [Self::Suspended, Self::NotValid].into_iter().find(|one| one.word() == word)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::NotValid => "not_valid",
        }
    }
}

fn key(mpn_id: &str) -> String {
    format!("reseller_trouble.{mpn_id}")
}

/// What is wrong with this one.
pub(crate) fn trouble(db: &Connection, mpn_id: &str) -> Result<Option<Trouble>, SandboxError> {
    let mut statement = db.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    let word: Option<String> = statement.query_row([key(mpn_id)], |row| row.get(0)).optional()?;
    Ok(word.as_deref().and_then(Trouble::of))
}

/// Sets or clears what is wrong.
pub(crate) fn set_trouble(db: &Connection, mpn_id: &str, trouble: Option<Trouble>) -> Result<(), SandboxError> {
    match trouble {
        Some(trouble) => db.execute(
            "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
            (key(mpn_id), trouble.word()),
        )?,
        None => db.execute("DELETE FROM setting WHERE name = ?1", [key(mpn_id)])?,
    };
    Ok(())
}

/// The reseller accepts: a new partnership, or an old one that is there again, under this name.
pub(crate) fn accept(db: &Connection, reseller: &Reseller) -> Result<(), SandboxError> {
    if resellers::by_tenant(db, &reseller.tenant_id)?.is_some() || resellers::by_mpn(db, &reseller.mpn_id)?.is_some() {
        db.execute(
            "UPDATE reseller SET state = 'Active', name = ?3 WHERE tenant_id = lower(?1) OR mpn_id = ?2",
            (&reseller.tenant_id, &reseller.mpn_id, &reseller.name),
        )?;
        return Ok(());
    }
    resellers::insert(db, reseller)
}

/// The partnership is gone; customers and their rights are untouched.
pub(crate) fn end(db: &Connection, tenant: &str) -> Result<(), SandboxError> {
    db.execute("UPDATE reseller SET state = 'None' WHERE tenant_id = lower(?1)", [tenant])?;
    Ok(())
}

/// The Microsoft Partner Agreement is signed, or not any more.
pub(crate) fn sign(db: &Connection, mpn_id: &str, signed: bool) -> Result<(), SandboxError> {
    db.execute("UPDATE reseller SET signed = ?2 WHERE mpn_id = ?1", (mpn_id, signed))?;
    Ok(())
}
