//! Fitness of many resellers in one go: all PartnerIDs in one request, the agreement one by one (Partner Center has no
//! list for it). A question that is not answered leaves its finding open and does not spoil the others.

use crate::client::exchange::{Ask, Failure, ids_along};
use crate::client::{Client, Told, encoded};
use crate::triage::Operation::Read;
use crate::wire::{self, IsAgreementSigned, ValidateResellersResult};
use cb_domain::fitness::Findings;
use cb_sync::remote::{Answer, RequestIds, ResellerToCheck};
use http::Method;
use std::collections::HashMap;

/// PartnerIDs in one request; the limit is published nowhere.
const AT_ONCE: usize = 50;

impl Client {
    /// Asks both questions about all of them. A failure that is not about a reseller (no network, sign-in, throttled)
    /// ends it.
    pub(crate) async fn check_resellers(
        &self,
        resellers: &[ResellerToCheck],
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let mut on_record: HashMap<String, Result<(), u32>> = HashMap::new();
        let mut date = None;
        let numbers: Vec<String> =
            resellers.iter().map(|one| one.partner_id.clone()).filter(|number| !number.is_empty()).collect();
        for (round, some) in numbers.chunks(AT_ONCE).enumerate() {
            let ask = Ask {
                operation: Read,
                method: Method::POST,
                uri: self.uri("/partners/validateresellers"),
                body: Some(wire::to_body(&wire::ValidateResellers { partner_ids: some.to_vec() })),
                extra: Vec::new(),
            };
            match self.exchange(&ask, ids_along(ids, &format!("validate {round}"))).await {
                Ok(good) => {
                    date = good.date.or(date);
                    let answer: ValidateResellersResult = wire::from_answer(&good.body)?;
                    on_record.extend(answer.validation_results.into_iter().map(|one| {
                        let code = one.error_code.as_ref().map_or(0, |code| code.number());
                        (one.partner_id, if one.is_valid_partner_id_on_record { Ok(()) } else { Err(code) })
                    }));
                }
                // The call is from 2025: where it is not there, the agreement alone is known.
                Err(Failure::Refused { .. }) => {}
                Err(failure) => return Err(failure),
            }
        }
        let mut checked = Vec::with_capacity(resellers.len());
        for (round, one) in resellers.iter().enumerate() {
            let agreement_signed = self.agreement_signed(one, ids_along(ids, &format!("agreement {round}"))).await?;
            let findings = Findings { agreement_signed, on_record: on_record.get(&one.partner_id).copied() };
            checked.push((one.clone(), findings));
        }
        Ok((Answer::ResellersChecked(checked), date))
    }

    /// Has it signed the Microsoft Partner Agreement? `None` when that was not answered.
    async fn agreement_signed(&self, one: &ResellerToCheck, ids: RequestIds) -> Result<Option<bool>, Failure> {
        let query = match (one.tenant.0.is_nil(), one.partner_id.as_str()) {
            (true, "") => return Ok(None),
            (true, number) => format!("mpnId={}", encoded(number)),
            (false, _) => format!("tenantId={}", one.tenant),
        };
        let path = format!("/compliance/csp/agreementstatus?{query}");
        match self.one::<IsAgreementSigned>(Read, &path, ids).await {
            Ok((answer, _)) => Ok(Some(answer.is_agreement_signed)),
            Err(Failure::Refused { status: 400, code: 2201 | 2203 | 2206, .. }) => Ok(Some(false)),
            Err(Failure::Refused { .. } | Failure::Unknown) => Ok(None),
            Err(failure) => Err(failure),
        }
    }
}
