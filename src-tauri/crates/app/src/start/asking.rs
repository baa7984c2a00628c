//! Questions to the system's keychain. It may first ask the person for a password, answer after minutes, or never: no
//! window waits for it, and no second question overtakes one that is still open.

use crate::host::{Keychain, KeychainError};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

/// How long the window's first question waits for a key before it says what it waits for.
pub(super) const PATIENCE: Duration = Duration::from_millis(80);
/// Longest wait where something else goes on meanwhile, or the person sees that it does. Then it counts as missing.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

type Answer = Result<Zeroizing<Vec<u8>>, KeychainError>;

/// A question for the key of a book.
#[derive(Default)]
struct Question {
    answer: Option<Answer>,
    /// Somebody has gone without the answer, and wants to hear when it is there.
    told: bool,
}

/// Questions for the keys of books: each is asked once, on a thread of its own that nobody has to wait for, not even the
/// end of the app. An answer that comes late is kept for who asks again.
#[derive(Default)]
pub(crate) struct Asking {
    questions: Arc<Mutex<HashMap<String, Question>>>,
}

impl Asking {
    /// The answer; `None` when there is none after `patience`. Then `late` is called once it is there.
    pub(super) async fn ask(
        &self,
        keychain: &Arc<dyn Keychain>,
        name: &str,
        patience: Option<Duration>,
        late: impl FnOnce() + Send + 'static,
    ) -> Option<Answer> {
        {
            let mut questions = lock(&self.questions);
            match questions.get_mut(name) {
                Some(Question { answer: Some(_), .. }) => return questions.remove(name)?.answer,
                Some(open) => {
                    open.told = true;
                    return None;
                }
                None => drop(questions.insert(name.to_owned(), Question::default())),
            }
        }
        let (said, heard) = oneshot::channel();
        let (questions, keychain, own) = (Arc::clone(&self.questions), Arc::clone(keychain), name.to_owned());
        let asked = std::thread::Builder::new().name("keychain".to_owned()).spawn(move || {
            let answer = keychain.get(&own);
            let told = lock(&questions).get_mut(&own).is_some_and(|question| {
                question.answer = Some(answer);
                question.told
            });
            if said.send(()).is_err() || told {
                late();
            }
        });
        let patience = if asked.is_ok() { patience } else { Some(Duration::ZERO) };
        let _in_time = match patience {
            Some(patience) => tokio::time::timeout(patience, heard).await.is_ok(),
            None => heard.await.is_ok(),
        };
        let mut questions = lock(&self.questions);
        match questions.get_mut(name) {
            Some(open) if open.answer.is_none() && asked.is_ok() && patience.is_some() => {
                open.told = true;
                None
            }
            // No thread could be had, or the keychain broke off without a word.
            Some(Question { answer: None, .. }) => {
                questions.remove(name);
                Some(Err(KeychainError::Unavailable))
            }
            Some(_) => questions.remove(name)?.answer,
            // Somebody else took it, and opens the book with it.
            None => None,
        }
    }
}

fn lock(questions: &Mutex<HashMap<String, Question>>) -> MutexGuard<'_, HashMap<String, Question>> {
    questions.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keychains, by their address, of which a question is open that nobody waits for any more.
static LATE: Mutex<Vec<usize>> = Mutex::new(Vec::new());

/// Marks the end of a question, however it ends.
struct Open {
    keychain: usize,
    over: Arc<AtomicBool>,
}

fn late() -> MutexGuard<'static, Vec<usize>> {
    LATE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut late = late();
        self.over.store(true, Ordering::SeqCst);
        if let Some(at) = late.iter().position(|one| *one == self.keychain) {
            late.swap_remove(at);
        }
    }
}

/// Works with the keychain off the async threads, for half a minute at most: then it counts as missing. While such a
/// question is open nothing else is asked: what it still writes when it wakes up must never replace what was written
/// after it, or the key of a password that is already sealed would be lost (C1).
///
/// # Errors
/// The keychain's; `Unavailable` when it does not answer.
pub(crate) async fn asked<T: Send + 'static>(
    keychain: &Arc<dyn Keychain>,
    work: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError> + Send + 'static,
) -> Result<T, KeychainError> {
    asked_for(LIMIT, keychain, work).await
}

async fn asked_for<T: Send + 'static>(
    limit: Duration,
    keychain: &Arc<dyn Keychain>,
    work: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError> + Send + 'static,
) -> Result<T, KeychainError> {
    let own = Arc::as_ptr(keychain).cast::<()>() as usize;
    if late().contains(&own) {
        return Err(KeychainError::Unavailable);
    }
    let (over, keychain) = (Arc::new(AtomicBool::new(false)), Arc::clone(keychain));
    let open = Open { keychain: own, over: Arc::clone(&over) };
    let task = tokio::task::spawn_blocking(move || {
        let answer = work(keychain.as_ref());
        drop(open);
        answer
    });
    if let Ok(answered) = tokio::time::timeout(limit, task).await {
        return answered.unwrap_or(Err(KeychainError::Unavailable));
    }
    let mut late = late();
    if !over.load(Ordering::SeqCst) {
        late.push(own);
    }
    tracing::warn!("the keychain does not answer");
    Err(KeychainError::Unavailable)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::fakes::Fakes;
    use std::sync::Condvar;
    use std::sync::atomic::AtomicU64;

    /// Answers only while it is awake.
    pub(crate) struct Sleepy {
        inner: Arc<dyn Keychain>,
        asleep: Mutex<bool>,
        woken: Condvar,
        pub(crate) asked: AtomicU64,
    }

    impl Sleepy {
        pub(crate) fn over(inner: Arc<dyn Keychain>) -> Arc<Self> {
            Arc::new(Self { inner, asleep: Mutex::new(false), woken: Condvar::new(), asked: AtomicU64::new(0) })
        }

        pub(crate) fn sleep(&self, asleep: bool) {
            *self.asleep.lock().unwrap() = asleep;
            self.woken.notify_all();
        }

        fn wait(&self) {
            self.asked.fetch_add(1, Ordering::SeqCst);
            drop(self.woken.wait_while(self.asleep.lock().unwrap(), |asleep| *asleep).unwrap());
        }
    }

    impl Keychain for Sleepy {
        fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
            self.wait();
            self.inner.set(name, secret)
        }
        fn get(&self, name: &str) -> Answer {
            self.wait();
            self.inner.get(name)
        }
        fn delete(&self, name: &str) -> Result<(), KeychainError> {
            self.wait();
            self.inner.delete(name)
        }
    }

    const MOMENT: Duration = Duration::from_millis(20);

    /// The bug planted on purpose: waits no longer than it should, and forgets what it has asked.
    async fn asked_anew(keychain: &Arc<dyn Keychain>, secret: &'static [u8]) -> Result<(), KeychainError> {
        let keychain = Arc::clone(keychain);
        let task = tokio::task::spawn_blocking(move || keychain.set("one", secret));
        let answer = tokio::time::timeout(MOMENT, task).await;
        answer.map_or(Err(KeychainError::Unavailable), |answer| answer.unwrap_or(Err(KeychainError::Unavailable)))
    }

    async fn asked_as_it_is(keychain: &Arc<dyn Keychain>, secret: &'static [u8]) -> Result<(), KeychainError> {
        asked_for(MOMENT, keychain, move |keychain| keychain.set("one", secret)).await
    }

    /// Asks twice while it sleeps; whether the second question came through before the first was answered.
    async fn overtakes(
        sleepy: &Sleepy,
        keychain: &Arc<dyn Keychain>,
        ask: impl AsyncFn(&Arc<dyn Keychain>, &'static [u8]) -> Result<(), KeychainError>,
    ) -> bool {
        sleepy.sleep(true);
        assert_eq!(ask(keychain, b"first").await, Err(KeychainError::Unavailable));
        assert_eq!(ask(keychain, b"second").await, Err(KeychainError::Unavailable));
        for _ in 0..20 {
            if sleepy.asked.load(Ordering::SeqCst) > 1 {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        false
    }

    #[tokio::test]
    async fn c1_a_question_that_overtakes_another_is_caught() {
        let sleepy = Sleepy::over(Fakes::new(1).keychain);
        let keychain: Arc<dyn Keychain> = sleepy.clone();
        assert!(overtakes(&sleepy, &keychain, asked_anew).await);
        sleepy.sleep(false);
    }

    #[tokio::test]
    async fn c1_a_question_that_is_still_open_is_not_overtaken() {
        let sleepy = Sleepy::over(Fakes::new(1).keychain);
        let keychain: Arc<dyn Keychain> = sleepy.clone();
        assert!(!overtakes(&sleepy, &keychain, asked_as_it_is).await, "it was not asked a second time");
        let other: Arc<dyn Keychain> = Fakes::new(2).keychain;
        assert!(asked(&other, |keychain| keychain.set("one", b"other")).await.is_ok(), "another one is");
        sleepy.sleep(false);
        for _ in 0..2_000 {
            if let Ok(held) = asked(&keychain, |keychain| keychain.get("one")).await {
                assert_eq!(held.as_slice(), b"first", "what was begun came to its end first");
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("it does not answer when it is awake");
    }
}
