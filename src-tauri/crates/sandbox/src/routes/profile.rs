//! `PUT /customers/{id}/profiles/billing`: changed only as long as it is what the caller read.

use super::address::{Address, rules_of};
use super::create_customer::{check_address, email_is_valid, require_profile};
use super::customer;
use crate::SandboxError;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop};
use crate::state::customers::{self as table, Customer};
use cb_partner_center::wire;
use rusqlite::Connection;
use serde_json::{Value, json};

/// Routes of this file.
pub(super) const ROUTES: &[Route] =
    &[Route::put("/v1/customers/{customer}/profiles/billing", "update_profile", replace)
        .takes(wire::schema::<wire::BillingProfile>)
        .gives(wire::schema::<wire::BillingProfile>)
        .refuses(&[403, 404, 412])];

/// The handler.
pub(super) fn replace(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let mut customer = customer(exchange)?;
    let asked = exchange.header("if-match").unwrap_or_default().trim_matches('"').to_owned();
    let current = &customer.document["billingProfile"];
    if asked.is_empty() || Some(asked.as_str()) != current["attributes"]["etag"].as_str() {
        return Err(Refusal::new(400, codes::STALE, "The resource was changed since it was read").into());
    }
    let body = Fields::new(&exchange.body);
    require_profile(body, "")?;
    let text = |field: Fields<'_>| field.text().unwrap_or_default();
    if !email_is_valid(&text(body.at("email"))) {
        let data = ["email".to_owned()];
        return Err(Refusal::with_data(400, codes::EMAIL, "The e-mail address is not valid", &data).into());
    }
    let place = body.at("defaultAddress");
    let address = Address::read(place);
    if address.country.as_deref() != current["defaultAddress"]["country"].as_str() {
        let data = ["defaultAddress.country".to_owned()];
        return Err(Refusal::with_data(400, codes::INPUT, "The country cannot be changed", &data).into());
    }
    check_address(exchange, &address, &rules_of(exchange, address.country.as_deref().unwrap_or_default())?)?;
    let mut written = address.wire();
    for name in ["firstName", "lastName", "middleName", "phoneNumber"] {
        written[name] = json!(place.at(name).text());
    }
    let profile = &mut customer.document["billingProfile"];
    for name in ["firstName", "lastName", "email", "culture", "language", "companyName"] {
        profile[name] = json!(body.at(name).text());
    }
    profile["defaultAddress"] = written;
    put(exchange.tx, &mut customer)?;
    Ok(Reply::ok(customer.document["billingProfile"].clone()))
}

/// Stores the profile under a new tag, and the company's name where it is listed.
fn put(db: &Connection, customer: &mut Customer) -> Result<(), SandboxError> {
    let tag = i64::from_be_bytes(uuid::Uuid::new_v4().as_u64_pair().1.to_be_bytes()).to_string();
    let profile = &mut customer.document["billingProfile"];
    profile["attributes"]["etag"] = json!(tag);
    let company = profile["companyName"].as_str().unwrap_or_default().to_owned();
    customer.document["companyProfile"]["companyName"] = json!(company);
    customer.company = company.to_lowercase();
    table::update(db, customer)
}

/// Somebody else changes contact and street in Partner Center. Pressed again, it is another change.
pub(crate) fn change_elsewhere(db: &Connection, id: &str) -> Result<bool, SandboxError> {
    let Some(mut customer) = table::get(db, id)? else { return Ok(false) };
    let profile = &mut customer.document["billingProfile"];
    let again = profile["lastName"].as_str() == Some("Neumann");
    let (first, last) = if again { ("Robin", "Albers") } else { ("Kim", "Neumann") };
    let domain =
        profile["email"].as_str().and_then(|email| email.split('@').nth(1)).unwrap_or("example.com").to_owned();
    let street = if again { "Lindenallee 21" } else { "Hafenstraße 7" };
    profile["firstName"] = json!(first);
    profile["lastName"] = json!(last);
    profile["email"] = json!(format!("{}.{}@{domain}", first.to_lowercase(), last.to_lowercase()));
    let address: &mut Value = &mut profile["defaultAddress"];
    address["firstName"] = json!(first);
    address["lastName"] = json!(last);
    address["addressLine1"] = json!(street);
    put(db, &mut customer)?;
    Ok(true)
}
