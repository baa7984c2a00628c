//! Power cuts (P1, D1): a disk that loses sectors not synced yet, cut at every call, in any combination. What was
//! reported as saved is there afterwards, whole. The same with `synchronous = NORMAL` must lose something: otherwise
//! this test could not find a loss.

use crate::{BookKey, Result, connection};
use cb_disk_fault::{Cut, Memory, register};
use rusqlite::{Connection, OpenFlags};

/// Power cuts with each submission; the long run asks for more with `CHANNELBOOK_POWER_CUTS`.
const CUTS: usize = 20_000;
/// Images at each call of the disk.
const IMAGES: u32 = 2;

fn wanted() -> usize {
    std::env::var("CHANNELBOOK_POWER_CUTS").ok().and_then(|text| text.parse().ok()).unwrap_or(CUTS)
}

fn seed() -> u64 {
    std::env::var("CHANNELBOOK_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

fn key() -> BookKey {
    BookKey::new([5; 32])
}

fn open(vfs: &str, synchronous: &str) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags_and_vfs("/book.db", flags, vfs)?;
    connection::configure(&connection, Some(&key()))?;
    connection.execute_batch(&format!("PRAGMA synchronous = {synchronous}"))?;
    // Checkpoints are where the database file itself is written: often, so that cuts hit them.
    connection.execute_batch("PRAGMA wal_autocheckpoint = 12")?;
    Ok(connection)
}

fn halves(connection: &Connection) -> Result<(i64, i64)> {
    let half = |name| connection.query_row("SELECT n FROM ledger WHERE half = ?1", [name], |row| row.get(0));
    Ok((half("first")?, half("second")?))
}

/// What a power cut did to the book.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Damage {
    runs: usize,
    lost: usize,
    doubled: usize,
}

impl Damage {
    /// Opens what the cut left as the app does, and looks.
    fn look(&mut self, disk: &Memory, vfs: &str, cut: &Cut) {
        disk.replace(&cut.files);
        self.runs += 1;
        let found = open(vfs, "FULL").and_then(|connection| {
            let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
            let both = halves(&connection)?;
            Ok((verdict == "ok").then_some(both))
        });
        match found {
            // Half of a transaction is as bad as none.
            Ok(Some((first, second))) if first == second && first >= cut.reported => {
                self.doubled += usize::from(first > cut.reported + 1);
            }
            Ok(_) | Err(_) => self.lost += 1,
        }
    }
}

fn cut_power(synchronous: &str, cuts: usize) -> Damage {
    let (working, broken) = (format!("working-{synchronous}"), format!("broken-{synchronous}"));
    let disk = Memory::new(seed(), IMAGES);
    register(&working, disk.clone(), false);
    let left = Memory::new(seed(), 0);
    register(&broken, left.clone(), false);
    let mut connection = open(&working, synchronous).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE ledger (half TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL) STRICT;
             CREATE TABLE filler (n INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT;
             INSERT INTO ledger VALUES ('first', 0), ('second', 0);
             PRAGMA wal_checkpoint(TRUNCATE);",
        )
        .unwrap();
    drop(disk.take_cuts());
    let mut damage = Damage::default();
    let mut number = 0_i64;
    while damage.runs < cuts {
        number += 1;
        let tx = connection.transaction().unwrap();
        tx.execute("UPDATE ledger SET n = ?1 WHERE half = 'first'", [number]).unwrap();
        // Several pages in one transaction, so that a half of it can be lost.
        let text = "x".repeat(usize::try_from(number % 7).unwrap() * 700);
        tx.execute("INSERT OR REPLACE INTO filler VALUES (?1, ?2)", (number % 20, text)).unwrap();
        tx.execute("UPDATE ledger SET n = ?1 WHERE half = 'second'", [number]).unwrap();
        tx.commit().unwrap();
        disk.report(number);
        for cut in disk.take_cuts() {
            damage.look(&left, &broken, &cut);
        }
        // A laptop that is closed and opened: the WAL begins anew.
        if number % 37 == 0 {
            drop(connection);
            connection = open(&working, synchronous).unwrap();
        }
    }
    println!(
        "power-cuts-{synchronous} runs={} lost={} doubled={} seed={}",
        damage.runs,
        damage.lost,
        damage.doubled,
        seed()
    );
    damage
}

#[test]
fn p1_d1_no_power_cut_loses_what_was_reported_as_saved() {
    let damage = cut_power("FULL", wanted());
    assert_eq!((damage.lost, damage.doubled), (0, 0), "{damage:?}");
}

/// The seeded bug of this family.
#[test]
fn p1_d1_synchronous_normal_loses_commits_and_is_caught() {
    let damage = cut_power("NORMAL", 2_000);
    assert!(damage.lost > 20, "a disk that loses nothing proves nothing: {damage:?}");
}
