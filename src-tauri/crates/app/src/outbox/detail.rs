//! An operation, opened: cause, who can mend it, where, and its history.

use super::rows::{Around, cart_of, row};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::lists::words;
use crate::views::{FixerView, HistoryEntry, HistoryKind, OperationAction, OperationDetail, OperationLine};
use cb_domain::ids::OperationId;
use cb_domain::operation::{Event, EventKind, Fixer, Operation, OperationPayload};
use cb_store::{Db, StoreError};
use cb_sync::person::{Action, actions};
use cb_sync::triage::fixer;

impl App {
    /// One operation with its history, newest first.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, store errors.
    pub async fn operation_detail(&self, id: String) -> AppResult<OperationDetail> {
        let id: OperationId = id.parse()?;
        let open = self.open_book().await?;
        let offline = open.driver.status().queue.offline;
        let now = self.inner.host.clock.now();
        open.book.read(move |db| detail(db, id, &Around::read(db, offline, now)?)).await?.ok_or(AppError::NotFound)
    }
}

fn detail(db: &Db, id: OperationId, around: &Around) -> Result<Option<OperationDetail>, StoreError> {
    let Some(operation) = db.operations().get(id)? else { return Ok(None) };
    let name = db.customers().get(operation.customer_id)?.map(|customer| customer.name).unwrap_or_default();
    let attention = operation.attention.clone();
    let field = attention.as_ref().map(|found| found.field.clone()).unwrap_or_default();
    let order_lines = cart_of(db, &operation)?
        .map(|cart| cart.lines)
        .unwrap_or_default()
        .into_iter()
        .map(|line| OperationLine {
            title: line.title,
            quantity: line.quantity,
            term: words::term(line.term).to_owned(),
            cycle: words::cycle(line.cycle).to_owned(),
        })
        .collect();
    Ok(Some(OperationDetail {
        row: row(db, &operation, &name, around)?,
        fixer: attention.as_ref().map(|found| fixer_view(fixer(found.reason))),
        field_value: field_value(&operation, &field),
        field,
        ambiguous: attention.is_some_and(|found| found.ambiguous),
        actions: actions(&operation).into_iter().map(action).collect(),
        history: db.events().of_operation(id)?.into_iter().rev().map(entry).collect(),
        order_lines,
    }))
}

/// What stands in the field that must be mended.
fn field_value(operation: &Operation, field: &str) -> String {
    let OperationPayload::CreateCustomer(payload) = &operation.payload else { return String::new() };
    let at = usize::try_from(operation.prefix_index).unwrap_or_default();
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    match field {
        "customer.domainPrefix" => payload.prefixes.get(at).cloned().unwrap_or_default(),
        "customer.companyName" => payload.company_name.clone(),
        "customer.registrationNumber" => optional(&payload.registration_number),
        "customer.addressLine1" => payload.address_line_1.clone(),
        "customer.addressLine2" => optional(&payload.address_line_2),
        "customer.city" => payload.city.clone(),
        "customer.state" => optional(&payload.state),
        "customer.postalCode" => optional(&payload.postal_code),
        "customer.country" => payload.country.clone(),
        "customer.firstName" => payload.first_name.clone(),
        "customer.lastName" => payload.last_name.clone(),
        "customer.email" => payload.email.clone(),
        "customer.phone" => optional(&payload.phone),
        _ => String::new(),
    }
}

fn fixer_view(fixer: Fixer) -> FixerView {
    match fixer {
        Fixer::Us => FixerView::Us,
        Fixer::Reseller => FixerView::Reseller,
        Fixer::Customer => FixerView::Customer,
        Fixer::Microsoft => FixerView::Microsoft,
    }
}

fn action(action: Action) -> OperationAction {
    match action {
        Action::Mend => OperationAction::Mend,
        Action::Cancel => OperationAction::Cancel,
        Action::CheckAgain => OperationAction::CheckAgain,
        Action::ApproveAgain => OperationAction::ApproveAgain,
        Action::SendAgain => OperationAction::SendAgain,
    }
}

fn entry(event: Event) -> HistoryEntry {
    HistoryEntry {
        at: event.at.to_string(),
        kind: history(event.kind),
        status: event.status,
        code: event.code,
        correlation_id: event.correlation_id.map(|id| id.to_string()).unwrap_or_default(),
        reason: event.reason,
    }
}

fn history(kind: EventKind) -> HistoryKind {
    match kind {
        EventKind::Submitted => HistoryKind::Submitted,
        EventKind::Corrected => HistoryKind::Corrected,
        EventKind::Sent => HistoryKind::Sent,
        EventKind::Answered => HistoryKind::Answered,
        EventKind::NotSent => HistoryKind::NotSent,
        EventKind::NoAnswer => HistoryKind::NoAnswer,
        EventKind::LookedUp => HistoryKind::LookedUp,
        EventKind::Held => HistoryKind::Held,
        EventKind::Released => HistoryKind::Released,
        EventKind::Confirmed => HistoryKind::Confirmed,
        EventKind::NeedsAttention => HistoryKind::NeedsAttention,
        EventKind::Cancelled => HistoryKind::Cancelled,
        EventKind::Adopted => HistoryKind::Adopted,
    }
}
