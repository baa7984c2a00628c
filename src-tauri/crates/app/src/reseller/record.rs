//! What the book takes over when Partner Center has told who is on record.

use cb_domain::ids::SubscriptionId;
use cb_domain::subscription::Subscription;
use cb_domain::topic::Topic;
use cb_store::{StoreError, Tx};
use jiff::Timestamp;

/// This PartnerID is on record. One that the book does not know leaves the subscription without a reseller.
pub(crate) fn stands(
    tx: &Tx,
    subscription: SubscriptionId,
    partner_id: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(known) = tx.subscriptions().get(subscription)? else { return Ok(()) };
    let reseller = match partner_id {
        Some(number) => tx.resellers().by_partner_id(number)?,
        None => None,
    };
    tx.put_subscription(&Subscription {
        reseller_of_record: reseller.map(|one| one.id),
        confirmed_at: Some(now),
        ..known
    })?;
    for topic in [Topic::Subscriptions, Topic::Resellers] {
        tx.touch(topic);
    }
    Ok(())
}
