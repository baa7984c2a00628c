//! The sandbox as the app holds it: open, hand out the router, set the faults of the day.

use crate::catalogue::Catalogue;
use crate::clock::WallClock;
use crate::rules::Rules;
use crate::{Bearers, Choices, SandboxError, http, sample, state};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, TransactionBehavior};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How to open the sandbox.
#[derive(Clone)]
pub struct Options {
    /// What time it is.
    pub clock: WallClock,
    /// Success bodies start with a byte order mark, as Partner Center's do.
    pub bom: bool,
    /// Fill a new state file with the sample resellers, customers and subscriptions.
    pub sample: bool,
    /// How long a new order keeps its subscription ids back.
    pub provision_delay: SignedDuration,
    /// How long after its creation a customer whose agreement nobody attested accepts it by himself.
    pub signs_after: SignedDuration,
    /// What tokens are good for.
    pub bearers: Bearers,
    /// What is published nowhere.
    pub choices: Choices,
}

impl Options {
    /// As the app uses it: byte order mark, sample data, subscriptions at once, signature after five minutes.
    #[must_use]
    pub fn new(clock: WallClock) -> Self {
        let signs_after = SignedDuration::from_mins(5);
        Self {
            clock,
            bom: true,
            sample: true,
            provision_delay: SignedDuration::ZERO,
            signs_after,
            bearers: crate::anybody(),
            choices: Choices::default(),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new(Arc::new(Timestamp::now))
    }
}

/// What somebody does to a subscription, past the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionEvent {
    /// Three licences more.
    MoreLicences,
    /// Auto-renew turned the other way.
    AutoRenewFlipped,
    /// Five licences more are planned for the renewal.
    RenewalPlanned,
    /// Another support contact is named; older subscriptions only.
    SupportContactNamed,
}

/// The day's troubles, kept on disk so that a restart does not clear them. *Network off* is not here: a request that
/// never leaves is the transport's business.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Faults {
    /// Every answer waits this long.
    pub slow_ms: u32,
    /// The next changing request is carried out, its answer lost. Turns itself off.
    pub lose_next_answer: bool,
    /// The prefix of the next create turns out to be taken. Turns itself off.
    pub domain_taken: bool,
    /// New customers are under review until this is turned off.
    pub under_review: bool,
    /// Everything about customers is answered with 429.
    pub throttled: bool,
    /// The next attestation is refused for its signer's e-mail address. Turns itself off.
    pub agreement_refused: bool,
    /// Carts and orders ask a tenth more than the price sheet says.
    pub prices_up: bool,
    /// The last group of the next checkout that has several is refused. Turns itself off.
    pub partial_checkout: bool,
    /// The next checkout is lost with its cart, and somebody else has ordered the same an hour before. Turns itself off.
    pub ordered_elsewhere: bool,
}

/// What handlers read besides the database: fixed after opening.
pub(crate) struct World {
    pub(crate) catalogue: Catalogue,
    pub(crate) rules: Rules,
    pub(crate) options: Options,
}

/// The state and the world together, shared by all handlers.
pub(crate) struct Inner {
    db: Mutex<Connection>,
    pub(crate) world: World,
    /// Seconds by which the clock is ahead; the world's clock reads it.
    ahead: Arc<AtomicI64>,
}

impl Inner {
    /// The only connection. A handler that panicked left no half-done transaction behind, so a poisoned lock is fine.
    pub(crate) fn db(&self) -> MutexGuard<'_, Connection> {
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The practice Partner Center. Clones share one state.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

impl Sandbox {
    /// Opens the state in `folder`, or makes it with the sample data.
    ///
    /// # Errors
    /// When the folder or the state file cannot be used.
    pub fn open(folder: &Path, options: Options) -> Result<Self, SandboxError> {
        std::fs::create_dir_all(folder)?;
        let ahead = Arc::new(AtomicI64::new(0));
        let (moved, clock) = (Arc::clone(&ahead), Arc::clone(&options.clock));
        let options = Options {
            clock: Arc::new(move || {
                let ahead = SignedDuration::from_secs(moved.load(Ordering::Relaxed));
                clock().saturating_add(ahead).unwrap_or(Timestamp::MAX)
            }),
            ..options
        };
        let world = World { catalogue: Catalogue::built_in()?, rules: Rules::built_in()?, options };
        let mut db = state::open(&folder.join("sandbox.db"))?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if state::migrate(&tx)? && world.options.sample {
            sample::fill(&tx, &world)?;
        }
        ahead.store(state::settings::ahead(&tx)?, Ordering::Relaxed);
        tx.commit()?;
        Ok(Self { inner: Arc::new(Inner { db: Mutex::new(db), world, ahead }) })
    }

    /// The routes, to be called in process.
    pub fn router(&self) -> axum::Router {
        http::router(Arc::clone(&self.inner))
    }

    /// What time it is here.
    pub(crate) fn now(&self) -> Timestamp {
        (self.inner.world.options.clock)()
    }

    /// What was chosen where nothing is published.
    pub(crate) fn choices(&self) -> &Choices {
        &self.inner.world.options.choices
    }

    /// Adds so many customers, each with a subscription, for a first sync that takes its time.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn grow(&self, customers: u32) -> Result<(), SandboxError> {
        let now = self.now();
        self.change(|tx| sample::grow(tx, &self.inner.world, customers, now))
    }

    /// One change of the state, in a transaction.
    pub(crate) fn change(
        &self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<(), SandboxError>,
    ) -> Result<(), SandboxError> {
        let mut db = self.inner.db();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        work(&tx)?;
        tx.commit()?;
        Ok(())
    }

    /// The switches as they stand; those that turn themselves off are seen here.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn faults(&self) -> Result<Faults, SandboxError> {
        state::settings::faults(&self.inner.db())
    }

    /// By how much the clock is ahead of the real one.
    #[must_use]
    pub fn ahead(&self) -> SignedDuration {
        SignedDuration::from_secs(self.inner.ahead.load(Ordering::Relaxed))
    }

    /// Moves the clock: terms end, windows close, subscriptions renew. It stays so through a restart.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn set_ahead(&self, ahead: SignedDuration) -> Result<(), SandboxError> {
        let seconds = ahead.as_secs().max(0);
        self.change(|tx| state::settings::set_ahead(tx, seconds))?;
        self.inner.ahead.store(seconds, Ordering::Relaxed);
        Ok(())
    }

    /// Somebody changes a subscription, past the app; `false` when it is unknown.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn change_subscription(&self, id: &str, event: SubscriptionEvent) -> Result<bool, SandboxError> {
        let now = self.now();
        let mut found = false;
        self.change(|tx| {
            found = crate::routes::sample_parts::happens(tx, id, event, now)?;
            Ok(())
        })?;
        Ok(found)
    }

    /// Somebody changes contact and street of a customer in Partner Center, past the app; `false` when it is unknown.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn change_customer(&self, tenant: &str) -> Result<bool, SandboxError> {
        let mut db = self.inner.db();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = crate::routes::sample_parts::change_elsewhere(&tx, tenant)?;
        tx.commit()?;
        Ok(changed)
    }

    /// Sets the switches. Turning *under review* off lets the waiting customers through.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn set_faults(&self, faults: Faults) -> Result<(), SandboxError> {
        let now = (self.inner.world.options.clock)();
        let mut db = self.inner.db();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        state::settings::set_faults(&tx, faults)?;
        if !faults.under_review {
            state::customers::allow_all(&tx, now)?;
        }
        tx.commit()?;
        Ok(())
    }
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sandbox")
    }
}
