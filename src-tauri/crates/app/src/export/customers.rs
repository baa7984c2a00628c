//! The customers that are listed, or their subscriptions, as a table: with the filters that are set, in the order of the
//! list. Partner Center's own export leaves both out.

use super::{Table, Words, word};
use crate::App;
use crate::error::AppResult;
use crate::lists::customers::{asked, customer_row};
use crate::views::{CustomerQuery, CustomerTable, ExportDone, ExportWord};
use cb_domain::export::Cell;
use cb_domain::ids::ResellerId;
use cb_domain::journal::{JournalDraft, JournalKind};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{CustomerListRow, CustomerPageQuery, Db, StoreError};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::path::PathBuf;

/// Customers read in one go: some milliseconds, so that no screen waits behind it.
const SLICE: u32 = 50;

/// Columns of customers in their order; the screen has a text for each.
const CUSTOMER_HEAD: [&str; 20] = [
    "name",
    "alias",
    "domain",
    "microsoft_id",
    "registration_number",
    "address_line_1",
    "address_line_2",
    "postal_code",
    "town",
    "state",
    "country",
    "contact",
    "email",
    "phone",
    "reseller",
    "partner_id",
    "tags",
    "subscriptions",
    "seats",
    "stands",
];

/// Columns of subscriptions in their order.
const SUBSCRIPTION_HEAD: [&str; 18] = [
    "name",
    "domain",
    "microsoft_id",
    "product",
    "licences",
    "term",
    "cycle",
    "commerce",
    "status",
    "auto_renew",
    "ends_at",
    "unit_price",
    "currency",
    "reseller_of_record",
    "partner_id",
    "support_contact",
    "subscription_id",
    "order_id",
];

impl App {
    /// Writes the customers of a list, or their subscriptions, into a file that the person has chosen: CSV, or a
    /// workbook where its name ends in `.xlsx`.
    ///
    /// # Errors
    /// `DiskFull` and other file errors, which leave no file; `NoBook`, or the store's.
    pub async fn export_customers(
        &self,
        query: CustomerQuery,
        table: CustomerTable,
        words: Vec<ExportWord>,
        to: PathBuf,
    ) -> AppResult<ExportDone> {
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        let words = Words::new(words);
        let head = match table {
            CustomerTable::Customers => words.head(CUSTOMER_HEAD).to_vec(),
            CustomerTable::Subscriptions => words.head(SUBSCRIPTION_HEAD).to_vec(),
        };
        let start = CustomerQuery { after: String::new(), around: String::new(), row: 0, limit: SLICE, ..query };
        let mut asked = asked(start, now)?;
        let writer = Writer { words, zone: self.inner.host.clock.time_zone(), now };
        let resellers = open.book.read(|db| db.resellers().all()).await?;
        let resellers: HashMap<ResellerId, (String, String)> =
            resellers.into_iter().map(|one| (one.id, (one.name, one.partner_id.unwrap_or_default()))).collect();
        let mut file = Table::begin(&to, &head)?;
        let mut rows = 0_u32;
        loop {
            let this = asked.clone();
            let (found, next) = open.book.read(move |db| page(db, &this, table)).await?;
            for (customer, more) in &found {
                for cells in writer.rows(customer, more, table, &resellers) {
                    file.row(&cells)?;
                    rows = rows.saturating_add(1);
                }
            }
            let Some(next) = next else { break };
            asked.after = Some(next);
        }
        let name = tokio::task::spawn_blocking(move || file.finish()).await.map_err(std::io::Error::other)??;
        let kind = match table {
            CustomerTable::Customers => JournalKind::CustomersExported,
            CustomerTable::Subscriptions => JournalKind::SubscriptionsExported,
        };
        let told = JournalDraft { reason: rows.to_string(), ..JournalDraft::new(kind) };
        let written = open.book.write(move |tx| tx.tell(&told)).await?;
        self.publish(&written.topics);
        Ok(ExportDone { entries: rows, rows, file: name })
    }
}

/// What a row of the list doesn't have.
#[derive(Default)]
struct More {
    profile: Option<cb_domain::profile::CustomerProfile>,
    tags: Vec<String>,
    /// Each with its support contact, as its page says it; `None` for the provider.
    subscriptions: Vec<(Subscription, Option<ResellerId>)>,
}

type Found = (Vec<(CustomerListRow, More)>, Option<String>);

fn page(db: &Db, asked: &CustomerPageQuery, table: CustomerTable) -> Result<Found, StoreError> {
    let page = db.customers().page(asked)?;
    let rows = page.rows.into_iter().map(|row| {
        let id = row.customer.id;
        let more = match table {
            CustomerTable::Customers => More {
                profile: db.profiles().get(id)?.map(|known| known.profile),
                tags: db.customer_book().tags(id)?,
                ..More::default()
            },
            CustomerTable::Subscriptions => {
                let mut all = db.subscriptions().of_customer(id)?;
                all.retain(|one| one.status != SubscriptionStatus::Deleted);
                let default = row.customer.reseller_id.map(|reseller| db.reseller_book().support(reseller));
                let default = default.transpose()?.flatten();
                let contact =
                    |one: &Subscription| db.subscription_book().support(one.id).map(|chosen| chosen.unwrap_or(default));
                let with = all.into_iter().map(|one| contact(&one).map(|contact| (one, contact)));
                More { subscriptions: with.collect::<Result<_, StoreError>>()?, ..More::default() }
            }
        };
        Ok((row, more))
    });
    Ok((rows.collect::<Result<_, StoreError>>()?, page.next))
}

/// How rows are told.
struct Writer {
    words: Words,
    zone: TimeZone,
    now: Timestamp,
}

type Resellers = HashMap<ResellerId, (String, String)>;

impl Writer {
    fn rows(&self, row: &CustomerListRow, more: &More, table: CustomerTable, resellers: &Resellers) -> Vec<Vec<Cell>> {
        match table {
            CustomerTable::Customers => vec![self.customer(row, more, resellers).to_vec()],
            CustomerTable::Subscriptions => more
                .subscriptions
                .iter()
                .map(|(one, contact)| self.subscription(row, one, *contact, resellers).to_vec())
                .collect(),
        }
    }

    fn customer(&self, row: &CustomerListRow, more: &More, resellers: &Resellers) -> [Cell; CUSTOMER_HEAD.len()] {
        let customer = &row.customer;
        let profile = more.profile.as_ref();
        let of = |field: fn(&cb_domain::profile::CustomerProfile) -> &String| {
            Cell::text(profile.map(field).map(String::as_str).unwrap_or_default())
        };
        let (reseller, partner_id) = named(customer.reseller_id, resellers);
        let stands = customer_row(row, self.now).stands;
        [
            Cell::text(&customer.name),
            Cell::text(&customer.alias),
            Cell::text(&customer.domain_prefix),
            Cell::text(customer.tenant_id.map(|id| id.to_string()).unwrap_or_default()),
            Cell::text(&customer.registration_number),
            of(|profile| &profile.address_line_1),
            of(|profile| &profile.address_line_2),
            of(|profile| &profile.postal_code),
            Cell::text(&customer.town),
            of(|profile| &profile.state),
            Cell::text(self.words.say("country", &customer.country)),
            Cell::text(&customer.contact_name),
            Cell::text(&customer.contact_email),
            of(|profile| &profile.phone),
            Cell::text(reseller),
            Cell::text(partner_id),
            Cell::text(more.tags.join("; ")),
            Cell::Number(i64::from(row.subscriptions)),
            Cell::Number(i64::from(row.seats)),
            Cell::text(self.words.say("state", &word(&stands.kind))),
        ]
    }

    fn subscription(
        &self,
        row: &CustomerListRow,
        one: &Subscription,
        contact: Option<ResellerId>,
        resellers: &Resellers,
    ) -> [Cell; SUBSCRIPTION_HEAD.len()] {
        let customer = &row.customer;
        let (reseller, partner_id) = named(one.reseller_of_record, resellers);
        let contact = match contact {
            None => self.words.say("support", "provider"),
            Some(id) => named(Some(id), resellers).0.to_owned(),
        };
        let none = Cell::text("");
        [
            Cell::text(&customer.name),
            Cell::text(&customer.domain_prefix),
            Cell::text(customer.tenant_id.map(|id| id.to_string()).unwrap_or_default()),
            Cell::text(&one.product_name),
            Cell::Number(i64::from(one.quantity)),
            Cell::text(self.words.say("term", &word(&one.term))),
            Cell::text(self.words.say("cycle", &word(&one.cycle))),
            Cell::text(self.words.say("commerce", &word(&one.commerce))),
            Cell::text(self.words.say("status", &word(&one.status))),
            Cell::text(self.words.say("yes_no", if one.auto_renew { "yes" } else { "no" })),
            one.ends_at.map_or(none.clone(), |at| Cell::Day(at.to_zoned(self.zone.clone()).date())),
            one.unit_price.clone().map_or(none, Cell::Amount),
            Cell::text(one.unit_price.as_ref().map(|price| price.currency.0.as_str()).unwrap_or_default()),
            Cell::text(reseller),
            Cell::text(partner_id),
            Cell::text(contact),
            Cell::text(one.remote_id.as_deref().unwrap_or_default()),
            Cell::text(one.order_id.as_deref().unwrap_or_default()),
        ]
    }
}

/// Name and PartnerID; empty without one.
fn named(id: Option<ResellerId>, resellers: &Resellers) -> (&str, &str) {
    id.and_then(|id| resellers.get(&id)).map_or(("", ""), |(name, partner_id)| (name, partner_id))
}
