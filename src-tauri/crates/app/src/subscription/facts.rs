//! Everything that the rules look at, read from the book in one closure: the subscription as it stands, the changes that
//! wait, the limits and prices of its product, and what it can be upgraded to.

use cb_domain::catalogue::{BillingCycle, CommerceKind, Offer, SkuKey, Term};
use cb_domain::change::{Details, Prices, Standing, Values, apply};
use cb_domain::customer::{AccountReview, Customer};
use cb_domain::ids::{OperationId, SubscriptionId};
use cb_domain::money::Money;
use cb_domain::operation::{Operation, OperationKind, OperationPayload, OperationState};
use cb_domain::order::{per_month, per_period};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{Db, StoreError, TermDecided};
use cb_sync::remote::Target;
use jiff::Timestamp;

/// Segments in which a product may be listed.
pub(super) const SEGMENTS: [&str; 4] = ["commercial", "education", "government", "nonprofit"];

/// A subscription with all that belongs to it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) subscription: Subscription,
    pub(super) customer: Customer,
    /// What Partner Center told beside the row, and when.
    pub(super) details: Option<(Details, Timestamp)>,
    /// As Partner Center has confirmed it.
    pub(super) confirmed: Values,
    /// What the rules look at.
    pub(super) standing: Standing,
    /// All its changes in order, finished ones too.
    pub(super) operations: Vec<Operation>,
    /// The product as it is sold, with the segment.
    pub(super) offer: Option<(String, Offer)>,
    /// What it can be upgraded to, and whether Partner Center said so.
    pub(super) targets: (Vec<Target>, bool),
    /// What was decided about the end of this term.
    pub(super) decided: Option<TermDecided>,
    /// Operations that a new change has to wait for.
    pub(super) parents: Vec<OperationId>,
}

/// The subscription that an operation is about.
pub(super) fn subscription_of(payload: &OperationPayload) -> Option<SubscriptionId> {
    match payload {
        OperationPayload::ChangeSubscription(change) => Some(change.subscription_id),
        OperationPayload::UpgradeSubscription(upgrade) => Some(upgrade.subscription_id),
        OperationPayload::SetSupportContact(contact) => Some(contact.subscription_id),
        OperationPayload::SetResellerOfRecord(record) => Some(record.subscription_id),
        OperationPayload::CreateCustomer(_)
        | OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_) => None,
    }
}

/// Neither carried out nor cancelled.
pub(super) fn is_open(operation: &Operation) -> bool {
    match operation.state {
        OperationState::Queued
        | OperationState::InFlight
        | OperationState::Unknown
        | OperationState::NeedsAttention => true,
        OperationState::Confirmed | OperationState::Cancelled => false,
    }
}

/// Reads it; `None` when it is gone.
pub(super) fn read(db: &Db, id: SubscriptionId, now: Timestamp) -> Result<Option<Known>, StoreError> {
    let Some(subscription) = db.subscriptions().get(id)? else { return Ok(None) };
    let Some(customer) = db.customers().get(subscription.customer_id)? else { return Ok(None) };
    let all = db.operations().of_customer(customer.id)?;
    Ok(Some(build(db, subscription, customer, all, now)?))
}

fn build(
    db: &Db,
    subscription: Subscription,
    customer: Customer,
    all: Vec<Operation>,
    now: Timestamp,
) -> Result<Known, StoreError> {
    let details = db.subscription_book().details(subscription.id)?;
    let confirmed = Values::of(&subscription, details.as_ref().map(|(details, _)| details));
    let operations: Vec<Operation> =
        all.iter().filter(|one| subscription_of(&one.payload) == Some(subscription.id)).cloned().collect();
    let mut values = confirmed.clone();
    let (mut change_waits, mut upgrade_waits) = (false, false);
    for operation in operations.iter().filter(|one| is_open(one)) {
        match &operation.payload {
            OperationPayload::ChangeSubscription(change) => {
                values = apply(&values, &change.change);
                change_waits = true;
            }
            OperationPayload::UpgradeSubscription(upgrade) => {
                values.next_term = None;
                if upgrade.is_full() {
                    values.sku = upgrade.target.clone();
                } else {
                    values.quantity = values.quantity.saturating_sub(upgrade.quantity);
                }
                upgrade_waits = true;
            }
            OperationPayload::CreateCustomer(_)
            | OperationPayload::ConfirmAgreement(_)
            | OperationPayload::CreateCart(_)
            | OperationPayload::CheckoutCart
            | OperationPayload::VerifyOrder
            | OperationPayload::UpdateCustomerProfile(_)
            | OperationPayload::SetResellerOfRecord(_)
            | OperationPayload::SetSupportContact(_) => {}
        }
    }
    let offer = offer(db, &customer.country, &subscription.sku)?;
    let targets = targets(db, &subscription, &customer, offer.as_ref())?;
    let own = details.as_ref().map(|(details, _)| details.clone()).unwrap_or_default();
    let batches = match (&details, subscription.cancellable_until) {
        // Never read one by one: the list told that the whole of it can go back.
        (None, Some(until)) => vec![cb_domain::change::Batch { quantity: subscription.quantity, until }],
        (_, _) => own.batches.clone(),
    };
    let unit = match &subscription.unit_price {
        Some(price) => Some(price.clone()),
        None => offer.as_ref().and_then(|(_, offer)| plan_price(offer, subscription.term, subscription.cycle)),
    };
    let monthly_term = offer
        .as_ref()
        .and_then(|(_, offer)| offer.plans.iter().find(|plan| plan.term == Term::P1M).and_then(per_month));
    let standing = Standing {
        commerce: subscription.commerce,
        confirmed_quantity: confirmed.quantity,
        trial: own.trial || offer.as_ref().is_some_and(|(_, offer)| offer.is_trial),
        started_at: own
            .started_at
            .or((subscription.status != SubscriptionStatus::Wanted).then_some(subscription.created_at)),
        ends_at: subscription.ends_at,
        cancellable_until: subscription.cancellable_until,
        batches,
        minimum: least(offer.as_ref().map(|(_, offer)| offer), values.term, values.cycle),
        maximum: offer.as_ref().map_or(0, |(_, offer)| offer.maximum_quantity),
        has_target: !targets.0.is_empty(),
        upgrade_waits,
        change_waits,
        under_review: customer.review == AccountReview::UnderReview,
        prices: Prices { target: unit.clone(), unit, monthly_term },
        values,
        now,
    };
    let decided = match subscription.ends_at {
        Some(end) => db.subscription_book().decision(subscription.id, end)?,
        None => None,
    };
    let parents = parents(&subscription, &operations, &all);
    Ok(Known { subscription, customer, details, confirmed, standing, operations, offer, targets, decided, parents })
}

/// The last change that waits, and for what is not there yet the verification of its order.
fn parents(subscription: &Subscription, own: &[Operation], all: &[Operation]) -> Vec<OperationId> {
    let mut parents = Vec::new();
    if let (None, Some(checkout)) = (&subscription.remote_id, subscription.operation_id) {
        let verify = all.iter().find(|one| {
            one.payload.kind() == OperationKind::VerifyOrder
                && one.parents.contains(&checkout)
                && one.state != OperationState::Cancelled
        });
        parents.push(verify.map_or(checkout, |one| one.id));
    }
    parents.extend(own.iter().rev().find(|one| is_open(one)).map(|one| one.id));
    parents
}

/// The product as it is sold in that country.
pub(super) fn offer(db: &Db, country: &str, sku: &SkuKey) -> Result<Option<(String, Offer)>, StoreError> {
    for segment in SEGMENTS {
        if let Some(offer) = db.offers().get(country, segment, sku)? {
            return Ok(Some((segment.to_owned(), offer)));
        }
    }
    Ok(None)
}

/// Price of one licence a billing period.
pub(super) fn plan_price(offer: &Offer, term: Term, cycle: BillingCycle) -> Option<Money> {
    offer.plans.iter().find(|plan| plan.term == term && plan.cycle == cycle).and_then(per_period)
}

/// Price of one licence a billing period, where the book knows it.
pub(crate) fn unit_price(
    db: &Db,
    country: &str,
    sku: &SkuKey,
    term: Term,
    cycle: BillingCycle,
) -> Result<Option<Money>, StoreError> {
    Ok(offer(db, country, sku)?.and_then(|(_, offer)| plan_price(&offer, term, cycle)))
}

fn least(offer: Option<&Offer>, term: Term, cycle: BillingCycle) -> u32 {
    let Some(offer) = offer else { return 1 };
    let plan = offer.plans.iter().find(|plan| plan.term == term && plan.cycle == cycle);
    plan.and_then(|plan| plan.minimum_quantity).unwrap_or(offer.minimum_quantity).max(1)
}

/// What Partner Center said; before it said anything, dearer products of the same segment with the same plan, which it
/// will check when the upgrade is sent. Older commerce names its own targets only.
fn targets(
    db: &Db,
    subscription: &Subscription,
    customer: &Customer,
    own: Option<&(String, Offer)>,
) -> Result<(Vec<Target>, bool), StoreError> {
    if let Some((targets, _)) = db.subscription_book().targets::<Target>(subscription.id)? {
        return Ok((targets, true));
    }
    let (CommerceKind::New, Some((segment, own))) = (subscription.commerce, own) else {
        return Ok((Vec::new(), false));
    };
    if own.is_addon || own.is_trial {
        return Ok((Vec::new(), false));
    }
    let price = |offer: &Offer| {
        let plan = offer.plans.iter().find(|plan| plan.term == subscription.term && plan.cycle == subscription.cycle);
        plan.and_then(per_month).map(|money| money.minor)
    };
    let floor = price(own).unwrap_or(0);
    let found = db.offers().of_market(&customer.country, segment)?.into_iter().filter(|offer| {
        !offer.is_addon
            && !offer.is_trial
            && offer.sku != own.sku
            && offer.family == own.family
            && price(offer).is_some_and(|price| price > floor)
    });
    let targets =
        found.map(|offer| Target { sku: offer.sku, title: offer.title, quantity: subscription.quantity }).collect();
    Ok((targets, false))
}
