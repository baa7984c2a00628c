//! Words of the rules in the words of the screens, one exhaustive match each, and back.

use super::facts::{Known, plan_price};
use crate::lists::words;
use crate::views::{
    ActionBlockView, ChangeEffect, ChangeEffectKind, MoneyView, NextTermView, SubscriptionActionView,
    SubscriptionStatusView, SubscriptionValues, TermDecisionRow, TermDecisionView, TermDefaultView, TermEndView,
};
use cb_domain::catalogue::{BillingCycle, SkuKey, Term};
use cb_domain::change::{
    Action, Block, Decision, DecisionKind, Effect, NextTerm, TermDefault, Values, WINDOW, decisions, default_of,
    extension_price, is_open,
};
use cb_domain::money::Money;
use cb_domain::subscription::SubscriptionStatus;
use cb_store::{Db, StoreError};
use jiff::Timestamp;

#[allow(clippy::cast_precision_loss, reason = "amounts are far below 2^53 cents")]
pub(super) fn money(money: &Money) -> MoneyView {
    MoneyView { amount: money.minor as f64 / 100.0, currency: money.currency.0.clone() }
}

pub(super) fn status(status: SubscriptionStatus) -> SubscriptionStatusView {
    match status {
        SubscriptionStatus::Wanted => SubscriptionStatusView::Wanted,
        SubscriptionStatus::None => SubscriptionStatusView::None,
        SubscriptionStatus::Active => SubscriptionStatusView::Active,
        SubscriptionStatus::Pending => SubscriptionStatusView::Pending,
        SubscriptionStatus::Suspended => SubscriptionStatusView::Suspended,
        SubscriptionStatus::Expired => SubscriptionStatusView::Expired,
        SubscriptionStatus::Disabled => SubscriptionStatusView::Disabled,
        SubscriptionStatus::Deleted => SubscriptionStatusView::Deleted,
    }
}

pub(super) fn action(action: Action) -> SubscriptionActionView {
    match action {
        Action::MoreLicences => SubscriptionActionView::MoreLicences,
        Action::FewerLicences => SubscriptionActionView::FewerLicences,
        Action::Upgrade => SubscriptionActionView::Upgrade,
        Action::AutoRenewOn => SubscriptionActionView::AutoRenewOn,
        Action::AutoRenewOff => SubscriptionActionView::AutoRenewOff,
        Action::ChangeAtRenewal => SubscriptionActionView::ChangeAtRenewal,
        Action::DropChangeAtRenewal => SubscriptionActionView::DropChangeAtRenewal,
        Action::Cancel => SubscriptionActionView::Cancel,
        Action::Suspend => SubscriptionActionView::Suspend,
        Action::Resume => SubscriptionActionView::Resume,
        Action::ResellerOfRecord => SubscriptionActionView::ResellerOfRecord,
        Action::SupportContact => SubscriptionActionView::SupportContact,
        Action::Decide => SubscriptionActionView::Decide,
    }
}

pub(super) fn block(block: Block) -> ActionBlockView {
    match block {
        Block::OrderWaits => ActionBlockView::OrderWaits,
        Block::BeingMade => ActionBlockView::BeingMade,
        Block::Suspended => ActionBlockView::Suspended,
        Block::Expired => ActionBlockView::Expired,
        Block::Disabled => ActionBlockView::Disabled,
        Block::Cancelled => ActionBlockView::Cancelled,
        Block::WindowClosed => ActionBlockView::WindowClosed,
        Block::Trial => ActionBlockView::Trial,
        Block::AutoRenewOff => ActionBlockView::AutoRenewOff,
        Block::AlreadySo => ActionBlockView::AlreadySo,
        Block::NothingPlanned => ActionBlockView::NothingPlanned,
        Block::OlderKind => ActionBlockView::OlderKind,
        Block::SuspendInstead => ActionBlockView::SuspendInstead,
        Block::NoTarget => ActionBlockView::NoTarget,
        Block::UpgradeUnderWay => ActionBlockView::UpgradeUnderWay,
        Block::AtMaximum => ActionBlockView::AtMaximum,
        Block::AtMinimum => ActionBlockView::AtMinimum,
        Block::NoTermEnd => ActionBlockView::NoTermEnd,
        Block::EndsAlready => ActionBlockView::EndsAlready,
    }
}

/// The name of a product: the subscription's own, or the catalogue's, or its key.
pub(super) fn title(db: &Db, known: &Known, sku: &SkuKey) -> Result<String, StoreError> {
    if *sku == known.subscription.sku {
        return Ok(known.subscription.product_name.clone());
    }
    if let Some(target) = known.targets.0.iter().find(|target| target.sku == *sku) {
        return Ok(target.title.clone());
    }
    let found = super::facts::offer(db, &known.customer.country, sku)?.map(|(_, offer)| offer.title);
    Ok(found.unwrap_or_else(|| format!("{}:{}", sku.product_id, sku.sku_id)))
}

pub(super) fn next_term(db: &Db, known: &Known, next: &NextTerm) -> Result<NextTermView, StoreError> {
    Ok(NextTermView {
        product_name: title(db, known, &next.sku)?,
        product_id: next.sku.product_id.clone(),
        sku_id: next.sku.sku_id.clone(),
        quantity: next.quantity,
        term: words::term(next.term).to_owned(),
        cycle: words::cycle(next.cycle).to_owned(),
    })
}

pub(super) fn values(db: &Db, known: &Known, values: &Values) -> Result<SubscriptionValues, StoreError> {
    Ok(SubscriptionValues {
        product_name: title(db, known, &values.sku)?,
        quantity: values.quantity,
        term: words::term(values.term).to_owned(),
        cycle: words::cycle(values.cycle).to_owned(),
        status: status(values.status),
        auto_renew: values.auto_renew,
        next_term: values.next_term.as_ref().map(|next| next_term(db, known, next)).transpose()?,
    })
}

pub(super) fn term(text: &str) -> Option<Term> {
    [Term::P1M, Term::P1Y, Term::P3Y].into_iter().find(|term| words::term(*term) == text)
}

pub(super) fn cycle(text: &str) -> Option<BillingCycle> {
    [BillingCycle::Monthly, BillingCycle::Annual, BillingCycle::Triennial, BillingCycle::None]
        .into_iter()
        .find(|cycle| words::cycle(*cycle) == text)
}

pub(super) fn decision(decision: &Decision) -> TermDecisionView {
    match decision {
        Decision::Renew => TermDecisionView::Renew,
        Decision::Cut { .. } => TermDecisionView::Cut,
        Decision::Change { .. } => TermDecisionView::Change,
        Decision::Cancel => TermDecisionView::Cancel,
        Decision::Extend => TermDecisionView::Extend,
    }
}

pub(super) fn decision_kind(kind: DecisionKind) -> TermDecisionView {
    match kind {
        DecisionKind::Renew => TermDecisionView::Renew,
        DecisionKind::Cut => TermDecisionView::Cut,
        DecisionKind::Change => TermDecisionView::Change,
        DecisionKind::Cancel => TermDecisionView::Cancel,
        DecisionKind::Extend => TermDecisionView::Extend,
    }
}

pub(super) fn term_default(default: TermDefault) -> TermDefaultView {
    match default {
        TermDefault::Renews => TermDefaultView::Renews,
        TermDefault::PaidExtension => TermDefaultView::PaidExtension,
        TermDefault::Grace => TermDefaultView::Grace,
        TermDefault::Ends => TermDefaultView::Ends,
    }
}

/// How the end of the term stands; `None` without one.
pub(super) fn term_end(known: &Known) -> Option<TermEndView> {
    let standing = &known.standing;
    let at = standing.ends_at?;
    Some(TermEndView {
        at: at.to_string(),
        open: is_open(standing, known.decided.is_some()),
        decided: known.decided.as_ref().map(|decided| TermDecisionRow {
            decision: decision(&decided.decision),
            at: decided.decided_at.to_string(),
            operation_id: decided.operation_id.map(|id| id.to_string()).unwrap_or_default(),
        }),
        default: term_default(default_of(standing)),
        extension_price: extension_price(standing).as_ref().map(money),
        decisions: decisions(standing).into_iter().map(decision_kind).collect(),
    })
}

/// Price of one licence a billing period of what is planned.
pub(super) fn price_of(
    db: &Db,
    known: &Known,
    sku: &SkuKey,
    term: Term,
    cycle: BillingCycle,
) -> Result<Option<Money>, StoreError> {
    let found = super::facts::offer(db, &known.customer.country, sku)?;
    Ok(found.and_then(|(_, offer)| plan_price(&offer, term, cycle)))
}

fn plain(kind: ChangeEffectKind) -> ChangeEffect {
    ChangeEffect {
        kind,
        at: None,
        quantity: 0,
        quantity_after: 0,
        money: None,
        unit: None,
        days: 0,
        of_days: 0,
        product: String::new(),
        next_term: None,
    }
}

/// One effect, flat.
pub(super) fn effect(db: &Db, known: &Known, effect: &Effect) -> Result<ChangeEffect, StoreError> {
    use ChangeEffectKind as K;
    let on = |kind, at: Timestamp| ChangeEffect { at: Some(at.to_string()), ..plain(kind) };
    let some = |kind, at: Option<Timestamp>| ChangeEffect { at: at.map(|at| at.to_string()), ..plain(kind) };
    let part = |kind, basis: &cb_domain::change::Basis| ChangeEffect {
        money: Some(money(&basis.money)),
        unit: Some(money(&basis.unit)),
        quantity: basis.licences,
        days: basis.days,
        of_days: basis.of_days,
        ..on(kind, basis.until)
    };
    Ok(match effect {
        Effect::Licences { from, to } => ChangeEffect { quantity: *from, quantity_after: *to, ..plain(K::Licences) },
        Effect::Charged(basis) => part(K::Charged, basis),
        Effect::Credited(basis) => part(K::Credited, basis),
        Effect::PriceUnknown => plain(K::PriceUnknown),
        Effect::PriceFrom { at, money: price } => ChangeEffect { money: Some(money(price)), ..on(K::PriceFrom, *at) },
        Effect::OnlyUntil { at, licences } => ChangeEffect { quantity: *licences, ..on(K::OnlyUntil, *at) },
        Effect::WindowOpens { licences } => {
            ChangeEffect { quantity: *licences, ..some(K::WindowOpens, known.standing.now.checked_add(WINDOW).ok()) }
        }
        Effect::FixedUntil { licences, at } => ChangeEffect { quantity: *licences, ..on(K::FixedUntil, *at) },
        Effect::UsersLose { licences } => ChangeEffect { quantity: *licences, ..plain(K::UsersLose) },
        Effect::AccessEnds { at } => some(K::AccessEnds, *at),
        Effect::DropsPlanned { next } => {
            ChangeEffect { next_term: Some(next_term(db, known, next)?), ..plain(K::DropsPlanned) }
        }
        Effect::TakesEffect { at } => some(K::TakesEffect, *at),
        Effect::Renews { at, licences } => ChangeEffect { quantity: *licences, ..on(K::Renews, *at) },
        Effect::Ends { at } => on(K::Ends, *at),
        Effect::PaidExtension { at, month } => {
            ChangeEffect { money: month.as_ref().map(money), ..on(K::PaidExtension, *at) }
        }
        Effect::Grace { until } => on(K::Grace, *until),
        Effect::BillingContinues => plain(K::BillingContinues),
        Effect::BillingStops => plain(K::BillingStops),
        Effect::AutoRenewGoesOff => plain(K::AutoRenewGoesOff),
        Effect::Reassigned { licences, product } => {
            ChangeEffect { quantity: *licences, product: product.clone(), ..plain(K::Reassigned) }
        }
        Effect::AssignByHand { licences, product } => {
            ChangeEffect { quantity: *licences, product: product.clone(), ..plain(K::AssignByHand) }
        }
        Effect::SecondSubscription { at } => some(K::SecondSubscription, *at),
        Effect::WindowKept { at } => on(K::WindowKept, *at),
        Effect::HeldByReview => plain(K::HeldByReview),
        Effect::WaitsForOrder => plain(K::WaitsForOrder),
        Effect::WaitsForChange => plain(K::WaitsForChange),
        Effect::RecordChecked => plain(K::RecordChecked),
        Effect::NoteOnly { reseller } => ChangeEffect { product: reseller.clone(), ..plain(K::NoteOnly) },
        Effect::ContactShown { name } => ChangeEffect { product: name.clone(), ..plain(K::ContactShown) },
        Effect::Irreversible => plain(K::Irreversible),
    })
}
