//! Home: what to do next, most urgent first, and two pictures.

use super::stands::WINDOW_URGENT;
use super::{AS_OF, customers, told, words};
use crate::App;
use crate::error::AppResult;
use crate::views::{HomeView, RenewalMonth, ResellerSeats, TodoKind, TodoView, Urgency};
use cb_domain::connect::InvitationStage;
use cb_domain::customer::Customer;
use cb_domain::draft::{Draft, DraftPurpose, WizardStep};
use cb_domain::fitness;
use cb_domain::ids::{CustomerId, OnboardingId, ResellerId};
use cb_domain::operation::{HoldReason, Operation, OperationState};
use cb_domain::partnership::{REMIND_AFTER, RequestState};
use cb_domain::reseller::{PartnershipState, Reseller};
use cb_domain::reseller_book::NewsKind;
use cb_domain::subscription::Subscription;
use cb_store::{Db, OutboxQuery, ResellerFigures, StoreError};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::{HashMap, HashSet};

/// A term that ends within a week is this week's work.
const THIS_WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Bars of the second picture.
const TOP: usize = 10;
/// Operations of one kind that Home lists; the outbox has the rest.
const MOST_OPERATIONS: u32 = 100;
/// Ends of terms that Home lists; their own page has the rest.
const MOST_ENDS: u32 = 50;
/// Windows that Home lists, batch by batch.
const MOST_WINDOWS: u32 = 50;

impl App {
    /// What to do, and the two pictures.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn home(&self) -> AppResult<HomeView> {
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        Ok(open.book.read(move |db| view(db, now)).await?)
    }
}

pub(super) fn view(db: &Db, now: Timestamp) -> Result<HomeView, StoreError> {
    let resellers = db.resellers().all()?;
    let mut todo = Vec::new();
    add_setup_info(db, &mut todo)?;
    add_operations(db, &mut todo)?;
    add_sessions(db, &mut todo)?;
    add_subscriptions(db, now, &mut todo)?;
    add_drafts(db, &mut todo)?;
    add_invitations(db, now, &mut todo)?;
    add_resellers(db, &resellers, now, &mut todo)?;
    // Stable: within an urgency the kinds stay in the order in which they were added, the earliest date first.
    todo.sort_by_key(|item| match item.urgency {
        Urgency::Now => 0,
        Urgency::ThisWeek => 1,
        Urgency::Later => 2,
    });
    Ok(HomeView {
        todo,
        renewals: renewals(db, now)?,
        active_resellers: u32::try_from(resellers.iter().filter(|r| r.takes_customers()).count()).unwrap_or(u32::MAX),
        seats: top_seats(resellers, &db.resellers().figures()?),
        as_of: db.settings().get(AS_OF)?,
    })
}

fn add_setup_info(db: &Db, todo: &mut Vec<TodoView>) -> Result<(), StoreError> {
    let mut waiting = db.secrets().waiting()?;
    waiting.retain(|(secret, _)| customers::is_to_hand_over(secret.state));
    waiting.sort_by_key(|(secret, _)| secret.since);
    todo.extend(waiting.into_iter().map(|(secret, customer)| TodoView {
        kind: TodoKind::SetupInfo,
        urgency: Urgency::Now,
        id: secret.onboarding_id.to_string(),
        customer_id: secret.customer_id.to_string(),
        name: customer,
        detail: words::setup_info_key(secret.state).to_owned(),
        count: 0,
        at: Some(told(secret.since)),
        term_default: None,
    }));
    Ok(())
}

/// A session that has ended and still holds something; while it runs, the top bar shows it.
fn add_sessions(db: &Db, todo: &mut Vec<TodoView>) -> Result<(), StoreError> {
    for session in db.sessions().holding()? {
        let held: HashSet<OnboardingId> = db
            .sessions()
            .operations(session.id)?
            .into_iter()
            .filter(|one| one.state == OperationState::Queued && one.hold == Some(HoldReason::SessionNotReleased))
            .map(|one| one.onboarding_id)
            .collect();
        if held.is_empty() || session.is_running() {
            continue;
        }
        todo.push(TodoView {
            kind: TodoKind::SessionHeld,
            urgency: Urgency::Now,
            id: session.id.to_string(),
            customer_id: String::new(),
            name: session.name,
            detail: String::new(),
            count: u32::try_from(held.len()).unwrap_or(u32::MAX),
            at: session.ended_at.map(told),
            term_default: None,
        });
    }
    Ok(())
}

fn add_operations(db: &Db, todo: &mut Vec<TodoView>) -> Result<(), StoreError> {
    let attention =
        OutboxQuery { states: vec![OperationState::NeedsAttention], limit: MOST_OPERATIONS, ..OutboxQuery::default() };
    for (operation, customer) in db.operations().list(&attention)? {
        let reason = operation.attention.as_ref().map(|a| a.reason);
        todo.push(TodoView {
            detail: reason.map(words::attention_key).unwrap_or_default(),
            at: Some(told(operation.updated_at)),
            ..of_operation(TodoKind::NeedsAttention, Urgency::Now, &operation, customer)
        });
    }
    let held = OutboxQuery {
        states: vec![OperationState::Queued],
        on_hold: Some(true),
        limit: MOST_OPERATIONS,
        ..OutboxQuery::default()
    };
    // A chain on hold is one thing to know, however many of its operations say so.
    let mut seen: HashSet<OnboardingId> = HashSet::new();
    for (operation, customer) in db.operations().list(&held)? {
        let Some(reason) = operation.hold.filter(|_| seen.insert(operation.onboarding_id)) else { continue };
        if reason == HoldReason::SessionNotReleased {
            // The session says it once for all of them.
            continue;
        }
        todo.push(TodoView {
            detail: words::hold_key(reason).to_owned(),
            at: operation.hold_since.map(told),
            ..of_operation(TodoKind::OnHold, urgency_of(reason), &operation, customer)
        });
    }
    Ok(())
}

/// A hold goes by itself; only the keychain of this very machine is the person's to mend, at once (C1).
fn urgency_of(reason: HoldReason) -> Urgency {
    match reason {
        HoldReason::KeychainMissing => Urgency::Now,
        HoldReason::CustomerUnderReview
        | HoldReason::AgreementOpen
        | HoldReason::ResellerNotFit
        | HoldReason::TenantBeingMade
        | HoldReason::SessionNotReleased => Urgency::ThisWeek,
    }
}

fn of_operation(kind: TodoKind, urgency: Urgency, operation: &Operation, customer: String) -> TodoView {
    TodoView {
        kind,
        urgency,
        id: operation.id.to_string(),
        customer_id: operation.customer_id.to_string(),
        name: customer,
        detail: String::new(),
        count: 0,
        at: None,
        term_default: None,
    }
}

fn add_subscriptions(db: &Db, now: Timestamp, todo: &mut Vec<TodoView>) -> Result<(), StoreError> {
    for window in db.subscription_book().windows_closing(now + WINDOW_URGENT, now, MOST_WINDOWS)? {
        todo.push(TodoView {
            count: window.quantity,
            ..of_subscription(TodoKind::WindowCloses, Urgency::Now, window.subscription, window.customer, window.until)
        });
    }
    for ending in crate::subscription::undecided(db, now, MOST_ENDS)? {
        let this_week = ending.at.duration_since(now) <= THIS_WEEK;
        let urgency = if this_week { Urgency::ThisWeek } else { Urgency::Later };
        todo.push(TodoView {
            term_default: Some(ending.default),
            ..of_subscription(TodoKind::TermEnds, urgency, ending.subscription, ending.customer, ending.at)
        });
    }
    Ok(())
}

fn of_subscription(
    kind: TodoKind,
    urgency: Urgency,
    subscription: Subscription,
    customer: Customer,
    at: Timestamp,
) -> TodoView {
    TodoView {
        kind,
        urgency,
        id: subscription.id.to_string(),
        customer_id: customer.id.to_string(),
        name: customer.name,
        detail: subscription.product_name,
        count: subscription.quantity,
        at: Some(told(at)),
        term_default: None,
    }
}

fn add_drafts(db: &Db, todo: &mut Vec<TodoView>) -> Result<(), StoreError> {
    for draft in db.drafts().all()? {
        let customer = customer_of(&draft);
        let known = match customer {
            Some(id) => db.customers().get(id)?,
            None => None,
        };
        let typed = draft.content.customer.company_name.trim().to_owned();
        let name = known.map(|c| c.name).filter(|_| typed.is_empty()).unwrap_or(typed);
        todo.push(TodoView {
            kind: TodoKind::Draft,
            urgency: Urgency::ThisWeek,
            id: draft.id.to_string(),
            customer_id: customer.map(|c| c.to_string()).unwrap_or_default(),
            name,
            detail: draft_key(&draft).to_owned(),
            count: u32::try_from(draft.content.lines.len()).unwrap_or(u32::MAX),
            at: Some(told(draft.saved_at)),
            term_default: None,
        });
    }
    Ok(())
}

fn customer_of(draft: &Draft) -> Option<CustomerId> {
    draft.purpose.customer_id()
}

/// What a draft is: what it mends, else how far it has come.
fn draft_key(draft: &Draft) -> &'static str {
    match draft.purpose {
        DraftPurpose::MendCustomer { .. } => "mend_customer",
        DraftPurpose::MendOrder { .. } => "mend_order",
        DraftPurpose::MendAgreement { .. } => "mend_agreement",
        DraftPurpose::NewCustomer | DraftPurpose::AddSubscription { .. } | DraftPurpose::EditCustomer { .. } => {
            step_key(draft.step)
        }
    }
}

fn step_key(step: WizardStep) -> &'static str {
    match step {
        WizardStep::Customer => "customer",
        WizardStep::Subscriptions => "subscriptions",
        WizardStep::Review => "review",
    }
}

/// When each reseller that was asked was last written to: a reminder starts the waiting again.
fn last_written(db: &Db) -> Result<HashMap<ResellerId, Timestamp>, StoreError> {
    let mut last = HashMap::new();
    for request in db.partnership_requests().open()?.iter().filter(|one| one.state == RequestState::Requested) {
        let (Some(reseller), Some(at)) = (request.reseller_id, request.last_written_at()) else { continue };
        let newest = last.entry(reseller).or_insert(at);
        *newest = at.max(*newest);
    }
    Ok(last)
}

fn add_resellers(db: &Db, resellers: &[Reseller], now: Timestamp, todo: &mut Vec<TodoView>) -> Result<(), StoreError> {
    add_partnership_news(db, resellers, todo)?;
    let last_written = last_written(db)?;
    let mut unanswered: Vec<&Reseller> = resellers
        .iter()
        .filter(|r| r.partnership == PartnershipState::Requested)
        .filter(|r| {
            let since = last_written.get(&r.id).copied().max(r.partnership_since);
            since.is_some_and(|since| now.duration_since(since) >= REMIND_AFTER)
        })
        .collect();
    unanswered.sort_by_key(|r| r.partnership_since);
    todo.extend(unanswered.into_iter().map(|r| of_reseller(TodoKind::PartnershipUnanswered, r, r.partnership_since)));
    let mut unfit: Vec<&Reseller> = resellers
        .iter()
        .filter(|r| r.partnership == PartnershipState::Active)
        .filter(|r| fitness::verdict(r, now).is_not_fit())
        .collect();
    unfit.sort_by_key(|r| r.fitness_checked_at);
    for reseller in unfit {
        todo.push(TodoView {
            detail: words::fitness_key(reseller.fitness).to_owned(),
            count: db.reseller_book().on_record_count(reseller.id)?,
            ..of_reseller(TodoKind::ResellerNotFit, reseller, reseller.fitness_checked_at)
        });
    }
    Ok(())
}

/// Customers who were invited and have not answered: Partner Center announces nothing, so the person is reminded.
fn add_invitations(db: &Db, now: Timestamp, todo: &mut Vec<TodoView>) -> Result<(), StoreError> {
    let invited = db.customer_invitations().open()?;
    let mut stale: Vec<_> = invited.iter().filter(|one| one.stage(now) == InvitationStage::Stale).collect();
    stale.sort_by_key(|one| one.since(now));
    todo.extend(stale.into_iter().map(|one| TodoView {
        kind: TodoKind::InvitationUnanswered,
        urgency: Urgency::Later,
        id: one.id.to_string(),
        customer_id: String::new(),
        name: one.company.clone(),
        detail: String::new(),
        count: 0,
        at: Some(told(one.since(now))),
        term_default: None,
    }));
    Ok(())
}

/// Acceptances and ends seen at sync, told until the reseller's page was looked at; and what a person must place.
fn add_partnership_news(db: &Db, resellers: &[Reseller], todo: &mut Vec<TodoView>) -> Result<(), StoreError> {
    for seen in db.reseller_book().seen_partnerships()? {
        todo.push(TodoView {
            kind: TodoKind::PartnershipToPlace,
            urgency: Urgency::ThisWeek,
            id: seen.tenant_id.to_string(),
            customer_id: String::new(),
            name: seen.name,
            detail: seen.partner_id.unwrap_or_default(),
            count: u32::try_from(seen.candidates.len()).unwrap_or(u32::MAX),
            at: Some(told(seen.seen_at)),
            term_default: None,
        });
    }
    for news in db.reseller_book().unseen_news()? {
        let Some(reseller) = resellers.iter().find(|one| one.id == news.reseller_id) else { continue };
        let kind = match news.kind {
            NewsKind::Accepted | NewsKind::CameBack => TodoKind::PartnershipAccepted,
            NewsKind::Ended => TodoKind::PartnershipEnded,
            NewsKind::Renamed | NewsKind::Fit | NewsKind::NotFit | NewsKind::Moved | NewsKind::Received => continue,
        };
        todo.push(TodoView { urgency: Urgency::ThisWeek, ..of_reseller(kind, reseller, Some(news.at)) });
    }
    Ok(())
}

fn of_reseller(kind: TodoKind, reseller: &Reseller, at: Option<Timestamp>) -> TodoView {
    TodoView {
        kind,
        urgency: Urgency::Later,
        id: reseller.id.to_string(),
        customer_id: String::new(),
        name: reseller.name.clone(),
        detail: String::new(),
        count: 0,
        at: at.map(told),
        term_default: None,
    }
}

/// Twelve months from this one, the empty ones too: a gap in the picture is a fact. Terms end in UTC.
fn renewals(db: &Db, now: Timestamp) -> Result<Vec<RenewalMonth>, StoreError> {
    let first = now.to_zoned(TimeZone::UTC).date().first_of_month();
    let starts: Vec<Date> = (0..=12).map(|n| first.saturating_add(n.months())).collect();
    let end = starts.last().copied().unwrap_or(first);
    let found: HashMap<String, (u32, u32)> = db
        .subscriptions()
        .renewals_by_month(midnight(first, now), midnight(end, now))?
        .into_iter()
        .map(|(month, decided, open)| (month, (decided, open)))
        .collect();
    Ok(starts[..12]
        .iter()
        .map(|start| {
            let month = start.strftime("%Y-%m").to_string();
            let (decided, open) = found.get(&month).copied().unwrap_or_default();
            RenewalMonth { month, decided, open }
        })
        .collect())
}

/// Start of a day in UTC; only a date beyond the calendar has none.
fn midnight(date: Date, otherwise: Timestamp) -> Timestamp {
    date.to_zoned(TimeZone::UTC).map_or(otherwise, |at| at.timestamp())
}

fn top_seats(resellers: Vec<Reseller>, figures: &HashMap<ResellerId, ResellerFigures>) -> Vec<ResellerSeats> {
    let mut seats: Vec<ResellerSeats> = resellers
        .into_iter()
        .map(|r| ResellerSeats {
            reseller_id: r.id.to_string(),
            seats: figures.get(&r.id).map_or(0, |f| f.seats),
            name: r.name,
        })
        .filter(|r| r.seats > 0)
        .collect();
    seats.sort_by(|a, b| b.seats.cmp(&a.seats).then_with(|| a.name.cmp(&b.name)));
    seats.truncate(TOP);
    seats
}
