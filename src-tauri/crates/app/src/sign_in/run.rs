//! One sign-in from the press of the button to tokens in hand: look the registration up, browser or device code, ask
//! Partner Center whether the role suffices.

use super::pages;
use crate::Inner;
use crate::host::Host;
use crate::live::{authority, transport};
use crate::views::{Language, SignInStep, SignInWay};
use cb_domain::connection::Connection;
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::sign_in::{Account, BrowserSignIn, DeviceSignIn, SignInProblem, Tokens};
use cb_sync::remote::{Answer, Call, Outcome, RefusalClass, Remote, RequestIds};
use std::sync::Arc;

/// What is to be signed in to, how, and by whom.
pub(super) struct Wish {
    pub(super) connection: Connection,
    pub(super) way: SignInWay,
    pub(super) language: Language,
    /// The book's own account, when it is *Sign in again*.
    pub(super) account: Option<Account>,
    /// Ask for password and second factor anew.
    pub(super) fresh: bool,
}

/// What a finished sign-in brings.
pub(super) struct Signed {
    pub(super) tokens: Tokens,
    pub(super) company: String,
}

/// Runs it; the screen follows by what is written into the state of `number`.
pub(super) async fn run(inner: &Arc<Inner>, number: u64, wish: Wish) -> Result<Signed, SignInProblem> {
    let host = &inner.host;
    let transport = transport(&wish.connection).ok_or(SignInProblem::NoSense)?;
    let authority = authority(host, transport.clone(), &wish.connection);
    let tenant = authority.check().await?;
    let tokens = match wish.way {
        SignInWay::Browser => {
            let hint = wish.account.as_ref().map(|account| account.user.clone());
            let waiting = BrowserSignIn::begin(authority, hint, wish.fresh).await?;
            let page = waiting.address();
            super::change(inner, number, |state| {
                state.step = SignInStep::WaitingForBrowser;
                state.page.clone_from(&page);
            });
            let opened = open_page(host, page).await;
            super::change(inner, number, |state| state.browser_missing = !opened);
            waiting.finish(pages::pages(wish.language)).await?
        }
        SignInWay::DeviceCode => {
            let waiting = DeviceSignIn::begin(authority).await?;
            super::change(inner, number, |state| {
                state.step = SignInStep::WaitingForDevice;
                state.page = waiting.page().to_owned();
                state.code = waiting.code().to_owned();
            });
            waiting.finish().await?
        }
    };
    super::change(inner, number, |state| {
        state.step = SignInStep::CheckingRole;
        state.page.clear();
        state.code.clear();
        state.user.clone_from(&tokens.account.user);
    });
    if let Some(account) = wish.account.filter(|account| !account.is(&tokens.account)) {
        return Err(SignInProblem::OtherAccount { expected: account.user, found: tokens.account.user });
    }
    if tokens.account.tenant != tenant {
        return Err(SignInProblem::NotOfTenant);
    }
    let client = Client::new(
        transport,
        Arc::new(tokens.for_a_look()),
        ClientConfig::new(&wish.connection.api, crate::live::locale(wish.language)),
    );
    role(&client.send(&Call::Probe, ids(host)).await)?;
    let company = client.own_name(ids(host)).await.unwrap_or_default();
    Ok(Signed { tokens, company })
}

/// The browser is another program: asking the system for it may take a moment.
pub(super) async fn open_page(host: &Host, page: String) -> bool {
    let browser = Arc::clone(&host.browser);
    tokio::task::spawn_blocking(move || browser.open(&page)).await.unwrap_or(false)
}

fn ids(host: &Host) -> RequestIds {
    RequestIds { request_key: host.random.request_id().into(), correlation_id: host.random.request_id().into() }
}

/// What Partner Center says to somebody who has just signed in.
fn role(outcome: &Outcome) -> Result<(), SignInProblem> {
    match outcome {
        Outcome::Done { answer: Answer::Alive, .. } | Outcome::Throttled { .. } => Ok(()),
        Outcome::Refused { class: RefusalClass::Permission, code: 900_329, .. } => Err(SignInProblem::WrongAudience),
        Outcome::Refused { class: RefusalClass::Permission, .. } => Err(SignInProblem::RoleMissing),
        Outcome::Refused { code, .. } => Err(SignInProblem::Refused { number: *code }),
        Outcome::MfaNeeded => Err(SignInProblem::MfaNeeded),
        // A brand-new token is refused: it is not for this Partner Center.
        Outcome::SignIn => Err(SignInProblem::WrongAudience),
        Outcome::NotSent => Err(SignInProblem::Offline),
        Outcome::Done { .. } | Outcome::Unknown => Err(SignInProblem::NoSense),
    }
}
