//! A support contact that met another one in Partner Center: the three values, and what a person decides. A contact is
//! written as its PartnerID, the provider as a word: its own number is not the book's to know.

use super::support;
use crate::views::{DecidedField, DifferenceField, DifferenceView, FieldChange};
use cb_domain::change::SetSupportContact;
use cb_domain::operation::{ContactThere, EventKind, Operation, OperationPayload, OperationState};
use cb_store::{Db, StoreError, Tx};
use cb_sync::person;
use cb_sync::remote::RemoteContact;
use jiff::Timestamp;

/// Names the field.
pub(crate) const FIELD: &str = "supportContact";
/// Stands for the provider.
const PROVIDER: &str = "provider";
/// Stands for one that nobody has looked at.
const UNKNOWN: &str = "unknown";

fn text(partner_id: &str) -> String {
    if partner_id.is_empty() { PROVIDER.to_owned() } else { partner_id.to_owned() }
}

fn there(theirs: &ContactThere) -> String {
    if theirs.is_provider { PROVIDER.to_owned() } else { text(&theirs.partner_id) }
}

fn base(payload: &SetSupportContact) -> String {
    payload.base.as_deref().map_or_else(|| UNKNOWN.to_owned(), text)
}

/// Before and after.
pub(super) fn changes(payload: &SetSupportContact) -> Vec<FieldChange> {
    vec![FieldChange { field: FIELD.to_owned(), before: base(payload), after: text(&payload.partner_id) }]
}

/// Last known, mine, theirs; `None` when there is no such difference.
pub(super) fn difference(operation: &Operation, payload: &SetSupportContact) -> Option<DifferenceView> {
    let theirs = operation.result.contact.as_ref().filter(|_| operation.state == OperationState::NeedsAttention)?;
    Some(DifferenceView {
        fields: vec![DifferenceField {
            field: FIELD.to_owned(),
            base: base(payload),
            mine: text(&payload.partner_id),
            theirs: there(theirs),
            conflict: true,
        }],
        // The day of the last look is not kept.
        base_at: String::new(),
        mine_at: operation.approved_at.to_string(),
        theirs_at: operation.updated_at.to_string(),
    })
}

/// What those are called that the fields of this operation write by number.
pub(crate) fn names(db: &Db, operation: &Operation) -> Result<Vec<(String, String)>, StoreError> {
    let OperationPayload::SetSupportContact(payload) = &operation.payload else { return Ok(Vec::new()) };
    let mut names = vec![(payload.partner_id.clone(), payload.name.clone())];
    names.extend(operation.result.contact.as_ref().map(|one| (one.partner_id.clone(), one.name.clone())));
    if let Some(number) = &payload.base {
        names.extend(db.resellers().by_partner_id(number)?.map(|one| (number.clone(), one.name)));
    }
    names.retain(|(number, name)| !number.is_empty() && !name.is_empty());
    names.sort();
    names.dedup_by(|one, other| one.0 == other.0);
    Ok(names)
}

/// Decides it: theirs is taken over into the book and nothing is left to send, mine goes again, compared with what is
/// there now. Answers as [`super::resolve`].
pub(super) fn resolve(
    tx: &Tx,
    operation: &Operation,
    payload: &SetSupportContact,
    fields: &[DecidedField],
    key: cb_domain::ids::RequestKey,
    now: Timestamp,
) -> Result<Option<Option<Operation>>, StoreError> {
    let Some(theirs) = operation.result.contact.clone() else { return Ok(None) };
    let chosen = fields.iter().find(|one| one.field == FIELD).map(|one| one.value.as_str());
    let takes_theirs = match chosen {
        Some(value) if value == there(&theirs) => true,
        Some(value) if value == text(&payload.partner_id) => false,
        Some(_) | None => return Ok(None),
    };
    let Ok(mut corrected) = person::correct(operation, key, now) else { return Ok(None) };
    let known = if theirs.is_provider { String::new() } else { theirs.partner_id.clone() };
    let payload = SetSupportContact { base: Some(known), ..payload.clone() };
    let subscription = payload.subscription_id;
    let payload = OperationPayload::SetSupportContact(Box::new(payload));
    corrected.operation.payload_hash = cb_domain::freeze::payload_hash(&payload)?;
    corrected.operation.payload = payload;
    corrected.entry = Some(EventKind::Resolved);
    if takes_theirs { "theirs" } else { "mine" }.clone_into(&mut corrected.reason);
    let operation = corrected.operation.clone();
    crate::driver::store_change(tx, corrected)?;
    if takes_theirs {
        let ContactThere { partner_id, name, is_provider } = theirs;
        let seen = RemoteContact { is_provider, tenant: String::new(), partner_id, name };
        support::learn(tx, subscription, &seen, now)?;
    }
    tx.touch(cb_domain::topic::Topic::Subscriptions);
    Ok(Some(takes_theirs.then_some(operation)))
}
