//! An operation as a row: its state in the person's words, and what it waits for.

use crate::lists::words;
use crate::views::{
    OperationKindView, OperationName, OperationRow, OperationStateView, SubscriptionChangeKind, WaitsFor,
};
use cb_domain::change::Change;
use cb_domain::ids::OperationId;
use cb_domain::operation::{
    CreateCart, HoldReason, Operation, OperationKind, OperationPayload, OperationState, SecretState,
};
use cb_store::{Db, StoreError};
use cb_sync::queue::QueueState;
use jiff::Timestamp;
use std::collections::HashSet;

/// What rows need besides their operation, read once for all of them.
pub(crate) struct Around {
    setup_info: HashSet<OperationId>,
    queue: QueueState,
    now: Timestamp,
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
        Ok(Self { setup_info, queue, now })
    }
}

/// The row of an operation.
pub(crate) fn row(db: &Db, operation: &Operation, name: &str, around: &Around) -> Result<OperationRow, StoreError> {
    let cart = cart_of(db, operation)?;
    let lines = cart.as_ref().map_or(0, |cart| u32::try_from(cart.lines.len()).unwrap_or(u32::MAX));
    let session = db.sessions().of_onboarding(operation.onboarding_id)?;
    let licences = cart.map_or(0, |cart| cart.lines.iter().map(|line| line.quantity).sum());
    let about = about(&operation.payload);
    let waits = waits_for(db, operation, around)?;
    Ok(OperationRow {
        id: operation.id.to_string(),
        onboarding_id: operation.onboarding_id.to_string(),
        session_id: session.as_ref().map(|session| session.id.to_string()),
        session_name: session.map(|session| session.name).unwrap_or_default(),
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
        after: match waits {
            WaitsFor::Change => earlier(db, operation)?.as_ref().map(name_of),
            WaitsFor::Nothing
            | WaitsFor::Customer
            | WaitsFor::Agreement
            | WaitsFor::Cart
            | WaitsFor::Checkout
            | WaitsFor::LookUp
            | WaitsFor::Network
            | WaitsFor::Turn
            | WaitsFor::Retry
            | WaitsFor::Review
            | WaitsFor::WorkingOffline
            | WaitsFor::Paused
            | WaitsFor::Throttled
            | WaitsFor::SignIn => None,
        },
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

/// The first operation that must be confirmed before this one goes.
fn earlier(db: &Db, operation: &Operation) -> Result<Option<Operation>, StoreError> {
    for parent in &operation.parents {
        if let Some(parent) = db.operations().get(*parent)?.filter(|one| one.state != OperationState::Confirmed) {
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
    match &operation.payload {
        OperationPayload::CreateCart(cart) => Ok(Some(cart.clone())),
        OperationPayload::CreateCustomer(_)
        | OperationPayload::ConfirmAgreement(_)
        | OperationPayload::UpdateCustomerProfile(_)
        | OperationPayload::SetResellerOfRecord(_)
        | OperationPayload::ChangeSubscription(_)
        | OperationPayload::UpgradeSubscription(_)
        | OperationPayload::SetSupportContact(_) => Ok(None),
        OperationPayload::CheckoutCart | OperationPayload::VerifyOrder => {
            let chain = db.operations().of_onboarding(operation.onboarding_id)?;
            Ok(cb_sync::compare::order_of(&chain, operation).map(|order| order.cart.clone()))
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

fn waits_for(db: &Db, operation: &Operation, around: &Around) -> Result<WaitsFor, StoreError> {
    match operation.state {
        OperationState::InFlight
        | OperationState::NeedsAttention
        | OperationState::Confirmed
        | OperationState::Cancelled => return Ok(WaitsFor::Nothing),
        OperationState::Queued | OperationState::Unknown => {}
    }
    match operation.hold {
        Some(HoldReason::CustomerUnderReview) => return Ok(WaitsFor::Review),
        Some(HoldReason::AgreementOpen) => return Ok(WaitsFor::Agreement),
        Some(HoldReason::TenantBeingMade) => return Ok(WaitsFor::Customer),
        Some(HoldReason::ResellerNotFit | HoldReason::KeychainMissing | HoldReason::SessionNotReleased) => {
            return Ok(WaitsFor::Nothing);
        }
        None => {}
    }
    if let Some(parent) = earlier(db, operation)? {
        return Ok(match parent.payload.kind() {
            OperationKind::CreateCustomer => WaitsFor::Customer,
            OperationKind::ConfirmAgreement => WaitsFor::Agreement,
            OperationKind::CreateCart => WaitsFor::Cart,
            OperationKind::CheckoutCart | OperationKind::VerifyOrder => WaitsFor::Checkout,
            OperationKind::UpdateCustomerProfile
            | OperationKind::SetResellerOfRecord
            | OperationKind::ChangeSubscription
            | OperationKind::UpgradeSubscription
            | OperationKind::SetSupportContact => WaitsFor::Change,
        });
    }
    let queue = &around.queue;
    Ok(if queue.work_offline {
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
    })
}
