//! The report of a session: who was onboarded, what was ordered, where it stands and what is still open. Never a
//! password. It is put in words once; screen, paper and PDF show the same.

use super::report_words::Words;
use super::review::{Entry, entries};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{
    JourneyState, Language, ReportBlock, ReportBlockKind, ReportColumn, ReportFact, ReportView, SetupInfoState,
    WorkspaceKind, WorkspaceView,
};
use crate::wizard::{draft_row, frozen_totals};
use cb_domain::draft::DraftPurpose;
use cb_domain::ids::SessionId;
use cb_domain::operation::OperationKind;
use cb_domain::session::{Session, add_up};
use cb_report::{Block, Column, Document, Fact, Table};
use cb_store::{Db, StoreError};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// Columns of an order and how they share the width.
const SHARES: [f32; 5] = [5.0, 1.3, 3.0, 2.2, 3.0];

impl App {
    /// The report in a language, as it stands now.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn session_report(&self, id: String, language: Language) -> AppResult<ReportView> {
        let id: SessionId = id.parse()?;
        let open = self.open_book().await?;
        let workspace = open.workspace();
        let (now, zone) = (self.inner.host.clock.now(), self.inner.host.clock.time_zone());
        let around = Around { words: Words(language), workspace, now, zone };
        open.book.read(move |db| report(db, id, &around)).await?.ok_or(AppError::NotFound)
    }

    /// Writes the report as a PDF file to a place that the person chose.
    ///
    /// # Errors
    /// As [`App::session_report`]; `DiskFull` or `Internal` when it could not be written.
    pub async fn save_session_report(&self, id: String, language: Language, to: PathBuf) -> AppResult<()> {
        let report = self.session_report(id, language).await?;
        let written = tokio::task::spawn_blocking(move || {
            let bytes = cb_report::pdf(&document(&report)).map_err(std::io::Error::other)?;
            std::fs::write(&to, bytes)
        });
        written.await.map_err(std::io::Error::other)??;
        Ok(())
    }
}

struct Around {
    words: Words,
    workspace: WorkspaceView,
    now: Timestamp,
    zone: TimeZone,
}

fn fact(label: String, value: String) -> ReportFact {
    ReportFact { label, value }
}

fn block(kind: ReportBlockKind) -> ReportBlock {
    ReportBlock {
        kind,
        text: String::new(),
        note: String::new(),
        facts: Vec::new(),
        columns: Vec::new(),
        rows: Vec::new(),
        items: Vec::new(),
    }
}

fn section(text: String) -> ReportBlock {
    ReportBlock { text, ..block(ReportBlockKind::Section) }
}

fn text(text: String) -> ReportBlock {
    ReportBlock { text, ..block(ReportBlockKind::Text) }
}

fn report(db: &Db, id: SessionId, around: &Around) -> Result<Option<ReportView>, StoreError> {
    let Some(session) = db.sessions().get(id)? else { return Ok(None) };
    let words = around.words;
    let entries = entries(db, id)?;
    let mut blocks = vec![section(words.customers())];
    if entries.is_empty() {
        blocks.push(text(words.nothing_in_it()));
    }
    let mut open = Vec::new();
    for entry in &entries {
        let setup_info = match entry.onboarding.purpose {
            DraftPurpose::NewCustomer => crate::setup_info::view(db, entry.onboarding.id)?.map(|info| info.state),
            DraftPurpose::AddSubscription { .. }
            | DraftPurpose::EditCustomer { .. }
            | DraftPurpose::MendCustomer { .. }
            | DraftPurpose::MendOrder { .. }
            | DraftPurpose::MendAgreement { .. } => None,
        };
        blocks.extend(customer(entry, setup_info, around));
        open.extend(still_open(entry, setup_info, words));
    }
    blocks.extend(sums(&entries, around));
    for draft in db.drafts().all()? {
        let inside = (session.started_at..=session.ended_at.unwrap_or(Timestamp::MAX)).contains(&draft.created_at);
        if inside && draft.purpose.mends().is_none() {
            let name = draft_row(db, &draft)?.name;
            let name = if name.trim().is_empty() { words.unnamed() } else { name };
            open.push(format!("{name}: {}", words.draft()));
        }
    }
    blocks.push(section(words.open()));
    blocks.push(if open.is_empty() {
        text(words.nothing_open())
    } else {
        ReportBlock { items: open, ..block(ReportBlockKind::List) }
    });
    let practice = around.workspace.kind == WorkspaceKind::Practice;
    let mut footer: Vec<String> = Vec::new();
    footer.extend(Some(around.workspace.name.clone()).filter(|name| !name.is_empty()));
    footer.extend(practice.then(|| words.practice()));
    Ok(Some(ReportView {
        language: words.0,
        kind: words.kind(),
        facts: facts(&session, around),
        file_name: file_name(&session, around),
        title: session.name,
        blocks,
        footer: footer.join(" · "),
    }))
}

fn facts(session: &Session, around: &Around) -> Vec<ReportFact> {
    let Around { words, zone, workspace, now } = around;
    let mut facts = Vec::new();
    if !workspace.name.is_empty() {
        facts.push(fact(words.distributor(), workspace.name.clone()));
    }
    if !session.who.is_empty() {
        facts.push(fact(words.who(), session.who.clone()));
    }
    facts.push(fact(words.started(), words.moment(session.started_at, zone)));
    facts.push(fact(words.ended(), session.ended_at.map_or_else(|| words.still_runs(), |at| words.moment(at, zone))));
    if session.holds {
        let released = session.released_at.map_or_else(|| words.not_released(), |at| words.moment(at, zone));
        facts.push(fact(words.released(), released));
    }
    facts.push(fact(words.printed(), words.moment(*now, zone)));
    facts
}

/// A name that every system takes.
fn file_name(session: &Session, around: &Around) -> String {
    let kept = |letter: char| if letter.is_alphanumeric() || " -_".contains(letter) { letter } else { '-' };
    let name: String = session.name.chars().map(kept).collect();
    format!("{} {}.pdf", name.trim(), session.started_at.to_zoned(around.zone.clone()).date())
}

/// How a Submit stands, with what it waits for.
fn standing(entry: &Entry, words: Words) -> String {
    let state = words.state(entry.state());
    let Some(operation) = entry.matters() else { return state };
    match entry.state() {
        JourneyState::OnHold => {
            let hold = entry.operations.iter().find_map(|one| one.hold);
            hold.map_or_else(|| state.clone(), |hold| format!("{state}: {}", words.hold(hold)))
        }
        JourneyState::NeedsAttention => format!("{state}: {}", words.operation(operation.payload.kind())),
        JourneyState::Waiting | JourneyState::Sending | JourneyState::Done | JourneyState::Cancelled => state,
    }
}

fn customer(entry: &Entry, setup_info: Option<SetupInfoState>, around: &Around) -> Vec<ReportBlock> {
    let words = around.words;
    let is_new = matches!(entry.onboarding.purpose, DraftPurpose::NewCustomer);
    let kind = if is_new { words.new_customer() } else { words.existing_customer() };
    let mut facts = vec![
        fact(words.domain(), format!("{}.onmicrosoft.com", entry.customer.domain_prefix)),
        fact(words.place(), join(&[&entry.customer.town, &entry.customer.country])),
    ];
    if let Some(reseller) = &entry.reseller {
        facts.push(fact(words.reseller(), reseller.name.clone()));
    }
    let other =
        entry.of_record.as_ref().filter(|of_record| Some(of_record.id) != entry.reseller.as_ref().map(|r| r.id));
    if let Some(of_record) = other {
        facts.push(fact(words.of_record(), of_record.name.clone()));
    }
    if let Some(agreement) = entry.agreement() {
        let name = format!("{} {}", agreement.first_name, agreement.last_name);
        let stands = match agreement.agreed_on {
            Some(day) => format!("{} {}", words.accepted_on(), words.day(day)),
            None if entry.is_confirmed(OperationKind::ConfirmAgreement) => words.accepted(),
            None => words.not_accepted(),
        };
        facts.push(fact(words.signer(), join(&[name.trim(), &stands])));
    }
    if let Some(state) = setup_info {
        facts.push(fact(words.setup_info(), words.handed_over(state)));
    }
    let orders = entry.order_ids();
    if !orders.is_empty() {
        facts.push(fact(words.order_number(), orders.join(", ")));
    }
    let heading = ReportBlock {
        text: format!("{} · {kind}", entry.customer.name),
        note: standing(entry, words),
        ..block(ReportBlockKind::Heading)
    };
    let mut blocks = vec![heading, ReportBlock { facts, ..block(ReportBlockKind::Facts) }];
    blocks.extend(order(entry, around));
    blocks
}

fn join(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

fn order(entry: &Entry, around: &Around) -> Option<ReportBlock> {
    let words = around.words;
    let cart = entry.cart()?;
    let totals = frozen_totals(cart, entry.submitted_on(&around.zone));
    let column = |head: String, right| ReportColumn { head, right };
    let columns = vec![
        column(words.product(), false),
        column(words.licences(), true),
        column(words.term(), false),
        column(words.price(), true),
        column(words.total(), true),
    ];
    let rows = cart.lines.iter().zip(&totals.lines).map(|(line, total)| {
        let money = |money: &Option<cb_domain::money::Money>| {
            money.as_ref().map_or_else(|| words.no_price(), |money| words.money(money.minor, &money.currency.0))
        };
        let due = if total.period.is_some() { format!(" {}", words.per(line.cycle)) } else { String::new() };
        vec![
            line.title.clone(),
            words.number(line.quantity),
            words.plan(line.term, line.cycle),
            money(&total.unit),
            format!("{}{due}", money(&total.period)),
        ]
    });
    Some(ReportBlock { rows: rows.collect(), columns, ..block(ReportBlockKind::Table) })
}

fn sums(entries: &[Entry], around: &Around) -> Vec<ReportBlock> {
    let words = around.words;
    let mut lines = Vec::new();
    for entry in entries.iter().filter(|entry| entry.state() != JourneyState::Cancelled) {
        let Some(cart) = entry.cart() else { continue };
        let prices = frozen_totals(cart, entry.submitted_on(&around.zone)).lines;
        lines.extend(cart.lines.iter().map(|line| line.cycle).zip(prices));
    }
    let (sums, without_price) = add_up(lines.iter().map(|(cycle, line)| (*cycle, line)));
    if lines.is_empty() {
        return Vec::new();
    }
    let mut facts = Vec::new();
    for sum in &sums {
        let currency = &sum.currency.0;
        let due = [(words.monthly(), sum.monthly), (words.yearly(), sum.yearly), (words.triennial(), sum.triennial)];
        facts.extend(due.into_iter().filter_map(|(label, minor)| Some(fact(label, words.money(minor?, currency)))));
        facts.push(fact(words.whole_term(), words.money(sum.term, currency)));
    }
    let mut blocks = vec![section(words.all_orders()), ReportBlock { facts, ..block(ReportBlockKind::Facts) }];
    blocks.extend((without_price > 0).then(|| text(words.without_price(without_price))));
    blocks
}

fn still_open(entry: &Entry, setup_info: Option<SetupInfoState>, words: Words) -> Vec<String> {
    let name = &entry.customer.name;
    let mut open = Vec::new();
    match entry.state() {
        JourneyState::Done | JourneyState::Cancelled => {}
        JourneyState::Waiting | JourneyState::Sending | JourneyState::OnHold | JourneyState::NeedsAttention => {
            open.push(format!("{name}: {}", standing(entry, words)));
        }
    }
    if matches!(setup_info, Some(SetupInfoState::Sealed | SetupInfoState::Showing | SetupInfoState::Unavailable)) {
        open.push(format!("{name}: {}", words.hand_over()));
    }
    open
}

/// The same report for the file.
fn document(report: &ReportView) -> Document {
    let facts = |facts: &[ReportFact]| -> Vec<Fact> {
        facts.iter().map(|fact| Fact { label: fact.label.clone(), value: fact.value.clone() }).collect()
    };
    let blocks = report.blocks.iter().map(|block| match block.kind {
        ReportBlockKind::Section => Block::Section { text: block.text.clone() },
        ReportBlockKind::Heading => Block::Heading { text: block.text.clone(), note: block.note.clone() },
        ReportBlockKind::Facts => Block::Facts(facts(&block.facts)),
        ReportBlockKind::Table => Block::Table(Table {
            columns: block
                .columns
                .iter()
                .zip(SHARES)
                .map(|(column, share)| Column { head: column.head.clone(), right: column.right, share })
                .collect(),
            rows: block.rows.clone(),
        }),
        ReportBlockKind::List => Block::List(block.items.clone()),
        ReportBlockKind::Text => Block::Text(block.text.clone()),
    });
    Document {
        language: match report.language {
            Language::En => "en",
            Language::De => "de",
        }
        .to_owned(),
        kind: report.kind.clone(),
        title: report.title.clone(),
        facts: facts(&report.facts),
        blocks: blocks.collect(),
        footer: report.footer.clone(),
    }
}
