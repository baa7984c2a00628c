//! Each action meets what somebody did in Partner Center meanwhile: what it would change or lose is asked about with its
//! three values, and stays as it is there until it is decided; what it does not touch goes through with it.

use super::*;
use crate::views::DecidedField;

type Form = fn(&SubscriptionPageView) -> SubscriptionChangeForm;

/// One action and one thing that was done meanwhile.
struct Meeting {
    /// Which subscription, besides new commerce with some licences and nothing planned.
    fits: fn(&SubscriptionPageView) -> bool,
    /// Done before, so that there is something to change.
    first: Option<Form>,
    form: Form,
    meanwhile: PracticeSubscriptionEvent,
    /// The field that is asked about; `None` where it goes through and theirs stays.
    asks: Option<&'static str>,
}

fn any(_: &SubscriptionPageView) -> bool {
    true
}

fn renewing(page: &SubscriptionPageView) -> bool {
    page.confirmed.auto_renew
}

fn in_its_window(page: &SubscriptionPageView) -> bool {
    blocked(page, SubscriptionActionView::Cancel).is_none()
}

fn with_target(page: &SubscriptionPageView) -> bool {
    blocked(page, SubscriptionActionView::Upgrade).is_none()
}

fn more(page: &SubscriptionPageView) -> SubscriptionChangeForm {
    licences(page.confirmed.quantity + 1)
}

fn turned(page: &SubscriptionPageView) -> SubscriptionChangeForm {
    SubscriptionChangeForm { auto_renew: !page.confirmed.auto_renew, ..form(SubscriptionChangeKind::AutoRenew) }
}

fn planned(page: &SubscriptionPageView) -> SubscriptionChangeForm {
    SubscriptionChangeForm { quantity: page.confirmed.quantity - 1, ..form(SubscriptionChangeKind::AtRenewal) }
}

fn unplanned(_: &SubscriptionPageView) -> SubscriptionChangeForm {
    form(SubscriptionChangeKind::DropAtRenewal)
}

fn cancel(_: &SubscriptionPageView) -> SubscriptionChangeForm {
    form(SubscriptionChangeKind::Cancel)
}

fn suspend(_: &SubscriptionPageView) -> SubscriptionChangeForm {
    form(SubscriptionChangeKind::Suspend)
}

fn resume(_: &SubscriptionPageView) -> SubscriptionChangeForm {
    form(SubscriptionChangeKind::Resume)
}

fn upgrade(_: &SubscriptionPageView) -> SubscriptionChangeForm {
    SubscriptionChangeForm { quantity: 2, ..form(SubscriptionChangeKind::Upgrade) }
}

fn cut(page: &SubscriptionPageView) -> SubscriptionChangeForm {
    SubscriptionChangeForm {
        quantity: page.confirmed.quantity - 1,
        decision: Some(TermDecisionView::Cut),
        ..form(SubscriptionChangeKind::Decide)
    }
}

fn let_it_end(_: &SubscriptionPageView) -> SubscriptionChangeForm {
    SubscriptionChangeForm { decision: Some(TermDecisionView::Cancel), ..form(SubscriptionChangeKind::Decide) }
}

/// Each action against everything that it asks about, and some against what it does not.
fn meetings() -> Vec<Meeting> {
    use PracticeSubscriptionEvent::{AutoRenewFlipped, MoreLicences, RenewalPlanned};
    let one = |fits, form, meanwhile, asks| Meeting { fits, first: None, form, meanwhile, asks };
    vec![
        // Those with a window first: there are few.
        one(in_its_window, cancel as Form, MoreLicences, Some("quantity")),
        one(with_target, upgrade, MoreLicences, Some("quantity")),
        one(any, more, MoreLicences, Some("quantity")),
        one(any, more, RenewalPlanned, Some("nextTerm")),
        one(renewing, turned, RenewalPlanned, Some("nextTerm")),
        one(renewing, planned, RenewalPlanned, Some("nextTerm")),
        one(renewing, planned, AutoRenewFlipped, Some("autoRenew")),
        Meeting { first: Some(planned as Form), ..one(renewing, unplanned, RenewalPlanned, Some("nextTerm")) },
        one(any, suspend, RenewalPlanned, Some("nextTerm")),
        Meeting { first: Some(suspend as Form), ..one(any, resume, RenewalPlanned, Some("nextTerm")) },
        one(renewing, cut, RenewalPlanned, Some("nextTerm")),
        one(renewing, let_it_end, RenewalPlanned, Some("nextTerm")),
        one(any, more, AutoRenewFlipped, None),
        one(renewing, turned, MoreLicences, None),
        one(any, suspend, MoreLicences, None),
        one(renewing, planned, MoreLicences, None),
    ]
}

/// Licences, auto-renew and licences planned, as somebody has made them.
fn theirs(page: &SubscriptionPageView, event: PracticeSubscriptionEvent) -> (u32, bool, Option<u32>) {
    let now = &page.confirmed;
    match event {
        PracticeSubscriptionEvent::MoreLicences => (now.quantity + 3, now.auto_renew, None),
        PracticeSubscriptionEvent::AutoRenewFlipped => (now.quantity, !now.auto_renew, None),
        PracticeSubscriptionEvent::SupportContactNamed => stands(page),
        // What is suspended does not renew, whatever is planned for it.
        PracticeSubscriptionEvent::RenewalPlanned => {
            (now.quantity, now.status != SubscriptionStatusView::Suspended, Some(now.quantity + 5))
        }
    }
}

fn stands(page: &SubscriptionPageView) -> (u32, bool, Option<u32>) {
    let now = &page.confirmed;
    (now.quantity, now.auto_renew, now.next_term.as_ref().map(|next| next.quantity))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_action_asks_about_what_it_would_overwrite_and_leaves_the_rest() {
    let world = World::new(209).await;
    let mut pages = Vec::new();
    for row in world.app.list_customers(CustomerQuery { limit: 100, ..CustomerQuery::default() }).await.unwrap().rows {
        for one in world.app.customer_detail(row.id).await.unwrap().subscriptions {
            let page = world.read(&one.id).await;
            let usable = fit(&page)
                && page.commerce == CommerceView::New
                && page.confirmed.status == SubscriptionStatusView::Active
                && page.confirmed.next_term.is_none()
                && page.confirmed.quantity > 4
                && !page.trial
                && page.changes.is_empty()
                && blocked(&page, SubscriptionActionView::Decide).is_none();
            pages.extend(usable.then_some(page));
        }
    }
    let mut under_way = Vec::new();
    for (number, meeting) in meetings().into_iter().enumerate() {
        let at = pages.iter().position(|page| (meeting.fits)(page)).expect("a subscription that fits");
        let mut page = pages.remove(at);
        if let Some(first) = meeting.first {
            let operation = world.submit(&page.id, first(&page)).await;
            world.until(&operation, OperationStateView::Confirmed).await;
            page = world.read(&page.id).await;
        }
        under_way.push((number, meeting, page));
    }
    world.app.set_work_offline(true).await.unwrap();
    let mut waiting = Vec::new();
    for (number, meeting, page) in under_way {
        let mut wanted = (meeting.form)(&page);
        if wanted.kind == SubscriptionChangeKind::Upgrade {
            let target = world.app.upgrade_targets(page.id.clone()).await.unwrap().remove(0);
            (wanted.product_id, wanted.sku_id) = (target.product_id, target.sku_id);
        }
        let operation = world.submit(&page.id, wanted.clone()).await;
        world.app.practice_subscription(page.id.clone(), meeting.meanwhile).await.unwrap();
        waiting.push((format!("{number}: {:?} meets {:?}", wanted.kind, meeting.meanwhile), meeting, page, operation));
    }
    world.app.set_work_offline(false).await.unwrap();
    for (name, meeting, page, operation) in waiting {
        let there = theirs(&page, meeting.meanwhile);
        let Some(field) = meeting.asks else {
            world.until(&operation, OperationStateView::Confirmed).await;
            let after = world.read(&page.id).await;
            let before = &page.confirmed;
            let wanted = (meeting.form)(&page);
            let expected = match wanted.kind {
                SubscriptionChangeKind::Licences => (before.quantity + 1, there.1, there.2),
                SubscriptionChangeKind::AutoRenew => (there.0, !before.auto_renew, there.2),
                // New commerce turns auto-renew off with it.
                SubscriptionChangeKind::Suspend => (there.0, false, there.2),
                SubscriptionChangeKind::AtRenewal => (there.0, there.1, Some(before.quantity - 1)),
                SubscriptionChangeKind::Upgrade
                | SubscriptionChangeKind::DropAtRenewal
                | SubscriptionChangeKind::Cancel
                | SubscriptionChangeKind::Resume
                | SubscriptionChangeKind::SupportContact
                | SubscriptionChangeKind::Decide => unreachable!("{:?} asks about everything", wanted.kind),
            };
            assert_eq!(stands(&after), expected, "{name}");
            continue;
        };
        world.until(&operation, OperationStateView::NeedsAttention).await;
        let difference = world.app.operation_detail(operation.clone()).await.unwrap().difference.expect(&name);
        let asked = difference.fields.iter().find(|one| one.field == field).expect(&name);
        assert_ne!(asked.base, asked.theirs, "{name}");
        let decided =
            difference.fields.iter().map(|one| DecidedField { field: one.field.clone(), value: one.theirs.clone() });
        world.app.resolve_difference(operation.clone(), decided.collect()).await.unwrap();
        world.until(&operation, OperationStateView::Cancelled).await;
        let after = world.read(&page.id).await;
        assert_eq!(stands(&after), there, "{name}: nothing of ours was written over theirs");
        assert_eq!(after.confirmed.status, page.confirmed.status, "{name}");
    }
    world.app.shut_down().await;
}
