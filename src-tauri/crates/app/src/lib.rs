//! Use cases and the sync driver: composes the other crates, knows no window.

mod backup;
#[cfg(feature = "bench")]
pub mod bench;
mod bulk;
mod connect;
mod customer;
mod driver;
pub mod error;
mod export;
#[cfg(any(test, feature = "fakes"))]
pub mod fakes;
pub mod host;
mod journal;
mod lists;
mod live;
mod outbox;
mod partnership;
mod practice;
mod pull;
mod reseller;
mod sample;
mod session;
mod setup_info;
mod sign_in;
#[cfg(test)]
mod soak;
mod start;
mod subscription;
mod transport;
pub mod views;
mod wizard;

use cb_domain::journal::JournalActor;
use host::Host;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// The application: everything a command may call. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

/// State shared by all clones.
pub(crate) struct Inner {
    /// Its keychain is `keys`.
    pub(crate) host: Host,
    /// Where keys are kept.
    pub(crate) keys: Arc<start::KeyHome>,
    /// A backup file that the person has chosen, to be restored.
    pub(crate) chosen: std::sync::Mutex<Option<PathBuf>>,
    pub(crate) data_dir: PathBuf,
    /// Customers invented into a new practice book besides the sample's.
    pub(crate) invented: std::sync::atomic::AtomicU32,
    /// Language of the system, for the first start.
    pub(crate) system_language: views::Language,
    /// The open book with its driver; `None` before first start and after a start problem.
    pub(crate) open: tokio::sync::RwLock<Option<Arc<OpenBook>>>,
    /// A sign-in under way.
    pub(crate) signing_in: sign_in::SigningIn,
    /// The settings are changed by one at a time.
    pub(crate) changing_settings: std::sync::Mutex<()>,
}

/// An open workspace: its book, its way to Partner Center and the driver that sends. Whatever is only remembered while it
/// is open is here and goes with it, so that nothing under way in one workspace is ever taken for another's.
pub(crate) struct OpenBook {
    pub(crate) workspace: std::sync::RwLock<views::WorkspaceView>,
    pub(crate) book: cb_store::Book,
    /// For reads in the background; closed while the person works offline.
    pub(crate) remote: Arc<dyn cb_sync::remote::Remote>,
    /// Sends what waits in the outbox.
    pub(crate) driver: driver::Driver,
    /// The sandbox behind a practice workspace.
    pub(crate) practice: Option<practice::PracticeDay>,
    /// Sign-in and sync of a live workspace.
    pub(crate) live: Option<Arc<live::Live>>,
    /// Makes backups by itself.
    pub(crate) keeper: backup::Keeper,
    /// Checks the chain of the journal.
    pub(crate) watcher: journal::Watcher,
    /// The password on the clipboard, to be cleared.
    pub(crate) copied: setup_info::Copied,
    /// Goes on with a change to many customers.
    pub(crate) bulk: bulk::Runner,
    /// A recovery code that was shown and not yet typed back.
    pub(crate) code: std::sync::Mutex<Option<cb_store::recovery::RecoveryCode>>,
    /// What Partner Center said of drafts.
    pub(crate) online: lists::online::OnlineCache,
    /// Catalogues being fetched.
    pub(crate) pulling: pull::UnderWay,
    /// Profiles being read.
    pub(crate) profiles: pull::Profiles,
    /// What the batch check of a session has found.
    pub(crate) checks: session::Checks,
    /// Resellers being looked at.
    pub(crate) looking: reseller::Looking,
}

impl OpenBook {
    /// Puts an opened book to work: settles what the last run left under way (S7) and starts the driver.
    ///
    /// # Errors
    /// When the book can't be read or written.
    pub(crate) async fn start(
        host: &Host,
        workspace: views::WorkspaceView,
        book: cb_store::Book,
        remote: Arc<dyn cb_sync::remote::Remote>,
        practice: Option<practice::PracticeDay>,
    ) -> error::AppResult<Self> {
        let clock = Arc::clone(&host.clock);
        let book = book.written_by(&host.person, Arc::new(move || clock.now()));
        let driver_host = practice.as_ref().map_or_else(|| host.clone(), |day| day.host(host));
        // What the driver writes is the app's doing; where an answer is saved, Partner Center's.
        let driver = driver::Driver::start(driver_host, book.acting(JournalActor::App), remote).await?;
        let remote = driver.gate(practice.is_some());
        let copied = setup_info::Copied::new(host);
        Ok(Self {
            workspace: std::sync::RwLock::new(workspace),
            book,
            remote,
            driver,
            practice,
            live: None,
            keeper: backup::Keeper::default(),
            watcher: journal::Watcher::default(),
            copied,
            bulk: bulk::Runner::default(),
            code: std::sync::Mutex::default(),
            online: lists::online::OnlineCache::default(),
            pulling: pull::UnderWay::default(),
            profiles: pull::Profiles::default(),
            checks: session::Checks::default(),
            looking: reseller::Looking::default(),
        })
    }

    /// Something was queued: the driver looks now.
    pub(crate) fn wake(&self) {
        self.driver.wake();
    }

    /// Stops the driver once the answer on its way is saved, then closes the book.
    pub(crate) async fn stop(&self) {
        self.copied.clear();
        self.keeper.stop();
        if let Some(live) = &self.live {
            live.stop();
        }
        self.watcher.stop();
        self.driver.stop().await;
        self.book.close().await;
    }

    /// The workspace as it is called now.
    pub(crate) fn workspace(&self) -> views::WorkspaceView {
        self.workspace.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

impl App {
    /// Nothing is opened yet; `start_view` does.
    #[must_use]
    pub fn new(host: Host, data_dir: PathBuf, system_language: views::Language) -> Self {
        let open = tokio::sync::RwLock::new(None);
        let keys = Arc::new(start::KeyHome::new(Arc::clone(&host.keychain)));
        let host = Host { keychain: keys.clone(), ..host };
        let app = Self {
            inner: Arc::new(Inner {
                host,
                keys,
                chosen: std::sync::Mutex::default(),
                data_dir,
                invented: std::sync::atomic::AtomicU32::new(0),
                system_language,
                open,
                signing_in: sign_in::SigningIn::default(),
                changing_settings: std::sync::Mutex::new(()),
            }),
        };
        app.clear_unsent();
        app
    }

    /// A new practice book gets so many invented customers besides the sample's: to try how the app is with a large
    /// book, and to measure it.
    pub fn invent_customers(&self, count: u32) {
        self.inner.invented.store(count, std::sync::atomic::Ordering::Relaxed);
    }

    /// The open workspace.
    ///
    /// # Errors
    /// `NoBook` when none is open.
    pub(crate) async fn open_book(&self) -> error::AppResult<Arc<OpenBook>> {
        self.inner.open.read().await.clone().ok_or(error::AppError::NoBook)
    }

    /// Tells the screens what a write touched.
    pub(crate) fn publish(&self, topics: &BTreeSet<cb_domain::topic::Topic>) {
        if !topics.is_empty() {
            self.inner.host.notifier.data_changed(topics);
        }
    }
}
