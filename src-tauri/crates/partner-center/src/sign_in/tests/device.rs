//! Polling for a device: as often as asked, slower when told so, and an end of its own for each way it can end.

use super::{Entra, given, refused};
use crate::sign_in::{DeviceSignIn, SignInProblem, Tokens};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

fn begun(interval: u32) -> Value {
    json!({
        "user_code": "ABCD-EFGH", "device_code": "secret", "verification_uri": "https://microsoft.com/devicelogin",
        "expires_in": 900, "interval": interval, "message": "…",
    })
}

/// Signs in against these answers to the polls; the last one goes on for ever. How it ended, how long it took.
async fn poll(answers: Vec<(u16, Value)>) -> (Result<Tokens, SignInProblem>, Duration, usize) {
    let entra = Entra::new(move |number, _| match number {
        1 => (200, begun(5)),
        _ => answers[(number - 2).min(answers.len() - 1)].clone(),
    });
    let from = Instant::now();
    let waiting = DeviceSignIn::begin(entra.authority()).await.unwrap();
    assert_eq!((waiting.code(), waiting.page()), ("ABCD-EFGH", "https://microsoft.com/devicelogin"));
    let ended = waiting.finish().await;
    (ended, from.elapsed(), entra.times() - 1)
}

fn pending() -> (u16, Value) {
    (400, refused("authorization_pending", 70_016))
}

#[tokio::test(start_paused = true)]
async fn it_waits_while_pending_and_takes_the_tokens() {
    let (ended, took, polls) = poll(vec![pending(), pending(), pending(), (200, given(1))]).await;
    assert_eq!(ended.ok().unwrap().account.user, "1@example.com");
    assert_eq!(polls, 4);
    assert!((20..=21).contains(&took.as_secs()), "every five seconds: {took:?}");
}

#[tokio::test(start_paused = true)]
async fn slow_down_adds_five_seconds_each_time_and_for_good() {
    let slow = || (400, refused("slow_down", 50_199));
    let (ended, took, polls) = poll(vec![slow(), slow(), pending(), (200, given(1))]).await;
    assert!(ended.is_ok());
    assert_eq!(polls, 4);
    assert!((5 + 10 + 15 + 15..=46).contains(&took.as_secs()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn each_end_is_told_apart() {
    for (answer, problem) in [
        ((400, refused("expired_token", 70_020)), SignInProblem::TimedOut),
        ((400, refused("code_expired", 0)), SignInProblem::TimedOut),
        ((400, refused("authorization_declined", 70_017)), SignInProblem::Declined),
        ((400, refused("access_denied", 0)), SignInProblem::Declined),
        ((400, refused("bad_verification_code", 501_491)), SignInProblem::Refused { number: 501_491 }),
        ((401, refused("invalid_client", 7_000_218)), SignInProblem::NotNative),
        ((200, json!({"nothing": true})), SignInProblem::NoSense),
        ((200, json!({"access_token": super::token("a", 1, false)})), SignInProblem::MfaNeeded),
    ] {
        let (ended, _, polls) = poll(vec![pending(), answer]).await;
        assert_eq!((ended.err(), polls), (Some(problem), 2));
    }
}

#[tokio::test(start_paused = true)]
async fn a_short_outage_does_not_end_it_but_the_codes_own_time_does() {
    let (ended, ..) = poll(vec![(0, json!(null)), (503, json!({})), pending(), (200, given(1))]).await;
    assert!(ended.is_ok());
    let (ended, took, _) = poll(vec![pending()]).await;
    assert_eq!(ended.err(), Some(SignInProblem::TimedOut));
    assert!((895..=910).contains(&took.as_secs()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_page_that_is_no_web_address_is_never_shown() {
    let entra = Entra::new(|_, _| {
        let mut begun = begun(5);
        begun["verification_uri"] = json!("javascript:alert(1)");
        (200, begun)
    });
    let waiting = DeviceSignIn::begin(Arc::clone(&entra).authority()).await.unwrap();
    assert_eq!(waiting.page(), "https://microsoft.com/devicelogin");
}
