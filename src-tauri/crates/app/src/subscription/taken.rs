//! What the book takes over of a subscription when Partner Center has told how it stands.

use cb_domain::change::UpgradeSubscription;
use cb_domain::ids::{OperationId, ResellerId, SubscriptionId};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_domain::topic::Topic;
use cb_store::{StoreError, Tx};
use cb_sync::remote::RemoteSubscription;
use jiff::Timestamp;

/// What an answer has brought.
#[derive(Debug, Clone)]
pub(crate) enum Taken {
    /// It stands so.
    Stands { subscription: SubscriptionId, theirs: Box<RemoteSubscription> },
    /// Licences have moved to another product.
    Upgraded { payload: Box<UpgradeSubscription>, to: Option<String> },
    /// Who supports it.
    Supported { subscription: SubscriptionId, contact: Option<ResellerId> },
}

/// Writes it, in the transaction of the answer.
pub(crate) fn take(tx: &Tx, taken: &Taken, operation: OperationId, now: Timestamp) -> Result<(), StoreError> {
    match taken {
        Taken::Stands { subscription, theirs } => stands(tx, *subscription, theirs, now),
        Taken::Upgraded { payload, to } => upgraded(tx, payload, to.as_deref(), operation, now),
        Taken::Supported { subscription, contact } => tx.put_subscription_support(*subscription, *contact, now),
    }
}

/// The row and what is told beside it. What Partner Center does not say is not known better here.
pub(crate) fn stands(
    tx: &Tx,
    id: SubscriptionId,
    theirs: &RemoteSubscription,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(known) = tx.subscriptions().get(id)? else { return Ok(()) };
    let values = &theirs.values;
    let reseller = match &theirs.partner_id {
        Some(number) => tx.resellers().by_partner_id(number)?.map(|one| one.id),
        None => known.reseller_of_record,
    };
    let same_plan = known.sku == values.sku && known.term == values.term && known.cycle == values.cycle;
    let unit_price = if same_plan { known.unit_price.clone() } else { price(tx, &known, values)? };
    tx.put_subscription(&Subscription {
        sku: values.sku.clone(),
        product_name: if theirs.name.is_empty() { known.product_name.clone() } else { theirs.name.clone() },
        quantity: values.quantity,
        term: values.term,
        cycle: values.cycle,
        status: values.status,
        auto_renew: values.auto_renew,
        unit_price,
        reseller_of_record: reseller,
        ends_at: theirs.ends_at.or(known.ends_at),
        cancellable_until: theirs.cancellable_until,
        confirmed_at: Some(now),
        ..known
    })?;
    tx.put_subscription_details(id, &theirs.details, now)?;
    tx.touch(Topic::Customers);
    Ok(())
}

/// Price of one licence a billing period with these values, where the book knows it.
fn price(
    tx: &Tx,
    known: &Subscription,
    values: &cb_domain::change::Values,
) -> Result<Option<cb_domain::money::Money>, StoreError> {
    let Some(customer) = tx.customers().get(known.customer_id)? else { return Ok(None) };
    super::facts::unit_price(tx, &customer.country, &values.sku, values.term, values.cycle)
}

/// All moved: the same subscription with another product. Some moved: fewer here, and a second one that Partner Center
/// will tell more of.
fn upgraded(
    tx: &Tx,
    payload: &UpgradeSubscription,
    to: Option<&str>,
    operation: OperationId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(known) = tx.subscriptions().get(payload.subscription_id)? else { return Ok(()) };
    let Some(customer) = tx.customers().get(known.customer_id)? else { return Ok(()) };
    let price = super::facts::unit_price(tx, &customer.country, &payload.target, payload.term, payload.cycle)?;
    let moved = Subscription {
        sku: payload.target.clone(),
        product_name: payload.target_title.clone(),
        quantity: payload.quantity,
        term: payload.term,
        cycle: payload.cycle,
        unit_price: price,
        confirmed_at: Some(now),
        ..known.clone()
    };
    let another = to.filter(|id| Some(*id) != known.remote_id.as_deref());
    match another {
        None if payload.is_full() => tx.put_subscription(&moved)?,
        another => {
            let left = known.quantity.saturating_sub(payload.quantity);
            // Older commerce moves everything into a new subscription and suspends the old one.
            let status = if left == 0 { SubscriptionStatus::Suspended } else { known.status };
            let quantity = if left == 0 { known.quantity } else { left };
            tx.put_subscription(&Subscription { quantity, status, confirmed_at: Some(now), ..known.clone() })?;
            let there = match another {
                Some(remote) => tx.subscriptions().by_remote_id(remote)?,
                None => None,
            };
            if there.is_none() {
                // The operation's id is free as one of a row: one upgrade makes one subscription, however often it is told.
                tx.put_subscription(&Subscription {
                    id: SubscriptionId(operation.0),
                    remote_id: another.map(str::to_owned),
                    order_id: None,
                    operation_id: None,
                    status: if another.is_some() { SubscriptionStatus::Active } else { SubscriptionStatus::Pending },
                    created_at: now,
                    ..moved
                })?;
            }
        }
    }
    tx.touch(Topic::Customers);
    Ok(())
}
