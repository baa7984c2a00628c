//! The part of `cargo xtask bench` that measures books of 10,000, 100,000 and 1,000,000 invented customers, five
//! subscriptions each, over a real encrypted file; `--sizes 10000,100000` chooses. Beside each row stands what SQLite
//! alone takes for like rows on the same connection: never the very rows that were read a moment before, whose pages
//! lie deciphered in the cache and cost nothing. Adds its rows to `target/bench.json`.
//!
//! `--cpu` counts the time that the process had a processor instead of the time on the clock (Linux): for a machine that
//! does other things meanwhile. What is waited for is not in it; some hundredths of a millisecond for asking are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "a bench may fail loudly")]

use cb_app::App;
use cb_app::bench::Inventor;
use cb_app::fakes::Fakes;
use cb_app::views::{CustomerQuery, Language, StartKind};
use cb_store::Book;
use cb_store::bare::{BareWork, bare_open};
use cb_store::fold::fold;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[path = "sizes_parts/lists.rs"]
mod lists;

/// Rows of a page as the window asks for them.
const PAGE: u32 = 100;
/// Typed texts of the search.
const TEXTS: usize = 500;
/// Runs of the other reads.
const RUNS: usize = 200;

struct Row {
    work: String,
    size: u32,
    ours: Vec<Duration>,
    bare: Vec<Duration>,
}

fn main() {
    let sizes = sizes();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let mut rows = Vec::new();
    println!("{:<40} {:>9} {:>10} {:>10} {:>12} {:>7}", "work", "size", "p50 ms", "p99 ms", "bare p99 ms", "ratio");
    for size in sizes {
        let measured = runtime.block_on(measure(size));
        measured.iter().for_each(Row::print);
        rows.extend(measured);
    }
    for row in rows.iter().filter(|row| row.size == 10_000) {
        let largest = rows.iter().filter(|other| other.work == row.work).max_by_key(|other| other.size);
        if let Some(largest) = largest.filter(|largest| largest.size > row.size) {
            println!(
                "{:<40} grows {:.1} x to {}",
                row.work,
                ms(at(&largest.ours, 99)) / ms(at(&row.ours, 99)),
                largest.size
            );
        }
    }
    save(&rows);
}

fn sizes() -> Vec<u32> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--sizes").skip(1);
    let given = arguments.next().unwrap_or_else(|| "10000,100000,1000000".to_owned());
    given.split(',').map(|size| size.trim().parse().expect("--sizes takes numbers")).collect()
}

async fn measure(size: u32) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let fakes = Fakes::new(1);
    let app = App::new(fakes.host(), folder.path().to_path_buf(), Language::En);
    app.invent_customers(size);
    let began = Instant::now();
    assert_eq!(app.try_it_out().await.expect("a practice workspace").kind, StartKind::Ready);
    eprintln!("{size} customers written in {:.1} s", began.elapsed().as_secs_f64());
    settle(&app).await;
    let mut rows = reads(&app, size).await;
    rows.push(writes(&app, size).await);
    rows.insert(0, opens(app, &fakes, folder.path().to_path_buf(), size).await);
    rows
}

/// Catalogues come in the background; a quiet book is measured.
async fn settle(app: &App) {
    for _ in 0..600 {
        if app.catalogue("CA".to_owned(), "commercial".to_owned()).await.is_ok_and(|view| !view.offers.is_empty()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn opens(app: App, fakes: &Fakes, data: PathBuf, size: u32) -> Row {
    let key = app.bench_key().expect("the key");
    let workspace = app.start_view().await.expect("open").workspace.expect("a workspace");
    let mut row = Row::new("open the book", size);
    app.shut_down().await;
    drop(app);
    for _ in 0..5 {
        row.bare.push(bare_open(&PathBuf::from(&workspace.folder), &key).expect("bare open"));
        let app = App::new(fakes.host(), data.clone(), Language::En);
        let began = Instant::now();
        assert_eq!(app.start_view().await.expect("opens").kind, StartKind::Ready);
        app.list_customers(CustomerQuery { limit: PAGE, ..CustomerQuery::default() }).await.expect("the list");
        row.ours.push(began.elapsed());
        app.shut_down().await;
    }
    row
}

async fn reads(app: &App, size: u32) -> Vec<Row> {
    let book = app.bench_book().await.expect("the book");
    let all = CustomerQuery { limit: PAGE, ..CustomerQuery::default() };
    let first = app.list_customers(all.clone()).await.expect("the first page");
    let letters: Vec<(String, u32)> = first.initials.iter().map(|one| (one.letter.clone(), one.row)).collect();
    let resellers = book.read(|db| db.resellers().all()).await.expect("resellers");
    let resellers: Vec<_> = resellers.into_iter().filter(|one| one.takes_customers()).map(|one| one.id).collect();
    let (mut after, mut keys, mut ids) = (vec![first.next.clone()], Vec::new(), Vec::new());
    for number in 0..RUNS {
        let row = u32::try_from(number).unwrap() * (size / u32::try_from(RUNS).unwrap());
        let page = app.list_customers(CustomerQuery { row, ..all.clone() }).await.expect("a page");
        let last = page.rows.last().expect("a row");
        keys.push(fold(&last.name));
        ids.push(last.id.clone());
        after.push(page.next);
    }
    let mut rows = Vec::new();
    let bare = |work: BareWork| {
        let book = book.clone();
        async move { bare_work(&book, work).await }
    };

    let mut row = Row::new("first page", size);
    for _ in 0..RUNS {
        row.ours(app.list_customers(all.clone())).await;
        row.bare.push(bare(BareWork::First(PAGE)).await);
    }
    rows.push(row);
    let mut row = Row::new("next page", size);
    for (at, after) in after.iter().skip(1).enumerate() {
        row.ours(app.list_customers(CustomerQuery { after: after.clone(), ..all.clone() })).await;
        row.bare.push(bare(BareWork::Behind(across(&keys, at).clone(), PAGE)).await);
    }
    rows.push(row);
    let mut row = Row::new("jump to letter", size);
    for at in 0..RUNS {
        let (_, number) = &letters[at % letters.len()];
        row.ours(app.list_customers(CustomerQuery { row: *number, ..all.clone() })).await;
        let (letter, _) = across(&letters, at % letters.len());
        row.bare.push(bare(BareWork::Behind(fold(letter), PAGE)).await);
    }
    rows.push(row);
    let mut row = Row::new("jump to any row", size);
    for at in 0..RUNS {
        let number = u32::try_from(at).unwrap() * (size / u32::try_from(RUNS).unwrap()) + 37;
        row.ours(app.list_customers(CustomerQuery { row: number, ..all.clone() })).await;
        row.bare.push(bare(BareWork::Behind(across(&keys, at).clone(), PAGE)).await);
    }
    rows.push(row);
    let mut row = Row::new("filter by reseller", size);
    for at in 0..RUNS {
        let id = resellers[at % resellers.len()];
        row.ours(app.list_customers(CustomerQuery { reseller_ids: vec![id.to_string()], ..all.clone() })).await;
        row.bare.push(bare(BareWork::OfReseller(*across(&resellers, at % resellers.len()), PAGE)).await);
    }
    rows.push(row);
    rows.push(search(app, &book, size, &all).await);
    let mut row = Row::new("expand row", size);
    for (at, id) in ids.iter().enumerate() {
        row.ours(app.customer_detail(id.clone())).await;
        row.bare.push(bare(BareWork::Customer(across(&ids, at).parse().expect("an id"))).await);
    }
    rows.push(row);
    let mut row = Row::new("customer page", size);
    for (at, id) in ids.iter().enumerate() {
        row.ours(app.customer_page(id.clone())).await;
        row.bare.push(bare(BareWork::Customer(across(&ids, at).parse().expect("an id"))).await);
    }
    rows.push(row);
    rows.push(global(app, &book, size).await);
    let mut row = Row::new("home figures", size);
    let now = fakes_now();
    for _ in 0..RUNS {
        row.ours(app.home()).await;
        row.bare.push(bare(BareWork::Home(now)).await);
    }
    rows.push(row);
    rows.extend(lists::reads(app, &book, size, &all, &keys).await);
    rows.extend(lists::beside(app, &book, size, &all, &keys).await);
    rows
}

/// When something began: by the clock, and with `--cpu` by what the process had of a processor until then.
struct Began {
    clock: Instant,
    cpu: Option<Duration>,
}

impl Began {
    fn now() -> Self {
        static WANTED: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
        let wanted = *WANTED.get_or_init(|| std::env::args().any(|argument| argument == "--cpu"));
        let cpu = wanted.then(had_of_a_processor);
        Self { clock: Instant::now(), cpu }
    }

    fn cpu(&self) -> Option<Duration> {
        self.cpu.map(|before| had_of_a_processor().saturating_sub(before))
    }

    fn elapsed(&self) -> Duration {
        let clock = self.clock.elapsed();
        self.cpu().unwrap_or(clock)
    }
}

/// What all threads of the process had of a processor, as the kernel counts it for each.
fn had_of_a_processor() -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").expect("--cpu is for Linux");
    let of_one = |entry: std::fs::DirEntry| {
        let text = std::fs::read_to_string(entry.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    Duration::from_nanos(threads.flatten().filter_map(of_one).sum())
}

/// Bare work: timed within where it is done, with `--cpu` from outside.
async fn bare_work(book: &Book, work: BareWork) -> Duration {
    let began = Began::now();
    let took = book.bare(work).await.expect("bare work");
    began.cpu().unwrap_or(took)
}

/// The one half the list further: as likely to be in the cache as this one, which has just been read.
fn across<T>(all: &[T], at: usize) -> &T {
    &all[(at + all.len() / 2) % all.len()]
}

fn fakes_now() -> jiff::Timestamp {
    use cb_app::host::Host;
    let host: Host = Fakes::new(1).host();
    host.clock.now()
}

async fn search(app: &App, book: &Book, size: u32, all: &CustomerQuery) -> Row {
    let mut row = Row::new("search as you type", size);
    let texts = texts(size);
    let mut slowest: Vec<(Duration, String, u32)> = Vec::new();
    for text in &texts {
        let query = CustomerQuery { search: text.clone(), ..all.clone() };
        let began = Began::now();
        let page = app.list_customers(query).await.expect("a search");
        let took = began.elapsed();
        row.ours.push(took);
        slowest.push((took, text.clone(), page.matching));
    }
    row.bare = bare_search(book, &texts).await;
    slowest.sort_by_key(|one| std::cmp::Reverse(one.0));
    for (took, text, matching) in slowest.iter().take(if std::env::var_os("BENCH_SLOWEST").is_some() { 12 } else { 0 })
    {
        eprintln!("{:>9.3} ms  {text:?}  {matching} found", ms(*took));
    }
    row
}

/// The search over everything, beside the part of the work that the list's search would be.
async fn global(app: &App, book: &Book, size: u32) -> Row {
    let mut row = Row::new("search everything", size);
    let texts: Vec<String> = texts(size).into_iter().take(RUNS).collect();
    for text in &texts {
        row.ours(app.search(text.clone())).await;
    }
    row.bare = bare_search(book, &texts).await;
    row
}

/// The same texts in a pass of their own: bare search reads so much that in between it would leave the other nothing of
/// what the keystroke before had deciphered.
async fn bare_search(book: &Book, texts: &[String]) -> Vec<Duration> {
    let mut took = Vec::with_capacity(texts.len());
    for text in texts {
        took.push(bare_work(book, BareWork::Search(text.clone(), PAGE)).await);
    }
    took
}

/// What a person types: the beginnings of words letter by letter, middles of words, with and without accents, two words,
/// towns, numbers, addresses, a few that nobody has.
fn texts(size: u32) -> Vec<String> {
    let mut inventor = Inventor::new(1, jiff::Timestamp::UNIX_EPOCH, Vec::new());
    let mut dice: u64 = 77;
    let mut below = |end: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(dice >> 33).unwrap() % end.max(1)
    };
    let part = |word: &str, from: usize, length: usize| word.chars().skip(from).take(length).collect::<String>();
    let mut texts = Vec::with_capacity(TEXTS);
    while texts.len() < TEXTS {
        for _ in 0..below(usize::try_from(size).unwrap().min(40)) {
            inventor.customer();
        }
        let (one, _) = inventor.customer();
        let words: Vec<&str> = one.name.split(' ').filter(|word| word.chars().count() > 1).collect();
        let (first, second) = (words[below(words.len())], words[below(words.len())]);
        let length = first.chars().count();
        texts.push(match below(14) {
            0 => part(first, 0, 1),
            1 => part(first, 0, 2),
            2 => part(first, 0, 3),
            3 => part(first, 0, 5),
            4 => first.to_lowercase(),
            5 => fold(first),
            6 => part(&fold(first), below(length / 2 + 1), 3),
            7 => part(&fold(first), below(length / 2 + 1), 4),
            8 => format!("{} {}", fold(first), part(second, 0, 2)),
            9 => format!("{} {}", part(second, 0, 3), one.town),
            10 => part(&one.contact_email, 0, 4 + below(12)),
            11 => part(&one.domain_prefix, 0, 4 + below(16)),
            12 => match below(4) {
                0 => part(&one.tenant_id.expect("a tenant").to_string(), 0, 8 + below(28)),
                1 => part(&format!("{:010}", below(1 << 30)), 0, 3 + below(6)),
                2 => format!("{} zzz", part(first, 0, 3)),
                _ => "xyzzy".to_owned(),
            },
            _ => fold(&one.town),
        });
    }
    texts
}

/// Ten thousand more customers in slices, ours and bare in turn, told as a hundred thousand.
async fn writes(app: &App, size: u32) -> Row {
    let book = app.bench_book().await.expect("the book");
    let resellers = book.read(|db| db.resellers().all()).await.expect("resellers");
    let resellers: Vec<_> = resellers.into_iter().filter(|one| one.takes_customers()).map(|one| one.id).collect();
    let mut row = Row::new("write 1,000 customers", size);
    let mut bare = Vec::new();
    for slice in 0..5_u64 {
        let mut inventor = Inventor::new(100 + slice, fakes_now(), resellers.clone());
        inventor.begin_at(10_000_000 + slice * 20_000);
        let ours: Vec<_> = (0..1_000).map(|_| inventor.customer()).collect();
        let theirs: Vec<_> = (0..1_000).map(|_| inventor.customer()).collect();
        let began = Began::now();
        book.write(move |tx| {
            tx.quietly(|tx| {
                ours.iter().try_for_each(|(customer, subscriptions)| {
                    tx.put_customer(customer)?;
                    subscriptions.iter().try_for_each(|one| tx.put_subscription(one))
                })
            })
        })
        .await
        .expect("written");
        row.ours.push(began.elapsed());
        bare.push(theirs);
    }
    // After all of ours: bare rows take places that say nothing about their names.
    for (slice, theirs) in (0_i64..).zip(bare) {
        let began = Began::now();
        let took = book.bare_write(theirs, (1 << 50) + slice * 10_000).await.expect("bare write");
        row.bare.push(began.cpu().unwrap_or(took));
    }
    row
}

impl Row {
    fn new(work: &str, size: u32) -> Self {
        Self { work: work.to_owned(), size, ours: Vec::new(), bare: Vec::new() }
    }

    async fn ours<T, E: std::fmt::Debug>(&mut self, call: impl Future<Output = Result<T, E>>) {
        let began = Began::now();
        call.await.expect(&self.work);
        self.ours.push(began.elapsed());
    }

    fn print(&self) {
        let (ours, bare) = (ms(at(&self.ours, 99)), ms(at(&self.bare, 99)));
        println!(
            "{:<40} {:>9} {:>10.3} {ours:>10.3} {bare:>12.3} {:>7.1}",
            self.work,
            self.size,
            ms(at(&self.ours, 50)),
            ours / bare
        );
    }

    fn json(&self) -> serde_json::Value {
        let (ours, bare) = (ms(at(&self.ours, 99)), ms(at(&self.bare, 99)));
        serde_json::json!({
            "work": self.work, "size": self.size, "p50_ms": ms(at(&self.ours, 50)), "p99_ms": ours,
            "bare_p50_ms": ms(at(&self.bare, 50)), "bare_p99_ms": bare, "ratio": ours / bare,
        })
    }
}

fn at(times: &[Duration], share: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted[(sorted.len() * share / 100).min(sorted.len() - 1)]
}

fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}

/// Beside the rows that are there already, in place of those of an earlier run.
fn save(rows: &[Row]) {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    std::fs::create_dir_all(&target).expect("the target folder");
    let file = target.join("bench.json");
    let known = std::fs::read(&file).ok().and_then(|text| serde_json::from_slice::<serde_json::Value>(&text).ok());
    let mut all = known.and_then(|value| value["rows"].as_array().cloned()).unwrap_or_default();
    all.retain(|old| !rows.iter().any(|row| old["work"] == row.work.as_str() && old["size"] == row.size));
    all.extend(rows.iter().map(Row::json));
    std::fs::write(file, serde_json::json!({ "rows": all }).to_string()).expect("target/bench.json");
}
