//! Puts a change into the outbox: an onboarding of its own, so that one that fails holds up no other, and one operation.

use super::facts::Known;
use crate::host::Host;
use cb_domain::draft::{DraftContent, DraftPurpose};
use cb_domain::freeze::payload_hash;
use cb_domain::ids::{OnboardingId, OperationId, RequestKey};
use cb_domain::operation::{
    Event, EventKind, Onboarding, Operation, OperationPayload, OperationResult, OperationState,
};
use cb_domain::topic::Topic;
use cb_store::{StoreError, Tx};
use jiff::Timestamp;
use std::sync::Arc;

/// Ids and time for a use case.
#[derive(Clone)]
pub(super) struct Fresh {
    random: Arc<dyn crate::host::Random>,
    pub(super) now: Timestamp,
}

impl Fresh {
    pub(super) fn new(host: &Host) -> Self {
        Self { random: Arc::clone(&host.random), now: host.clock.now() }
    }
}

/// One operation; `place` counts within one transaction.
pub(super) fn operation(
    tx: &Tx,
    known: &Known,
    payload: OperationPayload,
    parents: Vec<OperationId>,
    fresh: &Fresh,
    place: i64,
) -> Result<OperationId, StoreError> {
    let now = fresh.now;
    let hash = payload_hash(&payload)?;
    let onboarding = Onboarding {
        id: OnboardingId(fresh.random.id()),
        purpose: DraftPurpose::EditCustomer { customer_id: known.customer.id },
        customer_id: known.customer.id,
        reseller_id: known.customer.reseller_id,
        reseller_of_record: known.subscription.reseller_of_record,
        content: DraftContent::default(),
        hash: hash.clone(),
        submitted_at: now,
    };
    tx.insert_onboarding(&onboarding)?;
    let operation = Operation {
        id: OperationId(fresh.random.id()),
        onboarding_id: onboarding.id,
        customer_id: known.customer.id,
        sequence: tx.operations().next_sequence()?.saturating_add(place),
        revision: 1,
        state: OperationState::Queued,
        parents,
        payload,
        payload_hash: hash,
        request_key: RequestKey(fresh.random.request_id()),
        prefix_index: 0,
        wire_tries: 0,
        ever_unknown: false,
        not_before: None,
        hold: None,
        hold_since: None,
        attention: None,
        result: OperationResult::default(),
        approved_at: now,
        partner_tenant: crate::wizard::partner_tenant(tx)?,
        updated_at: now,
    };
    tx.insert_operation(&operation)?;
    tx.append_event(&Event {
        operation_id: operation.id,
        at: now,
        kind: EventKind::Submitted,
        state: operation.state,
        status: 0,
        code: 0,
        correlation_id: None,
        reason: String::new(),
    })?;
    for topic in [Topic::Customers, Topic::Subscriptions, Topic::Outbox, Topic::Connection] {
        tx.touch(topic);
    }
    Ok(operation.id)
}
