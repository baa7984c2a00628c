//! All routes, one file per resource.

mod address;
mod agreements;
pub(crate) mod audit;
mod carts;
mod checkout;
mod create_customer;
mod customers;
mod licences;
pub(crate) mod life;
mod lines;
mod offers;
mod older_orders;
mod orders;
mod paging;
mod partner;
mod price_sheet;
mod products;
mod profile;
mod promotions;
mod provisioning;
mod record;
mod relationship_request;
mod remove_customer;
pub(crate) mod subscriptions;
mod transitions;
mod users;

use crate::http::{Exchange, Refusal, Route, Stop, spelled_as};
use crate::state::customers::{self as table, Customer};
use jiff::Timestamp;

/// Every route, described where it is served. A fixed path stands before one with a name in its place.
const TABLES: &[&[Route]] = &[
    address::ROUTES,
    partner::ROUTES,
    agreements::ROUTES,
    products::ROUTES,
    price_sheet::ROUTES,
    relationship_request::ROUTES,
    customers::ROUTES,
    create_customer::ROUTES,
    profile::ROUTES,
    carts::ROUTES,
    checkout::ROUTES,
    orders::ROUTES,
    subscriptions::ROUTES,
    record::ROUTES,
    transitions::ROUTES,
    remove_customer::ROUTES,
    promotions::ROUTES,
    offers::ROUTES,
    older_orders::ROUTES,
    provisioning::ROUTES,
    users::ROUTES,
    licences::ROUTES,
    audit::ROUTES,
];

/// The route table.
pub(crate) fn table() -> impl Iterator<Item = &'static Route> {
    TABLES.iter().copied().flatten()
}

/// The name of the call that a request makes; empty for none.
pub(crate) fn name_of(method: &str, path: &str) -> &'static str {
    let fits =
        |route: &&Route| route.verb.word().eq_ignore_ascii_case(method) && spelled_as(path, route.path).is_some();
    table().find(fits).map_or("", |route| route.name)
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
    pub(crate) use super::life::happens;
    pub(crate) use super::orders::line as order_line;
    pub(crate) use super::profile::change_elsewhere;
}
