//! The billing profile of a customer: name, contact and address as Partner Center keeps them, and how three states of it
//! (last known, mine, theirs) are compared field by field.

use crate::operation::CreateCustomer;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Name, contact and address of a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomerProfile {
    /// Legal name.
    pub company_name: String,
    /// Contact's first name.
    pub first_name: String,
    /// Contact's last name.
    pub last_name: String,
    /// Contact's e-mail.
    pub email: String,
    /// Contact's phone; empty when none.
    pub phone: String,
    /// Address line 1.
    pub address_line_1: String,
    /// Address line 2; empty when none.
    pub address_line_2: String,
    /// Postal code; empty where the country has none.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// State or province; empty where the country has none.
    pub state: String,
    /// ISO country. Partner Center never changes it.
    pub country: String,
    /// Language of mails and bills.
    pub language: String,
    /// Culture of mails and bills.
    pub culture: String,
}

/// What Partner Center says, and when it said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownProfile {
    /// Partner Center's id of the profile, sent back with it.
    pub id: String,
    /// `If-Match` of the next change.
    pub etag: String,
    /// When it was read.
    pub read_at: Timestamp,
    /// What it says.
    pub profile: CustomerProfile,
}

/// Payload of `update_customer_profile`: the state that the person saw, and the one that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateCustomerProfile {
    /// Last known when it was approved. Anything else on the server is a difference.
    pub base: CustomerProfile,
    /// When that was read.
    pub base_read_at: Timestamp,
    /// What is wanted.
    pub wanted: CustomerProfile,
}

/// Names of the fields that a person may change, in the order of the form.
pub const FIELDS: [&str; 10] = [
    "companyName",
    "firstName",
    "lastName",
    "email",
    "phone",
    "addressLine1",
    "addressLine2",
    "postalCode",
    "city",
    "state",
];

/// Fields of which another value can make Microsoft review the account anew: the company's name and where it is. Who the
/// contact is, it does not review.
pub const REVIEWED: [&str; 6] = ["companyName", "addressLine1", "addressLine2", "postalCode", "city", "state"];

/// One field that is not the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDifference {
    /// Its name, one of [`FIELDS`].
    pub field: &'static str,
    /// Last known.
    pub base: String,
    /// Wanted here.
    pub mine: String,
    /// In Partner Center now.
    pub theirs: String,
}

impl FieldDifference {
    /// Changed on both sides, and not alike: only a person can say what is right.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.mine != self.base && self.theirs != self.base && self.mine != self.theirs
    }
}

impl From<&CreateCustomer> for CustomerProfile {
    /// The profile that a new customer gets.
    fn from(new: &CreateCustomer) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            company_name: new.company_name.clone(),
            first_name: new.first_name.clone(),
            last_name: new.last_name.clone(),
            email: new.email.clone(),
            phone: text(&new.phone),
            address_line_1: new.address_line_1.clone(),
            address_line_2: text(&new.address_line_2),
            postal_code: text(&new.postal_code),
            city: new.city.clone(),
            state: text(&new.state),
            country: new.country.clone(),
            language: new.language.clone(),
            culture: new.culture.clone(),
        }
    }
}

impl CustomerProfile {
    /// The value of a field; empty for a name that is none.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        match field {
            "companyName" => &self.company_name,
            "firstName" => &self.first_name,
            "lastName" => &self.last_name,
            "email" => &self.email,
            "phone" => &self.phone,
            "addressLine1" => &self.address_line_1,
            "addressLine2" => &self.address_line_2,
            "postalCode" => &self.postal_code,
            "city" => &self.city,
            "state" => &self.state,
            _ => "",
        }
    }

    /// The place of a field; `None` for a name that is none.
    pub fn get_mut(&mut self, field: &str) -> Option<&mut String> {
        Some(match field {
            "companyName" => &mut self.company_name,
            "firstName" => &mut self.first_name,
            "lastName" => &mut self.last_name,
            "email" => &mut self.email,
            "phone" => &mut self.phone,
            "addressLine1" => &mut self.address_line_1,
            "addressLine2" => &mut self.address_line_2,
            "postalCode" => &mut self.postal_code,
            "city" => &mut self.city,
            "state" => &mut self.state,
            _ => return None,
        })
    }

    /// Without blanks at the ends, as it is compared and sent.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let text = |value: &String| value.trim().to_owned();
        Self {
            company_name: text(&self.company_name),
            first_name: text(&self.first_name),
            last_name: text(&self.last_name),
            email: text(&self.email),
            phone: text(&self.phone),
            address_line_1: text(&self.address_line_1),
            address_line_2: text(&self.address_line_2),
            postal_code: text(&self.postal_code),
            city: text(&self.city),
            state: text(&self.state),
            country: text(&self.country),
            language: text(&self.language),
            culture: text(&self.culture),
        }
    }

    /// All fields that a person may change are the same.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        FIELDS.iter().all(|field| self.get(field).trim() == other.get(field).trim())
    }
}

/// Every field in which the three are not the same, in the order of the form.
#[must_use]
pub fn differences(base: &CustomerProfile, mine: &CustomerProfile, theirs: &CustomerProfile) -> Vec<FieldDifference> {
    FIELDS
        .into_iter()
        .map(|field| FieldDifference {
            field,
            base: base.get(field).trim().to_owned(),
            mine: mine.get(field).trim().to_owned(),
            theirs: theirs.get(field).trim().to_owned(),
        })
        .filter(|one| one.base != one.mine || one.base != one.theirs)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(city: &str, phone: &str, email: &str) -> CustomerProfile {
        CustomerProfile { city: city.into(), phone: phone.into(), email: email.into(), ..CustomerProfile::default() }
    }

    #[test]
    fn a_difference_names_each_field_with_its_three_values() {
        let found = differences(
            &profile("Kiel", "1", "a@a.example"),
            &profile("Plön", "1", "b@a.example"),
            &profile("Kiel ", "2", "c@a.example"),
        );
        let told: Vec<(&str, bool)> = found.iter().map(|one| (one.field, one.is_conflict())).collect();
        assert_eq!(told, [("email", true), ("phone", false), ("city", false)]);
        assert_eq!(
            (found[2].base.as_str(), found[2].mine.as_str(), found[2].theirs.as_str()),
            ("Kiel", "Plön", "Kiel")
        );
    }

    #[test]
    fn what_is_reviewed_is_a_field_of_the_form_and_no_contact() {
        let contact = ["firstName", "lastName", "email", "phone"];
        for field in FIELDS {
            assert_eq!(REVIEWED.contains(&field), !contact.contains(&field), "{field}");
        }
        assert!(REVIEWED.iter().all(|field| FIELDS.contains(field)));
    }

    #[test]
    fn the_same_change_on_both_sides_is_no_conflict() {
        let found = differences(&profile("Kiel", "", ""), &profile("Plön", "", ""), &profile("Plön", "", ""));
        assert!(found.len() == 1 && !found[0].is_conflict());
        assert!(profile("Plön", "", "").is_same(&profile(" Plön", "", "")));
    }
}
