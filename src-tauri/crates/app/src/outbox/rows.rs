//! An operation as a row: its state in the person's words, and what it waits for.

use crate::lists::words;
use crate::views::{
    OperationKindView, OperationName, OperationRow, OperationStateView, SubscriptionChangeKind, WaitsFor,
};
use cb_domain::change::Change;
use cb_domain::ids::{OnboardingId, OperationId};
use cb_domain::operation::{
    CreateCart, HoldReason, Operation, OperationKind, OperationPayload, OperationState, SecretState,
};
use cb_domain::session::Session;
use cb_store::{Db, StoreError};
use cb_sync::queue::QueueState;
use jiff::Timestamp;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What rows need besides their operation, read once for all of them.
pub(crate) struct Around {
    setup_info: HashSet<OperationId>,
    queue: QueueState,
    now: Timestamp,
    submits: RefCell<HashMap<OnboardingId, Rc<Submit>>>,
}

/// What the rows of one Submit share.
struct Submit {
    chain: Vec<Operation>,
    session: Option<Session>,
}

impl Around {
    /// Reads it.
    pub(crate) fn read(db: &Db, queue: QueueState, now: Timestamp) -> Result<Self, StoreError> {
        let setup_info = db
            .secrets()
            .waiting()?
            .into_iter()
            .filter(|(secret, _)| matches!(secret.state, SecretState::Sealed | SecretState::Showing))
            .map(|(secret, _)| secret.operation_id)
            .collect();
        Ok(Self { setup_info, queue, now, submits: RefCell::default() })
    }

    /// The Submit of an operation, read with the first of its rows.
    fn submit(&self, db: &Db, id: OnboardingId) -> Result<Rc<Submit>, StoreError> {
        if let Some(known) = self.submits.borrow().get(&id) {
            return Ok(Rc::clone(known));
        }
        let chain = db.operations().of_onboarding(id)?;
        let read = Rc::new(Submit { chain, session: db.sessions().of_onboarding(id)? });
        self.submits.borrow_mut().insert(id, Rc::clone(&read));
        Ok(read)
    }
}

/// The row of an operation.
pub(crate) fn row(db: &Db, operation: &Operation, name: &str, around: &Around) -> Result<OperationRow, StoreError> {
    let submit = around.submit(db, operation.onboarding_id)?;
    let cart = cart_in(&submit.chain, operation);
    let lines = cart.map_or(0, |cart| u32::try_from(cart.lines.len()).unwrap_or(u32::MAX));
    let licences = cart.map_or(0, |cart| cart.lines.iter().map(|line| line.quantity).sum());
    let session = submit.session.as_ref();
    let about = about(&operation.payload);
    let (waits, after) = waits_for(db, operation, &submit, around)?;
    Ok(OperationRow {
        id: operation.id.to_string(),
        onboarding_id: operation.onboarding_id.to_string(),
        session_id: session.map(|session| session.id.to_string()),
        session_name: session.map(|session| session.name.clone()).unwrap_or_default(),
        kind: kind(operation.payload.kind()),
        state: state(operation),
        customer_id: operation.customer_id.to_string(),
        customer_name: name.to_owned(),
        customer_hint: String::new(),
        customer_entered: None,
        lines,
        licences: about.licences.unwrap_or(licences),
        product: about.product.to_owned(),
        change: about.change,
        auto_renew: about.auto_renew,
        target: about.target.to_owned(),
        after,
        waits_for: waits,
        not_before: throttled_until(operation, around).or(operation.not_before).map(|at| at.to_string()),
        hold: operation.hold.map(words::hold),
        hold_since: operation.hold_since.map(|at| at.to_string()),
        attention: operation.attention.as_ref().map(|attention| words::attention(attention.reason)),
        setup_info_waits: around.setup_info.contains(&operation.id),
        updated_at: operation.updated_at.to_string(),
    })
}

/// A change by what tells it from the next.
pub(super) fn name_of(operation: &Operation) -> OperationName {
    let about = about(&operation.payload);
    OperationName {
        id: operation.id.to_string(),
        kind: kind(operation.payload.kind()),
        licences: about.licences.unwrap_or_default(),
        product: about.product.to_owned(),
        change: about.change,
        auto_renew: about.auto_renew,
        target: about.target.to_owned(),
    }
}

/// It changes something that is there, and is no step of an order or of a new customer.
pub(super) fn is_change(operation: &Operation) -> bool {
    match operation.payload.kind() {
        OperationKind::CreateCustomer
        | OperationKind::ConfirmAgreement
        | OperationKind::CreateCart
        | OperationKind::CheckoutCart
        | OperationKind::VerifyOrder => false,
        OperationKind::UpdateCustomerProfile
        | OperationKind::SetResellerOfRecord
        | OperationKind::ChangeSubscription
        | OperationKind::UpgradeSubscription
        | OperationKind::SetSupportContact => true,
    }
}

/// The first operation that must be confirmed before this one goes; most are of the same Submit.
fn earlier(db: &Db, operation: &Operation, submit: &Submit) -> Result<Option<Operation>, StoreError> {
    for id in &operation.parents {
        let parent = match submit.chain.iter().find(|one| one.id == *id) {
            Some(parent) => Some(parent.clone()),
            None => db.operations().get(*id)?,
        };
        if let Some(parent) = parent.filter(|one| one.state != OperationState::Confirmed) {
            return Ok(Some(parent));
        }
    }
    Ok(None)
}

/// What tells one change of a subscription from the next.
#[derive(Default)]
struct About<'a> {
    product: &'a str,
    change: Option<SubscriptionChangeKind>,
    licences: Option<u32>,
    auto_renew: Option<bool>,
    target: &'a str,
}

fn about(payload: &OperationPayload) -> About<'_> {
    match payload {
        OperationPayload::ChangeSubscription(one) => About {
            product: &one.product_name,
            change: Some(crate::subscription::kind_of(&one.change)),
            licences: match &one.change {
                Change::Licences { quantity } => Some(*quantity),
                Change::AtRenewal { next } => Some(next.quantity),
                Change::AutoRenew { .. }
                | Change::DropAtRenewal
                | Change::Cancel
                | Change::Suspend
                | Change::Resume => None,
            },
            auto_renew: match &one.change {
                Change::AutoRenew { on, .. } => Some(*on),
                Change::Licences { .. }
                | Change::AtRenewal { .. }
                | Change::DropAtRenewal
                | Change::Cancel
                | Change::Suspend
                | Change::Resume => None,
            },
            target: "",
        },
        OperationPayload::UpgradeSubscription(one) => About {
            product: &one.product_name,
            change: Some(SubscriptionChangeKind::Upgrade),
            licences: Some(one.quantity),
            target: &one.target_title,
            ..About::default()
        },
        OperationPayload::SetSupportContact(one) => About {
            product: &one.product_name,
            change: Some(SubscriptionChangeKind::SupportContact),
            target: &one.name,
            ..About::default()
        },
        OperationPayload::SetResellerOfRecord(one) => {
            About { product: &one.product_name, target: &one.reseller_name, ..About::default() }
        }
        OperationPayload::CreateCustomer(_)
        | OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_) => About::default(),
    }
}

/// The order that an operation belongs to; none for those that come before it.
pub(super) fn cart_of(db: &Db, operation: &Operation) -> Result<Option<CreateCart>, StoreError> {
    Ok(cart_in(&db.operations().of_onboarding(operation.onboarding_id)?, operation).cloned())
}

/// The same, of a Submit that was read before.
fn cart_in<'a>(chain: &'a [Operation], operation: &'a Operation) -> Option<&'a CreateCart> {
    match &operation.payload {
        OperationPayload::CreateCart(cart) => Some(cart),
        OperationPayload::CreateCustomer(_)
        | OperationPayload::ConfirmAgreement(_)
        | OperationPayload::UpdateCustomerProfile(_)
        | OperationPayload::SetResellerOfRecord(_)
        | OperationPayload::ChangeSubscription(_)
        | OperationPayload::UpgradeSubscription(_)
        | OperationPayload::SetSupportContact(_) => None,
        OperationPayload::CheckoutCart | OperationPayload::VerifyOrder => {
            cb_sync::compare::order_of(chain, operation).map(|order| order.cart)
        }
    }
}

/// A kind in the words of the screens.
pub(crate) fn kind(kind: OperationKind) -> OperationKindView {
    match kind {
        OperationKind::CreateCustomer => OperationKindView::CreateCustomer,
        OperationKind::ConfirmAgreement => OperationKindView::ConfirmAgreement,
        OperationKind::CreateCart => OperationKindView::CreateCart,
        OperationKind::CheckoutCart => OperationKindView::CheckoutCart,
        OperationKind::VerifyOrder => OperationKindView::VerifyOrder,
        OperationKind::UpdateCustomerProfile => OperationKindView::UpdateCustomerProfile,
        OperationKind::SetResellerOfRecord => OperationKindView::SetResellerOfRecord,
        OperationKind::ChangeSubscription => OperationKindView::ChangeSubscription,
        OperationKind::UpgradeSubscription => OperationKindView::UpgradeSubscription,
        OperationKind::SetSupportContact => OperationKindView::SetSupportContact,
    }
}

pub(super) fn state(operation: &Operation) -> OperationStateView {
    match operation.state {
        OperationState::Queued if operation.hold.is_some() => OperationStateView::OnHold,
        OperationState::Queued => OperationStateView::Waiting,
        OperationState::InFlight | OperationState::Unknown => OperationStateView::Sending,
        OperationState::NeedsAttention => OperationStateView::NeedsAttention,
        OperationState::Confirmed => OperationStateView::Confirmed,
        OperationState::Cancelled => OperationStateView::Cancelled,
    }
}

/// Until when Partner Center asked to wait, for what has not been sent (N2).
fn throttled_until(operation: &Operation, around: &Around) -> Option<Timestamp> {
    let waits = matches!(operation.state, OperationState::Queued | OperationState::Unknown) && operation.hold.is_none();
    around.queue.throttled_until.filter(|until| waits && *until > around.now)
}

/// What it waits for, and the change that it comes after.
fn waits_for(
    db: &Db,
    operation: &Operation,
    submit: &Submit,
    around: &Around,
) -> Result<(WaitsFor, Option<OperationName>), StoreError> {
    let alone = |waits| Ok((waits, None));
    match operation.state {
        OperationState::InFlight
        | OperationState::NeedsAttention
        | OperationState::Confirmed
        | OperationState::Cancelled => return alone(WaitsFor::Nothing),
        OperationState::Queued | OperationState::Unknown => {}
    }
    match operation.hold {
        Some(HoldReason::CustomerUnderReview) => return alone(WaitsFor::Review),
        Some(HoldReason::AgreementOpen) => return alone(WaitsFor::Agreement),
        Some(HoldReason::TenantBeingMade) => return alone(WaitsFor::Customer),
        Some(HoldReason::ResellerNotFit | HoldReason::KeychainMissing | HoldReason::SessionNotReleased) => {
            return alone(WaitsFor::Nothing);
        }
        None => {}
    }
    if let Some(parent) = earlier(db, operation, submit)? {
        return Ok(match parent.payload.kind() {
            OperationKind::CreateCustomer => (WaitsFor::Customer, None),
            OperationKind::ConfirmAgreement => (WaitsFor::Agreement, None),
            OperationKind::CreateCart => (WaitsFor::Cart, None),
            OperationKind::CheckoutCart | OperationKind::VerifyOrder => (WaitsFor::Checkout, None),
            OperationKind::UpdateCustomerProfile
            | OperationKind::SetResellerOfRecord
            | OperationKind::ChangeSubscription
            | OperationKind::UpgradeSubscription
            | OperationKind::SetSupportContact => (WaitsFor::Change, Some(name_of(&parent))),
        });
    }
    alone(turn(operation, around))
}

/// What one waits for that could go as far as the others are concerned.
fn turn(operation: &Operation, around: &Around) -> WaitsFor {
    let queue = &around.queue;
    if queue.work_offline {
        WaitsFor::WorkingOffline
    } else if queue.sign_in {
        WaitsFor::SignIn
    } else if queue.offline {
        WaitsFor::Network
    } else if queue.paused {
        WaitsFor::Paused
    } else if throttled_until(operation, around).is_some() {
        WaitsFor::Throttled
    } else if operation.not_before.is_some_and(|at| at > around.now) {
        WaitsFor::Retry
    } else if operation.state == OperationState::Unknown {
        // Its answer was lost: it is looked up before anything is sent again (S3).
        WaitsFor::LookUp
    } else {
        WaitsFor::Turn
    }
}
