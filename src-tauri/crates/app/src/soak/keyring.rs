//! The keychain missing, locked, denied, slow, wrong and changed (C1, C6, D4, D5): at the start, before a password is
//! asked for, and at the reveal. It is said, nothing is sent or written meanwhile, and when it is right again all is there.
//! Beside it the same for an app that handles it wrongly: each of those must be refused.

use super::world::folder;
use crate::driver::bench::{Bench, Kill, NAME, PREFIX, all_confirmed};
use crate::fakes::{FakeKeychain, Fakes};
use crate::host::{Host, Keychain, KeychainError};
use crate::views::{Language, SetupInfoState, StartKind, StartProblem};
use crate::{App, error::AppError};
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;
use zeroize::Zeroizing;

/// What is the matter with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    None,
    /// Nothing is in it, and nothing stays in it.
    Missing,
    /// What is in it can't be seen, and nothing can be put in.
    Locked,
    /// It refuses every question.
    Denied,
    /// It answers when its person has answered it.
    Slow,
    /// It has the key of another book.
    Wrong,
    /// What it has is no key any more.
    Changed,
}

const TROUBLES: [Trouble; 6] =
    [Trouble::Missing, Trouble::Locked, Trouble::Denied, Trouble::Slow, Trouble::Wrong, Trouble::Changed];

/// Bugs planted on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bug {
    None,
    /// What is not there is made anew (D4, D5).
    MakesANewKey,
    /// A keychain that does not answer is taken for one that has nothing.
    TakesSilenceForNothing,
    /// What the keychain does not keep is kept in memory (C1).
    KeepsItInMemory,
    /// A key that was seen once is used, whatever the keychain says since.
    AsksOnce,
}

const BUGS: [Bug; 4] = [Bug::MakesANewKey, Bug::TakesSilenceForNothing, Bug::KeepsItInMemory, Bug::AsksOnce];

/// The keychain, and in front of it the app with its bug.
struct Troubled {
    inner: Arc<FakeKeychain>,
    trouble: Mutex<Trouble>,
    over: Condvar,
    bug: Bug,
    seen: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Troubled {
    fn over(inner: &Arc<FakeKeychain>, bug: Bug) -> Arc<Self> {
        let (trouble, over, seen) = (Mutex::new(Trouble::None), Condvar::new(), Mutex::default());
        Arc::new(Self { inner: Arc::clone(inner), trouble, over, bug, seen })
    }

    fn has(&self, trouble: Trouble) {
        *self.trouble.lock().unwrap() = trouble;
        self.over.notify_all();
    }

    /// The trouble there is, once it is no longer that of being slow.
    fn now(&self) -> Trouble {
        *self.over.wait_while(self.trouble.lock().unwrap(), |trouble| *trouble == Trouble::Slow).unwrap()
    }

    fn give(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        match self.now() {
            Trouble::None | Trouble::Slow => self.inner.get(name),
            Trouble::Missing | Trouble::Locked => Err(KeychainError::NoEntry),
            Trouble::Denied => Err(KeychainError::Unavailable),
            Trouble::Wrong => Ok(Zeroizing::new(vec![7; 32])),
            Trouble::Changed => Ok(Zeroizing::new(vec![7; 16])),
        }
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        match self.now() {
            Trouble::Locked | Trouble::Denied => Err(KeychainError::Unavailable),
            Trouble::None | Trouble::Slow | Trouble::Missing | Trouble::Wrong | Trouble::Changed => {
                self.inner.set(name, secret)
            }
        }
    }
}

impl Keychain for Troubled {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let kept = self.keep(name, secret);
        if self.bug == Bug::KeepsItInMemory {
            self.seen.lock().unwrap().insert(name.to_owned(), secret.to_vec());
            return Ok(());
        }
        kept
    }
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        if self.bug == Bug::TakesSilenceForNothing
            && matches!(*self.trouble.lock().unwrap(), Trouble::Slow | Trouble::Denied)
        {
            return Err(KeychainError::NoEntry);
        }
        let seen = self.seen.lock().unwrap().get(name).cloned();
        match (self.bug, seen, self.give(name)) {
            (Bug::AsksOnce | Bug::KeepsItInMemory, Some(seen), _) => Ok(Zeroizing::new(seen)),
            (Bug::AsksOnce, None, Ok(held)) => {
                self.seen.lock().unwrap().insert(name.to_owned(), held.to_vec());
                Ok(held)
            }
            (Bug::KeepsItInMemory, None, Err(_)) => Err(KeychainError::NoEntry),
            (Bug::MakesANewKey, _, Err(KeychainError::NoEntry)) => {
                self.keep(name, &[5; 32])?;
                Ok(Zeroizing::new(vec![5; 32]))
            }
            (_, _, answer) => answer,
        }
    }
    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        self.inner.delete(name)
    }
}

/// Everything that is in a keychain.
fn all(keychain: &FakeKeychain) -> BTreeMap<String, Vec<u8>> {
    keychain.names().into_iter().map(|name| (name.clone(), keychain.get(&name).unwrap().to_vec())).collect()
}

/// Puts back what a bug has overwritten, so that the next trouble finds all as it was.
fn put_back(keychain: &FakeKeychain, before: &BTreeMap<String, Vec<u8>>) {
    for name in keychain.names() {
        keychain.delete(&name).unwrap();
    }
    for (name, secret) in before {
        keychain.set(name, secret).unwrap();
    }
}

/// What is wrong with a start, in each trouble.
async fn at_start(bug: Bug) -> Vec<String> {
    let (fakes, place) = (Fakes::new(51), folder());
    let first = App::new(fakes.host(), place.path().to_path_buf(), Language::En);
    assert_eq!(first.try_it_out().await.unwrap().kind, StartKind::Ready);
    first.shut_down().await;
    let before = all(&fakes.keychain);
    let mut harms = Vec::new();
    for trouble in TROUBLES {
        let keychain = Troubled::over(&fakes.keychain, bug);
        let app =
            App::new(Host { keychain: keychain.clone(), ..fakes.host() }, place.path().to_path_buf(), Language::En);
        keychain.has(trouble);
        let view = match trouble {
            Trouble::Slow => app.start_view_soon().await,
            _ => app.start_view().await,
        };
        let view = view.unwrap();
        let expected = match trouble {
            Trouble::None => (StartKind::Ready, None),
            Trouble::Missing | Trouble::Locked => (StartKind::Failed, Some(StartProblem::KeyMissing)),
            Trouble::Denied => (StartKind::Failed, Some(StartProblem::KeychainMissing)),
            Trouble::Slow => (StartKind::Waiting, None),
            Trouble::Wrong | Trouble::Changed => (StartKind::Failed, Some(StartProblem::WrongKey)),
        };
        if (view.kind, view.problem) != expected {
            harms.push(format!("start, {trouble:?}: says {:?} {:?}", view.kind, view.problem));
        }
        keychain.has(Trouble::None);
        if all(&fakes.keychain) != before {
            harms.push(format!("start, {trouble:?}: the keychain was changed"));
        }
        let mut kind = view.kind;
        for _ in 0..400 {
            kind = app.retry_start().await.unwrap().kind;
            if kind == StartKind::Ready || trouble != Trouble::Slow {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        if kind != StartKind::Ready {
            harms.push(format!("start, {trouble:?}: {kind:?} when all is right again"));
        }
        app.shut_down().await;
        put_back(&fakes.keychain, &before);
    }
    harms
}

/// What is wrong with an onboarding that meets a trouble before its customer is made. What can be told there is only that
/// no key stays; a slow one is the business of `start::asking`.
async fn at_sending(bug: Bug) -> Vec<String> {
    let mut harms = Vec::new();
    for trouble in [Trouble::Missing, Trouble::Locked, Trouble::Denied, Trouble::Changed] {
        let bench = Bench::in_folder(52, Kill::default(), folder());
        let keychain = Troubled::over(&bench.fakes.keychain, bug);
        keychain.has(trouble);
        let app = bench.open_with(Host { keychain: keychain.clone(), ..bench.fakes.host() }).await;
        let submitted = bench.submit(&app).await;
        let id = submitted.operations[0].to_string();
        let mut said = false;
        for _ in 0..400 {
            let detail = app.operation_detail(id.clone()).await.unwrap();
            said = detail.history.iter().any(|entry| entry.reason == "keychain_missing");
            if said || bench.server(NAME, PREFIX).await.0 > 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let sent = bench.server(NAME, PREFIX).await.0 > 0;
        if sent || !said {
            harms.push(format!("sending, {trouble:?}: said {said}, sent {sent}"));
        }
        keychain.has(Trouble::None);
        app.send_now().await.unwrap();
        if bug == Bug::None {
            bench.until(&app, all_confirmed).await;
        }
        let mut over = false;
        for _ in 0..400 {
            over = all_confirmed(&bench.operations(&app).await);
            if over {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // The next run of the app has the keychain only.
        app.inner.open.write().await.take().unwrap().stop().await;
        let app = bench.open().await;
        let id = submitted.onboarding.to_string();
        let shown = app.begin_reveal(id.clone()).await.is_ok() && app.reveal_password(id).await.is_ok();
        if !over || !shown {
            harms.push(format!("sending, {trouble:?}: the password is lost"));
        }
        app.inner.open.write().await.take().unwrap().stop().await;
    }
    harms
}

/// What is wrong with a reveal, in each trouble.
async fn at_reveal(bug: Bug) -> Vec<String> {
    let bench = Bench::in_folder(53, Kill::default(), folder());
    let app = bench.open().await;
    let submitted = bench.submit(&app).await;
    bench.until(&app, all_confirmed).await;
    app.inner.open.write().await.take().unwrap().stop().await;
    let id = || submitted.onboarding.to_string();
    let before = all(&bench.fakes.keychain);
    let mut harms = Vec::new();
    for trouble in TROUBLES {
        let keychain = Troubled::over(&bench.fakes.keychain, bug);
        let app = bench.open_with(Host { keychain: keychain.clone(), ..bench.fakes.host() }).await;
        app.begin_reveal(id()).await.unwrap();
        let known = app.reveal_password(id()).await.unwrap().password;
        keychain.has(trouble);
        let shown = tokio::time::timeout(Duration::from_millis(300), app.reveal_password(id())).await;
        let is_right = match (&shown, trouble) {
            (waits, Trouble::Slow) => waits.is_err(),
            (Ok(Err(AppError::Keychain(_))), _) => true,
            _ => false,
        };
        if !is_right {
            harms.push(format!("reveal, {trouble:?}: {:?}", shown.map(|shown| shown.map(|_| "a password"))));
        }
        if app.setup_info(id()).await.unwrap().state != SetupInfoState::Showing {
            harms.push(format!("reveal, {trouble:?}: it does not wait"));
        }
        keychain.has(Trouble::None);
        if all(&bench.fakes.keychain) != before {
            harms.push(format!("reveal, {trouble:?}: the keychain was changed"));
        }
        if app.reveal_password(id()).await.ok().map(|shown| shown.password.clone()) != Some(known) {
            harms.push(format!("reveal, {trouble:?}: another password when all is right again"));
        }
        put_back(&bench.fakes.keychain, &before);
        app.inner.open.write().await.take().unwrap().stop().await;
    }
    harms
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c1_c6_d4_d5_whatever_is_the_matter_with_the_keychain_is_said_and_harms_nothing() {
    assert_eq!(at_start(Bug::None).await, Vec::<String>::new());
    assert_eq!(at_sending(Bug::None).await, Vec::<String>::new());
    assert_eq!(at_reveal(Bug::None).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c1_c6_d4_d5_planted_bugs_about_the_keychain_are_caught() {
    for bug in BUGS {
        // Where it does harm; looking everywhere for each takes minutes.
        let harms = match bug {
            Bug::None | Bug::MakesANewKey | Bug::TakesSilenceForNothing => at_start(bug).await,
            Bug::KeepsItInMemory => at_sending(bug).await,
            Bug::AsksOnce => at_reveal(bug).await,
        };
        println!("{bug:?}: {harms:?}");
        assert!(!harms.is_empty(), "{bug:?} was not caught");
    }
}
