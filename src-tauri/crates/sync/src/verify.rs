//! `verify_order`: reads back what was bought and brings the subscriptions.

use crate::compare::{Cover, approved_cart, cover};
use crate::effect::{Consequence, Effect, Facts, Heard, Progress};
use crate::remote::{Answer, Call, RemoteOrder};
use crate::transition::Forbidden;
use crate::triage::{Verdict, judge};
use crate::turn::{Turn, attention};
use crate::wait::{ORDERS_LATE, RECHECK_HOLD, after, backoff, passed};
use cb_domain::ids::TenantId;
use cb_domain::operation::{AttentionReason, EventKind, OperationKind};
use cb_domain::subscription::Subscription;

/// Longest wait between two looks for subscriptions still being provisioned.
const STEADY: u32 = 5;

/// Its turn.
pub(crate) fn turn(_facts: &Facts, progress: &Progress, tenant: TenantId) -> Vec<Effect> {
    let call = if progress.orders_match { Call::ListSubscriptions { tenant } } else { Call::ListOrders { tenant } };
    vec![Effect::LookUp { call }]
}

/// An answer.
pub(crate) fn heard(
    facts: &Facts,
    progress: &mut Progress,
    tenant: TenantId,
    call: &Call,
    heard: Heard,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match heard {
        Heard::Answer(Answer::Orders(orders)) => compare(facts, progress, tenant, &orders),
        Heard::Answer(Answer::Subscriptions(subscriptions)) => bring(facts, progress, subscriptions),
        Heard::Refused(refusal) => match judge(OperationKind::VerifyOrder, &refusal) {
            Verdict::Hold(_) => turn.wait(after(facts.now, RECHECK_HOLD), None, ""),
            Verdict::Attention(found) => turn.read_refused(progress, &refusal, found),
        },
        Heard::Answer(_) => turn.no_sense(progress, call),
    }
}

fn order_ids(facts: &Facts) -> Vec<&String> {
    facts
        .chain
        .iter()
        .filter(|operation| operation.payload.kind() == OperationKind::CheckoutCart)
        .flat_map(|operation| &operation.result.order_ids)
        .collect()
}

fn compare(
    facts: &Facts,
    progress: &mut Progress,
    tenant: TenantId,
    orders: &[RemoteOrder],
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let ids = order_ids(facts);
    let ours: Vec<&RemoteOrder> = orders.iter().filter(|order| ids.contains(&&order.id)).collect();
    let approved = approved_cart(facts).map(|cart| cart.lines.as_slice()).unwrap_or_default();
    match cover(approved, ours) {
        Cover::Whole => {
            progress.orders_match = true;
            Ok(self::turn(facts, progress, tenant))
        }
        // New orders may show late; until then an incomplete list is no difference.
        Cover::Part | Cover::Nothing if !passed(since(facts), ORDERS_LATE, facts.now) => again(facts, progress),
        Cover::Part | Cover::Nothing | Cover::Other => {
            turn.settle_attention(attention(AttentionReason::OrderDiffers, "lines"))
        }
    }
}

/// When the order was placed, as the book knows it.
fn since(facts: &Facts) -> jiff::Timestamp {
    facts
        .chain
        .iter()
        .filter(|operation| operation.payload.kind() == OperationKind::CheckoutCart)
        .map(|operation| operation.updated_at)
        .max()
        .unwrap_or(facts.operation.approved_at)
}

fn bring(facts: &Facts, progress: &mut Progress, subscriptions: Vec<Subscription>) -> Result<Vec<Effect>, Forbidden> {
    let ids = order_ids(facts);
    let lines = approved_cart(facts).map(|cart| cart.lines.as_slice()).unwrap_or_default();
    let mut left: Vec<&Subscription> = subscriptions
        .iter()
        .filter(|subscription| subscription.order_id.as_ref().is_some_and(|order| ids.contains(&order)))
        .collect();
    let all_there = lines.iter().all(|line| {
        let at = left.iter().position(|one| one.sku == line.sku && one.quantity == line.quantity);
        at.map(|at| left.swap_remove(at)).is_some()
    });
    if !all_there {
        return again(facts, progress);
    }
    Turn(facts).confirm(EventKind::Confirmed, Consequence::Verified { subscriptions }, |_| ())
}

fn again(facts: &Facts, progress: &mut Progress) -> Result<Vec<Effect>, Forbidden> {
    progress.failed_reads = progress.failed_reads.saturating_add(1).min(STEADY);
    Turn(facts).wait(after(facts.now, backoff(progress.failed_reads, facts.random)), None, "")
}
