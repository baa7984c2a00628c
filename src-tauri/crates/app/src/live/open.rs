//! Opens a live workspace: HTTPS to its cloud, tokens from its sign-in, the driver, and the tasks in the background.

use super::pace::Paced;
use super::watch::Watched;
use super::{Live, SINCE, Speech, sync};
use crate::error::{AppError, AppResult};
use crate::host::Host;
use crate::sign_in::Shelf;
use crate::start::KeyHome;
use crate::views::{Language, WorkspaceView};
use crate::{App, OpenBook};
use cb_domain::connection::{Cloud, Connection};
use cb_domain::topic::Topic;
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::sign_in::{Authority, SignedIn, Standing, Surroundings};
use cb_partner_center::token::TokenSource;
use cb_partner_center::transport::{HttpsTransport, Transport};
use cb_store::Book;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The way to a connection's hosts and to no others; `None` when no HTTP client can be made.
pub(crate) fn transport(connection: &Connection) -> Option<Arc<dyn Transport>> {
    match HttpsTransport::new(connection.hosts()) {
        Ok(transport) => Some(Arc::new(transport)),
        Err(error) => {
            tracing::error!(%error, "no HTTP client");
            None
        }
    }
}

/// The authority of a connection.
pub(crate) fn authority(host: &Host, transport: Arc<dyn Transport>, connection: &Connection) -> Authority {
    let (clock, random) = (Arc::clone(&host.clock), Arc::clone(&host.random));
    let around =
        Surroundings { now: Arc::new(move || clock.now()), fill: Arc::new(move |bytes: &mut [u8]| random.fill(bytes)) };
    Authority::new(transport, connection.clone(), around)
}

/// Language in which Partner Center names things.
pub(crate) fn locale(language: Language) -> &'static str {
    match language {
        Language::En => "en-US",
        Language::De => "de-DE",
    }
}

/// Connects an opened live book and starts its driver. Nothing is asked of the network here.
pub(crate) async fn open(
    host: &Host,
    keys: &KeyHome,
    workspace: WorkspaceView,
    book: Book,
    language: Language,
) -> AppResult<OpenBook> {
    let plate = super::read_plate(&book).await?.ok_or(AppError::NotFound)?;
    let since = book.read(|db| db.settings().get(SINCE)).await?;
    let since = since.and_then(|text| text.parse().ok()).unwrap_or(plate.since);
    let plain = transport(&plate.connection)
        .ok_or_else(|| AppError::Io(std::io::Error::other("the HTTP client could not be made")))?;
    let shelf = Arc::new(Shelf::new(keys.here(), &workspace.id));
    let authority = authority(host, Arc::clone(&plain), &plate.connection);
    let source = Arc::new(SignedIn::new(authority, plate.account.clone(), shelf));
    let api: Arc<dyn Transport> = match plate.connection.cloud {
        Cloud::Commercial | Cloud::UsGovernment | Cloud::China => Arc::new(Paced::new(plain)),
        // A test server publishes no limits: its 429 is obeyed like any other.
        Cloud::Custom => plain,
    };
    let tokens: Arc<dyn TokenSource> = source.clone();
    let client = Client::new(api, tokens, ClientConfig::new(&plate.connection.api, locale(language)));
    let speech = Speech::new(client.locale(), language);
    let remote = Arc::new(Watched { remote: client, source: Arc::clone(&source) });
    let mut opened = OpenBook::start(host, workspace, book, remote, None).await?;
    opened.live = Some(Arc::new(Live::new(plate, source, since, speech)));
    Ok(opened)
}

/// Starts what runs beside an opened live book: refreshing the sign-in, watching it, and the sync.
pub(crate) fn complete(app: &App, open: &Arc<OpenBook>) {
    let Some(live) = &open.live else { return };
    live.own(&tokio::spawn(SignedIn::keep_fresh(Arc::downgrade(&live.source))));
    let (inner, book, mut standing) = (Arc::clone(&app.inner), Arc::clone(open), live.source.standing());
    live.own(&tokio::spawn(async move {
        while standing.changed().await.is_ok() {
            match &*standing.borrow_and_update() {
                // What waited for a sign-in goes at once.
                Standing::In => book.driver.hurry(),
                // The authority was not well: the next request finds out whether it is again.
                Standing::Out(problem) if problem.passes() => book.driver.wake(),
                // Whoever heard it, the sync or the outbox: nothing goes out, and the screen says so.
                Standing::Out(_) => book.driver.ask_for_sign_in(),
            }
            inner.host.notifier.data_changed(&BTreeSet::from([Topic::SignIn, Topic::Connection]));
        }
    }));
    live.own(&tokio::spawn(sync::run(Arc::clone(&app.inner), Arc::clone(open), Arc::clone(live))));
}
