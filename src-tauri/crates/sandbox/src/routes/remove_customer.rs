//! The end of a customer: the relationship removed by `PATCH`, the customer deleted as an integration account may.

use super::customer;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop};
use crate::state::customers as table;
use crate::state::subscriptions;
use cb_partner_center::wire;
use serde_json::json;

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::patch("/v1/customers/{customer}", "remove_relationship", remove)
        .takes(wire::schema::<wire::Customer>)
        .gives(wire::schema::<wire::Customer>)
        .refuses(&[403, 404])
        .user_only(),
    Route::delete("/v1/customers/{customer}", "delete_customer", delete).refuses(&[403, 404]),
];

/// `PATCH /customers/{id}` with `relationshipToPartner` none: after all subscriptions are suspended.
fn remove(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let mut customer = customer(exchange)?;
    let wanted = Fields::new(&exchange.body).at("relationshipToPartner").text().unwrap_or_default();
    if !wanted.eq_ignore_ascii_case("none") {
        let data = ["relationshipToPartner".to_owned()];
        return Err(Refusal::with_data(400, codes::INPUT, "Only none can be set", &data).into());
    }
    let active = subscriptions::of_customer(exchange.tx, &customer.id)?.iter().any(|one| one.status == "active");
    if active {
        return Err(Refusal::new(400, codes::STILL_ACTIVE, "The customer still has active subscriptions").into());
    }
    customer.document["relationshipToPartner"] = json!("none");
    customer.document["allowDelegatedAccess"] = json!(false);
    let answer = customer.document.clone();
    // The tenant goes on without the provider.
    table::remove(exchange.tx, &customer, true)?;
    Ok(Reply::ok(answer))
}

/// `DELETE /customers/{id}`: once it owns nothing that is active.
fn delete(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let active = subscriptions::of_customer(exchange.tx, &customer.id)?.iter().any(|one| one.status == "active");
    if active {
        return Err(Refusal::new(400, codes::STILL_ACTIVE, "The customer still has active subscriptions").into());
    }
    table::remove(exchange.tx, &customer, false)?;
    Ok(Reply::empty(204))
}
