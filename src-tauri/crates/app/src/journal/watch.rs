//! Watches over the journal: its chain is checked in the background from where the last check ended, once a week from
//! the first entry, and then the whole file too (D6). Nobody waits for it, and a break is told, not fatal.

use super::history;
use crate::error::AppResult;
use crate::{App, OpenBook};
use cb_domain::topic::Topic;
use cb_store::{ChainBreak, ChainCheck, Slice, StoreError};
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

/// Setting: when the whole file was last checked, ISO 8601.
const FILE_AT: &str = "checks.file_at";
/// Setting: the whole file was found damaged, and when; empty while it is sound.
pub(super) const DAMAGED: &str = "checks.damaged";
/// After the start: the window comes first.
const FIRST: Duration = Duration::from_secs(5);
/// Between two looks.
const LOOK: Duration = Duration::from_secs(3600);
/// Entries between two looks whether somebody else waits: a few milliseconds.
pub(super) const SLICE: u32 = 250;
/// Slices after which it is kept how far the check came.
const KEEP: u32 = 40;
/// So often everything is checked from its beginning (D6).
const WHOLE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The task of one open book.
#[derive(Default)]
pub(crate) struct Watcher {
    task: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

impl Watcher {
    /// Watches until the book is closed.
    pub(crate) fn watch(app: &App, open: &Arc<OpenBook>) {
        let task = tokio::spawn(watch(app.clone(), Arc::downgrade(open)));
        *open.watcher.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
    }

    /// Stops watching.
    pub(crate) fn stop(&self) {
        if let Some(task) = self.task.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

async fn watch(app: App, open: Weak<OpenBook>) {
    let mut wait = FIRST;
    loop {
        // It decides nothing, so it does not follow the host's clock.
        tokio::time::sleep(wait).await;
        wait = LOOK;
        let Some(open) = open.upgrade() else { return };
        if let Err(error) = look(&app, &open).await {
            tracing::warn!(%error, "the journal could not be checked");
        }
    }
}

/// One look: the chain, and weekly the file.
pub(super) async fn look(app: &App, open: &OpenBook) -> AppResult<()> {
    let now = app.inner.host.clock.now();
    check_chain(app, open, now).await?;
    app.publish(&history::check(open, now).await?);
    let known = open.book.read(|db| db.settings().get(FILE_AT)).await?;
    let last = known.and_then(|text| text.parse::<Timestamp>().ok());
    if last.is_none_or(|at| is_old(at, now)) {
        check_file(app, open, now).await?;
    }
    Ok(())
}

/// Old, or from a future that a wrong clock made.
pub(super) fn is_old(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at) >= WHOLE || at > now
}

async fn check_chain(app: &App, open: &OpenBook, now: Timestamp) -> AppResult<()> {
    let known = open.book.read(|db| db.journal().check()).await?;
    let from_first = known.broken.is_some() || known.whole_at.is_none_or(|at| is_old(at, now));
    let from = if from_first { (0, String::new()) } else { (known.number, known.hash.clone()) };
    let mut found = run(open, from, &known, !from_first).await?;
    let mut whole = from_first;
    if matches!(found, Slice::Broken(..)) && !from_first {
        // Where it fails first is told, not where that was noticed.
        found = run(open, (0, String::new()), &known, false).await?;
        whole = true;
    }
    let kept = match found {
        Slice::End(number, hash) | Slice::More(number, hash) => ChainCheck {
            number,
            hash,
            checked_at: Some(now),
            whole_at: if whole { Some(now) } else { known.whole_at },
            broken: None,
        },
        Slice::Broken(number, fault, right_until) => {
            tracing::error!(number, ?fault, "the chain of the journal does not hold");
            let before = known.broken.as_ref().filter(|one| one.number == number && one.fault == fault);
            let found_at = before.map_or(now, |one| one.found_at);
            let broken = Some(ChainBreak { number, fault, right_until, found_at });
            ChainCheck { checked_at: Some(now), whole_at: Some(now), broken, ..known }
        }
    };
    let written = open.book.write(move |tx| tx.keep_journal_check(&kept)).await?;
    app.publish(&written.topics);
    Ok(())
}

/// Slice after slice, to the end or to the first break. `keep`: how far it came is kept on the way, so that a large
/// book that is closed meanwhile need not begin anew.
async fn run(open: &OpenBook, from: (i64, String), known: &ChainCheck, keep: bool) -> AppResult<Slice> {
    let (mut number, mut hash) = from;
    let mut slices = 0_u32;
    loop {
        let before = hash.clone();
        match open.book.read(move |db| db.journal().check_slice(number, &before, SLICE)).await? {
            Slice::More(next, then) => (number, hash) = (next, then),
            done @ (Slice::End(..) | Slice::Broken(..)) => return Ok(done),
        }
        slices += 1;
        if (keep || known.whole_at.is_none()) && slices.is_multiple_of(KEEP) {
            let so_far = ChainCheck { number, hash: hash.clone(), ..known.clone() };
            open.book.write(move |tx| tx.keep_journal_check(&so_far)).await?;
        }
        tokio::task::yield_now().await;
    }
}

/// The full check works on a copy that is made in slices; reading each page checks its seal on the way.
async fn check_file(app: &App, open: &OpenBook, now: Timestamp) -> AppResult<()> {
    let folder = PathBuf::from(open.workspace().folder);
    let damaged = match open.book.check_whole(&folder).await {
        Ok(()) => false,
        Err(StoreError::BackupUnsound | StoreError::Damaged(_)) => true,
        Err(StoreError::Closed) => return Ok(()),
        // No room for the copy, say: tried again with the next look.
        Err(error) => return Err(error.into()),
    };
    if damaged {
        tracing::error!("the weekly check of the whole book found damage");
    }
    let written = open
        .book
        .write(move |tx| {
            tx.set_setting(FILE_AT, &now.to_string())?;
            tx.set_setting(DAMAGED, &if damaged { now.to_string() } else { String::new() })?;
            tx.touch(Topic::Journal);
            Ok(())
        })
        .await?;
    app.publish(&written.topics);
    Ok(())
}
