//! The mail that asks the reseller to set a new password for a customer's admin, once the temporary one is gone.
//! Who may: an account with the role Privileged Authentication Administrator in an approved GDAP relationship.

use super::texts::clean;
use super::{Mail, MailLanguage};

/// Where a partner finds a customer's users.
pub const PARTNER_CENTER_ADDRESS: &str = "https://partner.microsoft.com/dashboard";
/// Where a user's password is reset directly.
pub const ENTRA_ADDRESS: &str = "https://entra.microsoft.com";
/// The role that may reset an admin's password, as Microsoft names it in every language of its documents.
pub const RESET_ROLE: &str = "Privileged Authentication Administrator";

/// What the mail says.
#[derive(Debug, Clone, Copy)]
pub struct ResetMail<'a> {
    /// The reseller contact's address.
    pub to: &'a str,
    /// The reseller contact's name.
    pub contact_name: &'a str,
    /// The customer.
    pub customer_name: &'a str,
    /// The admin whose password is lost.
    pub user_name: &'a str,
}

/// Asks for a new password. It tells the reseller to hand it over directly, so that it never travels through us.
#[must_use]
pub fn reset_mail(language: MailLanguage, facts: &ResetMail<'_>) -> Mail {
    let [contact, customer, user] = [facts.contact_name, facts.customer_name, facts.user_name].map(clean);
    let (subject, body) = match language {
        MailLanguage::De => (
            format!("Neues Kennwort für {customer}"),
            format!(
                "Guten Tag {contact},\n\n{customer} braucht ein neues Kennwort für {user}.\n\n\
                 Zurücksetzen kann es ein Konto mit der GDAP-Rolle {RESET_ROLE}:\n\
                 1. {PARTNER_CENTER_ADDRESS} öffnen, Kunden, den Kunden wählen.\n\
                 2. Unter Benutzer und Lizenzen das Kennwort zurücksetzen.\n\
                 Oder unter Benutzer in {ENTRA_ADDRESS}.\n\n\
                 Bitte geben Sie es dem Kunden direkt, nicht per E-Mail, \
                 und sagen Sie mir, wenn die Rolle fehlt.\n\nMit freundlichen Grüßen\n"
            ),
        ),
        MailLanguage::En => (
            format!("New password for {customer}"),
            format!(
                "Hello {contact},\n\n{customer} needs a new password for {user}.\n\n\
                 An account with the GDAP role {RESET_ROLE} can reset it:\n\
                 1. Open {PARTNER_CENTER_ADDRESS}, Customers, and choose the customer.\n\
                 2. Under Users and licenses reset the password.\n\
                 Or under Users in {ENTRA_ADDRESS}.\n\n\
                 Please hand it to the customer directly, not by e-mail, \
                 and tell me if the role is missing.\n\nKind regards\n"
            ),
        ),
    };
    Mail { to: facts.to.trim().to_owned(), subject, body }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{mailto, read_mailto};

    const FACTS: ResetMail<'_> = ResetMail {
        to: "p.nowak@polskachmura.example",
        contact_name: "Piotr Nowak",
        customer_name: "Zielony Port Sp. z o.o.",
        user_name: "admin@zielonyport.onmicrosoft.com",
    };

    #[test]
    fn says_who_may_where_and_for_whom_and_fits_into_a_link() {
        for language in [MailLanguage::De, MailLanguage::En] {
            let mail = reset_mail(language, &FACTS);
            for wanted in [FACTS.user_name, RESET_ROLE, "GDAP", PARTNER_CENTER_ADDRESS, ENTRA_ADDRESS] {
                assert!(mail.body.contains(wanted), "{wanted} is missing");
            }
            assert_eq!(mailto(&mail).ok().as_deref().and_then(read_mailto), Some(mail));
        }
    }

    #[test]
    fn long_names_with_umlauts_fit_into_a_link() {
        let long = ResetMail {
            customer_name: &"Gärtnerei Größe ".repeat(4),
            contact_name: &"Jörg Müller ".repeat(2),
            ..FACTS
        };
        for language in [MailLanguage::De, MailLanguage::En] {
            assert!(mailto(&reset_mail(language, &long)).is_ok(), "{language:?}");
        }
    }

    #[test]
    fn a_name_with_a_line_break_stays_on_its_line() {
        let mail = reset_mail(MailLanguage::En, &ResetMail { customer_name: "A\r\nBcc: x@y.example", ..FACTS });
        assert!(!mail.subject.contains(['\r', '\n']) && mailto(&mail).is_ok());
    }
}
