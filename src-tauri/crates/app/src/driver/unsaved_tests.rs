//! A disk that takes nothing while the outbox is at work: it is said, nothing is lost or doubled, and all goes on by
//! itself once the disk takes something again (D3, P1, P5).
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use super::bench::{Bench, Kill, NAME, PREFIX, all_confirmed, story};
use crate::App;
use crate::host::Clock;
use crate::views::{ConnectionKind, SaveProblem};
use cb_disk_fault::{Failing, Fault, Plan, register};
use cb_domain::operation::OperationKind;
use std::time::Duration;

/// A disk for the folders of one test, told by `mark` from those of all others.
fn disk(mark: &'static str) -> Failing {
    let disk = Failing::new(mark);
    register(mark, disk.clone(), true);
    disk
}

/// A workbench whose book lies on it.
fn bench(seed: u64, mark: &str) -> Bench {
    Bench::in_folder(seed, Kill::default(), tempfile::Builder::new().prefix(mark).tempdir().unwrap())
}

/// When the first request of this kind is answered, the disk stops taking anything, and says so in this way.
fn dries_up(bench: &Bench, disk: &Failing, kind: OperationKind, fault: Fault) {
    let disk = disk.clone();
    *bench.remote.meanwhile.lock().unwrap() = Some((kind, Box::new(move || disk.plan(dry(fault)))));
}

/// From now on the disk takes nothing, and says so.
fn dry(fault: Fault) -> Plan {
    Plan { dry: true, fault: Some(fault), ..Plan::default() }
}

async fn until_it_cannot_save(app: &App, problem: SaveProblem) {
    for _ in 0..4_000 {
        let connection = app.connection().await.unwrap();
        if connection.kind == ConnectionKind::CannotSave {
            assert_eq!(connection.cannot_save, Some(problem), "the bar says why");
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("nothing is said");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p5_d3_a_disk_that_stays_full_for_an_hour_leaves_nothing_behind_in_flight() {
    const MARK: &str = "full-for-an-hour";
    let disk = disk(MARK);
    for kind in [OperationKind::CreateCustomer, OperationKind::CreateCart, OperationKind::CheckoutCart] {
        let bench = bench(81, MARK);
        let app = bench.open().await;
        dries_up(&bench, &disk, kind, Fault::Full);
        bench.submit(&app).await;
        until_it_cannot_save(&app, SaveProblem::DiskFull).await;
        let since = bench.fakes.clock.now();
        while bench.fakes.clock.now().duration_since(since) < jiff::SignedDuration::from_hours(1) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        disk.plan(Plan::default());
        bench.until(&app, all_confirmed).await;
        let connection = app.connection().await.unwrap();
        assert!(connection.cannot_save.is_none() && connection.kind != ConnectionKind::CannotSave, "{connection:?}");
        let (tenants, ordered) = bench.server(NAME, PREFIX).await;
        assert_eq!(tenants, 1, "{kind:?}");
        assert!(ordered.values().all(|count| *count == 2), "each line once: {ordered:?}");
    }
}

/// The database says of a failing disk another error than of a full one; the only copy of a password waits through both.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c2_the_only_copy_of_a_password_waits_for_a_disk_that_fails() {
    const MARK: &str = "failing-for-a-while";
    let (disk, bench) = (disk(MARK), bench(82, MARK));
    let app = bench.open().await;
    dries_up(&bench, &disk, OperationKind::CreateCustomer, Fault::Io);
    let submitted = bench.submit(&app).await;
    until_it_cannot_save(&app, SaveProblem::DiskFailed).await;
    disk.plan(Plan::default());
    bench.until(&app, all_confirmed).await;
    let (open, id) = (app.open_book().await.unwrap(), submitted.operations[0]);
    let attempts = open.book.read(move |db| db.attempts().of_operation(id)).await.unwrap();
    assert_eq!(attempts.len(), 1, "the first answer was kept, none was asked for again");
    let onboarding = submitted.onboarding.to_string();
    app.begin_reveal(onboarding.clone()).await.unwrap();
    assert!(app.reveal_password(onboarding).await.unwrap().password.len() >= 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d3_what_is_said_of_the_disk_ends_with_its_trouble_though_nothing_is_sent() {
    const MARK: &str = "full-and-then-offline";
    let (disk, bench) = (disk(MARK), bench(83, MARK));
    let app = bench.open().await;
    dries_up(&bench, &disk, OperationKind::CreateCart, Fault::Full);
    bench.submit(&app).await;
    until_it_cannot_save(&app, SaveProblem::DiskFull).await;
    assert_eq!(app.set_work_offline(true).await.unwrap_err().code(), crate::error::ErrorCode::DiskFull, "it is told");
    disk.plan(Plan::default());
    app.set_work_offline(true).await.unwrap();
    for _ in 0..4_000 {
        if app.connection().await.unwrap().kind == ConnectionKind::WorkingOffline {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{:?}\n{}", app.connection().await, story(&bench.operations(&app).await));
}
