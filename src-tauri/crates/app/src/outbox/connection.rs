//! The connection pill and its switches.

use crate::driver::{PAUSED, Status, WORK_OFFLINE};
use crate::error::AppResult;
use crate::views::{ConnectionKind, ConnectionView};
use crate::{App, OpenBook};
use cb_domain::operation::HoldReason;
use cb_domain::topic::Topic;
use cb_store::OutboxCounts;

impl App {
    /// How the connection stands.
    ///
    /// # Errors
    /// `NoBook`, store errors.
    pub async fn connection(&self) -> AppResult<ConnectionView> {
        let open = self.open_book().await?;
        connection_of(&open).await
    }

    /// *Work offline*: while on, nothing is sent.
    ///
    /// # Errors
    /// `NoBook`, store errors.
    pub async fn set_work_offline(&self, on: bool) -> AppResult<ConnectionView> {
        let open = self.open_book().await?;
        self.keep_switch(&open, WORK_OFFLINE, on).await?;
        open.driver.set_work_offline(on);
        if !on {
            crate::reseller::look(&self.inner, &open, false);
        }
        connection_of(&open).await
    }

    /// Pauses the outbox.
    ///
    /// # Errors
    /// `NoBook`, store errors.
    pub async fn set_paused(&self, on: bool) -> AppResult<ConnectionView> {
        let open = self.open_book().await?;
        self.keep_switch(&open, PAUSED, on).await?;
        open.driver.set_paused(on);
        connection_of(&open).await
    }

    /// Tries everything that waits or is on hold now. What the server asked to wait for is waited for (N2).
    ///
    /// # Errors
    /// `NoBook`, store errors.
    pub async fn send_now(&self) -> AppResult<ConnectionView> {
        let open = self.open_book().await?;
        open.driver.hurry();
        connection_of(&open).await
    }

    async fn keep_switch(&self, open: &OpenBook, key: &'static str, on: bool) -> AppResult<()> {
        let value = if on { "1" } else { "0" };
        let written = open
            .book
            .write(move |tx| {
                tx.set_setting(key, value)?;
                tx.touch(Topic::Connection);
                Ok(())
            })
            .await?;
        self.publish(&written.topics);
        Ok(())
    }
}

async fn connection_of(open: &OpenBook) -> AppResult<ConnectionView> {
    let (counts, keychain_missing, rests) = open
        .book
        .read(|db| {
            let rests = crate::backup::quarantine::read(db)?.is_some_and(|found| !found.held.is_empty());
            Ok((db.operations().counts()?, db.operations().is_any_held(HoldReason::KeychainMissing)?, rests))
        })
        .await?;
    let mut shown = view(&open.driver.status(), counts, keychain_missing, rests);
    if open.practice.is_some() {
        // The practice clock is this computer's, moved by the person: nothing here is wrong.
        shown.clock_skew_seconds = 0;
    }
    Ok(shown)
}

fn view(status: &Status, counts: OutboxCounts, keychain_missing: bool, rests: bool) -> ConnectionView {
    let OutboxCounts { waiting, sending, on_hold, needs_attention, .. } = counts;
    let waiting = waiting.saturating_add(sending);
    let queue = &status.queue;
    let kind = if status.cannot_save.is_some() {
        // Nothing more is sent until the answer that was heard is on the disk.
        ConnectionKind::CannotSave
    } else if queue.work_offline {
        ConnectionKind::WorkingOffline
    } else if queue.sign_in {
        ConnectionKind::SignInAgain
    } else if queue.offline {
        ConnectionKind::Offline
    } else if queue.paused {
        ConnectionKind::Paused
    } else if rests {
        // What a restored book holds back is neither *up to date* nor paused by the person: it rests until released.
        ConnectionKind::Restored
    } else if status.sending.is_some() {
        ConnectionKind::Sending
    } else if keychain_missing {
        // C1: not one new customer can be made until it is there.
        ConnectionKind::KeychainMissing
    } else if needs_attention > 0 {
        ConnectionKind::NeedsAttention
    } else {
        ConnectionKind::UpToDate
    };
    ConnectionView {
        kind,
        waiting,
        on_hold,
        needs_attention,
        sending_number: status.done_in_batch.saturating_add(1),
        sending_of: status.done_in_batch.saturating_add(waiting.max(1)),
        work_offline: queue.work_offline,
        paused: queue.paused,
        cannot_save: status.cannot_save,
        last_contact_at: status.last_contact_at.map(|at| at.to_string()),
        clock_skew_seconds: i32::try_from(status.clock_skew_seconds).unwrap_or(i32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::SaveProblem;

    fn kind(change: impl FnOnce(&mut Status, &mut OutboxCounts)) -> ConnectionKind {
        let mut status = Status::default();
        let mut counts = OutboxCounts::default();
        change(&mut status, &mut counts);
        view(&status, counts, false, false).kind
    }

    #[test]
    fn the_pill_says_what_holds_the_queue_first() {
        assert_eq!(kind(|_, _| ()), ConnectionKind::UpToDate);
        assert_eq!(kind(|_, counts| counts.needs_attention = 1), ConnectionKind::NeedsAttention);
        assert_eq!(kind(|status, _| status.queue.paused = true), ConnectionKind::Paused);
        let restored = view(&Status::default(), OutboxCounts::default(), false, true);
        assert_eq!((restored.kind, restored.paused), (ConnectionKind::Restored, false));
        assert_eq!(kind(|status, _| status.cannot_save = Some(SaveProblem::DiskFull)), ConnectionKind::CannotSave);
        assert_eq!(kind(|status, _| status.queue.offline = true), ConnectionKind::Offline);
        assert_eq!(kind(|status, _| status.queue.sign_in = true), ConnectionKind::SignInAgain);
        assert_eq!(
            kind(|status, _| {
                status.queue.offline = true;
                status.queue.work_offline = true;
            }),
            ConnectionKind::WorkingOffline
        );
    }
}
