//! The language that a client asks for (`X-Locale`): a person may change it while requests are under way.

use std::sync::{Arc, PoisonError, RwLock};

/// Shared by a client and whoever may change its language.
#[derive(Debug, Clone)]
pub struct Locale(Arc<RwLock<String>>);

impl Locale {
    pub(super) fn new(locale: &str) -> Self {
        Self(Arc::new(RwLock::new(locale.to_owned())))
    }

    /// From the next request on, for example `de-DE`.
    pub fn set(&self, locale: &str) {
        locale.clone_into(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// As it is now.
    #[must_use]
    pub fn get(&self) -> String {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
