//! The shelf of backups beside a book: their names, the list, what is kept (D6), and the plain file next to each, so
//! that a backup can be opened on another computer with the recovery code or the passphrase.

use crate::backup::{BACKUPS, sync_folder};
use crate::{Result, Sidecar};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Newest backups that are kept, whatever their day.
const NEWEST: usize = 10;
/// Days of which the newest backup is kept.
const DAYS: usize = 14;
/// Backups made before a migration that are kept; they are not counted among the others.
const MIGRATIONS: usize = 3;
/// How the time stands in a name.
const STAMP: &str = "%Y%m%dT%H%M%SZ";

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BackupReason {
    /// The first of a day.
    Daily,
    /// An order was verified.
    Order,
    /// The person asked for it.
    Manual,
    /// The schema was about to be raised.
    Migration,
}

impl BackupReason {
    const ALL: [Self; 3] = [Self::Daily, Self::Order, Self::Manual];

    fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Order => "order",
            Self::Manual => "manual",
            Self::Migration => "before-migration",
        }
    }
}

/// A backup on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// Name of the file within the shelf.
    pub name: String,
    /// When it was made, as its name says; the file's own time where the name says none.
    pub made_at: Timestamp,
    /// Why.
    pub reason: BackupReason,
    /// Bytes.
    pub size: u64,
}

/// Where the backups of a book lie.
pub(crate) fn shelf(folder: &Path) -> PathBuf {
    folder.join(BACKUPS)
}

/// A name that no backup has.
pub(crate) fn free_place(folder: &Path, reason: BackupReason, now: Timestamp) -> PathBuf {
    let stem = format!("{}-{}", now.strftime(STAMP), reason.word());
    let names = std::iter::once(format!("{stem}.db")).chain((2_u32..).map(|n| format!("{stem}-{n}.db")));
    let mut places = names.map(|name| shelf(folder).join(name));
    places.find(|place| !place.exists()).unwrap_or_else(|| shelf(folder).join(stem))
}

/// All backups, newest first. A shelf that is not there is empty.
pub(crate) fn list(folder: &Path) -> Result<Vec<BackupFile>> {
    let entries = match fs::read_dir(shelf(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut found: Vec<BackupFile> = entries.flatten().filter_map(|entry| look(&entry.path())).collect();
    found.sort_by(|a, b| b.made_at.cmp(&a.made_at).then_with(|| b.name.cmp(&a.name)));
    Ok(found)
}

/// One file, if it is a backup by its name.
pub(crate) fn look(path: &Path) -> Option<BackupFile> {
    let name = path.file_name()?.to_str()?.to_owned();
    let stem = name.strip_suffix(".db")?;
    let about = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let written = about.modified().ok().and_then(|at| Timestamp::try_from(at).ok()).unwrap_or(Timestamp::UNIX_EPOCH);
    let (made_at, reason) = read_name(stem).unwrap_or_else(|| {
        let migration = stem.starts_with(BackupReason::Migration.word());
        (written, if migration { BackupReason::Migration } else { BackupReason::Manual })
    });
    Some(BackupFile { name, made_at, reason, size: about.len() })
}

fn read_name(stem: &str) -> Option<(Timestamp, BackupReason)> {
    let (stamp, word) = stem.split_once('-')?;
    let reason = BackupReason::ALL.into_iter().find(|reason| word.starts_with(reason.word()))?;
    let at = jiff::civil::DateTime::strptime(STAMP, stamp).ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some((at.timestamp(), reason))
}

/// Files of a backup that a power cut ended; they never had a name of their own.
const UNFINISHED: [&str; 2] = [".db.copy", ".db.new"];

/// Removes what need not be kept: unfinished files, and all but the 10 newest and the newest of each of 14 days (D6).
pub(crate) fn prune(folder: &Path, zone: &TimeZone) -> Result<usize> {
    for entry in fs::read_dir(shelf(folder)).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(|name| UNFINISHED.iter().any(|ending| name.ends_with(ending))) {
            fs::remove_file(entry.path())?;
        }
    }
    let gone = superfluous(&list(folder)?, zone);
    for name in &gone {
        let file = shelf(folder).join(name);
        fs::remove_file(&file)?;
        // Its plain file is of no use without it; one that was never written is not missed.
        let _ = fs::remove_file(plain_of(&file));
    }
    if !gone.is_empty() {
        sync_folder(&shelf(folder))?;
    }
    Ok(gone.len())
}

/// Names that may go, of a list that is newest first.
fn superfluous(newest_first: &[BackupFile], zone: &TimeZone) -> Vec<String> {
    let (migrations, others): (Vec<_>, Vec<_>) =
        newest_first.iter().partition(|file| file.reason == BackupReason::Migration);
    let mut days: BTreeSet<Date> = BTreeSet::new();
    let mut gone: Vec<String> = migrations.into_iter().skip(MIGRATIONS).map(|file| file.name.clone()).collect();
    for (at, file) in others.into_iter().enumerate() {
        let first_of_its_day = days.insert(file.made_at.to_zoned(zone.clone()).date()) && days.len() <= DAYS;
        if at >= NEWEST && !first_of_its_day {
            gone.push(file.name.clone());
        }
    }
    gone
}

/// The plain file that belongs to a backup.
pub(crate) fn plain_of(backup: &Path) -> PathBuf {
    backup.with_extension("json")
}

/// Puts the book's plain file beside a backup, so that its key can be brought back elsewhere.
pub(crate) fn put_plain(folder: &Path, backup: &Path) -> Result<()> {
    match Sidecar::read(folder)? {
        Some(plain) => plain.save_as(&plain_of(backup)),
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test shall stop here")]
mod tests {
    use super::*;

    fn file(at: &str, reason: BackupReason) -> BackupFile {
        let made_at: Timestamp = at.parse().unwrap();
        let name = format!("{}-{}.db", made_at.strftime(STAMP), reason.word());
        BackupFile { name, made_at, reason, size: 1 }
    }

    #[test]
    fn a_name_says_when_and_why() {
        let folder = tempfile::tempdir().unwrap();
        let now: Timestamp = "2026-11-22T21:15:00Z".parse().unwrap();
        fs::create_dir_all(shelf(folder.path())).unwrap();
        for reason in BackupReason::ALL {
            for _ in 0..2 {
                fs::write(free_place(folder.path(), reason, now), "x").unwrap();
            }
        }
        fs::write(shelf(folder.path()).join("before-migration-from-2.db"), "xy").unwrap();
        fs::write(shelf(folder.path()).join("20261122T211500Z-daily.json"), "{}").unwrap();
        let found = list(folder.path()).unwrap();
        assert_eq!(found.len(), 7, "{found:?}");
        for reason in BackupReason::ALL {
            assert_eq!(found.iter().filter(|one| one.reason == reason && one.made_at == now).count(), 2, "{reason:?}");
        }
        assert!(found.iter().any(|one| one.reason == BackupReason::Migration && one.size == 2));
    }

    #[test]
    fn d6_the_ten_newest_and_fourteen_days_are_kept() {
        // Twenty days with three backups each, newest first.
        let mut all = Vec::new();
        for day in (1..=20).rev() {
            for hour in ["18", "12", "06"] {
                all.push(file(&format!("2026-11-{day:02}T{hour}:00:00Z"), BackupReason::Order));
            }
        }
        let gone = superfluous(&all, &TimeZone::UTC);
        let kept: Vec<_> = all.iter().filter(|one| !gone.contains(&one.name)).collect();
        assert!(all[..10].iter().all(|one| kept.contains(&one)), "the ten newest stay");
        let days: BTreeSet<Date> = kept.iter().map(|one| one.made_at.to_zoned(TimeZone::UTC).date()).collect();
        assert_eq!(days.len(), 14, "fourteen days stay");
        // Ten newest (days 20, 19, 18 and the evening of 17), and the evenings of the ten days before.
        assert_eq!(kept.len(), 20);
        assert!(kept[10..].iter().all(|one| one.name.contains("T180000Z")), "of an older day the newest stays");
    }

    #[test]
    fn a_backup_from_before_a_migration_is_not_pushed_out_by_a_busy_day() {
        let mut all: Vec<_> =
            (10..50).rev().map(|minute| file(&format!("2026-11-20T12:{minute}:00Z"), BackupReason::Order)).collect();
        all.push(file("2026-01-01T00:00:00Z", BackupReason::Migration));
        let gone = superfluous(&all, &TimeZone::UTC);
        assert!(!gone.contains(&all[40].name));
        assert_eq!(gone.len(), 30);
    }

    #[test]
    fn few_are_all_kept() {
        let all =
            [file("2026-11-20T12:00:00Z", BackupReason::Daily), file("2026-11-19T12:00:00Z", BackupReason::Manual)];
        assert!(superfluous(&all, &TimeZone::UTC).is_empty());
    }
}
