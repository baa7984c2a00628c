//! What changed in Partner Center meanwhile, found without being asked for: one request in a quarter of an hour while
//! nobody is there, and a whole run once an hour while the person is at work. What is next says [`cb_sync::drift`].

use super::steps::{self, Details};
use super::sync::{Run, SLICE};
use crate::error::AppResult;
use crate::reseller;
use cb_domain::ids::{CustomerId, TenantId};
use cb_domain::journal::JournalActor;
use cb_sync::drift::{self, Next, Reading};
use cb_sync::remote::{Answer, Call, Outcome, PageLink};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::time::Duration;

/// What was said to one request.
enum Said {
    Answer(Answer),
    /// No, for good.
    No,
    /// Nothing: no network, no sign-in, too much.
    Nothing,
}

/// What a turn came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// A run over everything is due.
    Run,
    /// One request was made.
    Asked,
    /// Nothing is due for so long.
    Rests(Duration),
}

/// What was read of a customer so far; each step is a request of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    /// The profile: the subscriptions are next.
    Profile,
    /// There are no subscriptions: where its agreement stands is next.
    NothingBought,
}

/// The reading between two runs.
pub(super) struct Drift<'r> {
    run: &'r Run,
    reading: Reading,
    /// The next page of the list of customers.
    page: Option<PageLink>,
    /// How far the reading of a customer has come.
    half: Option<(CustomerId, Half)>,
    /// Left for the next run: operations of theirs are open, or they are not to be read.
    aside: BTreeSet<CustomerId>,
}

impl<'r> Drift<'r> {
    /// After a run that has just ended.
    pub(super) fn after(run: &'r Run) -> Self {
        let now = run.steady();
        let reading = Reading {
            run_at: now,
            asked_at: now,
            person_at: None,
            partnerships_at: now,
            customers_at: now,
            page_waits: false,
            page_before: false,
            customer_waits: false,
        };
        Self { run, reading, page: None, half: None, aside: BTreeSet::new() }
    }

    /// Reads one thing after another until a run over everything is due.
    pub(super) async fn until_run(mut self) -> AppResult<()> {
        let live = &self.run.live;
        loop {
            match self.turn().await? {
                Turn::Run => return Ok(()),
                Turn::Asked => {}
                Turn::Rests(wait) => tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    () = live.person_came.notified() => {}
                    () = live.again.notified() => return Ok(()),
                },
            }
        }
    }

    /// What is due now, and nothing else: one request at most.
    pub(super) async fn turn(&mut self) -> AppResult<Turn> {
        self.reading.person_at = self.run.live.person_at();
        self.reading.customer_waits = self.longest_unread().await?.is_some();
        match drift::next(&self.reading, self.run.steady()) {
            Next::Run => Ok(Turn::Run),
            Next::Wait(wait) => Ok(Turn::Rests(wait)),
            next @ (Next::Partnerships | Next::CustomerPage | Next::Customer) => {
                self.read(next).await?;
                Ok(Turn::Asked)
            }
        }
    }

    /// One request, and what it says into the book.
    pub(super) async fn read(&mut self, next: Next) -> AppResult<()> {
        let now = self.run.steady();
        self.reading.asked_at = now;
        self.reading.page_before = next == Next::CustomerPage;
        match next {
            Next::Partnerships => {
                self.reading.partnerships_at = now;
                self.partnerships().await
            }
            Next::CustomerPage => {
                if self.page.is_none() {
                    self.reading.customers_at = now;
                }
                self.customers().await?;
                self.reading.page_waits = self.page.is_some();
                Ok(())
            }
            Next::Customer => match self.longest_unread().await? {
                Some((id, tenant)) => match self.half.filter(|(of, _)| *of == id) {
                    None => self.profile(id, tenant).await,
                    Some((_, Half::Profile)) => self.subscriptions(id, tenant).await,
                    Some((_, Half::NothingBought)) => self.agreement(id, tenant).await,
                },
                None => Ok(()),
            },
            Next::Run | Next::Wait(_) => Ok(()),
        }
    }

    async fn partnerships(&self) -> AppResult<()> {
        let Said::Answer(Answer::Resellers(seen)) = self.ask(Call::ListResellers).await else { return Ok(()) };
        let (now, ids) = (self.run.now(), self.run.ids(seen.len()));
        self.run.write(move |tx| reseller::apply(tx, &seen, &ids, now)).await
    }

    async fn customers(&mut self) -> AppResult<()> {
        let asked = Call::CustomerPage { of: None, next: self.page.take() };
        let Said::Answer(Answer::CustomerPage { customers, next }) = self.ask(asked).await else { return Ok(()) };
        self.page = next;
        let (now, fresh) = (self.run.now(), self.run.ids(customers.len()));
        for (part, ids) in customers.chunks(SLICE).zip(fresh.chunks(SLICE)) {
            let (part, ids) = (part.to_vec(), ids.to_vec());
            self.run.write(move |tx| steps::customers(tx, &part, &ids, None, now)).await?;
        }
        Ok(())
    }

    async fn profile(&mut self, id: CustomerId, tenant: TenantId) -> AppResult<()> {
        match self.ask(Call::ReadProfile { tenant }).await {
            Said::Answer(Answer::Profile(theirs)) => {
                let now = self.run.now();
                let book = self.run.open.book.acting(JournalActor::PartnerCenter);
                let written = book
                    .write(move |tx| match tx.customers().get(id)? {
                        Some(customer) if !steps::is_busy(tx, id)? => steps::profile(tx, customer, &theirs, now),
                        Some(_) | None => Ok(()),
                    })
                    .await?;
                self.run.publish(&written.topics);
                self.half = Some((id, Half::Profile));
            }
            // Not to be read does not mean that its subscriptions are not.
            Said::Answer(_) | Said::No => self.half = Some((id, Half::Profile)),
            Said::Nothing => {}
        }
        Ok(())
    }

    async fn subscriptions(&mut self, id: CustomerId, tenant: TenantId) -> AppResult<()> {
        let found = match self.ask(Call::ListSubscriptions { tenant }).await {
            Said::Answer(Answer::Subscriptions(found)) => found,
            Said::Answer(_) | Said::No => {
                self.aside.insert(id);
                return Ok(());
            }
            Said::Nothing => return Ok(()),
        };
        if found.is_empty() {
            self.half = Some((id, Half::NothingBought));
            return Ok(());
        }
        self.keep(id, Details { profile: None, subscriptions: found, agreement: None }).await
    }

    async fn agreement(&mut self, id: CustomerId, tenant: TenantId) -> AppResult<()> {
        let agreement = match self.ask(Call::AgreementStatus { tenant }).await {
            Said::Answer(answer) => steps::agreement(&answer),
            Said::No => None,
            Said::Nothing => return Ok(()),
        };
        self.keep(id, Details { profile: None, subscriptions: Vec::new(), agreement }).await
    }

    /// The customer is read.
    async fn keep(&mut self, id: CustomerId, details: Details) -> AppResult<()> {
        let (now, fresh) = (self.run.now(), self.run.ids(details.subscriptions.len()));
        let book = self.run.open.book.acting(JournalActor::PartnerCenter);
        let written = book.write(move |tx| steps::details(tx, id, details, &fresh, now)).await?;
        self.run.publish(&written.topics);
        self.half = None;
        if !written.value {
            self.aside.insert(id);
        }
        Ok(())
    }

    /// Who was never read, or the longest ago and more than a day.
    async fn longest_unread(&self) -> AppResult<Option<(CustomerId, TenantId)>> {
        let most = u32::try_from(self.aside.len()).unwrap_or(u32::MAX).saturating_add(1);
        let old = SignedDuration::try_from(drift::DETAILS).unwrap_or(SignedDuration::MAX);
        let before = self.run.now().saturating_sub(old).unwrap_or(Timestamp::MIN);
        let waiting = self
            .run
            .open
            .book
            .read(move |db| {
                let reads = db.customer_reads();
                let mut waiting = reads.never(most)?;
                waiting.extend(reads.before(before, most)?);
                Ok(waiting)
            })
            .await?;
        Ok(waiting.into_iter().find(|(id, _)| !self.aside.contains(id)))
    }

    /// One request. Nobody waits for it, so it is not tried again before its next turn.
    async fn ask(&self, call: Call) -> Said {
        match self.run.open.remote.send(&call, self.run.fresh_ids()).await {
            Outcome::Done { answer, .. } => Said::Answer(answer),
            Outcome::Refused { .. } => Said::No,
            Outcome::NotSent | Outcome::Unknown | Outcome::Throttled { .. } | Outcome::SignIn | Outcome::MfaNeeded => {
                Said::Nothing
            }
        }
    }
}
