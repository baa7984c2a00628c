//! A change of a subscription that met another one in Partner Center: the three values, and what a person decides.

use super::contact;
use crate::views::{DecidedField, DifferenceField, DifferenceView, FieldChange};
use cb_domain::change::{Change, ChangeSubscription, apply, differences, text, watched};
use cb_domain::operation::{EventKind, Operation, OperationPayload, OperationState};
use cb_store::{StoreError, Tx};
use cb_sync::person;
use jiff::Timestamp;

/// What a change of a subscription changes: each field before and after.
pub(crate) fn changes(operation: &Operation) -> Vec<FieldChange> {
    match &operation.payload {
        OperationPayload::ChangeSubscription(payload) => differences(&payload.base, &payload.change, &payload.base)
            .into_iter()
            .map(|one| FieldChange { field: one.field.to_owned(), before: one.base, after: one.mine })
            .collect(),
        OperationPayload::UpgradeSubscription(payload) => vec![FieldChange {
            field: "product".to_owned(),
            before: payload.product_name.clone(),
            after: format!("{} × {}", payload.quantity, payload.target_title),
        }],
        OperationPayload::SetSupportContact(payload) => contact::changes(payload),
        OperationPayload::CreateCustomer(_)
        | OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_)
        | OperationPayload::SetResellerOfRecord(_) => Vec::new(),
    }
}

/// Last known, mine, theirs; `None` when there is no such difference.
pub(crate) fn difference(operation: &Operation) -> Option<DifferenceView> {
    if let OperationPayload::SetSupportContact(payload) = &operation.payload {
        return contact::difference(operation, payload);
    }
    let theirs =
        operation.result.subscription.as_ref().filter(|_| operation.state == OperationState::NeedsAttention)?;
    let (base_at, fields) = match &operation.payload {
        OperationPayload::ChangeSubscription(payload) => {
            (payload.base_read_at, differences(&payload.base, &payload.change, theirs))
        }
        OperationPayload::UpgradeSubscription(payload) => {
            let change = Change::Licences { quantity: payload.base.quantity };
            (payload.base_read_at, differences(&payload.base, &change, theirs))
        }
        OperationPayload::CreateCustomer(_)
        | OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_)
        | OperationPayload::SetResellerOfRecord(_)
        | OperationPayload::SetSupportContact(_) => return None,
    };
    Some(DifferenceView {
        fields: fields
            .into_iter()
            .map(|one| DifferenceField {
                conflict: one.is_conflict(),
                field: one.field.to_owned(),
                base: one.base,
                mine: one.mine,
                theirs: one.theirs,
            })
            .collect(),
        base_at: base_at.to_string(),
        mine_at: operation.approved_at.to_string(),
        theirs_at: operation.updated_at.to_string(),
    })
}

/// Decides it. Where every watched field is as Partner Center has it, nothing is left to send; else the change goes
/// again, compared with what is there now, with another number of licences where one was written in. Answers with the
/// operation that nothing is left to send of, for the caller to cancel with what depends on it; `None` when it can't be
/// decided so.
pub(crate) fn resolve(
    tx: &Tx,
    operation: &Operation,
    fields: &[DecidedField],
    key: cb_domain::ids::RequestKey,
    now: Timestamp,
) -> Result<Option<Option<Operation>>, StoreError> {
    if let OperationPayload::SetSupportContact(payload) = &operation.payload {
        return contact::resolve(tx, operation, payload, fields, key, now);
    }
    let Some(theirs) = operation.result.subscription.as_deref().cloned() else { return Ok(None) };
    let Ok(mut corrected) = person::correct(operation, key, now) else { return Ok(None) };
    let (payload, takes_theirs) = match &operation.payload {
        OperationPayload::ChangeSubscription(payload) => {
            let change = decided(payload, fields);
            let Some(change) = change else { return Ok(None) };
            let mine = apply(&theirs, &change);
            let chosen = |field: &str| fields.iter().find(|one| one.field == field).map(|one| one.value.as_str());
            // Their values in every field that differs.
            let takes_theirs = watched(&change).iter().all(|field| {
                let there = text(&theirs, *field);
                chosen(field.name()).map_or(text(&mine, *field) == there, |value| value == there)
            });
            let payload = ChangeSubscription {
                base: theirs.clone(),
                base_read_at: operation.updated_at,
                change: change.clone(),
                ..(**payload).clone()
            };
            (OperationPayload::ChangeSubscription(Box::new(payload)), takes_theirs)
        }
        OperationPayload::UpgradeSubscription(payload) => {
            let chosen = fields.iter().find(|one| one.field == "quantity").map(|one| one.value.clone());
            let takes_theirs = chosen.is_some_and(|value| value == theirs.quantity.to_string());
            let mut payload = (**payload).clone();
            payload.quantity = payload.quantity.min(theirs.quantity);
            payload.base = theirs;
            payload.base_read_at = operation.updated_at;
            (OperationPayload::UpgradeSubscription(Box::new(payload)), takes_theirs)
        }
        OperationPayload::CreateCustomer(_)
        | OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_)
        | OperationPayload::SetResellerOfRecord(_)
        | OperationPayload::SetSupportContact(_) => return Ok(None),
    };
    corrected.operation.payload_hash = cb_domain::freeze::payload_hash(&payload)?;
    corrected.operation.payload = payload;
    corrected.entry = Some(EventKind::Resolved);
    if takes_theirs { "theirs" } else { "mine" }.clone_into(&mut corrected.reason);
    let operation = corrected.operation.clone();
    crate::driver::store_change(tx, corrected)?;
    tx.touch(cb_domain::topic::Topic::Subscriptions);
    Ok(Some(takes_theirs.then_some(operation)))
}

/// The change with what was written in: only a number of licences can be.
fn decided(payload: &ChangeSubscription, fields: &[DecidedField]) -> Option<Change> {
    match &payload.change {
        Change::Licences { .. } => match fields.iter().find(|one| one.field == "quantity") {
            Some(one) => {
                one.value.trim().parse().ok().filter(|number| *number > 0).map(|quantity| Change::Licences { quantity })
            }
            None => Some(payload.change.clone()),
        },
        Change::AutoRenew { .. }
        | Change::AtRenewal { .. }
        | Change::DropAtRenewal
        | Change::Cancel
        | Change::Suspend
        | Change::Resume => Some(payload.change.clone()),
    }
}
