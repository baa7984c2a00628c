//! A change of a subscription: what it will do, and *Submit*. What was looked at is what is sent (W2): the hash covers
//! the change, what it was compared with, and every effect that was said.

use super::convert;
use super::facts::{Known, read};
use super::place::{self, Fresh};
use super::support;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{ChangePreview, FieldProblem, SubscriptionChangeForm, SubscriptionChangeKind, TermDecisionView};
use cb_domain::catalogue::SkuKey;
use cb_domain::change::{
    Action, Block, Change, ChangeSubscription, Decision, DecisionKind, Effect, EndInstruction, NextTerm, Standing,
    UpgradeSubscription, allowed, can_extend, decisions, effects, end_effects, upgrade_effects,
};
use cb_domain::freeze::hash_of;
use cb_domain::ids::{ResellerId, SubscriptionId};
use cb_domain::operation::OperationPayload;
use cb_domain::subscription::SubscriptionStatus;
use cb_store::{Db, StoreError, TermDecided};
use jiff::Timestamp;
use serde::Serialize;

/// What a form comes to.
pub(super) enum Planned {
    /// Not possible.
    Blocked(Block),
    /// Something in the form is wrong.
    Problem(FieldProblem),
    /// This.
    Plan(Box<Plan>),
}

/// What will be done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Plan {
    /// What is sent; `None` when nothing has to be.
    pub(super) payload: Option<OperationPayload>,
    /// What will happen.
    pub(super) effects: Vec<Effect>,
    /// The decision that is recorded with it, and the end that it is about.
    pub(super) decision: Option<(Decision, Timestamp)>,
    /// The support contact that is noted in the book alone; the inner `None` is the provider.
    pub(super) note: Option<Option<ResellerId>>,
    /// The support contact that is sent.
    pub(super) contact: Option<Option<ResellerId>>,
}

impl App {
    /// What the change will do. Writes nothing.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn preview_subscription_change(
        &self,
        id: String,
        change: SubscriptionChangeForm,
    ) -> AppResult<ChangePreview> {
        let id: SubscriptionId = id.parse()?;
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        let zone = super::zone(&self.inner.host);
        open.book.read(move |db| preview(db, id, &change, now, zone)).await?.ok_or(AppError::NotFound)?
    }

    /// Puts the change into the outbox, as it was looked at (W2). Answers with the operation; empty when only the book
    /// is changed.
    ///
    /// # Errors
    /// `ReviewChanged` when it would do something else by now; `NotAllowed`, `NotFound`, the store's.
    pub async fn submit_subscription_change(
        &self,
        id: String,
        change: SubscriptionChangeForm,
        hash: String,
    ) -> AppResult<String> {
        let id: SubscriptionId = id.parse()?;
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        let fresh = Fresh::new(&self.inner.host);
        let written = open
            .book
            .write(move |tx| {
                let Some(known) = read(tx, id, now)? else { return Ok(Err(AppError::NotFound)) };
                let plan = match plan(tx, &known, &change)? {
                    Ok(Planned::Plan(plan)) => plan,
                    Ok(Planned::Problem(problem)) => return Ok(Err(AppError::Validation(vec![problem]))),
                    Ok(Planned::Blocked(_)) => return Ok(Err(AppError::NotAllowed)),
                    Err(error) => return Ok(Err(error)),
                };
                match hash_of(&plan) {
                    Ok(found) if found == hash => {}
                    Ok(_) => return Ok(Err(AppError::ReviewChanged)),
                    Err(error) => return Ok(Err(error.into())),
                }
                carry_out(tx, &known, *plan, &fresh).map(Ok)
            })
            .await?;
        let operation = written.value?;
        self.publish(&written.topics);
        open.wake();
        Ok(operation)
    }
}

fn carry_out(tx: &cb_store::Tx, known: &Known, plan: Plan, fresh: &Fresh) -> Result<String, StoreError> {
    let operation = match plan.payload {
        Some(payload) => Some(place::operation(tx, known, payload, known.parents.clone(), fresh, 0)?),
        None => None,
    };
    if let Some((decision, ends_at)) = plan.decision {
        let decided = TermDecided { ends_at, decision, operation_id: operation, decided_at: fresh.now };
        tx.put_term_decision(known.subscription.id, &decided)?;
    }
    if let Some(contact) = plan.note {
        tx.put_subscription_support(known.subscription.id, contact, fresh.now)?;
    }
    Ok(operation.map(|id| id.to_string()).unwrap_or_default())
}

fn preview(
    db: &Db,
    id: SubscriptionId,
    form: &SubscriptionChangeForm,
    now: Timestamp,
    zone: String,
) -> Result<Option<AppResult<ChangePreview>>, StoreError> {
    let Some(known) = read(db, id, now)? else { return Ok(None) };
    let mut view = ChangePreview {
        blocked: None,
        problems: Vec::new(),
        effects: Vec::new(),
        is_final: false,
        book_only: false,
        hash: String::new(),
        zone,
    };
    match plan(db, &known, form)? {
        Err(error) => return Ok(Some(Err(error))),
        Ok(Planned::Blocked(block)) => view.blocked = Some(convert::block(block)),
        Ok(Planned::Problem(problem)) => view.problems.push(problem),
        Ok(Planned::Plan(plan)) => {
            for effect in &plan.effects {
                view.effects.push(convert::effect(db, &known, effect)?);
            }
            view.is_final = plan.effects.contains(&Effect::Irreversible);
            view.book_only = plan.payload.is_none();
            match hash_of(&plan) {
                Ok(hash) => view.hash = hash,
                Err(error) => return Ok(Some(Err(error.into()))),
            }
        }
    }
    Ok(Some(Ok(view)))
}

fn problem(field: &str, key: &str) -> Planned {
    Planned::Problem(FieldProblem { field: field.to_owned(), key: key.to_owned(), expected: String::new() })
}

fn plan(db: &Db, known: &Known, form: &SubscriptionChangeForm) -> Result<AppResult<Planned>, StoreError> {
    use SubscriptionChangeKind as K;
    let standing = &known.standing;
    let planned = match form.kind {
        K::Licences => licences(known, form.quantity),
        K::Upgrade => upgrade(db, known, form)?,
        K::AutoRenew => {
            let action = if form.auto_renew { Action::AutoRenewOn } else { Action::AutoRenewOff };
            // Off without a word can become the paid extension; so off says that it ends.
            let silent = form.auto_renew || !can_extend(standing);
            let end = if silent { EndInstruction::None } else { EndInstruction::Cancel };
            gate(action, standing, || change(known, standing, Change::AutoRenew { on: form.auto_renew, end }))
        }
        K::AtRenewal => match allowed(Action::ChangeAtRenewal, standing) {
            Err(block) => Planned::Blocked(block),
            Ok(limits) => at_renewal(db, known, form, limits.lowest, None)?,
        },
        K::DropAtRenewal => {
            gate(Action::DropChangeAtRenewal, standing, || change(known, standing, Change::DropAtRenewal))
        }
        K::Cancel => gate(Action::Cancel, standing, || change(known, standing, Change::Cancel)),
        K::Suspend => gate(Action::Suspend, standing, || change(known, standing, Change::Suspend)),
        K::Resume => gate(Action::Resume, standing, || change(known, standing, Change::Resume)),
        K::SupportContact => return contact(db, known, form),
        K::Decide => decide(db, known, form)?,
    };
    Ok(Ok(planned))
}

fn gate(action: Action, standing: &Standing, then: impl FnOnce() -> Planned) -> Planned {
    match allowed(action, standing) {
        Ok(_) => then(),
        Err(block) => Planned::Blocked(block),
    }
}

/// The payload of a change of values, with what it does.
fn change(known: &Known, standing: &Standing, change: Change) -> Planned {
    let happens = effects(&change, standing);
    let payload = OperationPayload::ChangeSubscription(Box::new(ChangeSubscription {
        subscription_id: known.subscription.id,
        remote_id: known.subscription.remote_id.clone(),
        product_name: known.subscription.product_name.clone(),
        base: base(known),
        base_read_at: read_at(known),
        term_ends_at: known.standing.ends_at,
        change,
        effects: happens.clone(),
    }));
    Planned::Plan(Box::new(Plan {
        payload: Some(payload),
        effects: happens,
        decision: None,
        note: None,
        contact: None,
    }))
}

/// What it will be compared with. What is only wanted will be active by the time it is changed.
fn base(known: &Known) -> cb_domain::change::Values {
    let mut base = known.standing.values.clone();
    if matches!(base.status, SubscriptionStatus::Wanted | SubscriptionStatus::Pending) {
        base.status = SubscriptionStatus::Active;
    }
    base
}

fn read_at(known: &Known) -> Timestamp {
    known
        .details
        .as_ref()
        .map(|(_, at)| *at)
        .or(known.subscription.confirmed_at)
        .unwrap_or(known.subscription.created_at)
}

fn licences(known: &Known, quantity: u32) -> Planned {
    let standing = &known.standing;
    let now = standing.values.quantity;
    if quantity == now {
        return problem("quantity", "same");
    }
    let action = if quantity > now { Action::MoreLicences } else { Action::FewerLicences };
    match allowed(action, standing) {
        Err(block) => Planned::Blocked(block),
        Ok(limits) if quantity < limits.lowest => problem("quantity", "below_lowest"),
        Ok(limits) if limits.highest > 0 && quantity > limits.highest => problem("quantity", "above_highest"),
        Ok(_) => change(known, standing, Change::Licences { quantity }),
    }
}

fn upgrade(db: &Db, known: &Known, form: &SubscriptionChangeForm) -> Result<Planned, StoreError> {
    let standing = &known.standing;
    let limits = match allowed(Action::Upgrade, standing) {
        Err(block) => return Ok(Planned::Blocked(block)),
        Ok(limits) => limits,
    };
    let sku = SkuKey { product_id: form.product_id.clone(), sku_id: form.sku_id.clone() };
    let Some(target) = known.targets.0.iter().find(|target| target.sku == sku) else {
        return Ok(problem("productId", "not_offered"));
    };
    let legacy = sku.sku_id.is_empty();
    if form.quantity < limits.lowest || form.quantity > limits.highest {
        return Ok(problem("quantity", if form.quantity == 0 { "below_lowest" } else { "above_highest" }));
    }
    if legacy && form.quantity != standing.values.quantity {
        return Ok(problem("quantity", "all_or_none"));
    }
    let term = convert::term(&form.term).unwrap_or(standing.values.term);
    let cycle = convert::cycle(&form.cycle).unwrap_or(standing.values.cycle);
    if term < standing.values.term {
        return Ok(problem("term", "shorter"));
    }
    let mut priced = standing.clone();
    priced.prices.target = convert::price_of(db, known, &sku, term, cycle)?;
    let happens = upgrade_effects(form.quantity, &target.title, &priced);
    let payload = OperationPayload::UpgradeSubscription(Box::new(UpgradeSubscription {
        subscription_id: known.subscription.id,
        remote_id: known.subscription.remote_id.clone(),
        product_name: known.subscription.product_name.clone(),
        legacy,
        base: base(known),
        base_read_at: read_at(known),
        target: sku,
        target_title: target.title.clone(),
        quantity: form.quantity,
        term,
        cycle,
        effects: happens.clone(),
    }));
    let plan = Plan { payload: Some(payload), effects: happens, decision: None, note: None, contact: None };
    Ok(Planned::Plan(Box::new(plan)))
}

/// The whole of the next term: what the form leaves out stays as it is.
fn next_term(
    db: &Db,
    known: &Known,
    form: &SubscriptionChangeForm,
    lowest: u32,
) -> Result<Result<NextTerm, Planned>, StoreError> {
    let values = &known.standing.values;
    let sku = if form.product_id.is_empty() {
        values.sku.clone()
    } else {
        SkuKey { product_id: form.product_id.clone(), sku_id: form.sku_id.clone() }
    };
    let term = convert::term(&form.term).unwrap_or(values.term);
    let cycle = convert::cycle(&form.cycle).unwrap_or(values.cycle);
    let quantity = if form.quantity == 0 { values.quantity } else { form.quantity };
    let offer = super::facts::offer(db, &known.customer.country, &sku)?.map(|(_, offer)| offer);
    let Some(offer) = offer else {
        // Not in the book's catalogue: only the very same product can be left as it is.
        let same = sku == values.sku && term == values.term && cycle == values.cycle;
        return Ok(if same {
            Ok(NextTerm { sku, quantity, term, cycle })
        } else {
            Err(problem("productId", "not_offered"))
        });
    };
    let Some(plan) = offer.plans.iter().find(|plan| plan.term == term && plan.cycle == cycle) else {
        return Ok(Err(problem("term", "not_offered")));
    };
    let least = plan.minimum_quantity.unwrap_or(offer.minimum_quantity).max(lowest.min(offer.minimum_quantity)).max(1);
    if quantity < least {
        return Ok(Err(problem("quantity", "below_lowest")));
    }
    if quantity > offer.maximum_quantity {
        return Ok(Err(problem("quantity", "above_highest")));
    }
    Ok(Ok(NextTerm { sku, quantity, term, cycle }))
}

fn at_renewal(
    db: &Db,
    known: &Known,
    form: &SubscriptionChangeForm,
    lowest: u32,
    decision: Option<(Decision, Timestamp)>,
) -> Result<Planned, StoreError> {
    let next = match next_term(db, known, form, lowest)? {
        Ok(next) => next,
        Err(problem) => return Ok(problem),
    };
    let values = &known.standing.values;
    let same = next.sku == values.sku
        && next.quantity == values.quantity
        && next.term == values.term
        && next.cycle == values.cycle;
    if same || values.next_term.as_ref() == Some(&next) {
        return Ok(problem("quantity", "same"));
    }
    planned(db, known, Change::AtRenewal { next }, decision)
}

/// A change with prices of what is planned.
fn planned(
    db: &Db,
    known: &Known,
    wanted: Change,
    decision: Option<(Decision, Timestamp)>,
) -> Result<Planned, StoreError> {
    let mut standing = known.standing.clone();
    if let Change::AtRenewal { next } = &wanted {
        standing.prices.target = convert::price_of(db, known, &next.sku, next.term, next.cycle)?;
    }
    Ok(match change(known, &standing, wanted) {
        Planned::Plan(mut plan) => {
            plan.decision = decision;
            Planned::Plan(plan)
        }
        other @ (Planned::Blocked(_) | Planned::Problem(_)) => other,
    })
}

fn decide(db: &Db, known: &Known, form: &SubscriptionChangeForm) -> Result<Planned, StoreError> {
    let standing = &known.standing;
    let limits = match allowed(Action::Decide, standing) {
        Err(block) => return Ok(Planned::Blocked(block)),
        Ok(limits) => limits,
    };
    let (Some(decision), Some(ends_at)) = (form.decision, standing.ends_at) else {
        return Ok(problem("decision", "required"));
    };
    let offered = decisions(standing);
    if !offered.iter().any(|kind| convert::decision_kind(*kind) == decision) {
        let least = decision == TermDecisionView::Cut && offered.contains(&DecisionKind::Change);
        return Ok(Planned::Blocked(if least { Block::AtMinimum } else { Block::OlderKind }));
    }
    let decision = match decision {
        TermDecisionView::Renew => Decision::Renew,
        TermDecisionView::Cancel => Decision::Cancel,
        TermDecisionView::Extend => Decision::Extend,
        TermDecisionView::Cut if form.quantity >= standing.values.quantity => {
            return Ok(problem("quantity", "above_highest"));
        }
        TermDecisionView::Cut | TermDecisionView::Change => {
            let next = match next_term(db, known, form, limits.lowest)? {
                Ok(next) => next,
                Err(problem) => return Ok(problem),
            };
            if form.decision == Some(TermDecisionView::Cut) {
                Decision::Cut { quantity: next.quantity }
            } else {
                Decision::Change { next }
            }
        }
    };
    let recorded = Some((decision.clone(), ends_at));
    match decision.change(standing) {
        Some(change) => planned(db, known, change, recorded),
        None => {
            // Nothing to send: it is so already, and now somebody has said so.
            let happens = end_effects(standing);
            let plan = Plan { payload: None, effects: happens, decision: recorded, note: None, contact: None };
            Ok(Planned::Plan(Box::new(plan)))
        }
    }
}

fn contact(db: &Db, known: &Known, form: &SubscriptionChangeForm) -> Result<AppResult<Planned>, StoreError> {
    if let Err(block) = allowed(Action::SupportContact, &known.standing) {
        return Ok(Ok(Planned::Blocked(block)));
    }
    let wanted: Option<ResellerId> = match form.contact_id.as_str() {
        "" => None,
        id => match id.parse() {
            Ok(id) => Some(id),
            Err(error) => return Ok(Err(AppError::Id(error))),
        },
    };
    let Some(one) = db.subscription_book().supported_by_id(&[known.subscription.id])?.into_iter().next() else {
        return Ok(Err(AppError::NotFound));
    };
    let Some(payload) = support::payload(db, &one, wanted)? else {
        return Ok(Ok(problem("contactId", "not_active")));
    };
    let name = payload.name.clone();
    let note_only = support::is_note_only(known.subscription.commerce);
    let effects = if note_only {
        let reseller = support::name(db, known.subscription.reseller_of_record)?;
        vec![Effect::NoteOnly { reseller }]
    } else {
        let mut all = vec![Effect::ContactShown { name }];
        if known.subscription.remote_id.is_none() {
            all.push(Effect::WaitsForOrder);
        }
        all
    };
    Ok(Ok(Planned::Plan(Box::new(Plan {
        payload: (!note_only).then(|| OperationPayload::SetSupportContact(Box::new(payload))),
        effects,
        decision: None,
        note: note_only.then_some(wanted),
        contact: (!note_only).then_some(wanted),
    }))))
}
