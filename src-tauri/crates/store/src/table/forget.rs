//! Forgetting persons in what is long finished (D10).

use crate::value::{Id, Json, Time};
use crate::{Result, Tx};
use cb_domain::draft::DraftContent;
use cb_domain::ids::{OnboardingId, OperationId};
use cb_domain::operation::OperationPayload;
use jiff::Timestamp;

/// A Submit and the form as it was submitted.
type Due = (OnboardingId, DraftContent);

impl Tx {
    /// Empties the personal fields of up to `most` Submits of which everything was finished before `before`. Answers
    /// with how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_persons(&self, before: Timestamp, now: Timestamp, most: u32) -> Result<u32> {
        let due: Vec<Due> = self.rows(
            "SELECT n.id, n.content FROM onboardings n
             WHERE n.forgotten_at IS NULL AND n.submitted_at < ?1 AND NOT EXISTS (
                 SELECT 1 FROM operations o WHERE o.onboarding_id = n.id
                     AND (o.state NOT IN ('confirmed', 'cancelled') OR o.updated_at >= ?1)
             ) ORDER BY n.submitted_at LIMIT ?2",
            (Time(before), most),
            |row| Ok((row.get::<_, Id<_>>(0)?.0, row.get::<_, Json<_>>(1)?.0)),
        )?;
        for (id, content) in &due {
            let customer = content.customer.clone().without_persons();
            let content = DraftContent { customer, ..content.clone() };
            self.execute(
                "UPDATE onboardings SET content = ?2, forgotten_at = ?3 WHERE id = ?1",
                (Id(*id), Json(&content), Time(now)),
            )?;
            let operations: Vec<(OperationId, OperationPayload)> = self.rows(
                "SELECT id, payload FROM operations WHERE onboarding_id = ?1 AND forgotten_at IS NULL",
                [Id(*id)],
                |row| Ok((row.get::<_, Id<_>>(0)?.0, row.get::<_, Json<_>>(1)?.0)),
            )?;
            for (operation, payload) in operations {
                self.execute(
                    "UPDATE operations SET payload = ?2, forgotten_at = ?3 WHERE id = ?1",
                    (Id(operation), Json(&payload.without_persons()), Time(now)),
                )?;
            }
        }
        Ok(u32::try_from(due.len()).unwrap_or(u32::MAX))
    }
}
