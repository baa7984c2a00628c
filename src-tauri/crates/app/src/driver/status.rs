//! What the driver knows of the connection and of itself; nothing of it is needed after a restart.

use crate::views::SaveProblem;
use cb_domain::ids::OperationId;
use cb_sync::QueueState;
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

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
    /// When what needs attention was last looked up, by the monotonic clock of this run.
    pub(crate) looked: HashMap<OperationId, Timestamp>,
    /// Operations of which nothing learnt counts any more.
    pub(crate) forget: HashSet<OperationId>,
    /// Why what is about to be sent, or an answer that was heard, can't be written to the disk.
    pub(crate) cannot_save: Option<SaveProblem>,
    /// Nothing was heard since the start, or since *Work offline* was switched.
    pub(crate) away: bool,
    /// The book closes.
    pub(crate) stopping: bool,
    /// Counts how often it was said from outside that somebody has signed in or out, or shall be asked for anew.
    sign_ins: u64,
    /// `sign_ins` when the last request went out.
    asked_in: u64,
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
        self.sign_ins = self.sign_ins.wrapping_add(1);
        self.queue.sign_in = false;
    }

    /// A request goes out now, under the sign-in as it is now.
    pub(crate) fn asks(&mut self) {
        self.asked_in = self.sign_ins;
    }

    /// Nobody is signed in, as the person or the sign-in itself says. A look that was wished for before has nobody to be
    /// made for; who signs in wishes for one anew.
    pub(crate) fn signed_out(&mut self) {
        self.sign_ins = self.sign_ins.wrapping_add(1);
        self.queue.sign_in = true;
        self.probe_now = false;
    }

    /// The last request was let in. Of a sign-out that came after it, its answer knows nothing.
    pub(crate) fn let_in(&mut self) {
        if self.asked_in == self.sign_ins {
            self.queue.sign_in = false;
        }
    }

    /// The last request was refused for want of a sign-in. If there may be one since, that is asked first.
    pub(crate) fn not_let_in(&mut self) {
        if self.asked_in == self.sign_ins {
            self.queue.sign_in = true;
        } else {
            self.probe_now = true;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What happens while the request is under way, its answer, and whether the queue then waits for a sign-in and
    /// whether it is asked again.
    #[test]
    fn an_answer_speaks_only_of_the_sign_in_it_was_asked_under() {
        type Act = fn(&mut Status);
        let nothing: Act = |_| ();
        let wished_then_out: Act = |status| {
            status.hurry();
            status.signed_out();
        };
        let table: [(Act, Act, bool, bool); 7] = [
            (wished_then_out, Status::let_in, true, false),
            (nothing, Status::let_in, false, false),
            (nothing, Status::not_let_in, true, false),
            (Status::signed_out, Status::let_in, true, false),
            (Status::signed_out, Status::not_let_in, true, true),
            (Status::hurry, Status::let_in, false, true),
            (Status::hurry, Status::not_let_in, false, true),
        ];
        for (at, (meanwhile, answer, waits, probes)) in table.into_iter().enumerate() {
            let mut status = Status { probe_now: false, ..Status::new(false, false) };
            status.asks();
            meanwhile(&mut status);
            answer(&mut status);
            assert_eq!((status.queue.sign_in, status.probe_now), (waits, probes), "row {at}");
        }
    }
}
