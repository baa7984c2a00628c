//! What changes in Partner Center while nobody is there, found over real HTTP with one request at a time.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use super::drift::{Drift, Turn};
use super::sync::Run;
use crate::sign_in::tests::World;
use cb_domain::subscription::SubscriptionStatus;
use cb_sandbox::SubscriptionEvent;
use cb_sync::drift::{DETAILS, Next, QUARTER};
use std::sync::Arc;
use std::time::Duration;

/// Requests to Partner Center so far.
fn requests(world: &World) -> u32 {
    world.served.calls().values().sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_meanwhile_is_found_without_a_press_one_request_at_a_time() {
    let world = World::with(21, 0).await;
    world.connect().await;
    world.synced().await;
    let open = world.app.open_book().await.unwrap();
    let live = Arc::clone(open.live.as_ref().unwrap());
    let run = Run { inner: Arc::clone(&world.app.inner), open: Arc::clone(&open), live };
    let mut drift = Drift::after(&run);

    // Meanwhile: one more customer; a subscription of one of them has more licences, its contact is another
    // one.
    world.sandbox.grow(1).unwrap();
    let later = crate::host::Clock::now(&*world.fakes.clock).checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
    let (before, customer, bought) = open
        .book
        .read(move |db| {
            let waiting = db.customer_reads().before(later, 500)?;
            for (id, tenant) in &waiting {
                let bought = db.subscriptions().of_customer(*id)?;
                if let Some(one) = bought.into_iter().find(|one| one.status == SubscriptionStatus::Active) {
                    return Ok((waiting.len(), (*id, *tenant), one));
                }
            }
            Err(cb_store::StoreError::NotFound)
        })
        .await
        .unwrap();
    let (id, tenant) = customer;
    let remote = bought.remote_id.clone().unwrap();
    assert!(world.sandbox.change_subscription(&remote, SubscriptionEvent::MoreLicences).unwrap());
    assert!(world.sandbox.change_customer(&tenant.to_string()).unwrap());
    let profile = open.book.read(move |db| db.profiles().get(id)).await.unwrap().unwrap().profile;

    // The list brings the new one, in one request.
    let asked = requests(&world);
    drift.read(Next::CustomerPage).await.unwrap();
    assert_eq!(requests(&world), asked + 1);
    let (read, all) = open.book.read(|db| db.customer_reads().figures()).await.unwrap();
    assert_eq!((usize::try_from(read).unwrap(), usize::try_from(all).unwrap()), (before, before + 1));

    // A day later everybody is old; the new one comes first, then the others in turn. Each step is one request.
    world.fakes.clock.advance(DETAILS + Duration::from_secs(1));
    // The token has run out as well: the first request is refused once and goes again with a new one.
    drift.read(Next::Partnerships).await.unwrap();
    let mut steps = 0;
    loop {
        let asked = requests(&world);
        drift.read(Next::Customer).await.unwrap();
        assert_eq!(requests(&world), asked + 1, "step {steps}");
        steps += 1;
        let found = open.book.read(move |db| db.subscriptions().of_customer(id)).await.unwrap();
        let now = found.into_iter().find(|one| one.remote_id.as_deref() == Some(&*remote)).unwrap();
        if now.quantity == bought.quantity + 3 {
            assert_eq!(now.id, bought.id, "the very row");
            break;
        }
        assert!(steps < 3 * (before + 1), "everybody was read and the change was not found");
    }
    let (read, all) = open.book.read(|db| db.customer_reads().figures()).await.unwrap();
    assert_eq!(read, all, "the new one was read first");
    let changed = open.book.read(move |db| db.profiles().get(id)).await.unwrap().unwrap().profile;
    assert_ne!(changed, profile, "and what changed of the other");
    let partnerships = requests(&world);
    drift.read(Next::Partnerships).await.unwrap();
    assert_eq!(requests(&world), partnerships + 1);
    world.app.shut_down().await;
}

/// The rule says when; this holds that whoever acts on it keeps to it over a whole day, with everything old at its
/// beginning and the network there all the time: what was asked is remembered, and a pause is never cut short.
#[tokio::test(flavor = "multi_thread")]
async fn n5_nobody_there_a_quarter_of_an_hour_lies_between_two_turns_that_ask() {
    let world = World::with(22, 0).await;
    world.connect().await;
    world.synced().await;
    let open = world.app.open_book().await.unwrap();
    let live = Arc::clone(open.live.as_ref().unwrap());
    let run = Run { inner: Arc::clone(&world.app.inner), open: Arc::clone(&open), live };
    let clock = &world.fakes.clock;
    // A day later everything is old, so that nothing but the quarter keeps anything from being asked.
    let mut drift = Drift::after(&run);
    clock.advance(DETAILS);
    let (mut asked, mut passed) = (Vec::new(), Duration::ZERO);
    let before = requests(&world);
    while passed < DETAILS {
        match drift.turn().await.unwrap() {
            Turn::Run => panic!("nobody is there"),
            Turn::Asked => {
                asked.push(passed);
                let made = requests(&world);
                let Turn::Rests(wait) = drift.turn().await.unwrap() else { panic!("asked again at once") };
                assert_eq!(wait, QUARTER, "the whole quarter");
                // A moment before it is over: as if the timer had been woken too early.
                clock.advance(QUARTER - Duration::from_secs(1));
                passed += QUARTER - Duration::from_secs(1);
                assert_eq!(drift.turn().await.unwrap(), Turn::Rests(Duration::from_secs(1)));
                assert_eq!(requests(&world), made, "nothing leaves before its time");
                clock.advance(Duration::from_secs(1));
                passed += Duration::from_secs(1);
            }
            Turn::Rests(wait) => {
                clock.advance(wait);
                passed += wait;
            }
        }
    }
    assert!(asked.len() > 20, "{asked:?}");
    assert!(asked.windows(2).all(|pair| pair[1] - pair[0] >= QUARTER), "{asked:?}");
    // A token that has run out is noticed by a request that is refused and goes again, about once an hour; a turn that asked
    // twice would make twice as many.
    let made = usize::try_from(requests(&world) - before).unwrap();
    assert!(made < asked.len() * 3 / 2, "{made} requests in {} turns", asked.len());
    world.app.shut_down().await;
}
