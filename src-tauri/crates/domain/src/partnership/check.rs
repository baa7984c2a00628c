//! What must be right in a request before it can leave.

use super::RequestForm;
use crate::check::email_is_valid;
use crate::country;
use crate::problem::Problem;
use uuid::Uuid;

/// Every key that requests, links, lists and templates may return. The screens have a German and an English text for
/// each; a test holds them to it.
pub const REQUEST_KEYS: &[&str] = &[
    "required",
    "tooLong",
    "controlCharacter",
    "emailForm",
    "countryUnknown",
    "tenantIdForm",
    "partnerIdForm",
    "languageUnknown",
    // The mail.
    "subjectEmpty",
    "linkMissing",
    "linkNotSet",
    // Lists.
    "twiceInList",
    "inBook",
    "tooManyColumns",
    "tooManyRows",
    "noRows",
    // Links.
    "linkEmpty",
    "linkNotALink",
    "linkSeveral",
    "linkUnseen",
    "linkNotHttps",
    "linkNotMicrosoft",
    "linkNotAnInvitation",
    "linkAdminAccess",
    "linkForCustomers",
    "linkForResellers",
    "linkTooLong",
    // Templates.
    "templateSubject",
    "templateControlCharacter",
    "templateNoLink",
    "templateLinkTwice",
    "templateUnknown",
];

/// Example of a tenant ID, for what would be right.
const TENANT_EXAMPLE: &str = "0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11";

/// Problems of who is asked, by field (`company`, `email` …). Contact, tenant ID and PartnerID may be empty.
#[must_use]
pub fn check_request(form: &RequestForm) -> Vec<Problem> {
    let mut found = Vec::new();
    text("company", &form.company, true, 255, &mut found);
    text("contactName", &form.contact_name, false, 120, &mut found);
    if text("email", &form.email, true, 254, &mut found) && !email_is_valid(form.email.trim()) {
        found.push(Problem::expecting("email", "emailForm", "name@example.com"));
    }
    if form.country.trim().is_empty() {
        found.push(Problem::new("country", "required"));
    } else if !country::offered().contains(&form.country.trim()) {
        found.push(Problem::expecting("country", "countryUnknown", "DE"));
    }
    found.extend(check_tenant_id("tenantId", &form.tenant_id));
    found.extend(check_partner_id("partnerId", &form.partner_id));
    found
}

/// A tenant ID is a GUID; empty is fine.
#[must_use]
pub fn check_tenant_id(field: &str, typed: &str) -> Option<Problem> {
    let typed = typed.trim();
    // The plain form with hyphens only: Partner Center shows no other.
    let fits = typed.is_empty() || (typed.len() == 36 && Uuid::try_parse(typed).is_ok_and(|id| !id.is_nil()));
    (!fits).then(|| Problem::expecting(field, "tenantIdForm", TENANT_EXAMPLE))
}

/// A PartnerID is a number; empty is fine.
#[must_use]
pub fn check_partner_id(field: &str, typed: &str) -> Option<Problem> {
    let typed = typed.trim();
    let fits = (4..=10).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit()) && !typed.starts_with('0');
    (!typed.is_empty() && !fits).then(|| Problem::expecting(field, "partnerIdForm", "4812345"))
}

fn text(field: &str, typed: &str, required: bool, longest: usize, found: &mut Vec<Problem>) -> bool {
    let typed = typed.trim();
    if typed.is_empty() {
        if required {
            found.push(Problem::new(field, "required"));
        }
        return false;
    }
    if typed.chars().any(char::is_control) {
        found.push(Problem::new(field, "controlCharacter"));
        return false;
    }
    if typed.chars().count() > longest {
        found.push(Problem::expecting(field, "tooLong", longest));
        return false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> RequestForm {
        RequestForm {
            company: "Fjordnet AS".into(),
            contact_name: "Ingrid Solberg".into(),
            email: "ingrid.solberg@fjordnet.example".into(),
            country: "NO".into(),
            tenant_id: "0B6F3C52-9a55-4b1e-8f0f-3f7f9b8f2a11".into(),
            partner_id: "4812345".into(),
        }
    }

    #[test]
    fn names_what_is_wrong_by_field() {
        assert_eq!(check_request(&form()), []);
        let bare =
            RequestForm { contact_name: String::new(), tenant_id: String::new(), partner_id: String::new(), ..form() };
        assert_eq!(check_request(&bare), []);
        type Spoil = fn(&mut RequestForm);
        let cases: &[(&str, &str, Spoil)] = &[
            ("company", "required", |f| f.company = "  ".into()),
            ("company", "controlCharacter", |f| f.company = "a\nb".into()),
            ("company", "tooLong", |f| f.company = "x".repeat(256)),
            ("email", "required", |f| f.email.clear()),
            ("email", "emailForm", |f| f.email = "ingrid.solberg".into()),
            ("email", "emailForm", |f| f.email = "a@b.example,c@d.example".into()),
            ("country", "required", |f| f.country.clear()),
            ("country", "countryUnknown", |f| f.country = "Norwegen".into()),
            ("tenantId", "tenantIdForm", |f| f.tenant_id = "4812345".into()),
            ("tenantId", "tenantIdForm", |f| f.tenant_id = "{0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11}".into()),
            ("partnerId", "partnerIdForm", |f| f.partner_id = "MPN 4812345".into()),
            ("partnerId", "partnerIdForm", |f| f.partner_id = "0812345".into()),
        ];
        for (field, key, spoil) in cases {
            let mut wrong = form();
            spoil(&mut wrong);
            let found: Vec<_> = check_request(&wrong).into_iter().map(|p| (p.field, p.key)).collect();
            assert_eq!(found, [((*field).to_owned(), *key)]);
        }
    }

    #[test]
    fn every_key_has_a_text_in_both_languages() {
        for (language, texts) in [
            ("de", include_str!("../../../../../ui/src/features/partnership/texts.de.json")),
            ("en", include_str!("../../../../../ui/src/features/partnership/texts.en.json")),
        ] {
            let texts: serde_json::Value = serde_json::from_str(texts).unwrap();
            for key in REQUEST_KEYS {
                assert!(
                    !texts["problem"][key].as_str().unwrap_or_default().is_empty(),
                    "{language}: {key} has no text"
                );
            }
        }
    }
}
