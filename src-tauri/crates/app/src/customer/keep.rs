//! What only the book knows of a customer: alias, note, tags.

use crate::App;
use crate::error::{AppError, AppResult};
use cb_domain::ids::CustomerId;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 10_000;
/// Longest alias, in characters.
const LONGEST_ALIAS: usize = 80;
/// Longest tag, in characters.
const LONGEST_TAG: usize = 40;
/// Most tags of one customer.
pub(crate) const MOST_TAGS: usize = 20;

impl App {
    /// Keeps the private alias; empty for none.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn save_customer_alias(&self, id: String, alias: String) -> AppResult<()> {
        let id: CustomerId = id.parse()?;
        let alias = one_line(&alias, LONGEST_ALIAS);
        self.of_customer(id, move |tx| tx.put_customer_alias(id, &alias)).await
    }

    /// Keeps the private note.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn save_customer_note(&self, id: String, note: String) -> AppResult<()> {
        let id: CustomerId = id.parse()?;
        let note: String = note.chars().take(LONGEST_NOTE).collect();
        let now = self.inner.host.clock.now();
        self.of_customer(id, move |tx| tx.put_customer_note(id, note.trim_end(), now)).await
    }

    /// Replaces the tags.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn save_customer_tags(&self, id: String, tags: Vec<String>) -> AppResult<()> {
        let id: CustomerId = id.parse()?;
        let tags: Vec<String> = tags.into_iter().take(MOST_TAGS).map(|text| tag(&text)).collect();
        self.of_customer(id, move |tx| tx.put_customer_tags(id, &tags)).await
    }

    async fn of_customer(
        &self,
        id: CustomerId,
        work: impl FnOnce(&cb_store::Tx) -> Result<(), cb_store::StoreError> + Send + 'static,
    ) -> AppResult<()> {
        let open = self.open_book().await?;
        let written = open
            .book
            .write(move |tx| match tx.customers().get(id)? {
                Some(_) => work(tx).map(|()| true),
                None => Ok(false),
            })
            .await?;
        if !written.value {
            return Err(AppError::NotFound);
        }
        self.publish(&written.topics);
        Ok(())
    }
}

/// A tag as it is kept.
pub(crate) fn tag(text: &str) -> String {
    one_line(text, LONGEST_TAG)
}

/// Text in one line, blanks between words only, cut at `longest` characters.
fn one_line(text: &str, longest: usize) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(longest).collect::<String>().trim_end().to_owned()
}
