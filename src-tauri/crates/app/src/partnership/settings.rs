//! What Settings keep for invitations: who writes, own ids, both links, and templates per language.

use super::convert;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{
    FieldProblem, InvitationSettings, InvitationSettingsView, Language, LinkCheckView, LinkKindView, MailTemplateView,
    TemplateKindView, TemplatePreview, WorkspaceKind,
};
use cb_domain::mail::{MailTemplate, TemplateFacts, TemplateKind, check_template, fill, standard_template};
use cb_domain::partnership::{LinkKind, LinkProblem, check_partner_id, check_tenant_id, read_link};
use cb_store::{Db, StoreError};

const PROVIDER_NAME: &str = "invitation_provider_name";
const SENDER: &str = "invitation_sender";
const PHONE: &str = "invitation_phone";
/// Own tenant ID. Also what the link for customers is built with.
pub(crate) const TENANT_ID: &str = "provider_tenant_id";
/// Own PartnerID.
pub(crate) const PARTNER_ID: &str = "provider_partner_id";
const RESELLER_LINK: &str = "invitation_link_reseller";
const CUSTOMER_LINK: &str = "invitation_link_customer";

/// Looks like the real one and leads nowhere: the path does not exist at Microsoft.
const PRACTICE_LINK: &str = "https://partner.microsoft.com/channelbook-practice/partnership/7f3c";
/// Longest text of a settings field.
const LONGEST: usize = 120;

/// What every invitation needs from Settings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Invitation {
    /// As kept.
    pub(crate) settings: InvitationSettings,
}

impl Default for InvitationSettings {
    fn default() -> Self {
        let empty = String::new;
        Self {
            provider_name: empty(),
            sender: empty(),
            phone: empty(),
            tenant_id: empty(),
            partner_id: empty(),
            reseller_link: empty(),
            customer_link: empty(),
        }
    }
}

impl Invitation {
    /// Reads it within a read of the caller. `workspace_name` stands for a distributor that has not been named.
    pub(crate) fn read(db: &Db, workspace_name: &str) -> Result<Self, StoreError> {
        let get = |key: &str| Ok::<_, StoreError>(db.settings().get(key)?.unwrap_or_default());
        let named = get(PROVIDER_NAME)?;
        let settings = InvitationSettings {
            provider_name: if named.is_empty() { workspace_name.to_owned() } else { named },
            sender: get(SENDER)?,
            phone: get(PHONE)?,
            tenant_id: get(TENANT_ID)?,
            partner_id: get(PARTNER_ID)?,
            reseller_link: get(RESELLER_LINK)?,
            customer_link: get(CUSTOMER_LINK)?,
        };
        Ok(Self { settings })
    }

    /// The link of a kind; empty when none was pasted.
    pub(crate) fn link(&self, kind: LinkKind) -> &str {
        match kind {
            LinkKind::Reseller => &self.settings.reseller_link,
            LinkKind::Customer => &self.settings.customer_link,
        }
    }

    /// Facts of a mail to somebody.
    pub(crate) fn facts<'a>(&'a self, contact: &'a str, company: &'a str) -> TemplateFacts<'a> {
        TemplateFacts {
            provider: &self.settings.provider_name,
            contact,
            reseller: company,
            sender: &self.settings.sender,
            phone: &self.settings.phone,
        }
    }
}

/// The template in force: the person's, else the app's own.
pub(crate) fn template(db: &Db, kind: TemplateKind, language: Language) -> Result<MailTemplate, StoreError> {
    let language = convert::language_in(language);
    Ok(db.mail_templates().get(kind, language)?.unwrap_or_else(|| standard_template(kind, language)))
}

impl App {
    /// What the workspace puts into its invitations.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn invitation_settings(&self) -> AppResult<InvitationSettingsView> {
        let open = self.open_book().await?;
        let workspace = open.workspace();
        let practice_link = match workspace.kind {
            WorkspaceKind::Practice => PRACTICE_LINK.to_owned(),
            WorkspaceKind::Live => String::new(),
        };
        let name = self.provider_name_for(&workspace.name, workspace.kind);
        let settings = open.book.read(move |db| Invitation::read(db, &name)).await?.settings;
        Ok(InvitationSettingsView { settings, practice_link })
    }

    /// The distributor's name while nobody has typed one: the workspace's; in practice the sample's.
    pub(crate) fn provider_name_for(&self, workspace: &str, kind: WorkspaceKind) -> String {
        match kind {
            WorkspaceKind::Practice if workspace.is_empty() => cb_sandbox::sample::PROVIDER_NAME.to_owned(),
            WorkspaceKind::Practice | WorkspaceKind::Live => workspace.to_owned(),
        }
    }

    /// Keeps them; a link of the wrong kind is refused with its reason.
    ///
    /// # Errors
    /// `Validation` by field.
    pub async fn save_invitation_settings(&self, settings: InvitationSettings) -> AppResult<InvitationSettingsView> {
        let problems = check(&settings);
        if !problems.is_empty() {
            return Err(AppError::Validation(problems));
        }
        let open = self.open_book().await?;
        let written = open
            .book
            .write(move |tx| {
                for (key, value) in [
                    (PROVIDER_NAME, &settings.provider_name),
                    (SENDER, &settings.sender),
                    (PHONE, &settings.phone),
                    (TENANT_ID, &settings.tenant_id),
                    (PARTNER_ID, &settings.partner_id),
                    (RESELLER_LINK, &settings.reseller_link),
                    (CUSTOMER_LINK, &settings.customer_link),
                ] {
                    tx.set_setting(key, value.trim())?;
                }
                tx.touch(cb_domain::topic::Topic::Partnerships);
                Ok(())
            })
            .await?;
        self.publish(&written.topics);
        self.invitation_settings().await
    }

    /// What a pasted link is, before it is kept.
    ///
    /// # Errors
    /// None today; a command answers with a result.
    pub async fn check_invitation_link(&self, kind: LinkKindView, text: String) -> AppResult<LinkCheckView> {
        Ok(match read_link(convert::link_kind(kind), &text) {
            Ok(link) => LinkCheckView { fits: true, problem: String::new(), host: link.host },
            Err(LinkProblem::Empty) => LinkCheckView { fits: false, problem: String::new(), host: String::new() },
            Err(problem) => LinkCheckView { fits: false, problem: problem.key().to_owned(), host: String::new() },
        })
    }

    /// All templates, in both languages.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn mail_templates(&self) -> AppResult<Vec<MailTemplateView>> {
        let open = self.open_book().await?;
        let read = open.book.read(|db| {
            let mut all = Vec::new();
            for kind in [
                TemplateKindView::PartnershipRequest,
                TemplateKindView::PartnershipReminder,
                TemplateKindView::CustomerInvitation,
            ] {
                for language in [Language::De, Language::En] {
                    let kept = db.mail_templates().get(convert::template_kind(kind), convert::language_in(language))?;
                    let changed = kept.is_some();
                    let MailTemplate { subject, body } = kept.unwrap_or_else(|| {
                        standard_template(convert::template_kind(kind), convert::language_in(language))
                    });
                    all.push(MailTemplateView { kind, language, subject, body, changed });
                }
            }
            Ok(all)
        });
        Ok(read.await?)
    }

    /// Keeps a changed template. Drafts whose text was not touched follow it.
    ///
    /// # Errors
    /// `Validation` when the link would be lost or a placeholder is unknown.
    pub async fn save_mail_template(
        &self,
        kind: TemplateKindView,
        language: Language,
        subject: String,
        body: String,
    ) -> AppResult<Vec<MailTemplateView>> {
        let template = typed(subject, body);
        let problems = problems_of(&template);
        if !problems.is_empty() {
            return Err(AppError::Validation(problems));
        }
        let (kind, language, now) =
            (convert::template_kind(kind), convert::language_in(language), self.inner.host.clock.now());
        let open = self.open_book().await?;
        let is_own = template == standard_template(kind, language);
        let written = open
            .book
            .write(move |tx| {
                if is_own {
                    tx.reset_mail_template(kind, language)
                } else {
                    tx.put_mail_template(kind, language, &template, now)
                }
            })
            .await?;
        self.publish(&written.topics);
        self.mail_templates().await
    }

    /// Brings back the app's own template.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn reset_mail_template(
        &self,
        kind: TemplateKindView,
        language: Language,
    ) -> AppResult<Vec<MailTemplateView>> {
        let (kind, language) = (convert::template_kind(kind), convert::language_in(language));
        let open = self.open_book().await?;
        let written = open.book.write(move |tx| tx.reset_mail_template(kind, language)).await?;
        self.publish(&written.topics);
        self.mail_templates().await
    }

    /// A template filled with an example, as typed so far.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn preview_mail_template(
        &self,
        kind: TemplateKindView,
        language: Language,
        subject: String,
        body: String,
    ) -> AppResult<TemplatePreview> {
        let template = typed(subject, body);
        let problems = problems_of(&template);
        let settings = self.invitation_settings().await?;
        let (contact, company) = example(kind, language);
        let invitation = Invitation { settings: settings.settings };
        let text = fill(&template, &invitation.facts(contact, company));
        let kept = match kind {
            TemplateKindView::PartnershipRequest | TemplateKindView::PartnershipReminder => {
                invitation.link(LinkKind::Reseller)
            }
            TemplateKindView::CustomerInvitation => invitation.link(LinkKind::Customer),
        };
        let link = if kept.is_empty() { "https://partner.microsoft.com/…" } else { kept };
        Ok(TemplatePreview { subject: text.subject.clone(), body: text.body(link), problems })
    }
}

fn typed(subject: String, body: String) -> MailTemplate {
    MailTemplate { subject: subject.trim().to_owned(), body: body.replace("\r\n", "\n") }
}

fn problems_of(template: &MailTemplate) -> Vec<FieldProblem> {
    check_template(template).err().iter().map(convert::template_problem).collect()
}

/// Somebody to show a template with.
fn example(kind: TemplateKindView, language: Language) -> (&'static str, &'static str) {
    match (kind, language) {
        (TemplateKindView::CustomerInvitation, Language::De) => ("Jörg Brandt", "Tischlerei Brandt GmbH"),
        (TemplateKindView::CustomerInvitation, Language::En) => ("Niamh Byrne", "Byrne Boatyard Ltd"),
        (_, Language::De) => ("Kaja Öller", "Öller & Söhne IT"),
        (_, Language::En) => ("Ingrid Solberg", "Fjordnet AS"),
    }
}

fn check(settings: &InvitationSettings) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    for (field, value) in
        [("providerName", &settings.provider_name), ("sender", &settings.sender), ("phone", &settings.phone)]
    {
        if value.chars().any(char::is_control) {
            found.push(convert::problem(field, "controlCharacter", ""));
        } else if value.trim().chars().count() > LONGEST {
            found.push(convert::problem(field, "tooLong", &LONGEST.to_string()));
        }
    }
    let ids = [check_tenant_id("tenantId", &settings.tenant_id), check_partner_id("partnerId", &settings.partner_id)];
    found.extend(ids.into_iter().flatten().map(|p| convert::problem(&p.field, p.key, &p.expected)));
    for (field, kind, text) in [
        ("resellerLink", LinkKind::Reseller, &settings.reseller_link),
        ("customerLink", LinkKind::Customer, &settings.customer_link),
    ] {
        match read_link(kind, text) {
            Ok(_) | Err(LinkProblem::Empty) => {}
            Err(problem) => found.push(convert::problem(field, problem.key(), "")),
        }
    }
    found
}
