//! First start, restart, and each way in which a start can fail, over real files.

use crate::App;
use crate::fakes::Fakes;
use crate::views::{Language, StartKind, StartProblem, ThemeChoice};
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
    let mut settings = first.start_view().await.unwrap().settings;
    settings.language = Language::En;
    settings.theme = ThemeChoice::Dark;
    settings.last_route = "/customers".to_owned();
    first.save_settings(settings.clone()).await.unwrap();
    assert_eq!(app(&fakes, folder.path()).start_view().await.unwrap().settings, settings);
    std::fs::write(folder.path().join("settings.json"), "{").unwrap();
    assert_eq!(app(&fakes, folder.path()).start_view().await.unwrap().settings.language, Language::De);
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
