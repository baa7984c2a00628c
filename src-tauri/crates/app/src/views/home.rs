//! Home: what to do next, and two pictures.

use super::{TermDefaultView, view, words};

words! {
    /// Kinds of things to do.
    pub enum TodoKind { SetupInfo, NeedsAttention, WindowCloses, TermEnds, OnHold, SessionHeld, Draft, PartnershipUnanswered, InvitationUnanswered, ResellerNotFit, PartnershipAccepted, PartnershipEnded, PartnershipToPlace }
    /// How soon.
    pub enum Urgency { Now, ThisWeek, Later }
}

view! {
    /// One thing to do; each is a link.
    pub struct TodoView {
        /// Kind.
        pub kind: TodoKind,
        /// Group.
        pub urgency: Urgency,
        /// Id of the thing (operation, draft, subscription, reseller).
        pub id: String,
        /// Customer it belongs to; empty when none.
        pub customer_id: String,
        /// Customer or reseller, as written.
        pub name: String,
        /// Product, reason key or step, by kind.
        pub detail: String,
        /// Licences or lines, by kind; 0 when none.
        pub count: u32,
        /// Since when or until when, by kind.
        pub at: Option<String>,
        /// What becomes of a term that nobody decides about; for the ends of terms alone.
        pub term_default: Option<TermDefaultView>,
    }
    /// Renewals in a month.
    pub struct RenewalMonth {
        /// `YYYY-MM`.
        pub month: String,
        /// Decided (auto-renew is on).
        pub decided: u32,
        /// Decision open (auto-renew is off).
        pub open: u32,
    }
    /// Seats of a reseller.
    pub struct ResellerSeats {
        /// Id.
        pub reseller_id: String,
        /// Name.
        pub name: String,
        /// Seats.
        pub seats: u32,
    }
    /// Home.
    pub struct HomeView {
        /// Most urgent first.
        pub todo: Vec<TodoView>,
        /// The coming twelve months.
        pub renewals: Vec<RenewalMonth>,
        /// Top ten.
        pub seats: Vec<ResellerSeats>,
        /// From when the figures are.
        pub as_of: Option<String>,
        /// Resellers that take customers.
        pub active_resellers: u32,
    }
}
