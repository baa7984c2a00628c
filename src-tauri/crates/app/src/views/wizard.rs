//! The wizard: draft, country form, problems, preflight, order, review, confirmation, setup info.
#![allow(missing_docs, reason = "names of fields are the words of the glossary; structs carry the meaning")]

use super::outbox::OperationRow;
use super::{KeyPlace, Language, view, words};

words! {
    /// What a draft is for.
    pub enum DraftPurposeView { NewCustomer, AddSubscription, MendCustomer, MendOrder, MendAgreement, EditCustomer }
    /// Step.
    pub enum WizardStepView { Customer, Subscriptions, Review }
    /// A line of *Preflight*.
    pub enum PreflightItem { CompanyName, DomainPrefix, RegistrationNumber, PostalCode, Contact, Signer, Duplicate, DomainFree, AddressKnown, ResellerFit }
    /// How it stands.
    pub enum PreflightState {
        /// In order.
        Good,
        /// Still to fill in.
        Open,
        /// Would be refused; `field` leads to it.
        Problem,
        /// Look at it; blocks nothing.
        Warning,
        /// Only Partner Center can check it; checked when sent.
        WhenSent,
        /// Being asked in the background.
        Asking,
    }
    /// Step of *What will happen* and of the confirmation.
    pub enum JourneyStep { CreateCustomer, KeepSetupInfo, RecordAgreement, PlaceOrder }
    /// How a step of the confirmation stands.
    pub enum JourneyState { Waiting, Sending, Done, OnHold, NeedsAttention, Cancelled }
    /// Where an order stands that is not settled.
    pub enum UnsettledStanding {
        /// Not sent.
        Waiting,
        /// Not sent, and waits for somebody else.
        OnHold,
        /// Under way.
        Sending,
        /// No answer came; it is looked up.
        AnswerLost,
        /// An order was found that may be this one.
        IsItOurs,
        /// A person has to mend something.
        NeedsAttention,
    }
    /// Where the password stands.
    pub enum SetupInfoState {
        /// The operation has not brought it yet.
        NotYet,
        /// Sealed; reveal is possible.
        Sealed,
        /// Revealed, not yet acknowledged.
        Showing,
        /// Acknowledged and destroyed.
        Destroyed,
        /// None came; a new password must be set in Partner Center.
        Unavailable,
    }
}

view! {
    /// Step 1 as typed. Field names are the field paths, prefixed `customer.`.
    pub struct CustomerFormView {
        pub company_name: String,
        pub country: String,
        pub registration_number: String,
        pub domain_prefix: String,
        pub domain_prefix_touched: bool,
        pub fallback_prefix_1: String,
        pub fallback_prefix_2: String,
        pub address_line_1: String,
        pub address_line_2: String,
        pub postal_code: String,
        pub city: String,
        pub state: String,
        pub first_name: String,
        pub last_name: String,
        pub email: String,
        pub phone: String,
        pub language: String,
        pub culture: String,
        pub qualification: String,
        pub signer_first_name: String,
        pub signer_last_name: String,
        pub signer_email: String,
        pub signer_phone: String,
        pub agreement_date: String,
    }
    /// An order line as chosen.
    pub struct LineFormView {
        /// Unique in the draft.
        pub line: u32,
        pub product_id: String,
        pub sku_id: String,
        pub term: String,
        pub cycle: String,
        pub quantity: u32,
        /// Base line of an add-on.
        pub base_line: Option<u32>,
        /// ISO date, or none: its own term.
        pub custom_end: Option<String>,
    }
    /// What was entered.
    pub struct DraftContentView {
        /// Reseller; empty when none.
        pub reseller_id: String,
        pub customer: CustomerFormView,
        pub lines: Vec<LineFormView>,
        /// Reseller of record; empty when none.
        pub reseller_of_record: String,
    }
    /// A draft, whole.
    pub struct DraftView {
        pub id: String,
        pub purpose: DraftPurposeView,
        /// Customer for AddSubscription and MendCustomer; empty otherwise.
        pub customer_id: String,
        /// That customer's name, country and segment; empty otherwise.
        pub customer_name: String,
        pub customer_country: String,
        pub revision: u32,
        pub step: WizardStepView,
        /// Field path that had the focus.
        pub focus: String,
        pub content: DraftContentView,
        pub saved_at: String,
        /// Everything Rust says of this content.
        pub check: DraftCheck,
    }
    /// A draft in a list.
    pub struct DraftRow {
        pub id: String,
        pub purpose: DraftPurposeView,
        /// Company name as typed, or the existing customer's.
        pub name: String,
        pub reseller_name: String,
        pub step: WizardStepView,
        pub saved_at: String,
    }
    /// A save.
    pub struct SaveDraftRequest {
        pub id: String,
        /// Revision this edit is based on.
        pub revision: u32,
        pub step: WizardStepView,
        pub focus: String,
        pub content: DraftContentView,
    }
    /// Answer to a save.
    pub struct SavedDraft {
        pub revision: u32,
        pub saved_at: String,
        /// Content after Rust's proposals (prefix follows the name while untouched; culture and language follow the country).
        pub content: DraftContentView,
        pub check: DraftCheck,
    }
    /// What Rust says of a draft.
    pub struct DraftCheck {
        /// The form of the chosen country.
        pub country: CountryFormView,
        /// Problems by field path. Shown at a field once it was left or Next was pressed.
        pub problems: Vec<FieldProblem>,
        pub preflight: Vec<PreflightLine>,
        pub duplicates: Vec<DuplicateView>,
        pub order: OrderView,
    }
    /// Form of a country: which fields, in which order, how they are called.
    pub struct CountryFormView {
        /// ISO country; empty until chosen.
        pub country: String,
        /// Address fields in the country's order, for example `["addressLine1","addressLine2","postalCode","city"]`.
        pub address_fields: Vec<String>,
        /// Required fields (names without `customer.`).
        pub required: Vec<String>,
        /// States to choose from; empty: free text.
        pub states: Vec<String>,
        /// Key of the label of `state`: `state`, `province`, `canton`, `county`.
        pub state_label: String,
        /// Key of the label of `postalCode`: `postal_code`, `zip`, `postcode`, `eircode`.
        pub postal_label: String,
        /// Example of a postal code; empty when none.
        pub postal_example: String,
        /// Registration number is shown and required.
        pub registration_required: bool,
        /// Names of accepted numbers, for example `NIP, REGON, KRS`; empty when none.
        pub registration_names: String,
        /// Example of a phone number in the country's form.
        pub phone_example: String,
        pub phone_required: bool,
        /// Languages to choose from.
        pub languages: Vec<String>,
        /// Cultures to choose from.
        pub cultures: Vec<String>,
    }
    /// A problem at a field.
    pub struct FieldProblem {
        /// Path, for example `customer.postalCode`, `lines.2.quantity`, `resellerId`.
        pub field: String,
        /// Key of the text under `problem.`, for example `postalCodeFormat`.
        pub key: String,
        /// What would be right, filled into the text: format, example, limit.
        pub expected: String,
    }
    /// A line of Preflight.
    pub struct PreflightLine {
        pub item: PreflightItem,
        pub state: PreflightState,
        /// Field path to go to; empty when none.
        pub field: String,
        /// Fact to show: country code, length of the prefix, suggestion; empty when none.
        pub detail: String,
        /// When it was last known (reseller fit), or asked.
        pub at: Option<String>,
    }
    /// A likely duplicate.
    pub struct DuplicateView {
        pub customer_id: String,
        pub name: String,
        pub town: String,
        pub domain_prefix: String,
        pub seats: u32,
        /// `domain`, `registration_number`, `name_and_town` or `email`.
        pub because: String,
    }
    /// Order with totals.
    pub struct OrderView {
        pub lines: Vec<OrderLineView>,
        /// ISO 4217; empty without prices.
        pub currency: String,
        /// Each month.
        pub monthly_total: Option<f64>,
        /// Once a year.
        pub yearly_total: Option<f64>,
        /// Once for three years.
        pub triennial_total: Option<f64>,
        /// All lines over their first term.
        pub term_total: Option<f64>,
        /// Longest term in the order, months.
        pub longest_term_months: u32,
        pub prices_from: Option<String>,
    }
    /// A line with its price.
    pub struct OrderLineView {
        pub line: u32,
        pub title: String,
        pub quantity: u32,
        pub term: String,
        pub cycle: String,
        pub is_addon: bool,
        pub base_line: Option<u32>,
        /// Per licence and billing period.
        pub unit_price: Option<f64>,
        /// Per billing period.
        pub period_total: Option<f64>,
        /// End dates allowed besides its own term (ISO), from existing subscriptions and month ends.
        pub end_choices: Vec<String>,
    }
    /// The review: what Rust froze.
    pub struct ReviewView {
        pub draft_id: String,
        /// Hash of the frozen payloads; Submit carries it.
        pub hash: String,
        pub purpose: DraftPurposeView,
        pub customer_name: String,
        pub country: String,
        pub reseller_name: String,
        /// Frozen values, in order, by field name (`companyName`, `domainPrefix`, `fallbackPrefixes`, `address`, `language`, `culture`, `registrationNumber`, `contact`, `signer`, …).
        pub facts: Vec<ReviewFact>,
        pub order: OrderView,
        pub reseller_of_record_name: String,
        pub reseller_of_record_partner_id: String,
        /// What will happen, in order.
        pub journey: Vec<JourneyStep>,
        /// The agreement was already accepted (a date was given).
        pub agreement_date: Option<String>,
        pub signer_name: String,
        /// Problems that stand against Submit; empty when ready.
        pub problems: Vec<FieldProblem>,
        /// Orders of the same customer that are not settled and hold a product of this one. Submit wants a second word for each.
        pub unsettled: Vec<UnsettledOrderView>,
    }
    /// An order that is not settled.
    pub struct UnsettledOrderView {
        /// Names the order; Submit carries it as the second word.
        pub order: String,
        /// The operation at which it stands, to be opened in the outbox.
        pub operation: String,
        pub standing: UnsettledStanding,
        pub approved_at: String,
        /// What would be ordered a second time.
        pub lines: Vec<UnsettledLine>,
    }
    /// A line of it.
    pub struct UnsettledLine {
        pub title: String,
        pub quantity: u32,
    }
    /// A frozen value.
    pub struct ReviewFact {
        pub field: String,
        /// One entry per line shown.
        pub values: Vec<String>,
    }
    /// A line of the confirmation.
    pub struct JourneyLine {
        pub step: JourneyStep,
        pub state: JourneyState,
        pub at: Option<String>,
        /// Domain, signer name or lines, by step.
        pub detail: String,
        /// The operation behind it that matters now.
        pub operation: Option<OperationRow>,
    }
    /// The confirmation of one Submit.
    pub struct ConfirmationView {
        pub onboarding_id: String,
        pub purpose: DraftPurposeView,
        pub customer_id: String,
        pub customer_name: String,
        pub reseller_id: String,
        pub reseller_name: String,
        pub journey: Vec<JourneyLine>,
        /// Setup info of the new customer; none for added subscriptions.
        pub setup_info: Option<SetupInfoView>,
        pub order: OrderView,
        /// Last moment to reduce or cancel.
        pub cancellable_until: Option<String>,
        /// First renewal.
        pub renews_at: Option<String>,
        /// Nothing has been sent: the page says that it is saved.
        pub offline: bool,
    }
    /// Setup info without the password.
    pub struct SetupInfoView {
        pub onboarding_id: String,
        pub state: SetupInfoState,
        pub sign_in_address: String,
        pub user_name: String,
        pub customer_name: String,
        pub since: Option<String>,
        /// Where the customer accepts the agreement.
        pub agreement_address: String,
        /// Who supports the customer; empty when nobody else.
        pub reseller_name: String,
        /// Language of what goes to the customer, by the language asked for at creation.
        pub mail_language: Language,
        /// Language of what goes to the reseller, by its country.
        pub reseller_mail_language: Language,
        /// Where a new password is set, and the role that may.
        pub partner_center_address: String,
        pub entra_address: String,
        pub reset_role: String,
    }
    /// Whom the reveal window is about, and what holds the key to the password: a keychain may let it wait.
    pub struct RevealSubjectView {
        pub info: SetupInfoView,
        pub key_place: KeyPlace,
    }
    /// A mail opened in the default program, or the text to copy where there is none.
    pub struct MailView {
        pub opened: bool,
        pub to: String,
        pub subject: String,
        pub body: String,
    }
    /// The one password, only ever sent to the reveal window.
    pub struct RevealedPassword {
        pub user_name: String,
        pub password: String,
    }
}
