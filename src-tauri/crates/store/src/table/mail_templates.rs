//! Templates of mails that the person changed; the app's own stand where there is no row.

use crate::value::{Json, Time, Word, word};
use crate::{Db, Result, Tx};
use cb_domain::journal::{JournalDraft, JournalKind};
use cb_domain::mail::{MailLanguage, MailTemplate, TemplateKind};
use cb_domain::topic::Topic;
use jiff::Timestamp;

/// Reads changed templates.
pub struct MailTemplates<'d>(&'d Db);

impl Db {
    /// Changed templates.
    #[must_use]
    pub fn mail_templates(&self) -> MailTemplates<'_> {
        MailTemplates(self)
    }
}

impl MailTemplates<'_> {
    /// The changed template, if it was changed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, kind: TemplateKind, language: MailLanguage) -> Result<Option<MailTemplate>> {
        self.0.row(
            "SELECT template FROM mail_templates WHERE kind = ?1 AND language = ?2",
            (Word(kind), Word(language)),
            |row| Ok(row.get::<_, Json<_>>(0)?.0),
        )
    }
}

impl Tx {
    /// Keeps a changed template.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_mail_template(
        &self,
        kind: TemplateKind,
        language: MailLanguage,
        template: &MailTemplate,
        at: Timestamp,
    ) -> Result<()> {
        self.execute(
            "INSERT INTO mail_templates (kind, language, template, saved_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (kind, language) DO UPDATE SET template = excluded.template, saved_at = excluded.saved_at",
            (Word(kind), Word(language), Json(template), Time(at)),
        )?;
        self.touch(Topic::Partnerships);
        self.tell_template(JournalKind::TemplateChanged, kind, language)
    }

    /// Brings back the app's own template.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reset_mail_template(&self, kind: TemplateKind, language: MailLanguage) -> Result<()> {
        self.execute("DELETE FROM mail_templates WHERE kind = ?1 AND language = ?2", (Word(kind), Word(language)))?;
        self.touch(Topic::Partnerships);
        self.tell_template(JournalKind::TemplateReset, kind, language)
    }

    fn tell_template(&self, told: JournalKind, kind: TemplateKind, language: MailLanguage) -> Result<()> {
        let reason = format!("{} {}", word(&kind)?, word(&language)?);
        self.tell(&JournalDraft { reason, ..JournalDraft::new(told) })
    }
}
