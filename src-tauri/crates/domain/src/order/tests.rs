//! Cases of order rules, end dates and totals.

use super::*;
use crate::ids::{CustomerId, SubscriptionId};
use crate::money::{Currency, Money};
use crate::problem::PROBLEM_KEYS;
use jiff::civil::date as day;
use uuid::Uuid;

fn sku(product: &str) -> SkuKey {
    SkuKey { product_id: product.into(), sku_id: "0001".into() }
}

fn plan(term: Term, cycle: BillingCycle, minor: i64) -> Plan {
    let term_price = Some(Money { minor, currency: Currency("EUR".into()) });
    Plan { term, cycle, term_price, minimum_quantity: None }
}

fn offer(product: &str, title: &str) -> Offer {
    Offer {
        sku: sku(product),
        country: "PL".into(),
        segment: "commercial".into(),
        title: title.into(),
        description: String::new(),
        family: "business".into(),
        minimum_quantity: 1,
        maximum_quantity: 300,
        is_trial: false,
        is_addon: false,
        prerequisites: vec![],
        plans: vec![
            plan(Term::P1M, BillingCycle::Monthly, 2232),
            plan(Term::P1Y, BillingCycle::Monthly, 23436),
            plan(Term::P1Y, BillingCycle::Annual, 22320),
            plan(Term::P3Y, BillingCycle::Annual, 64944),
            plan(Term::P3Y, BillingCycle::Triennial, 63612),
        ],
        prices_from: None,
    }
}

fn catalogue() -> Vec<Offer> {
    let premium = offer("PREMIUM", "Microsoft 365 Business Premium");
    let e5 = Offer { maximum_quantity: 10_000_000, ..offer("E5", "Microsoft 365 E5") };
    let phone = Offer {
        is_addon: true,
        prerequisites: vec![sku("PREMIUM")],
        plans: vec![plan(Term::P1Y, BillingCycle::Monthly, 8952)],
        ..offer("PHONE", "Teams Phone Standard")
    };
    let visio = Offer { plans: vec![plan(Term::P1Y, BillingCycle::Annual, 14880)], ..offer("VISIO", "Visio Plan 2") };
    let trial = Offer {
        is_trial: true,
        minimum_quantity: 25,
        maximum_quantity: 25,
        plans: vec![Plan { term: Term::P1M, cycle: BillingCycle::None, term_price: None, minimum_quantity: None }],
        ..offer("TRIAL", "Business Premium Trial")
    };
    vec![premium, e5, phone, visio, trial]
}

fn line(number: u32, product: &str, term: Term, cycle: BillingCycle, quantity: u32) -> LineForm {
    LineForm { line: number, sku: sku(product), term, cycle, quantity, base_line: None, custom_end: None }
}

fn subscription(product: &str, ends: &str) -> Subscription {
    Subscription {
        id: SubscriptionId(Uuid::nil()),
        customer_id: CustomerId(Uuid::nil()),
        remote_id: None,
        order_id: None,
        operation_id: None,
        commerce: CommerceKind::New,
        sku: sku(product),
        product_name: String::new(),
        quantity: 1,
        term: Term::P1Y,
        cycle: BillingCycle::Annual,
        unit_price: None,
        status: SubscriptionStatus::Active,
        auto_renew: true,
        reseller_of_record: None,
        ends_at: ends.parse().ok(),
        cancellable_until: None,
        created_at: jiff::Timestamp::UNIX_EPOCH,
        confirmed_at: None,
    }
}

const TODAY: Date = day(2026, 11, 24);

fn found_with(lines: &[LineForm], existing: &[Subscription]) -> Vec<String> {
    let offers = catalogue();
    check_order(lines, &OrderContext { today: TODAY, offers: &offers, existing })
        .into_iter()
        .map(|problem| {
            assert!(PROBLEM_KEYS.contains(&problem.key), "{} is not listed", problem.key);
            format!("{} {} {}", problem.field, problem.key, problem.expected).trim_end().to_owned()
        })
        .collect()
}

fn found(lines: &[LineForm]) -> Vec<String> {
    found_with(lines, &[])
}

#[test]
fn plans_and_numbers() {
    use BillingCycle::{Annual, Monthly, Triennial};
    let none: [&str; 0] = [];
    assert_eq!(found(&[]), ["lines linesEmpty"]);
    assert_eq!(found(&[line(1, "PREMIUM", Term::P1Y, Monthly, 18)]), none);
    assert_eq!(found(&[line(1, "PREMIUM", Term::P1Y, Monthly, 300)]), none);
    assert_eq!(found(&[line(1, "PREMIUM", Term::P1Y, Monthly, 0)]), ["lines.1.quantity quantityBelow 1"]);
    assert_eq!(found(&[line(1, "PREMIUM", Term::P1Y, Monthly, 301)]), ["lines.1.quantity quantityAbove 300"]);
    assert_eq!(found(&[line(3, "PREMIUM", Term::P1M, Annual, 1)]), ["lines.3.term planNotOffered"]);
    assert_eq!(found(&[line(3, "GONE", Term::P1M, Annual, 1)]), ["lines.3.sku productGone"]);
    assert_eq!(found(&[line(1, "E5", Term::P3Y, Annual, 99)]), ["lines.1.quantity quantityBelow 100"]);
    assert_eq!(found(&[line(1, "E5", Term::P3Y, Triennial, 100)]), none);
    assert_eq!(found(&[line(1, "E5", Term::P1Y, Annual, 1)]), none);
    let twice = [line(1, "VISIO", Term::P1Y, Annual, 1), line(1, "PREMIUM", Term::P1Y, Annual, 1)];
    assert_eq!(found(&twice), ["lines.1.sku lineTwice"]);
    let again = [line(1, "VISIO", Term::P1Y, Annual, 1), line(2, "VISIO", Term::P1Y, Annual, 4)];
    assert_eq!(found(&again), ["lines.2.sku lineTwice"]);
    let other_term = [line(1, "PREMIUM", Term::P1Y, Annual, 1), line(2, "PREMIUM", Term::P1M, Monthly, 4)];
    assert_eq!(found(&other_term), none);
}

#[test]
fn addons_need_their_base() {
    let base = line(1, "PREMIUM", Term::P1Y, BillingCycle::Monthly, 18);
    let phone = line(2, "PHONE", Term::P1Y, BillingCycle::Monthly, 6);
    let with = |base_line| LineForm { base_line, ..phone.clone() };
    let wanted = "Microsoft 365 Business Premium";
    assert_eq!(found(&[base.clone(), with(Some(1))]), Vec::<String>::new());
    assert_eq!(found(&[base, with(None)]), Vec::<String>::new());
    assert_eq!(found(&[with(Some(1))]), [format!("lines.2.baseLine addonWithoutBase {wanted}")]);
    assert_eq!(found(&[with(Some(2))]), [format!("lines.2.baseLine addonWithoutBase {wanted}")]);
    assert_eq!(found(&[with(None)]), [format!("lines.2.baseLine addonWithoutBase {wanted}")]);
    let visio = line(1, "VISIO", Term::P1Y, BillingCycle::Annual, 1);
    assert_eq!(found(&[visio, with(Some(1))]), [format!("lines.2.baseLine addonBaseMismatch {wanted}")]);
    let tenant = subscription("PREMIUM", "2027-05-01T00:00:00Z");
    assert_eq!(found_with(&[with(None)], std::slice::from_ref(&tenant)), Vec::<String>::new());
    let expired = Subscription { status: SubscriptionStatus::Expired, ..tenant };
    assert_eq!(found_with(&[with(None)], &[expired]).len(), 1);
}

#[test]
fn trials_come_once_in_their_number() {
    let trial = line(1, "TRIAL", Term::P1M, BillingCycle::None, 25);
    assert_eq!(found(std::slice::from_ref(&trial)), Vec::<String>::new());
    assert_eq!(found(&[LineForm { quantity: 24, ..trial.clone() }]), ["lines.1.quantity trialQuantity 25"]);
    assert_eq!(found_with(std::slice::from_ref(&trial), &[subscription("TRIAL", "")]), ["lines.1.sku trialTwice"]);
    assert_eq!(found(&[trial.clone(), LineForm { line: 2, ..trial }]), ["lines.2.sku lineTwice"]);
}

#[test]
fn end_dates_that_are_allowed() {
    let offers = catalogue();
    let existing = [
        subscription("PREMIUM", "2027-05-17T23:59:59Z"),
        subscription("PREMIUM", "2028-05-17T23:59:59Z"),
        Subscription { commerce: CommerceKind::Legacy, ..subscription("OLD", "2027-06-01T00:00:00Z") },
        Subscription { status: SubscriptionStatus::Suspended, ..subscription("OLD", "2027-06-02T00:00:00Z") },
        Subscription { cycle: BillingCycle::None, ..subscription("OLD", "2027-06-03T00:00:00Z") },
        subscription("MONTHLY", "2026-12-15T00:00:00Z"),
        subscription("MONTHLY", "2026-11-28T00:00:00Z"),
    ];
    let context = OrderContext { today: TODAY, offers: &offers, existing: &existing };
    let month: Vec<_> =
        end_choices(Term::P1M, BillingCycle::Monthly, &context).iter().map(ToString::to_string).collect();
    assert_eq!(month, ["2026-11-30", "2026-12-15"], "not the 28th, for a monthly term");
    let year = end_choices(Term::P1Y, BillingCycle::Annual, &context);
    assert_eq!(year.len(), 12 + 3);
    assert!(year.contains(&day(2027, 5, 17)) && year.contains(&day(2026, 11, 28)) && year.contains(&day(2027, 10, 31)));
    assert!(!year.contains(&day(2027, 11, 30)), "outside the first term");
    assert!(end_choices(Term::P1M, BillingCycle::None, &context).is_empty());
}

#[test]
fn end_dates_that_are_not() {
    let base = line(1, "PREMIUM", Term::P1Y, BillingCycle::Annual, 1);
    let with = |end: &str| found(&[LineForm { custom_end: Some(end.into()), ..base.clone() }]);
    assert_eq!(with("2027-01-31"), Vec::<String>::new());
    assert_eq!(with("2027-01-30"), ["lines.1.customEnd customEndNotAllowed 2027-01-31"]);
    assert_eq!(with("2026-11-24"), ["lines.1.customEnd customEndNotAllowed 2026-11-30"]);
    assert_eq!(with("31.1.2027"), ["lines.1.customEnd customEndForm 2026-11-24"]);
}

#[test]
fn totals_of_the_order_in_the_picture() {
    let offers = catalogue();
    let context = OrderContext { today: TODAY, offers: &offers, existing: &[] };
    let lines = [
        line(1, "PREMIUM", Term::P1Y, BillingCycle::Monthly, 18),
        line(2, "PHONE", Term::P1Y, BillingCycle::Monthly, 6),
        line(3, "VISIO", Term::P1Y, BillingCycle::Annual, 2),
    ];
    let totals = totals(&lines, &context);
    let minor = |money: &Option<Money>| money.as_ref().map(|money| money.minor);
    assert_eq!(minor(&totals.lines[0].unit), Some(1953));
    assert_eq!(minor(&totals.lines[0].period), Some(35154));
    assert_eq!(minor(&totals.monthly), Some(39630));
    assert_eq!(minor(&totals.yearly), Some(29760));
    assert_eq!(minor(&totals.triennial), None);
    assert_eq!(minor(&totals.term), Some(505320));
    assert_eq!(totals.longest_term_months, 12);
    assert_eq!(totals.currency, Some(Currency("EUR".into())));
}

#[test]
fn no_price_no_total_but_the_rest_stands() {
    let mut offers = catalogue();
    offers[3].plans[0].term_price = None;
    let context = OrderContext { today: TODAY, offers: &offers, existing: &[] };
    let lines = [
        line(1, "PREMIUM", Term::P1Y, BillingCycle::Monthly, 18),
        line(2, "VISIO", Term::P1Y, BillingCycle::Annual, 2),
        line(3, "TRIAL", Term::P1M, BillingCycle::None, 25),
    ];
    let totals = totals(&lines, &context);
    assert!(totals.monthly.is_some() && totals.yearly.is_none() && totals.term.is_none());
}

#[test]
fn three_years_are_billed_by_year_or_at_once() {
    let offer = offer("PREMIUM", "x");
    let month: Vec<_> = offer.plans.iter().map(|plan| per_month(plan).unwrap().minor).collect();
    let period: Vec<_> = offer.plans.iter().map(|plan| per_period(plan).unwrap().minor).collect();
    assert_eq!(month, [2232, 1953, 1860, 1804, 1767]);
    assert_eq!(period, [2232, 1953, 22320, 21648, 63612]);
}

#[test]
fn a_custom_end_prorates_the_first_term() {
    let offers = catalogue();
    let context = OrderContext { today: day(2027, 1, 1), offers: &offers, existing: &[] };
    let mut half = line(1, "VISIO", Term::P1Y, BillingCycle::Annual, 1);
    half.custom_end = Some("2027-06-30".into());
    let total = totals(&[half], &context).term.unwrap().minor;
    assert_eq!(total, 14880 * 181 / 365 + 1, "181 of 365 days, rounded up from .8");
}

proptest::proptest! {
    #[test]
    fn numbers_whatever_never_panic(number: u32, minor: i64, quantity: u32, end in "[0-9-]{0,12}") {
        let mut offers = catalogue();
        offers[0].plans[1].term_price = Some(Money { minor, currency: Currency("EUR".into()) });
        let context = OrderContext { today: TODAY, offers: &offers, existing: &[] };
        let mut of = line(number, "PREMIUM", Term::P1Y, BillingCycle::Monthly, quantity);
        of.custom_end = Some(end);
        let _ = totals(std::slice::from_ref(&of), &context);
        let _ = check_order(&[of], &context);
    }
}
