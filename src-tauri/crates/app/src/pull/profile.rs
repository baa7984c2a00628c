//! Reading name, contact and address of a customer. A form that changes them never opens half-filled: what was never
//! read is read first, and the screen is told when that is done, or that it could not be.

use super::{PullError, ask};
use crate::error::{AppError, AppResult};
use crate::host::Host;
use crate::{Inner, OpenBook};
use cb_domain::customer::Customer;
use cb_domain::ids::{CustomerId, TenantId};
use cb_domain::journal::JournalActor;
use cb_domain::operation::{OperationKind, OperationState};
use cb_domain::profile::KnownProfile;
use cb_domain::topic::Topic;
use cb_store::{StoreError, Tx};
use cb_sync::remote::{Answer, Call, Remote, RemoteProfile};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// A profile read less than this ago is not read again.
const FRESH: SignedDuration = SignedDuration::from_secs(60);
/// After a reading that failed, screens that ask again within this time are told so and start no other.
const REST: SignedDuration = SignedDuration::from_secs(3);

/// Where the reading of a profile stands, as far as a screen that waits for it cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It is being read; the topic `customers` tells when that has ended.
    UnderWay,
    /// Nobody reads it: there is nothing to read, or no answer came.
    Not,
}

/// The profiles being read, and those that could not be. It lives as long as the book is open.
#[derive(Debug, Default)]
pub(crate) struct Profiles(Mutex<HashMap<CustomerId, State>>);

#[derive(Debug, Clone, Copy)]
enum State {
    UnderWay,
    Failed(Timestamp),
}

impl Profiles {
    /// Takes the right to read one, unless somebody has it already or has just failed.
    fn begin(&self, id: CustomerId, now: Timestamp) -> Option<Reading> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(&id) {
            Some(State::UnderWay) => return Some(Reading::UnderWay),
            Some(State::Failed(at)) if now.duration_since(*at) < REST => return Some(Reading::Not),
            Some(State::Failed(_)) | None => {}
        }
        all.insert(id, State::UnderWay);
        None
    }

    fn end(&self, id: CustomerId, failed_at: Option<Timestamp>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match failed_at {
            Some(at) => all.insert(id, State::Failed(at)),
            None => all.remove(&id),
        };
    }
}

/// Reads a profile in the background where the book has none, or only an old one, and says whether it is being read
/// now. While a change of it waits, it is the change that reads, so that what was read and what was wanted are compared
/// in one place.
///
/// # Errors
/// The store's.
pub(crate) async fn profile_first(inner: &Arc<Inner>, open: &Arc<OpenBook>, id: CustomerId) -> AppResult<Reading> {
    let now = inner.host.clock.now();
    let due = open
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
    let Some(tenant) = due else { return Ok(Reading::Not) };
    if let Some(reading) = open.profiles.begin(id, now) {
        return Ok(reading);
    }
    let (inner, open) = (Arc::clone(inner), Arc::clone(open));
    tokio::spawn(async move {
        let done = read(&inner.host, &open, id, tenant).await;
        open.profiles.end(id, done.is_err().then(|| inner.host.clock.now()));
        if let Err(error) = done {
            tracing::info!(%error, "a customer's profile was not read");
        }
        // A failure is told too: somebody may be waiting in front of an empty form.
        inner.host.notifier.data_changed(&BTreeSet::from([Topic::Customers]));
    });
    Ok(Reading::UnderWay)
}

async fn read(host: &Host, open: &OpenBook, id: CustomerId, tenant: TenantId) -> AppResult<()> {
    let theirs = of(host, open.remote.as_ref(), tenant).await?;
    let now = host.clock.now();
    open.book
        .acting(JournalActor::PartnerCenter)
        .write(move |tx| match tx.customers().get(id)? {
            Some(customer) => put_profile(tx, customer, &theirs, now),
            None => Ok(()),
        })
        .await
        .map_err(AppError::from)?;
    Ok(())
}

/// What Partner Center says of one customer.
pub(crate) async fn of(host: &Host, remote: &dyn Remote, tenant: TenantId) -> Result<Box<RemoteProfile>, PullError> {
    let Answer::Profile(theirs) = ask(host, remote, Call::ReadProfile { tenant }).await? else {
        return Err(PullError::OtherAnswer);
    };
    Ok(theirs)
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

#[cfg(test)]
mod tests {
    use super::{Profiles, REST, Reading};
    use jiff::Timestamp;

    #[test]
    fn one_reads_and_a_failure_is_not_repeated_by_the_screen_that_is_told_of_it() {
        let (profiles, now) = (Profiles::default(), Timestamp::UNIX_EPOCH);
        let id = uuid::Uuid::from_u128(1).into();
        assert_eq!(profiles.begin(id, now), None, "mine to read");
        assert_eq!(profiles.begin(id, now), Some(Reading::UnderWay));
        profiles.end(id, Some(now));
        assert_eq!(profiles.begin(id, now), Some(Reading::Not));
        assert_eq!(profiles.begin(id, now.checked_add(REST).unwrap()), None, "tried again later");
        profiles.end(id, None);
        assert_eq!(profiles.begin(id, now), None);
    }
}
