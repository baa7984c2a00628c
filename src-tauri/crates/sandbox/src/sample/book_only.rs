//! What the sample book holds and Partner Center does not know: partnerships that are not, and people to talk to.

use super::active_resellers;

/// A reseller as the sample book shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleReseller {
    /// Name.
    pub name: String,
    /// ISO country.
    pub country: String,
    /// Town.
    pub town: String,
    /// `draft`, `requested`, `active`, `declined` or `ended`.
    pub state: &'static str,
    /// Days since it stands there.
    pub since_days: u32,
    /// Person to talk to.
    pub contact_name: String,
    /// Their role.
    pub contact_role: String,
    /// Their e-mail.
    pub contact_email: String,
    /// Their phone.
    pub contact_phone: String,
    /// PartnerID, where known.
    pub mpn_id: Option<String>,
}

/// All twelve resellers with their contact persons: the eight active ones (match them by `mpn_id` with what sync
/// brings) and four that exist in the book only, one in each other state.
#[must_use]
pub fn book_only() -> Vec<SampleReseller> {
    // The data is part of the program; the test below keeps it readable.
    let mut all: Vec<SampleReseller> = active_resellers()
        .unwrap_or_default()
        .into_iter()
        .zip([812, 640, 590, 455, 400, 371, 96, 41])
        .map(|(one, since_days)| SampleReseller {
            name: one.name,
            country: one.country,
            town: one.town,
            state: "active",
            since_days,
            contact_name: one.contact_name,
            contact_role: one.contact_role,
            contact_email: one.contact_email,
            contact_phone: one.contact_phone,
            mpn_id: Some(one.mpn_id),
        })
        .collect();
    let more = [
        ("Fjordlys Sky AS", "NO", "Bergen", "draft", 2, "Sunniva Haugland", "Daglig leder", "+47 55 55 01 17", None),
        (
            "Wisła Chmura sp. z o.o.",
            "PL",
            "Kraków",
            "requested",
            15,
            "Paweł Grabowski",
            "Dyrektor sprzedaży",
            "+48 12 555 01 80",
            Some("4917402"),
        ),
        (
            "Pennine Cloud Services Ltd",
            "GB",
            "Leeds",
            "declined",
            29,
            "Imogen Hartley",
            "Partner Manager",
            "+44 113 496 0183",
            Some("4901582"),
        ),
        (
            "Costa Clara Sistemas S.L.",
            "ES",
            "Valencia",
            "ended",
            63,
            "Lucía Ferrándiz",
            "Gerente",
            "+34 963 555 118",
            Some("4898870"),
        ),
    ];
    let mails = [
        "sunniva.haugland@fjordlys.example",
        "pawel.grabowski@wislachmura.example",
        "imogen.hartley@pennine.example",
        "lucia.ferrandiz@costaclara.example",
    ];
    all.extend(more.into_iter().zip(mails).map(
        |((name, country, town, state, since_days, contact_name, contact_role, contact_phone, mpn_id), mail)| {
            SampleReseller {
                name: name.to_owned(),
                country: country.to_owned(),
                town: town.to_owned(),
                state,
                since_days,
                contact_name: contact_name.to_owned(),
                contact_role: contact_role.to_owned(),
                contact_email: mail.to_owned(),
                contact_phone: contact_phone.to_owned(),
                mpn_id: mpn_id.map(str::to_owned),
            }
        },
    ));
    all
}

#[cfg(test)]
mod tests {
    use super::book_only;

    #[test]
    fn twelve_with_people() {
        let all = book_only();
        assert_eq!(all.len(), 12);
        for (state, count) in [("active", 8), ("draft", 1), ("requested", 1), ("declined", 1), ("ended", 1)] {
            assert_eq!(all.iter().filter(|one| one.state == state).count(), count, "{state}");
        }
        for one in &all {
            assert!(one.contact_email.ends_with(".example"), "{} must not reach a real mailbox", one.contact_email);
            assert!(!one.contact_phone.is_empty() && !one.contact_role.is_empty(), "{}", one.name);
        }
    }
}
