//! Terms that end, and what is decided about them.

use super::convert;
use super::facts::{Known, read};
use crate::App;
use crate::error::AppResult;
use crate::lists::{AS_OF, words};
use crate::views::{EndingList, EndingQuery, EndingRow, TermDefaultView};
use cb_domain::change::{ASK, ASK_RENEWING, default_unless_decided};
use cb_domain::customer::Customer;
use cb_domain::ids::ResellerId;
use cb_domain::subscription::Subscription;
use cb_store::{Db, StoreError};
use jiff::{SignedDuration, Timestamp};

/// Longest look ahead, days.
const MOST_DAYS: u32 = 400;
/// Most rows of a page.
const MOST_ROWS: u32 = 200;

impl App {
    /// Subscriptions whose terms end, soonest first.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn ending_subscriptions(&self, query: EndingQuery) -> AppResult<EndingList> {
        let reseller: Option<ResellerId> =
            if query.reseller_id.is_empty() { None } else { Some(query.reseller_id.parse()?) };
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        Ok(open.book.read(move |db| list(db, &query, reseller, now)).await?)
    }
}

fn asked(now: Timestamp, to: Timestamp) -> cb_store::EndingQuery {
    let after = |wait: SignedDuration| now.checked_add(wait).unwrap_or(now);
    cb_store::EndingQuery {
        from: now,
        to,
        near: after(ASK),
        soon: after(ASK_RENEWING),
        reseller: None,
        only_open: true,
    }
}

fn list(db: &Db, query: &EndingQuery, reseller: Option<ResellerId>, now: Timestamp) -> Result<EndingList, StoreError> {
    let days = i64::from(query.within_days.clamp(1, MOST_DAYS));
    let to = now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(now);
    let asked = cb_store::EndingQuery { reseller, only_open: query.only_open, ..asked(now, to) };
    let after = cursor(&query.after);
    let book = db.subscription_book();
    let (ids, next) = book.ending(&asked, after, query.limit.clamp(1, MOST_ROWS))?;
    let (all, open) = book.ending_count(&asked)?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(known) = read(db, id, now)? {
            rows.extend(row(db, &known)?);
        }
    }
    let next = next.map(|(at, number)| format!("{at} {number}")).unwrap_or_default();
    let listed = if query.only_open { open } else { all };
    let as_of = db.settings().get(AS_OF)?;
    Ok(EndingList {
        rows,
        next,
        matching: listed.count,
        more: listed.more,
        open: open.count,
        more_open: open.more,
        as_of,
    })
}

fn cursor(text: &str) -> Option<(Timestamp, i64)> {
    let (at, number) = text.split_once(' ')?;
    Some((at.parse().ok()?, number.parse().ok()?))
}

fn row(db: &Db, known: &Known) -> Result<Option<EndingRow>, StoreError> {
    let Some(term_end) = convert::term_end(known) else { return Ok(None) };
    let subscription = &known.subscription;
    Ok(Some(EndingRow {
        subscription_id: subscription.id.to_string(),
        customer_id: known.customer.id.to_string(),
        customer_name: known.customer.name.clone(),
        reseller_name: super::support::name(db, subscription.reseller_of_record)?,
        product_name: subscription.product_name.clone(),
        commerce: words::commerce(subscription.commerce),
        quantity: known.standing.values.quantity,
        term: words::term(subscription.term).to_owned(),
        auto_renew: known.standing.values.auto_renew,
        term_end,
    }))
}

/// A term that asks for a decision.
pub(crate) struct Undecided {
    pub(crate) subscription: Subscription,
    pub(crate) customer: Customer,
    /// When it ends.
    pub(crate) at: Timestamp,
    /// What becomes of it if nobody decides.
    pub(crate) default: TermDefaultView,
}

/// Those that ask for a decision now, soonest first, at most so many: Home's list.
pub(crate) fn undecided(db: &Db, now: Timestamp, most: u32) -> Result<Vec<Undecided>, StoreError> {
    let to = now.checked_add(ASK).unwrap_or(now);
    let book = db.subscription_book();
    let (ids, _) = book.ending(&asked(now, to), None, most)?;
    let mut all = Vec::with_capacity(ids.len());
    for (subscription, customer) in book.with_customers(&ids)? {
        let Some(at) = subscription.ends_at else { continue };
        // One that renews by itself needs no more to be known.
        let details = if subscription.auto_renew { None } else { book.details(subscription.id)? };
        let default = default_unless_decided(&subscription, details.as_ref().map(|(details, _)| details));
        all.push(Undecided { subscription, customer, at, default: convert::term_default(default) });
    }
    Ok(all)
}
