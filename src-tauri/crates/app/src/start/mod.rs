//! Start: which page the window shows first, opening and making workspaces, settings.

mod asking;
mod assemble;
mod keys;
mod new_book;
pub(crate) mod passphrase;
mod plate;
pub(crate) mod recovery;
pub(crate) mod settings;
#[cfg(test)]
mod tests;
mod vault;
pub(crate) mod workspaces;

#[cfg(test)]
pub(crate) use asking::tests::Sleepy;
pub(crate) use asking::{LIMIT, asked};
pub(crate) use keys::KeyHome;
pub(crate) use new_book::NewKey;

use crate::backup::{Keeper, quarantine};
use crate::error::{AppError, AppResult};
use crate::views::{SettingsChange, SettingsView, StartKind, StartProblem, StartView, WorkspaceKind, WorkspaceView};
use crate::{App, OpenBook, live};
use cb_domain::ids::DraftId;
use cb_domain::topic::Topic;
use cb_store::{Book, BookKey, Sidecar, StoreError};
use cb_sync::restore::Why;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The smallest and the largest size of everything on screen, in percent: smaller is not readable, and larger leaves no
/// room for a page in the smallest window.
const ZOOM: std::ops::RangeInclusive<u32> = 80..=200;

impl App {
    /// What the window shows first. Opens the book that was open last, as soon as its key has come.
    ///
    /// # Errors
    /// Only defects: a book that can't be opened is an answer, not an error.
    pub async fn start_view(&self) -> AppResult<StartView> {
        self.start_within(None).await
    }

    /// The same for a window that must not stand still: when the keychain does not answer at once, it hears that it is
    /// waited for. Once the answer is there the screens are told to ask again.
    ///
    /// # Errors
    /// As [`App::start_view`].
    pub async fn start_view_soon(&self) -> AppResult<StartView> {
        self.start_within(Some(asking::PATIENCE)).await
    }

    async fn start_within(&self, patience: Option<Duration>) -> AppResult<StartView> {
        if let Some(open) = self.inner.open.read().await.as_ref() {
            return self.ready(open).await;
        }
        let Some(workspace) = self.last_workspace() else {
            return Ok(self.view(StartKind::FirstStart, None, None));
        };
        // Nobody else may have to wait for the keychain, so nothing is locked meanwhile.
        let key = match self.key_for(&workspace.id, Path::new(&workspace.folder), patience).await {
            Ok(Held::Key(key)) => key,
            Ok(Held::Asked) => return Ok(self.view(StartKind::Waiting, None, Some(workspace))),
            Ok(Held::Passphrase) => {
                let mut view = self.view(StartKind::Unlock, None, Some(workspace.clone()));
                view.recoverable = recovery::is_set_up(Path::new(&workspace.folder));
                return Ok(view);
            }
            Err(error) => return Ok(self.failed(workspace, &error)),
        };
        let mut open = self.inner.open.write().await;
        if let Some(open) = open.as_ref() {
            return self.ready(open).await;
        }
        match self.open(workspace.clone(), &key).await {
            Ok(opened) => {
                let opened = Arc::new(opened);
                *open = Some(Arc::clone(&opened));
                self.inner.keys.set_book_key(Some(key));
                if !opened.book.is_read_only() {
                    match opened.workspace().kind {
                        WorkspaceKind::Practice => assemble::complete(self, &opened).await?,
                        WorkspaceKind::Live => live::complete(self, &opened),
                    }
                    Keeper::watch(self, &opened);
                    crate::journal::Watcher::watch(self, &opened);
                    crate::reseller::watch(self, &opened);
                    crate::bulk::Runner::wake(self, &opened);
                }
                self.ready(&opened).await
            }
            Err(error) => Ok(self.failed(workspace, &error)),
        }
    }

    /// Makes the practice workspace, or opens the one that is there.
    ///
    /// # Errors
    /// `Keychain` when the key could not be kept; store and file errors.
    pub async fn try_it_out(&self) -> AppResult<StartView> {
        if self.last_workspace().is_none() {
            self.make_practice(None).await?;
        }
        self.start_view().await
    }

    /// Tries again to open the book, after the person has mended what stood in the way.
    ///
    /// # Errors
    /// As [`App::start_view`].
    pub async fn retry_start(&self) -> AppResult<StartView> {
        self.start_view_soon().await
    }

    /// Stores the settings that a person has changed.
    ///
    /// # Errors
    /// File errors, a full disk among them.
    pub async fn save_settings(&self, change: SettingsChange) -> AppResult<SettingsView> {
        let mut is_other_language = false;
        let all = self.change_settings(|all| {
            is_other_language = change.language.is_some_and(|language| language != all.view.language);
            all.view.language = change.language.unwrap_or(all.view.language);
            all.view.theme = change.theme.unwrap_or(all.view.theme);
            if let Some(route) = change.last_route {
                all.view.last_route = route;
            }
        })?;
        self.publish(&BTreeSet::from([Topic::Settings]));
        // The settings know the page: whoever goes to another one is there.
        if let Ok(open) = self.open_book().await
            && let Some(live) = &open.live
        {
            live.person_is_here(&self.inner.host);
        }
        if is_other_language {
            assemble::speak(self, all.view.language).await?;
        }
        Ok(all.view)
    }

    /// Sets the size of everything on screen in percent, as near to the wish as it goes; gives what was set.
    ///
    /// # Errors
    /// File errors, a full disk among them.
    pub async fn set_zoom(&self, percent: u32) -> AppResult<u32> {
        let all = self.change_settings(|all| all.zoom = percent.clamp(*ZOOM.start(), *ZOOM.end()))?;
        self.publish(&BTreeSet::from([Topic::Settings]));
        Ok(all.zoom)
    }

    /// The size of everything on screen, in percent.
    #[must_use]
    pub fn zoom(&self) -> u32 {
        // The file may have been written by anybody.
        self.settings().zoom.clamp(*ZOOM.start(), *ZOOM.end())
    }

    /// Language and theme as they are set, for a window that may not ask.
    #[must_use]
    pub fn appearance(&self) -> SettingsView {
        self.settings().view
    }

    /// Language of the screens, for what is said outside of them.
    #[must_use]
    pub fn language(&self) -> crate::views::Language {
        self.settings().view.language
    }

    /// Closes the book in good order: the driver stops, a copied password leaves the clipboard, the WAL is emptied. A
    /// sign-in under way is given up: the next book is not the one for which it was begun.
    pub async fn shut_down(&self) {
        self.clear_unsent();
        self.inner.signing_in.end();
        if let Some(open) = self.inner.open.write().await.take() {
            open.stop().await;
        }
    }

    pub(crate) fn settings(&self) -> settings::Settings {
        settings::read(&self.inner.data_dir, self.inner.system_language)
    }

    /// Changes the settings and gives them as they are now: read, changed and written by one at a time, so that nobody
    /// takes back what another has changed meanwhile.
    pub(crate) fn change_settings(
        &self,
        change: impl FnOnce(&mut settings::Settings),
    ) -> AppResult<settings::Settings> {
        let alone = self.inner.changing_settings.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut all = self.settings();
        change(&mut all);
        settings::write(&self.inner.data_dir, &all)?;
        drop(alone);
        Ok(all)
    }

    pub(crate) fn last_workspace(&self) -> Option<WorkspaceView> {
        let all = workspaces::list(&self.inner.data_dir);
        let last = self.settings().last_workspace;
        all.iter().find(|workspace| workspace.id == last).or(all.last()).cloned()
    }

    async fn open(&self, workspace: WorkspaceView, key: &BookKey) -> AppResult<OpenBook> {
        if workspaces::is_unsafe(&self.inner.data_dir) {
            return Err(AppError::Book(StartProblem::UnsafeFolder));
        }
        let folder = Path::new(&workspace.folder);
        let book = match Book::open(folder, key) {
            Err(StoreError::NewerSchema { .. }) => Book::open_newer(folder, key)?,
            opened => opened?,
        };
        if !book.is_read_only()
            && let Some(mut plain) = Book::sidecar(folder)?
        {
            let own = self.install_id(Some(&plain))?;
            if plain.install_id != own {
                // The book was elsewhere meanwhile, and may have sent there what waits here (D8).
                quarantine::begin(&self.inner.host, &book, Why::OtherInstallation, None).await?;
                plain.install_id = own;
                plain.save(folder)?;
            }
        }
        match workspace.kind {
            WorkspaceKind::Practice => {
                assemble::open(&self.inner.host, workspace, book, self.settings().view.language).await
            }
            WorkspaceKind::Live => {
                let (host, keys) = (&self.inner.host, self.inner.keys.as_ref());
                live::open(host, keys, workspace, book, self.settings().view.language).await
            }
        }
    }

    /// The id of this installation; the first book that it opens gives it, if there is one.
    pub(crate) fn install_id(&self, first: Option<&Sidecar>) -> AppResult<uuid::Uuid> {
        if let Some(id) = self.settings().install_id {
            return Ok(id);
        }
        let new = first.map_or_else(|| self.inner.host.random.request_id(), |plain| plain.install_id);
        let mut id = new;
        self.change_settings(|all| id = *all.install_id.get_or_insert(new))?;
        Ok(id)
    }

    async fn ready(&self, open: &OpenBook) -> AppResult<StartView> {
        let mut view = self.view(StartKind::Ready, None, Some(open.workspace()));
        view.read_only = open.book.is_read_only();
        // A draft that was submitted or discarded just before the app ended is no page to come back to.
        if let Some(draft) = view.settings.last_route.strip_prefix("/draft/") {
            let left = match draft.parse::<DraftId>() {
                Ok(id) => open.book.read(move |db| db.drafts().get(id)).await?.is_some(),
                Err(_) => false,
            };
            if !left {
                view.settings.last_route.clear();
            }
        }
        Ok(view)
    }

    fn view(&self, kind: StartKind, problem: Option<StartProblem>, workspace: Option<WorkspaceView>) -> StartView {
        StartView {
            kind,
            problem,
            recoverable: false,
            read_only: false,
            problem_path: String::new(),
            workspace,
            settings: self.settings().view,
            zoom: self.zoom(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    fn failed(&self, workspace: WorkspaceView, error: &AppError) -> StartView {
        tracing::warn!(%error, "the book could not be opened");
        let mut view = self.view(StartKind::Failed, Some(problem(error)), None);
        view.recoverable = recovery::is_set_up(Path::new(&workspace.folder));
        view.problem_path = match error {
            AppError::Store(StoreError::Corrupt { moved_to }) => moved_to.display().to_string(),
            AppError::Store(_)
            | AppError::Validation(_)
            | AppError::NotFound
            | AppError::Stale
            | AppError::ReviewChanged
            | AppError::SecondOrder
            | AppError::NotAllowed
            | AppError::NoBook
            | AppError::Book(_)
            | AppError::Keychain(_)
            | AppError::Id(_)
            | AppError::Io(_)
            | AppError::Stored(_)
            | AppError::Sandbox(_) => workspace.folder,
        };
        view
    }
}

/// Where the key of a book is.
enum Held {
    /// Here.
    Key(BookKey),
    /// In the passphrase, which must be asked for.
    Passphrase,
    /// In the keychain, which has not answered yet.
    Asked,
}

/// Each start problem has a page of its own (D5).
fn problem(error: &AppError) -> StartProblem {
    match error {
        AppError::Book(problem) => *problem,
        AppError::Keychain(_) => StartProblem::KeychainMissing,
        AppError::Store(store) => match store {
            StoreError::WrongKey => StartProblem::WrongKey,
            StoreError::Corrupt { .. } | StoreError::Damaged(_) | StoreError::Missing => StartProblem::Corrupt,
            StoreError::Locked => StartProblem::Locked,
            StoreError::DiskFull => StartProblem::DiskFull,
            StoreError::ReadOnly => StartProblem::ReadOnly,
            StoreError::NewerSchema { .. } => StartProblem::NewerSchema,
            StoreError::NotFound
            | StoreError::Exists
            | StoreError::Stale
            | StoreError::NotAllowed(_)
            | StoreError::Duplicate(_)
            | StoreError::Cursor
            | StoreError::Closed
            | StoreError::BrokenOff
            | StoreError::Setting { .. }
            | StoreError::BackupUnsound
            | StoreError::Migration(_)
            | StoreError::Document(_)
            | StoreError::Disk(_)
            | StoreError::Io(_)
            | StoreError::Random(_)
            | StoreError::Database(_) => StartProblem::Other,
        },
        AppError::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => StartProblem::DiskFull,
        AppError::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => StartProblem::ReadOnly,
        AppError::Validation(_)
        | AppError::NotFound
        | AppError::Stale
        | AppError::ReviewChanged
        | AppError::SecondOrder
        | AppError::NotAllowed
        | AppError::NoBook
        | AppError::Id(_)
        | AppError::Io(_)
        | AppError::Stored(_)
        | AppError::Sandbox(_) => StartProblem::Other,
    }
}
