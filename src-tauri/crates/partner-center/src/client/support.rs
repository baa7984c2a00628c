//! The support contact of an older subscription.

use crate::client::exchange::{Ask, Failure, ids_along};
use crate::client::subscription::path;
use crate::client::{Client, Told};
use crate::triage::Operation::{self, Read};
use crate::wire;
use cb_domain::ids::TenantId;
use cb_sync::remote::{Answer, RemoteContact, RequestIds};
use http::Method;
use serde_json::{Value, json};

impl Client {
    /// Who supports it.
    pub(crate) async fn read_support_contact(
        &self,
        tenant: TenantId,
        subscription: &str,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let own = self.own_partner_id(ids).await?;
        let path = format!("{}/supportcontact", path(tenant, subscription));
        let good = self.exchange(&self.get(Read, &path), ids).await?;
        let whole = wire::document(&good.body)?;
        Ok((Answer::SupportContact(contact(&whole, &own)?), good.date))
    }

    /// Names who supports it; replaced as a whole.
    pub(crate) async fn set_support_contact(
        &self,
        operation: Operation,
        tenant: TenantId,
        subscription: &str,
        wanted: &RemoteContact,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let own = match self.own_partner_id(ids).await {
            // Nothing was asked to change yet.
            Err(Failure::Unknown) => return Err(Failure::NotSent),
            own => own?,
        };
        let partner_id = if wanted.is_provider { own.clone() } else { wanted.partner_id.clone() };
        let mut body = json!({
            "supportMpnId": partner_id, "name": wanted.name, "attributes": { "objectType": "SupportContact" },
        });
        if !wanted.tenant.is_empty() {
            body["supportTenantId"] = json!(wanted.tenant);
        }
        let path = format!("{}/supportcontact", path(tenant, subscription));
        let ask = Ask { method: Method::PUT, body: Some(wire::to_body(&body)), ..self.get(operation, &path) };
        let good = self.exchange(&ask, ids).await?;
        let told = wire::document(&good.body)?;
        Ok((Answer::SupportContact(contact(&told, &own)?), good.date))
    }

    /// The provider's own PartnerID.
    async fn own_partner_id(&self, ids: RequestIds) -> Result<String, Failure> {
        let good = self.exchange(&self.get(Read, "/profiles/mpn"), ids_along(ids, "own")).await?;
        let whole = wire::document(&good.body)?;
        number(&whole, "mpnId").ok_or(Failure::Unknown)
    }
}

fn member<'v>(whole: &'v Value, name: &str) -> Option<&'v Value> {
    whole.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A PartnerID comes as text or as a number.
fn number(whole: &Value, name: &str) -> Option<String> {
    match member(whole, name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn contact(whole: &Value, own: &str) -> Result<RemoteContact, Failure> {
    if !whole.is_object() {
        return Err(Failure::Unknown);
    }
    let partner_id = number(whole, "supportMpnId").unwrap_or_default();
    let text = |name: &str| member(whole, name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(RemoteContact {
        // Nobody named is the provider: that is the default.
        is_provider: partner_id.is_empty() || partner_id == own,
        tenant: text("supportTenantId"),
        partner_id,
        name: text("name"),
    })
}
