//! The list of support contacts against a plain look at every row: whatever is searched and filtered, and on pages of any
//! size.

use crate::support::*;
use cb_domain::catalogue::{CommerceKind, SkuKey};
use cb_domain::customer::Customer;
use cb_domain::ids::{ResellerId, SubscriptionId};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::fold::fold;
use cb_store::{Book, Counted, SupportQuery};

const PRODUCTS: [(&str, &str); 4] =
    [("A", "Contoso Apps"), ("B", "Contoso Mail für Büros"), ("C", "Nowak Planer"), ("D", "Visio")];

struct Known {
    owner: Customer,
    subscription: Subscription,
    /// What somebody chose.
    chosen: Option<Option<ResellerId>>,
}

/// Two resellers, one with a default, and a direct customer among the others' ones.
async fn fill(book: &Book) -> (Vec<Known>, [ResellerId; 2]) {
    let resellers = [reseller("Zeta"), reseller("Alpha")];
    let of = [resellers[0].id, resellers[1].id];
    let mut all = Vec::new();
    for number in 0..75_usize {
        let name = ["Bäckerei Nowak", "Łódź Bau", "Contoso", "Meier & Söhne"][number % 4];
        let mut owner = customer(&format!("{name} {}", number % 11), [None, Some(of[0]), Some(of[1])][number % 3]);
        owner.town = "Görlitz".into();
        for at in 0..3_usize {
            let (product, title) = PRODUCTS[(number + at * at) % 4];
            let mut one = subscription(owner.id, 5);
            one.sku = SkuKey { product_id: product.into(), sku_id: "1".into() };
            one.product_name = title.into();
            one.commerce = if (number + at) % 7 == 0 { CommerceKind::Legacy } else { CommerceKind::New };
            one.order_id = Some(format!("Ord{number}x{at}"));
            if (number + at) % 19 == 0 {
                one.status = SubscriptionStatus::Expired;
            }
            let chosen = match (number * 3 + at) % 13 {
                0 => Some(None),
                1 => Some(Some(of[1])),
                2 => Some(Some(of[0])),
                _ => None,
            };
            all.push(Known { owner: owner.clone(), subscription: one, chosen });
        }
    }
    let put: Vec<_> = all.iter().map(|one| (one.owner.clone(), one.subscription.clone(), one.chosen)).collect();
    book.write(move |tx| {
        resellers.iter().try_for_each(|one| tx.put_reseller(one))?;
        tx.put_reseller_support(of[0], Some(of[1]))?;
        for (owner, one, chosen) in &put {
            tx.put_customer(owner)?;
            tx.put_subscription(one)?;
            if let Some(contact) = chosen {
                tx.put_subscription_support(one.id, *contact, now())?;
            }
        }
        Ok(())
    })
    .await
    .unwrap();
    (all, of)
}

fn default_of(one: &Known, of: [ResellerId; 2]) -> Option<ResellerId> {
    (one.owner.reseller_id == Some(of[0])).then_some(of[1])
}

fn deviates(one: &Known, of: [ResellerId; 2]) -> bool {
    one.chosen.is_some_and(|chosen| chosen != default_of(one, of))
}

/// Said without an index.
fn fits(one: &Known, query: &SupportQuery, of: [ResellerId; 2]) -> bool {
    let text = fold(&query.search);
    let owner = fold(
        &[&*one.owner.name, &one.owner.alias, &one.owner.domain_prefix, &one.owner.town, &one.owner.contact_name]
            .join(" "),
    );
    let product = fold(&one.subscription.product_name);
    let begins = |word: &str, words: &str| words.split([' ', '&']).any(|other| other.starts_with(word));
    let customer =
        text.split(' ').all(|word| if word.len() == 1 { begins(word, &owner) } else { owner.contains(word) });
    let called = text.split(' ').all(|word| product.contains(word));
    let order = one.subscription.order_id.as_deref().unwrap_or_default();
    let number = text.len() >= 4 && (order.starts_with(&text) || order.starts_with(&text.to_uppercase()));
    let contact = one.chosen.unwrap_or(default_of(one, of));
    (text.is_empty() || customer || called || number)
        && one.subscription.status == SubscriptionStatus::Active
        && query.reseller.is_none_or(|reseller| one.owner.reseller_id == Some(reseller))
        && query.legacy.is_none_or(|legacy| (one.subscription.commerce == CommerceKind::Legacy) == legacy)
        && (!query.deviating || deviates(one, of))
        && (!query.without_contact || contact.is_none())
}

async fn listed(book: &Book, query: &SupportQuery, limit: u32) -> Vec<SubscriptionId> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let (asked, from) = (query.clone(), after);
        let page = book.read(move |db| db.subscription_book().supported(&asked, from.as_ref(), limit)).await.unwrap();
        all.extend(page.0.into_iter().map(|one| one.subscription.id));
        after = page.1;
        if after.is_none() {
            return all;
        }
    }
}

#[tokio::test]
async fn the_list_of_contacts_finds_what_a_plain_look_finds() {
    let book = book();
    let (all, of) = fill(&book).await;
    let mut seen = 0;
    for search in ["", "nowak", "NOWAK 3", "odz", "contoso", "büro", "s", "visio", "gorl", "xyzzy", "ord7x", "meier 1"]
    {
        for reseller in [None, Some(of[0])] {
            for legacy in [None, Some(true), Some(false)] {
                for (deviating, without_contact) in [(false, false), (true, false), (false, true)] {
                    let search = search.to_owned();
                    let query = SupportQuery { reseller, search, legacy, deviating, without_contact };
                    let wanted: Vec<&Known> = all.iter().filter(|one| fits(one, &query, of)).collect();
                    let found = listed(&book, &query, 500).await;
                    assert_eq!(found, listed(&book, &query, 7).await, "{query:?}: on pages of seven");
                    let mut names: Vec<_> = wanted.iter().map(|one| fold(&one.owner.name)).collect();
                    names.sort();
                    let of_id = |id: &SubscriptionId| all.iter().find(|one| one.subscription.id == *id).unwrap();
                    let in_order: Vec<_> = found.iter().map(|id| fold(&of_id(id).owner.name)).collect();
                    assert_eq!(in_order, names, "{query:?}: by name");
                    let (mut ours, mut theirs) =
                        (found, wanted.iter().map(|one| one.subscription.id).collect::<Vec<_>>());
                    ours.sort();
                    theirs.sort();
                    assert_eq!(ours, theirs, "{query:?}");
                    let asked = query.clone();
                    let counts = book.read(move |db| db.subscription_book().supported_count(&asked)).await.unwrap();
                    let count = |number: usize| Counted { count: u32::try_from(number).unwrap(), more: false };
                    let odd = wanted.iter().filter(|one| deviates(one, of)).count();
                    assert_eq!(counts, (count(wanted.len()), count(odd)), "{query:?}");
                    seen += wanted.len();
                }
            }
        }
    }
    assert!(seen > 500, "most searches find something: {seen}");
}
