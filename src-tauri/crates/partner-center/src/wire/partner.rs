//! Partners: resellers, their fitness, profiles, and the agreements that customers accept.

use crate::wire::base::{Attributes, Links};
use crate::wire::customer::Address;
use crate::wire::member::{Code, bodies, words};

words! {
    /// What one partner is to another.
    RelationshipType {
        IsIndirectCloudSolutionProviderOf = "is_indirect_cloud_solution_provider_of",
        IsIndirectResellerOf = "is_indirect_reseller_of",
    }
}

bodies! {
    /// A reseller. `id` is its tenant, `mpn_id` the PartnerID of a location.
    PartnerRelationship {
        id: String,
        name: Option<String>,
        relationship_type: Option<RelationshipType>,
        state: Option<String>,
        mpn_id: Option<String>,
        location: Option<String>,
        attributes: Option<Attributes>,
    }
    /// Answer to `compliance/csp/agreementstatus`.
    IsAgreementSigned { is_agreement_signed: bool, }
    /// Question to `partners/validateresellers`.
    ValidateResellers { partner_ids: Vec<String>, }
    /// Result for one PartnerID.
    ResellerValidation {
        partner_id: String,
        is_valid_partner_id_on_record: bool,
        error_code: Option<Code>,
        error_description: Option<String>,
    }
    /// Answer to `partners/validateresellers`.
    ValidateResellersResult { validation_results: Vec<ResellerValidation>, }
    /// A PartnerID's profile.
    MpnProfile {
        partner_name: Option<String>,
        mpn_id: Option<String>,
        profile_type: Option<String>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// Support profile of a partner.
    SupportProfile {
        email: Option<String>,
        telephone: Option<String>,
        website: Option<String>,
        profile_type: Option<String>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// A person.
    Contact {
        first_name: Option<String>,
        last_name: Option<String>,
        email: Option<String>,
        phone_number: Option<String>,
    }
    /// The partner's own legal profile.
    LegalBusinessProfile {
        company_name: Option<String>,
        address: Option<Address>,
        primary_contact: Option<Contact>,
        company_approver_address: Option<Address>,
        company_approver_email: Option<String>,
        vetting_status: Option<String>,
        vetting_sub_status: Option<String>,
        profile_type: Option<String>,
        links: Option<Links>,
        attributes: Option<Attributes>,
    }
    /// The link by which a customer accepts the partner.
    RelationshipRequest { url: Option<String>, attributes: Option<Attributes>, }
    /// An agreement's template.
    AgreementMetadata {
        template_id: String,
        agreement_type: Option<String>,
        agreement_link: Option<String>,
        version_rank: Option<i64>,
    }
    /// An attestation that the customer has accepted.
    Agreement {
        primary_contact: Option<Contact>,
        template_id: Option<String>,
        date_agreed: Option<String>,
        #[serde(rename = "type")]
        kind: Option<String>,
        agreement_link: Option<String>,
        user_id: Option<String>,
    }
    /// Answer to `directSignedMicrosoftCustomerAgreementStatus`.
    DirectSignedStatus { is_signed: bool, }
}
