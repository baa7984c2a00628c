//! What becomes of a request: opened, copied, done, marked sent, declined. Each is a fact with its date.

use super::settings::Invitation;
use super::{convert, draft};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{HandOverKind, MailHandOver, PartnershipRequestRow, PartnershipRequestView};
use cb_domain::ids::{PartnershipRequestId, ResellerId};
use cb_domain::mail::Mail;
use cb_domain::partnership::{LinkKind, PartnershipRequest, RequestKind, RequestStage, RequestState, stage};
use cb_domain::reseller::PartnershipState;
use cb_store::{StoreError, Tx};
use jiff::Timestamp;

impl App {
    /// *Open in email*: hands the draft to the mail program and notes *opened*, never *sent*.
    ///
    /// # Errors
    /// `Validation` while something is missing, the link above all.
    pub async fn open_partnership_mail(&self, id: String) -> AppResult<MailHandOver> {
        let id: PartnershipRequestId = id.parse()?;
        let mail = self.mail_to_leave(id).await?;
        let handed = self.hand_over(mail).await;
        // The waiting counts by the clock of Partner Center, so it begins anew by that clock.
        let now = self.open_book().await?.trade_now(&self.inner.host);
        match handed.kind {
            HandOverKind::Opened | HandOverKind::OpenedAsFile => {
                self.note(id, move |request| request.opened_at = Some(now)).await?;
            }
            HandOverKind::NoProgram => {}
        }
        Ok(handed)
    }

    /// *Copy to clipboard*: the body, and notes *copied*.
    ///
    /// # Errors
    /// `Validation` while something is missing; `NotAllowed` when the system refused the clipboard.
    pub async fn copy_partnership_mail(&self, id: String) -> AppResult<PartnershipRequestView> {
        let id: PartnershipRequestId = id.parse()?;
        let mail = self.mail_to_leave(id).await?;
        self.copy_text(mail.body).await?;
        let now = self.open_book().await?.trade_now(&self.inner.host);
        self.note(id, move |request| request.copied_at = Some(now)).await?;
        let open = self.open_book().await?;
        self.request_view(&open, id).await
    }

    /// *Done*: the reseller stands in the list as requested, from now on. A draft that can't leave stays a draft.
    ///
    /// # Errors
    /// `Validation` while something is missing.
    pub async fn finish_partnership_request(&self, id: String) -> AppResult<PartnershipRequestView> {
        let id: PartnershipRequestId = id.parse()?;
        self.mail_to_leave(id).await?;
        let now = self.inner.host.clock.now();
        let open = self.open_book().await?;
        let written = open.book.write(move |tx| finish(tx, id, now)).await?;
        written.value?;
        self.publish(&written.topics);
        self.request_view(&open, id).await
    }

    /// The person says that the mail was sent.
    ///
    /// # Errors
    /// `NotAllowed` once it is answered.
    pub async fn mark_partnership_sent(&self, id: String) -> AppResult<PartnershipRequestView> {
        let id: PartnershipRequestId = id.parse()?;
        let now = self.inner.host.clock.now();
        let open = self.open_book().await?;
        let sent = open.trade_now(&self.inner.host);
        let kept = open.book.read(move |db| db.partnership_requests().get(id)).await?.ok_or(AppError::NotFound)?;
        // A draft that can't leave was not sent either.
        if kept.state == RequestState::Draft {
            self.mail_to_leave(id).await?;
        }
        let written = open
            .book
            .write(move |tx| {
                let Some(request) = tx.partnership_requests().get(id)? else { return Ok(Err(AppError::NotFound)) };
                match request.state {
                    RequestState::Draft => {
                        if let Err(error) = finish(tx, id, now)? {
                            return Ok(Err(error));
                        }
                    }
                    RequestState::Requested => {}
                    RequestState::Accepted | RequestState::Declined | RequestState::Ended => {
                        return Ok(Err(AppError::NotAllowed));
                    }
                }
                change(tx, id, |request| request.sent_at = Some(sent))?;
                Ok(Ok(()))
            })
            .await?;
        written.value?;
        self.publish(&written.topics);
        self.request_view(&open, id).await
    }

    /// *Declined*: the reseller said no.
    ///
    /// # Errors
    /// `NotAllowed` unless the reseller stands as requested.
    pub async fn decline_partnership(&self, reseller_id: String) -> AppResult<()> {
        let id: ResellerId = reseller_id.parse()?;
        let now = self.inner.host.clock.now();
        let open = self.open_book().await?;
        let written = open
            .book
            .write(move |tx| {
                let Some(mut reseller) = tx.resellers().get(id)? else { return Ok(Err(AppError::NotFound)) };
                if reseller.partnership != PartnershipState::Requested {
                    return Ok(Err(AppError::NotAllowed));
                }
                reseller.partnership = PartnershipState::Declined;
                reseller.partnership_since = Some(now);
                tx.put_reseller(&reseller)?;
                close_requests(tx, id, RequestState::Declined, now)?;
                Ok(Ok(()))
            })
            .await?;
        written.value?;
        self.publish(&written.topics);
        Ok(())
    }

    /// Requests of a reseller, newest first.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn partnership_requests(&self, reseller_id: String) -> AppResult<Vec<PartnershipRequestRow>> {
        let id: ResellerId = reseller_id.parse()?;
        let open = self.open_book().await?;
        let now = open.trade_now(&self.inner.host);
        let found = open.book.read(move |db| db.partnership_requests().of_reseller(id)).await?;
        Ok(found.iter().map(|request| row(request, now)).collect())
    }

    /// The mail, when nothing keeps it from leaving.
    async fn mail_to_leave(&self, id: PartnershipRequestId) -> AppResult<Mail> {
        let open = self.open_book().await?;
        let provider = self.provider_name(&open.workspace());
        let read = open.book.read(move |db| {
            let Some(request) = db.partnership_requests().get(id)? else { return Ok(Err(AppError::NotFound)) };
            match request.state {
                RequestState::Draft | RequestState::Requested => {}
                RequestState::Accepted | RequestState::Declined | RequestState::Ended => {
                    return Ok(Err(AppError::NotAllowed));
                }
            }
            let invitation = Invitation::read(db, &provider)?;
            let text = draft::text(db, &request, &invitation, request.language)?;
            let found = draft::problems(&request, &text, invitation.link(LinkKind::Reseller));
            if found.is_empty() {
                draft::mail(db, &request, &invitation).map(Ok)
            } else {
                Ok(Err(AppError::Validation(found)))
            }
        });
        read.await?
    }

    async fn note(
        &self,
        id: PartnershipRequestId,
        fact: impl FnOnce(&mut PartnershipRequest) + Send + 'static,
    ) -> AppResult<()> {
        let open = self.open_book().await?;
        let written = open.book.write(move |tx| change(tx, id, fact)).await?;
        self.publish(&written.topics);
        Ok(())
    }
}

/// Changes a request over the revision that stands in the book.
fn change(tx: &Tx, id: PartnershipRequestId, fact: impl FnOnce(&mut PartnershipRequest)) -> Result<(), StoreError> {
    let Some(mut request) = tx.partnership_requests().get(id)? else { return Ok(()) };
    let expected = request.revision;
    fact(&mut request);
    request.revision = expected + 1;
    tx.save_partnership_request(&request, expected)
}

/// The draft becomes a request, and its reseller stands as requested. A reminder leaves the first date as it is.
fn finish(tx: &Tx, id: PartnershipRequestId, now: Timestamp) -> Result<Result<(), AppError>, StoreError> {
    let Some(request) = tx.partnership_requests().get(id)? else { return Ok(Err(AppError::NotFound)) };
    if request.state != RequestState::Draft {
        return Ok(Ok(()));
    }
    let known = match request.reseller_id {
        Some(id) => tx.resellers().get(id)?,
        None => None,
    };
    let Some(reseller) = known else { return Ok(Err(AppError::NotAllowed)) };
    match reseller.partnership {
        PartnershipState::Draft | PartnershipState::Declined | PartnershipState::Ended => {
            let mut asked = draft::with_form(tx, reseller, &request.form)?;
            asked.partnership = PartnershipState::Requested;
            asked.partnership_since = Some(now);
            asked.last_activity_at = Some(now);
            tx.put_reseller(&asked)?;
        }
        PartnershipState::Requested => {
            tx.put_reseller(&cb_domain::reseller::Reseller { last_activity_at: Some(now), ..reseller })?;
        }
        PartnershipState::Active => return Ok(Err(AppError::NotAllowed)),
    }
    change(tx, id, |request| {
        request.state = RequestState::Requested;
        request.requested_at = Some(now);
    })?;
    Ok(Ok(()))
}

/// Closes what is open of a reseller: requests take the state, drafts of reminders are gone. Also for an acceptance or
/// an end that was seen at sync.
pub(crate) fn close_requests(
    tx: &Tx,
    reseller: ResellerId,
    state: RequestState,
    now: Timestamp,
) -> Result<(), StoreError> {
    for request in tx.partnership_requests().of_reseller(reseller)? {
        match request.state {
            RequestState::Requested => change(tx, request.id, |one| {
                one.state = state;
                one.closed_at = Some(now);
            })?,
            RequestState::Draft => match request.kind {
                RequestKind::Reminder => tx.delete_partnership_request(request.id)?,
                RequestKind::Request if state == RequestState::Accepted => change(tx, request.id, |one| {
                    one.state = state;
                    one.closed_at = Some(now);
                })?,
                RequestKind::Request => {}
            },
            RequestState::Accepted if state == RequestState::Ended => change(tx, request.id, |one| {
                one.state = state;
                one.closed_at = Some(now);
            })?,
            RequestState::Accepted | RequestState::Declined | RequestState::Ended => {}
        }
    }
    Ok(())
}

/// A request as a row.
pub(super) fn row(request: &PartnershipRequest, now: Timestamp) -> PartnershipRequestRow {
    let stage = stage(request, now);
    let at = match stage {
        RequestStage::Draft => Some(request.saved_at),
        RequestStage::Opened => request.opened_at,
        RequestStage::Copied => request.copied_at,
        RequestStage::Requested => request.requested_at,
        RequestStage::MarkedSent => request.sent_at,
        RequestStage::Stale => request.last_written_at(),
        RequestStage::Active | RequestStage::Declined | RequestStage::Ended => request.closed_at,
    };
    PartnershipRequestRow {
        id: request.id.to_string(),
        reseller_id: request.reseller_id.map(|id| id.to_string()).unwrap_or_default(),
        kind: convert::kind_out(request.kind),
        stage: convert::stage_out(stage),
        open: request.state == RequestState::Draft,
        company: request.form.company.clone(),
        email: request.form.email.clone(),
        created_at: request.created_at.to_string(),
        at: at.unwrap_or(request.created_at).to_string(),
    }
}
