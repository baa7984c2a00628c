//! How domain values stand in columns: ids as text, enums as their snake-case word, times as nanoseconds, documents
//! as JSON. One wrapper each, so that no table converts on its own.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use std::fmt::Display;
use std::str::FromStr;

/// An id, as text.
pub(crate) struct Id<T>(pub T);
/// An enum without fields, as the word that serde gives it.
pub(crate) struct Word<T>(pub T);
/// A point in time, as nanoseconds since 1970 (exact, and it sorts).
#[derive(Clone, Copy)]
pub(crate) struct Time(pub Timestamp);
/// A document, as JSON.
pub(crate) struct Json<T>(pub T);

impl<T: Display> ToSql for Id<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.to_string().into())
    }
}

impl<T: FromStr<Err = uuid::Error>> FromSql for Id<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Self).map_err(FromSqlError::other)
    }
}

impl<T: Serialize> ToSql for Word<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(word(&self.0)?.into())
    }
}

impl<T: DeserializeOwned> FromSql for Word<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text: StrDeserializer<'_, WordError> = value.as_str()?.into_deserializer();
        T::deserialize(text).map(Self).map_err(FromSqlError::other)
    }
}

impl ToSql for Time {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let nanoseconds = i64::try_from(self.0.as_nanosecond()).map_err(not_storable)?;
        Ok(nanoseconds.into())
    }
}

impl FromSql for Time {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Timestamp::from_nanosecond(value.as_i64()?.into()).map(Self).map_err(FromSqlError::other)
    }
}

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(serde_json::to_string(&self.0).map_err(not_storable)?.into())
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

/// The word of an enum without fields.
pub(crate) fn word<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    let text = serde_json::to_string(value).map_err(not_storable)?;
    Ok(text.trim_matches('"').to_owned())
}

fn not_storable(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}
