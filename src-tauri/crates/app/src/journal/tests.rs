//! The journal through the use cases: what an onboarding leaves in it, its export, and its chain.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use super::{convert, watch};
use crate::App;
use crate::driver::bench::{Bench, NAME, Submitted};
use crate::views::{
    ExportWord, JournalActorView, JournalAreaView, JournalFilter, JournalKindView, JournalRow, OperationKindView,
};
use cb_domain::journal::JournalKind;
use cb_domain::operation::OperationState;
use std::time::Duration;

fn all() -> JournalFilter {
    JournalFilter {
        customer_id: String::new(),
        reseller_id: String::new(),
        areas: Vec::new(),
        from: String::new(),
        to: String::new(),
        search: String::new(),
    }
}

async fn rows(app: &App, filter: &JournalFilter) -> Vec<JournalRow> {
    let (mut rows, mut below) = (Vec::new(), None);
    loop {
        let page = app.journal(filter.clone(), below).await.unwrap();
        rows.extend(page.rows);
        below = page.next;
        if below.is_none() {
            return rows;
        }
    }
}

async fn onboarded(bench: &Bench, app: &App) -> Submitted {
    let done = bench.submit(app).await;
    let open = app.open_book().await.unwrap();
    let id = *done.operations.last().unwrap();
    for _ in 0..2_000 {
        let last = open.book.read(move |db| db.operations().get(id)).await.unwrap().unwrap();
        if last.state == OperationState::Confirmed {
            return done;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("never confirmed");
}

#[test]
fn every_kind_has_its_view() {
    for kind in JournalKind::ALL {
        convert::kind(kind).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_onboarding_is_told_from_submit_to_the_noted_password_and_never_with_it() {
    let bench = Bench::new(71);
    let app = bench.open().await;
    let done = onboarded(&bench, &app).await;
    let onboarding = done.onboarding.to_string();
    app.begin_reveal(onboarding.clone()).await.unwrap();
    let password = app.reveal_password(onboarding.clone()).await.unwrap();
    app.acknowledge_setup_info(onboarding).await.unwrap();

    let filter = JournalFilter { customer_id: done.customer.to_string(), ..all() };
    let told = rows(&app, &filter).await;
    let has = |kind: JournalKindView| told.iter().any(|row| row.kind == kind);
    for kind in [
        JournalKindView::CustomerAdded,
        JournalKindView::OperationConfirmed,
        JournalKindView::CustomerChanged,
        JournalKindView::SubscriptionAdded,
        JournalKindView::SubscriptionChanged,
        JournalKindView::SetupInfoArrived,
        JournalKindView::SetupInfoRevealed,
        JournalKindView::SetupInfoAcknowledged,
    ] {
        assert!(has(kind), "{kind:?}: {told:#?}");
    }
    let created = |row: &&JournalRow| row.operation == Some(OperationKindView::CreateCustomer);
    let confirmed = told.iter().filter(created).find(|row| row.kind == JournalKindView::OperationConfirmed).unwrap();
    assert_eq!(confirmed.actor, JournalActorView::PartnerCenter);
    assert!(!confirmed.correlation_id.is_empty() && !confirmed.request_id.is_empty() && confirmed.status >= 200);
    let revealed = told.iter().find(|row| row.kind == JournalKindView::SetupInfoRevealed).unwrap();
    assert_eq!((revealed.actor, revealed.person.as_str()), (JournalActorView::Person, "Mara Lindt"));
    assert!(told.iter().all(|row| row.customer_name == NAME));
    assert!(!format!("{told:?}").contains(&password.password), "the password is in the journal");
    let file = tempfile::tempdir().unwrap().keep().join("journal.csv");
    let exported = app.export_journal(filter, Vec::new(), file.clone()).await.unwrap();
    assert!(!std::fs::read_to_string(file).unwrap().contains(&password.password));
    assert_eq!(usize::try_from(exported.entries).unwrap(), told.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_a_table_that_excel_reads_in_the_words_of_the_screen() {
    let bench = Bench::new(72);
    let app = bench.open().await;
    app.set_paused(true).await.unwrap();
    let open = app.open_book().await.unwrap();
    open.book.write(|tx| tx.set_setting("invitation_sender", "=cmd|'/c calc'!A1")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("journal.csv");
    let words = [("head.number", "Nummer"), ("kind.setting_changed", "Einstellung geändert"), ("field.value", "Wert")];
    let words = words.map(|(key, text)| ExportWord { key: key.to_owned(), text: text.to_owned() });
    let done = app.export_journal(all(), words.to_vec(), to.clone()).await.unwrap();
    let text = std::fs::read_to_string(&to).unwrap();
    assert!(text.starts_with("\u{feff}Nummer,"), "{text}");
    assert!(text.contains("Einstellung geändert") && text.contains(",Wert,"), "{text}");
    let lines = text.trim_start_matches('\u{feff}').lines().count();
    assert_eq!(u32::try_from(lines).unwrap(), done.rows + 1);
    assert!(text.contains("\"'=cmd"), "{text}");
    assert_eq!(done.file, "journal.csv");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no half file is left");
    let after = rows(&app, &JournalFilter { areas: vec![JournalAreaView::Book], ..all() }).await;
    assert_eq!(after[0].kind, JournalKindView::JournalExported);
    assert_eq!(after[0].reason, done.entries.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_cannot_be_written_leaves_no_file_and_says_so() {
    let bench = Bench::new(73);
    let app = bench.open().await;
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("gone").join("journal.csv");
    app.export_journal(all(), Vec::new(), nowhere).await.unwrap_err();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_is_checked_from_where_the_last_check_ended_and_weekly_from_the_first_entry() {
    let bench = Bench::new(74);
    let app = bench.open().await;
    let open = app.open_book().await.unwrap();
    open.workspace.write().unwrap().folder = bench.folder().display().to_string();
    assert_eq!(app.journal_check().await.unwrap().checked_at, None);
    app.set_paused(true).await.unwrap();
    watch::look(&app, &open).await.unwrap();
    let first = open.book.read(|db| db.journal().check()).await.unwrap();
    assert!(first.number > 0 && first.checked_at.is_some() && first.whole_at == first.checked_at);
    bench.fakes.clock.advance(Duration::from_secs(3600));
    app.set_paused(false).await.unwrap();
    watch::look(&app, &open).await.unwrap();
    let second = open.book.read(|db| db.journal().check()).await.unwrap();
    assert!(second.number > first.number && second.whole_at == first.whole_at, "{second:?}");
    bench.fakes.clock.advance(Duration::from_secs(8 * 24 * 3600));
    watch::look(&app, &open).await.unwrap();
    let third = open.book.read(|db| db.journal().check()).await.unwrap();
    assert!(third.whole_at > second.whole_at);
    assert_eq!(app.journal_check().await.unwrap().broken, None);
}

/// A byte in each column, a missing row and a cut-off end are the store's to see; here, that the app looks, tells and
/// does not forget.
#[tokio::test(flavor = "multi_thread")]
async fn s11_the_history_of_the_outbox_is_checked_at_each_start_and_a_break_stays_told() {
    let bench = Bench::new(75);
    let app = bench.open().await;
    let open = app.open_book().await.unwrap();
    bench.submit(&app).await;
    bench.until(&app, crate::driver::bench::all_confirmed).await;
    let now = crate::host::Clock::now(&*bench.fakes.clock);
    super::history::check(&open, now).await.unwrap();
    assert_eq!(app.journal_check().await.unwrap().history, None);
    let kept = open.book.read(|db| db.settings().get("checks.history")).await.unwrap().unwrap();
    // As if the newest entries had been taken away since.
    let number: serde_json::Value = serde_json::from_str::<serde_json::Value>(&kept).unwrap()["number"].clone();
    let cut = kept.replacen(&format!(":{number},"), ":100000,", 1);
    open.book.write(move |tx| tx.set_setting("checks.history", &cut)).await.unwrap();
    for _ in 0..2 {
        super::history::check(&open, now).await.unwrap();
        let broken = app.journal_check().await.unwrap().history.unwrap();
        assert_eq!((broken.number, broken.fault), (100_000, crate::views::ChainFaultView::CutOff));
    }
}
