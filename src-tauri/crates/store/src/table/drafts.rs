//! Drafts: half-filled wizards, exactly as typed.

use crate::value::{Id, Json, Time, Word};
use crate::{Db, Result, StoreError, Tx};
use cb_domain::draft::Draft;
use cb_domain::ids::{CustomerId, DraftId};
use cb_domain::topic::Topic;
use rusqlite::{Row, named_params};

/// Reads drafts.
pub struct Drafts<'d>(&'d Db);

const SELECT: &str = "SELECT id, purpose, revision, step, focus, content, created_at, saved_at FROM drafts";

impl Db {
    /// Drafts.
    #[must_use]
    pub fn drafts(&self) -> Drafts<'_> {
        Drafts(self)
    }
}

impl Drafts<'_> {
    /// One.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, id: DraftId) -> Result<Option<Draft>> {
        self.0.row(&format!("{SELECT} WHERE id = ?1"), [Id(id)], read)
    }

    /// All, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn all(&self) -> Result<Vec<Draft>> {
        self.0.rows(&format!("{SELECT} ORDER BY saved_at DESC, id DESC"), [], read)
    }
}

impl Tx {
    /// Begins a draft.
    ///
    /// # Errors
    /// `Duplicate` when it exists.
    pub fn insert_draft(&self, draft: &Draft) -> Result<()> {
        self.execute(
            "INSERT INTO drafts (id, customer_id, purpose, revision, step, focus, content, created_at, saved_at)
             VALUES (:id, :customer_id, :purpose, :revision, :step, :focus, :content, :created_at, :saved_at)",
            named_params! {
                ":id": Id(draft.id),
                ":customer_id": customer_of(draft).map(Id),
                ":purpose": Json(&draft.purpose),
                ":revision": draft.revision,
                ":step": Word(draft.step),
                ":focus": draft.focus,
                ":content": Json(&draft.content),
                ":created_at": Time(draft.created_at),
                ":saved_at": Time(draft.saved_at),
            },
        )?;
        self.touch(Topic::Drafts);
        Ok(())
    }

    /// Saves a draft over the revision that the person saw; `draft.revision` is the one after it.
    ///
    /// # Errors
    /// `Stale` when the draft was saved meanwhile or is gone.
    pub fn save_draft(&self, draft: &Draft, expected_revision: u32) -> Result<()> {
        let changed = self.execute(
            "UPDATE drafts SET customer_id = :customer_id, purpose = :purpose, revision = :revision, step = :step,
                 focus = :focus, content = :content, saved_at = :saved_at
             WHERE id = :id AND revision = :expected",
            named_params! {
                ":id": Id(draft.id),
                ":expected": expected_revision,
                ":customer_id": customer_of(draft).map(Id),
                ":purpose": Json(&draft.purpose),
                ":revision": draft.revision,
                ":step": Word(draft.step),
                ":focus": draft.focus,
                ":content": Json(&draft.content),
                ":saved_at": Time(draft.saved_at),
            },
        )?;
        if changed == 0 {
            return Err(StoreError::Stale);
        }
        self.touch(Topic::Drafts);
        Ok(())
    }

    /// Discards a draft; an absent one is fine.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delete_draft(&self, id: DraftId) -> Result<()> {
        self.execute("DELETE FROM drafts WHERE id = ?1", [Id(id)])?;
        self.touch(Topic::Drafts);
        Ok(())
    }
}

/// The customer in whose row the draft shows.
fn customer_of(draft: &Draft) -> Option<CustomerId> {
    draft.purpose.customer_id()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        id: row.get::<_, Id<_>>("id")?.0,
        purpose: row.get::<_, Json<_>>("purpose")?.0,
        revision: row.get("revision")?,
        step: row.get::<_, Word<_>>("step")?.0,
        focus: row.get("focus")?,
        content: row.get::<_, Json<_>>("content")?.0,
        created_at: row.get::<_, Time>("created_at")?.0,
        saved_at: row.get::<_, Time>("saved_at")?.0,
    })
}
