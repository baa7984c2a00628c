//! All routes, one file per resource.

mod address;
mod agreements;
mod carts;
mod checkout;
mod create_customer;
mod customers;
mod lines;
mod orders;
mod partner;
mod price_sheet;
mod products;
mod profile;
mod record;
pub(crate) mod subscriptions;

use crate::http::{Exchange, Refusal, Route, Stop};
use crate::state::customers::{self as table, Customer};
use jiff::Timestamp;

/// Every route, described where it is served. A fixed path stands before one with a name in its place.
const TABLES: &[&[Route]] = &[
    address::ROUTES,
    partner::ROUTES,
    agreements::ROUTES,
    products::ROUTES,
    price_sheet::ROUTES,
    customers::ROUTES,
    create_customer::ROUTES,
    profile::ROUTES,
    carts::ROUTES,
    checkout::ROUTES,
    orders::ROUTES,
    subscriptions::ROUTES,
    record::ROUTES,
];

/// The route table.
pub(crate) fn table() -> impl Iterator<Item = &'static Route> {
    TABLES.iter().copied().flatten()
}

/// The customer that the path names.
fn customer(exchange: &Exchange<'_>) -> Result<Customer, Stop> {
    let id = exchange.param("customer");
    table::get(exchange.tx, id)?.ok_or_else(|| {
        let chosen = exchange.world.options.choices.unknown_customer;
        Refusal::new(chosen.status, chosen.code, &format!("Customer {id} was not found")).into()
    })
}

/// A time as Partner Center writes it.
pub(crate) fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.7fZ").to_string()
}

/// Pieces of wire documents that the sample data is built from too.
pub(crate) mod sample_parts {
    pub(crate) use super::agreements::document as agreement_document;
    pub(crate) use super::create_customer::NewCustomer;
    pub(crate) use super::instant;
    pub(crate) use super::orders::line as order_line;
    pub(crate) use super::profile::change_elsewhere;
}
