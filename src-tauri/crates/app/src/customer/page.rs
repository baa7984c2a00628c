//! A customer's page.

use crate::App;
use crate::error::{AppError, AppResult};
use crate::lists::customers::{customer_row, is_to_hand_over, subscription_row};
use crate::lists::resellers::reseller_row;
use crate::lists::stands::Dates;
use crate::outbox::{Around, row};
use crate::views::{
    AccountReviewView, AgreementView, CustomerOrder, CustomerOrderLine, CustomerPageView, CustomerReseller,
};
use cb_domain::customer::{AccountReview, AgreementState};
use cb_domain::ids::{CustomerId, ResellerId};
use cb_domain::operation::{ConfirmAgreement, Operation, OperationPayload, OperationState};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{Db, OrderOfCustomer, StoreError};
use cb_sync::queue::QueueState;
use jiff::Timestamp;

/// Orders shown.
const NEWEST: u32 = 50;

impl App {
    /// A customer's page.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn customer_page(&self, id: String) -> AppResult<CustomerPageView> {
        let id: CustomerId = id.parse()?;
        let open = self.open_book().await?;
        let queue = open.driver.status().queue;
        let (now, trade) = (self.inner.host.clock.now(), open.trade_now(&self.inner.host));
        open.book.read(move |db| page(db, id, queue, now, trade)).await?.ok_or(AppError::NotFound)
    }
}

/// `now` is this computer's, for what waits; `trade` is Partner Center's, for windows and terms.
fn page(
    db: &Db,
    id: CustomerId,
    queue: QueueState,
    now: Timestamp,
    trade: Timestamp,
) -> Result<Option<CustomerPageView>, StoreError> {
    let Some(found) = db.customers().row(id, trade)? else { return Ok(None) };
    let customer = &found.customer;
    let operations = db.operations().of_customer(id)?;
    let mut subscriptions = db.subscriptions().of_customer(id)?;
    subscriptions.retain(|one| one.status != SubscriptionStatus::Deleted);
    let around = Around::read(db, queue, now)?;
    let open = operations
        .iter()
        .filter(|one| is_open(one.state))
        .map(|one| row(db, one, &customer.name, &around))
        .collect::<Result<Vec<_>, _>>()?;
    let secrets = db.secrets().waiting()?;
    let secret = secrets.into_iter().find(|(secret, _)| secret.customer_id == id && is_to_hand_over(secret.state));
    let agreement = operations.iter().rev().find_map(agreement_of);
    let book = db.customer_book();
    let dates = Dates::read(db, id, trade)?;
    let row_of = |one: &Subscription| subscription_row(one, &operations, &dates, trade);
    Ok(Some(CustomerPageView {
        registration_number: customer.registration_number.clone(),
        contact_name: customer.contact_name.clone(),
        contact_email: customer.contact_email.clone(),
        review: review(customer.review),
        agreement: agreement_state(customer.agreement),
        signer_name: agreement
            .map(|one| format!("{} {}", one.first_name, one.last_name).trim().to_owned())
            .unwrap_or_default(),
        agreed_on: agreement.and_then(|one| one.agreed_on).map(|day| day.to_string()),
        resellers: resellers(db, customer.reseller_id, &subscriptions, now)?,
        subscriptions: subscriptions.iter().map(row_of).collect(),
        orders: book.orders(id, NEWEST)?.into_iter().map(order).collect(),
        open,
        setup_info_onboarding_id: secret.map(|(secret, _)| secret.onboarding_id.to_string()).unwrap_or_default(),
        note: book.note(id)?,
        tags: book.tags(id)?,
        known_tags: book.known_tags()?,
        created_at: customer.created_at.to_string(),
        confirmed_at: customer.confirmed_at.map(|at| at.to_string()),
        row: customer_row(&found, trade),
    }))
}

/// The one it is listed under, then those on record of what is live, most subscriptions first.
fn resellers(
    db: &Db,
    listed: Option<ResellerId>,
    subscriptions: &[Subscription],
    now: Timestamp,
) -> Result<Vec<CustomerReseller>, StoreError> {
    let mut counts: Vec<(ResellerId, u32)> = listed.map(|id| (id, 0)).into_iter().collect();
    for id in subscriptions.iter().filter(|one| is_live(one.status)).filter_map(|one| one.reseller_of_record) {
        match counts.iter_mut().find(|(known, _)| *known == id) {
            Some((_, count)) => *count += 1,
            None => counts.push((id, 1)),
        }
    }
    counts.sort_by_key(|(id, count)| (Some(*id) != listed, std::cmp::Reverse(*count)));
    let mut figures = db.resellers().figures()?;
    let tags = db.reseller_book().all_tags()?;
    let mut rows = Vec::with_capacity(counts.len());
    for (id, on_record) in counts {
        let Some(reseller) = db.resellers().get(id)? else { continue };
        let figures = figures.remove(&id).unwrap_or_default();
        let row = reseller_row(&reseller, &figures, tags.get(&id), now);
        rows.push(CustomerReseller { row, listed: Some(id) == listed, on_record });
    }
    Ok(rows)
}

fn order(found: OrderOfCustomer) -> CustomerOrder {
    let line = |(product_name, quantity)| CustomerOrderLine { product_name, quantity };
    CustomerOrder {
        order_id: found.order_id,
        at: found.at.to_string(),
        lines: found.lines.into_iter().map(line).collect(),
        reseller_name: found.reseller_name,
    }
}

/// An agreement that was wanted here and was not given up.
fn agreement_of(operation: &Operation) -> Option<&ConfirmAgreement> {
    if operation.state == OperationState::Cancelled {
        return None;
    }
    if let OperationPayload::ConfirmAgreement(agreement) = &operation.payload { Some(agreement) } else { None }
}

fn is_open(state: OperationState) -> bool {
    match state {
        OperationState::Queued
        | OperationState::InFlight
        | OperationState::Unknown
        | OperationState::NeedsAttention => true,
        OperationState::Confirmed | OperationState::Cancelled => false,
    }
}

fn is_live(status: SubscriptionStatus) -> bool {
    match status {
        SubscriptionStatus::Wanted
        | SubscriptionStatus::Active
        | SubscriptionStatus::Pending
        | SubscriptionStatus::Suspended => true,
        SubscriptionStatus::None
        | SubscriptionStatus::Expired
        | SubscriptionStatus::Disabled
        | SubscriptionStatus::Deleted => false,
    }
}

fn review(review: AccountReview) -> AccountReviewView {
    match review {
        AccountReview::Unknown => AccountReviewView::Unknown,
        AccountReview::UnderReview => AccountReviewView::UnderReview,
        AccountReview::Allowed => AccountReviewView::Allowed,
        AccountReview::NotAllowed => AccountReviewView::NotAllowed,
        AccountReview::NotReady => AccountReviewView::NotReady,
    }
}

fn agreement_state(state: AgreementState) -> AgreementView {
    match state {
        AgreementState::Open => AgreementView::Open,
        AgreementState::Attested => AgreementView::Attested,
        AgreementState::SignedByCustomer => AgreementView::SignedByCustomer,
    }
}
