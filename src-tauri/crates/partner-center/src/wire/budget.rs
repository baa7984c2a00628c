//! How much an answer may grow when it is read. `{}` is two bytes on the wire and a whole resource in memory: a body of
//! 50 MB made of these would be many gigabytes. Whatever is put into a list or a map while an answer is read counts, and
//! an answer that grows beyond a small multiple of its own length is no answer.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Every answer may grow by so much, bytes.
const ROOM: usize = 16 * 1024 * 1024;
/// And by so many times its own length: the leanest resource of the service takes some three times as much as its text.
const TIMES: usize = 6;
/// What an entry of a map takes besides its value.
const ENTRY: usize = 64;

thread_local! {
    /// What is left of the room of the answer that is being read; `None`: nobody counts.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Reads an answer of that length; what it is made into counts meanwhile.
pub(super) fn counted<T>(length: usize, read: impl FnOnce() -> T) -> T {
    /// Whatever way the reading ends.
    struct Until(Option<usize>);
    impl Drop for Until {
        fn drop(&mut self) {
            LEFT.set(self.0);
        }
    }
    let _until = Until(LEFT.replace(Some(ROOM.saturating_add(length.saturating_mul(TIMES)))));
    read()
}

fn take<E: Error>(bytes: usize) -> Result<(), E> {
    let Some(left) = LEFT.get() else { return Ok(()) };
    LEFT.set(Some(left.checked_sub(bytes).ok_or_else(|| E::custom("larger than any answer"))?));
    Ok(())
}

/// A list whose items count; nulls among them are left out.
pub(super) struct Items<T>(pub(super) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ItemsVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ItemsVisitor<T> {
            type Value = Items<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Items<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element::<Option<T>>()? {
                    if let Some(item) = item {
                        take(size_of::<T>())?;
                        items.push(item);
                    }
                }
                Ok(Items(items))
            }
        }
        deserializer.deserialize_seq(ItemsVisitor(PhantomData))
    }
}

/// A map whose entries count; nulls among them are left out.
pub(super) struct Entries<T>(pub(super) BTreeMap<String, T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some((key, value)) = map.next_entry::<String, Option<T>>()? {
                    if let Some(value) = value {
                        take(size_of::<T>() + ENTRY)?;
                        entries.insert(key, value);
                    }
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

/// Any document, each of whose parts counts.
pub(super) struct Document(pub(super) Value);

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DocumentVisitor;
        impl<'de> Visitor<'de> for DocumentVisitor {
            type Value = Document;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<Document, E> {
                Ok(Document(value.into()))
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<Document, E> {
                Ok(Document(value.into()))
            }
            fn visit_u64<E: Error>(self, value: u64) -> Result<Document, E> {
                Ok(Document(value.into()))
            }
            fn visit_f64<E: Error>(self, value: f64) -> Result<Document, E> {
                Ok(Document(value.into()))
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<Document, E> {
                Ok(Document(value.into()))
            }
            fn visit_string<E: Error>(self, value: String) -> Result<Document, E> {
                Ok(Document(value.into()))
            }
            fn visit_unit<E: Error>(self) -> Result<Document, E> {
                Ok(Document(Value::Null))
            }
            fn visit_none<E: Error>(self) -> Result<Document, E> {
                Ok(Document(Value::Null))
            }
            fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Document, D::Error> {
                Document::deserialize(inner)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Document, A::Error> {
                let mut all = Vec::new();
                while let Some(Document(value)) = list.next_element()? {
                    take(size_of::<Value>())?;
                    all.push(value);
                }
                Ok(Document(Value::Array(all)))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
                let mut all = Map::new();
                while let Some((key, Document(value))) = map.next_entry::<String, Document>()? {
                    take(size_of::<Value>() + ENTRY)?;
                    all.insert(key, value);
                }
                Ok(Document(Value::Object(all)))
            }
        }
        deserializer.deserialize_any(DocumentVisitor)
    }
}

/// Reads a generic holder's items leniently: null and nulls among them are left out.
///
/// # Errors
/// When the list or an item has a shape that cannot be read.
pub(super) fn items<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Items<T>>::deserialize(deserializer)?.map(|items| items.0).unwrap_or_default())
}
