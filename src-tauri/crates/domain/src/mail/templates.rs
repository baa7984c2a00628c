//! Templates of the mails that invite: per language, with placeholders, editable in Settings.
//!
//! They go to people outside, so their texts are here and not among the screens' texts.

use super::{Mail, MailLanguage};
use serde::{Deserialize, Serialize};

/// Which mail a template is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateKind {
    /// Asks a reseller for a partnership.
    PartnershipRequest,
    /// Follows up on it.
    PartnershipReminder,
    /// Asks a customer who has a tenant for a reseller relationship.
    CustomerInvitation,
}

/// A template: what the person may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailTemplate {
    /// One line with placeholders.
    pub subject: String,
    /// Text with placeholders; `{link}` stands in it exactly once.
    pub body: String,
}

/// What takes the place of the placeholders. An empty value takes its surroundings with it, see [`fill`].
#[derive(Debug, Clone, Copy, Default)]
pub struct TemplateFacts<'a> {
    /// The distributor's company.
    pub provider: &'a str,
    /// Person written to.
    pub contact: &'a str,
    /// The reseller's company, or the customer's in [`TemplateKind::CustomerInvitation`].
    pub reseller: &'a str,
    /// The person who writes.
    pub sender: &'a str,
    /// Their phone.
    pub phone: &'a str,
}

/// A mail's text with the link as a piece of its own between two texts, on a line of its own when put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftText {
    /// One line.
    pub subject: String,
    /// Before the link.
    pub before: String,
    /// Whether the link stands between the two.
    pub has_link: bool,
    /// Behind the link.
    pub after: String,
}

/// Placeholders that a template may hold.
pub const PLACEHOLDERS: &[&str] = &["{provider}", "{contact}", "{reseller}", "{link}", "{sender}", "{phone}"];
/// Where the link goes.
pub const LINK: &str = "{link}";

/// Why a template can't be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateProblem {
    /// The subject is empty.
    #[error("no subject")]
    NoSubject,
    /// A line break or another control character.
    #[error("control character")]
    ControlCharacter,
    /// `{link}` is not in the body.
    #[error("no link in the body")]
    NoLink,
    /// `{link}` is in the body more than once, or in the subject.
    #[error("the link stands in a second place")]
    LinkTwice,
    /// A word in braces that is no placeholder.
    #[error("unknown placeholder")]
    Unknown(String),
}

/// Checks a template before it is kept.
///
/// # Errors
/// See [`TemplateProblem`].
pub fn check_template(template: &MailTemplate) -> Result<(), TemplateProblem> {
    if template.subject.trim().is_empty() {
        return Err(TemplateProblem::NoSubject);
    }
    let breaks = |c: char| c.is_control() && c != '\n' && c != '\t';
    if template.subject.chars().any(char::is_control) || template.body.chars().any(breaks) {
        return Err(TemplateProblem::ControlCharacter);
    }
    for text in [&template.subject, &template.body] {
        if let Some(unknown) = placeholders(text).find(|found| !PLACEHOLDERS.contains(found)) {
            return Err(TemplateProblem::Unknown(unknown.to_owned()));
        }
    }
    match (template.subject.contains(LINK), template.body.matches(LINK).count()) {
        (true, _) => Err(TemplateProblem::LinkTwice),
        (false, 0) => Err(TemplateProblem::NoLink),
        (false, 1) => Ok(()),
        (false, _) => Err(TemplateProblem::LinkTwice),
    }
}

/// Words in braces, with their braces.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = rest.find('{')?;
        let word = &rest[from + 1..];
        let end = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
        let closed = word[end..].starts_with('}');
        let found = &rest[from..from + 1 + end + usize::from(closed)];
        rest = &word[end..];
        Some(if closed { found } else { "" })
    })
    .filter(|found| !found.is_empty())
}

/// Fills a template.
#[must_use]
pub fn fill(template: &MailTemplate, facts: &TemplateFacts<'_>) -> DraftText {
    let (before, after, has_link) = match template.body.split_once(LINK) {
        Some((before, after)) => (before, after, true),
        None => (template.body.as_str(), "", false),
    };
    DraftText {
        subject: filled(&template.subject, facts).trim().to_owned(),
        // The link gets a line of its own: a mark behind it would be taken for a part of it.
        before: filled(before, facts).trim_end_matches(['\n', ' ']).to_owned(),
        has_link,
        after: filled(after, facts).trim_start_matches(['\n', ' ']).trim_end().to_owned(),
    }
}

/// Line by line: a line whose facts are all unknown goes, a greeting keeps its greeting, a list of facts closes up.
fn filled(text: &str, facts: &TemplateFacts<'_>) -> String {
    let values = [
        ("{provider}", clean(facts.provider)),
        ("{contact}", clean(facts.contact)),
        ("{reseller}", clean(facts.reseller)),
        ("{sender}", clean(facts.sender)),
        ("{phone}", clean(facts.phone)),
    ];
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let used: Vec<&(&str, String)> = values.iter().filter(|(name, _)| line.contains(name)).collect();
        let greets = line.contains("{contact}");
        if !used.is_empty() && !greets && used.iter().all(|(_, value)| value.is_empty()) {
            continue;
        }
        lines.push(substituted(line, &values));
    }
    lines.join("\n")
}

/// One pass from left to right, so that a fact which looks like a placeholder stays what it is.
fn substituted(line: &str, values: &[(&str, String)]) -> String {
    let mut done = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(from) = rest.find('{') {
        done.push_str(&rest[..from]);
        rest = &rest[from..];
        match values.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, value)) => {
                rest = &rest[name.len()..];
                if value.is_empty() {
                    let kept = done.trim_end_matches([' ', ',']).len();
                    let starts_list = done.ends_with(": ");
                    done.truncate(if starts_list { done.len() } else { kept });
                    if starts_list {
                        rest = rest.trim_start_matches([',', ' ']);
                    }
                } else {
                    done.push_str(value);
                }
            }
            None => {
                done.push('{');
                rest = &rest[1..];
            }
        }
    }
    done.push_str(rest);
    done
}

/// One line, without anything that could break a subject or a link.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

impl DraftText {
    /// The whole body. The link stands on a line of its own, with an empty one before and after it.
    #[must_use]
    pub fn body(&self, link: &str) -> String {
        if !self.has_link {
            return [self.before.as_str(), self.after.as_str()].join(if self.before.is_empty() { "" } else { "\n\n" });
        }
        let mut body = String::with_capacity(self.before.len() + link.len() + self.after.len() + 4);
        if !self.before.is_empty() {
            body.push_str(&self.before);
            body.push_str("\n\n");
        }
        body.push_str(link);
        if !self.after.is_empty() {
            body.push_str("\n\n");
            body.push_str(&self.after);
        }
        body
    }

    /// The mail. A text without the link is no mail yet: see [`DraftText::has_link`].
    #[must_use]
    pub fn mail(&self, to: &str, link: &str) -> Mail {
        Mail { to: to.trim().to_owned(), subject: self.subject.trim().to_owned(), body: self.body(link) }
    }
}

/// The template that comes with the app.
#[must_use]
pub fn standard_template(kind: TemplateKind, language: MailLanguage) -> MailTemplate {
    let (subject, body) = match (kind, language) {
        (TemplateKind::PartnershipRequest, MailLanguage::De) => (
            "Partnerschaftsanfrage von {provider}",
            "Guten Tag {contact},\n\n{provider} möchte Ihr Unternehmen {reseller} mit Clouddiensten von Microsoft \
             beliefern. \
             Ein globaler Administrator Ihres CSP-Mandanten kann die Partnerschaft hier bestätigen:\n\n{link}\n\n\
             Damit erlauben Sie uns, Kunden für Sie anzulegen und in Ihrem Namen zu bestellen. Den \
             Administratorzugriff auf Ihren eigenen Mandanten, den wir dabei erhalten, können Sie danach wieder \
             entziehen.\n\nVoraussetzung ist, dass Sie als indirekter Vertriebspartner in derselben Region \
             registriert sind und die Microsoft Partner-Vereinbarung unterzeichnet haben.\n\n\
             Bei Fragen: {sender}, {phone}\n\nMit freundlichen Grüßen\n{provider}",
        ),
        (TemplateKind::PartnershipRequest, MailLanguage::En) => (
            "Partnership request from {provider}",
            "Hello {contact},\n\n{provider} would like to supply your company {reseller} with Microsoft cloud \
             services. \
             A Global admin of your CSP tenant can confirm the partnership here:\n\n{link}\n\n\
             By confirming you allow us to create customers for you and to order on your behalf. Our admin access \
             to your own tenant, which comes with it, can be withdrawn afterwards.\n\n\
             Before you confirm, please make sure that you are enrolled as an indirect reseller in the same region \
             and have signed the Microsoft Partner Agreement.\n\n\
             Questions: {sender}, {phone}\n\nKind regards\n{provider}",
        ),
        (TemplateKind::PartnershipReminder, MailLanguage::De) => (
            "Erinnerung: Partnerschaftsanfrage von {provider}",
            "Guten Tag {contact},\n\n{provider} hat Ihrem Unternehmen {reseller} vor Kurzem eine Partnerschaftsanfrage \
             gesandt. Sie ist noch nicht bestätigt. Ein globaler Administrator Ihres CSP-Mandanten kann das hier tun:\n\n{link}\n\n\
             Falls etwas dagegen spricht, genügt eine kurze Antwort.\n\n\
             Bei Fragen: {sender}, {phone}\n\nMit freundlichen Grüßen\n{provider}",
        ),
        (TemplateKind::PartnershipReminder, MailLanguage::En) => (
            "Reminder: partnership request from {provider}",
            "Hello {contact},\n\n{provider} recently sent your company {reseller} a partnership request. It has not been \
             confirmed yet. \
             A Global admin of your CSP tenant can do so here:\n\n{link}\n\n\
             If there is a reason not to, a short answer is enough.\n\n\
             Questions: {sender}, {phone}\n\nKind regards\n{provider}",
        ),
        (TemplateKind::CustomerInvitation, MailLanguage::De) => (
            "Vertriebspartnerschaft mit {provider}",
            "Guten Tag {contact},\n\n{provider} möchte Ihr Unternehmen {reseller} mit Microsoft-Abonnements versorgen. \
             Ein globaler Administrator Ihres Mandanten kann die Vertriebspartnerschaft hier bestätigen:\n\n{link}\n\n\
             Damit erlauben Sie uns, Abonnements für Sie zu bestellen und zu verwalten. Zugriff auf Ihre Benutzer oder \
             Daten erhalten wir dadurch nicht.\n\n\
             Bei Fragen: {sender}, {phone}\n\nMit freundlichen Grüßen\n{provider}",
        ),
        (TemplateKind::CustomerInvitation, MailLanguage::En) => (
            "Reseller relationship with {provider}",
            "Hello {contact},\n\n{provider} would like to supply your company {reseller} with Microsoft subscriptions. \
             A Global admin of your tenant can confirm the reseller relationship here:\n\n{link}\n\n\
             By confirming you allow us to order and manage subscriptions for you. It gives us no access to your \
             users or data.\n\n\
             Questions: {sender}, {phone}\n\nKind regards\n{provider}",
        ),
    };
    MailTemplate { subject: subject.to_owned(), body: body.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{mailto, read_mailto};

    const FACTS: TemplateFacts<'_> = TemplateFacts {
        provider: "Nordkontor Cloud",
        contact: "Ingrid Solberg",
        reseller: "Fjordnet AS",
        sender: "Jana Petersen",
        phone: "+49 431 555 0100",
    };
    const LINK_TEXT: &str = "https://partner.microsoft.com/commerce/invitations/7f3c";

    fn all() -> impl Iterator<Item = (TemplateKind, MailLanguage)> {
        use TemplateKind::{CustomerInvitation, PartnershipReminder, PartnershipRequest};
        [PartnershipRequest, PartnershipReminder, CustomerInvitation]
            .into_iter()
            .flat_map(|kind| [(kind, MailLanguage::De), (kind, MailLanguage::En)])
    }

    #[test]
    fn every_standard_template_is_sound_and_fits_into_a_link() {
        for (kind, language) in all() {
            let template = standard_template(kind, language);
            assert_eq!(check_template(&template), Ok(()), "{kind:?} {language:?}");
            let text = fill(&template, &FACTS);
            let mail = text.mail("ingrid.solberg@fjordnet.example", LINK_TEXT);
            let link = mailto(&mail).unwrap();
            assert_eq!(read_mailto(&link).as_ref(), Some(&mail));
            assert!(mail.body.contains(&format!("\n{LINK_TEXT}\n")), "{}", mail.body);
            assert!(!mail.body.contains('{') && !mail.subject.contains('{'));
            for fact in ["Nordkontor Cloud", "Ingrid Solberg", "Fjordnet AS", "Jana Petersen, +49 431 555 0100"] {
                assert!(mail.body.contains(fact), "{fact} is missing in {kind:?} {language:?}");
            }
        }
    }

    #[test]
    fn an_unknown_fact_leaves_no_hole() {
        let bare = TemplateFacts { contact: "", sender: "", phone: "", ..FACTS };
        for (kind, language) in all() {
            let body = fill(&standard_template(kind, language), &bare).body(LINK_TEXT);
            assert!(body.starts_with("Guten Tag,\n") || body.starts_with("Hello,\n"), "{body}");
            assert!(!body.contains("Fragen") && !body.contains("Questions"), "{body}");
        }
        let template = MailTemplate { subject: "x".into(), body: "Fragen: {sender}, {phone}\n{link}".into() };
        assert_eq!(fill(&template, &TemplateFacts { phone: "", ..FACTS }).before, "Fragen: Jana Petersen");
        assert_eq!(fill(&template, &TemplateFacts { sender: "", ..FACTS }).before, "Fragen: +49 431 555 0100");
    }

    #[test]
    fn a_company_without_a_name_leaves_a_whole_sentence() {
        use TemplateKind::{CustomerInvitation, PartnershipReminder, PartnershipRequest};
        for (kind, language, sentence) in [
            (PartnershipRequest, MailLanguage::De, "möchte Ihr Unternehmen mit Clouddiensten von Microsoft beliefern."),
            (PartnershipRequest, MailLanguage::En, "would like to supply your company with Microsoft cloud services."),
            (
                PartnershipReminder,
                MailLanguage::De,
                "hat Ihrem Unternehmen vor Kurzem eine Partnerschaftsanfrage gesandt. Sie",
            ),
            (PartnershipReminder, MailLanguage::En, "recently sent your company a partnership request. It"),
            (CustomerInvitation, MailLanguage::De, "möchte Ihr Unternehmen mit Microsoft-Abonnements versorgen."),
            (CustomerInvitation, MailLanguage::En, "would like to supply your company with Microsoft subscriptions."),
        ] {
            let nameless = TemplateFacts { reseller: "", ..FACTS };
            let body = fill(&standard_template(kind, language), &nameless).body(LINK_TEXT);
            assert!(body.contains(sentence), "{body}");
        }
    }

    #[test]
    fn a_fact_that_looks_like_a_placeholder_or_breaks_a_line_does_no_harm() {
        let odd = TemplateFacts { provider: "{link}\r\nBcc: x@y.example", reseller: "{contact} & Co. {", ..FACTS };
        let template = standard_template(TemplateKind::PartnershipRequest, MailLanguage::En);
        let text = fill(&template, &odd);
        assert_eq!(text.subject, "Partnership request from {link}  Bcc: x@y.example");
        assert!(text.before.contains("supply your company {contact} & Co. { with"), "{}", text.before);
        assert_eq!(text.body(LINK_TEXT).matches(LINK_TEXT).count(), 1);
    }

    #[test]
    fn refuses_a_template_that_would_lose_the_link() {
        let check =
            |subject: &str, body: &str| check_template(&MailTemplate { subject: subject.into(), body: body.into() });
        assert_eq!(check("s", "a {link} b"), Ok(()));
        assert_eq!(check("", "{link}"), Err(TemplateProblem::NoSubject));
        assert_eq!(check("s\nBcc: x", "{link}"), Err(TemplateProblem::ControlCharacter));
        assert_eq!(check("s", "nothing"), Err(TemplateProblem::NoLink));
        assert_eq!(check("s", "{link} {link}"), Err(TemplateProblem::LinkTwice));
        assert_eq!(check("{link}", "{link}"), Err(TemplateProblem::LinkTwice));
        assert_eq!(check("{kontact}", "{link}"), Err(TemplateProblem::Unknown("{kontact}".into())));
        assert_eq!(check("a { b } {", "{link} {}"), Err(TemplateProblem::Unknown("{}".into())));
    }
}
