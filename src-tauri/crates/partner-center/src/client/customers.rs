//! Customers: checks before, creation, look-ups, account review and agreement.

use crate::client::exchange::{Ask, Failure, Good, ids_along, refused};
use crate::client::{Client, Told, encoded, filter};
use crate::triage::Operation::{self, Read};
use crate::wire::{self, AddressStatus, ReviewStatus};
use bytes::Bytes;
use cb_domain::customer::AccountReview;
use cb_domain::ids::TenantId;
use cb_domain::operation::{ConfirmAgreement, CreateCustomer};
use cb_sync::remote::{Answer, CreatedCustomer, FoundCustomer, OneTimeSecret, RefusalClass, RequestIds};
use http::{Method, StatusCode};
use uuid::Uuid;
use zeroize::Zeroize;

/// What follows the prefix of every tenant's first domain.
const SUFFIX: &str = ".onmicrosoft.com";
const AGREEMENT: &str = "MicrosoftCustomerAgreement";

impl Client {
    /// 200 taken, 404 free, anything else is no answer.
    pub(crate) async fn check_domain(&self, prefix: &str, ids: RequestIds) -> Result<Told, Failure> {
        let path = format!("/domains/{}", encoded(&format!("{prefix}{SUFFIX}")));
        let ask = Ask { method: Method::HEAD, ..self.get(Read, &path) };
        let response = self.answered(&ask, ids).await?;
        let date = crate::retry_after::server_date(response.headers());
        match response.status() {
            StatusCode::OK => Ok((Answer::DomainFree(false), date)),
            StatusCode::NOT_FOUND => Ok((Answer::DomainFree(true), date)),
            status => Err(refused(Read, status, response.headers(), response.body())),
        }
    }

    /// Is the address known, and how would the service write it?
    pub(crate) async fn check_address(&self, payload: &CreateCustomer, ids: RequestIds) -> Result<Told, Failure> {
        let address = wire::Address { first_name: None, last_name: None, phone_number: None, ..address_of(payload) };
        let good = self.post(Read, "/validations/address", Some(wire::to_body(&address)), ids).await?;
        let checked: wire::AddressValidation = wire::from_answer(&good.body)?;
        let accepted = checked.status != AddressStatus::None;
        let suggested = checked.suggested_addresses.unwrap_or_default();
        let suggestion = suggested.first().map(in_one_line).filter(|line| *line != in_one_line(&address));
        Ok((Answer::Address { accepted, suggestion }, good.date))
    }

    /// The rules as text, once they have been seen to be rules.
    pub(crate) async fn country_rules(&self, country: &str, ids: RequestIds) -> Result<Told, Failure> {
        let ask = self.get(Read, &format!("/countryvalidationrules/{}", encoded(country)));
        let good = self.exchange(&ask, ids).await?;
        let rules: wire::CountryValidationRules = wire::from_answer(&good.body)?;
        let text = std::str::from_utf8(wire::without_bom(&good.body)).map_err(|_| Failure::Unknown)?;
        if rules.iso2_code.eq_ignore_ascii_case(country) {
            Ok((Answer::CountryRules(text.to_owned()), good.date))
        } else {
            Err(Failure::Unknown)
        }
    }

    /// Makes the tenant. Its password goes straight into the secret; the answer's bytes are wiped.
    pub(crate) async fn create_customer(
        &self,
        operation: Operation,
        payload: &CreateCustomer,
        prefix_index: u32,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let index = usize::try_from(prefix_index).unwrap_or(usize::MAX);
        let prefix = payload.prefixes.get(index).ok_or(Failure::Refused {
            class: RefusalClass::Fixable,
            status: 0,
            code: 0,
            data: vec!["companyProfile.domain".to_owned()],
        })?;
        let body = wire::to_body(&customer_of(payload, prefix));
        let good = self.post(operation, "/customers", Some(body), ids).await?;
        let date = good.date;
        let created = created(good, prefix)?;
        Ok((Answer::Created(Box::new(created)), date))
    }

    /// Customers whose domain begins with the prefix.
    pub(crate) async fn find_customer(&self, prefix: &str, ids: RequestIds) -> Result<Told, Failure> {
        let path = format!("/customers?size=500&filter={}", filter("Domain", prefix, "starts_with"));
        let (customers, date) = self.all::<wire::Customer>(Read, &path, ids).await?;
        Ok((Answer::Customers(customers.iter().filter_map(found).collect()), date))
    }

    /// All customers, each with its reseller. Lists don't name the reseller, so each reseller's list is read too.
    pub(crate) async fn list_customers(&self, ids: RequestIds) -> Result<Told, Failure> {
        let (customers, date) = self.all::<wire::Customer>(Read, "/customers?size=500", ids).await?;
        let mut known: Vec<_> = customers.iter().filter_map(found).collect();
        if known.iter().all(|customer| customer.reseller_tenant.is_some()) {
            return Ok((Answer::Customers(known), date));
        }
        let (relationships, _) = self.relationships(ids_along(ids, "relationships")).await?;
        for tenant in relationships.iter().filter_map(|relationship| relationship.id.parse::<TenantId>().ok()) {
            let value = filter("IndirectReseller", &tenant.to_string(), "starts_with");
            let path = format!("/customers?size=500&filter={value}");
            let (theirs, _) = self.all::<wire::Customer>(Read, &path, ids_along(ids, &path)).await?;
            let theirs: Vec<TenantId> = theirs.iter().filter_map(tenant_of).collect();
            for customer in known.iter_mut().filter(|customer| theirs.contains(&customer.tenant)) {
                customer.reseller_tenant = Some(tenant);
            }
        }
        Ok((Answer::Customers(known), date))
    }

    /// Microsoft's review of the account.
    pub(crate) async fn account_review(&self, tenant: TenantId, ids: RequestIds) -> Result<Told, Failure> {
        let path = format!("/customers/{tenant}/validationStatus?type=account");
        let (status, date) = self.one::<wire::ValidationStatus>(Read, &path, ids).await?;
        let review = match status.status {
            ReviewStatus::Allowed => AccountReview::Allowed,
            ReviewStatus::UnderReview => AccountReview::UnderReview,
            ReviewStatus::NotAllowed => AccountReview::NotAllowed,
            ReviewStatus::NotReady => AccountReview::NotReady,
            ReviewStatus::Unknown | ReviewStatus::Other(_) => AccountReview::Unknown,
        };
        Ok((Answer::Review(review), date))
    }

    /// Attests the agreement under its current template.
    pub(crate) async fn confirm_agreement(
        &self,
        operation: Operation,
        tenant: TenantId,
        payload: &ConfirmAgreement,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        // Without a day there is nothing to attest: the customer accepts by himself.
        let Some(day) = payload.agreed_on else {
            let data = vec!["dateAgreed".to_owned()];
            return Err(Failure::Refused { class: RefusalClass::Fixable, status: 0, code: 0, data });
        };
        let path = format!("/agreements?agreementType={AGREEMENT}");
        let (templates, _) = self.all::<wire::AgreementMetadata>(Read, &path, ids_along(ids, "template")).await?;
        let template = templates
            .into_iter()
            .filter(|template| template.agreement_type.as_deref().is_none_or(|kind| kind == AGREEMENT))
            .max_by_key(|template| template.version_rank)
            .ok_or(Failure::Unknown)?;
        let agreement = wire::Agreement {
            primary_contact: Some(wire::Contact {
                first_name: Some(payload.first_name.clone()),
                last_name: Some(payload.last_name.clone()),
                email: Some(payload.email.clone()),
                phone_number: payload.phone.clone(),
            }),
            template_id: Some(template.template_id),
            date_agreed: Some(format!("{day}T00:00:00.000Z")),
            kind: Some(AGREEMENT.to_owned()),
            agreement_link: None,
            user_id: None,
        };
        let path = format!("/customers/{tenant}/agreements");
        let good = self.post(operation, &path, Some(wire::to_body(&agreement)), ids).await?;
        let _: wire::Agreement = wire::from_answer(&good.body)?;
        Ok((Answer::AgreementConfirmed, good.date))
    }

    /// Attested, or signed directly by the customer?
    pub(crate) async fn agreement_status(&self, tenant: TenantId, ids: RequestIds) -> Result<Told, Failure> {
        let path = format!("/customers/{tenant}/agreements?agreementType={AGREEMENT}");
        let (attestations, _) = self.all::<wire::Agreement>(Read, &path, ids).await?;
        let path = format!("/customers/{tenant}/directSignedMicrosoftCustomerAgreementStatus");
        let (direct, date) = self.one::<wire::DirectSignedStatus>(Read, &path, ids_along(ids, "direct")).await?;
        Ok((Answer::Agreement { attested: !attestations.is_empty(), signed_by_customer: direct.is_signed }, date))
    }

    /// POST below `/v1`.
    pub(crate) async fn post(
        &self,
        operation: Operation,
        path: &str,
        body: Option<Vec<u8>>,
        ids: RequestIds,
    ) -> Result<Good, Failure> {
        let ask = Ask { method: Method::POST, body, ..self.get(operation, path) };
        self.exchange(&ask, ids).await
    }
}

fn address_of(payload: &CreateCustomer) -> wire::Address {
    wire::Address {
        country: Some(payload.country.clone()),
        city: Some(payload.city.clone()),
        state: payload.state.clone(),
        address_line1: Some(payload.address_line_1.clone()),
        address_line2: payload.address_line_2.clone(),
        postal_code: payload.postal_code.clone(),
        first_name: Some(payload.first_name.clone()),
        last_name: Some(payload.last_name.clone()),
        phone_number: payload.phone.clone(),
    }
}

fn customer_of(payload: &CreateCustomer, prefix: &str) -> wire::Customer {
    wire::Customer {
        company_profile: Some(wire::CompanyProfile {
            domain: Some(format!("{prefix}{SUFFIX}")),
            organization_registration_number: payload.registration_number.clone(),
            ..wire::CompanyProfile::default()
        }),
        billing_profile: Some(wire::BillingProfile {
            first_name: Some(payload.first_name.clone()),
            last_name: Some(payload.last_name.clone()),
            email: Some(payload.email.clone()),
            culture: Some(payload.culture.clone()),
            language: Some(payload.language.clone()),
            company_name: Some(payload.company_name.clone()),
            default_address: Some(address_of(payload)),
            ..wire::BillingProfile::default()
        }),
        associated_partner_id: Some(payload.reseller_tenant.to_string()),
        ..wire::Customer::default()
    }
}

/// Reads the answer to the creation. What doesn't parse is kept raw, to be sealed (C2); a page in HTML was not written
/// by the service, so it says nothing.
fn created(good: Good, asked: &str) -> Result<CreatedCustomer, Failure> {
    let read = wire::created_customer(&good.body).ok();
    let tenant = read.as_ref().and_then(|created| tenant_of(&created.customer));
    let result = match (read, tenant) {
        (Some(created), Some(tenant)) => {
            let profile = created.customer.company_profile.as_ref();
            let prefix = profile.and_then(|profile| profile.domain.as_deref()).map_or(asked, prefix_of);
            let credentials = created.user_credentials.unwrap_or_default();
            let user = credentials.user_name.as_deref().filter(|name| !name.is_empty()).unwrap_or("admin");
            let user_name = if user.contains('@') { user.to_owned() } else { format!("{user}@{prefix}{SUFFIX}") };
            let password = credentials.password.filter(|password| !password.expose().is_empty());
            Ok(CreatedCustomer {
                tenant,
                domain_prefix: prefix.to_owned(),
                user_name,
                password: password.map(|password| OneTimeSecret::new(password.expose().as_bytes().to_vec())),
                unreadable: None,
            })
        }
        _ if is_page(&good) => Err(Failure::Unknown),
        _ => Ok(CreatedCustomer {
            tenant: Uuid::nil().into(),
            domain_prefix: asked.to_owned(),
            user_name: format!("admin@{asked}{SUFFIX}"),
            password: None,
            unreadable: Some(OneTimeSecret::new(good.body.to_vec())),
        }),
    };
    wipe(good.body);
    result
}

fn is_page(good: &Good) -> bool {
    let kind = good.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let body = wire::without_bom(&good.body);
    body.is_empty() || kind.to_ascii_lowercase().contains("html") || body.trim_ascii_start().starts_with(b"<")
}

/// Best effort: somebody else may still hold the bytes.
fn wipe(body: Bytes) {
    if let Ok(mut bytes) = body.try_into_mut() {
        bytes.as_mut().zeroize();
    }
}

fn prefix_of(domain: &str) -> &str {
    let at = domain.len().saturating_sub(SUFFIX.len());
    match (domain.get(..at), domain.get(at..)) {
        (Some(prefix), Some(suffix)) if suffix.eq_ignore_ascii_case(SUFFIX) => prefix,
        _ => domain,
    }
}

fn tenant_of(customer: &wire::Customer) -> Option<TenantId> {
    let profile = customer.company_profile.as_ref();
    let id = customer.id.as_deref().or_else(|| profile?.tenant_id.as_deref())?;
    id.parse().ok().filter(|tenant: &TenantId| !tenant.0.is_nil())
}

pub(crate) fn found(customer: &wire::Customer) -> Option<FoundCustomer> {
    let profile = customer.company_profile.clone().unwrap_or_default();
    Some(FoundCustomer {
        tenant: tenant_of(customer)?,
        domain_prefix: prefix_of(profile.domain.as_deref().unwrap_or_default()).to_owned(),
        company_name: profile.company_name.unwrap_or_default(),
        reseller_tenant: customer.associated_partner_id.as_deref().and_then(|id| id.parse().ok()),
    })
}

fn in_one_line(address: &wire::Address) -> String {
    let text = |part: &Option<String>| part.clone().unwrap_or_default().trim().to_owned();
    let town = [text(&address.postal_code), text(&address.city), text(&address.state)];
    let town = town.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let parts = [text(&address.address_line1), text(&address.address_line2), town, text(&address.country)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
