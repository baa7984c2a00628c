//! What the book keeps of resellers beside Partner Center: checks, notes, tags, support contact, news, and
//! partnerships that a person must place.

use crate::fold::fold;
use crate::value::{Id, Json, Time, Word};
use crate::{Db, Result, Tx};
use cb_domain::fitness::Findings;
use cb_domain::ids::{ResellerId, TenantId};
use cb_domain::journal::JournalKind;
use cb_domain::reseller_book::{News, SeenPartnership};
use cb_domain::topic::Topic;
use jiff::Timestamp;
use rusqlite::{Row, named_params};
use std::collections::HashMap;

/// Reads what the book keeps of resellers.
pub struct ResellerBook<'d>(pub(super) &'d Db);

impl Db {
    /// What the book keeps of resellers.
    #[must_use]
    pub fn reseller_book(&self) -> ResellerBook<'_> {
        ResellerBook(self)
    }
}

impl ResellerBook<'_> {
    /// What Partner Center last answered about this one, and when.
    ///
    /// # Errors
    /// When the database fails.
    pub fn findings(&self, reseller: ResellerId) -> Result<Option<(Findings, Timestamp)>> {
        self.0.row(
            "SELECT agreement_signed, on_record, code, checked_at FROM reseller_checks WHERE reseller_id = ?1",
            [Id(reseller)],
            |row| {
                let code: u32 = row.get("code")?;
                let on_record =
                    row.get::<_, Option<bool>>("on_record")?.map(|good| if good { Ok(()) } else { Err(code) });
                let findings = Findings { agreement_signed: row.get("agreement_signed")?, on_record };
                Ok((findings, row.get::<_, Time>("checked_at")?.0))
            },
        )
    }

    /// The private note; empty when none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note(&self, reseller: ResellerId) -> Result<String> {
        let sql = "SELECT note FROM reseller_notes WHERE reseller_id = ?1";
        Ok(self.0.row(sql, [Id(reseller)], |row| row.get(0))?.unwrap_or_default())
    }

    /// Tags of this one, in alphabetical order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tags(&self, reseller: ResellerId) -> Result<Vec<String>> {
        let sql = "SELECT tag FROM reseller_tags WHERE reseller_id = ?1 ORDER BY tag_key";
        self.0.rows(sql, [Id(reseller)], |row| row.get(0))
    }

    /// Tags of all resellers that have any.
    ///
    /// # Errors
    /// When the database fails.
    pub fn all_tags(&self) -> Result<HashMap<ResellerId, Vec<String>>> {
        let rows =
            self.0.rows("SELECT reseller_id, tag FROM reseller_tags ORDER BY reseller_id, tag_key", [], |row| {
                Ok((row.get::<_, Id<ResellerId>>(0)?.0, row.get::<_, String>(1)?))
            })?;
        let mut all: HashMap<ResellerId, Vec<String>> = HashMap::new();
        for (reseller, tag) in rows {
            all.entry(reseller).or_default().push(tag);
        }
        Ok(all)
    }

    /// Who supports the subscriptions of its customers by default; `None` for the provider.
    ///
    /// # Errors
    /// When the database fails.
    pub fn support(&self, reseller: ResellerId) -> Result<Option<ResellerId>> {
        let sql = "SELECT contact FROM reseller_support WHERE reseller_id = ?1";
        self.0.row(sql, [Id(reseller)], |row| Ok(row.get::<_, Id<ResellerId>>(0)?.0))
    }

    /// News that Home still tells, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unseen_news(&self) -> Result<Vec<News>> {
        let sql = "SELECT reseller_id, at, kind, detail FROM reseller_news WHERE seen_at IS NULL ORDER BY number";
        self.0.rows(sql, [], news)
    }

    /// Partnerships that a person must place, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn seen_partnerships(&self) -> Result<Vec<SeenPartnership>> {
        self.0.rows(
            "SELECT tenant_id, partner_id, name, country, candidates, seen_at FROM seen_partnerships
             ORDER BY seen_at, tenant_id",
            [],
            |row| {
                Ok(SeenPartnership {
                    tenant_id: row.get::<_, Id<_>>("tenant_id")?.0,
                    partner_id: row.get("partner_id")?,
                    name: row.get("name")?,
                    country: row.get("country")?,
                    candidates: row.get::<_, Json<_>>("candidates")?.0,
                    seen_at: row.get::<_, Time>("seen_at")?.0,
                })
            },
        )
    }
}

impl Tx {
    /// Keeps what Partner Center answered about a reseller.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_findings(&self, reseller: ResellerId, findings: Findings, at: Timestamp) -> Result<()> {
        self.execute(
            "INSERT INTO reseller_checks (reseller_id, agreement_signed, on_record, code, checked_at)
             VALUES (:id, :agreement, :on_record, :code, :at)
             ON CONFLICT (reseller_id) DO UPDATE SET agreement_signed = excluded.agreement_signed,
                 on_record = excluded.on_record, code = excluded.code, checked_at = excluded.checked_at",
            named_params! {
                ":id": Id(reseller),
                ":agreement": findings.agreement_signed,
                ":on_record": findings.on_record.map(|answer| answer.is_ok()),
                ":code": findings.on_record.and_then(|answer| answer.err()).unwrap_or(0),
                ":at": Time(at),
            },
        )?;
        self.touch(Topic::Resellers);
        Ok(())
    }

    /// Keeps the private note.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_reseller_note(&self, reseller: ResellerId, note: &str, at: Timestamp) -> Result<()> {
        let before = self.reseller_book().note(reseller)?;
        self.execute(
            "INSERT INTO reseller_notes (reseller_id, note, saved_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (reseller_id) DO UPDATE SET note = excluded.note, saved_at = excluded.saved_at",
            (Id(reseller), note, Time(at)),
        )?;
        self.touch(Topic::Resellers);
        self.tell_reseller_field(JournalKind::ResellerNoteChanged, reseller, "note", before, note.to_owned())
    }

    /// Replaces the tags. Empty ones and the same one in another writing are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_reseller_tags(&self, reseller: ResellerId, tags: &[String]) -> Result<()> {
        let before = self.tags_as_text(reseller)?;
        self.execute("DELETE FROM reseller_tags WHERE reseller_id = ?1", [Id(reseller)])?;
        for tag in tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
            self.execute(
                "INSERT INTO reseller_tags (reseller_id, tag_key, tag) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                (Id(reseller), fold(tag), tag),
            )?;
        }
        self.touch(Topic::Resellers);
        let after = self.tags_as_text(reseller)?;
        self.tell_reseller_field(JournalKind::ResellerTagsChanged, reseller, "tags", before, after)
    }

    /// Sets who supports its customers by default; `None` for the provider.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_reseller_support(&self, reseller: ResellerId, contact: Option<ResellerId>) -> Result<()> {
        let before = self.reseller_name(self.reseller_book().support(reseller)?)?;
        match contact {
            None => self.execute("DELETE FROM reseller_support WHERE reseller_id = ?1", [Id(reseller)])?,
            Some(contact) => self.execute(
                "INSERT INTO reseller_support (reseller_id, contact) VALUES (?1, ?2)
                 ON CONFLICT (reseller_id) DO UPDATE SET contact = excluded.contact",
                (Id(reseller), Id(contact)),
            )?,
        };
        self.touch(Topic::Resellers);
        let after = self.reseller_name(contact)?;
        self.tell_reseller_field(JournalKind::ResellerSupportChanged, reseller, "support_contact", before, after)
    }

    /// Appends news.
    ///
    /// # Errors
    /// When the database fails.
    pub fn append_reseller_news(&self, news: &News) -> Result<()> {
        let seen = (!news.kind.is_told()).then_some(Time(news.at));
        self.execute(
            "INSERT INTO reseller_news (reseller_id, at, kind, detail, seen_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            (Id(news.reseller_id), Time(news.at), Word(news.kind), &news.detail, seen),
        )?;
        self.touch(Topic::Resellers);
        self.tell_news(news)
    }

    /// The person has looked at this reseller: Home no longer tells its news.
    ///
    /// # Errors
    /// When the database fails.
    pub fn see_reseller_news(&self, reseller: ResellerId, at: Timestamp) -> Result<()> {
        let changed = self.execute(
            "UPDATE reseller_news SET seen_at = ?2 WHERE reseller_id = ?1 AND seen_at IS NULL",
            (Id(reseller), Time(at)),
        )?;
        if changed > 0 {
            self.touch(Topic::Resellers);
        }
        Ok(())
    }

    /// Keeps a partnership for a person to place; the day on which it was first seen stays.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_seen_partnership(&self, seen: &SeenPartnership) -> Result<()> {
        self.execute(
            "INSERT INTO seen_partnerships (tenant_id, partner_id, name, country, candidates, seen_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (tenant_id) DO UPDATE SET partner_id = excluded.partner_id, name = excluded.name,
                 country = excluded.country, candidates = excluded.candidates",
            (
                Id(seen.tenant_id),
                &seen.partner_id,
                &seen.name,
                &seen.country,
                Json(&seen.candidates),
                Time(seen.seen_at),
            ),
        )?;
        self.touch(Topic::Resellers);
        Ok(())
    }

    /// It was placed, or is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_seen_partnership(&self, tenant: TenantId) -> Result<()> {
        if self.execute("DELETE FROM seen_partnerships WHERE tenant_id = ?1", [Id(tenant)])? > 0 {
            self.touch(Topic::Resellers);
        }
        Ok(())
    }
}

fn news(row: &Row<'_>) -> rusqlite::Result<News> {
    Ok(News {
        reseller_id: row.get::<_, Id<_>>("reseller_id")?.0,
        at: row.get::<_, Time>("at")?.0,
        kind: row.get::<_, Word<_>>("kind")?.0,
        detail: row.get("detail")?,
    })
}
