//! The confirmation of one Submit: built from what is in the book, so it is the same after a restart.

use super::review::full_name;
use super::{convert, order, told};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::outbox::{Around, row};
use crate::setup_info;
use crate::views::{ConfirmationView, JourneyLine, JourneyState, JourneyStep, OperationRow, OrderView, SetupInfoView};
use cb_domain::customer::Customer;
use cb_domain::draft::DraftPurpose;
use cb_domain::ids::OnboardingId;
use cb_domain::operation::{CreateCart, Onboarding, Operation, OperationKind, OperationPayload, OperationState};
use cb_domain::reseller::Reseller;
use cb_domain::subscription::Subscription;
use cb_store::{Db, StoreError};
use cb_sync::queue::QueueState;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What a confirmation is built from.
struct Parts {
    onboarding: Onboarding,
    operations: Vec<Operation>,
    customer: Customer,
    reseller: Option<Reseller>,
    rows: Vec<OperationRow>,
    setup_info: Option<SetupInfoView>,
    subscriptions: Vec<Subscription>,
    nothing_sent: bool,
}

impl App {
    /// The confirmation of a Submit, as it stands now.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn confirmation(&self, onboarding_id: String) -> AppResult<ConfirmationView> {
        let id: OnboardingId = onboarding_id.parse()?;
        let open = self.open_book().await?;
        let queue = open.driver.status().queue;
        let asked = queue.clone();
        let now = self.inner.host.clock.now();
        let parts = open.book.read(move |db| parts(db, id, asked, now)).await?.ok_or(AppError::NotFound)?;
        let zone = self.inner.host.clock.time_zone();
        Ok(view(&parts, &zone, queue.offline || queue.work_offline || queue.paused || queue.sign_in))
    }
}

fn parts(db: &Db, id: OnboardingId, queue: QueueState, now: Timestamp) -> Result<Option<Parts>, StoreError> {
    let Some(onboarding) = db.onboardings().get(id)? else { return Ok(None) };
    let Some(customer) = db.customers().get(onboarding.customer_id)? else { return Ok(None) };
    let operations = newest_of_each_kind(db.operations().of_onboarding(id)?);
    let around = Around::read(db, queue, now)?;
    let rows = operations
        .iter()
        .map(|operation| row(db, operation, &customer.name, &around))
        .collect::<Result<Vec<_>, StoreError>>()?;
    let reseller = match customer.reseller_id.or(onboarding.reseller_id) {
        Some(reseller) => db.resellers().get(reseller)?,
        None => None,
    };
    let mut subscriptions = Vec::new();
    for line in cart(&operations).into_iter().flat_map(|cart| &cart.lines) {
        subscriptions.extend(db.subscriptions().get(line.subscription_id)?);
    }
    let mut nothing_sent = true;
    for operation in &operations {
        let untouched = match operation.state {
            OperationState::Queued => db.attempts().of_operation(operation.id)?.is_empty(),
            OperationState::InFlight
            | OperationState::Unknown
            | OperationState::NeedsAttention
            | OperationState::Confirmed
            | OperationState::Cancelled => false,
        };
        nothing_sent &= untouched;
    }
    let setup_info = match onboarding.purpose {
        DraftPurpose::NewCustomer => setup_info::view(db, id)?,
        DraftPurpose::AddSubscription { .. }
        | DraftPurpose::EditCustomer { .. }
        | DraftPurpose::MendCustomer { .. }
        | DraftPurpose::MendOrder { .. }
        | DraftPurpose::MendAgreement { .. } => None,
    };
    Ok(Some(Parts { onboarding, operations, customer, reseller, rows, setup_info, subscriptions, nothing_sent }))
}

/// An order that was placed anew has new operations; the ones that they replace are history.
pub(crate) fn newest_of_each_kind(mut operations: Vec<Operation>) -> Vec<Operation> {
    operations.sort_by_key(|operation| (operation.payload.kind(), std::cmp::Reverse(operation.sequence)));
    operations.dedup_by_key(|operation| operation.payload.kind());
    operations
}

fn cart(operations: &[Operation]) -> Option<&CreateCart> {
    operations.iter().find_map(|operation| operation.payload.cart())
}

fn view(parts: &Parts, zone: &TimeZone, offline: bool) -> ConfirmationView {
    let Parts { onboarding, customer, .. } = parts;
    let submitted_on = onboarding.submitted_at.to_zoned(zone.clone()).date();
    let reseller = parts.reseller.as_ref();
    ConfirmationView {
        onboarding_id: onboarding.id.to_string(),
        purpose: convert::purpose_view(onboarding.purpose),
        customer_id: customer.id.to_string(),
        customer_name: customer.name.clone(),
        reseller_id: reseller.map(|reseller| reseller.id.to_string()).unwrap_or_default(),
        reseller_name: reseller.map(|reseller| reseller.name.clone()).unwrap_or_default(),
        journey: journey(parts),
        setup_info: parts.setup_info.clone(),
        order: order_view(&parts.operations, submitted_on),
        cancellable_until: parts.subscriptions.iter().filter_map(|one| one.cancellable_until).min().map(told),
        renews_at: parts.subscriptions.iter().filter_map(|one| one.ends_at).min().map(told),
        offline: parts.nothing_sent && offline,
    }
}

fn order_view(operations: &[Operation], submitted_on: Date) -> OrderView {
    let none = CreateCart { reseller_partner_id: None, lines: Vec::new() };
    order::frozen_view(cart(operations).unwrap_or(&none), submitted_on)
}

fn journey(parts: &Parts) -> Vec<JourneyLine> {
    let of_kinds = |kinds: &[OperationKind]| -> Vec<&Operation> {
        parts.operations.iter().filter(|operation| kinds.contains(&operation.payload.kind())).collect()
    };
    let steps = [
        (JourneyStep::CreateCustomer, of_kinds(&[OperationKind::CreateCustomer])),
        (JourneyStep::RecordAgreement, of_kinds(&[OperationKind::ConfirmAgreement])),
        (
            JourneyStep::PlaceOrder,
            of_kinds(&[OperationKind::CreateCart, OperationKind::CheckoutCart, OperationKind::VerifyOrder]),
        ),
    ];
    steps
        .into_iter()
        .filter(|(_, operations)| !operations.is_empty())
        .map(|(step, operations)| line(step, &operations, parts))
        .collect()
}

fn line(step: JourneyStep, operations: &[&Operation], parts: &Parts) -> JourneyLine {
    let state = aggregate(operations);
    let done_at = operations.iter().map(|operation| operation.updated_at).max();
    // The one that matters: the first that is not done.
    let matters =
        operations.iter().find(|operation| operation.state != OperationState::Confirmed).or(operations.last());
    JourneyLine {
        step,
        state,
        at: done_at.filter(|_| state == JourneyState::Done).map(told),
        detail: detail(step, operations, parts),
        operation: matters.and_then(|matters| rows_of(parts, matters)),
    }
}

/// How several operations stand as one step: what needs a person first, then what was given up, then what moves.
pub(crate) fn aggregate(operations: &[&Operation]) -> JourneyState {
    let any = |state: OperationState| operations.iter().any(|operation| operation.state == state);
    if any(OperationState::NeedsAttention) {
        JourneyState::NeedsAttention
    } else if any(OperationState::Cancelled) {
        JourneyState::Cancelled
    } else if any(OperationState::InFlight) || any(OperationState::Unknown) {
        JourneyState::Sending
    } else if operations.iter().all(|operation| operation.state == OperationState::Confirmed) {
        JourneyState::Done
    } else if operations.iter().any(|operation| operation.hold.is_some()) {
        JourneyState::OnHold
    } else if any(OperationState::Confirmed) {
        // Part of the step is done and the rest goes by itself.
        JourneyState::Sending
    } else {
        JourneyState::Waiting
    }
}

fn detail(step: JourneyStep, operations: &[&Operation], parts: &Parts) -> String {
    match step {
        JourneyStep::CreateCustomer | JourneyStep::KeepSetupInfo => {
            let used = operations.iter().find_map(|operation| operation.result.domain_prefix.clone());
            format!("{}.onmicrosoft.com", used.unwrap_or_else(|| parts.customer.domain_prefix.clone()))
        }
        JourneyStep::RecordAgreement => operations
            .iter()
            .find_map(|operation| match &operation.payload {
                OperationPayload::ConfirmAgreement(agreement) => {
                    Some(full_name(&agreement.first_name, &agreement.last_name))
                }
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
            .unwrap_or_default(),
        JourneyStep::PlaceOrder => cart(&parts.operations).map_or(0, |cart| cart.lines.len()).to_string(),
    }
}

fn rows_of(parts: &Parts, operation: &Operation) -> Option<OperationRow> {
    let id = operation.id.to_string();
    parts.rows.iter().find(|row| row.id == id).cloned()
}
