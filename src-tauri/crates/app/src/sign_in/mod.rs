//! Connecting to Partner Center: the form, a sign-in under way, a new live workspace, signing in again and out.

#[cfg(test)]
mod apart;
#[cfg(test)]
mod canary;
mod convert;
mod make;
mod pages;
mod run;
mod shelf;
#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
mod without_keychain;

pub(crate) use convert::trouble;
pub(crate) use shelf::Shelf;

use crate::error::{AppError, AppResult};
use crate::host::KeychainError;
use crate::start::LIMIT;
use crate::views::{ConnectionForm, SignInStep, SignInTrouble, SignInTroubleView, SignInView, SignInWay, SignedInView};
use crate::{App, Inner, OpenBook};
use cb_domain::connection::Connection;
use cb_domain::topic::Topic;
use cb_partner_center::sign_in::{SignInProblem, Standing, Tokens};
use run::{Signed, Wish};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A sign-in under way, or what it came to. In memory only: a restart begins anew.
#[derive(Default)]
pub(crate) struct SigningIn(Mutex<State>);

#[derive(Default)]
struct State {
    /// Counts the tries, so that one that was given up changes nothing any more.
    number: u64,
    shown: Shown,
    /// A finished sign-in that waits for its workspace.
    ready: Option<Ready>,
    task: Option<tokio::task::AbortHandle>,
}

/// What the screen follows.
struct Shown {
    step: SignInStep,
    way: SignInWay,
    trouble: Option<SignInTroubleView>,
    browser_missing: bool,
    page: String,
    code: String,
    user: String,
    company: String,
}

impl Default for Shown {
    fn default() -> Self {
        let empty = String::new;
        Self {
            step: SignInStep::Idle,
            way: SignInWay::Browser,
            trouble: None,
            browser_missing: false,
            page: empty(),
            code: empty(),
            user: empty(),
            company: empty(),
        }
    }
}

struct Ready {
    connection: Connection,
    tokens: Tokens,
    company: String,
}

impl SigningIn {
    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives up what is under way.
    pub(crate) fn end(&self) {
        let mut state = self.lock();
        state.number = state.number.wrapping_add(1);
        if let Some(task) = state.task.take() {
            task.abort();
        }
        state.ready = None;
        state.shown = Shown::default();
    }
}

/// Changes what the screen follows, unless the try was given up.
fn change(inner: &Inner, number: u64, act: impl FnOnce(&mut Shown)) {
    {
        let mut state = inner.signing_in.lock();
        if state.number != number {
            return;
        }
        act(&mut state.shown);
    }
    inner.host.notifier.data_changed(&BTreeSet::from([Topic::SignIn]));
}

/// Puts a finished sign-in where the workspace will be made from, before the screen hears of it: who presses the button
/// at once finds it there. Gives the user's name and the company's.
fn put_ready(inner: &Inner, number: u64, connection: Connection, signed: Signed) -> (String, String) {
    let Signed { tokens, company } = signed;
    let names = (tokens.account.user.clone(), company.clone());
    let mut state = inner.signing_in.lock();
    if state.number == number {
        state.ready = Some(Ready { connection, tokens, company });
    }
    names
}

impl App {
    /// The form as last typed, and how far a sign-in is.
    #[must_use]
    pub fn sign_in_state(&self) -> SignInView {
        self.sign_in_view(Vec::new())
    }

    /// *Connect*: keeps what was typed, and begins if it is right. Answers at once.
    ///
    /// # Errors
    /// File errors. What is wrong with the form is an answer.
    pub async fn begin_sign_in(&self, form: ConnectionForm, way: SignInWay) -> AppResult<SignInView> {
        self.keep_form(&form)?;
        match convert::form(&form).check() {
            Err(problems) => Ok(self.sign_in_view(problems.into_iter().map(convert::problem).collect())),
            Ok(connection) => {
                let language = self.settings().view.language;
                let fresh = self.wants_second_factor();
                self.start(Wish { connection, way, language, account: None, fresh }, None);
                Ok(self.sign_in_state())
            }
        }
    }

    /// *Sign in again*, for the open live workspace.
    ///
    /// # Errors
    /// `NotAllowed` in a practice workspace, `NoBook`.
    pub async fn sign_in_again(&self, way: SignInWay) -> AppResult<SignInView> {
        let open = self.open_book().await?;
        let live = open.live.as_ref().ok_or(AppError::NotAllowed)?;
        let connection = live.plate.connection.clone();
        let account = Some(live.plate.account.clone());
        let language = self.settings().view.language;
        let needs = matches!(&*live.source.standing().borrow(), Standing::Out(SignInProblem::MfaNeeded));
        let fresh = needs || self.wants_second_factor();
        self.start(Wish { connection, way, language, account, fresh }, Some(Arc::clone(&open)));
        Ok(self.sign_in_state())
    }

    /// Gives up a sign-in, or what it came to.
    #[must_use]
    pub fn cancel_sign_in(&self) -> SignInView {
        self.inner.signing_in.end();
        self.publish(&BTreeSet::from([Topic::SignIn]));
        self.sign_in_state()
    }

    /// Opens the page of the sign-in under way once more.
    ///
    /// # Errors
    /// `NotAllowed` when there is none.
    pub async fn open_sign_in_page(&self) -> AppResult<SignInView> {
        let (number, page) = {
            let state = self.inner.signing_in.lock();
            (state.number, state.shown.page.clone())
        };
        if page.is_empty() {
            return Err(AppError::NotAllowed);
        }
        let opened = run::open_page(&self.inner.host, page).await;
        change(&self.inner, number, |shown| shown.browser_missing = !opened);
        Ok(self.sign_in_state())
    }

    /// Who is signed in to the open live workspace.
    ///
    /// # Errors
    /// `NotAllowed` in a practice workspace, `NoBook`, the store's.
    pub async fn signed_in(&self) -> AppResult<SignedInView> {
        let open = self.open_book().await?;
        let live = open.live.as_ref().ok_or(AppError::NotAllowed)?;
        let counts = open.book.read(|db| db.operations().counts()).await?;
        let standing = live.source.standing().borrow().clone();
        let plate = &live.plate;
        Ok(SignedInView {
            user: plate.account.user.clone(),
            name: plate.account.name.clone(),
            company: plate.company.clone(),
            tenant: plate.account.tenant.to_string(),
            client: plate.connection.client.to_string(),
            cloud: plate.connection.cloud.into(),
            host: plate.connection.api.clone(),
            since: live.since().to_string(),
            trouble: match standing {
                Standing::In => None,
                Standing::Out(problem) => Some(self.told(&problem)),
            },
            waiting: counts.waiting.saturating_add(counts.sending).saturating_add(counts.on_hold),
        })
    }

    /// *Sign out*: the token leaves the keychain, or the file in its place; the book and everything in its outbox stay.
    ///
    /// # Errors
    /// `Keychain` when it did not let go of the token: nobody is signed in for this run, and the next one finds it again
    /// unless *Sign out* is pressed once more. `NotAllowed` in a practice workspace.
    pub async fn sign_out(&self) -> AppResult<SignedInView> {
        self.sign_out_within(LIMIT).await
    }

    async fn sign_out_within(&self, limit: Duration) -> AppResult<SignedInView> {
        let open = self.open_book().await?;
        let live = open.live.as_ref().ok_or(AppError::NotAllowed)?;
        let source = Arc::clone(&live.source);
        // It goes on when nobody waits any more: a new sign-in comes after it, so that it never takes that one away.
        let task = tokio::spawn(async move { source.sign_out().await });
        let gone = matches!(tokio::time::timeout(limit, task).await, Ok(Ok(Ok(()))));
        open.driver.ask_for_sign_in();
        self.publish(&BTreeSet::from([Topic::SignIn, Topic::Connection]));
        if !gone {
            return Err(AppError::Keychain(self.inner.keys.told(KeychainError::Unavailable)));
        }
        self.signed_in().await
    }

    /// Begins a try; `again` is the book whose account signs in again, whichever is open when it has.
    fn start(&self, wish: Wish, again: Option<Arc<OpenBook>>) {
        self.inner.signing_in.end();
        let inner = Arc::clone(&self.inner);
        let mut state = self.inner.signing_in.lock();
        let number = state.number;
        state.shown = Shown { step: SignInStep::Checking, way: wish.way, ..Shown::default() };
        let connection = wish.connection.clone();
        let app = self.clone();
        let task = tokio::spawn(async move {
            let result = run::run(&inner, number, wish).await;
            let result = match (result, &again) {
                (Ok(signed), Some(open)) => app.adopt(open, signed).await.map(|()| None),
                (Ok(signed), None) => Ok(Some(signed)),
                (Err(problem), _) => Err(problem),
            };
            let result = result.map(|signed| signed.map(|signed| put_ready(&inner, number, connection, signed)));
            change(&inner, number, |shown| match &result {
                Ok(Some((user, company))) => {
                    shown.step = SignInStep::SignedIn;
                    shown.user.clone_from(user);
                    shown.company.clone_from(company);
                }
                Ok(None) => *shown = Shown::default(),
                Err(problem) => {
                    tracing::info!(%problem, "a sign-in came to nothing");
                    *shown = Shown { way: shown.way, ..Shown::default() };
                    shown.step = SignInStep::Failed;
                    shown.trouble = Some(app.told(problem));
                }
            });
        });
        state.task = Some(task.abort_handle());
        drop(state);
        self.publish(&BTreeSet::from([Topic::SignIn]));
    }

    /// The book takes over a new sign-in of its own account, and what waited goes on.
    async fn adopt(&self, open: &OpenBook, signed: Signed) -> Result<(), SignInProblem> {
        let live = open.live.as_ref().ok_or(SignInProblem::SignedOut)?;
        live.source.adopt(signed.tokens).await?;
        live.signed_in_now(&self.inner.host, &open.book).await;
        Ok(())
    }

    /// Why nobody is signed in, for the screen. Where a passphrase takes the keychain's place, it is a file that did not
    /// keep the sign-in.
    fn told(&self, problem: &SignInProblem) -> SignInTroubleView {
        let told = trouble(problem);
        let kind = if told.kind == SignInTrouble::Keychain && self.inner.keys.is_file() {
            SignInTrouble::KeyFile
        } else {
            told.kind
        };
        SignInTroubleView { kind, ..told }
    }

    /// The last try failed for want of a second factor: the next one asks for it, whoever the browser knows.
    fn wants_second_factor(&self) -> bool {
        let state = self.inner.signing_in.lock();
        state.shown.trouble.as_ref().is_some_and(|trouble| trouble.kind == SignInTrouble::MfaNeeded)
    }

    fn keep_form(&self, form: &ConnectionForm) -> AppResult<()> {
        if self.settings().connection.as_ref() != Some(form) {
            self.change_settings(|all| all.connection = Some(form.clone()))?;
        }
        Ok(())
    }

    fn sign_in_view(&self, problems: Vec<crate::views::ConnectionProblemView>) -> SignInView {
        let form = self.settings().connection.unwrap_or_default();
        let state = self.inner.signing_in.lock();
        let shown = &state.shown;
        SignInView {
            step: shown.step,
            way: shown.way,
            form,
            problems,
            trouble: shown.trouble.clone(),
            browser_missing: shown.browser_missing,
            page: shown.page.clone(),
            code: shown.code.clone(),
            user: shown.user.clone(),
            company: shown.company.clone(),
        }
    }
}
