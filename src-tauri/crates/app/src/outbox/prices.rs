//! What an order was approved at and what it costs now (N7): shown before *Approve again*, and named by a hash so that
//! what was seen is what is approved.

use super::rows::cart_of;
use crate::views::{LineState, OperationLine, PriceChange};
use cb_domain::freeze::payload_hash;
use cb_domain::money::Money;
use cb_domain::operation::{Operation, OperationPayload, OrderLine};
use cb_store::{Db, StoreError};
use cb_sync::compare::order_of;
use sha2::{Digest, Sha256};

/// Segments in which a product may be listed.
const SEGMENTS: [&str; 4] = ["commercial", "education", "government", "nonprofit"];

/// The person approves what the book now says it costs.
pub(super) fn of_today(db: &Db, operation: &mut Operation) -> Result<(), StoreError> {
    let country = country_of(db, operation)?;
    let OperationPayload::CreateCart(cart) = &mut operation.payload else { return Ok(()) };
    for line in &mut cart.lines {
        if let Some(price) = of_line(db, &country, line)? {
            line.term_price = Some(price);
        }
    }
    operation.payload_hash = payload_hash(&operation.payload)?;
    Ok(())
}

/// Names what *Approve again* would approve: the operation's revision and each line at today's price.
pub(super) fn approval(db: &Db, operation: &Operation) -> Result<String, StoreError> {
    let mut hasher = Sha256::new();
    hasher.update(operation.payload_hash.as_bytes());
    hasher.update(operation.revision.to_be_bytes());
    let country = country_of(db, operation)?;
    for line in cart_of(db, operation)?.iter().flat_map(|cart| &cart.lines) {
        let price = of_line(db, &country, line)?.or_else(|| line.term_price.clone());
        hasher.update(serde_json::to_vec(&price)?);
    }
    Ok(hex::encode(hasher.finalize()))
}

fn country_of(db: &Db, operation: &Operation) -> Result<String, StoreError> {
    Ok(db.customers().get(operation.customer_id)?.map(|customer| customer.country).unwrap_or_default())
}

pub(crate) fn of_line(db: &Db, country: &str, line: &OrderLine) -> Result<Option<Money>, StoreError> {
    for segment in SEGMENTS {
        let Some(offer) = db.offers().get(country, segment, &line.sku)? else { continue };
        let plan = offer.plans.into_iter().find(|plan| plan.term == line.term && plan.cycle == line.cycle);
        if let Some(price) = plan.and_then(|plan| plan.term_price) {
            return Ok(Some(price));
        }
    }
    Ok(None)
}

/// Whole price of a line, in minor units.
fn whole(price: Option<&Money>, quantity: u32) -> Option<i64> {
    price.map(|price| price.minor.saturating_mul(i64::from(quantity)))
}

#[allow(clippy::cast_precision_loss, reason = "amounts are far below 2^53 cents")]
fn major(minor: i64) -> f64 {
    minor as f64 / 100.0
}

/// The order line by line with what became of each, and the totals where they are not what was approved.
pub(super) fn lines(
    db: &Db,
    operation: &Operation,
    show_prices: bool,
) -> Result<(Vec<OperationLine>, Option<PriceChange>), StoreError> {
    let chain = db.operations().of_onboarding(operation.onboarding_id)?;
    let Some(order) = order_of(&chain, operation) else { return Ok((Vec::new(), None)) };
    let outcomes = order.checkout.map(|checkout| checkout.result.lines.clone()).unwrap_or_default();
    let country = country_of(db, operation)?;
    let mut told = Vec::with_capacity(order.cart.lines.len());
    let (mut then, mut now) = (Some(0_i64), Some(0_i64));
    let mut currency = String::new();
    for line in &order.cart.lines {
        let outcome = outcomes.iter().find(|one| one.number == line.number);
        let is_bought = outcome.is_some_and(|one| one.order_id.is_some());
        let approved = whole(line.term_price.as_ref(), line.quantity);
        let price_now = of_line(db, &country, line)?.or_else(|| line.term_price.clone());
        let today = whole(price_now.as_ref(), line.quantity);
        if let Some(price) = &price_now {
            currency.clone_from(&price.currency.0);
        }
        if !is_bought {
            then = then.zip(approved).map(|(sum, one)| sum.saturating_add(one));
            now = now.zip(today).map(|(sum, one)| sum.saturating_add(one));
        }
        told.push(OperationLine {
            title: line.title.clone(),
            quantity: line.quantity,
            term: crate::lists::words::term(line.term).to_owned(),
            cycle: crate::lists::words::cycle(line.cycle).to_owned(),
            approved_price: approved.map(major),
            price_now: today.map(major),
            state: match outcome {
                None => LineState::Open,
                Some(_) if is_bought => LineState::Bought,
                Some(_) => LineState::Refused,
            },
            code: outcome.map_or(0, |one| one.code),
            reason: outcome
                .filter(|_| !is_bought)
                .and_then(|one| cb_sync::triage::order_code(one.code))
                .map(crate::lists::words::attention),
        });
    }
    let change = PriceChange { approved: then.map(major), now: now.map(major), currency };
    Ok((told, show_prices.then_some(change)))
}
