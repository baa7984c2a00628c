//! Carts, orders and subscriptions.

use crate::wire::base::{Attributes, Links};
use crate::wire::catalogue::{BillingCycle, ProductType};
use crate::wire::member::{Code, bodies, same_word, words};
use std::collections::BTreeMap;

words! {
    /// Role of a partner on a line.
    ParticipantKey {
        Unknown = "unknown", TransactionReseller = "transaction_reseller",
        ConsumptionReseller = "consumption_reseller",
        AdditionalTransactionReseller = "additional_transaction_reseller",
    }
    /// State of a cart.
    CartStatus { Active = "Active", Ordered = "Ordered", }
    /// State of an order; others come as text with blanks.
    OrderStatus {
        Unknown = "unknown", Pending = "pending", Completed = "completed", Cancelled = "cancelled",
        Suspended = "suspended", Error = "error", PendingReview = "pending review",
        PartialSuccess = "partial success",
    }
    /// State of a subscription.
    SubscriptionStatus {
        None = "none", Active = "active", Suspended = "suspended", Deleted = "deleted", Expired = "expired",
        Pending = "pending", Disabled = "disabled",
    }
    /// How something is charged.
    BillingType { None = "none", Usage = "usage", License = "license", }
    /// Kind of contract.
    ContractType { Subscription = "subscription", ProductKey = "product_key", RedemptionCode = "redemption_code", }
    /// How far a line is provisioned.
    ProvisioningStatus {
        Unfulfilled = "unfulfilled", Fulfilled = "fulfilled", PrefulfillmentPending = "prefulfillmentPending",
    }
}

bodies! {
    /// A partner on a line.
    Participant { key: ParticipantKey, value: String, }
    /// Prices of a line.
    Pricing {
        list_price: Option<f64>,
        discounted_price: Option<f64>,
        prorated_price: Option<f64>,
        price: Option<f64>,
        extended_price: Option<f64>,
    }
    /// Details of a line's error.
    CartErrorInformation { available_quantity: Option<i64>, purchased_quantity: Option<i64>, }
    /// What is wrong with a line. The code is a number or a name; [`CartLineError::number`] knows both.
    CartLineError {
        error_code: Option<Code>,
        error_description: Option<String>,
        additional_information: Option<CartErrorInformation>,
    }
    /// Term that a trial renews to.
    RenewsTo { term_duration: Option<String>, }
    /// A line of a cart.
    CartLineItem {
        id: u32,
        catalog_item_id: Option<String>,
        quantity: Option<u32>,
        currency_code: Option<String>,
        billing_cycle: Option<BillingCycle>,
        term_duration: Option<String>,
        friendly_name: Option<String>,
        participants: Option<Vec<Participant>>,
        provisioning_context: Option<BTreeMap<String, serde_json::Value>>,
        order_group: Option<String>,
        pricing: Option<Pricing>,
        promotion_id: Option<String>,
        custom_term_end_date: Option<String>,
        attestation_accepted: Option<bool>,
        renews_to: Option<RenewsTo>,
        error: Option<CartLineError>,
    }
    /// A cart, as asked for and as answered.
    Cart {
        id: Option<String>,
        creation_timestamp: Option<String>,
        last_modified_timestamp: Option<String>,
        expiration_timestamp: Option<String>,
        last_modified_user: Option<String>,
        status: Option<CartStatus>,
        partner_on_record_attestation_accepted: Option<bool>,
        line_items: Option<Vec<CartLineItem>>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// A line of an order.
    OrderLineItem {
        line_item_number: u32,
        offer_id: Option<String>,
        subscription_id: Option<String>,
        parent_subscription_id: Option<String>,
        term_duration: Option<String>,
        billing_cycle: Option<BillingCycle>,
        transaction_type: Option<String>,
        friendly_name: Option<String>,
        quantity: Option<u32>,
        custom_term_end_date: Option<String>,
        #[serde(rename = "partnerIdOnRecord")]
        partner_id_on_record: Option<String>,
        pricing: Option<Pricing>,
        links: Option<Links>,
    }
    /// An order.
    Order {
        id: Option<String>,
        alternate_id: Option<String>,
        reference_customer_id: Option<String>,
        billing_cycle: Option<BillingCycle>,
        currency_code: Option<String>,
        currency_symbol: Option<String>,
        line_items: Option<Vec<OrderLineItem>>,
        creation_date: Option<String>,
        status: Option<OrderStatus>,
        transaction_type: Option<String>,
        links: Option<Links>,
        total_price: Option<f64>,
        client: Option<serde_json::Value>,
        attributes: Option<Attributes>,
    }
    /// Why an order group failed.
    OrderError { order_group_id: Option<String>, code: Option<Code>, description: Option<String>, }
    /// Answer to a checkout: some groups may have succeeded while others failed.
    CheckoutResult {
        orders: Option<Vec<Order>>,
        order_errors: Option<Vec<OrderError>>,
        attributes: Option<Attributes>,
    }
    /// Part of a line's provisioning.
    QuantityProvisioning { quantity: Option<u32>, status: Option<ProvisioningStatus>, }
    /// How far a line of an order is provisioned.
    OrderProvisioningStatus {
        line_item_number: u32,
        status: Option<ProvisioningStatus>,
        quantity_provisioning_information: Option<Vec<QuantityProvisioning>>,
        attributes: Option<Attributes>,
    }
    /// What is given back, and until when.
    RefundOption {
        #[serde(rename = "type")]
        kind: Option<String>,
        expires_at: Option<String>,
    }
    /// Licences that can still be given back.
    RefundableDetail { quantity: Option<u32>, allowed_until_date_time: Option<String>, }
    /// Licences that can still be given back, in sum and in parts.
    RefundableQuantity { total_quantity: Option<u32>, details: Option<Vec<RefundableDetail>>, }
    /// A subscription.
    Subscription {
        id: Option<String>,
        offer_id: Option<String>,
        entitlement_id: Option<String>,
        parent_subscription_id: Option<String>,
        offer_name: Option<String>,
        friendly_name: Option<String>,
        product_type: Option<ProductType>,
        quantity: Option<u32>,
        unit_type: Option<String>,
        has_purchasable_addons: Option<bool>,
        creation_date: Option<String>,
        effective_start_date: Option<String>,
        commitment_end_date: Option<String>,
        commitment_end_date_time: Option<String>,
        cancellation_allowed_until_date: Option<String>,
        billing_cycle_end_date: Option<String>,
        status: Option<SubscriptionStatus>,
        auto_renew_enabled: Option<bool>,
        is_trial: Option<bool>,
        billing_type: Option<BillingType>,
        billing_cycle: Option<BillingCycle>,
        term_duration: Option<String>,
        renewal_term_duration: Option<String>,
        refund_options: Option<Vec<RefundOption>>,
        is_microsoft_product: Option<bool>,
        partner_id: Option<String>,
        actions: Option<Vec<String>>,
        suspension_reasons: Option<Vec<String>>,
        attention_needed: Option<bool>,
        action_taken: Option<bool>,
        contract_type: Option<ContractType>,
        promotion_id: Option<String>,
        migrated_from_subscription_id: Option<String>,
        scheduled_next_term_instructions: Option<serde_json::Value>,
        next_charge_instructions: Option<serde_json::Value>,
        links: Option<Links>,
        publisher_name: Option<String>,
        refundable_quantity: Option<RefundableQuantity>,
        order_id: Option<String>,
        attributes: Option<Attributes>,
    }
}

/// Names that the documentation gives to the numbers of cart line errors.
const LINE_ERROR_NAMES: &[(&str, u32)] = &[
    ("CurrencyIsNotSupported", 10000),
    ("CatalogItemIdIsNotValid", 10001),
    ("QuotaNotAvailable", 10002),
    ("InventoryNotAvailable", 10003),
    ("ParticipantsIsNotSupportedForPartner", 10004),
    ("UnableToProcessCartLineItem", 10006),
    ("SubscriptionIsNotValid", 10007),
    ("SubscriptionIsNotEnabledForRI", 10008),
    ("SandboxLimitExceeded", 10009),
    ("InvalidInput", 10010),
    ("SubscriptionNotRegistered", 10011),
    ("AttestationNotAccepted", 10012),
];

impl CartLineError {
    /// The code as a number: as sent, or by its documented name; 10006 (line not processable) when neither is known.
    #[must_use]
    pub fn number(&self) -> u32 {
        let Some(code) = &self.error_code else { return 10006 };
        if code.number() != 0 {
            return code.number();
        }
        let named = LINE_ERROR_NAMES.iter().find(|(name, _)| same_word(name, &code.0));
        named.map_or(10006, |(_, number)| *number)
    }
}
