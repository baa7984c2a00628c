//! A subscription's page, what a change of it will do, and decisions at the end of terms.

use super::customers::{CommerceView, Stands, SubscriptionRow};
use super::outbox::OperationStateView;
use super::resellers::NamedView;
use super::{view, words};

words! {
    /// Status in Partner Center's words, plus *wanted*: ordered in the book, not confirmed yet.
    pub enum SubscriptionStatusView { Wanted, None, Active, Pending, Suspended, Expired, Disabled, Deleted }
    /// What can be done with a subscription.
    pub enum SubscriptionActionView {
        MoreLicences, FewerLicences, Upgrade, AutoRenewOn, AutoRenewOff, ChangeAtRenewal, DropChangeAtRenewal, Cancel,
        Suspend, Resume, ResellerOfRecord, SupportContact, Decide,
    }
    /// Why an action is not possible.
    pub enum ActionBlockView {
        /// Its order is not confirmed yet; what is wanted is changed in the order.
        OrderWaits,
        /// Being made at Partner Center.
        BeingMade,
        /// Suspended: resume it first.
        Suspended,
        /// Its term has ended.
        Expired,
        /// Disabled by Microsoft.
        Disabled,
        /// Cancelled.
        Cancelled,
        /// The seven-day window has closed, or these licences were bought before it.
        WindowClosed,
        /// A trial: its licences are fixed.
        Trial,
        /// Needs auto-renew.
        AutoRenewOff,
        /// It is so already.
        AlreadySo,
        /// Nothing is planned for the renewal.
        NothingPlanned,
        /// Older commerce has no such thing.
        OlderKind,
        /// Older commerce is ended by suspending it.
        SuspendInstead,
        /// Nothing to upgrade to is known.
        NoTarget,
        /// An upgrade is under way: the subscription will be another one.
        UpgradeUnderWay,
        /// As many as it can be.
        AtMaximum,
        /// As few as it can be.
        AtMinimum,
        /// Its term has no end that is known.
        NoTermEnd,
        /// It is to be cancelled already.
        EndsAlready,
    }
    /// What is changed.
    pub enum SubscriptionChangeKind {
        /// Another number of licences: `quantity`.
        Licences,
        /// Move `quantity` licences to `productId`/`skuId` (`term` and `cycle` where not the same).
        Upgrade,
        /// `autoRenew`.
        AutoRenew,
        /// From the next term on: `quantity`, `productId`/`skuId`, `term`, `cycle`.
        AtRenewal,
        /// The change at renewal is dropped.
        DropAtRenewal,
        /// Now, within the window.
        Cancel,
        /// Suspend.
        Suspend,
        /// Resume.
        Resume,
        /// `contactId`; empty for the provider.
        SupportContact,
        /// `decision`, with `quantity` for `cut`, and all of *at renewal* for `change`.
        Decide,
    }
    /// What shall happen at the end of a term.
    pub enum TermDecisionView {
        /// As it is.
        Renew,
        /// With fewer licences.
        Cut,
        /// With another product, term, billing or number.
        Change,
        /// Ends with the term, without a paid extension.
        Cancel,
        /// The paid extension, month by month.
        Extend,
    }
    /// What happens at the end of a term if nobody decides.
    pub enum TermDefaultView {
        /// Renews with what is planned or as it is.
        Renews,
        /// Rolls into the paid extension, month by month.
        PaidExtension,
        /// Ends; users keep access for a grace period of 30 days without charge.
        Grace,
        /// Ends: cancelled at the end of the term.
        Ends,
    }
    /// One thing that a change will do.
    pub enum ChangeEffectKind {
        /// `quantity` licences become `quantityAfter`.
        Licences,
        /// `money` is charged for `days` of `ofDays` of the billing period that ends `at`.
        Charged,
        /// `money` is credited for `days` of `ofDays` of the billing period that ends `at`.
        Credited,
        /// No price is known: what it costs is told when sent.
        PriceUnknown,
        /// `money` a billing period from `at` on.
        PriceFrom,
        /// Only until `at`, for `quantity` licences: if it can't be sent by then, it is not sent.
        OnlyUntil,
        /// `quantity` licences can go back for 168 hours once they are added; `at` if they were added now.
        WindowOpens,
        /// `quantity` licences are fixed until `at`.
        FixedUntil,
        /// Users lose access: `quantity` licences, unassigned ones first.
        UsersLose,
        /// Access ends `at` (now when there is none).
        AccessEnds,
        /// The change planned for the renewal is deleted (`nextTerm`).
        DropsPlanned,
        /// Takes effect with the next term, `at`.
        TakesEffect,
        /// Renews `at` with `quantity` licences.
        Renews,
        /// Ends `at`.
        Ends,
        /// Rolls into the paid extension `at`, `money` a month.
        PaidExtension,
        /// Grace without charge until `at`.
        Grace,
        /// Billing goes on though nobody can use it.
        BillingContinues,
        /// Billing stops.
        BillingStops,
        /// Auto-renew goes off.
        AutoRenewGoesOff,
        /// `quantity` licences move to `product`; the users keep theirs.
        Reassigned,
        /// `quantity` licences move to `product` by hand.
        AssignByHand,
        /// A second subscription is made that ends `at`.
        SecondSubscription,
        /// The new one keeps the window of the old: until `at`.
        WindowKept,
        /// Waits while the customer is under review.
        HeldByReview,
        /// Waits for the order that makes it.
        WaitsForOrder,
        /// Waits for a change that was approved before.
        WaitsForChange,
        /// Partner Center checks the reseller of record when it is sent.
        RecordChecked,
        /// Kept as the book's own note; the customer sees the reseller of record (`product` is its name).
        NoteOnly,
        /// The customer sees this support contact (`product` is its name).
        ContactShown,
        /// Can't be undone.
        Irreversible,
    }
    /// What somebody does to a subscription in Partner Center, past the app.
    pub enum PracticeSubscriptionEvent {
        /// Three licences more.
        MoreLicences,
        /// Auto-renew turned the other way.
        AutoRenewFlipped,
        /// A change at renewal is planned.
        RenewalPlanned,
        /// Another support contact is named; older subscriptions only.
        SupportContactNamed,
    }
}

view! {
    /// An amount in a currency.
    pub struct MoneyView {
        /// Major units.
        pub amount: f64,
        /// ISO 4217.
        pub currency: String,
    }
    /// What holds from the next term on. What stays as it is, is filled in too.
    pub struct NextTermView {
        /// Product.
        pub product_name: String,
        /// Product id.
        pub product_id: String,
        /// SKU id.
        pub sku_id: String,
        /// Licences.
        pub quantity: u32,
        /// `P1M`, `P1Y`, `P3Y`.
        pub term: String,
        /// `monthly`, `annual`, `triennial`, `none`.
        pub cycle: String,
    }
    /// What can be changed, as it stands or as it is wanted.
    pub struct SubscriptionValues {
        /// Product.
        pub product_name: String,
        /// Licences.
        pub quantity: u32,
        /// Term.
        pub term: String,
        /// Billing cycle.
        pub cycle: String,
        /// Status.
        pub status: SubscriptionStatusView,
        /// Renews by itself.
        pub auto_renew: bool,
        /// Planned for the renewal.
        pub next_term: Option<NextTermView>,
    }
    /// Licences that can go back, and until when.
    pub struct WindowBatch {
        /// Licences.
        pub quantity: u32,
        /// Until (168 hours after they were bought).
        pub until: String,
    }
    /// An action with its limits.
    pub struct SubscriptionActionRow {
        /// Which.
        pub action: SubscriptionActionView,
        /// Why it is not possible; it is when empty.
        pub blocked: Option<ActionBlockView>,
        /// Lowest number that can be chosen; 0 where none is.
        pub lowest: u32,
        /// Highest number that can be chosen; 0 where none is.
        pub highest: u32,
        /// Until when it is possible; `None` without a deadline.
        pub until: Option<String>,
    }
    /// A change that was wanted here: waiting ones first in the order in which they go, then what is done, newest first.
    pub struct SubscriptionChangeRow {
        /// Operation; empty for the book's own note.
        pub operation_id: String,
        /// What.
        pub kind: SubscriptionChangeKind,
        /// How it stands.
        pub state: OperationStateView,
        /// When it was approved.
        pub at: String,
        /// Licences before and after, where they change.
        pub quantity: u32,
        /// After.
        pub quantity_after: u32,
        /// Product, reseller or date that belongs to it; empty when none.
        pub detail: String,
        /// *On* or *off* of auto-renew; `None` otherwise.
        pub auto_renew: Option<bool>,
        /// The decision recorded with it.
        pub decision: Option<TermDecisionView>,
    }
    /// What can be upgraded to.
    pub struct UpgradeTarget {
        /// Product id.
        pub product_id: String,
        /// SKU id; empty for older commerce.
        pub sku_id: String,
        /// Name.
        pub title: String,
        /// Price of one licence a billing period, where known.
        pub price: Option<MoneyView>,
        /// Some of the licences can be moved, the rest stays; otherwise all or none.
        pub partial: bool,
        /// Partner Center said that it is possible; otherwise it is checked when sent.
        pub confirmed: bool,
    }
    /// A decision about the end of a term.
    pub struct TermDecisionRow {
        /// What.
        pub decision: TermDecisionView,
        /// When it was taken.
        pub at: String,
        /// Operation that carries it out; empty when nothing had to be sent.
        pub operation_id: String,
    }
    /// How the end of the term stands.
    pub struct TermEndView {
        /// When it ends, UTC.
        pub at: String,
        /// Somebody has to decide: it ends soon, and nothing was decided.
        pub open: bool,
        /// The decision.
        pub decided: Option<TermDecisionRow>,
        /// What happens if nobody decides.
        pub default: TermDefaultView,
        /// Price of the paid extension for all licences a month, where it can happen and a price is known.
        pub extension_price: Option<MoneyView>,
        /// What can be decided, in the order of the question.
        pub decisions: Vec<TermDecisionView>,
    }
    /// Who supports it.
    pub struct SupportView {
        /// The contact; empty for the provider.
        pub contact_id: String,
        /// Its name; empty for the provider.
        pub contact_name: String,
        /// Somebody chose it; otherwise it is the default.
        pub chosen: bool,
        /// The reseller's default; empty for the provider.
        pub default_id: String,
        /// Its name; empty for the provider.
        pub default_name: String,
        /// Only the book's own note: Partner Center takes none for this subscription.
        pub note_only: bool,
        /// Active resellers; the provider stands beside them.
        pub choices: Vec<NamedView>,
        /// Operation that sets it; empty when none waits.
        pub operation_id: String,
        /// How that stands.
        pub state: Option<OperationStateView>,
    }
    /// A subscription's page.
    pub struct SubscriptionPageView {
        /// Id.
        pub id: String,
        /// Partner Center's id; empty until provisioned.
        pub remote_id: String,
        /// Order; empty when unknown.
        pub order_id: String,
        /// Customer.
        pub customer_id: String,
        /// Its name.
        pub customer_name: String,
        /// Its country.
        pub country: String,
        /// Customer's segment, to ask the catalogue.
        pub segment: String,
        /// Older or new commerce.
        pub commerce: CommerceView,
        /// Product id.
        pub product_id: String,
        /// SKU id.
        pub sku_id: String,
        /// Trial.
        pub trial: bool,
        /// Where it stands.
        pub stands: Stands,
        /// As Partner Center last said.
        pub confirmed: SubscriptionValues,
        /// As it is wanted, with all changes that wait; `None` when nothing waits.
        pub wanted: Option<SubscriptionValues>,
        /// When Partner Center last said so.
        pub as_of: Option<String>,
        /// Start of the term.
        pub started_at: Option<String>,
        /// End of the term.
        pub ends_at: Option<String>,
        /// Price of one licence per billing period.
        pub unit_price: Option<MoneyView>,
        /// Date of the price list.
        pub prices_from: Option<String>,
        /// End of the billing period.
        pub billed_until: Option<String>,
        /// Reseller of record; empty when none.
        pub reseller_id: String,
        /// Its name.
        pub reseller_name: String,
        /// Its PartnerID.
        pub reseller_partner_id: String,
        /// The whole subscription can be cancelled until then; `None` once the window has closed.
        pub cancellable_until: Option<String>,
        /// Licences that can go back, soonest deadline first.
        pub window: Vec<WindowBatch>,
        /// End of the term and what is decided about it; `None` where it has no end.
        pub term_end: Option<TermEndView>,
        /// Support contact.
        pub support: SupportView,
        /// Add-ons of the customer that need this product.
        pub addons: Vec<SubscriptionRow>,
        /// All actions, possible or not.
        pub actions: Vec<SubscriptionActionRow>,
        /// Changes wanted here.
        pub changes: Vec<SubscriptionChangeRow>,
        /// Now, as the trade counts it: practice time in a practice workspace. Countdowns count from here.
        pub now: String,
        /// The person's time zone, IANA name.
        pub zone: String,
    }
    /// A change, as it is chosen. Members that its kind does not use are empty.
    pub struct SubscriptionChangeForm {
        /// What.
        pub kind: SubscriptionChangeKind,
        /// Licences.
        pub quantity: u32,
        /// Auto-renew.
        pub auto_renew: bool,
        /// Product id; empty for the same.
        pub product_id: String,
        /// SKU id.
        pub sku_id: String,
        /// Term; empty for the same.
        pub term: String,
        /// Billing cycle; empty for the same.
        pub cycle: String,
        /// Support contact; empty for the provider.
        pub contact_id: String,
        /// Decision at the end of the term.
        pub decision: Option<TermDecisionView>,
    }
    /// One thing that a change will do.
    pub struct ChangeEffect {
        /// What.
        pub kind: ChangeEffectKind,
        /// When, UTC.
        pub at: Option<String>,
        /// Licences.
        pub quantity: u32,
        /// Licences afterwards.
        pub quantity_after: u32,
        /// Amount.
        pub money: Option<MoneyView>,
        /// Price of one licence per billing period that the amount is made of.
        pub unit: Option<MoneyView>,
        /// Days charged or credited.
        pub days: u32,
        /// Days of the billing period.
        pub of_days: u32,
        /// Product or reseller.
        pub product: String,
        /// What was planned for the renewal.
        pub next_term: Option<NextTermView>,
    }
    /// What will happen.
    pub struct ChangePreview {
        /// Why it can't be done; it can when empty.
        pub blocked: Option<ActionBlockView>,
        /// Problems by field: `quantity`, `productId`, `term`, `cycle`, `contactId`, `decision`.
        pub problems: Vec<super::FieldProblem>,
        /// In the order to show.
        pub effects: Vec<ChangeEffect>,
        /// Can't be taken back once it is carried out.
        pub is_final: bool,
        /// Nothing is sent: only the book is changed.
        pub book_only: bool,
        /// Names what was looked at (W2); empty when it can't be submitted.
        pub hash: String,
        /// The person's time zone.
        pub zone: String,
    }
    /// What to list of ending terms.
    pub struct EndingQuery {
        /// Only those that nothing is decided about.
        pub only_open: bool,
        /// Terms that end within so many days.
        pub within_days: u32,
        /// Reseller; empty for all.
        pub reseller_id: String,
        /// From the page before; empty for the first.
        pub after: String,
        /// Rows wanted, at most 200.
        pub limit: u32,
    }
    /// A subscription whose term ends.
    pub struct EndingRow {
        /// Subscription.
        pub subscription_id: String,
        /// Customer.
        pub customer_id: String,
        /// Its name.
        pub customer_name: String,
        /// Reseller of record; empty when none.
        pub reseller_name: String,
        /// Product.
        pub product_name: String,
        /// Commerce.
        pub commerce: CommerceView,
        /// Licences.
        pub quantity: u32,
        /// Term.
        pub term: String,
        /// Renews by itself.
        pub auto_renew: bool,
        /// Its end.
        pub term_end: TermEndView,
    }
    /// Subscriptions whose terms end, soonest first.
    pub struct EndingList {
        /// Rows.
        pub rows: Vec<EndingRow>,
        /// Cursor of the next page; empty at the end.
        pub next: String,
        /// Those that match, counted up to a thousand.
        pub matching: u32,
        /// There are more than `matching`.
        pub more: bool,
        /// Those among them that nothing is decided about, counted up to a thousand.
        pub open: u32,
        /// There are more than `open`.
        pub more_open: bool,
        /// From when; `None` before Partner Center was ever read.
        pub as_of: Option<String>,
    }
    /// The clock of the practice Partner Center.
    pub struct PracticeClockView {
        /// What time it is there.
        pub now: String,
        /// Hours ahead of this computer.
        pub hours_ahead: u32,
    }
}
