//! Goes through a change to many: a slice of customers in each transaction, with room for other work in between. A
//! slice notes how far it came in the transaction of the change, so that a crash neither skips nor repeats one.

use crate::error::{AppError, AppResult};
use crate::views::{BulkChange, BulkKind};
use crate::{App, OpenBook};
use cb_domain::ids::{CustomerId, ResellerId, SubscriptionId};
use cb_domain::topic::Topic;
use cb_store::{BulkState, StoreError, Tx};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Customers of a slice: some 20 ms, in which nobody else gets to the book.
const SLICE: u32 = 16;
/// So often the screens are told; each time they read the list anew.
const TOLD: Duration = Duration::from_millis(700);

/// What could not be written is tried again after this long, then after twice as long each time,
const PAUSE: Duration = Duration::from_secs(5);
/// and at least this often.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Whether an open book has somebody who goes on.
#[derive(Default)]
pub(crate) struct Runner {
    awake: AtomicBool,
    /// It could not be written, and is tried again.
    waits: AtomicBool,
}

impl Runner {
    /// It could not be written, and is tried again by itself.
    pub(crate) fn waits(&self) -> bool {
        self.waits.load(Ordering::SeqCst)
    }

    /// Goes on with what is under way, if anything is. Ends with it, or when the book is closed.
    pub(crate) fn wake(app: &App, open: &Arc<OpenBook>) {
        if !open.bulk.awake.swap(true, Ordering::SeqCst) {
            tokio::spawn(run(app.clone(), Arc::downgrade(open)));
        }
    }
}

async fn run(app: App, kept: Weak<OpenBook>) {
    let clock = Arc::clone(&app.inner.host.clock);
    let mut touched: BTreeSet<Topic> = BTreeSet::new();
    let mut told = clock.steady();
    let mut pause = PAUSE;
    while let Some(open) = kept.upgrade() {
        let goes_on = match slice(&app, &open).await {
            Ok((goes_on, topics)) => {
                pause = PAUSE;
                touched.extend(topics);
                if open.bulk.waits.swap(false, Ordering::SeqCst) {
                    touched.insert(Topic::Bulk);
                }
                goes_on
            }
            // The book closes; whoever opens it goes on.
            Err(AppError::Store(StoreError::Closed) | AppError::NoBook) => false,
            Err(error) => {
                tracing::warn!(%error, pause = pause.as_secs(), "a change to many customers waits");
                open.bulk.waits.store(true, Ordering::SeqCst);
                touched.insert(Topic::Bulk);
                app.publish(&std::mem::take(&mut touched));
                // A book that is closed meanwhile is not kept open by this.
                drop(open);
                clock.sleep(pause).await;
                pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
                continue;
            }
        };
        if !goes_on || clock.steady().saturating_sub(told) >= TOLD {
            app.publish(&std::mem::take(&mut touched));
            open.wake();
            told = clock.steady();
        }
        if !goes_on {
            open.bulk.awake.store(false, Ordering::SeqCst);
            // One that was started while this one was ending found it awake.
            if running(&open).await {
                Runner::wake(&app, &open);
            }
            return;
        }
    }
}

/// Something is under way and can go on.
async fn running(open: &OpenBook) -> bool {
    let current = open.book.read(|db| db.bulk().current()).await;
    current.is_ok_and(|task| task.is_some_and(|task| task.state == BulkState::Running && task.gone == 0))
}

/// One slice. Answers whether there is more to go through, and what was touched.
async fn slice(app: &App, open: &OpenBook) -> AppResult<(bool, BTreeSet<Topic>)> {
    let host = app.inner.host.clone();
    let work = move |tx: &Tx| {
        let Some(task) = tx.bulk().current()?.filter(|task| task.state == BulkState::Running) else {
            return Ok(false);
        };
        let members = tx.bulk().next(task.number, SLICE)?;
        let change = serde_json::from_str::<BulkChange>(&task.what);
        let counted = match change {
            Ok(change) if !members.is_empty() => apply(tx, &change, &members, &host)?,
            Ok(_) => Some((0, 0)),
            Err(_) => None,
        };
        let Some((changed, left_out)) = counted else {
            // It can't be done any more, to nobody: a reseller that is no longer fit.
            tx.turn_bulk(task.number, BulkState::Running, BulkState::Stopped)?;
            return Ok(false);
        };
        tx.note_bulk(task.number, &members, changed, left_out)?;
        Ok(tx.bulk().current()?.is_some_and(|task| task.state == BulkState::Running))
    };
    let written = open.book.write(work).await?;
    Ok((written.value, written.topics))
}

/// Changes these; `None` when the change can't be made any more. Counts what was changed and what was left as it is.
fn apply(
    tx: &Tx,
    change: &BulkChange,
    members: &[CustomerId],
    host: &crate::host::Host,
) -> Result<Option<(u32, u32)>, StoreError> {
    match change.kind {
        BulkKind::AddTag | BulkKind::RemoveTag => {
            let on = change.kind == BulkKind::AddTag;
            let mut changed = 0;
            for id in members {
                changed += u32::from(tx.turn_customer_tag(*id, &change.value, on, crate::customer::MOST_TAGS)?);
            }
            Ok(Some((changed, count(members.len()).saturating_sub(changed))))
        }
        BulkKind::ResellerOfRecord => {
            let Ok(to) = change.value.parse::<ResellerId>() else { return Ok(None) };
            crate::reseller::set_record(tx, &subscriptions_of(tx, members)?, to, host)
        }
        BulkKind::SupportContact => {
            crate::subscription::set_support(tx, &subscriptions_of(tx, members)?, &change.value, host)
        }
    }
}

fn subscriptions_of(tx: &Tx, members: &[CustomerId]) -> Result<BTreeSet<SubscriptionId>, StoreError> {
    let mut all = BTreeSet::new();
    for id in members {
        all.extend(tx.subscriptions().of_customer(*id)?.into_iter().map(|one| one.id));
    }
    Ok(all)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
