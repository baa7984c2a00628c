//! `verify_order`: reads back what was bought and brings the subscriptions.

use crate::compare::{Cover, cover, order_of};
use crate::effect::{Consequence, Effect, Facts, Heard, Progress};
use crate::remote::{Answer, Call, RemoteOrder};
use crate::transition::Forbidden;
use crate::triage::{Verdict, judge};
use crate::turn::{Turn, attention};
use crate::wait::{ORDERS_LATE, RECHECK_HOLD, after, backoff, passed};
use cb_domain::ids::TenantId;
use cb_domain::operation::{AttentionReason, EventKind, OperationKind, OrderLine};
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
    let checkout = order_of(&facts.chain, &facts.operation).and_then(|order| order.checkout);
    checkout.map(|checkout| checkout.result.order_ids.iter().collect()).unwrap_or_default()
}

fn bought(facts: &Facts) -> Vec<&OrderLine> {
    order_of(&facts.chain, &facts.operation).map(|order| order.bought()).unwrap_or_default()
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
    match cover(bought(facts), ours) {
        Cover::Whole => {
            progress.orders_match = true;
            Ok(self::turn(facts, progress, tenant))
        }
        // New orders may show late; until then an incomplete list is no difference.
        Cover::Part | Cover::Nothing
            if !passed(*progress.incomplete_since.get_or_insert(facts.steady), ORDERS_LATE, facts.steady) =>
        {
            again(facts, progress)
        }
        Cover::Part | Cover::Nothing | Cover::Other => {
            turn.settle_attention(attention(AttentionReason::OrderDiffers, "lines"))
        }
    }
}

fn bring(facts: &Facts, progress: &mut Progress, subscriptions: Vec<Subscription>) -> Result<Vec<Effect>, Forbidden> {
    let ids = order_ids(facts);
    let lines = bought(facts);
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
