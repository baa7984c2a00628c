//! A live workspace on a machine without a keychain: the book opens with a passphrase, and the sign-in lies encrypted beside
//! it (D4, W3).

use super::canary::{files, found, traces};
use super::tests::World;
use crate::App;
use crate::error::ErrorCode;
use crate::fakes::Fakes;
use crate::host::Keychain;
use crate::start::KeyHome;
use crate::views::{KeyPlace, Language, PassphraseProblem, SignInStep, SignInTrouble, StartKind, WorkspaceKind};
use cb_sandbox::authority::ACCOUNTS;
use std::path::PathBuf;

const PASSPHRASE: &str = "vier alte Lampen brennen";

impl World {
    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Connected with a passphrase, as the page leads there: the keychain is tried first.
    async fn connect_with_passphrase(&self) {
        self.fakes.keychain.refuse(true);
        assert_eq!(self.sign_in(&ACCOUNTS[0]).await.step, SignInStep::SignedIn);
        let refused = self.app.make_live_workspace().await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::KeychainUnavailable);
        let made = self.app.make_live_workspace_with_passphrase(PASSPHRASE.to_owned(), PASSPHRASE.to_owned()).await;
        let start = made.unwrap().start.unwrap();
        assert_eq!((start.kind, start.workspace.unwrap().kind), (StartKind::Ready, WorkspaceKind::Live));
    }

    /// The app ends and starts again on the same folder; the passphrase is asked for, and given.
    async fn restart(&mut self) {
        self.app.shut_down().await;
        self.app = App::new(self.fakes.host(), self.data(), Language::En);
        assert_eq!(self.app.start_view().await.unwrap().kind, StartKind::Unlock);
        let wrong = self.app.unlock("vier alte Lampen brannten".to_owned()).await.unwrap();
        assert_eq!((wrong.problem, wrong.start.is_none()), (Some(PassphraseProblem::Wrong), true));
        let right = self.app.unlock(PASSPHRASE.to_owned()).await.unwrap();
        assert_eq!(right.start.unwrap().kind, StartKind::Ready);
    }

    /// The files in which keys lie beside the books; what is in them is sealed.
    fn key_files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        files(&self.data(), &mut |path, _| {
            if path.file_name().is_some_and(|name| name == "keys.json") {
                found.push(path.to_owned());
            }
        });
        found
    }

    /// No file holds anything of a token, a code or a verifier, nor the passphrase.
    fn no_file_tells(&self) {
        let mut traces = traces(&self.authority.secrets());
        assert!(traces.len() > 20, "secrets went to and fro");
        traces.insert(PASSPHRASE.as_bytes().to_vec());
        let mut looked = 0;
        files(&self.data(), &mut |path, bytes| {
            looked += 1;
            assert_eq!(found(bytes, &traces), None, "{}", path.display());
        });
        assert!(looked >= 4, "there are files to look into");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_w3_without_a_keychain_the_sign_in_is_kept_under_a_passphrase_and_in_no_file_in_clear() {
    let mut world = World::new(31).await;
    world.connect_with_passphrase().await;
    world.synced().await;
    world.trouble(None).await;
    assert_eq!(world.app.safekeeping().await.unwrap().place, KeyPlace::Passphrase);
    assert!(world.fakes.keychain.names().is_empty(), "nothing went into the system's keychain");
    world.no_file_tells();

    // Who knows the passphrase need not sign in again, and what is read next is read.
    world.restart().await;
    world.authority.expire_access_tokens();
    let before = world.authority.secrets().len();
    world.app.sync_now().await.unwrap();
    for _ in 0..4000 {
        if world.authority.secrets().len() > before {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(world.authority.secrets().len() > before, "a new token was asked for with the one that was kept");
    world.synced().await;
    world.trouble(None).await;
    world.no_file_tells();

    // The token that took its place is kept too.
    world.restart().await;
    world.authority.expire_access_tokens();
    world.app.send_now().await.unwrap();
    world.trouble(None).await;

    let sealed = world.key_files();
    let kept = |file: &PathBuf| std::fs::read_to_string(file).unwrap().contains("sign-in-");
    assert_eq!(sealed.iter().filter(|file| kept(file)).count(), 1, "the sign-in lies sealed beside the book");
    assert_eq!(world.app.sign_out().await.unwrap().trouble.unwrap().kind, SignInTrouble::SignedOut);
    assert!(!sealed.iter().any(kept), "signing out destroys it");
    world.restart().await;
    world.app.send_now().await.unwrap();
    world.trouble(Some(SignInTrouble::SignedOut)).await;
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_a_bad_passphrase_makes_nothing_and_the_sign_in_stays() {
    let world = World::new(32).await;
    world.fakes.keychain.refuse(true);
    world.sign_in(&ACCOUNTS[0]).await;
    for (passphrase, again, problem) in [
        ("kurz", "kurz", PassphraseProblem::TooShort),
        ("abababababababab", "abababababababab", PassphraseProblem::TooSimple),
        (PASSPHRASE, "vier alte Lampen", PassphraseProblem::Different),
    ] {
        let answer = world.app.make_live_workspace_with_passphrase(passphrase.to_owned(), again.to_owned()).await;
        assert_eq!(answer.unwrap().problem, Some(problem), "{passphrase}");
        assert_eq!(world.app.sign_in_state().step, SignInStep::SignedIn, "nothing is lost by it");
    }
    assert!(world.app.workspaces().await.unwrap().is_empty() && world.key_files().is_empty(), "nothing was made");
    // Nobody has signed in: there is nothing to make one of.
    let _ = world.app.cancel_sign_in();
    let none = world.app.make_live_workspace_with_passphrase(PASSPHRASE.to_owned(), PASSPHRASE.to_owned()).await;
    assert_eq!(none.unwrap_err().code(), ErrorCode::NotAllowed);
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_each_book_with_a_passphrase_asks_for_its_own() {
    let world = World::new(33).await;
    world.fakes.keychain.refuse(true);
    let other = "ein ganz anderer Satz";
    let practice = world.app.try_it_out_with_passphrase(other.to_owned(), other.to_owned()).await.unwrap();
    let practice = practice.start.unwrap().workspace.unwrap().id;
    world.connect_with_passphrase().await;
    world.synced().await;
    assert_eq!(world.app.open_workspace(practice).await.unwrap().kind, StartKind::Unlock);
    assert_eq!(world.app.unlock(PASSPHRASE.to_owned()).await.unwrap().problem, Some(PassphraseProblem::Wrong));
    assert_eq!(world.app.unlock(other.to_owned()).await.unwrap().start.unwrap().kind, StartKind::Ready);
    world.app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_does_not_keep_the_sign_in_is_told_as_such() {
    let mut world = World::new(34).await;
    world.connect_with_passphrase().await;
    world.synced().await;
    world.app.shut_down().await;
    for file in world.key_files() {
        std::fs::write(file, "{").unwrap();
    }
    world.restart().await;
    world.app.send_now().await.unwrap();
    world.trouble(Some(SignInTrouble::KeyFile)).await;
    world.app.shut_down().await;
}

/// What can't be taken away is said in the words of where it lies, and the next press takes it.
#[tokio::test(flavor = "multi_thread")]
async fn d4_a_sign_out_that_fails_speaks_of_the_file_and_not_of_a_keychain() {
    let world = World::new(35).await;
    world.connect_with_passphrase().await;
    world.synced().await;
    let sealed: Vec<_> = world.key_files().into_iter().map(|file| (std::fs::read(&file).unwrap(), file)).collect();
    for (_, file) in &sealed {
        std::fs::write(file, "{").unwrap();
    }
    assert_eq!(world.app.sign_out().await.unwrap_err().code(), ErrorCode::KeyFileUnavailable);
    world.trouble(Some(SignInTrouble::SignedOut)).await;
    for (bytes, file) in &sealed {
        std::fs::write(file, bytes).unwrap();
    }
    assert_eq!(world.app.sign_out().await.unwrap().trouble.unwrap().kind, SignInTrouble::SignedOut);
    let kept = |(_, file): &(Vec<u8>, PathBuf)| std::fs::read_to_string(file).unwrap().contains("sign-in-");
    assert!(!sealed.iter().any(kept), "it is gone");
    world.app.shut_down().await;
}

#[test]
fn whoever_writes_late_writes_where_its_book_is() {
    let (fakes, first, second) = (Fakes::new(1), Fakes::new(2), Fakes::new(3));
    let keys = KeyHome::new(fakes.keychain.clone());
    keys.use_vault(Some(first.keychain.clone()));
    let shelf = keys.here();
    keys.use_vault(Some(second.keychain.clone()));
    shelf.set("sign-in-a", b"token").unwrap();
    keys.set("book-b", b"key").unwrap();
    keys.use_vault(None);
    shelf.set("sign-in-a", b"newer").unwrap();
    assert_eq!(first.keychain.names(), ["sign-in-a"]);
    assert_eq!(second.keychain.names(), ["book-b"]);
    assert!(fakes.keychain.names().is_empty());
}
