//! Customers: what is sent to make one, what comes back, and what is checked before.

use crate::wire::base::{Attributes, Links, Secret};
use crate::wire::member::{bodies, words};
use serde::{Deserialize, Serialize};

words! {
    /// What a customer is to the partner.
    RelationshipToPartner {
        Unknown = "unknown", Reseller = "reseller", Advisor = "advisor", Syndication = "syndication",
        MicrosoftSupport = "microsoft_support", None = "none",
    }
    /// Microsoft's review of an account.
    ReviewStatus {
        Unknown = "Unknown", Allowed = "Allowed", UnderReview = "UnderReview", NotAllowed = "NotAllowed",
        NotReady = "Not Ready",
    }
    /// What became of an address check.
    AddressStatus {
        NotValidated = "NotValidated", VerifiedShippable = "VerifiedShippable", Verified = "Verified",
        InteractionRequired = "InteractionRequired", StreetPartial = "StreetPartial",
        PremisesPartial = "PremisesPartial", Multiple = "Multiple", None = "None",
    }
}

bodies! {
    /// A postal address, with the person to ask for.
    Address {
        country: Option<String>,
        city: Option<String>,
        state: Option<String>,
        address_line1: Option<String>,
        address_line2: Option<String>,
        postal_code: Option<String>,
        first_name: Option<String>,
        last_name: Option<String>,
        phone_number: Option<String>,
    }
    /// The company behind a customer.
    CompanyProfile {
        tenant_id: Option<String>,
        domain: Option<String>,
        company_name: Option<String>,
        organization_registration_number: Option<String>,
        address: Option<Address>,
        email: Option<String>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// Whom and where to bill.
    BillingProfile {
        id: Option<String>,
        first_name: Option<String>,
        last_name: Option<String>,
        email: Option<String>,
        culture: Option<String>,
        language: Option<String>,
        company_name: Option<String>,
        default_address: Option<Address>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// A customer, without the credentials that only the answer to its creation carries ([`CreatedCustomer`]).
    Customer {
        id: Option<String>,
        commerce_id: Option<String>,
        company_profile: Option<CompanyProfile>,
        billing_profile: Option<BillingProfile>,
        relationship_to_partner: Option<RelationshipToPartner>,
        allow_delegated_access: Option<bool>,
        associated_partner_id: Option<String>,
        #[serde(rename = "enableGDAPByDefault")]
        enable_gdap_by_default: Option<bool>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// Answer to `validationStatus?type=account`.
    ValidationStatus {
        #[serde(rename = "type")]
        kind: Option<String>,
        status: ReviewStatus,
        last_update_date_time: Option<String>,
    }
    /// Answer to an address check.
    AddressValidation {
        original_address: Option<Address>,
        suggested_addresses: Option<Vec<Address>>,
        status: AddressStatus,
        validation_message: Option<serde_json::Value>,
    }
    /// Rules that a country's addresses follow.
    CountryValidationRules {
        iso2_code: String,
        default_culture: Option<String>,
        is_state_required: Option<bool>,
        supported_states_list: Option<Vec<String>>,
        supported_languages_list: Option<Vec<String>>,
        supported_cultures_list: Option<Vec<String>>,
        is_postal_code_required: Option<bool>,
        postal_code_regex: Option<String>,
        is_city_required: Option<bool>,
        is_vat_id_supported: Option<bool>,
        tax_id_format: Option<String>,
        tax_id_sample: Option<String>,
        vat_id_regex: Option<String>,
        phone_number_regex: Option<String>,
        is_tax_id_supported: Option<bool>,
        is_tax_id_optional: Option<bool>,
        country_calling_codes_list: Option<Vec<String>>,
        customer_organization_registration_number_regex: Option<String>,
        customer_organization_registration_number_sample: Option<String>,
        customer_organization_registration_number_required: Option<bool>,
        customer_organization_phone_number_required: Option<bool>,
        attributes: Option<Attributes>,
    }
    /// A user of a customer.
    CustomerUser {
        usage_location: Option<String>,
        id: Option<String>,
        user_principal_name: Option<String>,
        first_name: Option<String>,
        last_name: Option<String>,
        display_name: Option<String>,
        user_domain_type: Option<String>,
        state: Option<String>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// A directory role.
    DirectoryRole { name: Option<String>, id: Option<String>, attributes: Option<Attributes>, }
    /// A user in a directory role.
    UserMember {
        display_name: Option<String>,
        user_principal_name: Option<String>,
        role_id: Option<String>,
        id: Option<String>,
        attributes: Option<Attributes>,
    }
    /// A plan within a licence.
    ServicePlan {
        display_name: Option<String>,
        service_name: Option<String>,
        id: Option<String>,
        capability_status: Option<String>,
        target_type: Option<String>,
    }
    /// Product of a licence.
    ProductSku {
        id: Option<String>,
        name: Option<String>,
        sku_part_number: Option<String>,
        target_type: Option<String>,
        license_group_id: Option<String>,
    }
    /// Licences of a customer.
    SubscribedSku {
        available_units: Option<i64>,
        active_units: Option<i64>,
        consumed_units: Option<i64>,
        suspended_units: Option<i64>,
        total_units: Option<i64>,
        warning_units: Option<i64>,
        product_sku: Option<ProductSku>,
        service_plans: Option<Vec<ServicePlan>>,
        capability_status: Option<String>,
        attributes: Option<Attributes>,
    }
}

/// Credentials of a new tenant's administrator.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UserCredentials {
    /// Sign-in name, `admin` or `admin@…`.
    pub user_name: Option<String>,
    /// One-time password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
}

/// Answer to the creation of a customer. Read with [`crate::wire::created_customer`]: reading it in two passes keeps
/// the password out of the buffers that one pass over a flattened member would leave behind.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatedCustomer {
    /// The customer.
    #[serde(flatten)]
    pub customer: Customer,
    /// Its credentials, in this answer only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_credentials: Option<UserCredentials>,
}

/// Only the credentials of a body.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CredentialsOnly {
    /// Credentials, where there are any.
    pub user_credentials: Option<UserCredentials>,
}
