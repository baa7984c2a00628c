//! How long many queued onboardings take on a slow network, and that a book with nothing to send stays silent. Waiting
//! for answers is all that may take time: what the machine does in between is measured against the sum of the latencies,
//! and the window's own questions are asked meanwhile.

use super::host::FileKeychain;
use super::server::{Chooser, Fate, Server};
use super::world::{Ordered, Truth, folder, is_over, key, operations, story, submit};
use super::{Tally, figure};
use crate::backup::Keeper;
use crate::fakes::Fakes;
use crate::host::{Clock, Host};
use crate::views::{Language, OutboxFilter, WorkspaceColour, WorkspaceKind, WorkspaceView};
use crate::{App, OpenBook};
use async_trait::async_trait;
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_partner_center::transport::HttpsTransport;
use cb_sandbox::{Options, Sandbox};
use cb_store::Book;
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Onboardings with each submission; a long run has 200.
const ONBOARDINGS: u64 = 4;
/// What each request takes on this network.
const LATENCY: Duration = Duration::from_millis(150);
/// Requests of one onboarding with two products that are needed: agreement and fitness of the reseller, domain and
/// address asked before anything burns a prefix; the customer; the agreement's template and the agreement; the account's
/// review and both prices; cart and checkout; orders and subscriptions read back.
const NEEDED: u64 = 14;
/// Asked once, whether there is a Partner Center at all.
const PROBE: u64 = 1;
/// Over the sum of the latencies, and the longest that a command may take whatever is being sent: of a long run, which
/// has the machine for itself. Among other tests on few cores both only show that nothing waits for the network.
const ALONE: (f64, Duration) = (1.15, Duration::from_millis(100));
const AMONG_OTHERS: (f64, Duration) = (3.0, Duration::from_secs(1));
/// How long a book with nothing to send is listened to, in its own time, and how many requests it may make.
const SILENCE: (Duration, u64) = (Duration::from_secs(3 * 60 * 60), 12);

/// The machine's own time.
#[derive(Debug)]
pub(super) struct RealClock(pub(super) Instant);

#[async_trait]
impl Clock for RealClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    fn steady(&self) -> Duration {
        self.0.elapsed()
    }
    fn time_zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::UTC
    }
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// A book in its app, sending to a server on loopback.
struct Desk {
    app: App,
    open: Arc<OpenBook>,
    book: Book,
    truth: Truth,
    ordered: Ordered,
    requests: Arc<AtomicU64>,
    _server: Server,
    _places: [tempfile::TempDir; 2],
}

async fn desk(clock: Arc<dyn Clock>, latency: Duration, queued: u64) -> Desk {
    let (here, there) = (folder(), folder());
    let time = Arc::clone(&clock);
    let sandbox = Sandbox::open(there.path(), Options::new(Arc::new(move || time.now()))).unwrap();
    let requests = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&requests);
    let count: Chooser = Arc::new(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
        Fate::Served
    });
    let server = Server::start_slow(sandbox.clone(), count, latency).await;
    let truth = Truth::of(&sandbox);
    let ordered = truth.order().await;
    let keychain = Arc::new(FileKeychain(here.path().to_owned()));
    let host = Host { clock: Arc::clone(&clock), keychain, ..Fakes::new(1).host() };
    let book = Book::create(&here.path().join("book"), &key()).unwrap();
    for number in 0..queued {
        submit(&book, &ordered, 0, number, clock.now()).await;
    }
    let app = App::new(host.clone(), here.path().to_owned(), Language::En);
    let open = OpenBook::start(&host, workspace(here.path()), book.clone(), remote(server.port), None).await.unwrap();
    let open = Arc::new(open);
    *app.inner.open.write().await = Some(Arc::clone(&open));
    Keeper::watch(&app, &open);
    Desk { app, open, book, truth, ordered, requests, _server: server, _places: [here, there] }
}

fn remote(port: u16) -> Arc<Client> {
    let transport = Arc::new(HttpsTransport::new(vec!["127.0.0.1".to_owned()]).unwrap());
    let config = ClientConfig::new(&format!("http://127.0.0.1:{port}"), "en-US");
    Arc::new(Client::new(transport, Arc::new(FixedToken::new("practice")), config))
}

fn workspace(folder: &Path) -> WorkspaceView {
    WorkspaceView {
        id: String::new(),
        name: String::new(),
        kind: WorkspaceKind::Practice,
        colour: WorkspaceColour::Purple,
        folder: folder.display().to_string(),
    }
}

/// The longest of the window's questions, asked again and again until told to stop.
async fn ask_meanwhile(app: App, over: Arc<tokio::sync::Notify>) -> (u64, Duration) {
    let (mut asked, mut longest) = (0, Duration::ZERO);
    loop {
        let began = Instant::now();
        app.home().await.unwrap();
        let home = began.elapsed();
        app.list_operations(OutboxFilter::All, None).await.unwrap();
        let outbox = began.elapsed().checked_sub(home).unwrap();
        app.search("kunde".into()).await.unwrap();
        let search = began.elapsed().checked_sub(home + outbox).unwrap();
        app.connection().await.unwrap();
        asked += 4;
        longest = longest.max(home).max(outbox).max(search);
        tokio::select! {
            () = over.notified() => return (asked, longest),
            () = tokio::time::sleep(Duration::from_millis(50)) => {}
        }
    }
}

/// Operations that are not confirmed yet.
async fn left(book: &Book) -> u32 {
    let counts = book.read(|db| db.operations().counts()).await.unwrap();
    counts.all - counts.confirmed
}

#[test]
fn n3_a_full_outbox_takes_little_more_than_its_answers_do() {
    let count = figure("CHANNELBOOK_ONBOARDINGS", ONBOARDINGS);
    let (at_most, blink) = if std::env::var_os("CHANNELBOOK_ONBOARDINGS").is_some() { ALONE } else { AMONG_OTHERS };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let began = Instant::now();
        let desk = desk(Arc::new(RealClock(Instant::now())), LATENCY, count).await;
        let over = Arc::new(tokio::sync::Notify::new());
        let asking = tokio::spawn(ask_meanwhile(desk.app.clone(), Arc::clone(&over)));
        let sending = Instant::now();
        let patience = Duration::from_secs(20) + LATENCY * 40 * count.try_into().unwrap();
        // Counted, not read: who watches must not be the one who holds it up.
        while left(&desk.book).await > 0 && sending.elapsed() < patience {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let took = sending.elapsed();
        let all = operations(&desk.book).await;
        assert!(is_over(&all), "{}", story(&all));
        over.notify_one();
        let (asked, longest) = asking.await.unwrap();
        let requests = desk.requests.load(Ordering::SeqCst);
        let (lost, doubled) = desk.truth.judge(0, count, &desk.ordered).await;
        let needed = count * NEEDED + PROBE;
        let answers = LATENCY.as_secs_f64() * f64::from(u32::try_from(needed).unwrap());
        let ratio = took.as_secs_f64() / answers;
        Tally { runs: count, lost, doubled }.print("onboardings");
        eprintln!(
            "{requests} requests of {} ms in {:.1} s, {ratio:.3} of the answers' own time; {asked} commands meanwhile, the longest took {} ms; all in {:.1} s",
            LATENCY.as_millis(), took.as_secs_f64(), longest.as_millis(), began.elapsed().as_secs_f64(),
        );
        assert_eq!((lost, doubled), (0, 0));
        assert_eq!(requests, needed, "requests for {count} onboardings");
        assert!(ratio <= at_most, "{ratio}");
        assert!(longest <= blink, "{longest:?}");
        desk.open.stop().await;
    });
}

#[test]
fn n5_a_book_with_nothing_to_send_is_silent() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let clock = super::host::FlyingClock::since(Timestamp::now());
        let desk = desk(Arc::new(clock), Duration::ZERO, 1).await;
        while !is_over(&operations(&desk.book).await) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let before = desk.requests.load(Ordering::SeqCst);
        clock.sleep(SILENCE.0).await;
        let made = desk.requests.load(Ordering::SeqCst) - before;
        assert!(made <= SILENCE.1, "{made} requests in {:?} with nothing to do", SILENCE.0);
        desk.open.stop().await;
    });
}
