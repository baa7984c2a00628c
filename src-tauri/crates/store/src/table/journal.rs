//! The journal: appended in the transaction of each change, each entry chained to the one before by a hash.
//!
//! There is one way in, `Tx::tell`. The write methods of the tables call it themselves, comparing what was with what
//! will be, so that no use case can forget it; only what is no row of a table (a backup, a restore, an export) is told
//! by its use case. Time, actor and person come from the [`Book`](crate::Book) handle that the write went through.
//! Entries are read in `journal_page.rs` and checked in `journal_check.rs`.

use crate::fold::fold_all;
use crate::value::{Id, Json, Time, Word};
use crate::{Db, Result, StoreError, Tx};
use cb_domain::ids::{CustomerId, OperationId, ResellerId};
use cb_domain::journal::{FieldChange, JournalActor, JournalContent, JournalDraft, JournalEntry, JournalKind};
use cb_domain::operation::OperationKind;
use cb_domain::topic::Topic;
use jiff::Timestamp;
use rusqlite::{Row, named_params};
use sha2::{Digest, Sha256};

/// Reads the journal.
pub struct Journal<'d>(pub(super) &'d Db);

/// Entries whose content is emptied in one go.
const FORGET_AT_ONCE: u32 = 500;

pub(super) const COLUMNS: &str = "j.number, j.at, j.area, j.kind, j.actor, j.person, j.customer_id, j.reseller_id, \
     j.operation_id, j.operation_kind, j.request_key, j.correlation_id, j.status, j.code, j.reason, j.content, j.salt, \
     j.content_hash, j.hash";

impl Db {
    /// The journal.
    #[must_use]
    pub fn journal(&self) -> Journal<'_> {
        Journal(self)
    }
}

impl Tx {
    /// Appends an entry; its number, time, actor and hash are made here. A quiet transaction tells nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tell(&self, draft: &JournalDraft) -> Result<()> {
        if self.is_quiet() {
            return Ok(());
        }
        // A field without a text in the screens would stand there as it is written here.
        debug_assert!(
            draft.content.changes.iter().all(|one| cb_domain::field::JOURNAL.contains(&one.field.as_str())),
            "a field that no screen has a text for: {:?}",
            draft.content.changes
        );
        let scribe = self.scribe();
        let (status, code) = if draft.status == 0 { (scribe.status, scribe.code) } else { (draft.status, draft.code) };
        let draft = JournalDraft {
            request_key: draft.request_key.or(scribe.request_key),
            correlation_id: draft.correlation_id.or(scribe.correlation_id),
            status,
            code,
            ..draft.clone()
        };
        let actor = match scribe.actor {
            // What follows from an answer is Partner Center's doing.
            JournalActor::App if draft.correlation_id.is_some() => JournalActor::PartnerCenter,
            other @ (JournalActor::Person | JournalActor::App | JournalActor::PartnerCenter) => other,
        };
        let person = if actor == JournalActor::Person { scribe.person } else { String::new() };
        let (last, before): (i64, String) = self
            .row("SELECT head_number, head_hash FROM journal_state", [], |row| Ok((row.get(0)?, row.get(1)?)))?
            .ok_or(StoreError::NotFound)?;
        let mut salt = [0_u8; 16];
        getrandom::fill(&mut salt).map_err(StoreError::from)?;
        let salt = hex::encode(salt);
        let content = serde_json::to_string(&draft.content)?;
        let content_hash = content_hash(&salt, &content);
        let number = last + 1;
        let entry = JournalEntry { number, at: scribe.at, actor, person, entry: draft, forgotten: false };
        let hash = chain(&before, &entry, &content_hash)?;
        let draft = &entry.entry;
        let mut words: Vec<&str> = vec![&draft.content.subject, &draft.reason, &entry.person];
        words.extend(draft.content.changes.iter().flat_map(|one| [one.before.as_str(), one.after.as_str()]));
        let correlation = draft.correlation_id.map(|id| id.to_string()).unwrap_or_default();
        let request = draft.request_key.map(|id| id.to_string()).unwrap_or_default();
        words.extend([correlation.as_str(), request.as_str()]);
        self.execute(
            "INSERT INTO journal (number, at, area, kind, actor, person, customer_id, reseller_id, operation_id,
                 operation_kind, request_key, correlation_id, status, code, reason, content, salt, content_hash, hash,
                 folded)
             VALUES (:number, :at, :area, :kind, :actor, :person, :customer_id, :reseller_id, :operation_id,
                 :operation_kind, :request_key, :correlation_id, :status, :code, :reason, :content, :salt,
                 :content_hash, :hash, :folded)",
            named_params! {
                ":number": number,
                ":at": Time(entry.at),
                ":area": Word(draft.kind.area()),
                ":kind": Word(draft.kind),
                ":actor": Word(entry.actor),
                ":person": entry.person,
                ":customer_id": draft.customer_id.map(Id),
                ":reseller_id": draft.reseller_id.map(Id),
                ":operation_id": draft.operation.map(|(id, _)| Id(id)),
                ":operation_kind": draft.operation.map(|(_, kind)| Word(kind)),
                ":request_key": draft.request_key.map(Id),
                ":correlation_id": draft.correlation_id.map(Id),
                ":status": draft.status,
                ":code": draft.code,
                ":reason": draft.reason,
                ":content": content,
                ":salt": salt,
                ":content_hash": content_hash,
                ":hash": hash,
                ":folded": fold_all(&words),
            },
        )?;
        self.execute("UPDATE journal_state SET head_number = ?1, head_hash = ?2", (number, hash))?;
        self.touch(Topic::Journal);
        Ok(())
    }

    /// Tells of what a customer's, subscription's or reseller's row became; without changes there is nothing to tell.
    pub(super) fn tell_changes(
        &self,
        kind: JournalKind,
        about: (Option<CustomerId>, Option<ResellerId>),
        subject: &str,
        changes: Vec<FieldChange>,
    ) -> Result<()> {
        let (customer_id, reseller_id) = about;
        let content = JournalContent { subject: subject.to_owned(), changes };
        self.tell(&JournalDraft { customer_id, reseller_id, content, ..JournalDraft::new(kind) })
    }

    /// Empties names and values in entries that tell what a forgotten payload said of persons, and in those about
    /// customers that never came to be, once nobody has touched them since `before`; answers with how many there were.
    /// The record of a customer that is one stays (D10), and so does what the journal tells of that.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_journal(&self, before: Timestamp) -> Result<u32> {
        let changed = self.execute(
            "UPDATE journal SET content = NULL, salt = NULL, folded = '' WHERE number IN (
                 SELECT j.number FROM journal j
                 WHERE j.content IS NOT NULL AND j.operation_kind IN ('create_customer', 'confirm_agreement',
                         'update_customer_profile')
                     AND j.kind IN ('operation_submitted', 'operation_corrected', 'operation_resolved')
                     AND j.operation_id IN (SELECT o.id FROM operations o WHERE o.forgotten_at IS NOT NULL)
                 UNION
                 SELECT j.number FROM journal j
                 WHERE j.content IS NOT NULL AND j.at < ?1 AND j.customer_id IN (
                     SELECT c.id FROM customers c
                     WHERE c.tenant_id IS NULL AND EXISTS (SELECT 1 FROM operations o WHERE o.customer_id = c.id)
                         AND NOT EXISTS (
                             SELECT 1 FROM operations o WHERE o.customer_id = c.id
                                 AND (o.state <> 'cancelled' OR o.updated_at >= ?1)
                         )
                 ) LIMIT ?2
             )",
            (Time(before), FORGET_AT_ONCE),
        )?;
        if changed > 0 {
            self.touch(Topic::Journal);
        }
        Ok(u32::try_from(changed).unwrap_or(u32::MAX))
    }
}

/// Fields that differ; before is `None` for what is new, and then only what is filled counts.
pub(super) fn compare(before: Option<Vec<(&str, String)>>, after: Vec<(&str, String)>) -> Vec<FieldChange> {
    let mut was = before.unwrap_or_default().into_iter();
    after
        .into_iter()
        .map(|(field, after)| FieldChange::new(field, was.next().map(|(_, value)| value).unwrap_or_default(), after))
        .filter(|change| change.before != change.after)
        .collect()
}

/// Hash of a content, which stays when the content is forgotten.
pub(super) fn content_hash(salt: &str, content: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(salt.as_bytes());
    hasher.update(content.as_bytes());
    hex::encode(hasher.finalize())
}

/// Hash over the hash before and everything of an entry but its content, of which the hash counts. Parts are told
/// apart by a line break, which none of them holds.
pub(super) fn chain(before: &str, entry: &JournalEntry, content_hash: &str) -> Result<String> {
    let draft = &entry.entry;
    let id = |id: Option<String>| id.unwrap_or_default();
    let mut hasher = Sha256::new();
    for part in [
        before.to_owned(),
        entry.number.to_string(),
        entry.at.as_nanosecond().to_string(),
        crate::value::word(&draft.kind)?,
        crate::value::word(&entry.actor)?,
        serde_json::to_string(&entry.person)?,
        id(draft.customer_id.map(|id| id.to_string())),
        id(draft.reseller_id.map(|id| id.to_string())),
        id(draft.operation.map(|(id, _)| id.to_string())),
        draft.operation.map(|(_, kind)| crate::value::word(&kind)).transpose()?.unwrap_or_default(),
        id(draft.request_key.map(|id| id.to_string())),
        id(draft.correlation_id.map(|id| id.to_string())),
        draft.status.to_string(),
        draft.code.to_string(),
        serde_json::to_string(&draft.reason)?,
        content_hash.to_owned(),
    ] {
        hasher.update(part.as_bytes());
        hasher.update(b"\n");
    }
    Ok(hex::encode(hasher.finalize()))
}

/// Maps [`COLUMNS`] but those of the chain.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<JournalEntry> {
    let content: Option<Json<JournalContent>> = row.get("content")?;
    let operation_id: Option<Id<OperationId>> = row.get("operation_id")?;
    let operation_kind: Option<Word<OperationKind>> = row.get("operation_kind")?;
    let actor = row.get::<_, Word<_>>("actor")?.0;
    Ok(JournalEntry {
        number: row.get("number")?,
        at: row.get::<_, Time>("at")?.0,
        actor,
        person: row.get("person")?,
        forgotten: content.is_none(),
        entry: JournalDraft {
            kind: row.get::<_, Word<_>>("kind")?.0,
            customer_id: row.get::<_, Option<Id<_>>>("customer_id")?.map(|id| id.0),
            reseller_id: row.get::<_, Option<Id<_>>>("reseller_id")?.map(|id| id.0),
            operation: operation_id.zip(operation_kind).map(|(id, kind)| (id.0, kind.0)),
            request_key: row.get::<_, Option<Id<_>>>("request_key")?.map(|id| id.0),
            correlation_id: row.get::<_, Option<Id<_>>>("correlation_id")?.map(|id| id.0),
            status: row.get("status")?,
            code: row.get("code")?,
            reason: row.get("reason")?,
            content: content.map(|content| content.0).unwrap_or_default(),
        },
    })
}
