//! What all bodies share: links, attributes, collections, errors, and the one-time password.

use crate::wire::budget::items;
use crate::wire::member::{Code, bodies};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

bodies! {
    /// A header that a link wants to be followed with.
    LinkHeader { key: String, value: String, }
    /// Where to go next.
    Link { uri: Option<String>, method: Option<String>, headers: Vec<LinkHeader>, body: Option<serde_json::Value>, }
    /// What a resource is, and its version.
    Attributes { etag: Option<String>, object_type: Option<String>, }
    /// A filter as carried in the query, percent-encoded.
    Filter { field: String, value: String, operator: String, }
    /// Any refusal: the classic shape, that of newer services, and the gateway's. `data` holds texts, for example the
    /// path of a missing member.
    ServiceError {
        code: Option<Code>,
        description: Option<String>,
        data: Option<Vec<serde_json::Value>>,
        source: Option<String>,
        message: Option<String>,
        error_name: Option<String>,
        is_retryable: Option<bool>,
        parameters: Option<serde_json::Value>,
        error_message_extended: Option<String>,
        status_code: Option<u16>,
    }
}

/// Links by name: `self`, `next`, `product` …
pub type Links = BTreeMap<String, Link>;

impl Link {
    /// A plain GET link.
    #[must_use]
    pub fn get(uri: impl Into<String>) -> Self {
        Self { uri: Some(uri.into()), method: Some("GET".to_owned()), ..Self::default() }
    }
}

impl Attributes {
    /// Attributes of a resource without a version.
    #[must_use]
    pub fn of(object_type: &str) -> Self {
        Self { etag: None, object_type: Some(object_type.to_owned()) }
    }
}

impl ServiceError {
    /// The classic shape.
    #[must_use]
    pub fn classic(code: u32, description: &str, data: Vec<String>, source: &str) -> Self {
        Self {
            code: Some(code.into()),
            description: Some(description.to_owned()),
            data: Some(data.into_iter().map(serde_json::Value::String).collect()),
            source: Some(source.to_owned()),
            ..Self::default()
        }
    }

    /// The shape of newer services.
    #[must_use]
    pub fn newer(code: u32, error_name: &str, message: &str) -> Self {
        Self {
            code: Some(code.into()),
            message: Some(message.to_owned()),
            description: Some(message.to_owned()),
            error_name: Some(error_name.to_owned()),
            is_retryable: Some(false),
            parameters: Some(serde_json::Value::Object(serde_json::Map::new())),
            error_message_extended: Some(format!("InternalErrorCode={code}")),
            ..Self::default()
        }
    }

    /// The gateway's shape.
    #[must_use]
    pub fn gateway(status: u16, message: &str) -> Self {
        Self { status_code: Some(status), message: Some(message.to_owned()), ..Self::default() }
    }

    /// The code as a number, 0 when there is none.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.code.as_ref().map_or(0, Code::number)
    }

    /// The texts of `data`; other shapes are left out.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        self.data.iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "T: serde::de::DeserializeOwned"))]
pub struct Collection<T> {
    /// Number of items on this page.
    #[serde(default)]
    pub total_count: u32,
    /// The items.
    #[serde(default = "Vec::new", deserialize_with = "items")]
    pub items: Vec<T>,
    /// `self` and, where there is more, `next`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
    /// `Collection`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Attributes>,
}

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Self { total_count: 0, items: Vec::new(), links: None, attributes: None }
    }
}

impl<T> Collection<T> {
    /// A whole list on one page.
    #[must_use]
    pub fn of(items: Vec<T>, self_uri: &str) -> Self {
        Self {
            total_count: u32::try_from(items.len()).unwrap_or(u32::MAX),
            items,
            links: Some(BTreeMap::from([("self".to_owned(), Link::get(self_uri))])),
            attributes: Some(Attributes::of("Collection")),
        }
    }

    /// The next page, where there is one.
    #[must_use]
    pub fn next(&self) -> Option<&Link> {
        self.links.as_ref()?.get("next").filter(|link| link.uri.is_some())
    }
}

/// A one-time password. No `Clone`, prints `[redacted]`, wiped when dropped.
#[derive(Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a password over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The password, only to be sealed or written to a body.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
