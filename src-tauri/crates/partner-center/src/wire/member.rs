//! How a member of a body is read and written: read leniently, null and missing alike, written only when there.

use crate::wire::Secret;
use crate::wire::budget::{Document, Entries, Items};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;

/// A type that can be a member of a body.
pub trait Member: Sized + Default {
    /// Reads a member that is there and not null.
    ///
    /// # Errors
    /// When the member has a shape that this type cannot be read from.
    fn lax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Reads a member that may be null.
    ///
    /// # Errors
    /// As [`Member::lax`].
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Lax<Self>>::deserialize(deserializer)?.map(|lax| lax.0).unwrap_or_default())
    }

    /// Not written at all.
    fn left_out(&self) -> bool {
        false
    }

    /// Its JSON schema as it is written.
    fn schema() -> Value;
}

struct Lax<T>(T);

impl<'de, T: Member> Deserialize<'de> for Lax<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lax(deserializer).map(Lax)
    }
}

impl<T: Member> Member for Option<T> {
    fn lax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lax(deserializer).map(Some)
    }
    fn left_out(&self) -> bool {
        self.is_none()
    }
    fn schema() -> Value {
        T::schema()
    }
}

impl<T: Member> Member for Vec<T> {
    fn lax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The same allocation, item by item: nothing lies in memory twice.
        Ok(Items::<Lax<T>>::deserialize(deserializer)?.0.into_iter().map(|lax| lax.0).collect())
    }
    fn schema() -> Value {
        json!({"type": "array", "items": T::schema()})
    }
}

impl<T: Member> Member for BTreeMap<String, T> {
    fn lax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Entries::<Lax<T>>::deserialize(deserializer)?;
        Ok(entries.0.into_iter().map(|(key, lax)| (key, lax.0)).collect())
    }
    fn schema() -> Value {
        json!({"type": "object", "additionalProperties": T::schema()})
    }
}

/// Types whose own `Deserialize` is lenient already.
macro_rules! as_is {
    ($($type:ty: $schema:tt),*) => {$(
        impl Member for $type {
            fn lax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$type>::deserialize(deserializer)
            }
            fn schema() -> Value {
                json!($schema)
            }
        }
    )*};
}

as_is!(Secret: {"type": "string"});

impl Member for Value {
    fn lax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Document::deserialize(deserializer)?.0)
    }
    fn schema() -> Value {
        json!({})
    }
}

/// A scalar as it came: numbers are sent as text and text as numbers.
enum Scalar {
    Text(String),
    Int(i128),
    Float(f64),
    Bool(bool),
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ScalarVisitor;
        impl Visitor<'_> for ScalarVisitor {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number or a switch")
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar::Bool(value))
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar::Int(value.into()))
            }
            fn visit_u64<E: Error>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar::Int(value.into()))
            }
            fn visit_f64<E: Error>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar::Float(value))
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<Scalar, E> {
                Ok(Scalar::Text(value.to_owned()))
            }
            fn visit_string<E: Error>(self, value: String) -> Result<Scalar, E> {
                Ok(Scalar::Text(value))
            }
        }
        deserializer.deserialize_any(ScalarVisitor)
    }
}

impl Scalar {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Int(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
            Self::Bool(switch) => switch.to_string(),
        }
    }

    fn float(self) -> Option<f64> {
        match self {
            Self::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            // Amounts and counts stay far below 2^53.
            #[allow(clippy::cast_precision_loss)]
            Self::Int(number) => Some(number as f64),
            Self::Float(number) => Some(number),
            Self::Bool(_) => None,
        }
    }

    fn int(self) -> Option<i128> {
        match self {
            Self::Text(text) => text.trim().parse().ok(),
            Self::Int(number) => Some(number),
            // Only whole numbers within i64 get here, so nothing is cut off.
            #[allow(clippy::cast_possible_truncation)]
            Self::Float(number) => (number.fract() == 0.0 && number.abs() < 9.0e18).then_some(number as i128),
            Self::Bool(_) => None,
        }
    }
}

impl Member for String {
    fn lax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Scalar::deserialize(deserializer)?.text())
    }
    fn schema() -> Value {
        json!({"type": "string"})
    }
}

impl Member for bool {
    fn lax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Scalar::deserialize(deserializer)? {
            Scalar::Bool(switch) => Ok(switch),
            Scalar::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Scalar::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            Scalar::Text(_) | Scalar::Int(_) | Scalar::Float(_) => Err(D::Error::custom("not a switch")),
        }
    }
    fn schema() -> Value {
        json!({"type": "boolean"})
    }
}

impl Member for f64 {
    fn lax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Scalar::deserialize(deserializer)?.float().ok_or_else(|| D::Error::custom("not a number"))
    }
    fn schema() -> Value {
        json!({"type": "number"})
    }
}

macro_rules! whole_numbers {
    ($($type:ty),*) => {$(
        impl Member for $type {
            fn lax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = Scalar::deserialize(deserializer)?.int();
                number.and_then(|number| Self::try_from(number).ok()).ok_or_else(|| D::Error::custom("not a whole number in range"))
            }
            fn schema() -> Value {
                json!({"type": "integer", "minimum": <$type>::MIN, "maximum": <$type>::MAX})
            }
        }
    )*};
}
whole_numbers!(u16, u32, u64, i32, i64);

/// A code, documented as text and sent as a number: read either, written as a number where it is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Code(pub String);

impl Code {
    /// The code as a number; 0 when it is a name.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.0.trim().parse().unwrap_or(0)
    }
}

impl From<u32> for Code {
    fn from(number: u32) -> Self {
        Self(number.to_string())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<i64>() {
            Ok(number) => serializer.serialize_i64(number),
            Err(_) => serializer.serialize_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::read(deserializer).map(Self)
    }
}

as_is!(Code: {"type": ["integer", "string"]});

/// Declares bodies: camelCase, every member optional when read, absent ones left out when written.
macro_rules! bodies {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name {$(
            #[doc = concat!("Member `", stringify!($field), "`.")]
            $(#[$field_meta])*
            #[serde(deserialize_with = "crate::wire::member::Member::read", skip_serializing_if = "crate::wire::member::Member::left_out")]
            pub $field: $type,
        )*}
        $crate::wire::member::as_is_body!(
            $name,
            $crate::wire::schema::object::<$name>(vec![$(<$type as $crate::wire::member::Member>::schema()),*])
        );
    )*};
}
pub(crate) use bodies;

macro_rules! as_is_body {
    ($name:ident, $schema:expr) => {
        impl $crate::wire::member::Member for $name {
            fn lax<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$name as serde::Deserialize>::deserialize(deserializer)
            }
            fn schema() -> serde_json::Value {
                $schema
            }
        }
    };
}
pub(crate) use as_is_body;

/// Declares word lists: read in any case and with or without `_` and blanks, written as the service writes them.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $first:ident = $first_text:literal, $($variant:ident = $text:literal,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            #[doc = concat!("`", $first_text, "`.")]
            $first,
            $(#[doc = concat!("`", $text, "`.")] $variant,)*
            /// A word this version doesn't know.
            Other(String),
        }

        impl $name {
            /// As the service writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    Self::$first => $first_text,
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl Default for $name {
            fn default() -> Self { Self::$first }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                if $crate::wire::member::same_word(text, $first_text) { return Self::$first; }
                $(if $crate::wire::member::same_word(text, $text) { return Self::$variant; })*
                Self::Other(text.to_owned())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as $crate::wire::member::Member>::read(deserializer)?;
                Ok(Self::from(text.as_str()))
            }
        }
        // Words not in the list are allowed, so the list is what is known, not what is permitted.
        $crate::wire::member::as_is_body!(
            $name,
            serde_json::json!({"type": "string", "examples": [$first_text $(, $text)*]})
        );
    )*};
}
pub(crate) use words;

/// The same word, whatever its case and its separators.
pub(crate) fn same_word(left: &str, right: &str) -> bool {
    let fold = |text: &str| -> Vec<char> {
        text.chars().filter(|c| !matches!(c, '_' | ' ' | '-')).flat_map(char::to_lowercase).collect()
    };
    fold(left) == fold(right)
}
