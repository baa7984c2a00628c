//! Orders and subscriptions, read back.

use crate::client::exchange::Failure;
use crate::client::{Client, Told};
use crate::triage::Operation::Read;
use crate::wire::{self, instant};
use cb_domain::catalogue::{BillingCycle, CommerceKind, SkuKey, Term};
use cb_domain::ids::TenantId;
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_sync::remote::{Answer, RemoteLine, RemoteOrder, RequestIds};
use jiff::Timestamp;
use uuid::Uuid;

impl Client {
    /// Orders of the customer.
    pub(crate) async fn list_orders(&self, tenant: TenantId, ids: RequestIds) -> Result<Told, Failure> {
        let path = format!("/customers/{tenant}/orders?include_price=true");
        let (orders, date) = self.all::<wire::Order>(Read, &path, ids).await?;
        Ok((Answer::Orders(orders.iter().map(order).collect()), date))
    }

    /// Subscriptions of the customer.
    pub(crate) async fn list_subscriptions(&self, tenant: TenantId, ids: RequestIds) -> Result<Told, Failure> {
        let path = format!("/customers/{tenant}/subscriptions");
        let (found, date) = self.all::<wire::Subscription>(Read, &path, ids).await?;
        Ok((Answer::Subscriptions(found.iter().map(|found| subscription(found, date)).collect()), date))
    }
}

/// An order as the machine compares it.
pub(crate) fn order(order: &wire::Order) -> RemoteOrder {
    let cycle = order.billing_cycle.clone();
    RemoteOrder {
        id: order.id.clone().unwrap_or_default(),
        status: order.status.clone().unwrap_or_default().as_str().to_lowercase(),
        created_at: order.creation_date.as_deref().and_then(instant),
        lines: order.line_items.iter().flatten().map(|line| order_line(line, cycle.as_ref())).collect(),
    }
}

fn order_line(line: &wire::OrderLineItem, order_cycle: Option<&wire::BillingCycle>) -> RemoteLine {
    RemoteLine {
        number: line.line_item_number,
        sku: sku_key(line.offer_id.as_deref().unwrap_or_default()),
        quantity: line.quantity.unwrap_or(0),
        term: line.term_duration.clone().unwrap_or_default().to_uppercase(),
        cycle: line.billing_cycle.as_ref().or(order_cycle).map_or("", wire::BillingCycle::as_str).to_lowercase(),
        subscription_id: line.subscription_id.clone().filter(|id| !id.is_empty()),
        error: 0,
        extended_price_minor: line.pricing.as_ref().and_then(|pricing| pricing.extended_price).and_then(minor),
    }
}

/// `product:sku:availability`, or an older offer's GUID.
pub(crate) fn sku_key(offer: &str) -> SkuKey {
    let mut parts = offer.split(':');
    let product_id = parts.next().unwrap_or_default().to_owned();
    SkuKey { product_id, sku_id: parts.next().unwrap_or_default().to_owned() }
}

/// An amount in minor units, rounded to the nearest.
pub(crate) fn minor(amount: f64) -> Option<i64> {
    let minor = (amount * 100.0).round();
    // Within 2^53 every whole number is exact.
    #[allow(clippy::cast_possible_truncation)]
    (minor.is_finite() && minor.abs() < 9.0e15).then_some(minor as i64)
}

/// A term as the book knows it.
pub(crate) fn term(text: &str) -> Option<Term> {
    match text.to_ascii_uppercase().as_str() {
        "P1M" => Some(Term::P1M),
        "P1Y" | "P12M" => Some(Term::P1Y),
        "P3Y" | "P36M" => Some(Term::P3Y),
        _ => None,
    }
}

/// A billing cycle as the book knows it.
pub(crate) fn cycle(cycle: &wire::BillingCycle) -> Option<BillingCycle> {
    match cycle {
        wire::BillingCycle::Monthly => Some(BillingCycle::Monthly),
        wire::BillingCycle::Annual => Some(BillingCycle::Annual),
        wire::BillingCycle::Triennial => Some(BillingCycle::Triennial),
        wire::BillingCycle::None => Some(BillingCycle::None),
        wire::BillingCycle::Unknown
        | wire::BillingCycle::OneTime
        | wire::BillingCycle::Biennial
        | wire::BillingCycle::Other(_) => None,
    }
}

fn status(status: &wire::SubscriptionStatus) -> SubscriptionStatus {
    match status {
        wire::SubscriptionStatus::Active => SubscriptionStatus::Active,
        wire::SubscriptionStatus::Suspended => SubscriptionStatus::Suspended,
        wire::SubscriptionStatus::Deleted => SubscriptionStatus::Deleted,
        wire::SubscriptionStatus::Expired => SubscriptionStatus::Expired,
        wire::SubscriptionStatus::Pending => SubscriptionStatus::Pending,
        wire::SubscriptionStatus::Disabled => SubscriptionStatus::Disabled,
        wire::SubscriptionStatus::None | wire::SubscriptionStatus::Other(_) => SubscriptionStatus::None,
    }
}

/// A subscription; ids, owner and reseller are filled in by the book.
pub(crate) fn subscription(from: &wire::Subscription, date: Option<Timestamp>) -> Subscription {
    let offer = from.offer_id.as_deref().unwrap_or_default();
    let at = |text: &Option<String>| text.as_deref().and_then(instant);
    let free_until = from.refund_options.iter().flatten().filter_map(|option| at(&option.expires_at)).max();
    Subscription {
        id: Uuid::nil().into(),
        customer_id: Uuid::nil().into(),
        remote_id: from.id.clone(),
        order_id: from.order_id.clone(),
        operation_id: None,
        commerce: if offer.contains(':') { CommerceKind::New } else { CommerceKind::Legacy },
        sku: sku_key(offer),
        product_name: from.offer_name.clone().or_else(|| from.friendly_name.clone()).unwrap_or_default(),
        quantity: from.quantity.unwrap_or(0),
        // Older subscriptions have no term member; theirs is a year.
        term: from.term_duration.as_deref().and_then(term).unwrap_or(Term::P1Y),
        cycle: from.billing_cycle.as_ref().and_then(cycle).unwrap_or(BillingCycle::None),
        unit_price: None,
        status: from.status.as_ref().map_or(SubscriptionStatus::None, status),
        auto_renew: from.auto_renew_enabled.unwrap_or(false),
        reseller_of_record: None,
        ends_at: at(&from.commitment_end_date_time).or_else(|| at(&from.commitment_end_date)),
        cancellable_until: at(&from.cancellation_allowed_until_date).or(free_until),
        created_at: at(&from.creation_date).or(date).unwrap_or(Timestamp::UNIX_EPOCH),
        confirmed_at: date,
    }
}
