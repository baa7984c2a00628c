//! The client: one call of the machine becomes one or a few requests, and what comes back becomes one outcome.
//!
//! A changing call sends its changing request exactly once (twice if the first token was refused); whether to send it
//! again is the machine's to decide.

mod cart;
mod customers;
mod exchange;
mod first;
mod fitness;
mod locale;
pub mod operations;
mod orders;
mod pages;
mod profile;
mod record;
mod resellers;
mod shop;
mod subscription;
mod support;
mod upgrade;

use crate::token::TokenSource;
use crate::transport::Transport;
use crate::triage::Operation;
use async_trait::async_trait;
use cb_sync::remote::{Answer, Call, Outcome, Remote, RequestIds};
pub use exchange::Failure;
use jiff::Timestamp;
pub use locale::Locale;
pub(crate) use orders::{cycle, sku_key, term};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;

/// Commercial Partner Center.
pub const COMMERCIAL: &str = "https://api.partnercenter.microsoft.com";
/// Price sheets of commercial Partner Center.
pub const COMMERCIAL_PRICES: &str = "https://api.partner.microsoft.com";

/// Where and as whom the client talks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientConfig {
    /// Scheme and host, without a path.
    pub base: String,
    /// Scheme and host of the price sheets.
    pub price_base: String,
    /// Language of names and messages at first, for example `de-DE`.
    pub locale: String,
}

impl ClientConfig {
    /// Talks to that base; price sheets come from there too, except that commercial Partner Center has its own host.
    #[must_use]
    pub fn new(base: &str, locale: &str) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        let price_base = if base == COMMERCIAL { COMMERCIAL_PRICES.to_owned() } else { base.clone() };
        Self { base, price_base, locale: locale.to_owned() }
    }
}

/// Partner Center's client.
pub struct Client {
    transport: Arc<dyn Transport>,
    tokens: Arc<dyn TokenSource>,
    config: ClientConfig,
    locale: Locale,
}

impl Client {
    /// A client over that transport, signed in by that source.
    #[must_use]
    pub fn new(transport: Arc<dyn Transport>, tokens: Arc<dyn TokenSource>, config: ClientConfig) -> Self {
        let locale = Locale::new(&config.locale);
        Self { transport, tokens, config, locale }
    }

    /// The language of what is asked from now on, to be changed while the client is in use.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.locale.clone()
    }

    async fn call(&self, call: &Call, ids: RequestIds) -> Result<Told, Failure> {
        let operation = Operation::from(call);
        match call {
            Call::Probe => self.probe(ids).await,
            Call::CheckDomain { prefix } => self.check_domain(prefix, ids).await,
            Call::CheckAddress { payload } => self.check_address(payload, ids).await,
            Call::CountryRules { country } => self.country_rules(country, ids).await,
            Call::CheckReseller { tenant, partner_id } => self.check_reseller(*tenant, partner_id, ids).await,
            Call::CheckResellers { resellers } => self.check_resellers(resellers, ids).await,
            Call::ListResellers => self.list_resellers(ids).await,
            Call::CreateCustomer { payload, prefix_index } => {
                self.create_customer(operation, payload, *prefix_index, ids).await
            }
            Call::FindCustomer { domain_prefix } => self.find_customer(domain_prefix, ids).await,
            Call::AccountReview { tenant } => self.account_review(*tenant, ids).await,
            Call::ReadRecord { tenant, subscription } => self.read_record(*tenant, subscription, ids).await,
            Call::SetRecord { tenant, subscription, partner_id } => {
                self.set_record(operation, *tenant, subscription, partner_id, ids).await
            }
            Call::ReadSubscription { tenant, subscription } => self.read_subscription(*tenant, subscription, ids).await,
            Call::ChangeSubscription { tenant, subscription, seen, change } => {
                self.change_subscription(operation, *tenant, subscription, seen, change, ids).await
            }
            Call::ReadUpgrades { tenant, subscription, legacy, target } => {
                self.read_upgrades(*tenant, subscription, *legacy, target, ids).await
            }
            Call::UpgradeTargets { tenant, subscription, legacy } => {
                self.upgrade_targets(*tenant, subscription, *legacy, ids).await
            }
            Call::Upgrade { tenant, subscription, payload } => {
                self.upgrade(operation, *tenant, subscription, payload, ids).await
            }
            Call::ReadSupportContact { tenant, subscription } => {
                self.read_support_contact(*tenant, subscription, ids).await
            }
            Call::SetSupportContact { tenant, subscription, contact } => {
                self.set_support_contact(operation, *tenant, subscription, contact, ids).await
            }
            Call::ReadProfile { tenant } => self.read_profile(*tenant, ids).await,
            Call::UpdateProfile { tenant, id, etag, profile } => {
                self.update_profile(operation, *tenant, id, etag, profile, ids).await
            }
            Call::ConfirmAgreement { tenant, payload } => {
                self.confirm_agreement(operation, *tenant, payload, ids).await
            }
            Call::AgreementStatus { tenant } => self.agreement_status(*tenant, ids).await,
            Call::CreateCart { tenant, country, reseller_partner_id, lines } => {
                self.create_cart(operation, *tenant, country, reseller_partner_id.as_deref(), lines, ids).await
            }
            Call::CheckoutCart { tenant, cart_id } => self.checkout(operation, *tenant, cart_id, ids).await,
            Call::ReadCart { tenant, cart_id } => self.read_cart(*tenant, cart_id, ids).await,
            Call::ListOrders { tenant } => self.list_orders(*tenant, ids).await,
            Call::ListSubscriptions { tenant } => self.list_subscriptions(*tenant, ids).await,
            Call::ListCustomers => self.list_customers(ids).await,
            Call::CustomerPage { of, next } => self.customer_page(*of, next.as_ref(), ids).await,
            Call::Catalogue { country } => self.catalogue(country, ids).await,
        }
    }
}

/// A good answer and the server's clock.
pub(crate) type Told = (Answer, Option<Timestamp>);

#[async_trait]
impl Remote for Client {
    async fn send(&self, call: &Call, ids: RequestIds) -> Outcome {
        match self.call(call, ids).await {
            Ok((answer, server_date)) => Outcome::Done { answer, server_date },
            Err(failure) => failure.into(),
        }
    }
}

/// Everything but letters, digits and what never needs encoding in a path segment or a query value.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encoded, for one path segment or one query value.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

/// The filter of a list as a query value.
pub(crate) fn filter(field: &str, value: &str, operator: &str) -> String {
    encoded(&serde_json::json!({ "Field": field, "Value": value, "Operator": operator }).to_string())
}
