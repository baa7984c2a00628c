//! Reading from Partner Center what the book starts with: resellers, customers, their subscriptions, catalogues.

use crate::error::{AppError, AppResult};
use crate::host::Host;
use crate::{Inner, OpenBook};
use cb_domain::catalogue::Offer;
use cb_domain::customer::Customer;
use cb_domain::ids::{CustomerId, TenantId};
use cb_domain::operation::{OperationKind, OperationState};
use cb_domain::profile::KnownProfile;
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_domain::subscription::Subscription;
use cb_domain::topic::Topic;
use cb_store::{Book, StoreError, Tx};
use cb_sync::remote::{Answer, Call, FoundCustomer, Outcome, Remote, RemoteProfile, RequestIds};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// A profile read less than this ago is not read again.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// Why nothing could be read. Nothing of it is kept: the next pull starts anew.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub(crate) enum PullError {
    /// No answer, or a refusal.
    #[error("Partner Center gave no answer to read from")]
    NoAnswer,
    /// An answer to something else.
    #[error("Partner Center answered something else than was asked")]
    OtherAnswer,
}

impl From<PullError> for AppError {
    fn from(error: PullError) -> Self {
        Self::Sandbox(Box::new(error))
    }
}

/// A customer as Partner Center lists it, with its subscriptions.
pub(crate) struct PulledCustomer {
    pub(crate) found: FoundCustomer,
    pub(crate) subscriptions: Vec<Subscription>,
}

/// One request, and the answer that it needs.
async fn ask(host: &Host, remote: &dyn Remote, call: Call) -> Result<Answer, PullError> {
    let ids =
        RequestIds { request_key: host.random.request_id().into(), correlation_id: host.random.request_id().into() };
    match remote.send(&call, ids).await {
        Outcome::Done { answer, .. } => Ok(answer),
        Outcome::NotSent
        | Outcome::Unknown
        | Outcome::Throttled { .. }
        | Outcome::SignIn
        | Outcome::MfaNeeded
        | Outcome::Refused { .. } => Err(PullError::NoAnswer),
    }
}

/// All partnerships, each active one with its fitness to order.
pub(crate) async fn resellers(host: &Host, remote: &dyn Remote) -> Result<Vec<Reseller>, PullError> {
    let Answer::Resellers(mut resellers) = ask(host, remote, Call::ListResellers).await? else {
        return Err(PullError::OtherAnswer);
    };
    for reseller in resellers.iter_mut().filter(|r| r.partnership == PartnershipState::Active) {
        reseller.fitness = fitness(host, remote, reseller).await;
        reseller.fitness_checked_at = (reseller.fitness != Fitness::Unknown).then(|| host.clock.now());
    }
    Ok(resellers)
}

/// Not known is an answer too: a check that failed must not keep the reseller out of the book.
async fn fitness(host: &Host, remote: &dyn Remote, reseller: &Reseller) -> Fitness {
    let (Some(tenant), Some(partner_id)) = (reseller.tenant_id, reseller.partner_id.clone()) else {
        return Fitness::Unknown;
    };
    match ask(host, remote, Call::CheckReseller { tenant, partner_id }).await {
        Ok(Answer::ResellerFitness(fitness)) => fitness,
        Ok(_) | Err(_) => Fitness::Unknown,
    }
}

/// All customers with their subscriptions.
pub(crate) async fn customers(host: &Host, remote: &dyn Remote) -> Result<Vec<PulledCustomer>, PullError> {
    let Answer::Customers(found) = ask(host, remote, Call::ListCustomers).await? else {
        return Err(PullError::OtherAnswer);
    };
    let mut pulled = Vec::with_capacity(found.len());
    for found in found {
        let subscriptions = subscriptions(host, remote, found.tenant).await?;
        pulled.push(PulledCustomer { found, subscriptions });
    }
    Ok(pulled)
}

async fn subscriptions(host: &Host, remote: &dyn Remote, tenant: TenantId) -> Result<Vec<Subscription>, PullError> {
    let Answer::Subscriptions(found) = ask(host, remote, Call::ListSubscriptions { tenant }).await? else {
        return Err(PullError::OtherAnswer);
    };
    Ok(found)
}

/// The catalogue of a country, into the book.
pub(crate) async fn catalogue(
    host: &Host,
    book: &Book,
    remote: &dyn Remote,
    country: &str,
) -> AppResult<BTreeSet<Topic>> {
    let Answer::Catalogue(offers) = ask(host, remote, Call::Catalogue { country: country.to_owned() }).await? else {
        return Err(PullError::OtherAnswer.into());
    };
    let mut segments: BTreeMap<String, Vec<Offer>> = BTreeMap::new();
    for offer in offers {
        segments.entry(offer.segment.clone()).or_default().push(offer);
    }
    let country = country.to_owned();
    let written = book
        .write(move |tx| {
            for (segment, offers) in &segments {
                tx.replace_offers(&country, segment, offers)?;
            }
            Ok(())
        })
        .await?;
    Ok(written.topics)
}

/// What Partner Center says of a customer becomes what the book knows: the profile, and the customer's own row. What is
/// wanted stays where it is, in the operation.
pub(crate) fn put_profile(
    tx: &Tx,
    mut customer: Customer,
    theirs: &RemoteProfile,
    now: Timestamp,
) -> Result<(), StoreError> {
    let profile = &theirs.profile;
    let known =
        KnownProfile { id: theirs.id.clone(), etag: theirs.etag.clone(), read_at: now, profile: profile.clone() };
    tx.put_profile(customer.id, &known)?;
    let contact = format!("{} {}", profile.first_name, profile.last_name).trim().to_owned();
    for (value, place) in [
        (profile.company_name.clone(), &mut customer.name),
        (profile.city.clone(), &mut customer.town),
        (profile.email.clone(), &mut customer.contact_email),
        (contact, &mut customer.contact_name),
    ] {
        // What it does not say is not known better here.
        if !value.is_empty() {
            *place = value;
        }
    }
    tx.put_customer(&customer)
}

/// Reads name, contact and address of a customer without holding anybody up. While a change of them waits, it is the
/// change that reads, so that what was read and what was wanted are compared in one place.
pub(crate) fn profile_in_background(inner: &Arc<Inner>, open: &Arc<OpenBook>, id: CustomerId) {
    let (inner, open) = (inner.clone(), open.clone());
    tokio::spawn(async move {
        match profile(&inner.host, &open, id).await {
            Ok(topics) => inner.host.notifier.data_changed(&topics),
            Err(error) => tracing::info!(%error, "a customer's profile was not read"),
        }
    });
}

async fn profile(host: &Host, open: &OpenBook, id: CustomerId) -> AppResult<BTreeSet<Topic>> {
    let now = host.clock.now();
    let tenant = open
        .book
        .read(move |db| {
            let is_fresh = db.profiles().get(id)?.is_some_and(|known| now.duration_since(known.read_at) < FRESH);
            let waits = db.operations().of_customer(id)?.iter().any(|one| {
                one.payload.kind() == OperationKind::UpdateCustomerProfile
                    && !matches!(one.state, OperationState::Confirmed | OperationState::Cancelled)
            });
            let tenant = db.customers().get(id)?.and_then(|customer| customer.tenant_id);
            Ok(tenant.filter(|_| !is_fresh && !waits))
        })
        .await?;
    let Some(tenant) = tenant else { return Ok(BTreeSet::new()) };
    let Answer::Profile(theirs) = ask(host, open.remote.as_ref(), Call::ReadProfile { tenant }).await? else {
        return Err(PullError::OtherAnswer.into());
    };
    let written = open
        .book
        .write(move |tx| match tx.customers().get(id)? {
            Some(customer) => put_profile(tx, customer, &theirs, now),
            None => Ok(()),
        })
        .await?;
    Ok(written.topics)
}

/// Countries whose catalogue is being fetched, so that a screen that asks twice makes one request.
#[derive(Debug, Default)]
pub(crate) struct UnderWay {
    countries: Mutex<BTreeSet<String>>,
}

impl UnderWay {
    fn begin(&self, country: &str) -> bool {
        self.countries.lock().unwrap_or_else(PoisonError::into_inner).insert(country.to_owned())
    }

    fn end(&self, country: &str) {
        self.countries.lock().unwrap_or_else(PoisonError::into_inner).remove(country);
    }
}

/// Fetches catalogues one after another without holding anybody up; what fails is asked again when it is next needed.
pub(crate) fn catalogues_in_background(inner: &Arc<Inner>, open: &Arc<OpenBook>, countries: Vec<String>) {
    let mine: Vec<String> = countries.into_iter().filter(|country| inner.pulling.begin(country)).collect();
    if mine.is_empty() {
        return;
    }
    let (inner, open) = (inner.clone(), open.clone());
    tokio::spawn(async move {
        for country in mine {
            match catalogue(&inner.host, &open.book, open.remote.as_ref(), &country).await {
                Ok(topics) => inner.host.notifier.data_changed(&topics),
                Err(error) => tracing::info!(%error, "a catalogue was not fetched"),
            }
            inner.pulling.end(&country);
        }
    });
}
