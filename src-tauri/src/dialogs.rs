//! The system's file dialogs, opened from Rust: no page learns a path or may touch a file.

use std::path::PathBuf;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

/// Ending of a backup.
const ENDING: &[&str] = &["db"];

/// Asks for a backup file; `None` when the person chose none.
pub async fn open_backup(handle: &AppHandle) -> Option<PathBuf> {
    let (done, chosen) = oneshot::channel();
    handle.dialog().file().add_filter("Channelbook", ENDING).pick_file(move |path| {
        let _ = done.send(path);
    });
    path(chosen.await.ok().flatten())
}

/// Asks where to put a copy of a backup; `None` when the person chose nowhere.
pub async fn save_backup(handle: &AppHandle, name: &str) -> Option<PathBuf> {
    let (done, chosen) = oneshot::channel();
    handle.dialog().file().add_filter("Channelbook", ENDING).set_file_name(name).save_file(move |path| {
        let _ = done.send(path);
    });
    path(chosen.await.ok().flatten())
}

/// Asks where to put a table; `None` when the person chose nowhere.
pub async fn save_csv(handle: &AppHandle, name: &str) -> Option<PathBuf> {
    let (done, chosen) = oneshot::channel();
    handle.dialog().file().add_filter("CSV", &["csv"]).set_file_name(name).save_file(move |path| {
        let _ = done.send(path);
    });
    path(chosen.await.ok().flatten())
}

/// Asks where to put a PDF file; `None` when the person chose nowhere. Its ending is there, whatever was typed.
pub async fn save_pdf(handle: &AppHandle, name: &str) -> Option<PathBuf> {
    let (done, chosen) = oneshot::channel();
    handle.dialog().file().add_filter("PDF", &["pdf"]).set_file_name(name).save_file(move |path| {
        let _ = done.send(path);
    });
    path(chosen.await.ok().flatten()).map(|path| match path.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("pdf") => path,
        Some(_) | None => {
            let mut whole = path.into_os_string();
            whole.push(".pdf");
            PathBuf::from(whole)
        }
    })
}

fn path(chosen: Option<FilePath>) -> Option<PathBuf> {
    chosen.and_then(|path| path.into_path().ok())
}
