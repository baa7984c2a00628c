//! Sealed one-time passwords (section 5). Only ciphertext is here; its key is in the OS keychain.

use crate::value::{Id, Time, Word};
use crate::{Db, Result, StoreError, Tx};
use cb_domain::ids::{CustomerId, OnboardingId, OperationId};
use cb_domain::operation::SecretState;
use cb_domain::topic::Topic;
use jiff::Timestamp;
use rusqlite::{Row, named_params};

/// Reads sealed passwords.
pub struct Secrets<'d>(&'d Db);

/// A sealed password and where it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedSecret {
    /// The `create_customer` that it comes from.
    pub operation_id: OperationId,
    /// Its Submit.
    pub onboarding_id: OnboardingId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Where it stands.
    pub state: SecretState,
    /// Admin user name; empty before it is known.
    pub user_name: String,
    /// The sealed password; `None` before and after.
    pub ciphertext: Option<Vec<u8>>,
    /// Its nonce.
    pub nonce: Option<Vec<u8>>,
    /// Keychain entry of the key that seals it.
    pub key_name: String,
    /// Since when there is something to hand over; before that, since the key is ready.
    pub since: Timestamp,
}

const COLUMNS: &str =
    "s.operation_id, s.onboarding_id, s.customer_id, s.state, s.user_name, s.ciphertext, s.nonce, s.key_name, s.since";

impl Db {
    /// Sealed passwords.
    #[must_use]
    pub fn secrets(&self) -> Secrets<'_> {
        Secrets(self)
    }
}

impl Secrets<'_> {
    /// That of an operation.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, operation: OperationId) -> Result<Option<SealedSecret>> {
        self.0.row(&format!("SELECT {COLUMNS} FROM secrets s WHERE s.operation_id = ?1"), [Id(operation)], read)
    }

    /// The latest of a Submit.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_onboarding(&self, onboarding: OnboardingId) -> Result<Option<SealedSecret>> {
        let sql = format!("SELECT {COLUMNS} FROM secrets s WHERE s.onboarding_id = ?1 ORDER BY s.since DESC");
        self.0.row(&sql, [Id(onboarding)], read)
    }

    /// Those not handed over yet, oldest first, with the customer's name: sealed, showing, destroying, unavailable.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waiting(&self) -> Result<Vec<(SealedSecret, String)>> {
        let sql = format!(
            "SELECT {COLUMNS}, c.name AS customer_name FROM secrets s JOIN customers c ON c.id = s.customer_id
             WHERE s.state NOT IN ('key_ready', 'destroyed') ORDER BY s.since"
        );
        self.0.rows(&sql, [], |row| Ok((read(row)?, row.get("customer_name")?)))
    }
}

impl Tx {
    /// Notes that the key of an operation's password is in the keychain (C1). A second time it renews the key's name,
    /// as long as nothing is sealed.
    ///
    /// # Errors
    /// `Stale` when something was sealed already; `NotAllowed` in any other state than `key_ready`.
    pub fn put_secret(&self, secret: &SealedSecret) -> Result<()> {
        let changed = self.execute(
            "INSERT INTO secrets (operation_id, onboarding_id, customer_id, state, user_name, ciphertext, nonce,
                 key_name, since)
             VALUES (:operation_id, :onboarding_id, :customer_id, :state, :user_name, :ciphertext, :nonce, :key_name,
                 :since)
             ON CONFLICT (operation_id) DO UPDATE SET key_name = excluded.key_name, since = excluded.since
                 WHERE secrets.state = 'key_ready'",
            named_params! {
                ":operation_id": Id(secret.operation_id),
                ":onboarding_id": Id(secret.onboarding_id),
                ":customer_id": Id(secret.customer_id),
                ":state": Word(secret.state),
                ":user_name": secret.user_name,
                ":ciphertext": secret.ciphertext,
                ":nonce": secret.nonce,
                ":key_name": secret.key_name,
                ":since": Time(secret.since),
            },
        )?;
        self.changed_secret(changed)
    }

    /// Seals the password of an answer, in the transaction that confirms the operation (C2). An answer that can't be
    /// read is sealed raw, without a user name; a repeated answer may then take its place.
    ///
    /// # Errors
    /// `Stale` when no key is ready: something was sealed before, or never begun.
    pub fn seal_secret(
        &self,
        operation: OperationId,
        user_name: &str,
        ciphertext: &[u8],
        nonce: &[u8],
        since: Timestamp,
    ) -> Result<()> {
        let changed = self.execute(
            "UPDATE secrets SET state = 'sealed', user_name = ?2, ciphertext = ?3, nonce = ?4, since = ?5
             WHERE operation_id = ?1 AND (state = 'key_ready' OR (state = 'sealed' AND user_name = ''))",
            (Id(operation), user_name, ciphertext, nonce, Time(since)),
        )?;
        self.changed_secret(changed)?;
        self.tell_secret(operation, SecretState::Sealed)
    }

    /// Takes a step of section 5.
    ///
    /// # Errors
    /// `Stale` when it is not in state `from`; `NotAllowed` when there is no such step.
    pub fn set_secret_state(&self, operation: OperationId, from: SecretState, to: SecretState) -> Result<()> {
        let changed = self.execute(
            "UPDATE secrets SET state = ?3 WHERE operation_id = ?1 AND state = ?2",
            (Id(operation), Word(from), Word(to)),
        )?;
        self.changed_secret(changed)?;
        self.tell_secret(operation, to)
    }

    /// Ends the destruction: the ciphertext is gone with this transaction, from the WAL after
    /// [`Book::truncate_wal`](crate::Book::truncate_wal) (C5).
    ///
    /// # Errors
    /// `Stale` when it is not being destroyed.
    pub fn destroy_secret(&self, operation: OperationId) -> Result<()> {
        // A key that never sealed anything goes without a word: nothing was handed over.
        let held = self.secrets().get(operation)?.is_some_and(|secret| secret.ciphertext.is_some());
        let changed = self.execute(
            "UPDATE secrets SET state = 'destroyed', ciphertext = NULL, nonce = NULL
             WHERE operation_id = ?1 AND state = 'destroying'",
            [Id(operation)],
        )?;
        self.changed_secret(changed)?;
        if held { self.tell_secret(operation, SecretState::Destroyed) } else { Ok(()) }
    }

    fn changed_secret(&self, changed: usize) -> Result<()> {
        if changed == 0 {
            return Err(StoreError::Stale);
        }
        self.touch(Topic::SetupInfo);
        Ok(())
    }
}

impl std::fmt::Debug for SealedSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealedSecret")
            .field("operation_id", &self.operation_id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<SealedSecret> {
    Ok(SealedSecret {
        operation_id: row.get::<_, Id<_>>("operation_id")?.0,
        onboarding_id: row.get::<_, Id<_>>("onboarding_id")?.0,
        customer_id: row.get::<_, Id<_>>("customer_id")?.0,
        state: row.get::<_, Word<_>>("state")?.0,
        user_name: row.get("user_name")?,
        ciphertext: row.get("ciphertext")?,
        nonce: row.get("nonce")?,
        key_name: row.get("key_name")?,
        since: row.get::<_, Time>("since")?.0,
    })
}
