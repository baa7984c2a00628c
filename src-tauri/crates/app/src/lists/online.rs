//! What only Partner Center can check of a draft, asked in the background and remembered until the app ends.
//!
//! The command that asks returns at once. Answers are kept beside what was asked, so that an answer to something
//! that was typed over in the meantime is never shown.

use crate::error::{AppError, AppResult};
use crate::{App, Inner, OpenBook};
use cb_domain::draft::{CustomerForm, Draft};
use cb_domain::ids::{DraftId, ResellerId};
use cb_domain::operation::CreateCustomer;
use cb_domain::preflight::{AddressAnswer, OnlineAnswers};
use cb_domain::reseller::{Fitness, Reseller};
use cb_domain::topic::Topic;
use cb_sync::remote::{Answer, Call, Outcome, RequestIds};
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Answers older than this are asked again.
const FRESH: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// An answer with the moment it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding<Asked, Said> {
    /// What was asked about.
    pub(crate) asked: Asked,
    /// What came back.
    pub(crate) said: Said,
    /// When.
    pub(crate) at: Timestamp,
}

/// What Partner Center said of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AddressSaid {
    /// Accepted as it is.
    pub(crate) accepted: bool,
    /// How it would write it.
    pub(crate) suggestion: Option<String>,
}

/// What is known of a draft from Partner Center.
#[derive(Debug, Clone, Default)]
pub(crate) struct OnlineFindings {
    /// Questions are under way.
    pub(crate) asking: bool,
    domain: Option<Finding<String, bool>>,
    address: Option<Finding<Box<CreateCustomer>, AddressSaid>>,
    reseller: Option<Finding<ResellerId, Fitness>>,
}

impl OnlineFindings {
    /// Whether this prefix is free; `None` when it was not asked about.
    pub(crate) fn domain_free(&self, prefix: &str) -> Option<(bool, Timestamp)> {
        self.domain.as_ref().filter(|f| f.asked == prefix.trim()).map(|f| (f.said, f.at))
    }

    /// What was said of the address as it stands in the form now.
    pub(crate) fn address(&self, form: &CustomerForm) -> Option<(&AddressSaid, Timestamp)> {
        let asked = address_of(form)?;
        self.address.as_ref().filter(|f| f.asked == asked).map(|f| (&f.said, f.at))
    }

    /// All answers to what stands in the form now, as the rules of *Preflight* take them.
    pub(crate) fn answers(&self, form: &CustomerForm, reseller: Option<ResellerId>) -> OnlineAnswers {
        OnlineAnswers {
            asking: self.asking,
            domain_free: self.domain_free(&form.domain_prefix),
            address: self.address(form).map(|(said, at)| AddressAnswer {
                accepted: said.accepted,
                suggestion: said.suggestion.clone(),
                at,
            }),
            reseller: reseller.and_then(|reseller| self.reseller_fit(reseller)),
        }
    }

    /// Whether this reseller may be ordered for.
    pub(crate) fn reseller_fit(&self, reseller: ResellerId) -> Option<(Fitness, Timestamp)> {
        self.reseller.as_ref().filter(|f| f.asked == reseller).map(|f| (f.said, f.at))
    }
}

/// The answers of all drafts. It lives as long as the book is open.
#[derive(Debug, Default)]
pub(crate) struct OnlineCache {
    drafts: Mutex<HashMap<DraftId, OnlineFindings>>,
}

impl OnlineCache {
    fn lock(&self) -> MutexGuard<'_, HashMap<DraftId, OnlineFindings>> {
        // A poisoned cache holds answers at worst a question old; there is nothing to repair.
        self.drafts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What Partner Center has said of a draft so far, for its *Preflight*.
    pub(crate) fn get(&self, draft: DraftId) -> OnlineFindings {
        self.lock().get(&draft).cloned().unwrap_or_default()
    }

    /// Takes the right to ask for a draft; `false` while somebody else has it.
    fn begin(&self, draft: DraftId) -> bool {
        let mut drafts = self.lock();
        let findings = drafts.entry(draft).or_default();
        !std::mem::replace(&mut findings.asking, true)
    }

    fn change(&self, draft: DraftId, change: impl FnOnce(&mut OnlineFindings)) {
        change(self.lock().entry(draft).or_default());
    }
}

/// One question that is worth asking now.
#[derive(Debug)]
enum Question {
    Domain(String),
    Address(Box<CreateCustomer>),
    Reseller(ResellerId, Call),
}

impl App {
    /// Asks Partner Center in the background; the answers come as the topic `drafts`.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn check_draft_online(&self, id: String) -> AppResult<()> {
        let id: DraftId = id.parse()?;
        let open = self.open_book().await?;
        let found = open
            .book
            .read(move |db| {
                let Some(draft) = db.drafts().get(id)? else { return Ok(None) };
                let reseller = match draft.content.reseller_id {
                    Some(reseller) => db.resellers().get(reseller)?,
                    None => None,
                };
                Ok(Some((draft, reseller)))
            })
            .await?;
        let (draft, reseller) = found.ok_or(AppError::NotFound)?;
        let questions = self.questions(&open, &draft, reseller.as_ref());
        if questions.is_empty() || !open.online.begin(id) {
            return Ok(());
        }
        let inner = self.inner.clone();
        tokio::spawn(async move { ask(&inner, &open, id, questions).await });
        Ok(())
    }

    /// What is filled in well enough to ask about, and has no fresh answer.
    fn questions(&self, open: &OpenBook, draft: &Draft, reseller: Option<&Reseller>) -> Vec<Question> {
        let known = open.online.get(draft.id);
        let now = self.inner.host.clock.now();
        let fresh = |at: Option<Timestamp>| at.is_some_and(|at| now.duration_since(at) < FRESH);
        let form = &draft.content.customer;
        let mut questions = Vec::new();
        let prefix = form.domain_prefix.trim();
        if !prefix.is_empty() && !fresh(known.domain_free(prefix).map(|f| f.1)) {
            questions.push(Question::Domain(prefix.to_owned()));
        }
        if let Some(address) = address_of(form).filter(|_| !fresh(known.address(form).map(|f| f.1))) {
            questions.push(Question::Address(address));
        }
        let reseller = reseller.filter(|r| !fresh(known.reseller_fit(r.id).map(|f| f.1)));
        if let Some((id, tenant, partner_id)) = reseller.and_then(|r| Some((r.id, r.tenant_id?, r.partner_id.clone()?)))
        {
            questions.push(Question::Reseller(id, Call::CheckReseller { tenant, partner_id }));
        }
        questions
    }
}

async fn ask(inner: &Arc<Inner>, open: &OpenBook, draft: DraftId, questions: Vec<Question>) {
    let topics = BTreeSet::from([Topic::Drafts]);
    inner.host.notifier.data_changed(&topics);
    for question in questions {
        let call = match &question {
            Question::Domain(prefix) => Call::CheckDomain { prefix: prefix.clone() },
            Question::Address(payload) => Call::CheckAddress { payload: payload.clone() },
            Question::Reseller(_, call) => call.clone(),
        };
        let random = &inner.host.random;
        let ids = RequestIds { request_key: random.request_id().into(), correlation_id: random.request_id().into() };
        // No answer is no finding: the line stays *checked when sent*, and the next save may ask again.
        if let Outcome::Done { answer, .. } = open.remote.send(&call, ids).await {
            let at = inner.host.clock.now();
            if let (Question::Reseller(id, _), Answer::ResellerFitness(fitness)) = (&question, &answer) {
                keep_fitness(inner, open, *id, *fitness, at).await;
            }
            open.online.change(draft, |findings| remember(findings, question, answer, at));
        }
    }
    open.online.change(draft, |findings| findings.asking = false);
    inner.host.notifier.data_changed(&topics);
}

/// Fitness is a fact of the reseller, not of the draft: the lists show it too.
pub(crate) async fn keep_fitness(inner: &Inner, open: &OpenBook, id: ResellerId, fitness: Fitness, at: Timestamp) {
    let written = open
        .book
        .write(move |tx| {
            if let Some(reseller) = tx.resellers().get(id)? {
                tx.put_reseller(&Reseller { fitness, fitness_checked_at: Some(at), ..reseller })?;
            }
            Ok(())
        })
        .await;
    match written {
        Ok(written) => inner.host.notifier.data_changed(&written.topics),
        Err(error) => tracing::warn!(%error, "a reseller's fitness was not kept"),
    }
}

fn remember(findings: &mut OnlineFindings, question: Question, answer: Answer, at: Timestamp) {
    match question {
        Question::Domain(asked) => {
            if let Answer::DomainFree(said) = answer {
                findings.domain = Some(Finding { asked, said, at });
            }
        }
        Question::Address(asked) => {
            if let Answer::Address { accepted, suggestion } = answer {
                findings.address = Some(Finding { asked, said: AddressSaid { accepted, suggestion }, at });
            }
        }
        Question::Reseller(asked, _) => {
            if let Answer::ResellerFitness(said) = answer {
                findings.reseller = Some(Finding { asked, said, at });
            }
        }
    }
}

/// The address as it would be asked about: nothing but the address, so that a new phone number asks nothing anew.
fn address_of(form: &CustomerForm) -> Option<Box<CreateCustomer>> {
    let text = |value: &str| value.trim().to_owned();
    let some = |value: &str| Some(text(value)).filter(|v| !v.is_empty());
    if form.country.is_empty() || text(&form.address_line_1).is_empty() || text(&form.city).is_empty() {
        return None;
    }
    Some(Box::new(CreateCustomer {
        reseller_tenant: uuid::Uuid::nil().into(),
        prefixes: Vec::new(),
        company_name: String::new(),
        country: form.country.clone(),
        registration_number: None,
        address_line_1: text(&form.address_line_1),
        address_line_2: some(&form.address_line_2),
        city: text(&form.city),
        state: some(&form.state),
        postal_code: some(&form.postal_code),
        first_name: String::new(),
        last_name: String::new(),
        email: String::new(),
        phone: None,
        language: String::new(),
        culture: String::new(),
        qualification: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(city: &str) -> CustomerForm {
        CustomerForm {
            country: "DE".to_owned(),
            address_line_1: "Hafenstr. 1".to_owned(),
            city: city.to_owned(),
            ..CustomerForm::default()
        }
    }

    #[test]
    fn an_answer_to_what_was_typed_over_is_not_shown() {
        let at = Timestamp::UNIX_EPOCH;
        let mut findings = OnlineFindings::default();
        remember(&mut findings, Question::Domain("hafen".to_owned()), Answer::DomainFree(true), at);
        let address = address_of(&form("Kiel")).unwrap();
        let answer = Answer::Address { accepted: true, suggestion: None };
        remember(&mut findings, Question::Address(address), answer, at);
        assert_eq!(findings.domain_free(" hafen "), Some((true, at)));
        assert_eq!(findings.domain_free("hafenkante"), None, "asked about another prefix");
        assert!(findings.address(&form("Kiel")).is_some());
        assert!(findings.address(&form("Lübeck")).is_none(), "asked about another address");
    }

    #[test]
    fn only_one_asks_for_a_draft() {
        let cache = OnlineCache::default();
        let draft: DraftId = uuid::Uuid::from_u128(7).into();
        assert!(cache.begin(draft));
        assert!(!cache.begin(draft), "the first one is still asking");
        cache.change(draft, |findings| findings.asking = false);
        assert!(cache.begin(draft));
    }

    #[test]
    fn an_address_without_a_city_is_not_asked_about() {
        assert!(address_of(&form("  ")).is_none());
    }
}
