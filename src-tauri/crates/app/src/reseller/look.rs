//! Looking at Partner Center in the background: who is a partner now, and who is fit to order. Nothing waits for it;
//! without a network nothing changes, and every answer keeps its date.

use crate::error::AppResult;
use crate::host::Host;
use crate::{App, Inner, OpenBook};
use cb_domain::fitness::{Findings, check_is_due, judge, verdict};
use cb_domain::journal::JournalActor;
use cb_domain::matching::{Match, match_partnerships};
use cb_domain::partnership::RequestState;
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_domain::reseller_book::{News, NewsKind, SeenPartnership};
use cb_domain::topic::Topic;
use cb_store::{StoreError, Tx};
use cb_sync::remote::{Answer, Call, Outcome, RequestIds, ResellerToCheck};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Between two looks that nobody asked for.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);

/// A look is under way, and when the last one was answered.
#[derive(Debug, Default)]
pub(crate) struct Looking {
    busy: AtomicBool,
    last: Mutex<Option<Timestamp>>,
}

impl App {
    /// Looks at resellers in the background: who is a partner, who is fit. Answers at once. `now` asks about all of
    /// them, whenever they were asked about last.
    ///
    /// # Errors
    /// `NoBook`.
    pub async fn check_resellers(&self, now: bool) -> AppResult<()> {
        let open = self.open_book().await?;
        look(&self.inner, &open, now);
        Ok(())
    }
}

/// Starts a look unless one is under way or was just made.
pub(crate) fn look(inner: &Arc<Inner>, open: &Arc<OpenBook>, all: bool) {
    let now = inner.host.clock.now();
    let looking = &open.looking;
    let recent =
        looking.last.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|at| now.duration_since(at) < AGAIN);
    if (recent && !all) || looking.busy.swap(true, Ordering::AcqRel) {
        return;
    }
    let (inner, open) = (Arc::clone(inner), Arc::clone(open));
    tokio::spawn(async move {
        match once(&inner.host, &open, all).await {
            Ok(Some(topics)) => {
                *open.looking.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
                if !topics.is_empty() {
                    inner.host.notifier.data_changed(&topics);
                }
            }
            Ok(None) => tracing::info!("resellers were not looked at: no answer"),
            Err(error) => tracing::warn!(%error, "resellers were not looked at"),
        }
        open.looking.busy.store(false, Ordering::Release);
    });
}

/// One look; `None` when Partner Center did not answer.
pub(crate) async fn once(host: &Host, open: &OpenBook, all: bool) -> AppResult<Option<BTreeSet<Topic>>> {
    let Some(Answer::Resellers(seen)) = ask(host, open, Call::ListResellers).await else { return Ok(None) };
    let now = host.clock.now();
    let ids: Vec<uuid::Uuid> = seen.iter().map(|_| host.random.id()).collect();
    let mut topics =
        open.book.acting(JournalActor::PartnerCenter).write(move |tx| apply(tx, &seen, &ids, now)).await?.topics;
    topics.extend(crate::connect::recognise(host, open).await?);
    let due: Vec<Reseller> = open
        .book
        .read(move |db| {
            let mut due = Vec::new();
            for one in db.resellers().all()? {
                // A verdict without the two answers behind it can't be explained on the reseller's page.
                let asked = all || check_is_due(&one, now) || db.reseller_book().findings(one.id)?.is_none();
                if one.partnership == PartnershipState::Active && asked {
                    due.push(one);
                }
            }
            Ok(due)
        })
        .await?;
    let questions: Vec<ResellerToCheck> = due.iter().filter_map(question).collect();
    if questions.is_empty() {
        return Ok(Some(topics));
    }
    let Some(Answer::ResellersChecked(found)) = ask(host, open, Call::CheckResellers { resellers: questions }).await
    else {
        return Ok(Some(topics));
    };
    topics.extend(open.book.acting(JournalActor::PartnerCenter).write(move |tx| keep(tx, &found, now)).await?.topics);
    Ok(Some(topics))
}

fn question(reseller: &Reseller) -> Option<ResellerToCheck> {
    let tenant = reseller.tenant_id?;
    Some(ResellerToCheck { tenant, partner_id: reseller.partner_id.clone().unwrap_or_default() })
}

/// One request; `None` when it was not answered.
pub(crate) async fn ask(host: &Host, open: &OpenBook, call: Call) -> Option<Answer> {
    let random = &host.random;
    let ids = RequestIds { request_key: random.request_id().into(), correlation_id: random.request_id().into() };
    match open.remote.send(&call, ids).await {
        Outcome::Done { answer, .. } => Some(answer),
        Outcome::NotSent
        | Outcome::Unknown
        | Outcome::Throttled { .. }
        | Outcome::SignIn
        | Outcome::MfaNeeded
        | Outcome::Refused { .. } => None,
    }
}

/// Matches the whole list of partnerships with the book. `fresh` has an id for each that may turn out to be new.
pub(crate) fn apply(tx: &Tx, seen: &[Reseller], fresh: &[uuid::Uuid], now: Timestamp) -> Result<(), StoreError> {
    let known = tx.resellers().all()?;
    let matching = match_partnerships(&known, seen);
    let waiting = tx.reseller_book().seen_partnerships()?;
    let listed: BTreeSet<_> = seen.iter().filter_map(|one| one.tenant_id).collect();
    for gone in waiting.iter().filter(|one| !listed.contains(&one.tenant_id)) {
        tx.remove_seen_partnership(gone.tenant_id)?;
    }
    for (at, found) in matching.matches {
        let Some(one) = seen.get(at) else { continue };
        match found {
            Match::Same { id, accepted, came_back, renamed_from } => {
                let Some(reseller) = known.iter().find(|known| known.id == id) else { continue };
                same(tx, reseller, one, accepted, came_back, renamed_from, now)?;
            }
            Match::Proposed { candidates } => {
                let Some(tenant_id) = one.tenant_id else { continue };
                // What was put aside once more looks the same: nothing to write.
                if waiting.iter().any(|known| known.tenant_id == tenant_id && known.candidates == candidates) {
                    continue;
                }
                tx.put_seen_partnership(&SeenPartnership {
                    tenant_id,
                    partner_id: one.partner_id.clone(),
                    name: one.name.clone(),
                    country: one.country.clone(),
                    candidates,
                    seen_at: now,
                })?;
            }
            Match::New => {
                let Some(id) = fresh.get(at) else { continue };
                new(tx, (*id).into(), one, now)?;
            }
        }
    }
    for id in matching.ended {
        let Some(reseller) = known.iter().find(|known| known.id == id) else { continue };
        tx.put_reseller(&Reseller {
            partnership: PartnershipState::Ended,
            partnership_since: Some(now),
            last_activity_at: Some(now),
            ..reseller.clone()
        })?;
        crate::partnership::close_requests(tx, id, RequestState::Ended, now)?;
        tx.append_reseller_news(&News { reseller_id: id, at: now, kind: NewsKind::Ended, detail: String::new() })?;
    }
    Ok(())
}

/// A partnership that nobody in the book stands for.
pub(super) fn new(tx: &Tx, id: cb_domain::ids::ResellerId, seen: &Reseller, now: Timestamp) -> Result<(), StoreError> {
    tx.put_reseller(&Reseller {
        id,
        partnership: PartnershipState::Active,
        partnership_since: Some(now),
        last_activity_at: Some(now),
        fitness: Fitness::Unknown,
        fitness_checked_at: None,
        ..seen.clone()
    })?;
    tx.append_reseller_news(&News { reseller_id: id, at: now, kind: NewsKind::Accepted, detail: String::new() })
}

/// It is this one: what Partner Center says of it is taken over; people and town are the book's own.
pub(super) fn same(
    tx: &Tx,
    reseller: &Reseller,
    seen: &Reseller,
    accepted: bool,
    came_back: bool,
    renamed_from: Option<String>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let filled = |theirs: &str, ours: &str| if theirs.is_empty() { ours.to_owned() } else { theirs.to_owned() };
    let partner_id = seen.partner_id.clone().or_else(|| reseller.partner_id.clone());
    // Another PartnerID has another fitness.
    let same_number = partner_id == reseller.partner_id;
    let after = Reseller {
        name: filled(&seen.name, &reseller.name),
        tenant_id: seen.tenant_id.or(reseller.tenant_id),
        country: filled(&seen.country, &reseller.country),
        partnership: PartnershipState::Active,
        partnership_since: if accepted { Some(now) } else { reseller.partnership_since },
        fitness: if same_number && !accepted { reseller.fitness } else { Fitness::Unknown },
        fitness_checked_at: if same_number && !accepted { reseller.fitness_checked_at } else { None },
        last_activity_at: if accepted { Some(now) } else { reseller.last_activity_at },
        partner_id,
        ..reseller.clone()
    };
    if after == *reseller {
        return Ok(());
    }
    tx.put_reseller(&after)?;
    if let Some(tenant) = after.tenant_id {
        tx.remove_seen_partnership(tenant)?;
    }
    let tell =
        |kind, detail: String| tx.append_reseller_news(&News { reseller_id: reseller.id, at: now, kind, detail });
    if let Some(before) = renamed_from {
        tell(NewsKind::Renamed, before)?;
    }
    if accepted {
        tell(if came_back { NewsKind::CameBack } else { NewsKind::Accepted }, String::new())?;
        crate::partnership::close_requests(tx, reseller.id, RequestState::Accepted, now)?;
    }
    Ok(())
}

/// Keeps the answers. Where nothing was answered, the last answer stays with its date.
pub(super) fn keep(tx: &Tx, found: &[(ResellerToCheck, Findings)], now: Timestamp) -> Result<(), StoreError> {
    for (asked, findings) in found {
        let Some(reseller) = tx.resellers().by_tenant(asked.tenant)? else { continue };
        let fitness = judge(*findings);
        if fitness == Fitness::Unknown {
            continue;
        }
        let before = verdict(&reseller, now);
        let after = Reseller { fitness, fitness_checked_at: Some(now), ..reseller };
        tx.put_findings(after.id, *findings, now)?;
        tx.put_reseller(&after)?;
        let now_unfit = verdict(&after, now).is_not_fit();
        let kind = match (before.is_not_fit(), now_unfit) {
            (false, true) => NewsKind::NotFit,
            (true, false) => NewsKind::Fit,
            (false, false) | (true, true) => continue,
        };
        let detail = if now_unfit { crate::lists::words::fitness_key(fitness).to_owned() } else { String::new() };
        tx.append_reseller_news(&News { reseller_id: after.id, at: now, kind, detail })?;
    }
    Ok(())
}
