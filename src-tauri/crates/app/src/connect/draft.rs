//! The draft of an invitation: begun, saved as typed, shown with what is missing.

use crate::error::{AppError, AppResult};
use crate::partnership::convert;
use crate::partnership::settings::{Invitation, template};
use crate::views::{
    CustomerInvitationView, FieldProblem, InvitationStateView, InvitedCustomer, Language, MailDraftView, NamedView,
    SaveCustomerInvitation, WorkspaceKind,
};
use crate::{App, OpenBook};
use cb_domain::check::email_is_valid;
use cb_domain::connect::{
    CustomerInvitation, InvitationStage, InvitationState, domain_is_plausible, relationship_link,
};
use cb_domain::ids::{CustomerInvitationId, ResellerId, TenantId};
use cb_domain::mail::{DraftText, Mail, MailLanguage, MailProblem, TemplateKind, fill, mailto};
use cb_domain::partnership::{EditedText, LinkKind, read_link};
use cb_domain::reseller::PartnershipState;
use cb_store::{Db, StoreError};
use jiff::Timestamp;

/// Longest company or name typed.
const LONGEST: usize = 255;

/// What the mail is made with.
pub(super) struct Sender {
    invitation: Invitation,
    tenant: Option<TenantId>,
}

impl App {
    /// Begins an invitation; one in which nothing was typed yet is gone on with.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn start_customer_invitation(&self, language: Language) -> AppResult<CustomerInvitationView> {
        let (id, now) = (CustomerInvitationId(self.inner.host.random.id()), self.inner.host.clock.now());
        let open = self.open_book().await?;
        let written =
            open.book
                .write(move |tx| {
                    let empty = tx.customer_invitations().open()?.into_iter().find(|one| {
                        one.state == InvitationState::Draft && one.company.is_empty() && one.email.is_empty()
                    });
                    if let Some(found) = empty {
                        return Ok(found.id);
                    }
                    tx.put_customer_invitation(&CustomerInvitation {
                        id,
                        reseller_id: None,
                        state: InvitationState::Draft,
                        company: String::new(),
                        domain: String::new(),
                        contact_name: String::new(),
                        email: String::new(),
                        country: String::new(),
                        language: convert::language_in(language),
                        edited_de: None,
                        edited_en: None,
                        created_at: now,
                        saved_at: now,
                        opened_at: None,
                        copied_at: None,
                        requested_at: None,
                        closed_at: None,
                        customer_id: None,
                    })?;
                    Ok(id)
                })
                .await?;
        self.publish(&written.topics);
        self.invitation_view(&open, written.value).await
    }

    /// An invitation, whole.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`.
    pub async fn customer_invitation(&self, id: String) -> AppResult<CustomerInvitationView> {
        let open = self.open_book().await?;
        self.invitation_view(&open, id.parse()?).await
    }

    /// Saves what was typed.
    ///
    /// # Errors
    /// `NotFound`; `NotAllowed` when it is no draft any more.
    pub async fn save_customer_invitation(&self, typed: SaveCustomerInvitation) -> AppResult<CustomerInvitationView> {
        let id: CustomerInvitationId = typed.id.parse()?;
        let reseller: Option<ResellerId> =
            if typed.reseller_id.is_empty() { None } else { Some(typed.reseller_id.parse()?) };
        let now = self.inner.host.clock.now();
        let open = self.open_book().await?;
        let sender = self.sender(&open).await?;
        let written = open
            .book
            .write(move |tx| {
                let Some(mut kept) = tx.customer_invitations().get(id)? else { return Ok(Err(AppError::NotFound)) };
                if kept.state != InvitationState::Draft {
                    return Ok(Err(AppError::NotAllowed));
                }
                let short = |text: String| text.chars().take(LONGEST).collect::<String>();
                kept.reseller_id = reseller;
                let former = std::mem::replace(&mut kept.company, short(typed.company));
                kept.domain = short(typed.domain);
                kept.contact_name = short(typed.contact_name);
                kept.email = short(typed.email);
                kept.language = convert::language_in(typed.language);
                let (was_de, was_en) = (kept.edited_de.take(), kept.edited_en.take());
                // What reads as the template does is not an edit: it goes on following the names.
                let edited = |language, mine: Option<_>, was: Option<EditedText>| {
                    let unchanged = text(tx, &kept, &sender, language)?;
                    let mine = mine.and_then(|mine| convert::text_in(mine).apart_from(&unchanged));
                    Ok::<_, StoreError>(mine.map(|mine| mine.naming(was.as_ref(), [&kept.company, &former])))
                };
                let de = edited(MailLanguage::De, typed.de, was_de)?;
                let en = edited(MailLanguage::En, typed.en, was_en)?;
                (kept.edited_de, kept.edited_en, kept.saved_at) = (de, en, now);
                tx.put_customer_invitation(&kept)?;
                Ok(Ok(()))
            })
            .await?;
        written.value?;
        self.publish(&written.topics);
        self.invitation_view(&open, id).await
    }

    /// Customers who were invited, and drafts.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn invited_customers(&self) -> AppResult<Vec<InvitedCustomer>> {
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        let (invitations, resellers) =
            open.book.read(|db| Ok((db.customer_invitations().open()?, db.resellers().all()?))).await?;
        Ok(invitations
            .into_iter()
            .map(|one| InvitedCustomer {
                id: one.id.to_string(),
                reseller_name: resellers
                    .iter()
                    .find(|reseller| Some(reseller.id) == one.reseller_id)
                    .map(|reseller| reseller.name.clone())
                    .unwrap_or_default(),
                state: state(one.stage(now)),
                since: one.since(now).to_string(),
                company: one.company,
            })
            .collect())
    }

    pub(super) async fn sender(&self, open: &OpenBook) -> AppResult<Sender> {
        let workspace = open.workspace();
        let name = self.provider_name_for(&workspace.name, workspace.kind);
        let invitation = open.book.read(move |db| Invitation::read(db, &name)).await?;
        let typed = invitation.settings.tenant_id.trim().parse().ok();
        let tenant = match workspace.kind {
            // The sample's provider has a tenant like everybody else.
            WorkspaceKind::Practice => {
                typed.or(Some(TenantId(cb_sandbox::sample::tenant_id(cb_sandbox::sample::PROVIDER_MPN_ID))))
            }
            WorkspaceKind::Live => typed,
        };
        Ok(Sender { invitation, tenant })
    }

    pub(super) async fn invitation_view(
        &self,
        open: &OpenBook,
        id: CustomerInvitationId,
    ) -> AppResult<CustomerInvitationView> {
        let sender = self.sender(open).await?;
        let now = open.trade_now(&self.inner.host);
        let read = open.book.read(move |db| {
            let Some(invitation) = db.customer_invitations().get(id)? else { return Ok(None) };
            view(db, &invitation, &sender, now).map(Some)
        });
        read.await?.ok_or(AppError::NotFound)
    }
}

/// The link: for both it is built; for the provider alone the one pasted in Settings is kept as it is, else built.
pub(super) fn link(db: &Db, invitation: &CustomerInvitation, sender: &Sender) -> Result<String, StoreError> {
    let reseller = match invitation.reseller_id {
        Some(id) => db.resellers().get(id)?,
        None => {
            let pasted = sender.invitation.link(LinkKind::Customer);
            if !pasted.is_empty() {
                return Ok(pasted.to_owned());
            }
            return Ok(sender.tenant.map(|tenant| relationship_link(tenant, None)).unwrap_or_default());
        }
    };
    let ids = reseller.as_ref().and_then(|one| Some((one.tenant_id?, one.partner_id.as_deref()?)));
    let built = match (sender.tenant, ids) {
        (Some(tenant), Some(ids)) => relationship_link(tenant, Some(ids)),
        (None, _) | (_, None) => String::new(),
    };
    // Built, and checked like one that was pasted.
    Ok(if read_link(LinkKind::Customer, &built).is_ok() { built } else { String::new() })
}

/// The text in a language: the person's, else the template's.
pub(super) fn text(
    db: &Db,
    invitation: &CustomerInvitation,
    sender: &Sender,
    language: MailLanguage,
) -> Result<DraftText, StoreError> {
    let edited = match language {
        MailLanguage::De => &invitation.edited_de,
        MailLanguage::En => &invitation.edited_en,
    };
    let template = template(db, TemplateKind::CustomerInvitation, convert::language_out(language))?;
    let filled = fill(&template, &sender.invitation.facts(&invitation.contact_name, &invitation.company));
    Ok(match edited {
        Some(edited) => edited.over(filled),
        None => filled,
    })
}

/// The mail as it would leave now.
pub(super) fn mail(db: &Db, invitation: &CustomerInvitation, sender: &Sender) -> Result<Mail, StoreError> {
    let text = text(db, invitation, sender, invitation.language)?;
    Ok(text.mail(&invitation.email, &link(db, invitation, sender)?))
}

/// What keeps it from leaving.
pub(super) fn problems(invitation: &CustomerInvitation, text: &DraftText, link: &str) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    if invitation.company.trim().is_empty() {
        found.push(convert::problem("company", "required", ""));
    }
    // What was asked already is not typed any more.
    if invitation.state == InvitationState::Draft && !domain_is_plausible(&invitation.domain) {
        found.push(convert::problem("domain", "domain", ""));
    }
    if invitation.email.trim().is_empty() {
        found.push(convert::problem("email", "required", ""));
    } else if !email_is_valid(invitation.email.trim()) {
        found.push(convert::problem("email", "email", ""));
    }
    if text.subject.trim().is_empty() {
        found.push(convert::problem("mail.subject", "subjectEmpty", ""));
    }
    if link.is_empty() {
        found.push(convert::problem("mail.link", "linkNotSet", ""));
    } else if !text.body(link).contains(link) {
        found.push(convert::problem("mail.link", "linkMissing", ""));
    }
    found
}

fn view(
    db: &Db,
    invitation: &CustomerInvitation,
    sender: &Sender,
    now: Timestamp,
) -> Result<CustomerInvitationView, StoreError> {
    let link = link(db, invitation, sender)?;
    let de = text(db, invitation, sender, MailLanguage::De)?;
    let en = text(db, invitation, sender, MailLanguage::En)?;
    let (shown, edited) = match invitation.language {
        MailLanguage::De => (&de, &invitation.edited_de),
        MailLanguage::En => (&en, &invitation.edited_en),
    };
    let former = edited.as_ref().map(|edited| edited.former_company(&invitation.company)).unwrap_or_default();
    let choices = db
        .resellers()
        .all()?
        .into_iter()
        .filter(|one| {
            one.partnership == PartnershipState::Active && one.tenant_id.is_some() && one.partner_id.is_some()
        })
        .map(|one| NamedView { id: one.id.to_string(), name: one.name })
        .collect();
    Ok(CustomerInvitationView {
        id: invitation.id.to_string(),
        state: state(invitation.stage(now)),
        since: invitation.since(now).to_string(),
        reseller_id: invitation.reseller_id.map(|id| id.to_string()).unwrap_or_default(),
        company: invitation.company.clone(),
        domain: invitation.domain.clone(),
        contact_name: invitation.contact_name.clone(),
        email: invitation.email.clone(),
        problems: problems(invitation, shown, &link),
        mail: MailDraftView {
            language: convert::language_out(invitation.language),
            too_long: mailto(&shown.mail("a@b.example", &link)) == Err(MailProblem::TooLong),
            de: convert::text_out(&de, invitation.edited_de.as_ref()),
            en: convert::text_out(&en, invitation.edited_en.as_ref()),
            former_company: former.to_owned(),
            de_edited: invitation.edited_de.is_some(),
            en_edited: invitation.edited_en.is_some(),
            link,
        },
        choices,
        opened_at: invitation.opened_at.map(|at| at.to_string()),
        copied_at: invitation.copied_at.map(|at| at.to_string()),
        requested_at: invitation.requested_at.map(|at| at.to_string()),
        customer_id: invitation.customer_id.map(|id| id.to_string()).unwrap_or_default(),
    })
}

fn state(stage: InvitationStage) -> InvitationStateView {
    match stage {
        InvitationStage::Draft => InvitationStateView::Draft,
        InvitationStage::Requested => InvitationStateView::Requested,
        InvitationStage::Stale => InvitationStateView::Stale,
        InvitationStage::Connected => InvitationStateView::Connected,
        InvitationStage::GivenUp => InvitationStateView::GivenUp,
    }
}
