//! *Restored book*: what is held, since when, what the lookups brought, and the person's word (D8).

use super::quarantine;
use crate::App;
use crate::driver::store_change;
use crate::error::{AppError, AppResult};
use crate::views::{HeldView, RestoreDecision, RestoredView, RestoredWhy, SeenView};
use cb_domain::ids::{OnboardingId, RequestKey};
use cb_domain::journal::{JournalContent, JournalDraft, JournalKind};
use cb_domain::operation::OperationState;
use cb_store::{Db, StoreError, Tx};
use cb_sync::restore::{self, Decision, Held, Quarantine, Seen, Why};
use jiff::Timestamp;
use std::sync::Arc;

impl App {
    /// What a restored book holds; `None` when nothing is held any more.
    ///
    /// # Errors
    /// `NoBook`, store errors.
    pub async fn restored_book(&self) -> AppResult<Option<RestoredView>> {
        let open = self.open_book().await?;
        let now = self.inner.host.clock.now();
        Ok(open.book.read(move |db| view(db, now)).await?)
    }

    /// Releases one onboarding: takes over the orders that were found, or lets it go.
    ///
    /// # Errors
    /// `NotAllowed` before its lookups are done; `NotFound`, `NoBook`, store errors.
    pub async fn release_onboarding(
        &self,
        onboarding_id: String,
        decision: RestoreDecision,
    ) -> AppResult<Option<RestoredView>> {
        let id: OnboardingId = onboarding_id.parse()?;
        let decision = match decision {
            RestoreDecision::TakeOver => Decision::TakeOver,
            RestoreDecision::Send => Decision::Send,
        };
        let open = self.open_book().await?;
        let now = self.inner.host.clock.now();
        let random = Arc::clone(&self.inner.host.random);
        let written = open
            .book
            .write(move |tx| {
                let Some(mut held) = quarantine::read(tx)? else { return Ok(false) };
                if !held.may(id, decision, now) {
                    return Ok(false);
                }
                match decision {
                    // The worker asks once more and takes over what it hears.
                    Decision::TakeOver => {
                        for one in held.held.iter_mut().filter(|one| one.onboarding == id) {
                            one.decision = Some(decision);
                        }
                    }
                    Decision::Send => {
                        let chain = tx.operations().of_onboarding(id)?;
                        let Ok(changes) = restore::let_go(&chain, || RequestKey(random.request_id()), now) else {
                            return Ok(false);
                        };
                        for change in changes {
                            store_change(tx, change)?;
                        }
                        held.release(id);
                    }
                }
                tell(tx, id, decision)?;
                quarantine::write(tx, &held, now).map(|()| true)
            })
            .await?;
        if !written.value {
            return Err(AppError::NotAllowed);
        }
        self.publish(&written.topics);
        let chain = open.book.read(move |db| db.operations().of_onboarding(id)).await?;
        for operation in chain {
            open.driver.forget(operation.id);
        }
        open.wake();
        self.restored_book().await
    }
}

fn tell(tx: &Tx, id: OnboardingId, decision: Decision) -> Result<(), StoreError> {
    let first = tx.operations().of_onboarding(id)?.into_iter().next();
    let customer = first.map(|one| tx.customers().get(one.customer_id)).transpose()?.flatten();
    let reason = match decision {
        Decision::TakeOver => "take_over",
        Decision::Send => "send",
    };
    tx.tell(&JournalDraft {
        customer_id: customer.as_ref().map(|one| one.id),
        reseller_id: customer.as_ref().and_then(|one| one.reseller_id),
        reason: reason.to_owned(),
        content: JournalContent { subject: customer.map(|one| one.name).unwrap_or_default(), changes: Vec::new() },
        ..JournalDraft::new(JournalKind::RestoredReleased)
    })
}

fn view(db: &Db, now: Timestamp) -> Result<Option<RestoredView>, StoreError> {
    let Some(quarantine) = quarantine::read(db)? else { return Ok(None) };
    let held = quarantine.held.iter().map(|held| held_view(db, &quarantine, held, now)).collect::<Result<_, _>>()?;
    Ok(Some(RestoredView {
        why: match quarantine.why {
            Why::Restored => RestoredWhy::Restored,
            Why::OtherInstallation => RestoredWhy::OtherInstallation,
        },
        since: quarantine.since.to_string(),
        until: quarantine.until().to_string(),
        over: quarantine.is_over(now),
        backup_at: quarantine.backup_at.map(|at| at.to_string()),
        held,
    }))
}

fn held_view(db: &Db, quarantine: &Quarantine, held: &Held, now: Timestamp) -> Result<HeldView, StoreError> {
    let chain = db.operations().of_onboarding(held.onboarding)?;
    let customer = match chain.first() {
        Some(first) => db.customers().get(first.customer_id)?,
        None => None,
    };
    let lines: Vec<u32> = chain
        .iter()
        .filter(|one| one.state != OperationState::Cancelled)
        .filter_map(|one| one.payload.cart())
        .flat_map(|cart| cart.lines.iter().map(|line| line.quantity))
        .collect();
    let (seen, orders) = match &held.seen {
        Seen::NotYet => (SeenView::NotYet, Vec::new()),
        Seen::Harmless => (SeenView::Harmless, Vec::new()),
        Seen::Absent => (SeenView::Absent, Vec::new()),
        Seen::Orders { ids, whole: true } => (SeenView::Found, ids.clone()),
        Seen::Orders { ids, whole: false } => (SeenView::FoundPart, ids.clone()),
    };
    Ok(HeldView {
        onboarding_id: held.onboarding.to_string(),
        customer_id: customer.as_ref().map(|one| one.id.to_string()).unwrap_or_default(),
        customer_name: customer.map(|one| one.name).unwrap_or_default(),
        lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        licences: lines.iter().sum(),
        seen,
        orders,
        looked_at: held.looked_at.map(|at| at.to_string()),
        may_take_over: held.decision.is_none() && quarantine.may(held.onboarding, Decision::TakeOver, now),
        may_send: held.decision.is_none() && quarantine.may(held.onboarding, Decision::Send, now),
        taking_over: held.decision.is_some(),
    })
}
