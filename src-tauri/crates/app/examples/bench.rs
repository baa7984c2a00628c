//! `cargo xtask bench`: how fast each command answers on the sample book, over a real encrypted file. Prints a table
//! and writes `target/bench.json`. Bare work beside it is one row read by its key from plain SQLite, handed over from
//! another thread as the book's reads are: the practice switches, which lie in the sandbox's own file.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may fail loudly")]

use cb_app::App;
use cb_app::fakes::Fakes;
use cb_app::views::{
    CustomerQuery, Language, OutboxFilter, ResellerQuery, SaveDraftRequest, SortBy, StartKind, WizardStepView,
};
use std::future::Future;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Runs of each command.
const RUNS: usize = 300;

struct Row {
    work: &'static str,
    size: usize,
    p50: Duration,
    p99: Duration,
    bare: Option<Duration>,
}

fn main() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let rows = runtime.block_on(measure());
    print(&rows);
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    std::fs::create_dir_all(&target).expect("the target folder");
    std::fs::write(target.join("bench.json"), json(&rows)).expect("target/bench.json");
    let slow: Vec<&str> = rows.iter().filter(|row| row.too_slow()).map(|row| row.work).collect();
    if !slow.is_empty() {
        eprintln!("over their limit: {}", slow.join(", "));
        std::process::exit(1);
    }
}

impl Row {
    /// The limits of the product: two seconds from the first press to Home, 50 ms for any command on the sample book.
    fn too_slow(&self) -> bool {
        let limit = if self.work.starts_with("first start") { 2_000 } else { 50 };
        self.p99 > Duration::from_millis(limit)
    }
}

async fn measure() -> Vec<Row> {
    let mut rows = vec![first_start().await];
    let folder = tempfile::tempdir().expect("a temporary folder");
    let app = App::new(Fakes::new(1).host(), folder.path().to_path_buf(), Language::En);
    assert_eq!(app.try_it_out().await.expect("a practice workspace").kind, StartKind::Ready);
    settle(&app).await;

    let bare = many("bare read", 1, None, || async { app.practice().await.map(drop) }).await.p99;
    let size = 60;
    let customers = |search: &str| CustomerQuery {
        search: search.to_owned(),
        reseller_ids: Vec::new(),
        sort: SortBy::Name,
        descending: false,
        after: String::new(),
        limit: 100,
        ..CustomerQuery::default()
    };
    let resellers = ResellerQuery {
        search: String::new(),
        partnership: Vec::new(),
        fitness: Vec::new(),
        country: String::new(),
        sort: SortBy::Name,
        descending: false,
    };
    let page = app.list_customers(customers("")).await.expect("customers");
    let customer = page.rows.first().expect("a customer").id.clone();
    let reseller = app
        .list_resellers(resellers.clone())
        .await
        .expect("resellers")
        .rows
        .into_iter()
        .find(|row| row.takes_customers);
    let reseller = reseller.expect("an active reseller").id;
    let draft = app.start_customer_draft(reseller.clone()).await.expect("a draft");

    macro_rules! time {
        ($work:literal, $call:expr) => {
            rows.push(many($work, size, Some(bare), || async { $call.await.map(drop) }).await)
        };
    }
    time!("home", app.home());
    time!("connection", app.connection());
    time!("list resellers", app.list_resellers(resellers.clone()));
    time!("expand reseller", app.reseller_detail(reseller.clone()));
    time!("list customers", app.list_customers(customers("")));
    time!("search customers, prefix", app.list_customers(customers("b")));
    time!("search customers, middle of a word", app.list_customers(customers("eck")));
    time!("expand customer", app.customer_detail(customer.clone()));
    time!("global search", app.search("mül".to_owned()));
    time!("catalogue", app.catalogue("DE".to_owned(), "commercial".to_owned()));
    time!("outbox", app.list_operations(OutboxFilter::All, None));
    time!("list drafts", app.list_drafts());
    time!("open draft", app.get_draft(draft.id.clone()));
    rows.push(save_draft(&app, draft.id.clone(), size, bare).await);
    time!("review draft", app.review_draft(draft.id.clone()));
    app.shut_down().await;
    rows
}

/// From the press of *Try it out* until Home's figures are there, each time in a new folder.
async fn first_start() -> Row {
    let mut times = Vec::new();
    for seed in 0..5 {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let app = App::new(Fakes::new(seed).host(), folder.path().to_path_buf(), Language::En);
        let begun = Instant::now();
        app.try_it_out().await.expect("a practice workspace");
        app.home().await.expect("home");
        times.push(begun.elapsed());
        app.shut_down().await;
    }
    row("first start to Home", 60, None, times)
}

/// Other countries' catalogues come in the background; commands are timed on a quiet book.
async fn settle(app: &App) {
    for _ in 0..300 {
        if app.catalogue("CA".to_owned(), "commercial".to_owned()).await.is_ok_and(|view| !view.offers.is_empty()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Each save is a new revision, as when a person types.
async fn save_draft(app: &App, id: String, size: usize, bare: Duration) -> Row {
    let mut draft = app.get_draft(id.clone()).await.expect("the draft");
    let mut times = Vec::new();
    for number in 0..RUNS {
        draft.content.customer.company_name = format!("Bäckerei Nummer {number} GmbH");
        let request = SaveDraftRequest {
            id: id.clone(),
            revision: draft.revision,
            step: WizardStepView::Customer,
            focus: "customer.companyName".to_owned(),
            content: draft.content.clone(),
        };
        let begun = Instant::now();
        let saved = app.save_draft(request).await.expect("saved");
        times.push(begun.elapsed());
        draft.revision = saved.revision;
        draft.content = saved.content;
    }
    row("save draft", size, Some(bare), times)
}

async fn many<F, T, E>(work: &'static str, size: usize, bare: Option<Duration>, call: F) -> Row
where
    F: Fn() -> T,
    T: Future<Output = Result<(), E>>,
    E: std::fmt::Debug,
{
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let begun = Instant::now();
        call().await.expect(work);
        times.push(begun.elapsed());
    }
    row(work, size, bare, times)
}

fn row(work: &'static str, size: usize, bare: Option<Duration>, mut times: Vec<Duration>) -> Row {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    Row { work, size, p50: at(50), p99: at(99), bare }
}

fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}

fn print(rows: &[Row]) {
    println!("{:<36} {:>6} {:>10} {:>10} {:>12} {:>7}", "work", "size", "p50 ms", "p99 ms", "bare p99 ms", "ratio");
    for row in rows {
        let bare = row.bare.map_or_else(|| "-".to_owned(), |bare| format!("{:.3}", ms(bare)));
        let ratio = row.bare.map_or_else(|| "-".to_owned(), |bare| format!("{:.1}", ms(row.p99) / ms(bare)));
        println!("{:<36} {:>6} {:>10.3} {:>10.3} {bare:>12} {ratio:>7}", row.work, row.size, ms(row.p50), ms(row.p99));
    }
}

fn json(rows: &[Row]) -> String {
    let rows: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            let mut value = serde_json::json!({
                "work": row.work, "size": row.size, "p50_ms": ms(row.p50), "p99_ms": ms(row.p99),
            });
            if let Some(bare) = row.bare {
                value["bare_p99_ms"] = ms(bare).into();
                value["ratio"] = (ms(row.p99) / ms(bare)).into();
            }
            value
        })
        .collect();
    serde_json::json!({ "rows": rows }).to_string()
}
