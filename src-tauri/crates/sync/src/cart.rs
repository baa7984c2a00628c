//! `create_cart`: only for an account that may buy, only when no order exists already, only at the approved price.

use crate::compare::price_differs;
use crate::effect::{Consequence, Effect, Facts, Heard, Progress};
use crate::remote::{Answer, Call, RefusalClass, RemoteLine, RemoteOrder};
use crate::transition::{Cause, Forbidden};
use crate::triage::line_attention;
use crate::turn::{Turn, attention};
use crate::wait::{RECHECK_HOLD, WIRE_TRIES, after};
use cb_domain::customer::AccountReview;
use cb_domain::ids::TenantId;
use cb_domain::operation::{
    Attention, AttentionReason, CreateCart, EventKind, HoldReason, OperationKind, OperationState,
};

/// 404 with this code: there is no review.
const NO_REVIEW: u32 = 600_074;

/// Its turn.
pub(crate) fn turn(
    facts: &Facts,
    progress: &Progress,
    payload: &CreateCart,
    tenant: TenantId,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match facts.operation.state {
        OperationState::Unknown if facts.operation.wire_tries >= WIRE_TRIES => {
            turn.unsettled(AttentionReason::OutcomeUnknown, "")
        }
        OperationState::Queued if !progress.account_allowed => {
            Ok(vec![Effect::LookUp { call: Call::AccountReview { tenant } }])
        }
        OperationState::Queued if must_read_orders(facts) && !progress.orders_read => {
            Ok(vec![Effect::LookUp { call: Call::ListOrders { tenant } }])
        }
        OperationState::Queued
        | OperationState::Unknown
        | OperationState::InFlight
        | OperationState::NeedsAttention
        | OperationState::Confirmed
        | OperationState::Cancelled => turn.send(Call::CreateCart {
            tenant,
            country: facts.country.clone(),
            reseller_partner_id: payload.reseller_partner_id.clone(),
            lines: payload.lines.clone(),
        }),
    }
}

/// S4: a customer whose creation was once unknown may have orders. Also under a later revision, which may have come
/// about for another reason.
fn must_read_orders(facts: &Facts) -> bool {
    facts.chain.iter().any(|operation| {
        // A new revision forgets that one before it was unknown.
        operation.payload.kind() == OperationKind::CreateCustomer && (operation.ever_unknown || operation.revision > 1)
    })
}

/// An answer.
pub(crate) fn heard(
    facts: &Facts,
    progress: &mut Progress,
    payload: &CreateCart,
    tenant: TenantId,
    call: &Call,
    heard: Heard,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match heard {
        Heard::Answer(Answer::Review(review)) => reviewed(facts, progress, payload, tenant, review),
        Heard::Refused(refusal) if matches!(call, Call::AccountReview { .. }) && refusal.code == NO_REVIEW => {
            progress.account_allowed = true;
            self::turn(facts, progress, payload, tenant)
        }
        Heard::Answer(Answer::Orders(orders)) => {
            // After the person's word it is not asked again for the same orders.
            let own = |id: &String| facts.chain.iter().any(|one| one.result.order_ids.contains(id));
            let shown = &facts.operation.result.orders_shown;
            let disowned = |id: &str| crate::compare::is_disowned(&facts.chain, id);
            let new = |order: &&RemoteOrder| !shown.contains(&order.id) && !own(&order.id) && !disowned(&order.id);
            let matches: Vec<String> = orders
                .iter()
                .filter(new)
                .filter(|order| shares_product(payload, order))
                .map(|order| order.id.clone())
                .collect();
            if !matches.is_empty() {
                let found = attention(AttentionReason::OrderMayExist, "lines");
                return turn
                    .settle_definite_with(found, Consequence::Nothing, |result| result.orders_shown.extend(matches));
            }
            progress.orders_read = true;
            self::turn(facts, progress, payload, tenant)
        }
        Heard::Answer(Answer::Cart { cart_id, lines }) => cart_made(facts, payload, cart_id, lines),
        Heard::Refused(refusal) if matches!(call, Call::CreateCart { .. }) => {
            if refusal.class == RefusalClass::Busy {
                return turn.busy(&refusal);
            }
            if facts.operation.ever_unknown {
                return turn.refused_unknown(&refusal);
            }
            turn.write_refused(OperationKind::CreateCart, &refusal)
        }
        Heard::Refused(refusal) => turn.lookup_refused(OperationKind::CreateCart, progress, &refusal),
        Heard::Answer(_) => turn.no_sense(progress, call),
    }
}

fn reviewed(
    facts: &Facts,
    progress: &mut Progress,
    payload: &CreateCart,
    tenant: TenantId,
    review: AccountReview,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match review {
        // Unknown blocks no purchase; the checkout says so if it does.
        AccountReview::Allowed | AccountReview::Unknown => {
            progress.account_allowed = true;
            self::turn(facts, progress, payload, tenant)
        }
        AccountReview::UnderReview => {
            let held = turn.hold_change(HoldReason::CustomerUnderReview, after(facts.now, RECHECK_HOLD))?;
            Ok(vec![Effect::Save { changes: vec![held], consequence: Consequence::Review(review) }])
        }
        AccountReview::NotReady => turn.tenant_being_made(None),
        AccountReview::NotAllowed => {
            turn.settle(Cause::Refused, attention(AttentionReason::AccountNotAllowed, ""), Consequence::Review(review))
        }
    }
}

fn shares_product(payload: &CreateCart, order: &RemoteOrder) -> bool {
    order
        .lines
        .iter()
        .any(|line| payload.lines.iter().any(|wanted| wanted.sku.product_id.eq_ignore_ascii_case(&line.sku.product_id)))
}

fn cart_made(
    facts: &Facts,
    payload: &CreateCart,
    cart_id: String,
    lines: Vec<RemoteLine>,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let problem = line_attention(&lines).or_else(|| {
        price_differs(&payload.lines, &lines)
            .then(|| Attention { status: 201, ..attention(AttentionReason::PriceChanged, "lines") })
    });
    match problem {
        None => turn.confirm(EventKind::Confirmed, Consequence::Nothing, |result| {
            // S2: stored once; a later answer never replaces it.
            result.cart_id.get_or_insert(cart_id);
        }),
        Some(found) => {
            // The answer is definite even after an unknown one: a cart costs nothing and this one is left to expire.
            let consequence = if found.reason == AttentionReason::PriceChanged {
                Consequence::Prices(lines)
            } else {
                Consequence::Nothing
            };
            turn.settle_definite(found, consequence)
        }
    }
}
