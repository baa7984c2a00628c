//! What goes into the machine and what comes out of it, as data.

use crate::remote::{Answer, Call, OneTimeSecret, Outcome, RemoteLine, RemoteOrder, RemoteProfile};
use crate::transition::Cause;
use cb_domain::customer::{AccountReview, AgreementState};
use cb_domain::ids::{RequestKey, TenantId};
use cb_domain::operation::{Attention, EventKind, Operation, OperationState};
use cb_domain::subscription::Subscription;
use jiff::Timestamp;
use std::time::Duration;

/// What the book knows of the operation whose turn it is, and what the machine may not make itself.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The operation.
    pub operation: Operation,
    /// All operations of its onboarding by sequence, itself included.
    pub chain: Vec<Operation>,
    /// Tenant of its customer, once made.
    pub tenant: Option<TenantId>,
    /// Country of its customer.
    pub country: String,
    /// PartnerID of the reseller named in `create_customer`; empty when the book has none.
    pub reseller_partner_id: String,
    /// Orders of this customer that belong to something else.
    pub known_orders: Vec<String>,
    /// Start of its last attempt.
    pub last_sent_at: Option<Timestamp>,
    /// Partner Center's id of the subscription that it is about, once the book has it.
    pub subscription: Option<String>,
    /// Now, by the clock on the wall: for what is written down.
    pub now: Timestamp,
    /// Now, by the monotonic clock of this run: for how long something has lasted (N3).
    pub steady: Timestamp,
    /// Since when, by that clock, it has been on the hold that it is on; `None` when it is on none.
    pub held_since: Option<Timestamp>,
    /// Randomness for the jitter.
    pub random: u64,
    /// Key for the next revision, if one begins.
    pub fresh_key: RequestKey,
}

/// What was learnt in this run. Losing it costs a few reads, never correctness.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The reseller may be ordered for.
    pub reseller_fit: bool,
    /// The prefix with this index was free.
    pub free_prefix: Option<u32>,
    /// The address was accepted.
    pub address_known: bool,
    /// The account may buy.
    pub account_allowed: bool,
    /// Orders were read before making a cart (S4).
    pub orders_read: bool,
    /// Orders match what was approved.
    pub orders_match: bool,
    /// The customer was looked up before the repeat (S10).
    pub looked_up: bool,
    /// The repeat was refused: only lookups can settle it now.
    pub refused: bool,
    /// That refusal said that the domain is in use.
    pub refused_domain: bool,
    /// First of the absent lookups in a row, by the monotonic clock (N3).
    pub absent_since: Option<Timestamp>,
    /// First of the looks in a row that showed less than was bought, by the monotonic clock.
    pub incomplete_since: Option<Timestamp>,
    /// Reads in a row that brought no answer.
    pub failed_reads: u32,
    /// The hold last seen by its time in the book, and since when by the monotonic clock.
    hold: Option<(Timestamp, Timestamp)>,
}

impl Progress {
    /// Checks made before sending count for one go only: after a wait they are made again.
    pub fn forget_checks(&mut self) {
        let (failed_reads, incomplete_since, hold) = (self.failed_reads, self.incomplete_since, self.hold);
        *self = Self { failed_reads, incomplete_since, hold, ..Self::default() };
    }

    /// [`Facts::held_since`] of this operation. A hold that began in an earlier run counts from the first look in this
    /// one: how long the app was closed, only the wall clock knows.
    pub fn held_since(&mut self, operation: &Operation, steady: Timestamp) -> Option<Timestamp> {
        let known = self.hold.filter(|(book, _)| operation.hold_since == Some(*book));
        self.hold = operation.hold_since.map(|book| known.unwrap_or((book, steady)));
        self.hold.map(|(_, since)| since)
    }
}

/// What happened.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "made once a turn and moved on, never kept")]
pub enum Event {
    /// It is this operation's turn.
    Turn,
    /// An answer, or none, to what an effect asked for.
    Heard {
        /// The call.
        call: Call,
        /// What came of it.
        outcome: Outcome,
    },
}

/// A change of the operation with its history entry; all changes of one effect go into one transaction.
#[derive(Debug)]
pub struct Change {
    /// Why. The state in `operation` already is the one after it.
    pub cause: Cause,
    /// The state before it: another one on disk means that somebody was faster.
    pub from: OperationState,
    /// The operation after it.
    pub operation: Operation,
    /// Kind of the history entry; `None` when the change is no news.
    pub entry: Option<EventKind>,
    /// HTTP status of the answer, 0 when none.
    pub status: u16,
    /// Partner Center's code, 0 when none.
    pub code: u32,
    /// Reason in one word; empty when none.
    pub reason: String,
}

/// Secret part of an answer to `create_customer`.
#[derive(Debug)]
pub enum Secret {
    /// The password, or an unreadable answer that may hold it.
    Seal(OneTimeSecret),
    /// None came and none will.
    Unavailable,
}

/// What else the book must take over, in the same transaction.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "one short-lived value per answer")]
pub enum Consequence {
    /// Nothing.
    Nothing,
    /// The tenant exists.
    CustomerMade {
        /// Tenant.
        tenant: TenantId,
        /// Final prefix.
        domain_prefix: String,
        /// Admin user.
        user_name: String,
        /// Its password.
        secret: Secret,
    },
    /// An unreadable good answer: keep it sealed, the outcome stays unknown.
    AnswerKept {
        /// The raw body.
        secret: OneTimeSecret,
    },
    /// The agreement stands so.
    Agreement(AgreementState),
    /// The account review stands so.
    Review(AccountReview),
    /// Prices in the cart differ from the approved ones.
    Prices(Vec<RemoteLine>),
    /// Orders were made.
    Ordered(Vec<RemoteOrder>),
    /// Name, contact and address as Partner Center has them now.
    Profile(RemoteProfile),
    /// The reseller of record stands so.
    Record {
        /// The subscription in the book.
        subscription: cb_domain::ids::SubscriptionId,
        /// PartnerID on record; `None` when none is.
        partner_id: Option<String>,
    },
    /// The subscription stands so.
    Subscription {
        /// The subscription in the book.
        subscription: cb_domain::ids::SubscriptionId,
        /// As Partner Center has it.
        theirs: Box<crate::remote::RemoteSubscription>,
    },
    /// Licences have moved to another product.
    Upgraded {
        /// What was approved.
        payload: Box<cb_domain::change::UpgradeSubscription>,
        /// The second subscription, where one was made and told.
        to: Option<String>,
    },
    /// The support contact stands so.
    SupportContact {
        /// The subscription in the book.
        subscription: cb_domain::ids::SubscriptionId,
        /// The contact; `None` for the provider.
        contact: Option<cb_domain::ids::ResellerId>,
    },
    /// Orders and subscriptions are as approved.
    Verified {
        /// Subscriptions of the customer.
        subscriptions: Vec<Subscription>,
    },
}

/// Why the queue rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// No network: probe until there is one (N5).
    Offline,
    /// Told to wait.
    Throttled(Duration),
    /// The person must sign in.
    SignIn,
    /// The person must sign in with a second factor.
    Mfa,
}

/// What the driver is to do.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "a handful of short-lived values per request")]
pub enum Effect {
    /// Commit `begin` with the attempt row (S6), then send the call under the operation's key.
    Send {
        /// The call.
        call: Call,
        /// The operation in flight.
        begin: Change,
    },
    /// Ask; nothing on disk changes.
    LookUp {
        /// The call.
        call: Call,
    },
    /// Write in one transaction. The turn is over.
    Save {
        /// Changes in order.
        changes: Vec<Change>,
        /// What else.
        consequence: Consequence,
    },
    /// Let the whole queue rest.
    PauseQueue(Pause),
}

/// A good answer, or what came instead.
#[derive(Debug)]
pub(crate) enum Heard {
    /// Good.
    Answer(Answer),
    /// No.
    Refused(Refusal),
}

/// A definite no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Class.
    pub class: crate::remote::RefusalClass,
    /// HTTP status.
    pub status: u16,
    /// Code.
    pub code: u32,
    /// Names of fields, where told.
    pub data: Vec<String>,
}

impl Refusal {
    /// The attention that this refusal asks for.
    #[must_use]
    pub fn attention(&self, reason: cb_domain::operation::AttentionReason, field: &str) -> Attention {
        Attention { reason, ambiguous: false, field: field.to_owned(), status: self.status, code: self.code }
    }
}
