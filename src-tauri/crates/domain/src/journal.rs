//! The journal: what happened to the book, one entry per change worth telling. The store appends it in the transaction
//! of the change itself; this is the shape of an entry and the rule of what is told of an operation.

use crate::ids::{CorrelationId, CustomerId, OperationId, RequestKey, ResellerId};
use crate::money::Money;
use crate::operation::{EventKind, OperationKind, OperationPayload, OrderLine};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who did it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalActor {
    /// The person at this computer.
    #[default]
    Person,
    /// The app by itself.
    App,
    /// Partner Center: its answer, or what was read from it.
    PartnerCenter,
}

/// What the journal is filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalArea {
    Customers,
    Subscriptions,
    Resellers,
    /// Operations, on their way to Partner Center and back.
    Outbox,
    SetupInfo,
    /// Onboarding sessions: begun, renamed, ended, released.
    Sessions,
    /// Settings, backups and the book itself.
    Book,
}

/// Kinds of entries. One text each in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalKind {
    CustomerAdded,
    CustomerChanged,
    SubscriptionAdded,
    SubscriptionChanged,
    ResellerAdded,
    ResellerChanged,
    ResellerRemoved,
    ResellerNoteChanged,
    ResellerTagsChanged,
    ResellerSupportChanged,
    /// Subscriptions were moved to another reseller of record; the reason says how many and to whom.
    ResellerMoved,
    /// Subscriptions were moved here.
    ResellerReceived,
    PartnershipRequested,
    PartnershipReminded,
    PartnershipSent,
    PartnershipAccepted,
    PartnershipDeclined,
    PartnershipEnded,
    InvitationRequested,
    InvitationConnected,
    InvitationGivenUp,
    OperationSubmitted,
    OperationCorrected,
    OperationAnswered,
    OperationNoAnswer,
    OperationHeld,
    OperationReleased,
    OperationConfirmed,
    OperationNeedsAttention,
    OperationCancelled,
    OperationAdopted,
    /// The reason says how: mine, theirs or edited.
    OperationResolved,
    /// The reason is the order's id.
    OperationDisowned,
    SetupInfoArrived,
    SetupInfoRevealed,
    SetupInfoAcknowledged,
    SetupInfoUnavailable,
    SettingChanged,
    TemplateChanged,
    TemplateReset,
    SampleLoaded,
    BackupMade,
    BackupFailed,
    BookRestored,
    RestoredReleased,
    PersonsForgotten,
    JournalExported,
    /// The reason is how many rows.
    CustomersExported,
    /// The reason is how many rows.
    SubscriptionsExported,
    SessionStarted,
    SessionRenamed,
    /// The reason is how many Submits belong to it.
    SessionEnded,
    /// The reason is how many operations it let go.
    SessionReleased,
}

impl JournalKind {
    /// All, in the order above.
    pub const ALL: [Self; 53] = [
        Self::CustomerAdded,
        Self::CustomerChanged,
        Self::SubscriptionAdded,
        Self::SubscriptionChanged,
        Self::ResellerAdded,
        Self::ResellerChanged,
        Self::ResellerRemoved,
        Self::ResellerNoteChanged,
        Self::ResellerTagsChanged,
        Self::ResellerSupportChanged,
        Self::ResellerMoved,
        Self::ResellerReceived,
        Self::PartnershipRequested,
        Self::PartnershipReminded,
        Self::PartnershipSent,
        Self::PartnershipAccepted,
        Self::PartnershipDeclined,
        Self::PartnershipEnded,
        Self::InvitationRequested,
        Self::InvitationConnected,
        Self::InvitationGivenUp,
        Self::OperationSubmitted,
        Self::OperationCorrected,
        Self::OperationAnswered,
        Self::OperationNoAnswer,
        Self::OperationHeld,
        Self::OperationReleased,
        Self::OperationConfirmed,
        Self::OperationNeedsAttention,
        Self::OperationCancelled,
        Self::OperationAdopted,
        Self::OperationResolved,
        Self::OperationDisowned,
        Self::SetupInfoArrived,
        Self::SetupInfoRevealed,
        Self::SetupInfoAcknowledged,
        Self::SetupInfoUnavailable,
        Self::SettingChanged,
        Self::TemplateChanged,
        Self::TemplateReset,
        Self::SampleLoaded,
        Self::BackupMade,
        Self::BackupFailed,
        Self::BookRestored,
        Self::RestoredReleased,
        Self::PersonsForgotten,
        Self::JournalExported,
        Self::CustomersExported,
        Self::SubscriptionsExported,
        Self::SessionStarted,
        Self::SessionRenamed,
        Self::SessionEnded,
        Self::SessionReleased,
    ];

    /// What it is filtered by.
    #[must_use]
    pub fn area(self) -> JournalArea {
        match self {
            Self::CustomerAdded
            | Self::CustomerChanged
            | Self::InvitationRequested
            | Self::InvitationConnected
            | Self::InvitationGivenUp => JournalArea::Customers,
            Self::SubscriptionAdded | Self::SubscriptionChanged => JournalArea::Subscriptions,
            Self::ResellerAdded
            | Self::ResellerChanged
            | Self::ResellerRemoved
            | Self::ResellerNoteChanged
            | Self::ResellerTagsChanged
            | Self::ResellerSupportChanged
            | Self::ResellerMoved
            | Self::ResellerReceived
            | Self::PartnershipRequested
            | Self::PartnershipReminded
            | Self::PartnershipSent
            | Self::PartnershipAccepted
            | Self::PartnershipDeclined
            | Self::PartnershipEnded => JournalArea::Resellers,
            Self::OperationSubmitted
            | Self::OperationCorrected
            | Self::OperationAnswered
            | Self::OperationNoAnswer
            | Self::OperationHeld
            | Self::OperationReleased
            | Self::OperationConfirmed
            | Self::OperationNeedsAttention
            | Self::OperationCancelled
            | Self::OperationAdopted
            | Self::OperationResolved
            | Self::OperationDisowned => JournalArea::Outbox,
            Self::SetupInfoArrived
            | Self::SetupInfoRevealed
            | Self::SetupInfoAcknowledged
            | Self::SetupInfoUnavailable => JournalArea::SetupInfo,
            Self::SessionStarted | Self::SessionRenamed | Self::SessionEnded | Self::SessionReleased => {
                JournalArea::Sessions
            }
            Self::SettingChanged
            | Self::TemplateChanged
            | Self::TemplateReset
            | Self::SampleLoaded
            | Self::BackupMade
            | Self::BackupFailed
            | Self::BookRestored
            | Self::RestoredReleased
            | Self::PersonsForgotten
            | Self::JournalExported
            | Self::CustomersExported
            | Self::SubscriptionsExported => JournalArea::Book,
        }
    }

    /// How an entry of an operation's history is told; `None` for what is only a step on the way: the outbox shows it.
    #[must_use]
    pub fn of_event(kind: EventKind) -> Option<Self> {
        match kind {
            EventKind::Sent | EventKind::NotSent | EventKind::LookedUp => None,
            EventKind::Submitted => Some(Self::OperationSubmitted),
            EventKind::Corrected => Some(Self::OperationCorrected),
            EventKind::Answered => Some(Self::OperationAnswered),
            EventKind::NoAnswer => Some(Self::OperationNoAnswer),
            EventKind::Held => Some(Self::OperationHeld),
            EventKind::Released => Some(Self::OperationReleased),
            EventKind::Confirmed => Some(Self::OperationConfirmed),
            EventKind::NeedsAttention => Some(Self::OperationNeedsAttention),
            EventKind::Cancelled => Some(Self::OperationCancelled),
            EventKind::Adopted => Some(Self::OperationAdopted),
            EventKind::Resolved => Some(Self::OperationResolved),
            EventKind::Disowned => Some(Self::OperationDisowned),
        }
    }
}

/// One value that changed. Words of enums stand as their snake-case word, times as ISO 8601, amounts as `1234 EUR` in
/// minor units; empty means none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Name of the field in snake case.
    pub field: String,
    /// Before; empty when there was none.
    pub before: String,
    /// After; empty when there is none.
    pub after: String,
}

impl FieldChange {
    /// A change of one field.
    #[must_use]
    pub fn new(field: &str, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { field: field.to_owned(), before: before.into(), after: after.into() }
    }
}

/// What of an entry may name persons: emptied when they are forgotten (D10). The chain holds its hash only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JournalContent {
    /// Whom or what it is about, by its name at that time.
    pub subject: String,
    /// What changed.
    pub changes: Vec<FieldChange>,
}

/// An entry as it is handed to the store, which adds number, time, actor and hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalDraft {
    /// What happened.
    pub kind: JournalKind,
    /// Customer that it is about.
    pub customer_id: Option<CustomerId>,
    /// Reseller that it is about, or whose customer it is.
    pub reseller_id: Option<ResellerId>,
    /// Operation.
    pub operation: Option<(OperationId, OperationKind)>,
    /// Request id of the intent.
    pub request_key: Option<RequestKey>,
    /// Correlation id of the request, to quote to Microsoft support.
    pub correlation_id: Option<CorrelationId>,
    /// HTTP status of the answer; 0 when none.
    pub status: u16,
    /// Partner Center's code; 0 when none.
    pub code: u32,
    /// One word or number that belongs to the kind; empty when none.
    pub reason: String,
    /// Names and values.
    pub content: JournalContent,
}

impl JournalDraft {
    /// An entry about the book itself.
    #[must_use]
    pub fn new(kind: JournalKind) -> Self {
        Self {
            kind,
            customer_id: None,
            reseller_id: None,
            operation: None,
            request_key: None,
            correlation_id: None,
            status: 0,
            code: 0,
            reason: String::new(),
            content: JournalContent::default(),
        }
    }
}

/// An entry as it stands in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Running number from 1: it orders entries, whatever the clock said.
    pub number: i64,
    /// When, UTC.
    pub at: Timestamp,
    /// Who.
    pub actor: JournalActor,
    /// The person's name as the system knows it; empty when the actor is not a person.
    pub person: String,
    /// What. Its content is empty once it was forgotten.
    pub entry: JournalDraft,
    /// Its personal content was emptied (D10).
    pub forgotten: bool,
}

/// What an operation wants, field by field, at the moment it is submitted or corrected.
#[must_use]
pub fn wanted_by(payload: &OperationPayload) -> Vec<FieldChange> {
    match payload {
        OperationPayload::CreateCustomer(new) => [
            ("name", new.company_name.as_str()),
            ("domain_prefix", new.prefixes.first().map_or("", String::as_str)),
            ("country", new.country.as_str()),
            ("contact_email", new.email.as_str()),
            ("registration_number", new.registration_number.as_deref().unwrap_or_default()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| FieldChange::new(field, "", value))
        .collect(),
        OperationPayload::ConfirmAgreement(agreement) => {
            let signer = format!("{} {}", agreement.first_name, agreement.last_name);
            let day = agreement.agreed_on.map(|day| day.to_string()).unwrap_or_default();
            [("signer", signer), ("agreed_on", day)]
                .into_iter()
                .filter(|(_, value)| !value.trim().is_empty())
                .map(|(field, value)| FieldChange::new(field, "", value))
                .collect()
        }
        OperationPayload::CreateCart(cart) => {
            let mut all: Vec<FieldChange> = cart.lines.iter().flat_map(line).collect();
            all.extend(cart.reseller_partner_id.iter().map(|id| FieldChange::new("partner_id", "", id)));
            all
        }
        OperationPayload::CheckoutCart | OperationPayload::VerifyOrder => Vec::new(),
        OperationPayload::UpdateCustomerProfile(update) => crate::profile::FIELDS
            .iter()
            .map(|field| FieldChange::new(&snake(field), update.base.get(field), update.wanted.get(field)))
            .filter(|change| change.before != change.after)
            .collect(),
        OperationPayload::SetResellerOfRecord(record) => vec![
            FieldChange::new("product", "", &record.product_name),
            FieldChange::new("partner_id", record.base.clone().unwrap_or_default(), &record.partner_id),
            FieldChange::new("reseller_of_record", "", &record.reseller_name),
        ],
        OperationPayload::ChangeSubscription(change) => {
            let mut all = vec![FieldChange::new("product", "", &change.product_name)];
            let changed = crate::change::differences(&change.base, &change.change, &change.base);
            all.extend(changed.into_iter().map(|one| FieldChange::new(&snake(one.field), one.base, one.mine)));
            all
        }
        OperationPayload::UpgradeSubscription(upgrade) => vec![
            FieldChange::new("product", &upgrade.product_name, &upgrade.target_title),
            FieldChange::new("quantity", "", upgrade.quantity.to_string()),
        ],
        OperationPayload::SetSupportContact(contact) => vec![
            FieldChange::new("product", "", &contact.product_name),
            FieldChange::new("support_contact", "", &contact.name),
        ],
    }
}

fn line(line: &OrderLine) -> Vec<FieldChange> {
    let mut all =
        vec![FieldChange::new("product", "", &line.title), FieldChange::new("quantity", "", line.quantity.to_string())];
    all.extend(line.term_price.as_ref().map(|price| FieldChange::new("price", "", amount(price))));
    all
}

/// An amount as the journal keeps it.
#[must_use]
pub fn amount(money: &Money) -> String {
    format!("{} {}", money.minor, money.currency.0)
}

/// `addressLine1` as `address_line_1`.
fn snake(camel: &str) -> String {
    let mut snake = String::with_capacity(camel.len() + 4);
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() || letter.is_ascii_digit() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_word_and_stands_in_the_list() {
        let words: std::collections::BTreeSet<String> =
            JournalKind::ALL.iter().map(|kind| serde_json::to_string(kind).unwrap()).collect();
        assert_eq!(words.len(), JournalKind::ALL.len());
    }

    #[test]
    fn steps_on_the_way_are_not_told() {
        assert_eq!(JournalKind::of_event(EventKind::Sent), None);
        assert_eq!(JournalKind::of_event(EventKind::LookedUp), None);
        assert_eq!(JournalKind::of_event(EventKind::Confirmed), Some(JournalKind::OperationConfirmed));
    }

    #[test]
    fn names_of_fields_are_snake_case() {
        assert_eq!(snake("addressLine1"), "address_line_1");
        assert_eq!(snake("companyName"), "company_name");
        assert_eq!(snake("city"), "city");
    }
}
