//! *Connect with an existing customer*: the invitation of a customer who has a tenant into a reseller relationship, for
//! the provider alone or for a reseller and the provider, and how the customer is recognised when it appears.

use crate::ids::{CustomerId, CustomerInvitationId, ResellerId, TenantId};
use crate::mail::MailLanguage;
use crate::matching::core;
use crate::partnership::{EditedText, REMIND_AFTER};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// Being written.
    Draft,
    /// *Done* was pressed.
    Requested,
    /// The customer was seen at sync.
    Connected,
    /// Nobody waits for it any more.
    GivenUp,
}

/// Where an invitation stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStage {
    /// Being written; may have been opened or copied already.
    Draft,
    /// *Done* was pressed.
    Requested,
    /// Unanswered for [`REMIND_AFTER`], as with resellers.
    Stale,
    /// The customer was seen at sync.
    Connected,
    /// Nobody waits for it any more.
    GivenUp,
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerInvitation {
    /// Id in the book.
    pub id: CustomerInvitationId,
    /// Reseller that is invited for as well; `None` for the provider alone.
    pub reseller_id: Option<ResellerId>,
    /// Where it stands.
    pub state: InvitationState,
    /// Company, as typed.
    pub company: String,
    /// Domain or its prefix where known; recognises the customer for sure.
    pub domain: String,
    /// Person written to; may be empty.
    pub contact_name: String,
    /// Their address.
    pub email: String,
    /// ISO country; empty while not chosen.
    pub country: String,
    /// Language of the mail.
    pub language: MailLanguage,
    /// Changed text in German; the template's when none.
    pub edited_de: Option<EditedText>,
    /// Changed text in English; the template's when none.
    pub edited_en: Option<EditedText>,
    /// Begun.
    pub created_at: Timestamp,
    /// Last saved.
    pub saved_at: Timestamp,
    /// Handed to the mail program, which is not sent.
    pub opened_at: Option<Timestamp>,
    /// Copied.
    pub copied_at: Option<Timestamp>,
    /// *Done*.
    pub requested_at: Option<Timestamp>,
    /// Connected or given up.
    pub closed_at: Option<Timestamp>,
    /// Who it turned out to be.
    pub customer_id: Option<CustomerId>,
}

impl CustomerInvitation {
    /// When the customer was last written to, as far as the book knows.
    #[must_use]
    pub fn last_written_at(&self) -> Option<Timestamp> {
        [self.opened_at, self.copied_at, self.requested_at].into_iter().flatten().max()
    }

    /// Where it stands now. Opening or copying it again starts the waiting again.
    #[must_use]
    pub fn stage(&self, now: Timestamp) -> InvitationStage {
        let silent = self.last_written_at().is_some_and(|at| now.duration_since(at) >= REMIND_AFTER);
        match self.state {
            InvitationState::Draft => InvitationStage::Draft,
            InvitationState::Requested if silent => InvitationStage::Stale,
            InvitationState::Requested => InvitationStage::Requested,
            InvitationState::Connected => InvitationStage::Connected,
            InvitationState::GivenUp => InvitationStage::GivenUp,
        }
    }

    /// Since when it stands there: a stale one since it was last written.
    #[must_use]
    pub fn since(&self, now: Timestamp) -> Timestamp {
        let at = match self.stage(now) {
            InvitationStage::Draft => Some(self.saved_at),
            InvitationStage::Requested => self.requested_at,
            InvitationStage::Stale => self.last_written_at(),
            InvitationStage::Connected | InvitationStage::GivenUp => self.closed_at,
        };
        at.unwrap_or(self.saved_at)
    }
}

/// Whether what was typed can be a domain or its prefix: letters, digits and hyphens between dots, as a name is written
/// in a browser's bar. Nothing is fine too, since the domain need not be known.
#[must_use]
pub fn domain_is_plausible(typed: &str) -> bool {
    let text = typed.trim();
    let label = |label: &str| {
        !label.is_empty()
            && label.chars().count() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    text.is_empty() || text.split('.').all(label)
}

/// The link for customers, as Partner Center builds it (`domain.md` section 2): parameters before the `#`. With a
/// reseller it invites for both; its PartnerID goes along.
#[must_use]
pub fn relationship_link(provider: TenantId, reseller: Option<(TenantId, &str)>) -> String {
    const PAGE: &str = "https://admin.microsoft.com/Adminportal/Home";
    const PLACE: &str = "#/BillingAccounts/partner-invitation";
    match reseller {
        None => format!("{PAGE}?invType=ResellerRelationship&partnerId={provider}&msppId=0&DAP=false{PLACE}"),
        Some((tenant, partner_id)) => {
            let digits: String = partner_id.chars().filter(char::is_ascii_digit).collect();
            format!(
                "{PAGE}?invType=IndirectResellerRelationship&partnerId={tenant}&msppId={digits}\
                 &indirectCSPId={provider}&DAP=false{PLACE}"
            )
        }
    }
}

/// Prefix of a domain as typed: `Brandt.onmicrosoft.com` is `brandt`.
#[must_use]
pub fn prefix_of(domain: &str) -> String {
    let text = domain.trim().to_lowercase();
    text.strip_suffix(".onmicrosoft.com").unwrap_or(&text).to_owned()
}

/// The one invitation that this customer answers: by its domain, else by its name, if only one fits.
#[must_use]
pub fn answered<'i>(
    open: &'i [CustomerInvitation],
    domain_prefix: &str,
    company: &str,
) -> Option<&'i CustomerInvitation> {
    let waiting = || open.iter().filter(|one| one.state == InvitationState::Requested);
    let prefix = prefix_of(domain_prefix);
    if let Some(found) = waiting().find(|one| !prefix.is_empty() && prefix_of(&one.domain) == prefix) {
        return Some(found);
    }
    let name = core(company);
    // One that names another domain is another customer, however alike the names.
    let mut alike =
        waiting().filter(|one| one.domain.trim().is_empty() && !name.is_empty() && core(&one.company) == name);
    match (alike.next(), alike.next()) {
        (Some(found), None) => Some(found),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{Mail, mailto, read_mailto};
    use crate::partnership::{LinkKind, read_link};
    use uuid::Uuid;

    fn tenant(n: u128) -> TenantId {
        TenantId(Uuid::from_u128(n))
    }

    #[test]
    fn links_are_built_as_partner_center_builds_them_and_pass_the_check() {
        let alone = relationship_link(tenant(1), None);
        assert_eq!(
            alone,
            "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship\
             &partnerId=00000000-0000-0000-0000-000000000001&msppId=0&DAP=false#/BillingAccounts/partner-invitation"
        );
        let both = relationship_link(tenant(1), Some((tenant(2), "4871206")));
        assert_eq!(
            both,
            "https://admin.microsoft.com/Adminportal/Home?invType=IndirectResellerRelationship\
             &partnerId=00000000-0000-0000-0000-000000000002&msppId=4871206\
             &indirectCSPId=00000000-0000-0000-0000-000000000001&DAP=false#/BillingAccounts/partner-invitation"
        );
        for link in [alone, both] {
            assert_eq!(read_link(LinkKind::Customer, &link).unwrap().text, link);
            assert!(read_link(LinkKind::Reseller, &link).is_err(), "never mistaken for a reseller's");
            assert!(link.find('?') < link.find('#'), "parameters before the fragment");
            let mail = Mail { to: "a@b.example".to_owned(), subject: "S".to_owned(), body: link.clone() };
            let uri = mailto(&mail).unwrap();
            assert_eq!((uri.matches('&').count(), uri.matches('#').count()), (1, 0), "encoded in the body: {uri}");
            assert_eq!(read_mailto(&uri), Some(mail));
        }
    }

    #[test]
    fn a_number_with_something_smuggled_in_loses_it() {
        let link = relationship_link(tenant(1), Some((tenant(2), "48&DAP=true#x")));
        assert!(link.contains("msppId=48&indirectCSPId"), "{link}");
    }

    fn invitation(n: u128, state: InvitationState, company: &str, domain: &str) -> CustomerInvitation {
        CustomerInvitation {
            id: CustomerInvitationId(Uuid::from_u128(n)),
            reseller_id: None,
            state,
            company: company.to_owned(),
            domain: domain.to_owned(),
            contact_name: String::new(),
            email: String::new(),
            country: String::new(),
            language: MailLanguage::De,
            edited_de: None,
            edited_en: None,
            created_at: Timestamp::UNIX_EPOCH,
            saved_at: Timestamp::UNIX_EPOCH,
            opened_at: None,
            copied_at: None,
            requested_at: None,
            closed_at: None,
            customer_id: None,
        }
    }

    #[test]
    fn an_invitation_is_stale_seven_days_after_it_was_last_written() {
        use InvitationStage::{Connected, Draft, GivenUp, Requested, Stale};
        let now = Timestamp::from_second(10_000_000).unwrap();
        let ago = |hours: i64| now - jiff::SignedDuration::from_hours(hours);
        // State, opened, copied and requested so many hours ago, what it is then, and since when.
        for (state, opened, copied, requested, stage, since) in [
            (InvitationState::Draft, None, None, None, Draft, 1),
            (InvitationState::Draft, Some(900), None, None, Draft, 1),
            (InvitationState::Requested, None, None, Some(0), Requested, 0),
            (InvitationState::Requested, Some(168), None, Some(167), Requested, 167),
            (InvitationState::Requested, None, None, Some(168), Stale, 168),
            (InvitationState::Requested, Some(171), Some(170), Some(169), Stale, 169),
            // Written again: the waiting begins anew, the first date stays.
            (InvitationState::Requested, Some(167), None, Some(400), Requested, 400),
            (InvitationState::Requested, None, Some(2), Some(400), Requested, 400),
            (InvitationState::Requested, Some(200), None, Some(400), Stale, 200),
            // An answer ends the waiting.
            (InvitationState::Connected, Some(900), None, Some(900), Connected, 5),
            (InvitationState::GivenUp, Some(900), None, Some(900), GivenUp, 5),
        ] {
            let closed = matches!(state, InvitationState::Connected | InvitationState::GivenUp);
            let one = CustomerInvitation {
                saved_at: ago(1),
                opened_at: opened.map(ago),
                copied_at: copied.map(ago),
                requested_at: requested.map(ago),
                closed_at: closed.then(|| ago(5)),
                ..invitation(1, state, "Werft Holm", "")
            };
            let told = format!("{state:?} {opened:?} {copied:?} {requested:?}");
            assert_eq!((one.stage(now), one.since(now)), (stage, ago(since)), "{told}");
        }
    }

    #[test]
    fn a_domain_is_written_without_blanks() {
        for fine in ["", "  ", "werftholm", " Werft-Holm.onmicrosoft.com ", "werft-holm.de", "müller.example", "a.b.c"]
        {
            assert!(domain_is_plausible(fine), "{fine:?}");
        }
        for wrong in [
            "werft holm",
            "werftholm.onmicrosoft com",
            "https://werftholm.de",
            "aenne@werftholm.de",
            "werftholm..de",
            ".de",
            "werftholm.",
            "-werft",
            "werft_holm",
            "werft\tholm",
        ] {
            assert!(!domain_is_plausible(wrong), "{wrong:?}");
        }
        assert!(domain_is_plausible(&"a".repeat(63)) && !domain_is_plausible(&"a".repeat(64)));
    }

    #[test]
    fn a_customer_is_recognised_by_domain_or_by_a_name_that_only_one_has() {
        use InvitationState::{Draft, GivenUp, Requested};
        let who = |open: &[CustomerInvitation], domain: &str, company: &str| {
            answered(open, domain, company).map(|one| one.id.0.as_u128())
        };
        let open = [
            invitation(1, Requested, "Werft Holm GmbH", ""),
            invitation(2, Requested, "Holm", "werftholm.onmicrosoft.com"),
            invitation(3, Draft, "Elm Ltd", ""),
            invitation(4, GivenUp, "Oak Ltd", ""),
            invitation(5, Requested, "Ash Ltd", ""),
            invitation(6, Requested, "Ash", ""),
            invitation(7, Requested, "Fir Ltd", "firs"),
        ];
        for (domain, company, expected) in [
            ("werftholm", "Werft Holm GmbH", Some(2)),
            ("WerftHolm", "Other", Some(2)),
            ("holmwerft", "Werft Holm", Some(1)),
            ("elm", "Elm Ltd", None),
            ("oak", "Oak Ltd", None),
            ("ash", "Ash Ltd", None),
            ("fir", "Fir Ltd", None),
            ("", "", None),
        ] {
            assert_eq!(who(&open, domain, company), expected, "{domain} {company}");
        }
    }
}
