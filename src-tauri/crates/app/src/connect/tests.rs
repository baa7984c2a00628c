//! An invitation from the first letter to the customer that appears.

use crate::fakes::Fakes;
use crate::host::Clock;
use crate::transport::{Cable, Practice};
use crate::views::{
    HandOverKind, InvitationStateView, Language, SaveCustomerInvitation, WorkspaceColour, WorkspaceKind, WorkspaceView,
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
