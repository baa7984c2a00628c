//! Windows of customers and lists by state, whatever their number: against a plain look at every row.

use super::support::{book, customer, days, now, subscription};
use cb_domain::catalogue::CommerceKind;
use cb_domain::change::{Batch, Closing, Details, Windowed, next_to_close};
use cb_domain::customer::Customer;
use cb_domain::ids::CustomerId;
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{Book, CustomerPageQuery, CustomerPageRows, CustomerSort, CustomerState};
use std::collections::BTreeSet;

/// A small generator; the same seed, the same book.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}

struct World {
    book: Book,
    customers: Vec<Customer>,
    all: Vec<(Subscription, Option<Details>)>,
}

/// So many customers with so many subscriptions each, in every status; of some licences can go back.
async fn world(seed: u64, customers: u64, each: u64) -> World {
    use SubscriptionStatus as S;
    let mut dice = Dice(seed);
    let book = book();
    let customers: Vec<Customer> = (0..customers)
        .map(|number| {
            let country = dice.pick(&["DE", "PL"]).to_owned();
            Customer { country, ..customer(&format!("Firma {}", (number * 37) % 101), None) }
        })
        .collect();
    let mut all = Vec::new();
    for owner in &customers {
        for _ in 0..each {
            let quantity = u32::try_from(1 + dice.below(9)).unwrap();
            let one = Subscription {
                status: dice.pick(&[S::Active, S::Active, S::Active, S::Suspended, S::Pending, S::Deleted]),
                commerce: dice.pick(&[CommerceKind::New, CommerceKind::New, CommerceKind::New, CommerceKind::Legacy]),
                cancellable_until: dice.pick(&[None, None, Some(days(-1)), Some(days(2)), Some(days(5))]),
                ..subscription(owner.id, quantity)
            };
            let batches: Vec<Batch> = (0..dice.below(3))
                .map(|_| Batch {
                    quantity: u32::try_from(dice.below(4)).unwrap(),
                    until: days(dice.pick(&[-2, 0, 1, 2, 5])),
                })
                .collect();
            // Older ones have none; some were never read one by one.
            let read = one.commerce == CommerceKind::New && dice.below(3) > 0;
            all.push((one, read.then(|| Details { batches, ..Details::default() })));
        }
    }
    let (owners, put) = (customers.clone(), all.clone());
    book.write(move |tx| {
        tx.quietly(|tx| {
            owners.iter().try_for_each(|one| tx.put_customer(one))?;
            for (one, details) in &put {
                tx.put_subscription(one)?;
                if let Some(details) = details {
                    tx.put_subscription_details(one.id, details, now())?;
                }
            }
            Ok(())
        })
    })
    .await
    .unwrap();
    World { book, customers, all }
}

impl World {
    /// What the rule says of a customer, row by row.
    fn next(&self, id: CustomerId) -> Option<Closing> {
        let mine = self.all.iter().filter(|(one, _)| one.customer_id == id);
        next_to_close(mine.flat_map(|(one, details)| Windowed::of(one, details.as_ref()).closing(now())))
    }

    async fn page(&self, query: CustomerPageQuery) -> CustomerPageRows {
        self.book.read(move |db| db.customers().page(&query)).await.unwrap()
    }

    async fn whole(&self, query: CustomerPageQuery) -> Vec<CustomerId> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let part = self.page(CustomerPageQuery { after, ..query.clone() }).await;
            all.extend(part.rows.into_iter().map(|row| row.customer.id));
            after = part.next;
            if after.is_none() {
                return all;
            }
        }
    }
}

fn query() -> CustomerPageQuery {
    CustomerPageQuery { limit: 30, now: now(), ..CustomerPageQuery::default() }
}

#[tokio::test]
async fn a_list_tells_the_next_window_to_close_of_each_customer_and_its_licences() {
    let world = world(5, 80, 4).await;
    let rows = world.page(CustomerPageQuery { limit: 500, ..query() }).await.rows;
    assert_eq!(rows.len(), 80);
    for row in &rows {
        assert_eq!(row.stands.window, world.next(row.customer.id), "{}", row.customer.name);
    }
    let open = rows.iter().filter(|row| row.stands.window.is_some()).count();
    assert!(open > 20 && open < 80, "{open} have one");
    for owner in world.customers.iter().take(20) {
        let id = owner.id;
        let told = world.book.read(move |db| db.subscription_book().windows_of(id, now())).await.unwrap();
        for (one, details) in world.all.iter().filter(|(one, _)| one.customer_id == id) {
            let next = next_to_close(Windowed::of(one, details.as_ref()).closing(now()));
            assert_eq!(told.get(&one.id).copied(), next, "{one:?}");
        }
    }
}

#[tokio::test]
async fn a_subscription_that_goes_to_another_customer_takes_its_windows_along() {
    let world = world(6, 2, 0).await;
    let [from, to] = [world.customers[0].id, world.customers[1].id];
    let mut one = subscription(from, 9);
    let until = days(3);
    let details = Details { batches: vec![Batch { quantity: 4, until }], ..Details::default() };
    let put = one.clone();
    world
        .book
        .write(move |tx| {
            tx.put_subscription(&put)?;
            tx.put_subscription_details(put.id, &details, now())
        })
        .await
        .unwrap();
    one.customer_id = to;
    world.book.write(move |tx| tx.put_subscription(&one)).await.unwrap();
    let windows = |id| world.book.read(move |db| db.subscription_book().windows_of(id, now()));
    assert!(windows(from).await.unwrap().is_empty());
    let moved: Vec<Closing> = windows(to).await.unwrap().into_values().collect();
    assert_eq!(moved, [Closing { until, quantity: 4 }]);
}

#[tokio::test]
async fn few_in_a_state_are_listed_like_many() {
    // Of the second book more are open than are gathered beforehand.
    for (world, many) in [(world(7, 90, 2).await, false), (world(8, 60, 130).await, true)] {
        let candidates = world.all.iter().filter(|(one, _)| one.cancellable_until > Some(now())).count();
        assert_eq!(candidates > 2_600, many, "{candidates}");
        for sort in [CustomerSort::Name, CustomerSort::Country, CustomerSort::Seats] {
            for descending in [false, true] {
                for countries in [Vec::new(), vec!["PL".to_owned()]] {
                    let base = CustomerPageQuery { sort, descending, countries: countries.clone(), ..query() };
                    let wanted: Vec<CustomerId> =
                        world.whole(base.clone()).await.into_iter().filter(|id| world.next(*id).is_some()).collect();
                    assert!(!wanted.is_empty());
                    let asked = CustomerPageQuery { states: vec![CustomerState::WindowOpen], ..base };
                    assert_eq!(world.whole(asked.clone()).await, wanted, "{asked:?}");
                    for row in [1, 7, 200] {
                        let part = world.page(CustomerPageQuery { row, limit: 5, ..asked.clone() }).await;
                        let got: Vec<CustomerId> = part.rows.iter().map(|row| row.customer.id).collect();
                        let from = wanted.len().min(row as usize);
                        assert_eq!(got, wanted[from..wanted.len().min(from + 5)], "row {row} of {asked:?}");
                    }
                    let first = world.page(CustomerPageQuery { limit: 5, ..asked }).await;
                    if !many && countries.is_empty() {
                        assert_eq!((first.matching as usize, first.more), (wanted.len(), false), "counted");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn a_tag_of_many_narrows_every_order_down() {
    let book = book();
    let owners: Vec<Customer> = (0..2_030).map(|number| customer(&format!("Firma {number}"), None)).collect();
    let tagged: BTreeSet<CustomerId> = owners.iter().take(2_010).map(|one| one.id).collect();
    let put = tagged.clone();
    book.write(move |tx| {
        tx.quietly(|tx| {
            for one in &owners {
                tx.put_customer(one)?;
                if put.contains(&one.id) {
                    tx.put_customer_tags(one.id, &["Key account".to_owned()])?;
                }
            }
            Ok(())
        })
    })
    .await
    .unwrap();
    let world = World { book, customers: Vec::new(), all: Vec::new() };
    for sort in [CustomerSort::Name, CustomerSort::Country, CustomerSort::Seats] {
        let asked = CustomerPageQuery { sort, tags: vec!["key ACCOUNT".to_owned()], limit: 500, ..query() };
        let found = world.whole(asked.clone()).await;
        assert_eq!(found.len(), tagged.len(), "{sort:?}");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), tagged, "{sort:?}");
        let page = world.page(CustomerPageQuery { row: 2_005, ..asked }).await;
        assert_eq!(page.rows.len(), 5, "{sort:?}: a jump near the end");
    }
}

#[tokio::test]
async fn terms_that_have_ended_are_found_in_slices() {
    use SubscriptionStatus as S;
    let world = world(9, 1, 0).await;
    let owner = world.customers[0].id;
    let mut all = Vec::new();
    for number in 0..60 {
        let mut one = subscription(owner, number + 1);
        one.ends_at = [None, Some(days(-3)), Some(days(i64::from(number) - 30)), Some(now())][number as usize % 4];
        one.status = [S::Active, S::Suspended, S::Expired][number as usize % 3];
        all.push(one);
    }
    let put = all.clone();
    world
        .book
        .write(move |tx| {
            put.iter().try_for_each(|one| {
                tx.put_subscription(one)?;
                // Some were read one by one.
                if one.quantity % 2 == 0 {
                    tx.put_subscription_details(one.id, &Details::default(), now())?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let live = |one: &&Subscription| one.status != S::Expired;
    let mut wanted: Vec<&Subscription> =
        all.iter().filter(live).filter(|one| one.ends_at.is_some_and(|at| at <= now())).collect();
    wanted.sort_by_key(|one| one.ends_at);
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let slice = world.book.read(move |db| db.subscription_book().ended(now(), after, 7)).await.unwrap();
        let Some((_, place)) = slice.last() else { break };
        after = Some(*place);
        found.extend(slice.into_iter().map(|(id, (at, _))| (id, at)));
    }
    let ends: Vec<_> = found.iter().map(|(_, at)| Some(*at)).collect();
    assert_eq!(ends, wanted.iter().map(|one| one.ends_at).collect::<Vec<_>>(), "the longest ago first");
    let ids: BTreeSet<_> = found.into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, wanted.iter().map(|one| one.id).collect::<BTreeSet<_>>());

    let (mut read, mut last) = (Vec::new(), None);
    loop {
        let slice = world.book.read(move |db| db.subscription_book().read_one_by_one(last, 4)).await.unwrap();
        if slice.is_empty() {
            break;
        }
        last = slice.last().copied();
        read.extend(slice);
    }
    let wanted = all.iter().filter(live).filter(|one| one.quantity % 2 == 0).count();
    assert_eq!((read.len(), read.iter().collect::<BTreeSet<_>>().len()), (wanted, wanted), "each once");
}

#[tokio::test]
async fn customers_that_were_read_are_counted_as_they_come_and_go() {
    let world = world(10, 12, 0).await;
    let mut unknown = customer("Wunsch", None);
    unknown.tenant_id = None;
    let ids: Vec<CustomerId> = world.customers.iter().take(5).map(|one| one.id).collect();
    world
        .book
        .write(move |tx| {
            tx.put_customer(&unknown)?;
            // Twice is once.
            ids.iter().chain(&ids[..2]).try_for_each(|id| tx.note_customer_read(*id, now()))
        })
        .await
        .unwrap();
    assert_eq!(world.book.read(|db| db.customer_reads().figures()).await.unwrap(), (5, 12));
    let never = world.book.read(|db| db.customer_reads().never(100)).await.unwrap();
    let expected: Vec<CustomerId> = world.customers.iter().skip(5).map(|one| one.id).collect();
    assert_eq!(never.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), expected, "the others, oldest first");
}
