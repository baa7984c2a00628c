//! Fail points of everything that is changed after an onboarding (P1, P2): licences, auto-renew, cancellation, the next
//! term, an upgrade, the customer's profile, a support contact, the reseller of record. For each of them every mishap at
//! every request, alone; and the book's disk dies at each of its calls as if the process had been killed there, or is
//! full just once. Where the app asks, a person looks and then gives their word.

mod line;
mod wanted;

use super::world::{Truth, copy, empty_book, folder, is_over, key, operations, story};
use super::{Tally, figure};
use crate::fakes::{FakeClock, Fakes};
use crate::host::{Clock, Host};
use crate::transport::{Cable, Practice};
use crate::views::{Language, WorkspaceColour, WorkspaceKind, WorkspaceView};
use crate::{App, OpenBook};
use cb_disk_fault::{Failing, Fault, Plan, register};
use cb_domain::operation::{Operation, OperationState};
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_sandbox::{Options, Sandbox};
use cb_store::Book;
use line::{Line, MISHAPS, Mishap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use wanted::{KINDS, Kind, Shelf, Wanted};

/// With each submission the disk fails at every so many-th call of each change, beginning with another one each time; the
/// long run has them all.
const STEP: u64 = 12;
/// How long a life may take on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server and a clock for all runs.
struct Bench {
    name: &'static str,
    clock: Arc<FakeClock>,
    sandbox: Sandbox,
    shelf: Shelf,
    disk: Failing,
    /// A new, empty book: copied for each run.
    empty: PathBuf,
    _place: tempfile::TempDir,
}

/// What goes wrong in a run.
#[derive(Debug, Clone, Copy, Default)]
struct Wrong {
    request: Option<(u64, Mishap)>,
    disk: Plan,
    hasty: bool,
}

/// What came of a run.
struct Ran {
    stands: String,
    over: bool,
    changes: u64,
    requests: u64,
    calls: u64,
    disk_failed: bool,
    book_agrees: bool,
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

impl Bench {
    /// `name`: of the folders of its books, and of those that its disk has. Tests of one process share the disks that they
    /// register, so each test has a name of its own.
    fn new(name: &'static str) -> Self {
        let place = folder();
        let clock = Arc::clone(&Fakes::new(1).clock);
        let told = Arc::clone(&clock);
        let sandbox = Sandbox::open(&place.path().join("server"), Options::new(Arc::new(move || told.now()))).unwrap();
        let shelf = runtime().block_on(Shelf::new(Truth::of(&sandbox)));
        let empty = place.path().join("empty");
        empty_book(&empty);
        Self { clock, sandbox, shelf, name, disk: Failing::new(name), empty, _place: place }
    }

    /// A book in which the change waits.
    fn begin(&self, place: &Path, wanted: &Wanted, run: u64) -> PathBuf {
        let book = place.join(format!("{}-{run}", self.name));
        copy(&self.empty, &book);
        runtime().block_on(async {
            let open = Book::open(&book, &key()).unwrap();
            self.shelf.put(&open, wanted, run, self.clock.now()).await;
            open.close().await;
        });
        book
    }

    /// A life of the app on this book until the change is settled (`true`), or until it has died.
    fn live(&self, folder: &Path, line: &Arc<Line>, life: u64) -> bool {
        // Ends like a kill: what still runs is dropped where it stands.
        runtime().block_on(async {
            let host = Host { clock: self.clock.clone(), ..Fakes::new(life).host() };
            let Ok(book) = Book::open(folder, &key()) else { return false };
            let config = ClientConfig::new("https://practice.example", "en-US");
            let client = Client::new(line.clone(), Arc::new(FixedToken::new("practice")), config);
            let Ok(open) = OpenBook::start(&host, workspace(), book.clone(), Arc::new(client), None).await else {
                return false;
            };
            let app = App::new(host, folder.to_owned(), Language::En);
            *app.inner.open.write().await = Some(Arc::new(open));
            let began = Instant::now();
            loop {
                if line.is_dead() || (self.disk.has_failed() && self.disk.plan_now().for_good) {
                    return false;
                }
                if let Some(all) = readable(&book).await {
                    if is_over(&all) {
                        return true;
                    }
                    person(&app, &all).await;
                    assert!(began.elapsed() < PATIENCE, "it does not end\n{}", story(&all));
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        })
    }

    fn run(&self, kind: Kind, wrong: Wrong, run: u64) -> Ran {
        let place = folder();
        let wanted = runtime().block_on(self.shelf.wants(kind, self.clock.now()));
        self.disk.plan(Plan::default());
        let book = self.begin(place.path(), &wanted, run);
        let line = |plan| Arc::new(Line::new(Practice::new(self.sandbox.clone(), Cable::default()), plan, wrong.hasty));
        let (first, second) = (line(wrong.request), line(None));
        self.disk.plan(wrong.disk);
        let done = self.live(&book, &first, run * 2);
        let (calls, disk_failed) = (self.disk.log().len() as u64, self.disk.has_failed());
        self.disk.plan(Plan::default());
        let over = done || self.live(&book, &second, run * 2 + 1);
        let (stands, book_agrees) = runtime().block_on(async {
            let open = Book::open(&book, &key()).unwrap();
            let agrees = self.agrees(&open, &wanted).await;
            let over = is_over(&operations(&open).await);
            open.close().await;
            (self.shelf.stands(&wanted).await, agrees && over)
        });
        let changes = first.changes() + second.changes();
        Ran { stands, over, changes, requests: first.requests(), calls, disk_failed, book_agrees }
    }

    /// The book has what Partner Center has, as far as the change brings it.
    async fn agrees(&self, book: &Book, wanted: &Wanted) -> bool {
        let id = wanted.subscription.id;
        let held = book.read(move |db| db.subscriptions().get(id)).await.unwrap().unwrap();
        self.shelf.book_agrees(&held, wanted).await
    }
}

fn workspace() -> WorkspaceView {
    WorkspaceView {
        id: String::new(),
        name: String::new(),
        kind: WorkspaceKind::Practice,
        colour: WorkspaceColour::Purple,
        folder: String::new(),
    }
}

async fn readable(book: &Book) -> Option<Vec<Operation>> {
    let every = cb_store::OutboxQuery { limit: 100, ..cb_store::OutboxQuery::default() };
    let listed = book.read(move |db| db.operations().list(&every)).await.ok()?;
    Some(listed.into_iter().map(|(operation, _)| operation).collect())
}

/// Gives their word where the app lets them, which it does on a fresh look only; looks otherwise.
async fn person(app: &App, all: &[Operation]) {
    for asked in all.iter().filter(|one| one.state == OperationState::NeedsAttention) {
        let id = asked.id.to_string();
        if app.send_operation_again(id.clone()).await.is_err() {
            // What the book's failing disk refuses is pressed again.
            let _ = app.check_operation_again(id).await;
        }
    }
}

/// Lost and doubled against the run in which nothing went wrong.
fn judge(calm: &Ran, ran: &Ran, before: &str) -> Tally {
    let lost = !ran.over || !ran.book_agrees || (ran.stands != calm.stands && ran.stands == before);
    let doubled = ran.changes > calm.changes || (ran.stands != calm.stands && ran.stands != before);
    Tally { runs: 1, lost: u64::from(lost), doubled: u64::from(doubled) }
}

/// All runs of one kind.
fn of_kind(bench: &Bench, kind: Kind, run: &mut u64, step: u64, hasty: bool) -> Tally {
    let mut tally = Tally::default();
    let before = runtime().block_on(async {
        let wanted = bench.shelf.wants(kind, bench.clock.now()).await;
        bench.shelf.stands(&wanted).await
    });
    let calm = bench.run(kind, Wrong::default(), *run);
    *run += 1;
    assert!(calm.over && calm.book_agrees && calm.changes > 0, "{kind:?}: {} changes", calm.changes);
    assert_ne!(calm.stands, before, "{kind:?} changes something");
    let mut one = |wrong: Wrong| {
        let ran = bench.run(kind, wrong, *run);
        *run += 1;
        let harm = judge(&calm, &ran, &before);
        if harm.lost + harm.doubled > 0 && !hasty {
            println!(
                "{kind:?} {wrong:?}: {harm:?}, {} changes\nis     {}\nwanted {}",
                ran.changes, ran.stands, calm.stands
            );
        }
        tally.add(harm);
        ran
    };
    for at in 0..calm.requests {
        for mishap in MISHAPS {
            one(Wrong { request: Some((at, mishap)), hasty, ..Wrong::default() });
        }
    }
    if hasty {
        return tally;
    }
    for fault in [Plan { for_good: true, ..Plan::default() }, Plan { fault: Some(Fault::Full), ..Plan::default() }] {
        let first = 1 + kind as u64 % step;
        for at in (first..).step_by(usize::try_from(step).unwrap()) {
            let ran = one(Wrong { disk: Plan { at, ..fault }, ..Wrong::default() });
            assert!(ran.calls > 0, "the book lies on the failing disk");
            if !ran.disk_failed {
                break;
            }
        }
    }
    tally
}

#[test]
fn p1_p2_a_change_survives_any_mishap_at_any_request_and_any_call_of_the_disk() {
    let bench = Bench::new("change-point");
    register("failing-changes", bench.disk.clone(), true);
    let step = figure("CHANNELBOOK_CHANGE_POINTS", STEP);
    let (mut tally, mut run) = (Tally::default(), 0);
    for kind in KINDS {
        let began = Instant::now();
        let its = of_kind(&bench, kind, &mut run, step, false);
        eprintln!("{kind:?}: {} runs in {} ms", its.runs, began.elapsed().as_millis());
        tally.add(its);
    }
    tally.print("change-points");
    assert!(tally.runs > 300, "{tally:?}");
    assert_eq!((tally.lost, tally.doubled), (0, 0));
}

#[test]
fn p2_an_upgrade_sent_again_without_an_answer_is_caught() {
    let bench = Bench::new("change-again");
    let tally = of_kind(&bench, Kind::Upgrade, &mut 1_000_000, 1, true);
    assert!(tally.doubled > 0, "the suite catches nothing: {tally:?}");
}
