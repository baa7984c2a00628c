//! What a sync writes, in short transactions. What the outbox is about to make itself is left alone: it is the
//! operation that takes over what Partner Center answers, or there would be two rows of one thing.

use crate::pull::put_profile;
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::ids::{CustomerId, TenantId};
use cb_domain::operation::{OperationPayload, OperationState};
use cb_domain::subscription::Subscription;
use cb_domain::topic::Topic;
use cb_store::{StoreError, Tx};
use cb_sync::remote::{Answer, FoundCustomer, RemoteProfile};
use jiff::Timestamp;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Takes over listed customers. `fresh` has an id for each that may be new.
pub(super) fn customers(
    tx: &Tx,
    found: &[FoundCustomer],
    fresh: &[Uuid],
    of: Option<TenantId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let being_made = prefixes_being_made(tx)?;
    for (one, id) in found.iter().zip(fresh) {
        let listed_under = match of.or(one.reseller_tenant) {
            Some(tenant) => tx.resellers().by_tenant(tenant)?.map(|reseller| reseller.id),
            None => None,
        };
        match tx.customers().by_tenant(one.tenant)? {
            Some(known) => {
                let mut next = known.clone();
                if !one.company_name.is_empty() {
                    next.name.clone_from(&one.company_name);
                }
                if !one.domain_prefix.is_empty() {
                    next.domain_prefix.clone_from(&one.domain_prefix);
                }
                next.reseller_id = listed_under.or(next.reseller_id);
                if next != known {
                    tx.put_customer(&Customer { confirmed_at: Some(now), ..next })?;
                }
            }
            None if being_made.contains(&one.domain_prefix.to_lowercase()) => {}
            None => tx.put_customer(&Customer {
                id: (*id).into(),
                tenant_id: Some(one.tenant),
                name: one.company_name.clone(),
                alias: String::new(),
                domain_prefix: one.domain_prefix.clone(),
                country: String::new(),
                town: String::new(),
                contact_name: String::new(),
                contact_email: String::new(),
                registration_number: String::new(),
                reseller_id: listed_under,
                review: AccountReview::Unknown,
                agreement: AgreementState::Open,
                created_at: now,
                confirmed_at: Some(now),
            })?,
        }
    }
    Ok(())
}

/// Domain prefixes that an operation of the outbox makes or may have made.
fn prefixes_being_made(tx: &Tx) -> Result<BTreeSet<String>, StoreError> {
    let mut prefixes = BTreeSet::new();
    for operation in tx.operations().open()? {
        if let OperationPayload::CreateCustomer(payload) = &operation.payload {
            prefixes.extend(payload.prefixes.iter().map(|prefix| prefix.to_lowercase()));
        }
    }
    Ok(prefixes)
}

/// Operations of this customer are open: it is they that compare what was read with what is wanted.
pub(super) fn is_busy(tx: &Tx, id: CustomerId) -> Result<bool, StoreError> {
    let all = tx.operations().of_customer(id)?;
    Ok(all.iter().any(|one| !matches!(one.state, OperationState::Confirmed | OperationState::Cancelled)))
}

/// Where an agreement stands; `None` when none is accepted, or the answer is none of that.
pub(super) fn agreement(answer: &Answer) -> Option<AgreementState> {
    let Answer::Agreement { attested, signed_by_customer } = answer else { return None };
    if *signed_by_customer {
        Some(AgreementState::SignedByCustomer)
    } else {
        attested.then_some(AgreementState::Attested)
    }
}

/// Takes over name, contact and address, and the country, which no list has.
pub(super) fn profile(
    tx: &Tx,
    mut customer: Customer,
    theirs: &RemoteProfile,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !theirs.profile.country.is_empty() {
        customer.country = theirs.profile.country.to_uppercase();
    }
    put_profile(tx, customer, theirs, now)
}

/// What was read of one customer.
pub(super) struct Details {
    pub(super) profile: Option<Box<RemoteProfile>>,
    pub(super) subscriptions: Vec<Subscription>,
    pub(super) agreement: Option<AgreementState>,
}

/// Takes over what was read of one customer. While operations of it are open, it is left for later.
pub(super) fn details(
    tx: &Tx,
    id: CustomerId,
    details: Details,
    fresh: &[Uuid],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(mut customer) = tx.customers().get(id)? else { return Ok(true) };
    if is_busy(tx, id)? {
        return Ok(false);
    }
    let buys = !details.subscriptions.is_empty();
    if let Some(first) = details.subscriptions.iter().map(|one| one.created_at).min() {
        customer.created_at = customer.created_at.min(first);
    }
    if buys && customer.review == AccountReview::Unknown {
        // Nobody under review or refused can buy.
        customer.review = AccountReview::Allowed;
    }
    match details.agreement {
        Some(agreement) => customer.agreement = agreement,
        // Without an accepted agreement nothing could have been bought.
        None if buys && customer.agreement == AgreementState::Open => customer.agreement = AgreementState::Attested,
        None => {}
    }
    customer.confirmed_at = Some(now);
    match &details.profile {
        Some(theirs) => profile(tx, customer, theirs, now)?,
        None => tx.put_customer(&customer)?,
    }
    for (one, fresh) in details.subscriptions.into_iter().zip(fresh) {
        let known = match &one.remote_id {
            Some(remote) => tx.subscriptions().by_remote_id(remote)?,
            None => None,
        };
        let next = match known {
            Some(known) => Subscription {
                id: known.id,
                customer_id: known.customer_id,
                operation_id: known.operation_id,
                reseller_of_record: one.reseller_of_record.or(known.reseller_of_record),
                created_at: known.created_at,
                unit_price: one.unit_price.clone().or_else(|| known.unit_price.clone()),
                confirmed_at: Some(now),
                ..one
            },
            None => Subscription { id: (*fresh).into(), customer_id: id, confirmed_at: Some(now), ..one },
        };
        tx.put_subscription(&next)?;
    }
    tx.note_customer_read(id, now)?;
    tx.touch(Topic::Subscriptions);
    Ok(true)
}
