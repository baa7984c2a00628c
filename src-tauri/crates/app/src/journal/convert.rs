//! Entries in the words of the screens.

use crate::outbox::operation_kind;
use crate::views::{
    ChainBreakView, ChainFaultView, JournalActorView, JournalAreaView, JournalChange, JournalKindView, JournalRow,
};
use cb_domain::journal::{JournalActor, JournalArea, JournalEntry, JournalKind};
use cb_store::{ChainBreak, ChainFault, Db, StoreError};

/// Numbers of entries fit: a book has far fewer than four thousand million.
fn number(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// An entry as a row. Links lead only to what the book still has.
pub(super) fn row(db: &Db, found: JournalEntry) -> Result<JournalRow, StoreError> {
    let entry = found.entry;
    let customer = entry.customer_id.map(|id| db.customers().get(id)).transpose()?.flatten();
    let reseller = entry.reseller_id.map(|id| db.resellers().get(id)).transpose()?.flatten();
    Ok(JournalRow {
        number: number(found.number),
        at: found.at.to_string(),
        actor: actor(found.actor),
        person: found.person,
        kind: kind(entry.kind)?,
        area: area(entry.kind.area()),
        subject: entry.content.subject,
        customer_id: customer.as_ref().map(|one| one.id.to_string()).unwrap_or_default(),
        customer_name: customer.map(|one| one.name).unwrap_or_default(),
        reseller_id: reseller.map(|one| one.id.to_string()).unwrap_or_default(),
        operation_id: entry.operation.map(|(id, _)| id.to_string()).unwrap_or_default(),
        operation: entry.operation.map(|(_, kind)| operation_kind(kind)),
        changes: entry
            .content
            .changes
            .into_iter()
            .map(|change| JournalChange { field: change.field, before: change.before, after: change.after })
            .collect(),
        status: u32::from(entry.status),
        code: entry.code,
        reason: entry.reason,
        request_id: entry.request_key.map(|id| id.to_string()).unwrap_or_default(),
        correlation_id: entry.correlation_id.map(|id| id.to_string()).unwrap_or_default(),
        forgotten: found.forgotten,
    })
}

/// Both lists have the same words; a test goes through all of them.
pub(super) fn kind(kind: JournalKind) -> Result<JournalKindView, StoreError> {
    Ok(serde_json::from_value(serde_json::to_value(kind)?)?)
}

pub(super) fn actor(actor: JournalActor) -> JournalActorView {
    match actor {
        JournalActor::Person => JournalActorView::Person,
        JournalActor::App => JournalActorView::App,
        JournalActor::PartnerCenter => JournalActorView::PartnerCenter,
    }
}

pub(super) fn area(area: JournalArea) -> JournalAreaView {
    match area {
        JournalArea::Customers => JournalAreaView::Customers,
        JournalArea::Subscriptions => JournalAreaView::Subscriptions,
        JournalArea::Resellers => JournalAreaView::Resellers,
        JournalArea::Outbox => JournalAreaView::Outbox,
        JournalArea::SetupInfo => JournalAreaView::SetupInfo,
        JournalArea::Sessions => JournalAreaView::Sessions,
        JournalArea::Book => JournalAreaView::Book,
    }
}

pub(super) fn to_area(area: JournalAreaView) -> JournalArea {
    match area {
        JournalAreaView::Customers => JournalArea::Customers,
        JournalAreaView::Subscriptions => JournalArea::Subscriptions,
        JournalAreaView::Resellers => JournalArea::Resellers,
        JournalAreaView::Outbox => JournalArea::Outbox,
        JournalAreaView::SetupInfo => JournalArea::SetupInfo,
        JournalAreaView::Sessions => JournalArea::Sessions,
        JournalAreaView::Book => JournalArea::Book,
    }
}

pub(super) fn broken(found: &ChainBreak) -> ChainBreakView {
    ChainBreakView {
        number: number(found.number),
        fault: match found.fault {
            ChainFault::Changed => ChainFaultView::Changed,
            ChainFault::Missing => ChainFaultView::Missing,
            ChainFault::CutOff => ChainFaultView::CutOff,
        },
        right_until: found.right_until.map(|at| at.to_string()),
        found_at: found.found_at.to_string(),
    }
}
