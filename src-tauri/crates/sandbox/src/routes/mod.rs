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

use crate::codes;
use crate::http::{Exchange, Refusal, Shared, Stop, ask, get, head, patch, post, put};
use crate::state::customers::{self as table, Customer};
use axum::Router;
use jiff::Timestamp;

/// The route table.
pub(crate) fn all() -> Router<Shared> {
    Router::new()
        .route("/v1/domains/{domain}", head(address::domain))
        .route("/v1/validations/address", ask(address::validate))
        .route("/v1/countryvalidationrules/{country}", get(address::country_rules))
        .route("/v1/relationships", get(partner::relationships))
        .route("/v1/profiles/mpn", get(partner::mpn_profile))
        .route("/v1/profiles/legalbusiness", get(partner::legal_profile))
        .route("/v1/compliance/csp/agreementstatus", get(partner::agreement_status))
        .route("/v1/partners/validateresellers", ask(partner::validate_resellers))
        .route("/v1/agreements", get(agreements::templates))
        .route("/v1/products", get(products::list))
        .route("/v1/products/{product}", get(products::one))
        .route("/v1/products/{product}/skus", get(products::skus))
        .route("/v1/products/{product}/skus/{sku}", get(products::sku))
        .route("/v1/products/{product}/skus/{sku}/availabilities", get(products::availabilities))
        .route("/v1/products/{product}/skus/{sku}/availabilities/{availability}", get(products::availability))
        .route("/v1.0/sales/{sheet}/$value", get(price_sheet::download))
        .route("/v1/customers", get(customers::list).merge(post(create_customer::create)))
        .route("/v1/customers/{customer}", get(customers::one))
        .merge(of_customer())
}

/// What hangs on one customer.
fn of_customer() -> Router<Shared> {
    const C: &str = "/v1/customers/{customer}";
    Router::new()
        .route(&format!("{C}/profiles/company"), get(customers::company_profile))
        .route(&format!("{C}/profiles/billing"), get(customers::billing_profile).merge(put(profile::replace)))
        .route(&format!("{C}/validationStatus"), get(customers::validation_status))
        .route(&format!("{C}/relationships"), get(customers::relationships))
        .route(&format!("{C}/agreements"), get(agreements::of_customer).merge(post(agreements::attest)))
        .route(&format!("{C}/directSignedMicrosoftCustomerAgreementStatus"), get(agreements::direct_signed))
        .route(&format!("{C}/products"), get(products::list))
        .route(&format!("{C}/products/{{product}}"), get(products::one))
        .route(&format!("{C}/products/{{product}}/skus"), get(products::skus))
        .route(&format!("{C}/products/{{product}}/skus/{{sku}}"), get(products::sku))
        .route(&format!("{C}/products/{{product}}/skus/{{sku}}/availabilities"), get(products::availabilities))
        .route(
            &format!("{C}/products/{{product}}/skus/{{sku}}/availabilities/{{availability}}"),
            get(products::availability),
        )
        .route(&format!("{C}/carts"), post(carts::create))
        .route(&format!("{C}/carts/{{cart}}"), get(carts::one).merge(put(carts::replace)))
        .route(&format!("{C}/carts/{{cart}}/checkout"), post(checkout::checkout))
        .route(&format!("{C}/orders"), get(orders::list))
        .route(&format!("{C}/orders/{{order}}"), get(orders::one))
        .route(&format!("{C}/orders/{{order}}/provisioningstatus"), get(orders::provisioning))
        .route(&format!("{C}/subscriptions"), get(subscriptions::list))
        .route(&format!("{C}/subscriptions/{{subscription}}"), get(subscriptions::one).merge(patch(record::change)))
}

/// The customer that the path names.
fn customer(exchange: &Exchange<'_>) -> Result<Customer, Stop> {
    let id = exchange.param("customer");
    table::get(exchange.tx, id)?
        .ok_or_else(|| Refusal::new(404, codes::CUSTOMER, &format!("Customer {id} was not found")).into())
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
