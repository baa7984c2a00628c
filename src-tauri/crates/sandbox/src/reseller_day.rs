//! The practice day of resellers, as the app plays it: a reseller accepts, a partnership ends, one is suspended.

use crate::sample::tenant_id;
use crate::state::reseller_day::{self as table, Trouble};
use crate::state::resellers::Reseller;
use crate::state::{customers, settings};
use crate::{Sandbox, SandboxError};

/// Something that happens to a reseller at Partner Center.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResellerEvent {
    /// It accepts: from now on it is listed. The tenant grows from the PartnerID unless one is given.
    Accepts {
        /// PartnerID; one of its own is made for an empty one.
        partner_id: String,
        /// Tenant ID, where it shall be a certain one.
        tenant: Option<uuid::Uuid>,
        /// Name as Partner Center writes it.
        name: String,
        /// ISO country.
        country: String,
    },
    /// The partnership is gone.
    Ends {
        /// Tenant.
        tenant: uuid::Uuid,
    },
    /// Microsoft suspends it.
    Suspended {
        /// PartnerID.
        partner_id: String,
    },
    /// All is well again: signed, valid, not suspended.
    Fit {
        /// PartnerID.
        partner_id: String,
    },
    /// A customer with a tenant of its own accepts the invitation.
    CustomerConnects {
        /// Company name.
        company: String,
        /// Prefix before `.onmicrosoft.com`.
        prefix: String,
        /// ISO country.
        country: String,
        /// The reseller's tenant, where it was invited for both.
        reseller: Option<uuid::Uuid>,
    },
}

impl Sandbox {
    /// Lets it happen.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn happen(&self, event: &ResellerEvent) -> Result<(), SandboxError> {
        let now = self.now();
        self.change(|tx| match event {
            ResellerEvent::Accepts { partner_id, tenant, name, country } => {
                let number = if partner_id.is_empty() { number_of(name) } else { partner_id.clone() };
                let tenant = tenant.unwrap_or_else(|| tenant_id(&number));
                let reseller = Reseller {
                    tenant_id: tenant.to_string(),
                    mpn_id: number,
                    name: name.clone(),
                    country: country.clone(),
                    state: "Active".to_owned(),
                    signed: true,
                };
                table::accept(tx, &reseller)
            }
            ResellerEvent::Ends { tenant } => table::end(tx, &tenant.to_string()),
            ResellerEvent::Suspended { partner_id } => table::set_trouble(tx, partner_id, Some(Trouble::Suspended)),
            ResellerEvent::Fit { partner_id } => {
                table::set_trouble(tx, partner_id, None)?;
                table::sign(tx, partner_id, true)
            }
            ResellerEvent::CustomerConnects { company, prefix, country, reseller } => {
                if settings::domain_taken(tx, &domain(prefix))? {
                    return Ok(());
                }
                let new = connected(company, prefix, country, *reseller);
                customers::insert(
                    tx,
                    &customers::Customer {
                        number: 0,
                        id: new.id.to_string(),
                        document: new.document(),
                        domain: new.domain,
                        company: company.to_lowercase(),
                        country: country.clone(),
                        reseller_tenant: new.reseller_tenant,
                        under_review: false,
                        review_at: now,
                        created_at: now.as_second(),
                    },
                )
            }
        })
    }
}

fn domain(prefix: &str) -> String {
    format!("{}.onmicrosoft.com", prefix.to_lowercase())
}

fn connected(
    company: &str,
    prefix: &str,
    country: &str,
    reseller: Option<uuid::Uuid>,
) -> crate::routes::sample_parts::NewCustomer {
    crate::routes::sample_parts::NewCustomer {
        id: tenant_id(prefix),
        domain: domain(prefix),
        company: company.to_owned(),
        registration_number: None,
        email: format!("info@{prefix}.example"),
        culture: "en-GB".to_owned(),
        language: "en".to_owned(),
        first_name: None,
        last_name: None,
        address: serde_json::json!({ "country": country }),
        reseller_tenant: reseller.map(|tenant| tenant.to_string()),
    }
}

/// A PartnerID of seven digits that grows from the name.
fn number_of(name: &str) -> String {
    let (high, _) = tenant_id(name).as_u64_pair();
    format!("49{:05}", high % 100_000)
}
