//! What the book keeps of resellers beside Partner Center: news, and partnerships that a person must place.

use crate::ids::{ResellerId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Kinds of news of a reseller; each is an entry of its journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewsKind {
    /// The partnership is there: seen at sync.
    Accepted,
    /// It had ended and is there again.
    CameBack,
    /// It is no longer listed.
    Ended,
    /// Partner Center writes another name; the detail is the one before.
    Renamed,
    /// Fit to order after it was not, or was never known.
    Fit,
    /// Not fit to order; the detail is the word of the reason.
    NotFit,
    /// Subscriptions were moved to another reseller of record; the detail is how many.
    Moved,
    /// Subscriptions were moved here; the detail is how many.
    Received,
}

impl NewsKind {
    /// Home tells it until the reseller's page was looked at; the others stand in the journal only.
    #[must_use]
    pub fn is_told(self) -> bool {
        match self {
            Self::Accepted | Self::CameBack | Self::Ended => true,
            Self::Renamed | Self::Fit | Self::NotFit | Self::Moved | Self::Received => false,
        }
    }
}

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Which reseller.
    pub reseller_id: ResellerId,
    /// When it was learnt.
    pub at: Timestamp,
    /// What.
    pub kind: NewsKind,
    /// A name, a word or a number, by kind; empty when none.
    pub detail: String,
}

/// A partnership that Partner Center lists and that only a name connects with the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPartnership {
    /// Tenant.
    pub tenant_id: TenantId,
    /// PartnerID (PLA).
    pub partner_id: Option<String>,
    /// Name as Partner Center writes it.
    pub name: String,
    /// ISO country.
    pub country: String,
    /// Resellers of the book that it may be, best first.
    pub candidates: Vec<ResellerId>,
    /// First seen.
    pub seen_at: Timestamp,
}
