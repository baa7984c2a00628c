//! Invitations of customers who have a tenant already.

use crate::fold::fold;
use crate::value::{Id, Json, Time, Word};
use crate::{Db, Result, Tx};
use cb_domain::connect::CustomerInvitation;
use cb_domain::ids::CustomerInvitationId;
use cb_domain::topic::Topic;
use rusqlite::{Row, named_params};

/// Reads invitations.
pub struct CustomerInvitations<'d>(&'d Db);

const SELECT: &str = "SELECT id, reseller_id, state, company, domain, contact_name, email, country, language, edited_de, \
     edited_en, created_at, saved_at, opened_at, copied_at, requested_at, closed_at, customer_id FROM customer_invitations";

impl Db {
    /// Invitations of customers.
    #[must_use]
    pub fn customer_invitations(&self) -> CustomerInvitations<'_> {
        CustomerInvitations(self)
    }
}

impl CustomerInvitations<'_> {
    /// One.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, id: CustomerInvitationId) -> Result<Option<CustomerInvitation>> {
        self.0.row(&format!("{SELECT} WHERE id = ?1"), [Id(id)], read)
    }

    /// Drafts and those without an answer, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open(&self) -> Result<Vec<CustomerInvitation>> {
        self.0.rows(&format!("{SELECT} WHERE state IN ('draft', 'requested') ORDER BY created_at, id"), [], read)
    }
}

impl Tx {
    /// Inserts or updates an invitation.
    ///
    /// # Errors
    /// `NotAllowed` when the table of states forbids it.
    pub fn put_customer_invitation(&self, one: &CustomerInvitation) -> Result<()> {
        let before = self.customer_invitations().get(one.id)?.map(|known| known.state);
        self.execute(
            "INSERT INTO customer_invitations (id, reseller_id, state, company, company_key, domain, contact_name, email,
                 country, language, edited_de, edited_en, created_at, saved_at, opened_at, copied_at, requested_at,
                 closed_at, customer_id)
             VALUES (:id, :reseller_id, :state, :company, :company_key, :domain, :contact_name, :email, :country,
                 :language, :edited_de, :edited_en, :created_at, :saved_at, :opened_at, :copied_at, :requested_at,
                 :closed_at, :customer_id)
             ON CONFLICT (id) DO UPDATE SET reseller_id = excluded.reseller_id, state = excluded.state,
                 company = excluded.company, company_key = excluded.company_key, domain = excluded.domain,
                 contact_name = excluded.contact_name, email = excluded.email, country = excluded.country,
                 language = excluded.language, edited_de = excluded.edited_de, edited_en = excluded.edited_en,
                 saved_at = excluded.saved_at, opened_at = excluded.opened_at, copied_at = excluded.copied_at,
                 requested_at = excluded.requested_at, closed_at = excluded.closed_at,
                 customer_id = excluded.customer_id",
            named_params! {
                ":id": Id(one.id),
                ":reseller_id": one.reseller_id.map(Id),
                ":state": Word(one.state),
                ":company": one.company,
                ":company_key": fold(&one.company),
                ":domain": one.domain,
                ":contact_name": one.contact_name,
                ":email": one.email,
                ":country": one.country,
                ":language": Word(one.language),
                ":edited_de": one.edited_de.as_ref().map(Json),
                ":edited_en": one.edited_en.as_ref().map(Json),
                ":created_at": Time(one.created_at),
                ":saved_at": Time(one.saved_at),
                ":opened_at": one.opened_at.map(Time),
                ":copied_at": one.copied_at.map(Time),
                ":requested_at": one.requested_at.map(Time),
                ":closed_at": one.closed_at.map(Time),
                ":customer_id": one.customer_id.map(Id),
            },
        )?;
        self.touch(Topic::Partnerships);
        self.tell_invitation(before, one)
    }

    /// Discards a draft.
    ///
    /// # Errors
    /// `NotAllowed` when it is no draft any more.
    pub fn delete_customer_invitation(&self, id: CustomerInvitationId) -> Result<()> {
        self.execute("DELETE FROM customer_invitations WHERE id = ?1", [Id(id)])?;
        self.touch(Topic::Partnerships);
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<CustomerInvitation> {
    let time = |name: &str| Ok::<_, rusqlite::Error>(row.get::<_, Option<Time>>(name)?.map(|time| time.0));
    Ok(CustomerInvitation {
        id: row.get::<_, Id<_>>("id")?.0,
        reseller_id: row.get::<_, Option<Id<_>>>("reseller_id")?.map(|id| id.0),
        state: row.get::<_, Word<_>>("state")?.0,
        company: row.get("company")?,
        domain: row.get("domain")?,
        contact_name: row.get("contact_name")?,
        email: row.get("email")?,
        country: row.get("country")?,
        language: row.get::<_, Word<_>>("language")?.0,
        edited_de: row.get::<_, Option<Json<_>>>("edited_de")?.map(|text| text.0),
        edited_en: row.get::<_, Option<Json<_>>>("edited_en")?.map(|text| text.0),
        created_at: row.get::<_, Time>("created_at")?.0,
        saved_at: row.get::<_, Time>("saved_at")?.0,
        opened_at: time("opened_at")?,
        copied_at: time("copied_at")?,
        requested_at: time("requested_at")?,
        closed_at: time("closed_at")?,
        customer_id: row.get::<_, Option<Id<_>>>("customer_id")?.map(|id| id.0),
    })
}
