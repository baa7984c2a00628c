//! A subscription with everything that can be changed in it. Partner Center wants the whole resource back and resets what
//! is left out (`autoRenewEnabled`, the instructions for the next term), so it is kept as the raw document that was read
//! and only what is to be changed is replaced in it.

use crate::client::exchange::{Ask, Failure, ids_along};
use crate::client::orders::{cycle, sku_key, subscription as row, term};
use crate::client::{Client, Told, encoded};
use crate::triage::Operation::{self, Read};
use crate::wire::{self, instant};
use cb_domain::catalogue::{BillingCycle, SkuKey, Term};
use cb_domain::change::{Batch, Change, Details, EndInstruction, NextTerm, Values, is_done};
use cb_domain::ids::TenantId;
use cb_sync::compare::{cycle_word, term_word};
use cb_sync::remote::{Answer, RefusalClass, RemoteSubscription, RequestIds};
use http::Method;
use serde_json::{Map, Value, json};

/// What shall happen at the end of a term without renewal: `cancel` or `extend`. Partner Center has not published the
/// member that says so; this name stands here once, and the practice Partner Center takes it.
const TERM_END: &str = "termEndInstruction";
const NEXT_TERM: &str = "scheduledNextTermInstructions";

impl Client {
    /// A subscription as it is now.
    pub(crate) async fn read_subscription(
        &self,
        tenant: TenantId,
        subscription: &str,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let good = self.exchange(&self.get(Read, &path(tenant, subscription)), ids).await?;
        let whole = wire::document(&good.body)?;
        Ok((Answer::Subscription(Box::new(remote(&whole)?)), good.date))
    }

    /// Reads the whole resource and writes it back with the change in it, as long as it is what was seen.
    pub(crate) async fn change_subscription(
        &self,
        operation: Operation,
        tenant: TenantId,
        subscription: &str,
        seen: &Values,
        change: &Change,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let path = path(tenant, subscription);
        // Until the change itself is sent nothing has happened, so a reading that failed left nothing open.
        let read = match self.exchange(&self.get(Read, &path), ids_along(ids, "read")).await {
            Err(Failure::Unknown) => return Err(Failure::NotSent),
            read => read?,
        };
        let mut whole = wire::document(&read.body).map_err(|_| Failure::NotSent)?;
        let now = remote(&whole).map_err(|_| Failure::NotSent)?;
        if is_done(&now.values, change) {
            return Ok((Answer::Subscription(Box::new(now)), read.date));
        }
        if now.values != *seen {
            return Err(stale());
        }
        let availability = match change {
            Change::AtRenewal { next } => Some(self.availability_of(tenant, &whole, next, ids).await?),
            Change::Licences { .. }
            | Change::AutoRenew { .. }
            | Change::DropAtRenewal
            | Change::Cancel
            | Change::Suspend
            | Change::Resume => None,
        };
        let etag = etag(&whole);
        let Some(members) = whole.as_object_mut() else { return Err(Failure::NotSent) };
        write(members, change, availability.as_deref());
        let ask = Ask {
            method: Method::PATCH,
            body: Some(wire::to_body(&whole)),
            extra: etag.map(|etag| ("if-match".to_owned(), etag)).into_iter().collect(),
            ..self.get(operation, &path)
        };
        let good = self.exchange(&ask, ids).await?;
        // 202 comes without the resource: what became of it is read later.
        let told = wire::document(&good.body)?;
        Ok((Answer::Subscription(Box::new(remote(&told)?)), good.date))
    }

    /// Third part of `catalogItemId` for the next term: the own one where product and SKU stay.
    async fn availability_of(
        &self,
        tenant: TenantId,
        whole: &Value,
        next: &NextTerm,
        ids: RequestIds,
    ) -> Result<String, Failure> {
        let offer = text(whole, "offerId").unwrap_or_default();
        if let Some(own) = offer.split(':').nth(2).filter(|_| sku_key(&offer) == next.sku) {
            return Ok(own.to_owned());
        }
        let item = match self.item_of(tenant, &next.sku, next.term, next.cycle, ids).await {
            // Only read so far.
            Err(Failure::Unknown) => return Err(Failure::NotSent),
            item => item?,
        };
        Ok(item.split(':').nth(2).unwrap_or_default().to_owned())
    }

    /// `catalogItemId` of a product as it is called today for this customer, with that term and cycle.
    pub(crate) async fn item_of(
        &self,
        tenant: TenantId,
        sku: &SkuKey,
        wanted_term: Term,
        wanted_cycle: BillingCycle,
        ids: RequestIds,
    ) -> Result<String, Failure> {
        let (product, key) = (encoded(&sku.product_id), encoded(&sku.sku_id));
        let path = format!("/customers/{tenant}/products/{product}/skus/{key}/availabilities");
        let (found, _) = self.all::<wire::Availability>(Read, &path, ids_along(ids, "item")).await?;
        let fits = |one: &&wire::Availability| {
            one.terms.iter().flatten().any(|of| {
                of.duration.as_deref().and_then(term) == Some(wanted_term)
                    && of.billing_cycle.as_ref().and_then(cycle) == Some(wanted_cycle)
            })
        };
        let item = found.iter().find(fits).map(|one| {
            one.catalog_item_id.clone().unwrap_or_else(|| format!("{}:{}:{}", one.product_id, one.sku_id, one.id))
        });
        item.ok_or(Failure::Refused { class: RefusalClass::NotFound, status: 404, code: 400_019, data: Vec::new() })
    }
}

fn stale() -> Failure {
    Failure::Refused { class: RefusalClass::Conflict, status: 412, code: 0, data: Vec::new() }
}

pub(super) fn path(tenant: TenantId, subscription: &str) -> String {
    format!("/customers/{tenant}/subscriptions/{}", encoded(subscription))
}

/// Replaces what the change is about; names come in any case, and the one that is there is replaced.
fn write(members: &mut Map<String, Value>, change: &Change, availability: Option<&str>) {
    let mut set = |name: &str, value: Value| {
        let there = members.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned();
        members.insert(there.unwrap_or_else(|| name.to_owned()), value);
    };
    match change {
        // An immediate change drops what is planned; so it is said, and what was read agrees with what is sent.
        Change::Licences { quantity } => {
            set("quantity", json!(quantity));
            set(NEXT_TERM, Value::Null);
        }
        Change::AutoRenew { on, end } => {
            set("autoRenewEnabled", json!(on));
            set(TERM_END, end_word(if *on { EndInstruction::None } else { *end }));
            if !on {
                set(NEXT_TERM, Value::Null);
            }
        }
        Change::AtRenewal { next } => {
            set("autoRenewEnabled", json!(true));
            set(TERM_END, Value::Null);
            let product = json!({
                "productId": next.sku.product_id, "skuId": next.sku.sku_id, "availabilityId": availability,
                "billingCycle": cycle_word(next.cycle), "termDuration": term_word(next.term),
            });
            set(NEXT_TERM, json!({ "product": product, "quantity": next.quantity }));
        }
        Change::DropAtRenewal => set(NEXT_TERM, Value::Null),
        Change::Cancel => {
            set("status", json!("deleted"));
            set(NEXT_TERM, Value::Null);
        }
        Change::Suspend => {
            set("status", json!("suspended"));
            set("autoRenewEnabled", json!(false));
            set(NEXT_TERM, Value::Null);
        }
        Change::Resume => set("status", json!("active")),
    }
}

fn end_word(end: EndInstruction) -> Value {
    match end {
        EndInstruction::None => Value::Null,
        EndInstruction::Cancel => json!("cancel"),
        EndInstruction::Extend => json!("extend"),
    }
}

fn member<'v>(whole: &'v Value, name: &str) -> Option<&'v Value> {
    whole.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn text(whole: &Value, name: &str) -> Option<String> {
    member(whole, name)?.as_str().map(str::to_owned)
}

/// A document that is no subscription tells nothing.
fn remote(whole: &Value) -> Result<RemoteSubscription, Failure> {
    let typed: wire::Subscription = serde_json::from_value(whole.clone()).map_err(|_| Failure::Unknown)?;
    if typed.id.as_deref().unwrap_or_default().is_empty() {
        return Err(Failure::Unknown);
    }
    let row = row(&typed, None);
    let next_term =
        member(whole, NEXT_TERM).and_then(|next| next_term(next, &row.sku, row.quantity, row.term, row.cycle));
    let end = match text(whole, TERM_END).unwrap_or_default().to_ascii_lowercase().as_str() {
        "cancel" => EndInstruction::Cancel,
        "extend" => EndInstruction::Extend,
        _ => EndInstruction::None,
    };
    let parts = typed.refundable_quantity.iter().filter_map(|all| all.details.as_ref()).flatten();
    let batches = parts
        .filter_map(|part| {
            let until = part.allowed_until_date_time.as_deref().and_then(instant)?;
            Some(Batch { quantity: part.quantity.unwrap_or(0), until })
        })
        .collect();
    Ok(RemoteSubscription {
        values: Values {
            sku: row.sku,
            quantity: row.quantity,
            term: row.term,
            cycle: row.cycle,
            status: row.status,
            auto_renew: row.auto_renew,
            end,
            next_term: next_term.clone(),
        },
        details: Details {
            trial: typed.is_trial.unwrap_or(false),
            started_at: typed.effective_start_date.as_deref().or(typed.creation_date.as_deref()).and_then(instant),
            batches,
            next_term,
            end,
        },
        name: row.product_name,
        ends_at: row.ends_at,
        cancellable_until: row.cancellable_until,
        partner_id: typed.partner_id.clone().filter(|id| !id.trim().is_empty()),
    })
}

/// What is not said stays as it is.
fn next_term(next: &Value, sku: &SkuKey, quantity: u32, own_term: Term, own_cycle: BillingCycle) -> Option<NextTerm> {
    next.as_object()?;
    let product = member(next, "product").cloned().unwrap_or_default();
    let key = match (text(&product, "productId"), text(&product, "skuId")) {
        (Some(product_id), Some(sku_id)) => SkuKey { product_id, sku_id },
        (_, _) => sku.clone(),
    };
    let said = |name: &str| text(&product, name);
    let said_cycle = said("billingCycle").and_then(|word| match word.to_ascii_lowercase().as_str() {
        "monthly" => Some(BillingCycle::Monthly),
        "annual" => Some(BillingCycle::Annual),
        "triennial" => Some(BillingCycle::Triennial),
        "none" => Some(BillingCycle::None),
        _ => None,
    });
    let number = member(next, "quantity").and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    Some(NextTerm {
        sku: key,
        quantity: number.unwrap_or(quantity),
        term: said("termDuration").as_deref().and_then(term).unwrap_or(own_term),
        cycle: said_cycle.unwrap_or(own_cycle),
    })
}

/// The tag of an older subscription, quoted as the header wants it.
fn etag(whole: &Value) -> Option<String> {
    let text = whole.get("attributes")?.get("etag")?.as_str()?;
    let bare = text.trim_matches('"');
    (!bare.is_empty()).then(|| format!("\"{bare}\""))
}
