//! What Partner Center says of customers, apart from what is wanted; that is in the operations.

use crate::value::{Id, Json, Time};
use crate::{Db, Result, Tx};
use cb_domain::ids::CustomerId;
use cb_domain::profile::KnownProfile;
use cb_domain::topic::Topic;
use rusqlite::named_params;

/// Reads profiles.
pub struct Profiles<'d>(&'d Db);

impl Db {
    /// Profiles.
    #[must_use]
    pub fn profiles(&self) -> Profiles<'_> {
        Profiles(self)
    }
}

impl Profiles<'_> {
    /// That of a customer, as it was last read.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, customer: CustomerId) -> Result<Option<KnownProfile>> {
        self.0.row(
            "SELECT remote_id, etag, profile, read_at FROM profiles WHERE customer_id = ?1",
            [Id(customer)],
            |row| {
                Ok(KnownProfile {
                    id: row.get(0)?,
                    etag: row.get(1)?,
                    profile: row.get::<_, Json<_>>(2)?.0,
                    read_at: row.get::<_, Time>(3)?.0,
                })
            },
        )
    }

    /// The customer whose profile was read last.
    ///
    /// # Errors
    /// When the database fails.
    pub fn newest(&self) -> Result<Option<CustomerId>> {
        self.0.row("SELECT customer_id FROM profiles ORDER BY read_at DESC LIMIT 1", [], |row| {
            Ok(row.get::<_, Id<_>>(0)?.0)
        })
    }
}

impl Tx {
    /// Keeps what was read.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_profile(&self, customer: CustomerId, known: &KnownProfile) -> Result<()> {
        self.execute(
            "INSERT INTO profiles (customer_id, remote_id, etag, profile, read_at)
             VALUES (:customer_id, :remote_id, :etag, :profile, :read_at)
             ON CONFLICT (customer_id) DO UPDATE SET remote_id = excluded.remote_id, etag = excluded.etag,
                 profile = excluded.profile, read_at = excluded.read_at",
            named_params! {
                ":customer_id": Id(customer),
                ":remote_id": known.id,
                ":etag": known.etag,
                ":profile": Json(&known.profile),
                ":read_at": Time(known.read_at),
            },
        )?;
        self.touch(Topic::Customers);
        Ok(())
    }
}
