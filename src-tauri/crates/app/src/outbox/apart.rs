//! Two customers of the same name, told apart by town or domain in the list.

use crate::views::OperationRow;
use cb_domain::ids::CustomerId;
use cb_store::{Db, StoreError};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Gives each row of a customer that is not alone with its name a hint.
pub(super) fn tell_apart(db: &Db, rows: &mut [OperationRow]) -> Result<(), StoreError> {
    let mut by_name: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows.iter() {
        by_name.entry(row.customer_name.to_lowercase()).or_default().insert(row.customer_id.clone());
    }
    let mut hints: HashMap<String, String> = HashMap::new();
    for ids in by_name.into_values().filter(|ids| ids.len() > 1) {
        let mut places = Vec::new();
        for id in &ids {
            let customer = match id.parse() {
                Ok(id) => db.customers().get(CustomerId(id))?,
                Err(_) => None,
            };
            places.push(customer.map(|one| (one.town, one.domain_prefix)).unwrap_or_default());
        }
        hints.extend(ids.into_iter().zip(differences(&places)));
    }
    for row in rows {
        row.customer_hint = hints.get(&row.customer_id).cloned().unwrap_or_default();
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
            (vec![("Kiel", "brandt"), ("Kiel", "brandt2"), ("Husum", "brandt")], vec![
                "Kiel, brandt",
                "Kiel, brandt2",
                "Husum, brandt",
            ]),
            (vec![("Kiel", ""), ("Kiel", "brandt")], vec!["Kiel", "Kiel, brandt"]),
        ] {
            let places: Vec<_> = places.iter().map(|(town, domain)| ((*town).to_owned(), (*domain).to_owned())).collect();
            assert_eq!(differences(&places), wanted, "{places:?}");
        }
    }
}
