//! The batch check: what only Partner Center can say of everything that is not sent yet, asked in one go in the
//! background. Answers are kept beside what was asked, so that what was put right since is never called wrong.

use super::release::{held, stand_of};
use crate::error::{AppError, AppResult};
use crate::lists::online::{AddressSaid, keep_fitness};
use crate::views::SessionCheck;
use crate::{App, Inner, OpenBook};
use cb_domain::ids::{ResellerId, SessionId};
use cb_domain::operation::{CreateCustomer, Operation, OperationPayload};
use cb_domain::topic::Topic;
use cb_store::{Db, StoreError};
use cb_sync::remote::{Answer, Call, Outcome, RequestIds};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Answers so far, of one session. They live as long as the book is open.
#[derive(Debug, Default)]
pub(crate) struct Checks(Mutex<Known>);

/// What is known.
#[derive(Debug, Default, Clone)]
pub(super) struct Known {
    session: Option<SessionId>,
    running: bool,
    done: u32,
    total: u32,
    unanswered: u32,
    at: Option<Timestamp>,
    stand: String,
    /// Whether a prefix is free.
    pub(super) domains: HashMap<String, (bool, Timestamp)>,
    /// What was said of the address in the payload with this hash.
    pub(super) addresses: HashMap<String, (AddressSaid, Timestamp)>,
}

impl Checks {
    fn lock(&self) -> MutexGuard<'_, Known> {
        // A poisoned lock holds answers at worst a question old; there is nothing to repair.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of this session.
    pub(super) fn of(&self, session: SessionId) -> Known {
        let known = self.lock();
        if known.session == Some(session) { known.clone() } else { Known::default() }
    }

    fn begin(&self, session: SessionId, total: u32, stand: String) -> bool {
        let mut known = self.lock();
        if known.running {
            return false;
        }
        *known = Known { session: Some(session), running: true, total, stand, ..Known::default() };
        true
    }

    fn change(&self, change: impl FnOnce(&mut Known)) {
        change(&mut self.lock());
    }
}

/// What there is to ask.
#[derive(Debug, Default)]
pub(super) struct Questions {
    /// Prefixes of each new customer, the wanted one first.
    domains: Vec<Vec<String>>,
    /// Payloads by their hash.
    addresses: BTreeMap<String, Box<CreateCustomer>>,
    resellers: Vec<(ResellerId, Call)>,
    countries: BTreeSet<String>,
}

impl Questions {
    /// Of everything that waits for the release.
    pub(super) fn of(db: &Db, held: &[Operation]) -> Result<Self, StoreError> {
        let mut questions = Self::default();
        let mut resellers: BTreeMap<String, (ResellerId, Call)> = BTreeMap::new();
        for operation in held {
            let named = match &operation.payload {
                OperationPayload::CreateCustomer(payload) => {
                    questions.domains.push(payload.prefixes.clone());
                    questions.addresses.insert(operation.payload_hash.clone(), payload.clone());
                    db.resellers().by_tenant(payload.reseller_tenant)?
                }
                OperationPayload::CreateCart(payload) => {
                    if let Some(customer) = db.customers().get(operation.customer_id)? {
                        questions.countries.insert(customer.country);
                    }
                    match &payload.reseller_partner_id {
                        Some(partner_id) => db.resellers().by_partner_id(partner_id)?,
                        None => None,
                    }
                }
                OperationPayload::ConfirmAgreement(_)
                | OperationPayload::CheckoutCart
                | OperationPayload::VerifyOrder
                | OperationPayload::UpdateCustomerProfile(_)
                | OperationPayload::SetResellerOfRecord(_)
                | OperationPayload::ChangeSubscription(_)
                | OperationPayload::UpgradeSubscription(_)
                | OperationPayload::SetSupportContact(_) => None,
            };
            let Some(reseller) = named else { continue };
            if let (Some(tenant), Some(partner_id)) = (reseller.tenant_id, reseller.partner_id.clone()) {
                let call = Call::CheckReseller { tenant, partner_id };
                resellers.insert(reseller.id.to_string(), (reseller.id, call));
            }
        }
        questions.resellers = resellers.into_values().collect();
        Ok(questions)
    }

    fn total(&self) -> u32 {
        super::count(self.domains.len() + self.addresses.len() + self.resellers.len() + self.countries.len())
    }

    /// How the check stands, and what the next one would ask.
    pub(super) fn view(&self, known: &Known, stand: &str) -> SessionCheck {
        SessionCheck {
            running: known.running,
            done: known.done,
            total: if known.running { known.total } else { self.total() },
            unanswered: known.unanswered,
            at: known.at.map(|at| at.to_string()),
            outdated: known.at.is_some() && known.stand != stand,
            domains: super::count(self.domains.len()),
            addresses: super::count(self.addresses.len()),
            resellers: super::count(self.resellers.len()),
            countries: super::count(self.countries.len()),
        }
    }
}

impl App {
    /// Checks everything that waits for the release of a session. Answers at once; how far it is comes as the topic
    /// `sessions`.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn check_session(&self, id: String) -> AppResult<()> {
        let id: SessionId = id.parse()?;
        let open = self.open_book().await?;
        let (questions, stand) = open
            .book
            .read(move |db| {
                if db.sessions().get(id)?.is_none() {
                    return Ok(None);
                }
                let held = held(db, id)?;
                Ok(Some((Questions::of(db, &held)?, stand_of(&held))))
            })
            .await?
            .ok_or(AppError::NotFound)?;
        if !open.checks.begin(id, questions.total(), stand) {
            return Ok(());
        }
        self.publish(&BTreeSet::from([Topic::Sessions]));
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            ask_all(&inner, &open, questions).await;
            let now = inner.host.clock.now();
            open.checks.change(|known| {
                known.running = false;
                known.at = Some(now);
            });
            inner.host.notifier.data_changed(&BTreeSet::from([Topic::Sessions]));
        });
        Ok(())
    }
}

async fn ask_all(inner: &Arc<Inner>, open: &OpenBook, questions: Questions) {
    for prefixes in questions.domains {
        let mut answered = true;
        for prefix in prefixes {
            let Some(Answer::DomainFree(free)) = ask(inner, open, Call::CheckDomain { prefix: prefix.clone() }).await
            else {
                answered = false;
                break;
            };
            let at = inner.host.clock.now();
            open.checks.change(|known| {
                known.domains.insert(prefix, (free, at));
            });
            if free {
                break;
            }
        }
        step(inner, open, answered);
    }
    for (hash, payload) in questions.addresses {
        let answer = ask(inner, open, Call::CheckAddress { payload }).await;
        let at = inner.host.clock.now();
        let answered = match answer {
            Some(Answer::Address { accepted, suggestion }) => {
                let said = AddressSaid { accepted, suggestion };
                open.checks.change(|known| {
                    known.addresses.insert(hash, (said, at));
                });
                true
            }
            Some(_) | None => false,
        };
        step(inner, open, answered);
    }
    for (reseller, call) in questions.resellers {
        let answered = match ask(inner, open, call).await {
            Some(Answer::ResellerFitness(fitness)) => {
                keep_fitness(inner, open, reseller, fitness, inner.host.clock.now()).await;
                true
            }
            Some(_) | None => false,
        };
        step(inner, open, answered);
    }
    for country in questions.countries {
        // Prices and what is on sale go into the book: the form that puts something right shows the same.
        let fetched = crate::pull::catalogue_as_spoken(&inner.host, open, &country).await;
        if let Ok(topics) = &fetched {
            inner.host.notifier.data_changed(topics);
        }
        step(inner, open, fetched.is_ok());
    }
}

/// One question is done.
fn step(inner: &Inner, open: &OpenBook, answered: bool) {
    open.checks.change(|known| {
        known.done = known.done.saturating_add(1);
        known.unanswered = known.unanswered.saturating_add(u32::from(!answered));
    });
    inner.host.notifier.data_changed(&BTreeSet::from([Topic::Sessions]));
}

async fn ask(inner: &Inner, open: &OpenBook, call: Call) -> Option<Answer> {
    let random = &inner.host.random;
    let ids = RequestIds { request_key: random.request_id().into(), correlation_id: random.request_id().into() };
    match open.remote.send(&call, ids).await {
        Outcome::Done { answer, .. } => Some(answer),
        Outcome::NotSent
        | Outcome::Unknown
        | Outcome::Throttled { .. }
        | Outcome::SignIn
        | Outcome::MfaNeeded
        | Outcome::Refused { .. } => None,
    }
}
