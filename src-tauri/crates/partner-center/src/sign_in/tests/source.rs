//! One refresh however many ask, and what was refused before a new sign-in changes nothing after it.

use super::{Entra, Memory, account, given, refused, token, tokens};
use crate::sign_in::{SignInProblem, SignedIn, Standing};
use crate::token::{TokenError, TokenSource};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::sync::Arc;

fn source(entra: &Arc<Entra>) -> (Arc<SignedIn>, Arc<Memory>) {
    let shelf = Memory::with("refresh-0");
    (Arc::new(SignedIn::new(entra.authority(), account(), shelf.clone())), shelf)
}

async fn all(tasks: Vec<tokio::task::JoinHandle<Result<SecretString, TokenError>>>) -> Vec<String> {
    let mut found = Vec::new();
    for task in tasks {
        found.push(task.await.unwrap().unwrap().expose_secret().to_owned());
    }
    found
}

#[tokio::test(start_paused = true)]
async fn twenty_who_ask_at_once_make_one_refresh() {
    let entra = Entra::new(|number, _| (200, given(number)));
    let (source, shelf) = source(&entra);
    let ask = |source: &Arc<SignedIn>| {
        let source = Arc::clone(source);
        tokio::spawn(async move { source.token().await })
    };
    let found = all((0..20).map(|_| ask(&source)).collect()).await;
    assert_eq!(entra.times(), 1);
    assert!(found.iter().all(|one| *one == found[0]));
    assert_eq!(shelf.0.lock().unwrap().as_deref(), Some("refresh-1"), "and the shelf has the newest");
}

#[tokio::test(start_paused = true)]
async fn twenty_whose_token_was_refused_make_one_refresh_even_those_who_come_late() {
    let entra = Entra::new(|number, _| (200, given(number)));
    let (source, _) = source(&entra);
    let old = source.token().await.unwrap();
    let ask = |source: &Arc<SignedIn>| {
        let (source, old) = (Arc::clone(source), old.clone());
        tokio::spawn(async move { source.refresh(&old).await })
    };
    let found = all((0..19).map(|_| ask(&source)).collect()).await;
    // Its answer came back after the others had got a new token: there is nothing to refresh any more.
    let late = source.refresh(&old).await.unwrap();
    assert_eq!(entra.times(), 2, "the first token, and one refresh");
    assert!(found.iter().all(|one| one == late.expose_secret() && one != old.expose_secret()));
    source.refresh(&late).await.unwrap();
    assert_eq!(entra.times(), 3, "the newest one refused is refreshed again");
}

#[tokio::test(start_paused = true)]
async fn a_dead_refresh_token_is_asked_for_once_and_holds_everybody() {
    let entra = Entra::new(|_, _| (400, refused("invalid_grant", 50_173)));
    let (source, _) = source(&entra);
    let ask = |source: &Arc<SignedIn>| {
        let source = Arc::clone(source);
        tokio::spawn(async move { source.token().await })
    };
    for task in (0..20).map(|_| ask(&source)).collect::<Vec<_>>() {
        assert_eq!(task.await.unwrap().err(), Some(TokenError::SignIn));
    }
    assert_eq!(entra.times(), 1);
    assert_eq!(*source.standing().borrow(), Standing::Out(SignInProblem::Revoked));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_was_under_way_during_a_new_sign_in_says_nothing_about_it() {
    let entra = Entra::new(|number, _| (200, given(number)));
    let (source, shelf) = source(&entra);
    source.token().await.unwrap();
    let before = source.sign_in();
    source.adopt(tokens(7)).await.unwrap();
    source.refused(before, SignInProblem::MfaNeeded);
    assert_eq!(*source.standing().borrow(), Standing::In);
    assert!(source.token().await.unwrap().expose_secret().starts_with("access-7"));
    // Signed out meanwhile: it stays signed out, and says so.
    let before = source.sign_in();
    source.sign_out().await.unwrap();
    source.refused(before, SignInProblem::Revoked);
    assert_eq!(*source.standing().borrow(), Standing::Out(SignInProblem::SignedOut));
    assert_eq!(source.token().await.err(), Some(TokenError::SignIn));
    assert_eq!(*shelf.0.lock().unwrap(), None);
    source.refused(source.sign_in(), SignInProblem::MfaNeeded);
    assert_eq!(*source.standing().borrow(), Standing::Out(SignInProblem::MfaNeeded), "what is refused now counts");
}

#[tokio::test(start_paused = true)]
async fn somebody_else_or_no_second_factor_is_not_taken_and_no_network_changes_nothing() {
    for (oid, mfa, problem) in [
        (2, true, SignInProblem::OtherAccount { expected: "1@example.com".into(), found: "2@example.com".into() }),
        (1, false, SignInProblem::MfaNeeded),
    ] {
        let entra = Entra::new(move |_, _| (200, json!({"access_token": token("a", oid, mfa), "expires_in": "3599"})));
        let (source, shelf) = source(&entra);
        source.token().await.unwrap_err();
        assert_eq!(*source.standing().borrow(), Standing::Out(problem));
        assert_eq!(shelf.0.lock().unwrap().as_deref(), Some("refresh-0"), "the shelf keeps what it had");
    }
    let entra = Entra::new(|_, _| (0, json!(null)));
    let (source, _) = source(&entra);
    assert_eq!(source.token().await.err(), Some(TokenError::Offline));
    assert_eq!(*source.standing().borrow(), Standing::In);
}
