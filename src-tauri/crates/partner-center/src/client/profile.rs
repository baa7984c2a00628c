//! The billing profile of a customer: read, and changed only as long as it is what was read (`If-Match`).

use crate::client::exchange::{Ask, Failure};
use crate::client::{Client, Told};
use crate::triage::Operation::{self, Read};
use crate::wire;
use cb_domain::ids::TenantId;
use cb_domain::profile::CustomerProfile;
use cb_sync::remote::{Answer, RemoteProfile, RequestIds};
use http::Method;

impl Client {
    /// Name, contact and address with the tag of the next change.
    pub(crate) async fn read_profile(&self, tenant: TenantId, ids: RequestIds) -> Result<Told, Failure> {
        let (profile, date) = self.one::<wire::BillingProfile>(Read, &path(tenant), ids).await?;
        Ok((Answer::Profile(Box::new(remote(profile)?)), date))
    }

    /// Changes the whole profile; refused as stale when the tag is not the newest.
    pub(crate) async fn update_profile(
        &self,
        operation: Operation,
        tenant: TenantId,
        id: &str,
        etag: &str,
        profile: &CustomerProfile,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let body = wire::to_body(&wire_of(id, etag, profile));
        let ask = Ask {
            method: Method::PUT,
            body: Some(body),
            extra: vec![("if-match".to_owned(), format!("\"{etag}\""))],
            ..self.get(operation, &path(tenant))
        };
        let good = self.exchange(&ask, ids).await?;
        let told: wire::BillingProfile = wire::from_answer(&good.body)?;
        Ok((Answer::Profile(Box::new(remote(told)?)), good.date))
    }
}

fn path(tenant: TenantId) -> String {
    format!("/customers/{tenant}/profiles/billing")
}

/// A profile without a tag could never be changed safely, so it is none that was read.
fn remote(profile: wire::BillingProfile) -> Result<RemoteProfile, Failure> {
    let etag = profile.attributes.as_ref().and_then(|attributes| attributes.etag.clone()).unwrap_or_default();
    let etag = etag.trim_matches('"').to_owned();
    if etag.is_empty() {
        return Err(Failure::Unknown);
    }
    let address = profile.default_address.unwrap_or_default();
    let text = Option::unwrap_or_default;
    Ok(RemoteProfile {
        id: text(profile.id),
        etag,
        profile: CustomerProfile {
            company_name: text(profile.company_name),
            first_name: text(profile.first_name.or(address.first_name)),
            last_name: text(profile.last_name.or(address.last_name)),
            email: text(profile.email),
            phone: text(address.phone_number),
            address_line_1: text(address.address_line1),
            address_line_2: text(address.address_line2),
            postal_code: text(address.postal_code),
            city: text(address.city),
            state: text(address.state),
            country: text(address.country),
            language: text(profile.language),
            culture: text(profile.culture),
        },
    })
}

fn wire_of(id: &str, etag: &str, profile: &CustomerProfile) -> wire::BillingProfile {
    let filled = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
    wire::BillingProfile {
        id: filled(id),
        first_name: filled(&profile.first_name),
        last_name: filled(&profile.last_name),
        email: filled(&profile.email),
        culture: filled(&profile.culture),
        language: filled(&profile.language),
        company_name: filled(&profile.company_name),
        default_address: Some(wire::Address {
            country: filled(&profile.country),
            city: filled(&profile.city),
            state: filled(&profile.state),
            address_line1: filled(&profile.address_line_1),
            address_line2: filled(&profile.address_line_2),
            postal_code: filled(&profile.postal_code),
            first_name: filled(&profile.first_name),
            last_name: filled(&profile.last_name),
            phone_number: filled(&profile.phone),
        }),
        attributes: Some(wire::Attributes { etag: filled(etag), ..wire::Attributes::default() }),
        ..wire::BillingProfile::default()
    }
}
