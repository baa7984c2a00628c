//! Does the chain of the operations' own history hold (S11)? Checked as the journal's is: in slices from where the last
//! check ended, and weekly from the first entry.

use super::watch::{SLICE, is_old};
use crate::OpenBook;
use crate::error::AppResult;
use cb_domain::topic::Topic;
use cb_store::{ChainBreak, Db, Slice, StoreError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Setting: how far it was checked, and where it fails, JSON.
const CHECKED: &str = "checks.history";

/// How far the history was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checked {
    number: i64,
    hash: String,
    whole_at: Option<Timestamp>,
    pub(super) broken: Option<ChainBreak>,
}

/// What the last check found.
pub(super) fn checked(db: &Db) -> Result<Checked, StoreError> {
    // Unreadable is as good as never: it is then checked from the first entry.
    Ok(db.settings().get(CHECKED)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Checks, and keeps what it found; answers with what the screens must read anew.
pub(super) async fn check(open: &OpenBook, now: Timestamp) -> AppResult<BTreeSet<Topic>> {
    let known = open.book.read(checked).await?;
    let continued = run(open, (known.number, known.hash.clone())).await?;
    let seen_here = matches!(continued, Slice::Broken(..));
    let whole = seen_here || known.broken.is_some() || known.whole_at.is_none_or(|at| is_old(at, now));
    let found = match whole {
        false => continued,
        // Where it fails first is told. Cut off at its end, all that is left is right: then where that was seen.
        true => match run(open, (0, String::new())).await? {
            broken @ Slice::Broken(..) => broken,
            Slice::End(..) | Slice::More(..) if seen_here => continued,
            right @ (Slice::End(..) | Slice::More(..)) => right,
        },
    };
    let kept = match found {
        Slice::End(number, hash) | Slice::More(number, hash) => {
            Checked { number, hash, whole_at: if whole { Some(now) } else { known.whole_at }, broken: None }
        }
        Slice::Broken(number, fault, right_until) => {
            tracing::error!(number, ?fault, "the chain of the history does not hold");
            let before = known.broken.as_ref().filter(|one| one.number == number && one.fault == fault);
            let found_at = before.map_or(now, |one| one.found_at);
            Checked { broken: Some(ChainBreak { number, fault, right_until, found_at }), whole_at: Some(now), ..known }
        }
    };
    let written = open
        .book
        .write(move |tx| {
            tx.set_setting(CHECKED, &serde_json::to_string(&kept)?)?;
            tx.touch(Topic::Journal);
            Ok(())
        })
        .await?;
    Ok(written.topics)
}

async fn run(open: &OpenBook, from: (i64, String)) -> AppResult<Slice> {
    let (mut number, mut hash) = from;
    loop {
        let before = hash.clone();
        match open.book.read(move |db| db.events().check_slice(number, &before, SLICE)).await? {
            Slice::More(next, then) => (number, hash) = (next, then),
            done @ (Slice::End(..) | Slice::Broken(..)) => return Ok(done),
        }
        tokio::task::yield_now().await;
    }
}
