//! Carts: made, read, replaced. A wrong quantity is a line error in a 201, as the service answers it.

use super::lines::{self, Line};
use super::{customer, instant};
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop, link};
use crate::state::carts::{self as table, Cart};
use crate::state::customers::Customer;
use cb_partner_center::wire;
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

/// How long a cart lives.
const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::post("/v1/customers/{customer}/carts", "create_cart", create)
        .takes(wire::schema::<wire::Cart>)
        .gives(wire::schema::<wire::Cart>)
        .refuses(&[403, 404, 409]),
    Route::get("/v1/customers/{customer}/carts/{cart}", "get_cart", one)
        .gives(wire::schema::<wire::Cart>)
        .refuses(&[403, 404]),
    Route::put("/v1/customers/{customer}/carts/{cart}", "replace_cart", replace)
        .takes(wire::schema::<wire::Cart>)
        .gives(wire::schema::<wire::Cart>)
        .good(&[200, 201])
        .refuses(&[403, 404, 409]),
];

/// `POST /customers/{id}/carts`.
pub(super) fn create(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let lines = checked_lines(exchange, &customer)?;
    let cart = build(exchange, &customer, Uuid::new_v4().to_string(), &instant(exchange.now), &lines)?;
    table::put(exchange.tx, &cart)?;
    Ok(Reply::created(cart.document))
}

/// `GET …/carts/{cart}`.
pub(super) fn one(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    Ok(Reply::ok(find(exchange, &customer)?.document))
}

/// `PUT …/carts/{cart}`: replaces the lines.
pub(super) fn replace(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let old = find(exchange, &customer)?;
    if old.result.is_some() {
        return Err(Refusal::new(400, codes::CART_DONE, "The cart is checked out").into());
    }
    let lines = checked_lines(exchange, &customer)?;
    let created = old.document["creationTimestamp"].as_str().unwrap_or_default().to_owned();
    let cart = build(exchange, &customer, old.id, &created, &lines)?;
    table::put(exchange.tx, &cart)?;
    Ok(Reply { status: exchange.world.options.choices.replaced_status, ..Reply::created(cart.document) })
}

/// The cart in the path; one that has run out is gone, unless it was bought.
pub(super) fn find(exchange: &Exchange<'_>, customer: &Customer) -> Result<Cart, Stop> {
    let cart = table::get(exchange.tx, &customer.id, exchange.param("cart"))?;
    cart.filter(|cart| cart.result.is_some() || cart.expires_at > exchange.now.as_second())
        .ok_or_else(|| Refusal::new(404, codes::CART, "The cart was not found or has expired").into())
}

fn checked_lines<'a>(exchange: &'a Exchange<'_>, customer: &Customer) -> Result<Vec<Line<'a>>, Stop> {
    let body = Fields::new(&exchange.body);
    let lines = lines::read(exchange, customer, body)?;
    if lines.iter().any(|line| line.partner_id.is_some()) && !body.at("partnerOnRecordAttestationAccepted").switch() {
        let text = "The attestation of the partner on record is missing";
        return Err(Refusal::new(400, codes::ATTESTATION, text).into());
    }
    Ok(lines)
}

fn build(
    exchange: &Exchange<'_>,
    customer: &Customer,
    id: String,
    created: &str,
    lines: &[Line<'_>],
) -> Result<Cart, Stop> {
    let expires = exchange.now.checked_add(LIFE)?;
    let groups = lines::groups(lines);
    let group_of = |line: &Line<'_>| groups.iter().position(|group| group.iter().any(|one| one.id == line.id));
    let line_items: Vec<Value> = lines.iter().map(|line| line.wire(group_of(line).unwrap_or_default())).collect();
    let document = json!({
        "id": id, "creationTimestamp": created, "lastModifiedTimestamp": instant(exchange.now),
        "expirationTimestamp": instant(expires), "lastModifiedUser": "9a1c0f7e-3f0b-4e51-8d2a-5b6c7d8e9f00",
        "status": "Active", "lineItems": line_items,
        "links": {"self": link(&format!("/customers/{}/carts/{id}", customer.id))},
        "attributes": {"objectType": "Cart"},
    });
    Ok(Cart { id, customer_id: customer.id.clone(), expires_at: expires.as_second(), document, result: None })
}
