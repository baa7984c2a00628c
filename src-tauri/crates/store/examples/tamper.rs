//! Falsifies the newest entry of a book's journal past the app, as somebody with the key and a tool would: the triggers
//! are gone for a moment, another person stands in the entry, and nothing else changes. For the journey that looks
//! whether the app notices. Takes the path of the database, and the key's 32 bytes from standard input; prints the
//! entry's number.

use rusqlite::{Connection, OptionalExtension};
use std::error::Error;
use std::io::Read;

/// Who is said to have done it.
const FALSE_NAME: &str = "Somebody Else";

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("the path of the database is missing")?;
    let mut key = Vec::new();
    std::io::stdin().read_to_end(&mut key)?;
    if key.len() != 32 {
        return Err("the key has 32 bytes".into());
    }
    let connection = Connection::open(path)?;
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\"", hex::encode(key)))?;
    let guard: Option<String> = connection
        .query_row("SELECT sql FROM sqlite_master WHERE name = 'journal_no_update'", [], |row| row.get(0))
        .optional()?;
    let guard = guard.ok_or("the journal has no guard: is this a book?")?;
    let number: i64 = connection.query_row("SELECT max(number) FROM journal", [], |row| row.get(0))?;
    connection.execute_batch("BEGIN IMMEDIATE; DROP TRIGGER journal_no_update;")?;
    connection.execute("UPDATE journal SET person = ?1 WHERE number = ?2", (FALSE_NAME, number))?;
    connection.execute_batch(&format!("{guard}; COMMIT;"))?;
    println!("{number}");
    Ok(())
}
