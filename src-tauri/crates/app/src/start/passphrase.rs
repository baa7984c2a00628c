//! A book on a machine without a keychain: a passphrase makes the key that wraps the book's key (D4). Here are the
//! rules for a usable passphrase, the first start with one, and unlocking.

use super::{Held, keys, vault::Vault, workspaces};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::host::Keychain;
use crate::views::{PassphraseAnswer, PassphraseProblem, StartProblem};
use cb_domain::topic::Topic;
use cb_store::recovery::{self, RecoveryError, WrappedKey};
use cb_store::{Book, BookKey};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// Fewest letters. Argon2id makes each guess dear; twelve letters that are no word make it hopeless.
const SHORTEST: usize = 12;
/// Fewest different letters.
const DIFFERENT: usize = 6;
/// Words that guessing begins with.
const COMMON: [&str; 10] = [
    "password",
    "passwort",
    "passphrase",
    "channelbook",
    "letmein",
    "qwertzuiop",
    "qwertyuiop",
    "asdfghjkl",
    "microsoft",
    "willkommen",
];

/// What is wrong with a passphrase, if anything.
pub(super) fn problem(passphrase: &str, again: &str) -> Option<PassphraseProblem> {
    let letters: Vec<char> = passphrase.to_lowercase().chars().collect();
    if letters.iter().filter(|letter| !letter.is_whitespace()).count() < SHORTEST {
        return Some(PassphraseProblem::TooShort);
    }
    if is_simple(&letters) {
        return Some(PassphraseProblem::TooSimple);
    }
    (passphrase != again).then_some(PassphraseProblem::Different)
}

fn is_simple(letters: &[char]) -> bool {
    if letters.iter().collect::<BTreeSet<_>>().len() < DIFFERENT {
        return true;
    }
    // `123456789012`, `abcdefghijkl`: most letters follow the one before.
    let steps = letters.windows(2).filter(|pair| {
        let [one, next] = pair else { return false };
        (u32::from(*next)).abs_diff(u32::from(*one)) <= 1
    });
    if steps.count() * 2 >= letters.len() {
        return true;
    }
    // A common word, with little else.
    let text: String = letters.iter().collect();
    let rest = COMMON.iter().fold(text, |text, word| text.replace(word, ""));
    rest.chars().filter(|letter| letter.is_alphanumeric()).count() < SHORTEST / 2
}

/// A passphrase that was typed twice, if it may be used.
pub(crate) fn usable(passphrase: String, again: String) -> Result<Zeroizing<String>, PassphraseProblem> {
    let (passphrase, again) = (Zeroizing::new(passphrase), Zeroizing::new(again));
    problem(&passphrase, &again).map_or(Ok(passphrase), Err)
}

impl App {
    /// *Try it out* without a keychain: the practice workspace opens with a passphrase from now on.
    ///
    /// # Errors
    /// Store and file errors. What is wrong with the passphrase is an answer.
    pub async fn try_it_out_with_passphrase(&self, passphrase: String, again: String) -> AppResult<PassphraseAnswer> {
        let passphrase = match usable(passphrase, again) {
            Ok(passphrase) => passphrase,
            Err(problem) => return Ok(PassphraseAnswer { start: None, problem: Some(problem) }),
        };
        if self.last_workspace().is_none() {
            self.make_practice(Some(passphrase)).await?;
        }
        Ok(PassphraseAnswer { start: Some(self.start_view().await?), problem: None })
    }

    /// Opens the book with its passphrase.
    ///
    /// # Errors
    /// Only defects: a wrong passphrase is an answer.
    pub async fn unlock(&self, passphrase: String) -> AppResult<PassphraseAnswer> {
        let passphrase = Zeroizing::new(passphrase);
        let workspace = self.last_workspace().ok_or(AppError::NotFound)?;
        let folder = Path::new(&workspace.folder).to_owned();
        let wrapped = Book::sidecar(&folder)?.and_then(|plain| plain.passphrase).ok_or(AppError::NotFound)?;
        match unwrap(passphrase, wrapped).await? {
            Ok(key) => {
                self.hold(&folder, key);
                Ok(PassphraseAnswer { start: Some(self.start_view().await?), problem: None })
            }
            Err(RecoveryError::Damaged) => Err(AppError::Book(StartProblem::Corrupt)),
            Err(RecoveryError::DoesNotOpen | RecoveryError::NotACode | RecoveryError::Random) => {
                Ok(PassphraseAnswer { start: None, problem: Some(PassphraseProblem::Wrong) })
            }
        }
    }

    /// From now on this run knows the key, and other keys go into the file beside the book.
    pub(crate) fn hold(&self, folder: &Path, key: BookKey) {
        self.inner.keys.use_vault(Some(self.vault(folder, &key)));
        self.inner.keys.set_book_key(Some(key));
    }

    /// The encrypted file for keys beside the book of that key.
    pub(crate) fn vault(&self, folder: &Path, key: &BookKey) -> Arc<dyn Keychain> {
        Arc::new(Vault::new(folder, key, Arc::clone(&self.inner.host.random)))
    }

    /// Where the key of a workspace is. `patience`: how long it may be waited for.
    pub(super) async fn key_for(&self, id: &str, folder: &Path, patience: Option<Duration>) -> AppResult<Held> {
        let plain = Book::sidecar(folder)?;
        let by_passphrase = plain.as_ref().is_some_and(|plain| plain.passphrase.is_some() && plain.key_name.is_empty());
        if by_passphrase {
            let held = self.inner.keys.book_key();
            let fits = |key: &BookKey| plain.as_ref().and_then(|plain| plain.fits(key)) == Some(true);
            return Ok(held.filter(fits).map_or(Held::Passphrase, Held::Key));
        }
        self.inner.keys.use_vault(None);
        let name = workspaces::key_name(id);
        let (keys, notifier) = (&self.inner.keys, Arc::clone(&self.inner.host.notifier));
        let late = move || notifier.data_changed(&BTreeSet::from([Topic::Workspace]));
        let Some(answer) = keys.asking.ask(keys.system(), &name, patience, late).await else { return Ok(Held::Asked) };
        let bytes = answer.map_err(|error| match error {
            crate::host::KeychainError::NoEntry => AppError::Book(StartProblem::KeyMissing),
            crate::host::KeychainError::Unavailable | crate::host::KeychainError::KeyFile => {
                AppError::Book(StartProblem::KeychainMissing)
            }
        })?;
        let key = BookKey::from_slice(&bytes).ok_or(AppError::Book(StartProblem::WrongKey))?.named(&name);
        Ok(Held::Key(key))
    }

    /// Puts a key into the system's keychain and reads it back.
    pub(crate) async fn keep_key(&self, id: &str, key: &BookKey) -> AppResult<BookKey> {
        let name = workspaces::key_name(id);
        keys::keep(self.inner.keys.system(), name.clone(), key.clone()).await?;
        Ok(key.clone().named(&name))
    }
}

/// Argon2id takes its time: not on an async thread.
pub(crate) async fn unwrap(
    passphrase: Zeroizing<String>,
    wrapped: WrappedKey,
) -> AppResult<Result<BookKey, RecoveryError>> {
    let work = move || recovery::unwrap_with_passphrase(&passphrase, &wrapped);
    Ok(tokio::task::spawn_blocking(work).await.unwrap_or(Err(RecoveryError::Random)))
}

pub(super) async fn wrap(passphrase: Zeroizing<String>, key: BookKey) -> AppResult<WrappedKey> {
    let work = move || recovery::wrap_with_passphrase(&passphrase, &key);
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or(Err(RecoveryError::Random))
        .map_err(|_| AppError::Keychain(crate::host::KeychainError::Unavailable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d4_rules_for_a_passphrase() {
        use PassphraseProblem as P;
        for (passphrase, expected) in [
            ("", Some(P::TooShort)),
            ("kurz", Some(P::TooShort)),
            ("a b c d e f g", Some(P::TooShort)),
            ("aaaaaaaaaaaaaaaa", Some(P::TooSimple)),
            ("abababababababab", Some(P::TooSimple)),
            ("123456789012", Some(P::TooSimple)),
            ("abcdefghijklmnop", Some(P::TooSimple)),
            ("Passwort12345", Some(P::TooSimple)),
            ("passwordpassword", Some(P::TooSimple)),
            ("Channelbook2026!", Some(P::TooSimple)),
            ("qwertzuiopasdfghjkl", Some(P::TooSimple)),
            ("vier alte Lampen brennen", None),
            ("correct horse battery", None),
            ("x7!Kq-92mZ_tR", None),
            ("ключ от старой лавки", None),
        ] {
            assert_eq!(problem(passphrase, passphrase), expected, "{passphrase}");
        }
        assert_eq!(problem("vier alte Lampen", "vier alte Lampe"), Some(P::Different));
    }
}
