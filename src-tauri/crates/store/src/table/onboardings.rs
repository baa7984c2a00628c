//! Onboardings: what each Submit was for, frozen.

use crate::value::{Id, Json, Time};
use crate::{Db, Result, Tx};
use cb_domain::ids::OnboardingId;
use cb_domain::operation::Onboarding;
use cb_domain::topic::Topic;
use rusqlite::{Row, named_params};

/// Reads onboardings.
pub struct Onboardings<'d>(&'d Db);

impl Db {
    /// Onboardings.
    #[must_use]
    pub fn onboardings(&self) -> Onboardings<'_> {
        Onboardings(self)
    }
}

impl Onboardings<'_> {
    /// One.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, id: OnboardingId) -> Result<Option<Onboarding>> {
        self.0.row(
            "SELECT id, purpose, customer_id, reseller_id, reseller_of_record, content, hash, submitted_at
             FROM onboardings WHERE id = ?1",
            [Id(id)],
            read,
        )
    }
}

impl Tx {
    /// Keeps a Submit; it belongs to the session that runs, if one does.
    ///
    /// # Errors
    /// `Duplicate` when it is there already: a second press of Submit.
    pub fn insert_onboarding(&self, onboarding: &Onboarding) -> Result<()> {
        self.execute(
            "INSERT INTO onboardings (id, purpose, customer_id, reseller_id, reseller_of_record, content, hash,
                 submitted_at, session_id)
             VALUES (:id, :purpose, :customer_id, :reseller_id, :reseller_of_record, :content, :hash, :submitted_at,
                 (SELECT id FROM sessions WHERE ended_at IS NULL))",
            named_params! {
                ":id": Id(onboarding.id),
                ":purpose": Json(&onboarding.purpose),
                ":customer_id": Id(onboarding.customer_id),
                ":reseller_id": onboarding.reseller_id.map(Id),
                ":reseller_of_record": onboarding.reseller_of_record.map(Id),
                ":content": Json(&onboarding.content),
                ":hash": onboarding.hash,
                ":submitted_at": Time(onboarding.submitted_at),
            },
        )?;
        self.touch(Topic::Outbox);
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Onboarding> {
    Ok(Onboarding {
        id: row.get::<_, Id<_>>("id")?.0,
        purpose: row.get::<_, Json<_>>("purpose")?.0,
        customer_id: row.get::<_, Id<_>>("customer_id")?.0,
        reseller_id: row.get::<_, Option<Id<_>>>("reseller_id")?.map(|id| id.0),
        reseller_of_record: row.get::<_, Option<Id<_>>>("reseller_of_record")?.map(|id| id.0),
        content: row.get::<_, Json<_>>("content")?.0,
        hash: row.get("hash")?,
        submitted_at: row.get::<_, Time>("submitted_at")?.0,
    })
}
