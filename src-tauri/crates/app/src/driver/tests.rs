//! The outbox end to end: driver, book and sandbox in one process. Ids name the rules that are covered.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use super::bench::{Bench, Kill, NAME, PREFIX, Submitted, all_confirmed, story};
use crate::App;
use crate::error::AppError;
use crate::views::{
    ConnectionKind, HoldReasonView, OperationAction, OperationStateView, OutboxFilter, PracticeView, SetupInfoState,
    TodoKind, Urgency,
};
use cb_domain::operation::{AttentionReason, OperationKind, OperationState};
use cb_domain::subscription::SubscriptionStatus;
use std::sync::atomic::Ordering;
use std::time::Duration;

fn calm() -> PracticeView {
    PracticeView {
        network_off: false,
        slow_ms: 0,
        lose_next_answer: false,
        domain_taken: false,
        under_review: false,
        throttled: false,
        agreement_refused: false,
        prices_up: false,
        partial_checkout: false,
        ordered_elsewhere: false,
    }
}

/// One tenant, each product once in the licences approved, subscriptions in the book confirmed.
async fn assert_once(bench: &Bench, app: &App, submitted: &Submitted, prefix: &str) {
    let (tenants, ordered) = bench.server(NAME, prefix).await;
    assert_eq!(tenants, 1, "tenants");
    let open = app.open_book().await.unwrap();
    let customer = submitted.customer;
    let subscriptions = open.book.read(move |db| db.subscriptions().of_customer(customer)).await.unwrap();
    assert_eq!(subscriptions.len(), 3);
    let ordered_once = subscriptions.iter().all(|one| ordered.get(&one.sku.product_id) == Some(&one.quantity));
    assert!(ordered_once, "{ordered:?}");
    for one in &subscriptions {
        assert_eq!(one.status, SubscriptionStatus::Active);
        assert!(one.remote_id.is_some() && one.confirmed_at.is_some() && one.operation_id.is_none());
    }
    let customer = open.book.read(move |db| db.customers().get(customer)).await.unwrap().unwrap();
    assert!(customer.tenant_id.is_some() && customer.confirmed_at.is_some());
    assert_eq!(customer.domain_prefix, prefix);
}

async fn password(app: &App, submitted: &Submitted) -> String {
    let id = submitted.onboarding.to_string();
    app.begin_reveal(id.clone()).await.unwrap();
    app.reveal_password(id).await.unwrap().password
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p2_c2_an_onboarding_online_arrives_once_and_brings_the_password() {
    let bench = Bench::new(1);
    let app = bench.open().await;
    let submitted = bench.submit(&app).await;
    bench.until(&app, all_confirmed).await;
    assert_once(&bench, &app, &submitted, PREFIX).await;
    let connection = app.connection().await.unwrap();
    assert!(connection.last_contact_at.is_some());
    assert_eq!(connection.waiting, 0);

    let id = submitted.onboarding.to_string();
    let view = app.setup_info(id.clone()).await.unwrap();
    assert_eq!(view.state, SetupInfoState::Sealed);
    assert!(view.user_name.starts_with("admin@"), "{}", view.user_name);
    // C6: unseen is never destroyed; C3: not revealed before `showing` is on disk.
    assert!(matches!(app.acknowledge_setup_info(id.clone()).await, Err(AppError::NotAllowed)));
    assert!(matches!(app.reveal_password(id.clone()).await, Err(AppError::NotAllowed)));
    let password = password(&app, &submitted).await;
    assert!(password.len() >= 8);
    app.copy_password(id.clone()).await.unwrap();
    let view = app.acknowledge_setup_info(id.clone()).await.unwrap();
    assert_eq!(view.state, SetupInfoState::Destroyed);
    assert!(matches!(app.reveal_password(id.clone()).await, Err(AppError::NotAllowed)));
    assert!(bench.fakes.keychain.names().is_empty(), "C5: the key is gone");
    assert!(bench.fakes.clipboard.0.lock().unwrap().is_none(), "C4: the clipboard is cleared");
    assert_eq!(bench.leaks(&password), Vec::<std::path::PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n5_offline_waits_and_goes_by_itself_when_online() {
    let bench = Bench::new(2);
    let app = bench.open().await;
    app.set_practice(PracticeView { network_off: true, ..calm() }).await.unwrap();
    bench.cable.set_out(false);
    let submitted = {
        // The submit helper asks the sandbox for its catalogue, which the wizard has in the book.
        app.set_work_offline(true).await.unwrap();
        let submitted = bench.submit(&app).await;
        bench.cable.set_out(true);
        app.set_work_offline(false).await.unwrap();
        submitted
    };
    for _ in 0..400 {
        if app.connection().await.unwrap().kind == ConnectionKind::Offline {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let connection = app.connection().await.unwrap();
    assert_eq!((connection.kind, connection.waiting), (ConnectionKind::Offline, 5));
    let outbox = app.list_operations(OutboxFilter::Waiting, None).await.unwrap();
    assert!(outbox.rows.iter().all(|row| row.state == OperationStateView::Waiting));
    app.set_practice(calm()).await.unwrap();
    bench.until(&app, all_confirmed).await;
    assert_once(&bench, &app, &submitted, PREFIX).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s10_p2_lost_answers_double_nothing_and_the_password_still_comes() {
    for lost in [OperationKind::CreateCustomer, OperationKind::CreateCart, OperationKind::CheckoutCart] {
        let bench = Bench::new(3);
        let app = bench.open().await;
        *bench.remote.loses.lock().unwrap() = Some(lost);
        let submitted = bench.submit(&app).await;
        let all = bench.until(&app, all_confirmed).await;
        let hit = all.iter().find(|one| one.payload.kind() == lost).unwrap();
        assert!(hit.ever_unknown, "{lost:?} was to lose its answer\n{}", story(&all));
        assert_once(&bench, &app, &submitted, PREFIX).await;
        assert!(!password(&app, &submitted).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p1_p2_p3_killed_at_each_request_before_and_after_nothing_is_lost_or_doubled() {
    let calls = {
        let bench = Bench::new(4);
        let app = bench.open().await;
        let before = bench.remote.calls.load(Ordering::SeqCst);
        bench.submit(&app).await;
        bench.until(&app, all_confirmed).await;
        bench.remote.calls.load(Ordering::SeqCst) - before
    };
    assert!(calls > 8, "{calls} requests");
    for after in [false, true] {
        for at in 1..=calls {
            let bench = Bench::with_kill(100 + at, Kill { at: at.into(), after });
            let app = bench.open().await;
            let submitted = bench.submit(&app).await;
            for _ in 0..2_000 {
                let hung = bench.kill.at.load(Ordering::SeqCst) == 0;
                if hung || all_confirmed(&bench.operations(&app).await) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
            // The kill: no farewell, the task is gone in the middle of its request.
            let open = app.inner.open.write().await.take().unwrap();
            if let Some(task) = open.driver.task.lock().unwrap().take() {
                task.abort();
            }
            drop(open);
            drop(app);

            let app = bench.open().await;
            bench.until(&app, all_confirmed).await;
            assert_once(&bench, &app, &submitted, PREFIX).await;
            let password = password(&app, &submitted).await;
            assert!(!password.is_empty(), "killed at {at}, after {after}");
            assert_eq!(bench.leaks(&password), Vec::<std::path::PathBuf>::new());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c1_without_a_keychain_nothing_is_sent_and_the_history_says_why() {
    let bench = Bench::new(5);
    let app = bench.open().await;
    bench.fakes.keychain.refuse(true);
    let submitted = bench.submit(&app).await;
    let id = submitted.operations[0].to_string();
    let mut said = false;
    for _ in 0..400 {
        let detail = app.operation_detail(id.clone()).await.unwrap();
        said = detail.history.iter().any(|entry| entry.reason == "keychain_missing");
        if said {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(said, "the history does not say why");
    // The history is written within the turn, the pill follows at its end.
    let mut pill = app.connection().await.unwrap().kind;
    for _ in 0..400 {
        if pill != ConnectionKind::Sending {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
        pill = app.connection().await.unwrap().kind;
    }
    assert_eq!(pill, ConnectionKind::KeychainMissing, "the pill says it");
    let held = app.list_operations(OutboxFilter::OnHold, None).await.unwrap();
    assert_eq!(held.rows[0].hold, Some(HoldReasonView::KeychainMissing), "the outbox says it");
    let todo = app.home().await.unwrap().todo;
    let told = todo.iter().find(|one| one.kind == TodoKind::OnHold).unwrap();
    assert_eq!((told.detail.as_str(), told.urgency), ("keychain_missing", Urgency::Now), "Home says it");
    assert_eq!(bench.server(NAME, PREFIX).await.0, 0);
    bench.fakes.keychain.refuse(false);
    app.send_now().await.unwrap();
    bench.until(&app, all_confirmed).await;
    assert!(!password(&app, &submitted).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_taken_domain_goes_on_with_the_fallback_or_needs_attention() {
    let bench = Bench::new(6);
    let app = bench.open().await;
    app.set_practice(PracticeView { domain_taken: true, ..calm() }).await.unwrap();
    let submitted = bench.submit(&app).await;
    bench.until(&app, all_confirmed).await;
    assert_once(&bench, &app, &submitted, "nordwindbackstubegmbh").await;

    app.set_practice(PracticeView { domain_taken: true, ..calm() }).await.unwrap();
    let second = bench.submit_named(&app, "Seeblick Hotel GmbH", &["seeblickhotel"], true).await;
    let all = bench.until(&app, |all| all.iter().any(|one| one.state == OperationState::NeedsAttention)).await;
    let stuck = all.iter().find(|one| one.id == second.operations[0]).unwrap();
    assert_eq!(stuck.attention.as_ref().map(|found| found.reason), Some(AttentionReason::DomainTaken));
    let detail = app.operation_detail(stuck.id.to_string()).await.unwrap();
    assert_eq!((detail.field.as_str(), detail.field_value.as_str()), ("customer.domainPrefix", "seeblickhotel"));
    assert_eq!(detail.actions, [OperationAction::Mend, OperationAction::Cancel]);
    app.cancel_operation(stuck.id.to_string()).await.unwrap();
    let all = bench.operations(&app).await;
    let cancelled = all.iter().filter(|one| one.state == OperationState::Cancelled).count();
    assert_eq!(cancelled, 5, "{}", story(&all));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n8_a_customer_under_review_holds_its_order_and_goes_when_cleared() {
    let bench = Bench::new(7);
    let app = bench.open().await;
    app.set_practice(PracticeView { under_review: true, ..calm() }).await.unwrap();
    let submitted = bench.submit(&app).await;
    bench.until(&app, |all| all.iter().any(|one| one.hold.is_some())).await;
    let outbox = app.list_operations(OutboxFilter::OnHold, None).await.unwrap();
    assert_eq!(outbox.rows.len(), 1);
    assert_eq!(outbox.on_hold, 1);
    app.set_practice(calm()).await.unwrap();
    bench.until(&app, all_confirmed).await;
    assert_once(&bench, &app, &submitted, PREFIX).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n6_throttling_pauses_and_the_order_arrives_once() {
    let bench = Bench::new(8);
    let app = bench.open().await;
    let submitted = bench.submit(&app).await;
    bench.until(&app, |all| all[0].state == OperationState::Confirmed).await;
    app.set_practice(PracticeView { throttled: true, ..calm() }).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let all = bench.operations(&app).await;
    assert!(!all_confirmed(&all), "nothing about a customer gets through\n{}", story(&all));
    assert!(all.iter().all(|one| one.wire_tries < 8 && one.attention.is_none()), "{}", story(&all));
    app.set_practice(calm()).await.unwrap();
    bench.until(&app, all_confirmed).await;
    assert_once(&bench, &app, &submitted, PREFIX).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_agreement_holds_visibly() {
    let bench = Bench::new(9);
    let app = bench.open().await;
    bench.submit_named(&app, NAME, &[PREFIX], false).await;
    let all = bench.until(&app, |all| all.iter().any(|one| one.hold.is_some())).await;
    let held = all.iter().find(|one| one.hold.is_some()).unwrap();
    assert_eq!(held.payload.kind(), OperationKind::ConfirmAgreement);
    assert!(held.not_before.is_some(), "P5: it has a next look");
}

/// The next probe stops with its answer in hand until it is told to go on.
fn stop_the_next_probe(bench: &Bench) -> std::sync::Arc<tokio::sync::Notify> {
    let gate = std::sync::Arc::new(tokio::sync::Notify::new());
    *bench.remote.probe_waits_for.lock().unwrap() = Some(std::sync::Arc::clone(&gate));
    gate
}

async fn until_it_is_stopped(bench: &Bench) {
    for _ in 0..2000 {
        if bench.remote.probe_waits_for.lock().unwrap().is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("no probe was made");
}

async fn rests_as(bench: &Bench, app: &App, kind: ConnectionKind) {
    for _ in 0..2000 {
        let probing = app.open_book().await.unwrap().driver.status().probe_now;
        if !probing && app.connection().await.unwrap().kind == kind {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{:?}\n{}", app.connection().await, story(&bench.operations(app).await));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n6_an_answer_from_before_a_sign_out_does_not_undo_it() {
    let bench = Bench::new(10);
    let app = bench.open().await;
    let gate = stop_the_next_probe(&bench);
    app.send_now().await.unwrap();
    until_it_is_stopped(&bench).await;
    let driver = app.open_book().await.unwrap();
    driver.driver.ask_for_sign_in();
    gate.notify_one();
    // The next look at the queue is made after the probe's answer was taken in.
    let submitted = bench.submit(&app).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(app.connection().await.unwrap().kind, ConnectionKind::SignInAgain);
    assert!(bench.operations(&app).await.iter().all(|one| one.wire_tries == 0), "nothing goes out");
    driver.driver.hurry();
    bench.until(&app, all_confirmed).await;
    assert_once(&bench, &app, &submitted, PREFIX).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n6_a_wish_to_send_during_a_probe_leads_to_another_probe() {
    let bench = Bench::new(11);
    let app = bench.open().await;
    let first = stop_the_next_probe(&bench);
    app.send_now().await.unwrap();
    until_it_is_stopped(&bench).await;
    let second = stop_the_next_probe(&bench);
    app.send_now().await.unwrap();
    first.notify_one();
    until_it_is_stopped(&bench).await;
    second.notify_one();
    rests_as(&bench, &app, ConnectionKind::UpToDate).await;
}
