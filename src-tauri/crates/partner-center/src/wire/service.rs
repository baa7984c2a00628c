//! What surrounds an order: support contacts, provisioning, promotions, users with their passwords, the audit trail.

use crate::wire::base::Attributes;
use crate::wire::member::{Code, bodies, words};

words! {
    /// How far a subscription is provisioned.
    SubscriptionProvisioning { None = "none", Success = "success", Pending = "pending", Failed = "failed", }
    /// What became of an audited action.
    AuditStatus { Succeeded = "succeeded", Failed = "failed", Progress = "progress", Decline = "decline", }
}

bodies! {
    /// Who supports a subscription.
    SupportContact {
        support_tenant_id: Option<String>,
        support_mpn_id: Option<String>,
        name: Option<String>,
        attributes: Option<Attributes>,
    }
    /// How far a subscription is provisioned.
    SubscriptionProvisioningStatus {
        sku_id: Option<String>,
        status: Option<SubscriptionProvisioning>,
        quantity: Option<u32>,
        end_date: Option<String>,
        attributes: Option<Attributes>,
    }
    /// A line that asks for a promotion.
    PromotionQuestion {
        id: u32,
        catalog_item_id: Option<String>,
        quantity: Option<u32>,
        term_duration: Option<String>,
        billing_cycle: Option<String>,
        promotion_id: Option<String>,
    }
    /// Question whether a customer may have promotions.
    PromotionQuestions { items: Vec<PromotionQuestion>, }
    /// Why a promotion can't be had.
    PromotionFault {
        #[serde(rename = "type")]
        kind: Option<String>,
        description: Option<String>,
    }
    /// A promotion, and whether it can be had.
    PromotionEligibility {
        promotion_id: Option<String>,
        is_eligible: Option<bool>,
        errors: Option<Vec<PromotionFault>>,
    }
    /// Answer for one line.
    PromotionAnswer {
        id: u32,
        catalog_item_id: Option<String>,
        quantity: Option<u32>,
        term_duration: Option<String>,
        billing_cycle: Option<String>,
        promotion_id: Option<String>,
        eligibilities: Option<Vec<PromotionEligibility>>,
        attributes: Option<Attributes>,
    }
    /// Answer to a promotion question.
    PromotionAnswers { items: Vec<PromotionAnswer>, attributes: Option<Attributes>, }
    /// A name and a value.
    KeyValue { key: Option<String>, value: Option<String>, }
    /// Something that was done. The old and new values are JSON as text and may hold a customer's credentials: they are
    /// not read here at all.
    AuditRecord {
        id: Option<String>,
        partner_id: Option<String>,
        customer_id: Option<String>,
        customer_name: Option<String>,
        user_principal_name: Option<String>,
        application_id: Option<String>,
        resource_type: Option<String>,
        operation_type: Option<String>,
        original_correlation_id: Option<String>,
        operation_date: Option<String>,
        operation_status: Option<AuditStatus>,
        customized_data: Option<Vec<KeyValue>>,
        attributes: Option<Attributes>,
    }
    /// A licence that a user shall have.
    LicenseAssignment { sku_id: Option<String>, excluded_plans: Option<Vec<String>>, }
    /// A change of a user's licences.
    LicenseUpdate {
        licenses_to_assign: Option<Vec<LicenseAssignment>>,
        licenses_to_remove: Option<Vec<String>>,
        license_warnings: Option<Vec<Code>>,
        attributes: Option<Attributes>,
    }
}
