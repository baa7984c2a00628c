//! Ends of terms and windows: the SQL that finds what is open against the rule of the domain, over generated cases; lists
//! of more than a page; batches of licences with a deadline each.

use super::support::{book, customer, days, now, subscription};
use cb_domain::catalogue::Term;
use cb_domain::change::{
    ASK, ASK_RENEWING, Batch, Decision, Details, EndInstruction, NextTerm, Prices, Standing, Values, is_open,
};
use cb_domain::customer::Customer;
use cb_domain::ids::SubscriptionId;
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{Book, CustomerPageQuery, CustomerState, EndingQuery, SupportQuery, TermDecided};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// What is decided about an end.
#[derive(Clone, Copy)]
enum Decided {
    No,
    Yes,
    /// About the end before it.
    Before,
}

struct Case {
    subscription: Subscription,
    details: Option<Details>,
    decided: Decided,
}

fn query(only_open: bool) -> EndingQuery {
    EndingQuery { from: now(), to: days(400), near: now() + ASK, soon: now() + ASK_RENEWING, reseller: None, only_open }
}

fn cases(owner: cb_domain::ids::CustomerId) -> Vec<Case> {
    let nano = SignedDuration::from_nanos(1);
    let ends = [
        now() - nano,
        now(),
        now() + nano,
        days(3),
        now() + ASK_RENEWING,
        now() + ASK_RENEWING + nano,
        days(29),
        now() + ASK,
        now() + ASK + nano,
        days(200),
    ];
    let mut all = Vec::new();
    let mut push = |status, at: Option<Timestamp>, auto_renew, term, end, planned: bool, decided, read: bool| {
        let one = Subscription { status, ends_at: at, auto_renew, term, ..subscription(owner, 10) };
        let next = NextTerm { sku: one.sku.clone(), quantity: 9, term, cycle: one.cycle };
        let details = Details { end, next_term: planned.then_some(next), ..Details::default() };
        all.push(Case { subscription: one, details: read.then_some(details), decided });
    };
    use SubscriptionStatus as S;
    for at in ends {
        for auto_renew in [true, false] {
            for term in [Term::P1M, Term::P1Y] {
                for end in [EndInstruction::None, EndInstruction::Cancel, EndInstruction::Extend] {
                    for planned in [true, false] {
                        for decided in [Decided::No, Decided::Yes, Decided::Before] {
                            push(S::Active, Some(at), auto_renew, term, end, planned, decided, true);
                        }
                    }
                }
                push(S::Active, Some(at), auto_renew, term, EndInstruction::None, false, Decided::No, false);
                for status in [S::Wanted, S::None, S::Pending, S::Suspended, S::Expired, S::Disabled, S::Deleted] {
                    push(status, Some(at), auto_renew, term, EndInstruction::None, false, Decided::No, true);
                }
            }
        }
    }
    push(S::Active, None, false, Term::P1Y, EndInstruction::None, false, Decided::No, true);
    all
}

fn standing(case: &Case) -> Standing {
    let one = &case.subscription;
    Standing {
        commerce: one.commerce,
        values: Values::of(one, case.details.as_ref()),
        confirmed_quantity: one.quantity,
        trial: false,
        started_at: None,
        ends_at: one.ends_at,
        cancellable_until: None,
        batches: Vec::new(),
        minimum: 1,
        maximum: 300,
        has_target: false,
        upgrade_waits: false,
        change_waits: false,
        under_review: false,
        prices: Prices::default(),
        now: now(),
    }
}

async fn fill(book: &Book) -> (Vec<SubscriptionId>, BTreeSet<SubscriptionId>) {
    let owner = customer("Kanzlei Ødegård", None);
    let all = cases(owner.id);
    let ids = all.iter().map(|case| case.subscription.id).collect();
    let open = all
        .iter()
        .filter(|case| is_open(&standing(case), matches!(case.decided, Decided::Yes)))
        .map(|case| case.subscription.id)
        .collect();
    put(book, owner, all).await;
    (ids, open)
}

async fn put(book: &Book, owner: Customer, all: Vec<Case>) {
    book.write(move |tx| {
        tx.put_customer(&owner)?;
        for Case { subscription, details, decided } in &all {
            tx.put_subscription(subscription)?;
            if let Some(details) = details {
                tx.put_subscription_details(subscription.id, details, now())?;
            }
            let about = match decided {
                Decided::No => None,
                Decided::Yes => subscription.ends_at,
                Decided::Before => subscription.ends_at.map(|at| at - SignedDuration::from_hours(24 * 365)),
            };
            if let Some(ends_at) = about {
                let decided = TermDecided { ends_at, decision: Decision::Renew, operation_id: None, decided_at: now() };
                tx.put_term_decision(subscription.id, &decided)?;
            }
        }
        Ok(())
    })
    .await
    .unwrap();
}

/// All pages of so many rows, each checked to be no longer.
async fn pages(book: &Book, query: EndingQuery, limit: u32) -> Vec<SubscriptionId> {
    book.read(move |db| {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let (ids, next) = db.subscription_book().ending(&query, after, limit)?;
            assert!(ids.len() <= usize::try_from(limit).unwrap());
            all.extend(ids);
            match next {
                Some(place) => after = Some(place),
                None => return Ok(all),
            }
        }
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn what_is_open_in_sql_is_what_the_rule_says() {
    let book = book();
    let (ids, open) = fill(&book).await;
    assert!(open.len() > 20 && open.len() < ids.len() / 4, "{} of {} are open", open.len(), ids.len());
    for limit in [7, 200, 5000] {
        let found = pages(&book, query(true), limit).await;
        assert_eq!(found.len(), found.iter().collect::<BTreeSet<_>>().len(), "none comes twice");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), open, "pages of {limit}");
    }
    let (all, counted) = book.read(|db| db.subscription_book().ending_count(&query(false))).await.unwrap();
    assert_eq!((usize::try_from(counted.count).unwrap(), counted.more), (open.len(), false));
    let listed = pages(&book, query(false), 200).await;
    assert_eq!((usize::try_from(all.count).unwrap(), all.more), (listed.len(), false));
    assert!(listed.len() > 200, "more than a page");
    assert!(open.iter().all(|id| listed.contains(id)));
}

/// An end to come that the badges of lists tell: as the rule, but however far away, and only of what does not renew.
fn told(case: &Case) -> bool {
    let rule =
        Standing { now: case.subscription.ends_at.unwrap_or(now()) - SignedDuration::from_nanos(1), ..standing(case) };
    let to_come = case.subscription.ends_at.is_some_and(|at| at > now());
    to_come && !case.subscription.auto_renew && is_open(&rule, matches!(case.decided, Decided::Yes))
}

#[tokio::test]
async fn lists_tell_of_no_end_that_is_decided() {
    let book = book();
    let owner = customer("Kanzlei Ødegård", None);
    let (id, all) = (owner.id, cases(owner.id));
    let wanted: BTreeSet<SubscriptionId> =
        all.iter().filter(|case| told(case)).map(|case| case.subscription.id).collect();
    assert!(wanted.len() > 20 && wanted.len() < all.len() / 4, "{} of {}", wanted.len(), all.len());
    put(&book, owner, all).await;
    let found = book.read(move |db| db.subscription_book().undecided_ends_of(id, now())).await.unwrap();
    assert_eq!(found.into_keys().collect::<BTreeSet<_>>(), wanted);

    // Of a customer, and in the filter of the list, one that is decided counts as little.
    let quiet = customer("Quiet", None);
    let quiet_id = quiet.id;
    let one = || Subscription { auto_renew: false, ends_at: Some(days(20)), ..subscription(quiet_id, 3) };
    let open = Case { subscription: one(), details: None, decided: Decided::No };
    let later =
        Case { subscription: Subscription { ends_at: Some(days(25)), ..one() }, details: None, decided: Decided::No };
    let ids = [open.subscription.id, later.subscription.id];
    put(&book, quiet, vec![open, later]).await;
    let decide = |id: SubscriptionId, ends_at: Timestamp| {
        let decided = TermDecided { ends_at, decision: Decision::Renew, operation_id: None, decided_at: now() };
        book.write(move |tx| tx.put_term_decision(id, &decided))
    };
    let ends = || async {
        let query = CustomerPageQuery {
            states: vec![CustomerState::TermEnds],
            limit: 10,
            now: now(),
            search: "quiet".to_owned(),
            ..CustomerPageQuery::default()
        };
        let rows = book.read(move |db| db.customers().page(&query)).await.unwrap().rows;
        rows.first().and_then(|row| row.stands.term_ends_undecided)
    };
    assert_eq!(ends().await, Some(days(20)));
    decide(ids[0], days(20)).await.unwrap();
    assert_eq!(ends().await, Some(days(25)), "the next one");
    decide(ids[1], days(25)).await.unwrap();
    assert_eq!(ends().await, None, "no longer in the filter");
}

#[tokio::test]
async fn support_contacts_go_on_behind_a_page() {
    let book = book();
    let owners: Vec<_> = (0..90).map(|number| customer(&format!("Firma {:02}", number % 45), None)).collect();
    let wanted = owners.len() * 3;
    book.write(move |tx| {
        for owner in &owners {
            tx.put_customer(owner)?;
            for quantity in 1..=3 {
                tx.put_subscription(&subscription(owner.id, quantity))?;
            }
        }
        Ok(())
    })
    .await
    .unwrap();
    let found = book
        .read(|db| {
            let (mut all, mut after) = (Vec::new(), None);
            loop {
                let (rows, next) = db.subscription_book().supported(&SupportQuery::default(), after.as_ref(), 200)?;
                all.extend(rows.into_iter().map(|one| one.subscription.id));
                match next {
                    Some(place) => after = Some(place),
                    None => return Ok(all),
                }
            }
        })
        .await
        .unwrap();
    assert_eq!(found.len(), wanted);
    assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), wanted, "none comes twice, though names repeat");
}

#[tokio::test]
async fn windows_close_batch_by_batch() {
    let book = book();
    let owner = customer("Spedition Harlekamp", None);
    let with = |quantity, until: Option<Timestamp>| Subscription {
        cancellable_until: until,
        ..subscription(owner.id, quantity)
    };
    let batch = |quantity, until| Batch { quantity, until };
    let (two, unread, only_whole, shut) =
        (with(17, Some(days(1))), with(5, Some(days(2))), with(3, Some(days(2))), with(4, None));
    let names = [(two.id, "two"), (unread.id, "unread"), (only_whole.id, "whole"), (shut.id, "shut")];
    book.write(move |tx| {
        tx.put_customer(&owner)?;
        for one in [&two, &unread, &only_whole, &shut] {
            tx.put_subscription(one)?;
        }
        let told = |batches| Details { batches, ..Details::default() };
        // What was told before is replaced, and licences of one deadline are one batch.
        tx.put_subscription_details(two.id, &told(vec![batch(99, days(1)), batch(7, days(3))]), now())?;
        let batches =
            vec![batch(10, days(1)), batch(2, days(1)), batch(5, days(4)), batch(1, days(9)), batch(6, days(-1))];
        tx.put_subscription_details(two.id, &told(batches), now())?;
        tx.put_subscription_details(only_whole.id, &told(Vec::new()), now())?;
        tx.put_subscription_details(shut.id, &told(vec![batch(4, days(-2))]), now())
    })
    .await
    .unwrap();
    let found = book.read(|db| db.subscription_book().windows_closing(days(5), now(), 100)).await.unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|one| (names.iter().find(|(id, _)| *id == one.subscription.id).unwrap().1, one.quantity, one.until))
        .collect();
    let wanted = [("two", 12, days(1)), ("unread", 5, days(2)), ("whole", 0, days(2)), ("two", 5, days(4))];
    assert_eq!(found, wanted);
    let first = book.read(|db| db.subscription_book().windows_closing(days(5), now(), 1)).await.unwrap();
    assert_eq!(first.len(), 1);
}

/// Ends by month as the rule counts them: those that renew or that somebody has decided about, and those left open.
fn months_of(cases: &[Case]) -> Vec<(String, u32, u32)> {
    let mut months: std::collections::BTreeMap<String, (u32, u32)> = std::collections::BTreeMap::new();
    for case in cases {
        let one = &case.subscription;
        use SubscriptionStatus as S;
        let live = match one.status {
            S::Wanted | S::None | S::Active | S::Pending | S::Suspended => true,
            S::Expired | S::Disabled | S::Deleted => false,
        };
        let Some(at) = one.ends_at.filter(|_| live) else { continue };
        let told = case.details.as_ref().is_some_and(|it| it.end != EndInstruction::None || it.next_term.is_some());
        let settled = one.auto_renew || told || matches!(case.decided, Decided::Yes);
        let month = months.entry(at.strftime("%Y-%m").to_string()).or_default();
        *(if settled { &mut month.0 } else { &mut month.1 }) += 1;
    }
    months.into_iter().map(|(month, (decided, open))| (month, decided, open)).collect()
}

async fn months_kept(book: &Book) -> Vec<(String, u32, u32)> {
    let from = now() - SignedDuration::from_hours(24 * 400);
    book.read(move |db| db.subscriptions().renewals_by_month(from, days(800))).await.unwrap()
}

#[tokio::test]
async fn renewals_by_month_count_what_is_decided_as_decided_whatever_is_changed() {
    let book = book();
    let owner = customer("Kanzlei Ødegård", None);
    let mut all = cases(owner.id);
    assert!(months_of(&all).iter().map(|(_, _, open)| open).sum::<u32>() > 20, "some are left open");
    put(&book, owner.clone(), cases_of(&all)).await;
    assert_eq!(months_kept(&book).await, months_of(&all), "as written");

    // Each is changed: another end, renewal on or off, over, decided, or told otherwise to Partner Center.
    for (number, case) in all.iter_mut().enumerate() {
        match number % 6 {
            0 => {
                case.subscription.ends_at = Some(days(400));
                // What was decided was about another end.
                case.decided = Decided::No;
            }
            1 => case.subscription.auto_renew = !case.subscription.auto_renew,
            2 => case.subscription.status = SubscriptionStatus::Expired,
            3 => case.decided = if case.subscription.ends_at.is_some() { Decided::Yes } else { Decided::No },
            4 => case.details = Some(Details { end: EndInstruction::Cancel, ..Details::default() }),
            _ => case.details = Some(Details::default()),
        }
    }
    put(&book, owner, cases_of(&all)).await;
    assert_eq!(months_kept(&book).await, months_of(&all), "as changed");
}

fn cases_of(all: &[Case]) -> Vec<Case> {
    let same = |one: &Case| Case {
        subscription: one.subscription.clone(),
        details: one.details.clone(),
        decided: one.decided,
    };
    all.iter().map(same).collect()
}
