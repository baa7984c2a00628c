//! The customers list, where each customer stands, duplicates, dates on Home, and the global search.

use crate::support::*;
use cb_domain::change::Closing;
use cb_domain::draft::DraftPurpose;
use cb_domain::ids::CustomerId;
use cb_domain::operation::{HoldReason, OperationPayload, OperationState};
use cb_domain::subscription::SubscriptionStatus;
use cb_store::{
    Book, CustomerPageQuery, CustomerPageRows, CustomerSort, SearchKind, SimilarQuery, StandsFacts, StoreError,
};

fn query(search: &str) -> CustomerPageQuery {
    CustomerPageQuery { search: search.into(), limit: 100, now: now(), ..CustomerPageQuery::default() }
}

async fn page(book: &Book, query: CustomerPageQuery) -> CustomerPageRows {
    book.read(move |db| db.customers().page(&query)).await.unwrap()
}

fn names(page: &CustomerPageRows) -> Vec<&str> {
    page.rows.iter().map(|row| row.customer.name.as_str()).collect()
}

async fn put(book: &Book, names: &[&str]) {
    let customers: Vec<_> = names.iter().map(|name| customer(name, None)).collect();
    book.write(move |tx| customers.iter().try_for_each(|customer| tx.put_customer(customer))).await.unwrap();
}

#[tokio::test]
async fn search_is_tolerant_of_accents_and_finds_parts_of_words() {
    let book = book();
    put(&book, &["Bäckerei Müller", "Straßenbau Łukasz", "Fabrikam AG"]).await;
    for (search, found) in [
        ("muller", vec!["Bäckerei Müller"]),
        ("MUELLER", vec!["Bäckerei Müller"]),
        ("ckere mül", vec!["Bäckerei Müller"]),
        ("strasse", vec!["Straßenbau Łukasz"]),
        ("STRAßE", vec!["Straßenbau Łukasz"]),
        ("ukas", vec!["Straßenbau Łukasz"]),
        ("ag", vec!["Fabrikam AG"]),
        ("f ag", vec!["Fabrikam AG"]),
        ("lodz", vec!["Bäckerei Müller", "Fabrikam AG", "Straßenbau Łukasz"]),
        ("526-104", vec!["Bäckerei Müller", "Fabrikam AG", "Straßenbau Łukasz"]),
        ("gross", vec!["Bäckerei Müller", "Fabrikam AG", "Straßenbau Łukasz"]),
        ("\"*()' OR", vec![]),
        ("%", vec![]),
        ("nobody", vec![]),
        ("  ", vec!["Bäckerei Müller", "Fabrikam AG", "Straßenbau Łukasz"]),
    ] {
        let page = page(&book, query(search)).await;
        assert_eq!(names(&page), found, "search for {search:?}");
        assert_eq!((page.matching as usize, page.total), (found.len(), 3), "count for {search:?}");
    }
}

#[tokio::test]
async fn a_renamed_customer_is_found_by_its_new_name_only() {
    let book = book();
    let mut one = customer("Old Mill", None);
    one.domain_prefix = "x".into();
    let first = one.clone();
    book.write(move |tx| tx.put_customer(&first)).await.unwrap();
    one.name = "New Harbour".into();
    book.write(move |tx| tx.put_customer(&one)).await.unwrap();
    assert!(page(&book, query("mill")).await.rows.is_empty());
    assert_eq!(names(&page(&book, query("arbo")).await), ["New Harbour"]);
}

#[tokio::test]
async fn every_order_pages_through_all_rows_once() {
    let book = book();
    let resellers: Vec<_> = ["Zeta", "Alpha"].iter().map(|name| reseller(name)).collect();
    let mut customers = Vec::new();
    for number in 0..53_u32 {
        let mut one = customer(&format!("Customer {}", number % 7), None);
        one.reseller_id = [None, Some(resellers[0].id), Some(resellers[1].id)][number as usize % 3];
        one.country = ["DE", "AT", "CH"][number as usize % 3].into();
        customers.push(one);
    }
    book.write(move |tx| {
        resellers.iter().try_for_each(|reseller| tx.put_reseller(reseller))?;
        for (number, customer) in (0..).zip(&customers) {
            tx.put_customer(customer)?;
            if number % 4 == 0 {
                tx.put_subscription(&subscription(customer.id, number % 5))?;
            }
        }
        Ok(())
    })
    .await
    .unwrap();
    for sort in [
        CustomerSort::Name,
        CustomerSort::Country,
        CustomerSort::Reseller,
        CustomerSort::Subscriptions,
        CustomerSort::Seats,
    ] {
        for descending in [false, true] {
            let whole = page(&book, CustomerPageQuery { sort, descending, ..query("") }).await;
            assert_eq!((whole.rows.len(), whole.next.clone()), (53, None));
            let (mut after, mut paged) = (None, Vec::new());
            loop {
                let part = page(&book, CustomerPageQuery { sort, descending, limit: 7, after, ..query("") }).await;
                paged.extend(part.rows);
                after = part.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(paged, whole.rows, "{sort:?}, descending {descending}");
            let reversed = page(&book, CustomerPageQuery { sort, descending: !descending, ..query("") }).await;
            let back: Vec<_> = reversed.rows.into_iter().rev().collect();
            assert_eq!(back, whole.rows, "{sort:?}: the other direction is the exact reverse");
        }
    }
    let first = page(&book, CustomerPageQuery { limit: 1, ..query("") }).await;
    let wrong = CustomerPageQuery { after: first.next, sort: CustomerSort::Seats, ..query("") };
    let refused = book.read(move |db| db.customers().page(&wrong)).await;
    assert!(matches!(refused, Err(StoreError::Cursor)), "a cursor belongs to its order: {refused:?}");
}

#[tokio::test]
async fn many_hits_come_in_the_same_order_as_few() {
    let book = book();
    let customers: Vec<_> = (0..2_100).map(|number| customer(&format!("Mill z{}", number % 37), None)).collect();
    book.write(move |tx| customers.iter().try_for_each(|customer| tx.put_customer(customer))).await.unwrap();
    let many = page(&book, CustomerPageQuery { limit: 3_000, ..query("ill") }).await;
    let all = page(&book, CustomerPageQuery { limit: 3_000, ..query("") }).await;
    assert_eq!((many.matching, many.total), (2_100, 2_100));
    assert!(many.rows == all.rows, "a search that everything matches changes nothing");
    let few = page(&book, CustomerPageQuery { limit: 3_000, ..query("mill z36") }).await;
    assert_eq!((few.matching as usize, few.rows.len()), (56, 56));
}

#[tokio::test]
async fn rows_that_come_and_go_between_pages_neither_repeat_nor_hide_others() {
    let book = book();
    put(&book, &["B", "D", "F", "H"]).await;
    let first = page(&book, CustomerPageQuery { limit: 2, ..query("") }).await;
    assert_eq!(names(&first), ["B", "D"]);
    put(&book, &["A", "C", "E"]).await;
    let second = page(&book, CustomerPageQuery { limit: 10, after: first.next, ..query("") }).await;
    assert_eq!(names(&second), ["E", "F", "H"]);
}

#[tokio::test]
async fn the_list_is_filtered_by_reseller_and_follows_a_new_name() {
    let book = book();
    let mut one = reseller("Alpha");
    let (member, other) = (customer("Contoso", Some(one.id)), customer("Fabrikam", None));
    let put = one.clone();
    book.write(move |tx| {
        tx.put_reseller(&put)?;
        tx.put_customer(&member)?;
        tx.put_customer(&other)
    })
    .await
    .unwrap();
    one.name = "Omega".into();
    let (id, put) = (one.id, one.clone());
    book.write(move |tx| tx.put_reseller(&put)).await.unwrap();
    let of_one = page(&book, CustomerPageQuery { reseller_ids: vec![id], ..query("") }).await;
    assert_eq!((names(&of_one), of_one.rows[0].reseller_name.as_str()), (vec!["Contoso"], "Omega"));
    let newest = book.read(move |db| db.customers().newest_of_reseller(id, 3, now())).await.unwrap();
    assert_eq!(newest, of_one.rows);
}

#[tokio::test]
async fn where_a_customer_stands_is_made_of_drafts_operations_and_dates() {
    let book = book();
    let first = with_operation(&book).await;
    let id = first.customer_id;
    let submit = onboarding(id);
    let mut held = operation(&submit, 2, OperationPayload::VerifyOrder);
    held.hold = Some(HoldReason::CustomerUnderReview);
    let submit_two = onboarding(id);
    let waiting = operation(&submit_two, 3, OperationPayload::VerifyOrder);
    let mut sending = first.clone();
    sending.state = OperationState::InFlight;
    let mut window = subscription(id, 5);
    window.cancellable_until = Some(days(3));
    let mut sooner = subscription(id, 4);
    (sooner.cancellable_until, sooner.ends_at, sooner.auto_renew) = (Some(days(2)), Some(days(20)), false);
    let mut over = subscription(id, 3);
    (over.cancellable_until, over.ends_at) = (Some(days(-1)), Some(days(10)));
    let mut gone = subscription(id, 100);
    (gone.status, gone.cancellable_until) = (SubscriptionStatus::Deleted, Some(days(1)));
    let quiet = customer("Quiet", None);
    let quiet_id = quiet.id;
    book.write(move |tx| {
        tx.put_customer(&quiet)?;
        tx.insert_onboarding(&submit)?;
        tx.insert_onboarding(&submit_two)?;
        tx.insert_operation(&held)?;
        tx.insert_operation(&waiting)?;
        tx.update_operation(&sending, OperationState::Queued)?;
        tx.insert_draft(&draft(DraftPurpose::AddSubscription { customer_id: id }))?;
        [window, sooner, over, gone].iter().try_for_each(|one| tx.put_subscription(one))
    })
    .await
    .unwrap();
    let rows = page(&book, query("")).await.rows;
    let row = |id: CustomerId| rows.iter().find(|row| row.customer.id == id).unwrap();
    let wanted = StandsFacts {
        draft: true,
        waiting: 1,
        sending: 1,
        on_hold: Some(HoldReason::CustomerUnderReview),
        attention: None,
        window: Some(Closing { until: days(2), quantity: 4 }),
        term_ends_undecided: Some(days(20)),
    };
    assert_eq!(row(id).stands, wanted);
    assert_eq!((row(id).subscriptions, row(id).seats), (3, 12), "deleted ones do not count");
    assert_eq!(row(quiet_id).stands, StandsFacts::default());

    book.read(move |db| {
        let table = db.subscriptions();
        let closing = db.subscription_book().windows_closing(days(30), now(), 100)?;
        let soon: Vec<u32> = closing.iter().map(|one| one.quantity).collect();
        assert_eq!(soon, [4, 5], "open windows, soonest first");
        let months = table.renewals_by_month(now(), days(365))?;
        assert_eq!(months, [("2026-12".to_owned(), 1, 1), ("2027-06".to_owned(), 1, 0)]);
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn likely_duplicates_are_found() {
    let book = book();
    put(&book, &["Contoso GmbH", "Fabrikam"]).await;
    for (asked, found) in [
        (SimilarQuery { domain_prefix: "FABRIKAM".into(), ..SimilarQuery::default() }, 1),
        (SimilarQuery { registration_number: "526 1040828".into(), ..SimilarQuery::default() }, 2),
        (SimilarQuery { name: "Contoso G.m.b.H.".into(), town: "lodz".into(), ..SimilarQuery::default() }, 1),
        (SimilarQuery { name: "Contoso GmbH".into(), town: "Warszawa".into(), ..SimilarQuery::default() }, 0),
        (SimilarQuery { email: " Joerg@Example.COM".into(), ..SimilarQuery::default() }, 2),
        (SimilarQuery { email: "oerg@example.com".into(), ..SimilarQuery::default() }, 0),
        (SimilarQuery { email: "joerg example".into(), ..SimilarQuery::default() }, 0),
        (SimilarQuery::default(), 0),
    ] {
        let query = asked.clone();
        let got = book.read(move |db| db.customers().similar(&query)).await.unwrap();
        assert_eq!(got.len(), found, "{asked:?}");
    }
}

#[tokio::test]
async fn the_global_search_finds_every_kind() {
    let book = book();
    let operation = with_operation(&book).await;
    let id = operation.customer_id;
    book.write(move |tx| {
        tx.put_reseller(&reseller("Contoso Partner"))?;
        let mut bought = subscription(id, 1);
        bought.product_name = "Contoso Apps".into();
        tx.put_subscription(&bought)
    })
    .await
    .unwrap();
    let hits = book.read(|db| db.search("onto", 20)).await.unwrap();
    let kinds: Vec<SearchKind> = hits.iter().map(|hit| hit.kind).collect();
    assert_eq!(kinds, [SearchKind::Reseller, SearchKind::Customer, SearchKind::Subscription, SearchKind::Operation]);
    assert_eq!(hits[0].customer_id, None);
    assert!(hits[1..].iter().all(|hit| hit.customer_id == Some(id)));
    assert_eq!((hits[3].title.as_str(), hits[3].detail.as_str()), ("Contoso", "checkout_cart"));
    let few = book.read(|db| Ok((db.search("onto", 2)?.len(), db.search(" ", 9)?.len(), db.search("co", 9)?.len())));
    assert_eq!(few.await.unwrap(), (2, 0, 3), "subscriptions need three letters");
}
