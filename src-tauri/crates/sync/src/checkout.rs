//! `checkout_cart`: the same stored cart until it is known what became of it (S2, S3, S5).

use crate::compare::{Cover, candidates, cover, doubtful, line_outcomes, order_of};
use crate::effect::{Consequence, Effect, Facts, Heard, Progress, Refusal};
use crate::remote::{Answer, Call, CheckoutResult, RefusalClass, RemoteOrder};
use crate::transition::Forbidden;
use crate::triage::{Verdict, judge};
use crate::turn::{Turn, attention};
use crate::wait::{ABSENT_AGAIN, ORDERS_LATE, WIRE_TRIES, after, passed};
use cb_domain::ids::TenantId;
use cb_domain::operation::{Attention, AttentionReason, EventKind, Found, OperationKind, OperationState, OrderLine};

/// Its turn.
pub(crate) fn turn(facts: &Facts, progress: &Progress, tenant: TenantId) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let cart_id = facts
        .chain
        .iter()
        .filter(|operation| operation.payload.kind() == OperationKind::CreateCart)
        .filter(|operation| facts.operation.parents.contains(&operation.id))
        .find_map(|operation| operation.result.cart_id.clone());
    // After the person has disowned an order this cart is never sent again: it might buy a second time (S3).
    let spent =
        progress.refused || facts.operation.wire_tries >= WIRE_TRIES || !facts.operation.result.disowned.is_empty();
    if facts.operation.state == OperationState::Unknown && spent {
        return Ok(vec![Effect::LookUp { call: Call::ListOrders { tenant } }]);
    }
    match cart_id {
        Some(cart_id) => turn.send(Call::CheckoutCart { tenant, cart_id }),
        None => turn.settle_attention(attention(AttentionReason::CartExpired, "")),
    }
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
        Heard::Answer(Answer::CheckedOut(result)) => checked_out(facts, result),
        Heard::Answer(Answer::Orders(orders)) => looked_up(facts, progress, orders),
        Heard::Refused(refusal) if matches!(call, Call::CheckoutCart { .. }) => {
            refused(facts, progress, tenant, &refusal)
        }
        Heard::Refused(refusal) => match judge(OperationKind::CheckoutCart, &refusal) {
            Verdict::Hold(_) => turn.wait(after(facts.now, ABSENT_AGAIN), None, ""),
            Verdict::Attention(found) => turn.read_refused(progress, &refusal, found),
        },
        Heard::Answer(_) => turn.no_sense(progress, call),
    }
}

fn checked_out(facts: &Facts, result: CheckoutResult) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let CheckoutResult { orders, errors } = result;
    let ids: Vec<String> = orders.iter().map(|order| order.id.clone()).collect();
    match (orders.is_empty(), errors.first()) {
        (false, None) => {
            turn.confirm(EventKind::Confirmed, Consequence::Ordered(orders), |result| result.order_ids = ids)
        }
        (false, Some(code)) => {
            // S5: what worked is kept, nothing is checked out again by itself.
            let found = Attention { code: *code, status: 201, ..attention(AttentionReason::PartialCheckout, "lines") };
            let lines = order_of(&facts.chain, &facts.operation)
                .map(|order| line_outcomes(&order.cart.lines, &orders, &errors))
                .unwrap_or_default();
            turn.settle_definite_with(found, Consequence::Ordered(orders), |result| {
                result.order_ids = ids;
                result.lines = lines;
            })
        }
        (true, Some(code)) => {
            let refusal = Refusal { class: RefusalClass::Other, status: 201, code: *code, data: Vec::new() };
            let found = match judge(OperationKind::CheckoutCart, &refusal) {
                Verdict::Attention(found) => found,
                Verdict::Hold(_) => refusal.attention(AttentionReason::Unexpected, ""),
            };
            turn.settle_definite(found, Consequence::Nothing)
        }
        (true, None) => turn.no_answer(Consequence::Nothing),
    }
}

fn refused(
    facts: &Facts,
    progress: &mut Progress,
    tenant: TenantId,
    refusal: &Refusal,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match refusal.class {
        RefusalClass::DoneAlready => {
            // 800065: this cart was bought; the orders say as what.
            progress.refused = true;
            return Ok(vec![Effect::LookUp { call: Call::ListOrders { tenant } }]);
        }
        RefusalClass::Busy => return turn.busy(refusal),
        RefusalClass::Permission
        | RefusalClass::Fixable
        | RefusalClass::Conflict
        | RefusalClass::NotFound
        | RefusalClass::Other => {}
    }
    if facts.operation.ever_unknown {
        // S3: only order lookups settle it now.
        progress.refused = true;
        return turn.refused_unknown(refusal);
    }
    turn.write_refused(OperationKind::CheckoutCart, refusal)
}

/// An order that a person may know as theirs.
fn found_order(order: &RemoteOrder, approved: &[OrderLine]) -> Found {
    let lines: Vec<String> = order
        .lines
        .iter()
        .map(|line| format!("{}:{} × {}", line.sku.product_id, line.sku.sku_id, line.quantity))
        .collect();
    let has =
        line_outcomes(approved, std::slice::from_ref(order), &[]).into_iter().filter(|one| one.order_id.is_some());
    Found {
        id: order.id.clone(),
        name: lines.join(", "),
        at: order.created_at,
        lines: has.map(|one| one.number).collect(),
        same: cover(approved, [order]) == Cover::Whole,
    }
}

fn looked_up(facts: &Facts, progress: &mut Progress, orders: Vec<RemoteOrder>) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let Some(cart) = order_of(&facts.chain, &facts.operation).map(|order| order.cart) else {
        return turn.unsettled(AttentionReason::OrderMayExist, "lines");
    };
    // Each order by itself must be made of approved lines only; others are somebody else's.
    let ours: Vec<RemoteOrder> = candidates(facts, &orders)
        .into_iter()
        .filter(|order| matches!(cover(&cart.lines, [*order]), Cover::Whole | Cover::Part))
        .cloned()
        .collect();
    let ids: Vec<String> = ours.iter().map(|order| order.id.clone()).collect();
    if cover(&cart.lines, &ours) == Cover::Whole {
        return turn.confirm(EventKind::Confirmed, Consequence::Ordered(ours), |result| result.order_ids = ids);
    }
    if facts.operation.state == OperationState::InFlight {
        // Bought, says the server, and its orders do not show yet.
        return turn.no_answer(Consequence::Nothing);
    }
    // By the monotonic clock (N3), so from the first look of this run on: never earlier than the last sending. What the
    // person has disowned was found by such looks, and nothing was sent since: one more look is as good as all of them.
    let since = *progress.absent_since.get_or_insert(facts.steady);
    let is_late_enough = passed(since, ORDERS_LATE, facts.steady) || !facts.operation.result.disowned.is_empty();
    if is_late_enough {
        progress.absent_since = None;
        if !ours.is_empty() {
            // Approved lines only, and not all of them: bought in part (S5).
            let lines = line_outcomes(&cart.lines, &ours, &[]);
            return turn.unsettled_with(AttentionReason::PartialCheckout, "lines", |result| {
                result.order_ids = ids;
                result.lines = lines;
            });
        }
        let found = doubtful(facts, &orders).into_iter().map(|order| found_order(order, &cart.lines)).collect();
        return turn.unsettled_with(AttentionReason::OrderMayExist, "lines", |result| result.found = found);
    }
    turn.wait(after(facts.now, ABSENT_AGAIN), Some(EventKind::LookedUp), "absent")
}
