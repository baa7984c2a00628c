//! Support contacts: older subscriptions have theirs at Partner Center, new commerce has none there, so the choice is
//! the book's own note.

use super::facts::{Known, is_open, subscription_of};
use crate::views::{NamedView, SupportView};
use cb_domain::catalogue::CommerceKind;
use cb_domain::change::SetSupportContact;
use cb_domain::ids::{ResellerId, SubscriptionId};
use cb_domain::operation::OperationState;
use cb_domain::reseller::PartnershipState;
use cb_domain::subscription::Subscription;
use cb_store::{Db, StoreError, Supported, Tx};
use cb_sync::remote::RemoteContact;
use jiff::Timestamp;

/// For this kind of commerce Partner Center takes none.
pub(super) fn is_note_only(commerce: CommerceKind) -> bool {
    match commerce {
        CommerceKind::Legacy => false,
        CommerceKind::New => true,
    }
}

/// Active resellers, who can be it besides the provider.
pub(super) fn choices(db: &Db) -> Result<Vec<NamedView>, StoreError> {
    let active = db.resellers().all()?.into_iter().filter(|one| one.partnership == PartnershipState::Active);
    Ok(active.map(|one| NamedView { id: one.id.to_string(), name: one.name }).collect())
}

pub(super) fn id_text(id: Option<ResellerId>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

pub(super) fn name(db: &Db, id: Option<ResellerId>) -> Result<String, StoreError> {
    match id {
        Some(id) => Ok(db.resellers().get(id)?.map(|one| one.name).unwrap_or_default()),
        None => Ok(String::new()),
    }
}

pub(super) fn view(db: &Db, known: &Known) -> Result<SupportView, StoreError> {
    let chosen = db.subscription_book().support(known.subscription.id)?;
    let default = match known.customer.reseller_id {
        Some(reseller) => db.reseller_book().support(reseller)?,
        None => None,
    };
    let waiting = known.operations.iter().rev().find(|one| is_open(one) && one.payload.support_contact().is_some());
    let wanted = waiting.and_then(|one| one.payload.support_contact()).map(|payload| payload.contact);
    let contact = wanted.unwrap_or(chosen.unwrap_or(default));
    Ok(SupportView {
        contact_id: id_text(contact),
        contact_name: name(db, contact)?,
        chosen: chosen.is_some() || wanted.is_some(),
        default_id: id_text(default),
        default_name: name(db, default)?,
        note_only: is_note_only(known.subscription.commerce),
        choices: choices(db)?,
        operation_id: waiting.map(|one| one.id.to_string()).unwrap_or_default(),
        state: waiting.map(|one| super::state(one.state, one.hold.is_some())),
    })
}

/// The payload that names this contact; `None` for a reseller that cannot be it.
pub(super) fn payload(
    db: &Db,
    one: &Supported,
    contact: Option<ResellerId>,
) -> Result<Option<SetSupportContact>, StoreError> {
    let reseller = match contact {
        Some(id) => match db.resellers().get(id)? {
            Some(found) if found.partnership == PartnershipState::Active => Some(found),
            Some(_) | None => return Ok(None),
        },
        None => None,
    };
    let subscription = &one.subscription;
    Ok(Some(SetSupportContact {
        subscription_id: subscription.id,
        remote_id: subscription.remote_id.clone(),
        product_name: subscription.product_name.clone(),
        contact,
        tenant: reseller.as_ref().and_then(|one| one.tenant_id).map(|id| id.to_string()).unwrap_or_default(),
        partner_id: reseller.as_ref().and_then(|one| one.partner_id.clone()).unwrap_or_default(),
        name: reseller.map(|one| one.name).unwrap_or_default(),
        base: if is_note_only(subscription.commerce) { None } else { last_known(db, subscription)? },
        defaults: if is_note_only(subscription.commerce) { Vec::new() } else { defaults(db, one)? },
    }))
}

/// PartnerID of the contact that Partner Center last named or, where one waits, will have by then; empty for the provider.
/// `None` where nobody has looked: nothing but the book's own defaults is known, and these are not its word.
fn last_known(db: &Db, one: &Subscription) -> Result<Option<String>, StoreError> {
    let operations = db.operations().of_customer(one.customer_id)?;
    let sent = operations.iter().rev().filter(|operation| operation.state != OperationState::Cancelled);
    let of_this = sent.filter(|operation| subscription_of(&operation.payload) == Some(one.id));
    let last = of_this.into_iter().find_map(|operation| {
        operation.payload.support_contact().map(|payload| (is_open(operation), payload.partner_id.clone()))
    });
    // Of an older subscription the book keeps what Partner Center has confirmed, or what was read there since.
    match (last, db.subscription_book().support(one.id)?) {
        (Some((true, waits)), _) => Ok(Some(waits)),
        (_, Some(kept)) => partner_id(db, kept).map(|id| Some(id.unwrap_or_default())),
        (last, None) => Ok(last.map(|(_, confirmed)| confirmed)),
    }
}

fn partner_id(db: &Db, contact: Option<ResellerId>) -> Result<Option<String>, StoreError> {
    let Some(id) = contact else { return Ok(None) };
    Ok(db.resellers().get(id)?.and_then(|one| one.partner_id))
}

/// PartnerIDs that may stand there without anybody's choice: of the reseller of record, of the customer's own, and of the
/// one that the book shows.
fn defaults(db: &Db, one: &Supported) -> Result<Vec<String>, StoreError> {
    let mut all = Vec::new();
    for contact in [one.subscription.reseller_of_record, one.customer.reseller_id, one.contact()] {
        all.extend(partner_id(db, contact)?);
    }
    all.sort();
    all.dedup();
    Ok(all)
}

/// What Partner Center was found to name, in the book: a choice that was made there, or that what was chosen here holds no
/// longer. What stands there by itself is no choice, and a stranger has no row in the book.
pub(super) fn learn(tx: &Tx, id: SubscriptionId, there: &RemoteContact, now: Timestamp) -> Result<(), StoreError> {
    let Some(one) = tx.subscription_book().supported_by_id(&[id])?.into_iter().next() else { return Ok(()) };
    if there.is_provider {
        return match one.chosen {
            Some(Some(_)) => tx.put_subscription_support(id, None, now),
            Some(None) | None => Ok(()),
        };
    }
    let Some(named) = tx.resellers().by_partner_id(&there.partner_id)?.map(|one| one.id) else { return Ok(()) };
    let by_itself = one.chosen.is_none() && defaults(tx, &one)?.contains(&there.partner_id);
    if by_itself || one.chosen == Some(Some(named)) {
        return Ok(());
    }
    tx.put_subscription_support(id, Some(named), now)
}
