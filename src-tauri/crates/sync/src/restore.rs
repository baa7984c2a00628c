//! After a restore, or on another computer (D8): the book may be older than what Partner Center has. Whatever was
//! approved has an unknown outcome, customers and orders are looked up first, and a person releases each onboarding.

use crate::compare::{Cover, cover, order_of};
use crate::effect::{Change, Consequence, Secret};
use crate::person;
use crate::remote::{Call, FoundCustomer, RemoteOrder};
use crate::transition::{Cause, Forbidden, transition};
use crate::turn::{attention, marks, word};
use crate::wait::{after, passed};
use cb_domain::ids::{OnboardingId, RequestKey, TenantId};
use cb_domain::operation::{
    Attention, AttentionReason, EventKind, Operation, OperationKind, OperationPayload, OperationState,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Sending rests so long: new orders may show late (S3).
pub const QUARANTINE: Duration = Duration::from_secs(30 * 60);
/// Between two looks while nothing is found.
pub const LOOK_AGAIN: Duration = Duration::from_secs(300);

/// Why sending is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A backup was restored.
    Restored,
    /// The book was opened by another installation than before.
    OtherInstallation,
}

/// What the lookups brought for one onboarding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Seen {
    /// Not looked up yet.
    NotYet,
    /// Nothing of it can be doubled: only reads, comparisons, or what a person must mend anyway.
    Harmless,
    /// Neither customer nor order of it is there.
    Absent,
    /// Orders made of its lines are there.
    Orders {
        /// Their ids.
        ids: Vec<String>,
        /// They cover all that was approved; else only a part.
        whole: bool,
    },
}

/// What the person has decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The orders found are the ones: nothing of them is sent again.
    TakeOver,
    /// It goes.
    Send,
}

/// One held onboarding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Which.
    pub onboarding: OnboardingId,
    /// What is known of it.
    pub seen: Seen,
    /// When that was asked.
    pub looked_at: Option<Timestamp>,
    /// What the person has decided and the worker has still to do.
    pub decision: Option<Decision>,
}

/// The quarantine of a restored book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantine {
    /// Since when.
    pub since: Timestamp,
    /// Why.
    pub why: Why,
    /// When the restored backup was made; `None` on another installation.
    pub backup_at: Option<Timestamp>,
    /// What is held.
    pub held: Vec<Held>,
    /// What a person has released: it goes though the quarantine lasts.
    #[serde(default)]
    pub released: Vec<OnboardingId>,
}

impl Quarantine {
    /// Begins one for these onboardings.
    #[must_use]
    pub fn begin(why: Why, backup_at: Option<Timestamp>, onboardings: Vec<OnboardingId>, now: Timestamp) -> Self {
        let held = |onboarding| Held { onboarding, seen: Seen::NotYet, looked_at: None, decision: None };
        Self { since: now, why, backup_at, held: onboardings.into_iter().map(held).collect(), released: Vec::new() }
    }

    /// When it ends.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        after(self.since, QUARANTINE)
    }

    /// Its time has passed. What is held stays so until released.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        passed(self.since, QUARANTINE, now)
    }

    /// The next one to be looked up now: never yet, decided, or not since the quarantine ended.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> Option<OnboardingId> {
        let due = |held: &&Held| match held.looked_at {
            None => true,
            Some(at) => {
                held.decision.is_some()
                    || (self.counts_later(held, now) && passed(at, LOOK_AGAIN, now))
                    || (self.is_over(now) && self.counts_later(held, now))
            }
        };
        self.held.iter().find(due).map(|held| held.onboarding)
    }

    /// When to look again, if nothing happens before.
    #[must_use]
    pub fn next_look(&self, now: Timestamp) -> Option<Timestamp> {
        let waiting = self.held.iter().filter(|held| self.counts_later(held, now));
        waiting.filter_map(|held| held.looked_at).map(|at| after(at, LOOK_AGAIN).min(self.until())).min()
    }

    /// An absent one only counts when it was asked after the quarantine (S3).
    fn counts_later(&self, held: &Held, _now: Timestamp) -> bool {
        held.seen == Seen::Absent && held.looked_at.is_some_and(|at| at < self.until())
    }

    /// May the person decide so now?
    #[must_use]
    pub fn may(&self, onboarding: OnboardingId, decision: Decision, now: Timestamp) -> bool {
        let Some(held) = self.held.iter().find(|held| held.onboarding == onboarding) else { return false };
        let settled = self.is_over(now) && held.looked_at.is_some_and(|at| at >= self.until());
        match (&held.seen, decision) {
            (Seen::Orders { whole, .. }, Decision::TakeOver) => *whole,
            (Seen::Harmless, Decision::Send) => true,
            // Orders of the same products are there: only the person's word, and not before the quarantine is over.
            (Seen::Orders { .. }, Decision::Send) => self.is_over(now),
            (Seen::Absent, Decision::Send) => settled,
            (Seen::NotYet, _) | (Seen::Absent | Seen::Harmless, Decision::TakeOver) => false,
        }
    }

    /// Lets one go.
    pub fn release(&mut self, onboarding: OnboardingId) {
        self.held.retain(|held| held.onboarding != onboarding);
        self.released.push(onboarding);
    }

    /// Whether operations of this onboarding rest. During the quarantine everything does that was not released: what
    /// was submitted since could double what the restored book has forgotten.
    #[must_use]
    pub fn holds(&self, onboarding: OnboardingId, now: Timestamp) -> bool {
        self.held.iter().any(|held| held.onboarding == onboarding)
            || (!self.is_over(now) && !self.released.contains(&onboarding))
    }
}

/// What an approved operation becomes when the book was restored: unknown, by the steps of the table of states. Reads,
/// comparisons and what a person was asked already stay as they are.
///
/// # Errors
/// [`Forbidden`] never, as long as the table of states has these lines.
pub fn restored(operation: &Operation, now: Timestamp) -> Result<Vec<Change>, Forbidden> {
    if !can_double(operation) {
        if marks(operation).session_holds {
            return Ok(vec![person::release(operation, now)?]);
        }
        return Ok(crate::restart(operation, now).into_iter().collect());
    }
    let mut changes = Vec::new();
    let mut before = operation.clone();
    let causes: &[Cause] = match operation.state {
        // Its session may have been released and sent since the backup: the quarantine holds it from here on, and the
        // person releases it there.
        OperationState::Queued if marks(operation).session_holds => {
            &[Cause::SessionReleased, Cause::Begun, Cause::Restarted]
        }
        OperationState::Queued => &[Cause::Begun, Cause::Restarted],
        OperationState::InFlight => &[Cause::Restarted],
        // Since the backup it may have been mended and sent.
        OperationState::NeedsAttention if !is_ambiguous(operation) && !is_partial(operation) => &[Cause::CheckAgain],
        OperationState::NeedsAttention
        | OperationState::Unknown
        | OperationState::Confirmed
        | OperationState::Cancelled => &[],
    };
    for (at, cause) in causes.iter().enumerate() {
        let last = at + 1 == causes.len();
        let mut change = change(&before, *cause, now)?;
        change.operation.attention = None;
        if last {
            change.entry = Some(EventKind::NoAnswer);
            "restored".clone_into(&mut change.reason);
            change.operation.ever_unknown = true;
        }
        before = change.operation.clone();
        changes.push(change);
    }
    Ok(changes)
}

/// What is known of one onboarding when it is looked up.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// All its operations by sequence.
    pub chain: &'a [Operation],
    /// Tenant of its customer, once known.
    pub tenant: Option<TenantId>,
    /// Orders of this customer that belong to something else.
    pub known_orders: &'a [String],
    /// Now.
    pub now: Timestamp,
}

/// What to do next for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Ask this.
    Ask(Call),
    /// That is what there is to see.
    Known(Seen),
}

/// The next question; `asked` is the number of prefixes that were looked up in this round.
#[must_use]
pub fn next(case: Case<'_>, asked: usize) -> Next {
    if case.tenant.is_none()
        && let Some((_, prefixes)) = wanted_customer(case.chain)
        && let Some(domain_prefix) = prefixes.get(asked)
    {
        return Next::Ask(Call::FindCustomer { domain_prefix: domain_prefix.clone() });
    }
    match (open_purchase(case.chain), case.tenant) {
        (Some(_), Some(tenant)) => Next::Ask(Call::ListOrders { tenant }),
        (Some(_), None) => Next::Known(Seen::Absent),
        // An upgrade is compared with what is there before it goes; moves may show late, so not before the quarantine ends.
        (None, _) if wanted_customer(case.chain).is_some() || open_upgrade(case.chain) => Next::Known(Seen::Absent),
        (None, _) => Next::Known(Seen::Harmless),
    }
}

/// The customer that was made, if it is among those found: same prefix, same name. It is taken over at once: a domain
/// is there once, and a name beside it proves whose it is.
///
/// # Errors
/// [`Forbidden`] when its operation is in no state to be settled.
pub fn customer_found(case: Case<'_>, found: &[FoundCustomer]) -> Result<Option<(Change, Consequence)>, Forbidden> {
    let Some((operation, prefixes)) = wanted_customer(case.chain) else { return Ok(None) };
    let OperationPayload::CreateCustomer(payload) = &operation.payload else { return Ok(None) };
    let ours = found.iter().find(|one| {
        prefixes.iter().any(|prefix| prefix.eq_ignore_ascii_case(&one.domain_prefix))
            && one.company_name.trim().to_lowercase() == payload.company_name.trim().to_lowercase()
    });
    let Some(ours) = ours else { return Ok(None) };
    let mut change = change(operation, Cause::Proven, case.now)?;
    change.entry = Some(EventKind::Adopted);
    change.operation.attention = None;
    change.operation.result.tenant_id = Some(ours.tenant);
    change.operation.result.domain_prefix = Some(ours.domain_prefix.clone());
    let made = Consequence::CustomerMade {
        tenant: ours.tenant,
        domain_prefix: ours.domain_prefix.clone(),
        user_name: String::new(),
        secret: Secret::Unavailable,
    };
    Ok(Some((change, made)))
}

/// What the customer's orders say.
#[must_use]
pub fn orders_seen(case: Case<'_>, orders: &[RemoteOrder]) -> Seen {
    let Some(purchase) = open_purchase(case.chain) else { return Seen::Harmless };
    let ours = candidates(case, purchase, orders);
    let Some(order) = order_of(case.chain, purchase) else { return Seen::Absent };
    match cover(&order.cart.lines, ours.iter().copied()) {
        Cover::Whole => Seen::Orders { ids: ids(&ours), whole: true },
        Cover::Nothing => Seen::Absent,
        Cover::Part | Cover::Other => Seen::Orders { ids: ids(&ours), whole: false },
    }
}

/// Takes the orders found over: cart and checkout are done. Empty when they do not cover what was approved.
///
/// # Errors
/// [`Forbidden`] when an operation is in no state to be settled.
pub fn take_over(case: Case<'_>, orders: &[RemoteOrder]) -> Result<Vec<(Change, Consequence)>, Forbidden> {
    let Some(purchase) = open_purchase(case.chain) else { return Ok(Vec::new()) };
    let ours: Vec<RemoteOrder> = candidates(case, purchase, orders).into_iter().cloned().collect();
    let Some(order) = order_of(case.chain, purchase) else { return Ok(Vec::new()) };
    if cover(&order.cart.lines, &ours) != Cover::Whole {
        return Ok(Vec::new());
    }
    let mut done = Vec::new();
    if order.create.state != OperationState::Confirmed {
        done.push((settled(order.create, case.now)?, Consequence::Nothing));
    }
    if let Some(checkout) = order.checkout.filter(|one| one.state != OperationState::Confirmed) {
        let mut change = settled(checkout, case.now)?;
        change.operation.result.order_ids = ours.iter().map(|order| order.id.clone()).collect();
        done.push((change, Consequence::Ordered(ours)));
    }
    Ok(done)
}

/// Lets an onboarding go after its lookups: what it buys begins anew under new keys, on the person's word (section 3).
/// A customer keeps its key, so that a repeated answer may still bring its password (S10).
///
/// # Errors
/// [`Forbidden`] when an operation is in no state for it.
pub fn let_go(
    chain: &[Operation],
    mut fresh_key: impl FnMut() -> RequestKey,
    now: Timestamp,
) -> Result<Vec<Change>, Forbidden> {
    let mut changes = Vec::new();
    for operation in chain.iter().filter(|one| one.state == OperationState::Unknown) {
        match operation.payload.kind() {
            OperationKind::ConfirmAgreement
            | OperationKind::CreateCart
            | OperationKind::CheckoutCart
            | OperationKind::UpgradeSubscription => {}
            OperationKind::CreateCustomer
            | OperationKind::VerifyOrder
            | OperationKind::UpdateCustomerProfile
            | OperationKind::SetResellerOfRecord
            | OperationKind::ChangeSubscription
            | OperationKind::SetSupportContact => continue,
        }
        let found = Attention { ambiguous: true, ..attention(AttentionReason::OutcomeUnknown, "") };
        let mut asked = change(operation, Cause::Unsettled, now)?;
        asked.entry = Some(EventKind::LookedUp);
        asked.reason = word(found.reason);
        asked.operation.attention = Some(found);
        let mut released = person::correct(&asked.operation, fresh_key(), now)?;
        released.entry = Some(EventKind::Released);
        "restored".clone_into(&mut released.reason);
        changes.push(asked);
        changes.push(released);
    }
    Ok(changes)
}

/// Operations whose second sending would make a second thing.
fn can_double(operation: &Operation) -> bool {
    match operation.payload.kind() {
        OperationKind::CreateCustomer
        | OperationKind::ConfirmAgreement
        | OperationKind::CreateCart
        | OperationKind::CheckoutCart
        | OperationKind::UpgradeSubscription => true,
        // Reads, or compared with what is there before anything is written.
        OperationKind::VerifyOrder
        | OperationKind::UpdateCustomerProfile
        | OperationKind::SetResellerOfRecord
        | OperationKind::ChangeSubscription
        | OperationKind::SetSupportContact => false,
    }
}

fn is_ambiguous(operation: &Operation) -> bool {
    operation.attention.as_ref().is_some_and(|attention| attention.ambiguous)
}

fn is_partial(operation: &Operation) -> bool {
    operation.attention.as_ref().is_some_and(|attention| attention.reason == AttentionReason::PartialCheckout)
}

/// The open creation of a customer, and every prefix it may have used.
fn wanted_customer(chain: &[Operation]) -> Option<(&Operation, &[String])> {
    chain.iter().filter(|one| is_unknown(one)).find_map(|one| match &one.payload {
        OperationPayload::CreateCustomer(payload) => Some((one, payload.prefixes.as_slice())),
        OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_)
        | OperationPayload::SetResellerOfRecord(_)
        | OperationPayload::ChangeSubscription(_)
        | OperationPayload::UpgradeSubscription(_)
        | OperationPayload::SetSupportContact(_) => None,
    })
}

/// The cart or checkout whose outcome is open; the checkout first, for it is the one that buys.
fn open_purchase(chain: &[Operation]) -> Option<&Operation> {
    let open = |kind| chain.iter().find(|one| is_unknown(one) && one.payload.kind() == kind);
    open(OperationKind::CheckoutCart).or_else(|| open(OperationKind::CreateCart))
}

fn open_upgrade(chain: &[Operation]) -> bool {
    chain.iter().any(|one| is_unknown(one) && one.payload.kind() == OperationKind::UpgradeSubscription)
}

fn is_unknown(operation: &Operation) -> bool {
    match operation.state {
        OperationState::Unknown => true,
        OperationState::NeedsAttention => is_ambiguous(operation),
        OperationState::Queued | OperationState::InFlight | OperationState::Confirmed | OperationState::Cancelled => {
            false
        }
    }
}

/// Orders that may be those of the purchase: made of approved lines only, and known as nothing else.
fn candidates<'o>(case: Case<'_>, purchase: &Operation, orders: &'o [RemoteOrder]) -> Vec<&'o RemoteOrder> {
    let Some(order) = order_of(case.chain, purchase) else { return Vec::new() };
    let own: Vec<&String> = case.chain.iter().flat_map(|one| &one.result.order_ids).collect();
    let mut left: Vec<_> = order.cart.lines.iter().collect();
    orders
        .iter()
        .filter(|one| !case.known_orders.contains(&one.id) && !own.contains(&&one.id))
        .filter(|one| !crate::compare::is_disowned(case.chain, &one.id))
        .filter(|one| match cover(left.iter().copied(), [*one]) {
            Cover::Whole | Cover::Part => {
                // One line for one: the same product may have been ordered twice.
                for line in &one.lines {
                    if let Some(at) = left.iter().position(|approved| crate::compare::is_same(approved, line)) {
                        left.swap_remove(at);
                    }
                }
                true
            }
            Cover::Nothing | Cover::Other => false,
        })
        .collect()
}

fn ids(orders: &[&RemoteOrder]) -> Vec<String> {
    orders.iter().map(|order| order.id.clone()).collect()
}

fn settled(operation: &Operation, now: Timestamp) -> Result<Change, Forbidden> {
    let mut change = change(operation, Cause::Proven, now)?;
    change.entry = Some(EventKind::Adopted);
    change.operation.attention = None;
    Ok(change)
}

fn change(before: &Operation, cause: Cause, now: Timestamp) -> Result<Change, Forbidden> {
    let mut operation = before.clone();
    operation.state = transition(before.state, cause, marks(before))?;
    operation.not_before = None;
    operation.hold = None;
    operation.hold_since = None;
    operation.updated_at = now;
    Ok(Change { cause, from: before.state, operation, entry: None, status: 0, code: 0, reason: String::new() })
}
