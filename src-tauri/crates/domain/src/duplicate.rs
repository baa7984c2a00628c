//! Likely duplicates of a customer that is being entered.

use crate::customer::Customer;
use crate::draft::CustomerForm;
use crate::fold;
use crate::ids::CustomerId;

/// What two customers share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// The same domain prefix.
    Domain,
    /// The same registration number.
    RegistrationNumber,
    /// Nearly the same name in the same town.
    NameAndTown,
    /// The contact has the same e-mail address.
    Email,
}

/// Why a customer in the book is likely the one being entered; `None` when it is not.
#[must_use]
pub fn likeness(form: &CustomerForm, customer: &Customer) -> Option<Because> {
    if !form.domain_prefix.is_empty() && form.domain_prefix == customer.domain_prefix {
        return Some(Because::Domain);
    }
    let number = digits_and_letters(&form.registration_number);
    let sent = crate::country::rules(&form.country).is_some_and(|rules| rules.registration.is_some());
    if sent && !number.is_empty() && number == digits_and_letters(&customer.registration_number) {
        return Some(Because::RegistrationNumber);
    }
    let town = fold::words(&form.city).concat();
    let near = !town.is_empty()
        && form.country == customer.country
        && town == fold::words(&customer.town).concat()
        && near_same(&fold::bare_name(&form.company_name).concat(), &fold::bare_name(&customer.name).concat());
    if near {
        return Some(Because::NameAndTown);
    }
    let email = form.email.trim();
    // In letters of any language: nobody keeps two mailboxes that differ in case alone.
    let same = !email.is_empty() && email.to_lowercase() == customer.contact_email.trim().to_lowercase();
    same.then_some(Because::Email)
}

/// Customers of the book that are likely the one being entered, the surest first.
#[must_use]
pub fn find(form: &CustomerForm, book: &[Customer], except: Option<CustomerId>) -> Vec<(CustomerId, Because)> {
    let mut found: Vec<_> = book
        .iter()
        .filter(|customer| Some(customer.id) != except)
        .filter_map(|customer| likeness(form, customer).map(|because| (customer.id, because)))
        .collect();
    found.sort_by_key(|(_, because)| *because);
    found
}

fn digits_and_letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// One letter may differ in short names, two in long ones; very short names must be the same.
fn near_same(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(80).collect(), b.chars().take(80).collect());
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let allowed = match a.len().min(b.len()) {
        0..=4 => 0,
        5..=9 => 1,
        _ => 2,
    };
    a.len().abs_diff(b.len()) <= allowed && distance(&a, &b) <= allowed
}

/// Edits (insert, delete, replace) from one to the other.
fn distance(a: &[char], b: &[char]) -> usize {
    if b.is_empty() {
        return a.len();
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (to, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let replaced = diagonal + usize::from(from != to);
            diagonal = *above;
            left = replaced.min(left + 1).min(*above + 1);
            *above = left;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::{AccountReview, AgreementState};

    fn customer(name: &str, town: &str, prefix: &str, number: &str) -> Customer {
        Customer {
            id: CustomerId(uuid::Uuid::from_u128(1)),
            tenant_id: None,
            name: name.into(),
            alias: String::new(),
            domain_prefix: prefix.into(),
            country: "PL".into(),
            town: town.into(),
            contact_name: String::new(),
            contact_email: String::new(),
            registration_number: number.into(),
            reseller_id: None,
            review: AccountReview::Unknown,
            agreement: AgreementState::Open,
            created_at: jiff::Timestamp::UNIX_EPOCH,
            confirmed_at: None,
        }
    }

    fn form(name: &str, town: &str, prefix: &str, number: &str) -> CustomerForm {
        CustomerForm {
            company_name: name.into(),
            city: town.into(),
            domain_prefix: prefix.into(),
            registration_number: number.into(),
            country: "PL".into(),
            ..CustomerForm::default()
        }
    }

    #[test]
    fn tells_likely_duplicates() {
        let book = customer("Zielony Port S.A.", "Gdańsk", "zpsa", "5833027149");
        for (form, wanted) in [
            (form("Other", "Łódź", "zpsa", ""), Some(Because::Domain)),
            (form("Other", "Łódź", "x", "583 302 71 49"), Some(Because::RegistrationNumber)),
            (form("Zielony Port Sp. z o.o.", "Gdansk", "x", ""), Some(Because::NameAndTown)),
            (form("Zielonny Ports", "GDAŃSK", "x", ""), Some(Because::NameAndTown)),
            (form("Zielony Port", "Kraków", "x", ""), None),
            (form("Zielony Dom", "Gdańsk", "x", ""), None),
            (form("", "", "", ""), None),
            (form("S.A.", "Gdańsk", "x", ""), None),
        ] {
            assert_eq!(likeness(&form, &book), wanted, "{form:?}");
        }
    }

    #[test]
    fn a_contact_with_the_same_address_is_pointed_out_last() {
        let book =
            Customer { contact_email: "Ola@Port.example".into(), ..customer("Zielony Port", "Gdańsk", "zp", "") };
        for (email, name, wanted) in [
            ("ola@port.example", "Other", Some(Because::Email)),
            (" OLA@PORT.EXAMPLE ", "Other", Some(Because::Email)),
            ("ola@port.example", "Zielony Port", Some(Because::NameAndTown)),
            ("ala@port.example", "Other", None),
            ("", "Other", None),
        ] {
            let form = CustomerForm { email: email.into(), ..form(name, "Gdańsk", "x", "") };
            assert_eq!(likeness(&form, &book), wanted, "{email} {name}");
        }
        let nobody = customer("Zielony Port", "Gdańsk", "zp", "");
        assert_eq!(likeness(&form("Other", "", "x", ""), &nobody), None, "no address is nobody's");
    }

    #[test]
    fn short_names_must_be_the_same() {
        let book = customer("Abo", "Gdańsk", "abo1", "");
        assert_eq!(likeness(&form("Aba", "Gdańsk", "x", ""), &book), None);
        assert_eq!(likeness(&form("ABO", "Gdańsk", "x", ""), &book), Some(Because::NameAndTown));
    }

    #[test]
    fn leaves_out_the_customer_being_mended() {
        let book = [customer("Zielony Port", "Gdańsk", "zp", "")];
        let form = form("Zielony Port", "Gdańsk", "zp", "");
        assert_eq!(find(&form, &book, None).len(), 1);
        assert_eq!(find(&form, &book, Some(book[0].id)), []);
    }

    #[test]
    fn distances() {
        let d = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!([d("", ""), d("a", ""), d("", "ab"), d("kitten", "sitting"), d("abc", "abc")], [0, 1, 2, 3, 0]);
    }
}
