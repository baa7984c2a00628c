//! Submit: what was reviewed becomes operations, in one transaction, once.

use super::facts::Facts;
use super::{PARTNER_TENANT, correct, drafts, problem_views, second_order};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::host::Random;
use crate::views::ConfirmationView;
use cb_domain::draft::{Draft, DraftPurpose};
use cb_domain::freeze::{self, FreezeError, Frozen, Ids, Intent, Stamp};
use cb_domain::ids::{DraftId, OnboardingId, OperationId, TenantId};
use cb_domain::operation::{Event, EventKind, Operation};
use cb_domain::topic::Topic;
use cb_store::{StoreError, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::Arc;
use uuid::Uuid;

/// What Submit came to; a refusal has written nothing.
enum Submitted {
    Onboarding(OnboardingId, Option<OperationId>),
    Refused(AppError),
}

impl App {
    /// Submits what was reviewed: `hash` says what that was (W2). Pressed twice, it makes one order: the Submit of a
    /// draft has the id of the draft, and the second press is shown the confirmation of the first. `again` names the
    /// orders that are not settled and of which the person has said: a second one all the same.
    ///
    /// # Errors
    /// `Validation` with the problems, `ReviewChanged`, `SecondOrder`, `NotAllowed`, `NotFound`, or the store's.
    pub async fn submit_draft(&self, id: String, hash: String, again: Vec<String>) -> AppResult<ConfirmationView> {
        let id: DraftId = id.parse()?;
        let again: Vec<OperationId> = again.iter().map(|order| order.parse()).collect::<Result<_, _>>()?;
        let open = self.open_book().await?;
        let (now, today, random) = (self.inner.host.clock.now(), self.today(), Arc::clone(&self.inner.host.random));
        let written = open
            .book
            .write(move |tx| {
                let Some(draft) = tx.drafts().get(id)? else { return submitted_before(tx, id) };
                let fresh = correct::Fresh { now, random: random.as_ref() };
                submit(tx, &draft, &Reviewed { hash: &hash, again: &again }, today, fresh)
            })
            .await?;
        let (onboarding, mended) = match written.value {
            Submitted::Onboarding(onboarding, mended) => (onboarding, mended),
            Submitted::Refused(error) => return Err(error),
        };
        self.publish(&written.topics);
        if let Some(mended) = mended {
            open.driver.forget(mended);
        }
        open.wake();
        self.confirmation(onboarding.to_string()).await
    }
}

/// The Submit of a draft has the draft's id.
fn onboarding_of(draft: DraftId) -> OnboardingId {
    OnboardingId(draft.0)
}

/// The draft is gone: it was submitted, has mended something, or was discarded.
fn submitted_before(tx: &Tx, draft: DraftId) -> Result<Submitted, StoreError> {
    let placed = tx.onboardings().get(onboarding_of(draft))?.map(|onboarding| onboarding.id);
    Ok(match placed.or(tx.mended().onboarding_of(draft)?) {
        Some(onboarding) => Submitted::Onboarding(onboarding, None),
        None => Submitted::Refused(AppError::NotFound),
    })
}

/// What the person has seen and said.
struct Reviewed<'a> {
    hash: &'a str,
    /// Orders beside which a second one is wanted.
    again: &'a [OperationId],
}

fn submit(
    tx: &Tx,
    draft: &Draft,
    reviewed: &Reviewed<'_>,
    today: Date,
    fresh: correct::Fresh<'_>,
) -> Result<Submitted, StoreError> {
    let facts = Facts::load(tx, draft, today)?;
    let problems = facts.problems(draft);
    if !problems.is_empty() {
        return Ok(Submitted::Refused(AppError::Validation(problem_views(problems))));
    }
    let intent = match freeze::intent(&facts.wanted(draft)) {
        Ok(intent) => intent,
        Err(error) => return Ok(Submitted::Refused(refusal(error))),
    };
    match intent.hash() {
        Ok(frozen) if frozen == reviewed.hash => {}
        Ok(_) => return Ok(Submitted::Refused(AppError::ReviewChanged)),
        Err(error) => return Ok(Submitted::Refused(refusal(error))),
    }
    if !second_order::allowed(tx, draft, reviewed.again)? {
        return Ok(Submitted::Refused(AppError::SecondOrder));
    }
    let correct::Fresh { now, random } = fresh;
    let mended = match draft.purpose {
        DraftPurpose::NewCustomer => return place(tx, draft, &facts, &intent, Vec::new(), now, random),
        DraftPurpose::AddSubscription { customer_id } => {
            let waits_for = drafts::waits_for_customer(tx, customer_id)?;
            let made = facts.customer.as_ref().is_some_and(|customer| customer.tenant_id.is_some());
            if !made && waits_for.is_none() {
                return Ok(Submitted::Refused(AppError::NotAllowed));
            }
            return place(tx, draft, &facts, &intent, waits_for.into_iter().collect(), now, random);
        }
        DraftPurpose::MendCustomer { operation_id, .. }
        | DraftPurpose::MendOrder { operation_id, .. }
        | DraftPurpose::MendAgreement { operation_id, .. } => operation_id,
        DraftPurpose::EditCustomer { .. } => return Ok(Submitted::Refused(AppError::NotAllowed)),
    };
    correct(tx, draft, &facts, intent, mended, correct::Fresh { now, random })
}

/// Writes a new Submit whole.
fn place(
    tx: &Tx,
    draft: &Draft,
    facts: &Facts,
    intent: &Intent,
    waits_for: Vec<OperationId>,
    now: Timestamp,
    random: &dyn Random,
) -> Result<Submitted, StoreError> {
    let stamp = Stamp {
        onboarding_id: onboarding_of(draft.id),
        now,
        partner_tenant: partner_tenant(tx)?,
        first_sequence: tx.operations().next_sequence()?,
        waits_for,
    };
    let mut ids = Ids { row: &mut || random.id(), request: &mut || random.request_id() };
    let frozen = match freeze::freeze(intent, &draft.content, &facts.offers, &stamp, &mut ids) {
        Ok(frozen) => frozen,
        Err(error) => return Ok(Submitted::Refused(refusal(error))),
    };
    write(tx, &frozen, now)?;
    if let Some(reseller) = &facts.reseller {
        let mut reseller = reseller.clone();
        reseller.last_activity_at = Some(now);
        tx.put_reseller(&reseller)?;
    }
    tx.delete_draft(draft.id)?;
    Ok(Submitted::Onboarding(frozen.onboarding.id, None))
}

fn write(tx: &Tx, frozen: &Frozen, now: Timestamp) -> Result<(), StoreError> {
    if let Some(customer) = &frozen.customer {
        tx.put_customer(customer)?;
    }
    tx.insert_onboarding(&frozen.onboarding)?;
    for operation in &frozen.operations {
        tx.insert_operation(operation)?;
        tx.append_event(&event(operation, EventKind::Submitted, now))?;
    }
    for subscription in &frozen.subscriptions {
        tx.put_subscription(subscription)?;
    }
    for topic in [Topic::Customers, Topic::Subscriptions, Topic::Outbox, Topic::Connection] {
        tx.touch(topic);
    }
    Ok(())
}

/// A refused operation gets a new revision under a new key, and waits again.
fn correct(
    tx: &Tx,
    draft: &Draft,
    facts: &Facts,
    intent: Intent,
    operation_id: OperationId,
    fresh: correct::Fresh<'_>,
) -> Result<Submitted, StoreError> {
    let Some(before) = tx.operations().get(operation_id)? else { return Ok(Submitted::Refused(AppError::NotFound)) };
    if !correct::correct(tx, draft, facts, intent, &before, fresh)? {
        return Ok(Submitted::Refused(AppError::NotAllowed));
    }
    tx.delete_draft(draft.id)?;
    for topic in [Topic::Customers, Topic::Subscriptions, Topic::Outbox, Topic::Connection] {
        tx.touch(topic);
    }
    Ok(Submitted::Onboarding(before.onboarding_id, Some(operation_id)))
}

fn event(operation: &Operation, kind: EventKind, at: Timestamp) -> Event {
    Event {
        operation_id: operation.id,
        at,
        kind,
        state: operation.state,
        status: 0,
        code: 0,
        correlation_id: None,
        reason: String::new(),
    }
}

/// Tenant for which it is approved; nil in a book that was never told (practice).
pub(crate) fn partner_tenant(tx: &Tx) -> Result<TenantId, StoreError> {
    let stored = tx.settings().get(PARTNER_TENANT)?;
    Ok(stored.and_then(|text| text.parse().ok()).unwrap_or(TenantId(Uuid::nil())))
}

fn refusal(error: FreezeError) -> AppError {
    match error {
        FreezeError::Payload(error) => AppError::Stored(error),
        // Checked just before in the same transaction: only a change of what is on sale could come between.
        FreezeError::Reseller | FreezeError::Line(_) => AppError::ReviewChanged,
        // What it mends is gone or settled meanwhile: another review would not bring it back.
        FreezeError::Purpose => AppError::NotAllowed,
    }
}
