//! The work list of what hangs on resellers that are not fit, and its repair: many subscriptions get another reseller of
//! record. One operation each; what was looked at is what is sent (W2).

use super::convert::shield;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::host::Random;
use crate::lists::resellers::reseller_row;
use crate::views::{
    HangingGroup, HangingList, HangingRow, OperationStateView, RecordChange, RecordChoice, RecordPreview, StaysView,
};
use crate::wizard::PARTNER_TENANT;
use cb_domain::catalogue::CommerceKind;
use cb_domain::draft::{DraftContent, DraftPurpose};
use cb_domain::fitness::verdict;
use cb_domain::freeze::{hash_of, payload_hash};
use cb_domain::ids::{OnboardingId, OperationId, RequestKey, ResellerId, SubscriptionId, TenantId};
use cb_domain::operation::{
    Event, EventKind, Onboarding, Operation, OperationPayload, OperationResult, OperationState,
};
use cb_domain::record::SetResellerOfRecord;
use cb_domain::reseller::{PartnershipState, Reseller};
use cb_domain::reseller_book::{News, NewsKind};
use cb_domain::topic::Topic;
use cb_store::{Db, StoreError, SubscriptionOnRecord, Tx};
use jiff::Timestamp;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Most subscriptions of one repair.
const MOST: usize = 500;

impl App {
    /// What hangs on resellers that no order may name. With a reseller, what has it on record, fit or not.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn hanging(&self, reseller_id: String) -> AppResult<HangingList> {
        let wanted: Option<ResellerId> = if reseller_id.is_empty() { None } else { Some(reseller_id.parse()?) };
        let open = self.open_book().await?;
        let now = self.inner.host.clock.now();
        Ok(open.book.read(move |db| list(db, wanted, now)).await?)
    }

    /// What *Submit* would put into the outbox.
    ///
    /// # Errors
    /// `NotFound`; `NotAllowed` for a reseller that is not fit.
    pub async fn preview_record(&self, subscription_ids: Vec<String>, reseller_id: String) -> AppResult<RecordPreview> {
        let (ids, reseller) = parsed(&subscription_ids, &reseller_id)?;
        let open = self.open_book().await?;
        let now = self.inner.host.clock.now();
        let chosen = open.book.read(move |db| choose(db, &ids, reseller, now)).await??;
        let hash = chosen.hash()?;
        Ok(RecordPreview {
            changes: chosen.changes.iter().map(Chosen::change).collect(),
            left_out: chosen.left_out,
            to_name: chosen.to.name.clone(),
            to_partner_id: chosen.to.partner_id.clone().unwrap_or_default(),
            shield: shield(&chosen.to, now),
            hash,
        })
    }

    /// Puts the changes into the outbox. Answers with how many.
    ///
    /// # Errors
    /// `ReviewChanged` when it is not what was looked at; as the preview otherwise.
    pub async fn submit_record(
        &self,
        subscription_ids: Vec<String>,
        reseller_id: String,
        hash: String,
    ) -> AppResult<u32> {
        let (ids, reseller) = parsed(&subscription_ids, &reseller_id)?;
        let open = self.open_book().await?;
        let (now, random) = (self.inner.host.clock.now(), Arc::clone(&self.inner.host.random));
        let written = open
            .book
            .write(move |tx| {
                let chosen = match choose(tx, &ids, reseller, now)? {
                    Ok(chosen) => chosen,
                    Err(error) => return Ok(Err(error)),
                };
                match chosen.hash() {
                    Ok(found) if found == hash && !chosen.changes.is_empty() => {}
                    Ok(_) => return Ok(Err(AppError::ReviewChanged)),
                    Err(error) => return Ok(Err(error)),
                }
                place(tx, &chosen, now, random.as_ref()).map(Ok)
            })
            .await?;
        let count = written.value?;
        self.publish(&written.topics);
        open.wake();
        Ok(count)
    }
}

fn parsed(ids: &[String], reseller: &str) -> AppResult<(BTreeSet<SubscriptionId>, ResellerId)> {
    if ids.len() > MOST {
        // Never some of what was chosen in silence.
        return Err(AppError::NotAllowed);
    }
    let ids = ids.iter().map(|id| id.parse()).collect::<Result<_, uuid::Error>>()?;
    Ok((ids, reseller.parse()?))
}

fn list(db: &Db, wanted: Option<ResellerId>, now: Timestamp) -> Result<HangingList, StoreError> {
    let resellers = db.resellers().all()?;
    let (figures, tags) = (db.resellers().figures()?, db.reseller_book().all_tags()?);
    let mut groups = Vec::new();
    for reseller in &resellers {
        let listed = match wanted {
            Some(id) => reseller.id == id,
            None => verdict(reseller, now).is_not_fit(),
        };
        if !listed {
            continue;
        }
        let found = db.reseller_book().on_record(reseller.id)?;
        if found.is_empty() {
            continue;
        }
        groups.push(HangingGroup {
            reseller: reseller_row(
                reseller,
                &figures.get(&reseller.id).copied().unwrap_or_default(),
                tags.get(&reseller.id),
                now,
            ),
            subscriptions: found.iter().map(hanging_row).collect(),
        });
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.subscriptions.len()));
    let choices = resellers
        .iter()
        .filter(|one| one.partnership == PartnershipState::Active)
        .map(|one| RecordChoice {
            id: one.id.to_string(),
            name: one.name.clone(),
            partner_id: one.partner_id.clone().unwrap_or_default(),
            shield: shield(one, now),
        })
        .collect();
    Ok(HangingList { groups, choices })
}

/// Live subscriptions that hang on resellers that are not fit and whose repair is not under way.
pub(crate) fn hanging_count(db: &Db, resellers: &[Reseller], now: Timestamp) -> Result<u32, StoreError> {
    let unfit = resellers.iter().filter(|one| verdict(one, now).is_not_fit());
    unfit.map(|reseller| db.reseller_book().on_record_unmended(reseller.id)).sum()
}

fn stays(found: &SubscriptionOnRecord) -> Option<StaysView> {
    if found.open.is_some() {
        Some(StaysView::UnderWay)
    } else if found.remote_id.is_none() {
        Some(StaysView::NotThereYet)
    } else {
        match found.commerce {
            CommerceKind::Legacy => Some(StaysView::Legacy),
            CommerceKind::New => None,
        }
    }
}

fn hanging_row(found: &SubscriptionOnRecord) -> HangingRow {
    HangingRow {
        subscription_id: found.id.to_string(),
        product_name: found.product_name.clone(),
        quantity: found.quantity,
        ends_at: found.ends_at.map(|at| at.to_string()),
        customer_id: found.customer_id.to_string(),
        customer_name: found.customer_name.clone(),
        stays: stays(found),
        operation_id: found.open.map(|(id, _)| id.to_string()).unwrap_or_default(),
        operation_state: found.open.map(|(_, state)| match state {
            OperationState::Queued => OperationStateView::Waiting,
            OperationState::InFlight | OperationState::Unknown => OperationStateView::Sending,
            OperationState::NeedsAttention => OperationStateView::NeedsAttention,
            OperationState::Confirmed => OperationStateView::Confirmed,
            OperationState::Cancelled => OperationStateView::Cancelled,
        }),
    }
}

/// One subscription to be moved.
struct Chosen {
    found: SubscriptionOnRecord,
    from: Reseller,
    payload: SetResellerOfRecord,
}

impl Chosen {
    fn change(&self) -> RecordChange {
        RecordChange {
            subscription_id: self.found.id.to_string(),
            customer_name: self.found.customer_name.clone(),
            product_name: self.found.product_name.clone(),
            quantity: self.found.quantity,
            from_name: self.from.name.clone(),
            from_partner_id: self.from.partner_id.clone().unwrap_or_default(),
        }
    }
}

struct Choice {
    changes: Vec<Chosen>,
    left_out: u32,
    to: Reseller,
}

impl Choice {
    fn hash(&self) -> AppResult<String> {
        let payloads: Vec<&SetResellerOfRecord> = self.changes.iter().map(|one| &one.payload).collect();
        Ok(hash_of(&payloads)?)
    }
}

fn choose(
    db: &Db,
    ids: &BTreeSet<SubscriptionId>,
    to: ResellerId,
    now: Timestamp,
) -> Result<AppResult<Choice>, StoreError> {
    let Some(to) = db.resellers().get(to)? else { return Ok(Err(AppError::NotFound)) };
    let number = to.partner_id.clone().unwrap_or_default();
    if verdict(&to, now).is_not_fit() || number.is_empty() {
        return Ok(Err(AppError::NotAllowed));
    }
    let mut owners: BTreeMap<ResellerId, Option<Reseller>> = BTreeMap::new();
    let mut changes = Vec::new();
    for found in db.reseller_book().on_record_of(ids.iter().copied())? {
        if found.reseller_id == to.id {
            continue;
        }
        let owner = match owners.entry(found.reseller_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(db.resellers().get(found.reseller_id)?),
        };
        let Some(from) = owner else { continue };
        let (None, Some(remote_id)) = (stays(&found), found.remote_id.clone()) else { continue };
        let payload = SetResellerOfRecord {
            subscription_id: found.id,
            remote_id,
            product_name: found.product_name.clone(),
            base: from.partner_id.clone(),
            reseller_id: to.id,
            partner_id: number.clone(),
            reseller_name: to.name.clone(),
        };
        changes.push(Chosen { found, from: from.clone(), payload });
    }
    let left_out = u32::try_from(ids.len().saturating_sub(changes.len())).unwrap_or(u32::MAX);
    Ok(Ok(Choice { changes, left_out, to }))
}

/// Puts the changes of these into the outbox, as far as they can be made; counts them and those that stay. `None` for a
/// reseller that no order may name.
pub(crate) fn set_record(
    tx: &Tx,
    ids: &BTreeSet<SubscriptionId>,
    to: ResellerId,
    host: &crate::host::Host,
) -> Result<Option<(u32, u32)>, StoreError> {
    let now = host.clock.now();
    let Ok(chosen) = choose(tx, ids, to, now)? else { return Ok(None) };
    if chosen.changes.is_empty() {
        return Ok(Some((0, chosen.left_out)));
    }
    Ok(Some((place(tx, &chosen, now, host.random.as_ref())?, chosen.left_out)))
}

fn place(tx: &Tx, chosen: &Choice, now: Timestamp, random: &dyn Random) -> Result<u32, StoreError> {
    let partner_tenant =
        tx.settings().get(PARTNER_TENANT)?.and_then(|text| text.parse().ok()).unwrap_or(TenantId(uuid::Uuid::nil()));
    let first = tx.operations().next_sequence()?;
    let mut moved: BTreeMap<ResellerId, u32> = BTreeMap::new();
    for (place, one) in chosen.changes.iter().enumerate() {
        let payload = OperationPayload::SetResellerOfRecord(Box::new(one.payload.clone()));
        let hash = payload_hash(&payload)?;
        // An onboarding is what operations hang on; each change stands alone, so that one that fails holds up no other.
        let onboarding = Onboarding {
            id: OnboardingId(random.id()),
            purpose: DraftPurpose::EditCustomer { customer_id: one.found.customer_id },
            customer_id: one.found.customer_id,
            reseller_id: Some(one.from.id),
            reseller_of_record: Some(chosen.to.id),
            content: DraftContent::default(),
            hash: hash.clone(),
            submitted_at: now,
        };
        tx.insert_onboarding(&onboarding)?;
        let operation = Operation {
            id: OperationId(random.id()),
            onboarding_id: onboarding.id,
            customer_id: one.found.customer_id,
            sequence: first.saturating_add(i64::try_from(place).unwrap_or(i64::MAX)),
            revision: 1,
            state: OperationState::Queued,
            parents: Vec::new(),
            payload,
            payload_hash: hash,
            request_key: RequestKey(random.request_id()),
            prefix_index: 0,
            wire_tries: 0,
            ever_unknown: false,
            not_before: None,
            hold: None,
            hold_since: None,
            attention: None,
            result: OperationResult::default(),
            approved_at: now,
            partner_tenant,
            updated_at: now,
        };
        tx.insert_operation(&operation)?;
        tx.append_event(&Event {
            operation_id: operation.id,
            at: now,
            kind: EventKind::Submitted,
            state: operation.state,
            status: 0,
            code: 0,
            correlation_id: None,
            reason: String::new(),
        })?;
        *moved.entry(one.from.id).or_default() += 1;
    }
    let total: u32 = moved.values().sum();
    for (reseller_id, count) in moved {
        let detail = format!("{count} {}", chosen.to.name);
        tx.append_reseller_news(&News { reseller_id, at: now, kind: NewsKind::Moved, detail })?;
    }
    let received = News { reseller_id: chosen.to.id, at: now, kind: NewsKind::Received, detail: total.to_string() };
    tx.append_reseller_news(&received)?;
    for topic in [Topic::Customers, Topic::Subscriptions, Topic::Outbox, Topic::Connection] {
        tx.touch(topic);
    }
    Ok(total)
}
