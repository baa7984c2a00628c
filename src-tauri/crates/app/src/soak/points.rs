//! Fail points (P1, P3): the book's disk dies at each of its calls as if the process had been killed there, or is full
//! just once; the keychain refuses at each of its calls. Each alone, all of them. Sends are the driver's own test.

use super::host::{FileKeychain, FlyingClock, host};
use super::world::{Truth, folder, is_over, key, operations, story, submit};
use super::{Tally, seed};
use crate::OpenBook;
use crate::host::{Clock, Host, Keychain, KeychainError};
use crate::transport::{Cable, Practice};
use crate::views::{WorkspaceColour, WorkspaceKind, WorkspaceView};
use cb_disk_fault::{Failing, Fault, Plan, register};
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_sandbox::{Options, Sandbox};
use cb_store::Book;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use zeroize::Zeroizing;

/// Folders of these books, told apart from those of all other tests in this process.
const PLACE: &str = "fail-point";

/// A keychain that refuses one call, the first of which is number 1.
struct Refusing {
    inner: FileKeychain,
    at: u64,
    calls: Arc<AtomicU64>,
}

impl Refusing {
    fn allowed(&self) -> Result<(), KeychainError> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        if call == self.at { Err(KeychainError::Unavailable) } else { Ok(()) }
    }
}

impl Keychain for Refusing {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.allowed()?;
        self.inner.set(name, secret)
    }
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        self.allowed()?;
        self.inner.get(name)
    }
    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        self.allowed()?;
        self.inner.delete(name)
    }
}

/// A server and a clock for all lives.
struct Bench {
    clock: FlyingClock,
    sandbox: Sandbox,
    disk: Failing,
    _place: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let clock = FlyingClock::since(jiff::Timestamp::now());
        let place = folder();
        let sandbox = Sandbox::open(place.path(), Options::new(Arc::new(move || clock.now()))).unwrap();
        Self { clock, sandbox, disk: Failing::new(PLACE), _place: place }
    }

    /// A life of the app on this book until all is done, or until the disk has died. Ends like a kill: nothing is
    /// waited for.
    fn live(&self, folder: &Path, keychain: Option<Refusing>, run: u64) -> bool {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let done = runtime.block_on(async {
            let host = host(self.clock, folder.to_owned(), run ^ 0xF417);
            let host = match keychain {
                Some(keychain) => Host { keychain: Arc::new(keychain), ..host },
                None => host,
            };
            let Ok(book) = Book::open(&folder.join("book"), &key()) else { return false };
            let transport = Arc::new(Practice::new(self.sandbox.clone(), Cable::default()));
            let config = ClientConfig::new("https://practice.example", "en-US");
            let client = Client::new(transport, Arc::new(FixedToken::new("practice")), config);
            let workspace = WorkspaceView {
                id: String::new(),
                name: String::new(),
                kind: WorkspaceKind::Practice,
                colour: WorkspaceColour::Purple,
                folder: String::new(),
            };
            let opened = OpenBook::start(&host, workspace, book.clone(), Arc::new(client), None).await;
            let Ok(_open) = opened else { return false };
            for _ in 0..4_000 {
                if is_over(&operations_if_readable(&book).await.unwrap_or_default()) && !self.dead() {
                    let all = operations_if_readable(&book).await.unwrap_or_default();
                    if !all.is_empty() {
                        return true;
                    }
                }
                if self.dead() {
                    return false;
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            panic!("it does not end\n{}", story(&operations(&book).await));
        });
        runtime.shutdown_timeout(Duration::from_secs(5));
        done
    }

    fn dead(&self) -> bool {
        self.disk.has_failed() && self.dies()
    }

    fn dies(&self) -> bool {
        self.disk.plan_now().for_good
    }

    /// A new book with one customer submitted.
    fn begin(&self, place: &tempfile::TempDir, run: u64, ordered: &super::world::Ordered) -> PathBuf {
        let folder = place.path().join(format!("{PLACE}-{run}"));
        std::fs::create_dir_all(&folder).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let book = Book::create(&folder.join("book"), &key()).unwrap();
            submit(&book, ordered, run, 0, self.clock.now()).await;
            book.close().await;
        });
        folder
    }
}

async fn operations_if_readable(book: &Book) -> Option<Vec<cb_domain::operation::Operation>> {
    let every = cb_store::OutboxQuery { limit: 100, ..cb_store::OutboxQuery::default() };
    let listed = book.read(move |db| db.operations().list(&every)).await.ok()?;
    Some(listed.into_iter().map(|(operation, _)| operation).collect())
}

#[test]
fn p1_p2_the_disk_may_fail_at_any_call_and_the_keychain_too() {
    let bench = Bench::new();
    register("failing", bench.disk.clone(), true);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let truth = Truth::of(&bench.sandbox);
    let ordered = runtime.block_on(truth.order());
    let mut tally = Tally::default();
    let mut run = 0;
    for fault in [Plan { for_good: true, ..Plan::default() }, Plan { fault: Some(Fault::Full), ..Plan::default() }] {
        for at in 1.. {
            let place = folder();
            bench.disk.plan(Plan::default());
            let book = bench.begin(&place, run, &ordered);
            bench.disk.plan(Plan { at, ..fault });
            let done = bench.live(&book, None, run);
            let failed = bench.disk.has_failed();
            bench.disk.plan(Plan::default());
            assert!(done || bench.live(&book, None, run), "call {at} of {fault:?}: it does not live again");
            let (lost, doubled) = runtime.block_on(truth.judge(run, 1, &ordered));
            if lost + doubled > 0 {
                println!("call {at} of {fault:?}: lost {lost}, doubled {doubled}");
            }
            tally.add(Tally { runs: 1, lost, doubled });
            run += 1;
            if !failed {
                break;
            }
        }
    }
    for at in 1.. {
        let place = folder();
        let book = bench.begin(&place, run, &ordered);
        let calls = Arc::new(AtomicU64::new(0));
        let keychain = Refusing { inner: FileKeychain(book.clone()), at, calls: Arc::clone(&calls) };
        assert!(bench.live(&book, Some(keychain), run), "keychain call {at}");
        let (lost, doubled) = runtime.block_on(truth.judge(run, 1, &ordered));
        tally.add(Tally { runs: 1, lost, doubled });
        run += 1;
        if calls.load(Ordering::SeqCst) < at {
            break;
        }
    }
    tally.print("fail-points");
    assert!(tally.runs > 100, "{tally:?} of seed {}", seed());
    assert_eq!((tally.lost, tally.doubled), (0, 0));
}
