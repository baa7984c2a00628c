//! The book is safe: backups that nobody waits for (D6), a newer schema that is only read (D7), a backup brought back
//! whatever happens in between (D8).

use crate::support::*;
use cb_store::{BackupReason, Book, BookKey, Sidecar, StoreError};
use jiff::tz::TimeZone;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

async fn setting(book: &Book, name: &'static str) -> Option<String> {
    book.read(move |db| db.settings().get(name)).await.unwrap()
}

async fn set(book: &Book, name: &'static str, value: &'static str) {
    book.write(move |tx| tx.set_setting(name, value)).await.unwrap();
}

/// A book of about 40 MB.
async fn large(folder: &Path) -> Book {
    let book = create(folder);
    for block in 0..40 {
        book.write(move |tx| {
            for row in 0..64 {
                tx.set_setting(&format!("row {block} {row}"), &"x".repeat(16_000))?;
            }
            Ok(())
        })
        .await
        .unwrap();
    }
    book
}

async fn back_up(book: &Book, folder: &Path) -> String {
    book.back_up(folder, BackupReason::Manual, now(), TimeZone::UTC).await.unwrap();
    Book::backups(folder).unwrap()[0].name.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn d6_nobody_waits_for_a_backup_and_it_holds_what_was_written_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let book = large(folder.path()).await;
    let path = folder.path().join("backups/large.db");
    let (other, target) = (book.clone(), path.clone());
    let backup = tokio::spawn(async move { other.backup_to(&target).await });
    let (mut longest, mut asked) = (Duration::ZERO, 0_u32);
    while !backup.is_finished() {
        let began = Instant::now();
        set(&book, "meanwhile", "written").await;
        assert!(setting(&book, "row 3 3").await.is_some());
        longest = longest.max(began.elapsed());
        asked += 1;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    backup.await.unwrap().unwrap();
    println!("{asked} rounds beside the backup, the longest took {longest:?}");
    assert!(asked > 3, "the backup was over before anybody could have waited for it");
    // Two commands per round; a busy machine gets some room above the 100 ms that people feel.
    assert!(longest < Duration::from_millis(300), "a command waited {longest:?}");
    assert!(!path.with_extension("db.copy").exists() && !path.with_extension("db.new").exists());
    let elsewhere = tempfile::tempdir().unwrap();
    fs::copy(&path, elsewhere.path().join("book.db")).unwrap();
    let copy = open(elsewhere.path());
    assert_eq!(setting(&copy, "row 39 63").await.map(|text| text.len()), Some(16_000));
    copy.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_closes_in_the_middle_of_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let book = large(folder.path()).await;
    let (other, path) = (book.clone(), folder.path().join("backups/one.db"));
    let target = path.clone();
    let backup = tokio::spawn(async move { other.backup_to(&target).await });
    tokio::time::sleep(Duration::from_millis(15)).await;
    book.close().await;
    let ended = backup.await.unwrap();
    assert!(matches!(ended, Err(StoreError::Closed)), "{ended:?}");
    assert!(!path.exists() && !path.with_extension("db.copy").exists(), "half a backup is no backup");
    open(folder.path()).close().await;
}

#[tokio::test]
async fn d4_the_plain_file_goes_with_each_backup() {
    let folder = tempfile::tempdir().unwrap();
    let book = create(folder.path());
    let name = back_up(&book, folder.path()).await;
    let path = Book::backup_path(folder.path(), &name).unwrap().unwrap();
    let plain = Sidecar::of_backup(&path).unwrap().unwrap();
    assert_eq!((plain.fits(&key()), plain.fits(&BookKey::new([8; 32]))), (Some(true), Some(false)));
    assert_eq!(Book::backup_path(folder.path(), "../book.db").unwrap(), None, "only names of the shelf");
    book.close().await;
}

/// Raises the version in the file as a newer app would.
async fn made_newer(folder: &Path) {
    create(folder).close().await;
    let book = open(folder);
    set(&book, "kept", "yes").await;
    book.close().await;
    Book::raise_schema_for_tests(folder, &key()).unwrap();
}

#[tokio::test]
async fn d7_a_newer_schema_is_read_and_not_one_byte_changes() {
    let folder = tempfile::tempdir().unwrap();
    made_newer(folder.path()).await;
    let bytes = fs::read(folder.path().join("book.db")).unwrap();
    assert!(matches!(Book::open(folder.path(), &key()), Err(StoreError::NewerSchema { .. })));
    let book = Book::open_newer(folder.path(), &key()).unwrap();
    assert!(book.is_read_only());
    assert_eq!(setting(&book, "kept").await.as_deref(), Some("yes"));
    let refused = book.write(|tx| tx.set_setting("kept", "no")).await;
    assert!(matches!(refused, Err(StoreError::NewerSchema { .. })), "{refused:?}");
    assert!(book.truncate_wal().await.is_err());
    assert_eq!(setting(&book, "kept").await.as_deref(), Some("yes"));
    book.backup_to(&folder.path().join("backups/one.db")).await.unwrap();
    book.close().await;
    assert!(fs::read(folder.path().join("book.db")).unwrap() == bytes, "not one byte of it changed");
}

#[tokio::test]
async fn d8_a_backup_comes_back_and_the_present_book_stays() {
    let folder = tempfile::tempdir().unwrap();
    let book = create(folder.path());
    set(&book, "state", "old").await;
    let name = back_up(&book, folder.path()).await;
    set(&book, "state", "new").await;
    book.close().await;
    let backup = Book::backup_path(folder.path(), &name).unwrap().unwrap();
    let plain = Book::sidecar(folder.path()).unwrap().unwrap();
    let staged = Book::stage_restore(folder.path(), &backup, &plain, &key()).unwrap();
    set(&staged, "prepared", "yes").await;
    staged.close().await;
    let aside = Book::put_in_place(folder.path()).unwrap().unwrap();
    let restored = open(folder.path());
    assert_eq!(setting(&restored, "state").await.as_deref(), Some("old"));
    assert_eq!(setting(&restored, "prepared").await.as_deref(), Some("yes"));
    restored.close().await;
    assert!(!folder.path().join("restoring").exists() && backup.exists());
    let kept = open(&aside);
    assert_eq!(setting(&kept, "state").await.as_deref(), Some("new"), "set aside, whole");
}

#[tokio::test]
async fn d8_a_crash_in_the_middle_of_a_restore_leaves_one_book_or_the_other() {
    // 0: staged; 1: marked ready; 2: the old one aside; 3: the plain file in place too.
    for point in 0..4 {
        let folder = tempfile::tempdir().unwrap();
        let book = create(folder.path());
        set(&book, "state", "old").await;
        let name = back_up(&book, folder.path()).await;
        set(&book, "state", "new").await;
        book.close().await;
        let backup = Book::backup_path(folder.path(), &name).unwrap().unwrap();
        let plain = Book::sidecar(folder.path()).unwrap().unwrap();
        Book::stage_restore(folder.path(), &backup, &plain, &key()).unwrap().close().await;
        if point > 0 {
            fs::write(folder.path().join("restoring/ready"), "").unwrap();
        }
        if point > 1 {
            fs::create_dir(folder.path().join("set-aside")).unwrap();
            fs::rename(folder.path().join("book.db"), folder.path().join("set-aside/book.db")).unwrap();
        }
        if point > 2 {
            fs::copy(folder.path().join("restoring/book.json"), folder.path().join("book.json")).unwrap();
        }
        let after = open(folder.path());
        let wanted = if point > 1 { "old" } else { "new" };
        assert_eq!(setting(&after, "state").await.as_deref(), Some(wanted), "point {point}");
        after.close().await;
        assert!(!folder.path().join("restoring").exists(), "point {point}");
    }
}

#[tokio::test]
async fn d8_what_is_no_backup_of_this_key_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let book = create(folder.path());
    let name = back_up(&book, folder.path()).await;
    book.close().await;
    let backup = Book::backup_path(folder.path(), &name).unwrap().unwrap();
    let plain = Book::sidecar(folder.path()).unwrap().unwrap();
    let wrong = Book::stage_restore(folder.path(), &backup, &plain, &BookKey::new([8; 32]));
    assert!(matches!(wrong, Err(StoreError::WrongKey)), "{wrong:?}");
    let mut bytes = fs::read(&backup).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 32].fill(0);
    fs::write(&backup, &bytes).unwrap();
    let damaged = Book::stage_restore(folder.path(), &backup, &plain, &key());
    assert!(matches!(damaged, Err(StoreError::Corrupt { .. })), "{damaged:?}");
    fs::write(&backup, b"").unwrap();
    assert!(Book::stage_restore(folder.path(), &backup, &plain, &key()).is_err());
    assert!(matches!(Book::put_in_place(folder.path()), Err(StoreError::NotFound) | Ok(_)));
    open(folder.path()).close().await;
}

#[tokio::test]
async fn d10_finished_submits_forget_their_persons_after_90_days_and_keep_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let book = create(folder.path());
    let signer = cb_domain::operation::ConfirmAgreement {
        first_name: "Anke".into(),
        last_name: "Brandt".into(),
        email: "anke@example.com".into(),
        phone: Some("+49 431 1".into()),
        agreed_on: None,
    };
    let put = |sequence, signer| {
        let owner = customer("Contoso", None);
        let submit = onboarding(owner.id);
        let one = operation(&submit, sequence, cb_domain::operation::OperationPayload::ConfirmAgreement(signer));
        (owner, submit, one)
    };
    let (first, second) = (put(1, signer.clone()), put(2, signer));
    let (open, finished) = (first.2.clone(), second.2.clone());
    for (owner, submit, one) in [first, second] {
        book.write(move |tx| {
            tx.put_customer(&owner)?;
            tx.insert_onboarding(&submit)?;
            tx.insert_operation(&one)
        })
        .await
        .unwrap();
    }
    let id = finished.id;
    let updated = finished.updated_at;
    for (from, to) in [
        (cb_domain::operation::OperationState::Queued, cb_domain::operation::OperationState::InFlight),
        (cb_domain::operation::OperationState::InFlight, cb_domain::operation::OperationState::Confirmed),
    ] {
        let mut operation = book.read(move |db| db.operations().get(id)).await.unwrap().unwrap();
        operation.state = to;
        book.write(move |tx| tx.update_operation(&operation, from)).await.unwrap();
    }
    let before = book.read(move |db| db.operations().get(id)).await.unwrap().unwrap();
    let early = book.write(move |tx| tx.forget_persons(updated, now(), 10)).await.unwrap().value;
    assert_eq!(early, 0, "not before its time");
    let later = days(100);
    let count = book.write(move |tx| tx.forget_persons(later, later, 10)).await.unwrap().value;
    assert_eq!(count, 1, "what is open is remembered");
    let after = book.read(move |db| db.operations().get(id)).await.unwrap().unwrap();
    assert_eq!(after.payload, before.payload.clone().without_persons());
    assert_ne!(after.payload, before.payload, "there was something to forget");
    assert_eq!((&after.payload_hash, &after.result, after.state), (&before.payload_hash, &before.result, before.state));
    let other = open.id;
    let still = book.read(move |db| db.operations().get(other)).await.unwrap().unwrap();
    assert_eq!(still.payload, open.payload);
    let again = book.write(move |tx| tx.forget_persons(later, later, 10)).await.unwrap().value;
    assert_eq!(again, 0, "once");
}
