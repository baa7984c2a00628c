//! The customers list and an expanded customer.

use super::stands::{self, Dates};
use super::{AS_OF, told, words};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{
    CustomerDetail, CustomerInitial, CustomerPage, CustomerQuery, CustomerRow, CustomerStateView, SortBy,
    SubscriptionRow,
};
use cb_domain::ids::{CustomerId, ResellerId};
use cb_domain::operation::{Operation, SecretState};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{CustomerListRow, CustomerPageQuery, CustomerSort, CustomerState};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Most rows of one page.
const PAGE_LIMIT: u32 = 500;

impl App {
    /// One page of customers.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn list_customers(&self, query: CustomerQuery) -> AppResult<CustomerPage> {
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        let asked = asked(query, now)?;
        let (page, countries, tags, initials, as_of) = open
            .book
            .read(move |db| {
                let (customers, tags) = (db.customers(), db.customer_book().known_tags()?);
                let page = customers.page(&asked)?;
                Ok((page, customers.countries()?, tags, customers.initials()?, db.settings().get(AS_OF)?))
            })
            .await?;
        Ok(CustomerPage {
            rows: page.rows.iter().map(|row| customer_row(row, now)).collect(),
            next: page.next.unwrap_or_default(),
            first_row: page.first_row,
            matching: page.matching,
            more: page.more,
            total: page.total,
            countries,
            tags,
            initials: letters(initials),
            as_of,
        })
    }

    /// A customer with its subscriptions, the newest first.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn customer_detail(&self, id: String) -> AppResult<CustomerDetail> {
        let id: CustomerId = id.parse()?;
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        let found = open
            .book
            .read(move |db| {
                let Some(row) = db.customers().row(id, now)? else { return Ok(None) };
                let secrets = db.secrets().waiting()?;
                let waits =
                    secrets.into_iter().find(|(secret, _)| secret.customer_id == id && is_to_hand_over(secret.state));
                let onboarding = waits.map(|(secret, _)| secret.onboarding_id);
                let (subscriptions, operations) =
                    (db.subscriptions().of_customer(id)?, db.operations().of_customer(id)?);
                Ok(Some((row, subscriptions, operations, Dates::read(db, id, now)?, onboarding)))
            })
            .await?;
        let (row, mut subscriptions, operations, dates, onboarding) = found.ok_or(AppError::NotFound)?;
        subscriptions.retain(|s| s.status != SubscriptionStatus::Deleted);
        subscriptions.sort_by(|a, b| b.created_at.cmp(&a.created_at).then_with(|| b.id.cmp(&a.id)));
        Ok(CustomerDetail {
            contact_name: row.customer.contact_name.clone(),
            contact_email: row.customer.contact_email.clone(),
            row: customer_row(&row, now),
            subscriptions: subscriptions.iter().map(|one| subscription_row(one, &operations, &dates, now)).collect(),
            setup_info_onboarding_id: onboarding.map(|o| o.to_string()).unwrap_or_default(),
        })
    }
}

/// What the book is asked.
pub(crate) fn asked(query: CustomerQuery, now: Timestamp) -> AppResult<CustomerPageQuery> {
    Ok(CustomerPageQuery {
        search: query.search,
        reseller_ids: query.reseller_ids.iter().map(|id| id.parse()).collect::<Result<Vec<ResellerId>, _>>()?,
        countries: query.countries,
        states: query.states.into_iter().map(state).collect(),
        term_ends: month(&query.renews_in),
        sort: sort_column(query.sort),
        descending: query.descending,
        after: Some(query.after).filter(|after| !after.is_empty()),
        row: query.row,
        around: Some(query.around).filter(|id| !id.is_empty()).map(|id| id.parse()).transpose()?,
        tags: query.tags,
        limit: query.limit.clamp(1, PAGE_LIMIT),
        now,
        ..CustomerPageQuery::default()
    })
}

/// The first letters of names with the row that each leads to. What is no letter has no place among them.
fn letters(initials: Vec<(String, u32)>) -> Vec<CustomerInitial> {
    let (mut letters, mut row): (Vec<CustomerInitial>, u32) = (Vec::new(), 0);
    for (begins, count) in initials {
        let letter: String = begins.chars().take(1).flat_map(char::to_uppercase).collect();
        let is_new = letters.last().is_none_or(|last| last.letter != letter);
        if is_new && letter.chars().all(char::is_alphabetic) && !letter.is_empty() {
            letters.push(CustomerInitial { letter, row });
        }
        row = row.saturating_add(count);
    }
    letters
}

/// A password that somebody still has to hand over.
pub(crate) fn is_to_hand_over(state: SecretState) -> bool {
    match state {
        SecretState::Sealed | SecretState::Showing => true,
        SecretState::KeyReady | SecretState::Destroying | SecretState::Destroyed | SecretState::Unavailable => false,
    }
}

/// A row of the list.
pub(crate) fn customer_row(row: &CustomerListRow, now: Timestamp) -> CustomerRow {
    let customer = &row.customer;
    CustomerRow {
        id: customer.id.to_string(),
        tenant_id: customer.tenant_id.map(|t| t.to_string()).unwrap_or_default(),
        name: customer.name.clone(),
        alias: customer.alias.clone(),
        domain_prefix: customer.domain_prefix.clone(),
        country: customer.country.clone(),
        town: customer.town.clone(),
        reseller_id: customer.reseller_id.map(|r| r.to_string()).unwrap_or_default(),
        reseller_name: row.reseller_name.clone(),
        subscriptions: row.subscriptions,
        seats: row.seats,
        stands: stands::of_customer(customer, &row.stands, now),
    }
}

/// A row of a customer's subscriptions; `operations` and `dates` are the customer's.
pub(crate) fn subscription_row(
    subscription: &Subscription,
    operations: &[Operation],
    dates: &Dates,
    now: Timestamp,
) -> SubscriptionRow {
    SubscriptionRow {
        id: subscription.id.to_string(),
        product_name: subscription.product_name.clone(),
        quantity: subscription.quantity,
        term: words::term(subscription.term).to_owned(),
        cycle: words::cycle(subscription.cycle).to_owned(),
        commerce: words::commerce(subscription.commerce),
        ends_at: subscription.ends_at.map(told),
        auto_renew: subscription.auto_renew,
        stands: stands::of_subscription(subscription, operations, dates, now),
    }
}

fn state(state: CustomerStateView) -> CustomerState {
    match state {
        CustomerStateView::NeedsAttention => CustomerState::NeedsAttention,
        CustomerStateView::OnHold => CustomerState::OnHold,
        CustomerStateView::Waiting => CustomerState::Waiting,
        CustomerStateView::WindowCloses => CustomerState::WindowOpen,
        CustomerStateView::TermEnds => CustomerState::TermEnds,
        CustomerStateView::Draft => CustomerState::Draft,
        CustomerStateView::Confirmed => CustomerState::Confirmed,
    }
}

/// A month in UTC, from its first moment to before the next one's; text that names none filters nothing.
fn month(text: &str) -> Option<(Timestamp, Timestamp)> {
    let first: Date = format!("{text}-01").parse().ok()?;
    let next = first.checked_add(1.month()).ok()?;
    let start = |day: Date| day.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
    Some((start(first)?, start(next)?))
}

fn sort_column(sort: SortBy) -> CustomerSort {
    match sort {
        SortBy::Country => CustomerSort::Country,
        SortBy::Seats => CustomerSort::Seats,
        SortBy::Reseller => CustomerSort::Reseller,
        SortBy::Subscriptions => CustomerSort::Subscriptions,
        // The two others are columns of the resellers list.
        SortBy::Name | SortBy::Customers | SortBy::LastActivity => CustomerSort::Name,
    }
}
