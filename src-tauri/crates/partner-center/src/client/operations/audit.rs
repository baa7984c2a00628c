//! The audit trail: with the correlation id of a lost call it can tell whether that took effect.

use crate::client::exchange::Failure;
use crate::client::{Client, encoded, filter};
use crate::triage::Operation::Read;
use crate::wire;
use cb_domain::ids::TenantId;
use cb_sync::remote::RequestIds;
use jiff::civil::Date;

/// What is asked of the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditQuestion {
    /// First day, at most 90 back.
    pub from: Date,
    /// Last day; up to now without.
    pub to: Option<Date>,
    /// Only what was done for this customer.
    pub customer: Option<TenantId>,
}

impl Client {
    /// What was done, oldest first as the service lists it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn audit(&self, question: AuditQuestion, ids: RequestIds) -> Result<Vec<wire::AuditRecord>, Failure> {
        let mut path = format!("/auditrecords?startDate={}", question.from);
        if let Some(to) = question.to {
            path.push_str(&format!("&endDate={}", encoded(&to.to_string())));
        }
        if let Some(customer) = question.customer {
            path.push_str(&format!("&filter={}", filter("CustomerId", &customer.to_string(), "equals")));
        }
        Ok(self.all(Read, &path, ids).await?.0)
    }
}
