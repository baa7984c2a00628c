//! An operation, opened: cause, who can mend it, where, and its history.

use super::actions::with_dependents;
use super::explanation::explanation;
use super::prices;
use super::rows::{Around, cart_of, is_change, name_of, row};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{
    AttemptView, DifferenceField, DifferenceView, FieldChange, FixerView, FoundView, HistoryEntry, HistoryKind,
    OperationAction, OperationDetail, ProductTitle,
};
use cb_domain::catalogue::SkuKey;
use cb_domain::ids::OperationId;
use cb_domain::operation::{
    Attempt, ConfirmAgreement, Event, EventKind, Fixer, Found, HoldReason, Operation, OperationKind, OperationPayload,
    OperationState,
};
use cb_domain::profile::differences;
use cb_store::{Db, StoreError};
use cb_sync::person::{Action, Look, actions_after};
use cb_sync::triage::fixer;
use std::collections::BTreeSet;

impl App {
    /// One operation with its history, newest first.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, store errors.
    pub async fn operation_detail(&self, id: String) -> AppResult<OperationDetail> {
        let id: OperationId = id.parse()?;
        let open = self.open_book().await?;
        let queue = open.driver.status().queue;
        let now = self.inner.host.clock.now();
        let look = open.driver.look(id);
        open.book.read(move |db| detail(db, id, &Around::read(db, queue, now)?, look)).await?.ok_or(AppError::NotFound)
    }
}

fn detail(db: &Db, id: OperationId, around: &Around, look: Look) -> Result<Option<OperationDetail>, StoreError> {
    let Some(operation) = db.operations().get(id)? else { return Ok(None) };
    let name = db.customers().get(operation.customer_id)?.map(|customer| customer.name).unwrap_or_default();
    let attention = operation.attention.clone();
    let field = attention.as_ref().map(|found| found.field.clone()).unwrap_or_default();
    let kind = operation.payload.kind();
    let offered = actions_after(&operation, look);
    let approves = offered.contains(&Action::ApproveAgain) || offered.contains(&Action::OrderRest);
    let (order_lines, prices) = prices::lines(db, &operation, approves)?;
    let approval = if approves { prices::approval(db, &operation)? } else { String::new() };
    let cancels = with_dependents(db, &operation)?;
    let (difference, changes) = (difference(&operation), changes(&operation));
    let mut titles = titles(db, difference.as_ref(), &changes)?;
    let contacts = crate::subscription::contact_names(db, &operation)?.into_iter();
    titles.extend(contacts.map(|(key, title)| ProductTitle { key, title }));
    let orders = cancels.iter().filter(|one| one.payload.kind() == OperationKind::CheckoutCart).count();
    Ok(Some(OperationDetail {
        cancels: u32::try_from(cancels.len()).unwrap_or(u32::MAX),
        cancels_orders: u32::try_from(orders).unwrap_or(u32::MAX),
        cancels_changes: cancels.iter().filter(|one| one.id != id && is_change(one)).map(name_of).collect(),
        row: row(db, &operation, &name, around)?,
        fixer: match (&attention, operation.hold) {
            (Some(found), _) => Some(fixer_view(fixer(found.reason))),
            (None, Some(hold)) => Some(fixer_view(hold_fixer(hold))),
            (None, None) => None,
        },
        field_value: field_value(&operation, &field),
        field,
        ambiguous: attention.is_some_and(|found| found.ambiguous),
        actions: offered.into_iter().map(action).collect(),
        history: db.events().of_operation(id)?.into_iter().rev().map(entry).collect(),
        order_lines,
        prices,
        approval,
        attempts: db.attempts().of_operation(id)?.into_iter().rev().map(|one| attempt(kind, one)).collect(),
        found: found(db, &operation, &operation.result.found)?,
        disowned: found(db, &operation, &operation.result.disowned)?,
        difference,
        changes,
        titles,
    }))
}

/// Who can end a hold. All of them end by themselves once it is done.
fn hold_fixer(hold: HoldReason) -> Fixer {
    match hold {
        HoldReason::CustomerUnderReview | HoldReason::TenantBeingMade => Fixer::Microsoft,
        HoldReason::AgreementOpen => Fixer::Customer,
        HoldReason::ResellerNotFit => Fixer::Reseller,
        HoldReason::KeychainMissing | HoldReason::SessionNotReleased => Fixer::Us,
    }
}

fn attempt(kind: OperationKind, attempt: Attempt) -> AttemptView {
    AttemptView {
        explanation: explanation(kind, attempt.status, attempt.code),
        number: attempt.number,
        started_at: attempt.started_at.to_string(),
        outcome: attempt.outcome,
        status: attempt.status,
        code: attempt.code,
        correlation_id: attempt.correlation_id.to_string(),
    }
}

/// Objects found; products of orders by the names that the book knows.
fn found(db: &Db, operation: &Operation, there: &[Found]) -> Result<Vec<FoundView>, StoreError> {
    let titles: Vec<(String, String)> = cart_of(db, operation)?
        .map(|cart| cart.lines)
        .unwrap_or_default()
        .into_iter()
        .map(|line| (format!("{}:{}", line.sku.product_id, line.sku.sku_id), line.title))
        .collect();
    Ok(there
        .iter()
        .map(|one| FoundView {
            id: one.id.clone(),
            name: titles.iter().fold(one.name.clone(), |name, (key, title)| name.replace(key, title)),
            at: one.at.map(|at| at.to_string()),
            same: one.same,
        })
        .collect())
}

fn changes(operation: &Operation) -> Vec<FieldChange> {
    let OperationPayload::UpdateCustomerProfile(payload) = &operation.payload else {
        return crate::subscription::changes(operation);
    };
    differences(&payload.base, &payload.wanted, &payload.base)
        .into_iter()
        .map(|one| FieldChange { field: one.field.to_owned(), before: one.base, after: one.mine })
        .collect()
}

fn difference(operation: &Operation) -> Option<DifferenceView> {
    let OperationPayload::UpdateCustomerProfile(payload) = &operation.payload else {
        return crate::subscription::difference(operation);
    };
    let theirs = operation.result.theirs.as_ref().filter(|_| operation.state == OperationState::NeedsAttention)?;
    let fields = differences(&payload.base, &payload.wanted, &theirs.profile)
        .into_iter()
        .map(|one| DifferenceField {
            conflict: one.is_conflict(),
            field: one.field.to_owned(),
            base: one.base,
            mine: one.mine,
            theirs: one.theirs,
        })
        .collect();
    Some(DifferenceView {
        fields,
        base_at: payload.base_read_at.to_string(),
        mine_at: operation.approved_at.to_string(),
        theirs_at: theirs.read_at.to_string(),
    })
}

/// Names of the products whose keys stand in these fields.
fn titles(
    db: &Db,
    difference: Option<&DifferenceView>,
    changes: &[FieldChange],
) -> Result<Vec<ProductTitle>, StoreError> {
    let differing = difference.iter().flat_map(|one| &one.fields);
    let values =
        differing.flat_map(|one| [(&one.field, &one.base), (&one.field, &one.mine), (&one.field, &one.theirs)]);
    let changed = changes.iter().flat_map(|one| [(&one.field, &one.before), (&one.field, &one.after)]);
    let keys: BTreeSet<&str> = values.chain(changed).filter_map(|(field, value)| product_key(field, value)).collect();
    let mut titles = Vec::new();
    for key in keys {
        let (product_id, sku_id) = key.split_once(':').unwrap_or((key, ""));
        let sku = SkuKey { product_id: product_id.to_owned(), sku_id: sku_id.to_owned() };
        titles.extend(db.offers().title(&sku)?.map(|title| ProductTitle { key: key.to_owned(), title }));
    }
    Ok(titles)
}

/// The product in the text of a field, as `cb_domain::change::text` writes it.
fn product_key<'t>(field: &str, value: &'t str) -> Option<&'t str> {
    let key = match field {
        "product" => value,
        "nextTerm" => value.split_once(" × ")?.1.split_once(", ")?.0,
        _ => return None,
    };
    (!key.is_empty() && !key.contains(' ')).then_some(key)
}

/// What stands in the field that must be mended.
fn field_value(operation: &Operation, field: &str) -> String {
    let payload = match &operation.payload {
        OperationPayload::CreateCustomer(payload) => payload,
        OperationPayload::ConfirmAgreement(payload) => return signer_value(payload, field),
        OperationPayload::UpdateCustomerProfile(payload) => {
            return payload.wanted.get(field.trim_start_matches("customer.")).to_owned();
        }
        OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::SetResellerOfRecord(_)
        | OperationPayload::ChangeSubscription(_)
        | OperationPayload::UpgradeSubscription(_)
        | OperationPayload::SetSupportContact(_) => return String::new(),
    };
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

fn signer_value(payload: &ConfirmAgreement, field: &str) -> String {
    match field {
        "customer.signerEmail" => payload.email.clone(),
        "customer.signerPhone" => payload.phone.clone().unwrap_or_default(),
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
        Action::Link => OperationAction::Link,
        Action::Disown => OperationAction::Disown,
        Action::OrderRest => OperationAction::OrderRest,
        Action::GiveUpRest => OperationAction::GiveUpRest,
        Action::Resolve => OperationAction::Resolve,
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

/// A step of the history in the words of the screens.
pub(crate) fn history(kind: EventKind) -> HistoryKind {
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
        EventKind::Resolved => HistoryKind::Resolved,
        EventKind::Disowned => HistoryKind::Disowned,
    }
}
