//! What becomes of an invitation: opened, copied, done, given up. Handed over is never sent.

use super::draft;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{CustomerInvitationView, HandOverKind, MailHandOver};
use cb_domain::connect::{CustomerInvitation, InvitationState};
use cb_domain::ids::CustomerInvitationId;
use cb_domain::mail::Mail;

impl App {
    /// *Open in email*.
    ///
    /// # Errors
    /// `Validation` while something is missing, the link above all.
    pub async fn open_customer_invitation(&self, id: String) -> AppResult<MailHandOver> {
        let id: CustomerInvitationId = id.parse()?;
        let mail = self.invitation_to_leave(id).await?;
        let handed = self.hand_over(mail).await;
        // The waiting counts by the clock of Partner Center, so it begins anew by that clock.
        let now = self.open_book().await?.trade_now(&self.inner.host);
        match handed.kind {
            HandOverKind::Opened | HandOverKind::OpenedAsFile => {
                self.change_invitation(id, move |one| one.opened_at = Some(now)).await?;
            }
            HandOverKind::NoProgram => {}
        }
        Ok(handed)
    }

    /// *Copy to clipboard*: the body.
    ///
    /// # Errors
    /// `Validation` while something is missing; `NotAllowed` when the system refused the clipboard.
    pub async fn copy_customer_invitation(&self, id: String) -> AppResult<CustomerInvitationView> {
        let id: CustomerInvitationId = id.parse()?;
        let mail = self.invitation_to_leave(id).await?;
        self.copy_text(mail.body).await?;
        let now = self.open_book().await?.trade_now(&self.inner.host);
        self.change_invitation(id, move |one| one.copied_at = Some(now)).await?;
        let open = self.open_book().await?;
        self.invitation_view(&open, id).await
    }

    /// *Done*: the customer stands as requested from now on.
    ///
    /// # Errors
    /// `Validation` while something is missing.
    pub async fn finish_customer_invitation(&self, id: String) -> AppResult<CustomerInvitationView> {
        let id: CustomerInvitationId = id.parse()?;
        self.invitation_to_leave(id).await?;
        let now = self.inner.host.clock.now();
        self.change_invitation(id, move |one| {
            if one.state == InvitationState::Draft {
                (one.state, one.requested_at) = (InvitationState::Requested, Some(now));
            }
        })
        .await?;
        let open = self.open_book().await?;
        crate::reseller::look(&self.inner, &open, true);
        self.invitation_view(&open, id).await
    }

    /// A draft is discarded, an invitation given up.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn give_up_customer_invitation(&self, id: String) -> AppResult<()> {
        let id: CustomerInvitationId = id.parse()?;
        let now = self.inner.host.clock.now();
        let open = self.open_book().await?;
        let written = open
            .book
            .write(move |tx| {
                let Some(mut one) = tx.customer_invitations().get(id)? else { return Ok(()) };
                match one.state {
                    InvitationState::Draft => tx.delete_customer_invitation(id),
                    InvitationState::Requested => {
                        (one.state, one.closed_at) = (InvitationState::GivenUp, Some(now));
                        tx.put_customer_invitation(&one)
                    }
                    InvitationState::Connected | InvitationState::GivenUp => Ok(()),
                }
            })
            .await?;
        self.publish(&written.topics);
        Ok(())
    }

    /// The mail, when nothing keeps it from leaving.
    async fn invitation_to_leave(&self, id: CustomerInvitationId) -> AppResult<Mail> {
        let open = self.open_book().await?;
        let sender = self.sender(&open).await?;
        let read = open.book.read(move |db| {
            let Some(one) = db.customer_invitations().get(id)? else { return Ok(Err(AppError::NotFound)) };
            let text = draft::text(db, &one, &sender, one.language)?;
            let found = draft::problems(&one, &text, &draft::link(db, &one, &sender)?);
            if found.is_empty() { draft::mail(db, &one, &sender).map(Ok) } else { Ok(Err(AppError::Validation(found))) }
        });
        read.await?
    }

    async fn change_invitation(
        &self,
        id: CustomerInvitationId,
        fact: impl FnOnce(&mut CustomerInvitation) + Send + 'static,
    ) -> AppResult<()> {
        let open = self.open_book().await?;
        let written = open
            .book
            .write(move |tx| {
                let Some(mut one) = tx.customer_invitations().get(id)? else { return Ok(()) };
                fact(&mut one);
                tx.put_customer_invitation(&one)
            })
            .await?;
        self.publish(&written.topics);
        Ok(())
    }

    /// The invited customer accepts, at the practice Partner Center.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace; `NotFound`.
    pub async fn practice_customer_connects(&self, id: String) -> AppResult<()> {
        let id: CustomerInvitationId = id.parse()?;
        let open = self.open_book().await?;
        let day = open.practice.as_ref().ok_or(AppError::NotAllowed)?;
        let found = open
            .book
            .read(move |db| {
                let Some(one) = db.customer_invitations().get(id)? else { return Ok(None) };
                let reseller = one.reseller_id.map(|id| db.resellers().get(id)).transpose()?.flatten();
                Ok(Some((one, reseller)))
            })
            .await?;
        let (one, reseller) = found.ok_or(AppError::NotFound)?;
        let prefix = match cb_domain::connect::prefix_of(&one.domain) {
            known if !known.is_empty() => known,
            _ => cb_domain::matching::core(&one.company).concat(),
        };
        let happens = cb_sandbox::ResellerEvent::CustomerConnects {
            company: one.company,
            prefix,
            country: "DE".to_owned(),
            reseller: reseller.and_then(|one| one.tenant_id).map(|tenant| tenant.0),
        };
        let sandbox = day.sandbox.clone();
        crate::practice::blocking(move || sandbox.happen(&happens)).await?;
        crate::reseller::look(&self.inner, &open, true);
        Ok(())
    }
}
