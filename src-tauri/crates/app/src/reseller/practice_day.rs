//! The practice day of resellers: what a person lets happen at the practice Partner Center, seen at the next look.

use super::look::look;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{PracticeEventKind, PracticeResellerEvent};
use cb_domain::ids::ResellerId;
use cb_domain::reseller::Reseller;
use cb_sandbox::ResellerEvent;

/// A reseller that no book knows.
const STRANGER: (&str, &str) = ("Nordlicht Cloud ApS", "DK");

impl App {
    /// Lets it happen, and looks at Partner Center.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace and for what can't happen to this reseller; `NotFound`.
    pub async fn practice_reseller(&self, event: PracticeResellerEvent) -> AppResult<()> {
        let open = self.open_book().await?;
        let day = open.practice.as_ref().ok_or(AppError::NotAllowed)?;
        let reseller = match event.reseller_id.as_str() {
            "" => None,
            id => {
                let id: ResellerId = id.parse()?;
                Some(open.book.read(move |db| db.resellers().get(id)).await?.ok_or(AppError::NotFound)?)
            }
        };
        let happens = happening(event.kind, reseller.as_ref()).ok_or(AppError::NotAllowed)?;
        let sandbox = day.sandbox.clone();
        crate::practice::blocking(move || sandbox.happen(&happens)).await?;
        look(&self.inner, &open, true);
        Ok(())
    }
}

fn happening(kind: PracticeEventKind, reseller: Option<&Reseller>) -> Option<ResellerEvent> {
    let number = || reseller?.partner_id.clone().filter(|number| !number.is_empty());
    match kind {
        PracticeEventKind::Accepts => {
            let (name, country) = reseller.map_or(STRANGER, |one| (one.name.as_str(), one.country.as_str()));
            Some(ResellerEvent::Accepts {
                partner_id: number().unwrap_or_default(),
                tenant: reseller.and_then(|one| one.tenant_id).map(|tenant| tenant.0),
                name: name.to_owned(),
                country: country.to_owned(),
            })
        }
        PracticeEventKind::AcceptsUnknown => Some(ResellerEvent::Accepts {
            partner_id: String::new(),
            tenant: None,
            name: reseller?.name.clone(),
            country: reseller?.country.clone(),
        }),
        PracticeEventKind::Ends => Some(ResellerEvent::Ends { tenant: reseller?.tenant_id?.0 }),
        PracticeEventKind::Suspended => Some(ResellerEvent::Suspended { partner_id: number()? }),
        PracticeEventKind::Fit => Some(ResellerEvent::Fit { partner_id: number()? }),
    }
}
