//! Home over a real book: what is on the list, in which order, and the two pictures.

use super::home;
use crate::views::{HomeView, TermDefaultView, TodoKind, Urgency};
use cb_domain::catalogue::{BillingCycle, CommerceKind, SkuKey, Term};
use cb_domain::change::{Batch, Details};
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::draft::{Draft, DraftContent, DraftPurpose, WizardStep};
use cb_domain::ids::{CustomerId, ResellerId};
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{Book, BookKey};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn hours(n: i64) -> Option<Timestamp> {
    Some(now() + SignedDuration::from_hours(n))
}

fn reseller(n: u128, partnership: PartnershipState, fitness: Fitness) -> Reseller {
    Reseller {
        id: Uuid::from_u128(n).into(),
        name: format!("Reseller {n}"),
        tenant_id: Some(Uuid::from_u128(1000 + n).into()),
        partner_id: Some(format!("44{n:05}")),
        country: "DE".to_owned(),
        partnership,
        partnership_since: hours(-8 * 24),
        fitness,
        fitness_checked_at: hours(-1),
        contact_name: String::new(),
        contact_role: String::new(),
        contact_email: String::new(),
        contact_phone: String::new(),
        town: String::new(),
        last_activity_at: None,
    }
}

fn customer(n: u128, reseller: u128) -> Customer {
    Customer {
        id: Uuid::from_u128(n).into(),
        tenant_id: Some(Uuid::from_u128(2000 + n).into()),
        name: format!("Customer {n}"),
        alias: String::new(),
        domain_prefix: format!("customer{n}"),
        country: "DE".to_owned(),
        town: "Kiel".to_owned(),
        contact_name: String::new(),
        contact_email: String::new(),
        registration_number: String::new(),
        reseller_id: Some(ResellerId(Uuid::from_u128(reseller))),
        review: AccountReview::Allowed,
        agreement: AgreementState::Attested,
        created_at: now(),
        confirmed_at: Some(now()),
    }
}

fn subscription(n: u128, customer: u128, quantity: u32) -> Subscription {
    Subscription {
        id: Uuid::from_u128(n).into(),
        customer_id: CustomerId(Uuid::from_u128(customer)),
        remote_id: Some(format!("remote-{n}")),
        order_id: None,
        operation_id: None,
        commerce: CommerceKind::New,
        sku: SkuKey { product_id: "P".to_owned(), sku_id: "0001".to_owned() },
        product_name: format!("Product {n}"),
        quantity,
        term: Term::P1Y,
        cycle: BillingCycle::Monthly,
        unit_price: None,
        status: SubscriptionStatus::Active,
        auto_renew: true,
        reseller_of_record: None,
        ends_at: hours(100 * 24),
        cancellable_until: None,
        created_at: now(),
        confirmed_at: Some(now()),
    }
}

fn draft(n: u128) -> Draft {
    let mut content = DraftContent::default();
    content.customer.company_name = " Gärtnerei Sommerfeld ".to_owned();
    Draft {
        id: Uuid::from_u128(n).into(),
        purpose: DraftPurpose::NewCustomer,
        revision: 1,
        step: WizardStep::Subscriptions,
        focus: String::new(),
        content,
        created_at: now(),
        saved_at: now(),
    }
}

async fn home_of_a_busy_book() -> HomeView {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(folder.path(), &BookKey::new([7; 32])).unwrap();
    book.write(|tx| {
        tx.put_reseller(&reseller(1, PartnershipState::Active, Fitness::Fit))?;
        tx.put_reseller(&reseller(2, PartnershipState::Active, Fitness::AgreementNotSigned))?;
        tx.put_reseller(&reseller(3, PartnershipState::Requested, Fitness::Unknown))?;
        let fresh = Reseller {
            partnership_since: hours(-6 * 24),
            ..reseller(4, PartnershipState::Requested, Fitness::Unknown)
        };
        tx.put_reseller(&fresh)?;
        for (n, of) in [(11, 1), (12, 2), (13, 2)] {
            tx.put_customer(&customer(n, of))?;
        }
        tx.put_subscription(&Subscription { cancellable_until: hours(9), ..subscription(21, 11, 6) })?;
        tx.put_subscription(&Subscription { cancellable_until: hours(72), ..subscription(22, 11, 7) })?;
        let batch = |quantity, until| Batch { quantity, until: hours(until).unwrap() };
        let batches = vec![batch(2, 30), batch(5, 72)];
        tx.put_subscription_details(subscription(22, 11, 7).id, &Details { batches, ..Details::default() }, now())?;
        let undecided = |n, quantity, days: i64| Subscription {
            auto_renew: false,
            ends_at: hours(days * 24),
            ..subscription(n, 12, quantity)
        };
        tx.put_subscription(&undecided(23, 120, 4))?;
        tx.put_subscription(&undecided(24, 10, 20))?;
        tx.put_subscription(&undecided(25, 1, 40))?;
        tx.insert_draft(&draft(31))?;
        Ok(())
    })
    .await
    .unwrap();
    let view = book.read(|db| home::view(db, now())).await.unwrap();
    book.close().await;
    view
}

#[tokio::test]
async fn what_to_do_comes_most_urgent_first() {
    let home = home_of_a_busy_book().await;
    let list: Vec<_> = home.todo.iter().map(|item| (item.urgency, item.kind, item.name.as_str(), item.count)).collect();
    assert_eq!(
        list,
        [
            (Urgency::Now, TodoKind::WindowCloses, "Customer 11", 6),
            (Urgency::Now, TodoKind::WindowCloses, "Customer 11", 2),
            (Urgency::ThisWeek, TodoKind::TermEnds, "Customer 12", 120),
            (Urgency::ThisWeek, TodoKind::Draft, "Gärtnerei Sommerfeld", 0),
            (Urgency::Later, TodoKind::TermEnds, "Customer 12", 10),
            (Urgency::Later, TodoKind::PartnershipUnanswered, "Reseller 3", 0),
            (Urgency::Later, TodoKind::ResellerNotFit, "Reseller 2", 0),
        ],
        "a window in three days, a term in forty and a request of six days are not urgent yet"
    );
    assert_eq!(home.todo[3].detail, "subscriptions", "the draft says at which step it stopped");
    assert_eq!(home.todo[6].detail, "agreement_not_signed");
}

#[tokio::test]
async fn an_end_of_a_term_says_what_silence_means() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(folder.path(), &BookKey::new([7; 32])).unwrap();
    book.write(|tx| {
        tx.put_reseller(&reseller(1, PartnershipState::Active, Fitness::Fit))?;
        tx.put_customer(&customer(11, 1))?;
        let ends = |n: i64, auto_renew, commerce| Subscription {
            auto_renew,
            commerce,
            ends_at: hours(24 * n),
            created_at: hours(24 * (n - 365)).unwrap(),
            ..subscription(u128::try_from(n).unwrap(), 11, 3)
        };
        tx.put_subscription(&ends(8, true, CommerceKind::New))?;
        tx.put_subscription(&ends(9, false, CommerceKind::New))?;
        tx.put_subscription(&ends(10, false, CommerceKind::Legacy))
    })
    .await
    .unwrap();
    let home = book.read(|db| home::view(db, now())).await.unwrap();
    book.close().await;
    let said: Vec<_> = home.todo.iter().filter_map(|item| item.term_default).collect();
    assert_eq!(said, [TermDefaultView::Renews, TermDefaultView::PaidExtension, TermDefaultView::Grace]);
}

#[tokio::test]
async fn the_pictures_show_twelve_months_and_the_biggest_resellers() {
    let home = home_of_a_busy_book().await;
    assert_eq!(home.renewals.len(), 12, "months without a renewal are shown too");
    assert_eq!((home.renewals[0].month.as_str(), home.renewals[0].open), ("2026-11", 1));
    assert_eq!((home.renewals[1].month.as_str(), home.renewals[1].open), ("2026-12", 1));
    assert_eq!((home.renewals[2].month.as_str(), home.renewals[2].open), ("2027-01", 1));
    assert_eq!((home.renewals[4].month.as_str(), home.renewals[4].decided), ("2027-03", 2));
    assert_eq!(home.renewals[11].month, "2027-10");
    let seats: Vec<_> = home.seats.iter().map(|r| (r.name.as_str(), r.seats)).collect();
    assert_eq!(seats, [("Reseller 2", 131), ("Reseller 1", 13)]);
    assert_eq!(home.active_resellers, 2);
}
