//! Carts: availability ids are looked up just before, because they change with every price or offer update.

use crate::client::exchange::{Failure, ids_along};
use crate::client::orders::{minor, order, sku_key};
use crate::client::{Client, Told, encoded};
use crate::triage::Operation::{self, Read};
use crate::wire::{self, Availability};
use cb_domain::catalogue::{BillingCycle, Term};
use cb_domain::ids::TenantId;
use cb_domain::operation::OrderLine;
use cb_sync::remote::{Answer, CheckoutResult, RefusalClass, RemoteLine, RequestIds};

/// "Availability not found", which is also what it means when none has the wanted term.
const NO_AVAILABILITY: u32 = 400_019;

impl Client {
    /// Makes the cart.
    pub(crate) async fn create_cart(
        &self,
        operation: Operation,
        tenant: TenantId,
        country: &str,
        reseller: Option<&str>,
        lines: &[OrderLine],
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let mut items = Vec::with_capacity(lines.len());
        for line in lines {
            items.push(self.cart_line(tenant, country, reseller, line, ids).await?);
        }
        let cart = wire::Cart {
            partner_on_record_attestation_accepted: reseller.map(|_| true),
            line_items: Some(items),
            ..wire::Cart::default()
        };
        let path = format!("/customers/{tenant}/carts");
        let good = self.post(operation, &path, Some(wire::to_body(&cart)), ids).await?;
        let cart: wire::Cart = wire::from_answer(&good.body)?;
        let cart_id = cart.id.filter(|id| !id.is_empty()).ok_or(Failure::Unknown)?;
        let lines = cart.line_items.iter().flatten().map(cart_line).collect();
        Ok((Answer::Cart { cart_id, lines }, good.date))
    }

    async fn cart_line(
        &self,
        tenant: TenantId,
        country: &str,
        reseller: Option<&str>,
        line: &OrderLine,
        ids: RequestIds,
    ) -> Result<wire::CartLineItem, Failure> {
        let availability = self.availability(tenant, country, line, ids).await?;
        let participants = reseller.map(|partner_id| {
            vec![wire::Participant { key: wire::ParticipantKey::TransactionReseller, value: partner_id.to_owned() }]
        });
        Ok(wire::CartLineItem {
            id: line.number,
            catalog_item_id: Some(availability),
            quantity: Some(line.quantity),
            billing_cycle: Some(cycle_word(line.cycle)),
            term_duration: Some(term_word(line.term).to_owned()),
            participants,
            custom_term_end_date: line.custom_end.map(|day| format!("{day}T00:00:00Z")),
            ..wire::CartLineItem::default()
        })
    }

    /// `catalogItemId` of the line, as it is called today for this customer.
    async fn availability(
        &self,
        tenant: TenantId,
        country: &str,
        line: &OrderLine,
        ids: RequestIds,
    ) -> Result<String, Failure> {
        let (product, sku) = (encoded(&line.sku.product_id), encoded(&line.sku.sku_id));
        let path =
            format!("/customers/{tenant}/products/{product}/skus/{sku}/availabilities?country={}", encoded(country));
        let ids = ids_along(ids, &format!("line {}", line.number));
        let found = self.all::<Availability>(Read, &path, ids).await;
        let none = |code| Failure::Refused {
            class: RefusalClass::NotFound,
            status: 404,
            code,
            data: vec![format!("lines.{}", line.number)],
        };
        match found {
            Ok((found, _)) => {
                let fitting = found.iter().find(|availability| offers(availability, line));
                fitting.map(item_id).ok_or_else(|| none(NO_AVAILABILITY))
            }
            Err(Failure::Refused { status: 404, code: code @ (400_013 | 400_018 | 400_019), .. }) => Err(none(code)),
            Err(failure) => Err(failure),
        }
    }

    /// Buys the cart.
    pub(crate) async fn checkout(
        &self,
        operation: Operation,
        tenant: TenantId,
        cart_id: &str,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let path = format!("/customers/{tenant}/carts/{}/checkout", encoded(cart_id));
        let good = self.post(operation, &path, None, ids).await?;
        let result: wire::CheckoutResult = wire::from_answer(&good.body)?;
        let orders: Vec<_> = result.orders.iter().flatten().map(order).collect();
        let errors: Vec<_> = result.order_errors.iter().flatten().map(error_code).collect();
        if orders.is_empty() && errors.is_empty() {
            return Err(Failure::Unknown);
        }
        Ok((Answer::CheckedOut(CheckoutResult { orders, errors }), good.date))
    }

    /// State of a cart.
    pub(crate) async fn read_cart(&self, tenant: TenantId, cart_id: &str, ids: RequestIds) -> Result<Told, Failure> {
        let path = format!("/customers/{tenant}/carts/{}", encoded(cart_id));
        let (cart, date) = self.one::<wire::Cart>(Read, &path, ids).await?;
        // A cart without a state, or without an id, is not a cart that was read.
        let status = cart.status.filter(|_| cart.id.is_some()).ok_or(Failure::Unknown)?;
        Ok((Answer::CartStatus(status.as_str().to_lowercase()), date))
    }
}

fn error_code(error: &wire::OrderError) -> u32 {
    error.code.as_ref().map_or(0, wire::Code::number)
}

fn offers(availability: &Availability, line: &OrderLine) -> bool {
    availability.is_purchasable != Some(false)
        && availability.terms.iter().flatten().any(|term| {
            term.duration.as_deref().and_then(super::orders::term) == Some(line.term)
                && term.billing_cycle.as_ref().and_then(super::orders::cycle) == Some(line.cycle)
        })
}

fn item_id(availability: &Availability) -> String {
    availability
        .catalog_item_id
        .clone()
        .unwrap_or_else(|| format!("{}:{}:{}", availability.product_id, availability.sku_id, availability.id))
}

fn cart_line(line: &wire::CartLineItem) -> RemoteLine {
    RemoteLine {
        number: line.id,
        sku: sku_key(line.catalog_item_id.as_deref().unwrap_or_default()),
        quantity: line.quantity.unwrap_or(0),
        term: line.term_duration.clone().unwrap_or_default().to_uppercase(),
        cycle: line.billing_cycle.as_ref().map_or("", wire::BillingCycle::as_str).to_lowercase(),
        subscription_id: None,
        error: line.error.as_ref().map_or(0, wire::CartLineError::number),
        extended_price_minor: line.pricing.as_ref().and_then(|pricing| pricing.extended_price).and_then(minor),
    }
}

fn cycle_word(cycle: BillingCycle) -> wire::BillingCycle {
    match cycle {
        BillingCycle::Monthly => wire::BillingCycle::Monthly,
        BillingCycle::Annual => wire::BillingCycle::Annual,
        BillingCycle::Triennial => wire::BillingCycle::Triennial,
        BillingCycle::None => wire::BillingCycle::None,
    }
}

fn term_word(term: Term) -> &'static str {
    match term {
        Term::P1M => "P1M",
        Term::P1Y => "P1Y",
        Term::P3Y => "P3Y",
    }
}
