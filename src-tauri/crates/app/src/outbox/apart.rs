//! Customers of the same name, told apart in the list: by town or domain, and where these are the same, by when they were
//! entered.

use crate::views::OperationRow;
use cb_domain::ids::CustomerId;
use cb_store::{Db, StoreError};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What tells a customer from another of its name.
struct Hint {
    place: String,
    entered: Option<String>,
}

/// Gives each row of a customer that is not alone with its name a hint.
pub(super) fn tell_apart(db: &Db, rows: &mut [OperationRow]) -> Result<(), StoreError> {
    let mut by_name: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows.iter() {
        by_name.entry(row.customer_name.to_lowercase()).or_default().insert(row.customer_id.clone());
    }
    let mut hints: HashMap<String, Hint> = HashMap::new();
    for ids in by_name.into_values().filter(|ids| ids.len() > 1) {
        let (mut places, mut entered) = (Vec::new(), Vec::new());
        for id in &ids {
            let customer = match id.parse() {
                Ok(id) => db.customers().get(CustomerId(id))?,
                Err(_) => None,
            };
            entered.push(customer.as_ref().map(|one| one.created_at.to_string()));
            places.push(customer.map(|one| (one.town, one.domain_prefix)).unwrap_or_default());
        }
        let told = differences(&places);
        for ((id, place), entered) in ids.into_iter().zip(&told).zip(entered) {
            // The very same place: then by when they were entered.
            let alike = told.iter().filter(|other| *other == place).count() > 1;
            hints.insert(id, Hint { place: place.clone(), entered: entered.filter(|_| alike) });
        }
    }
    for row in rows {
        if let Some(hint) = hints.get(&row.customer_id) {
            row.customer_hint.clone_from(&hint.place);
            row.customer_entered.clone_from(&hint.entered);
        }
    }
    Ok(())
}

/// What tells places (town, domain) from each other: the towns where all of them differ, else the domains, else both.
fn differences(places: &[(String, String)]) -> Vec<String> {
    let differ = |of: fn(&(String, String)) -> &str| {
        let seen: BTreeSet<String> = places.iter().map(|one| of(one).to_lowercase()).collect();
        seen.len() == places.len() && !seen.contains("")
    };
    let both = |(town, domain): &(String, String)| {
        [town.as_str(), domain].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    if differ(|one| &one.0) {
        places.iter().map(|one| one.0.clone()).collect()
    } else if differ(|one| &one.1) {
        places.iter().map(|one| one.1.clone()).collect()
    } else {
        places.iter().map(both).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_difference_is_told() {
        for (places, wanted) in [
            (vec![("Kiel", "brandt"), ("Husum", "brandt2")], vec!["Kiel", "Husum"]),
            (vec![("Kiel", "brandt"), ("kiel", "brandt2")], vec!["brandt", "brandt2"]),
            (vec![("", "brandt"), ("Kiel", "brandt2")], vec!["brandt", "brandt2"]),
            (
                vec![("Kiel", "brandt"), ("Kiel", "brandt2"), ("Husum", "brandt")],
                vec!["Kiel, brandt", "Kiel, brandt2", "Husum, brandt"],
            ),
            (vec![("Kiel", ""), ("Kiel", "brandt")], vec!["Kiel", "Kiel, brandt"]),
        ] {
            let places: Vec<_> =
                places.iter().map(|(town, domain)| ((*town).to_owned(), (*domain).to_owned())).collect();
            assert_eq!(differences(&places), wanted, "{places:?}");
        }
    }
}
