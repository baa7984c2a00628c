//! Requests from the first letter to the answer, over a real book.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use crate::App;
use crate::driver::bench::Bench;
use crate::error::AppError;
use crate::views::{
    HandOverKind, InvitationSettings, Language, MailText, PartnershipRequestView, PartnershipView, RequestStageView,
    ResellerQuery, SavePartnershipRequest, SortBy, TemplateKindView, TodoKind,
};
use cb_domain::mail::{LONGEST_LINK, read_mailto};
use cb_domain::partnership::RequestState;
use cb_domain::reseller::PartnershipState;
use cb_store::StoreError;
use std::time::Duration;

const LINK: &str = "https://partner.microsoft.com/commerce/invitations/7f3c?a=1&b=2#x";
const DAY: Duration = Duration::from_secs(24 * 3600);

async fn with_link(app: &App) {
    let mut settings = app.invitation_settings().await.unwrap().settings;
    settings.reseller_link = format!("  {LINK}\n");
    settings.provider_name = "Nordkontor & Söhne".to_owned();
    settings.sender = "Jana Petersen".to_owned();
    app.save_invitation_settings(settings).await.unwrap();
}

fn saving(view: &PartnershipRequestView, change: impl FnOnce(&mut SavePartnershipRequest)) -> SavePartnershipRequest {
    let mut request = SavePartnershipRequest {
        id: view.id.clone(),
        revision: view.revision,
        form: view.form.clone(),
        language: view.mail.language,
        de: None,
        en: None,
    };
    change(&mut request);
    request
}

async fn asked(app: &App, company: &str) -> PartnershipRequestView {
    let view = app.start_partnership_request(String::new(), Language::De).await.unwrap();
    let request = saving(&view, |request| {
        request.form.company = company.to_owned();
        request.form.contact_name = "Kaja Öller".to_owned();
        request.form.email = format!("kaja@{}.example", company.to_lowercase());
        request.form.country = "DE".to_owned();
    });
    app.save_partnership_request(request).await.unwrap()
}

async fn listed(app: &App, name: &str) -> Option<(PartnershipView, Option<String>)> {
    let query = ResellerQuery {
        search: name.to_owned(),
        partnership: Vec::new(),
        fitness: Vec::new(),
        country: String::new(),
        sort: SortBy::Name,
        descending: false,
    };
    let found = app.list_resellers(query).await.unwrap().rows.into_iter().find(|row| row.name == name)?;
    Some((found.partnership, found.partnership_since))
}

fn keys(error: &AppError) -> Vec<(String, String)> {
    let AppError::Validation(problems) = error else { panic!("{error:?}") };
    problems.iter().map(|p| (p.field.clone(), p.key.clone())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_first_letter_to_the_answer() {
    let bench = Bench::new(61);
    let app = bench.open().await;
    let view = asked(&app, "Fjordnet").await;
    assert_eq!(listed(&app, "Fjordnet").await.unwrap().0, PartnershipView::Draft);
    // Nothing leaves before a link is there, and it says so at the link.
    let refused = app.open_partnership_mail(view.id.clone()).await.unwrap_err();
    assert_eq!(keys(&refused), [("mail.link".to_owned(), "linkNotSet".to_owned())]);
    with_link(&app).await;

    let handed = app.open_partnership_mail(view.id.clone()).await.unwrap();
    assert_eq!(handed.kind, HandOverKind::Opened);
    let sent = bench.fakes.mailer.0.lock().unwrap().last().cloned().unwrap();
    let read = read_mailto(&sent).unwrap();
    assert_eq!(
        (read.to.as_str(), read.subject.as_str()),
        ("kaja@fjordnet.example", "Partnerschaftsanfrage von Nordkontor & Söhne")
    );
    assert_eq!(read.body, handed.body);
    assert!(read.body.contains(&format!("\n{LINK}\n")) && read.body.contains("Guten Tag Kaja Öller,"));
    app.copy_partnership_mail(view.id.clone()).await.unwrap();
    assert_eq!(bench.fakes.clipboard.0.lock().unwrap().clone().unwrap(), (handed.body, false));

    // Opened is not sent, and the list says *draft* until Done.
    let opened = app.partnership_request(view.id.clone()).await.unwrap();
    assert_eq!((opened.stage, opened.sent_at.clone()), (RequestStageView::Opened, None));
    assert_eq!(listed(&app, "Fjordnet").await.unwrap().0, PartnershipView::Draft);
    let done = app.finish_partnership_request(view.id.clone()).await.unwrap();
    assert_eq!((done.stage, done.open), (RequestStageView::Opened, false));
    assert_eq!(listed(&app, "Fjordnet").await.unwrap(), (PartnershipView::Requested, done.requested_at.clone()));
    let late = app.save_partnership_request(saving(&done, |request| request.form.company = "Other".to_owned())).await;
    assert!(matches!(late, Err(AppError::NotAllowed)), "what was asked is not rewritten");

    let marked = app.mark_partnership_sent(view.id.clone()).await.unwrap();
    assert_eq!(marked.stage, RequestStageView::MarkedSent);
    // Seven days on by the clock of Partner Center, as Home counts them, and back; then by everybody's.
    let stages = async || {
        let rows = app.partnership_requests(done.reseller_id.clone()).await.unwrap();
        (app.partnership_request(view.id.clone()).await.unwrap().stage, rows[0].stage)
    };
    app.move_practice_clock(7 * 24).await.unwrap();
    assert_eq!(stages().await, (RequestStageView::Stale, RequestStageView::Stale));
    app.move_practice_clock(0).await.unwrap();
    assert_eq!(stages().await, (RequestStageView::MarkedSent, RequestStageView::MarkedSent));
    bench.fakes.clock.advance(DAY * 7);
    assert_eq!(stages().await, (RequestStageView::Stale, RequestStageView::Stale));

    // A reminder starts the waiting again and keeps the first date.
    let reminder = app.remind_partnership(done.reseller_id.clone(), Language::En).await.unwrap();
    assert_eq!(reminder.mail.language, Language::De, "written to in the language of the request");
    assert!(reminder.mail.de.subject.starts_with("Erinnerung"));
    app.finish_partnership_request(reminder.id.clone()).await.unwrap();
    assert_eq!(listed(&app, "Fjordnet").await.unwrap().1, done.requested_at);
    let home = app.home().await.unwrap();
    assert!(
        !home.todo.iter().any(|t| t.kind == TodoKind::PartnershipUnanswered && t.name == "Fjordnet"),
        "reminded today"
    );
    bench.fakes.clock.advance(DAY * 7);
    let home = app.home().await.unwrap();
    assert!(home.todo.iter().any(|t| t.kind == TodoKind::PartnershipUnanswered && t.name == "Fjordnet"));

    app.decline_partnership(done.reseller_id.clone()).await.unwrap();
    assert_eq!(listed(&app, "Fjordnet").await.unwrap().0, PartnershipView::Declined);
    let rows = app.partnership_requests(done.reseller_id.clone()).await.unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.stage == RequestStageView::Declined));
    assert!(matches!(app.open_partnership_mail(view.id).await, Err(AppError::NotAllowed)));
    // Asked again later, it is a new request to the same reseller.
    let again = app.start_partnership_request(done.reseller_id, Language::En).await.unwrap();
    assert_eq!((again.form.company.as_str(), again.form.email.as_str()), ("Fjordnet", "kaja@fjordnet.example"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_are_kept_per_language_and_the_link_must_be_there() {
    let bench = Bench::new(62);
    let app = bench.open().await;
    with_link(&app).await;
    let view = asked(&app, "Oresund").await;
    assert_eq!(view.problems, []);
    let mine = MailText {
        subject: "Mein Betreff".into(),
        before: "Hallo\r\n".into(),
        has_link: false,
        after: "Ende".into(),
        subject_follows: false,
        body_follows: false,
    };
    let view = app.save_partnership_request(saving(&view, |request| request.de = Some(mine.clone()))).await.unwrap();
    assert_eq!(view.problems.iter().map(|p| p.key.as_str()).collect::<Vec<_>>(), ["linkMissing"]);
    for refused in [
        app.open_partnership_mail(view.id.clone()).await.map(|_| ()),
        app.copy_partnership_mail(view.id.clone()).await.map(|_| ()),
        app.finish_partnership_request(view.id.clone()).await.map(|_| ()),
        app.mark_partnership_sent(view.id.clone()).await.map(|_| ()),
    ] {
        assert_eq!(keys(&refused.unwrap_err())[0].1, "linkMissing");
    }
    // The other language is untouched and could leave.
    let english = saving(&view, |request| {
        request.de = Some(mine.clone());
        request.language = Language::En;
    });
    let view = app.save_partnership_request(english).await.unwrap();
    assert_eq!((view.problems.as_slice(), view.mail.en_edited, view.mail.de_edited), ([].as_slice(), false, true));
    assert_eq!((view.mail.de.subject.as_str(), view.mail.de.before.as_str()), ("Mein Betreff", "Hallo\n"));
    let handed = app.open_partnership_mail(view.id.clone()).await.unwrap();
    assert!(handed.subject.starts_with("Partnership request from"));
    // An older revision does not overwrite what was opened since.
    let stale = saving(&view, |_| {});
    assert!(matches!(app.save_partnership_request(stale).await, Err(AppError::Store(_))));
    // A number that no page ever had is stale too, and no overflow.
    let made_up = saving(&view, |request| request.revision = u32::MAX);
    assert!(matches!(app.save_partnership_request(made_up).await, Err(AppError::Store(StoreError::Stale))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_subject_leaves_the_body_with_the_names() {
    let bench = Bench::new(62);
    let app = bench.open().await;
    with_link(&app).await;
    let view = asked(&app, "Oresund").await;
    let subject = MailText { subject: "Mein Betreff".into(), subject_follows: false, ..view.mail.de.clone() };
    let view = app.save_partnership_request(saving(&view, |one| one.de = Some(subject))).await.unwrap();
    let renamed = saving(&view, |one| {
        one.de = Some(view.mail.de.clone());
        one.form.company = "Beltsee".to_owned();
    });
    let view = app.save_partnership_request(renamed).await.unwrap();
    assert_eq!((view.mail.de.subject.as_str(), view.mail.former_company.as_str()), ("Mein Betreff", ""));
    assert!(view.mail.de.before.contains("Beltsee") && !view.mail.de.before.contains("Oresund"));
    // A body that was changed stays as it is, and says whom it was written for.
    let body = MailText { after: "Bis bald".into(), body_follows: false, ..view.mail.de.clone() };
    let view = app.save_partnership_request(saving(&view, |one| one.de = Some(body))).await.unwrap();
    let renamed = saving(&view, |one| {
        one.de = Some(view.mail.de.clone());
        one.form.company = "Skagen".to_owned();
    });
    let view = app.save_partnership_request(renamed).await.unwrap();
    assert_eq!((view.mail.de.after.as_str(), view.mail.former_company.as_str()), ("Bis bald", "Beltsee"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_character_too_many_goes_as_an_unsent_message() {
    let bench = Bench::new(63);
    let app = bench.open().await;
    with_link(&app).await;
    let view = asked(&app, "Lang").await;
    let text = |after: usize| MailText {
        subject: "Ä".into(),
        before: "b".into(),
        has_link: true,
        after: "x".repeat(after),
        subject_follows: false,
        body_follows: false,
    };
    let first = app.save_partnership_request(saving(&view, |request| request.de = Some(text(10)))).await.unwrap();
    app.open_partnership_mail(first.id.clone()).await.unwrap();
    let length = bench.fakes.mailer.0.lock().unwrap().last().unwrap().len();
    let fits = 10 + LONGEST_LINK - length;
    let view = app.partnership_request(first.id).await.unwrap();
    let view = app.save_partnership_request(saving(&view, |request| request.de = Some(text(fits)))).await.unwrap();
    assert!(!view.mail.too_long);
    assert_eq!(app.open_partnership_mail(view.id.clone()).await.unwrap().kind, HandOverKind::Opened);
    assert_eq!(bench.fakes.mailer.0.lock().unwrap().last().unwrap().len(), LONGEST_LINK);

    let view = app.partnership_request(view.id).await.unwrap();
    let view = app.save_partnership_request(saving(&view, |request| request.de = Some(text(fits + 1)))).await.unwrap();
    assert!(view.mail.too_long, "said before it happens");
    let handed = app.open_partnership_mail(view.id.clone()).await.unwrap();
    assert_eq!(handed.kind, HandOverKind::OpenedAsFile);
    let file = bench.fakes.mailer.0.lock().unwrap().last().cloned().unwrap();
    let message = std::fs::read_to_string(&file).unwrap();
    assert!(file.ends_with(".eml") && message.starts_with("X-Unsent: 1"), "{message}");
    assert_eq!(app.partnership_request(view.id).await.unwrap().stage, RequestStageView::Opened);
    // It is not encrypted, so it goes with the app.
    app.shut_down().await;
    assert!(!std::path::Path::new(&file).exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_written_whole_or_not_at_all() {
    let bench = Bench::new(64);
    let app = bench.open().await;
    with_link(&app).await;
    asked(&app, "Bekannt").await;
    let mut list = String::from("Firma;Ansprechpartner;E-Mail;Land\n");
    for n in 0..43 {
        list.push_str(&format!("Partner {n};Person {n};p{n}@partner.example;DE\n"));
    }
    list.push_str(";;a@b.example;DE\nOhne;;;DE\nFalsch;;falsch;DE\nLand;;l@b.example;XX\nDoppelt;;p1@partner.example;DE\nBekannt;;b@b.example;DE\nViel;;v@b.example;DE;zu viel\n");
    let seen = app.preview_partnership_list(list.clone(), Language::De).await.unwrap();
    assert_eq!((seen.good.len(), seen.bad_rows), (43, 7));
    assert_eq!(listed(&app, "Partner 1").await, None, "looking through writes nothing");
    let other = app.write_partnership_list(list.clone(), Language::De, 44).await;
    assert!(other.is_err() && listed(&app, "Partner 1").await.is_none(), "all that was seen, or nothing");
    let written = app.write_partnership_list(list.clone(), Language::De, 43).await.unwrap();
    assert_eq!(written.count, 43);
    assert_eq!(
        app.preview_partnership_list(list, Language::De).await.unwrap().good.len(),
        0,
        "they are in the book now"
    );

    let rows = app.partnership_batch(written.batch.clone()).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.company.clone()).collect::<Vec<_>>(),
        (0..43).map(|n| format!("Partner {n}")).collect::<Vec<_>>()
    );
    app.open_partnership_mail(rows[0].id.clone()).await.unwrap();
    app.copy_partnership_mail(rows[1].id.clone()).await.unwrap();
    app.finish_partnership_batch(written.batch).await.unwrap();
    assert_eq!(listed(&app, "Partner 0").await.unwrap().0, PartnershipView::Requested);
    assert_eq!(listed(&app, "Partner 1").await.unwrap().0, PartnershipView::Requested);
    assert_eq!(listed(&app, "Partner 2").await.unwrap().0, PartnershipView::Draft, "never opened");
    app.discard_partnership_request(rows[2].id.clone()).await.unwrap();
    assert_eq!(listed(&app, "Partner 2").await, None, "it was in the book for its request only");
    assert!(app.discard_partnership_request(rows[0].id.clone()).await.is_err(), "asked is asked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_keep_links_and_templates_that_work() {
    let bench = Bench::new(65);
    let app = bench.open().await;
    let kept = app.invitation_settings().await.unwrap();
    let customer = "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=1&DAP=false#/BillingAccounts/partner-invitation";
    let wrong = InvitationSettings {
        reseller_link: customer.to_owned(),
        tenant_id: "12".to_owned(),
        partner_id: "x".to_owned(),
        sender: "a\nb".to_owned(),
        ..kept.settings.clone()
    };
    let found = keys(&app.save_invitation_settings(wrong).await.unwrap_err());
    let wanted = [
        ("sender", "controlCharacter"),
        ("tenantId", "tenantIdForm"),
        ("partnerId", "partnerIdForm"),
        ("resellerLink", "linkForCustomers"),
    ];
    assert_eq!(found, wanted.map(|(field, key)| (field.to_owned(), key.to_owned())));
    assert_eq!(app.invitation_settings().await.unwrap(), kept, "nothing of it was kept");

    let (kind, language) = (TemplateKindView::PartnershipRequest, Language::De);
    let lost = app.save_mail_template(kind, language, "Betreff".into(), "Ohne".into()).await.unwrap_err();
    assert_eq!(keys(&lost)[0].1, "templateNoLink");
    with_link(&app).await;
    let draft = asked(&app, "Vorlage").await;
    app.save_mail_template(kind, language, "Neu für {reseller}".into(), "Los\r\n{link}".into()).await.unwrap();
    let follows = app.partnership_request(draft.id.clone()).await.unwrap();
    assert_eq!((follows.mail.de.subject.as_str(), follows.mail.de.before.as_str()), ("Neu für Vorlage", "Los"));
    let preview =
        app.preview_mail_template(kind, language, "X {provider}".into(), "{link} {nein}".into()).await.unwrap();
    assert_eq!((preview.subject.as_str(), preview.problems.len()), ("X Nordkontor & Söhne", 1));
    let all = app.reset_mail_template(kind, language).await.unwrap();
    assert!(all.len() == 6 && all.iter().all(|template| !template.changed));
    assert_eq!(app.partnership_request(draft.id).await.unwrap().mail.de.subject, draft.mail.de.subject);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_acceptance_seen_at_sync_closes_what_is_open() {
    let bench = Bench::new(66);
    let app = bench.open().await;
    with_link(&app).await;
    let view = asked(&app, "Angenommen").await;
    app.finish_partnership_request(view.id.clone()).await.unwrap();
    let reseller = view.reseller_id.parse().unwrap();
    let reminder = app.remind_partnership(view.reseller_id.clone(), Language::De).await.unwrap();
    let open = app.open_book().await.unwrap();
    let now = bench.fakes.host().clock.now();
    let close = |state| open.book.write(move |tx| super::close_requests(tx, reseller, state, now));
    close(RequestState::Accepted).await.unwrap();
    assert_eq!(app.partnership_request(view.id.clone()).await.unwrap().stage, RequestStageView::Active);
    assert!(matches!(app.partnership_request(reminder.id).await, Err(AppError::NotFound)));
    close(RequestState::Ended).await.unwrap();
    assert_eq!(app.partnership_request(view.id).await.unwrap().stage, RequestStageView::Ended);
    let kept = open.book.read(move |db| db.resellers().get(reseller)).await.unwrap().unwrap();
    assert_eq!(kept.partnership, PartnershipState::Requested, "the reseller's own row is the caller's");
}
