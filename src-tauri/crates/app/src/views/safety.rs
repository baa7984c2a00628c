//! Keys, backups and what a restore holds back.

use super::{StartView, view, words};

words! {
    /// Where the key of the open book is kept (D4).
    pub enum KeyPlace { Keychain, Passphrase }
    /// What is wrong with a passphrase.
    pub enum PassphraseProblem { TooShort, TooSimple, Different, Wrong }
    /// What is wrong with a typed recovery code.
    pub enum RecoveryProblem {
        /// Mistyped: its length or its last letters tell.
        NotACode,
        /// A whole code, but not the one of this book.
        DoesNotOpen,
        /// A whole code, but not the one that was shown.
        Different,
    }
}

view! {
    /// Answer to a passphrase: the start it led to, or what is wrong with it.
    pub struct PassphraseAnswer {
        pub start: Option<StartView>,
        pub problem: Option<PassphraseProblem>,
    }
    /// Answer to a recovery code: the start it led to, where it opens a book, or what is wrong with it.
    pub struct RecoveryAnswer {
        pub start: Option<StartView>,
        pub problem: Option<RecoveryProblem>,
    }
    /// A recovery code, shown once.
    pub struct RecoveryCodeView {
        /// In groups of five letters.
        pub code: String,
    }
    /// How the key of the open book is kept safe.
    pub struct SafekeepingView {
        /// Where it is.
        pub place: KeyPlace,
        /// Since when there is a recovery code.
        pub recovery_since: Option<String>,
    }
}
