//! Connecting to Partner Center, who is signed in, and the first sync. Never a token.

use super::{view, words};

words! {
    /// Where a live workspace connects to.
    pub enum CloudChoice { Commercial, UsGovernment, China, Custom }
    /// Fields of the connection form.
    pub enum ConnectionFieldName { Tenant, Client, Api, Authority }
    /// What is wrong with one.
    pub enum ConnectionFieldProblem { Required, TenantForm, ClientForm, ClientIsTenant, AddressForm, AddressNotSecure, AddressTooLong }
    /// How to sign in.
    pub enum SignInWay { Browser, DeviceCode }
    /// How far a sign-in is.
    pub enum SignInStep {
        /// Nobody is signing in.
        Idle,
        /// Tenant and app are being looked up.
        Checking,
        /// The person is in the browser.
        WaitingForBrowser,
        /// The person types a code on another device.
        WaitingForDevice,
        /// Signed in; Partner Center is asked whether the role suffices.
        CheckingRole,
        /// Done: a new workspace can be made.
        SignedIn,
        /// It came to nothing: `trouble` says why.
        Failed,
    }
    /// Why nobody is signed in. Each has a message and a way out.
    pub enum SignInTrouble {
        Offline, SignedOut, Expired, Revoked, MfaNeeded, ClockWrong, OtherAccount, TenantUnknown, ClientUnknown,
        NotNative, RedirectUnknown, ConsentMissing, Declined, NotOfTenant, AccountDisabled, Blocked, RoleMissing,
        WrongAudience, TimedOut, NoPort, NoSense, Keychain, KeyFile, Refused,
    }
    /// What the sync of a live workspace is reading.
    pub enum SyncStage { Resellers, Customers, Details, Catalogues, Done }
    /// Why it stands still.
    pub enum SyncWait { Throttled, Offline, SignIn }
}

view! {
    /// What was typed.
    pub struct ConnectionForm {
        /// Cloud.
        pub cloud: CloudChoice,
        /// Tenant id or domain.
        pub tenant: String,
        /// Application (client) id.
        pub client: String,
        /// Address of a custom Partner Center.
        pub api: String,
        /// Address of its sign-in.
        pub authority: String,
    }
    /// What is wrong with a field.
    pub struct ConnectionProblemView {
        pub field: ConnectionFieldName,
        pub problem: ConnectionFieldProblem,
    }
    /// Why nobody is signed in, with what the message names.
    pub struct SignInTroubleView {
        pub kind: SignInTrouble,
        /// Other account: whose book it is. Empty otherwise.
        pub expected: String,
        /// Other account: who signed in. Empty otherwise.
        pub found: String,
        /// Clock: the server's minus ours, seconds.
        pub seconds: i32,
        /// Refused: the number to quote.
        pub number: u32,
    }
    /// A sign-in under way, or the form before it.
    pub struct SignInView {
        pub step: SignInStep,
        pub way: SignInWay,
        /// As last typed.
        pub form: ConnectionForm,
        /// Problems of the form; a sign-in begins only without.
        pub problems: Vec<ConnectionProblemView>,
        pub trouble: Option<SignInTroubleView>,
        /// The system opened no browser: the address is to be copied.
        pub browser_missing: bool,
        /// Address of the page to open; empty when there is none.
        pub page: String,
        /// Code to type there.
        pub code: String,
        /// Who signed in.
        pub user: String,
        /// Our company, as Partner Center writes it.
        pub company: String,
    }
    /// Sign-in of the open live workspace.
    pub struct SignedInView {
        /// User name.
        pub user: String,
        /// Name.
        pub name: String,
        /// Company.
        pub company: String,
        /// Tenant.
        pub tenant: String,
        /// Application (client) id.
        pub client: String,
        pub cloud: CloudChoice,
        /// Host of Partner Center.
        pub host: String,
        /// Since when, RFC 3339.
        pub since: String,
        /// Why nobody is signed in now; `None`: somebody is.
        pub trouble: Option<SignInTroubleView>,
        /// What waits in the outbox, and stays there.
        pub waiting: u32,
    }
    /// The sync of the open live workspace.
    pub struct SyncView {
        pub stage: SyncStage,
        /// Done within the stage.
        pub done: u32,
        /// Of how many; 0 while that is not known.
        pub of: u32,
        /// The first sync has not ended yet.
        pub first: bool,
        /// Why it stands still.
        pub waits: Option<SyncWait>,
        /// When it last ended, RFC 3339.
        pub finished_at: Option<String>,
    }
    /// A workspace on this laptop.
    pub struct WorkspaceRow {
        pub workspace: super::WorkspaceView,
        /// It is the open one.
        pub open: bool,
    }
}
