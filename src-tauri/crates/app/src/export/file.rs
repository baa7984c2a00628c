//! A file that is not whole yet.

use crate::error::{AppError, AppResult};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// Beside the place where it will be; gone again unless it is finished.
pub(super) struct Half {
    path: PathBuf,
    file: Option<BufWriter<File>>,
    is_whole: bool,
}

impl Half {
    /// Begins the file that will be `to`.
    pub(super) fn begin(to: &Path) -> AppResult<Self> {
        let mut name = to.file_name().ok_or(AppError::NotFound)?.to_os_string();
        name.push(".part");
        let path = to.with_file_name(name);
        let file = Some(BufWriter::new(File::create(&path)?));
        Ok(Self { path, file, is_whole: false })
    }

    /// Where it lies.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// The file itself.
    pub(super) fn file(&mut self) -> AppResult<&mut BufWriter<File>> {
        self.file.as_mut().ok_or(AppError::NotFound)
    }

    pub(super) fn write(&mut self, text: &str) -> AppResult<()> {
        Ok(self.file()?.write_all(text.as_bytes())?)
    }

    /// On the disk, and under its name.
    pub(super) fn finish(mut self, to: &Path) -> AppResult<()> {
        let file = self.file()?;
        file.flush()?;
        file.get_ref().sync_all()?;
        // Windows renames no file that is open.
        self.file = None;
        std::fs::rename(&self.path, to)?;
        self.is_whole = true;
        Ok(())
    }
}

impl Drop for Half {
    fn drop(&mut self) {
        self.file = None;
        if !self.is_whole && std::fs::remove_file(&self.path).is_err() {
            tracing::warn!("half an export is still there");
        }
    }
}
