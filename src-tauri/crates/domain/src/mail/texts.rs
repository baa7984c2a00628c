//! Texts of the mails about a new customer. They go to people outside, so they are here and not among the screens'
//! texts. None of them ever carries a password.

use super::Mail;

/// Where the customer's admin signs in.
pub const SIGN_IN_ADDRESS: &str = "https://admin.microsoft.com";
/// Where the customer accepts the Microsoft Customer Agreement.
pub const AGREEMENT_ADDRESS: &str = "https://admin.microsoft.com/AdminPortal/Home?ref=/BillingAccounts/agreement";

/// Language of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailLanguage {
    /// German, with *Sie*.
    De,
    /// English.
    En,
}

/// What the setup mail to the customer says.
#[derive(Debug, Clone, Copy)]
pub struct SetupMail<'a> {
    /// The contact's address.
    pub to: &'a str,
    /// The contact's name.
    pub contact_name: &'a str,
    /// The company.
    pub customer_name: &'a str,
    /// `admin@….onmicrosoft.com`.
    pub user_name: &'a str,
    /// Who supports the customer; empty when nobody else.
    pub reseller_name: &'a str,
}

/// What the mail that asks the reseller to request admin access says.
#[derive(Debug, Clone, Copy)]
pub struct AdminAccessMail<'a> {
    /// The reseller contact's address.
    pub to: &'a str,
    /// The reseller contact's name.
    pub contact_name: &'a str,
    /// The reseller.
    pub reseller_name: &'a str,
    /// The new customer.
    pub customer_name: &'a str,
    /// `….onmicrosoft.com`.
    pub domain: &'a str,
    /// The customer's Microsoft ID; empty until known.
    pub tenant_id: &'a str,
}

/// One line, without anything that could break a subject or a link.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// The setup mail: user name, sign-in address and agreement link.
#[must_use]
pub fn setup_mail(language: MailLanguage, facts: &SetupMail<'_>) -> Mail {
    let [contact, customer, user, reseller] =
        [facts.contact_name, facts.customer_name, facts.user_name, facts.reseller_name].map(clean);
    let (subject, body) = match language {
        MailLanguage::De => {
            let support =
                if reseller.is_empty() { String::new() } else { format!("\nIhr Ansprechpartner ist {reseller}.\n") };
            (
                format!("Ihr Microsoft-Konto für {customer}"),
                format!(
                    "Guten Tag {contact},\n\ndas Microsoft-Konto für {customer} ist eingerichtet.\n\n\
                     Anmeldung: {SIGN_IN_ADDRESS}\nBenutzername: {user}\n\n\
                     Das temporäre Kennwort erhalten Sie getrennt von dieser Nachricht. \
                     Bitte ändern Sie es bei der ersten Anmeldung.\n\n\
                     Falls Sie die Microsoft-Kundenvereinbarung noch nicht angenommen haben, \
                     können Sie das hier tun:\n{AGREEMENT_ADDRESS}\n{support}\nMit freundlichen Grüßen\n"
                ),
            )
        }
        MailLanguage::En => {
            let support = if reseller.is_empty() { String::new() } else { format!("\nYour contact is {reseller}.\n") };
            (
                format!("Your Microsoft account for {customer}"),
                format!(
                    "Hello {contact},\n\nthe Microsoft account for {customer} is set up.\n\n\
                     Sign in at: {SIGN_IN_ADDRESS}\nUser name: {user}\n\n\
                     You will receive the temporary password separately from this message. \
                     Please change it when you first sign in.\n\n\
                     If you have not accepted the Microsoft Customer Agreement yet, \
                     you can do so here:\n{AGREEMENT_ADDRESS}\n{support}\nKind regards\n"
                ),
            )
        }
    };
    Mail { to: facts.to.trim().to_owned(), subject, body }
}

/// The mail that asks the reseller to request granular admin access (GDAP), which does not come by itself.
#[must_use]
pub fn admin_access_mail(language: MailLanguage, facts: &AdminAccessMail<'_>) -> Mail {
    let [contact, reseller, customer, domain, tenant] =
        [facts.contact_name, facts.reseller_name, facts.customer_name, facts.domain, facts.tenant_id].map(clean);
    let (subject, body) = match language {
        MailLanguage::De => {
            let id = if tenant.is_empty() { String::new() } else { format!("Microsoft-ID: {tenant}\n") };
            (
                format!("Administratorzugriff für {customer}"),
                format!(
                    "Guten Tag {contact},\n\n{customer} ist als Kunde von {reseller} angelegt.\n\n\
                     Domäne: {domain}\n{id}\n\
                     Verwalten können Sie diesen Kunden noch nicht: Dafür brauchen Sie granulare delegierte \
                     Administratorrechte (GDAP). Bitte fordern Sie diese im Partner Center beim Kunden unter \
                     \"Administratorbeziehungen\" an und senden Sie dem Kunden den Link. \
                     Ein globaler Administrator des Kunden muss die Anforderung genehmigen; \
                     unbeantwortet verfällt sie nach 90 Tagen.\n\nMit freundlichen Grüßen\n"
                ),
            )
        }
        MailLanguage::En => {
            let id = if tenant.is_empty() { String::new() } else { format!("Microsoft ID: {tenant}\n") };
            (
                format!("Admin access to {customer}"),
                format!(
                    "Hello {contact},\n\n{customer} has been created as a customer of {reseller}.\n\n\
                     Domain: {domain}\n{id}\n\
                     You can't administer this customer yet: that takes granular delegated admin privileges (GDAP). \
                     Please request them in Partner Center, on the customer's page under \"Admin relationships\", \
                     and send the link to the customer. A Global admin of the customer has to approve the request; \
                     unanswered, it lapses after 90 days.\n\nKind regards\n"
                ),
            )
        }
    };
    Mail { to: facts.to.trim().to_owned(), subject, body }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{mailto, read_mailto};

    const SETUP: SetupMail<'_> = SetupMail {
        to: "a.wrobel@zielonyport.example",
        contact_name: "Agnieszka Wróbel",
        customer_name: "Zielony Port Sp. z o.o.",
        user_name: "admin@zielonyport.onmicrosoft.com",
        reseller_name: "Polska Chmura Sp. z o.o.",
    };
    const ACCESS: AdminAccessMail<'_> = AdminAccessMail {
        to: "a@b.example",
        contact_name: "Piotr Nowak",
        reseller_name: "Polska Chmura Sp. z o.o.",
        customer_name: "Zielony Port Sp. z o.o.",
        domain: "zielonyport.onmicrosoft.com",
        tenant_id: "0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11",
    };

    #[test]
    fn both_mails_fit_into_a_link_in_both_languages() {
        for language in [MailLanguage::De, MailLanguage::En] {
            for mail in [setup_mail(language, &SETUP), admin_access_mail(language, &ACCESS)] {
                let link = mailto(&mail).unwrap();
                assert_eq!(read_mailto(&link), Some(mail));
            }
        }
    }

    #[test]
    fn the_setup_mail_names_user_address_and_agreement() {
        for language in [MailLanguage::De, MailLanguage::En] {
            let body = setup_mail(language, &SETUP).body;
            for wanted in [SETUP.user_name, SIGN_IN_ADDRESS, AGREEMENT_ADDRESS, SETUP.reseller_name] {
                assert!(body.contains(wanted), "{wanted} is missing");
            }
        }
    }

    #[test]
    fn a_name_with_a_line_break_can_not_break_the_subject() {
        let mail = setup_mail(MailLanguage::En, &SetupMail { customer_name: "A\r\nBcc: x@y.example", ..SETUP });
        assert!(!mail.subject.contains(['\r', '\n']) && mailto(&mail).is_ok());
    }
}
