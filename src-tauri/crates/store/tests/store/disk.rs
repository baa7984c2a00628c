//! What lies on disk: nothing readable, nothing half-written, and backups that open.

use crate::support::*;
use cb_store::{Book, StoreError};
use std::fs;
use std::path::Path;

const CANARY: &str = "Kanarienvogel-7f3a";

/// Every file below a folder that holds the bytes, in plain, UTF-16, hex, base64 or reversed.
fn holding(folder: &Path, needle: &[u8]) -> Vec<String> {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let encodings: Vec<Vec<u8>> = vec![
        needle.to_vec(),
        needle.iter().flat_map(|byte| [*byte, 0]).collect(),
        hex(needle).into_bytes(),
        hex(needle).to_uppercase().into_bytes(),
        needle.iter().rev().copied().collect(),
    ];
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, needle));
        } else {
            let bytes = fs::read(&path).unwrap();
            if encodings.iter().any(|wanted| bytes.windows(wanted.len()).any(|part| part == wanted)) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    for name in ["book.db", "book.db-wal", "book.json"] {
        if from.join(name).exists() {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
    }
}

#[tokio::test]
async fn d1_no_file_holds_anything_readable() {
    let folder = tempfile::tempdir().unwrap();
    let book = create(folder.path());
    book.write(|tx| tx.put_customer(&customer(CANARY, None))).await.unwrap();
    assert!(folder.path().join("book.db-wal").exists(), "the WAL is among the files searched");
    book.backup_to(&folder.path().join("backups/one.db")).await.unwrap();
    for needle in [CANARY.as_bytes(), CANARY.to_lowercase().as_bytes(), key().bytes(), b"SQLite format 3"] {
        assert_eq!(holding(folder.path(), needle), Vec::<String>::new());
    }
    book.truncate_wal().await.unwrap();
    assert_eq!(fs::metadata(folder.path().join("book.db-wal")).unwrap().len(), 0);
    assert_eq!(holding(folder.path(), CANARY.as_bytes()), Vec::<String>::new());
    book.close().await;
    assert_eq!(holding(folder.path(), CANARY.as_bytes()), Vec::<String>::new());
}

#[test]
fn the_search_for_canaries_finds_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("leak"), format!("x{CANARY}y")).unwrap();
    assert_eq!(holding(folder.path(), CANARY.as_bytes()).len(), 1, "else the other tests prove nothing");
}

#[tokio::test]
async fn p1_a_kill_in_the_middle_loses_only_what_was_not_committed() {
    let (folder, killed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let book = create(folder.path());
    book.write(|tx| tx.set_setting("committed", "yes")).await.unwrap();
    let (from, to) = (folder.path().to_owned(), killed.path().to_owned());
    // What a killed process leaves is what the files hold at that moment.
    book.write(move |tx| {
        tx.set_setting("committed", "no")?;
        for number in 0..2000 {
            tx.set_setting(&format!("half {number}"), "written")?;
        }
        copy(&from, &to);
        Ok(())
    })
    .await
    .unwrap();
    let after = open(killed.path());
    let read = after.read(|db| Ok((db.settings().get("committed")?, db.settings().get("half 0")?))).await.unwrap();
    assert_eq!(read, (Some("yes".into()), None));
    after.close().await;

    let committed = tempfile::tempdir().unwrap();
    copy(folder.path(), committed.path());
    let after = open(committed.path());
    assert_eq!(after.read(|db| db.settings().get("half 1999")).await.unwrap(), Some("written".into()));
}

#[tokio::test]
async fn a_closure_that_panics_is_rolled_back_and_the_book_goes_on() {
    let book = book();
    let broken = book
        .write(|tx| -> Result<(), StoreError> {
            tx.set_setting("half", "written")?;
            panic!("a defect")
        })
        .await;
    assert!(matches!(broken, Err(StoreError::BrokenOff)), "{broken:?}");
    let topics = book.write(|_| Ok(())).await.unwrap().topics;
    assert!(topics.is_empty(), "topics of the write that broke off are forgotten");
    assert_eq!(book.read(|db| db.settings().get("half")).await.unwrap(), None);
}

#[tokio::test]
async fn work_that_was_sent_is_done_though_nobody_waits() {
    let book = book();
    let mut asked = Box::pin(book.write(|tx| tx.set_setting("sent", "yes")));
    // Polled once, which sends it, and dropped before the answer is looked at.
    std::future::poll_fn(|context| {
        let _ = asked.as_mut().poll(context);
        std::task::Poll::Ready(())
    })
    .await;
    drop(asked);
    assert_eq!(book.read(|db| db.settings().get("sent")).await.unwrap(), Some("yes".into()));
}

#[tokio::test]
async fn d6_a_backup_opens_with_the_same_key() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let book = create(folder.path());
    with_operation(&book).await;
    let path = other.path().join("book.db");
    book.backup_to(&path).await.unwrap();
    book.write(|tx| tx.set_setting("later", "yes")).await.unwrap();
    book.backup_to(&path).await.unwrap();
    book.close().await;
    assert!(!other.path().join("book.db.new").exists());
    let restored = Book::open(other.path(), &key()).unwrap();
    assert_eq!(restored.read(|db| db.settings().get("later")).await.unwrap(), Some("yes".into()));
}
