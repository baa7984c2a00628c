//! One-time passwords over restarts and refusals (C3–C7), and the mails that never hold them.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use crate::App;
use crate::driver::bench::{Bench, Submitted, all_confirmed};
use crate::error::AppError;
use crate::host::Keychain;
use crate::views::{KeyPlace, Language, SetupInfoState, TodoKind};
use std::path::PathBuf;

async fn restarted(bench: &Bench, app: App) -> App {
    app.inner.open.write().await.take().unwrap().stop().await;
    bench.open().await
}

async fn onboarded(bench: &Bench) -> (App, Submitted) {
    let app = bench.open().await;
    let submitted = bench.submit(&app).await;
    bench.until(&app, all_confirmed).await;
    (app, submitted)
}

/// What Home says of setup info that waits.
async fn on_home(app: &App) -> Vec<String> {
    let todo = app.home().await.unwrap().todo;
    todo.into_iter().filter(|item| item.kind == TodoKind::SetupInfo).map(|item| item.detail).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c3_c5_sealed_showing_and_destroying_outlive_restarts() {
    let bench = Bench::new(31);
    let (app, submitted) = onboarded(&bench).await;
    let id = submitted.onboarding.to_string();
    let app = restarted(&bench, app).await;
    assert_eq!(app.setup_info(id.clone()).await.unwrap().state, SetupInfoState::Sealed);
    assert_eq!(on_home(&app).await, ["sealed"]);
    app.begin_reveal(id.clone()).await.unwrap();
    assert_eq!(on_home(&app).await, ["showing"]);
    let first = app.reveal_password(id.clone()).await.unwrap().password;
    let app = restarted(&bench, app).await;
    assert_eq!(app.setup_info(id.clone()).await.unwrap().state, SetupInfoState::Showing);
    assert_eq!(app.reveal_password(id.clone()).await.unwrap().password, first, "offered again until acknowledged");

    // The keychain refuses at the wrong moment: the next start finishes what was begun.
    bench.fakes.keychain.refuse(true);
    assert!(matches!(app.acknowledge_setup_info(id.clone()).await, Err(AppError::Keychain(_))));
    assert!(matches!(app.reveal_password(id.clone()).await, Err(AppError::NotAllowed)), "P3: never afterwards");
    let app = restarted(&bench, app).await;
    assert_eq!(bench.fakes.keychain.names().len(), 1, "still refused, still there");
    bench.fakes.keychain.refuse(false);
    let app = restarted(&bench, app).await;
    assert_eq!(app.setup_info(id.clone()).await.unwrap().state, SetupInfoState::Destroyed);
    assert!(bench.fakes.keychain.names().is_empty());
    let open = app.open_book().await.unwrap();
    let onboarding = submitted.onboarding;
    let secret = open.book.read(move |db| db.secrets().of_onboarding(onboarding)).await.unwrap().unwrap();
    assert_eq!((secret.ciphertext, secret.nonce), (None, None));
    assert_eq!(bench.leaks(&first), Vec::<PathBuf>::new());
    // Acknowledging twice is fine.
    assert_eq!(app.acknowledge_setup_info(id).await.unwrap().state, SetupInfoState::Destroyed);
}

/// Locked, emptied, with another key or with half of one: it is said, and the password waits for the right key.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c6_d4_whatever_happens_to_the_keychain_the_password_waits_for_its_key() {
    let bench = Bench::new(36);
    let (app, submitted) = onboarded(&bench).await;
    let id = submitted.onboarding.to_string();
    app.begin_reveal(id.clone()).await.unwrap();
    let password = app.reveal_password(id.clone()).await.unwrap().password;
    let keychain = std::sync::Arc::clone(&bench.fakes.host().keychain);
    let name = bench.fakes.keychain.names().remove(0);
    let key = keychain.get(&name).unwrap();
    type Happens = fn(&dyn Keychain, &str);
    let cases: [(&str, Happens); 4] = [
        ("locked", |_, _| {}),
        ("emptied", |keychain, name| keychain.delete(name).unwrap()),
        ("another key", |keychain, name| keychain.set(name, &[7; 32]).unwrap()),
        ("half a key", |keychain, name| keychain.set(name, &[7; 16]).unwrap()),
    ];
    for (case, happens) in cases {
        happens(&*keychain, &name);
        bench.fakes.keychain.refuse(case == "locked");
        let said = app.reveal_password(id.clone()).await.map(|_| ());
        assert!(matches!(said, Err(AppError::Keychain(_))), "{case}: {said:?}");
        let copied = app.copy_password(id.clone()).await;
        assert!(matches!(copied, Err(AppError::Keychain(_))), "{case}: {copied:?}");
        assert!(bench.fakes.clipboard.0.lock().unwrap().is_none(), "{case}: nothing wrong is copied");
        assert_eq!(app.setup_info(id.clone()).await.unwrap().state, SetupInfoState::Showing, "{case}");
        bench.fakes.keychain.refuse(false);
        keychain.set(&name, &key).unwrap();
        assert_eq!(app.reveal_password(id.clone()).await.unwrap().password, password, "{case}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c4_the_clipboard_gets_it_as_a_secret_and_loses_it() {
    let bench = Bench::new(32);
    let (app, submitted) = onboarded(&bench).await;
    let id = submitted.onboarding.to_string();
    assert!(matches!(app.copy_password(id.clone()).await, Err(AppError::NotAllowed)), "not before it is shown");
    app.begin_reveal(id.clone()).await.unwrap();
    let password = app.reveal_password(id.clone()).await.unwrap().password;
    app.copy_password(id.clone()).await.unwrap();
    let held = bench.fakes.clipboard.0.lock().unwrap().clone();
    assert!(held.is_none_or(|held| held == (password, true)));
    // The fake clock sleeps 30 seconds in a moment.
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert!(bench.fakes.clipboard.0.lock().unwrap().is_none());
    app.copy_text("admin@example.onmicrosoft.com".into()).await.unwrap();
    assert_eq!(*bench.fakes.clipboard.0.lock().unwrap(), Some(("admin@example.onmicrosoft.com".to_owned(), false)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mails_name_the_user_and_never_the_password() {
    let bench = Bench::new(33);
    let (app, submitted) = onboarded(&bench).await;
    let id = submitted.onboarding.to_string();
    app.begin_reveal(id.clone()).await.unwrap();
    let revealed = app.reveal_password(id.clone()).await.unwrap();
    for language in [Language::De, Language::En] {
        let mail = app.open_setup_mail(id.clone(), language).await.unwrap();
        assert!(mail.opened && mail.body.contains(&revealed.user_name), "{}", mail.body);
        assert!(!mail.body.contains(&revealed.password));
        let access = app.open_admin_access_mail(id.clone(), language).await.unwrap();
        assert!(!access.body.is_empty() && !access.body.contains(&revealed.password));
        let reset = app.open_reset_mail(id.clone(), language).await.unwrap();
        assert!(reset.body.contains(&revealed.user_name) && !reset.body.contains(&revealed.password));
    }
    assert!(!bench.fakes.mailer.0.lock().unwrap().iter().any(|link| link.contains(&revealed.password)));
    let nobody = cb_domain::ids::OnboardingId(uuid::Uuid::nil()).to_string();
    assert!(matches!(app.setup_info(nobody).await, Err(AppError::NotFound)));
    assert!(matches!(app.setup_info("no id".into()).await, Err(AppError::Id(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c3_the_reveal_window_learns_whom_it_is_about_only_while_it_may_show() {
    let bench = Bench::new(34);
    let (app, submitted) = onboarded(&bench).await;
    let id = submitted.onboarding.to_string();
    assert!(matches!(app.reveal_subject(id.clone()).await, Err(AppError::NotAllowed)), "not before Reveal");
    app.begin_reveal(id.clone()).await.unwrap();
    let subject = app.reveal_subject(id.clone()).await.unwrap();
    assert_eq!(subject.info, app.setup_info(id.clone()).await.unwrap());
    assert_eq!(subject.key_place, KeyPlace::Keychain, "what it may have to wait for");
    assert!(subject.info.user_name.ends_with(".onmicrosoft.com") && !subject.info.agreement_address.is_empty());
    app.acknowledge_setup_info(id.clone()).await.unwrap();
    assert!(matches!(app.reveal_subject(id).await, Err(AppError::NotAllowed)), "not afterwards");
}
