//! Restoring a backup, from Settings, from the first start, or from a start page (D8). The present book is moved aside,
//! never deleted; a backup of another book opens beside it.

use super::quarantine;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::live;
use crate::start::{asked, passphrase, recovery, workspaces};
use crate::views::{RestoreAnswer, RestoreProblem, StartView, WorkspaceView};
use cb_domain::ids::WorkspaceId;
use cb_store::{Book, BookKey, Sidecar, StoreError};
use cb_sync::restore::Why;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use zeroize::Zeroizing;

/// Where a restored book goes.
struct Target {
    workspace: WorkspaceView,
    folder: PathBuf,
    /// No book of this name was there before: a workspace of its own is made of it.
    fresh: Option<WorkspaceId>,
}

impl App {
    /// Restores a backup of the list by its name, or, with an empty name, the file that was chosen. `secret` is the
    /// recovery code or the passphrase, asked for only when no key at hand fits.
    ///
    /// # Errors
    /// Store and file errors that no page can do anything about; everything else is an answer.
    pub async fn restore_backup(&self, name: String, secret: String) -> AppResult<RestoreAnswer> {
        let secret = Zeroizing::new(secret);
        let present = self.last_workspace();
        let Some(path) = self.backup_file(present.as_ref(), &name)? else { return Ok(no(RestoreProblem::Gone)) };
        let folder = present.as_ref().map(|workspace| PathBuf::from(&workspace.folder));
        let beside = Sidecar::of_backup(&path)?;
        let plain = match (beside, &folder) {
            (Some(plain), _) => Some(plain),
            (None, Some(folder)) => Book::sidecar(folder)?,
            (None, None) => None,
        };
        let Some(plain) = plain else { return Ok(no(RestoreProblem::NotABackup)) };
        let key = match self.fitting_key(present.as_ref(), &plain, secret).await? {
            Ok(key) => key,
            Err(problem) => return Ok(no(problem)),
        };
        let made_at = Book::look_at_backup(&path).map(|file| file.made_at);
        let mut target = self.target(present, &key)?;
        // A sign-in that is under way was begun for the book that goes.
        self.inner.signing_in.end();
        if let Some(open) = self.inner.open.write().await.take() {
            open.stop().await;
        }
        let plain = self.settle_key(&target, plain, &key).await?;
        match self.bring_back(&mut target, &path, &plain, &key, made_at).await {
            Ok(()) => Ok(RestoreAnswer { start: Some(self.shown(&target).await?), problem: None }),
            Err(error) => match restore_problem(&error) {
                // The book that was open opens again.
                Some(problem) => Ok(RestoreAnswer { start: Some(self.start_view().await?), problem: Some(problem) }),
                None => Err(error),
            },
        }
    }

    fn backup_file(&self, present: Option<&WorkspaceView>, name: &str) -> AppResult<Option<PathBuf>> {
        if name.is_empty() {
            let chosen = self.inner.chosen.lock().unwrap_or_else(PoisonError::into_inner).clone();
            return Ok(chosen.filter(|path| path.is_file()));
        }
        match present {
            Some(workspace) => Ok(Book::backup_path(Path::new(&workspace.folder), name)?),
            None => Ok(None),
        }
    }

    /// A key at hand that opens the backup, else the one that the secret brings.
    async fn fitting_key(
        &self,
        present: Option<&WorkspaceView>,
        plain: &Sidecar,
        secret: Zeroizing<String>,
    ) -> AppResult<Result<BookKey, RestoreProblem>> {
        let fits = |key: &BookKey| plain.fits(key) == Some(true);
        let names = [plain.key_name.clone(), present.map(|one| workspaces::key_name(&one.id)).unwrap_or_default()];
        let held = asked(self.inner.keys.system(), move |keychain| {
            let named = names.iter().filter(|name| !name.is_empty());
            Ok(named.filter_map(|name| BookKey::from_slice(&keychain.get(name).ok()?)).collect::<Vec<_>>())
        });
        let kept = held.await.unwrap_or_default();
        if let Some(key) = self.inner.keys.book_key().into_iter().chain(kept).find(fits) {
            return Ok(Ok(key));
        }
        if secret.trim().is_empty() {
            return Ok(Err(match (&plain.passphrase, &plain.recovery) {
                (Some(_), _) => RestoreProblem::NeedsPassphrase,
                (None, Some(_)) => RestoreProblem::NeedsCode,
                (None, None) => RestoreProblem::NoKey,
            }));
        }
        if let Some(wrapped) = plain.passphrase.clone()
            && let Ok(key) = passphrase::unwrap(secret.clone(), wrapped).await?
        {
            return Ok(Ok(key));
        }
        if let Some(wrapped) = plain.recovery.clone()
            && let Ok(key) = recovery::unwrap(secret, wrapped).await
        {
            return Ok(Ok(key));
        }
        Ok(Err(RestoreProblem::WrongSecret))
    }

    /// The present workspace when the backup is of its book, else a new one beside it.
    fn target(&self, present: Option<WorkspaceView>, key: &BookKey) -> AppResult<Target> {
        if let Some(workspace) = present {
            let folder = PathBuf::from(&workspace.folder);
            let same = Book::sidecar(&folder)?.is_none_or(|own| own.fits(key) == Some(true));
            if same {
                return Ok(Target { workspace, folder, fresh: None });
            }
        }
        let id = WorkspaceId(self.inner.host.random.id());
        let workspace = workspaces::practice(&self.inner.data_dir, id);
        let folder = workspaces::folder(&self.inner.data_dir, id);
        std::fs::create_dir_all(&folder)?;
        Ok(Target { workspace, folder, fresh: Some(id) })
    }

    /// The key is kept before the book that needs it is put in place.
    async fn settle_key(&self, target: &Target, plain: Sidecar, key: &BookKey) -> AppResult<Sidecar> {
        let install_id = self.install_id(Some(&plain))?;
        if plain.passphrase.is_some() && plain.key_name.is_empty() {
            self.hold(&target.folder, key.clone());
            return Ok(Sidecar { install_id, ..plain });
        }
        let kept = self.keep_key(&target.workspace.id, key).await?;
        Ok(Sidecar { install_id, key_name: kept.name().to_owned(), ..plain })
    }

    async fn bring_back(
        &self,
        target: &mut Target,
        path: &Path,
        plain: &Sidecar,
        key: &BookKey,
        made_at: Option<Timestamp>,
    ) -> AppResult<()> {
        let (folder, path, plain, own) = (target.folder.clone(), path.to_owned(), plain.clone(), key.clone());
        let staged = blocking(move || Book::stage_restore(&folder, &path, &plain, &own)).await?;
        let begun = quarantine::begin(&self.inner.host, &staged, Why::Restored, made_at).await;
        let plate = live::read_plate(&staged).await;
        staged.close().await;
        begun?;
        // What it talks to is said by the book itself: nothing meant for Partner Center may end up in a practice one.
        if let (Some(id), Some(plate)) = (target.fresh, plate?) {
            target.workspace = workspaces::live(&self.inner.data_dir, id, &plate.company);
        }
        let folder = target.folder.clone();
        blocking(move || Book::put_in_place(&folder)).await?;
        Ok(())
    }

    /// Opens what was restored. The name plate of a new workspace is written last.
    async fn shown(&self, target: &Target) -> AppResult<StartView> {
        if target.fresh.is_some() {
            workspaces::write(&target.workspace)?;
            self.change_settings(|all| all.last_workspace.clone_from(&target.workspace.id))?;
        }
        let view = self.start_view().await?;
        self.publish_backups();
        Ok(view)
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, StoreError> + Send + 'static) -> AppResult<T> {
    Ok(tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::BrokenOff))?)
}

fn no(problem: RestoreProblem) -> RestoreAnswer {
    RestoreAnswer { start: None, problem: Some(problem) }
}

/// What a page can tell the person about; `None` for a defect.
fn restore_problem(error: &AppError) -> Option<RestoreProblem> {
    let AppError::Store(error) = error else { return None };
    match error {
        StoreError::WrongKey => Some(RestoreProblem::WrongSecret),
        StoreError::Corrupt { .. } | StoreError::Damaged(_) => Some(RestoreProblem::Damaged),
        StoreError::NewerSchema { .. } => Some(RestoreProblem::NewerSchema),
        StoreError::DiskFull => Some(RestoreProblem::DiskFull),
        StoreError::NotFound
        | StoreError::Missing
        | StoreError::Exists
        | StoreError::Locked
        | StoreError::ReadOnly
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
        | StoreError::Database(_) => None,
    }
}
