//! The sync of a live workspace: resellers, customers page by page, each customer's details and subscriptions, country
//! rules and catalogues of the countries in use. The place it has got to is written with every page, so that a kill
//! costs one page at most. What changes afterwards is found by [`super::drift`], and by another run while the person is at
//! work. It waits for a network, a sign-in
//! or a throttling server as long as it takes, and the book can be used all the while.

use super::drift::Drift;
use super::steps::{self, Details};
use super::{Live, Progress};
use crate::error::AppResult;
use crate::lists::AS_OF;
use crate::views::{SyncStage, SyncWait};
use crate::{Inner, OpenBook, pull, reseller};
use cb_domain::ids::{CustomerId, TenantId};
use cb_domain::journal::JournalActor;
use cb_domain::reseller::PartnershipState;
use cb_domain::topic::Topic;
use cb_partner_center::sign_in::Standing;
use cb_sync::remote::{Answer, Call, Outcome, PageLink, RequestIds};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Setting: when a sync last ended.
pub(super) const FINISHED: &str = "live.sync_finished_at";
/// Setting: [`Place`] as JSON.
const PLACE: &str = "live.sync_place";
/// Rows written in one go: a write takes a few milliseconds, and no screen waits behind it.
pub(super) const SLICE: usize = 25;
/// Between two looks at a server that can't be reached.
const OFFLINE: Duration = Duration::from_secs(10);
/// When a server says *too much* and not for how long.
const THROTTLED: Duration = Duration::from_secs(60);
/// Details older than that are read again.
const OLD: SignedDuration = SignedDuration::from_hours(24);

/// How far the listing of customers has got.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
struct Place {
    /// Lists that are done: all customers, then those of each reseller.
    done: Vec<TenantId>,
    /// The list of all customers is done.
    all: bool,
    /// Where the list under way goes on.
    next: Option<PageLink>,
}

/// Why a request has no answer worth waiting for.
enum Refused {
    Gone,
}

pub(super) struct Run {
    pub(super) inner: Arc<Inner>,
    pub(super) open: Arc<OpenBook>,
    pub(super) live: Arc<Live>,
}

/// Runs for as long as the book is open.
pub(super) async fn run(inner: Arc<Inner>, open: Arc<OpenBook>, live: Arc<Live>) {
    let run = Run { inner, open, live };
    loop {
        match run.once().await {
            Ok(()) => {
                run.tell(|progress| *progress = Progress { stage: SyncStage::Done, done: 0, of: 0, waits: None });
                if let Err(error) = Drift::after(&run).until_run().await {
                    tracing::warn!(%error, "what changed meanwhile was not read");
                    run.inner.host.clock.sleep(OFFLINE).await;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the sync could not go on");
                run.inner.host.clock.sleep(OFFLINE).await;
            }
        }
    }
}

impl Run {
    async fn once(&self) -> AppResult<()> {
        self.stage(SyncStage::Resellers, 0, 0);
        self.resellers().await?;
        self.customers().await?;
        self.details().await?;
        self.catalogues().await?;
        let now = self.now().to_string();
        self.write(move |tx| {
            tx.set_setting(FINISHED, &now)?;
            tx.set_setting(AS_OF, &now)?;
            tx.set_setting(PLACE, "")?;
            for topic in [Topic::SignIn, Topic::Customers, Topic::Resellers] {
                tx.touch(topic);
            }
            Ok(())
        })
        .await
    }

    /// Partnerships and who is fit to order, as everywhere else in the app.
    async fn resellers(&self) -> AppResult<()> {
        loop {
            self.ready().await;
            match reseller::look_once(&self.inner.host, &self.open, false).await? {
                Some(topics) => {
                    self.publish(&topics);
                    return Ok(());
                }
                None => self.wait(SyncWait::Offline, OFFLINE).await,
            }
        }
    }

    async fn customers(&self) -> AppResult<()> {
        let (kept, resellers) = self
            .open
            .book
            .read(|db| Ok((db.settings().get(PLACE)?.unwrap_or_default(), db.resellers().all()?)))
            .await?;
        let mut place: Place = serde_json::from_str(&kept).unwrap_or_default();
        let mut lists: Vec<Option<TenantId>> = vec![None];
        lists.extend(
            resellers
                .iter()
                .filter(|one| one.partnership == PartnershipState::Active)
                .filter_map(|one| one.tenant_id)
                .map(Some),
        );
        for of in lists {
            let done = of.map_or(place.all, |tenant| place.done.contains(&tenant));
            if !done {
                self.list(of, &mut place).await?;
            }
        }
        Ok(())
    }

    async fn list(&self, of: Option<TenantId>, place: &mut Place) -> AppResult<()> {
        loop {
            let (_, known) = self.open.book.read(|db| db.customer_reads().figures()).await?;
            self.stage(SyncStage::Customers, known, 0);
            let asked = Call::CustomerPage { of, next: place.next.clone() };
            let (found, next) = match self.ask(asked).await {
                Ok(Answer::CustomerPage { customers, next }) => (customers, next),
                // The link no longer leads anywhere: the list begins anew, which only costs time.
                Ok(_) | Err(Refused::Gone) if place.next.is_some() => {
                    place.next = None;
                    continue;
                }
                Ok(_) | Err(Refused::Gone) => (Vec::new(), None),
            };
            place.next = next;
            if place.next.is_none() {
                match of {
                    Some(tenant) => place.done.push(tenant),
                    None => place.all = true,
                }
            }
            let at = serde_json::to_string(place)?;
            let (now, fresh) = (self.now(), self.ids(found.len()));
            for (part, ids) in found.chunks(SLICE).zip(fresh.chunks(SLICE)) {
                let (part, ids) = (part.to_vec(), ids.to_vec());
                self.write(move |tx| steps::customers(tx, &part, &ids, of, now)).await?;
            }
            self.write(move |tx| tx.set_setting(PLACE, &at)).await?;
            if place.next.is_none() {
                return Ok(());
            }
        }
    }

    /// Those never read first, then those that were read long ago.
    async fn details(&self) -> AppResult<()> {
        let mut busy: BTreeSet<CustomerId> = BTreeSet::new();
        let mut since_countries = 0;
        loop {
            let before = self.now().saturating_sub(OLD).unwrap_or(Timestamp::MIN);
            // What is busy is skipped this time, and must not hide what comes after it.
            let most = u32::try_from(SLICE + busy.len()).unwrap_or(u32::MAX);
            let (due, (read, all)) = self
                .open
                .book
                .read(move |db| {
                    let reads = db.customer_reads();
                    let mut due = reads.never(most)?;
                    due.extend(reads.before(before, most)?);
                    Ok((due, reads.figures()?))
                })
                .await?;
            let due: Vec<_> = due.into_iter().filter(|(id, _)| !busy.contains(id)).take(SLICE).collect();
            if due.is_empty() {
                return Ok(());
            }
            self.stage(SyncStage::Details, read, all);
            for (id, tenant) in due {
                if !self.customer(id, tenant).await? {
                    busy.insert(id);
                }
                since_countries += 1;
            }
            if since_countries >= 2 * SLICE {
                since_countries = 0;
                self.catalogues().await?;
            }
        }
    }

    async fn customer(&self, id: CustomerId, tenant: TenantId) -> AppResult<bool> {
        let profile = match self.ask(Call::ReadProfile { tenant }).await {
            Ok(Answer::Profile(profile)) => Some(profile),
            // Not ours any more, or not to be read: what is known stays, and it is not asked again for a day.
            Ok(_) | Err(Refused::Gone) => None,
        };
        let subscriptions = match self.ask(Call::ListSubscriptions { tenant }).await {
            Ok(Answer::Subscriptions(found)) => found,
            Ok(_) | Err(Refused::Gone) => Vec::new(),
        };
        let agreement = if subscriptions.is_empty() {
            match self.ask(Call::AgreementStatus { tenant }).await {
                Ok(answer) => steps::agreement(&answer),
                Err(Refused::Gone) => None,
            }
        } else {
            None
        };
        let (now, fresh) = (self.now(), self.ids(subscriptions.len()));
        let details = Details { profile, subscriptions, agreement };
        let book = self.open.book.acting(JournalActor::PartnerCenter);
        let mut taken = false;
        let written = book
            .write(move |tx| {
                let done = steps::details(tx, id, details, &fresh, now)?;
                Ok(done)
            })
            .await?;
        taken |= written.value;
        self.publish(&written.topics);
        Ok(taken)
    }

    /// Rules and catalogues of countries that customers are in and that the book has none of; catalogues that are held in
    /// another language than the screens speak by now.
    async fn catalogues(&self) -> AppResult<()> {
        let mut due: Vec<String> = self
            .open
            .book
            .read(|db| {
                let held = db.offers().countries()?;
                let used = db.customers().countries()?;
                Ok(used.into_iter().filter(|country| !country.is_empty() && !held.contains(country)).collect())
            })
            .await?;
        due.extend(pull::told_otherwise(&self.open).await?);
        let of = u32::try_from(due.len()).unwrap_or(u32::MAX);
        for (done, country) in (0_u32..).zip(due) {
            self.stage(SyncStage::Catalogues, done, of);
            if let Ok(Answer::CountryRules(rules)) = self.ask(Call::CountryRules { country: country.clone() }).await {
                let of = country.clone();
                self.write(move |tx| tx.put_country_rules(&of, &rules)).await?;
            }
            self.ready().await;
            match pull::catalogue_as_spoken(&self.inner.host, &self.open, &country).await {
                Ok(topics) => self.publish(&topics),
                // One that is not to be had must not keep the others out; it is asked again with the next sync.
                Err(error) => tracing::info!(%error, "a catalogue was not fetched"),
            }
        }
        Ok(())
    }

    /// One request, for as long as it takes to get an answer.
    async fn ask(&self, call: Call) -> Result<Answer, Refused> {
        loop {
            self.ready().await;
            match self.open.remote.send(&call, self.fresh_ids()).await {
                Outcome::Done { answer, .. } => return Ok(answer),
                Outcome::Refused { .. } => return Err(Refused::Gone),
                Outcome::Throttled { retry_after } => {
                    self.wait(SyncWait::Throttled, retry_after.unwrap_or(THROTTLED)).await;
                }
                Outcome::NotSent | Outcome::Unknown => self.wait(SyncWait::Offline, OFFLINE).await,
                Outcome::SignIn | Outcome::MfaNeeded => self.wait(SyncWait::SignIn, Duration::from_secs(1)).await,
            }
        }
    }

    /// Waits while nobody is signed in.
    async fn ready(&self) {
        let mut standing = self.live.source.standing();
        loop {
            match &*standing.borrow_and_update() {
                Standing::In => break,
                // It is tried again whenever something is sent: trying is the way on.
                Standing::Out(problem) if problem.passes() => break,
                Standing::Out(_) => {}
            }
            self.tell(|progress| progress.waits = Some(SyncWait::SignIn));
            if standing.changed().await.is_err() {
                return;
            }
        }
    }

    async fn wait(&self, why: SyncWait, wait: Duration) {
        self.tell(|progress| progress.waits = Some(why));
        tokio::select! {
            () = self.inner.host.clock.sleep(wait) => {}
            () = self.live.again.notified() => {}
        }
    }

    fn stage(&self, stage: SyncStage, done: u32, of: u32) {
        self.tell(|progress| *progress = Progress { stage, done, of, waits: None });
    }

    fn tell(&self, act: impl FnOnce(&mut Progress)) {
        act(&mut self.live.progress());
        self.publish(&BTreeSet::from([Topic::SignIn]));
    }

    /// Ids of a request of its own.
    pub(super) fn fresh_ids(&self) -> RequestIds {
        let random = &self.inner.host.random;
        RequestIds { request_key: random.request_id().into(), correlation_id: random.request_id().into() }
    }

    pub(super) fn steady(&self) -> Timestamp {
        super::steady(&self.inner.host)
    }

    pub(super) fn publish(&self, topics: &BTreeSet<Topic>) {
        if !topics.is_empty() {
            self.inner.host.notifier.data_changed(topics);
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.inner.host.clock.now()
    }

    pub(super) fn ids(&self, count: usize) -> Vec<Uuid> {
        (0..count).map(|_| self.inner.host.random.id()).collect()
    }

    pub(super) async fn write(
        &self,
        act: impl FnOnce(&cb_store::Tx) -> Result<(), cb_store::StoreError> + Send + 'static,
    ) -> AppResult<()> {
        let written = self.open.book.acting(JournalActor::PartnerCenter).write(act).await?;
        self.publish(&written.topics);
        Ok(())
    }
}
