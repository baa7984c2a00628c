//! What becomes of a subscription: terms end and renew, windows close, plans come true, the paid extension goes on month
//! by month. Worked out for the moment of the question and written when something is changed, so a practice book stays
//! believable for months, and a clock that is moved ahead finds everything as it would have become.

use crate::SandboxError;
use crate::http::Stop;
use crate::sandbox::SubscriptionEvent;
use crate::state::subscriptions::{self as table, Subscription};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How long new licences and new terms can be given back.
const WINDOW: SignedDuration = SignedDuration::from_hours(168);
/// A term bought from then on, ending from then on, rolls into the paid extension unless told otherwise.
const EXTENSION: (Date, Date) = (date(2025, 4, 1), date(2026, 5, 4));

/// Licences bought together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Batch {
    pub(super) quantity: u32,
    /// Unix seconds.
    pub(super) bought: i64,
}

impl Batch {
    /// They can go back until then.
    pub(super) fn until(&self) -> Timestamp {
        let bought = Timestamp::from_second(self.bought).unwrap_or(Timestamp::UNIX_EPOCH);
        bought.checked_add(WINDOW).unwrap_or(bought)
    }
}

/// What is kept beside the row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Life {
    /// First day from which terms of the present length are counted.
    pub(super) anchor: Date,
    /// Terms of that length that have passed.
    pub(super) terms: i32,
    /// Start of the term that runs, Unix seconds.
    pub(super) term_from: i64,
    /// Licences that can go back.
    pub(super) batches: Vec<Batch>,
    /// Planned for the renewal, as it was sent.
    pub(super) next: Option<Value>,
    /// What is said about an end without renewal: `cancel`, `extend`, or nothing.
    pub(super) end: String,
    /// In the paid extension.
    pub(super) extended: bool,
    /// Changes so far: the tag of an older subscription.
    pub(super) changes: u32,
}

fn months_of(text: &str) -> Option<i32> {
    match text {
        "P1M" | "monthly" => Some(1),
        "P1Y" | "annual" => Some(12),
        "P3Y" | "triennial" => Some(36),
        _ => None,
    }
}

fn add_months(start: Date, months: i32) -> Result<Date, jiff::Error> {
    start.checked_add(Span::new().try_months(months)?)
}

/// First multiple of `months` after `start` that lies beyond `today`, counted from the start: adding to 28 February would
/// lose the 31st for good.
fn next_after(start: Date, months: i32, today: Date) -> Result<Date, jiff::Error> {
    let mut times = 1;
    loop {
        let end = add_months(start, months.saturating_mul(times))?;
        if end > today {
            return Ok(end);
        }
        times += 1;
    }
}

impl Life {
    fn of(subscription: &Subscription) -> Result<Self, Stop> {
        if let Some(text) = &subscription.life {
            return Ok(serde_json::from_str(text).map_err(SandboxError::from)?);
        }
        let created = Timestamp::from_second(subscription.created_at)?;
        Ok(Self {
            anchor: created.to_zoned(TimeZone::UTC).date(),
            terms: 0,
            term_from: subscription.created_at,
            batches: vec![Batch { quantity: subscription.quantity, bought: subscription.created_at }],
            next: None,
            end: String::new(),
            extended: false,
            changes: 0,
        })
    }

    /// First day after the term.
    pub(super) fn ends(&self, subscription: &Subscription) -> Result<Date, jiff::Error> {
        let months = months_of(&subscription.term).unwrap_or(12);
        add_months(self.anchor, months.saturating_mul(self.terms.saturating_add(1)))
    }

    /// First day of the next billing period.
    pub(super) fn next_bill(&self, subscription: &Subscription, now: Timestamp) -> Result<Option<Date>, jiff::Error> {
        let today = now.to_zoned(TimeZone::UTC).date();
        match months_of(&subscription.cycle) {
            Some(months) if self.ends(subscription)? > today => Ok(Some(next_after(self.anchor, months, today)?)),
            Some(_) | None => Ok(None),
        }
    }

    /// The whole of it can be cancelled until then, window open or not.
    pub(super) fn cancellable_until(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.term_from).ok()?.checked_add(WINDOW).ok()
    }

    /// Licences that can still go back, oldest first.
    pub(super) fn open_batches(&self, now: Timestamp) -> Vec<Batch> {
        self.batches.iter().filter(|one| one.quantity > 0 && one.until() > now).cloned().collect()
    }

    /// Takes so many licences out of the newest batches; `false` when too few can go back.
    pub(super) fn take_back(&mut self, licences: u32, now: Timestamp) -> bool {
        let open: u32 = self.open_batches(now).iter().map(|one| one.quantity).sum();
        if open < licences {
            return false;
        }
        let mut left = licences;
        for batch in self.batches.iter_mut().rev().filter(|one| one.until() > now) {
            let taken = left.min(batch.quantity);
            batch.quantity -= taken;
            left -= taken;
        }
        true
    }

    fn extends(&self, subscription: &Subscription, end: Date) -> bool {
        let from = Timestamp::from_second(self.term_from).map(|at| at.to_zoned(TimeZone::UTC).date());
        let can = !subscription.sku.is_empty()
            && !subscription.trial
            && from.is_ok_and(|from| from >= EXTENSION.0)
            && end >= EXTENSION.1;
        match self.end.as_str() {
            "cancel" => false,
            "extend" => true,
            _ => can || self.extended,
        }
    }
}

/// The row and its life as they have become by then.
pub(super) fn settled(subscription: &Subscription, now: Timestamp) -> Result<(Subscription, Life), Stop> {
    let mut row = subscription.clone();
    let mut life = Life::of(subscription)?;
    let today = now.to_zoned(TimeZone::UTC).date();
    loop {
        let end = life.ends(&row)?;
        if end > today || row.status == "deleted" || row.status == "expired" {
            return Ok((row, life));
        }
        if row.auto_renew && row.status != "suspended" {
            renew(&mut row, &mut life, end)?;
        } else if life.extends(&row, end) && row.status == "active" {
            if !life.extended {
                (row.term, row.cycle) = ("P1M".to_owned(), "monthly".to_owned());
                (life.anchor, life.terms) = (end, -1);
            }
            life.extended = true;
            life.terms += 1;
            life.term_from = start_of(end)?;
            life.batches.clear();
        } else {
            "expired".clone_into(&mut row.status);
        }
    }
}

fn start_of(day: Date) -> Result<i64, jiff::Error> {
    Ok(day.to_zoned(TimeZone::UTC)?.timestamp().as_second())
}

/// A new term, with what was planned for it.
fn renew(row: &mut Subscription, life: &mut Life, end: Date) -> Result<(), Stop> {
    life.terms += 1;
    if let Some(next) = life.next.take() {
        let text = |path: &str| next.pointer(path).and_then(Value::as_str).map(str::to_owned);
        if let (Some(product), Some(sku)) = (text("/product/productId"), text("/product/skuId")) {
            row.sku = format!("{product}:{sku}");
            let availability = text("/product/availabilityId").unwrap_or_default();
            row.offer_id = format!("{product}:{sku}:{availability}");
            if let Some(title) = text("/product/title") {
                row.name = title;
            }
        }
        if let Some(term) = text("/product/termDuration").filter(|term| *term != row.term) {
            row.term = term;
            (life.anchor, life.terms) = (end, 0);
        }
        row.cycle = text("/product/billingCycle").unwrap_or_else(|| row.cycle.clone());
        let quantity = next.get("quantity").and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
        row.quantity = quantity.unwrap_or(row.quantity);
    }
    life.term_from = start_of(end)?;
    life.batches = vec![Batch { quantity: row.quantity, bought: life.term_from }];
    life.end.clear();
    Ok(())
}

/// Writes both.
pub(super) fn keep(db: &Connection, row: &Subscription, life: &Life) -> Result<(), SandboxError> {
    let mut life = life.clone();
    life.changes = life.changes.saturating_add(1);
    table::update(db, &Subscription { life: Some(serde_json::to_string(&life)?), ..row.clone() })
}

/// Somebody changes it, past the app.
pub(crate) fn happens(
    db: &Connection,
    id: &str,
    event: SubscriptionEvent,
    now: Timestamp,
) -> Result<bool, SandboxError> {
    let Some(found) = table::by_id(db, id)? else { return Ok(false) };
    let Ok((mut row, mut life)) = settled(&found, now) else { return Ok(false) };
    match event {
        SubscriptionEvent::MoreLicences => {
            row.quantity = row.quantity.saturating_add(3);
            life.batches.push(Batch { quantity: 3, bought: now.as_second() });
            life.next = None;
        }
        SubscriptionEvent::AutoRenewFlipped => {
            row.auto_renew = !row.auto_renew;
            life.next = None;
        }
        SubscriptionEvent::SupportContactNamed => return super::provisioning::named_elsewhere(db, &row, now),
        SubscriptionEvent::RenewalPlanned => {
            row.auto_renew = true;
            life.next = Some(json!({ "quantity": row.quantity.saturating_add(5), "product": {
                "productId": row.sku.split(':').next(), "skuId": row.sku.split(':').nth(1),
                "availabilityId": row.offer_id.split(':').nth(2), "termDuration": row.term, "billingCycle": row.cycle,
            }}));
        }
    }
    keep(db, &row, &life)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bought(day: &str) -> Subscription {
        let at: Timestamp = format!("{day}T10:00:00Z").parse().unwrap();
        Subscription {
            id: "s".into(),
            customer_id: "c".into(),
            order_id: "o".into(),
            offer_id: "P:0001:A".into(),
            sku: "P:0001".into(),
            name: "Suite".into(),
            country: "DE".into(),
            quantity: 40,
            term: "P1Y".into(),
            cycle: "monthly".into(),
            status: "active".into(),
            auto_renew: true,
            trial: false,
            partner_id: None,
            created_at: at.as_second(),
            visible_at: at.as_second(),
            life: None,
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn with(row: &Subscription, life: &Life) -> Subscription {
        Subscription { life: Some(serde_json::to_string(life).unwrap()), ..row.clone() }
    }

    #[test]
    fn terms_keep_their_day_of_the_month() {
        let start = date(2026, 1, 31);
        let next = |today| next_after(start, 1, today).unwrap();
        assert_eq!(next(date(2026, 2, 10)), date(2026, 2, 28));
        assert_eq!(next(date(2026, 2, 28)), date(2026, 3, 31), "the end day belongs to the next period");
    }

    #[test]
    fn a_renewed_term_has_a_window_of_its_own() {
        let (row, life) = settled(&bought("2025-03-12"), at("2026-03-14T00:00:00Z")).unwrap();
        assert_eq!((row.status.as_str(), life.ends(&row).unwrap()), ("active", date(2027, 3, 12)));
        assert_eq!(life.open_batches(at("2026-03-14T00:00:00Z"))[0].quantity, 40);
        assert_eq!(life.cancellable_until(), Some(at("2026-03-19T00:00:00Z")));
        assert!(life.open_batches(at("2026-03-19T00:00:00Z")).is_empty(), "closed at that second");
    }

    #[test]
    fn what_is_planned_comes_true_at_the_renewal() {
        let mut row = bought("2026-01-31");
        let mut life = Life::of(&row).unwrap();
        life.next = Some(json!({"quantity": 50, "product": {"productId": "Q", "skuId": "0002", "availabilityId": "B",
            "termDuration": "P3Y", "billingCycle": "annual"}}));
        row = with(&row, &life);
        let (row, life) = settled(&row, at("2027-01-31T00:00:00Z")).unwrap();
        assert_eq!(
            (row.quantity, row.sku.as_str(), row.term.as_str(), row.cycle.as_str()),
            (50, "Q:0002", "P3Y", "annual")
        );
        assert_eq!((life.ends(&row).unwrap(), life.next.clone()), (date(2030, 1, 31), None));
    }

    #[test]
    fn without_renewal_it_extends_ends_or_keeps_its_grace() {
        for (bought_on, end, when, status, term) in [
            ("2025-12-01", "", "2026-12-02T00:00:00Z", "active", "P1M"),
            ("2025-12-01", "extend", "2027-02-15T00:00:00Z", "active", "P1M"),
            ("2025-12-01", "cancel", "2026-12-02T00:00:00Z", "expired", "P1Y"),
            ("2025-03-01", "", "2026-03-02T00:00:00Z", "expired", "P1Y"),
            ("2025-12-01", "", "2026-11-30T00:00:00Z", "active", "P1Y"),
        ] {
            let mut row = bought(bought_on);
            row.auto_renew = false;
            let mut life = Life::of(&row).unwrap();
            end.clone_into(&mut life.end);
            let (row, _) = settled(&with(&row, &life), at(when)).unwrap();
            assert_eq!((row.status.as_str(), row.term.as_str()), (status, term), "{bought_on} {end} {when}");
        }
    }

    #[test]
    fn licences_go_back_from_the_newest_batch_while_its_window_is_open() {
        let row = bought("2026-11-01");
        let mut life = Life::of(&row).unwrap();
        life.batches.push(Batch { quantity: 6, bought: at("2026-11-17T18:40:00Z").as_second() });
        let mut later = life.clone();
        assert!(life.take_back(6, at("2026-11-24T18:39:59Z")));
        assert!(!life.take_back(1, at("2026-11-24T18:39:59Z")), "none are left in the window");
        assert!(!later.take_back(1, at("2026-11-24T18:40:00Z")), "the window has closed");
    }
}
