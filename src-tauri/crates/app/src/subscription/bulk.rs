//! Support contacts in bulk: many at once, each deviation from the reseller's default listed.

use super::facts::{Known, is_open, read, subscription_of};
use super::place::{self, Fresh};
use super::support::{choices, id_text, is_note_only, name, payload};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::lists::{AS_OF, words};
use crate::views::{SupportChange, SupportFilter, SupportList, SupportPreview, SupportQuery, SupportRow};
use cb_domain::change::SetSupportContact;
use cb_domain::freeze::hash_of;
use cb_domain::ids::{CustomerId, ResellerId, SubscriptionId};
use cb_domain::operation::{Operation, OperationPayload};
use cb_domain::subscription::SubscriptionStatus;
use cb_store::{Db, StoreError, SupportCursor, Supported};
use std::collections::{BTreeSet, HashMap};

/// Most subscriptions set at once.
const MOST: usize = 500;
/// Most rows of a page.
const MOST_ROWS: u32 = 200;
/// Stands for each one's default.
const DEFAULT: &str = "default";

/// What is to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// This one; `None` for the provider.
    Contact(Option<ResellerId>),
    /// The default of each one's reseller.
    Default,
}

impl Wanted {
    fn of(self, one: &Supported) -> Option<ResellerId> {
        match self {
            Self::Contact(contact) => contact,
            Self::Default => one.default,
        }
    }
}

impl App {
    /// Customers and subscriptions with their support contacts.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn support_contacts(&self, query: SupportQuery) -> AppResult<SupportList> {
        let reseller: Option<ResellerId> =
            if query.reseller_id.is_empty() { None } else { Some(query.reseller_id.parse()?) };
        let asked = cb_store::SupportQuery {
            reseller,
            search: query.search,
            legacy: match query.filter {
                SupportFilter::Older => Some(true),
                SupportFilter::New => Some(false),
                SupportFilter::All | SupportFilter::Deviating | SupportFilter::WithoutContact => None,
            },
            deviating: query.filter == SupportFilter::Deviating,
            without_contact: query.filter == SupportFilter::WithoutContact,
        };
        let after = cursor(&query.after);
        let limit = query.limit.clamp(1, MOST_ROWS);
        let open = self.open_book().await?;
        Ok(open.book.read(move |db| list(db, &asked, after.as_ref(), limit)).await?)
    }

    /// What *Submit* would set. `contact_id` is a reseller, empty for the provider, or `default` for each one's default.
    ///
    /// # Errors
    /// `NotFound`; `NotAllowed` for a contact that is no active reseller.
    pub async fn preview_support_contacts(&self, ids: Vec<String>, contact_id: String) -> AppResult<SupportPreview> {
        let (ids, wanted) = parsed(&ids, &contact_id)?;
        let open = self.open_book().await?;
        open.book.read(move |db| preview(db, &ids, wanted)).await?
    }

    /// Sets them, as they were looked at (W2). Answers with how many were set.
    ///
    /// # Errors
    /// `ReviewChanged`, `NotAllowed`, `NotFound`, the store's.
    pub async fn submit_support_contacts(&self, ids: Vec<String>, contact_id: String, hash: String) -> AppResult<u32> {
        let (ids, wanted) = parsed(&ids, &contact_id)?;
        let open = self.open_book().await?;
        let fresh = Fresh::new(&self.inner.host);
        let written = open
            .book
            .write(move |tx| {
                let chosen = match choose(tx, &ids, wanted)? {
                    Ok(chosen) => chosen,
                    Err(error) => return Ok(Err(error)),
                };
                match chosen.hash() {
                    Ok(found) if found == hash && !chosen.changes.is_empty() => {}
                    Ok(_) => return Ok(Err(AppError::ReviewChanged)),
                    Err(error) => return Ok(Err(error)),
                }
                set(tx, &chosen, &fresh).map(Ok)
            })
            .await?;
        let count = written.value?;
        self.publish(&written.topics);
        open.wake();
        Ok(count)
    }
}

fn parsed(ids: &[String], contact: &str) -> AppResult<(Vec<SubscriptionId>, Wanted)> {
    if ids.len() > MOST {
        // Never some of what was chosen in silence.
        return Err(AppError::NotAllowed);
    }
    let mut ids = ids.iter().map(|id| id.parse()).collect::<Result<Vec<SubscriptionId>, uuid::Error>>()?;
    ids.sort();
    ids.dedup();
    Ok((ids, wanted(contact)?))
}

fn wanted(contact: &str) -> AppResult<Wanted> {
    Ok(match contact {
        "" => Wanted::Contact(None),
        DEFAULT => Wanted::Default,
        id => Wanted::Contact(Some(id.parse()?)),
    })
}

fn cursor(text: &str) -> Option<SupportCursor> {
    let (numbers, name) = text.split_once(' ')?;
    let (customer, number) = numbers.split_once('-')?;
    Some(SupportCursor { name: name.to_owned(), customer: customer.parse().ok()?, number: number.parse().ok()? })
}

fn list(
    db: &Db,
    query: &cb_store::SupportQuery,
    after: Option<&SupportCursor>,
    limit: u32,
) -> Result<SupportList, StoreError> {
    let (found, next) = db.subscription_book().supported(query, after, limit)?;
    let (matching, deviating) = db.subscription_book().supported_count(query)?;
    let names: HashMap<ResellerId, String> = db.resellers().all()?.into_iter().map(|one| (one.id, one.name)).collect();
    let named = |id: Option<ResellerId>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let waiting = waiting_of(db, found.iter().map(|one| one.customer.id).collect())?;
    let rows = found
        .iter()
        .map(|one| {
            let operation = waiting.get(&one.subscription.id);
            let contact = one.contact();
            SupportRow {
                subscription_id: one.subscription.id.to_string(),
                customer_id: one.customer.id.to_string(),
                customer_name: one.customer.name.clone(),
                reseller_id: id_text(one.customer.reseller_id),
                reseller_name: named(one.customer.reseller_id),
                product_name: one.subscription.product_name.clone(),
                quantity: one.subscription.quantity,
                commerce: words::commerce(one.subscription.commerce),
                contact_id: id_text(contact),
                contact_name: named(contact),
                chosen: one.chosen.is_some(),
                default_id: id_text(one.default),
                default_name: named(one.default),
                deviates: contact != one.default,
                operation_id: operation.map(|one| one.id.to_string()).unwrap_or_default(),
                state: operation.map(|one| super::state(one.state, one.hold.is_some())),
            }
        })
        .collect();
    Ok(SupportList {
        rows,
        next: next.map(|at| format!("{}-{} {}", at.customer, at.number, at.name)).unwrap_or_default(),
        matching: matching.count,
        more: matching.more,
        deviating: deviating.count,
        more_deviating: deviating.more,
        choices: choices(db)?,
        as_of: db.settings().get(AS_OF)?,
    })
}

/// Support contacts on their way, by subscription: of these customers only, however much waits of others.
fn waiting_of(db: &Db, customers: BTreeSet<CustomerId>) -> Result<HashMap<SubscriptionId, Operation>, StoreError> {
    let mut waiting = HashMap::new();
    for customer in customers {
        let open = db.operations().of_customer(customer)?.into_iter().filter(is_open);
        let contacts = open.filter(|one| one.payload.support_contact().is_some());
        waiting.extend(contacts.filter_map(|one| Some((subscription_of(&one.payload)?, one))));
    }
    Ok(waiting)
}

struct Choice {
    changes: Vec<(Supported, SetSupportContact)>,
    left_out: u32,
}

impl Choice {
    fn hash(&self) -> AppResult<String> {
        let payloads: Vec<&SetSupportContact> = self.changes.iter().map(|(_, payload)| payload).collect();
        Ok(hash_of(&payloads)?)
    }
}

/// Sets the support contact of these, as far as that changes anything; counts them and those that stay. `None` for a
/// reseller that cannot be it.
pub(crate) fn set_support(
    tx: &cb_store::Tx,
    ids: &BTreeSet<SubscriptionId>,
    contact: &str,
    host: &crate::host::Host,
) -> Result<Option<(u32, u32)>, StoreError> {
    let Ok(wanted) = wanted(contact) else { return Ok(None) };
    let ids: Vec<SubscriptionId> = ids.iter().copied().collect();
    let Ok(chosen) = choose(tx, &ids, wanted)? else { return Ok(None) };
    Ok(Some((set(tx, &chosen, &Fresh::new(host))?, chosen.left_out)))
}

fn choose(db: &Db, ids: &[SubscriptionId], wanted: Wanted) -> Result<AppResult<Choice>, StoreError> {
    let chosen = db.subscription_book().supported_by_id(ids)?;
    let waiting = waiting_of(db, chosen.iter().map(|one| one.customer.id).collect())?;
    let mut changes = Vec::new();
    for one in chosen {
        let contact = wanted.of(&one);
        let over = matches!(
            one.subscription.status,
            SubscriptionStatus::Expired | SubscriptionStatus::Disabled | SubscriptionStatus::Deleted
        );
        // So already, by choice or by default; or a change of it is on its way.
        if over || waiting.contains_key(&one.subscription.id) || one.contact() == contact {
            continue;
        }
        let Some(payload) = payload(db, &one, contact)? else { return Ok(Err(AppError::NotAllowed)) };
        changes.push((one, payload));
    }
    let left_out = u32::try_from(ids.len().saturating_sub(changes.len())).unwrap_or(u32::MAX);
    Ok(Ok(Choice { changes, left_out }))
}

fn preview(db: &Db, ids: &[SubscriptionId], wanted: Wanted) -> Result<AppResult<SupportPreview>, StoreError> {
    let chosen = match choose(db, ids, wanted)? {
        Ok(chosen) => chosen,
        Err(error) => return Ok(Err(error)),
    };
    let hash = match chosen.hash() {
        Ok(hash) => hash,
        Err(error) => return Ok(Err(error)),
    };
    let mut changes = Vec::with_capacity(chosen.changes.len());
    for (one, payload) in &chosen.changes {
        changes.push(SupportChange {
            subscription_id: one.subscription.id.to_string(),
            customer_name: one.customer.name.clone(),
            product_name: one.subscription.product_name.clone(),
            from_name: name(db, one.contact())?,
            to_name: payload.name.clone(),
            note_only: is_note_only(one.subscription.commerce),
            deviates: payload.contact != one.default,
        });
    }
    let notes = u32::try_from(changes.iter().filter(|one| one.note_only).count()).unwrap_or(u32::MAX);
    let all = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    Ok(Ok(SupportPreview { sent: all.saturating_sub(notes), notes, left_out: chosen.left_out, changes, hash }))
}

fn set(tx: &cb_store::Tx, chosen: &Choice, fresh: &Fresh) -> Result<u32, StoreError> {
    for (one, payload) in &chosen.changes {
        if is_note_only(one.subscription.commerce) {
            tx.put_subscription_support(one.subscription.id, payload.contact, fresh.now)?;
            continue;
        }
        let Some(known) = read(tx, one.subscription.id, fresh.now)? else { continue };
        let Known { parents, .. } = known.clone();
        let payload = OperationPayload::SetSupportContact(Box::new(payload.clone()));
        place::operation(tx, &known, payload, parents, fresh, 0)?;
    }
    Ok(u32::try_from(chosen.changes.len()).unwrap_or(u32::MAX))
}
