//! Products, SKUs, availabilities, legacy offers, and the rows of a price sheet.

use crate::wire::base::{Attributes, Links};
use crate::wire::member::{bodies, words};
use std::collections::BTreeMap;

words! {
    /// How often something is billed.
    BillingCycle {
        Unknown = "unknown", Monthly = "monthly", Annual = "annual", None = "none", OneTime = "one_time",
        Triennial = "triennial", Biennial = "biennial",
    }
}

bodies! {
    /// Kind of a product; new commerce licences show `OnlineServicesNCE`.
    ProductType { id: Option<String>, display_name: Option<String>, sub_type: Option<serde_json::Value>, }
    /// A product.
    Product {
        id: String,
        title: Option<String>,
        description: Option<String>,
        product_type: Option<ProductType>,
        is_microsoft_product: Option<bool>,
        publisher_name: Option<String>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// Attestation that a SKU asks for.
    AttestationProperties { attestation_type: Option<String>, enforce_attestation: Option<bool>, }
    /// A SKU. `dynamic_attributes` holds `isAddon`, `prerequisiteSkus` and more, see [`Sku::is_addon`].
    Sku {
        id: String,
        product_id: String,
        title: Option<String>,
        description: Option<String>,
        minimum_quantity: Option<u32>,
        maximum_quantity: Option<u32>,
        is_trial: Option<bool>,
        supported_billing_cycles: Option<Vec<BillingCycle>>,
        purchase_prerequisites: Option<Vec<String>>,
        inventory_variables: Option<Vec<String>>,
        provisioning_variables: Option<Vec<String>>,
        actions: Option<Vec<String>>,
        dynamic_attributes: Option<BTreeMap<String, serde_json::Value>>,
        attestation_properties: Option<AttestationProperties>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// A currency.
    Currency { code: Option<String>, symbol: Option<String>, }
    /// What is given back, and until when.
    TermRefundOption {
        sequence_id: Option<u32>,
        #[serde(rename = "type")]
        kind: Option<String>,
        expires_after: Option<String>,
    }
    /// How a term can be cancelled.
    CancellationPolicy { refund_options: Option<Vec<TermRefundOption>>, }
    /// A (term, billing cycle) pair on sale.
    Term {
        id: Option<String>,
        duration: Option<String>,
        description: Option<String>,
        billing_cycle: Option<BillingCycle>,
        cancellation_policies: Option<Vec<CancellationPolicy>>,
    }
    /// What a term renews to.
    RenewalOption { renew_to_id: Option<String>, is_auto_renewable: Option<bool>, }
    /// Renewal of the terms named.
    RenewalInstruction { applicable_term_ids: Option<Vec<String>>, renewal_options: Option<Vec<RenewalOption>>, }
    /// An availability: its id changes with price or offer updates.
    Availability {
        id: String,
        product_id: String,
        sku_id: String,
        catalog_item_id: Option<String>,
        default_currency: Option<Currency>,
        segment: Option<String>,
        country: Option<String>,
        is_purchasable: Option<bool>,
        is_renewable: Option<bool>,
        renewal_instructions: Option<Vec<RenewalInstruction>>,
        terms: Option<Vec<Term>>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// Category of a legacy offer.
    OfferCategory {
        id: Option<String>,
        name: Option<String>,
        rank: Option<i64>,
        locale: Option<String>,
        country: Option<String>,
        attributes: Option<Attributes>,
    }
    /// Product of a legacy offer.
    OfferProduct { id: Option<String>, name: Option<String>, unit: Option<String>, }
    /// A legacy offer.
    LegacyOffer {
        id: String,
        name: Option<String>,
        description: Option<String>,
        minimum_quantity: Option<u32>,
        maximum_quantity: Option<u32>,
        rank: Option<i64>,
        uri: Option<String>,
        locale: Option<String>,
        country: Option<String>,
        category: Option<OfferCategory>,
        limit_unit_of_measure: Option<String>,
        limit: Option<i64>,
        term_unit_of_measure: Option<String>,
        term: Option<i64>,
        prerequisite_offers: Option<Vec<String>>,
        is_add_on: Option<bool>,
        has_add_ons: Option<bool>,
        is_available_for_purchase: Option<bool>,
        billing: Option<String>,
        supported_billing_cycles: Option<Vec<BillingCycle>>,
        is_auto_renewable: Option<bool>,
        is_internal: Option<bool>,
        is_microsoft_product: Option<bool>,
        conversion_target_offers: Option<Vec<String>>,
        resellee_qualifications: Option<Vec<String>>,
        reseller_qualifications: Option<Vec<String>>,
        sales_group_id: Option<String>,
        is_trial: Option<bool>,
        acquisition_type: Option<String>,
        supported_catalog_types: Option<Vec<String>>,
        actions: Option<Vec<String>>,
        product: Option<OfferProduct>,
        unit_type: Option<String>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
}

impl Sku {
    fn dynamic(&self, name: &str) -> Option<&serde_json::Value> {
        let attributes = self.dynamic_attributes.as_ref()?;
        attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Needs a base product. Sent as a switch or as text.
    #[must_use]
    pub fn is_addon(&self) -> bool {
        match self.dynamic("isAddon") {
            Some(serde_json::Value::Bool(switch)) => *switch,
            Some(serde_json::Value::String(text)) => text.eq_ignore_ascii_case("true"),
            Some(_) | None => false,
        }
    }

    /// `product:sku` of the bases that this SKU can stand on. Sent as a list or as text with commas.
    #[must_use]
    pub fn prerequisite_skus(&self) -> Vec<String> {
        match self.dynamic("prerequisiteSkus") {
            Some(serde_json::Value::Array(items)) => {
                items.iter().filter_map(|item| item.as_str().map(|text| text.trim().to_owned())).collect()
            }
            Some(serde_json::Value::String(text)) => text
                .split([',', ';'])
                .map(|part| part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"')))
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
            Some(_) | None => Vec::new(),
        }
    }
}
