//! Member names of requests in any casing: clients send PascalCase with nulls, the service matches without case.

use serde_json::{Map, Value};

/// Canonical names of request members whose words can't be told from a run of lower-case or upper-case letters.
const NAMES: &[&str] = &[
    "addressLine1",
    "addressLine2",
    "agreementType",
    "allowDelegatedAccess",
    "associatedPartnerId",
    "attestationAccepted",
    "attributes",
    "autoRenewEnabled",
    "billingCycle",
    "billingProfile",
    "catalogItemId",
    "city",
    "commerceId",
    "companyName",
    "companyProfile",
    "country",
    "culture",
    "currencyCode",
    "customTermEndDate",
    "dateAgreed",
    "defaultAddress",
    "domain",
    "email",
    "enableGDAPByDefault",
    "etag",
    "expirationTimestamp",
    "field",
    "firstName",
    "friendlyName",
    "id",
    "key",
    "language",
    "lastName",
    "lineItems",
    "objectType",
    "offerId",
    "operator",
    "orderGroup",
    "organizationRegistrationNumber",
    "participants",
    "partnerId",
    "partnerIds",
    "partnerIdOnRecord",
    "partnerOnRecordAttestationAccepted",
    "phoneNumber",
    "postalCode",
    "primaryContact",
    "promotionId",
    "provisioningContext",
    "quantity",
    "relationshipToPartner",
    "renewsTo",
    "state",
    "status",
    "templateId",
    "tenantId",
    "termDuration",
    "type",
    "userCredentials",
    "userId",
    "userName",
    "value",
];

/// The name as the types here know it.
fn canonical(name: &str) -> String {
    if let Some(known) = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        return (*known).to_owned();
    }
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Lower-camel-cases the names of a body and drops its nulls. Names inside `provisioningContext` belong to the SKU and
/// stay as they are.
pub(crate) fn tidy(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut tidied = Map::new();
            for (name, member) in members.into_iter().filter(|(_, member)| !member.is_null()) {
                let name = canonical(&name);
                let member = if name == "provisioningContext" { member } else { tidy(member) };
                tidied.insert(name, member);
            }
            Value::Object(tidied)
        }
        Value::Array(items) => Value::Array(items.into_iter().filter(|item| !item.is_null()).map(tidy).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}
