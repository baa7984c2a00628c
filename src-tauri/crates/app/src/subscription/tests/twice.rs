//! What is wanted again, on top of what waits or was decided already; and decisions about older subscriptions.

use super::{World, blocked, fit, form, licences};
use crate::views::{
    ActionBlockView, AttentionReasonView, ChangeEffectKind, CommerceView, HistoryKind, OperationAction,
    OperationDetail, OperationStateView, SubscriptionActionView, SubscriptionChangeForm, SubscriptionChangeKind,
    SubscriptionPageView, TermDecisionView, TermDefaultView,
};
use cb_domain::operation::{Operation, OperationState};
use cb_store::Tx;

fn decide(decision: TermDecisionView) -> SubscriptionChangeForm {
    SubscriptionChangeForm { decision: Some(decision), ..form(SubscriptionChangeKind::Decide) }
}

fn new_and_shut(page: &SubscriptionPageView) -> bool {
    fit(page) && page.commerce == CommerceView::New && page.window.is_empty() && !page.trial
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_subscription_is_let_end_and_partner_center_confirms_it() {
    let world = World::new(211).await;
    let page = world.find(|page| page.commerce == CommerceView::Legacy && page.confirmed.auto_renew).await;
    let end = page.term_end.as_ref().unwrap();
    assert_eq!(end.decisions, [TermDecisionView::Renew, TermDecisionView::Cancel]);
    let operation = world.submit(&page.id, decide(TermDecisionView::Cancel)).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    let page = world.read(&page.id).await;
    assert!(!page.confirmed.auto_renew);
    // Again: nothing is left to send, and what it brings is said whole.
    let preview =
        world.app.preview_subscription_change(page.id.clone(), decide(TermDecisionView::Cancel)).await.unwrap();
    let said: Vec<_> = preview.effects.iter().map(|one| one.kind).collect();
    assert_eq!((preview.book_only, said), (true, vec![ChangeEffectKind::Ends, ChangeEffectKind::Grace]));
    for none in [TermDecisionView::Cut, TermDecisionView::Change, TermDecisionView::Extend] {
        let form = SubscriptionChangeForm { quantity: 1, ..decide(none) };
        let preview = world.app.preview_subscription_change(page.id.clone(), form).await.unwrap();
        assert_eq!(preview.blocked, Some(ActionBlockView::OlderKind), "{none:?}");
    }
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paid_extension_decided_again_is_still_told_as_paid() {
    let world = World::new(212).await;
    let extends = |page: &SubscriptionPageView| {
        page.term_end.as_ref().is_some_and(|end| end.decisions.contains(&TermDecisionView::Extend))
    };
    let page = world.find(|page| fit(page) && extends(page)).await;
    let operation = world.submit(&page.id, decide(TermDecisionView::Extend)).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    let page = world.read(&page.id).await;
    assert_eq!(page.term_end.as_ref().unwrap().default, TermDefaultView::PaidExtension);
    let preview =
        world.app.preview_subscription_change(page.id.clone(), decide(TermDecisionView::Extend)).await.unwrap();
    let said: Vec<_> = preview.effects.iter().map(|one| one.kind).collect();
    assert_eq!((preview.book_only, said), (true, vec![ChangeEffectKind::PaidExtension]));
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_reductions_that_wait_stay_within_the_window_that_both_are_taken_from() {
    let world = World::new(213).await;
    let page = world.find(new_and_shut).await;
    let before = page.confirmed.quantity;
    let operation = world.submit(&page.id, licences(before + 6)).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    world.read(&page.id).await;
    world.app.set_work_offline(true).await.unwrap();
    world.submit(&page.id, licences(before + 2)).await;
    let page = world.app.subscription_page(page.id.clone()).await.unwrap();
    let fewer = page.actions.iter().find(|one| one.action == SubscriptionActionView::FewerLicences).unwrap();
    assert_eq!((fewer.blocked, fewer.lowest, fewer.highest), (None, before, before + 1));
    let second = world.submit(&page.id, licences(before)).await;
    let page = world.app.subscription_page(page.id.clone()).await.unwrap();
    assert_eq!(blocked(&page, SubscriptionActionView::FewerLicences), Some(ActionBlockView::WindowClosed));
    world.app.set_work_offline(false).await.unwrap();
    world.until(&second, OperationStateView::Confirmed).await;
    assert_eq!(world.read(&page.id).await.confirmed.quantity, before);
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_licences_that_wait_can_be_made_fewer_before_they_are_there() {
    let world = World::new(214).await;
    let page = world.find(new_and_shut).await;
    let before = page.confirmed.quantity;
    world.app.set_work_offline(true).await.unwrap();
    world.submit(&page.id, licences(before + 10)).await;
    let page = world.app.subscription_page(page.id.clone()).await.unwrap();
    let fewer = page.actions.iter().find(|one| one.action == SubscriptionActionView::FewerLicences).unwrap();
    assert_eq!((fewer.blocked, fewer.lowest, fewer.highest), (None, before, before + 9));
    let second = world.submit(&page.id, licences(before + 4)).await;
    world.app.set_work_offline(false).await.unwrap();
    world.until(&second, OperationStateView::Confirmed).await;
    assert_eq!(world.read(&page.id).await.confirmed.quantity, before + 4);
    world.app.shut_down().await;
}

/// A decision that waited until its term was over, after `meanwhile` befell the operation that carries it.
async fn waited_too_long(
    seed: u64,
    meanwhile: impl AsyncFnOnce(&World, &str),
) -> (World, SubscriptionPageView, OperationDetail) {
    let world = World::new(seed).await;
    let renews = |page: &SubscriptionPageView| {
        page.term_end.as_ref().is_some_and(|end| end.default == TermDefaultView::Renews)
            && page.confirmed.term == "P1Y"
            && page.commerce == CommerceView::New
    };
    let page = world.find(|page| fit(page) && renews(page)).await;
    world.app.set_work_offline(true).await.unwrap();
    let operation = world.submit(&page.id, decide(TermDecisionView::Cancel)).await;
    meanwhile(&world, &operation).await;
    world.app.move_practice_clock(366 * 24).await.unwrap();
    world.app.set_work_offline(false).await.unwrap();
    world.until(&operation, OperationStateView::NeedsAttention).await;
    let detail = world.app.operation_detail(operation).await.unwrap();
    assert_eq!(detail.row.attention, Some(AttentionReasonView::TermOver), "{detail:?}");
    (world, page, detail)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_waited_past_its_term_leaves_the_next_term_alone() {
    let (world, page, _) = waited_too_long(217, async |_, _| ()).await;
    let renewed = world.read(&page.id).await;
    assert!(renewed.ends_at > page.ends_at && renewed.confirmed.auto_renew, "renewed, and not ended next year");
    assert!(renewed.term_end.unwrap().decided.is_none(), "nobody has decided about the new end");
    world.app.shut_down().await;
}

/// It went out once and nothing was heard of it (S7).
async fn sent_and_unheard(world: &World, id: &str) {
    let id = id.parse().unwrap();
    let book = world.app.open_book().await.unwrap().book.clone();
    let step = move |tx: &Tx, from: OperationState, to: OperationState| {
        let operation = tx.operations().get(id)?.unwrap();
        let sent = Operation { state: to, wire_tries: 1, ever_unknown: to == OperationState::Unknown, ..operation };
        tx.update_operation(&sent, from)
    };
    book.write(move |tx| step(tx, OperationState::Queued, OperationState::InFlight)).await.unwrap();
    book.write(move |tx| step(tx, OperationState::InFlight, OperationState::Unknown)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_too_late_can_be_cancelled_also_when_its_answer_was_lost() {
    let (world, page, detail) = waited_too_long(217, sent_and_unheard).await;
    assert_eq!(detail.actions, [OperationAction::CheckAgain, OperationAction::Cancel]);
    world.app.cancel_operation(detail.row.id.clone()).await.unwrap();
    let after = world.app.operation_detail(detail.row.id).await.unwrap();
    assert_eq!(after.row.state, OperationStateView::Cancelled);
    let told: Vec<HistoryKind> = after.history.iter().map(|entry| entry.kind).collect();
    assert!(told.contains(&HistoryKind::Cancelled) && !told.contains(&HistoryKind::Corrected), "{told:?}");
    let renewed = world.read(&page.id).await;
    assert!(renewed.confirmed.auto_renew && renewed.term_end.unwrap().decided.is_none());
    world.app.shut_down().await;
}
