//! Sessions over a practice workspace: the driver runs, the practice Partner Center is behind it, and nothing of a
//! session that holds reaches it before the release.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use crate::App;
use crate::driver::bench::{Bench, Submitted, all_confirmed};
use crate::error::AppError;
use crate::views::{
    HoldReasonView, JournalActorView, JournalAreaView, JournalFilter, JournalKindView, JournalRow, JourneyState,
    Language, OutboxFilter, ReportBlockKind, SessionProblemKind, SessionView,
};
use cb_domain::operation::{HoldReason, OperationState};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Ways of the driver through its queue take no time with the fake clock; so long is "nothing happens".
const A_WHILE: Duration = Duration::from_millis(150);

async fn review(app: &App, id: &str) -> SessionView {
    app.session_review(id.to_owned()).await.unwrap()
}

/// A session that holds, with two customers in it.
async fn two_held(bench: &Bench, app: &App) -> (String, Submitted, Submitted) {
    let session = app.start_session(" Partner  day Kiel ".into(), "Ana Moos".into(), true).await.unwrap();
    let one = bench.submit_named(app, "Nordwind Backstube GmbH", &["nordwindbackstube"], true).await;
    let other = bench.submit_named(app, "Seeblick Hotel KG", &["seeblickhotel"], false).await;
    (session.id, one, other)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_reaches_partner_center_before_the_release_and_everything_once_after_it() {
    let bench = Bench::new(41);
    let app = bench.open().await;
    let (id, ..) = two_held(&bench, &app).await;
    app.send_now().await.unwrap();
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(bench.remote.calls.load(Ordering::SeqCst), 0, "not even a look-up, whatever is pressed");
    let all = bench.operations(&app).await;
    assert!(all.iter().all(|one| one.hold == Some(HoldReason::SessionNotReleased)), "every operation says why");

    let seen = review(&app, &id).await;
    assert_eq!((seen.session.held, seen.session.onboardings, seen.entries.len()), (10, 2, 2));
    assert!(seen.entries.iter().all(|entry| entry.held && entry.state == JourneyState::OnHold));
    assert_eq!(seen.entries[1].holds_anyway, [HoldReasonView::AgreementOpen], "not accepted yet");
    assert!(seen.totals[0].term > 0.0 && seen.without_price == 0, "{:?}", seen.totals);

    let refused = app.release_session(id.clone(), "something else".into()).await;
    assert!(matches!(refused, Err(AppError::ReviewChanged)), "only what was reviewed is released (W2)");
    app.release_session(id.clone(), seen.stand.clone()).await.unwrap();
    let again = app.release_session(id.clone(), seen.stand).await;
    assert!(matches!(again, Err(AppError::NotAllowed)), "once");
    // The practice customer accepts after a while.
    bench.until(&app, all_confirmed).await;
    for (name, prefix) in [("Nordwind Backstube GmbH", "nordwindbackstube"), ("Seeblick Hotel KG", "seeblickhotel")] {
        let (tenants, licences) = bench.server(name, prefix).await;
        assert_eq!(tenants, 1, "{name}");
        assert!(licences.values().all(|count| *count == 2), "each line once: {licences:?}");
    }
    let seen = review(&app, &id).await;
    assert_eq!(seen.entries[0].state, JourneyState::Done);
    assert!(!seen.entries[0].order_ids.is_empty(), "the order number is there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_survives_a_restart_and_ends_as_the_person_says() {
    let bench = Bench::new(42);
    let app = bench.open().await;
    let (id, ..) = two_held(&bench, &app).await;
    drop(app);
    let app = bench.open().await;
    let sessions = app.sessions().await.unwrap();
    assert_eq!(sessions.running.as_ref().map(|one| one.name.as_str()), Some("Partner day Kiel"));
    assert!(matches!(
        app.start_session("Husum".into(), String::new(), false).await,
        Err(AppError::NotAllowed | AppError::Store(_))
    ));

    let ended = app.end_session(id.clone(), String::new()).await.unwrap();
    assert_eq!((ended.running, ended.held), (false, 10), "kept held");
    assert!(app.home().await.unwrap().todo.iter().any(|todo| todo.id == id && todo.count == 2), "Home says it");
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(bench.remote.calls.load(Ordering::SeqCst), 0);
    let later = bench.submit_named(&app, "Deichgraf Ingenieure GmbH", &["deichgraf"], true).await;
    bench
        .until(&app, |all| {
            all.iter().filter(|op| op.onboarding_id == later.onboarding).all(|op| op.state == OperationState::Confirmed)
        })
        .await;
    let outbox = app.list_operations(OutboxFilter::All, Some(id.clone())).await.unwrap();
    assert_eq!((outbox.all, outbox.on_hold), (10, 10), "the filter shows the session alone");
    assert!(outbox.rows.iter().all(|row| row.session_name == "Partner day Kiel"));

    let stand = review(&app, &id).await.stand;
    app.release_session(id.clone(), stand).await.unwrap();
    bench.until(&app, |all| all.iter().all(|op| op.hold != Some(HoldReason::SessionNotReleased))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_without_hold_keeps_nothing_back() {
    let bench = Bench::new(43);
    let app = bench.open().await;
    let session = app.start_session("Kiel".into(), String::new(), false).await.unwrap();
    let submitted = bench.submit_named(&app, "Nordwind Backstube GmbH", &["nordwindbackstube"], true).await;
    bench.until(&app, |all| all.iter().all(|op| op.state == OperationState::Confirmed)).await;
    let seen = review(&app, &session.id).await;
    assert_eq!((seen.session.held, seen.entries.len()), (0, 1));
    assert_eq!(seen.entries[0].onboarding_id, submitted.onboarding.to_string());
    assert!(matches!(app.release_session(session.id, seen.stand).await, Err(AppError::NotAllowed)), "it holds nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_batch_check_finds_what_would_be_refused_and_sends_nothing() {
    let bench = Bench::new(44);
    // Somebody else has the prefix.
    let app = bench.open().await;
    bench.submit_named(&app, "Andere GmbH", &["nordwindbackstube"], true).await;
    bench.until(&app, |all| all.iter().all(|op| op.state == OperationState::Confirmed)).await;
    let (id, ..) = two_held(&bench, &app).await;
    let before = review(&app, &id).await;
    assert_eq!(
        (before.check.domains, before.check.addresses, before.check.resellers, before.check.countries),
        (2, 2, 1, 1)
    );
    assert_eq!(before.check.at, None);
    app.check_session(id.clone()).await.unwrap();
    let seen = loop {
        let seen = review(&app, &id).await;
        if seen.check.at.is_some() && !seen.check.running {
            break seen;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    assert_eq!((seen.check.unanswered, seen.check.outdated), (0, false));
    let taken = seen.problems.iter().find(|problem| problem.kind == SessionProblemKind::DomainTaken).unwrap();
    assert_eq!((taken.subject.as_str(), taken.field.as_str()), ("nordwindbackstube", "customer.domainPrefix"));
    assert_eq!(seen.session.held, 10, "a check sends nothing");

    let draft = app.put_right_operation(taken.operation_id.clone(), taken.field.clone()).await.unwrap();
    assert_eq!(draft.focus, "customer.domainPrefix", "the form opens at the field");
    let seen = review(&app, &id).await;
    assert_eq!(seen.corrections, 1);
    let refused = app.release_session(id.clone(), seen.stand).await;
    assert!(matches!(refused, Err(AppError::NotAllowed)), "a correction that was begun is finished first");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_report_says_who_what_and_what_is_open_and_no_password() {
    let bench = Bench::new(45);
    let app = bench.open().await;
    let (id, ..) = two_held(&bench, &app).await;
    for (language, words) in [
        (Language::En, ["Onboarding session", "On hold: session not released", "not yet accepted", "a month"]),
        (
            Language::De,
            ["Onboarding-Sitzung", "Zurückgestellt: Sitzung nicht freigegeben", "noch nicht akzeptiert", "im Monat"],
        ),
    ] {
        let text = serde_json::to_string(&app.session_report(id.clone(), language).await.unwrap()).unwrap();
        for word in
            words.into_iter().chain(["Partner day Kiel", "Ana Moos", "Nordwind Backstube GmbH", "Seeblick Hotel KG"])
        {
            assert!(text.contains(word), "{word} is missing:\n{text}");
        }
    }
    let stand = review(&app, &id).await.stand;
    app.end_session(id.clone(), stand).await.unwrap();
    bench.until(&app, all_confirmed).await;
    for (language, words) in [
        (Language::En, ["Confirmed", "not yet handed over", "accepted by the customer"]),
        (Language::De, ["Bestätigt", "noch nicht übergeben", "vom Kunden akzeptiert"]),
    ] {
        let report = app.session_report(id.clone(), language).await.unwrap();
        let text = serde_json::to_string(&report).unwrap();
        for word in words {
            assert!(text.contains(word), "{word} is missing:\n{text}");
        }
        let open = report.blocks.iter().rfind(|block| block.kind == ReportBlockKind::List).unwrap();
        assert_eq!(open.items.len(), 2, "two to be handed over: {:?}", open.items);
        let file = tempfile::tempdir().unwrap();
        let path = file.path().join("report.pdf");
        app.save_session_report(id.clone(), language, path.clone()).await.unwrap();
        assert!(std::fs::read(path).unwrap().starts_with(b"%PDF-"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_is_renamed_running_or_ended_and_what_was_reviewed_stays_reviewed() {
    let bench = Bench::new(47);
    let app = bench.open().await;
    let (id, ..) = two_held(&bench, &app).await;
    let seen = review(&app, &id).await;
    let renamed = app.rename_session(id.clone(), "  Harbour fair\nHusum ".into()).await.unwrap();
    assert_eq!((renamed.name.as_str(), renamed.held, renamed.running), ("Harbour fair Husum", 10, true));
    for (name, key) in [(" ", "sessionNameMissing"), (&*"x".repeat(81), "sessionNameTooLong")] {
        match app.rename_session(id.clone(), name.to_owned()).await {
            Err(AppError::Validation(problems)) => assert_eq!(problems[0].key, key),
            other => panic!("{other:?}"),
        }
    }
    let nobody = app.rename_session(uuid::Uuid::nil().to_string(), "Kiel".into()).await;
    assert!(matches!(nobody, Err(AppError::NotFound)), "{nobody:?}");
    let outbox = app.list_operations(OutboxFilter::All, Some(id.clone())).await.unwrap();
    assert!(outbox.rows.iter().all(|row| row.session_name == "Harbour fair Husum"), "the outbox says it");
    let ended = app.end_session(id.clone(), seen.stand).await.unwrap();
    assert!(!ended.running && ended.held == 0, "released with what was seen before its name changed");
    app.rename_session(id.clone(), "Husum".into()).await.unwrap();
    let report = app.session_report(id, Language::En).await.unwrap();
    assert!(serde_json::to_string(&report).unwrap().contains("Husum"), "{report:?}");
    assert!(!serde_json::to_string(&report).unwrap().contains("Harbour"), "{report:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_is_asked_for() {
    let bench = Bench::new(46);
    let app = bench.open().await;
    for (name, key) in [(" \n ", "sessionNameMissing"), (&*"x".repeat(81), "sessionNameTooLong")] {
        match app.start_session(name.to_owned(), String::new(), true).await {
            Err(AppError::Validation(problems)) => assert_eq!(problems[0].key, key),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_tells_who_began_renamed_released_and_ended_a_session() {
    let bench = Bench::new(47);
    let app = bench.open().await;
    let (id, ..) = two_held(&bench, &app).await;
    app.rename_session(id.clone(), "Kiel".into()).await.unwrap();
    let stand = review(&app, &id).await.stand;
    // Both in one press: the release stands before the end, and both or none are there.
    app.end_session(id.clone(), stand).await.unwrap();
    let filter = JournalFilter {
        customer_id: String::new(),
        reseller_id: String::new(),
        areas: vec![JournalAreaView::Sessions],
        from: String::new(),
        to: String::new(),
        search: String::new(),
    };
    let mut told = app.journal(filter, None).await.unwrap().rows;
    told.reverse();
    let kinds: Vec<(JournalKindView, &str, &str)> =
        told.iter().map(|row| (row.kind, row.subject.as_str(), row.reason.as_str())).collect();
    assert_eq!(
        kinds,
        [
            (JournalKindView::SessionStarted, "Partner day Kiel", ""),
            (JournalKindView::SessionRenamed, "Kiel", ""),
            (JournalKindView::SessionReleased, "Kiel", "10"),
            (JournalKindView::SessionEnded, "Kiel", "2"),
        ]
    );
    let person = |row: &JournalRow| row.actor == JournalActorView::Person && row.person == "Mara Lindt";
    assert!(told.iter().all(person), "{told:?}");
}
