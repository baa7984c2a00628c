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

/// Asks where to put a table; `None` when the person chose nowhere. The ending of `name` is offered first. A name without
/// either ending gets it.
pub async fn save_table(handle: &AppHandle, name: &str) -> Option<PathBuf> {
    const FORMS: [(&str, &str); 2] = [("CSV", "csv"), ("Excel", "xlsx")];
    let (done, chosen) = oneshot::channel();
    let first = FORMS.iter().position(|(_, ending)| name.ends_with(ending)).unwrap_or_default();
    let mut dialog = handle.dialog().file().set_file_name(name);
    for at in [first, 1 - first] {
        let (form, ending) = FORMS[at];
        dialog = dialog.add_filter(form, &[ending]);
    }
    dialog.save_file(move |path| {
        let _ = done.send(path);
    });
    let path = path(chosen.await.ok().flatten())?;
    let has_one = path.extension().is_some_and(|own| FORMS.iter().any(|(_, ending)| own.eq_ignore_ascii_case(ending)));
    Some(if has_one { path } else { with_ending(path, FORMS[first].1) })
}

/// Asks where to put a PDF file; `None` when the person chose nowhere. Its ending is there, whatever was typed.
pub async fn save_pdf(handle: &AppHandle, name: &str) -> Option<PathBuf> {
    let (done, chosen) = oneshot::channel();
    handle.dialog().file().add_filter("PDF", &["pdf"]).set_file_name(name).save_file(move |path| {
        let _ = done.send(path);
    });
    let path = path(chosen.await.ok().flatten())?;
    let has_it = path.extension().is_some_and(|own| own.eq_ignore_ascii_case("pdf"));
    Some(if has_it { path } else { with_ending(path, "pdf") })
}

/// The same name with this ending behind all that stands there.
fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    let mut whole = path.into_os_string();
    whole.push(".");
    whole.push(ending);
    PathBuf::from(whole)
}

fn path(chosen: Option<FilePath>) -> Option<PathBuf> {
    chosen.and_then(|path| path.into_path().ok())
}
