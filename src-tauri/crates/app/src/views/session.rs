//! Onboarding sessions: the one that runs, the review of everything in one, its batch check, and its report.

use super::customers::HoldReasonView;
use super::{DraftRow, JourneyState};
use super::{Language, OperationRow, OrderView, SetupInfoState, view, words};

words! {
    /// What the batch check, or the book itself, says against an operation that is not sent yet.
    pub enum SessionProblemKind {
        /// No prefix of the customer is free.
        DomainTaken,
        /// The first prefix is taken; a fallback is free and will be used.
        FallbackUsed,
        /// Partner Center does not know the address.
        Address,
        /// The customer's reseller may not be ordered for.
        ResellerNotFit,
        /// The reseller of record may not be named.
        RecordNotFit,
        /// A line costs something else today.
        PriceChanged,
        /// A line is no longer on sale as it was chosen.
        NotOnSale,
    }
    /// Parts of a report.
    pub enum ReportBlockKind { Section, Heading, Facts, Table, List, Text }
}

view! {
    /// A session in short.
    pub struct SessionRow {
        pub id: String,
        /// Place, event or reseller.
        pub name: String,
        /// Who holds it; empty when not told.
        pub who: String,
        pub started_at: String,
        pub ended_at: Option<String>,
        pub released_at: Option<String>,
        /// It holds its operations until they are released.
        pub holds: bool,
        /// It runs: what is submitted now belongs to it.
        pub running: bool,
        /// Submits in it.
        pub onboardings: u32,
        /// Operations in it.
        pub operations: u32,
        /// Operations that wait for its release.
        pub held: u32,
        /// Submits of which something is not done.
        pub open: u32,
    }
    /// Sessions as the top bar and the outbox need them.
    pub struct SessionsView {
        /// The one that runs.
        pub running: Option<SessionRow>,
        /// All, newest first.
        pub all: Vec<SessionRow>,
        /// Who held the last one, to begin with; empty before the first.
        pub who: String,
    }
    /// Something to put right before, or to know of.
    pub struct SessionProblem {
        pub kind: SessionProblemKind,
        pub customer_name: String,
        /// The operation whose form puts it right.
        pub operation_id: String,
        /// Field of that form.
        pub field: String,
        /// Prefix, address as Partner Center would write it, reseller or product, by kind; empty when none.
        pub subject: String,
        /// Price of the line when it was approved, whole term.
        pub price_then: Option<f64>,
        /// Price today.
        pub price_now: Option<f64>,
        /// ISO 4217; empty when no price is meant.
        pub currency: String,
        /// When it was found; `None` when the book knows it by itself.
        pub at: Option<String>,
    }
    /// One Submit of the session.
    pub struct SessionEntry {
        pub onboarding_id: String,
        pub customer_id: String,
        pub customer_name: String,
        /// The customer is made by it.
        pub new_customer: bool,
        /// `….onmicrosoft.com`.
        pub domain: String,
        pub town: String,
        pub country: String,
        pub reseller_name: String,
        pub reseller_of_record_name: String,
        pub order: OrderView,
        /// How it stands as a whole.
        pub state: JourneyState,
        /// The operation that matters most now.
        pub operation: Option<OperationRow>,
        /// It waits for the release.
        pub held: bool,
        /// What would keep it on hold after the release.
        pub holds_anyway: Vec<HoldReasonView>,
        pub order_ids: Vec<String>,
        /// `None` when no customer is made by it.
        pub setup_info: Option<SetupInfoState>,
        /// Operations whose forms may still be opened; empty when there is none, or it is too late.
        pub customer_operation_id: String,
        pub order_operation_id: String,
    }
    /// What all orders come to, in one currency.
    pub struct SessionTotal {
        pub currency: String,
        /// Each month.
        pub monthly: Option<f64>,
        /// Once a year.
        pub yearly: Option<f64>,
        /// Once for three years.
        pub triennial: Option<f64>,
        /// First term of every line.
        pub term: f64,
    }
    /// The batch check of what is not sent yet.
    pub struct SessionCheck {
        pub running: bool,
        /// Questions answered.
        pub done: u32,
        /// Questions of the check under way, or that the next one would ask.
        pub total: u32,
        /// Questions of the last check that got no answer.
        pub unanswered: u32,
        /// When the last check ended; `None` before the first since the app was started.
        pub at: Option<String>,
        /// Something was put right or added since: the check is not of what stands here.
        pub outdated: bool,
        /// What would be asked.
        pub domains: u32,
        pub addresses: u32,
        pub resellers: u32,
        pub countries: u32,
    }
    /// Everything in a session.
    pub struct SessionView {
        pub session: SessionRow,
        /// Names what stands here: *Release* carries it, so that what was reviewed is what is released.
        pub stand: String,
        pub entries: Vec<SessionEntry>,
        pub totals: Vec<SessionTotal>,
        /// Lines without a price: they are in no total.
        pub without_price: u32,
        /// Begun in the session and not submitted.
        pub drafts: Vec<DraftRow>,
        /// Corrections among them: the release waits for these.
        pub corrections: u32,
        pub problems: Vec<SessionProblem>,
        pub check: SessionCheck,
        /// Nothing can be asked now.
        pub offline: bool,
    }
    /// A label with its value.
    pub struct ReportFact {
        pub label: String,
        pub value: String,
    }
    /// A column of a table.
    pub struct ReportColumn {
        pub head: String,
        /// Numbers stand right.
        pub right: bool,
    }
    /// A part of a report; what its kind does not use is empty.
    pub struct ReportBlock {
        pub kind: ReportBlockKind,
        pub text: String,
        pub note: String,
        pub facts: Vec<ReportFact>,
        pub columns: Vec<ReportColumn>,
        pub rows: Vec<Vec<String>>,
        pub items: Vec<String>,
    }
    /// The report of a session, in words: the same on screen, on paper and in the PDF.
    pub struct ReportView {
        pub language: Language,
        pub kind: String,
        pub title: String,
        pub facts: Vec<ReportFact>,
        pub blocks: Vec<ReportBlock>,
        pub footer: String,
        /// Name for its file.
        pub file_name: String,
    }
}
