//! The wizard's draft: exactly what was typed, nothing interpreted.

use crate::catalogue::{BillingCycle, SkuKey, Term};
use crate::ids::{CustomerId, DraftId, OperationId, ResellerId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Steps of the wizard, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WizardStep {
    Customer,
    Subscriptions,
    Review,
}

/// What was typed into step 1. All text; rules read it, never change it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomerForm {
    /// Legal name of the company.
    pub company_name: String,
    /// ISO country, upper case; empty until chosen.
    pub country: String,
    /// Registration number where the country demands one.
    pub registration_number: String,
    /// Prefix before `.onmicrosoft.com`.
    pub domain_prefix: String,
    /// The person has typed the prefix: it no longer follows the company name.
    pub domain_prefix_touched: bool,
    /// Fallback prefixes, tried in order.
    pub fallback_prefix_1: String,
    /// Second fallback.
    pub fallback_prefix_2: String,
    /// Address line 1.
    pub address_line_1: String,
    /// Address line 2.
    pub address_line_2: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// Contact's first name.
    pub first_name: String,
    /// Contact's last name.
    pub last_name: String,
    /// Contact's e-mail.
    pub email: String,
    /// Contact's phone.
    pub phone: String,
    /// Language, for example `de`.
    pub language: String,
    /// Culture, for example `de-DE`.
    pub culture: String,
    /// `none`, `education`, `government_community_cloud`, `state_owned_entity`.
    pub qualification: String,
    /// Signer of the Microsoft Customer Agreement.
    pub signer_first_name: String,
    /// Signer's last name.
    pub signer_last_name: String,
    /// Signer's e-mail.
    pub signer_email: String,
    /// Signer's phone, optional.
    pub signer_phone: String,
    /// ISO date of acceptance; empty if not yet accepted.
    pub agreement_date: String,
}

/// One line of the order as chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LineForm {
    /// Unique in the draft; made by the UI (1, 2, 3 …).
    pub line: u32,
    /// Product and SKU.
    pub sku: SkuKey,
    /// Term.
    pub term: Term,
    /// Billing cycle.
    pub cycle: BillingCycle,
    /// Licences as chosen.
    pub quantity: u32,
    /// For an add-on: the line of its base product in this draft.
    pub base_line: Option<u32>,
    /// ISO date to end with, where it shall end with another subscription.
    pub custom_end: Option<String>,
}

/// What a draft is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum DraftPurpose {
    /// A new customer, on behalf of a reseller.
    NewCustomer,
    /// Subscriptions for a customer that is in the book.
    AddSubscription {
        /// That customer.
        customer_id: CustomerId,
    },
    /// A refused `create_customer` being mended; Submit makes a new revision of it.
    MendCustomer {
        /// The operation to mend.
        operation_id: OperationId,
        /// Its customer.
        customer_id: CustomerId,
    },
    /// A refused order being mended at its line; Submit makes a new revision of it, or places it anew.
    MendOrder {
        /// The operation to mend: `create_cart` or `checkout_cart`.
        operation_id: OperationId,
        /// Its customer.
        customer_id: CustomerId,
    },
    /// A change of a customer's name, contact or address: an onboarding's purpose, never a draft's.
    EditCustomer {
        /// That customer.
        customer_id: CustomerId,
    },
    /// The agreement being mended: refused, or missing when its order was to be placed.
    MendAgreement {
        /// The operation to mend: `confirm_agreement` or `checkout_cart`.
        operation_id: OperationId,
        /// Its customer.
        customer_id: CustomerId,
    },
}

impl DraftPurpose {
    /// The customer of the book that it is about; `None` for a new one.
    #[must_use]
    pub fn customer_id(self) -> Option<CustomerId> {
        match self {
            Self::NewCustomer => None,
            Self::AddSubscription { customer_id }
            | Self::EditCustomer { customer_id }
            | Self::MendCustomer { customer_id, .. }
            | Self::MendOrder { customer_id, .. }
            | Self::MendAgreement { customer_id, .. } => Some(customer_id),
        }
    }

    /// The operation that it mends; `None` when it makes new ones.
    #[must_use]
    pub fn mends(self) -> Option<OperationId> {
        match self {
            Self::NewCustomer | Self::AddSubscription { .. } | Self::EditCustomer { .. } => None,
            Self::MendCustomer { operation_id, .. }
            | Self::MendOrder { operation_id, .. }
            | Self::MendAgreement { operation_id, .. } => Some(operation_id),
        }
    }

    /// Only the order is chosen in it, for a customer that exists.
    #[must_use]
    pub fn is_order(self) -> bool {
        match self {
            Self::AddSubscription { .. } | Self::MendOrder { .. } => true,
            Self::NewCustomer | Self::EditCustomer { .. } | Self::MendCustomer { .. } | Self::MendAgreement { .. } => {
                false
            }
        }
    }
}

/// What the person has entered so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DraftContent {
    /// The reseller it is for.
    pub reseller_id: Option<ResellerId>,
    /// Step 1.
    pub customer: CustomerForm,
    /// Step 2.
    pub lines: Vec<LineForm>,
    /// Reseller of record (incentives); `None` means: none, and no incentive.
    pub reseller_of_record: Option<ResellerId>,
}

/// A draft with its place in the wizard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Id.
    pub id: DraftId,
    /// Purpose.
    pub purpose: DraftPurpose,
    /// Grows by one with each save; a save with a stale one is refused.
    pub revision: u32,
    /// Where the person was.
    pub step: WizardStep,
    /// Field path that had the focus; empty when none.
    pub focus: String,
    /// What was entered.
    pub content: DraftContent,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
}
