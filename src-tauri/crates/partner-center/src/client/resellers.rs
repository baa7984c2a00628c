//! Resellers: the list, and whether one may be ordered for. Also the probe.

use crate::client::exchange::{Ask, Failure, ids_along};
use crate::client::{Client, Told, encoded};
use crate::triage::Operation::Read;
use crate::wire::{self, Collection, IsAgreementSigned, PartnerRelationship, ValidateResellersResult};
use cb_domain::ids::TenantId;
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_sync::remote::{Answer, RequestIds};
use http::Method;
use uuid::Uuid;

/// The reseller's PartnerID is not linked to an active reseller.
const INACTIVE: u32 = 900_154;

impl Client {
    /// A signed-in read that must return the known shape.
    pub(crate) async fn probe(&self, ids: RequestIds) -> Result<Told, Failure> {
        let (page, date): (Collection<wire::Customer>, _) = self.one(Read, "/customers?size=1", ids).await?;
        let kind = page.attributes.and_then(|attributes| attributes.object_type);
        // Whatever a captive portal answers, it isn't a collection.
        if kind.is_some_and(|kind| kind == "Collection") { Ok((Answer::Alive, date)) } else { Err(Failure::Unknown) }
    }

    /// All resellers.
    pub(crate) async fn list_resellers(&self, ids: RequestIds) -> Result<Told, Failure> {
        let (relationships, date) = self.relationships(ids).await?;
        Ok((Answer::Resellers(relationships.iter().map(reseller).collect()), date))
    }

    /// The relationships as they are.
    pub(crate) async fn relationships(
        &self,
        ids: RequestIds,
    ) -> Result<(Vec<PartnerRelationship>, Option<jiff::Timestamp>), Failure> {
        self.all(Read, "/relationships?relationship_type=IsIndirectCloudSolutionProviderOf", ids).await
    }

    /// Has it signed, and is its PartnerID that of an active reseller?
    pub(crate) async fn check_reseller(
        &self,
        tenant: TenantId,
        partner_id: &str,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let query =
            if tenant.0.is_nil() { format!("mpnId={}", encoded(partner_id)) } else { format!("tenantId={tenant}") };
        let path = format!("/compliance/csp/agreementstatus?{query}");
        let date = match self.one::<IsAgreementSigned>(Read, &path, ids).await {
            Ok((IsAgreementSigned { is_agreement_signed: true }, date)) => date,
            Ok((IsAgreementSigned { is_agreement_signed: false }, date)) => {
                return Ok(fitness(Fitness::AgreementNotSigned, date));
            }
            Err(Failure::Refused { status: 400, code: 2203 | 2206, .. }) => {
                return Ok(fitness(Fitness::AgreementNotSigned, None));
            }
            Err(Failure::Refused { status: 400, code: 2200 | 2201 | 2204 | 2205, .. }) => {
                return Ok(fitness(Fitness::PartnerIdNotValid, None));
            }
            Err(failure) => return Err(failure),
        };
        if partner_id.is_empty() {
            return Ok(fitness(Fitness::Fit, date));
        }
        let question = wire::ValidateResellers { partner_ids: vec![partner_id.to_owned()] };
        let ask = Ask {
            operation: Read,
            method: Method::POST,
            uri: self.uri("/partners/validateresellers"),
            body: Some(wire::to_body(&question)),
            extra: Vec::new(),
        };
        let good = self.exchange(&ask, ids_along(ids, "validate")).await?;
        let result: ValidateResellersResult = wire::from_answer(&good.body)?;
        let found = result.validation_results.iter().find(|found| found.partner_id == partner_id);
        let told = match found {
            None => Fitness::Unknown,
            Some(found) if found.is_valid_partner_id_on_record => Fitness::Fit,
            Some(found) if found.error_code.as_ref().is_some_and(|code| code.number() == INACTIVE) => {
                Fitness::Suspended
            }
            Some(_) => Fitness::PartnerIdNotValid,
        };
        Ok(fitness(told, good.date))
    }
}

fn fitness(fitness: Fitness, date: Option<jiff::Timestamp>) -> Told {
    (Answer::ResellerFitness(fitness), date)
}

/// A reseller as the book keeps it; its id is made there.
fn reseller(from: &PartnerRelationship) -> Reseller {
    let state = from.state.as_deref().unwrap_or("Active");
    Reseller {
        id: Uuid::nil().into(),
        name: from.name.clone().unwrap_or_default(),
        tenant_id: from.id.parse().ok(),
        partner_id: from.mpn_id.clone().filter(|id| !id.is_empty()),
        country: from.location.clone().unwrap_or_default().to_ascii_uppercase(),
        partnership: if state.eq_ignore_ascii_case("Active") {
            PartnershipState::Active
        } else {
            PartnershipState::Ended
        },
        partnership_since: None,
        fitness: Fitness::Unknown,
        fitness_checked_at: None,
        contact_name: String::new(),
        contact_role: String::new(),
        contact_email: String::new(),
        contact_phone: String::new(),
        town: String::new(),
        last_activity_at: None,
    }
}
