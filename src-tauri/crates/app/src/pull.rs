//! Reading from Partner Center what the book starts with: resellers, customers, their subscriptions, catalogues.

mod profile;

pub(crate) use profile::{Profiles, Reading, of as profile_of, profile_first, put_profile};

use crate::error::{AppError, AppResult};
use crate::host::Host;
use crate::views::Language;
use crate::{Inner, OpenBook};
use cb_domain::catalogue::Offer;
use cb_domain::ids::TenantId;
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_domain::subscription::Subscription;
use cb_domain::topic::Topic;
use cb_store::{Book, Db, StoreError};
use cb_sync::remote::{Answer, Call, FoundCustomer, Outcome, Remote, RemoteProfile, RequestIds};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

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

/// A customer as Partner Center lists it, with its subscriptions, and its contact and address.
pub(crate) struct PulledCustomer {
    pub(crate) found: FoundCustomer,
    pub(crate) subscriptions: Vec<Subscription>,
    pub(crate) profile: Box<RemoteProfile>,
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

/// All customers, whole: the list has neither subscriptions nor addresses.
pub(crate) async fn customers(host: &Host, remote: &dyn Remote) -> Result<Vec<PulledCustomer>, PullError> {
    let Answer::Customers(found) = ask(host, remote, Call::ListCustomers).await? else {
        return Err(PullError::OtherAnswer);
    };
    let mut pulled = Vec::with_capacity(found.len());
    for found in found {
        let subscriptions = subscriptions(host, remote, found.tenant).await?;
        let profile = profile::of(host, remote, found.tenant).await?;
        pulled.push(PulledCustomer { found, subscriptions, profile });
    }
    Ok(pulled)
}

/// The subscriptions of a customer.
pub(crate) async fn subscriptions(
    host: &Host,
    remote: &dyn Remote,
    tenant: TenantId,
) -> Result<Vec<Subscription>, PullError> {
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
    let mine: Vec<String> = countries.into_iter().filter(|country| open.pulling.begin(country)).collect();
    if mine.is_empty() {
        return;
    }
    let (inner, open) = (inner.clone(), open.clone());
    tokio::spawn(async move {
        for country in mine {
            loop {
                let spoken = open.spoken();
                fetch(&inner, &open, &country, spoken.map(|spoken| spoken.0)).await;
                open.pulling.end(&country);
                // Whoever changed the language meanwhile found this country under way, and left it to this task.
                let is_in_time = spoken == open.spoken();
                if is_in_time || !open.pulling.begin(&country) {
                    break;
                }
            }
        }
    });
}

async fn fetch(inner: &Inner, open: &OpenBook, country: &str, language: Option<Language>) {
    match asked_in(&inner.host, open, country, language).await {
        Ok(topics) => inner.host.notifier.data_changed(&topics),
        Err(error) => tracing::info!(%error, "a catalogue was not fetched"),
    }
}

/// The catalogue of a country in the language of the screens, into the open book, which notes the language. Whoever
/// changes it meanwhile gets it in the new one.
pub(crate) async fn catalogue_as_spoken(host: &Host, open: &OpenBook, country: &str) -> AppResult<BTreeSet<Topic>> {
    loop {
        let spoken = open.spoken();
        let topics = asked_in(host, open, country, spoken.map(|spoken| spoken.0)).await?;
        if spoken == open.spoken() {
            return Ok(topics);
        }
    }
}

async fn asked_in(
    host: &Host,
    open: &OpenBook,
    country: &str,
    language: Option<Language>,
) -> AppResult<BTreeSet<Topic>> {
    let topics = catalogue(host, &open.book, open.remote.as_ref(), country).await?;
    if let Some(language) = language {
        note_language(&open.book, country, language).await?;
    }
    Ok(topics)
}

impl OpenBook {
    /// Language in which Partner Center is asked now, and how often it was set: there and back again is not the same.
    pub(crate) fn spoken(&self) -> Option<(Language, u32)> {
        let practice = self.practice.as_ref().map(|day| (day.cable.language(), day.cable.turns()));
        practice.or_else(|| self.live.as_ref().map(|live| live.speech.spoken()))
    }
}

/// Countries whose catalogue is held in another language than the one in which Partner Center is asked now.
pub(crate) async fn told_otherwise(open: &OpenBook) -> AppResult<Vec<String>> {
    let Some((language, _)) = open.spoken() else { return Ok(Vec::new()) };
    let read = open.book.read(move |db| {
        let mut otherwise = Vec::new();
        for country in db.offers().countries()? {
            if told_in(db, &country)? != language {
                otherwise.push(country);
            }
        }
        Ok(otherwise)
    });
    Ok(read.await?)
}

/// Setting: language of a country's catalogue. It is called after practice books, which were the first to have it.
fn language_key(country: &str) -> String {
    format!("practice.catalogue_language.{country}")
}

/// Language in which the catalogue of a country was given; without a note it was English.
fn told_in(db: &Db, country: &str) -> Result<Language, StoreError> {
    let noted = db.settings().get(&language_key(country))?;
    Ok(if noted.as_deref() == Some(GERMAN) { Language::De } else { Language::En })
}

/// Notes it. Written after the catalogue itself: a note that is missing only makes the catalogue be read again.
pub(crate) async fn note_language(book: &Book, country: &str, language: Language) -> AppResult<()> {
    let (key, word) = (language_key(country), if language == Language::De { GERMAN } else { ENGLISH });
    book.write(move |tx| tx.set_setting(&key, word)).await?;
    Ok(())
}

const GERMAN: &str = "de";
const ENGLISH: &str = "en";
