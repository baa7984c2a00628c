//! Looking, matching, placing and repairing over a real book and the practice Partner Center.

use super::look;
use crate::App;
use crate::fakes::Fakes;
use crate::views::{
    AnswerView, Language, PartnershipView, PracticeEventKind, PracticeResellerEvent, ResellerQuery, ResellerRow,
    ShieldKind, SortBy, TodoKind, UnfitView,
};
use cb_domain::ids::SubscriptionId;
use std::time::Duration;

struct World {
    app: App,
    fakes: Fakes,
    _folder: tempfile::TempDir,
}

impl World {
    async fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fakes = Fakes::new(seed);
        let app = App::new(fakes.host(), folder.path().to_path_buf(), Language::En);
        app.try_it_out().await.unwrap();
        Self { app, fakes, _folder: folder }
    }

    /// One look that is waited for.
    async fn look(&self) {
        let open = self.app.open_book().await.unwrap();
        assert!(look::once(&self.app.inner.host, &open, true).await.unwrap().is_some(), "Partner Center answered");
    }

    async fn happens(&self, kind: PracticeEventKind, reseller_id: &str) {
        let event = PracticeResellerEvent { kind, reseller_id: reseller_id.to_owned() };
        self.app.practice_reseller(event).await.unwrap();
        self.look().await;
    }

    async fn all(&self) -> Vec<ResellerRow> {
        let query = ResellerQuery {
            search: String::new(),
            partnership: Vec::new(),
            fitness: Vec::new(),
            country: String::new(),
            sort: SortBy::Name,
            descending: false,
        };
        self.app.list_resellers(query).await.unwrap().rows
    }

    async fn reseller(&self, name: &str) -> ResellerRow {
        self.all().await.into_iter().find(|row| row.name.starts_with(name)).unwrap()
    }

    async fn todo(&self, kind: TodoKind) -> Vec<String> {
        let todo = self.app.home().await.unwrap().todo;
        todo.into_iter().filter(|one| one.kind == kind).map(|one| one.name).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_book_shows_every_bad_case_with_its_reason() {
    let world = World::new(71).await;
    world.look().await;
    for (name, kind, reason) in [
        ("Rheinblick", ShieldKind::Fit, None),
        ("Cascade", ShieldKind::NotFit, Some(UnfitView::Suspended)),
        ("Waterlinie", ShieldKind::NotFit, Some(UnfitView::PartnerIdNotValid)),
        ("Lariodata", ShieldKind::NotFit, Some(UnfitView::AgreementNotSigned)),
        ("Fjordlys", ShieldKind::NotFit, Some(UnfitView::NotRequested)),
        ("Costa", ShieldKind::NotFit, Some(UnfitView::Ended)),
    ] {
        let shield = world.reseller(name).await.shield;
        assert_eq!((shield.kind, shield.reason), (kind, reason), "{name}");
    }
    let page = world.app.reseller_page(world.reseller("Cascade").await.id).await.unwrap();
    assert_eq!((page.agreement, page.on_record, page.code), (AnswerView::Yes, AnswerView::No, 900_154), "and why");
    let unfit = world.todo(TodoKind::ResellerNotFit).await;
    assert_eq!(unfit.len(), 3, "Home lists the active ones that are not fit: {unfit:?}");
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_nothing_changes_and_every_answer_keeps_its_date() {
    let world = World::new(72).await;
    world.look().await;
    let before = world.all().await;
    world.app.set_work_offline(true).await.unwrap();
    let open = world.app.open_book().await.unwrap();
    assert!(look::once(&world.app.inner.host, &open, true).await.unwrap().is_none());
    world.app.check_resellers(true).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(world.all().await, before);
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acceptance_is_matched_by_partner_id_and_told_until_it_was_looked_at() {
    let world = World::new(73).await;
    let requested = world.reseller("Wisła").await;
    assert_eq!(requested.partnership, PartnershipView::Requested);
    world.happens(PracticeEventKind::Accepts, &requested.id).await;
    let active = world.reseller("Wisła").await;
    assert_eq!((active.id.as_str(), active.partnership), (requested.id.as_str(), PartnershipView::Active));
    assert!(active.takes_customers, "its tenant is known now");
    assert_eq!(active.contact_email, requested.contact_email, "people are the book's own");
    assert_eq!(world.todo(TodoKind::PartnershipAccepted).await.len(), 1);
    // A second look finds nothing new.
    world.look().await;
    assert_eq!(world.todo(TodoKind::PartnershipAccepted).await.len(), 1);
    world.app.see_reseller_news(active.id).await.unwrap();
    assert!(world.todo(TodoKind::PartnershipAccepted).await.is_empty());
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_alone_is_proposed_and_the_person_confirms() {
    let world = World::new(74).await;
    let draft = world.reseller("Fjordlys").await;
    world.happens(PracticeEventKind::AcceptsUnknown, &draft.id).await;
    assert_eq!(world.reseller("Fjordlys").await.partnership, PartnershipView::Draft, "nothing is done in silence");
    let open = world.app.partnerships_to_place().await.unwrap();
    assert_eq!((open.len(), open[0].candidates[0].id.as_str()), (1, draft.id.as_str()));
    assert_eq!(world.todo(TodoKind::PartnershipToPlace).await.len(), 1);
    world.app.place_partnership(open[0].tenant_id.clone(), draft.id.clone()).await.unwrap();
    let active = world.reseller("Fjordlys").await;
    assert_eq!(
        (active.partnership, active.partner_id.as_str()),
        (PartnershipView::Active, open[0].partner_id.as_str())
    );
    assert!(world.app.partnerships_to_place().await.unwrap().is_empty());
    world.look().await;
    assert!(world.app.partnerships_to_place().await.unwrap().is_empty(), "the next look knows it");
    assert!(world.app.place_partnership(open[0].tenant_id.clone(), String::new()).await.is_err(), "placed once");
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_nobody_knows_is_new_and_one_that_is_gone_has_ended_and_may_come_back() {
    let world = World::new(75).await;
    world.happens(PracticeEventKind::Accepts, "").await;
    assert_eq!(world.reseller("Nordlicht").await.partnership, PartnershipView::Active);
    let gone = world.reseller("Donauufer").await;
    world.happens(PracticeEventKind::Ends, &gone.id).await;
    let ended = world.reseller("Donauufer").await;
    assert_eq!((ended.partnership, ended.takes_customers), (PartnershipView::Ended, false));
    assert_eq!(ended.customers, gone.customers, "its customers stay");
    assert_eq!(world.todo(TodoKind::PartnershipEnded).await, std::slice::from_ref(&gone.name));
    world.happens(PracticeEventKind::Accepts, &gone.id).await;
    let back = world.reseller("Donauufer").await;
    assert_eq!((back.id, back.partnership), (gone.id, PartnershipView::Active));
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_on_an_unfit_one_is_moved_offline_and_sent_once() {
    let world = World::new(76).await;
    world.look().await;
    let from = world.reseller("Cascade").await;
    let to = world.reseller("Rheinblick").await;
    let list = world.app.hanging(String::new()).await.unwrap();
    let group = list.groups.iter().find(|group| group.reseller.id == from.id).unwrap();
    let ids: Vec<String> =
        group.subscriptions.iter().filter(|row| row.stays.is_none()).map(|row| row.subscription_id.clone()).collect();
    assert!(ids.len() > 1, "the sample has enough");
    let renews = |id: &str| {
        let (id, app) = (id.parse::<SubscriptionId>().unwrap(), world.app.clone());
        async move {
            let open = app.open_book().await.unwrap();
            open.book.read(move |db| Ok(db.subscriptions().get(id)?.unwrap())).await.unwrap()
        }
    };
    let before = renews(&ids[0]).await;
    world.app.set_work_offline(true).await.unwrap();
    let unfit = world.reseller("Waterlinie").await.id;
    assert!(world.app.preview_record(ids.clone(), unfit).await.is_err(), "an unfit one can't be chosen");
    let preview = world.app.preview_record(ids.clone(), to.id.clone()).await.unwrap();
    assert_eq!((preview.changes.len(), preview.left_out), (ids.len(), 0));
    assert!(world.app.submit_record(ids.clone(), to.id.clone(), "other".to_owned()).await.is_err(), "W2");
    let count = world.app.submit_record(ids.clone(), to.id.clone(), preview.hash.clone()).await.unwrap();
    assert_eq!(usize::try_from(count).unwrap(), ids.len());
    assert!(world.app.submit_record(ids.clone(), to.id.clone(), preview.hash).await.is_err(), "pressed twice: once");
    world.app.set_work_offline(false).await.unwrap();
    for _ in 0..400 {
        let open = world.app.hanging(from.id.clone()).await.unwrap();
        let left =
            open.groups.iter().flat_map(|group| &group.subscriptions).filter(|row| ids.contains(&row.subscription_id));
        if left.count() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let after = renews(&ids[0]).await;
    assert_eq!(after.reseller_of_record.unwrap().to_string(), to.id);
    assert_eq!(after.auto_renew, before.auto_renew, "what else stands there stays");
    let open = world.app.open_book().await.unwrap();
    let tenant = open
        .book
        .read({
            let customer = after.customer_id;
            move |db| Ok(db.customers().get(customer)?.and_then(|one| one.tenant_id).unwrap())
        })
        .await
        .unwrap();
    let there = look::ask(&world.app.inner.host, &open, cb_sync::remote::Call::ListSubscriptions { tenant }).await;
    let Some(cb_sync::remote::Answer::Subscriptions(there)) = there else { panic!("listed") };
    let there = there.iter().find(|one| one.remote_id == after.remote_id).unwrap();
    assert_eq!(there.auto_renew, before.auto_renew, "Partner Center renews it as before");
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_tags_and_support_contact_are_kept() {
    let world = World::new(77).await;
    let one = world.reseller("Rheinblick").await;
    world.app.save_reseller_note(one.id.clone(), "Mag keine Anrufe vor 10.\n".to_owned()).await.unwrap();
    let tags = ["Nord ", "nord", "", "Schulen"].map(str::to_owned).to_vec();
    world.app.save_reseller_tags(one.id.clone(), tags).await.unwrap();
    world.app.save_reseller_support(one.id.clone(), one.id.clone()).await.unwrap();
    let page = world.app.reseller_page(one.id.clone()).await.unwrap();
    assert_eq!(
        (page.note.as_str(), page.row.tags.as_slice()),
        ("Mag keine Anrufe vor 10.", ["Nord", "Schulen"].map(str::to_owned).as_slice())
    );
    assert_eq!(page.support_id, one.id);
    assert!(page.orders.len() > 1 && !page.customers.is_empty());
    let ended = world.reseller("Costa").await;
    assert!(world.app.save_reseller_support(one.id.clone(), ended.id).await.is_err(), "only an active one");
    world.app.save_reseller_support(one.id.clone(), String::new()).await.unwrap();
    assert_eq!(world.app.reseller_page(one.id).await.unwrap().support_id, "");
    assert!(world.app.reseller_page(uuid::Uuid::nil().to_string()).await.is_err());
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn resellers_are_looked_at_when_the_network_comes_back_by_itself() {
    let world = World::new(77).await;
    world.app.set_work_offline(true).await.unwrap();
    let fit = world.all().await.into_iter().find(|row| row.shield.kind == ShieldKind::Fit).unwrap();
    let event = PracticeResellerEvent { kind: PracticeEventKind::Suspended, reseller_id: fit.id.clone() };
    world.app.practice_reseller(event).await.unwrap();
    // The look of that press found no network; nobody presses anything else.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let kind = |rows: Vec<ResellerRow>| rows.into_iter().find(|row| row.id == fit.id).unwrap().shield.kind;
    assert_eq!(kind(world.all().await), ShieldKind::Fit, "not asked yet");
    world.fakes.clock.advance(Duration::from_secs(13 * 3600));
    world.app.set_work_offline(false).await.unwrap();
    let mut seen = ShieldKind::Fit;
    for _ in 0..400 {
        seen = kind(world.all().await);
        if seen == ShieldKind::NotFit {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(seen, ShieldKind::NotFit);
}
