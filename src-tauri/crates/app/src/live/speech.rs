//! The language in which a live workspace asks Partner Center: that of the screens, and another one as soon as the person
//! changes it.

use crate::views::Language;
use cb_partner_center::client::Locale;
use std::sync::{Mutex, PoisonError};

/// Language of what is asked from now on.
pub(crate) struct Speech {
    locale: Locale,
    /// And how often it was set.
    spoken: Mutex<(Language, u32)>,
}

impl Speech {
    pub(super) fn new(locale: Locale, language: Language) -> Self {
        Self { locale, spoken: Mutex::new((language, 0)) }
    }

    /// The screens speak it from now on.
    pub(crate) fn set(&self, language: Language) {
        let mut spoken = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        *spoken = (language, spoken.1.wrapping_add(1));
        self.locale.set(super::locale(language));
    }

    /// The language, and how often it was set.
    pub(crate) fn spoken(&self) -> (Language, u32) {
        *self.spoken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
