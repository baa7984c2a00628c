//! Proposals for the domain prefix: from the company's name, with two fallbacks.

use crate::check::PREFIX_MAX;
use crate::draft::CustomerForm;
use crate::fold;

/// The prefix and what to use if it is taken; empty where nothing can be proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// From the company's name.
    pub prefix: String,
    /// Name and town.
    pub fallback_1: String,
    /// Name and country.
    pub fallback_2: String,
}

/// Proposes prefixes for what was typed.
#[must_use]
pub fn propose(form: &CustomerForm) -> Proposal {
    let prefix = plain(&fold::bare_name(&form.company_name).concat(), PREFIX_MAX);
    if prefix.is_empty() {
        return Proposal::default();
    }
    let mut fallback_1 = extended(&prefix, &fold::words(&form.city).concat());
    let mut fallback_2 = extended(&prefix, &fold::fold(&form.country));
    if fallback_1 == prefix {
        fallback_1 = String::new();
    }
    if fallback_2 == prefix || fallback_2 == fallback_1 {
        fallback_2 = String::new();
    }
    Proposal { prefix, fallback_1, fallback_2 }
}

/// Takes over proposals into what was just typed, given what stood there before. The prefix follows the name until
/// the person types one. The first fallback follows until the person changes or empties it: it is only replaced
/// while it was left as proposed. The second is the person's own.
pub fn follow(before: &CustomerForm, now: &mut CustomerForm) {
    let proposed = propose(now);
    if !now.domain_prefix_touched {
        now.domain_prefix.clone_from(&proposed.prefix);
    }
    let followed = before.fallback_prefix_1 == propose(before).fallback_1;
    let left_alone = now.fallback_prefix_1 == before.fallback_prefix_1;
    if followed && left_alone {
        now.fallback_prefix_1 =
            if proposed.fallback_1 == now.domain_prefix { String::new() } else { proposed.fallback_1 };
    }
}

fn plain(folded: &str, longest: usize) -> String {
    folded.chars().filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit()).take(longest).collect()
}

/// The prefix with something after it; a long prefix gives way, so that the addition stays readable.
fn extended(prefix: &str, addition: &str) -> String {
    let addition = plain(addition, 12);
    let kept = plain(prefix, PREFIX_MAX - addition.len());
    format!("{kept}{addition}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, city: &str, country: &str) -> CustomerForm {
        CustomerForm {
            company_name: name.into(),
            city: city.into(),
            country: country.into(),
            ..CustomerForm::default()
        }
    }

    #[test]
    fn proposes_from_name_town_and_country() {
        for (name, city, country, wanted) in [
            ("Zielony Port Sp. z o.o.", "Gdańsk", "PL", ["zielonyport", "zielonyportgdansk", "zielonyportpl"]),
            (
                "Bäckerei Groß & Söhne GmbH",
                "Köln",
                "DE",
                ["baeckereigrosssoehne", "baeckereigrosssoehnekoeln", "baeckereigrosssoehnede"],
            ),
            ("Ørsted Bjørk ApS", "Århus", "DK", ["orstedbjork", "orstedbjorkarhus", "orstedbjorkdk"]),
            ("Łódzkie Zakłady", "", "PL", ["lodzkiezaklady", "", "lodzkiezakladypl"]),
            ("株式会社", "東京", "JP", ["", "", ""]),
            ("", "Berlin", "DE", ["", "", ""]),
            ("GmbH", "Berlin", "DE", ["", "", ""]),
        ] {
            let proposed = propose(&form(name, city, country));
            assert_eq!([proposed.prefix, proposed.fallback_1, proposed.fallback_2], wanted, "{name}");
        }
    }

    #[test]
    fn cuts_at_27_characters() {
        let proposed = propose(&form("Vereinigte Norddeutsche Schifffahrtsbetriebe AG", "Wilhelmshaven", "DE"));
        assert_eq!(proposed.prefix, "vereinigtenorddeutscheschif");
        assert_eq!(proposed.fallback_1, "vereinigtenorddwilhelmshave");
        assert_eq!(proposed.fallback_2, "vereinigtenorddeutscheschde");
    }

    #[test]
    fn follows_the_name_until_touched() {
        let before = form("Ziel", "", "PL");
        let mut now = form("Zielony", "Gdańsk", "PL");
        follow(&before, &mut now);
        assert_eq!((now.domain_prefix.as_str(), now.fallback_prefix_1.as_str()), ("zielony", "zielonygdansk"));

        let before = now.clone();
        now.domain_prefix = "meins".into();
        now.domain_prefix_touched = true;
        now.company_name = "Zielony Port".into();
        follow(&before, &mut now);
        assert_eq!(now.domain_prefix, "meins", "a typed prefix is the person's");
    }

    #[test]
    fn a_fallback_that_was_emptied_stays_empty() {
        let mut first = form("Zielony", "Gdańsk", "PL");
        follow(&CustomerForm::default(), &mut first);
        assert_eq!(first.fallback_prefix_1, "zielonygdansk");
        let mut emptied = CustomerForm { fallback_prefix_1: String::new(), ..first.clone() };
        follow(&first, &mut emptied);
        assert_eq!(emptied.fallback_prefix_1, "");
        let mut later = CustomerForm { company_name: "Zielony Port".into(), ..emptied.clone() };
        follow(&emptied, &mut later);
        assert_eq!(later.fallback_prefix_1, "", "it does not come back with the next letter");
    }

    proptest::proptest! {
        #[test]
        fn always_well_formed(name in "\\PC*", city in "\\PC*") {
            let proposed = propose(&form(&name, &city, "DE"));
            for prefix in [proposed.prefix, proposed.fallback_1, proposed.fallback_2] {
                proptest::prop_assert!(prefix.len() <= PREFIX_MAX);
                proptest::prop_assert!(prefix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
            }
        }
    }
}
