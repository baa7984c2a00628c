//! The two windows: the main one, and the small protected one that shows a password.

use crate::error::CommandError;
use cb_app::error::ErrorCode;
use cb_app::views::{Language, SettingsView, ThemeChoice};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// Label of the main window.
pub const MAIN: &str = "main";
/// Label of the reveal window.
pub const REVEAL: &str = "reveal";

/// Freezes `Object.prototype` before any page script runs (W1).
const FREEZE: &str = include_str!("freeze.js");

/// Only the app's own pages are ever shown (W1).
fn stays_inside(url: &tauri::Url) -> bool {
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost") || url.scheme() == "about"
}

/// Where the web engine keeps its own files: beside the books, so that a portable folder holds all of it.
struct WebviewFolder(PathBuf);

/// Opens the main window.
///
/// # Errors
/// When the system gives no window.
pub fn open_main(handle: &AppHandle, data_dir: &Path) -> tauri::Result<()> {
    let folder = data_dir.join("webview");
    handle.manage(WebviewFolder(folder.clone()));
    WebviewWindowBuilder::new(handle, MAIN, WebviewUrl::App("index.html".into()))
        .title("Channelbook")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .center()
        .data_directory(folder)
        .initialization_script(FREEZE)
        .on_navigation(stays_inside)
        .build()?;
    Ok(())
}

/// Brings the main window to the front: a second start of the app ends up here.
pub fn raise_main(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(MAIN) {
        let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
        if shown.is_err() {
            tracing::warn!("the main window could not be raised");
        }
    }
}

/// Opens the reveal window for one onboarding, or raises it (C3): content protected where the system can, no
/// developer tools, nothing kept on disk.
///
/// # Errors
/// `Internal` when the system gives no window.
pub fn open_reveal(handle: &AppHandle, onboarding_id: &str, settings: &SettingsView) -> Result<(), CommandError> {
    close_reveal(handle);
    let (language, theme) = (language_word(settings.language), theme_word(settings.theme));
    let page = format!("reveal.html?onboarding={onboarding_id}&language={language}&theme={theme}");
    let builder = WebviewWindowBuilder::new(handle, REVEAL, WebviewUrl::App(page.into()));
    let built = keyed_apart(builder, handle)
        .title("Channelbook")
        .inner_size(500.0, 350.0)
        .min_inner_size(420.0, 320.0)
        .resizable(true)
        .center()
        .content_protected(true)
        .devtools(false)
        .incognito(true)
        .initialization_script(FREEZE)
        .on_navigation(stays_inside)
        .build();
    built.map(|_| ()).map_err(|error| {
        tracing::error!(%error, "the reveal window could not be opened");
        CommandError { code: ErrorCode::Internal, fields: Vec::new() }
    })
}

type RevealBuilder<'a> = WebviewWindowBuilder<'a, tauri::Wry, AppHandle>;

/// On Linux the toolkit registers the app's own addresses once for each data folder, but gives every incognito window
/// a context of its own: without a folder of its own, the second reveal window of a run finds no page and stays blank.
/// The folder only tells the windows apart: an incognito window writes nothing there but the engine's empty stores.
#[cfg(target_os = "linux")]
fn keyed_apart<'a>(builder: RevealBuilder<'a>, handle: &AppHandle) -> RevealBuilder<'a> {
    use std::sync::atomic::{AtomicU32, Ordering};
    static OPENED: AtomicU32 = AtomicU32::new(0);
    let number = OPENED.fetch_add(1, Ordering::Relaxed);
    match handle.try_state::<WebviewFolder>() {
        Some(folder) => builder.data_directory(folder.0.join("reveal").join(number.to_string())),
        None => builder,
    }
}

/// Elsewhere every incognito window finds the app's addresses.
#[cfg(not(target_os = "linux"))]
fn keyed_apart<'a>(builder: RevealBuilder<'a>, _handle: &AppHandle) -> RevealBuilder<'a> {
    builder
}

/// Opens the system's print dialog for what a window shows.
///
/// # Errors
/// `NotFound` when the window is gone, `Internal` when the system can't print.
pub fn print(handle: &AppHandle, label: &str) -> Result<(), CommandError> {
    let told = |code| CommandError { code, fields: Vec::new() };
    let window = handle.get_webview_window(label).ok_or_else(|| told(ErrorCode::NotFound))?;
    window.print().map_err(|error| {
        tracing::error!(%error, "the system gives no print dialog");
        told(ErrorCode::Internal)
    })
}

/// Closes the reveal window if it is open.
pub fn close_reveal(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(REVEAL)
        && window.destroy().is_err()
    {
        tracing::warn!("the reveal window could not be closed");
    }
}

/// The window may not ask for the settings, so its address carries them.
fn language_word(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::De => "de",
    }
}

fn theme_word(theme: ThemeChoice) -> &'static str {
    match theme {
        ThemeChoice::System => "system",
        ThemeChoice::Light => "light",
        ThemeChoice::Dark => "dark",
        ThemeChoice::HighContrast => "high_contrast",
    }
}
