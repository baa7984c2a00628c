//! A live workspace over real HTTP: a first sync that is broken off goes on where it was, and an onboarding on a bad day
//! makes one of everything.
#![allow(clippy::wildcard_enum_match_arm, reason = "a test names what it expects")]

use crate::App;
use crate::fakes::Fakes;
use crate::sign_in::tests::World;
use crate::views::{ConnectionKind, Language, SettingsChange, SignInStep, SignInTrouble, StartKind, WorkspaceKind};
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

#[tokio::test(flavor = "multi_thread")]
async fn p1_what_waits_outlives_signing_out_and_goes_once_after_signing_in_again() {
    let mut world = World::with(14, 0).await;
    world.connect().await;
    world.synced().await;
    world.app.set_work_offline(true).await.unwrap();
    let desk = Desk::of(&world.app);
    let draft = desk.filled("Portworks Bremen GmbH", "DE").await;
    let first = desk.submitted(&draft).await;
    let out = world.app.sign_out().await.unwrap();
    assert!(out.waiting >= 4, "what waits is named as signing out is asked about: {}", out.waiting);
    // What is submitted while nobody is signed in waits as well.
    let draft = desk.filled("Deichwerk Husum GmbH", "DE").await;
    let second = desk.submitted(&draft).await;
    world.app.shut_down().await;
    world.app = App::new(world.fakes.host(), world.folder.path().join("data"), Language::En);
    world.app.start_view().await.unwrap();
    world.app.set_work_offline(false).await.unwrap();
    world.app.send_now().await.unwrap();
    world.trouble(Some(SignInTrouble::SignedOut)).await;
    assert!(world.app.signed_in().await.unwrap().waiting >= 8, "nothing of it was lost");
    let made = |calls: &BTreeMap<String, u32>, call: &str| -> u32 {
        calls.iter().filter(|(one, _)| one.as_str() == call).map(|(_, times)| *times).sum()
    };
    assert_eq!(made(&world.served.calls(), "POST /v1/customers"), 0, "and nothing was sent");
    assert_eq!(world.sign_in_again(&ACCOUNTS[0]).await.step, SignInStep::Idle);
    let desk = Desk::of(&world.app);
    desk.until(&first.onboarding_id, done).await;
    desk.until(&second.onboarding_id, done).await;
    assert_eq!(made(&world.served.calls(), "POST /v1/customers"), 2, "each once");
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d8_a_live_book_comes_back_as_one_on_another_computer_and_wants_a_sign_in() {
    let mut world = World::with(15, 0).await;
    world.connect().await;
    world.synced().await;
    let code = world.app.begin_recovery_code().await.unwrap().code;
    world.app.prove_recovery_code(code.clone()).await.unwrap();
    let made = world.app.back_up_now().await.unwrap().rows.remove(0);
    let copy = world.folder.path().join("copy.db");
    world.app.copy_backup(made.name, copy.clone()).await.unwrap();
    world.app.shut_down().await;

    let elsewhere = Fakes::new(16);
    let mut host = elsewhere.host();
    // The same day, as both computers see it.
    host.clock = world.fakes.host().clock;
    world.app = App::new(host, world.folder.path().join("another computer"), Language::En);
    assert!(world.app.choose_backup(copy).is_some());
    let start = world.app.restore_backup(String::new(), code).await.unwrap().start.unwrap();
    let workspace = start.workspace.unwrap();
    assert_eq!((start.kind, workspace.kind), (StartKind::Ready, WorkspaceKind::Live));
    assert!(!workspace.name.is_empty(), "it is called as our company is");
    world.app.send_now().await.unwrap();
    world.trouble(Some(SignInTrouble::SignedOut)).await;
    assert_eq!(world.sign_in_again(&ACCOUNTS[0]).await.step, SignInStep::Idle);
    world.trouble(None).await;
    world.app.shut_down().await;
}

/// How the German catalogue describes a product that is on sale everywhere.
async fn described(app: &App) -> String {
    let offers = app.catalogue("DE".to_owned(), "commercial".to_owned()).await.unwrap().offers;
    let mailbox = offers.into_iter().find(|one| one.title == "Exchange Online (Plan 1)");
    mailbox.map(|one| one.description).unwrap_or_default()
}

async fn becomes(app: &App, description: &str) {
    for _ in 0..8000 {
        if described(app).await == description {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("still {}", described(app).await);
}

async fn speak(app: &App, language: Language) {
    let change = SettingsChange { language: Some(language), ..SettingsChange::default() };
    app.save_settings(change).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_of_a_live_workspace_follows_the_language_of_the_screens() {
    const ENGLISH: &str = "50 GB mailbox";
    const GERMAN: &str = "Postfach mit 50 GB";
    let mut world = World::with(13, 0).await;
    world.connect().await;
    world.synced().await;
    becomes(&world.app, ENGLISH).await;
    speak(&world.app, Language::De).await;
    becomes(&world.app, GERMAN).await;
    // There and back before the first answer is in: the last word counts.
    for language in [Language::En, Language::De, Language::En] {
        speak(&world.app, language).await;
    }
    becomes(&world.app, ENGLISH).await;

    // While Partner Center can't be asked the old texts stay, and the next sync reads the new ones.
    let never = FaultRule { times: 0, ..FaultRule::next("products", Fault::LostBefore) };
    world.served.trouble(vec![never]);
    let tried = products(&world);
    speak(&world.app, Language::De).await;
    for _ in 0..4000 {
        if products(&world) > tried {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(products(&world) > tried, "it was tried at once, in the background");
    assert_eq!(described(&world.app).await, ENGLISH, "old texts until new ones are there");
    world.served.clear_troubles();
    world.app.sync_now().await.unwrap();
    becomes(&world.app, GERMAN).await;

    // Changed while no book was open: the sync of the next start finds it.
    world.app.shut_down().await;
    speak(&world.app, Language::En).await;
    world.app = App::new(world.fakes.host(), world.folder.path().join("data"), Language::De);
    assert_eq!(world.app.start_view().await.unwrap().kind, StartKind::Ready);
    becomes(&world.app, ENGLISH).await;
    world.app.shut_down().await;
}

/// How often a list of products was asked for.
fn products(world: &World) -> u32 {
    world.served.calls().iter().filter(|(call, _)| call.starts_with("GET /v1/products?")).map(|(_, times)| *times).sum()
}
