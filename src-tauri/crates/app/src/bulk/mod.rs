//! One change to many customers, chosen in the list: tags, reseller of record, support contact. Whom it is for is
//! settled when it is shown (W2); it then goes on in slices beside everything else, also after the app was closed.

mod run;
#[cfg(test)]
mod tests;

pub(crate) use run::Runner;

use crate::App;
use crate::error::{AppError, AppResult};
use crate::lists::customers::asked;
use crate::views::{BulkChange, BulkKind, BulkSelection, BulkStateView, BulkView};
use cb_domain::fitness::verdict;
use cb_domain::ids::{CustomerId, ResellerId};
use cb_domain::reseller::PartnershipState;
use cb_domain::topic::Topic;
use cb_store::{BulkChoice, BulkState, BulkTask, Db, StoreError};
use jiff::Timestamp;

/// Customers chosen, or left out, one by one.
const MOST_CHOSEN: usize = 5_000;
/// Customers that a preview names.
const NAMED: u32 = 5;
/// Setting: number of the last one whose end was seen.
const SEEN: &str = "bulk.seen";
/// Stands for each one's default support contact.
pub(crate) const DEFAULT: &str = "default";

impl App {
    /// Settles whom a change is for and says what it would do. Nothing is changed yet.
    ///
    /// # Errors
    /// `NotAllowed` while another one is under way, for more than 5,000 chosen or left out one by one, for an empty tag
    /// and for a reseller that can't be it; the store's.
    pub async fn prepare_bulk(&self, selection: BulkSelection, change: BulkChange) -> AppResult<BulkView> {
        let now = self.inner.host.clock.now();
        if selection.ids.len() > MOST_CHOSEN {
            // Never some of what was chosen in silence, and never one that was left out.
            return Err(AppError::NotAllowed);
        }
        let ids = selection.ids.iter().map(|id| id.parse());
        let ids = ids.collect::<Result<Vec<CustomerId>, uuid::Error>>()?;
        let open = self.open_book().await?;
        let trade = open.trade_now(&self.inner.host);
        let choice = if selection.all {
            BulkChoice::Found(Box::new(asked(selection.query, trade)?), ids)
        } else {
            BulkChoice::These(ids)
        };
        let change = tidy(change);
        let what = serde_json::to_string(&change)?;
        let written = open
            .book
            .write(move |tx| {
                if !allowed(tx, &change, now)? {
                    return Ok(None);
                }
                let Some(task) = tx.prepare_bulk(&choice, &what, now)? else { return Ok(None) };
                view(tx, task).map(Some)
            })
            .await?;
        self.publish(&written.topics);
        written.value.flatten().ok_or(AppError::NotAllowed)
    }

    /// Starts what was prepared under this number.
    ///
    /// # Errors
    /// `ReviewChanged` when something else was prepared meanwhile; the store's.
    pub async fn start_bulk(&self, number: i32) -> AppResult<()> {
        let open = self.open_book().await?;
        let work = move |tx: &cb_store::Tx| tx.turn_bulk(i64::from(number), BulkState::Prepared, BulkState::Running);
        let written = open.book.write(work).await?;
        if !written.value {
            return Err(AppError::ReviewChanged);
        }
        self.publish(&written.topics);
        Runner::wake(self, &open);
        Ok(())
    }

    /// Ends what is under way; what it has done stays done. Of one that has ended, nothing is told any more.
    ///
    /// # Errors
    /// The store's.
    pub async fn stop_bulk(&self, number: i32) -> AppResult<()> {
        let open = self.open_book().await?;
        let work = move |tx: &cb_store::Tx| {
            let stopped = tx.turn_bulk(i64::from(number), BulkState::Running, BulkState::Stopped)?;
            // A number that names nothing is nothing that was seen.
            if !stopped && tx.bulk().current()?.is_some_and(|task| task.number == i64::from(number)) {
                tx.set_setting(SEEN, &number.to_string())?;
                tx.touch(Topic::Bulk);
            }
            Ok(())
        };
        let written = open.book.write(work).await?;
        self.publish(&written.topics);
        Ok(())
    }

    /// The newest one that was started, while it runs or until it was seen; `None` otherwise.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn bulk(&self) -> AppResult<Option<BulkView>> {
        let open = self.open_book().await?;
        let waits = open.bulk.waits();
        let found = open.book.read(|db| match db.bulk().current()? {
            Some(task) if task.state != BulkState::Prepared && !seen(db, &task)? => view(db, task),
            Some(_) | None => Ok(None),
        });
        let found: Option<BulkView> = found.await?;
        Ok(found.map(|view| BulkView { waits: waits && view.state == BulkStateView::Running, ..view }))
    }
}

/// Somebody has seen how it ended.
fn seen(db: &Db, task: &BulkTask) -> Result<bool, StoreError> {
    let last = db.settings().get(SEEN)?;
    Ok(task.state != BulkState::Running && last == Some(task.number.to_string()))
}

/// As it is kept and compared.
fn tidy(change: BulkChange) -> BulkChange {
    match change.kind {
        BulkKind::AddTag | BulkKind::RemoveTag => BulkChange { value: crate::customer::tag(&change.value), ..change },
        BulkKind::ResellerOfRecord | BulkKind::SupportContact => change,
    }
}

/// Whether it can be done at all, asked before it is shown; each slice asks again.
fn allowed(db: &Db, change: &BulkChange, now: Timestamp) -> Result<bool, StoreError> {
    let reseller = || -> Result<_, StoreError> {
        let Ok(id) = change.value.parse::<ResellerId>() else { return Ok(None) };
        db.resellers().get(id)
    };
    Ok(match change.kind {
        BulkKind::AddTag | BulkKind::RemoveTag => !change.value.is_empty(),
        BulkKind::ResellerOfRecord => {
            reseller()?.is_some_and(|one| !verdict(&one, now).is_not_fit() && one.partner_id.is_some())
        }
        BulkKind::SupportContact if change.value.is_empty() || change.value == DEFAULT => true,
        BulkKind::SupportContact => reseller()?.is_some_and(|one| one.partnership == PartnershipState::Active),
    })
}

fn view(db: &Db, task: BulkTask) -> Result<Option<BulkView>, StoreError> {
    // Words of another version of the app: nothing that could be shown or gone on with.
    let (Ok(change), Ok(number)) = (serde_json::from_str::<BulkChange>(&task.what), i32::try_from(task.number)) else {
        return Ok(None);
    };
    let reseller = match change.value.parse::<ResellerId>() {
        Ok(id) => db.resellers().get(id)?,
        Err(_) => None,
    };
    let prepared = task.state == BulkState::Prepared;
    let subscriptions = match change.kind {
        BulkKind::ResellerOfRecord | BulkKind::SupportContact if prepared => db.bulk().subscriptions(task.number)?,
        BulkKind::AddTag | BulkKind::RemoveTag | BulkKind::ResellerOfRecord | BulkKind::SupportContact => 0,
    };
    Ok(Some(BulkView {
        number,
        change,
        name: reseller.map(|one| one.name).unwrap_or_default(),
        state: match task.state {
            BulkState::Prepared => BulkStateView::Prepared,
            BulkState::Running => BulkStateView::Running,
            BulkState::Done => BulkStateView::Done,
            BulkState::Stopped => BulkStateView::Stopped,
        },
        total: task.total,
        gone: task.gone,
        changed: task.changed,
        left_out: task.left_out,
        waits: false,
        subscriptions,
        names: if prepared { db.bulk().first_names(task.number, NAMED)? } else { Vec::new() },
    }))
}
