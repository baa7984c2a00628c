//! The tokens of a signed-in workspace: one refresh at a time however many ask, early and in the background, and a
//! standing that says why nobody is signed in. The refresh token lives on the shelf (the keychain) and here in memory.

use super::authority::Authority;
use super::problem::SignInProblem;
use super::{Account, Tokens, secret};
use crate::token::{TokenError, TokenSource};
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// A token counts as expired that much early, as Microsoft's own SDK has it.
const EARLY: Duration = Duration::from_secs(30);
/// The background refreshes that much before expiry.
const AHEAD: Duration = Duration::from_secs(300);
/// At least that long between two refreshes in the background.
const REST: Duration = Duration::from_secs(30);

/// Where the refresh token is kept between runs. Calls may block.
pub trait TokenShelf: Send + Sync {
    /// The token; `None` when nobody is signed in.
    ///
    /// # Errors
    /// `Keychain` when it can't be read.
    fn load(&self) -> Result<Option<SecretString>, SignInProblem>;
    /// Puts one there, in place of the last.
    ///
    /// # Errors
    /// `Keychain` when it was not kept.
    fn store(&self, token: &SecretString) -> Result<(), SignInProblem>;
    /// Takes it away.
    ///
    /// # Errors
    /// `Keychain` when it could not be taken away.
    fn clear(&self) -> Result<(), SignInProblem>;
}

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Signed in, as far as known.
    In,
    /// Not, and why; the queue is held.
    Out(SignInProblem),
}

#[derive(Default)]
struct Held {
    access: Option<(SecretString, Instant)>,
    refresh: Option<SecretString>,
    /// Counts the tokens, so that who waited for a refresh sees that there is a new one.
    number: u64,
    /// Counts how often somebody signed in or out, so that what was refused before changes nothing afterwards.
    sign_in: u64,
}

/// A signed-in workspace. Shared by `Arc`.
pub struct SignedIn {
    authority: Authority,
    account: Account,
    shelf: Arc<dyn TokenShelf>,
    held: Mutex<Held>,
    /// Held while somebody refreshes.
    turn: tokio::sync::Mutex<()>,
    standing: watch::Sender<Standing>,
}

impl SignedIn {
    /// The sign-in of this account, with what the shelf has. Nothing is asked of anybody yet.
    #[must_use]
    pub fn new(authority: Authority, account: Account, shelf: Arc<dyn TokenShelf>) -> Self {
        let (standing, _) = watch::channel(Standing::In);
        Self { authority, account, shelf, held: Mutex::default(), turn: tokio::sync::Mutex::default(), standing }
    }

    /// Whose it is.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// How it stands, now and whenever that changes.
    #[must_use]
    pub fn standing(&self) -> watch::Receiver<Standing> {
        self.standing.subscribe()
    }

    /// Takes over a new sign-in of the same account.
    ///
    /// # Errors
    /// `OtherAccount` when it is somebody else's; `Keychain` when it could not be kept: it then holds for this run only.
    pub async fn adopt(&self, tokens: Tokens) -> Result<(), SignInProblem> {
        if !self.account.is(&tokens.account) {
            return Err(SignInProblem::OtherAccount {
                expected: self.account.user.clone(),
                found: tokens.account.user.clone(),
            });
        }
        let _turn = self.turn.lock().await;
        self.begin_anew();
        let kept = self.keep(tokens).await;
        self.stands(Standing::In);
        kept
    }

    /// Forgets the tokens, here and on the shelf.
    ///
    /// # Errors
    /// `Keychain` when the shelf did not let go of it.
    pub async fn sign_out(&self) -> Result<(), SignInProblem> {
        // Said before anything is waited for: a refresh may have the turn and wait for a slow keychain, as may the shelf.
        self.stands(Standing::Out(SignInProblem::SignedOut));
        let _turn = self.turn.lock().await;
        {
            let mut held = self.held();
            held.access = None;
            held.refresh = None;
            held.number = held.number.wrapping_add(1);
        }
        self.begin_anew();
        // Once more: a refresh that was under way has said otherwise.
        self.stands(Standing::Out(SignInProblem::SignedOut));
        let shelf = Arc::clone(&self.shelf);
        let cleared = tokio::task::spawn_blocking(move || shelf.clear()).await;
        cleared.unwrap_or(Err(SignInProblem::Keychain))
    }

    /// Which sign-in it is, to be given to [`Self::refused`].
    #[must_use]
    pub fn sign_in(&self) -> u64 {
        self.held().sign_in
    }

    /// Partner Center refused what the authority gave in that sign-in: nothing goes out until somebody has signed in
    /// anew. An answer that was under way while somebody did so says nothing about the new sign-in.
    pub fn refused(&self, sign_in: u64, problem: SignInProblem) {
        let mut held = self.held();
        if held.sign_in == sign_in {
            held.access = None;
            // Under the lock: a sign-in that begins now says afterwards that it stands.
            self.stands(Standing::Out(problem));
        }
    }

    fn begin_anew(&self) {
        let mut held = self.held();
        held.sign_in = held.sign_in.wrapping_add(1);
    }

    /// Refreshes ahead of expiry for as long as somebody holds on to it.
    pub async fn keep_fresh(source: std::sync::Weak<Self>) {
        loop {
            let Some(this) = source.upgrade() else { return };
            let due = this.held().access.as_ref().map(|(_, until)| *until);
            let wait = due.map_or(REST, |until| until.saturating_duration_since(Instant::now() + AHEAD)).max(REST);
            drop(this);
            tokio::time::sleep(wait).await;
            let Some(this) = source.upgrade() else { return };
            let near = this.held().access.as_ref().is_some_and(|(_, until)| *until <= Instant::now() + AHEAD);
            if near && let Err(error) = this.renew(this.number()).await {
                tracing::info!(%error, "the access token was not refreshed ahead of time");
            }
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn number(&self) -> u64 {
        self.held().number
    }

    fn stands(&self, now: Standing) {
        self.standing.send_if_modified(|before| {
            let changed = *before != now;
            *before = now;
            changed
        });
    }

    fn fresh(&self) -> Option<SecretString> {
        let held = self.held();
        let (token, until) = held.access.as_ref()?;
        (*until > Instant::now() + EARLY).then(|| token.clone())
    }

    /// A refresh, unless somebody made one since the token with that number.
    async fn renew(&self, seen: u64) -> Result<SecretString, SignInProblem> {
        let _turn = self.turn.lock().await;
        if self.number() != seen
            && let Some(token) = self.fresh()
        {
            return Ok(token);
        }
        if let Standing::Out(problem) = &*self.standing.borrow()
            && !problem.passes()
        {
            return Err(problem.clone());
        }
        match self.refreshed().await {
            Ok(token) => {
                self.stands(Standing::In);
                Ok(token)
            }
            Err(problem) => {
                if problem != SignInProblem::Offline {
                    // Without a network nothing has changed: whoever was signed in still is.
                    self.stands(Standing::Out(problem.clone()));
                }
                Err(problem)
            }
        }
    }

    async fn refreshed(&self) -> Result<SecretString, SignInProblem> {
        let held = self.held().refresh.clone();
        let refresh = match held {
            Some(token) => token,
            None => {
                let shelf = Arc::clone(&self.shelf);
                let loaded = tokio::task::spawn_blocking(move || shelf.load()).await;
                loaded.unwrap_or(Err(SignInProblem::Keychain))?.ok_or(SignInProblem::SignedOut)?
            }
        };
        let tokens = self.authority.by_refresh(&refresh).await?;
        if !self.account.is(&tokens.account) {
            let (expected, found) = (self.account.user.clone(), tokens.account.user.clone());
            return Err(SignInProblem::OtherAccount { expected, found });
        }
        if tokens.mfa == Some(false) {
            return Err(SignInProblem::MfaNeeded);
        }
        let access = tokens.access.clone();
        if self.held().refresh.is_none() {
            self.held().refresh = Some(refresh);
        }
        if self.keep(tokens).await.is_err() {
            // The one on the shelf still works; the new one holds for this run.
            tracing::warn!("the keychain did not take the renewed sign-in");
        }
        Ok(access)
    }

    /// Into memory, and the refresh token onto the shelf.
    async fn keep(&self, tokens: Tokens) -> Result<(), SignInProblem> {
        let refresh = tokens.refresh.clone();
        {
            let mut held = self.held();
            held.access = Some((tokens.access, Instant::now() + tokens.holds));
            if tokens.refresh.is_some() {
                held.refresh = tokens.refresh;
            }
            held.number = held.number.wrapping_add(1);
        }
        let Some(refresh) = refresh else { return Ok(()) };
        let shelf = Arc::clone(&self.shelf);
        tokio::task::spawn_blocking(move || shelf.store(&refresh)).await.unwrap_or(Err(SignInProblem::Keychain))
    }
}

fn same(one: &SecretString, other: &SecretString) -> bool {
    secret::same(one.expose_secret(), other.expose_secret())
}

#[async_trait]
impl TokenSource for SignedIn {
    async fn token(&self) -> Result<SecretString, TokenError> {
        // A refused sign-in gives nothing out, not even what would still hold.
        if let Standing::Out(problem) = &*self.standing.borrow()
            && !problem.passes()
        {
            return Err(problem.as_token_error());
        }
        match self.fresh() {
            Some(token) => Ok(token),
            None => self.renew(self.number()).await.map_err(|problem| problem.as_token_error()),
        }
    }

    async fn refresh(&self, refused: &SecretString) -> Result<SecretString, TokenError> {
        let (seen, known) = {
            let held = self.held();
            let known = held.access.as_ref().is_some_and(|(token, _)| same(token, refused));
            (held.number, known)
        };
        // Somebody else has got a newer one since that one was taken: another refresh would only spend it.
        let newer = if known { None } else { self.fresh() };
        match newer {
            Some(token) => Ok(token),
            None => self.renew(seen).await.map_err(|problem| problem.as_token_error()),
        }
    }
}
