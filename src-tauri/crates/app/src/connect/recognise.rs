//! Recognises a customer who accepted an invitation: it appears in Partner Center's list, and nobody announces it.

use crate::error::AppResult;
use crate::host::Host;
use crate::{OpenBook, pull, reseller};
use cb_domain::connect::{CustomerInvitation, InvitationState, answered};
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::ids::{CustomerId, TenantId};
use cb_domain::journal::JournalActor;
use cb_domain::subscription::Subscription;
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
    let written = open.book.acting(JournalActor::PartnerCenter).write(move |tx| apply(tx, &found, &fresh, now)).await?;
    let mut topics = written.topics;
    for (customer, tenant) in written.value {
        match whole(host, open, customer, tenant).await {
            Ok(touched) => topics.extend(touched),
            // It is in the book; what it owns comes with the next look at it.
            Err(error) => tracing::info!(%error, "a recognised customer was not read whole"),
        }
    }
    Ok(topics)
}

/// What a customer who was just recognised owns, and its contact and address: it is not shown as an empty shell.
async fn whole(host: &Host, open: &OpenBook, id: CustomerId, tenant: TenantId) -> AppResult<BTreeSet<Topic>> {
    let subscriptions = pull::subscriptions(host, open.remote.as_ref(), tenant).await?;
    let profile = pull::profile_of(host, open.remote.as_ref(), tenant).await?;
    let now = host.clock.now();
    let fresh: Vec<uuid::Uuid> = subscriptions.iter().map(|_| host.random.id()).collect();
    let written = open
        .book
        .acting(JournalActor::PartnerCenter)
        .write(move |tx| {
            let Some(customer) = tx.customers().get(id)? else { return Ok(()) };
            pull::put_profile(tx, customer, &profile, now)?;
            for (one, fresh) in subscriptions.into_iter().zip(fresh) {
                tx.put_subscription(&Subscription {
                    id: fresh.into(),
                    customer_id: id,
                    confirmed_at: Some(now),
                    cancellable_until: one.cancellable_until.filter(|until| *until > now),
                    ..one
                })?;
            }
            Ok(())
        })
        .await?;
    Ok(written.topics)
}

/// Gives those that are new to the book.
fn apply(
    tx: &Tx,
    found: &[FoundCustomer],
    fresh: &[uuid::Uuid],
    now: Timestamp,
) -> Result<Vec<(CustomerId, TenantId)>, StoreError> {
    let mut recognised = Vec::new();
    for (one, id) in found.iter().zip(fresh) {
        let waiting = tx.customer_invitations().open()?;
        let Some(invitation) = answered(&waiting, &one.domain_prefix, &one.company_name) else { continue };
        let known = tx.customers().by_tenant(one.tenant)?;
        let since = invitation.requested_at.unwrap_or(now);
        let customer = match known {
            // It was there before anybody was invited: somebody else of the same name.
            Some(known) if known.created_at < since => continue,
            Some(known) => known,
            None => {
                recognised.push(((*id).into(), one.tenant));
                new(tx, one, invitation, (*id).into(), now)?
            }
        };
        tx.put_customer_invitation(&CustomerInvitation {
            state: InvitationState::Connected,
            closed_at: Some(now),
            customer_id: Some(customer.id),
            ..invitation.clone()
        })?;
        tx.touch(Topic::Customers);
    }
    Ok(recognised)
}

fn new(
    tx: &Tx,
    found: &FoundCustomer,
    invitation: &CustomerInvitation,
    id: CustomerId,
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
