//! Makes a live workspace of a finished sign-in, and leads from one workspace to another.

use super::shelf::Shelf;
use super::{Ready, SigningIn};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::host::KeychainError;
use crate::live;
use crate::start::{NewKey, passphrase, workspaces};
use crate::views::{PassphraseAnswer, StartProblem, StartView, WorkspaceRow};
use cb_domain::ids::WorkspaceId;
use cb_domain::topic::Topic;
use cb_partner_center::sign_in::TokenShelf;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use zeroize::Zeroizing;

impl SigningIn {
    /// The finished sign-in; it can be taken once.
    fn take(&self) -> Option<Ready> {
        let mut state = self.lock();
        let ready = state.ready.take();
        if ready.is_some() {
            state.shown = super::Shown::default();
        }
        ready
    }

    fn put_back(&self, ready: Ready) {
        let mut state = self.lock();
        state.shown = super::Shown {
            step: crate::views::SignInStep::SignedIn,
            user: ready.tokens.account.user.clone(),
            company: ready.company.clone(),
            ..super::Shown::default()
        };
        state.ready = Some(ready);
    }
}

impl App {
    /// Makes the live workspace of the sign-in that was just finished, and opens it.
    ///
    /// # Errors
    /// `NotAllowed` when nobody has signed in; `Keychain` when key or token could not be kept; store and file errors.
    /// After an error the sign-in is still there to be tried again.
    pub async fn make_live_workspace(&self) -> AppResult<StartView> {
        self.make_live_kept(None).await
    }

    /// The same on a machine without a keychain: the book opens with a passphrase, and the sign-in lies encrypted beside
    /// it (D4).
    ///
    /// # Errors
    /// As [`App::make_live_workspace`]. What is wrong with the passphrase is an answer.
    pub async fn make_live_workspace_with_passphrase(
        &self,
        passphrase: String,
        again: String,
    ) -> AppResult<PassphraseAnswer> {
        match passphrase::usable(passphrase, again) {
            Ok(passphrase) => {
                let start = self.make_live_kept(Some(passphrase)).await?;
                Ok(PassphraseAnswer { start: Some(start), problem: None })
            }
            Err(problem) => Ok(PassphraseAnswer { start: None, problem: Some(problem) }),
        }
    }

    async fn make_live_kept(&self, passphrase: Option<Zeroizing<String>>) -> AppResult<StartView> {
        let ready = self.inner.signing_in.take().ok_or(AppError::NotAllowed)?;
        match self.make_live(&ready, passphrase).await {
            Ok((folder, new)) => {
                self.shut_down().await;
                // Not before the book that was open is shut: until then its keys go where they always went.
                self.hold_new(&folder, new);
                self.publish(&BTreeSet::from([Topic::SignIn, Topic::Workspace]));
                self.start_view().await
            }
            Err(error) => {
                self.inner.signing_in.put_back(ready);
                Err(error)
            }
        }
    }

    /// Workspaces on this laptop.
    ///
    /// # Errors
    /// None so far; a folder that can't be read has no workspaces.
    pub async fn workspaces(&self) -> AppResult<Vec<WorkspaceRow>> {
        let open = self.inner.open.read().await.as_ref().map(|open| open.workspace().id);
        let rows = workspaces::list(&self.inner.data_dir).into_iter();
        Ok(rows.map(|workspace| WorkspaceRow { open: open.as_ref() == Some(&workspace.id), workspace }).collect())
    }

    /// Opens another workspace in place of the open one, which is closed in good order.
    ///
    /// # Errors
    /// `NotFound`, file errors.
    pub async fn open_workspace(&self, id: String) -> AppResult<StartView> {
        let known = workspaces::list(&self.inner.data_dir).into_iter().any(|workspace| workspace.id == id);
        if !known {
            return Err(AppError::NotFound);
        }
        self.shut_down().await;
        *self.inner.chosen.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.change_settings(|all| {
            all.last_workspace = id;
            all.view.last_route.clear();
        })?;
        self.start_view().await
    }

    async fn make_live(&self, ready: &Ready, passphrase: Option<Zeroizing<String>>) -> AppResult<(PathBuf, NewKey)> {
        let data_dir = &self.inner.data_dir;
        if workspaces::is_unsafe(data_dir) {
            return Err(AppError::Book(StartProblem::UnsafeFolder));
        }
        let id = WorkspaceId(self.inner.host.random.id());
        let workspace = workspaces::live(data_dir, id, &ready.company);
        let folder = workspaces::folder(data_dir, id);
        std::fs::create_dir_all(&folder)?;
        let by_passphrase = passphrase.is_some();
        // Key and token first: a book whose key was never kept is lost, one without a sign-in is of no use yet.
        let new = self.new_key(&workspace.id, passphrase).await?;
        let keychain = if by_passphrase { self.vault(&folder, &new.key) } else { Arc::clone(self.inner.keys.system()) };
        let shelf = Shelf::new(keychain, &workspace.id);
        let kept = ready.tokens.keep_on(&shelf as &dyn TokenShelf);
        kept.map_err(|_| AppError::Keychain(KeychainError::Unavailable))?;
        let made = self.make_live_book(&folder, &new, ready).await;
        // The name plate is written last: from then on it is a workspace.
        let made = made.and_then(|()| workspaces::write(&workspace));
        if made.is_err() && shelf.clear().is_err() {
            tracing::warn!("the sign-in of a workspace that was not made could not be taken away");
        }
        made?;
        self.change_settings(|all| {
            all.last_workspace = workspace.id;
            all.view.last_route.clear();
        })?;
        Ok((folder, new))
    }

    /// The book itself, with what it says of its connection.
    async fn make_live_book(&self, folder: &Path, new: &NewKey, ready: &Ready) -> AppResult<()> {
        let book = self.create_book(folder, new)?;
        let plate = live::Plate {
            connection: ready.connection.clone(),
            account: ready.tokens.account.clone(),
            company: ready.company.clone(),
            since: self.inner.host.clock.now(),
        };
        let written = live::write_plate(&book, plate).await;
        book.close().await;
        written
    }
}
