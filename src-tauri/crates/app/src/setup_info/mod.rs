//! Setup info: admin user name and one-time password of a new customer, shown once and then destroyed (C3–C6).

mod copied;
mod language;
mod mails;
#[cfg(test)]
mod tests;

pub(crate) use copied::Copied;

use crate::driver::{Sealed, open_sealed};
use crate::error::{AppError, AppResult};
use crate::host::Host;
use crate::start::asked;
use crate::views::{RevealSubjectView, RevealedPassword, SetupInfoState, SetupInfoView};
use crate::{App, OpenBook};
use cb_domain::ids::OnboardingId;
use cb_domain::mail::{AGREEMENT_ADDRESS, ENTRA_ADDRESS, PARTNER_CENTER_ADDRESS, RESET_ROLE, SIGN_IN_ADDRESS};
use cb_domain::operation::SecretState;
use cb_domain::topic::Topic;
use cb_store::{Book, SealedSecret};
use std::sync::Arc;
use zeroize::{Zeroize, Zeroizing};

impl App {
    /// Where the setup info of a Submit stands, without the password.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, store errors.
    pub async fn setup_info(&self, onboarding_id: String) -> AppResult<SetupInfoView> {
        let id: OnboardingId = onboarding_id.parse()?;
        let open = self.open_book().await?;
        setup_info_of(&open.book, id).await
    }

    /// The same for the reveal window, while there is a password to show or to print.
    ///
    /// # Errors
    /// `NotAllowed` unless [`App::begin_reveal`] came before.
    pub async fn reveal_subject(&self, onboarding_id: String) -> AppResult<RevealSubjectView> {
        let info = self.setup_info(onboarding_id).await?;
        match info.state {
            SetupInfoState::Showing => Ok(RevealSubjectView { info, key_place: self.inner.keys.place() }),
            SetupInfoState::NotYet
            | SetupInfoState::Sealed
            | SetupInfoState::Destroyed
            | SetupInfoState::Unavailable => Err(AppError::NotAllowed),
        }
    }

    /// Commits `showing` (C3); the shell opens the reveal window after it.
    ///
    /// # Errors
    /// `NotAllowed` unless a password is sealed or being shown.
    pub async fn begin_reveal(&self, onboarding_id: String) -> AppResult<()> {
        let open = self.open_book().await?;
        let secret = secret_of(&open, &onboarding_id).await?;
        match secret.state {
            SecretState::Showing => Ok(()),
            SecretState::Sealed => self.set_state(&open, &secret, SecretState::Sealed, SecretState::Showing).await,
            SecretState::KeyReady | SecretState::Destroying | SecretState::Destroyed | SecretState::Unavailable => {
                Err(AppError::NotAllowed)
            }
        }
    }

    /// The password, for the reveal window only.
    ///
    /// # Errors
    /// `NotAllowed` before [`App::begin_reveal`] and after the acknowledgement; `Keychain` when the key can't be had, which
    /// is not known of a slow keychain before half a minute is over.
    pub async fn reveal_password(&self, onboarding_id: String) -> AppResult<RevealedPassword> {
        let open = self.open_book().await?;
        let secret = secret_of(&open, &onboarding_id).await?;
        let password = self.opened(&secret).await?;
        let text = String::from_utf8_lossy(&password).into_owned();
        Ok(RevealedPassword { user_name: secret.user_name, password: text })
    }

    /// Puts the password on the clipboard, out of its history, for 30 seconds (C4).
    ///
    /// # Errors
    /// As [`App::reveal_password`]; `NotAllowed` also when the system refused the clipboard.
    pub async fn copy_password(&self, onboarding_id: String) -> AppResult<()> {
        let open = self.open_book().await?;
        let secret = secret_of(&open, &onboarding_id).await?;
        let password = self.opened(&secret).await?;
        let mut text = String::from_utf8_lossy(&password).into_owned();
        let copied = open.copied.copy(&self.inner.host, &text);
        text.zeroize();
        if copied { Ok(()) } else { Err(AppError::NotAllowed) }
    }

    /// Puts text that is no secret on the clipboard.
    ///
    /// # Errors
    /// `NotAllowed` when the system refused.
    pub async fn copy_text(&self, text: String) -> AppResult<()> {
        let clipboard = Arc::clone(&self.inner.host.clipboard);
        let done = tokio::task::spawn_blocking(move || clipboard.set(&text, false)).await.unwrap_or(false);
        if done { Ok(()) } else { Err(AppError::NotAllowed) }
    }

    /// *I have noted the user name and password*: destroys it (C5). Again is fine.
    ///
    /// # Errors
    /// `NotAllowed` while it was never shown (C6); `Keychain` when the key could not be deleted.
    pub async fn acknowledge_setup_info(&self, onboarding_id: String) -> AppResult<SetupInfoView> {
        let open = self.open_book().await?;
        let secret = secret_of(&open, &onboarding_id).await?;
        match secret.state {
            SecretState::Showing | SecretState::Unavailable => {
                self.set_state(&open, &secret, secret.state, SecretState::Destroying).await?;
            }
            SecretState::Destroying | SecretState::Destroyed => {}
            SecretState::KeyReady | SecretState::Sealed => return Err(AppError::NotAllowed),
        }
        if secret.state != SecretState::Destroyed {
            open.copied.clear();
            destroy(&self.inner.host, &open.book, &secret).await?;
        }
        setup_info_of(&open.book, secret.onboarding_id).await
    }

    async fn set_state(
        &self,
        open: &OpenBook,
        secret: &SealedSecret,
        from: SecretState,
        to: SecretState,
    ) -> AppResult<()> {
        let operation = secret.operation_id;
        let written = open
            .book
            .write(move |tx| {
                tx.set_secret_state(operation, from, to)?;
                tx.touch(Topic::SetupInfo);
                Ok(())
            })
            .await?;
        self.publish(&written.topics);
        Ok(())
    }

    async fn opened(&self, secret: &SealedSecret) -> AppResult<Zeroizing<Vec<u8>>> {
        let (SecretState::Showing, Some(ciphertext), Some(nonce)) =
            (secret.state, secret.ciphertext.clone(), secret.nonce.clone())
        else {
            return Err(AppError::NotAllowed);
        };
        let sealed = Sealed { ciphertext, nonce };
        let name = secret.key_name.clone();
        let opened = open_sealed(&self.inner.host, name, secret.operation_id, secret.customer_id, sealed).await;
        opened.map_err(|error| AppError::Keychain(self.inner.keys.told(error)))
    }
}

async fn secret_of(open: &OpenBook, onboarding_id: &str) -> AppResult<SealedSecret> {
    let id: OnboardingId = onboarding_id.parse()?;
    open.book.read(move |db| db.secrets().of_onboarding(id)).await?.ok_or(AppError::NotFound)
}

/// The view of a Submit's setup info.
pub(crate) async fn setup_info_of(book: &Book, id: OnboardingId) -> AppResult<SetupInfoView> {
    book.read(move |db| view(db, id)).await?.ok_or(AppError::NotFound)
}

/// The view, within a read of the caller.
pub(crate) fn view(db: &cb_store::Db, id: OnboardingId) -> Result<Option<SetupInfoView>, cb_store::StoreError> {
    let Some(onboarding) = db.onboardings().get(id)? else { return Ok(None) };
    let customer = db.customers().get(onboarding.customer_id)?;
    let reseller = onboarding.reseller_id.map(|id| db.resellers().get(id)).transpose()?.flatten();
    let operations = db.operations().of_onboarding(id)?;
    let secret = db.secrets().of_onboarding(id)?;
    let state = secret.as_ref().map_or(SetupInfoState::NotYet, |secret| state(secret.state));
    let mail_language = language::of_customer(&operations, customer.as_ref());
    let reseller_mail_language = language::of_country(reseller.as_ref().map_or("", |one| one.country.as_str()));
    let (name, prefix) = customer.map(|one| (one.name, one.domain_prefix)).unwrap_or_default();
    let told = secret.as_ref().map(|secret| secret.user_name.clone()).unwrap_or_default();
    // An adopted customer brought no user name; it is made of the domain, as Partner Center makes it.
    let user_name = if told.is_empty() && state != SetupInfoState::NotYet {
        format!("admin@{prefix}.onmicrosoft.com")
    } else {
        told
    };
    let since = secret.filter(|_| state != SetupInfoState::NotYet).map(|secret| secret.since.to_string());
    Ok(Some(SetupInfoView {
        onboarding_id: id.to_string(),
        state,
        sign_in_address: SIGN_IN_ADDRESS.to_owned(),
        user_name,
        customer_name: name,
        since,
        agreement_address: AGREEMENT_ADDRESS.to_owned(),
        reseller_name: reseller.map(|one| one.name).unwrap_or_default(),
        mail_language,
        reseller_mail_language,
        partner_center_address: PARTNER_CENTER_ADDRESS.to_owned(),
        entra_address: ENTRA_ADDRESS.to_owned(),
        reset_role: RESET_ROLE.to_owned(),
    }))
}

fn state(state: SecretState) -> SetupInfoState {
    match state {
        SecretState::KeyReady => SetupInfoState::NotYet,
        SecretState::Sealed => SetupInfoState::Sealed,
        SecretState::Showing => SetupInfoState::Showing,
        SecretState::Destroying | SecretState::Destroyed => SetupInfoState::Destroyed,
        SecretState::Unavailable => SetupInfoState::Unavailable,
    }
}

/// C5, from `destroying` on: key, then ciphertext, then the WAL that still may hold it.
async fn destroy(host: &Host, book: &Book, secret: &SealedSecret) -> AppResult<()> {
    let name = secret.key_name.clone();
    asked(&host.keychain, move |keychain| keychain.delete(&name)).await?;
    let operation = secret.operation_id;
    let written = book.write(move |tx| tx.destroy_secret(operation)).await?;
    book.truncate_wal().await?;
    let mut topics = written.topics;
    topics.insert(Topic::SetupInfo);
    host.notifier.data_changed(&topics);
    Ok(())
}

/// At start: whatever was being destroyed is destroyed. A keychain that refuses now is asked again at the next start.
pub(crate) async fn resume_destruction(host: &Host, book: &Book) -> AppResult<()> {
    let waiting = book.read(|db| db.secrets().waiting()).await?;
    for (secret, _) in waiting.into_iter().filter(|(secret, _)| secret.state == SecretState::Destroying) {
        match destroy(host, book, &secret).await {
            Err(AppError::Keychain(error)) => tracing::warn!(%error, "a destroyed password's key is still there"),
            done => done?,
        }
    }
    Ok(())
}
