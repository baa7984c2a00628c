//! Killed at each request of a change of licences and of a customer's profile, before the request took effect and after
//! it (P1, P2, S6, S7): what was wanted comes true once, here and there, and nothing waits for ever.

use super::licences;
use crate::App;
use crate::driver::bench::{Bench, Kill, all_confirmed};
use crate::views::DecidedField;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Licences that are wanted more.
const MORE: u32 = 3;
const LAST_NAME: &str = "Petersen";

/// What is wanted: of which subscription and customer, and how many licences it is to have.
struct Wanted {
    customer: String,
    subscription: cb_domain::ids::SubscriptionId,
    licences: u32,
}

/// A customer that was onboarded, and two changes of it that wait for the network.
async fn waiting(bench: &Bench, app: &App) -> Wanted {
    let submitted = bench.submit(app).await;
    bench.until(app, all_confirmed).await;
    let open = app.open_book().await.unwrap();
    let id = submitted.customer;
    let bought = open.book.read(move |db| db.subscriptions().of_customer(id)).await.unwrap().remove(0);
    super::super::pull::now(&app.inner.host, &open, bought.id).await.unwrap();
    let customer = submitted.customer.to_string();
    for _ in 0..2_000 {
        if app.customer_profile(customer.clone()).await.unwrap().known {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    app.set_work_offline(true).await.unwrap();
    let (subscription, wanted) = (bought.id.to_string(), bought.quantity + MORE);
    let preview = app.preview_subscription_change(subscription.clone(), licences(wanted)).await.unwrap();
    app.submit_subscription_change(subscription, licences(wanted), preview.hash).await.unwrap();
    let name = DecidedField { field: "lastName".into(), value: LAST_NAME.into() };
    app.change_customer_profile(customer.clone(), vec![name]).await.unwrap();
    Wanted { customer, subscription: bought.id, licences: wanted }
}

/// Read anew from Partner Center, it is as it was wanted.
async fn assert_true(app: &App, wanted: &Wanted, name: &str) {
    let open = app.open_book().await.unwrap();
    super::super::pull::now(&app.inner.host, &open, wanted.subscription).await.unwrap();
    let id = wanted.subscription;
    let there = open.book.read(move |db| db.subscriptions().get(id)).await.unwrap().unwrap();
    assert_eq!(there.quantity, wanted.licences, "{name}");
    let profile = app.customer_profile(wanted.customer.clone()).await.unwrap();
    let last = profile.fields.into_iter().find(|one| one.field == "lastName").unwrap().value;
    assert_eq!(last, LAST_NAME, "{name}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p1_p2_killed_at_each_request_of_a_change_it_comes_true_once() {
    let calls = {
        let bench = Bench::new(220);
        let app = bench.open().await;
        let wanted = waiting(&bench, &app).await;
        let before = bench.remote.calls.load(Ordering::SeqCst);
        app.set_work_offline(false).await.unwrap();
        bench.until(&app, all_confirmed).await;
        let calls = bench.remote.calls.load(Ordering::SeqCst) - before;
        assert_true(&app, &wanted, "not killed").await;
        calls
    };
    assert!(calls >= 4, "both are read and written: {calls}");
    for after in [false, true] {
        // The probe that comes first counts too.
        for at in 1..=calls + 1 {
            let bench = Bench::with_kill(220 + at, Kill { after, ..Kill::default() });
            let app = bench.open().await;
            let wanted = waiting(&bench, &app).await;
            bench.kill.at.store(at, Ordering::SeqCst);
            app.set_work_offline(false).await.unwrap();
            for _ in 0..2_000 {
                let hangs = bench.kill.at.load(Ordering::SeqCst) == 0;
                if hangs || all_confirmed(&bench.operations(&app).await) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            bench.kill.at.store(0, Ordering::SeqCst);
            Bench::killed(app).await;

            let app = bench.open().await;
            bench.until(&app, all_confirmed).await;
            assert_true(&app, &wanted, &format!("killed at {at}, after {after}")).await;
        }
    }
}
