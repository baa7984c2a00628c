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

words! {
    /// Why a backup was made.
    pub enum BackupReasonView { Daily, Order, Manual, Migration }
    /// Why the last backup failed.
    pub enum BackupProblem { DiskFull, ReadOnly, Other }
    /// Why a backup was not restored. The present book is as it was.
    pub enum RestoreProblem {
        /// No key at hand fits: the recovery code is needed.
        NeedsCode,
        /// No key at hand fits: the passphrase is needed.
        NeedsPassphrase,
        /// No key at hand fits, and nothing was set up that could bring it back.
        NoKey,
        /// The code or passphrase does not open it.
        WrongSecret,
        /// The file is no backup, or the small file beside it is missing.
        NotABackup,
        /// The backup is damaged.
        Damaged,
        /// A newer version has written it.
        NewerSchema,
        /// No room for it.
        DiskFull,
        /// The file is gone.
        Gone,
    }
    /// Why a book holds its sending.
    pub enum RestoredWhy { Restored, OtherInstallation }
    /// What the lookups brought for one held onboarding.
    pub enum SeenView {
        NotYet,
        /// Nothing of it can be doubled.
        Harmless,
        /// Nothing of it is in Partner Center.
        Absent,
        /// Its whole order is there.
        Found,
        /// Orders of a part of it are there.
        FoundPart,
    }
    /// The person's word.
    pub enum RestoreDecision { TakeOver, Send }
}

view! {
    /// A backup.
    pub struct BackupRow {
        /// Name of the file.
        pub name: String,
        /// When it was made.
        pub made_at: String,
        /// Why.
        pub reason: BackupReasonView,
        /// Size in KiB.
        pub size_kb: u32,
    }
    /// Backups of a book.
    pub struct BackupsView {
        /// Newest first.
        pub rows: Vec<BackupRow>,
        /// Where they lie; empty when there is no workspace.
        pub folder: String,
        /// Why the last one failed.
        pub problem: Option<BackupProblem>,
    }
    /// Answer to a restore: the start it led to, and what stood in the way.
    pub struct RestoreAnswer {
        pub start: Option<StartView>,
        pub problem: Option<RestoreProblem>,
    }
    /// A restored book: sending is held (D8).
    pub struct RestoredView {
        /// Why.
        pub why: RestoredWhy,
        /// Since when.
        pub since: String,
        /// Until when at least.
        pub until: String,
        /// That time has passed.
        pub over: bool,
        /// When the backup was made.
        pub backup_at: Option<String>,
        /// What waits to be released.
        pub held: Vec<HeldView>,
    }
    /// A held onboarding.
    pub struct HeldView {
        pub onboarding_id: String,
        pub customer_id: String,
        pub customer_name: String,
        /// Lines of its order; 0 when it has none.
        pub lines: u32,
        /// Licences of its order.
        pub licences: u32,
        /// What the lookups brought.
        pub seen: SeenView,
        /// Ids of the orders found.
        pub orders: Vec<String>,
        /// When it was looked up last.
        pub looked_at: Option<String>,
        /// The orders found may be taken over.
        pub may_take_over: bool,
        /// It may go.
        pub may_send: bool,
        /// Its orders are being taken over.
        pub taking_over: bool,
    }
}
