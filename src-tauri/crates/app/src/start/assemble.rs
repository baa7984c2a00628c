//! Puts an open workspace together: book, way to Partner Center, driver.

use crate::error::{AppError, AppResult};
use crate::host::Host;
use crate::practice::{NETWORK_OFF, PracticeDay};
use crate::transport::{Cable, Practice};
use crate::views::{Language, WorkspaceView};
use crate::{App, OpenBook, pull, sample};
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_sandbox::{Options, Sandbox};
use cb_store::Book;
use cb_sync::remote::Remote;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Countries that the sample book sells to: their catalogues are fetched ahead, so that they are there offline.
const SAMPLE_COUNTRIES: [&str; 18] =
    ["DE", "AT", "CH", "FR", "NL", "BE", "PL", "HU", "CZ", "IT", "ES", "DK", "SE", "NO", "GB", "IE", "US", "CA"];

/// Any host name will do: the requests never leave this process.
const PRACTICE_BASE: &str = "https://practice.invalid";

/// Fills a new practice book from the sandbox that lies beside it.
pub(super) async fn fill(host: &Host, book: &Book, folder: &Path, language: Language) -> AppResult<()> {
    let sandbox = open_sandbox(host, folder.to_path_buf()).await?;
    let cable = Cable::default();
    cable.set_language(language);
    let remote = client(sandbox, cable);
    let today = host.clock.now().to_zoned(host.clock.time_zone()).date();
    sample::fill_practice_book(host, book, remote.as_ref(), today).await?;
    pull::note_language(book, sample::PROVIDER_COUNTRY, language).await
}

/// Connects an opened practice book to its sandbox and starts its driver.
pub(super) async fn open(host: &Host, workspace: WorkspaceView, book: Book, language: Language) -> AppResult<OpenBook> {
    let sandbox = open_sandbox(host, PathBuf::from(&workspace.folder)).await?;
    let cable = Cable::default();
    cable.set_language(language);
    let out = book.read(|db| db.settings().get(NETWORK_OFF)).await?;
    cable.set_out(out.as_deref() == Some("1"));
    let remote = client(sandbox.clone(), cable.clone());
    OpenBook::start(host, workspace, book, remote, Some(PracticeDay { sandbox, cable })).await
}

/// Fetches in the background what the open book has no catalogue for yet.
pub(super) async fn complete(app: &App, open: &Arc<OpenBook>) -> AppResult<()> {
    let held = open.book.read(|db| db.offers().countries()).await?;
    let absent = SAMPLE_COUNTRIES.iter().map(|&country| country.to_owned()).filter(|country| !held.contains(country));
    let mut due: Vec<String> = absent.collect();
    // The language may have been changed while this book was shut.
    due.extend(pull::told_otherwise(open).await?);
    pull::catalogues_in_background(&app.inner, open, due);
    crate::reseller::look(&app.inner, open, false);
    Ok(())
}

/// The screens speak another language: Partner Center is asked in it from now on, and what it described is read anew in
/// the background. Until that has come, or while nobody can be asked, the texts stay as they are; a live workspace tries
/// it again with each sync.
pub(super) async fn speak(app: &App, language: Language) -> AppResult<()> {
    let Ok(open) = app.open_book().await else { return Ok(()) };
    if let Some(day) = &open.practice {
        day.cable.set_language(language);
    }
    if let Some(live) = &open.live {
        live.speech.set(language);
    }
    if !open.book.is_read_only() {
        pull::catalogues_in_background(&app.inner, &open, pull::told_otherwise(&open).await?);
    }
    Ok(())
}

/// The state is a file: opened off the async threads.
async fn open_sandbox(host: &Host, folder: PathBuf) -> AppResult<Sandbox> {
    let clock = Arc::clone(&host.clock);
    let options = Options::new(Arc::new(move || clock.now()));
    match tokio::task::spawn_blocking(move || Sandbox::open(&folder, options)).await {
        Ok(opened) => opened.map_err(|error| AppError::Sandbox(Box::new(error))),
        Err(error) => Err(AppError::Sandbox(Box::new(error))),
    }
}

fn client(sandbox: Sandbox, cable: Cable) -> Arc<dyn Remote> {
    let transport = Arc::new(Practice::new(sandbox, cable));
    let tokens = Arc::new(FixedToken::new("practice"));
    Arc::new(Client::new(transport, tokens, ClientConfig::new(PRACTICE_BASE, "en-US")))
}
