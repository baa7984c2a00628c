//! Subscriptions after their order: the page, changes with what they will do, decisions at the end of terms, support
//! contacts in bulk, and the clock of a practice day.

mod bulk;
mod clock;
mod contact;
mod convert;
mod difference;
mod ending;
mod facts;
mod page;
mod place;
mod pull;
mod submit;
mod support;
mod taken;
#[cfg(test)]
mod tests;

pub(crate) use bulk::set_support;
pub(crate) use contact::names as contact_names;
pub(crate) use difference::{changes, difference, resolve};
pub(crate) use ending::undecided;
pub(crate) use page::kind_of;
pub(crate) use taken::{Taken, take};

use crate::OpenBook;
use crate::host::Host;
use crate::views::OperationStateView;
use cb_domain::operation::OperationState;
use jiff::Timestamp;

impl OpenBook {
    /// Now, as Partner Center counts it: in a practice workspace its clock may have been moved ahead.
    pub(crate) fn trade_now(&self, host: &Host) -> Timestamp {
        let now = host.clock.now();
        let ahead = self.practice.as_ref().map(|day| day.sandbox.ahead()).unwrap_or_default();
        now.checked_add(ahead).unwrap_or(now)
    }
}

/// The person's time zone, IANA name; `UTC` where the system names none.
fn zone(host: &Host) -> String {
    host.clock.time_zone().iana_name().unwrap_or("UTC").to_owned()
}

/// The state of an operation in the words of the screens.
fn state(state: OperationState, on_hold: bool) -> OperationStateView {
    match state {
        OperationState::Queued if on_hold => OperationStateView::OnHold,
        OperationState::Queued => OperationStateView::Waiting,
        OperationState::InFlight | OperationState::Unknown => OperationStateView::Sending,
        OperationState::NeedsAttention => OperationStateView::NeedsAttention,
        OperationState::Confirmed => OperationStateView::Confirmed,
        OperationState::Cancelled => OperationStateView::Cancelled,
    }
}
