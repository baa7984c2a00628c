//! The shell: builds the window, hands the real host to the use cases, and forwards commands.

pub mod bindings;
mod commands;
mod dialogs;
mod error;
mod host;
mod notices;
mod options;
mod windows;

use cb_app::App;
use cb_app::host::Host;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{Manager, RunEvent};

/// Runs the app until its window is closed.
pub fn run() {
    log_to_stderr();
    no_core_dumps();
    let given = options::data_dir(std::env::args_os().skip(1), std::env::var_os("CHANNELBOOK_DATA_DIR"));
    let bindings = bindings::builder();
    let handler = bindings.invoke_handler();
    let built = tauri::Builder::default()
        .plugin(one_instance(given.as_deref()))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_denylist(&[windows::REVEAL]).build())
        .invoke_handler(handler)
        .on_window_event(windows::on_event)
        .setup(move |tauri| {
            bindings.mount_events(tauri);
            let handle = tauri.handle().clone();
            let data_dir = given.map_or_else(|| handle.path().app_local_data_dir(), Ok)?;
            let app = App::new(host(&handle), data_dir.clone(), options::language(sys_locale::get_locale().as_deref()));
            app.invent_customers(options::sample_customers(std::env::args_os().skip(1)));
            tauri.manage(app);
            open_ahead(&handle);
            windows::open_main(&handle, &data_dir)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(tauri) => tauri.run(|handle, event| {
            if let RunEvent::Exit = event {
                tauri::async_runtime::block_on(handle.state::<App>().shut_down());
            }
        }),
        Err(error) => {
            tracing::error!(%error, "the app could not start");
            std::process::exit(1);
        }
    }
}

/// Opens the book while the window is being made. What comes of it nobody hears: the page asks for itself, and finds the
/// book open, or what stands in the way.
fn open_ahead(handle: &tauri::AppHandle) {
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = handle.state::<App>().start_view_soon().await {
            tracing::warn!(code = ?error.code(), "the book was not opened ahead of the window");
        }
    });
}

/// A second start with the same books raises the first window (D2). Books elsewhere are another instance.
fn one_instance(data_dir: Option<&Path>) -> tauri::plugin::TauriPlugin<tauri::Wry> {
    let mut builder = tauri_plugin_single_instance::Builder::new()
        .callback(|handle, _arguments, _folder| windows::raise_main(handle));
    if let Some(data_dir) = data_dir {
        builder = builder.dbus_id(format!("app.channelbook.desktop.b{}", short_hash(data_dir)));
    }
    builder.build()
}

fn short_hash(path: &Path) -> String {
    use sha2::Digest;
    hex::encode(&sha2::Sha256::digest(one_spelling(path).as_os_str().as_encoded_bytes())[..8])
}

/// The one spelling of a folder's path, whatever links and slashes it was given with. At the first start the folder
/// isn't there yet: then it is the spelling of the part that is.
fn one_spelling(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let found = whole.ancestors().find_map(|part| Some((part, std::fs::canonicalize(part).ok()?)));
    let Some((part, mut spelled)) = found else { return whole };
    if let Ok(missing) = whole.strip_prefix(part) {
        // One by one: pushed as a whole, a slash at the end would stay.
        spelled.extend(missing.components());
    }
    spelled
}

fn host(handle: &tauri::AppHandle) -> Host {
    Host {
        clock: Arc::new(host::SystemClock),
        random: Arc::new(host::SystemRandom),
        keychain: Arc::new(host::OsKeychain),
        mailer: Arc::new(host::MailProgram),
        browser: Arc::new(host::DefaultBrowser),
        clipboard: Arc::new(host::SystemClipboard::default()),
        notifier: Arc::new(host::WebviewNotifier::new(handle.clone())),
        person: host::person().into(),
    }
}

/// A crash must not write memory, with keys and passwords in it, to the disk (D10). Windows writes no such file unless
/// the person has set that up.
fn no_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        if let Err(error) = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
            tracing::warn!(%error, "core dumps could not be switched off");
        }
    }
}

/// Allow-listed fields only (D10): our own crates, warnings and worse, never request or person data.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("CHANNELBOOK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let logger = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if logger.try_init().is_err() {
        tracing::debug!("a logger was there already");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_hash_however_it_is_spelled_and_before_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let books = folder.path().join("books");
        let before = short_hash(&books);
        assert_eq!(short_hash(&folder.path().join("books/")), before);
        std::fs::create_dir(&books).unwrap();
        assert_eq!(short_hash(&books), before);
        assert_eq!(short_hash(&folder.path().join("books/")), before);
        assert_eq!(short_hash(&folder.path().join("books/../books/.")), before);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path(), folder.path().join("link")).unwrap();
            assert_eq!(short_hash(&folder.path().join("link/books")), before);
        }
        assert_ne!(short_hash(&folder.path().join("others")), before);
    }
}
