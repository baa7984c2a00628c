//! A new book and the key to it: in the keychain, or, on a machine without one, wrapped by a passphrase (D4). Practice and
//! live workspaces are made in the same way.

use super::{assemble, passphrase, workspaces};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::StartProblem;
use cb_domain::ids::WorkspaceId;
use cb_store::recovery::WrappedKey;
use cb_store::{Book, BookKey};
use std::path::Path;
use zeroize::Zeroizing;

/// The key of a book that is about to be made.
pub(crate) struct NewKey {
    pub(crate) key: BookKey,
    /// Wrapped by the passphrase; `None`: the keychain has it.
    wrapped: Option<WrappedKey>,
}

impl App {
    /// A new key. It is kept before anything is encrypted with it: a book whose key was never kept is lost.
    ///
    /// # Errors
    /// `Keychain` when the keychain did not take it, or no key could be made of the passphrase.
    pub(crate) async fn new_key(&self, workspace_id: &str, passphrase: Option<Zeroizing<String>>) -> AppResult<NewKey> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        self.inner.host.random.fill(bytes.as_mut_slice());
        let key = BookKey::new(*bytes);
        match passphrase {
            None => Ok(NewKey { key: self.keep_key(workspace_id, &key).await?, wrapped: None }),
            Some(passphrase) => {
                let wrapped = passphrase::wrap(passphrase, key.clone()).await?;
                Ok(NewKey { key, wrapped: Some(wrapped) })
            }
        }
    }

    /// An empty book under that key. It belongs to this installation.
    ///
    /// # Errors
    /// The store's; file errors.
    pub(crate) fn create_book(&self, folder: &Path, new: &NewKey) -> AppResult<Book> {
        let book = Book::create(folder, &new.key)?;
        if let Some(mut plain) = Book::sidecar(folder)? {
            plain.install_id = self.install_id(Some(&plain))?;
            plain.passphrase.clone_from(&new.wrapped);
            plain.save(folder)?;
        }
        Ok(book)
    }

    /// Makes the practice workspace.
    pub(super) async fn make_practice(&self, passphrase: Option<Zeroizing<String>>) -> AppResult<()> {
        let data_dir = &self.inner.data_dir;
        if workspaces::is_unsafe(data_dir) {
            return Err(AppError::Book(StartProblem::UnsafeFolder));
        }
        let id = WorkspaceId(self.inner.host.random.id());
        let workspace = workspaces::practice(data_dir, id);
        let folder = workspaces::folder(data_dir, id);
        std::fs::create_dir_all(&folder)?;
        let new = self.new_key(&workspace.id, passphrase).await?;
        let book = self.create_book(&folder, &new)?;
        let invented = self.inner.invented.load(std::sync::atomic::Ordering::Relaxed);
        let mut filled = assemble::fill(&self.inner.host, &book, &folder, self.settings().view.language).await;
        if filled.is_ok() && invented > 0 {
            filled = crate::sample::invent::fill(&self.inner.host, &book, invented).await;
        }
        book.close().await;
        filled?;
        self.hold_new(&folder, new);
        workspaces::write(&workspace)?;
        self.change_settings(|all| all.last_workspace = workspace.id)?;
        Ok(())
    }

    /// A book that opens with a passphrase was just made with it: this run need not ask for it.
    pub(crate) fn hold_new(&self, folder: &Path, new: NewKey) {
        if new.wrapped.is_some() {
            self.hold(folder, new.key);
        }
    }
}
