//! Reads a subscription from Partner Center without holding anybody up: how it stands, what it can be upgraded to, and
//! who supports an older one.

use super::facts::{is_open, read};
use super::{support, taken};
use crate::host::Host;
use crate::{Inner, OpenBook};
use cb_domain::catalogue::CommerceKind;
use cb_domain::ids::{SubscriptionId, TenantId};
use cb_domain::subscription::SubscriptionStatus;
use cb_domain::topic::Topic;
use cb_store::StoreError;
use cb_sync::remote::{Answer, Call, Outcome, RequestIds};
use jiff::SignedDuration;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Read less than this ago is not read again.
const FRESH: SignedDuration = SignedDuration::from_secs(30);

/// What is to be read.
struct Wanted {
    tenant: TenantId,
    remote: String,
    legacy: bool,
    with_targets: bool,
}

/// While a change waits it is the change that reads, so that what was read and what was wanted meet in one place.
pub(super) fn in_background(inner: &Arc<Inner>, open: &Arc<OpenBook>, id: SubscriptionId) {
    let (inner, open) = (Arc::clone(inner), Arc::clone(open));
    tokio::spawn(async move {
        match pull(&inner.host, &open, id, FRESH).await {
            Ok(topics) if topics.is_empty() => {}
            Ok(topics) => inner.host.notifier.data_changed(&topics),
            Err(error) => tracing::info!(%error, "a subscription was not read"),
        }
    });
}

/// As [`in_background`], waited for; whatever was read before it.
pub(super) async fn now(host: &Host, open: &OpenBook, id: SubscriptionId) -> Result<BTreeSet<Topic>, StoreError> {
    pull(host, open, id, SignedDuration::ZERO).await
}

async fn pull(
    host: &Host,
    open: &OpenBook,
    id: SubscriptionId,
    fresh: SignedDuration,
) -> Result<BTreeSet<Topic>, StoreError> {
    let clock = host.clock.now();
    let wanted = open
        .book
        .read(move |db| {
            let Some(known) = read(db, id, clock)? else { return Ok(None) };
            let is_fresh = known.details.as_ref().is_some_and(|(_, at)| clock.duration_since(*at) < fresh);
            if is_fresh || known.operations.iter().any(is_open) {
                return Ok(None);
            }
            let (Some(tenant), Some(remote)) = (known.customer.tenant_id, known.subscription.remote_id.clone()) else {
                return Ok(None);
            };
            let legacy = known.subscription.commerce == CommerceKind::Legacy;
            let with_targets = known.subscription.status == SubscriptionStatus::Active && !known.standing.trial;
            Ok(Some(Wanted { tenant, remote, legacy, with_targets }))
        })
        .await?;
    let Some(Wanted { tenant, remote, legacy, with_targets }) = wanted else { return Ok(BTreeSet::new()) };
    let call = Call::ReadSubscription { tenant, subscription: remote.clone() };
    let Some(Answer::Subscription(theirs)) = ask(host, open, call).await else { return Ok(BTreeSet::new()) };
    let contact = if legacy {
        match ask(host, open, Call::ReadSupportContact { tenant, subscription: remote.clone() }).await {
            Some(Answer::SupportContact(contact)) => Some(contact),
            Some(_) | None => None,
        }
    } else {
        None
    };
    let targets = if with_targets {
        match ask(host, open, Call::UpgradeTargets { tenant, subscription: remote, legacy }).await {
            Some(Answer::UpgradeTargets(targets)) => Some(targets),
            Some(_) | None => None,
        }
    } else {
        None
    };
    let written = open
        .book
        .write(move |tx| {
            taken::stands(tx, id, &theirs, clock)?;
            // What was approved meanwhile is compared when its turn comes.
            let waits = read(tx, id, clock)?.is_none_or(|known| known.operations.iter().any(is_open));
            if let Some(contact) = contact.filter(|_| !waits) {
                support::learn(tx, id, &contact, clock)?;
            }
            match &targets {
                Some(targets) => tx.put_upgrade_targets(id, targets, clock),
                None => Ok(()),
            }
        })
        .await?;
    Ok(written.topics)
}

async fn ask(host: &Host, open: &OpenBook, call: Call) -> Option<Answer> {
    let ids =
        RequestIds { request_key: host.random.request_id().into(), correlation_id: host.random.request_id().into() };
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
