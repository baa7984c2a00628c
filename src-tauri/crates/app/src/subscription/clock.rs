//! The clock of a practice day: moved ahead, terms end, windows close and subscriptions renew at the practice Partner
//! Center. And what somebody does to a subscription there, past the app.

use super::pull;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::practice::blocking;
use crate::views::{PracticeClockView, PracticeSubscriptionEvent};
use cb_domain::ids::SubscriptionId;
use cb_domain::topic::Topic;
use cb_sandbox::SubscriptionEvent;
use jiff::SignedDuration;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Furthest that the clock goes, hours: ten years.
const FURTHEST: u32 = 10 * 366 * 24;

impl App {
    /// What time it is at the practice Partner Center.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace.
    pub async fn practice_clock(&self) -> AppResult<PracticeClockView> {
        let open = self.open_book().await?;
        let day = open.practice.as_ref().ok_or(AppError::NotAllowed)?;
        let hours = day.sandbox.ahead().as_hours();
        Ok(PracticeClockView {
            now: open.trade_now(&self.inner.host).to_string(),
            hours_ahead: u32::try_from(hours).unwrap_or(0),
        })
    }

    /// Moves it ahead by so many hours, never back; 0 sets it to this computer's time again. What is on the screen is
    /// read anew in the background: terms have ended, windows have closed.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace.
    pub async fn move_practice_clock(&self, hours: u32) -> AppResult<PracticeClockView> {
        let open = self.open_book().await?;
        let day = open.practice.as_ref().ok_or(AppError::NotAllowed)?;
        let before = u32::try_from(day.sandbox.ahead().as_hours()).unwrap_or(0);
        let ahead = if hours == 0 { 0 } else { before.saturating_add(hours).min(FURTHEST) };
        let sandbox = day.sandbox.clone();
        blocking(move || sandbox.set_ahead(SignedDuration::from_hours(i64::from(ahead)))).await?;
        self.publish(&BTreeSet::from([Topic::Practice, Topic::Subscriptions, Topic::Customers]));
        open.driver.hurry();
        let (inner, book) = (Arc::clone(&self.inner), Arc::clone(&open));
        tokio::spawn(async move {
            let Ok(live) = book.book.read(|db| db.subscriptions().all_live()).await else { return };
            let mut topics = BTreeSet::new();
            for one in live {
                match pull::now(&inner.host, &book, one.id).await {
                    Ok(touched) => topics.extend(touched),
                    Err(error) => tracing::info!(%error, "a subscription was not read"),
                }
            }
            inner.host.notifier.data_changed(&topics);
        });
        self.practice_clock().await
    }

    /// Somebody changes this subscription in Partner Center, past the app.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace; `NotFound` when it is not there.
    pub async fn practice_subscription(&self, id: String, event: PracticeSubscriptionEvent) -> AppResult<()> {
        let id: SubscriptionId = id.parse()?;
        let open = self.open_book().await?;
        let day = open.practice.as_ref().ok_or(AppError::NotAllowed)?;
        let found = open.book.read(move |db| db.subscriptions().get(id)).await?.ok_or(AppError::NotFound)?;
        let remote = found.remote_id.ok_or(AppError::NotFound)?;
        let event = match event {
            PracticeSubscriptionEvent::MoreLicences => SubscriptionEvent::MoreLicences,
            PracticeSubscriptionEvent::AutoRenewFlipped => SubscriptionEvent::AutoRenewFlipped,
            PracticeSubscriptionEvent::RenewalPlanned => SubscriptionEvent::RenewalPlanned,
        };
        let sandbox = day.sandbox.clone();
        let changed = blocking(move || sandbox.change_subscription(&remote, event)).await?;
        if changed { Ok(()) } else { Err(AppError::NotFound) }
    }
}
