//! Table `resource`: what has no table of its own, as it is answered.

use crate::SandboxError;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    User,
    RoleMember,
    SupportContact,
    Audit,
    Transition,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::RoleMember => "role_member",
            Self::SupportContact => "support_contact",
            Self::Audit => "audit",
            Self::Transition => "transition",
        }
    }
}

/// One, by id in any case.
pub(crate) fn get(db: &Connection, kind: Kind, owner: &str, id: &str) -> Result<Option<Value>, SandboxError> {
    let mut statement =
        db.prepare_cached("SELECT document FROM resource WHERE kind = ?1 AND owner = ?2 AND id = lower(?3)")?;
    let text: Option<String> = statement.query_row((kind.word(), owner, id), |row| row.get(0)).optional()?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// Those of an owner, oldest first.
pub(crate) fn of(db: &Connection, kind: Kind, owner: &str) -> Result<Vec<Value>, SandboxError> {
    between(db, kind, owner, i64::MIN, i64::MAX)
}

/// Those of an owner that were made in a span of Unix seconds, its end not included, oldest first.
pub(crate) fn between(
    db: &Connection,
    kind: Kind,
    owner: &str,
    from: i64,
    to: i64,
) -> Result<Vec<Value>, SandboxError> {
    let mut statement = db.prepare_cached(
        "SELECT document FROM resource WHERE kind = ?1 AND owner = ?2 AND made_at >= ?3 AND made_at < ?4
         ORDER BY made_at, id",
    )?;
    let mut found = Vec::new();
    for text in statement.query_map((kind.word(), owner, from, to), |row| row.get::<_, String>(0))? {
        found.push(serde_json::from_str(&text?)?);
    }
    Ok(found)
}

/// Adds or replaces one.
pub(crate) fn put(
    db: &Connection,
    kind: Kind,
    owner: &str,
    id: &str,
    made_at: i64,
    document: &Value,
) -> Result<(), SandboxError> {
    db.prepare_cached(
        "INSERT INTO resource (kind, owner, id, made_at, document) VALUES (?1, ?2, lower(?3), ?4, ?5)
         ON CONFLICT (kind, owner, id) DO UPDATE SET document = ?5",
    )?
    .execute((kind.word(), owner, id, made_at, document.to_string()))?;
    Ok(())
}

/// Forgets what is older.
pub(crate) fn forget_before(db: &Connection, kind: Kind, oldest: i64) -> Result<(), SandboxError> {
    db.prepare_cached("DELETE FROM resource WHERE kind = ?1 AND made_at < ?2")?.execute((kind.word(), oldest))?;
    Ok(())
}
