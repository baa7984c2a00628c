//! Name, contact and address of a customer that exists: edited here, sent as `update_customer_profile`, and decided
//! field by field where Partner Center was changed meanwhile. What is known stays apart from what is wanted until the
//! server confirms it.

use super::actions::{Fresh, No, cancel_with_dependents};
use crate::App;
use crate::driver::store_change;
use crate::error::{AppError, AppResult};
use crate::pull::Reading;
use crate::views::{DecidedField, FieldProblem, OperationStateView, ProfileView};
use cb_domain::check::{FormContext, check_form};
use cb_domain::customer::Customer;
use cb_domain::draft::{CustomerForm, DraftContent, DraftPurpose};
use cb_domain::freeze::payload_hash;
use cb_domain::ids::{CustomerId, OnboardingId};
use cb_domain::operation::{
    Event, EventKind, Onboarding, Operation, OperationKind, OperationPayload, OperationResult, OperationState,
};
use cb_domain::profile::{CustomerProfile, FIELDS, KnownProfile, REVIEWED, UpdateCustomerProfile};
use cb_domain::topic::Topic;
use cb_store::{Db, StoreError, Tx};
use cb_sync::person::{self, Action};
use std::sync::Arc;

impl App {
    /// Name, contact and address of a customer, as they are known, or as a change that waits wants them. Reads them
    /// from Partner Center in the background when the book has none, or only old ones; who needs them whole waits while
    /// `reading` is told.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn customer_profile(&self, customer_id: String) -> AppResult<ProfileView> {
        let id: CustomerId = customer_id.parse()?;
        let open = self.open_book().await?;
        // Asked before the book is read: a reading that ends in between is then in the view.
        let reading = crate::pull::profile_first(&self.inner, &open, id).await?;
        let mut view = open.book.read(move |db| view(db, id)).await?.ok_or(AppError::NotFound)?;
        view.reading = !view.whole && reading == Reading::UnderWay;
        Ok(view)
    }

    /// Wants name, contact and address like this. A change that still waits is replaced; one that is under way must be
    /// settled first.
    ///
    /// # Errors
    /// `Validation` with the problems by field; `NotAllowed` when the customer is not made yet or a change is
    /// not settled; `NotFound`, or the store's.
    pub async fn change_customer_profile(&self, customer_id: String, fields: Vec<DecidedField>) -> AppResult<String> {
        let id: CustomerId = customer_id.parse()?;
        let open = self.open_book().await?;
        let random = Arc::clone(&self.inner.host.random);
        let fresh = Fresh {
            look: person::Look::Stale,
            ids: std::array::from_fn(|_| random.id().into()),
            keys: std::array::from_fn(|_| random.request_id().into()),
            now: self.inner.host.clock.now(),
        };
        let onboarding = OnboardingId(random.id());
        let written = open.book.write(move |tx| change(tx, id, onboarding, &fields, fresh)).await?;
        let operation = written.value?;
        self.publish(&written.topics);
        open.wake();
        Ok(operation)
    }

    /// Says, field by field, what is right where Partner Center and the book were both changed. What equals Partner
    /// Center's values needs no sending; the decision is in the history either way.
    ///
    /// # Errors
    /// `Validation`, `NotAllowed` when there is no difference, `NotFound`, or the store's.
    pub async fn resolve_difference(&self, id: String, fields: Vec<DecidedField>) -> AppResult<()> {
        let problems = Arc::new(std::sync::Mutex::new(Vec::new()));
        let told = Arc::clone(&problems);
        let done = self
            .act(&id, move |tx, operation, fresh| {
                let differs = operation.result.subscription.is_some() || operation.result.contact.is_some();
                if differs && person::actions(operation).contains(&Action::Resolve) {
                    let done = crate::subscription::resolve(tx, operation, &fields, fresh.keys[0], fresh.now)?;
                    let Some(left) = done else { return Ok(Err(No::NotAllowed)) };
                    if let Some(nothing_to_send) = left {
                        cancel_with_dependents(tx, &nothing_to_send, fresh.now)?;
                    }
                    return Ok(Ok(()));
                }
                let (Some(theirs), OperationPayload::UpdateCustomerProfile(payload)) =
                    (operation.result.theirs.clone(), &operation.payload)
                else {
                    return Ok(Err(No::NotAllowed));
                };
                if !person::actions(operation).contains(&Action::Resolve) {
                    return Ok(Err(No::NotAllowed));
                }
                let wanted = decided(&payload.wanted, &fields);
                let found = problems_of(&wanted, fresh.now);
                if !found.is_empty() {
                    *told.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = found;
                    return Ok(Err(No::NotAllowed));
                }
                resolve(tx, operation, payload, &theirs, wanted, fresh)
            })
            .await;
        let found = std::mem::take(&mut *problems.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        if found.is_empty() { done } else { Err(AppError::Validation(found)) }
    }
}

fn view(db: &Db, id: CustomerId) -> Result<Option<ProfileView>, StoreError> {
    let Some(customer) = db.customers().get(id)? else { return Ok(None) };
    let known = db.profiles().get(id)?;
    let read_at = known.as_ref().map(|known| known.read_at.to_string());
    let held = held(db, &customer, known)?;
    let waiting = open_change(db, id)?;
    let told = |profile: &CustomerProfile, fields: &[&str]| -> Vec<DecidedField> {
        let one = |field: &&str| DecidedField { field: (*field).to_owned(), value: profile.get(field).to_owned() };
        fields.iter().map(one).collect()
    };
    let reviewed = told(&held.profile, &REVIEWED);
    let shown = match waiting.as_ref().map(|operation| &operation.payload) {
        Some(OperationPayload::UpdateCustomerProfile(payload)) => payload.wanted.clone(),
        Some(_) | None => held.profile,
    };
    Ok(Some(ProfileView {
        customer_id: id.to_string(),
        customer_name: customer.name,
        known: read_at.is_some(),
        // Every country writes a first line; without it the rest of the address was never told either.
        whole: !shown.address_line_1.trim().is_empty(),
        reading: false,
        read_at,
        operation_id: waiting.as_ref().map(|operation| operation.id.to_string()).unwrap_or_default(),
        state: waiting.as_ref().map(state_view),
        fields: told(&shown, &FIELDS),
        reviewed,
        country: customer.country,
    }))
}

/// What the book holds of a customer: what Partner Center said last; before it said anything, what was submitted to make
/// the customer, else what stands in its row, which has no address. Nobody has to wait for the network to change it: the server is read before
/// it is written, and what is otherwise there becomes a difference.
fn held(db: &Db, customer: &Customer, known: Option<KnownProfile>) -> Result<KnownProfile, StoreError> {
    if let Some(known) = known {
        return Ok(known);
    }
    let operations = db.operations().of_customer(customer.id)?;
    let submitted = operations.iter().rev().find_map(|one| match &one.payload {
        OperationPayload::CreateCustomer(payload) => Some((CustomerProfile::from(payload.as_ref()), one.approved_at)),
        OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_)
        | OperationPayload::SetResellerOfRecord(_)
        | OperationPayload::ChangeSubscription(_)
        | OperationPayload::UpgradeSubscription(_)
        | OperationPayload::SetSupportContact(_) => None,
    });
    let (profile, read_at) = submitted.unwrap_or_else(|| (row_profile(customer), customer.created_at));
    Ok(KnownProfile { id: String::new(), etag: String::new(), read_at, profile })
}

fn row_profile(customer: &Customer) -> CustomerProfile {
    let (first, last) = customer.contact_name.split_once(' ').unwrap_or(("", &customer.contact_name));
    CustomerProfile {
        company_name: customer.name.clone(),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: customer.contact_email.clone(),
        city: customer.town.clone(),
        country: customer.country.clone(),
        ..CustomerProfile::default()
    }
}

fn state_view(operation: &Operation) -> OperationStateView {
    super::rows::state(operation)
}

/// The change of this customer that is not done yet; there is one at most.
fn open_change(db: &Db, id: CustomerId) -> Result<Option<Operation>, StoreError> {
    let open = |state: OperationState| match state {
        OperationState::Queued
        | OperationState::InFlight
        | OperationState::Unknown
        | OperationState::NeedsAttention => true,
        OperationState::Confirmed | OperationState::Cancelled => false,
    };
    let all = db.operations().of_customer(id)?;
    Ok(all.into_iter().find(|one| one.payload.kind() == OperationKind::UpdateCustomerProfile && open(one.state)))
}

fn decided(base: &CustomerProfile, fields: &[DecidedField]) -> CustomerProfile {
    let mut profile = base.clone();
    for DecidedField { field, value } in fields {
        if let Some(place) = profile.get_mut(field) {
            value.trim().clone_into(place);
        }
    }
    profile.trimmed()
}

/// What the wizard's rules of the country say of these fields; the rest is told at the field when it is sent.
fn problems_of(profile: &CustomerProfile, now: jiff::Timestamp) -> Vec<FieldProblem> {
    let form = CustomerForm {
        company_name: profile.company_name.clone(),
        country: profile.country.clone(),
        address_line_1: profile.address_line_1.clone(),
        address_line_2: profile.address_line_2.clone(),
        postal_code: profile.postal_code.clone(),
        city: profile.city.clone(),
        state: profile.state.clone(),
        first_name: profile.first_name.clone(),
        last_name: profile.last_name.clone(),
        email: profile.email.clone(),
        phone: profile.phone.clone(),
        ..CustomerForm::default()
    };
    let context = FormContext { today: now.to_zoned(jiff::tz::TimeZone::UTC).date(), partner_domains: &[] };
    check_form(&form, &context)
        .into_iter()
        .filter_map(|problem| {
            let field = problem.field.strip_prefix("customer.")?;
            FIELDS.contains(&field).then(|| FieldProblem {
                field: field.to_owned(),
                key: problem.key.to_owned(),
                expected: problem.expected.clone(),
            })
        })
        .collect()
}

fn change(
    tx: &Tx,
    id: CustomerId,
    onboarding: OnboardingId,
    fields: &[DecidedField],
    fresh: Fresh,
) -> Result<AppResult<String>, StoreError> {
    let Some(customer) = tx.customers().get(id)? else { return Ok(Err(AppError::NotFound)) };
    if customer.tenant_id.is_none() {
        return Ok(Err(AppError::NotAllowed));
    }
    let known = held(tx, &customer, tx.profiles().get(id)?)?;
    let wanted = decided(&known.profile, fields);
    let problems = problems_of(&wanted, fresh.now);
    if !problems.is_empty() {
        return Ok(Err(AppError::Validation(problems)));
    }
    if let Some(before) = open_change(tx, id)? {
        match before.state {
            OperationState::Queued => {
                cancel_with_dependents(tx, &before, fresh.now)?;
            }
            // Refused at a field, or approved too long ago: mended by being wanted anew.
            OperationState::NeedsAttention if person::actions(&before).contains(&Action::Mend) => {
                return mend(tx, &before, known, wanted, fresh);
            }
            OperationState::NeedsAttention
            | OperationState::InFlight
            | OperationState::Unknown
            | OperationState::Confirmed
            | OperationState::Cancelled => return Ok(Err(AppError::NotAllowed)),
        }
    }
    if wanted.is_same(&known.profile) {
        return Ok(Ok(String::new()));
    }
    let payload = OperationPayload::UpdateCustomerProfile(Box::new(UpdateCustomerProfile {
        base: known.profile,
        base_read_at: known.read_at,
        wanted,
    }));
    let hash = payload_hash(&payload)?;
    tx.insert_onboarding(&Onboarding {
        id: onboarding,
        purpose: DraftPurpose::EditCustomer { customer_id: id },
        customer_id: id,
        reseller_id: customer.reseller_id,
        reseller_of_record: None,
        content: DraftContent::default(),
        hash: hash.clone(),
        submitted_at: fresh.now,
    })?;
    let operation = Operation {
        id: fresh.ids[0],
        onboarding_id: onboarding,
        customer_id: id,
        sequence: tx.operations().next_sequence()?,
        revision: 1,
        state: OperationState::Queued,
        parents: Vec::new(),
        payload,
        payload_hash: hash,
        request_key: fresh.keys[0],
        prefix_index: 0,
        wire_tries: 0,
        ever_unknown: false,
        not_before: None,
        hold: None,
        hold_since: None,
        attention: None,
        result: OperationResult::default(),
        approved_at: fresh.now,
        partner_tenant: crate::wizard::partner_tenant(tx)?,
        updated_at: fresh.now,
    };
    tx.insert_operation(&operation)?;
    tx.append_event(&event(&operation, EventKind::Submitted, ""))?;
    for topic in [Topic::Customers, Topic::Outbox, Topic::Connection] {
        tx.touch(topic);
    }
    Ok(Ok(operation.id.to_string()))
}

fn event(operation: &Operation, kind: EventKind, reason: &str) -> Event {
    Event {
        operation_id: operation.id,
        at: operation.updated_at,
        kind,
        state: operation.state,
        status: 0,
        code: 0,
        correlation_id: None,
        reason: reason.to_owned(),
    }
}

/// A new revision of the change, against what is known now.
fn revise(
    tx: &Tx,
    before: &Operation,
    base: &KnownProfile,
    wanted: CustomerProfile,
    fresh: Fresh,
    entry: (EventKind, &str),
) -> Result<Option<Operation>, StoreError> {
    let Ok(mut corrected) = person::correct(before, fresh.keys[0], fresh.now) else { return Ok(None) };
    let payload = OperationPayload::UpdateCustomerProfile(Box::new(UpdateCustomerProfile {
        base: base.profile.clone(),
        base_read_at: base.read_at,
        wanted,
    }));
    corrected.operation.payload_hash = payload_hash(&payload)?;
    corrected.operation.payload = payload;
    corrected.entry = Some(entry.0);
    entry.1.clone_into(&mut corrected.reason);
    let operation = corrected.operation.clone();
    store_change(tx, corrected)?;
    Ok(Some(operation))
}

fn mend(
    tx: &Tx,
    before: &Operation,
    known: KnownProfile,
    wanted: CustomerProfile,
    fresh: Fresh,
) -> Result<AppResult<String>, StoreError> {
    match revise(tx, before, &known, wanted, fresh, (EventKind::Corrected, ""))? {
        Some(operation) => Ok(Ok(operation.id.to_string())),
        None => Ok(Err(AppError::NotAllowed)),
    }
}

fn resolve(
    tx: &Tx,
    operation: &Operation,
    payload: &UpdateCustomerProfile,
    theirs: &KnownProfile,
    wanted: CustomerProfile,
    fresh: Fresh,
) -> Result<Result<(), No>, StoreError> {
    let decision = if wanted.is_same(&theirs.profile) {
        "theirs"
    } else if wanted.is_same(&payload.wanted) {
        "mine"
    } else {
        "edited"
    };
    let takes_theirs = decision == "theirs";
    let Some(revised) = revise(tx, operation, theirs, wanted, fresh, (EventKind::Resolved, decision))? else {
        return Ok(Err(No::NotAllowed));
    };
    if takes_theirs {
        // Nothing is left to send.
        let Ok(change) = person::cancel(&revised, fresh.now) else { return Ok(Err(No::NotAllowed)) };
        store_change(tx, change)?;
    }
    tx.touch(Topic::Customers);
    Ok(Ok(()))
}
