//! The journal as the screens see it. The store appends it with each change (`cb_store`, `table/journal.rs`); here it is
//! listed, exported, and its chain watched over.

mod convert;
mod export;
mod history;
#[cfg(test)]
mod tests;
mod watch;

pub(crate) use watch::Watcher;

use crate::App;
use crate::error::AppResult;
use crate::views::{JournalCheckView, JournalFilter, JournalPage};
use cb_domain::ids::{CustomerId, ResellerId};
use cb_store::{Db, JournalQuery, StoreError};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Entries of a page.
const PAGE: u32 = 60;

impl App {
    /// A page of the journal, newest first; `below` is where the page before ended.
    ///
    /// # Errors
    /// `NoBook`, `NotFound` for a text that is no id, or the store's.
    pub async fn journal(&self, filter: JournalFilter, below: Option<u32>) -> AppResult<JournalPage> {
        let open = self.open_book().await?;
        let zone = self.inner.host.clock.time_zone();
        let query = JournalQuery { below: below.map(i64::from), limit: PAGE, ..query(&filter, &zone)? };
        Ok(open.book.read(move |db| page(db, &query)).await?)
    }

    /// Whether the chain of the journal holds, as last checked.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn journal_check(&self) -> AppResult<JournalCheckView> {
        let open = self.open_book().await?;
        let check = open.book.read(|db| db.journal().check()).await?;
        let history = open.book.read(history::checked).await?;
        let damaged = open.book.read(|db| db.settings().get(watch::DAMAGED)).await?;
        Ok(JournalCheckView {
            checked_at: check.checked_at.map(|at| at.to_string()),
            broken: check.broken.as_ref().map(convert::broken),
            history: history.broken.as_ref().map(convert::broken),
            damaged: damaged.is_some_and(|text| !text.is_empty()),
        })
    }
}

/// What the person asked for, in the store's words. Days are theirs: from its first moment to the last one.
fn query(filter: &JournalFilter, zone: &TimeZone) -> AppResult<JournalQuery> {
    let customer_id: Option<CustomerId> = given(&filter.customer_id)?;
    let reseller_id: Option<ResellerId> = given(&filter.reseller_id)?;
    let last = filter.to.parse::<Date>().ok().and_then(|day| day.checked_add(1.day()).ok());
    Ok(JournalQuery {
        customer_id,
        reseller_id,
        areas: filter.areas.iter().map(|area| convert::to_area(*area)).collect(),
        from: filter.from.parse::<Date>().ok().and_then(|day| begins(day, zone)),
        to: last.and_then(|day| begins(day, zone)),
        search: filter.search.clone(),
        ..JournalQuery::default()
    })
}

fn given<T: std::str::FromStr<Err = uuid::Error>>(text: &str) -> Result<Option<T>, uuid::Error> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

fn begins(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned(zone.clone()).ok().map(|begin| begin.timestamp())
}

fn page(db: &Db, query: &JournalQuery) -> Result<JournalPage, StoreError> {
    let found = db.journal().page(query)?;
    let full = found.len() == usize::try_from(query.limit).unwrap_or(usize::MAX);
    let next = found.last().filter(|last| full && last.number > 1).and_then(|last| u32::try_from(last.number).ok());
    let total = u32::try_from(db.journal().count()?).unwrap_or(u32::MAX);
    let narrowed = JournalQuery { below: None, limit: 0, ..query.clone() } != JournalQuery::default();
    let of = match (query.customer_id, query.reseller_id) {
        (Some(id), _) => db.customers().get(id)?.map(|customer| customer.name),
        (None, Some(id)) => db.resellers().get(id)?.map(|reseller| reseller.name),
        (None, None) => None,
    };
    Ok(JournalPage {
        rows: found.into_iter().map(|entry| convert::row(db, entry)).collect::<Result<_, _>>()?,
        next,
        matching: if narrowed { db.journal().matching(query)? } else { total },
        total,
        of: of.unwrap_or_default(),
    })
}
