//! The draft of a request: begun, saved as typed, shown with what is missing, discarded.

use super::convert;
use super::settings::{Invitation, template};
use crate::error::{AppError, AppResult};
use crate::views::{
    FieldProblem, Language, MailDraftView, PartnershipRequestView, SavePartnershipRequest, WorkspaceView,
};
use crate::{App, OpenBook};
use cb_domain::ids::{PartnershipRequestId, ResellerId};
use cb_domain::mail::{DraftText, LONGEST_LINK, Mail, MailLanguage, MailProblem, fill, mailto};
use cb_domain::partnership::{
    LinkKind, PartnershipRequest, RequestForm, RequestKind, RequestState, check_request, stage,
};
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_store::fold::fold;
use cb_store::{Db, StoreError, Tx};
use jiff::Timestamp;

/// Countries whose resellers are written to in German first.
const GERMAN: &[&str] = &["DE", "AT", "CH", "LI", "LU"];

impl App {
    /// Begins a request, of a reseller in the book or of a new one. A draft that is there already is gone on with.
    ///
    /// # Errors
    /// `NotFound`; `NotAllowed` while the partnership is active.
    pub async fn start_partnership_request(
        &self,
        reseller_id: String,
        language: Language,
    ) -> AppResult<PartnershipRequestView> {
        let reseller: Option<ResellerId> = if reseller_id.is_empty() { None } else { Some(reseller_id.parse()?) };
        self.begin_request(reseller, RequestKind::Request, language).await
    }

    /// Begins a follow-up to a reseller that was asked and did not answer.
    ///
    /// # Errors
    /// `NotFound`; `NotAllowed` unless it stands as requested.
    pub async fn remind_partnership(
        &self,
        reseller_id: String,
        language: Language,
    ) -> AppResult<PartnershipRequestView> {
        self.begin_request(Some(reseller_id.parse()?), RequestKind::Reminder, language).await
    }

    async fn begin_request(
        &self,
        reseller: Option<ResellerId>,
        kind: RequestKind,
        language: Language,
    ) -> AppResult<PartnershipRequestView> {
        let (id, now) = (PartnershipRequestId(self.inner.host.random.id()), self.inner.host.clock.now());
        let open = self.open_book().await?;
        let written = open
            .book
            .write(move |tx| {
                if let Some(going_on) = going_on(tx, reseller, kind)? {
                    return Ok(Ok(going_on.id));
                }
                let known = match reseller {
                    Some(id) => match tx.resellers().get(id)? {
                        Some(found) => Some(found),
                        None => return Ok(Err(AppError::NotFound)),
                    },
                    None => None,
                };
                if known.as_ref().is_some_and(|found| !may_begin(found.partnership, kind)) {
                    return Ok(Err(AppError::NotAllowed));
                }
                let last = match reseller {
                    Some(id) => tx.partnership_requests().of_reseller(id)?.into_iter().next(),
                    None => None,
                };
                let request = new_request(id, kind, convert::language_in(language), known.as_ref(), last, now);
                tx.insert_partnership_request(&request, 0)?;
                Ok(Ok(id))
            })
            .await?;
        let id = written.value?;
        self.publish(&written.topics);
        self.request_view(&open, id).await
    }

    /// A request, whole.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`.
    pub async fn partnership_request(&self, id: String) -> AppResult<PartnershipRequestView> {
        let id = id.parse()?;
        let open = self.open_book().await?;
        self.request_view(&open, id).await
    }

    pub(super) async fn request_view(
        &self,
        open: &OpenBook,
        id: PartnershipRequestId,
    ) -> AppResult<PartnershipRequestView> {
        // How long it is unanswered counts by the clock of Partner Center, as on Home.
        let (provider, now) = (self.provider_name(&open.workspace()), open.trade_now(&self.inner.host));
        let read = open.book.read(move |db| {
            let Some(request) = db.partnership_requests().get(id)? else { return Ok(None) };
            view(db, &request, &Invitation::read(db, &provider)?, now).map(Some)
        });
        read.await?.ok_or(AppError::NotFound)
    }

    pub(super) fn provider_name(&self, workspace: &WorkspaceView) -> String {
        self.provider_name_for(&workspace.name, workspace.kind)
    }

    /// Saves what was typed; a new reseller stands in the list as *draft* from its first letter on.
    ///
    /// # Errors
    /// `Stale` when it was saved elsewhere; `NotAllowed` when it is no draft any more.
    pub async fn save_partnership_request(&self, request: SavePartnershipRequest) -> AppResult<PartnershipRequestView> {
        let id: PartnershipRequestId = request.id.parse()?;
        let new_reseller = ResellerId(self.inner.host.random.id());
        let now = self.inner.host.clock.now();
        let open = self.open_book().await?;
        let provider = self.provider_name(&open.workspace());
        let written = open
            .book
            .write(move |tx| {
                let Some(mut kept) = tx.partnership_requests().get(id)? else { return Ok(Err(AppError::NotFound)) };
                if kept.state != RequestState::Draft {
                    return Ok(Err(AppError::NotAllowed));
                }
                let expected = request.revision;
                kept.revision = expected.saturating_add(1);
                let former = std::mem::replace(&mut kept.form, convert::form_in(request.form));
                kept.language = convert::language_in(request.language);
                let (was_de, was_en) = (kept.edited_de.take(), kept.edited_en.take());
                let invitation = Invitation::read(tx, &provider)?;
                for (language, typed, was) in
                    [(MailLanguage::De, request.de, was_de), (MailLanguage::En, request.en, was_en)]
                {
                    // What reads as the template does is not an edit: it goes on following names and template.
                    let unchanged = text(tx, &kept, &invitation, language)?;
                    let edited = typed
                        .and_then(|mine| convert::text_in(mine).apart_from(&unchanged))
                        .map(|mine| mine.naming(was.as_ref(), [&kept.form.company, &former.company]));
                    match language {
                        MailLanguage::De => kept.edited_de = edited,
                        MailLanguage::En => kept.edited_en = edited,
                    }
                }
                kept.saved_at = now;
                keep_reseller(tx, &mut kept, new_reseller)?;
                tx.save_partnership_request(&kept, expected)?;
                Ok(Ok(()))
            })
            .await?;
        written.value?;
        self.publish(&written.topics);
        self.request_view(&open, id).await
    }

    /// Discards a draft, and its reseller when that stands in the book only because of it.
    ///
    /// # Errors
    /// `NotAllowed` when it is no draft any more.
    pub async fn discard_partnership_request(&self, id: String) -> AppResult<()> {
        let id = id.parse()?;
        let open = self.open_book().await?;
        let written = open.book.write(move |tx| tx.delete_partnership_request(id)).await?;
        self.publish(&written.topics);
        Ok(())
    }
}

/// A draft that was begun and can be gone on with: of that reseller, or the one in which nothing was typed yet.
fn going_on(
    tx: &Tx,
    reseller: Option<ResellerId>,
    kind: RequestKind,
) -> Result<Option<PartnershipRequest>, StoreError> {
    let drafts = tx.partnership_requests().open()?.into_iter();
    let mut drafts = drafts.filter(|one| one.state == RequestState::Draft && one.kind == kind);
    Ok(drafts.find(|one| match reseller {
        Some(_) => one.reseller_id == reseller,
        None => {
            one.reseller_id.is_none()
                && one.form == RequestForm { country: one.form.country.clone(), ..RequestForm::default() }
        }
    }))
}

fn may_begin(partnership: PartnershipState, kind: RequestKind) -> bool {
    match (kind, partnership) {
        (RequestKind::Request, PartnershipState::Active) => false,
        (
            RequestKind::Request,
            PartnershipState::Draft
            | PartnershipState::Requested
            | PartnershipState::Declined
            | PartnershipState::Ended,
        )
        | (RequestKind::Reminder, PartnershipState::Requested) => true,
        (
            RequestKind::Reminder,
            PartnershipState::Draft | PartnershipState::Active | PartnershipState::Declined | PartnershipState::Ended,
        ) => false,
    }
}

pub(super) fn new_request(
    id: PartnershipRequestId,
    kind: RequestKind,
    language: MailLanguage,
    reseller: Option<&Reseller>,
    last: Option<PartnershipRequest>,
    now: Timestamp,
) -> PartnershipRequest {
    let form = match (reseller, &last) {
        (Some(known), _) => RequestForm {
            company: known.name.clone(),
            contact_name: known.contact_name.clone(),
            email: known.contact_email.clone(),
            country: known.country.clone(),
            tenant_id: known.tenant_id.map(|id| id.to_string()).unwrap_or_default(),
            partner_id: known.partner_id.clone().unwrap_or_default(),
        },
        (None, _) => RequestForm::default(),
    };
    let by_country = match reseller {
        Some(known) if GERMAN.contains(&known.country.as_str()) => MailLanguage::De,
        Some(known) if !known.country.is_empty() => MailLanguage::En,
        Some(_) | None => language,
    };
    PartnershipRequest {
        id,
        reseller_id: reseller.map(|known| known.id),
        kind,
        state: RequestState::Draft,
        revision: 1,
        form,
        // Whoever was written to in a language is written to in it again.
        language: last.map_or(by_country, |one| one.language),
        edited_de: None,
        edited_en: None,
        batch: None,
        created_at: now,
        saved_at: now,
        opened_at: None,
        copied_at: None,
        requested_at: None,
        sent_at: None,
        closed_at: None,
    }
}

/// Lets the reseller's row follow the draft, as long as it is nothing but a draft.
pub(super) fn keep_reseller(tx: &Tx, request: &mut PartnershipRequest, new_id: ResellerId) -> Result<(), StoreError> {
    let form = &request.form;
    let known = match request.reseller_id {
        Some(id) => tx.resellers().get(id)?,
        None => None,
    };
    let base = match known {
        Some(found) if found.partnership != PartnershipState::Draft => return Ok(()),
        Some(found) => found,
        None if form.company.trim().is_empty() => return Ok(()),
        None => draft_reseller(new_id),
    };
    let wanted = with_form(tx, base.clone(), form)?;
    if request.reseller_id.is_none() || wanted != base {
        tx.put_reseller(&wanted)?;
    }
    request.reseller_id = Some(wanted.id);
    Ok(())
}

/// The reseller with what was typed. A tenant that another reseller has is not taken: the screen says whose it is.
pub(super) fn with_form(tx: &Tx, base: Reseller, form: &RequestForm) -> Result<Reseller, StoreError> {
    let tenant = match form.tenant_id.trim().parse() {
        Ok(id) => tx.resellers().by_tenant(id)?.is_none_or(|other| other.id == base.id).then_some(id),
        Err(_) => None,
    };
    let partner_id = form.partner_id.trim();
    Ok(Reseller {
        name: form.company.trim().to_owned(),
        tenant_id: tenant,
        partner_id: (!partner_id.is_empty()).then(|| partner_id.to_owned()),
        country: form.country.trim().to_owned(),
        contact_name: form.contact_name.trim().to_owned(),
        contact_email: form.email.trim().to_owned(),
        ..base
    })
}

fn draft_reseller(id: ResellerId) -> Reseller {
    Reseller {
        id,
        name: String::new(),
        tenant_id: None,
        partner_id: None,
        country: String::new(),
        partnership: PartnershipState::Draft,
        partnership_since: None,
        fitness: Fitness::Unknown,
        fitness_checked_at: None,
        contact_name: String::new(),
        contact_role: String::new(),
        contact_email: String::new(),
        contact_phone: String::new(),
        town: String::new(),
        last_activity_at: None,
    }
}

/// The text in a language: the person's, else the template's.
pub(super) fn text(
    db: &Db,
    request: &PartnershipRequest,
    invitation: &Invitation,
    language: MailLanguage,
) -> Result<DraftText, StoreError> {
    let template = template(db, convert::template_of(request.kind), convert::language_out(language))?;
    let filled = fill(&template, &invitation.facts(&request.form.contact_name, &request.form.company));
    Ok(match request.edited(language) {
        Some(edited) => edited.over(filled),
        None => filled,
    })
}

/// The mail as it would leave now.
pub(super) fn mail(db: &Db, request: &PartnershipRequest, invitation: &Invitation) -> Result<Mail, StoreError> {
    let text = text(db, request, invitation, request.language)?;
    Ok(text.mail(&request.form.email, invitation.link(LinkKind::Reseller)))
}

/// What keeps the draft from leaving.
pub(super) fn problems(request: &PartnershipRequest, text: &DraftText, link: &str) -> Vec<FieldProblem> {
    let mut found: Vec<FieldProblem> = check_request(&request.form)
        .into_iter()
        .map(|p| convert::problem(&format!("form.{}", p.field), p.key, &p.expected))
        .collect();
    if text.subject.trim().is_empty() {
        found.push(convert::problem("mail.subject", "subjectEmpty", ""));
    } else if text.subject.trim().chars().any(char::is_control) {
        found.push(convert::problem("mail.subject", "controlCharacter", ""));
    }
    if text.body("").chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        found.push(convert::problem("mail.body", "controlCharacter", ""));
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
    request: &PartnershipRequest,
    invitation: &Invitation,
    now: Timestamp,
) -> Result<PartnershipRequestView, StoreError> {
    let link = invitation.link(LinkKind::Reseller);
    let (de, en) = (text(db, request, invitation, MailLanguage::De)?, text(db, request, invitation, MailLanguage::En)?);
    let shown = match request.language {
        MailLanguage::De => &de,
        MailLanguage::En => &en,
    };
    let told = |at: Option<Timestamp>| at.map(|at| at.to_string());
    Ok(PartnershipRequestView {
        id: request.id.to_string(),
        reseller_id: request.reseller_id.map(|id| id.to_string()).unwrap_or_default(),
        kind: convert::kind_out(request.kind),
        stage: convert::stage_out(stage(request, now)),
        open: request.state == RequestState::Draft,
        revision: request.revision,
        form: convert::form_out(&request.form),
        problems: problems(request, shown, link),
        mail: MailDraftView {
            language: convert::language_out(request.language),
            too_long: too_long(&shown.mail(&request.form.email, link)),
            de: convert::text_out(&de, request.edited_de.as_ref()),
            en: convert::text_out(&en, request.edited_en.as_ref()),
            de_edited: request.edited_de.is_some(),
            en_edited: request.edited_en.is_some(),
            link: link.to_owned(),
            former_company: request
                .edited(request.language)
                .map(|edited| edited.former_company(&request.form.company).to_owned())
                .unwrap_or_default(),
        },
        known_as: known_among(&db.resellers().all()?, &request.form, request.reseller_id).unwrap_or_default(),
        saved_at: request.saved_at.to_string(),
        opened_at: told(request.opened_at),
        copied_at: told(request.copied_at),
        requested_at: told(request.requested_at),
        sent_at: told(request.sent_at),
        closed_at: told(request.closed_at),
    })
}

/// Whether it needs a file. An address that is not typed yet counts as a short one.
fn too_long(mail: &Mail) -> bool {
    match mailto(mail) {
        Err(MailProblem::TooLong) => true,
        Err(MailProblem::Address) => mail.body.len() > LONGEST_LINK,
        Ok(_) | Err(MailProblem::ControlCharacter) => false,
    }
}

/// The reseller in the book that somebody who is asked may be already: same tenant, PartnerID, address or name.
pub(super) fn known_among(resellers: &[Reseller], form: &RequestForm, own: Option<ResellerId>) -> Option<String> {
    let (tenant, partner_id) = (form.tenant_id.trim().to_ascii_lowercase(), form.partner_id.trim());
    let (email, name) = (form.email.trim().to_lowercase(), fold(form.company.trim()));
    let same = |a: &str, b: &str| !a.is_empty() && a == b;
    let found = resellers.iter().find(|other| {
        Some(other.id) != own
            && (same(&tenant, &other.tenant_id.map(|id| id.to_string()).unwrap_or_default())
                || same(partner_id, other.partner_id.as_deref().unwrap_or_default())
                || same(&email, &other.contact_email.to_lowercase())
                || same(&name, &fold(&other.name)))
    });
    found.map(|other| other.name.clone())
}
