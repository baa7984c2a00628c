//! A second order of a product while the first is not settled: what *Review* names, and what Submit asks a second word for.

use super::told;
use crate::views::{UnsettledLine, UnsettledOrderView, UnsettledStanding};
use cb_domain::catalogue::SkuKey;
use cb_domain::draft::Draft;
use cb_domain::ids::OperationId;
use cb_domain::operation::Operation;
use cb_domain::unsettled::{Standing, UnsettledOrder, may_order_again, unsettled_orders};
use cb_store::{Db, StoreError};

/// The operations of the customer of a draft that orders; empty for every other draft, a new customer's included.
fn operations(db: &Db, draft: &Draft) -> Result<Vec<Operation>, StoreError> {
    match draft.purpose.customer_id().filter(|_| draft.purpose.is_order()) {
        Some(customer) => db.operations().of_customer(customer),
        None => Ok(Vec::new()),
    }
}

fn of_draft<'a>(operations: &'a [Operation], draft: &Draft) -> Vec<UnsettledOrder<'a>> {
    let wanted: Vec<SkuKey> = draft.content.lines.iter().map(|line| line.sku.clone()).collect();
    unsettled_orders(operations, &wanted, draft.purpose.mends())
}

/// What *Review* names.
pub(super) fn views(db: &Db, draft: &Draft) -> Result<Vec<UnsettledOrderView>, StoreError> {
    Ok(of_draft(&operations(db, draft)?, draft).iter().map(view).collect())
}

/// The second word is there for each order that is not settled, or there is none.
pub(super) fn allowed(db: &Db, draft: &Draft, agreed: &[OperationId]) -> Result<bool, StoreError> {
    Ok(may_order_again(&of_draft(&operations(db, draft)?, draft), agreed))
}

fn view(order: &UnsettledOrder<'_>) -> UnsettledOrderView {
    UnsettledOrderView {
        order: order.order.to_string(),
        operation: order.at.id.to_string(),
        standing: standing(order.standing),
        approved_at: told(order.at.approved_at),
        lines: order
            .lines
            .iter()
            .map(|line| UnsettledLine { title: line.title.clone(), quantity: line.quantity })
            .collect(),
    }
}

fn standing(standing: Standing) -> UnsettledStanding {
    match standing {
        Standing::Waiting => UnsettledStanding::Waiting,
        Standing::OnHold => UnsettledStanding::OnHold,
        Standing::Sending => UnsettledStanding::Sending,
        Standing::AnswerLost => UnsettledStanding::AnswerLost,
        Standing::IsItOurs => UnsettledStanding::IsItOurs,
        Standing::NeedsAttention => UnsettledStanding::NeedsAttention,
    }
}
