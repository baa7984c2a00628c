//! Recognises a customer who accepted an invitation: it appears in Partner Center's list, and nobody announces it.

use crate::error::AppResult;
use crate::host::Host;
use crate::{OpenBook, reseller};
use cb_domain::journal::JournalActor;
use cb_domain::connect::{CustomerInvitation, InvitationState, answered};
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::topic::Topic;
use cb_store::{StoreError, Tx};
use cb_sync::remote::{Answer, Call, FoundCustomer};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Asks only while somebody is invited.
///
/// # Errors
/// The store's.
pub(crate) async fn recognise(host: &Host, open: &OpenBook) -> AppResult<BTreeSet<Topic>> {
    let waiting = open.book.read(|db| db.customer_invitations().open()).await?;
    if !waiting.iter().any(|one| one.state == InvitationState::Requested) {
        return Ok(BTreeSet::new());
    }
    let Some(Answer::Customers(found)) = reseller::ask(host, open, Call::ListCustomers).await else {
        return Ok(BTreeSet::new());
    };
    let now = host.clock.now();
    let fresh: Vec<uuid::Uuid> = found.iter().map(|_| host.random.id()).collect();
    Ok(open.book.acting(JournalActor::PartnerCenter).write(move |tx| apply(tx, &found, &fresh, now)).await?.topics)
}

fn apply(tx: &Tx, found: &[FoundCustomer], fresh: &[uuid::Uuid], now: Timestamp) -> Result<(), StoreError> {
    for (one, id) in found.iter().zip(fresh) {
        let waiting = tx.customer_invitations().open()?;
        let Some(invitation) = answered(&waiting, &one.domain_prefix, &one.company_name) else { continue };
        let known = tx.customers().by_tenant(one.tenant)?;
        let since = invitation.requested_at.unwrap_or(now);
        let customer = match known {
            // It was there before anybody was invited: somebody else of the same name.
            Some(known) if known.created_at < since => continue,
            Some(known) => known,
            None => new(tx, one, invitation, (*id).into(), now)?,
        };
        tx.put_customer_invitation(&CustomerInvitation {
            state: InvitationState::Connected,
            closed_at: Some(now),
            customer_id: Some(customer.id),
            ..invitation.clone()
        })?;
        tx.touch(Topic::Customers);
    }
    Ok(())
}

fn new(
    tx: &Tx,
    found: &FoundCustomer,
    invitation: &CustomerInvitation,
    id: cb_domain::ids::CustomerId,
    now: Timestamp,
) -> Result<Customer, StoreError> {
    let listed_under = match found.reseller_tenant {
        Some(tenant) => tx.resellers().by_tenant(tenant)?.map(|reseller| reseller.id),
        None => None,
    };
    let customer = Customer {
        id,
        tenant_id: Some(found.tenant),
        name: found.company_name.clone(),
        alias: String::new(),
        domain_prefix: found.domain_prefix.clone(),
        country: invitation.country.clone(),
        town: String::new(),
        contact_name: invitation.contact_name.clone(),
        contact_email: invitation.email.clone(),
        registration_number: String::new(),
        reseller_id: listed_under,
        review: AccountReview::Unknown,
        agreement: AgreementState::Open,
        created_at: now,
        confirmed_at: Some(now),
    };
    tx.put_customer(&customer)?;
    Ok(customer)
}
