//! A system notification: setup info arrived while nobody was looking. It names neither customer nor user: whoever sees
//! the screen learns only that something waits on Home. The password never comes near this file.

use crate::windows;
use cb_app::App;
use cb_app::views::Language;
use notify_rust::Notification;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, Manager};

/// One notification at a time: while one stands, another arrival changes nothing about what it says.
static STANDS: AtomicBool = AtomicBool::new(false);

/// Title and text in the person's language.
fn words(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::En => ("Setup info has arrived", "It waits on Home to be handed over."),
        Language::De => ("Einrichtungsinfos sind eingetroffen", "Sie warten auf der Startseite auf die Übergabe."),
    }
}

/// Notifies unless a window of the app has the focus. Nobody waits for it, and a system without notifications is no
/// error: Home shows the same.
pub fn setup_info_arrived(handle: &AppHandle) {
    let attended = handle.webview_windows().values().any(|window| window.is_focused().unwrap_or(false));
    if attended || STANDS.swap(true, Ordering::SeqCst) {
        return;
    }
    let language = handle.try_state::<App>().map_or(Language::En, |app| app.language());
    let handle = handle.clone();
    let thread = std::thread::Builder::new().name("notice".to_owned()).spawn(move || {
        show(&handle, language);
        STANDS.store(false, Ordering::SeqCst);
    });
    if thread.is_err() {
        STANDS.store(false, Ordering::SeqCst);
    }
}

fn show(handle: &AppHandle, language: Language) {
    let (title, text) = words(language);
    let mut notice = Notification::new();
    notice.appname("Channelbook").summary(title).body(text);
    pressable(&mut notice);
    match notice.show() {
        Ok(shown) => follow(handle, shown),
        Err(error) => tracing::info!(%error, "the system shows no notification"),
    }
}

/// Where the desktop tells presses, one leads to the window.
#[cfg(all(unix, not(target_os = "macos")))]
fn pressable(notice: &mut Notification) {
    notice.action("default", "Channelbook");
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn pressable(_notice: &mut Notification) {}

#[cfg(all(unix, not(target_os = "macos")))]
fn follow(handle: &AppHandle, shown: notify_rust::NotificationHandle) {
    shown.wait_for_action(|action| {
        if action == "default" {
            windows::raise_main(handle);
        }
    });
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn follow<T>(_handle: &AppHandle, _shown: T) {
    let _ = windows::raise_main;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_nobody_and_says_where_to_look() {
        for language in [Language::En, Language::De] {
            let (title, text) = words(language);
            assert!(!title.is_empty() && (text.contains("Home") || text.contains("Startseite")));
        }
    }
}
