//! A live workspace over real HTTP: a first sync that is broken off goes on where it was, and an onboarding on a bad day
//! makes one of everything.
#![allow(clippy::wildcard_enum_match_arm, reason = "a test names what it expects")]

use crate::App;
use crate::sign_in::tests::World;
use crate::views::{ConnectionKind, Language, SignInStep, SignInTrouble, StartKind};
use crate::wizard::tests::{Desk, done};
use cb_sandbox::authority::ACCOUNTS;
use cb_sandbox::serve::{Fault, FaultRule};
use std::collections::BTreeMap;
use std::time::Duration;

/// Calls that read one customer's profile, and how often.
fn profiles(calls: &BTreeMap<String, u32>) -> BTreeMap<&str, u32> {
    calls
        .iter()
        .filter(|(call, _)| call.starts_with("GET /v1/customers/") && call.ends_with("/profiles/billing"))
        .map(|(call, times)| (call.as_str(), *times))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_that_is_broken_off_reads_nothing_again_that_it_has() {
    let mut world = World::with(11, 120).await;
    world.connect().await;
    for _ in 0..20_000 {
        if profiles(&world.served.calls()).len() >= 40 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    world.app.shut_down().await;
    let before = profiles(&world.served.calls()).len();
    assert!((40..180).contains(&before), "broken off in the middle: {before}");
    let app = App::new(world.fakes.host(), world.folder.path().join("data"), Language::En);
    assert_eq!(app.start_view().await.unwrap().kind, StartKind::Ready);
    world.app = app;
    world.synced().await;
    let calls = world.served.calls();
    let read = profiles(&calls);
    assert_eq!(read.len(), 180, "60 of the sample and 120 more");
    let again: Vec<_> = read.iter().filter(|(_, times)| **times > 1).collect();
    assert!(again.len() <= 1, "only what was under way is read again: {again:?}");
    let pages: Vec<_> =
        calls.iter().filter(|(call, times)| call.starts_with("GET /v1/customers?") && **times > 1).collect();
    assert!(pages.len() <= 1, "only the page under way is listed again: {pages:?}");
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p2_an_onboarding_through_loss_expiry_and_a_second_factor_makes_one_of_everything() {
    let world = World::with(12, 0).await;
    world.connect().await;
    world.synced().await;
    let desk = Desk::of(&world.app);
    let draft = desk.filled("Portworks Bremen GmbH", "DE").await;
    world.served.trouble(vec![
        FaultRule::next("create_customer", Fault::LostAfter),
        FaultRule::next("create_cart", Fault::TokenExpired),
        FaultRule::next("checkout", Fault::Mfa),
    ]);
    world.authority.expire_access_tokens();
    let submitted = desk.submitted(&draft).await;
    world.trouble(Some(SignInTrouble::MfaNeeded)).await;
    assert_eq!(world.app.connection().await.unwrap().kind, ConnectionKind::SignInAgain);
    assert_eq!(world.sign_in_again(&ACCOUNTS[0]).await.step, SignInStep::Idle);
    desk.until(&submitted.onboarding_id, done).await;
    assert!(world.served.troubles_left().is_empty(), "every trouble was met");
    let calls = world.served.calls();
    let made = |end: &str| calls.iter().filter(|(call, _)| call.starts_with("POST") && call.ends_with(end)).count();
    assert_eq!(made("/checkout"), 1, "one cart was checked out, however often it was asked");
    let tenant = calls.keys().find(|call| call.ends_with("/checkout")).unwrap().split('/').nth(3).unwrap().to_owned();
    let client = stranger(&world).await;
    let found = client.customers("portworksbremen").await;
    assert_eq!(found, std::slice::from_ref(&tenant), "one customer");
    assert_eq!(client.orders(&tenant).await, 1, "one order");
    world.app.shut_down().await;
}

/// Somebody else who asks Partner Center, with a token that the server gave somebody.
async fn stranger(world: &World) -> Stranger {
    use cb_partner_center::client::{Client, ClientConfig};
    let connection = world.app.open_book().await.unwrap().live.as_ref().unwrap().plate.connection.clone();
    let source = world.app.open_book().await.unwrap().live.as_ref().unwrap().source.clone();
    let transport = crate::live::transport(&connection).unwrap();
    Stranger(Client::new(transport, source, ClientConfig::new(&connection.api, "en-US")))
}

struct Stranger(cb_partner_center::client::Client);

impl Stranger {
    async fn ask(&self, call: cb_sync::remote::Call) -> cb_sync::remote::Answer {
        use cb_sync::remote::{Outcome, Remote, RequestIds};
        let fresh = || uuid::Uuid::from_u128(99).into();
        let ids = RequestIds { request_key: uuid::Uuid::from_u128(98).into(), correlation_id: fresh() };
        match self.0.send(&call, ids).await {
            Outcome::Done { answer, .. } => answer,
            other => panic!("{other:?}"),
        }
    }

    async fn customers(&self, prefix: &str) -> Vec<String> {
        use cb_sync::remote::{Answer, Call};
        match self.ask(Call::FindCustomer { domain_prefix: prefix.to_owned() }).await {
            Answer::Customers(found) => found.into_iter().map(|one| one.tenant.to_string()).collect(),
            other => panic!("{other:?}"),
        }
    }

    async fn orders(&self, tenant: &str) -> usize {
        use cb_sync::remote::{Answer, Call};
        match self.ask(Call::ListOrders { tenant: tenant.parse().unwrap() }).await {
            Answer::Orders(orders) => orders.len(),
            other => panic!("{other:?}"),
        }
    }
}
