//! The start errors of rule D5: each is told apart, nothing is overwritten, nothing is deleted.

use crate::support::*;
use cb_store::{Book, BookKey, StoreError};
use std::fs;
use std::path::Path;

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

async fn closed_book(folder: &Path) {
    let book = create(folder);
    with_operation(&book).await;
    book.close().await;
}

#[tokio::test]
async fn a_book_is_made_closed_and_opened() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("workspace");
    closed_book(&inner).await;
    let book = open(&inner);
    assert_eq!(book.read(|db| db.operations().open()).await.unwrap().len(), 1);
    book.close().await;
    let after = book.read(|db| db.operations().open()).await;
    assert!(matches!(after, Err(StoreError::Closed)), "{after:?}");
    let sidecar = Book::sidecar(&inner).unwrap().unwrap();
    assert_eq!((sidecar.format, sidecar.set_aside), (1, None));
    assert!(sidecar.schema_version > 1);
}

#[test]
fn an_empty_folder_has_no_book() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Book::open(folder.path(), &key()), Err(StoreError::NotFound)));
    assert!(matches!(Book::open(&folder.path().join("absent"), &key()), Err(StoreError::NotFound)));
    assert!(files(folder.path()).is_empty(), "looking makes nothing");
}

#[tokio::test]
async fn no_book_is_made_over_anything_of_one() {
    for name in ["book.db", "book.db-wal", "book.json", "backups/old.db"] {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("backups")).unwrap();
        fs::write(folder.path().join(name), b"something").unwrap();
        let before = files(folder.path());
        let refused = Book::create(folder.path(), &key());
        assert!(matches!(refused, Err(StoreError::Exists)), "{name}: {refused:?}");
        assert_eq!(files(folder.path()), before, "{name}: nothing changed");
    }
}

#[tokio::test]
async fn a_lost_database_beside_its_plain_file_is_missing_not_absent() {
    let folder = tempfile::tempdir().unwrap();
    closed_book(folder.path()).await;
    fs::remove_file(folder.path().join("book.db")).unwrap();
    assert!(matches!(Book::open(folder.path(), &key()), Err(StoreError::Missing)));
    assert!(matches!(Book::create(folder.path(), &key()), Err(StoreError::Exists)));
}

#[tokio::test]
async fn a_wrong_key_is_told_and_moves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    closed_book(folder.path()).await;
    let bytes = fs::read(folder.path().join("book.db")).unwrap();
    for plain_file in [true, false] {
        if !plain_file {
            fs::remove_file(folder.path().join("book.json")).unwrap();
        }
        let refused = Book::open(folder.path(), &BookKey::new([8; 32]));
        assert!(matches!(refused, Err(StoreError::WrongKey)), "plain file {plain_file}: {refused:?}");
        assert_eq!(fs::read(folder.path().join("book.db")).unwrap(), bytes, "plain file {plain_file}");
    }
    open(folder.path()).close().await;
    assert!(Book::sidecar(folder.path()).unwrap().is_some(), "a lost plain file is written anew by the right key");
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_with_its_wal() {
    let (live, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let book = create(live.path());
    with_operation(&book).await;
    book.truncate_wal().await.unwrap();
    book.write(|tx| tx.set_setting("only", "in the WAL")).await.unwrap();
    for name in ["book.db", "book.db-wal", "book.json"] {
        fs::copy(live.path().join(name), folder.path().join(name)).unwrap();
    }
    let path = folder.path().join("book.db");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0xFF);
    fs::write(&path, &bytes).unwrap();
    let wal = fs::read(folder.path().join("book.db-wal")).unwrap();
    let Err(StoreError::Corrupt { moved_to }) = Book::open(folder.path(), &key()) else { panic!("damage not seen") };
    assert!(fs::read(moved_to.join("book.db")).unwrap() == bytes, "set aside as it was");
    assert!(!wal.is_empty() && fs::read(moved_to.join("book.db-wal")).unwrap() == wal, "with its WAL");
    assert!(!path.exists());
    let again = Book::open(folder.path(), &key());
    assert!(
        matches!(&again, Err(StoreError::Corrupt { moved_to: same }) if *same == moved_to),
        "the next start says the same: {again:?}"
    );
    assert!(matches!(Book::create(folder.path(), &key()), Err(StoreError::Exists)), "and makes no new book");
}

#[tokio::test]
async fn a_second_opening_finds_it_locked() {
    let folder = tempfile::tempdir().unwrap();
    let book = create(folder.path());
    with_operation(&book).await;
    let second = Book::open(folder.path(), &key());
    assert!(matches!(second, Err(StoreError::Locked)), "{second:?}");
    with_another(&book).await;
    book.close().await;
    open(folder.path()).close().await;
}

async fn with_another(book: &Book) {
    book.write(|tx| tx.set_setting("still", "works")).await.unwrap();
}

#[tokio::test]
async fn a_file_marked_read_only_is_told() {
    let folder = tempfile::tempdir().unwrap();
    closed_book(folder.path()).await;
    let path = folder.path().join("book.db");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    assert!(matches!(Book::open(folder.path(), &key()), Err(StoreError::ReadOnly)));
}

#[tokio::test]
async fn everything_can_be_set_aside_to_begin_anew() {
    let folder = tempfile::tempdir().unwrap();
    closed_book(folder.path()).await;
    let aside = Book::set_aside(folder.path()).unwrap();
    assert_eq!(files(&aside), ["book.db", "book.json"]);
    create(folder.path()).close().await;
    open(&aside).close().await;
    assert!(matches!(Book::set_aside(&folder.path().join("absent")), Err(StoreError::NotFound)));
}
