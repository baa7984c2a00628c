//! A partnership request and where it stands.

use crate::ids::{PartnershipRequestId, ResellerId};
use crate::mail::{DraftText, MailLanguage};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A request that nobody answered for this long is stale: Partner Center announces no answer, so the person is reminded.
pub const REMIND_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What the mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// Asks for the partnership.
    Request,
    /// Follows up on a request that was not answered.
    Reminder,
}

/// What became of a request, as the book stores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Being written; may have been opened or copied already.
    Draft,
    /// *Done* was pressed: the reseller stands in the list as requested.
    Requested,
    /// The partnership was seen at sync.
    Accepted,
    /// The reseller said no; typed in by the person.
    Declined,
    /// The partnership is gone at sync, or the request was given up.
    Ended,
}

/// Where a request stands at a moment, with the most advanced fact first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestStage {
    /// Neither opened nor copied.
    Draft,
    /// Handed to the mail program. That is never proof that it was sent.
    Opened,
    /// Copied to the clipboard.
    Copied,
    /// Listed as requested without having been opened or copied here.
    Requested,
    /// The person says that it was sent.
    MarkedSent,
    /// Unanswered for [`REMIND_AFTER`].
    Stale,
    /// Accepted.
    Active,
    /// Declined.
    Declined,
    /// Ended.
    Ended,
}

/// Who is asked, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestForm {
    /// Company of the reseller.
    pub company: String,
    /// Person to write to; may be empty.
    pub contact_name: String,
    /// Their address.
    pub email: String,
    /// ISO 3166 two letters.
    pub country: String,
    /// Tenant ID, where known: lets an acceptance be recognised.
    pub tenant_id: String,
    /// PartnerID (PLA), where known: lets an acceptance be recognised.
    pub partner_id: String,
}

/// Subject and body that the person changed, in one language. Each of the two follows template and names until it was
/// changed itself; what follows is empty here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EditedText {
    /// One line.
    pub subject: String,
    /// Text before the link.
    pub before: String,
    /// The link stands between the two.
    pub has_link: bool,
    /// Text behind the link.
    pub after: String,
    /// The subject is the template's still. (Texts of before this was kept apart were frozen whole.)
    pub subject_follows: bool,
    /// The body is the template's still.
    pub body_follows: bool,
    /// Company that the changed body names, so that it can be told when the company is another one since.
    pub names: String,
}

impl EditedText {
    /// The text as it reads: what was changed, else what the template says now.
    #[must_use]
    pub fn over(&self, template: DraftText) -> DraftText {
        let subject = if self.subject_follows { template.subject } else { self.subject.clone() };
        if self.body_follows {
            return DraftText { subject, ..template };
        }
        DraftText { subject, before: self.before.clone(), has_link: self.has_link, after: self.after.clone() }
    }

    /// What is left of it as an edit: whatever reads as the template does goes on following it.
    #[must_use]
    pub fn apart_from(self, template: &DraftText) -> Option<Self> {
        let body_follows = self.body_follows
            || (&self.before, self.has_link, &self.after) == (&template.before, template.has_link, &template.after);
        let subject_follows = self.subject_follows || self.subject == template.subject;
        match (subject_follows, body_follows) {
            (true, true) => None,
            (false, true) => Some(Self { subject: self.subject, body_follows, ..Self::default() }),
            (true, false) => Some(Self { subject: String::new(), subject_follows, ..self }),
            (false, false) => Some(self),
        }
    }

    /// Notes which company the body names. A body that was not touched goes on naming the one it named.
    #[must_use]
    pub fn naming(self, before: Option<&Self>, companies: [&str; 2]) -> Self {
        if self.body_follows {
            return self;
        }
        let same = before.filter(|old| !old.body_follows && (&old.before, &old.after) == (&self.before, &self.after));
        let names = match same {
            Some(old) => old.names.clone(),
            None => companies
                .into_iter()
                .chain(before.map(|old| old.names.as_str()))
                .map(str::trim)
                .find(|company| self.has_name(company))
                .unwrap_or_default()
                .to_owned(),
        };
        Self { names, ..self }
    }

    /// The company that the body names although another one is meant now; empty when none.
    #[must_use]
    pub fn former_company(&self, company: &str) -> &str {
        let former = !self.body_follows && self.names != company.trim() && self.has_name(&self.names);
        if former { &self.names } else { "" }
    }

    /// Whether the body has a name in it as a word of its own.
    fn has_name(&self, name: &str) -> bool {
        !name.is_empty()
            && [&self.before, &self.after].into_iter().any(|text| {
                text.match_indices(name).any(|(at, found)| {
                    let ends = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
                    ends(text[..at].chars().next_back()) && ends(text[at + found.len()..].chars().next())
                })
            })
    }
}

/// One mail that asks a reseller for a partnership, or reminds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnershipRequest {
    /// Id in the book.
    pub id: PartnershipRequestId,
    /// The reseller in the book; none until a company was typed.
    pub reseller_id: Option<ResellerId>,
    /// What the mail is for.
    pub kind: RequestKind,
    /// Where it stands.
    pub state: RequestState,
    /// Grows with each save.
    pub revision: u32,
    /// Who is asked.
    pub form: RequestForm,
    /// Language of the mail.
    pub language: MailLanguage,
    /// Changed text in German; the template's when none.
    pub edited_de: Option<EditedText>,
    /// Changed text in English; the template's when none.
    pub edited_en: Option<EditedText>,
    /// Requests that came from one list share it, so that they can be opened one after another.
    pub batch: Option<uuid::Uuid>,
    /// Begun.
    pub created_at: Timestamp,
    /// Last saved.
    pub saved_at: Timestamp,
    /// Last handed to the mail program.
    pub opened_at: Option<Timestamp>,
    /// Last copied.
    pub copied_at: Option<Timestamp>,
    /// *Done*.
    pub requested_at: Option<Timestamp>,
    /// When the person said that it was sent.
    pub sent_at: Option<Timestamp>,
    /// Accepted, declined or ended.
    pub closed_at: Option<Timestamp>,
}

impl PartnershipRequest {
    /// When the reseller was last written to, as far as the book knows.
    #[must_use]
    pub fn last_written_at(&self) -> Option<Timestamp> {
        [self.opened_at, self.copied_at, self.requested_at, self.sent_at].into_iter().flatten().max()
    }

    /// The text that the person changed in a language.
    #[must_use]
    pub fn edited(&self, language: MailLanguage) -> Option<&EditedText> {
        match language {
            MailLanguage::De => self.edited_de.as_ref(),
            MailLanguage::En => self.edited_en.as_ref(),
        }
    }
}

/// Where a request stands now.
#[must_use]
pub fn stage(request: &PartnershipRequest, now: Timestamp) -> RequestStage {
    let silent = request.last_written_at().is_some_and(|at| now.duration_since(at) >= REMIND_AFTER);
    match request.state {
        RequestState::Accepted => RequestStage::Active,
        RequestState::Declined => RequestStage::Declined,
        RequestState::Ended => RequestStage::Ended,
        RequestState::Requested if silent => RequestStage::Stale,
        RequestState::Draft | RequestState::Requested if request.sent_at.is_some() => RequestStage::MarkedSent,
        RequestState::Draft | RequestState::Requested if request.opened_at.is_some() => RequestStage::Opened,
        RequestState::Draft | RequestState::Requested if request.copied_at.is_some() => RequestStage::Copied,
        RequestState::Requested => RequestStage::Requested,
        RequestState::Draft => RequestStage::Draft,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(state: RequestState) -> PartnershipRequest {
        PartnershipRequest {
            id: PartnershipRequestId(uuid::Uuid::nil()),
            reseller_id: None,
            kind: RequestKind::Request,
            state,
            revision: 1,
            form: RequestForm::default(),
            language: MailLanguage::De,
            edited_de: None,
            edited_en: None,
            batch: None,
            created_at: Timestamp::UNIX_EPOCH,
            saved_at: Timestamp::UNIX_EPOCH,
            opened_at: None,
            copied_at: None,
            requested_at: None,
            sent_at: None,
            closed_at: None,
        }
    }

    fn template(company: &str) -> DraftText {
        DraftText {
            subject: "Anfrage".into(),
            before: format!("Guten Tag {company},"),
            has_link: true,
            after: "Gruß".into(),
        }
    }

    fn typed(text: DraftText) -> EditedText {
        EditedText {
            subject: text.subject,
            before: text.before,
            has_link: text.has_link,
            after: text.after,
            ..EditedText::default()
        }
    }

    #[test]
    fn subject_and_body_are_kept_apart() {
        let alpha = template("Alpha");
        assert_eq!(typed(alpha.clone()).apart_from(&alpha), None);
        let subject = typed(DraftText { subject: "Mein".into(), ..alpha.clone() }).apart_from(&alpha).unwrap();
        assert_eq!(subject.over(template("Beta")), DraftText { subject: "Mein".into(), ..template("Beta") });
        let body = typed(DraftText { after: "Bis bald".into(), ..alpha.clone() }).apart_from(&alpha).unwrap();
        let other = DraftText { subject: "Neu".into(), ..template("Beta") };
        assert_eq!(body.over(other), DraftText { subject: "Neu".into(), after: "Bis bald".into(), ..alpha });
    }

    #[test]
    fn a_changed_body_tells_the_company_it_was_written_for() {
        let body = typed(template("Alpha GmbH")).naming(None, ["Alpha GmbH", "Alpha GmbH"]);
        assert_eq!(body.former_company(" Alpha GmbH "), "");
        // The company is typed letter by letter; letters of it that stand in the text name nobody.
        let body = body.clone().naming(Some(&body), ["G", "Alpha GmbH"]);
        assert_eq!(body.former_company("Beta"), "Alpha GmbH");
        let mended = typed(template("Beta")).naming(Some(&body), ["Beta", "Alpha GmbH"]);
        assert_eq!(mended.former_company("Beta"), "");
        let late = typed(template("Alpha GmbH")).naming(None, ["Beta", "Alpha GmbH"]);
        assert_eq!(late.former_company("Beta"), "Alpha GmbH", "both changed in one save");
        assert_eq!(typed(template("Alphabet")).naming(None, ["Alpha", ""]).names, "");
    }

    #[test]
    fn opened_is_never_sent_and_silence_makes_stale() {
        let now = Timestamp::from_second(10_000_000).unwrap();
        let ago = |hours: i64| Some(now - SignedDuration::from_hours(hours));
        let draft = request(RequestState::Draft);
        assert_eq!(stage(&draft, now), RequestStage::Draft);
        assert_eq!(stage(&PartnershipRequest { opened_at: ago(1), ..draft.clone() }, now), RequestStage::Opened);
        assert_eq!(stage(&PartnershipRequest { copied_at: ago(1), ..draft.clone() }, now), RequestStage::Copied);
        let asked = PartnershipRequest { requested_at: ago(1), ..request(RequestState::Requested) };
        assert_eq!(stage(&asked, now), RequestStage::Requested);
        let opened = PartnershipRequest { opened_at: ago(2), ..asked.clone() };
        assert_eq!(stage(&opened, now), RequestStage::Opened);
        let sent = PartnershipRequest { sent_at: ago(1), ..opened.clone() };
        assert_eq!(stage(&sent, now), RequestStage::MarkedSent);
        for (hours, expected) in [(167, RequestStage::Requested), (168, RequestStage::Stale)] {
            let old = PartnershipRequest { requested_at: ago(hours), ..asked.clone() };
            assert_eq!(stage(&old, now), expected, "{hours} h");
        }
        // Only what was asked for can go unanswered, and an answer ends the waiting.
        assert_eq!(stage(&PartnershipRequest { opened_at: ago(900), ..draft }, now), RequestStage::Opened);
        for (state, expected) in [
            (RequestState::Accepted, RequestStage::Active),
            (RequestState::Declined, RequestStage::Declined),
            (RequestState::Ended, RequestStage::Ended),
        ] {
            let closed = PartnershipRequest { requested_at: ago(900), ..request(state) };
            assert_eq!(stage(&closed, now), expected);
        }
    }
}
