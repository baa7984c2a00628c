//! The whole of sign-in over real HTTP against the practice server: a small scripted browser chooses the account.

use crate::App;
use crate::error::ErrorCode;
use crate::fakes::Fakes;
use crate::host::{Host, Keychain};
use crate::start::Sleepy;
use crate::views::{
    CloudChoice, ConnectionForm, ConnectionKind, Language, SignInStep, SignInTrouble, SignInView, SignInWay, StartKind,
    SyncStage, WorkspaceKind,
};
use cb_partner_center::sign_in::SignInProblem;
use cb_sandbox::authority::{ACCOUNTS, Account, Authority, NATIVE_CLIENT, PROVIDER_TENANT, Switches, WEB_CLIENT};
use cb_sandbox::serve::Served;
use cb_sandbox::{Options, Sandbox, bearers_of};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The practice server on loopback and an app that may connect to it.
pub(crate) struct World {
    pub(crate) fakes: Fakes,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) app: App,
    pub(crate) authority: Authority,
    pub(crate) served: Served,
    /// Behind the server: for what happens past the app.
    pub(crate) sandbox: Sandbox,
    pub(crate) form: ConnectionForm,
    _servers: Vec<tokio::task::JoinHandle<()>>,
}

impl World {
    pub(super) async fn new(seed: u64) -> Self {
        Self::with(seed, 0).await
    }

    /// With so many more customers than the sample has.
    pub(crate) async fn with(seed: u64, customers: u32) -> Self {
        let (fakes, folder) = (Fakes::new(seed), tempfile::tempdir().unwrap());
        let clock = Arc::clone(&fakes.clock);
        let now: cb_sandbox::WallClock = Arc::new(move || crate::host::Clock::now(clock.as_ref()));
        let authority = Authority::new(Arc::clone(&now));
        let options = Options { bearers: bearers_of(&authority), ..Options::new(now) };
        let sandbox = Sandbox::open(&folder.path().join("server"), options).unwrap();
        let (api, signs_in) =
            (TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap());
        let form = ConnectionForm {
            cloud: CloudChoice::Custom,
            tenant: PROVIDER_TENANT.to_string(),
            client: NATIVE_CLIENT.to_string(),
            api: format!("http://{}", api.local_addr().unwrap()),
            authority: format!("http://{}", signs_in.local_addr().unwrap()),
        };
        sandbox.grow(customers).unwrap();
        let (served, lets_in) = (Served::new(sandbox.clone(), Vec::new()), authority.clone());
        let partner_center = served.clone();
        let servers = vec![
            tokio::spawn(async move { partner_center.serve(api).await.unwrap() }),
            tokio::spawn(async move { lets_in.serve(signs_in).await.unwrap() }),
        ];
        let app = App::new(fakes.host(), folder.path().join("data"), Language::En);
        Self { fakes, folder, app, authority, served, sandbox, form, _servers: servers }
    }

    /// Waits until the sign-in has come to that step.
    pub(crate) async fn step(&self, step: SignInStep) -> SignInView {
        for _ in 0..2000 {
            let view = self.app.sign_in_state();
            if view.step == step {
                return view;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{:?}", self.app.sign_in_state());
    }

    /// Does in the browser what a person does: choose the account and approve.
    async fn browse(&self, account: &Account) {
        let page = self.step(SignInStep::WaitingForBrowser).await.page;
        let (path, query) = page.strip_prefix(&self.form.authority).unwrap().split_once('?').unwrap();
        let request = percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC);
        let body = format!("request={request}&account={}&factor=approved", account.oid);
        let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\nconnection: close", body.len());
        let answer = said(self.form.authority.strip_prefix("http://").unwrap(), &format!("{head}\r\n\r\n{body}")).await;
        let location = answer.lines().find_map(|line| line.strip_prefix("location: ")).map(str::to_owned);
        let Some(location) = location else { return };
        let rest = location.strip_prefix("http://").unwrap();
        let (host, target) = rest.split_once('/').unwrap();
        let page = said(host, &format!("GET /{target} HTTP/1.1\r\nHost: {host}\r\n\r\n")).await;
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(page.contains("Channelbook") && !page.contains("<script"));
    }

    pub(crate) async fn sign_in(&self, account: &Account) -> SignInView {
        let begun = self.app.begin_sign_in(self.form.clone(), SignInWay::Browser).await.unwrap();
        assert!(begun.problems.is_empty(), "{:?}", begun.problems);
        self.browse(account).await;
        self.ended().await
    }

    pub(crate) async fn sign_in_again(&self, account: &Account) -> SignInView {
        self.app.sign_in_again(SignInWay::Browser).await.unwrap();
        self.browse(account).await;
        self.ended().await
    }

    async fn ended(&self) -> SignInView {
        for _ in 0..2000 {
            let view = self.app.sign_in_state();
            if matches!(view.step, SignInStep::Idle | SignInStep::Failed | SignInStep::SignedIn) {
                return view;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{:?}", self.app.sign_in_state());
    }

    pub(crate) async fn connect(&self) {
        let view = self.sign_in(&ACCOUNTS[0]).await;
        assert_eq!((view.step, view.trouble.clone()), (SignInStep::SignedIn, None), "{view:?}");
        let start = self.app.make_live_workspace().await.unwrap();
        assert_eq!((start.kind, start.workspace.unwrap().kind), (StartKind::Ready, WorkspaceKind::Live));
    }

    pub(crate) async fn synced(&self) {
        for _ in 0..6000 {
            if self.app.sync_state().await.unwrap().stage == SyncStage::Done {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{:?}", self.app.sync_state().await);
    }

    pub(crate) async fn trouble(&self, wanted: Option<SignInTrouble>) {
        for _ in 0..2000 {
            let found = self.app.signed_in().await.unwrap().trouble.map(|trouble| trouble.kind);
            if found == wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("wanted {wanted:?}, is {:?}", self.app.signed_in().await.unwrap().trouble);
    }

    pub(crate) fn token_on_the_shelf(&self) -> Option<Vec<u8>> {
        let names = self.fakes.keychain.names();
        let name = names.iter().find(|name| name.starts_with("sign-in-") && name.ends_with("-0"))?;
        Some(self.fakes.keychain.get(name).unwrap().to_vec())
    }
}

async fn said(host: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn w3_a_live_workspace_is_connected_filled_and_holds_no_token_in_any_file() {
    let world = World::new(1).await;
    world.connect().await;
    world.synced().await;
    let found = world.app.search("a".to_owned()).await.unwrap();
    assert!(!found.is_empty(), "the book is filled");
    let token = world.token_on_the_shelf().expect("the sign-in is in the keychain");
    assert!(token.len() > 20);
    world.app.shut_down().await;
    let mut folders = vec![world.folder.path().join("data")];
    let mut looked = 0;
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            looked += 1;
            let bytes = std::fs::read(entry.path()).unwrap();
            assert!(!bytes.windows(20).any(|part| part == &token[..20]), "{}", entry.path().display());
        }
    }
    assert!(looked >= 3, "there are files to look into");
    // The next start needs nobody's help.
    let again = App::new(world.fakes.host(), world.folder.path().join("data"), Language::En);
    assert_eq!(again.start_view().await.unwrap().kind, StartKind::Ready);
    again.sync_now().await.unwrap();
    again.sign_out().await.unwrap();
    assert!(world.token_on_the_shelf().is_none(), "signing out takes it away");
    assert_eq!(again.signed_in().await.unwrap().trouble.unwrap().kind, SignInTrouble::SignedOut);
    assert_eq!(again.connection().await.unwrap().kind, ConnectionKind::SignInAgain);
    again.shut_down().await;
}

/// Nobody waits for a keychain for ever, not even to sign out; and what it does late takes no newer sign-in away.
#[tokio::test(flavor = "multi_thread")]
async fn w3_a_slow_keychain_is_said_at_signing_out_and_takes_no_newer_sign_in_away() {
    let mut world = World::new(37).await;
    world.connect().await;
    world.synced().await;
    world.app.shut_down().await;
    let sleepy = Sleepy::over(world.fakes.keychain.clone());
    let host = Host { keychain: sleepy.clone(), ..world.fakes.host() };
    world.app = App::new(host, world.folder.path().join("data"), Language::En);
    assert_eq!(world.app.start_view().await.unwrap().kind, StartKind::Ready);
    sleepy.sleep(true);
    let late = world.app.sign_out_within(Duration::from_millis(50)).await;
    assert_eq!(late.unwrap_err().code(), ErrorCode::KeychainUnavailable);
    world.trouble(Some(SignInTrouble::SignedOut)).await;
    let wakes = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        sleepy.sleep(false);
    };
    let (view, ()) = tokio::join!(world.sign_in_again(&ACCOUNTS[0]), wakes);
    assert_eq!((view.step, view.trouble), (SignInStep::Idle, None));
    world.trouble(None).await;
    assert!(world.token_on_the_shelf().is_some(), "the new sign-in is kept");
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w3_what_is_wrong_with_an_account_or_a_registration_is_told_apart() {
    let world = World::new(2).await;
    for (account, kind) in [(&ACCOUNTS[2], SignInTrouble::MfaNeeded), (&ACCOUNTS[3], SignInTrouble::RoleMissing)] {
        let view = world.sign_in(account).await;
        assert_eq!(view.trouble.unwrap().kind, kind, "{}", account.upn);
    }
    let forms = [
        (ConnectionForm { tenant: "nobody.example".to_owned(), ..world.form.clone() }, SignInTrouble::TenantUnknown),
        (
            ConnectionForm { client: "00000000-0000-4000-8000-00000000000a".to_owned(), ..world.form.clone() },
            SignInTrouble::ClientUnknown,
        ),
    ];
    for (form, kind) in forms {
        world.app.begin_sign_in(form, SignInWay::Browser).await.unwrap();
        assert_eq!(world.ended().await.trouble.unwrap().kind, kind);
    }
    let web = ConnectionForm { client: WEB_CLIENT.to_string(), ..world.form.clone() };
    world.app.begin_sign_in(web, SignInWay::Browser).await.unwrap();
    world.browse(&ACCOUNTS[0]).await;
    assert_eq!(world.ended().await.trouble.unwrap().kind, SignInTrouble::NotNative);
    world.authority.set_switches(Switches { clock_ahead_seconds: 3600, ..Switches::default() });
    world.app.begin_sign_in(world.form.clone(), SignInWay::Browser).await.unwrap();
    let trouble = world.ended().await.trouble.unwrap();
    assert_eq!(trouble.kind, SignInTrouble::ClockWrong);
    assert!((3595..=3605).contains(&trouble.seconds), "{}", trouble.seconds);
    let refused = world.app.begin_sign_in(ConnectionForm::default(), SignInWay::Browser).await.unwrap();
    assert_eq!(refused.problems.len(), 2);
    assert!(world.fakes.keychain.names().is_empty(), "nothing of it was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn w3_expiry_goes_unnoticed_mfa_and_revocation_hold_and_another_account_is_refused_with_both_names() {
    let world = World::new(3).await;
    world.connect().await;
    world.synced().await;
    world.authority.expire_access_tokens();
    world.app.send_now().await.unwrap();
    world.app.sync_now().await.unwrap();
    world.trouble(None).await;

    world.authority.demand_mfa();
    world.app.send_now().await.unwrap();
    world.trouble(Some(SignInTrouble::MfaNeeded)).await;
    let view = world.sign_in_again(&ACCOUNTS[1]).await;
    let trouble = view.trouble.expect("another account");
    assert_eq!(
        (trouble.kind, trouble.expected.as_str(), trouble.found.as_str()),
        (SignInTrouble::OtherAccount, ACCOUNTS[0].upn, ACCOUNTS[1].upn)
    );
    world.trouble(Some(SignInTrouble::MfaNeeded)).await;
    assert_eq!(world.sign_in_again(&ACCOUNTS[0]).await.step, SignInStep::Idle);
    world.trouble(None).await;

    world.authority.revoke_refresh_tokens();
    world.authority.expire_access_tokens();
    world.app.send_now().await.unwrap();
    world.trouble(Some(SignInTrouble::Revoked)).await;
    assert_eq!(world.sign_in_again(&ACCOUNTS[0]).await.step, SignInStep::Idle);
    world.trouble(None).await;
    world.app.shut_down().await;
}

#[test]
fn every_problem_has_a_kind_of_its_own() {
    let problems = [
        SignInProblem::Expired,
        SignInProblem::Revoked,
        SignInProblem::MfaNeeded,
        SignInProblem::ClockWrong { seconds: 400 },
        SignInProblem::Offline,
    ];
    let kinds: std::collections::HashSet<_> = problems.iter().map(|problem| super::trouble(problem).kind).collect();
    assert_eq!(kinds.len(), problems.len());
}
