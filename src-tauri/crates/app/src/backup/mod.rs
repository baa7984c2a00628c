//! Backups of the open book (D6) and their way back (D8): the list, *Back up now*, restoring, and what a restored book
//! holds until a person releases it.

mod keeper;
pub(crate) mod quarantine;
mod release;
mod restore;
#[cfg(test)]
mod tests;

pub(crate) use keeper::Keeper;

use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{BackupProblem, BackupReasonView, BackupRow, BackupsView};
use cb_domain::topic::Topic;
use cb_store::{BackupFile, BackupReason, Book, StoreError};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

impl App {
    /// Backups of the open book, or of the one that could not be opened, newest first.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub async fn backups(&self) -> AppResult<BackupsView> {
        let Some(workspace) = self.last_workspace() else {
            return Ok(BackupsView { rows: Vec::new(), folder: String::new(), problem: None });
        };
        let folder = PathBuf::from(workspace.folder);
        let problem = match self.open_book().await {
            Ok(open) => open.keeper.problem(),
            Err(_) => None,
        };
        let rows = Book::backups(&folder)?.iter().map(row).collect();
        Ok(BackupsView { rows, folder: folder.join("backups").display().to_string(), problem })
    }

    /// Makes a backup now. A problem, such as a full disk, is told in the answer.
    ///
    /// # Errors
    /// `NoBook`; when the folder can't be read.
    pub async fn back_up_now(&self) -> AppResult<BackupsView> {
        let open = self.open_book().await?;
        open.keeper.back_up(&self.inner.host, &open, BackupReason::Manual).await;
        self.backups().await
    }

    /// Copies a backup and the plain file that goes with it to a place that the person has chosen.
    ///
    /// # Errors
    /// `NotFound` when the backup is gone; file errors, a full disk among them.
    pub async fn copy_backup(&self, name: String, to: PathBuf) -> AppResult<()> {
        let workspace = self.last_workspace().ok_or(AppError::NotFound)?;
        let from = Book::backup_path(Path::new(&workspace.folder), &name)?.ok_or(AppError::NotFound)?;
        let copied = tokio::task::spawn_blocking(move || {
            std::fs::copy(&from, &to)?;
            std::fs::File::open(&to)?.sync_all()?;
            let plain = from.with_extension("json");
            if plain.exists() {
                std::fs::copy(plain, to.with_extension("json"))?;
            }
            Ok(())
        });
        copied.await.unwrap_or_else(|error| Err(std::io::Error::other(error))).map_err(AppError::Io)
    }

    /// Remembers the file that the person has chosen, and says what it looks like. `None` when it is no backup by its
    /// name. The path itself never comes from a page.
    #[must_use]
    pub fn choose_backup(&self, path: PathBuf) -> Option<BackupRow> {
        let found = Book::look_at_backup(&path).as_ref().map(row);
        *self.inner.chosen.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(path);
        found
    }

    /// Tells the screens that backups, or what a restore holds, have changed.
    pub(crate) fn publish_backups(&self) {
        self.publish(&BTreeSet::from([Topic::Workspace]));
    }
}

fn row(file: &BackupFile) -> BackupRow {
    BackupRow {
        name: file.name.clone(),
        made_at: file.made_at.to_string(),
        reason: match file.reason {
            BackupReason::Daily => BackupReasonView::Daily,
            BackupReason::Order => BackupReasonView::Order,
            BackupReason::Manual => BackupReasonView::Manual,
            BackupReason::Migration => BackupReasonView::Migration,
        },
        size_kb: u32::try_from(file.size.div_ceil(1024)).unwrap_or(u32::MAX),
    }
}

/// What a person can do something about.
fn backup_problem(error: &StoreError) -> BackupProblem {
    match error {
        StoreError::DiskFull => BackupProblem::DiskFull,
        StoreError::ReadOnly => BackupProblem::ReadOnly,
        StoreError::NotFound
        | StoreError::Missing
        | StoreError::Exists
        | StoreError::WrongKey
        | StoreError::Corrupt { .. }
        | StoreError::Damaged(_)
        | StoreError::Locked
        | StoreError::NewerSchema { .. }
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
        | StoreError::Database(_) => BackupProblem::Other,
    }
}
