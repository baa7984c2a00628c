//! Canonical JSON and its SHA-256: the same content always gives the same bytes.

use crate::operation::OperationPayload;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Canonical JSON: members sorted by name, no blanks. Written by hand over the value tree, because whether the JSON
/// library sorts members depends on features that other crates switch on.
///
/// # Errors
/// When the value can't be written as JSON.
pub fn canonical(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = Vec::new();
    write(&serde_json::to_value(value)?, &mut bytes)?;
    Ok(bytes)
}

/// SHA-256 of a payload's canonical JSON, hex.
///
/// # Errors
/// When the payload can't be written as JSON.
pub fn payload_hash(payload: &OperationPayload) -> Result<String, serde_json::Error> {
    Ok(hash(&canonical(payload)?))
}

/// SHA-256 of anything's canonical JSON, hex.
///
/// # Errors
/// When it can't be written as JSON.
pub fn hash_of(value: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(hash(&canonical(value)?))
}

pub(super) fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn write(value: &Value, bytes: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => serde_json::to_writer(bytes, value)?,
        Value::Array(items) => {
            bytes.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    bytes.push(b',');
                }
                write(item, bytes)?;
            }
            bytes.push(b']');
        }
        Value::Object(members) => {
            let mut names: Vec<_> = members.iter().collect();
            names.sort_by_key(|(name, _)| *name);
            bytes.push(b'{');
            for (index, (name, member)) in names.into_iter().enumerate() {
                if index > 0 {
                    bytes.push(b',');
                }
                serde_json::to_writer(&mut *bytes, name)?;
                bytes.push(b':');
                write(member, bytes)?;
            }
            bytes.push(b'}');
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_sorted_at_every_depth() {
        let value = serde_json::json!({"b": [{"z": 1, "a": "é\"\n"}], "a": null, "B": true});
        let bytes = canonical(&value).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), r#"{"B":true,"a":null,"b":[{"a":"é\"\n","z":1}]}"#);
    }

    #[test]
    fn hash_is_sha256_in_hex() {
        assert_eq!(hash(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
