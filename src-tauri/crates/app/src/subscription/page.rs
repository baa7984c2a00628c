//! A subscription's page.

use super::convert::{self, money};
use super::facts::{Known, is_open, read};
use super::support;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::lists::customers::subscription_row;
use crate::lists::stands::{self, Dates};
use crate::lists::words;
use crate::views::{
    SubscriptionActionRow, SubscriptionChangeKind, SubscriptionChangeRow, SubscriptionPageView, SubscriptionRow,
    UpgradeTarget, WindowBatch,
};
use cb_domain::change::{Action, Change, EndInstruction, allowed, bill_period};
use cb_domain::ids::SubscriptionId;
use cb_domain::operation::{Operation, OperationPayload};
use cb_domain::subscription::SubscriptionStatus;
use cb_store::{Db, StoreError};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Changes on the page; the journal has the rest.
const MOST_CHANGES: usize = 50;

impl App {
    /// A subscription with its actions. Reads it from Partner Center in the background.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn subscription_page(&self, id: String) -> AppResult<SubscriptionPageView> {
        let id: SubscriptionId = id.parse()?;
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        let zone = super::zone(&self.inner.host);
        let view = open.book.read(move |db| page(db, id, now, zone)).await?.ok_or(AppError::NotFound)?;
        super::pull::in_background(&self.inner, &open, id);
        Ok(view)
    }

    /// What it can be upgraded to: as Partner Center said, else as the catalogue has it.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn upgrade_targets(&self, id: String) -> AppResult<Vec<UpgradeTarget>> {
        let id: SubscriptionId = id.parse()?;
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        let found = open.book.read(move |db| targets(db, id, now)).await?.ok_or(AppError::NotFound)?;
        Ok(found)
    }
}

fn targets(db: &Db, id: SubscriptionId, now: Timestamp) -> Result<Option<Vec<UpgradeTarget>>, StoreError> {
    let Some(known) = read(db, id, now)? else { return Ok(None) };
    let values = &known.standing.values;
    let (found, confirmed) = &known.targets;
    let mut all = Vec::with_capacity(found.len());
    for target in found {
        let price = convert::price_of(db, &known, &target.sku, values.term, values.cycle)?;
        all.push(UpgradeTarget {
            product_id: target.sku.product_id.clone(),
            sku_id: target.sku.sku_id.clone(),
            title: target.title.clone(),
            price: price.as_ref().map(money),
            partial: !target.sku.sku_id.is_empty(),
            confirmed: *confirmed,
        });
    }
    Ok(Some(all))
}

fn page(db: &Db, id: SubscriptionId, now: Timestamp, zone: String) -> Result<Option<SubscriptionPageView>, StoreError> {
    let Some(known) = read(db, id, now)? else { return Ok(None) };
    let Known { subscription, customer, standing, .. } = &known;
    let reseller = match subscription.reseller_of_record {
        Some(reseller) => db.resellers().get(reseller)?,
        None => None,
    };
    let details = known.details.as_ref();
    let live = matches!(subscription.status, SubscriptionStatus::Active | SubscriptionStatus::Suspended);
    let period = bill_period(standing.started_at, standing.ends_at, subscription.term, subscription.cycle, now);
    let all = db.operations().of_customer(customer.id)?;
    let dates = Dates::read(db, customer.id, now)?;
    Ok(Some(SubscriptionPageView {
        id: subscription.id.to_string(),
        remote_id: subscription.remote_id.clone().unwrap_or_default(),
        order_id: subscription.order_id.clone().unwrap_or_default(),
        customer_id: customer.id.to_string(),
        customer_name: customer.name.clone(),
        country: customer.country.clone(),
        segment: known.offer.as_ref().map_or_else(|| "commercial".to_owned(), |(segment, _)| segment.clone()),
        commerce: words::commerce(subscription.commerce),
        product_id: subscription.sku.product_id.clone(),
        sku_id: subscription.sku.sku_id.clone(),
        trial: standing.trial,
        stands: stands::of_subscription(subscription, &all, &dates, now),
        confirmed: convert::values(db, &known, &known.confirmed)?,
        wanted: if standing.values == known.confirmed {
            None
        } else {
            Some(convert::values(db, &known, &standing.values)?)
        },
        as_of: details.map(|(_, at)| *at).max(subscription.confirmed_at).map(|at| at.to_string()),
        started_at: standing.started_at.map(|at| at.to_string()),
        ends_at: subscription.ends_at.map(|at| at.to_string()),
        unit_price: standing.prices.unit.as_ref().map(money),
        prices_from: known.offer.as_ref().and_then(|(_, offer)| offer.prices_from).map(|day| day.to_string()),
        billed_until: period
            .filter(|_| live)
            .and_then(|period| period.to.to_zoned(TimeZone::UTC).ok())
            .map(|at| at.timestamp().to_string()),
        reseller_id: reseller.as_ref().map(|one| one.id.to_string()).unwrap_or_default(),
        reseller_partner_id: reseller.as_ref().and_then(|one| one.partner_id.clone()).unwrap_or_default(),
        reseller_name: reseller.map(|one| one.name).unwrap_or_default(),
        cancellable_until: standing.window().filter(|_| live).map(|at| at.to_string()),
        window: standing
            .open_batches()
            .into_iter()
            .filter(|_| live)
            .map(|batch| WindowBatch { quantity: batch.quantity, until: batch.until.to_string() })
            .collect(),
        term_end: convert::term_end(&known).filter(|_| live),
        support: support::view(db, &known)?,
        addons: addons(db, &known, &all, &dates, now)?,
        actions: actions(&known),
        changes: changes(db, &known)?,
        now: now.to_string(),
        zone,
    }))
}

fn actions(known: &Known) -> Vec<SubscriptionActionRow> {
    Action::ALL
        .into_iter()
        .map(|one| {
            let found = allowed(one, &known.standing);
            let limits = found.unwrap_or_default();
            SubscriptionActionRow {
                action: convert::action(one),
                blocked: found.err().map(convert::block),
                lowest: limits.lowest,
                highest: limits.highest,
                until: limits.until.map(|at| at.to_string()),
            }
        })
        .collect()
}

/// Live subscriptions of the customer whose product needs this one.
fn addons(
    db: &Db,
    known: &Known,
    all: &[Operation],
    dates: &Dates,
    now: Timestamp,
) -> Result<Vec<SubscriptionRow>, StoreError> {
    let mut found = Vec::new();
    for other in db.subscriptions().of_customer(known.customer.id)? {
        let live = !matches!(other.status, SubscriptionStatus::Deleted | SubscriptionStatus::Expired);
        if !live || other.id == known.subscription.id {
            continue;
        }
        let offer = super::facts::offer(db, &known.customer.country, &other.sku)?;
        if offer.is_some_and(|(_, offer)| offer.is_addon && offer.prerequisites.contains(&known.subscription.sku)) {
            found.push(subscription_row(&other, all, dates, now));
        }
    }
    Ok(found)
}

/// Waiting ones first in the order in which they go, then what is done, newest first.
fn changes(db: &Db, known: &Known) -> Result<Vec<SubscriptionChangeRow>, StoreError> {
    let (open, mut done): (Vec<&Operation>, Vec<&Operation>) =
        known.operations.iter().partition(|operation| is_open(operation));
    done.reverse();
    let mut rows = Vec::new();
    for operation in open.into_iter().chain(done).take(MOST_CHANGES) {
        rows.extend(row(db, known, operation)?);
    }
    Ok(rows)
}

fn row(db: &Db, known: &Known, operation: &Operation) -> Result<Option<SubscriptionChangeRow>, StoreError> {
    let row = |kind| SubscriptionChangeRow {
        operation_id: operation.id.to_string(),
        kind,
        state: super::state(operation.state, operation.hold.is_some()),
        at: operation.approved_at.to_string(),
        quantity: 0,
        quantity_after: 0,
        detail: String::new(),
        auto_renew: None,
        decision: None,
    };
    let decided = known.decided.as_ref().filter(|one| one.operation_id == Some(operation.id));
    let decision = decided.map(|one| convert::decision(&one.decision));
    Ok(Some(match &operation.payload {
        OperationPayload::ChangeSubscription(change) => {
            let before = change.base.quantity;
            let base = SubscriptionChangeRow { decision, ..row(kind_of(&change.change)) };
            match &change.change {
                Change::Licences { quantity } => {
                    SubscriptionChangeRow { quantity: before, quantity_after: *quantity, ..base }
                }
                Change::AutoRenew { on, end } => SubscriptionChangeRow {
                    auto_renew: Some(*on),
                    detail: match end {
                        EndInstruction::None => String::new(),
                        EndInstruction::Cancel => "cancel".to_owned(),
                        EndInstruction::Extend => "extend".to_owned(),
                    },
                    ..base
                },
                Change::AtRenewal { next } => SubscriptionChangeRow {
                    quantity: before,
                    quantity_after: next.quantity,
                    detail: convert::title(db, known, &next.sku)?,
                    ..base
                },
                Change::DropAtRenewal | Change::Cancel | Change::Suspend | Change::Resume => base,
            }
        }
        OperationPayload::UpgradeSubscription(upgrade) => SubscriptionChangeRow {
            quantity: upgrade.base.quantity,
            quantity_after: upgrade.quantity,
            detail: upgrade.target_title.clone(),
            ..row(SubscriptionChangeKind::Upgrade)
        },
        OperationPayload::SetSupportContact(contact) => {
            SubscriptionChangeRow { detail: contact.name.clone(), ..row(SubscriptionChangeKind::SupportContact) }
        }
        OperationPayload::SetResellerOfRecord(_)
        | OperationPayload::CreateCustomer(_)
        | OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_) => return Ok(None),
    }))
}

/// Which kind of change it is, for the screens.
pub(crate) fn kind_of(change: &Change) -> SubscriptionChangeKind {
    match change {
        Change::Licences { .. } => SubscriptionChangeKind::Licences,
        Change::AutoRenew { .. } => SubscriptionChangeKind::AutoRenew,
        Change::AtRenewal { .. } => SubscriptionChangeKind::AtRenewal,
        Change::DropAtRenewal => SubscriptionChangeKind::DropAtRenewal,
        Change::Cancel => SubscriptionChangeKind::Cancel,
        Change::Suspend => SubscriptionChangeKind::Suspend,
        Change::Resume => SubscriptionChangeKind::Resume,
    }
}
