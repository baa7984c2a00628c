//! What the journal tells of rows that were written: which fields count, and how their values stand in it.

use super::journal::compare;
use crate::value::{Id, word};
use crate::{Result, Tx};
use cb_domain::connect::{CustomerInvitation, InvitationState};
use cb_domain::customer::Customer;
use cb_domain::ids::{CustomerId, OperationId, ResellerId};
use cb_domain::journal::{FieldChange, JournalContent, JournalDraft, JournalKind, amount, wanted_by};
use cb_domain::operation::{Event, EventKind, OperationKind, SecretState};
use cb_domain::partnership::{PartnershipRequest, RequestKind, RequestState};
use cb_domain::reseller::{PartnershipState, Reseller};
use cb_domain::reseller_book::{News, NewsKind};
use cb_domain::subscription::Subscription;
use serde::Serialize;

/// Settings that a person sets.
pub(super) const TOLD_SETTINGS: [&str; 10] = [
    "outbox.work_offline",
    "outbox.paused",
    "invitation_provider_name",
    "invitation_sender",
    "invitation_phone",
    "provider_tenant_id",
    "provider_partner_id",
    "invitation_link_reseller",
    "invitation_link_customer",
    "workspace_name",
];

type Fields = Vec<(&'static str, String)>;

impl Tx {
    /// The customer as it was, for [`Self::tell_customer`]; nothing is read when nothing is told.
    pub(super) fn customer_before(&self, id: CustomerId) -> Result<Option<Customer>> {
        if self.is_quiet() { Ok(None) } else { self.customers().get(id) }
    }

    pub(super) fn tell_customer(&self, before: Option<&Customer>, after: &Customer) -> Result<()> {
        if self.is_quiet() {
            return Ok(());
        }
        let changes = compare(before.map(|one| self.of_customer(one)).transpose()?, self.of_customer(after)?);
        let kind = if before.is_some() { JournalKind::CustomerChanged } else { JournalKind::CustomerAdded };
        self.tell_if_changed(kind, (Some(after.id), after.reseller_id), &after.name, changes)
    }

    pub(super) fn tell_subscription(&self, before: Option<&Subscription>, after: &Subscription) -> Result<()> {
        if self.is_quiet() {
            return Ok(());
        }
        let changes = compare(before.map(|one| self.of_subscription(one)).transpose()?, self.of_subscription(after)?);
        let kind = if before.is_some() { JournalKind::SubscriptionChanged } else { JournalKind::SubscriptionAdded };
        let reseller = self.customers().get(after.customer_id)?.and_then(|customer| customer.reseller_id);
        self.tell_if_changed(kind, (Some(after.customer_id), reseller), &after.product_name, changes)
    }

    pub(super) fn tell_reseller(&self, before: Option<&Reseller>, after: &Reseller) -> Result<()> {
        if self.is_quiet() {
            return Ok(());
        }
        // One that only a request being written knows is not in the lists yet; each letter typed would be told.
        if after.partnership == PartnershipState::Draft {
            return Ok(());
        }
        let before = before.filter(|one| one.partnership != PartnershipState::Draft);
        let changes = compare(before.map(of_reseller).transpose()?, of_reseller(after)?);
        let kind = if before.is_some() { JournalKind::ResellerChanged } else { JournalKind::ResellerAdded };
        self.tell_if_changed(kind, (None, Some(after.id)), &after.name, changes)
    }

    /// Tells of one field of a reseller that has no column of its own row.
    pub(super) fn tell_reseller_field(
        &self,
        kind: JournalKind,
        reseller: ResellerId,
        field: &str,
        before: String,
        after: String,
    ) -> Result<()> {
        if before == after || self.is_quiet() {
            return Ok(());
        }
        let name = self.reseller_name(Some(reseller))?;
        self.tell_changes(kind, (None, Some(reseller)), &name, vec![FieldChange::new(field, before, after)])
    }

    pub(super) fn tags_as_text(&self, reseller: ResellerId) -> Result<String> {
        let tags: Vec<String> = self.rows(
            "SELECT tag FROM reseller_tags WHERE reseller_id = ?1 ORDER BY tag_key",
            [Id(reseller)],
            |row| row.get(0),
        )?;
        Ok(tags.join(", "))
    }

    /// Tells of news that no change of the reseller's row tells.
    pub(super) fn tell_news(&self, news: &News) -> Result<()> {
        let kind = match news.kind {
            NewsKind::Moved => JournalKind::ResellerMoved,
            NewsKind::Received => JournalKind::ResellerReceived,
            NewsKind::Accepted
            | NewsKind::CameBack
            | NewsKind::Ended
            | NewsKind::Renamed
            | NewsKind::Fit
            | NewsKind::NotFit => return Ok(()),
        };
        let subject = self.reseller_name(Some(news.reseller_id))?;
        self.tell(&JournalDraft {
            reseller_id: Some(news.reseller_id),
            reason: news.detail.clone(),
            content: JournalContent { subject, changes: Vec::new() },
            ..JournalDraft::new(kind)
        })
    }

    /// Tells of a step of a partnership request. What is only written, opened or copied is no step.
    pub(super) fn tell_request(&self, before: Option<&PartnershipRequest>, after: &PartnershipRequest) -> Result<()> {
        let sent_now = after.sent_at.is_some() && before.is_none_or(|one| one.sent_at.is_none());
        let kind = if before.is_some_and(|one| one.state == after.state) {
            if sent_now { Some(JournalKind::PartnershipSent) } else { None }
        } else {
            match (after.state, after.kind) {
                (RequestState::Draft, _) => None,
                (RequestState::Requested, RequestKind::Request) => Some(JournalKind::PartnershipRequested),
                (RequestState::Requested, RequestKind::Reminder) => Some(JournalKind::PartnershipReminded),
                (RequestState::Accepted, _) => Some(JournalKind::PartnershipAccepted),
                (RequestState::Declined, _) => Some(JournalKind::PartnershipDeclined),
                (RequestState::Ended, _) => Some(JournalKind::PartnershipEnded),
            }
        };
        let Some(kind) = kind else { return Ok(()) };
        let changes = compare(None, vec![("contact_email", after.form.email.clone())]);
        self.tell_changes(kind, (None, after.reseller_id), &after.form.company, changes)
    }

    /// Tells of a step of a customer's invitation.
    pub(super) fn tell_invitation(&self, before: Option<InvitationState>, after: &CustomerInvitation) -> Result<()> {
        if before == Some(after.state) {
            return Ok(());
        }
        let kind = match after.state {
            InvitationState::Draft => return Ok(()),
            InvitationState::Requested => JournalKind::InvitationRequested,
            InvitationState::Connected => JournalKind::InvitationConnected,
            InvitationState::GivenUp => JournalKind::InvitationGivenUp,
        };
        let changes = compare(None, vec![("contact_email", after.email.clone())]);
        self.tell_changes(kind, (after.customer_id, after.reseller_id), &after.company, changes)
    }

    /// Tells of a setting. Those that the app keeps for itself, and those whose text is not for reading, are not told.
    pub(super) fn tell_setting(&self, key: &str, before: Option<String>, after: &str) -> Result<()> {
        let before = before.unwrap_or_default();
        if before == after || !TOLD_SETTINGS.contains(&key) {
            return Ok(());
        }
        self.tell(&JournalDraft {
            reason: key.to_owned(),
            content: JournalContent { subject: String::new(), changes: vec![FieldChange::new("value", before, after)] },
            ..JournalDraft::new(JournalKind::SettingChanged)
        })
    }

    /// Tells of an entry of an operation's history, and makes the answer in it the cause of what follows.
    pub(super) fn tell_event(&self, event: &Event) -> Result<()> {
        let Some(operation) = self.operations().get(event.operation_id)? else { return Ok(()) };
        if let Some(correlation) = event.correlation_id {
            self.after_request(operation.request_key, correlation);
        }
        let Some(kind) = JournalKind::of_event(event.kind) else { return Ok(()) };
        if self.is_quiet() {
            return Ok(());
        }
        let operation_kind = operation.payload.kind();
        let technical = matches!(operation_kind, OperationKind::CheckoutCart | OperationKind::VerifyOrder);
        let fresh = matches!(event.kind, EventKind::Submitted | EventKind::Corrected | EventKind::Resolved);
        if event.kind == EventKind::Submitted && technical {
            // Its order is told once, with its lines.
            return Ok(());
        }
        let mut changes = if fresh { wanted_by(&operation.payload) } else { Vec::new() };
        if event.kind == EventKind::Confirmed {
            let orders = operation.result.order_ids.iter().map(|id| FieldChange::new("order_id", "", id));
            changes.extend(orders);
        }
        let customer = self.customers().get(operation.customer_id)?;
        self.tell(&JournalDraft {
            customer_id: Some(operation.customer_id),
            reseller_id: customer.as_ref().and_then(|one| one.reseller_id),
            operation: Some((operation.id, operation_kind)),
            request_key: Some(operation.request_key),
            correlation_id: event.correlation_id,
            status: event.status,
            code: event.code,
            reason: event.reason.clone(),
            content: JournalContent { subject: customer.map(|one| one.name).unwrap_or_default(), changes },
            ..JournalDraft::new(kind)
        })
    }

    /// Tells of a step of a one-time password. What it is never comes near the journal: only that it is there, was
    /// shown, or is gone.
    pub(super) fn tell_secret(&self, operation: OperationId, to: SecretState) -> Result<()> {
        let kind = match to {
            SecretState::Sealed => JournalKind::SetupInfoArrived,
            SecretState::Showing => JournalKind::SetupInfoRevealed,
            SecretState::Destroyed => JournalKind::SetupInfoAcknowledged,
            SecretState::Unavailable => JournalKind::SetupInfoUnavailable,
            SecretState::KeyReady | SecretState::Destroying => return Ok(()),
        };
        let Some(secret) = self.secrets().get(operation)? else { return Ok(()) };
        let customer = self.customers().get(secret.customer_id)?;
        let changes = match to {
            SecretState::Sealed => vec![FieldChange::new("user_name", "", &secret.user_name)],
            SecretState::Showing
            | SecretState::Destroyed
            | SecretState::Unavailable
            | SecretState::KeyReady
            | SecretState::Destroying => Vec::new(),
        };
        let reseller = customer.as_ref().and_then(|one| one.reseller_id);
        let name = customer.map(|one| one.name).unwrap_or_default();
        self.tell_changes(kind, (Some(secret.customer_id), reseller), &name, changes)
    }

    fn tell_if_changed(
        &self,
        kind: JournalKind,
        about: (Option<CustomerId>, Option<ResellerId>),
        subject: &str,
        changes: Vec<FieldChange>,
    ) -> Result<()> {
        if changes.is_empty() { Ok(()) } else { self.tell_changes(kind, about, subject, changes) }
    }

    pub(super) fn reseller_name(&self, id: Option<ResellerId>) -> Result<String> {
        let found = id.map(|id| self.resellers().get(id)).transpose()?.flatten();
        Ok(found.map(|reseller| reseller.name).unwrap_or_default())
    }

    fn of_customer(&self, one: &Customer) -> Result<Fields> {
        Ok(vec![
            ("name", one.name.clone()),
            ("alias", one.alias.clone()),
            ("domain_prefix", one.domain_prefix.clone()),
            ("tenant_id", text(one.tenant_id)),
            ("country", one.country.clone()),
            ("town", one.town.clone()),
            ("contact_name", one.contact_name.clone()),
            ("contact_email", one.contact_email.clone()),
            ("registration_number", one.registration_number.clone()),
            ("reseller", self.reseller_name(one.reseller_id)?),
            ("review", known(&one.review)?),
            ("agreement", word(&one.agreement)?),
        ])
    }

    fn of_subscription(&self, one: &Subscription) -> Result<Fields> {
        Ok(vec![
            ("product", one.product_name.clone()),
            ("quantity", one.quantity.to_string()),
            ("status", word(&one.status)?),
            ("term", word(&one.term)?),
            ("cycle", word(&one.cycle)?),
            ("price", one.unit_price.as_ref().map(amount).unwrap_or_default()),
            ("auto_renew", one.auto_renew.to_string()),
            ("reseller_of_record", self.reseller_name(one.reseller_of_record)?),
            ("ends_at", text(one.ends_at)),
            ("order_id", one.order_id.clone().unwrap_or_default()),
            ("remote_id", one.remote_id.clone().unwrap_or_default()),
        ])
    }
}

fn of_reseller(one: &Reseller) -> Result<Fields> {
    Ok(vec![
        ("name", one.name.clone()),
        ("partner_id", one.partner_id.clone().unwrap_or_default()),
        ("tenant_id", text(one.tenant_id)),
        ("country", one.country.clone()),
        ("partnership", word(&one.partnership)?),
        ("fitness", known(&one.fitness)?),
        ("contact_name", one.contact_name.clone()),
        ("contact_role", one.contact_role.clone()),
        ("contact_email", one.contact_email.clone()),
        ("contact_phone", one.contact_phone.clone()),
        ("town", one.town.clone()),
    ])
}

fn text<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The word of a finding; none while it is unknown.
fn known<T: Serialize>(value: &T) -> Result<String> {
    let found = word(value)?;
    Ok(if found == "unknown" { String::new() } else { found })
}
