//! Drafts: begun, read, saved while typing, discarded, listed.

use super::facts::Facts;
use super::{check, convert, mend, told};
use crate::error::{AppError, AppResult};
use crate::lists::online::OnlineFindings;
use crate::views::{DraftRow, DraftView, SaveDraftRequest, SavedDraft};
use crate::{App, OpenBook};
use cb_domain::country;
use cb_domain::draft::{CustomerForm, Draft, DraftContent, DraftPurpose, WizardStep};
use cb_domain::ids::{CustomerId, DraftId, ResellerId};
use cb_domain::operation::{OperationKind, OperationState};
use cb_domain::prefix;
use cb_domain::reseller::{PartnershipState, Reseller};
use cb_store::{Db, StoreError};
use jiff::civil::Date;

impl App {
    /// Begins a new customer on behalf of a reseller. A draft that was begun for the same reseller and left empty is
    /// taken up again, so that a double click makes one.
    ///
    /// # Errors
    /// `NotFound`; `NotAllowed` for a reseller that takes no customers; the store's.
    pub async fn start_customer_draft(&self, reseller_id: String) -> AppResult<DraftView> {
        let reseller_id: ResellerId = reseller_id.parse()?;
        let open = self.open_book().await?;
        let reseller = open.book.read(move |db| db.resellers().get(reseller_id)).await?.ok_or(AppError::NotFound)?;
        if !reseller.takes_customers() {
            return Err(AppError::NotAllowed);
        }
        let mut customer = CustomerForm { qualification: "none".to_owned(), ..CustomerForm::default() };
        if country::rules(&reseller.country).is_some() {
            customer.country.clone_from(&reseller.country);
            follow_country(&CustomerForm::default(), &mut customer);
        }
        let content = DraftContent {
            reseller_id: Some(reseller_id),
            customer,
            lines: Vec::new(),
            reseller_of_record: earns(&reseller).then_some(reseller_id),
        };
        let draft = self.new_draft(DraftPurpose::NewCustomer, WizardStep::Customer, "customer.companyName", content);
        self.begin(&open, draft).await
    }

    /// Begins subscriptions for a customer of the book.
    ///
    /// # Errors
    /// `NotFound`; `NotAllowed` when the customer never came to be; the store's.
    pub async fn start_subscription_draft(&self, customer_id: String) -> AppResult<DraftView> {
        let customer_id: CustomerId = customer_id.parse()?;
        let open = self.open_book().await?;
        let found = open
            .book
            .read(move |db| {
                let Some(customer) = db.customers().get(customer_id)? else { return Ok(None) };
                let reseller = match customer.reseller_id {
                    Some(id) => db.resellers().get(id)?,
                    None => None,
                };
                let coming = customer.tenant_id.is_some() || waits_for_customer(db, customer_id)?.is_some();
                Ok(Some((reseller, coming)))
            })
            .await?;
        let (reseller, coming) = found.ok_or(AppError::NotFound)?;
        if !coming {
            return Err(AppError::NotAllowed);
        }
        let content = DraftContent {
            reseller_id: reseller.as_ref().map(|reseller| reseller.id),
            reseller_of_record: reseller.filter(earns).map(|reseller| reseller.id),
            ..DraftContent::default()
        };
        let purpose = DraftPurpose::AddSubscription { customer_id };
        let draft = self.new_draft(purpose, WizardStep::Subscriptions, "", content);
        self.begin(&open, draft).await
    }

    /// A draft with everything that is said of it.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn get_draft(&self, id: String) -> AppResult<DraftView> {
        let id: DraftId = id.parse()?;
        let open = self.open_book().await?;
        let (online, today) = (open.online.get(id), self.today());
        let view = open
            .book
            .read(move |db| match db.drafts().get(id)? {
                Some(draft) => Ok(Some(view(db, &draft, today, &online)?)),
                None => Ok(None),
            })
            .await?;
        view.ok_or(AppError::NotFound)
    }

    /// Saves what was typed, over the revision that the screen saw, and says what it thinks of it.
    ///
    /// # Errors
    /// `NotFound`, `Stale`, `Validation` for words that do not exist, or the store's.
    pub async fn save_draft(&self, request: SaveDraftRequest) -> AppResult<SavedDraft> {
        let id: DraftId = request.id.parse()?;
        let content = convert::content(request.content)?;
        let (revision, step, focus) = (request.revision, convert::step(request.step), request.focus);
        let open = self.open_book().await?;
        let (online, today, now) = (open.online.get(id), self.today(), self.inner.host.clock.now());
        let written = open
            .book
            .write(move |tx| {
                let Some(before) = tx.drafts().get(id)? else { return Ok(None) };
                let mut draft = Draft {
                    revision: revision.saturating_add(1),
                    step,
                    focus,
                    saved_at: now,
                    content,
                    ..before.clone()
                };
                propose(tx, &before, &mut draft)?;
                tx.save_draft(&draft, revision)?;
                let facts = Facts::load(tx, &draft, today)?;
                Ok(Some(SavedDraft {
                    revision: draft.revision,
                    saved_at: told(draft.saved_at),
                    content: convert::content_view(&draft.content),
                    check: check::check(&draft, &facts, &online),
                }))
            })
            .await?;
        self.publish(&written.topics);
        written.value.ok_or(AppError::NotFound)
    }

    /// Discards a draft; one that is gone already is fine.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn discard_draft(&self, id: String) -> AppResult<()> {
        let id: DraftId = id.parse()?;
        let open = self.open_book().await?;
        let written = open.book.write(move |tx| tx.delete_draft(id)).await?;
        self.publish(&written.topics);
        Ok(())
    }

    /// All drafts, newest first.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn list_drafts(&self) -> AppResult<Vec<DraftRow>> {
        let open = self.open_book().await?;
        Ok(open.book.read(|db| db.drafts().all()?.iter().map(|draft| row(db, draft)).collect()).await?)
    }

    /// Countries that the form offers, by ISO code.
    ///
    /// # Errors
    /// None; it keeps the shape of all use cases.
    #[allow(clippy::unused_async, reason = "every command awaits its use case")]
    pub async fn list_countries(&self) -> AppResult<Vec<String>> {
        Ok(country::offered().into_iter().map(str::to_owned).collect())
    }

    /// Today where the person is.
    pub(super) fn today(&self) -> Date {
        let clock = &self.inner.host.clock;
        clock.now().to_zoned(clock.time_zone()).date()
    }

    pub(super) fn new_draft(
        &self,
        purpose: DraftPurpose,
        step: WizardStep,
        focus: &str,
        content: DraftContent,
    ) -> Draft {
        let now = self.inner.host.clock.now();
        let id = DraftId(self.inner.host.random.id());
        Draft { id, purpose, revision: 1, step, focus: focus.to_owned(), content, created_at: now, saved_at: now }
    }

    /// Puts a draft into the book, or takes up the one of the same purpose that is as it was begun.
    pub(super) async fn begin(&self, open: &OpenBook, draft: Draft) -> AppResult<DraftView> {
        let (online, today) = (OnlineFindings::default(), self.today());
        let written = open
            .book
            .write(move |tx| {
                let same = |other: &Draft| match draft.purpose {
                    // What was begun to be mended is mended there, however far it has come.
                    DraftPurpose::MendCustomer { .. }
                    | DraftPurpose::MendOrder { .. }
                    | DraftPurpose::MendAgreement { .. } => other.purpose == draft.purpose,
                    DraftPurpose::NewCustomer
                    | DraftPurpose::AddSubscription { .. }
                    | DraftPurpose::EditCustomer { .. } => {
                        other.purpose == draft.purpose && other.revision == 1 && other.content == draft.content
                    }
                };
                if let Some(there) = tx.drafts().all()?.into_iter().find(same) {
                    return view(tx, &there, today, &online);
                }
                tx.insert_draft(&draft)?;
                view(tx, &draft, today, &online)
            })
            .await?;
        self.publish(&written.topics);
        Ok(written.value)
    }
}

/// Takes over Rust's proposals, and in a draft that mends keeps what is not being mended.
fn propose(db: &Db, before: &Draft, draft: &mut Draft) -> Result<(), StoreError> {
    match draft.purpose {
        DraftPurpose::NewCustomer => {
            follow_country(&before.content.customer, &mut draft.content.customer);
            prefix::follow(&before.content.customer, &mut draft.content.customer);
            follow_reseller(db, &before.content, &mut draft.content)?;
        }
        DraftPurpose::AddSubscription { .. } | DraftPurpose::EditCustomer { .. } => {}
        DraftPurpose::MendCustomer { .. } | DraftPurpose::MendOrder { .. } | DraftPurpose::MendAgreement { .. } => {
            mend::keep_approved(draft.purpose, &before.content, &mut draft.content);
        }
    }
    Ok(())
}

/// The reseller of record follows the reseller while the person has chosen no other.
fn follow_reseller(db: &Db, before: &DraftContent, now: &mut DraftContent) -> Result<(), StoreError> {
    let followed =
        before.reseller_of_record == before.reseller_id && now.reseller_of_record == before.reseller_of_record;
    if now.reseller_id != before.reseller_id && followed {
        let reseller = match now.reseller_id {
            Some(id) => db.resellers().get(id)?,
            None => None,
        };
        now.reseller_of_record = reseller.filter(earns).map(|reseller| reseller.id);
    }
    Ok(())
}

/// Language and culture follow the country when it changes; a state of the old country goes.
fn follow_country(before: &CustomerForm, now: &mut CustomerForm) {
    if before.country == now.country {
        return;
    }
    let Some(rules) = country::rules(&now.country) else { return };
    if !rules.languages.contains(&now.language.as_str()) || now.language == before.language {
        rules.default_language().clone_into(&mut now.language);
    }
    if !rules.cultures.contains(&now.culture.as_str()) || now.culture == before.culture {
        rules.default_culture().clone_into(&mut now.culture);
    }
    if !rules.states.is_empty() && !rules.states.contains(&now.state.as_str()) {
        now.state.clear();
    }
}

/// A reseller that can stand on the order.
fn earns(reseller: &Reseller) -> bool {
    reseller.partnership == PartnershipState::Active && reseller.partner_id.is_some()
}

/// The last open operation that makes a customer ready to order; `None` when nothing is under way.
pub(super) fn waits_for_customer(
    db: &Db,
    customer: CustomerId,
) -> Result<Option<cb_domain::ids::OperationId>, StoreError> {
    let open = db.operations().of_customer(customer)?.into_iter().filter(|operation| match operation.state {
        OperationState::Queued
        | OperationState::InFlight
        | OperationState::Unknown
        | OperationState::NeedsAttention => {
            matches!(operation.payload.kind(), OperationKind::CreateCustomer | OperationKind::ConfirmAgreement)
        }
        OperationState::Confirmed | OperationState::Cancelled => false,
    });
    Ok(open.max_by_key(|operation| operation.sequence).map(|operation| operation.id))
}

pub(super) fn view(db: &Db, draft: &Draft, today: Date, online: &OnlineFindings) -> Result<DraftView, StoreError> {
    let facts = Facts::load(db, draft, today)?;
    let customer = facts.customer.as_ref();
    Ok(DraftView {
        id: draft.id.to_string(),
        purpose: convert::purpose_view(draft.purpose),
        customer_id: customer.map(|customer| customer.id.to_string()).unwrap_or_default(),
        customer_name: customer.map(|customer| customer.name.clone()).unwrap_or_default(),
        customer_country: customer.map(|customer| customer.country.clone()).unwrap_or_default(),
        revision: draft.revision,
        step: convert::step_view(draft.step),
        focus: draft.focus.clone(),
        content: convert::content_view(&draft.content),
        saved_at: told(draft.saved_at),
        check: check::check(draft, &facts, online),
    })
}

pub(crate) fn row(db: &Db, draft: &Draft) -> Result<DraftRow, StoreError> {
    let name = match draft.purpose.customer_id() {
        None => draft.content.customer.company_name.clone(),
        Some(customer_id) => db.customers().get(customer_id)?.map(|customer| customer.name).unwrap_or_default(),
    };
    let reseller_name = match draft.content.reseller_id {
        Some(id) => db.resellers().get(id)?.map(|reseller| reseller.name).unwrap_or_default(),
        None => String::new(),
    };
    Ok(DraftRow {
        id: draft.id.to_string(),
        purpose: convert::purpose_view(draft.purpose),
        name,
        reseller_name,
        step: convert::step_view(draft.step),
        saved_at: told(draft.saved_at),
    })
}
