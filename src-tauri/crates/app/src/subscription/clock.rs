//! The clock of a practice day: moved ahead, terms end, windows close and subscriptions renew at the practice Partner
//! Center. And what somebody does to a subscription there, past the app.

use super::pull;
use crate::error::{AppError, AppResult};
use crate::practice::blocking;
use crate::views::{PracticeClockView, PracticeSubscriptionEvent};
use crate::{App, Inner, OpenBook};
use cb_domain::ids::SubscriptionId;
use cb_domain::topic::Topic;
use cb_sandbox::SubscriptionEvent;
use cb_store::{Db, EndingPlace, StoreError};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

/// Furthest that the clock goes, hours: ten years.
const FURTHEST: u32 = 10 * 366 * 24;
/// Subscriptions looked up at once, and read before the screens are told.
const SLICE: u32 = 64;

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
        let back = ahead < before;
        tokio::spawn(read_anew(Arc::clone(&self.inner), Arc::downgrade(&open), back));
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
            PracticeSubscriptionEvent::SupportContactNamed => SubscriptionEvent::SupportContactNamed,
        };
        let sandbox = day.sandbox.clone();
        let changed = blocking(move || sandbox.change_subscription(&remote, event)).await?;
        if changed { Ok(()) } else { Err(AppError::NotFound) }
    }
}

/// Reads what the moved clock has changed, slice by slice beside everything else: subscriptions whose term has ended by
/// now; after the clock went `back`, those that were read while it was ahead, so all that were read one by one. Ends when
/// the clock is moved again, for that move reads them, and when the book is closed.
async fn read_anew(inner: Arc<Inner>, kept: Weak<OpenBook>, back: bool) {
    let mut place = Place::default();
    let mut clock = None;
    while let Some(open) = kept.upgrade() {
        let ahead = open.practice.as_ref().map(|day| day.sandbox.ahead());
        if *clock.get_or_insert(ahead) != ahead {
            return;
        }
        let (at, from) = (open.trade_now(&inner.host), place);
        let Ok((ids, next)) = open.book.read(move |db| slice(db, at, from, back)).await else { return };
        place = next;
        let mut topics = BTreeSet::new();
        let last = ids.is_empty();
        for id in ids {
            match pull::now(&inner.host, &open, id).await {
                Ok(touched) => topics.extend(touched),
                Err(error) => tracing::info!(%error, "a subscription was not read"),
            }
        }
        if !topics.is_empty() {
            inner.host.notifier.data_changed(&topics);
        }
        if last {
            return;
        }
    }
}

/// How far the reading has come, in either order.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    end: Option<EndingPlace>,
    id: Option<SubscriptionId>,
}

fn slice(db: &Db, at: Timestamp, from: Place, back: bool) -> Result<(Vec<SubscriptionId>, Place), StoreError> {
    let book = db.subscription_book();
    if back {
        let ids = book.read_one_by_one(from.id, SLICE)?;
        let id = ids.last().copied();
        return Ok((ids, Place { id, ..from }));
    }
    let ended = book.ended(at, from.end, SLICE)?;
    let end = ended.last().map(|(_, place)| *place);
    Ok((ended.into_iter().map(|(id, _)| id).collect(), Place { end, ..from }))
}
