//! What only the book knows of a reseller: contact person, note, tags, default support contact.

use crate::App;
use crate::error::{AppError, AppResult};
use cb_domain::ids::ResellerId;
use cb_domain::reseller::{PartnershipState, Reseller};
use cb_domain::topic::Topic;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 10_000;
/// Longest tag, in characters.
const LONGEST_TAG: usize = 40;
/// Most tags of one reseller.
const MOST_TAGS: usize = 20;

impl App {
    /// Keeps the private note.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn save_reseller_note(&self, id: String, note: String) -> AppResult<()> {
        let id: ResellerId = id.parse()?;
        let note: String = note.chars().take(LONGEST_NOTE).collect();
        let now = self.inner.host.clock.now();
        self.of_reseller(id, move |tx, _| tx.put_reseller_note(id, note.trim_end(), now)).await
    }

    /// Replaces the tags.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn save_reseller_tags(&self, id: String, tags: Vec<String>) -> AppResult<()> {
        let id: ResellerId = id.parse()?;
        let tags: Vec<String> = tags
            .into_iter()
            .take(MOST_TAGS)
            .map(|tag| tag.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_TAG).collect())
            .collect();
        self.of_reseller(id, move |tx, _| tx.put_reseller_tags(id, &tags)).await
    }

    /// Sets who supports the subscriptions of its customers unless decided otherwise; empty for the provider.
    ///
    /// # Errors
    /// `NotFound`; `NotAllowed` for a contact that is no active reseller.
    pub async fn save_reseller_support(&self, id: String, contact_id: String) -> AppResult<()> {
        let id: ResellerId = id.parse()?;
        let contact: Option<ResellerId> = if contact_id.is_empty() { None } else { Some(contact_id.parse()?) };
        let open = self.open_book().await?;
        if let Some(contact) = contact {
            let found = open.book.read(move |db| db.resellers().get(contact)).await?.ok_or(AppError::NotFound)?;
            if found.partnership != PartnershipState::Active {
                return Err(AppError::NotAllowed);
            }
        }
        self.of_reseller(id, move |tx, _| {
            tx.put_reseller_support(id, contact)?;
            tx.touch(Topic::Subscriptions);
            Ok(())
        })
        .await
    }

    /// The person has looked at this reseller: Home no longer tells its news.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn see_reseller_news(&self, id: String) -> AppResult<()> {
        let id: ResellerId = id.parse()?;
        let now = self.inner.host.clock.now();
        self.of_reseller(id, move |tx, _| tx.see_reseller_news(id, now)).await
    }

    async fn of_reseller(
        &self,
        id: ResellerId,
        work: impl FnOnce(&cb_store::Tx, &Reseller) -> Result<(), cb_store::StoreError> + Send + 'static,
    ) -> AppResult<()> {
        let open = self.open_book().await?;
        let written = open
            .book
            .write(move |tx| match tx.resellers().get(id)? {
                Some(reseller) => work(tx, &reseller).map(|()| true),
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
