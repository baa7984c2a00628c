//! The same thing twice at once (P2, D2): several processes started together, of which one gets the book and the others
//! say *locked*; and buttons pressed again before, while and after the first press is carried out.

use super::host::FileKeychain;
use super::pace::RealClock;
use super::world::folder;
use super::{Tally, figure};
use crate::App;
use crate::fakes::Fakes;
use crate::host::Host;
use crate::views::{DraftView, Language, OutboxFilter, StartKind, StartProblem};
use crate::wizard::tests::Desk;
use cb_disk_fault::{Failing, register};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

/// Starts with each submission, and presses; a long run has 1,000 and 10,000.
const STARTS: u64 = 40;
const CLICKS: u64 = 200;
/// Processes started at once.
const TOGETHER: u64 = 4;
/// Presses of a button at once; one more comes when all of these are answered.
const PRESSES: usize = 4;
/// Customers in one workspace, before the next one is made.
const CUSTOMERS: u64 = 50;
/// Variable with what a started process does, JSON.
const START: &str = "CHANNELBOOK_TEST_START";
/// Setting in the book that counts who has had it.
const COUNT: &str = "test-starts";

/// What a process does that is started beside others.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Start {
    folder: PathBuf,
    /// The planted bug: this process opens the book on a disk that locks nothing.
    locks_nothing: bool,
}

fn app(folder: &Path, seed: u64) -> App {
    let host = Host {
        clock: Arc::new(RealClock(Instant::now())),
        keychain: Arc::new(FileKeychain(folder.to_owned())),
        ..Fakes::new(seed).host()
    };
    App::new(host, folder.to_owned(), Language::En)
}

/// One more has had the book; gives how many.
async fn count(app: &App) -> u64 {
    let open = Arc::clone(app.inner.open.read().await.as_ref().unwrap());
    let counted = open.book.write(|tx| {
        let known = tx.settings().get(COUNT)?.and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
        tx.set_setting(COUNT, &(known + 1).to_string())?;
        Ok(known + 1)
    });
    counted.await.unwrap().value
}

/// Starts as the window does, says what came of it, and holds the book until it is killed.
async fn start(start: Start) {
    if start.locks_nothing {
        register("locks-nothing", Failing::new("book.db"), true);
    }
    let app = app(&start.folder, u64::from(std::process::id()));
    let view = app.start_view().await.unwrap();
    let said = match (view.kind, view.problem) {
        (StartKind::Ready, _) => {
            count(&app).await;
            "ready".to_owned()
        }
        (_, Some(StartProblem::Locked)) => "locked".to_owned(),
        (kind, problem) => format!("{kind:?} {problem:?}"),
    };
    println!("said {said}");
    // Whoever started it may have ended before killing it.
    let _ = std::io::stdin().read_line(&mut String::new());
}

/// Processes are this test binary, told by a variable what they are for.
#[test]
fn d2_of_processes_started_at_once_one_has_the_book() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    if let Some(orders) = std::env::var_os(START) {
        runtime.block_on(start(serde_json::from_str(&orders.into_string().unwrap()).unwrap()));
        return;
    }
    let tally = runtime.block_on(starts(figure("CHANNELBOOK_STARTS", STARTS), false));
    tally.print("starts");
    assert_eq!((tally.lost, tally.doubled), (0, 0), "{tally:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d2_processes_that_lock_nothing_are_caught() {
    let tally = starts(TOGETHER, true).await;
    assert!(tally.doubled > 0, "the suite catches nothing: {tally:?}");
}

/// Starts until there were so many, always some at once. Lost is a round in which nobody got the book, and what one
/// wrote who had it; doubled is everybody who had it beside another.
async fn starts(wanted: u64, locks_nothing: bool) -> Tally {
    let place = folder();
    let made = app(place.path(), 1);
    assert_eq!(made.try_it_out().await.unwrap().kind, StartKind::Ready);
    made.shut_down().await;
    let orders = Start { folder: place.path().to_owned(), locks_nothing };
    let (mut tally, mut had) = (Tally::default(), 0);
    while tally.runs < wanted {
        let mut children: Vec<Child> = (0..TOGETHER).map(|_| spawn(&orders)).collect();
        let said: Vec<String> = children.iter_mut().map(said).collect();
        // They end as processes do that crash: the next ones must find the book free, and all that was written.
        for child in &mut children {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let ready = u64::try_from(said.iter().filter(|said| *said == "ready").count()).unwrap();
        let other = said.iter().filter(|said| !["ready", "locked"].contains(&said.as_str())).count();
        if !locks_nothing && (ready != 1 || other > 0) {
            println!("round at {}: {said:?}", tally.runs);
        }
        tally.add(Tally {
            runs: TOGETHER,
            lost: u64::from(ready == 0) + u64::try_from(other).unwrap(),
            doubled: ready.saturating_sub(1),
        });
        had += ready;
    }
    if !locks_nothing {
        let after = app(place.path(), 2);
        assert_eq!(after.start_view().await.unwrap().kind, StartKind::Ready, "the book is whole");
        tally.lost += (had + 1).abs_diff(count(&after).await);
        after.shut_down().await;
    }
    tally
}

fn spawn(orders: &Start) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "soak::twice::d2_of_processes_started_at_once_one_has_the_book", "--nocapture"])
        .env(START, serde_json::to_string(orders).unwrap())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What it said of its start; nothing when it has ended before.
fn said(child: &mut Child) -> String {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let said = lines.find_map(|line| line.strip_prefix("said ").map(str::to_owned));
    // The pipe stays open until the process ends: what it says later is read by nobody, and blocks nothing.
    std::thread::spawn(move || lines.count());
    said.unwrap_or_default()
}

/// How a press of *Submit* is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Press {
    /// As the window does: the draft that was reviewed, with the hash of what was shown.
    OfTheDraft,
    /// The planted bug: each press has a draft of its own.
    OfItsOwn,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p2_d2_a_button_pressed_again_does_it_once() {
    let tally = clicks(figure("CHANNELBOOK_CLICKS", CLICKS), Press::OfTheDraft).await;
    tally.print("clicks");
    assert_eq!((tally.lost, tally.doubled), (0, 0), "{tally:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p2_presses_that_each_submit_something_are_caught() {
    let tally = clicks(1, Press::OfItsOwn).await;
    assert!(tally.doubled > 0, "the suite catches nothing: {tally:?}");
}

/// Presses until there were so many: the button that begins a draft, and *Submit*.
async fn clicks(wanted: u64, press: Press) -> Tally {
    let mut tally = Tally::default();
    while tally.runs < wanted {
        let (fakes, place) = (Fakes::new(tally.runs), folder());
        let app = App::new(fakes.host(), place.path().to_owned(), Language::En);
        app.try_it_out().await.unwrap();
        app.set_work_offline(true).await.unwrap();
        let desk = Desk::of(&app);
        for number in 0..CUSTOMERS {
            tally.add(one_customer(&desk, number, press).await);
            if tally.runs >= wanted {
                break;
            }
        }
        app.shut_down().await;
    }
    tally
}

/// Everything twice for one customer: one draft, one onboarding and its five operations must come of it.
async fn one_customer(desk: &Desk, number: u64, press: Press) -> Tally {
    let app = &desk.app;
    let known = app.list_operations(OutboxFilter::All, None).await.unwrap().all;
    let reseller = desk.reseller().await;
    let begun = together(|| {
        let (app, reseller) = (app.clone(), reseller.clone());
        async move { app.start_customer_draft(reseller).await.map(|draft| draft.id) }
    })
    .await;
    let name = format!("Twice {number} Trading");
    let draft = desk.filled(&name, "DE").await;
    let mut drafts: BTreeSet<String> = begun.into_iter().map(Result::unwrap).collect();
    drafts.insert(draft.id.clone());
    let mut submitted = submit_together(desk, &draft, &name, press).await;
    if press == Press::OfTheDraft {
        // And once more when all is done.
        let hash = String::new();
        let late = app.submit_draft(draft.id.clone(), hash, vec![]).await;
        submitted.insert(late.unwrap().onboarding_id);
    }
    let added = app.list_operations(OutboxFilter::All, None).await.unwrap().all - known;
    let drafted = u64::try_from(drafts.len()).unwrap();
    let ordered = u64::try_from(submitted.len()).unwrap();
    Tally {
        runs: u64::try_from(2 * PRESSES + 1).unwrap(),
        lost: u64::from(added < 5) + u64::from(!app.list_drafts().await.unwrap().is_empty()),
        doubled: (drafted - 1) + ordered.saturating_sub(1) + u64::from(added > 5),
    }
}

/// The onboardings that came of it.
async fn submit_together(desk: &Desk, draft: &DraftView, name: &str, press: Press) -> BTreeSet<String> {
    let review = desk.app.review_draft(draft.id.clone()).await.unwrap();
    assert_eq!(review.problems, []);
    match press {
        Press::OfTheDraft => {
            let pressed = together(|| {
                let (app, id, hash) = (desk.app.clone(), draft.id.clone(), review.hash.clone());
                async move { app.submit_draft(id, hash, vec![]).await.map(|view| view.onboarding_id) }
            });
            pressed.await.into_iter().map(Result::unwrap).collect()
        }
        Press::OfItsOwn => {
            let first = desk.app.submit_draft(draft.id.clone(), review.hash, vec![]).await.unwrap();
            let again = desk.filled(&format!("{name} again"), "DE").await;
            let second = desk.submitted(&again).await;
            [first.onboarding_id, second.onboarding_id].into()
        }
    }
}

/// The same so many times at once, on as many threads as there are.
async fn together<T, F>(press: impl Fn() -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let pressed: Vec<_> = (0..PRESSES).map(|_| tokio::spawn(press())).collect();
    let mut answers = Vec::new();
    for one in pressed {
        answers.push(one.await.unwrap());
    }
    answers
}
