//! What keeps lists quick must not change what they say: places, the index of parts, kept figures and row numbers
//! against a plain look at every row.
#![allow(clippy::wildcard_enum_match_arm, reason = "a test names what it asks about")]

use crate::support::*;
use cb_domain::catalogue::Term;
use cb_domain::change::Decision;
use cb_domain::customer::Customer;
use cb_domain::ids::{ResellerId, TenantId};
use cb_domain::operation::{CreateCustomer, OperationPayload, OperationState};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::fold::{fold, fold_all};
use cb_store::{Book, CustomerPageQuery, CustomerPageRows, CustomerSort, CustomerState, EndingQuery, TermDecided};
use uuid::Uuid;

/// A small generator; the same seed, the same book.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(end).unwrap()).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn uuid(&mut self) -> Uuid {
        Uuid::from_u128((0..4).fold(0, |id, _| (id << 32) | self.below(1 << 31) as u128))
    }
}

const FIRST: [&str; 8] = ["Bäckerei", "Bau", "Łódź", "Østergård", "Straßen-", "Škoda", "Ärzte", "Meier & Söhne"];
const SECOND: [&str; 7] = ["Müller", "Nowak", "Æther", "GmbH", "Ĳssel", "Ñandú", "42"];

fn named(dice: &mut Dice, name: String, resellers: &[ResellerId]) -> Customer {
    let mut one = customer(&name, [None, Some(resellers[0]), Some(resellers[1])][dice.below(3)]);
    one.tenant_id = Some(TenantId(dice.uuid()));
    one.country = dice.pick(&["DE", "PL", "AT"]).into();
    one.town = dice.pick(&["Łódź", "Görlitz", "Århus"]).into();
    one.alias = dice.pick(&["", "Dock 3", "Zentrale"]).into();
    one.contact_name = dice.pick(&["Ana Moos", "Jörg Groß", "Zoë d'Aubigné"]).into();
    one.contact_email = format!("{}@example.com", dice.pick(&["ana.moos", "office", "j-gross"]));
    one.registration_number = format!("{:03}-{:02}", dice.below(1000), dice.below(100));
    one
}

fn any_name(dice: &mut Dice) -> String {
    format!("{} {} {}", dice.pick(&FIRST), dice.pick(&SECOND), dice.below(40))
}

fn query(search: &str) -> CustomerPageQuery {
    CustomerPageQuery { search: search.into(), limit: 100, now: now(), ..CustomerPageQuery::default() }
}

async fn page(book: &Book, query: CustomerPageQuery) -> CustomerPageRows {
    book.read(move |db| db.customers().page(&query)).await.unwrap()
}

/// Every page of a list, by its keys.
async fn whole(book: &Book, query: CustomerPageQuery) -> Vec<Customer> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let part = page(book, CustomerPageQuery { after, ..query.clone() }).await;
        all.extend(part.rows.into_iter().map(|row| row.customer));
        after = part.next;
        if after.is_none() {
            return all;
        }
    }
}

fn ids(customers: &[Customer]) -> Vec<Uuid> {
    customers.iter().map(|customer| customer.id.0).collect()
}

/// What the list shall find, said without an index.
fn fits(customer: &Customer, search: &str) -> bool {
    let digits: String = customer.registration_number.chars().filter(char::is_ascii_digit).collect();
    let words = fold_all(&[
        &customer.name,
        &customer.alias,
        &customer.domain_prefix,
        &customer.contact_name,
        &customer.contact_email,
        &customer.registration_number,
        &digits,
        &customer.town,
    ]);
    let tenant = customer.tenant_id.unwrap().to_string();
    fold(search).split_whitespace().all(|word| match word.chars().count() {
        1 if word.chars().all(char::is_alphanumeric) => words.split_whitespace().any(|other| other.starts_with(word)),
        8.. if tenant.starts_with(word) => true,
        _ => words.contains(word),
    })
}

/// 700 customers: some in order of their names, some in any order, some renamed, moved and given to another reseller.
async fn grown(dice: &mut Dice) -> (Book, Vec<Customer>, Vec<ResellerId>) {
    let book = book();
    let resellers = [reseller("Zeta"), reseller("Alpha")];
    let of: Vec<ResellerId> = resellers.iter().map(|reseller| reseller.id).collect();
    book.write(move |tx| resellers.iter().try_for_each(|one| tx.put_reseller(one))).await.unwrap();
    let mut names: Vec<String> = (0..300).map(|_| any_name(dice)).collect();
    names.extend(["B".into(), "Ł".into(), "Š".into()]);
    names.extend((0..200).map(|number| format!("Bau Nowak 3{number:04}")));
    names.extend((0..200).rev().map(|number| format!("Bau Nowak 3{number:04} b")));
    let mut customers: Vec<Customer> = names.into_iter().map(|name| named(dice, name, &of)).collect();
    let put = customers.clone();
    book.write(move |tx| put.iter().try_for_each(|one| tx.put_customer(one))).await.unwrap();
    for _ in 0..150 {
        let at = dice.below(customers.len());
        let (id, tenant, prefix) = (customers[at].id, customers[at].tenant_id, customers[at].domain_prefix.clone());
        let name = any_name(dice);
        customers[at] = Customer { id, tenant_id: tenant, domain_prefix: prefix, ..named(dice, name, &of) };
        let put = customers[at].clone();
        book.write(move |tx| tx.put_customer(&put)).await.unwrap();
    }
    (book, customers, of)
}

#[tokio::test]
async fn the_index_finds_what_a_plain_look_finds_in_the_same_order() {
    let mut dice = Dice(7);
    let (book, customers, of) = grown(&mut dice).await;
    let all = whole(&book, query("")).await;
    assert_eq!(all.len(), customers.len());
    let tenant = customers[5].tenant_id.unwrap().to_string();
    let texts = [
        "b",
        "l",
        "m",
        "ba",
        "lo",
        "dz",
        "od",
        "odz",
        "lodz",
        "LÓDŹ",
        "strass",
        "straßen-",
        "ost",
        "stergard",
        "muller",
        "mueller",
        "nowak 30",
        "bau no",
        "b n 1",
        "skoda aether",
        "ñand",
        "42 4",
        "&",
        "& s",
        "söhne",
        "a.moos",
        "ana.moos@ex",
        "d'aub",
        "j-gr",
        "526",
        "00",
        "gmbh gorlitz",
        "dock 3",
        "zentr",
        "xyz",
        "bau nowak 30017",
        "-",
        "ijssel",
        "%",
        "\"",
        "example.com",
        &tenant,
        &tenant[..9],
        &tenant[..8],
    ];
    for text in texts {
        let letters = text.chars().any(char::is_alphanumeric);
        let expected: Vec<Uuid> = all.iter().filter(|one| letters && fits(one, text)).map(|one| one.id.0).collect();
        assert_eq!(ids(&whole(&book, query(text)).await), expected, "search for {text:?}");
        let falling = whole(&book, CustomerPageQuery { descending: true, ..query(text) }).await;
        assert_eq!(ids(&falling).into_iter().rev().collect::<Vec<_>>(), expected, "falling search for {text:?}");
        let mut seats = ids(&whole(&book, CustomerPageQuery { sort: CustomerSort::Seats, ..query(text) }).await);
        seats.sort_unstable();
        let mut sorted = expected.clone();
        sorted.sort_unstable();
        assert_eq!(seats, sorted, "search for {text:?} by seats");
        let narrow = CustomerPageQuery { reseller_ids: vec![of[0]], countries: vec!["PL".into()], ..query(text) };
        let narrow = whole(&book, narrow).await;
        let kept: Vec<Uuid> = all
            .iter()
            .filter(|one| expected.contains(&one.id.0) && one.reseller_id == Some(of[0]) && one.country == "PL")
            .map(|one| one.id.0)
            .collect();
        assert_eq!(ids(&narrow), kept, "search for {text:?} within a reseller and a country");
    }
}

#[tokio::test]
async fn a_jump_lands_on_the_row_that_scrolling_would_have_reached() {
    let (book, _, of) = grown(&mut Dice(11)).await;
    for sort in [CustomerSort::Name, CustomerSort::Country, CustomerSort::Seats] {
        for descending in [false, true] {
            for reseller_ids in [Vec::new(), vec![of[1]]] {
                for search in ["", "nowak"] {
                    let base =
                        CustomerPageQuery { sort, descending, reseller_ids: reseller_ids.clone(), ..query(search) };
                    let all = ids(&whole(&book, base.clone()).await);
                    for row in [0, 1, 99, 100, 101, 263, 690, 5_000] {
                        let part = page(&book, CustomerPageQuery { row, limit: 20, ..base.clone() }).await;
                        let got: Vec<Uuid> = part.rows.iter().map(|row| row.customer.id.0).collect();
                        let from = all.len().min(row as usize);
                        assert_eq!(got, all[from..all.len().min(from + 20)], "{base:?} row {row}");
                        assert_eq!(part.first_row, row);
                    }
                }
            }
        }
    }
    let all = whole(&book, query("")).await;
    for at in [0, 3, 77, 350, 699] {
        let around = page(&book, CustomerPageQuery { around: Some(all[at].id), limit: 20, ..query("") }).await;
        let found = around.rows.iter().position(|row| row.customer.id == all[at].id).unwrap();
        assert_eq!(around.first_row as usize + found, at, "row number of a customer");
    }
    let from_s = page(&book, CustomerPageQuery { from: "Š".into(), limit: 1, ..query("") }).await;
    let expected = all.iter().find(|one| fold(&one.name).as_str() >= "s").unwrap();
    assert_eq!(from_s.rows[0].customer.id, expected.id, "a letter leads to the first name from it on");
}

/// What would make this customer.
fn wish(one: &Customer) -> CreateCustomer {
    CreateCustomer {
        reseller_tenant: TenantId(uuid()),
        prefixes: vec![one.domain_prefix.clone()],
        company_name: one.name.clone(),
        country: one.country.clone(),
        registration_number: None,
        address_line_1: "Hafenstraße 12".into(),
        address_line_2: None,
        city: one.town.clone(),
        state: None,
        postal_code: None,
        first_name: "Ana".into(),
        last_name: "Moos".into(),
        email: one.contact_email.clone(),
        phone: None,
        language: "de".into(),
        culture: "de-DE".into(),
        qualification: None,
    }
}

/// Gives up the creation of every so many customers: they are in no list any more.
async fn give_up(book: &Book, customers: &[Customer], every: usize) {
    let gone: Vec<Customer> = customers.iter().step_by(every).cloned().collect();
    book.write(move |tx| {
        for (sequence, one) in (1..).zip(gone) {
            tx.put_customer(&Customer { tenant_id: None, ..one.clone() })?;
            let submit = onboarding(one.id);
            tx.insert_onboarding(&submit)?;
            let mut create = operation(&submit, sequence, OperationPayload::CreateCustomer(Box::new(wish(&one))));
            tx.insert_operation(&create)?;
            create.state = OperationState::Cancelled;
            tx.update_operation(&create, OperationState::Queued)?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_row_number_leads_to_its_row_in_many_blocks_that_grow_and_shrink() {
    let mut dice = Dice(29);
    let book = book();
    let of = [reseller("Zeta"), reseller("Alpha")];
    let ids_of = [of[0].id, of[1].id];
    book.write(move |tx| of.iter().try_for_each(|one| tx.put_reseller(one))).await.unwrap();
    // Sorted ones, so that only the last block grows; then any, so that all do; then some that move far.
    let mut customers: Vec<Customer> =
        (0..900).map(|number| named(&mut dice, format!("Bau {number:05}"), &ids_of)).collect();
    customers.extend((0..900).map(|_| {
        let name = format!("Bau {:05} {}", dice.below(900), dice.below(1_000_000));
        named(&mut dice, name, &ids_of)
    }));
    let put = customers.clone();
    book.write(move |tx| put.iter().try_for_each(|one| tx.put_customer(one))).await.unwrap();
    for one in customers.iter_mut().take(600) {
        one.name = format!("Abel {}", dice.below(1_000_000));
    }
    let put: Vec<Customer> = customers.iter().take(600).cloned().collect();
    book.write(move |tx| put.iter().try_for_each(|one| tx.put_customer(one))).await.unwrap();
    for every in [0, 17] {
        if every > 0 {
            give_up(&book, &customers, every).await;
        }
        for descending in [false, true] {
            let base = CustomerPageQuery { descending, ..query("") };
            let all = ids(&whole(&book, base.clone()).await);
            assert_eq!(all.len(), customers.len() - if every > 0 { customers.len().div_ceil(every) } else { 0 });
            for row in (0..all.len() + 2).step_by(13) {
                let part =
                    page(&book, CustomerPageQuery { row: u32::try_from(row).unwrap(), limit: 3, ..base.clone() }).await;
                let got: Vec<Uuid> = part.rows.iter().map(|row| row.customer.id.0).collect();
                assert_eq!(got, all[row.min(all.len())..all.len().min(row + 3)], "row {row}, {descending}, {every}");
            }
        }
        let all = whole(&book, query("")).await;
        for at in (0..all.len()).step_by(37) {
            let around = page(&book, CustomerPageQuery { around: Some(all[at].id), limit: 2, ..query("") }).await;
            let found = around.rows.iter().position(|row| row.customer.id == all[at].id).unwrap();
            assert_eq!(around.first_row as usize + found, at, "row number of a customer, {every}");
        }
    }
}

#[tokio::test]
async fn kept_figures_are_what_counting_would_say() {
    let mut dice = Dice(3);
    let (book, customers, of) = grown(&mut dice).await;
    let mut subscriptions: Vec<Subscription> = Vec::new();
    for at in 0..400 {
        let mut one = subscription(customers[dice.below(customers.len())].id, u32::try_from(dice.below(20)).unwrap());
        one.ends_at = [None, Some(days(40)), Some(days(80)), Some(days(200))][at % 4];
        one.auto_renew = dice.below(2) == 0;
        one.reseller_of_record = [None, Some(of[0]), Some(of[1])][dice.below(3)];
        subscriptions.push(one);
    }
    let put = subscriptions.clone();
    book.write(move |tx| put.iter().try_for_each(|one| tx.put_subscription(one))).await.unwrap();
    for _ in 0..200 {
        let at = dice.below(subscriptions.len());
        let one = &mut subscriptions[at];
        one.quantity = u32::try_from(dice.below(9)).unwrap();
        one.ends_at = [None, Some(days(70)), Some(days(300))][dice.below(3)];
        one.auto_renew = dice.below(2) == 0;
        one.status =
            [SubscriptionStatus::Active, SubscriptionStatus::Deleted, SubscriptionStatus::Expired][dice.below(3)];
        one.reseller_of_record = [None, Some(of[0]), Some(of[1])][dice.below(3)];
        let put = one.clone();
        book.write(move |tx| tx.put_subscription(&put)).await.unwrap();
    }
    let live = |one: &&Subscription| one.status == SubscriptionStatus::Active;
    let of_reseller = |reseller: ResellerId| {
        let mine: Vec<_> = customers.iter().filter(|one| one.reseller_id == Some(reseller)).map(|one| one.id).collect();
        let seats =
            subscriptions.iter().filter(live).filter(|one| mine.contains(&one.customer_id)).map(|one| one.quantity);
        (u32::try_from(mine.len()).unwrap(), seats.sum::<u32>())
    };
    let figures = book.read(|db| db.resellers().figures()).await.unwrap();
    for reseller in &of {
        let kept = &figures[reseller];
        assert_eq!((kept.customers, kept.seats), of_reseller(*reseller));
        let listed = page(&book, CustomerPageQuery { reseller_ids: vec![*reseller], limit: 5, ..query("") }).await;
        assert_eq!((listed.matching, listed.more), (kept.customers, false), "the list counts like the figure");
    }
    for reseller in of.iter().copied() {
        let (kept, listed) = book
            .read(move |db| {
                Ok((db.reseller_book().on_record_count(reseller)?, db.reseller_book().on_record(reseller)?.len()))
            })
            .await
            .unwrap();
        let counted = subscriptions.iter().filter(live).filter(|one| one.reseller_of_record == Some(reseller)).count();
        assert_eq!((kept as usize, listed), (counted, counted), "subscriptions that name a reseller of record");
    }
    let months = book.read(|db| db.subscriptions().renewals_by_month(now(), days(364))).await.unwrap();
    for (month, decided, open) in &months {
        let ends = |one: &&Subscription| one.ends_at.is_some_and(|at| at.to_string().starts_with(month.as_str()));
        let count =
            |auto: bool| subscriptions.iter().filter(live).filter(ends).filter(|one| one.auto_renew == auto).count();
        assert_eq!((*decided as usize, *open as usize), (count(true), count(false)), "{month}");
    }
    assert!(!months.is_empty());
    for state in [CustomerState::TermEnds, CustomerState::Confirmed] {
        let listed = whole(&book, CustomerPageQuery { states: vec![state], ..query("") }).await;
        let wanted = |one: &&Customer| match state {
            CustomerState::TermEnds => subscriptions
                .iter()
                .filter(live)
                .any(|s| s.customer_id == one.id && !s.auto_renew && s.ends_at.is_some_and(|at| at > now())),
            _ => true,
        };
        assert_eq!(listed.len(), customers.iter().filter(wanted).count(), "{state:?}");
    }
    let initials: u32 = book.read(|db| db.customers().initials()).await.unwrap().iter().map(|(_, count)| count).sum();
    assert_eq!(initials as usize, customers.len());
}

/// Whether a subscription asks for a decision, said without an index.
fn asks(one: &Subscription, reseller: Option<ResellerId>) -> bool {
    let Some(end) = one.ends_at.filter(|end| *end > now()) else { return false };
    let soon = if one.auto_renew { one.term != Term::P1M && end <= days(14) } else { end <= days(30) };
    soon && one.status == SubscriptionStatus::Active && reseller.is_none_or(|id| one.reseller_of_record == Some(id))
}

#[tokio::test]
async fn ends_of_terms_that_ask_are_found_soonest_first_on_pages_of_any_size() {
    for seed in 0..6 {
        let mut dice = Dice(seed);
        let book = book();
        let (owner, other) = (reseller("Zeta"), reseller("Alpha"));
        let of = [owner.id, other.id];
        let one = customer("Bau", Some(owner.id));
        let id = one.id;
        let mut all = Vec::new();
        for number in 0..120 {
            let mut one = subscription(id, number);
            one.ends_at =
                [None, Some(days(i64::try_from(dice.below(40)).unwrap() - 3))][usize::from(dice.below(9) > 0)];
            one.auto_renew = dice.below(2) == 0;
            one.term = [Term::P1M, Term::P1Y][dice.below(2)];
            one.status = [SubscriptionStatus::Active, SubscriptionStatus::Suspended][usize::from(dice.below(6) == 0)];
            one.reseller_of_record = [None, Some(of[0]), Some(of[1])][dice.below(3)];
            all.push(one);
        }
        let put = all.clone();
        book.write(move |tx| {
            tx.put_reseller(&owner)?;
            tx.put_reseller(&other)?;
            tx.put_customer(&one)?;
            put.iter().try_for_each(|one| tx.put_subscription(one))
        })
        .await
        .unwrap();
        // Some were decided, one of them about an end that has passed.
        let decided: Vec<Subscription> = all.iter().filter(|one| one.ends_at.is_some()).take(30).cloned().collect();
        let put: Vec<_> = decided.iter().map(|one| (one.id, one.ends_at.unwrap())).collect();
        book.write(move |tx| {
            for (number, (id, ends_at)) in put.into_iter().enumerate() {
                let ends_at = if number == 0 { days(-300) } else { ends_at };
                let decision =
                    TermDecided { ends_at, decision: Decision::Renew, operation_id: None, decided_at: now() };
                tx.put_term_decision(id, &decision)?;
            }
            Ok(())
        })
        .await
        .unwrap();
        for reseller in [None, Some(of[0])] {
            let mut expected: Vec<&Subscription> = all
                .iter()
                .filter(|one| asks(one, reseller) && !decided.iter().skip(1).any(|other| other.id == one.id))
                .collect();
            expected.sort_by_key(|one| one.ends_at);
            let query =
                EndingQuery { from: now(), to: days(400), near: days(30), soon: days(14), reseller, only_open: true };
            for limit in [1, 7, 500] {
                let (mut found, mut after) = (Vec::new(), None);
                loop {
                    let (query, from) = (query.clone(), after);
                    let (ids, next) =
                        book.read(move |db| db.subscription_book().ending(&query, from, limit)).await.unwrap();
                    found.extend(ids);
                    after = next;
                    if after.is_none() {
                        break;
                    }
                }
                let ends: Vec<_> =
                    found.iter().map(|id| all.iter().find(|one| one.id == *id).unwrap().ends_at).collect();
                assert!(ends.is_sorted(), "soonest first");
                let (mut found, mut wanted) = (found, expected.iter().map(|one| one.id).collect::<Vec<_>>());
                found.sort();
                wanted.sort();
                assert_eq!(found, wanted, "seed {seed}, {reseller:?}, pages of {limit}");
            }
        }
    }
}

#[tokio::test]
async fn the_global_search_names_those_who_are_called_so_before_those_who_know_somebody_called_so() {
    let book = book();
    let mut customers: Vec<Customer> = (0..60)
        .map(|number| Customer { contact_name: "Jörg Müller".into(), ..customer(&format!("Abel {number:02}"), None) })
        .collect();
    customers.push(customer("Tischlerei Müller", None));
    customers.push(Customer { alias: "Müllers Laden".into(), ..customer("Zoo", None) });
    customers.push(customer("Wassermüllerei", None));
    book.write(move |tx| customers.iter().try_for_each(|one| tx.put_customer(one))).await.unwrap();
    let found = |text: &'static str| {
        let book = &book;
        async move {
            let rows = book.read(move |db| db.search(text, 12)).await.unwrap();
            rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
        }
    };
    for text in ["mü", "mül", "mueller", "muell", "m"] {
        assert_eq!(found(text).await[..2], ["Tischlerei Müller", "Zoo"], "search for {text:?}");
        assert!(found(text).await.len() > 5, "the others follow: {text:?}");
    }
    assert_eq!(found("müller tisch").await, ["Tischlerei Müller"]);
    assert_eq!(found("abel 03").await[..1], ["Abel 03"]);
    assert_eq!(found("wassermu").await, ["Wassermüllerei"]);
}
