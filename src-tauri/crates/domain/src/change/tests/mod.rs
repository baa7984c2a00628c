//! Tables of cases: every action in every state, days and money, effects, comparisons, ends of terms.
#![allow(
    clippy::wildcard_enum_match_arm,
    clippy::type_complexity,
    reason = "a table of cases names what it asks about"
)]

mod actions;
mod closes;
mod days;
mod ends;
mod happens;
mod possible;
mod three;

use super::*;
use crate::money::Currency;
use jiff::Timestamp;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn euros(minor: i64) -> Money {
    Money { minor, currency: Currency("EUR".into()) }
}

fn sku(text: &str) -> SkuKey {
    SkuKey { product_id: text.into(), sku_id: "0001".into() }
}

/// Forty licences for a year, billed monthly, in the middle of their term: bought on 12 March 2026, six of them on 17
/// November at 18:40 UTC, so that they can go back until the 24th.
fn standing() -> Standing {
    Standing {
        commerce: CommerceKind::New,
        values: Values {
            sku: sku("CFQ7TTC0LDPB"),
            quantity: 40,
            term: Term::P1Y,
            cycle: BillingCycle::Monthly,
            status: SubscriptionStatus::Active,
            auto_renew: true,
            end: EndInstruction::None,
            next_term: None,
        },
        confirmed_quantity: 40,
        trial: false,
        started_at: Some(at("2026-03-12T09:05:00Z")),
        ends_at: Some(at("2027-03-11T23:59:59Z")),
        cancellable_until: None,
        batches: vec![Batch { quantity: 6, until: at("2026-11-24T18:40:00Z") }],
        minimum: 1,
        maximum: 300,
        has_target: true,
        upgrade_waits: false,
        change_waits: false,
        under_review: false,
        prices: Prices { unit: Some(euros(1221)), monthly_term: Some(euros(1465)), target: Some(euros(2060)) },
        now: at("2026-11-24T09:40:00Z"),
    }
}

fn planned() -> NextTerm {
    NextTerm { sku: sku("CFQ7TTC0LDPB"), quantity: 50, term: Term::P1Y, cycle: BillingCycle::Monthly }
}
