//! An invitation from the first letter to the customer that appears.

use crate::fakes::Fakes;
use crate::host::Clock;
use crate::transport::{Cable, Practice};
use crate::views::{
    HandOverKind, InvitationStateView, Language, SaveCustomerInvitation, TodoKind, WorkspaceColour, WorkspaceKind,
    WorkspaceView,
};
use crate::{App, OpenBook};
use cb_domain::connect::{CustomerInvitation, InvitationState};
use cb_domain::mail::{MailLanguage, read_mailto};
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_sandbox::{Options, Sandbox};
use cb_store::{Book, BookKey};
use std::sync::Arc;
use std::time::Duration;

async fn customers(app: &App, name: &str) -> usize {
    app.search(name.to_owned()).await.unwrap().iter().filter(|hit| hit.title.starts_with("Werft Holm")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invited_customer_is_requested_until_it_appears() {
    let (fakes, folder) = (Fakes::new(81), tempfile::tempdir().unwrap());
    let app = App::new(fakes.host(), folder.path().to_path_buf(), Language::De);
    app.try_it_out().await.unwrap();
    let draft = app.start_customer_invitation(Language::De).await.unwrap();
    assert!(draft.mail.link.contains("invType=ResellerRelationship&"), "for the provider alone");
    assert!(app.open_customer_invitation(draft.id.clone()).await.is_err(), "nobody is named yet");
    let reseller = draft.choices.iter().find(|one| one.name.starts_with("Rheinblick")).unwrap().id.clone();
    let saved = app
        .save_customer_invitation(SaveCustomerInvitation {
            id: draft.id.clone(),
            reseller_id: reseller,
            company: "Werft Holm & Söhne GmbH".to_owned(),
            domain: "werftholm".to_owned(),
            contact_name: "Änne Holm".to_owned(),
            email: "aenne@werft-holm.example".to_owned(),
            language: Language::De,
            de: None,
            en: None,
        })
        .await
        .unwrap();
    assert!(saved.problems.is_empty(), "{:?}", saved.problems);
    assert!(
        saved.mail.link.contains("invType=IndirectResellerRelationship&")
            && saved.mail.link.contains("msppId=4871206&")
    );
    let handed = app.open_customer_invitation(draft.id.clone()).await.unwrap();
    assert_eq!(handed.kind, HandOverKind::Opened);
    let uri = fakes.mailer.0.lock().unwrap().last().cloned().unwrap();
    let mail = read_mailto(&uri).unwrap();
    assert_eq!((mail.to.as_str(), &mail.body), ("aenne@werft-holm.example", &handed.body));
    assert!(mail.body.contains(&saved.mail.link), "the link is whole: {}", mail.body);
    let done = app.finish_customer_invitation(draft.id.clone()).await.unwrap();
    assert_eq!(done.state, InvitationStateView::Requested);
    assert_eq!(app.invited_customers().await.unwrap().len(), 1);
    assert_eq!(customers(&app, "werft holm").await, 0);
    app.practice_customer_connects(draft.id.clone()).await.unwrap();
    for _ in 0..200 {
        if app.invited_customers().await.unwrap().is_empty() {
            break;
        }
        app.check_resellers(true).await.unwrap();
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let connected = app.customer_invitation(draft.id).await.unwrap();
    assert_eq!(connected.state, InvitationStateView::Connected);
    assert_eq!(customers(&app, "werft holm").await, 1);
    app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_waited_too_long_is_stale_until_it_is_written_again() {
    const WEEK: Duration = Duration::from_hours(7 * 24);
    let (fakes, folder) = (Fakes::new(83), tempfile::tempdir().unwrap());
    let app = App::new(fakes.host(), folder.path().to_path_buf(), Language::De);
    app.try_it_out().await.unwrap();
    let id = app.start_customer_invitation(Language::De).await.unwrap().id;
    let typed = SaveCustomerInvitation {
        id: id.clone(),
        reseller_id: String::new(),
        company: "Werft Holm".to_owned(),
        domain: "werft holm".to_owned(),
        contact_name: String::new(),
        email: "aenne@werft-holm.example".to_owned(),
        language: Language::De,
        de: None,
        en: None,
    };
    let wrong = app.save_customer_invitation(typed.clone()).await.unwrap();
    let found: Vec<_> = wrong.problems.iter().map(|one| (one.field.as_str(), one.key.as_str())).collect();
    assert_eq!(found, [("domain", "domain")], "a domain with a blank in it recognises nobody");
    assert!(app.finish_customer_invitation(id.clone()).await.is_err());
    let typed = SaveCustomerInvitation { domain: "werftholm".to_owned(), ..typed };
    assert!(app.save_customer_invitation(typed).await.unwrap().problems.is_empty());
    let requested = app.finish_customer_invitation(id.clone()).await.unwrap();
    let asked = requested.requested_at.clone().unwrap();
    assert_eq!((requested.state, requested.since.clone()), (InvitationStateView::Requested, asked.clone()));

    // How it stands in the list, on its page and on Home.
    let stands = async || {
        let row = app.invited_customers().await.unwrap().remove(0);
        let page = app.customer_invitation(id.clone()).await.unwrap();
        assert_eq!((row.state, &row.since), (page.state, &page.since), "list and page say the same");
        let todo = app.home().await.unwrap().todo;
        let told = todo.into_iter().find(|one| one.kind == TodoKind::InvitationUnanswered);
        (page.state, page.since, told.map(|one| (one.id, one.name, one.at)))
    };
    let told = |since: &str| Some((id.clone(), "Werft Holm".to_owned(), Some(since.to_owned())));
    let waiting = (InvitationStateView::Requested, asked.clone(), None);
    let stale = |since: &str| (InvitationStateView::Stale, since.to_owned(), told(since));
    // Seven days on by the clock of Partner Center, and back.
    app.move_practice_clock(7 * 24).await.unwrap();
    assert_eq!(stands().await, stale(&asked));
    app.move_practice_clock(0).await.unwrap();
    assert_eq!(stands().await, waiting);
    // Copied again on that day, it waits anew from that day on; then by everybody's clock, but for a second.
    app.move_practice_clock(7 * 24).await.unwrap();
    let copied = app.copy_customer_invitation(id.clone()).await.unwrap().copied_at.unwrap();
    assert_eq!(stands().await, waiting);
    app.move_practice_clock(0).await.unwrap();
    fakes.clock.advance(WEEK * 2 - Duration::from_secs(1));
    assert_eq!(stands().await, waiting);
    fakes.clock.advance(Duration::from_secs(1));
    assert_eq!(stands().await, stale(&copied));

    // Written again: the waiting begins anew and the date of the request stays; then it is stale since that mail.
    let handed = app.open_customer_invitation(id.clone()).await.unwrap();
    assert_eq!(handed.kind, HandOverKind::Opened);
    assert_eq!(stands().await, waiting);
    let again = app.customer_invitation(id.clone()).await.unwrap().opened_at.unwrap();
    fakes.clock.advance(WEEK);
    assert_eq!(stands().await, stale(&again));
    app.give_up_customer_invitation(id.clone()).await.unwrap();
    assert!(app.invited_customers().await.unwrap().is_empty());
    assert!(app.home().await.unwrap().todo.iter().all(|one| one.kind != TodoKind::InvitationUnanswered));
    app.shut_down().await;
}

#[tokio::test]
async fn a_recognised_customer_comes_with_what_it_owns_and_where_it_sits() {
    let (fakes, folder) = (Fakes::new(82), tempfile::tempdir().unwrap());
    let (host, now) = (fakes.host(), fakes.clock.now());
    let sandbox = Sandbox::open(folder.path(), Options::new(Arc::new(move || now))).unwrap();
    let client = Client::new(
        Arc::new(Practice::new(sandbox, Cable::default())),
        Arc::new(FixedToken::new("practice")),
        ClientConfig::new("https://practice.invalid", "de-DE"),
    );
    let book = Book::create(&folder.path().join("book"), &BookKey::new([8; 32])).unwrap();
    let workspace = WorkspaceView {
        id: "w".to_owned(),
        name: String::new(),
        kind: WorkspaceKind::Practice,
        colour: WorkspaceColour::Purple,
        folder: folder.path().display().to_string(),
    };
    let open = OpenBook::start(&host, workspace, book, Arc::new(client), None).await.unwrap();
    let invitation = CustomerInvitation {
        id: host.random.id().into(),
        reseller_id: None,
        state: InvitationState::Requested,
        company: "Bäckerei Morgenröte".to_owned(),
        domain: cb_sandbox::sample::customers().unwrap().first().unwrap().prefix.clone(),
        contact_name: String::new(),
        email: String::new(),
        country: String::new(),
        language: MailLanguage::De,
        edited_de: None,
        edited_en: None,
        created_at: now,
        saved_at: now,
        opened_at: None,
        copied_at: None,
        requested_at: Some(now),
        closed_at: None,
        customer_id: None,
    };
    let id = invitation.id;
    open.book.write(move |tx| tx.put_customer_invitation(&invitation)).await.unwrap();
    super::recognise(&host, &open).await.unwrap();
    let (customer, subscriptions, profile) = open
        .book
        .read(move |db| {
            let found = db.customer_invitations().get(id)?.unwrap().customer_id.unwrap();
            let customer = db.customers().get(found)?.unwrap();
            Ok((customer, db.subscriptions().of_customer(found)?, db.profiles().get(found)?))
        })
        .await
        .unwrap();
    assert!(!subscriptions.is_empty() && subscriptions.iter().all(|one| one.confirmed_at.is_some()));
    assert!(!customer.town.is_empty() && !profile.unwrap().profile.address_line_1.is_empty());
}
