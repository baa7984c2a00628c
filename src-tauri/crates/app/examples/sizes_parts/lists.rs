//! Rows of the measurement for what is rarer than a page of customers: other orders, rare states, ends of terms, support
//! contacts, and lists while something goes on beside them.

use super::{PAGE, RUNS, Row, across, bare_work};
use cb_app::App;
use cb_app::views::{
    BulkChange, BulkKind, BulkSelection, CustomerQuery, CustomerStateView, EndingQuery, SortBy, SupportFilter,
    SupportQuery,
};
use cb_store::Book;
use cb_store::bare::BareWork;
use std::time::Duration;

/// Reads; `keys` are folded names all over the list.
pub async fn reads(app: &App, book: &Book, size: u32, all: &CustomerQuery, keys: &[String]) -> Vec<Row> {
    let mut rows = Vec::new();
    let sorts = [SortBy::Country, SortBy::Reseller, SortBy::Subscriptions, SortBy::Seats];
    let mut row = Row::new("jump in another order", size);
    for at in 0..RUNS {
        let number = u32::try_from(at).unwrap() * (size / u32::try_from(RUNS).unwrap()) + 37;
        let (sort, descending) = (sorts[at % sorts.len()], at % 8 > 3);
        row.ours(app.list_customers(CustomerQuery { row: number, sort, descending, ..all.clone() })).await;
        row.bare.push(bare_work(book, BareWork::Behind(across(keys, at).clone(), PAGE)).await);
    }
    rows.push(row);
    let mut row = Row::new("rare filter", size);
    for at in 0..RUNS {
        row.ours(app.list_customers(rare(at, all))).await;
        row.bare.push(bare_work(book, BareWork::Behind(across(keys, at).clone(), PAGE)).await);
    }
    rows.push(row);
    let resellers = book.read(|db| db.resellers().all()).await.expect("resellers");
    let mut row = Row::new("ends of terms", size);
    for at in 0..RUNS {
        let reseller = &resellers[at % resellers.len()];
        let query = EndingQuery {
            only_open: at % 2 == 0,
            within_days: [30, 90, 400][at % 3],
            reseller_id: if at % 4 < 2 { String::new() } else { reseller.id.to_string() },
            after: String::new(),
            limit: 50,
        };
        row.ours(app.ending_subscriptions(query)).await;
        row.bare.push(bare_work(book, BareWork::Home(super::fakes_now())).await);
    }
    rows.push(row);
    let filters = [SupportFilter::All, SupportFilter::Deviating, SupportFilter::Older, SupportFilter::WithoutContact];
    let mut row = Row::new("support contacts", size);
    for at in 0..RUNS {
        let query = SupportQuery {
            filter: filters[at % filters.len()],
            reseller_id: String::new(),
            search: String::new(),
            after: String::new(),
            limit: 100,
        };
        row.ours(app.support_contacts(query)).await;
        row.bare.push(bare_work(book, BareWork::Behind(across(keys, at).clone(), PAGE)).await);
    }
    rows.push(row);
    let mut row = Row::new("how many were read", size);
    for at in 0..RUNS {
        row.ours(book.read(|db| db.customer_reads().figures())).await;
        row.bare.push(bare_work(book, BareWork::Behind(across(keys, at).clone(), 1)).await);
    }
    rows.push(row);
    rows
}

/// States that few are in, a tag that nobody has, a month in which nothing ends.
fn rare(at: usize, all: &CustomerQuery) -> CustomerQuery {
    let states = [
        CustomerStateView::NeedsAttention,
        CustomerStateView::OnHold,
        CustomerStateView::Waiting,
        CustomerStateView::Draft,
        CustomerStateView::WindowCloses,
        CustomerStateView::TermEnds,
    ];
    match at % 8 {
        6 => CustomerQuery { tags: vec!["Nobody".to_owned()], ..all.clone() },
        7 => CustomerQuery { renews_in: "2031-01".to_owned(), ..all.clone() },
        state => CustomerQuery { states: vec![states[state]], ..all.clone() },
    }
}

/// Pages while something else goes on: the practice clock is moved a month, and all customers get a tag.
pub async fn beside(app: &App, book: &Book, size: u32, all: &CustomerQuery, keys: &[String]) -> Vec<Row> {
    let mut moved = Row::new("next page while the clock is moved", size);
    moved.ours(app.move_practice_clock(31 * 24)).await;
    pages(app, book, all, keys, &mut moved).await;
    // Back: what is still to be read is left.
    app.move_practice_clock(0).await.expect("the clock");

    let mut many = Row::new("next page while all get a tag", size);
    let selection = BulkSelection { query: all.clone(), all: true, ids: Vec::new() };
    let change = BulkChange { kind: BulkKind::AddTag, value: "All".to_owned() };
    let began = std::time::Instant::now();
    let prepared = app.prepare_bulk(selection, change).await.expect("prepared");
    eprintln!("{} customers settled in {:.0} ms", prepared.total, began.elapsed().as_secs_f64() * 1_000.0);
    app.start_bulk(prepared.number).await.expect("started");
    pages(app, book, all, keys, &mut many).await;
    let gone = app.bulk().await.expect("the change").map_or(0, |one| one.gone);
    eprintln!("{gone} have it after {:.1} s", began.elapsed().as_secs_f64());
    let began = std::time::Instant::now();
    app.stop_bulk(prepared.number).await.expect("stopped");
    eprintln!("stopped in {:.0} ms", began.elapsed().as_secs_f64() * 1_000.0);
    vec![moved, many]
}

async fn pages(app: &App, book: &Book, all: &CustomerQuery, keys: &[String], row: &mut Row) {
    for (at, _) in keys.iter().enumerate().take(RUNS) {
        let number = u32::try_from(at).unwrap() * (row.size / u32::try_from(RUNS).unwrap());
        row.ours(app.list_customers(CustomerQuery { row: number, ..all.clone() })).await;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for at in 0..RUNS / 4 {
        row.bare.push(bare_work(book, BareWork::Behind(across(keys, at).clone(), PAGE)).await);
    }
}
