//! Invitation links: pasted once from Partner Center, checked, and kept as they are.
//!
//! The pattern of the link for resellers is published nowhere, the one for customers is. So a link for resellers is
//! any https address on a Microsoft host that is recognised as nothing else.

use serde::{Deserialize, Serialize};
use url::Url;

/// Whom a link invites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// A reseller, into a partnership with the provider.
    Reseller,
    /// A customer who has a tenant already, into a reseller relationship.
    Customer,
}

/// A link that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationLink {
    /// Whom it invites.
    pub kind: LinkKind,
    /// As it was pasted, without blanks around it.
    pub text: String,
    /// Host alone, lower case, to be shown.
    pub host: String,
}

/// Why a text is not the link that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkProblem {
    /// Nothing there.
    #[error("no link")]
    Empty,
    /// Not an address, or one with something around it.
    #[error("not a link")]
    NotALink,
    /// More than one address.
    #[error("more than one link")]
    Several,
    /// A character that nobody sees in it: it may hide where the link leads.
    #[error("an unseen character")]
    Unseen,
    /// Not https.
    #[error("not https")]
    NotHttps,
    /// Not a host of Microsoft, or a name or port before or behind it that hides another.
    #[error("not a Microsoft host")]
    NotMicrosoft,
    /// A page of Microsoft that invites nobody.
    #[error("not an invitation")]
    NotAnInvitation,
    /// It asks a customer for admin access (GDAP).
    #[error("a link for admin access")]
    AdminAccess,
    /// It invites a customer where a reseller is meant.
    #[error("a link for customers")]
    ForCustomers,
    /// It invites a reseller where a customer is meant.
    #[error("a link for resellers")]
    ForResellers,
    /// Too long for any mail.
    #[error("the link is too long")]
    TooLong,
}

impl LinkProblem {
    /// Key of its text.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "linkEmpty",
            Self::NotALink => "linkNotALink",
            Self::Several => "linkSeveral",
            Self::Unseen => "linkUnseen",
            Self::NotHttps => "linkNotHttps",
            Self::NotMicrosoft => "linkNotMicrosoft",
            Self::NotAnInvitation => "linkNotAnInvitation",
            Self::AdminAccess => "linkAdminAccess",
            Self::ForCustomers => "linkForCustomers",
            Self::ForResellers => "linkForResellers",
            Self::TooLong => "linkTooLong",
        }
    }
}

/// Registered names under which Microsoft serves its portals.
const HOSTS: &[&str] = &["microsoft.com", "cloud.microsoft", "office.com", "microsoftonline.com", "office365.com"];
/// Hosts that hold texts, shops and sign-in, never an invitation.
const NO_INVITATIONS: &[&str] = &["learn", "docs", "support", "www", "login", "techcommunity", "go", "download"];
/// Longer than this, a link leaves no room for a text in a mail link.
const LONGEST: usize = 1000;

/// Reads a pasted link of the kind that is wanted.
///
/// # Errors
/// See [`LinkProblem`]; the other kind is recognised and refused.
pub fn read_link(wanted: LinkKind, pasted: &str) -> Result<InvitationLink, LinkProblem> {
    let text = pasted.trim();
    if text.is_empty() {
        return Err(LinkProblem::Empty);
    }
    // A field of one line drops the break between two links, so that they stand in one piece.
    let lower = text.to_ascii_lowercase();
    if lower.matches("https://").count() + lower.matches("http://").count() > 1 {
        return Err(LinkProblem::Several);
    }
    if text.chars().any(is_unseen) {
        return Err(LinkProblem::Unseen);
    }
    // A line break or a mark of markup: it was copied with something around it.
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c)) {
        return Err(LinkProblem::NotALink);
    }
    let address = Url::parse(text).map_err(|_| LinkProblem::NotALink)?;
    if address.scheme() != "https" {
        return Err(if address.has_host() { LinkProblem::NotHttps } else { LinkProblem::NotALink });
    }
    let host = address.host_str().unwrap_or_default().to_ascii_lowercase();
    let named = !address.username().is_empty() || address.password().is_some() || address.port().is_some();
    if named || !is_microsoft(&host) {
        return Err(LinkProblem::NotMicrosoft);
    }
    if text.len() > LONGEST {
        return Err(LinkProblem::TooLong);
    }
    let kind = kind_of(&address, &host)?;
    match (wanted, kind) {
        (LinkKind::Reseller, LinkKind::Customer) => Err(LinkProblem::ForCustomers),
        (LinkKind::Customer, LinkKind::Reseller) => Err(LinkProblem::ForResellers),
        (LinkKind::Reseller, LinkKind::Reseller) | (LinkKind::Customer, LinkKind::Customer) => {
            Ok(InvitationLink { kind, text: text.to_owned(), host })
        }
    }
}

/// Control characters apart from line breaks and tabs, and the characters that format, join, hide or turn text around
/// (Unicode's category Cf and what else has no width).
fn is_unseen(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{115f}' | '\u{1160}'
            | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_microsoft(host: &str) -> bool {
    HOSTS.iter().any(|own| host == *own || host.strip_suffix(own).is_some_and(|rest| rest.ends_with('.')))
}

fn kind_of(address: &Url, host: &str) -> Result<LinkKind, LinkProblem> {
    let path = address.path().to_ascii_lowercase();
    let fragment = address.fragment().unwrap_or_default().to_ascii_lowercase();
    if fragment.contains("granularadminrelationships") || path.contains("granularadminrelationships") {
        return Err(LinkProblem::AdminAccess);
    }
    // Both forms of the relationship invitation, and the older sign-up page.
    let invites_customer = address.query_pairs().any(|(name, value)| {
        let (name, value) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
        (name == "invtype" || name == "type") && value.contains("resellerrelationship")
    });
    if invites_customer
        || path.ends_with("/partnersignup.aspx")
        || fragment.contains("partner-invitation")
        || fragment.contains("partners/invitation")
    {
        return Ok(LinkKind::Customer);
    }
    let says_nothing = path.trim_matches('/').is_empty() && address.query().is_none() && fragment.is_empty();
    let first = host.split('.').next().unwrap_or_default();
    if says_nothing || HOSTS.contains(&host) || NO_INVITATIONS.contains(&first) {
        return Err(LinkProblem::NotAnInvitation);
    }
    Ok(LinkKind::Reseller)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOR_RESELLERS: &[&str] = &[
        "https://partner.microsoft.com/commerce/invitations/7f3c",
        "https://partnercenter.microsoft.com/en-us/pcv/authorize?code=ab%20c&x=1#top",
        "https://PARTNER.microsoft.com/d/Ä",
        "  https://partner.microsoft.com/i/7f3c\n",
    ];
    const FOR_CUSTOMERS: &[&str] = &[
        "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=00000000-0000-0000-0000-000000000001&msppId=0&DAP=false#/BillingAccounts/partner-invitation",
        "https://admin.microsoft.com/Adminportal/Home?invType=IndirectResellerRelationship&partnerId=a&msppId=1&indirectCSPId=b&DAP=true#/partners/invitation",
        "https://portal.office.com/partner/partnersignup.aspx?type=IndirectResellerRelationship&id=a&csp=1&msppid=1&indirectCSP=b",
        "https://portal.office.com/partner/partnersignup.aspx?type=ResellerRelationship&id=a&csp=1&msppid=0",
        "https://admin.cloud.microsoft/?INVTYPE=resellerrelationship&partnerId=a",
    ];

    #[test]
    fn recognises_both_kinds_and_keeps_the_text() {
        for link in FOR_RESELLERS {
            let read = read_link(LinkKind::Reseller, link).unwrap();
            assert_eq!((read.kind, read.text.as_str()), (LinkKind::Reseller, link.trim()), "{link}");
            assert_eq!(read_link(LinkKind::Customer, link), Err(LinkProblem::ForResellers), "{link}");
        }
        for link in FOR_CUSTOMERS {
            assert_eq!(read_link(LinkKind::Customer, link).unwrap().text, *link);
            assert_eq!(read_link(LinkKind::Reseller, link), Err(LinkProblem::ForCustomers), "{link}");
        }
    }

    #[test]
    fn refuses_everything_else_and_says_why() {
        let cases = [
            ("", LinkProblem::Empty),
            ("   ", LinkProblem::Empty),
            ("partner.microsoft.com/x", LinkProblem::NotALink),
            ("mailto:a@microsoft.com", LinkProblem::NotALink),
            ("javascript:alert(1)", LinkProblem::NotALink),
            ("https://partner.microsoft.com/a https://partner.microsoft.com/b", LinkProblem::Several),
            ("https://partner.microsoft.com/a\nhttps://partner.microsoft.com/b", LinkProblem::Several),
            ("https://partner.microsoft.com/a\r\n\r\nhttp://evil.example/b", LinkProblem::Several),
            ("https://partner.microsoft.com/ahttps://partner.microsoft.com/b", LinkProblem::Several),
            ("https://partner.microsoft.com/\u{202e}", LinkProblem::Unseen),
            ("https://partner.microsoft.com/i/7f3c\u{200b}", LinkProblem::Unseen),
            ("https://partner\u{ad}.microsoft.com/i/7f3c", LinkProblem::Unseen),
            ("\u{feff}https://partner.microsoft.com/i/7f3c", LinkProblem::Unseen),
            ("https://partner.microsoft.com/i\0/7f3c", LinkProblem::Unseen),
            ("https://partner.microsoft.com/i\t7f3c", LinkProblem::NotALink),
            ("https://partner.microsoft.com/i 7f3c", LinkProblem::NotALink),
            ("https://partner.microsoft.com/a\r\nBcc:", LinkProblem::NotALink),
            ("<https://partner.microsoft.com/a>", LinkProblem::NotALink),
            ("http://partner.microsoft.com/a", LinkProblem::NotHttps),
            ("https://partner.microsoft.com.evil.example/a", LinkProblem::NotMicrosoft),
            ("https://evilmicrosoft.com/a", LinkProblem::NotMicrosoft),
            ("https://partner.microsoft.com@evil.example/a", LinkProblem::NotMicrosoft),
            ("https://evil.example@partner.microsoft.com/a", LinkProblem::NotMicrosoft),
            ("https://partner.microsoft.com:8443/a", LinkProblem::NotMicrosoft),
            ("https://partner.micros\u{43e}ft.com/a", LinkProblem::NotMicrosoft),
            ("https://partner.microsoft.com/", LinkProblem::NotAnInvitation),
            ("https://microsoft.com/partner", LinkProblem::NotAnInvitation),
            ("https://learn.microsoft.com/en-us/partner-center/", LinkProblem::NotAnInvitation),
            (
                "https://admin.microsoft.com/AdminPortal/Home#/partners/invitation/granularAdminRelationships/1",
                LinkProblem::AdminAccess,
            ),
        ];
        for (link, problem) in cases {
            assert_eq!(read_link(LinkKind::Reseller, link), Err(problem), "{link:?}");
        }
        let long = format!("https://partner.microsoft.com/{}", "a".repeat(LONGEST));
        assert_eq!(read_link(LinkKind::Reseller, &long), Err(LinkProblem::TooLong));
    }
}
