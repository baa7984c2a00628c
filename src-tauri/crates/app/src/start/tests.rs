//! First start, restart, and each way in which a start can fail, over real files.

use crate::App;
use crate::fakes::Fakes;
use crate::views::{Language, SettingsChange, SettingsView, StartKind, StartProblem, ThemeChoice};
use std::path::{Path, PathBuf};

fn app(fakes: &Fakes, folder: &Path) -> App {
    App::new(fakes.host(), folder.to_path_buf(), Language::De)
}

async fn practised(fakes: &Fakes, folder: &Path) -> PathBuf {
    let app = app(fakes, folder);
    let view = app.try_it_out().await.unwrap();
    assert_eq!(view.kind, StartKind::Ready, "one press leads to an open book: {:?}", view.problem);
    app.shut_down().await;
    PathBuf::from(view.workspace.unwrap().folder)
}

async fn problem(fakes: &Fakes, folder: &Path) -> Option<StartProblem> {
    let app = app(fakes, folder);
    let view = app.start_view().await.unwrap();
    app.shut_down().await;
    view.problem
}

fn book_file(folder: &Path) -> PathBuf {
    std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "db") && !path.ends_with("sandbox.db"))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn try_it_out_fills_a_believable_book_and_a_restart_opens_it_again() {
    let (fakes, folder) = (Fakes::new(1), tempfile::tempdir().unwrap());
    let first = app(&fakes, folder.path());
    assert_eq!(first.start_view().await.unwrap().kind, StartKind::FirstStart);
    assert_eq!(first.start_view().await.unwrap().settings.language, Language::De, "the system's language");
    practised(&fakes, folder.path()).await;

    let again = app(&fakes, folder.path());
    assert_eq!(again.start_view().await.unwrap().kind, StartKind::Ready);
    let query = |limit| crate::views::CustomerQuery {
        search: String::new(),
        reseller_ids: Vec::new(),
        sort: crate::views::SortBy::Name,
        descending: false,
        after: String::new(),
        limit,
        ..crate::views::CustomerQuery::default()
    };
    let customers = again.list_customers(query(500)).await.unwrap();
    assert_eq!(customers.total, 60);
    let subscriptions: u32 = customers.rows.iter().map(|row| row.subscriptions).sum();
    assert_eq!(subscriptions, 150);
    assert!(!again.home().await.unwrap().todo.is_empty(), "a sample day has something to do");
    again.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pressing_twice_makes_one_workspace() {
    let (fakes, folder) = (Fakes::new(2), tempfile::tempdir().unwrap());
    let app = app(&fakes, folder.path());
    let first = app.try_it_out().await.unwrap().workspace.unwrap();
    let second = app.try_it_out().await.unwrap().workspace.unwrap();
    assert_eq!(first.id, second.id);
    app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_nothing_is_made() {
    let (fakes, folder) = (Fakes::new(3), tempfile::tempdir().unwrap());
    fakes.keychain.refuse(true);
    let app = app(&fakes, folder.path());
    assert!(app.try_it_out().await.is_err());
    assert_eq!(app.start_view().await.unwrap().kind, StartKind::FirstStart, "no half-made workspace is offered");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_start_problem_is_told_apart_and_nothing_is_overwritten() {
    let (fakes, folder) = (Fakes::new(4), tempfile::tempdir().unwrap());
    let books = practised(&fakes, folder.path()).await;
    let key = fakes.keychain.names().into_iter().find(|name| name.starts_with("book-")).unwrap();
    let held = fakes.host().keychain.get(&key).unwrap();

    fakes.keychain.refuse(true);
    assert_eq!(problem(&fakes, folder.path()).await, Some(StartProblem::KeychainMissing));
    fakes.keychain.refuse(false);

    fakes.host().keychain.delete(&key).unwrap();
    assert_eq!(problem(&fakes, folder.path()).await, Some(StartProblem::KeyMissing));

    fakes.host().keychain.set(&key, &[7; 32]).unwrap();
    assert_eq!(problem(&fakes, folder.path()).await, Some(StartProblem::WrongKey));
    assert!(book_file(&books).exists(), "a wrong key moves nothing");
    fakes.host().keychain.set(&key, &held).unwrap();

    let first = app(&fakes, folder.path());
    assert_eq!(first.start_view().await.unwrap().kind, StartKind::Ready);
    assert_eq!(problem(&fakes, folder.path()).await, Some(StartProblem::Locked), "a second process may not open it");
    first.shut_down().await;
    assert_eq!(problem(&fakes, folder.path()).await, None, "and the right key still opens it");

    let file = book_file(&books);
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[4096..middle].fill(0x5a);
    std::fs::write(&file, &bytes).unwrap();
    assert_eq!(problem(&fakes, folder.path()).await, Some(StartProblem::Corrupt));
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_survive_and_a_broken_file_means_the_defaults() {
    let (fakes, folder) = (Fakes::new(5), tempfile::tempdir().unwrap());
    let first = app(&fakes, folder.path());
    let settings =
        SettingsView { language: Language::En, theme: ThemeChoice::Dark, last_route: "/customers".to_owned() };
    let change = SettingsChange {
        language: Some(settings.language),
        theme: Some(settings.theme),
        last_route: Some(settings.last_route.clone()),
    };
    assert_eq!(first.save_settings(change).await.unwrap(), settings);
    assert_eq!(app(&fakes, folder.path()).start_view().await.unwrap().settings, settings);
    std::fs::write(folder.path().join("settings.json"), "{").unwrap();
    assert_eq!(app(&fakes, folder.path()).start_view().await.unwrap().settings.language, Language::De);
}

fn change(what: impl FnOnce(&mut SettingsChange)) -> SettingsChange {
    let mut change = SettingsChange::default();
    what(&mut change);
    change
}

/// The frame stores the page a moment after it was opened; whoever chooses a theme in that moment keeps it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_chosen_while_another_setting_is_stored_stays_chosen() {
    let (fakes, folder) = (Fakes::new(5), tempfile::tempdir().unwrap());
    let first = app(&fakes, folder.path());
    for round in 0..40_u32 {
        let (theme, zoom) = if round % 2 == 0 { (ThemeChoice::Dark, 125) } else { (ThemeChoice::Light, 90) };
        let route = format!("/customers/{round}");
        let (a, b, c) = (first.clone(), first.clone(), first.clone());
        let stored = route.clone();
        let (one, two, three) = tokio::join!(
            tokio::spawn(async move { a.save_settings(change(|change| change.theme = Some(theme))).await }),
            tokio::spawn(async move { b.save_settings(change(|change| change.last_route = Some(stored))).await }),
            tokio::spawn(async move { c.set_zoom(zoom).await }),
        );
        assert!(one.unwrap().is_ok() && two.unwrap().is_ok() && three.unwrap().is_ok());
        let start = first.start_view().await.unwrap();
        assert_eq!((start.settings.theme, start.settings.last_route, start.zoom), (theme, route, zoom), "{round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_zoom_stays_within_bounds_and_no_other_setting_takes_it_back() {
    let (fakes, folder) = (Fakes::new(5), tempfile::tempdir().unwrap());
    let first = app(&fakes, folder.path());
    let start = first.start_view().await.unwrap();
    assert_eq!(start.zoom, 100);
    for (wish, set) in [(150, 150), (900, 200), (0, 80)] {
        assert_eq!(first.set_zoom(wish).await.unwrap(), set);
        first.save_settings(change(|change| change.theme = Some(start.settings.theme))).await.unwrap();
        assert_eq!((first.zoom(), app(&fakes, folder.path()).start_view().await.unwrap().zoom), (set, set));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_has_gone_is_no_page_to_come_back_to() {
    let (fakes, folder) = (Fakes::new(7), tempfile::tempdir().unwrap());
    practised(&fakes, folder.path()).await;
    let first = app(&fakes, folder.path());
    first.start_view().await.unwrap();
    let hits = first.search("Morgenröte".to_owned()).await.unwrap();
    let customer = hits.into_iter().map(|hit| hit.customer_id).find(|id| !id.is_empty()).unwrap();
    let draft = first.start_subscription_draft(customer).await.unwrap().id;
    let route = format!("/draft/{draft}");
    first.save_settings(change(|change| change.last_route = Some(route.clone()))).await.unwrap();
    assert_eq!(first.start_view().await.unwrap().settings.last_route, route);
    first.discard_draft(draft).await.unwrap();
    assert_eq!(first.start_view().await.unwrap().settings.last_route, "");
    first.shut_down().await;
    assert_eq!(app(&fakes, folder.path()).start_view().await.unwrap().settings.last_route, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_keeps_its_new_name() {
    let (fakes, folder) = (Fakes::new(6), tempfile::tempdir().unwrap());
    practised(&fakes, folder.path()).await;
    let first = app(&fakes, folder.path());
    first.start_view().await.unwrap();
    first.rename_workspace("  Messestand Köln ".to_owned()).await.unwrap();
    first.shut_down().await;
    let view = app(&fakes, folder.path()).start_view().await.unwrap();
    assert_eq!(view.workspace.unwrap().name, "Messestand Köln");
}

const PASSPHRASE: &str = "vier alte Lampen brennen";

async fn with_passphrase(app: &App) -> crate::views::StartView {
    let answer = app.try_it_out_with_passphrase(PASSPHRASE.to_owned(), PASSPHRASE.to_owned()).await.unwrap();
    assert_eq!(answer.problem, None);
    answer.start.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_without_a_keychain_a_passphrase_opens_the_book() {
    let (fakes, folder) = (Fakes::new(7), tempfile::tempdir().unwrap());
    fakes.keychain.refuse(true);
    let first = app(&fakes, folder.path());
    let bad = first.try_it_out_with_passphrase("kurz".to_owned(), "kurz".to_owned()).await.unwrap();
    assert!(bad.start.is_none() && bad.problem.is_some());
    assert_eq!(first.start_view().await.unwrap().kind, StartKind::FirstStart, "nothing was made");
    let ready = with_passphrase(&first).await;
    assert_eq!(ready.kind, StartKind::Ready, "{:?}", ready.problem);
    first.shut_down().await;

    let again = app(&fakes, folder.path());
    assert_eq!(again.start_view().await.unwrap().kind, StartKind::Unlock);
    let wrong = again.unlock("vier alte Lampen brannten".to_owned()).await.unwrap();
    assert_eq!(wrong.problem, Some(crate::views::PassphraseProblem::Wrong));
    assert_eq!(again.start_view().await.unwrap().kind, StartKind::Unlock);
    let right = again.unlock(PASSPHRASE.to_owned()).await.unwrap();
    assert_eq!(right.start.unwrap().kind, StartKind::Ready);
    again.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_a_passphrase_book_seals_new_passwords_without_a_keychain() {
    let (fakes, folder) = (Fakes::new(8), tempfile::tempdir().unwrap());
    fakes.keychain.refuse(true);
    let first = app(&fakes, folder.path());
    with_passphrase(&first).await;
    first.inner.host.keychain.set("secret-1", b"sealing key").unwrap();
    assert_eq!(first.inner.host.keychain.get("secret-1").unwrap().as_slice(), b"sealing key");
    first.shut_down().await;
    assert!(fakes.keychain.names().is_empty(), "nothing went into the system's keychain");
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_no_file_holds_the_key_or_the_passphrase() {
    let (fakes, folder) = (Fakes::new(9), tempfile::tempdir().unwrap());
    fakes.keychain.refuse(true);
    let first = app(&fakes, folder.path());
    with_passphrase(&first).await;
    let key = first.inner.keys.book_key().unwrap();
    first.shut_down().await;
    let mut folders = vec![folder.path().to_path_buf()];
    let mut looked = 0;
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            looked += 1;
            let bytes = std::fs::read(entry.path()).unwrap();
            let hex = hex::encode(key.bytes());
            for needle in [key.bytes().as_slice(), hex.as_bytes(), PASSPHRASE.as_bytes()] {
                assert!(!bytes.windows(needle.len()).any(|part| part == needle), "{}", entry.path().display());
            }
        }
    }
    assert!(looked >= 4, "there are files to look into");
}

async fn set_up_code(app: &App) -> String {
    let code = app.begin_recovery_code().await.unwrap().code;
    let answer = app.prove_recovery_code(code.to_lowercase().replace('-', " ")).await.unwrap();
    assert_eq!(answer.problem, None);
    code
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_the_recovery_code_is_proven_and_brings_a_lost_key_back() {
    use crate::views::RecoveryProblem as P;
    let (fakes, folder) = (Fakes::new(10), tempfile::tempdir().unwrap());
    practised(&fakes, folder.path()).await;
    let first = app(&fakes, folder.path());
    first.start_view().await.unwrap();
    assert_eq!(first.safekeeping().await.unwrap().recovery_since, None);
    let shown = first.begin_recovery_code().await.unwrap().code;
    let other = cb_store::recovery::RecoveryCode::generate().unwrap().display().to_string();
    assert_eq!(first.prove_recovery_code(other.clone()).await.unwrap().problem, Some(P::Different));
    assert_eq!(first.prove_recovery_code("nonsense".to_owned()).await.unwrap().problem, Some(P::NotACode));
    assert_eq!(first.safekeeping().await.unwrap().recovery_since, None, "an unproven code does not count");
    assert_eq!(first.prove_recovery_code(shown.clone()).await.unwrap().problem, None);
    assert!(first.safekeeping().await.unwrap().recovery_since.is_some());
    assert!(first.prove_recovery_code(shown.clone()).await.is_err(), "it is shown and proven once");
    first.shut_down().await;

    let key = fakes.keychain.names().into_iter().find(|name| name.starts_with("book-")).unwrap();
    for lost in [true, false] {
        if lost {
            fakes.host().keychain.delete(&key).unwrap();
        } else {
            fakes.host().keychain.set(&key, &[7; 32]).unwrap();
        }
        let again = app(&fakes, folder.path());
        let view = again.start_view().await.unwrap();
        assert_eq!(view.problem, Some(if lost { StartProblem::KeyMissing } else { StartProblem::WrongKey }));
        assert!(view.recoverable);
        assert_eq!(again.recover_key(other.clone()).await.unwrap().problem, Some(P::DoesNotOpen));
        let opened = again.recover_key(shown.clone()).await.unwrap();
        assert_eq!(opened.start.unwrap().kind, StartKind::Ready);
        again.shut_down().await;
        assert_eq!(problem(&fakes, folder.path()).await, None, "the key is back in the keychain");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_a_forgotten_passphrase_is_mended_by_the_recovery_code() {
    let (fakes, folder) = (Fakes::new(11), tempfile::tempdir().unwrap());
    fakes.keychain.refuse(true);
    let first = app(&fakes, folder.path());
    with_passphrase(&first).await;
    let code = set_up_code(&first).await;
    first.shut_down().await;
    let again = app(&fakes, folder.path());
    let view = again.start_view().await.unwrap();
    assert!(view.kind == StartKind::Unlock && view.recoverable);
    assert_eq!(again.recover_key(code).await.unwrap().start.unwrap().kind, StartKind::Ready);
    again.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d7_a_newer_book_is_read_on_every_page_and_refuses_every_write() {
    use crate::error::ErrorCode;
    let (fakes, folder) = (Fakes::new(12), tempfile::tempdir().unwrap());
    let books = practised(&fakes, folder.path()).await;
    let name = fakes.keychain.names().into_iter().find(|name| name.starts_with("book-")).unwrap();
    let key = cb_store::BookKey::from_slice(&fakes.host().keychain.get(&name).unwrap()).unwrap();
    cb_store::Book::raise_schema_for_tests(&books, &key).unwrap();
    let bytes = std::fs::read(books.join("book.db")).unwrap();

    let app = app(&fakes, folder.path());
    let view = app.start_view().await.unwrap();
    assert!(view.kind == StartKind::Ready && view.read_only, "{:?}", view.problem);
    app.home().await.unwrap();
    app.connection().await.unwrap();
    app.practice().await.unwrap();
    app.list_drafts().await.unwrap();
    app.safekeeping().await.unwrap();
    app.catalogue("DE".to_owned(), "commercial".to_owned()).await.unwrap();
    app.list_operations(crate::views::OutboxFilter::All, None).await.unwrap();
    app.search("a".to_owned()).await.unwrap();
    let codes = [
        app.rename_workspace("x".to_owned()).await.unwrap_err().code(),
        app.set_paused(true).await.unwrap_err().code(),
        app.set_work_offline(true).await.unwrap_err().code(),
        app.begin_recovery_code().await.unwrap_err().code(),
        app.set_favourite("a".to_owned(), "b".to_owned(), true).await.unwrap_err().code(),
    ];
    assert_eq!(codes, [ErrorCode::ReadOnlyBook; 5]);
    app.shut_down().await;
    assert!(std::fs::read(books.join("book.db")).unwrap() == bytes, "not one byte changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_practice_catalogue_is_described_in_the_language_of_the_screens() {
    let (fakes, folder) = (Fakes::new(9), tempfile::tempdir().unwrap());
    practised(&fakes, folder.path()).await;
    let first = app(&fakes, folder.path());
    assert_eq!(first.start_view().await.unwrap().settings.language, Language::De);
    assert_eq!(described(&first, "DE").await, "Postfach mit 50 GB");
    first.save_settings(change(|change| change.language = Some(Language::En))).await.unwrap();
    becomes(&first, "DE", "50 GB mailbox").await;
    // There and back before the first answer is in: the last word counts, for countries still under way too.
    for language in [Language::De, Language::En, Language::De] {
        first.save_settings(change(|change| change.language = Some(language))).await.unwrap();
    }
    becomes(&first, "DE", "Postfach mit 50 GB").await;
    becomes(&first, "CA", "Postfach mit 50 GB").await;
    first.shut_down().await;
    // Changed while no book was open.
    let mut all = super::settings::read(folder.path(), Language::De);
    all.view.language = Language::En;
    super::settings::write(folder.path(), &all).unwrap();
    let second = app(&fakes, folder.path());
    second.start_view().await.unwrap();
    becomes(&second, "DE", "50 GB mailbox").await;
    second.shut_down().await;
}

async fn described(app: &App, country: &str) -> String {
    let offers = app.catalogue(country.to_owned(), "commercial".to_owned()).await.unwrap().offers;
    let mailbox = offers.into_iter().find(|one| one.title == "Exchange Online (Plan 1)");
    mailbox.map(|one| one.description).unwrap_or_default()
}

async fn becomes(app: &App, country: &str, description: &str) {
    for _ in 0..8000 {
        if described(app, country).await == description {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("{country}: still {}", described(app, country).await);
}

/// A keychain that first asks its person, or never answers: the window is told what it waits for, nothing else waits, and
/// when the answer comes the book opens.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d4_a_slow_keychain_is_waited_for_by_nobody() {
    let (fakes, folder) = (Fakes::new(41), tempfile::tempdir().unwrap());
    practised(&fakes, folder.path()).await;
    let sleepy = super::asking::tests::Sleepy::over(fakes.keychain.clone());
    let host = crate::host::Host { keychain: sleepy.clone(), ..fakes.host() };
    let slow = App::new(host, folder.path().to_path_buf(), Language::De);
    sleepy.sleep(true);
    let first = slow.start_view_soon().await.unwrap();
    assert_eq!((first.kind, first.problem), (StartKind::Waiting, None), "it says what it waits for");
    assert!(first.workspace.is_some());
    assert_eq!(slow.retry_start().await.unwrap().kind, StartKind::Waiting, "pressing again asks no second time");
    assert_eq!(sleepy.asked.load(std::sync::atomic::Ordering::SeqCst), 1);
    let dark = SettingsChange { theme: Some(ThemeChoice::Dark), ..SettingsChange::default() };
    assert_eq!(slow.save_settings(dark).await.unwrap().theme, ThemeChoice::Dark, "what needs no key goes on");
    assert!(matches!(slow.home().await, Err(crate::error::AppError::NoBook)));
    fakes.notifier.0.lock().unwrap().clear();
    sleepy.sleep(false);
    let told = || fakes.notifier.0.lock().unwrap().iter().any(|one| one.contains(&cb_domain::topic::Topic::Workspace));
    for _ in 0..2_000 {
        if told() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(told(), "the screens hear that it has answered");
    assert_eq!(slow.start_view_soon().await.unwrap().kind, StartKind::Ready);
    slow.shut_down().await;
}
