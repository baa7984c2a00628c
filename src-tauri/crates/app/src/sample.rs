//! Fills a new practice book: what the practice Partner Center knows is pulled from it as from the real one, and what
//! only a book knows (people, towns, partnerships that are not) comes from the sample.

pub(crate) mod invent;
mod words;

use crate::error::{AppError, AppResult};
use crate::host::Host;
use crate::lists::AS_OF;
use crate::pull::{self, PulledCustomer};
use cb_domain::catalogue::CommerceKind;
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::ids::{ResellerId, TenantId};
use cb_domain::journal::{JournalDraft, JournalKind};
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_sandbox::sample::{SampleCustomer, SampleReseller};
use cb_store::Book;
use cb_sync::remote::{Remote, RemoteProfile};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::collections::HashMap;
use std::sync::Arc;

/// The sample provider sits in Germany. Its own catalogue is there at once, the others follow in the background.
pub(crate) const PROVIDER_COUNTRY: &str = "DE";

/// Everything that a new practice book holds besides the catalogue.
struct Sample {
    resellers: Vec<Reseller>,
    customers: Vec<Whole>,
}

/// A customer with all that the book keeps of it: an address that is missing would have to be read before it is edited.
struct Whole {
    customer: Customer,
    subscriptions: Vec<Subscription>,
    profile: Box<RemoteProfile>,
}

/// Fills the book of a new practice workspace.
///
/// # Errors
/// `Sandbox` when the practice Partner Center did not answer, or the store's.
pub(crate) async fn fill_practice_book(host: &Host, book: &Book, remote: &dyn Remote, today: Date) -> AppResult<()> {
    let resellers = pull::resellers(host, remote).await?;
    let customers = pull::customers(host, remote).await?;
    let people = cb_sandbox::sample::book_only();
    let details = cb_sandbox::sample::customers().map_err(unreadable)?;
    let now = host.clock.now();
    let mut sample = Sample { resellers: book_resellers(host, resellers, people, today), customers: Vec::new() };
    sample.customers = book_customers(host, customers, details, &sample.resellers, now);
    note_activity(&mut sample);
    let clock = Arc::clone(&host.clock);
    let book = book.written_by(&host.person, Arc::new(move || clock.now()));
    book.write(move |tx| {
        // The journal tells of the sample once, not of each of its rows.
        tx.quietly(|tx| {
            for reseller in &sample.resellers {
                tx.put_reseller(reseller)?;
            }
            for Whole { customer, subscriptions, profile } in &sample.customers {
                tx.put_customer(customer)?;
                pull::put_profile(tx, customer.clone(), profile, now)?;
                for subscription in subscriptions {
                    tx.put_subscription(subscription)?;
                }
            }
            Ok(())
        })?;
        tx.tell(&JournalDraft::new(JournalKind::SampleLoaded))?;
        tx.set_setting(crate::wizard::PARTNER_DOMAINS, cb_sandbox::sample::PROVIDER_DOMAIN)?;
        tx.set_setting(AS_OF, &now.to_string())
    })
    .await?;
    pull::catalogue(host, &book, remote, PROVIDER_COUNTRY).await?;
    Ok(())
}

fn unreadable(error: cb_sandbox::SandboxError) -> AppError {
    AppError::Sandbox(Box::new(error))
}

/// Active partnerships as pulled, with the people that the sample knows; then those that exist in the book only.
fn book_resellers(host: &Host, pulled: Vec<Reseller>, people: Vec<SampleReseller>, today: Date) -> Vec<Reseller> {
    let mut by_partner_id: HashMap<String, Reseller> =
        pulled.into_iter().filter_map(|r| Some((r.partner_id.clone()?, r))).collect();
    let mut resellers = Vec::with_capacity(people.len());
    for person in people {
        let known = person.mpn_id.as_ref().and_then(|id| by_partner_id.remove(id));
        resellers.push(with_people(host, known, person, today));
    }
    // A partnership that the sample has no people for is kept all the same.
    resellers.extend(by_partner_id.into_values().map(|r| Reseller { id: host.random.id().into(), ..r }));
    resellers
}

fn with_people(host: &Host, known: Option<Reseller>, person: SampleReseller, today: Date) -> Reseller {
    let since = today.saturating_sub(i64::from(person.since_days).days());
    let since = since.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
    let partnership = known.as_ref().map_or(only_in_book(person.state), |r| r.partnership);
    Reseller {
        id: host.random.id().into(),
        tenant_id: known.as_ref().and_then(|r| r.tenant_id),
        fitness: known.as_ref().map_or(Fitness::Unknown, |r| r.fitness),
        fitness_checked_at: known.and_then(|r| r.fitness_checked_at),
        name: person.name,
        partner_id: person.mpn_id,
        country: person.country,
        partnership,
        partnership_since: since,
        contact_name: person.contact_name,
        contact_role: person.contact_role,
        contact_email: person.contact_email,
        contact_phone: person.contact_phone,
        town: person.town,
        last_activity_at: since,
    }
}

/// State of a partnership that Partner Center does not list. *Active* would need to be listed.
fn only_in_book(state: &str) -> PartnershipState {
    match state {
        "requested" => PartnershipState::Requested,
        "declined" => PartnershipState::Declined,
        "ended" => PartnershipState::Ended,
        _ => PartnershipState::Draft,
    }
}

fn book_customers(
    host: &Host,
    pulled: Vec<PulledCustomer>,
    details: Vec<SampleCustomer>,
    resellers: &[Reseller],
    now: Timestamp,
) -> Vec<Whole> {
    let by_tenant: HashMap<TenantId, ResellerId> =
        resellers.iter().filter_map(|r| Some((r.tenant_id?, r.id))).collect();
    let mut by_prefix: HashMap<String, SampleCustomer> = details.into_iter().map(|d| (d.prefix.clone(), d)).collect();
    pulled
        .into_iter()
        .map(|pulled| {
            let detail = by_prefix.remove(&pulled.found.domain_prefix);
            let reseller_id = pulled.found.reseller_tenant.and_then(|tenant| by_tenant.get(&tenant).copied());
            let customer = book_customer(host, &pulled, detail, reseller_id, now);
            let subscriptions =
                pulled.subscriptions.into_iter().map(|s| book_subscription(host, s, &customer, now)).collect();
            Whole { customer, subscriptions, profile: pulled.profile }
        })
        .collect()
}

fn book_customer(
    host: &Host,
    pulled: &PulledCustomer,
    detail: Option<SampleCustomer>,
    reseller_id: Option<ResellerId>,
    now: Timestamp,
) -> Customer {
    let mut customer = Customer {
        id: host.random.id().into(),
        tenant_id: Some(pulled.found.tenant),
        name: pulled.found.company_name.clone(),
        alias: String::new(),
        domain_prefix: pulled.found.domain_prefix.clone(),
        country: String::new(),
        town: String::new(),
        contact_name: String::new(),
        contact_email: String::new(),
        registration_number: String::new(),
        reseller_id,
        review: AccountReview::Allowed,
        agreement: AgreementState::Attested,
        created_at: pulled.subscriptions.iter().map(|s| s.created_at).min().unwrap_or(now),
        confirmed_at: Some(now),
    };
    if let Some(detail) = detail {
        customer.country = detail.country;
        customer.town = detail.city;
        customer.contact_name = format!("{} {}", detail.first_name, detail.last_name);
        customer.contact_email = detail.email;
        customer.registration_number = detail.registration_number.unwrap_or_default();
    }
    customer
}

fn book_subscription(host: &Host, pulled: Subscription, customer: &Customer, now: Timestamp) -> Subscription {
    // In the sample the reseller earns on everything that it sells; older commerce names no reseller of record.
    let reseller_of_record = match pulled.commerce {
        CommerceKind::New => pulled.reseller_of_record.or(customer.reseller_id),
        CommerceKind::Legacy => None,
    };
    Subscription {
        id: host.random.id().into(),
        customer_id: customer.id,
        reseller_of_record,
        confirmed_at: Some(now),
        // A window that is over is no fact any more.
        cancellable_until: pulled.cancellable_until.filter(|until| *until > now),
        ..pulled
    }
}

/// A reseller was last active when its newest subscription was bought.
fn note_activity(sample: &mut Sample) {
    let mut newest: HashMap<ResellerId, Timestamp> = HashMap::new();
    for Whole { customer, subscriptions, .. } in &sample.customers {
        let Some(reseller) = customer.reseller_id else { continue };
        for subscription in subscriptions.iter().filter(|s| s.status != SubscriptionStatus::Deleted) {
            let last = newest.entry(reseller).or_insert(subscription.created_at);
            *last = (*last).max(subscription.created_at);
        }
    }
    for reseller in &mut sample.resellers {
        reseller.last_activity_at = newest.get(&reseller.id).copied().or(reseller.last_activity_at);
    }
}

#[cfg(test)]
mod tests;
