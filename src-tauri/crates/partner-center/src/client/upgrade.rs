//! Upgrades: what licences can be moved to, moving them, and what was moved so far. New commerce by
//! `transitionEligibilities` and `transitions`, older commerce by `upgrades`.

use crate::client::exchange::Failure;
use crate::client::orders::sku_key;
use crate::client::subscription::path;
use crate::client::{Client, Told};
use crate::triage::Operation::{self, Read};
use crate::wire::{self, instant};
use cb_domain::catalogue::SkuKey;
use cb_domain::change::UpgradeSubscription;
use cb_domain::ids::TenantId;
use cb_sync::compare::{cycle_word, term_word};
use cb_sync::remote::{Answer, RefusalClass, RemoteUpgrade, RequestIds, Target, UpgradeState};
use serde_json::{Value, json};

impl Client {
    /// Products that are allowed, without those that Partner Center names with a reason against them.
    pub(crate) async fn upgrade_targets(
        &self,
        tenant: TenantId,
        subscription: &str,
        legacy: bool,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let path = path(tenant, subscription);
        let ask = if legacy {
            format!("{path}/upgrades")
        } else {
            format!("{path}/transitionEligibilities?eligibilityType=immediate")
        };
        let good = self.exchange(&self.get(Read, &ask), ids).await?;
        let whole = wire::document(&good.body)?;
        let items = list(&whole, "items")?;
        let targets = items.iter().filter_map(|item| if legacy { legacy_target(item) } else { target(item) }).collect();
        Ok((Answer::UpgradeTargets(targets), good.date))
    }

    /// Moves licences.
    pub(crate) async fn upgrade(
        &self,
        operation: Operation,
        tenant: TenantId,
        subscription: &str,
        payload: &UpgradeSubscription,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let path = path(tenant, subscription);
        if payload.legacy {
            return self.legacy_upgrade(operation, &path, payload, ids).await;
        }
        let item = match self.item_of(tenant, &payload.target, payload.term, payload.cycle, ids).await {
            Err(Failure::Unknown) => return Err(Failure::NotSent),
            item => item?,
        };
        let body = json!({
            "toCatalogItemId": item, "quantity": payload.quantity, "termDuration": term_word(payload.term),
            "billingCycle": cycle_word(payload.cycle),
            "transitionType": if payload.is_full() { "transition_with_license_transfer" } else { "transition_only" },
        });
        let good = self.post(operation, &format!("{path}/transitions"), Some(wire::to_body(&body)), ids).await?;
        let told = wire::document(&good.body)?;
        Ok((Answer::Upgraded(moved(&told).ok_or(Failure::Unknown)?), good.date))
    }

    /// Older commerce sends the very item back that it offered.
    async fn legacy_upgrade(
        &self,
        operation: Operation,
        path: &str,
        payload: &UpgradeSubscription,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let ask = self.get(Read, &format!("{path}/upgrades"));
        let read = match self.exchange(&ask, crate::client::exchange::ids_along(ids, "read")).await {
            Err(Failure::Unknown) => return Err(Failure::NotSent),
            read => read?,
        };
        let whole = wire::document(&read.body).map_err(|_| Failure::NotSent)?;
        let offered = list(&whole, "items").map_err(|_| Failure::NotSent)?.iter().find(|item| {
            legacy_target(item)
                .is_some_and(|target| target.sku.product_id.eq_ignore_ascii_case(&payload.target.product_id))
        });
        let Some(offered) = offered else {
            let class = RefusalClass::NotFound;
            return Err(Failure::Refused { class, status: 400, code: 900_236, data: Vec::new() });
        };
        let body = wire::to_body(offered);
        let good = self.post(operation, &format!("{path}/upgrades"), Some(body), ids).await?;
        let told = wire::document(&good.body)?;
        let failed = list(&told, "upgradeErrors").is_ok_and(|errors| !errors.is_empty());
        let done = RemoteUpgrade {
            target: payload.target.clone(),
            quantity: payload.quantity,
            at: good.date,
            state: if failed { UpgradeState::Failed } else { UpgradeState::Completed },
            to: text(&told, "targetSubscriptionId"),
        };
        Ok((Answer::Upgraded(done), good.date))
    }

    /// What was moved so far. Older commerce keeps no list: there it is the subscriptions of the target product.
    pub(crate) async fn read_upgrades(
        &self,
        tenant: TenantId,
        subscription: &str,
        legacy: bool,
        target: &SkuKey,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        if legacy {
            let of_customer = format!("/customers/{tenant}/subscriptions");
            let (found, date) = self.all::<wire::Subscription>(Read, &of_customer, ids).await?;
            let moved = found
                .iter()
                .filter(|one| {
                    one.offer_id.as_deref().is_some_and(|offer| offer.eq_ignore_ascii_case(&target.product_id))
                })
                .map(|one| RemoteUpgrade {
                    target: target.clone(),
                    quantity: one.quantity.unwrap_or(0),
                    at: one.creation_date.as_deref().and_then(instant),
                    state: UpgradeState::Completed,
                    to: one.id.clone(),
                })
                .collect();
            return Ok((Answer::Upgrades(moved), date));
        }
        let good = self.exchange(&self.get(Read, &format!("{}/transitions", path(tenant, subscription))), ids).await?;
        let whole = wire::document(&good.body)?;
        Ok((Answer::Upgrades(list(&whole, "items")?.iter().filter_map(moved).collect()), good.date))
    }
}

fn member<'v>(whole: &'v Value, name: &str) -> Option<&'v Value> {
    whole.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn text(whole: &Value, name: &str) -> Option<String> {
    member(whole, name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn number(whole: &Value, name: &str) -> u32 {
    member(whole, name).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}

/// A body without its list is none that was read.
fn list<'v>(whole: &'v Value, name: &str) -> Result<&'v Vec<Value>, Failure> {
    member(whole, name).and_then(Value::as_array).ok_or(Failure::Unknown)
}

fn target(item: &Value) -> Option<Target> {
    let eligible = member(item, "eligibilities")?
        .as_array()?
        .iter()
        .any(|one| member(one, "isEligible").and_then(Value::as_bool) == Some(true));
    let sku = sku_key(&text(item, "catalogItemId")?);
    eligible.then(|| Target { sku, title: text(item, "title").unwrap_or_default(), quantity: number(item, "quantity") })
}

fn legacy_target(item: &Value) -> Option<Target> {
    let offer = member(item, "targetOffer")?;
    let product_id = text(offer, "id")?;
    (member(item, "isEligible").and_then(Value::as_bool) == Some(true)).then(|| Target {
        sku: SkuKey { product_id, sku_id: String::new() },
        title: text(offer, "name").unwrap_or_default(),
        quantity: number(item, "quantity"),
    })
}

/// A transition as it was answered or listed: done once each of its events is.
fn moved(item: &Value) -> Option<RemoteUpgrade> {
    let sku = sku_key(&text(item, "toCatalogItemId")?);
    let events: Vec<&Value> = member(item, "events").and_then(Value::as_array).into_iter().flatten().collect();
    let stands = |event: &Value, word: &str| text(event, "status").is_some_and(|now| now.eq_ignore_ascii_case(word));
    let state = if events.iter().any(|event| stands(event, "failed")) {
        UpgradeState::Failed
    } else if !events.is_empty() && events.iter().all(|event| stands(event, "completed")) {
        UpgradeState::Completed
    } else {
        UpgradeState::Started
    };
    let at = events.iter().filter_map(|event| text(event, "timestamp").as_deref().and_then(instant)).min();
    Some(RemoteUpgrade {
        target: sku,
        quantity: number(item, "quantity"),
        at,
        state,
        to: text(item, "toSubscriptionId"),
    })
}
