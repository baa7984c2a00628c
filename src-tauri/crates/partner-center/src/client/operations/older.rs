//! Carts and orders in full, and what the older commerce still sells.

use crate::client::exchange::Failure;
use crate::client::{Client, encoded};
use crate::triage::Operation::Read;
use crate::wire;
use cb_domain::ids::TenantId;
use cb_sync::remote::RequestIds;
use http::Method;

impl Client {
    /// A cart as it stands.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn cart(&self, tenant: TenantId, cart: &str, ids: RequestIds) -> Result<wire::Cart, Failure> {
        Ok(self.one(Read, &format!("/customers/{tenant}/carts/{}", encoded(cart)), ids).await?.0)
    }

    /// Replaces the lines of a cart.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn replace_cart(
        &self,
        tenant: TenantId,
        cart: &str,
        lines: &wire::Cart,
        ids: RequestIds,
    ) -> Result<wire::Cart, Failure> {
        let path = format!("/customers/{tenant}/carts/{}", encoded(cart));
        self.change(Method::PUT, &path, wire::to_body(lines), ids).await
    }

    /// An order as it stands.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn order(&self, tenant: TenantId, order: &str, ids: RequestIds) -> Result<wire::Order, Failure> {
        Ok(self.one(Read, &format!("/customers/{tenant}/orders/{}", encoded(order)), ids).await?.0)
    }

    /// Places an order of the older commerce. The outbox never does: its orders go through carts (S1).
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn place_older_order(
        &self,
        tenant: TenantId,
        order: &wire::Order,
        ids: RequestIds,
    ) -> Result<wire::Order, Failure> {
        self.change(Method::POST, &format!("/customers/{tenant}/orders"), wire::to_body(order), ids).await
    }

    /// Adds an add-on to an order of the older commerce, or cancels it in an integration account.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn change_older_order(
        &self,
        tenant: TenantId,
        id: &str,
        order: &wire::Order,
        ids: RequestIds,
    ) -> Result<wire::Order, Failure> {
        let path = format!("/customers/{tenant}/orders/{}", encoded(id));
        self.change(Method::PATCH, &path, wire::to_body(order), ids).await
    }

    /// How far each line of an order is provisioned.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn order_provisioning(
        &self,
        tenant: TenantId,
        order: &str,
        ids: RequestIds,
    ) -> Result<Vec<wire::OrderProvisioningStatus>, Failure> {
        let path = format!("/customers/{tenant}/orders/{}/provisioningstatus", encoded(order));
        Ok(self.all(Read, &path, ids).await?.0)
    }

    /// How far a subscription is provisioned.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn subscription_provisioning(
        &self,
        tenant: TenantId,
        subscription: &str,
        ids: RequestIds,
    ) -> Result<wire::SubscriptionProvisioningStatus, Failure> {
        let path = format!("/customers/{tenant}/subscriptions/{}/provisioningstatus", encoded(subscription));
        Ok(self.one(Read, &path, ids).await?.0)
    }

    /// What the older commerce sells in a country.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn older_offers(&self, country: &str, ids: RequestIds) -> Result<Vec<wire::LegacyOffer>, Failure> {
        Ok(self.all(Read, &format!("/offers?country={}", encoded(country)), ids).await?.0)
    }

    /// Add-ons of an offer of the older commerce.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn older_addons(
        &self,
        offer: &str,
        country: &str,
        ids: RequestIds,
    ) -> Result<Vec<wire::LegacyOffer>, Failure> {
        let path = format!("/offers/{}/addons?country={}", encoded(offer), encoded(country));
        Ok(self.all(Read, &path, ids).await?.0)
    }
}
