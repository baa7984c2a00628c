//! Customers: rows, single look-ups and writing. The list is in `customer_page.rs`, likely duplicates in `similar.rs`.

use super::customer_parts::searched;
use super::stands::StandsFacts;
use crate::fold::{fold, fold_number};
use crate::value::{Id, Time, Word};
use crate::{Db, Result, Tx};
use cb_domain::customer::Customer;
use cb_domain::ids::{CustomerId, ResellerId, TenantId};
use cb_domain::topic::Topic;
use jiff::Timestamp;
use rusqlite::{Row, named_params};

/// Reads customers.
pub struct Customers<'d>(pub(super) &'d Db);

/// Sort column of the customers list. Ties are sorted by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerSort {
    /// Name.
    #[default]
    Name,
    /// Country code.
    Country,
    /// Name of the reseller; direct customers first.
    Reseller,
    /// Number of subscriptions.
    Subscriptions,
    /// Seats.
    Seats,
}

/// A state that customers are filtered by. One customer may be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustomerState {
    /// An operation needs a person.
    NeedsAttention,
    /// An operation is on hold.
    OnHold,
    /// An operation waits or is being sent.
    Waiting,
    /// A window in which licences can go back is open.
    WindowOpen,
    /// A term ends and nobody has decided.
    TermEnds,
    /// A draft adds to it or mends it.
    Draft,
    /// Partner Center knows it, and nothing of it is open.
    Confirmed,
}

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerPageQuery {
    /// Text as typed.
    pub search: String,
    /// Resellers; empty for all.
    pub reseller_ids: Vec<ResellerId>,
    /// Countries by ISO code; empty for all.
    pub countries: Vec<String>,
    /// Any of these states; empty for all.
    pub states: Vec<CustomerState>,
    /// Any of these tags; empty for all.
    pub tags: Vec<String>,
    /// With a live subscription whose term ends from the first to before the second.
    pub term_ends: Option<(Timestamp, Timestamp)>,
    /// Sort column.
    pub sort: CustomerSort,
    /// Descending.
    pub descending: bool,
    /// Cursor of the page before.
    pub after: Option<String>,
    /// Begins with the first name from these letters on; in the order of names only, and not together with `after`.
    pub from: String,
    /// Begins with the row of this number, counted from 0: for a jump to where no page before it was read. Not together
    /// with `after` or `from`.
    pub row: u32,
    /// Has this customer in its middle: in the whole list in the order of names only.
    pub around: Option<CustomerId>,
    /// Rows wanted.
    pub limit: u32,
    /// Now: what is a window still open is counted from it.
    pub now: Timestamp,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerListRow {
    /// The customer.
    pub customer: Customer,
    /// Name of its reseller; empty when direct.
    pub reseller_name: String,
    /// Subscriptions, deleted ones left out.
    pub subscriptions: u32,
    /// Licences of live subscriptions.
    pub seats: u32,
    /// What its state is made of.
    pub stands: StandsFacts,
}

/// A page of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerPageRows {
    /// Rows.
    pub rows: Vec<CustomerListRow>,
    /// Cursor of the next page; `None` at the end.
    pub next: Option<String>,
    /// Number of the first row where the page was asked for by `row` or `around`; 0 otherwise.
    pub first_row: u32,
    /// Customers that match: all of them, or those on this page when there are more and counting them would take long.
    pub matching: u32,
    /// There are more than `matching`.
    pub more: bool,
    /// All customers.
    pub total: u32,
}

/// What a new customer is compared by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SimilarQuery {
    /// Company name as typed.
    pub name: String,
    /// Town as typed.
    pub town: String,
    /// Domain prefix as typed.
    pub domain_prefix: String,
    /// Registration number as typed; empty when none.
    pub registration_number: String,
    /// The contact's e-mail address as typed.
    pub email: String,
}

pub(super) const COLUMNS: &str = "c.number, c.id, c.tenant_id, c.name, c.alias, c.domain_prefix, c.country, c.town, \
     c.contact_name, c.contact_email, c.registration_number, c.reseller_id, c.review, c.agreement, c.created_at, \
     c.confirmed_at";

/// Customers never made, and nobody means to make them any more: their operation was cancelled before they came to be.
/// The rows stay for the history of their operations; lists, search and the check for duplicates leave them out. The
/// index on states leads to the few there are, whatever else customers are narrowed down by.
pub(super) const ABANDONED: &str = "(SELECT DISTINCT o.customer_id FROM operations o
    WHERE o.state = 'cancelled' AND o.kind = 'create_customer') gone
    CROSS JOIN customers c ON c.id = gone.customer_id AND c.tenant_id IS NULL";

/// Conditions for the customers that are not abandoned.
pub(super) const KEPT: &str = "(c.tenant_id IS NOT NULL OR c.id NOT IN (SELECT o.customer_id FROM operations o
    WHERE o.state = 'cancelled' AND o.kind = 'create_customer'))";

impl Db {
    /// Customers.
    #[must_use]
    pub fn customers(&self) -> Customers<'_> {
        Customers(self)
    }
}

impl Customers<'_> {
    /// One.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, id: CustomerId) -> Result<Option<Customer>> {
        self.0.row(&format!("SELECT {COLUMNS} FROM customers c WHERE c.id = ?1"), [Id(id)], read)
    }

    /// The one with this tenant.
    ///
    /// # Errors
    /// When the database fails.
    pub fn by_tenant(&self, tenant: TenantId) -> Result<Option<Customer>> {
        self.0.row(&format!("SELECT {COLUMNS} FROM customers c WHERE c.tenant_id = ?1"), [Id(tenant)], read)
    }

    /// The oldest one with this domain prefix, in upper or lower case.
    ///
    /// # Errors
    /// When the database fails.
    pub fn by_prefix(&self, prefix: &str) -> Result<Option<Customer>> {
        self.0.row(
            &format!(
                "SELECT {COLUMNS} FROM customers c WHERE c.domain_prefix = ?1 COLLATE NOCASE AND {KEPT}
                 ORDER BY c.number"
            ),
            [prefix],
            read,
        )
    }
}

impl Tx {
    /// Inserts or updates a customer and its search text.
    ///
    /// # Errors
    /// `Duplicate` when another one has its tenant.
    pub fn put_customer(&self, customer: &Customer) -> Result<()> {
        let before = self.customer_before(customer.id)?;
        let indexed = self.indexed(customer.id)?;
        let tags = if indexed.is_some() { self.customer_book().tags(customer.id)? } else { Vec::new() };
        let folded = searched(customer, &tags);
        self.execute(
            include_str!("../sql/put_customer.sql"),
            named_params! {
                ":id": Id(customer.id),
                ":tenant_id": customer.tenant_id.map(Id),
                ":name": customer.name,
                ":name_key": fold(&customer.name),
                ":alias": customer.alias,
                ":domain_prefix": customer.domain_prefix,
                ":country": customer.country,
                ":town": customer.town,
                ":town_key": fold(&customer.town),
                ":contact_name": customer.contact_name,
                ":contact_email": customer.contact_email,
                ":registration_number": customer.registration_number,
                ":registration_key": fold_number(&customer.registration_number),
                ":reseller_id": customer.reseller_id.map(Id),
                ":review": Word(customer.review),
                ":agreement": Word(customer.agreement),
                ":created_at": Time(customer.created_at),
                ":confirmed_at": customer.confirmed_at.map(Time),
                ":folded": folded,
            },
        )?;
        self.index(customer, &tags, &folded, indexed)?;
        self.touch(Topic::Customers);
        self.tell_customer(before.as_ref(), customer)
    }
}

/// Maps [`COLUMNS`].
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Customer> {
    Ok(Customer {
        id: row.get::<_, Id<_>>("id")?.0,
        tenant_id: row.get::<_, Option<Id<_>>>("tenant_id")?.map(|id| id.0),
        name: row.get("name")?,
        alias: row.get("alias")?,
        domain_prefix: row.get("domain_prefix")?,
        country: row.get("country")?,
        town: row.get("town")?,
        contact_name: row.get("contact_name")?,
        contact_email: row.get("contact_email")?,
        registration_number: row.get("registration_number")?,
        reseller_id: row.get::<_, Option<Id<_>>>("reseller_id")?.map(|id| id.0),
        review: row.get::<_, Word<_>>("review")?.0,
        agreement: row.get::<_, Word<_>>("agreement")?.0,
        created_at: row.get::<_, Time>("created_at")?.0,
        confirmed_at: row.get::<_, Option<Time>>("confirmed_at")?.map(|time| time.0),
    })
}
