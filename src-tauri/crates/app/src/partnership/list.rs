//! Several at once: a list is looked through, then its good rows are written in one go, or none.

use super::{convert, draft, step};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{
    ColumnHintView, Language, ListPreview, ListProblemView, ListRowView, ListWritten, PartnershipRequestRow,
};
use cb_domain::ids::{PartnershipRequestId, ResellerId};
use cb_domain::partnership::{PartnershipRequest, ReadList, RequestForm, RequestKind, RequestState, read_list};
use cb_store::{Db, StoreError};
use std::collections::BTreeSet;
use uuid::Uuid;

impl App {
    /// Looks a list through. Nothing is written.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn preview_partnership_list(&self, text: String, language: Language) -> AppResult<ListPreview> {
        let open = self.open_book().await?;
        let read = open.book.read(move |db| looked_through(db, &text, language)).await?;
        let bad_rows: BTreeSet<u32> = read.bad.iter().map(|problem| problem.line).collect();
        Ok(ListPreview {
            good: read
                .good
                .iter()
                .map(|row| ListRowView {
                    line: row.line,
                    form: convert::form_out(&row.form),
                    language: convert::language_out(row.language),
                })
                .collect(),
            bad: read
                .bad
                .into_iter()
                .map(|problem| ListProblemView {
                    line: problem.line,
                    field: problem.column.to_owned(),
                    found: problem.found,
                    problem: problem.key.to_owned(),
                    expected: problem.expected,
                })
                .collect(),
            bad_rows: u32::try_from(bad_rows.len()).unwrap_or(u32::MAX),
            has_head: read.has_head,
            ignored_columns: read.ignored,
            hints: read
                .hints
                .iter()
                .map(|hint| ColumnHintView { field: hint.column.to_owned(), holds: hint.holds.to_owned() })
                .collect(),
        })
    }

    /// Writes the good rows of a list as drafts, in one transaction. `expected` is how many the person saw.
    ///
    /// # Errors
    /// `Stale` when the book changed so that there are more or fewer now; nothing is written then.
    pub async fn write_partnership_list(
        &self,
        text: String,
        language: Language,
        expected: u32,
    ) -> AppResult<ListWritten> {
        let (batch, now) = (self.inner.host.random.id(), self.inner.host.clock.now());
        let random = self.inner.host.random.clone();
        let open = self.open_book().await?;
        let written = open
            .book
            .write(move |tx| {
                let read = looked_through(tx, &text, language)?;
                let count = u32::try_from(read.good.len()).unwrap_or(u32::MAX);
                if count != expected || count == 0 {
                    return Err(StoreError::Stale);
                }
                for (position, row) in (0..).zip(read.good) {
                    let id = PartnershipRequestId(random.id());
                    let base = draft::new_request(id, RequestKind::Request, row.language, None, None, now);
                    let mut request = PartnershipRequest { form: row.form, batch: Some(batch), ..base };
                    draft::keep_reseller(tx, &mut request, ResellerId(random.id()))?;
                    tx.insert_partnership_request(&request, position)?;
                }
                Ok(count)
            })
            .await?;
        self.publish(&written.topics);
        Ok(ListWritten { batch: batch.to_string(), count: written.value })
    }

    /// The requests of one list, in its order.
    ///
    /// # Errors
    /// `NotFound` when there are none of that list.
    pub async fn partnership_batch(&self, batch: String) -> AppResult<Vec<PartnershipRequestRow>> {
        let batch: Uuid = batch.parse()?;
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        let found = open.book.read(move |db| db.partnership_requests().of_batch(batch)).await?;
        if found.is_empty() {
            return Err(AppError::NotFound);
        }
        Ok(found.iter().map(|request| step::row(request, now)).collect())
    }

    /// *Done* for a list: whatever was opened, copied or marked sent stands as requested; the others stay drafts.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn finish_partnership_batch(&self, batch: String) -> AppResult<Vec<PartnershipRequestRow>> {
        let id: Uuid = batch.parse()?;
        let open = self.open_book().await?;
        let found = open.book.read(move |db| db.partnership_requests().of_batch(id)).await?;
        let written_to = |one: &PartnershipRequest| one.state == RequestState::Draft && one.last_written_at().is_some();
        for request in found.iter().filter(|one| written_to(one)) {
            self.finish_partnership_request(request.id.to_string()).await?;
        }
        self.partnership_batch(batch).await
    }
}

fn looked_through(db: &Db, text: &str, language: Language) -> Result<ReadList, StoreError> {
    let resellers = db.resellers().all()?;
    let known = |form: &RequestForm| draft::known_among(&resellers, form, None);
    Ok(read_list(text, convert::language_in(language), &known))
}
