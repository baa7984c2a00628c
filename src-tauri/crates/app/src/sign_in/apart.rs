//! Workspaces that are opened one after another: nothing under way in one is taken for the other's.

use super::tests::World;
use crate::error::AppError;
use crate::views::{SignInStep, SignInTrouble, SignInWay, StartKind};
use cb_sandbox::authority::ACCOUNTS;
use cb_sandbox::serve::{Fault, FaultRule};
use std::time::Duration;

/// Where no customer of the sample is: nobody fetches its catalogue unasked.
const ELSEWHERE: &str = "FI";

/// Calls whose path begins so.
fn asked(world: &World, call: &str) -> u32 {
    world.served.calls().iter().filter(|(one, _)| one.starts_with(call)).map(|(_, times)| *times).sum()
}

async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..4000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("waited in vain: {what}");
}

/// The workspace that is open.
async fn opened(world: &World) -> String {
    world.app.open_book().await.unwrap().workspace().id
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_workspace_is_busy_with_keeps_no_other_waiting() {
    let world = World::new(31).await;
    world.connect().await;
    world.synced().await;
    // The catalogue of a country is under way and takes for ever.
    let for_ever = Fault::Delay { ms: 600_000 };
    world.served.trouble(vec![FaultRule { times: 0, ..FaultRule::next("products", for_ever) }]);
    let before = asked(&world, "GET /v1/products?");
    world.app.catalogue(ELSEWHERE.to_owned(), "commercial".to_owned()).await.unwrap();
    until("the catalogue under way", async || asked(&world, "GET /v1/products?") > before).await;

    world.connect().await;
    world.served.clear_troubles();
    let of_here = || world.app.catalogue(ELSEWHERE.to_owned(), "commercial".to_owned());
    until("a catalogue for this book", async || !of_here().await.unwrap().offers.is_empty()).await;
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_of_one_workspace_is_none_of_another() {
    let world = World::new(32).await;
    world.connect().await;
    let first = opened(&world).await;
    let code = world.app.begin_recovery_code().await.unwrap().code;
    world.connect().await;
    assert_ne!(opened(&world).await, first);
    let typed = world.app.prove_recovery_code(code).await;
    assert!(matches!(typed, Err(AppError::NotAllowed)), "{typed:?}");
    assert!(world.app.safekeeping().await.unwrap().recovery_since.is_none());
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_of_one_workspace_ends_with_it_and_its_trouble_is_told_nowhere_else() {
    let world = World::new(33).await;
    world.connect().await;
    let first = opened(&world).await;
    world.connect().await;
    let second = opened(&world).await;
    // Refused for want of another account: the page says so, here.
    let view = world.sign_in_again(&ACCOUNTS[1]).await;
    assert_eq!(view.trouble.unwrap().kind, SignInTrouble::OtherAccount);
    assert_eq!(world.app.open_workspace(first.clone()).await.unwrap().kind, StartKind::Ready);
    let view = world.app.sign_in_state();
    assert_eq!((view.step, view.trouble), (SignInStep::Idle, None));
    // Waits for the browser, and the person goes to the other workspace: what comes back then is nobody's.
    world.app.sign_out().await.unwrap();
    world.app.sign_in_again(SignInWay::Browser).await.unwrap();
    world.step(SignInStep::WaitingForBrowser).await;
    world.app.open_workspace(second).await.unwrap();
    let view = world.app.sign_in_state();
    assert_eq!((view.step, view.page.as_str()), (SignInStep::Idle, ""));
    assert!(matches!(world.app.open_sign_in_page().await, Err(AppError::NotAllowed)));
    world.app.open_workspace(first).await.unwrap();
    world.app.send_now().await.unwrap();
    world.trouble(Some(SignInTrouble::SignedOut)).await;
    world.app.shut_down().await;
}
