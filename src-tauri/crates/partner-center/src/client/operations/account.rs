//! Customers' company, resellers and end; the provider's own profiles; the link by which a customer accepts it.

use crate::client::exchange::{Ask, Failure};
use crate::client::{Client, encoded};
use crate::triage::Operation::Read;
use crate::wire;
use cb_domain::ids::TenantId;
use cb_sync::remote::RequestIds;
use http::Method;

impl Client {
    /// A customer, without its credentials.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn customer(&self, tenant: TenantId, ids: RequestIds) -> Result<wire::Customer, Failure> {
        Ok(self.one(Read, &format!("/customers/{tenant}"), ids).await?.0)
    }

    /// The company behind a customer.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn company_profile(&self, tenant: TenantId, ids: RequestIds) -> Result<wire::CompanyProfile, Failure> {
        Ok(self.one(Read, &format!("/customers/{tenant}/profiles/company"), ids).await?.0)
    }

    /// The resellers of a customer.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn resellers_of(
        &self,
        tenant: TenantId,
        ids: RequestIds,
    ) -> Result<Vec<wire::PartnerRelationship>, Failure> {
        Ok(self.all(Read, &format!("/customers/{tenant}/relationships"), ids).await?.0)
    }

    /// Ends the relationship with a customer, whose subscriptions all have to be suspended.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn remove_relationship(&self, tenant: TenantId, ids: RequestIds) -> Result<wire::Customer, Failure> {
        let body = wire::Customer {
            relationship_to_partner: Some(wire::RelationshipToPartner::None),
            attributes: Some(wire::Attributes::of("Customer")),
            ..wire::Customer::default()
        };
        self.change(Method::PATCH, &format!("/customers/{tenant}"), wire::to_body(&body), ids).await
    }

    /// Deletes a customer of an integration account.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn delete_customer(&self, tenant: TenantId, ids: RequestIds) -> Result<(), Failure> {
        let ask = Ask { method: Method::DELETE, ..self.get(Read, &format!("/customers/{tenant}")) };
        self.exchange(&ask, ids).await.map(|_| ())
    }

    /// The link by which a customer accepts the provider, and a reseller with it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn relationship_request(
        &self,
        reseller: Option<TenantId>,
        ids: RequestIds,
    ) -> Result<wire::RelationshipRequest, Failure> {
        let query = reseller.map(|tenant| format!("?indirectResellerId={tenant}")).unwrap_or_default();
        Ok(self.one(Read, &format!("/customers/relationshiprequests{query}"), ids).await?.0)
    }

    /// The profile of a PartnerID; the provider's own without one.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn mpn_profile(&self, partner_id: Option<&str>, ids: RequestIds) -> Result<wire::MpnProfile, Failure> {
        let query = partner_id.map(|number| format!("?mpnId={}", encoded(number))).unwrap_or_default();
        Ok(self.one(Read, &format!("/profiles/mpn{query}"), ids).await?.0)
    }

    /// The provider's legal profile.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn legal_profile(&self, ids: RequestIds) -> Result<wire::LegalBusinessProfile, Failure> {
        Ok(self.one(Read, "/profiles/legalbusiness?vettingVersion=Current", ids).await?.0)
    }

    /// How the provider is reached.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn support_profile(&self, ids: RequestIds) -> Result<wire::SupportProfile, Failure> {
        Ok(self.one(Read, "/profiles/support", ids).await?.0)
    }

    /// Which promotions a customer may have.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn promotions(
        &self,
        tenant: TenantId,
        questions: Vec<wire::PromotionQuestion>,
        ids: RequestIds,
    ) -> Result<Vec<wire::PromotionAnswer>, Failure> {
        let body = wire::to_body(&wire::PromotionQuestions { items: questions });
        let path = format!("/customers/{tenant}/promotionEligibilities");
        let answers: wire::PromotionAnswers = self.change(Method::POST, &path, body, ids).await?;
        Ok(answers.items)
    }
}
