//! Start, workspace, settings, connection and search.

use super::{view, words};

words! {
    /// What the window shows first.
    pub enum StartKind {
        /// No workspace yet: three choices.
        FirstStart,
        /// A book is open.
        Ready,
        /// A book waits for its passphrase (D4).
        Unlock,
        /// A book waits for its key: the keychain has not answered yet. The screens are told once it has.
        Waiting,
        /// A book exists and could not be opened: `problem` says why.
        Failed,
    }
    /// Why a book could not be opened (rule D5): each has its own page.
    pub enum StartProblem { KeyMissing, WrongKey, Corrupt, Locked, DiskFull, ReadOnly, NewerSchema, KeychainMissing, UnsafeFolder, Other }
    /// Practice talks to the built-in sandbox, live to Partner Center.
    pub enum WorkspaceKind { Practice, Live }
    /// Colour of the workspace in stripe, monogram and tag.
    pub enum WorkspaceColour { Purple, Teal, Steel, Bronze, Berry, Slate }
    /// Language of the screens.
    pub enum Language { En, De }
    /// Theme.
    pub enum ThemeChoice { System, Light, Dark, HighContrast }
    /// What the pill says.
    pub enum ConnectionKind { UpToDate, Offline, WorkingOffline, Sending, NeedsAttention, SignInAgain, Paused, Restored, CannotSave, KeychainMissing }
    /// Why nothing can be saved.
    pub enum SaveProblem { DiskFull, DiskFailed }
    /// What a search hit is.
    pub enum SearchHitKind { Reseller, Customer, Subscription, Operation }
    /// What changed; a screen re-reads what it declared. Sent as the event `data-changed`.
    pub enum Topic { Workspace, Settings, Connection, Resellers, Customers, Subscriptions, Catalogue, Drafts, Outbox, SetupInfo, Practice, Partnerships, SignIn, Sessions, Journal, Bulk }
}

view! {
    /// First answer to the window.
    pub struct StartView {
        /// What to show.
        pub kind: StartKind,
        /// Why it failed, where it did.
        pub problem: Option<StartProblem>,
        /// A recovery code was set up for the book that could not be opened.
        pub recoverable: bool,
        /// The open book is of a newer version: it can be read and not written (D7).
        pub read_only: bool,
        /// Where the damaged or unreadable book lies, to tell support; empty otherwise.
        pub problem_path: String,
        /// The open workspace.
        pub workspace: Option<WorkspaceView>,
        /// Settings of this installation.
        pub settings: SettingsView,
        /// Size of everything on screen, in percent; 100 unless the person changed it.
        pub zoom: u32,
        /// Version of the app.
        pub version: String,
    }
    /// The open workspace.
    pub struct WorkspaceView {
        /// Id.
        pub id: String,
        /// Name; empty for a practice workspace that was never renamed (the screen then says it in its language).
        pub name: String,
        /// Kind.
        pub kind: WorkspaceKind,
        /// Colour.
        pub colour: WorkspaceColour,
        /// Folder in which the book lies.
        pub folder: String,
    }
    /// Settings of this installation.
    pub struct SettingsView {
        /// Language; at first start the system's, else English.
        pub language: Language,
        /// Theme.
        pub theme: ThemeChoice,
        /// Route shown last, restored at start.
        pub last_route: String,
    }
    /// Settings that a person changes; what is absent stays as it is. A screen never writes back what it read a moment
    /// ago, so that it takes nothing back that was chosen meanwhile.
    #[derive(Default)]
    pub struct SettingsChange {
        /// Language.
        pub language: Option<Language>,
        /// Theme.
        pub theme: Option<ThemeChoice>,
        /// Route shown last.
        pub last_route: Option<String>,
    }
    /// The connection pill and its menu.
    pub struct ConnectionView {
        /// What it says.
        pub kind: ConnectionKind,
        /// Operations waiting (queued, on hold not counted).
        pub waiting: u32,
        /// Operations on hold.
        pub on_hold: u32,
        /// Operations that need attention.
        pub needs_attention: u32,
        /// While sending: the how-manieth.
        pub sending_number: u32,
        /// While sending: of how many.
        pub sending_of: u32,
        /// *Work offline* is on.
        pub work_offline: bool,
        /// The outbox is paused.
        pub paused: bool,
        /// Why nothing can be saved, and so nothing is sent; `None` while it can.
        pub cannot_save: Option<SaveProblem>,
        /// Last time Partner Center answered.
        pub last_contact_at: Option<String>,
        /// Clock differs from the server's by this many seconds (shown above 300).
        pub clock_skew_seconds: i32,
    }
    /// One hit of the global search.
    pub struct SearchHit {
        /// What it is.
        pub kind: SearchHitKind,
        /// Id of it.
        pub id: String,
        /// First line.
        pub title: String,
        /// Second line: domain, reseller, customer.
        pub detail: String,
        /// Customer to open, for a subscription; empty otherwise.
        pub customer_id: String,
    }
    /// The switches that play the day in a practice workspace.
    pub struct PracticeView {
        /// No request reaches the sandbox.
        pub network_off: bool,
        /// Each answer takes this long, milliseconds (0 = at once).
        pub slow_ms: u32,
        /// The next changing request takes effect and its answer is lost.
        pub lose_next_answer: bool,
        /// The first prefix of the next new customer is taken by somebody else.
        pub domain_taken: bool,
        /// New customers come under review.
        pub under_review: bool,
        /// Requests are throttled.
        pub throttled: bool,
        /// The next agreement is refused for its signer's e-mail address.
        pub agreement_refused: bool,
        /// Carts ask more than the price list says.
        pub prices_up: bool,
        /// The next order with several billing cycles goes through in part only.
        pub partial_checkout: bool,
        /// The next order gets no answer: its cart is dropped, and somebody else has ordered the same an hour before.
        pub ordered_elsewhere: bool,
    }
}

impl From<cb_domain::topic::Topic> for Topic {
    fn from(topic: cb_domain::topic::Topic) -> Self {
        use cb_domain::topic::Topic as Touched;
        match topic {
            Touched::Workspace => Self::Workspace,
            Touched::Settings => Self::Settings,
            Touched::Connection => Self::Connection,
            Touched::Resellers => Self::Resellers,
            Touched::Customers => Self::Customers,
            Touched::Subscriptions => Self::Subscriptions,
            Touched::Catalogue => Self::Catalogue,
            Touched::Drafts => Self::Drafts,
            Touched::Outbox => Self::Outbox,
            Touched::SetupInfo => Self::SetupInfo,
            Touched::Practice => Self::Practice,
            Touched::Partnerships => Self::Partnerships,
            Touched::SignIn => Self::SignIn,
            Touched::Sessions => Self::Sessions,
            Touched::Journal => Self::Journal,
            Touched::Bulk => Self::Bulk,
        }
    }
}
