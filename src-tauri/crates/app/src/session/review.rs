//! The review page of a session: everything in it, what it comes to, and what speaks against it.

use super::check::{Known, Questions};
use super::{release, row};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::lists::words;
use crate::outbox::{Around, price_of_line, row as operation_row};
use crate::views::{
    DraftRow, HoldReasonView, JourneyState, SessionEntry, SessionProblem, SessionProblemKind, SessionTotal, SessionView,
};
use crate::wizard::{aggregate, draft_row, frozen_totals, frozen_view, newest_of_each_kind};
use cb_domain::catalogue::BillingCycle;
use cb_domain::customer::{AccountReview, Customer};
use cb_domain::draft::DraftPurpose;
use cb_domain::ids::{OnboardingId, SessionId};
use cb_domain::operation::{
    ConfirmAgreement, CreateCart, HoldReason, Onboarding, Operation, OperationKind, OperationPayload, OperationState,
};
use cb_domain::order::LineTotal;
use cb_domain::reseller::{Fitness, Reseller};
use cb_domain::session::{Session, add_up};
use cb_store::{Db, StoreError};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

impl App {
    /// Everything in a session on one page.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn session_review(&self, id: String) -> AppResult<SessionView> {
        let id: SessionId = id.parse()?;
        let open = self.open_book().await?;
        let queue = open.driver.status().queue;
        let offline = queue.offline || queue.work_offline || queue.sign_in;
        let known = open.checks.of(id);
        let (now, zone) = (self.inner.host.clock.now(), self.inner.host.clock.time_zone());
        let found = open
            .book
            .read(move |db| {
                let around = Around::read(db, queue, now)?;
                view(db, id, &Context { around, known, zone, offline })
            })
            .await?;
        found.ok_or(AppError::NotFound)
    }
}

/// What a review is made with besides the book.
struct Context {
    around: Around,
    known: Known,
    zone: TimeZone,
    offline: bool,
}

/// One Submit with everything around it.
pub(super) struct Entry {
    pub(super) onboarding: Onboarding,
    pub(super) customer: Customer,
    pub(super) operations: Vec<Operation>,
    pub(super) reseller: Option<Reseller>,
    pub(super) of_record: Option<Reseller>,
}

impl Entry {
    fn read(db: &Db, id: OnboardingId) -> Result<Option<Self>, StoreError> {
        let Some(onboarding) = db.onboardings().get(id)? else { return Ok(None) };
        let Some(customer) = db.customers().get(onboarding.customer_id)? else { return Ok(None) };
        let operations = newest_of_each_kind(db.operations().of_onboarding(id)?);
        let reseller = match customer.reseller_id.or(onboarding.reseller_id) {
            Some(reseller) => db.resellers().get(reseller)?,
            None => None,
        };
        let mut entry = Self { onboarding, customer, operations, reseller, of_record: None };
        // As last approved: a correction may have named another one than the Submit did.
        entry.of_record = match entry.cart().and_then(|cart| cart.reseller_partner_id.clone()) {
            Some(partner_id) => db.resellers().by_partner_id(&partner_id)?,
            None => None,
        };
        Ok(Some(entry))
    }

    pub(super) fn cart(&self) -> Option<&CreateCart> {
        self.operations.iter().find_map(|operation| operation.payload.cart())
    }

    pub(super) fn agreement(&self) -> Option<&ConfirmAgreement> {
        self.operations.iter().find_map(|operation| match &operation.payload {
            OperationPayload::ConfirmAgreement(agreement) => Some(agreement),
            OperationPayload::CreateCustomer(_)
            | OperationPayload::CreateCart(_)
            | OperationPayload::CheckoutCart
            | OperationPayload::VerifyOrder
            | OperationPayload::UpdateCustomerProfile(_)
            | OperationPayload::SetResellerOfRecord(_)
            | OperationPayload::ChangeSubscription(_)
            | OperationPayload::UpgradeSubscription(_)
            | OperationPayload::SetSupportContact(_) => None,
        })
    }

    fn of_kind(&self, kind: OperationKind) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.payload.kind() == kind)
    }

    pub(super) fn is_confirmed(&self, kind: OperationKind) -> bool {
        self.of_kind(kind).is_some_and(|operation| operation.state == OperationState::Confirmed)
    }

    pub(super) fn state(&self) -> JourneyState {
        aggregate(&self.operations.iter().collect::<Vec<_>>())
    }

    /// The one that matters: the first that is not done.
    pub(super) fn matters(&self) -> Option<&Operation> {
        let first = |state| self.operations.iter().find(|operation| operation.state == state);
        first(OperationState::NeedsAttention)
            .or_else(|| self.operations.iter().find(|operation| operation.state != OperationState::Confirmed))
            .or(self.operations.last())
    }

    pub(super) fn submitted_on(&self, zone: &TimeZone) -> Date {
        self.onboarding.submitted_at.to_zoned(zone.clone()).date()
    }

    pub(super) fn order_ids(&self) -> Vec<String> {
        self.operations.iter().flat_map(|operation| operation.result.order_ids.clone()).collect()
    }
}

fn is_held(operation: &Operation) -> bool {
    operation.state == OperationState::Queued && operation.hold == Some(HoldReason::SessionNotReleased)
}

/// All Submits of a session.
pub(super) fn entries(db: &Db, id: SessionId) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    for onboarding in db.sessions().onboardings(id)? {
        entries.extend(Entry::read(db, onboarding)?);
    }
    Ok(entries)
}

/// What the orders that are not given up come to.
pub(super) fn totals(entries: &[Entry], zone: &TimeZone) -> (Vec<SessionTotal>, u32) {
    let mut lines: Vec<(BillingCycle, LineTotal)> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.state() != JourneyState::Cancelled) {
        let Some(cart) = entry.cart() else { continue };
        let prices = frozen_totals(cart, entry.submitted_on(zone)).lines;
        lines.extend(cart.lines.iter().map(|line| line.cycle).zip(prices));
    }
    let (sums, without_price) = add_up(lines.iter().map(|(cycle, line)| (*cycle, line)));
    let totals = sums
        .into_iter()
        .map(|sum| SessionTotal {
            currency: sum.currency.0,
            monthly: sum.monthly.map(major),
            yearly: sum.yearly.map(major),
            triennial: sum.triennial.map(major),
            term: major(sum.term),
        })
        .collect();
    (totals, without_price)
}

#[allow(clippy::cast_precision_loss, reason = "amounts are far below 2^53 cents")]
fn major(minor: i64) -> f64 {
    minor as f64 / 100.0
}

fn view(db: &Db, id: SessionId, context: &Context) -> Result<Option<SessionView>, StoreError> {
    let Some(session) = db.sessions().get(id)? else { return Ok(None) };
    let entries = entries(db, id)?;
    let held = release::held(db, id)?;
    let stand = release::stand_of(&held);
    let questions = Questions::of(db, &held)?;
    let (totals, without_price) = totals(&entries, &context.zone);
    let mut problems = Vec::new();
    for entry in &entries {
        problems.extend(problems_of(db, entry, &context.known)?);
    }
    Ok(Some(SessionView {
        drafts: drafts(db, &session, &held)?,
        corrections: release::corrections(db, id)?,
        session: row(db, session)?,
        check: questions.view(&context.known, &stand),
        stand,
        entries: entries.iter().map(|entry| entry_view(db, entry, context)).collect::<Result<_, _>>()?,
        totals,
        without_price,
        problems,
        offline: context.offline,
    }))
}

/// Begun while it ran, or putting right what it holds.
fn drafts(db: &Db, session: &Session, held: &[Operation]) -> Result<Vec<DraftRow>, StoreError> {
    let ended = session.ended_at.unwrap_or(Timestamp::MAX);
    let all = db.drafts().all()?;
    all.iter()
        .filter(|draft| match draft.purpose.mends() {
            Some(operation) => held.iter().any(|one| one.id == operation),
            None => (session.started_at..=ended).contains(&draft.created_at),
        })
        .map(|draft| draft_row(db, draft))
        .collect()
}

fn entry_view(db: &Db, entry: &Entry, context: &Context) -> Result<SessionEntry, StoreError> {
    let name = |reseller: &Option<Reseller>| reseller.as_ref().map(|one| one.name.clone()).unwrap_or_default();
    let editable = |kind| {
        let found = entry.of_kind(kind).filter(|operation| is_held(operation));
        found.map(|operation| operation.id.to_string()).unwrap_or_default()
    };
    let new_customer = matches!(entry.onboarding.purpose, DraftPurpose::NewCustomer);
    let setup_info = if new_customer { crate::setup_info::view(db, entry.onboarding.id)? } else { None };
    let none = CreateCart { reseller_partner_id: None, lines: Vec::new() };
    let operation = match entry.matters() {
        Some(operation) => Some(operation_row(db, operation, &entry.customer.name, &context.around)?),
        None => None,
    };
    Ok(SessionEntry {
        onboarding_id: entry.onboarding.id.to_string(),
        customer_id: entry.customer.id.to_string(),
        customer_name: entry.customer.name.clone(),
        new_customer,
        domain: format!("{}.onmicrosoft.com", entry.customer.domain_prefix),
        town: entry.customer.town.clone(),
        country: entry.customer.country.clone(),
        reseller_name: name(&entry.reseller),
        reseller_of_record_name: name(&entry.of_record),
        order: frozen_view(entry.cart().unwrap_or(&none), entry.submitted_on(&context.zone)),
        state: entry.state(),
        operation,
        held: entry.operations.iter().any(is_held),
        holds_anyway: holds_anyway(entry),
        order_ids: entry.order_ids(),
        setup_info: setup_info.map(|info| info.state),
        customer_operation_id: editable(OperationKind::CreateCustomer),
        order_operation_id: editable(OperationKind::CreateCart),
    })
}

/// What the release would not end: it waits for somebody else.
fn holds_anyway(entry: &Entry) -> Vec<HoldReasonView> {
    let mut holds = Vec::new();
    if !entry.operations.iter().any(is_held) {
        return Vec::new();
    }
    if entry.customer.review == AccountReview::UnderReview {
        holds.push(HoldReason::CustomerUnderReview);
    }
    if entry.agreement().is_some_and(|agreement| agreement.agreed_on.is_none()) {
        holds.push(HoldReason::AgreementOpen);
    }
    holds.into_iter().map(words::hold).collect()
}

/// What speaks against an entry that is not sent yet.
fn problems_of(db: &Db, entry: &Entry, known: &Known) -> Result<Vec<SessionProblem>, StoreError> {
    let mut problems = Vec::new();
    for operation in entry.operations.iter().filter(|operation| is_held(operation)) {
        let problem = |kind, field: &str, subject: &str, at: Option<Timestamp>| SessionProblem {
            kind,
            customer_name: entry.customer.name.clone(),
            operation_id: operation.id.to_string(),
            field: field.to_owned(),
            subject: subject.to_owned(),
            price_then: None,
            price_now: None,
            currency: String::new(),
            at: at.map(|at| at.to_string()),
        };
        match &operation.payload {
            OperationPayload::CreateCustomer(payload) => {
                let free = |prefix: &String| known.domains.get(prefix);
                let wanted = payload.prefixes.first().and_then(|first| Some((first, free(first)?)));
                if let Some((first, (false, at))) = wanted {
                    let other = payload.prefixes.iter().find(|prefix| free(prefix).is_some_and(|(free, _)| *free));
                    problems.push(match other {
                        Some(other) => {
                            problem(SessionProblemKind::FallbackUsed, "customer.domainPrefix", other, Some(*at))
                        }
                        None => problem(SessionProblemKind::DomainTaken, "customer.domainPrefix", first, Some(*at)),
                    });
                }
                if let Some((said, at)) =
                    known.addresses.get(&operation.payload_hash).filter(|(said, _)| !said.accepted)
                {
                    let suggestion = said.suggestion.clone().unwrap_or_default();
                    problems.push(problem(
                        SessionProblemKind::Address,
                        "customer.addressLine1",
                        &suggestion,
                        Some(*at),
                    ));
                }
                if let Some(reseller) = not_fit(entry.reseller.as_ref()) {
                    let at = reseller.fitness_checked_at;
                    problems.push(problem(SessionProblemKind::ResellerNotFit, "resellerId", &reseller.name, at));
                }
            }
            OperationPayload::CreateCart(payload) => {
                if let Some(reseller) = not_fit(entry.of_record.as_ref()) {
                    let at = reseller.fitness_checked_at;
                    problems.push(problem(SessionProblemKind::RecordNotFit, "resellerOfRecord", &reseller.name, at));
                }
                for line in &payload.lines {
                    let field = format!("lines.{}.quantity", line.number.saturating_add(1));
                    let now = price_of_line(db, &entry.customer.country, line)?;
                    let whole =
                        |money: &cb_domain::money::Money| major(money.minor.saturating_mul(i64::from(line.quantity)));
                    match (&line.term_price, &now) {
                        (Some(then), Some(now)) if then != now => problems.push(SessionProblem {
                            price_then: Some(whole(then)),
                            price_now: Some(whole(now)),
                            currency: now.currency.0.clone(),
                            ..problem(SessionProblemKind::PriceChanged, &field, &line.title, None)
                        }),
                        (Some(_), None) => {
                            problems.push(problem(SessionProblemKind::NotOnSale, &field, &line.title, None));
                        }
                        (Some(_), Some(_)) | (None, _) => {}
                    }
                }
            }
            OperationPayload::ConfirmAgreement(_)
            | OperationPayload::CheckoutCart
            | OperationPayload::VerifyOrder
            | OperationPayload::UpdateCustomerProfile(_)
            | OperationPayload::SetResellerOfRecord(_)
            | OperationPayload::ChangeSubscription(_)
            | OperationPayload::UpgradeSubscription(_)
            | OperationPayload::SetSupportContact(_) => {}
        }
    }
    Ok(problems)
}

fn not_fit(reseller: Option<&Reseller>) -> Option<&Reseller> {
    reseller.filter(|one| match one.fitness {
        Fitness::AgreementNotSigned | Fitness::PartnerIdNotValid | Fitness::Suspended => true,
        Fitness::Fit | Fitness::Unknown => false,
    })
}
