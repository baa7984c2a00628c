//! Partnerships that a person must place: it is one of the book's resellers, or another one.

use super::look::{self, look};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::lists::resellers::reseller_row;
use crate::views::PartnershipToPlace;
use cb_domain::ids::{ResellerId, TenantId};
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_domain::reseller_book::SeenPartnership;

impl App {
    /// Partnerships that only a name connects with the book.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn partnerships_to_place(&self) -> AppResult<Vec<PartnershipToPlace>> {
        let open = self.open_book().await?;
        let now = self.inner.host.clock.now();
        let (seen, known, figures, tags) = open
            .book
            .read(|db| {
                let book = db.reseller_book();
                Ok((book.seen_partnerships()?, db.resellers().all()?, db.resellers().figures()?, book.all_tags()?))
            })
            .await?;
        Ok(seen
            .into_iter()
            .map(|one| PartnershipToPlace {
                tenant_id: one.tenant_id.to_string(),
                partner_id: one.partner_id.clone().unwrap_or_default(),
                name: one.name.clone(),
                country: one.country.clone(),
                seen_at: one.seen_at.to_string(),
                candidates: one
                    .candidates
                    .iter()
                    .filter_map(|id| known.iter().find(|reseller| reseller.id == *id))
                    .map(|reseller| {
                        let figures = figures.get(&reseller.id).copied().unwrap_or_default();
                        reseller_row(reseller, &figures, tags.get(&reseller.id), now)
                    })
                    .collect(),
            })
            .collect())
    }

    /// It is this reseller; without one, it is new.
    ///
    /// # Errors
    /// `NotFound` when the partnership or the reseller is gone; `NotAllowed` for a reseller with another tenant.
    pub async fn place_partnership(&self, tenant_id: String, reseller_id: String) -> AppResult<()> {
        let tenant: TenantId = tenant_id.parse()?;
        let wanted: Option<ResellerId> = if reseller_id.is_empty() { None } else { Some(reseller_id.parse()?) };
        let open = self.open_book().await?;
        let (now, fresh) = (self.inner.host.clock.now(), self.inner.host.random.id());
        let written = open
            .book
            .write(move |tx| {
                let waiting = tx.reseller_book().seen_partnerships()?;
                let Some(seen) = waiting.into_iter().find(|one| one.tenant_id == tenant) else {
                    return Ok(Err(AppError::NotFound));
                };
                let theirs = as_seen(&seen);
                match wanted {
                    None => look::new(tx, fresh.into(), &theirs, now)?,
                    Some(id) => {
                        let Some(reseller) = tx.resellers().get(id)? else { return Ok(Err(AppError::NotFound)) };
                        if reseller.tenant_id.is_some_and(|known| known != tenant) {
                            return Ok(Err(AppError::NotAllowed));
                        }
                        let accepted = reseller.partnership != PartnershipState::Active;
                        let came_back = reseller.partnership == PartnershipState::Ended;
                        let renamed = (reseller.name != theirs.name).then(|| reseller.name.clone());
                        look::same(tx, &reseller, &theirs, accepted, came_back, renamed, now)?;
                    }
                }
                tx.remove_seen_partnership(tenant)?;
                Ok(Ok(()))
            })
            .await?;
        written.value?;
        self.publish(&written.topics);
        look(&self.inner, &open, true);
        Ok(())
    }
}

fn as_seen(seen: &SeenPartnership) -> Reseller {
    Reseller {
        id: ResellerId(uuid::Uuid::nil()),
        name: seen.name.clone(),
        tenant_id: Some(seen.tenant_id),
        partner_id: seen.partner_id.clone(),
        country: seen.country.clone(),
        partnership: PartnershipState::Active,
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
