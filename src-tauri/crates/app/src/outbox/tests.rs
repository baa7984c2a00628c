//! What a person may do in the outbox, over a real book and a real sandbox.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use crate::driver::bench::{Bench, NAME, PREFIX, all_confirmed, story};
use crate::error::AppError;
use crate::views::{ConnectionKind, HistoryKind, OperationAction, OperationStateView, OutboxFilter, WaitsFor};
use cb_domain::operation::{AttentionReason, OperationKind, OperationPayload, OperationState};
use cb_domain::subscription::{Subscription, SubscriptionStatus};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancel_takes_all_that_depends_on_it_and_the_wanted_subscriptions() {
    let bench = Bench::new(21);
    let app = bench.open().await;
    app.set_work_offline(true).await.unwrap();
    let submitted = bench.submit(&app).await;
    let outbox = app.list_operations(OutboxFilter::All, None).await.unwrap();
    assert_eq!((outbox.all, outbox.waiting), (5, 5));
    let waits: Vec<WaitsFor> = outbox.rows.iter().map(|row| row.waits_for).collect();
    assert_eq!(waits[1..], [WaitsFor::Customer, WaitsFor::Agreement, WaitsFor::Cart, WaitsFor::Checkout]);
    assert_eq!((outbox.rows[2].lines, outbox.rows[4].lines), (3, 3));

    // The order alone: the customer and the agreement still go.
    app.cancel_operation(submitted.operations[2].to_string()).await.unwrap();
    app.set_work_offline(false).await.unwrap();
    let all = bench
        .until(&app, |all| {
            all.iter().all(|one| !matches!(one.state, OperationState::Queued | OperationState::InFlight))
        })
        .await;
    let states: Vec<OperationState> = all.iter().map(|one| one.state).collect();
    use OperationState::{Cancelled, Confirmed};
    assert_eq!(states, [Confirmed, Confirmed, Cancelled, Cancelled, Cancelled], "{}", story(&all));
    assert_eq!(bench.server(NAME, PREFIX).await.1.len(), 0, "nothing was ordered");
    let open = app.open_book().await.unwrap();
    let customer = submitted.customer;
    let wanted: Vec<Subscription> = open.book.read(move |db| db.subscriptions().of_customer(customer)).await.unwrap();
    assert!(wanted.iter().all(|one| one.status == SubscriptionStatus::Deleted));
    // What is done is done.
    let again = app.cancel_operation(submitted.operations[0].to_string()).await;
    assert!(matches!(again, Err(AppError::NotAllowed)));
    assert!(matches!(app.cancel_operation(submitted.onboarding.to_string()).await, Err(AppError::NotFound)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n7_a_changed_price_needs_a_new_approval_and_then_goes_at_the_new_price() {
    let bench = Bench::new(22);
    let app = bench.open().await;
    bench.cheaper_by(100);
    let submitted = bench.submit(&app).await;
    let all = bench.until(&app, |all| all.iter().any(|one| one.state == OperationState::NeedsAttention)).await;
    let stuck = &all[2];
    assert_eq!(stuck.attention.as_ref().map(|found| found.reason), Some(AttentionReason::PriceChanged));
    assert_eq!(stuck.result.cart_id, None, "a cart at another price is left to expire");
    let detail = app.operation_detail(stuck.id.to_string()).await.unwrap();
    assert_eq!(detail.actions, [OperationAction::ApproveAgain, OperationAction::Mend, OperationAction::Cancel]);
    assert_eq!(detail.history[0].kind, HistoryKind::NeedsAttention);
    assert_eq!(detail.order_lines.len(), 3);
    let prices = detail.prices.clone().unwrap();
    let (then, now) = (prices.approved.unwrap(), prices.now.unwrap());
    let licences: u32 = detail.order_lines.iter().map(|line| line.quantity).sum();
    assert!((now - then - f64::from(licences)).abs() < 0.001, "one more per licence: {then} {now}");
    let unseen = app.approve_operation_again(stuck.id.to_string(), "something else".into()).await;
    assert!(matches!(unseen, Err(AppError::ReviewChanged)), "W2: only what was shown is approved");
    app.approve_operation_again(stuck.id.to_string(), detail.approval.clone()).await.unwrap();
    let all = bench.until(&app, all_confirmed).await;
    let OperationPayload::CreateCart(cart) = &all[2].payload else { return };
    let OperationPayload::CreateCart(before) = &stuck.payload else { return };
    for (now, then) in cart.lines.iter().zip(&before.lines) {
        let price = |line: &cb_domain::operation::OrderLine| line.term_price.as_ref().map(|price| price.minor);
        assert_eq!(price(now), price(then).map(|minor| minor + 100));
    }
    assert_eq!((all[2].revision, stuck.revision), (2, 1));
    assert_ne!(all[2].request_key, stuck.request_key);
    assert!(matches!(
        app.approve_operation_again(submitted.operations[2].to_string(), detail.approval).await,
        Err(AppError::NotAllowed)
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pause_and_work_offline_outlive_a_restart() {
    let bench = Bench::new(23);
    let app = bench.open().await;
    app.set_paused(true).await.unwrap();
    app.set_work_offline(true).await.unwrap();
    bench.submit(&app).await;
    app.inner.open.write().await.take().unwrap().stop().await;
    let app = bench.open().await;
    let connection = app.connection().await.unwrap();
    assert_eq!((connection.kind, connection.paused), (ConnectionKind::WorkingOffline, true));
    assert!(!app.set_work_offline(false).await.unwrap().work_offline);
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    let outbox = app.list_operations(OutboxFilter::All, None).await.unwrap();
    assert!(outbox.rows.iter().all(|row| row.state == OperationStateView::Waiting), "paused is paused");
    assert_eq!(app.connection().await.unwrap().kind, ConnectionKind::Paused);
    app.set_paused(false).await.unwrap();
    bench.until(&app, all_confirmed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_offline_stops_the_chain_at_once_and_closes_the_way_for_everybody() {
    let bench = Bench::new(24);
    let app = bench.open().await;
    app.set_paused(true).await.unwrap();
    bench.submit(&app).await;
    app.set_work_offline(true).await.unwrap();
    app.set_paused(false).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let before = bench.remote.calls.load(std::sync::atomic::Ordering::SeqCst);
    let open = app.open_book().await.unwrap();
    let id = uuid::Uuid::nil();
    let ids = cb_sync::remote::RequestIds { request_key: id.into(), correlation_id: id.into() };
    let outcome = open.remote.send(&cb_sync::remote::Call::Probe, ids).await;
    assert!(matches!(outcome, cb_sync::remote::Outcome::NotSent));
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!(bench.remote.calls.load(std::sync::atomic::Ordering::SeqCst), before, "nothing went out");
    app.set_work_offline(false).await.unwrap();
    bench.until(&app, all_confirmed).await;
}

/// The checkout that was lost, once the look-ups have found somebody else's order and the person is asked.
async fn asked_about_an_order(bench: &Bench, app: &crate::App) -> crate::views::OperationDetail {
    let day = app.practice().await.unwrap();
    app.set_practice(crate::views::PracticeView { ordered_elsewhere: true, ..day }).await.unwrap();
    bench.submit(app).await;
    looked_up(bench, app).await
}

async fn looked_up(bench: &Bench, app: &crate::App) -> crate::views::OperationDetail {
    let all = bench.until(app, |all| all[3].state == OperationState::NeedsAttention).await;
    app.operation_detail(all[3].id.to_string()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s3_an_order_found_is_disowned_on_a_fresh_look_and_placed_anew_on_a_second_word() {
    let bench = Bench::new(25);
    let app = bench.open().await;
    let detail = asked_about_an_order(&bench, &app).await;
    let id = detail.row.id.clone();
    use OperationAction::{CheckAgain, Disown, Link, SendAgain};
    assert_eq!(detail.actions, [Link, Disown, CheckAgain]);
    let theirs = detail.found[0].clone();
    assert!(theirs.same, "the very lines that were approved");
    assert!(matches!(app.send_operation_again(id.clone()).await, Err(AppError::NotAllowed)), "an order is there");

    // A look grows old: whoever comes back later looks again first. The clock on the wall has no say in that.
    bench.fakes.clock.advance(std::time::Duration::from_secs(16 * 60));
    bench.fakes.clock.set_wall(jiff::SignedDuration::from_mins(-16));
    assert_eq!(app.operation_detail(id.clone()).await.unwrap().actions, [Link, CheckAgain]);
    let late = app.disown_order(id.clone(), theirs.id.clone()).await;
    assert!(matches!(late, Err(AppError::NotAllowed)), "{late:?}");
    app.check_operation_again(id.clone()).await.unwrap();
    assert_eq!(looked_up(&bench, &app).await.actions, [Link, Disown, CheckAgain]);

    app.disown_order(id.clone(), theirs.id.clone()).await.unwrap();
    let detail = looked_up(&bench, &app).await;
    assert_eq!((detail.found.len(), detail.disowned.len()), (0, 1));
    assert_eq!(detail.actions, [CheckAgain, SendAgain]);
    let kinds: Vec<HistoryKind> = detail.history.iter().map(|one| one.kind).collect();
    assert!(kinds.contains(&HistoryKind::Disowned), "{kinds:?}");

    // The app ends: what was looked up in an earlier run is old, and what was disowned is known.
    app.inner.open.write().await.take().unwrap().stop().await;
    let app = bench.open().await;
    assert_eq!(app.operation_detail(id.clone()).await.unwrap().actions, [CheckAgain]);
    assert!(matches!(app.send_operation_again(id.clone()).await, Err(AppError::NotAllowed)));
    app.check_operation_again(id.clone()).await.unwrap();
    assert_eq!(looked_up(&bench, &app).await.actions, [CheckAgain, SendAgain]);
    app.send_operation_again(id.clone()).await.unwrap();
    let all = bench
        .until(&app, |all| {
            all.iter().all(|one| matches!(one.state, OperationState::Confirmed | OperationState::Cancelled))
        })
        .await;
    let approved: u32 = detail.order_lines.iter().map(|line| line.quantity).sum();
    let there: u32 = bench.server(NAME, PREFIX).await.1.values().sum();
    assert_eq!(there, approved * 2, "theirs, and ours once: {}", story(&all));
    let bought: Vec<&String> = all.iter().flat_map(|one| &one.result.order_ids).collect();
    assert!(bought.len() == 1 && *bought[0] != theirs.id, "{bought:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_customers_of_one_name_are_told_apart_in_the_list() {
    let bench = Bench::new(27);
    let app = bench.open().await;
    app.set_work_offline(true).await.unwrap();
    let first = bench.submit_named(&app, NAME, &[PREFIX], true).await;
    let outbox = app.list_operations(OutboxFilter::All, None).await.unwrap();
    assert!(outbox.rows.iter().all(|row| row.customer_hint.is_empty()), "nothing to tell apart");
    bench.submit_named(&app, NAME, &["another"], true).await;
    let outbox = app.list_operations(OutboxFilter::All, None).await.unwrap();
    let mut hints: Vec<&str> = outbox.rows.iter().map(|row| row.customer_hint.as_str()).collect();
    hints.dedup();
    assert_eq!(hints, [PREFIX, "another"], "{first:?}");
    assert!(outbox.rows.iter().all(|row| row.customer_entered.is_none()), "told apart already");

    // The very same once more: then by when it was entered.
    bench.fakes.clock.advance(std::time::Duration::from_secs(3600));
    bench.submit_named(&app, NAME, &[PREFIX], true).await;
    let outbox = app.list_operations(OutboxFilter::All, None).await.unwrap();
    let mut entered: Vec<_> = outbox.rows.iter().map(|row| row.customer_entered.clone()).collect();
    entered.dedup();
    assert_eq!(entered.len(), 3, "{entered:?}");
    assert!(entered[1].is_none() && entered[0].is_some() && entered[0] < entered[2], "{entered:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s3_a_lost_answer_is_said_to_be_looked_up_and_not_to_be_on_its_way() {
    let bench = Bench::new(28);
    let app = bench.open().await;
    // The answer to the checkout is lost, and the network with it: nothing can be looked up.
    let cable = bench.cable.clone();
    *bench.remote.loses.lock().unwrap() = Some(OperationKind::CheckoutCart);
    *bench.remote.meanwhile.lock().unwrap() =
        Some((OperationKind::CheckoutCart, Box::new(move || cable.set_out(true))));
    bench.submit(&app).await;
    bench.until(&app, |all| all[3].state == OperationState::Unknown).await;
    app.set_work_offline(true).await.unwrap();
    let lost = || async { app.list_operations(OutboxFilter::All, None).await.unwrap().rows.remove(3) };
    let row = lost().await;
    assert_eq!((row.state, row.waits_for), (OperationStateView::Sending, WaitsFor::WorkingOffline));
    app.set_work_offline(false).await.unwrap();
    for _ in 0..4_000 {
        if lost().await.waits_for == WaitsFor::Network {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("{:?}", lost().await);
}
