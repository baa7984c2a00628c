//! The journal: entries, what they are filtered by, the state of its chain, and the words of an export.

use super::{OperationKindView, view, words};

words! {
    /// Who did it.
    pub enum JournalActorView { Person, App, PartnerCenter }
    /// What entries are filtered by.
    pub enum JournalAreaView { Customers, Subscriptions, Resellers, Outbox, SetupInfo, Sessions, Book }
    /// Kinds of entries; each has one text.
    pub enum JournalKindView {
        CustomerAdded,
        CustomerChanged,
        SubscriptionAdded,
        SubscriptionChanged,
        ResellerAdded,
        ResellerChanged,
        ResellerRemoved,
        ResellerNoteChanged,
        ResellerTagsChanged,
        ResellerSupportChanged,
        ResellerMoved,
        ResellerReceived,
        PartnershipRequested,
        PartnershipReminded,
        PartnershipSent,
        PartnershipAccepted,
        PartnershipDeclined,
        PartnershipEnded,
        InvitationRequested,
        InvitationConnected,
        InvitationGivenUp,
        OperationSubmitted,
        OperationCorrected,
        OperationAnswered,
        OperationNoAnswer,
        OperationHeld,
        OperationReleased,
        OperationConfirmed,
        OperationNeedsAttention,
        OperationCancelled,
        OperationAdopted,
        OperationResolved,
        OperationDisowned,
        SetupInfoArrived,
        SetupInfoRevealed,
        SetupInfoAcknowledged,
        SetupInfoUnavailable,
        SettingChanged,
        TemplateChanged,
        TemplateReset,
        SampleLoaded,
        BackupMade,
        BackupFailed,
        BookRestored,
        RestoredReleased,
        PersonsForgotten,
        JournalExported,
        CustomersExported,
        SubscriptionsExported,
        SessionStarted,
        SessionRenamed,
        SessionEnded,
        SessionReleased,
    }
    /// How the chain of entries fails.
    pub enum ChainFaultView {
        /// An entry does not read as it was written, or stands in another's place.
        Changed,
        /// An entry is not there.
        Missing,
        /// The newest entries are not there.
        CutOff,
    }
}

view! {
    /// What to list.
    #[derive(Default)]
    pub struct JournalFilter {
        /// Of this customer only; empty for all.
        pub customer_id: String,
        /// Of this reseller and its customers only; empty for all.
        pub reseller_id: String,
        /// Of these areas; empty for all.
        pub areas: Vec<JournalAreaView>,
        /// First day, `YYYY-MM-DD` in the person's time zone; empty for no limit.
        pub from: String,
        /// Last day, likewise.
        pub to: String,
        /// Text as typed.
        pub search: String,
    }
    /// A page of the journal, newest first.
    pub struct JournalPage {
        /// Rows.
        pub rows: Vec<JournalRow>,
        /// Where the next page goes on; `None` at the end.
        pub next: Option<u32>,
        /// Entries that match.
        pub matching: u32,
        /// Entries of the whole journal.
        pub total: u32,
        /// Name of the customer or reseller that it is narrowed to; empty when it is not.
        pub of: String,
    }
    /// An entry.
    pub struct JournalRow {
        /// Running number.
        pub number: u32,
        /// When.
        pub at: String,
        /// Who.
        pub actor: JournalActorView,
        /// The person's name; empty when it was no person.
        pub person: String,
        /// What.
        pub kind: JournalKindView,
        /// What it is filtered by.
        pub area: JournalAreaView,
        /// Whom or what it is about.
        pub subject: String,
        /// Customer; empty when none, or when the book has it no more.
        pub customer_id: String,
        /// Its name now; empty as its id is.
        pub customer_name: String,
        /// Reseller; likewise.
        pub reseller_id: String,
        /// Operation; empty when none.
        pub operation_id: String,
        /// Its kind.
        pub operation: Option<OperationKindView>,
        /// What changed.
        pub changes: Vec<JournalChange>,
        /// HTTP status of Partner Center's answer; 0 when none.
        pub status: u32,
        /// Its code; 0 when none.
        pub code: u32,
        /// One word or number that belongs to the kind; empty when none.
        pub reason: String,
        /// Request id; empty when none.
        pub request_id: String,
        /// Correlation id, to quote to Microsoft support; empty when none.
        pub correlation_id: String,
        /// Names and values were forgotten.
        pub forgotten: bool,
    }
    /// A value that changed.
    pub struct JournalChange {
        /// Name of the field in snake case; the screen has a text for it.
        pub field: String,
        /// Before; empty when there was none. Words of states stand in snake case, times as ISO 8601, amounts in minor
        /// units with their currency.
        pub before: String,
        /// After; likewise.
        pub after: String,
    }
    /// Whether the journal holds.
    pub struct JournalCheckView {
        /// When it was last checked to the end; `None` while the first check is under way.
        pub checked_at: Option<String>,
        /// Where its chain fails; `None` while it holds.
        pub broken: Option<ChainBreakView>,
        /// Where the chain of the operations' own history fails; `None` while it holds.
        pub history: Option<ChainBreakView>,
        /// The weekly check of the whole file found damage.
        pub damaged: bool,
    }
    /// Where the chain fails first.
    pub struct ChainBreakView {
        /// Number of the entry.
        pub number: u32,
        /// How.
        pub fault: ChainFaultView,
        /// Time of the last entry that is right.
        pub right_until: Option<String>,
        /// When it was found.
        pub found_at: String,
    }
}
