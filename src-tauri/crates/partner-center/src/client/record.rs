//! The reseller of record of a subscription. Partner Center wants the whole resource back and resets what is left out
//! (`autoRenewEnabled`, the instructions for the next term), so it is kept as the raw document that was read and only
//! `partnerId` is replaced in it.

use crate::client::exchange::{Ask, Failure, ids_along};
use crate::client::{Client, Told, encoded};
use crate::triage::Operation::{self, Read};
use crate::wire;
use cb_domain::ids::TenantId;
use cb_sync::remote::{Answer, RequestIds};
use http::Method;
use serde_json::Value;

impl Client {
    /// The PartnerID on record.
    pub(crate) async fn read_record(
        &self,
        tenant: TenantId,
        subscription: &str,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let good = self.exchange(&self.get(Read, &path(tenant, subscription)), ids).await?;
        let whole = wire::document(&good.body)?;
        Ok((Answer::Record(partner_id(&whole)?), good.date))
    }

    /// Reads the whole resource and writes it back with another PartnerID on record, as long as it is what was read.
    pub(crate) async fn set_record(
        &self,
        operation: Operation,
        tenant: TenantId,
        subscription: &str,
        wanted: &str,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let path = path(tenant, subscription);
        // Until the change itself is sent nothing has happened, so a reading that failed left nothing open.
        let read = match self.exchange(&self.get(Read, &path), ids_along(ids, "read")).await {
            Err(Failure::Unknown) => return Err(Failure::NotSent),
            read => read?,
        };
        let mut whole = wire::document(&read.body).map_err(|_| Failure::NotSent)?;
        if partner_id(&whole).map_err(|_| Failure::NotSent)?.as_deref() == Some(wanted) {
            return Ok((Answer::Record(Some(wanted.to_owned())), read.date));
        }
        let etag = etag(&whole);
        let Some(members) = whole.as_object_mut() else { return Err(Failure::NotSent) };
        // Names come in any case: the one that is there is replaced, never a second one added.
        let name = members.keys().find(|key| key.eq_ignore_ascii_case("partnerId")).cloned();
        members.insert(name.unwrap_or_else(|| "partnerId".to_owned()), Value::String(wanted.to_owned()));
        let ask = Ask {
            method: Method::PATCH,
            body: Some(wire::to_body(&whole)),
            extra: etag.map(|etag| ("if-match".to_owned(), etag)).into_iter().collect(),
            ..self.get(operation, &path)
        };
        let good = self.exchange(&ask, ids).await?;
        // 202 comes without the resource: what became of it is read later.
        let told = wire::document(&good.body)?;
        Ok((Answer::Record(partner_id(&told)?), good.date))
    }
}

fn path(tenant: TenantId, subscription: &str) -> String {
    format!("/customers/{tenant}/subscriptions/{}", encoded(subscription))
}

/// A document that is no subscription tells nothing.
fn partner_id(whole: &Value) -> Result<Option<String>, Failure> {
    let members = whole.as_object().ok_or(Failure::Unknown)?;
    let member = |name: &str| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    if member("id").is_none() {
        return Err(Failure::Unknown);
    }
    Ok(match member("partnerId") {
        Some(Value::String(text)) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => None,
    })
}

/// The tag of an older subscription, quoted as the header wants it.
fn etag(whole: &Value) -> Option<String> {
    let text = whole.get("attributes")?.get("etag")?.as_str()?;
    let bare = text.trim_matches('"');
    (!bare.is_empty()).then(|| format!("\"{bare}\""))
}
