//! The recovery code: shown once, typed back, and the way back in when the keychain has lost the key (D4).

use super::Held;
use super::asking::PATIENCE;
use crate::error::{AppError, AppResult};
use crate::host::KeychainError;
use crate::views::{KeyPlace, RecoveryAnswer, RecoveryCodeView, RecoveryProblem, SafekeepingView};
use crate::{App, OpenBook};
use cb_domain::topic::Topic;
use cb_store::recovery::{RecoveryCode, RecoveryError, WrappedKey};
use cb_store::{Book, BookKey, Sidecar};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use zeroize::Zeroizing;

impl App {
    /// Where the key of the open book is kept, and since when there is a recovery code.
    ///
    /// # Errors
    /// `NoBook`, file errors.
    pub async fn safekeeping(&self) -> AppResult<SafekeepingView> {
        let (_, plain) = plain_of(self.open_book().await?.as_ref())?;
        let place = if plain.key_name.is_empty() { KeyPlace::Passphrase } else { KeyPlace::Keychain };
        Ok(SafekeepingView { place, recovery_since: plain.recovery_since.map(|at| at.to_string()) })
    }

    /// A new recovery code, to be shown once. It counts only when it was typed back.
    ///
    /// # Errors
    /// `NoBook`; `ReadOnlyBook` for a book of a newer schema.
    pub async fn begin_recovery_code(&self) -> AppResult<RecoveryCodeView> {
        let open = self.open_book().await?;
        open.book.write(|_| Ok(())).await?;
        let code = RecoveryCode::generate().map_err(|_| AppError::Keychain(KeychainError::Unavailable))?;
        let view = RecoveryCodeView { code: code.display().to_string() };
        *open.code.lock().unwrap_or_else(PoisonError::into_inner) = Some(code);
        Ok(view)
    }

    /// The code typed back: if it is the one shown, it opens this book from now on, and an earlier one no longer does.
    ///
    /// # Errors
    /// `NotAllowed` when none was shown, `NoBook`, file errors. A mistyped code is an answer.
    pub async fn prove_recovery_code(&self, typed: String) -> AppResult<RecoveryAnswer> {
        let open = self.open_book().await?;
        let (folder, mut plain) = plain_of(&open)?;
        let typed = Zeroizing::new(typed);
        let shown = open
            .code
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .map(RecoveryCode::display)
            .ok_or(AppError::NotAllowed)?;
        let Ok(code) = RecoveryCode::parse(&typed) else { return Ok(no(RecoveryProblem::NotACode)) };
        if code.display() != shown {
            return Ok(no(RecoveryProblem::Different));
        }
        let key = self.inner.keys.book_key().ok_or(AppError::NoBook)?;
        let wrap = move || code.wrap(&key);
        let wrapped = tokio::task::spawn_blocking(wrap).await.unwrap_or(Err(RecoveryError::Random));
        plain.recovery = Some(wrapped.map_err(|_| AppError::Keychain(KeychainError::Unavailable))?);
        plain.recovery_since = Some(self.inner.host.clock.now());
        plain.save(&folder)?;
        *open.code.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.publish(&BTreeSet::from([Topic::Workspace]));
        Ok(RecoveryAnswer { start: None, problem: None })
    }

    /// Opens the book with the recovery code and puts its key back into the keychain.
    ///
    /// # Errors
    /// `Keychain` when the key could not be put back. A wrong code is an answer.
    pub async fn recover_key(&self, code: String) -> AppResult<RecoveryAnswer> {
        let code = Zeroizing::new(code);
        let workspace = self.last_workspace().ok_or(AppError::NotFound)?;
        let folder = PathBuf::from(&workspace.folder);
        let plain = Book::sidecar(&folder)?.ok_or(AppError::NotFound)?;
        let Some(wrapped) = plain.recovery.clone() else { return Ok(no(RecoveryProblem::DoesNotOpen)) };
        let key = match unwrap(code, wrapped).await {
            Ok(key) if plain.fits(&key) == Some(true) => key,
            Ok(_) | Err(RecoveryError::DoesNotOpen | RecoveryError::Damaged | RecoveryError::Random) => {
                return Ok(no(RecoveryProblem::DoesNotOpen));
            }
            Err(RecoveryError::NotACode) => return Ok(no(RecoveryProblem::NotACode)),
        };
        match self.key_for(&workspace.id, &folder, Some(PATIENCE)).await {
            // A book with a passphrase that was forgotten: the code opens it for this run.
            Ok(Held::Passphrase) => self.hold(&folder, key),
            Ok(Held::Key(_) | Held::Asked) | Err(_) => {
                self.keep_key(&workspace.id, &key).await?;
            }
        }
        Ok(RecoveryAnswer { start: Some(self.start_view().await?), problem: None })
    }
}

/// The folder of an open book, and what is written there in plain.
fn plain_of(open: &OpenBook) -> AppResult<(PathBuf, Sidecar)> {
    let folder = PathBuf::from(open.workspace().folder);
    let plain = Book::sidecar(&folder)?.ok_or(AppError::NotFound)?;
    Ok((folder, plain))
}

/// Whether a recovery code was set up for the book of a folder.
pub(super) fn is_set_up(folder: &Path) -> bool {
    Book::sidecar(folder).ok().flatten().is_some_and(|plain| plain.recovery.is_some())
}

/// Argon2id takes its time: not on an async thread.
pub(crate) async fn unwrap(code: Zeroizing<String>, wrapped: WrappedKey) -> Result<BookKey, RecoveryError> {
    let work = move || RecoveryCode::parse(&code)?.unwrap(&wrapped);
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(RecoveryError::Random))
}

fn no(problem: RecoveryProblem) -> RecoveryAnswer {
    RecoveryAnswer { start: None, problem: Some(problem) }
}
