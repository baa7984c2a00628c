//! The real reveal of an initial password, killed after each of its steps and a moment later (C3–C5, P3): a process of its
//! own opens the book, shows the password, destroys it, and gets SIGKILL on the way; then it lives again. The password is
//! there until its destruction was asked for, never counts as unseen once it was shown, is gone for good in the end, and
//! stands in no file at any of these moments.

use super::host::{FlyingClock, host};
use super::world::{copy, folder};
use super::{Tally, figure, seed};
use crate::driver::bench::{Bench, Kill, all_confirmed, leaks_below};
use crate::host::Keychain;
use crate::views::{Language, SetupInfoState, WorkspaceColour, WorkspaceKind, WorkspaceView};
use crate::{App, OpenBook};
use async_trait::async_trait;
use cb_store::{Book, BookKey, StoreError};
use cb_sync::remote::{Call, Outcome, Remote, RequestIds};
use cb_testkit::Seeded;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// Variable with the orders for a life, JSON.
const ORDERS: &str = "CHANNELBOOK_TEST_REVEAL";
/// Reveals with each submission; a long run has a hundred, and three times as many kills.
const REVEALS: u64 = 12;
/// Lines after which it is killed: opened, showing, seen, about to be destroyed, destroyed.
const STEPS: [&str; 5] = ["state ", "showing", "saw ", "acknowledges", "acknowledged"];
/// Lives of one reveal that are killed; the one after them goes to its end.
const KILLED: u64 = 3;

/// Bugs planted on purpose: the suite must catch each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Bug {
    None,
    /// What was shown counts as unseen again.
    ForgetsThatItWasShown,
    /// It is destroyed before anybody has said so.
    DestroysUnasked,
    /// The password is written down.
    WritesItDown,
}

/// What a life is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Life {
    place: PathBuf,
    onboarding: String,
    bug: Bug,
}

/// Nothing is sent here.
struct Nobody;

#[async_trait]
impl Remote for Nobody {
    async fn send(&self, _: &Call, _: RequestIds) -> Outcome {
        Outcome::NotSent
    }
}

fn key() -> BookKey {
    BookKey::new([7; 32])
}

/// The process that is killed.
async fn live(life: Life) {
    let host = host(FlyingClock::since(jiff::Timestamp::now()), life.place.join("keys"), 5);
    let book = loop {
        match Book::open(&life.place.join("book"), &key()) {
            Ok(book) => break book,
            Err(StoreError::Locked) => tokio::time::sleep(Duration::from_millis(1)).await,
            Err(error) => panic!("the book does not open: {error}"),
        }
    };
    let workspace = WorkspaceView {
        id: String::new(),
        name: String::new(),
        kind: WorkspaceKind::Practice,
        colour: WorkspaceColour::Purple,
        folder: String::new(),
    };
    let app = App::new(host.clone(), life.place.clone(), Language::En);
    let open = OpenBook::start(&host, workspace, book, Arc::new(Nobody), None).await.unwrap();
    *app.inner.open.write().await = Some(Arc::new(open));
    let id = || life.onboarding.clone();
    let state = app.setup_info(id()).await.unwrap().state;
    let seen = life.place.join("seen");
    let state = if life.bug == Bug::ForgetsThatItWasShown && seen.exists() { SetupInfoState::Sealed } else { state };
    println!("state {state:?}");
    if matches!(state, SetupInfoState::Sealed | SetupInfoState::Showing) {
        app.begin_reveal(id()).await.unwrap();
        println!("showing");
        if life.bug == Bug::DestroysUnasked {
            app.acknowledge_setup_info(id()).await.unwrap();
        }
        let shown = app.reveal_password(id()).await.unwrap().password.clone();
        match life.bug {
            Bug::ForgetsThatItWasShown => std::fs::write(&seen, "").unwrap(),
            Bug::WritesItDown => std::fs::write(life.place.join("book").join("log"), &shown).unwrap(),
            Bug::None | Bug::DestroysUnasked => {}
        }
        println!("saw {}", hex::encode(Sha256::digest(&shown)));
        println!("acknowledges");
        app.acknowledge_setup_info(id()).await.unwrap();
        println!("acknowledged");
    }
    assert!(app.reveal_password(id()).await.is_err());
    println!("done");
}

/// A book with a sealed password, and the keychain that opens it: copied for each run.
struct Sealed {
    place: tempfile::TempDir,
    onboarding: String,
    password: String,
}

impl Sealed {
    async fn new() -> Self {
        let bench = Bench::in_folder(91, Kill::default(), folder());
        let app = bench.open().await;
        let submitted = bench.submit(&app).await;
        bench.until(&app, all_confirmed).await;
        app.inner.open.write().await.take().unwrap().stop().await;
        let place = folder();
        copy(&bench.folder(), &place.path().join("book"));
        let keys = place.path().join("keys");
        std::fs::create_dir_all(&keys).unwrap();
        for name in bench.fakes.keychain.names() {
            std::fs::write(keys.join(&name), bench.fakes.keychain.get(&name).unwrap().as_slice()).unwrap();
        }
        let onboarding = submitted.onboarding.to_string();
        let app = bench.open().await;
        app.begin_reveal(onboarding.clone()).await.unwrap();
        let password = app.reveal_password(onboarding.clone()).await.unwrap().password.clone();
        Self { place, onboarding, password }
    }

    /// One reveal, killed `KILLED` times and then not: after the step `first`, and after others as they come.
    fn run(&self, first: usize, random: &mut Seeded, bug: Bug) -> Tally {
        let place = folder();
        copy(self.place.path(), place.path());
        let life = Life { place: place.path().to_owned(), onboarding: self.onboarding.clone(), bug };
        let known = format!("saw {}", hex::encode(Sha256::digest(&self.password)));
        let mut tally = Tally { runs: 1, ..Tally::default() };
        let (mut shown, mut asked, mut over) = (false, false, false);
        for number in 0..=KILLED {
            let step = if number == 0 { first } else { usize::try_from(random.below(5)).unwrap() };
            let kill = (number < KILLED).then(|| (STEPS[step], Duration::from_micros(random.below(4_000))));
            let (lines, killed) = lived(&life, kill);
            for line in &lines {
                let harm = match line.as_str() {
                    "state Sealed" if shown => (0, 1),
                    "state Showing" if over => (0, 1),
                    "state Destroyed" if !asked => (1, 0),
                    "state Unavailable" | "state NotYet" => (1, 0),
                    saw if saw.starts_with("saw ") && (*saw != known || over) => (1, 0),
                    _ => (0, 0),
                };
                shown |= line == "showing";
                asked |= line == "acknowledges";
                over |= line == "acknowledged";
                (tally.lost, tally.doubled) = (tally.lost + harm.0, tally.doubled + harm.1);
            }
            // It ended by itself, and not at its end: something was not there.
            tally.lost += u64::from(!killed && lines.last().map(String::as_str) != Some("done"));
            tally.lost += u64::from(!leaks_below(place.path().to_owned(), &self.password).is_empty());
        }
        let left = std::fs::read_dir(place.path().join("keys")).unwrap().count();
        tally.doubled += u64::from(left > 0);
        tally
    }
}

/// Lets it live, and kills it a while after that line; the lines it said, and whether it had to be killed.
fn lived(life: &Life, kill: Option<(&'static str, Duration)>) -> (Vec<String>, bool) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "soak::reveal::c3_c5_no_kill_loses_a_password_or_shows_it_twice_as_unseen", "--nocapture"])
        .env(ORDERS, serde_json::to_string(life).unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let (mut said, mut killed) = (Vec::new(), false);
    for line in lines {
        // What the test harness says around it is not its own.
        let Some(at) = STEPS.iter().chain(&["done"]).find_map(|step| line.find(step)) else { continue };
        let line = line[at..].to_owned();
        if let Some((step, after)) = kill
            && !killed
            && line.starts_with(step)
        {
            std::thread::sleep(after);
            killed = child.kill().is_ok();
        }
        said.push(line);
    }
    child.wait().unwrap();
    (said, killed)
}

fn sealed() -> Sealed {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(Sealed::new())
}

fn all(sealed: &Sealed, runs: u64, bug: Bug) -> Tally {
    let mut random = Seeded::new(seed() ^ 0x5EA1);
    let mut tally = Tally::default();
    for run in 0..runs {
        let its = sealed.run(usize::try_from(run).unwrap() % STEPS.len(), &mut random, bug);
        if bug == Bug::None && its.lost + its.doubled > 0 {
            println!("reveal {run}: {its:?}");
        }
        tally.add(its);
    }
    tally
}

/// The process to be killed is this test binary, told by a variable to be the child.
#[test]
fn c3_c5_no_kill_loses_a_password_or_shows_it_twice_as_unseen() {
    if let Some(orders) = std::env::var_os(ORDERS) {
        let life: Life = serde_json::from_str(&orders.into_string().unwrap()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live(life));
        return;
    }
    let tally = all(&sealed(), figure("CHANNELBOOK_REVEALS", REVEALS), Bug::None);
    tally.print("reveal");
    assert_eq!((tally.lost, tally.doubled), (0, 0), "{tally:?}");
}

#[test]
fn p3_planted_bugs_of_the_reveal_are_caught() {
    let sealed = sealed();
    let twice = all(&sealed, 3, Bug::ForgetsThatItWasShown);
    assert!(twice.doubled > 0, "{twice:?}");
    for bug in [Bug::DestroysUnasked, Bug::WritesItDown] {
        let tally = all(&sealed, 3, bug);
        assert!(tally.lost > 0, "{bug:?}: {tally:?}");
    }
}
