//! Use cases and the sync driver: composes the other crates, knows no window.

pub mod error;
pub mod host;
mod lists;
mod pull;
mod start;
mod stubs;
pub mod views;

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
    pub(crate) host: Host,
    pub(crate) data_dir: PathBuf,
    /// Language of the system, for the first start.
    pub(crate) system_language: views::Language,
    /// The open book with its driver; `None` before first start and after a start problem.
    pub(crate) open: tokio::sync::RwLock<Option<Arc<OpenBook>>>,
    /// What Partner Center said of drafts.
    pub(crate) online: lists::online::OnlineCache,
    /// Catalogues being fetched.
    pub(crate) pulling: pull::UnderWay,
}

/// An open workspace: its book, its way to Partner Center and the driver that sends.
pub(crate) struct OpenBook {
    pub(crate) workspace: std::sync::RwLock<views::WorkspaceView>,
    pub(crate) book: cb_store::Book,
    pub(crate) remote: Arc<dyn cb_sync::remote::Remote>,
}

impl OpenBook {
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
        let (online, pulling) = (lists::online::OnlineCache::default(), pull::UnderWay::default());
        Self { inner: Arc::new(Inner { host, data_dir, system_language, open, online, pulling }) }
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
