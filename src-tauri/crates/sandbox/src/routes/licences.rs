//! Licences that a customer has: one entry per product of its active subscriptions.

use super::customer;
use crate::http::{Exchange, Reply, Route, Stop, collection, may};
use crate::state::subscriptions::of_customer;
use cb_partner_center::wire;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[Route::get("/v1/customers/{customer}/subscribedskus", "licences", list)
    .query(&[may("licenseGroupIds", "group1")])
    .gives(wire::list_schema::<wire::SubscribedSku>)
    .refuses(&[403, 404])
    .user_only()];

fn list(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let mut by_product: BTreeMap<String, (String, u32, u32)> = BTreeMap::new();
    for one in of_customer(exchange.tx, &customer.id)? {
        let key = if one.sku.is_empty() { one.offer_id.clone() } else { one.sku.clone() };
        let entry = by_product.entry(key).or_insert_with(|| (one.name.clone(), 0, 0));
        match one.status.as_str() {
            "active" => entry.1 = entry.1.saturating_add(one.quantity),
            "suspended" => entry.2 = entry.2.saturating_add(one.quantity),
            _ => {}
        }
    }
    let items: Vec<Value> = by_product
        .iter()
        .map(|(key, (name, active, suspended))| {
            let part = name.to_uppercase().replace([' ', '(', ')'], "_");
            let id = |what: &str| Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{what} {key}").as_bytes()).to_string();
            json!({
                "availableUnits": active, "activeUnits": active, "consumedUnits": 0, "suspendedUnits": suspended,
                "totalUnits": active + suspended, "warningUnits": 0,
                "productSku": {"id": id("sku"), "name": name, "skuPartNumber": part, "targetType": "User",
                    "licenseGroupId": "group1"},
                "servicePlans": [{"displayName": name, "serviceName": part, "id": id("plan"),
                    "capabilityStatus": "Enabled", "targetType": "User"}],
                "capabilityStatus": "Enabled", "attributes": {"objectType": "SubscribedSku"},
            })
        })
        .collect();
    Ok(Reply::ok(collection(items, &format!("/customers/{}/subscribedskus", customer.id))))
}
