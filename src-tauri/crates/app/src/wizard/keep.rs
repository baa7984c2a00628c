//! What was typed outlives its operations: when these are cancelled, it stays as a draft.

use super::mend::{as_chosen, as_last_approved};
use cb_domain::draft::{CustomerForm, Draft, DraftContent, DraftPurpose, LineForm, WizardStep};
use cb_domain::ids::{CustomerId, DraftId, OnboardingId};
use cb_domain::operation::{Operation, OperationKind};
use cb_store::{StoreError, Tx};
use cb_sync::compare::order_of;
use jiff::Timestamp;
use std::collections::HashSet;

/// Makes drafts that can be submitted out of what was cancelled: drafts that mended it become ordinary ones, and the
/// rest of it becomes one new draft. What a checkout bought is not offered again (S5).
///
/// # Errors
/// The store's.
pub(crate) fn keep_typed(
    tx: &Tx,
    customer_id: CustomerId,
    cancelled: &[Operation],
    id: DraftId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let origin = never_made(tx, customer_id, cancelled)?;
    let kept = turn_drafts(tx, customer_id, cancelled, origin.as_ref(), now)?;
    let rest = || cancelled.iter().filter(|operation| !kept.contains(&operation.onboarding_id));
    let mut content = match &origin {
        Some(origin) => DraftContent { lines: Vec::new(), ..origin.clone() },
        None => DraftContent::default(),
    };
    for operation in rest().filter(|operation| operation.payload.kind() == OperationKind::CheckoutCart) {
        let chain = tx.operations().of_onboarding(operation.onboarding_id)?;
        let Some(order) = order_of(&chain, operation) else { continue };
        let result = &operation.result;
        if result.lines.is_empty() && !result.order_ids.is_empty() {
            continue;
        }
        let bought: HashSet<u32> =
            result.lines.iter().filter(|line| line.order_id.is_some()).map(|line| line.number).collect();
        let open = order.cart.lines.iter().filter(|line| !bought.contains(&line.number)).map(as_chosen);
        append(&mut content.lines, open.collect());
        if origin.is_none()
            && content.reseller_id.is_none()
            && let Some(onboarding) = tx.onboardings().get(operation.onboarding_id)?
        {
            (content.reseller_id, content.reseller_of_record) = (onboarding.reseller_id, onboarding.reseller_of_record);
        }
    }
    let customer_left = origin.is_some() && rest().any(|one| one.payload.kind() == OperationKind::CreateCustomer);
    if content.lines.is_empty() && !customer_left {
        return Ok(());
    }
    let (purpose, step) = purpose_of(customer_id, origin.is_some());
    let focus = String::new();
    tx.insert_draft(&Draft { id, purpose, revision: 1, step, focus, content, created_at: now, saved_at: now })
}

/// The form of a new customer that will never be made, as last approved; `None` where the customer stays.
fn never_made(tx: &Tx, customer_id: CustomerId, cancelled: &[Operation]) -> Result<Option<DraftContent>, StoreError> {
    let creating = cancelled.iter().find(|operation| operation.payload.kind() == OperationKind::CreateCustomer);
    let Some(creating) = creating else { return Ok(None) };
    let Some(customer) = tx.customers().get(customer_id)?.filter(|customer| customer.tenant_id.is_none()) else {
        return Ok(None);
    };
    let Some(onboarding) = tx.onboardings().get(creating.onboarding_id)? else { return Ok(None) };
    let mut content = onboarding.content;
    content.reseller_of_record = onboarding.reseller_of_record;
    for operation in cancelled.iter().filter(|operation| operation.onboarding_id == onboarding.id) {
        as_last_approved(&operation.payload, Some(&customer), &mut content);
    }
    Ok(Some(content))
}

/// Drafts that mended something cancelled, or added to a customer that will not be. Answers with the Submits whose
/// content they hold.
fn turn_drafts(
    tx: &Tx,
    customer_id: CustomerId,
    cancelled: &[Operation],
    origin: Option<&DraftContent>,
    now: Timestamp,
) -> Result<HashSet<OnboardingId>, StoreError> {
    let mut kept = HashSet::new();
    for draft in tx.drafts().all()? {
        if draft.purpose.customer_id() != Some(customer_id) {
            continue;
        }
        let mended = draft.purpose.mends().and_then(|id| cancelled.iter().find(|operation| operation.id == id));
        if mended.is_none() && (origin.is_none() || draft.purpose.mends().is_some()) {
            continue;
        }
        let mut content = draft.content.clone();
        match (origin, draft.purpose) {
            // It has the whole form, with what was typed anew.
            (Some(_), DraftPurpose::MendCustomer { .. } | DraftPurpose::MendAgreement { .. }) => {}
            (
                Some(origin),
                DraftPurpose::NewCustomer
                | DraftPurpose::AddSubscription { .. }
                | DraftPurpose::MendOrder { .. }
                | DraftPurpose::EditCustomer { .. },
            ) => content.customer.clone_from(&origin.customer),
            (None, _) => content.customer = CustomerForm::default(),
        }
        kept.extend(mended.map(|operation| operation.onboarding_id));
        if origin.is_none() && content.lines.is_empty() {
            // Nothing to order for a customer that is there: nothing is left of it.
            tx.delete_draft(draft.id)?;
            continue;
        }
        let (purpose, step) = purpose_of(customer_id, origin.is_some());
        let revision = draft.revision.saturating_add(1);
        let turned = Draft { purpose, step, revision, content, focus: String::new(), saved_at: now, ..draft };
        tx.save_draft(&turned, revision.saturating_sub(1))?;
    }
    Ok(kept)
}

fn purpose_of(customer_id: CustomerId, new: bool) -> (DraftPurpose, WizardStep) {
    if new {
        (DraftPurpose::NewCustomer, WizardStep::Customer)
    } else {
        (DraftPurpose::AddSubscription { customer_id }, WizardStep::Subscriptions)
    }
}

/// Lines of several orders in one draft: each keeps its base, under new numbers.
fn append(lines: &mut Vec<LineForm>, more: Vec<LineForm>) {
    let last = lines.iter().map(|line| line.line).max().unwrap_or(0);
    lines.extend(more.into_iter().map(|line| LineForm {
        line: line.line.saturating_add(last),
        base_line: line.base_line.map(|base| base.saturating_add(last)),
        ..line
    }));
}
