//! Kills of real processes (P1, P2, S6, S7): SIGKILL at random moments while the network loses, cuts and refuses; then
//! it lives again, until all is done. Nothing that was said to be saved is lost, nothing is ordered twice.

use super::child::{Bug, Life, ORDERS, live, submitted};
use super::host::FlyingClock;
use super::server::{Chooser, Fate, Server};
use super::world::{Ordered, Truth, folder, is_over, key, operations, story};
use super::{Tally, figure, seed};
use crate::host::Clock;
use cb_sandbox::{Options, Sandbox};
use cb_store::Book;
use cb_testkit::Seeded;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Kills with each submission.
const KILLS: u64 = 2_000;
/// Customers onboarded in each run.
const CUSTOMERS: u64 = 3;
/// Longest time from birth to kill.
const LONGEST_LIFE_MS: u64 = 160;

/// The process to be killed is this test binary, told by a variable to be the child.
#[test]
fn p1_p2_no_kill_loses_or_doubles_anything() {
    if let Some(orders) = std::env::var_os(ORDERS) {
        let life: Life = serde_json::from_str(&orders.into_string().unwrap()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live(life));
        return;
    }
    let wanted = figure("CHANNELBOOK_KILLS", KILLS);
    let tally = rounds(wanted, Bug::None, false);
    tally.print("kills");
    assert_eq!((tally.lost, tally.doubled), (0, 0), "{tally:?}");
}

#[test]
fn p1_saved_that_is_said_too_early_is_caught() {
    let tally = rounds(400, Bug::SaysTooEarly, true);
    assert!(tally.lost > 0, "the suite catches nothing: {tally:?}");
}

#[test]
fn s3_a_new_cart_on_time_out_is_caught() {
    let tally = rounds(400, Bug::NewCartOnTimeOut, true);
    assert!(tally.doubled > 0, "the suite catches nothing: {tally:?}");
}

/// Runs until that many processes were killed; on two cores two at a time.
fn rounds(kills: u64, bug: Bug, stop_at_harm: bool) -> Tally {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let total = Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        for lane in 0..2 {
            let (runtime, total) = (&runtime, &total);
            scope.spawn(move || {
                let mut run = 0;
                let world = World::new(runtime, seed() ^ (lane << 32));
                loop {
                    let sum = *total.lock().unwrap();
                    if sum.runs >= kills || (stop_at_harm && sum.lost + sum.doubled > 0) {
                        return;
                    }
                    let tally = world.run(runtime, run, bug);
                    run += 1;
                    total.lock().unwrap().add(tally);
                }
            });
        }
    });
    *total.lock().unwrap()
}

/// A server with its network, for many runs one after another.
struct World {
    clock: FlyingClock,
    truth: Truth,
    ordered: Ordered,
    server: Server,
    random: Mutex<Seeded>,
    seed: u64,
    _place: tempfile::TempDir,
}

impl World {
    fn new(runtime: &tokio::runtime::Runtime, seed: u64) -> Self {
        let clock = FlyingClock::since(jiff::Timestamp::now());
        let place = folder();
        let sandbox = Sandbox::open(place.path(), Options::new(Arc::new(move || clock.now()))).unwrap();
        let server = runtime.block_on(Server::start(sandbox.clone(), lossy(seed)));
        let truth = Truth::of(&sandbox);
        let ordered = runtime.block_on(truth.order());
        Self { clock, truth, ordered, server, random: Mutex::new(Seeded::new(seed)), seed, _place: place }
    }

    fn below(&self, end: u64) -> u64 {
        self.random.lock().unwrap().below(end)
    }

    /// One book from its first customer to the end of all their orders, killed on the way.
    fn run(&self, runtime: &tokio::runtime::Runtime, run: u64, bug: Bug) -> Tally {
        let place = folder();
        let (truth, ordered) = (&self.truth, &self.ordered);
        // Opening waits for no one; the book itself is made here, once.
        runtime.block_on(async { Book::create(&place.path().join("book"), &key()).unwrap().close().await });
        let mut life = Life {
            folder: place.path().to_owned(),
            port: self.server.port,
            start: self.clock.start().as_millisecond(),
            run,
            life: self.seed,
            customers: CUSTOMERS,
            ordered: ordered.clone(),
            bug,
        };
        let mut tally = Tally::default();
        let mut said = 0_u64;
        loop {
            life.life += 1;
            assert!(tally.runs < 3_000, "run {run} does not end\n{}", self.story(runtime, &life));
            let mut child = spawn(&life);
            let lines = BufReader::new(child.stdout.take().unwrap()).lines();
            // Every so often it may live to its end, so that runs end.
            let span = (self.below(8) > 0).then(|| Duration::from_millis(5 + self.below(LONGEST_LIFE_MS)));
            let reader = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<String>>());
            let killed = span.is_some_and(|span| end(&mut child, span));
            let status = child.wait().unwrap();
            let lines = reader.join().unwrap();
            self.server.settle();
            let found = lines.iter().find_map(|line| line.strip_prefix("found ")?.parse::<u64>().ok());
            tally.lost += u64::from(found.is_some_and(|found| found < said));
            let numbers = lines.iter().filter_map(|line| line.strip_prefix("submitted ")?.parse::<u64>().ok());
            said = numbers.map(|number| number + 1).chain([said]).max().unwrap();
            tally.runs += u64::from(killed);
            if lines.iter().any(|line| line == "done") {
                break;
            }
            assert!(killed, "run {run} ended by itself with {status}\n{}", self.story(runtime, &life));
        }
        let all = runtime.block_on(async {
            let book = Book::open(&place.path().join("book"), &key()).unwrap();
            let all = operations(&book).await;
            book.close().await;
            all
        });
        let (lost, doubled) = runtime.block_on(truth.judge(run, CUSTOMERS, ordered));
        (tally.lost, tally.doubled) = (tally.lost + lost, doubled);
        tally.lost += u64::from(submitted(&all) < said) + u64::from(!is_over(&all));
        if bug == Bug::None && tally.lost + tally.doubled > 0 {
            println!("run {run} of seed {} harmed something\n{}", self.seed, story(&all));
        }
        tally
    }

    fn story(&self, runtime: &tokio::runtime::Runtime, life: &Life) -> String {
        runtime.block_on(async {
            let book = Book::open(&life.folder.join("book"), &key()).unwrap();
            story(&operations(&book).await)
        })
    }
}

/// A network that loses about one request in four.
fn lossy(seed: u64) -> Chooser {
    let random = Mutex::new(Seeded::new(seed ^ 0x10ED));
    Arc::new(move |_| {
        let mut random = random.lock().unwrap();
        match random.below(100) {
            0..6 => Fate::LostBefore,
            6..14 => Fate::LostAfter,
            14..18 => Fate::Cut(usize::try_from(random.below(900)).unwrap()),
            18..21 => Fate::Broken,
            21..23 => Fate::Throttled,
            23..26 => Fate::Forgotten,
            _ => Fate::Served,
        }
    })
}

fn spawn(life: &Life) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "soak::kills::p1_p2_no_kill_loses_or_doubles_anything", "--nocapture"])
        .env(ORDERS, serde_json::to_string(life).unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets it live for a while; `true` when it had to be killed.
fn end(child: &mut Child, span: Duration) -> bool {
    let until = std::time::Instant::now() + span;
    while std::time::Instant::now() < until {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().is_ok()
}
