//! Windows that close: which licences of a subscription can go back until when, and which window is the next to close.
//! The one rule for the badges of every list, for Home and for the filter; what may be done within a window is said by
//! [`allowed`](super::allowed).

use super::Details;
use crate::catalogue::CommerceKind;
use crate::subscription::{Subscription, SubscriptionStatus};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What the rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windowed<'a> {
    /// Older or new commerce.
    pub commerce: CommerceKind,
    /// Status.
    pub status: SubscriptionStatus,
    /// Licences.
    pub quantity: u32,
    /// The whole of it can be cancelled until then.
    pub cancellable_until: Option<Timestamp>,
    /// What Partner Center told of it; `None` when it was never read one by one.
    pub details: Option<&'a Details>,
}

/// A window that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closing {
    /// Until then, and no longer.
    pub until: Timestamp,
    /// Licences that go back until then; 0 where none does and only the whole can be cancelled.
    pub quantity: u32,
}

impl<'a> Windowed<'a> {
    /// Of a row of the book and what was read beside it.
    #[must_use]
    pub fn of(one: &Subscription, details: Option<&'a Details>) -> Self {
        Self {
            commerce: one.commerce,
            status: one.status,
            quantity: one.quantity,
            cancellable_until: one.cancellable_until,
            details,
        }
    }

    /// All windows that are open at `now`, soonest first; licences with the same deadline are one window.
    ///
    /// Licences go back from an active subscription, never from a trial; a suspended one can still be cancelled as a
    /// whole. Older commerce has no windows. What was never read one by one stands whole: all its licences, by the date
    /// that the list told.
    #[must_use]
    pub fn closing(&self, now: Timestamp) -> Vec<Closing> {
        let older = match self.commerce {
            CommerceKind::Legacy => true,
            CommerceKind::New => false,
        };
        let licences = match self.status {
            SubscriptionStatus::Active => !older,
            SubscriptionStatus::Suspended => false,
            SubscriptionStatus::Wanted
            | SubscriptionStatus::None
            | SubscriptionStatus::Pending
            | SubscriptionStatus::Expired
            | SubscriptionStatus::Disabled
            | SubscriptionStatus::Deleted => return Vec::new(),
        };
        let mut open: BTreeMap<Timestamp, u32> = BTreeMap::new();
        let told = self.details.filter(|details| licences && !details.trial);
        for batch in told.iter().flat_map(|details| &details.batches) {
            if batch.quantity > 0 && batch.until > now {
                let together = open.entry(batch.until).or_default();
                *together = together.saturating_add(batch.quantity);
            }
        }
        if let Some(until) = self.cancellable_until.filter(|until| !older && *until > now) {
            let all = if licences && self.details.is_none() { self.quantity } else { 0 };
            open.entry(until).or_insert(all);
        }
        open.into_iter().map(|(until, quantity)| Closing { until, quantity }).collect()
    }
}

/// The next of these to close, with the licences of all that close at that very moment.
#[must_use]
pub fn next_to_close(windows: impl IntoIterator<Item = Closing>) -> Option<Closing> {
    windows.into_iter().fold(None, |next: Option<Closing>, one| match next {
        Some(next) if next.until < one.until => Some(next),
        Some(next) if next.until == one.until => {
            Some(Closing { quantity: next.quantity.saturating_add(one.quantity), ..next })
        }
        Some(_) | None => Some(one),
    })
}
