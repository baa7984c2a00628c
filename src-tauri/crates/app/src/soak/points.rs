//! Fail points (P1, P3): the book's disk dies at each of its calls as if the process had been killed there, or is full
//! just once; the keychain refuses at each of its calls. Each alone, all of them. Sends are the driver's own test, whose
//! seeded fault is here too: what dies between a send and its commit is sent again.

use super::host::{FileKeychain, FlyingClock, host};
use super::world::{Truth, folder, is_over, key, operations, story, submit};
use super::{Tally, seed};
use crate::OpenBook;
use crate::driver::{Sealed, open_sealed};
use crate::host::{Clock, Host, Keychain, KeychainError};
use crate::transport::{Cable, Practice};
use crate::views::{WorkspaceColour, WorkspaceKind, WorkspaceView};
use async_trait::async_trait;
use cb_disk_fault::{Failing, Fault, Plan, register};
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_sandbox::{Options, Sandbox};
use cb_store::Book;
use cb_sync::remote::{Answer, Call, Outcome, Remote, RequestIds};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use zeroize::Zeroizing;

/// Bugs planted on purpose: the suite must catch each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bug {
    None,
    /// A cart that is not on disk: after a death another one is bought (S2).
    CartInMemoryOnly,
    /// Each send has a key of its own, the repeated one too (S8).
    KeyForEachSend,
    /// Where the keychain refuses the key of a password, the app goes on with the one in its memory (C1).
    PasswordKeyInMemory,
}

impl Bug {
    /// Folders of these books, told apart from those of all other tests in this process: each has a disk of its own.
    fn place(self) -> &'static str {
        match self {
            Self::None => "fail-point",
            Self::CartInMemoryOnly => "forgotten-cart",
            Self::KeyForEachSend => "new-key",
            Self::PasswordKeyInMemory => "forgotten-key",
        }
    }
}

/// The way to Partner Center of an app with the planted bug.
struct Forgetful {
    inner: Client,
    bug: Bug,
    /// The cart that was asked for, in whichever life.
    cart: Arc<Mutex<Option<Call>>>,
    /// In this life.
    made: AtomicBool,
}

#[async_trait]
impl Remote for Forgetful {
    async fn send(&self, call: &Call, ids: RequestIds) -> Outcome {
        let fresh = || RequestIds { request_key: uuid::Uuid::new_v4().into(), ..ids };
        if self.bug == Bug::KeyForEachSend {
            return self.inner.send(call, fresh()).await;
        }
        if matches!(call, Call::CreateCart { .. }) {
            *self.cart.lock().unwrap() = Some(call.clone());
            self.made.store(true, Ordering::SeqCst);
        }
        let again = self.cart.lock().unwrap().clone();
        if let (Call::CheckoutCart { tenant, .. }, Some(again), Bug::CartInMemoryOnly, false) =
            (call, again, self.bug, self.made.load(Ordering::SeqCst))
            && let Outcome::Done { answer: Answer::Cart { cart_id, .. }, .. } = self.inner.send(&again, fresh()).await
        {
            return self.inner.send(&Call::CheckoutCart { tenant: *tenant, cart_id }, fresh()).await;
        }
        self.inner.send(call, ids).await
    }
}

/// A keychain that refuses one call, the first of which is number 1.
struct Refusing {
    inner: FileKeychain,
    at: u64,
    calls: Arc<AtomicU64>,
    /// What an app with the planted bug keeps instead.
    memory: Option<Mutex<BTreeMap<String, Vec<u8>>>>,
}

impl Refusing {
    fn allowed(&self) -> Result<(), KeychainError> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        if call == self.at { Err(KeychainError::Unavailable) } else { Ok(()) }
    }
}

impl Keychain for Refusing {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        match (self.allowed(), &self.memory) {
            (Ok(()), _) => self.inner.set(name, secret),
            (Err(_), Some(memory)) => {
                memory.lock().unwrap().insert(name.to_owned(), secret.to_vec());
                Ok(())
            }
            (refused, None) => refused,
        }
    }
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        let kept = self.memory.as_ref().and_then(|memory| memory.lock().unwrap().get(name).cloned());
        if let Some(kept) = kept {
            return Ok(Zeroizing::new(kept));
        }
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
    bug: Bug,
    cart: Arc<Mutex<Option<Call>>>,
    _place: tempfile::TempDir,
}

/// How a life ended.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    /// All is done.
    Over,
    /// The disk has died, or the book does not open.
    Died,
    /// Nothing goes on, and somebody would have to see to it.
    Stuck,
}

impl Bench {
    fn new(bug: Bug) -> Self {
        let clock = FlyingClock::since(jiff::Timestamp::now());
        let place = folder();
        let sandbox = Sandbox::open(place.path(), Options::new(Arc::new(move || clock.now()))).unwrap();
        let disk = Failing::new(bug.place());
        register(bug.place(), disk.clone(), true);
        Self { clock, sandbox, disk, bug, cart: Arc::default(), _place: place }
    }

    /// A life of the app on this book until all is done, or until the disk has died. Ends like a kill: nothing is
    /// waited for.
    fn live(&self, folder: &Path, keychain: Option<Refusing>, run: u64) -> Ended {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let done = runtime.block_on(async {
            let host = host(self.clock, folder.to_owned(), run ^ 0xF417);
            let host = match keychain {
                Some(keychain) => Host { keychain: Arc::new(keychain), ..host },
                None => host,
            };
            let Ok(book) = Book::open(&folder.join("book"), &key()) else { return Ended::Died };
            let transport = Arc::new(Practice::new(self.sandbox.clone(), Cable::default()));
            let config = ClientConfig::new("https://practice.example", "en-US");
            let inner = Client::new(transport, Arc::new(FixedToken::new("practice")), config);
            let remote: Arc<dyn Remote> = match self.bug {
                Bug::None | Bug::PasswordKeyInMemory => Arc::new(inner),
                bug @ (Bug::CartInMemoryOnly | Bug::KeyForEachSend) => {
                    let (cart, made) = (Arc::clone(&self.cart), AtomicBool::new(false));
                    Arc::new(Forgetful { inner, bug, cart, made })
                }
            };
            let workspace = WorkspaceView {
                id: String::new(),
                name: String::new(),
                kind: WorkspaceKind::Practice,
                colour: WorkspaceColour::Purple,
                folder: String::new(),
            };
            let opened = OpenBook::start(&host, workspace, book.clone(), remote, None).await;
            let Ok(_open) = opened else { return Ended::Died };
            for _ in 0..4_000 {
                if is_over(&operations_if_readable(&book).await.unwrap_or_default()) && !self.dead() {
                    let all = operations_if_readable(&book).await.unwrap_or_default();
                    if !all.is_empty() {
                        return Ended::Over;
                    }
                }
                if self.dead() {
                    return Ended::Died;
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            if self.bug == Bug::None {
                println!("it does not end\n{}", story(&operations(&book).await));
            }
            Ended::Stuck
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
        let folder = place.path().join(format!("{}-{run}", self.bug.place()));
        std::fs::create_dir_all(&folder).unwrap();
        *self.cart.lock().unwrap() = None;
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

/// Whether the one password of this book waits sealed and opens with what the keychain holds (P3).
async fn password_opens(bench: &Bench, folder: &Path) -> bool {
    let host = host(bench.clock, folder.to_owned(), 1);
    let book = loop {
        match Book::open(&folder.join("book"), &key()) {
            Ok(book) => break book,
            // The life before lets go of the file a moment later.
            Err(cb_store::StoreError::Locked) => tokio::time::sleep(Duration::from_millis(1)).await,
            Err(error) => panic!("the book does not open: {error}"),
        }
    };
    let waiting = book.read(|db| db.secrets().waiting()).await.unwrap();
    book.close().await;
    let [(secret, _)] = waiting.as_slice() else { return false };
    let (Some(ciphertext), Some(nonce)) = (secret.ciphertext.clone(), secret.nonce.clone()) else { return false };
    let sealed = Sealed { ciphertext, nonce };
    open_sealed(&host, secret.key_name.clone(), secret.operation_id, secret.customer_id, sealed).await.is_ok()
}

/// The runs of one kind, one after another.
struct Runs<'a> {
    bench: &'a Bench,
    runtime: tokio::runtime::Runtime,
    truth: Truth,
    ordered: super::world::Ordered,
    tally: Tally,
}

impl<'a> Runs<'a> {
    fn new(bench: &'a Bench) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let truth = Truth::of(&bench.sandbox);
        let ordered = runtime.block_on(truth.order());
        Self { bench, runtime, truth, ordered, tally: Tally::default() }
    }

    /// With a planted bug the first harm is enough.
    fn is_enough(&self) -> bool {
        self.bench.bug != Bug::None && self.tally.lost + self.tally.doubled > 0
    }

    /// What has come of a run.
    fn judge(&mut self, book: &Path, ended: &Ended, what: &str) {
        let (lost, doubled) = self.runtime.block_on(self.truth.judge(self.tally.runs, 1, &self.ordered));
        let opens = self.runtime.block_on(password_opens(self.bench, book));
        let lost = lost + u64::from(!opens) + u64::from(*ended != Ended::Over);
        if lost + doubled > 0 && self.bench.bug == Bug::None {
            println!("{what}: {ended:?}, lost {lost}, doubled {doubled}, the password opens: {opens}");
        }
        self.tally.add(Tally { runs: 1, lost, doubled });
    }

    /// The disk fails at each of its calls.
    fn disk(&mut self, fault: Plan) {
        let bench = self.bench;
        for at in 1.. {
            let (place, run) = (folder(), self.tally.runs);
            bench.disk.plan(Plan::default());
            let book = bench.begin(&place, run, &self.ordered);
            bench.disk.plan(Plan { at, ..fault });
            let mut ended = bench.live(&book, None, run);
            let failed = bench.disk.has_failed();
            bench.disk.plan(Plan::default());
            if ended != Ended::Over {
                ended = bench.live(&book, None, run);
            }
            self.judge(&book, &ended, &format!("call {at} of {fault:?}"));
            if !failed || self.is_enough() {
                break;
            }
        }
    }

    /// The keychain refuses each of its calls.
    fn keychain(&mut self) {
        let bench = self.bench;
        for at in 1.. {
            let (place, run) = (folder(), self.tally.runs);
            let book = bench.begin(&place, run, &self.ordered);
            let calls = Arc::new(AtomicU64::new(0));
            let memory = (bench.bug == Bug::PasswordKeyInMemory).then(Mutex::default);
            let keychain = Refusing { inner: FileKeychain(book.clone()), at, calls: Arc::clone(&calls), memory };
            let ended = bench.live(&book, Some(keychain), run);
            self.judge(&book, &ended, &format!("keychain call {at}"));
            if calls.load(Ordering::SeqCst) < at || self.is_enough() {
                break;
            }
        }
    }
}

const DEAD: Plan = Plan { at: 0, for_good: true, dry: false, fault: None };
const FULL: Plan = Plan { at: 0, for_good: false, dry: false, fault: Some(Fault::Full) };

#[test]
fn p1_p2_p3_the_disk_may_fail_at_any_call_and_the_keychain_too() {
    let bench = Bench::new(Bug::None);
    let mut runs = Runs::new(&bench);
    runs.disk(DEAD);
    runs.disk(FULL);
    runs.keychain();
    let tally = runs.tally;
    tally.print("fail-points");
    assert!(tally.runs > 100, "{tally:?} of seed {}", seed());
    assert_eq!((tally.lost, tally.doubled), (0, 0));
}

#[test]
fn c1_s2_s8_planted_bugs_of_the_fail_points_are_caught() {
    let found = |bug, act: fn(&mut Runs<'_>)| {
        let bench = Bench::new(bug);
        let mut runs = Runs::new(&bench);
        act(&mut runs);
        runs.tally
    };
    let cart = found(Bug::CartInMemoryOnly, |runs| runs.disk(DEAD));
    assert!(cart.doubled > 0, "a cart that is not on disk: {cart:?}");
    let sent = found(Bug::KeyForEachSend, |runs| runs.disk(DEAD));
    assert!(sent.lost > 0, "a key for each send: {sent:?}");
    let kept = found(Bug::PasswordKeyInMemory, |runs| runs.keychain());
    assert!(kept.lost > 0, "a password whose key is in memory only: {kept:?}");
}
