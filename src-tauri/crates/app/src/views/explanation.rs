//! What a refused answer means: cause, who can mend it, next step.

use super::outbox::FixerView;
use super::{view, words};

words! {
    /// Why Partner Center refused, or did not answer as it should.
    pub enum CauseView {
        TokenMissing, TokenExpired, MfaMissing, WrongAudience, UserNeeded, NoRights, CountryNotSold, PartnerProgram,
        NotOurCustomer, CustomerGone, DomainTaken, InputMissing, Email, RegistrationNumber, Phone, AddressInvalid,
        ResellerUnknown, NotAReseller, ResellerInactive, ResellerUnsigned, PartnerOnRecord, AgreementMissing,
        AgreementTwice, UnderReview, AccountRefused, ProductGone, NotPurchasable, TermOrCycle, Quantity, LicenceLimit,
        CustomEndDate, Currency, Attestation, Defect, CartGone, CartLines, CartInUse, CartDone, OrderInProgress,
        Credit, WindowPassed, SubscriptionBusy, SubscriptionEnded, TooManyChanges, UpgradeRefused, Stale, NotInSandbox,
        Throttled, ServiceFault, Unknown,
    }
    /// What to do next.
    pub enum StepView {
        SignIn, SignInWithMfa, CheckConnection, AskForRights, StopAll, Review, Edit, AnotherDomain, AskReseller,
        ChooseReseller, RecordAgreement, Nothing, WaitForReview, ContactMicrosoft, ResolveAgain, ChooseProduct,
        FetchDates, AskAgain, ReportDefect, NewCart, LookAtLines, Wait, ReadOrders, ScheduleForRenewal, CompareAgain,
        Quote,
    }
}

view! {
    /// What an answer means.
    pub struct ExplanationView {
        /// Why.
        pub cause: CauseView,
        /// Who can mend it.
        pub fixer: FixerView,
        /// What to do.
        pub step: StepView,
    }
}
