//! A process that is killed at any moment: what it had reported as saved is there afterwards, whole (P1, D3).

use crate::support::*;
use cb_store::StoreError;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

const FOLDER: &str = "CHANNELBOOK_TEST_KILLED_BOOK";
const KILLS: u64 = 12;

/// The process to be killed is this test binary, told by a variable to run this one test as the writer.
#[test]
fn p1_what_was_reported_as_saved_survives_sigkill() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        write_for_ever(PathBuf::from(folder));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { create(folder.path()).close().await });
    let mut reported = 0_u64;
    for kill in 0..KILLS {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::p1_what_was_reported_as_saved_survives_sigkill", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        // The moment of the kill differs each time: after so many reports, in the middle of the next write.
        let wanted = 1 + (kill * 7) % 23;
        let numbers = lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("saved ")?.parse().ok());
        for (seen, number) in (1..).zip(numbers) {
            reported = number;
            if seen >= wanted {
                break;
            }
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
        let (first, second) = runtime.block_on(async {
            let book = open(folder.path());
            let both = book.read(|db| Ok((number(db, "first")?, number(db, "second")?))).await.unwrap();
            book.close().await;
            both
        });
        assert!(first >= reported, "kill {kill}: {reported} was reported, {first} is there");
        assert_eq!(first, second, "kill {kill}: both halves of a write are there, or none");
    }
    assert!(reported > KILLS, "the writer did write: {reported}");
}

fn write_for_ever(folder: PathBuf) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let book = open(&folder);
        loop {
            let written = book.write(|tx| {
                let next = number(tx, "first")? + 1;
                tx.set_setting("first", &next.to_string())?;
                tx.set_setting("padding", &"x".repeat(20_000))?;
                tx.set_setting("second", &next.to_string())?;
                Ok(next)
            });
            let number = written.await.unwrap().value;
            // The parent may be gone; then this process is about to be killed anyway.
            if writeln!(std::io::stdout(), "\nsaved {number}").is_err() {
                return;
            }
        }
    });
}

fn number(db: &cb_store::Db, key: &str) -> Result<u64, StoreError> {
    Ok(db.settings().get(key)?.and_then(|text| text.parse().ok()).unwrap_or(0))
}
