//! A change to many customers over a real book: whom it reaches, what it leaves, and that it goes on after a restart.

use crate::App;
use crate::error::AppError;
use crate::fakes::Fakes;
use crate::views::{
    BulkChange, BulkKind, BulkSelection, BulkStateView, BulkView, CustomerQuery, CustomerRow, Language,
};
use cb_disk_fault::{Failing, Fault, Plan, register};
use cb_store::{BulkState, BulkTask};
use std::time::Duration;

async fn world(seed: u64) -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(Fakes::new(seed).host(), folder.path().to_path_buf(), Language::En);
    app.try_it_out().await.unwrap();
    (app, folder)
}

async fn rows(app: &App, query: CustomerQuery) -> Vec<CustomerRow> {
    app.list_customers(CustomerQuery { limit: 500, ..query }).await.unwrap().rows
}

fn tag(kind: BulkKind, tag: &str) -> BulkChange {
    BulkChange { kind, value: tag.to_owned() }
}

fn all_of(query: CustomerQuery, but: &[&str]) -> BulkSelection {
    BulkSelection { query, all: true, ids: but.iter().map(|id| (*id).to_owned()).collect() }
}

fn these(ids: &[&str]) -> BulkSelection {
    BulkSelection { query: CustomerQuery::default(), all: false, ids: ids.iter().map(|id| (*id).to_owned()).collect() }
}

/// Waits until it is over, however busy the machine is.
async fn over(app: &App) -> BulkView {
    for _ in 0..6_000 {
        match app.bulk().await.unwrap() {
            Some(view) if view.state != BulkStateView::Running => return view,
            Some(_) | None => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
    panic!("it is still under way: {:?}", app.bulk().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_reaches_all_that_the_list_finds_but_those_left_out() {
    let (app, _folder) = world(501).await;
    let german = CustomerQuery { countries: vec!["DE".into()], ..CustomerQuery::default() };
    let found = rows(&app, german.clone()).await;
    assert!(found.len() > 10, "the sample sells in Germany");
    let left = found[3].id.clone();
    let change = tag(BulkKind::AddTag, "  Key   account ");
    let prepared = app.prepare_bulk(all_of(german.clone(), &[&left]), change).await.unwrap();
    assert_eq!((prepared.total as usize, prepared.state), (found.len() - 1, BulkStateView::Prepared));
    assert_eq!(prepared.change.value, "Key account", "tags are kept in good shape");
    assert_eq!(app.bulk().await.unwrap(), None, "nothing was started");
    app.start_bulk(prepared.number).await.unwrap();
    let done = over(&app).await;
    assert_eq!((done.state, done.gone, done.changed, done.left_out), (BulkStateView::Done, done.total, done.total, 0));
    let tagged = rows(&app, CustomerQuery { tags: vec!["Key account".into()], ..CustomerQuery::default() }).await;
    let mut expected: Vec<_> = found.iter().map(|row| row.id.clone()).filter(|id| *id != left).collect();
    let mut got: Vec<_> = tagged.iter().map(|row| row.id.clone()).collect();
    expected.sort();
    got.sort();
    assert_eq!(got, expected, "exactly those have it, and the filter finds them");
    // Once more changes nothing; taking it away by the very filter that shrinks meanwhile reaches all.
    let again = app.prepare_bulk(all_of(german, &[&left]), tag(BulkKind::AddTag, "KEY account")).await.unwrap();
    app.start_bulk(again.number).await.unwrap();
    let done = over(&app).await;
    assert_eq!((done.changed, done.left_out), (0, done.total));
    let by_tag = CustomerQuery { tags: vec!["Key account".into()], ..CustomerQuery::default() };
    let away = app.prepare_bulk(all_of(by_tag.clone(), &[]), tag(BulkKind::RemoveTag, "key account")).await.unwrap();
    app.start_bulk(away.number).await.unwrap();
    assert_eq!(over(&app).await.changed as usize, expected.len());
    assert!(rows(&app, by_tag).await.is_empty());
    app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_looked_at_is_what_starts_and_one_at_a_time() {
    let (app, _folder) = world(502).await;
    let found = rows(&app, CustomerQuery::default()).await;
    let first = app.prepare_bulk(these(&[&found[0].id]), tag(BulkKind::AddTag, "a")).await.unwrap();
    let second = app.prepare_bulk(these(&[&found[1].id, &found[2].id]), tag(BulkKind::AddTag, "b")).await.unwrap();
    assert!(matches!(app.start_bulk(first.number).await, Err(AppError::ReviewChanged)), "another one took its place");
    app.start_bulk(second.number).await.unwrap();
    assert_eq!(over(&app).await.changed, 2);
    assert!(matches!(app.start_bulk(second.number).await, Err(AppError::ReviewChanged)), "not twice");
    for refused in [
        tag(BulkKind::AddTag, "  "),
        tag(BulkKind::ResellerOfRecord, ""),
        tag(BulkKind::SupportContact, "01920000-0000-7000-8000-000000000099"),
    ] {
        let answer = app.prepare_bulk(these(&[&found[0].id]), refused.clone()).await;
        assert!(matches!(answer, Err(AppError::NotAllowed)), "{refused:?}: {answer:?}");
    }
    let id = found[0].id.clone();
    let too_many = BulkSelection { ids: vec![id; 5_001], ..all_of(CustomerQuery::default(), &[]) };
    let answer = app.prepare_bulk(too_many, tag(BulkKind::AddTag, "c")).await;
    assert!(matches!(answer, Err(AppError::NotAllowed)), "nobody who was left out is reached: {answer:?}");
    let nobody = CustomerQuery { search: "&%".into(), ..CustomerQuery::default() };
    assert_eq!(app.prepare_bulk(all_of(nobody, &[]), tag(BulkKind::AddTag, "x")).await.unwrap().total, 0);
    app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_on_after_a_restart_and_touches_nobody_twice() {
    let folder = tempfile::tempdir().unwrap();
    let fakes = Fakes::new(503);
    let app = App::new(fakes.host(), folder.path().to_path_buf(), Language::En);
    app.invent_customers(600);
    app.try_it_out().await.unwrap();
    let total = app.list_customers(CustomerQuery { limit: 1, ..CustomerQuery::default() }).await.unwrap().total;
    let change = tag(BulkKind::AddTag, "Everybody");
    let prepared = app.prepare_bulk(all_of(CustomerQuery::default(), &[]), change).await.unwrap();
    assert_eq!(prepared.total, total);
    app.start_bulk(prepared.number).await.unwrap();
    // Closed at once, wherever it is.
    app.shut_down().await;
    drop(app);
    let app = App::new(fakes.host(), folder.path().to_path_buf(), Language::En);
    app.start_view().await.unwrap();
    let done = over(&app).await;
    assert_eq!((done.state, done.gone, done.changed, done.left_out), (BulkStateView::Done, total, total, 0));
    let tagged = CustomerQuery { tags: vec!["Everybody".into()], limit: 1, ..CustomerQuery::default() };
    let page = app.list_customers(tagged).await.unwrap();
    assert!(page.more || page.matching == total);
    app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_that_the_disk_takes_nothing_and_goes_on_by_itself() {
    const MARK: &str = "full-for-many";
    let disk = Failing::new(MARK);
    register(MARK, disk.clone(), true);
    let folder = tempfile::Builder::new().prefix(MARK).tempdir().unwrap();
    let app = App::new(Fakes::new(505).host(), folder.path().to_path_buf(), Language::En);
    // So many that it can't be through before the disk is full.
    app.invent_customers(600);
    app.try_it_out().await.unwrap();
    let prepared = app.prepare_bulk(all_of(CustomerQuery::default(), &[]), tag(BulkKind::AddTag, "All")).await.unwrap();
    app.start_bulk(prepared.number).await.unwrap();
    disk.plan(Plan { dry: true, fault: Some(Fault::Full), ..Plan::default() });
    for _ in 0..6_000 {
        match app.bulk().await.unwrap() {
            Some(view) if view.waits => break,
            Some(_) | None => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
    let stuck = app.bulk().await.unwrap().unwrap();
    assert!(stuck.waits && stuck.gone < stuck.total, "{stuck:?}");
    disk.plan(Plan::default());
    let done = over(&app).await;
    assert_eq!((done.state, done.gone, done.changed), (BulkStateView::Done, prepared.total, prepared.total));
    assert!(!done.waits, "nobody is told of what is over");
    app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reseller_of_record_and_support_contact_reach_the_subscriptions_that_take_them() {
    let (app, _folder) = world(504).await;
    let choices = app.hanging(String::new()).await.unwrap().choices;
    let to = choices.iter().find(|one| one.shield.kind == crate::views::ShieldKind::Fit).unwrap();
    let found = rows(&app, CustomerQuery::default()).await;
    let mine: Vec<&CustomerRow> = found
        .iter()
        .filter(|row| !row.reseller_id.is_empty() && row.reseller_id != to.id && row.subscriptions > 0)
        .take(6)
        .collect();
    let ids: Vec<&str> = mine.iter().map(|row| row.id.as_str()).collect();
    let subscriptions: u32 = mine.iter().map(|row| row.subscriptions).sum();

    let change = BulkChange { kind: BulkKind::SupportContact, value: to.id.clone() };
    let prepared = app.prepare_bulk(these(&ids), change).await.unwrap();
    assert_eq!((prepared.subscriptions, prepared.name.as_str()), (subscriptions, to.name.as_str()));
    app.start_bulk(prepared.number).await.unwrap();
    let done = over(&app).await;
    assert_eq!(done.gone, done.total);
    assert!(done.changed > 0);
    let again = app
        .prepare_bulk(these(&ids), BulkChange { kind: BulkKind::SupportContact, value: to.id.clone() })
        .await
        .unwrap();
    app.start_bulk(again.number).await.unwrap();
    assert_eq!(over(&app).await.changed, 0, "what is so or on its way is left alone");

    app.set_work_offline(true).await.unwrap();
    let change = BulkChange { kind: BulkKind::ResellerOfRecord, value: to.id.clone() };
    let prepared = app.prepare_bulk(these(&ids), change.clone()).await.unwrap();
    app.start_bulk(prepared.number).await.unwrap();
    let done = over(&app).await;
    assert!(done.changed > 0, "new commerce takes another reseller of record");
    let waiting = app.list_operations(crate::views::OutboxFilter::All, None).await.unwrap();
    let words = format!("{waiting:?}");
    assert!(words.matches("SetResellerOfRecord").count() >= 1, "they wait in the outbox: {words}");
    let again = app.prepare_bulk(these(&ids), change).await.unwrap();
    app.start_bulk(again.number).await.unwrap();
    assert_eq!(over(&app).await.changed, 0, "nothing goes twice");
    app.shut_down().await;
}

/// How it stands in the book once it is over: one that somebody ended too late is told to nobody.
async fn ended(app: &App) -> BulkTask {
    let open = app.open_book().await.unwrap();
    for _ in 0..6_000 {
        let task = open.book.read(|db| db.bulk().current()).await.unwrap().unwrap();
        if task.state != BulkState::Running {
            return task;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it is still under way");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_stopped_has_done_what_it_counts_and_the_next_does_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(Fakes::new(506).host(), folder.path().to_path_buf(), Language::En);
    app.invent_customers(400);
    app.try_it_out().await.unwrap();
    app.set_work_offline(true).await.unwrap();
    let choices = app.hanging(String::new()).await.unwrap().choices;
    let to = &choices.iter().find(|one| one.shield.kind == crate::views::ShieldKind::Fit).unwrap().id;
    let mut stopped_midway = 0;
    for change in [
        tag(BulkKind::AddTag, "Half"),
        tag(BulkKind::RemoveTag, "Half"),
        BulkChange { kind: BulkKind::SupportContact, value: to.clone() },
        BulkChange { kind: BulkKind::ResellerOfRecord, value: to.clone() },
    ] {
        let begin = || async {
            let prepared = app.prepare_bulk(all_of(CustomerQuery::default(), &[]), change.clone()).await.unwrap();
            app.start_bulk(prepared.number).await.unwrap();
            prepared
        };
        let first = begin().await;
        // Others get to the book between two slices.
        assert_eq!(rows(&app, CustomerQuery::default()).await.len(), 460);
        app.stop_bulk(first.number).await.unwrap();
        let stopped = ended(&app).await;
        stopped_midway += u32::from(stopped.state == BulkState::Stopped && stopped.gone < stopped.total);
        let rest = begin().await;
        let done = ended(&app).await;
        assert_eq!((done.state, done.gone), (BulkState::Done, rest.total), "{change:?}");
        begin().await;
        let again = ended(&app).await;
        assert_eq!(again.changed, 0, "nobody twice: {change:?}");
        let reached = stopped.changed + done.changed;
        match change.kind {
            BulkKind::AddTag | BulkKind::RemoveTag => assert_eq!(reached, first.total, "all of them, each once"),
            BulkKind::ResellerOfRecord | BulkKind::SupportContact => {
                assert!(stopped.changed <= reached && reached > first.total, "{reached} of {change:?}");
                assert_eq!(done.left_out, again.left_out - done.changed, "{change:?}");
            }
        }
    }
    assert!(stopped_midway > 0, "none could be stopped before its end");
    app.shut_down().await;
}
