//! What the driver knows of the connection and of itself; nothing of it is needed after a restart.

use cb_domain::ids::OperationId;
use cb_sync::QueueState;
use jiff::Timestamp;
use std::collections::HashSet;

/// How the driver stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Status {
    /// What holds the queue.
    pub(crate) queue: QueueState,
    /// Last time Partner Center answered.
    pub(crate) last_contact_at: Option<Timestamp>,
    /// Server's clock minus ours, seconds.
    pub(crate) clock_skew_seconds: i64,
    /// The operation under way.
    pub(crate) sending: Option<OperationId>,
    /// Operations confirmed since the queue last rested.
    pub(crate) done_in_batch: u32,
    /// Probes in a row that found no network.
    pub(crate) failed_probes: u32,
    /// Probe now, whatever the backoff says.
    pub(crate) probe_now: bool,
    /// Everything open may be tried at once; taken over into `hurried` when the queue is next looked at.
    pub(crate) hurry_all: bool,
    /// Operations whose waiting time was cut short.
    pub(crate) hurried: HashSet<OperationId>,
    /// Operations of which nothing learnt counts any more.
    pub(crate) forget: HashSet<OperationId>,
    /// An answer that was heard can't be written to the disk.
    pub(crate) cannot_save: bool,
    /// Nothing was heard since the start, or since *Work offline* was switched.
    pub(crate) away: bool,
    /// The book closes.
    pub(crate) stopping: bool,
}

impl Status {
    pub(crate) fn new(work_offline: bool, paused: bool) -> Self {
        let queue = QueueState { work_offline, paused, ..QueueState::default() };
        // Nothing is known of the network yet: the first thing is to ask.
        Self { queue, probe_now: true, away: true, ..Self::default() }
    }

    /// Waiting times, holds, sign-in and backoff of the probe are cut short. A Retry-After is not: it wins (N2).
    pub(crate) fn hurry(&mut self) {
        self.hurry_all = true;
        self.probe_now = true;
        self.failed_probes = 0;
        self.queue.sign_in = false;
    }

    /// No further request may go out.
    pub(crate) fn must_rest(&self) -> bool {
        self.stopping || self.queue.work_offline || self.queue.paused
    }

    /// Partner Center answered. Says whether that is news: the first answer, or the first after there was no network.
    pub(crate) fn heard(&mut self, now: Timestamp, server_date: Option<Timestamp>) -> bool {
        let is_news = std::mem::take(&mut self.away) || self.queue.offline;
        self.queue.offline = false;
        self.failed_probes = 0;
        self.last_contact_at = Some(now);
        if let Some(server) = server_date {
            self.clock_skew_seconds = server.duration_since(now).as_secs();
        }
        is_news
    }
}
