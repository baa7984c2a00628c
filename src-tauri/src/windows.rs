//! The two windows: the main one, and the small protected one that shows a password.

use crate::error::CommandError;
use cb_app::error::ErrorCode;
use cb_app::views::{Language, SettingsView, ThemeChoice};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent};

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

/// How long a closed window may take to go, in steps of [`CLOSING_STEP`].
const CLOSING_STEPS: u32 = 200;
const CLOSING_STEP: Duration = Duration::from_millis(10);

/// What the reveal window is about, and whose turn it is to open it: two presses at once must not make two windows.
#[derive(Default)]
struct Reveal {
    turn: tokio::sync::Mutex<()>,
    /// The onboarding that the open window shows; none as soon as the window is told to go.
    shows: Mutex<Option<String>>,
}

impl Reveal {
    fn set(&self, onboarding_id: Option<&str>) {
        *self.shows.lock().unwrap_or_else(PoisonError::into_inner) = onboarding_id.map(str::to_owned);
    }

    fn is_about(&self, onboarding_id: &str) -> bool {
        self.shows.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(onboarding_id)
    }
}

/// Opens the main window.
///
/// # Errors
/// When the system gives no window.
pub fn open_main(handle: &AppHandle, data_dir: &Path) -> tauri::Result<()> {
    let folder = data_dir.join("webview");
    handle.manage(WebviewFolder(folder.clone()));
    handle.manage(Reveal::default());
    build_main(handle, folder)
}

fn build_main(handle: &AppHandle, folder: PathBuf) -> tauri::Result<()> {
    WebviewWindowBuilder::new(handle, MAIN, WebviewUrl::App("index.html".into()))
        .title("Channelbook")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .center()
        .data_directory(folder)
        .initialization_script(FREEZE)
        .on_navigation(stays_inside)
        .build()?;
    zoom_main(handle, handle.state::<cb_app::App>().zoom());
    Ok(())
}

/// Makes everything in the main window this large, in percent.
pub fn zoom_main(handle: &AppHandle, percent: u32) {
    if let Some(window) = handle.get_webview_window(MAIN)
        && let Err(error) = window.set_zoom(f64::from(percent) / 100.0)
    {
        tracing::warn!(%error, "the window keeps its size of text");
    }
}

/// Brings the main window to the front, and opens it again if it is gone: a second start of the app ends up here.
pub fn raise_main(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(MAIN) {
        raise(&window);
    } else if let Some(folder) = handle.try_state::<WebviewFolder>() {
        let (handle, folder) = (handle.clone(), folder.0.clone());
        // Not here: this may be the thread that would have to make the window.
        tauri::async_runtime::spawn(async move {
            if let Err(error) = build_main(&handle, folder) {
                tracing::error!(%error, "the main window could not be opened again");
            }
        });
    }
}

fn raise(window: &tauri::WebviewWindow) {
    let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    if shown.is_err() {
        tracing::warn!(label = window.label(), "a window could not be raised");
    }
}

/// What follows when a window goes. The app ends with its main window: a password left alone on the screen, and a
/// second start that finds no window to raise, help nobody.
pub fn on_event(window: &tauri::Window, event: &WindowEvent) {
    let handle = window.app_handle();
    let is_main = window.label() == MAIN;
    if is_main && matches!(event, WindowEvent::Destroyed) {
        close_reveal(handle);
        handle.exit(0);
    } else if !is_main && matches!(event, WindowEvent::CloseRequested { .. }) {
        forget_reveal(handle);
    }
}

/// Opens the reveal window for one onboarding, or raises it (C3): content protected where the system can, no
/// developer tools, nothing kept on disk. A window of another onboarding goes first.
///
/// # Errors
/// `Internal` when the system gives no window.
pub async fn open_reveal(handle: &AppHandle, onboarding_id: &str, settings: &SettingsView) -> Result<(), CommandError> {
    let reveal = handle.state::<Reveal>();
    let _turn = reveal.turn.lock().await;
    if let Some(window) = handle.get_webview_window(REVEAL)
        && reveal.is_about(onboarding_id)
    {
        raise(&window);
        return Ok(());
    }
    close_reveal(handle);
    reveal_gone(handle).await;
    build_reveal(handle, onboarding_id, settings).map_err(|error| {
        tracing::error!(%error, "the reveal window could not be opened");
        CommandError { code: ErrorCode::Internal, fields: Vec::new() }
    })?;
    reveal.set(Some(onboarding_id));
    Ok(())
}

/// Waits until the window is really gone: the system closes it some time after it was told to, and until then its
/// label is taken.
async fn reveal_gone(handle: &AppHandle) {
    for _ in 0..CLOSING_STEPS {
        if handle.get_webview_window(REVEAL).is_none() {
            return;
        }
        tokio::time::sleep(CLOSING_STEP).await;
    }
}

fn build_reveal(handle: &AppHandle, onboarding_id: &str, settings: &SettingsView) -> tauri::Result<()> {
    let (language, theme) = (language_word(settings.language), theme_word(settings.theme));
    let page = format!("reveal.html?onboarding={onboarding_id}&language={language}&theme={theme}");
    let builder = WebviewWindowBuilder::new(handle, REVEAL, WebviewUrl::App(page.into()));
    let zoom = f64::from(handle.state::<cb_app::App>().zoom()) / 100.0;
    // As large as what it shows, and never larger than a small screen.
    let large = zoom.clamp(1.0, 1.6);
    let window = keyed_apart(builder, handle)
        .title("Channelbook")
        .inner_size(500.0 * large, 350.0 * large)
        .min_inner_size(420.0, 320.0)
        .resizable(true)
        .center()
        .content_protected(true)
        .devtools(false)
        .incognito(true)
        .initialization_script(FREEZE)
        .on_navigation(stays_inside)
        .build()?;
    window.set_zoom(zoom)?;
    Ok(())
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
    forget_reveal(handle);
    if let Some(window) = handle.get_webview_window(REVEAL)
        && window.destroy().is_err()
    {
        tracing::warn!("the reveal window could not be closed");
    }
}

/// From here on the window is no longer one that could be raised.
fn forget_reveal(handle: &AppHandle) {
    if let Some(reveal) = handle.try_state::<Reveal>() {
        reveal.set(None);
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
