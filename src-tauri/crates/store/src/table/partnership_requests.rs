//! Partnership requests: mails that ask a reseller, and what became of them.

use crate::value::{Id, Json, Time, Word};
use crate::{Db, Result, StoreError, Tx};
use cb_domain::ids::{PartnershipRequestId, ResellerId};
use cb_domain::partnership::{EditedText, PartnershipRequest};
use cb_domain::topic::Topic;
use rusqlite::{Row, named_params};
use uuid::Uuid;

/// Reads partnership requests.
pub struct PartnershipRequests<'d>(&'d Db);

const SELECT: &str = "SELECT id, reseller_id, kind, state, revision, form, language, edited_de, edited_en, batch, \
     created_at, saved_at, opened_at, copied_at, requested_at, sent_at, closed_at FROM partnership_requests";

impl Db {
    /// Partnership requests.
    #[must_use]
    pub fn partnership_requests(&self) -> PartnershipRequests<'_> {
        PartnershipRequests(self)
    }
}

impl PartnershipRequests<'_> {
    /// One.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, id: PartnershipRequestId) -> Result<Option<PartnershipRequest>> {
        self.0.row(&format!("{SELECT} WHERE id = ?1"), [Id(id)], read)
    }

    /// All of a reseller, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_reseller(&self, reseller: ResellerId) -> Result<Vec<PartnershipRequest>> {
        self.0.rows(&format!("{SELECT} WHERE reseller_id = ?1 ORDER BY created_at DESC, id DESC"), [Id(reseller)], read)
    }

    /// Drafts and those without an answer, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open(&self) -> Result<Vec<PartnershipRequest>> {
        self.0.rows(
            &format!("{SELECT} WHERE state IN ('draft', 'requested') ORDER BY created_at DESC, id DESC"),
            [],
            read,
        )
    }

    /// Those of one list, in its order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_batch(&self, batch: Uuid) -> Result<Vec<PartnershipRequest>> {
        self.0.rows(&format!("{SELECT} WHERE batch = ?1 ORDER BY position"), [Id(batch)], read)
    }
}

impl Tx {
    /// Begins a request. `position` is its place within its list, 0 without one.
    ///
    /// # Errors
    /// `Duplicate` when it exists.
    pub fn insert_partnership_request(&self, request: &PartnershipRequest, position: u32) -> Result<()> {
        self.execute(
            "INSERT INTO partnership_requests (id, reseller_id, kind, state, revision, form, language, edited_de,
                 edited_en, batch, position, created_at, saved_at, opened_at, copied_at, requested_at, sent_at, closed_at)
             VALUES (:id, :reseller_id, :kind, :state, :revision, :form, :language, :edited_de, :edited_en, :batch,
                 :position, :created_at, :saved_at, :opened_at, :copied_at, :requested_at, :sent_at, :closed_at)",
            named_params! {
                ":id": Id(request.id),
                ":reseller_id": request.reseller_id.map(Id),
                ":kind": Word(request.kind),
                ":state": Word(request.state),
                ":revision": request.revision,
                ":form": Json(&request.form),
                ":language": Word(request.language),
                ":edited_de": request.edited_de.as_ref().map(Json),
                ":edited_en": request.edited_en.as_ref().map(Json),
                ":batch": request.batch.map(Id),
                ":position": position,
                ":created_at": Time(request.created_at),
                ":saved_at": Time(request.saved_at),
                ":opened_at": request.opened_at.map(Time),
                ":copied_at": request.copied_at.map(Time),
                ":requested_at": request.requested_at.map(Time),
                ":sent_at": request.sent_at.map(Time),
                ":closed_at": request.closed_at.map(Time),
            },
        )?;
        self.touch(Topic::Partnerships);
        self.tell_request(None, request)
    }

    /// Saves a request over the revision that was read; `request.revision` is the one after it.
    ///
    /// # Errors
    /// `Stale` when it was saved meanwhile or is gone; `NotAllowed` for a step that no request takes.
    pub fn save_partnership_request(&self, request: &PartnershipRequest, expected_revision: u32) -> Result<()> {
        let before = self.partnership_requests().get(request.id)?;
        let changed = self.execute(
            "UPDATE partnership_requests SET reseller_id = :reseller_id, state = :state, revision = :revision,
                 form = :form, language = :language, edited_de = :edited_de, edited_en = :edited_en,
                 saved_at = :saved_at, opened_at = :opened_at, copied_at = :copied_at, requested_at = :requested_at,
                 sent_at = :sent_at, closed_at = :closed_at
             WHERE id = :id AND revision = :expected",
            named_params! {
                ":id": Id(request.id),
                ":expected": expected_revision,
                ":reseller_id": request.reseller_id.map(Id),
                ":state": Word(request.state),
                ":revision": request.revision,
                ":form": Json(&request.form),
                ":language": Word(request.language),
                ":edited_de": request.edited_de.as_ref().map(Json),
                ":edited_en": request.edited_en.as_ref().map(Json),
                ":saved_at": Time(request.saved_at),
                ":opened_at": request.opened_at.map(Time),
                ":copied_at": request.copied_at.map(Time),
                ":requested_at": request.requested_at.map(Time),
                ":sent_at": request.sent_at.map(Time),
                ":closed_at": request.closed_at.map(Time),
            },
        )?;
        if changed == 0 {
            return Err(StoreError::Stale);
        }
        self.touch(Topic::Partnerships);
        self.tell_request(before.as_ref(), request)
    }

    /// Discards a draft, and with it a reseller that stands in the book only because of it. An absent one is fine.
    ///
    /// # Errors
    /// `NotAllowed` when it is no draft any more.
    pub fn delete_partnership_request(&self, id: PartnershipRequestId) -> Result<()> {
        let reseller: Option<Option<Id<ResellerId>>> =
            self.row("SELECT reseller_id FROM partnership_requests WHERE id = ?1", [Id(id)], |row| row.get(0))?;
        self.execute("DELETE FROM partnership_requests WHERE id = ?1", [Id(id)])?;
        if let Some(Some(reseller)) = reseller {
            let gone = self.execute(
                "DELETE FROM resellers WHERE id = ?1 AND partnership = 'draft'
                 AND NOT EXISTS (SELECT 1 FROM partnership_requests WHERE reseller_id = ?1)
                 AND NOT EXISTS (SELECT 1 FROM customers WHERE reseller_id = ?1)",
                [reseller],
            )?;
            if gone > 0 {
                self.touch(Topic::Resellers);
            }
        }
        self.touch(Topic::Partnerships);
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<PartnershipRequest> {
    let edited = |name: &str| -> rusqlite::Result<Option<EditedText>> {
        Ok(row.get::<_, Option<Json<_>>>(name)?.map(|text| text.0))
    };
    let time = |name: &str| -> rusqlite::Result<Option<jiff::Timestamp>> {
        Ok(row.get::<_, Option<Time>>(name)?.map(|time| time.0))
    };
    Ok(PartnershipRequest {
        id: row.get::<_, Id<_>>("id")?.0,
        reseller_id: row.get::<_, Option<Id<_>>>("reseller_id")?.map(|id| id.0),
        kind: row.get::<_, Word<_>>("kind")?.0,
        state: row.get::<_, Word<_>>("state")?.0,
        revision: row.get("revision")?,
        form: row.get::<_, Json<_>>("form")?.0,
        language: row.get::<_, Word<_>>("language")?.0,
        edited_de: edited("edited_de")?,
        edited_en: edited("edited_en")?,
        batch: row.get::<_, Option<Id<Uuid>>>("batch")?.map(|id| id.0),
        created_at: row.get::<_, Time>("created_at")?.0,
        saved_at: row.get::<_, Time>("saved_at")?.0,
        opened_at: time("opened_at")?,
        copied_at: time("copied_at")?,
        requested_at: time("requested_at")?,
        sent_at: time("sent_at")?,
        closed_at: time("closed_at")?,
    })
}
