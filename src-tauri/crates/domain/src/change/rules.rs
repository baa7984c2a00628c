//! Which action is possible in which state, within which limits, and why not.

use super::Standing;
use crate::catalogue::CommerceKind;
use crate::subscription::SubscriptionStatus;
use jiff::Timestamp;

/// What can be done with a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    MoreLicences,
    FewerLicences,
    Upgrade,
    AutoRenewOn,
    AutoRenewOff,
    ChangeAtRenewal,
    DropChangeAtRenewal,
    Cancel,
    Suspend,
    Resume,
    ResellerOfRecord,
    SupportContact,
    Decide,
}

impl Action {
    /// All, in the order of the page.
    pub const ALL: [Self; 13] = [
        Self::MoreLicences,
        Self::FewerLicences,
        Self::Upgrade,
        Self::AutoRenewOn,
        Self::AutoRenewOff,
        Self::ChangeAtRenewal,
        Self::DropChangeAtRenewal,
        Self::Cancel,
        Self::Suspend,
        Self::Resume,
        Self::ResellerOfRecord,
        Self::SupportContact,
        Self::Decide,
    ];
}

/// Why an action is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Block {
    /// Its order is not confirmed yet: what is wanted is changed there.
    OrderWaits,
    /// Being made.
    BeingMade,
    /// Suspended: resume it first.
    Suspended,
    /// Its term has ended.
    Expired,
    /// Disabled by Microsoft.
    Disabled,
    /// Cancelled.
    Cancelled,
    /// The seven-day window has closed, or none of these licences is in it.
    WindowClosed,
    /// A trial: its licences are fixed.
    Trial,
    /// Needs auto-renew.
    AutoRenewOff,
    /// It is so already.
    AlreadySo,
    /// Nothing is planned for the renewal.
    NothingPlanned,
    /// Older commerce has no such thing.
    OlderKind,
    /// Older commerce is ended by suspending it.
    SuspendInstead,
    /// Nothing to upgrade to is known.
    NoTarget,
    /// An upgrade is under way: it will be another subscription.
    UpgradeUnderWay,
    /// As many as it can be.
    AtMaximum,
    /// As few as it can be.
    AtMinimum,
    /// Its term has no end that is known.
    NoTermEnd,
    /// A cancellation waits already.
    EndsAlready,
}

/// Within which limits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Lowest number that can be chosen; 0 where none is.
    pub lowest: u32,
    /// Highest number that can be chosen; 0 where none is.
    pub highest: u32,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// May this be done now, and within which limits?
///
/// # Errors
/// [`Block`]: why not. Of several reasons the one that holds longest.
pub fn allowed(action: Action, standing: &Standing) -> Result<Limits, Block> {
    let Standing { values, commerce, .. } = standing;
    let legacy = match commerce {
        CommerceKind::Legacy => true,
        CommerceKind::New => false,
    };
    if let Some(over) = over(action, values.status) {
        return Err(over);
    }
    let upgrade_first = || if standing.upgrade_waits { Err(Block::UpgradeUnderWay) } else { Ok(()) };
    match action {
        Action::MoreLicences => {
            active_or_wanted(values.status)?;
            if standing.trial {
                return Err(Block::Trial);
            }
            upgrade_first()?;
            if standing.maximum > 0 && values.quantity >= standing.maximum {
                return Err(Block::AtMaximum);
            }
            Ok(Limits { lowest: values.quantity.saturating_add(1), highest: standing.maximum, until: None })
        }
        Action::FewerLicences => fewer(standing, legacy),
        Action::Upgrade => {
            active(values.status)?;
            if standing.trial {
                return Err(Block::Trial);
            }
            upgrade_first()?;
            if !standing.has_target {
                return Err(Block::NoTarget);
            }
            Ok(Limits { lowest: 1, highest: values.quantity, until: None })
        }
        Action::AutoRenewOn => {
            active_or_wanted(values.status)?;
            if values.auto_renew { Err(Block::AlreadySo) } else { Ok(Limits::default()) }
        }
        Action::AutoRenewOff => {
            active_or_wanted(values.status)?;
            if values.auto_renew { Ok(Limits::default()) } else { Err(Block::AlreadySo) }
        }
        Action::ChangeAtRenewal => {
            if legacy {
                return Err(Block::OlderKind);
            }
            active_or_wanted(values.status)?;
            upgrade_first()?;
            if !values.auto_renew {
                return Err(Block::AutoRenewOff);
            }
            Ok(Limits { lowest: standing.minimum.max(1), highest: standing.maximum, until: standing.ends_at })
        }
        Action::DropChangeAtRenewal => {
            if legacy {
                return Err(Block::OlderKind);
            }
            active_or_wanted(values.status)?;
            if values.next_term.is_none() { Err(Block::NothingPlanned) } else { Ok(Limits::default()) }
        }
        Action::Cancel => {
            if legacy {
                return Err(Block::SuspendInstead);
            }
            // A suspended one can still be cancelled: its window does not stop.
            if values.status != SubscriptionStatus::Suspended {
                active(values.status)?;
            }
            upgrade_first()?;
            let until = standing.window().ok_or(Block::WindowClosed)?;
            Ok(Limits { until: Some(until), ..Limits::default() })
        }
        Action::Suspend => {
            if values.status == SubscriptionStatus::Suspended {
                return Err(Block::AlreadySo);
            }
            active(values.status)?;
            upgrade_first()?;
            Ok(Limits::default())
        }
        Action::Resume => match values.status {
            SubscriptionStatus::Suspended => Ok(Limits::default()),
            SubscriptionStatus::Active => Err(Block::AlreadySo),
            other @ (SubscriptionStatus::Wanted
            | SubscriptionStatus::None
            | SubscriptionStatus::Pending
            | SubscriptionStatus::Expired
            | SubscriptionStatus::Disabled
            | SubscriptionStatus::Deleted) => active(other).map(|()| Limits::default()),
        },
        Action::ResellerOfRecord => {
            if legacy {
                return Err(Block::OlderKind);
            }
            if values.status != SubscriptionStatus::Suspended {
                active(values.status)?;
            }
            Ok(Limits::default())
        }
        // Kept in the book, or sent once it is there.
        Action::SupportContact => Ok(Limits::default()),
        Action::Decide => {
            active(values.status)?;
            upgrade_first()?;
            let until = standing.ends_at.ok_or(Block::NoTermEnd)?;
            if until <= standing.now {
                return Err(Block::Expired);
            }
            Ok(Limits { lowest: standing.minimum.max(1), highest: standing.maximum, until: Some(until) })
        }
    }
}

fn fewer(standing: &Standing, legacy: bool) -> Result<Limits, Block> {
    let quantity = standing.values.quantity;
    active(standing.values.status)?;
    if standing.trial {
        return Err(Block::Trial);
    }
    if standing.upgrade_waits {
        return Err(Block::UpgradeUnderWay);
    }
    let floor = standing.minimum.max(1);
    let highest = quantity.saturating_sub(1);
    if legacy {
        // Older licences go back at any time; the last one goes by suspending.
        return if quantity > floor {
            Ok(Limits { lowest: floor, highest, until: None })
        } else {
            Err(Block::SuspendInstead)
        };
    }
    if quantity <= floor {
        return Err(Block::AtMinimum);
    }
    // Windows are those of the licences that are there: what waits to go back is taken from them already, and what waits
    // to be added has one of its own once it is there.
    let open = standing.open_batches();
    let back: u32 = open.iter().map(|batch| batch.quantity).fold(0, u32::saturating_add);
    let lowest = standing.confirmed_quantity.saturating_sub(back).max(floor);
    if lowest >= quantity {
        return Err(Block::WindowClosed);
    }
    Ok(Limits { lowest, highest, until: open.first().map(|batch| batch.until) })
}

/// It is over, for everything but reading.
fn over(action: Action, status: SubscriptionStatus) -> Option<Block> {
    match status {
        SubscriptionStatus::Expired => Some(Block::Expired),
        SubscriptionStatus::Disabled => Some(Block::Disabled),
        SubscriptionStatus::Deleted => {
            Some(if action == Action::Cancel { Block::EndsAlready } else { Block::Cancelled })
        }
        SubscriptionStatus::Wanted
        | SubscriptionStatus::None
        | SubscriptionStatus::Active
        | SubscriptionStatus::Pending
        | SubscriptionStatus::Suspended => None,
    }
}

fn active(status: SubscriptionStatus) -> Result<(), Block> {
    match status {
        SubscriptionStatus::Active => Ok(()),
        SubscriptionStatus::Wanted => Err(Block::OrderWaits),
        SubscriptionStatus::Pending | SubscriptionStatus::None => Err(Block::BeingMade),
        SubscriptionStatus::Suspended => Err(Block::Suspended),
        SubscriptionStatus::Expired => Err(Block::Expired),
        SubscriptionStatus::Disabled => Err(Block::Disabled),
        SubscriptionStatus::Deleted => Err(Block::Cancelled),
    }
}

/// Changes that may wait for the order that makes the subscription.
fn active_or_wanted(status: SubscriptionStatus) -> Result<(), Block> {
    match status {
        SubscriptionStatus::Wanted | SubscriptionStatus::Pending => Ok(()),
        SubscriptionStatus::Active
        | SubscriptionStatus::None
        | SubscriptionStatus::Suspended
        | SubscriptionStatus::Expired
        | SubscriptionStatus::Disabled
        | SubscriptionStatus::Deleted => active(status),
    }
}
