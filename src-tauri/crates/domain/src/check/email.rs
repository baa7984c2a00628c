//! E-mail addresses: form, and whose they must not be.

use super::{FormContext, Found};

/// Free-mail providers: an education customer must not use one.
const FREE_MAIL: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "outlook.de",
    "hotmail.com",
    "hotmail.de",
    "hotmail.fr",
    "live.com",
    "live.de",
    "msn.com",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yahoo.co.uk",
    "ymail.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "gmx.de",
    "gmx.net",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "web.de",
    "freenet.de",
    "t-online.de",
    "mail.com",
    "posteo.de",
    "mailbox.org",
    "proton.me",
    "protonmail.com",
    "orange.fr",
    "free.fr",
    "laposte.net",
    "wp.pl",
    "o2.pl",
    "onet.pl",
    "interia.pl",
    "seznam.cz",
    "centrum.cz",
    "freemail.hu",
    "citromail.hu",
    "libero.it",
    "virgilio.it",
    "bluewin.ch",
    "ziggo.nl",
    "telenet.be",
    "skynet.be",
    "yandex.ru",
    "mail.ru",
    "zoho.com",
    "tutanota.com",
];

/// Whether a text has the form of an address that Partner Center's own check lets pass.
#[must_use]
pub fn email_is_valid(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    local_is_valid(local) && domain_is_valid(domain) && address.len() <= 254
}

fn local_is_valid(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && local.split('.').all(|atom| {
            !atom.is_empty() && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
        })
}

fn domain_is_valid(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let label_fits = |label: &&str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    labels.len() >= 2
        && domain.len() <= 253
        && labels.iter().all(label_fits)
        && labels.last().is_some_and(|top| top.len() >= 2 && !top.bytes().all(|b| b.is_ascii_digit()))
}

pub(super) fn check(field: &str, typed: &str, education: bool, context: &FormContext<'_>, found: &mut Found) {
    if !found.text(field, typed, true, 254) {
        return;
    }
    let address = typed.trim();
    let domain = address.rsplit_once('@').map(|(_, domain)| domain.to_ascii_lowercase()).unwrap_or_default();
    let within = |owner: &str| domain == owner || domain.strip_suffix(owner).is_some_and(|rest| rest.ends_with('.'));
    if !email_is_valid(address) {
        found.add(field, "emailForm", "name@example.com");
    } else if within("microsoft.com") {
        found.add(field, "emailMicrosoft", "");
    } else if context.partner_domains.iter().any(|own| within(own)) {
        found.add(field, "emailOwnDomain", "");
    } else if education && FREE_MAIL.contains(&domain.as_str()) {
        found.add(field, "emailFreeMail", "");
    }
}
