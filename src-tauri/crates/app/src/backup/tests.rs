//! Backups and restores over real files and the practice Partner Center (D6, D8).

use crate::App;
use crate::fakes::Fakes;
use crate::views::{Language, RestoreProblem, StartKind};
use std::path::Path;
use std::time::Duration;

fn app(fakes: &Fakes, folder: &Path) -> App {
    App::new(fakes.host(), folder.to_path_buf(), Language::En)
}

async fn started(fakes: &Fakes, folder: &Path) -> App {
    let app = app(fakes, folder);
    assert_eq!(app.try_it_out().await.unwrap().kind, StartKind::Ready);
    app
}

async fn setting(app: &App, key: &'static str) -> Option<String> {
    app.open_book().await.unwrap().book.read(move |db| db.settings().get(key)).await.unwrap()
}

async fn set(app: &App, key: &'static str, value: &'static str) {
    app.open_book().await.unwrap().book.write(move |tx| tx.set_setting(key, value)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn d6_back_up_now_is_listed_and_d8_brings_it_back() {
    let (fakes, folder) = (Fakes::new(1), tempfile::tempdir().unwrap());
    let app = started(&fakes, folder.path()).await;
    set(&app, "state", "old").await;
    let listed = app.back_up_now().await.unwrap();
    assert_eq!((listed.rows.len(), listed.problem), (1, None));
    assert!(listed.rows[0].size_kb > 100);
    set(&app, "state", "new").await;
    let answer = app.restore_backup(listed.rows[0].name.clone(), String::new()).await.unwrap();
    assert_eq!(answer.problem, None);
    assert_eq!(answer.start.unwrap().kind, StartKind::Ready);
    assert_eq!(setting(&app, "state").await.as_deref(), Some("old"));
    let held = app.restored_book().await.unwrap().unwrap();
    assert!(!held.over && held.backup_at.is_some());
    assert_eq!(app.backups().await.unwrap().rows.len(), 1, "the shelf stays");
    app.shut_down().await;
    let book = folder.path().join("books");
    let books = std::fs::read_dir(book).unwrap().flatten().next().unwrap().path();
    assert!(books.join("set-aside/book.db").exists(), "the book before it is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn d8_a_damaged_backup_leaves_the_present_book_open() {
    let (fakes, folder) = (Fakes::new(2), tempfile::tempdir().unwrap());
    let app = started(&fakes, folder.path()).await;
    let listed = app.back_up_now().await.unwrap();
    set(&app, "state", "new").await;
    let file = Path::new(&listed.folder).join(&listed.rows[0].name);
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0);
    std::fs::write(&file, bytes).unwrap();
    let answer = app.restore_backup(listed.rows[0].name.clone(), String::new()).await.unwrap();
    assert_eq!(answer.problem, Some(RestoreProblem::Damaged));
    assert_eq!(answer.start.unwrap().kind, StartKind::Ready);
    assert_eq!(setting(&app, "state").await.as_deref(), Some("new"));
    assert!(app.restored_book().await.unwrap().is_none());
    let gone = app.restore_backup("no-such.db".to_owned(), String::new()).await.unwrap();
    assert_eq!(gone.problem, Some(RestoreProblem::Gone));
    app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d8_a_damaged_book_is_brought_back_from_its_start_page() {
    let (fakes, folder) = (Fakes::new(3), tempfile::tempdir().unwrap());
    let app1 = started(&fakes, folder.path()).await;
    set(&app1, "state", "old").await;
    let listed = app1.back_up_now().await.unwrap();
    let file = Path::new(&app1.start_view().await.unwrap().workspace.unwrap().folder).join("book.db");
    app1.shut_down().await;
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[4096..middle].fill(0x5a);
    std::fs::write(&file, bytes).unwrap();

    let app2 = app(&fakes, folder.path());
    assert_eq!(app2.start_view().await.unwrap().kind, StartKind::Failed);
    let found = app2.backups().await.unwrap();
    assert_eq!(found.rows, listed.rows);
    let answer = app2.restore_backup(found.rows[0].name.clone(), String::new()).await.unwrap();
    assert_eq!(answer.start.unwrap().kind, StartKind::Ready);
    assert_eq!(setting(&app2, "state").await.as_deref(), Some("old"));
    app2.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d8_on_a_new_computer_the_recovery_code_brings_the_book_back() {
    let (fakes, folder) = (Fakes::new(4), tempfile::tempdir().unwrap());
    let app1 = started(&fakes, folder.path()).await;
    set(&app1, "state", "old").await;
    let code = app1.begin_recovery_code().await.unwrap().code;
    app1.prove_recovery_code(code.clone()).await.unwrap();
    let listed = app1.back_up_now().await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("my book.db");
    app1.copy_backup(listed.rows[0].name.clone(), copy.clone()).await.unwrap();
    app1.shut_down().await;

    let (other, fresh) = (Fakes::new(5), tempfile::tempdir().unwrap());
    let app2 = app(&other, fresh.path());
    assert_eq!(app2.start_view().await.unwrap().kind, StartKind::FirstStart);
    assert!(app2.choose_backup(copy).is_some());
    let asked = app2.restore_backup(String::new(), String::new()).await.unwrap();
    assert_eq!(asked.problem, Some(RestoreProblem::NeedsCode));
    let wrong = app2.restore_backup(String::new(), "nonsense".to_owned()).await.unwrap();
    assert_eq!(wrong.problem, Some(RestoreProblem::WrongSecret));
    assert_eq!(app2.start_view().await.unwrap().kind, StartKind::FirstStart, "nothing was made");
    let answer = app2.restore_backup(String::new(), code).await.unwrap();
    assert_eq!(answer.problem, None);
    assert_eq!(answer.start.unwrap().kind, StartKind::Ready);
    assert_eq!(setting(&app2, "state").await.as_deref(), Some("old"));
    assert!(app2.restored_book().await.unwrap().is_some());
    app2.shut_down().await;
    let again = app(&other, fresh.path());
    assert_eq!(again.start_view().await.unwrap().kind, StartKind::Ready, "its key is in the keychain now");
    again.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d8_another_installation_is_noticed_once() {
    let (fakes, folder) = (Fakes::new(6), tempfile::tempdir().unwrap());
    let app1 = started(&fakes, folder.path()).await;
    assert!(app1.restored_book().await.unwrap().is_none(), "a new book is nobody else's");
    app1.shut_down().await;
    let settings = folder.path().join("settings.json");
    let text = std::fs::read_to_string(&settings).unwrap();
    let mut all: serde_json::Value = serde_json::from_str(&text).unwrap();
    all["install_id"] = serde_json::Value::String(uuid::Uuid::nil().to_string());
    all["installId"] = all["install_id"].clone();
    std::fs::write(&settings, all.to_string()).unwrap();
    let app2 = app(&fakes, folder.path());
    app2.start_view().await.unwrap();
    let held = app2.restored_book().await.unwrap().unwrap();
    assert_eq!(held.why, crate::views::RestoredWhy::OtherInstallation);
    fakes.clock.advance(Duration::from_secs(40 * 60));
    app2.send_now().await.unwrap();
    for _ in 0..200 {
        if app2.restored_book().await.unwrap().is_none_or(|view| view.held.iter().all(|held| held.looked_at.is_some()))
        {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    app2.shut_down().await;
    let plain = std::fs::read_dir(folder.path().join("books")).unwrap().flatten().next().unwrap().path();
    let plain = cb_store::Book::sidecar(&plain).unwrap().unwrap();
    assert_eq!(plain.install_id, uuid::Uuid::nil(), "from now on it is this one's");
}
