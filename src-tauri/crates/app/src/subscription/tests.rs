//! Changes of subscriptions over a real book and the practice Partner Center.

use crate::App;
use crate::fakes::Fakes;
use crate::views::{
    ActionBlockView, ChangeEffectKind, CommerceView, CustomerQuery, Language, OperationAction, OperationStateView,
    PracticeSubscriptionEvent, StandsKind, SubscriptionActionView, SubscriptionChangeForm, SubscriptionChangeKind,
    SubscriptionPageView, SubscriptionStatusView, SupportFilter, SupportQuery, TermDecisionView, WaitsFor,
};
use std::time::Duration;

mod meets;
mod twice;

struct World {
    app: App,
    _folder: tempfile::TempDir,
}

fn form(kind: SubscriptionChangeKind) -> SubscriptionChangeForm {
    SubscriptionChangeForm {
        kind,
        quantity: 0,
        auto_renew: false,
        product_id: String::new(),
        sku_id: String::new(),
        term: String::new(),
        cycle: String::new(),
        contact_id: String::new(),
        decision: None,
    }
}

fn licences(quantity: u32) -> SubscriptionChangeForm {
    SubscriptionChangeForm { quantity, ..form(SubscriptionChangeKind::Licences) }
}

impl World {
    async fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::new(Fakes::new(seed).host(), folder.path().to_path_buf(), Language::En);
        app.try_it_out().await.unwrap();
        Self { app, _folder: folder }
    }

    /// The first active subscription of the sample that fits, read from Partner Center.
    async fn find(&self, fits: impl Fn(&SubscriptionPageView) -> bool) -> SubscriptionPageView {
        let query = CustomerQuery { limit: 100, ..CustomerQuery::default() };
        for row in self.app.list_customers(query).await.unwrap().rows {
            for one in self.app.customer_detail(row.id).await.unwrap().subscriptions {
                let page = self.read(&one.id).await;
                if page.confirmed.status == SubscriptionStatusView::Active && fits(&page) {
                    return page;
                }
            }
        }
        panic!("no such subscription");
    }

    /// The page after a read that is waited for.
    async fn read(&self, id: &str) -> SubscriptionPageView {
        let open = self.app.open_book().await.unwrap();
        super::pull::now(&self.app.inner.host, &open, id.parse().unwrap()).await.unwrap();
        self.app.subscription_page(id.to_owned()).await.unwrap()
    }

    async fn submit(&self, id: &str, change: SubscriptionChangeForm) -> String {
        let preview = self.app.preview_subscription_change(id.to_owned(), change.clone()).await.unwrap();
        assert_eq!((preview.blocked, preview.problems.len()), (None, 0), "{change:?}");
        self.app.submit_subscription_change(id.to_owned(), change, preview.hash).await.unwrap()
    }

    /// Waits until the operation stands so.
    async fn until(&self, operation: &str, state: OperationStateView) {
        for _ in 0..600 {
            let detail = self.app.operation_detail(operation.to_owned()).await.unwrap();
            if detail.row.state == state {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let detail = self.app.operation_detail(operation.to_owned()).await.unwrap();
        panic!("{state:?}: {detail:?}");
    }
}

fn fit(page: &SubscriptionPageView) -> bool {
    // A reseller of record that is not fit would be refused.
    !["Cascade", "Waterlinie", "Lariodata"].iter().any(|bad| page.reseller_name.starts_with(bad))
}

fn blocked(page: &SubscriptionPageView, action: SubscriptionActionView) -> Option<ActionBlockView> {
    page.actions.iter().find(|one| one.action == action).unwrap().blocked
}

#[tokio::test(flavor = "multi_thread")]
async fn more_licences_offline_wait_and_then_go_back_within_their_window() {
    let world = World::new(201).await;
    let page = world
        .find(|page| fit(page) && page.commerce == CommerceView::New && page.window.is_empty() && !page.trial)
        .await;
    assert_eq!(blocked(&page, SubscriptionActionView::FewerLicences), Some(ActionBlockView::WindowClosed));
    world.app.set_work_offline(true).await.unwrap();
    let before = page.confirmed.quantity;
    let operation = world.submit(&page.id, licences(before + 5)).await;
    let waiting = world.app.subscription_page(page.id.clone()).await.unwrap();
    assert_eq!(waiting.wanted.as_ref().map(|wanted| wanted.quantity), Some(before + 5), "wanted stands over confirmed");
    assert_eq!((waiting.confirmed.quantity, waiting.changes[0].state), (before, OperationStateView::Waiting));
    world.app.set_work_offline(false).await.unwrap();
    world.until(&operation, OperationStateView::Confirmed).await;
    let page = world.read(&page.id).await;
    assert_eq!((page.confirmed.quantity, page.wanted.is_none()), (before + 5, true));
    assert_eq!(page.window.iter().map(|one| one.quantity).sum::<u32>(), 5, "only the new ones can go back");
    let operation = world.submit(&page.id, licences(before)).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    assert_eq!(world.read(&page.id).await.confirmed.quantity, before);
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_change_names_the_one_it_waits_for_and_goes_with_it() {
    let world = World::new(207).await;
    let page = world.find(|page| fit(page) && page.commerce == CommerceView::New && !page.trial).await;
    world.app.set_work_offline(true).await.unwrap();
    let more = page.confirmed.quantity + 5;
    let first = world.submit(&page.id, licences(more)).await;
    let second =
        SubscriptionChangeForm { auto_renew: !page.confirmed.auto_renew, ..form(SubscriptionChangeKind::AutoRenew) };
    let second = world.submit(&page.id, second).await;

    let row = world.app.operation_detail(second.clone()).await.unwrap().row;
    assert_eq!(row.waits_for, WaitsFor::Change, "nothing is ordered before it");
    let after = row.after.unwrap();
    assert_eq!((after.id.as_str(), after.product.as_str()), (first.as_str(), page.confirmed.product_name.as_str()));
    assert_eq!((after.change, after.licences), (Some(SubscriptionChangeKind::Licences), more));

    let detail = world.app.operation_detail(first.clone()).await.unwrap();
    let also: Vec<_> = detail.cancels_changes.iter().map(|one| (one.id.as_str(), one.change)).collect();
    assert_eq!(also, [(second.as_str(), Some(SubscriptionChangeKind::AutoRenew))], "what goes with it is named");
    assert_eq!((detail.cancels, detail.row.after), (2, None));
    world.app.cancel_operation(first).await.unwrap();
    world.until(&second, OperationStateView::Cancelled).await;
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_closes_while_it_waits_needs_the_person() {
    let world = World::new(202).await;
    let page = world.find(|page| fit(page) && page.commerce == CommerceView::New && page.window.is_empty()).await;
    let before = page.confirmed.quantity;
    let operation = world.submit(&page.id, licences(before + 2)).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    world.read(&page.id).await;
    world.app.set_work_offline(true).await.unwrap();
    let operation = world.submit(&page.id, licences(before)).await;
    world.app.move_practice_clock(8 * 24).await.unwrap();
    world.app.set_work_offline(false).await.unwrap();
    world.until(&operation, OperationStateView::NeedsAttention).await;
    let detail = world.app.operation_detail(operation).await.unwrap();
    assert_eq!(detail.actions, [OperationAction::Cancel], "as it is, it would be refused again");
    let row = &detail.row;
    let told = (row.product.as_str(), row.change, row.licences);
    assert_eq!(told, (page.confirmed.product_name.as_str(), Some(SubscriptionChangeKind::Licences), before));
    let heard = world.app.open_book().await.unwrap().driver.status().clock_skew_seconds;
    assert!(heard > 7 * 24 * 3600, "the moved clock was heard: {heard}");
    assert_eq!(world.app.connection().await.unwrap().clock_skew_seconds, 0, "and it is no clock that is wrong");
    assert_eq!(world.app.subscription_page(page.id).await.unwrap().confirmed.quantity, before + 2);
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_in_partner_center_meanwhile_is_a_difference() {
    let world = World::new(203).await;
    let page = world.find(|page| fit(page) && page.commerce == CommerceView::New).await;
    let before = page.confirmed.quantity;
    world.app.set_work_offline(true).await.unwrap();
    let operation = world.submit(&page.id, licences(before + 5)).await;
    world.app.practice_subscription(page.id.clone(), PracticeSubscriptionEvent::MoreLicences).await.unwrap();
    world.app.set_work_offline(false).await.unwrap();
    world.until(&operation, OperationStateView::NeedsAttention).await;
    let difference = world.app.operation_detail(operation.clone()).await.unwrap().difference.unwrap();
    let field = difference.fields.iter().find(|one| one.field == "quantity").unwrap();
    let told = (field.base.as_str(), field.mine.as_str(), field.theirs.as_str());
    let text = |number: u32| number.to_string();
    assert_eq!(told, (&*text(before), &*text(before + 5), &*text(before + 3)));
    let mine = crate::views::DecidedField { field: "quantity".into(), value: text(before + 5) };
    world.app.resolve_difference(operation.clone(), vec![mine]).await.unwrap();
    world.until(&operation, OperationStateView::Confirmed).await;
    assert_eq!(world.read(&page.id).await.confirmed.quantity, before + 5);
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn products_in_a_difference_are_told_with_their_titles() {
    let world = World::new(208).await;
    let page = world
        .find(|page| {
            fit(page)
                && page.commerce == CommerceView::New
                && page.confirmed.next_term.is_none()
                && page.confirmed.quantity > 2
                && blocked(page, SubscriptionActionView::ChangeAtRenewal).is_none()
        })
        .await;
    world.app.set_work_offline(true).await.unwrap();
    let wanted =
        SubscriptionChangeForm { quantity: page.confirmed.quantity - 1, ..form(SubscriptionChangeKind::AtRenewal) };
    let operation = world.submit(&page.id, wanted).await;
    world.app.practice_subscription(page.id.clone(), PracticeSubscriptionEvent::RenewalPlanned).await.unwrap();
    world.app.set_work_offline(false).await.unwrap();
    world.until(&operation, OperationStateView::NeedsAttention).await;
    let detail = world.app.operation_detail(operation).await.unwrap();
    let difference = detail.difference.unwrap();
    let planned = difference.fields.iter().find(|one| one.field == "nextTerm").unwrap();
    for value in [&planned.mine, &planned.theirs] {
        let title = detail.titles.iter().find(|one| value.contains(&one.key)).unwrap();
        assert_eq!(title.title, page.confirmed.product_name, "{value}");
    }
    let change = detail.changes.iter().find(|one| one.field == "nextTerm").unwrap();
    assert!(detail.titles.iter().any(|one| change.after.contains(&one.key)), "{change:?}");
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_changes_licences_once_and_moves_them_once() {
    let world = World::new(204).await;
    let page = world
        .find(|page| {
            fit(page)
                && page.commerce == CommerceView::New
                && page.confirmed.quantity > 4
                && blocked(page, SubscriptionActionView::Upgrade).is_none()
        })
        .await;
    let lose = || async {
        let switches = world.app.practice().await.unwrap();
        world.app.set_practice(crate::views::PracticeView { lose_next_answer: true, ..switches }).await.unwrap();
    };
    lose().await;
    let before = page.confirmed.quantity;
    let operation = world.submit(&page.id, licences(before + 1)).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    let target = world.app.upgrade_targets(page.id.clone()).await.unwrap().remove(0);
    assert!(target.confirmed, "Partner Center has said so");
    lose().await;
    let upgrade = SubscriptionChangeForm {
        quantity: 2,
        product_id: target.product_id.clone(),
        sku_id: target.sku_id.clone(),
        ..form(SubscriptionChangeKind::Upgrade)
    };
    let operation = world.submit(&page.id, upgrade).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    let page = world.read(&page.id).await;
    assert_eq!(page.confirmed.quantity, before + 1 - 2, "two have moved, not four");
    let rows = world.app.customer_detail(page.customer_id.clone()).await.unwrap().subscriptions;
    let second: Vec<_> = rows.iter().filter(|one| one.product_name == target.title && one.quantity == 2).collect();
    assert_eq!(second.len(), 1, "a second subscription, once");
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_term_is_decided_and_comes_true_when_the_clock_is_moved() {
    let world = World::new(205).await;
    let page = world
        .find(|page| {
            fit(page)
                && page.commerce == CommerceView::New
                && page.confirmed.auto_renew
                && page.confirmed.term == "P1Y"
                && page.confirmed.quantity > 3
        })
        .await;
    let cut = SubscriptionChangeForm {
        quantity: page.confirmed.quantity - 2,
        decision: Some(TermDecisionView::Cut),
        ..form(SubscriptionChangeKind::Decide)
    };
    let preview = world.app.preview_subscription_change(page.id.clone(), cut.clone()).await.unwrap();
    assert!(preview.effects.iter().any(|one| one.kind == ChangeEffectKind::TakesEffect), "{preview:?}");
    let operation = world.submit(&page.id, cut).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    let decided = world.read(&page.id).await;
    assert_eq!(decided.term_end.as_ref().unwrap().decided.as_ref().unwrap().decision, TermDecisionView::Cut);
    assert_eq!(decided.confirmed.next_term.as_ref().map(|next| next.quantity), Some(page.confirmed.quantity - 2));
    world.app.move_practice_clock(366 * 24).await.unwrap();
    let renewed = world.read(&page.id).await;
    assert_eq!(renewed.confirmed.quantity, page.confirmed.quantity - 2, "as decided");
    assert!(renewed.ends_at > page.ends_at && renewed.confirmed.next_term.is_none());
    assert!(renewed.term_end.unwrap().decided.is_none(), "the new end is another one");
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_decided_asks_no_longer() {
    let world = World::new(208).await;
    let page = world.find(|page| fit(page) && page.stands.kind == StandsKind::TermEnds).await;
    let end =
        SubscriptionChangeForm { decision: Some(TermDecisionView::Cancel), ..form(SubscriptionChangeKind::Decide) };
    world.submit(&page.id, end).await;
    let decided = world.read(&page.id).await;
    assert!(decided.term_end.as_ref().unwrap().decided.is_some());
    assert_ne!(decided.stands.kind, StandsKind::TermEnds, "{:?}", decided.stands);
    let rows = world.app.customer_detail(decided.customer_id).await.unwrap().subscriptions;
    assert_ne!(rows.iter().find(|one| one.id == page.id).unwrap().stands.kind, StandsKind::TermEnds);
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn support_contacts_are_set_many_at_once_and_deviations_listed() {
    let world = World::new(206).await;
    let query = |filter| SupportQuery {
        filter,
        reseller_id: String::new(),
        search: String::new(),
        after: String::new(),
        limit: 40,
    };
    let list = world.app.support_contacts(query(SupportFilter::All)).await.unwrap();
    assert_eq!((list.rows.len(), list.deviating), (40, 0));
    let contact = list.choices.iter().find(|one| one.name.starts_with("Rheinblick")).unwrap();
    let ids: Vec<String> = list.rows.iter().map(|one| one.subscription_id.clone()).collect();
    let preview = world.app.preview_support_contacts(ids.clone(), contact.id.clone()).await.unwrap();
    assert_eq!((preview.changes.len(), preview.left_out), (40, 0));
    assert!(preview.notes > 0 && preview.sent > 0 && preview.notes + preview.sent == 40, "both kinds are among them");
    let set = world.app.submit_support_contacts(ids.clone(), contact.id.clone(), preview.hash).await.unwrap();
    assert_eq!(set, 40);
    for _ in 0..600 {
        let all = world.app.support_contacts(query(SupportFilter::Deviating)).await.unwrap();
        if all.deviating == 40 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let after = world.app.support_contacts(query(SupportFilter::Deviating)).await.unwrap();
    assert_eq!(after.deviating, 40, "{:?}", after.rows.iter().filter(|one| !one.operation_id.is_empty()).count());
    let again = world.app.preview_support_contacts(ids, contact.id.clone()).await.unwrap();
    assert_eq!((again.changes.len(), again.left_out), (0, 40), "they are so already");
    world.app.shut_down().await;
}

/// Days on the practice clock until this one's term has ended.
fn days_beyond(now: jiff::Timestamp, end: jiff::Timestamp) -> u32 {
    u32::try_from(end.duration_since(now).as_hours() / 24 + 2).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_clock_reads_what_has_ended_and_leaves_the_rest_alone() {
    let world = World::new(210).await;
    let open = world.app.open_book().await.unwrap();
    let now = open.trade_now(&world.app.inner.host);
    let book = open.book.clone();
    // All whose term has ended by then, the longest ago first.
    let all = |at: jiff::Timestamp| {
        let book = book.clone();
        async move { book.read(move |db| db.subscription_book().ended(at, None, 500)).await }
    };
    let ends = all(now + jiff::SignedDuration::from_hours(24 * 3_000)).await.unwrap();
    let (_, (first, _)) = ends[ends.len() / 2];
    let days = days_beyond(now, first);
    let moved = now + jiff::SignedDuration::from_hours(24 * i64::from(days));
    let due: Vec<_> = ends.iter().filter(|(_, (at, _))| *at <= moved).map(|(id, _)| *id).collect();
    let later: Vec<_> = ends.iter().filter(|(_, (at, _))| *at > moved).map(|(id, _)| *id).collect();
    assert!(due.len() > 10 && later.len() > 10, "{} and {}", due.len(), later.len());
    let read_at = |ids: Vec<cb_domain::ids::SubscriptionId>| {
        let book = book.clone();
        async move {
            let work = move |db: &cb_store::Db| {
                ids.iter().map(|id| Ok(db.subscription_book().details(*id)?.map(|(_, at)| at))).collect()
            };
            let found: Vec<Option<jiff::Timestamp>> = book.read(work).await.unwrap();
            found
        }
    };
    let before = read_at(later.clone()).await;
    world.app.move_practice_clock(days * 24).await.unwrap();
    for _ in 0..1_500 {
        if all(moved).await.unwrap().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(all(moved).await.unwrap().len(), 0, "renewed, extended or over");
    assert_eq!(read_at(later).await, before, "nobody asked about the others");
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_counts_windows_by_batch_and_by_the_trades_clock() {
    let world = World::new(211).await;
    let page = world
        .find(|page| fit(page) && page.commerce == CommerceView::New && page.window.is_empty() && !page.trial)
        .await;
    let operation = world.submit(&page.id, licences(page.confirmed.quantity + 5)).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    world.read(&page.id).await;
    world.app.move_practice_clock(4 * 24).await.unwrap();
    let operation = world.submit(&page.id, licences(page.confirmed.quantity + 7)).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    let later = world.read(&page.id).await;
    assert_eq!(later.window.iter().map(|one| one.quantity).collect::<Vec<_>>(), [5, 2], "two batches");
    // Of the customer's row, of the subscription's in it, and of the page.
    let badges = || async {
        let detail = world.app.customer_detail(page.customer_id.clone()).await.unwrap();
        let own = detail.subscriptions.iter().find(|one| one.id == page.id).unwrap().stands.clone();
        [own, world.app.subscription_page(page.id.clone()).await.unwrap().stands]
    };
    for stands in badges().await {
        assert_ne!(stands.kind, StandsKind::WindowCloses, "more than two days are left");
    }
    // Five and a half days: the first batch closes within two days, the second one does not.
    world.app.move_practice_clock(36).await.unwrap();
    for stands in badges().await {
        let told = (stands.kind, stands.count, stands.at.clone());
        assert_eq!(told, (StandsKind::WindowCloses, 5, Some(later.window[0].until.clone())));
    }
    let home = world.app.home().await.unwrap();
    let closes = home.todo.iter().find(|one| one.id == page.id).unwrap();
    assert_eq!((closes.count, closes.at.clone()), (5, Some(later.window[0].until.clone())), "Home says the same");
    // Eight days: the first is over.
    world.app.move_practice_clock(60).await.unwrap();
    let home = world.app.home().await.unwrap();
    assert!(home.todo.iter().filter(|one| one.id == page.id).all(|one| one.count != 5));
    for stands in badges().await {
        assert_ne!((stands.kind, stands.count), (StandsKind::WindowCloses, 5));
    }
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_support_contact_is_compared_with_what_partner_center_last_confirmed() {
    let world = World::new(212).await;
    let page = world.find(|page| page.commerce == CommerceView::Legacy).await;
    // One that is not fit would be refused.
    let fit = |name: &str| !["Cascade", "Waterlinie", "Lariodata"].iter().any(|bad| name.starts_with(bad));
    let choices = page.support.choices.iter();
    let mut choices = choices.filter(|one| one.id != page.support.contact_id && fit(&one.name));
    let (first, second) = (choices.next().unwrap().id.clone(), choices.next().unwrap().id.clone());
    let base = |operation: String| {
        let app = &world.app;
        async move {
            let open = app.open_book().await.unwrap();
            let id = operation.parse().unwrap();
            let found = open.book.read(move |db| db.operations().get(id)).await.unwrap().unwrap();
            let cb_domain::operation::OperationPayload::SetSupportContact(payload) = found.payload else {
                panic!("another kind")
            };
            (payload.base, payload.partner_id)
        }
    };
    let set = |contact: &String| SubscriptionChangeForm {
        contact_id: contact.clone(),
        ..form(SubscriptionChangeKind::SupportContact)
    };
    let operation = world.submit(&page.id, set(&first)).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    let (never, confirmed) = base(operation).await;
    assert_eq!(never, None, "the book's own default is not Partner Center's word");
    let operation = world.submit(&page.id, set(&second)).await;
    assert_eq!(base(operation.clone()).await.0, Some(confirmed));
    world.until(&operation, OperationStateView::Confirmed).await;
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_support_contact_named_in_partner_center_is_a_difference_before_the_first_one_of_the_book() {
    for takes_theirs in [false, true] {
        let world = World::new(213).await;
        let page = world.find(|page| page.commerce == CommerceView::Legacy && page.support.choices.len() > 2).await;
        world.app.set_work_offline(true).await.unwrap();
        let named = PracticeSubscriptionEvent::SupportContactNamed;
        world.app.practice_subscription(page.id.clone(), named).await.unwrap();
        let mine = page.support.choices.iter().rev().find(|one| one.name.starts_with("Rheinblick")).unwrap();
        let set =
            SubscriptionChangeForm { contact_id: mine.id.clone(), ..form(SubscriptionChangeKind::SupportContact) };
        let operation = world.submit(&page.id, set).await;
        world.app.set_work_offline(false).await.unwrap();
        world.until(&operation, OperationStateView::NeedsAttention).await;
        let detail = world.app.operation_detail(operation.clone()).await.unwrap();
        assert_eq!(detail.actions, [OperationAction::Resolve, OperationAction::Cancel]);
        let difference = detail.difference.unwrap();
        let [field] = difference.fields.as_slice() else { panic!("{difference:?}") };
        let called = |key: &str| detail.titles.iter().find(|one| one.key == key).unwrap().title.clone();
        assert_eq!(
            (field.field.as_str(), field.base.as_str(), called(&field.mine)),
            ("supportContact", "unknown", mine.name.clone())
        );
        assert_ne!(field.theirs, field.mine);
        let theirs = called(&field.theirs);
        let value = if takes_theirs { field.theirs.clone() } else { field.mine.clone() };
        let decided = crate::views::DecidedField { field: field.field.clone(), value };
        world.app.resolve_difference(operation.clone(), vec![decided]).await.unwrap();
        let state = if takes_theirs { OperationStateView::Cancelled } else { OperationStateView::Confirmed };
        world.until(&operation, state).await;
        let support = world.read(&page.id).await.support;
        assert_eq!(support.contact_name, if takes_theirs { theirs } else { mine.name.clone() });
        world.app.shut_down().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_support_contact_named_in_partner_center_is_read_with_its_subscription() {
    let world = World::new(214).await;
    let page = world.find(|page| page.commerce == CommerceView::Legacy).await;
    let named = PracticeSubscriptionEvent::SupportContactNamed;
    world.app.practice_subscription(page.id.clone(), named).await.unwrap();
    let read = world.read(&page.id).await.support;
    assert!(read.chosen && read.contact_id != page.support.contact_id, "{read:?}");
    // It was seen: another one is set without a question.
    let mine = page.support.choices.iter().find(|one| one.name.starts_with("Rheinblick")).unwrap();
    let set = SubscriptionChangeForm { contact_id: mine.id.clone(), ..form(SubscriptionChangeKind::SupportContact) };
    let operation = world.submit(&page.id, set).await;
    world.until(&operation, OperationStateView::Confirmed).await;
    world.app.shut_down().await;
}
