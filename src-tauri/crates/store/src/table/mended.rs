//! Drafts that mended something and are gone: a second press of Submit finds what the first one did.

use crate::value::Id;
use crate::{Db, Result, Tx};
use cb_domain::ids::{DraftId, OnboardingId};

/// Reads mended drafts.
pub struct Mended<'d>(&'d Db);

impl Db {
    /// Mended drafts.
    #[must_use]
    pub fn mended(&self) -> Mended<'_> {
        Mended(self)
    }
}

impl Mended<'_> {
    /// The Submit whose operation the draft has mended.
    ///
    /// # Errors
    /// When the database fails.
    pub fn onboarding_of(&self, draft: DraftId) -> Result<Option<OnboardingId>> {
        self.0.row("SELECT onboarding_id FROM mended WHERE draft_id = ?1", [Id(draft)], |row| {
            Ok(row.get::<_, Id<_>>(0)?.0)
        })
    }
}

impl Tx {
    /// Remembers what a draft has mended.
    ///
    /// # Errors
    /// `Duplicate` when it has before.
    pub fn insert_mended(&self, draft: DraftId, onboarding: OnboardingId) -> Result<()> {
        self.execute("INSERT INTO mended (draft_id, onboarding_id) VALUES (?1, ?2)", (Id(draft), Id(onboarding)))?;
        Ok(())
    }
}
