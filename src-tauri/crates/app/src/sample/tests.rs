//! The practice book as a person finds it, over a real store and the practice Partner Center.

use super::fill_practice_book;
use crate::error::AppError;
use crate::fakes::Fakes;
use crate::host::Clock;
use crate::transport::{Cable, Practice};
use crate::views::{
    CustomerQuery, CustomerStateView, DecidedField, PartnershipView, ProfileView, ResellerQuery, SearchHitKind, SortBy,
    StandsKind, TodoKind, WorkspaceColour, WorkspaceKind, WorkspaceView,
};
use crate::{App, OpenBook};
use cb_domain::customer::Customer;
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_sandbox::{Options, Sandbox};
use cb_store::{Book, BookKey};
use cb_sync::remote::Remote;
use jiff::tz::TimeZone;
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Filled {
    app: App,
    fakes: Fakes,
    cable: Cable,
    took: Duration,
    _folder: tempfile::TempDir,
}

async fn filled() -> Filled {
    let folder = tempfile::tempdir().unwrap();
    let fakes = Fakes::new(7);
    let now = fakes.clock.now();
    let host = fakes.host();
    let sandbox = Sandbox::open(folder.path(), Options::new(Arc::new(move || now))).unwrap();
    let cable = Cable::default();
    let client = Client::new(
        Arc::new(Practice::new(sandbox, cable.clone())),
        Arc::new(FixedToken::new("practice")),
        ClientConfig::new("https://practice.invalid", "de-DE"),
    );
    let remote: Arc<dyn Remote> = Arc::new(client);
    let book = Book::create(&folder.path().join("book"), &BookKey::new([7; 32])).unwrap();
    let began = Instant::now();
    fill_practice_book(&host, &book, remote.as_ref(), now.to_zoned(TimeZone::UTC).date()).await.unwrap();
    let took = began.elapsed();
    let workspace = WorkspaceView {
        id: "w".to_owned(),
        name: String::new(),
        kind: WorkspaceKind::Practice,
        colour: WorkspaceColour::Purple,
        folder: folder.path().display().to_string(),
    };
    let app = App::new(host.clone(), folder.path().to_owned(), crate::views::Language::En);
    let open = OpenBook::start(&host, workspace, book, remote, None).await.unwrap();
    *app.inner.open.write().await = Some(Arc::new(open));
    Filled { app, fakes, cable, took, _folder: folder }
}

fn customers(search: &str) -> CustomerQuery {
    CustomerQuery {
        search: search.to_owned(),
        reseller_ids: Vec::new(),
        sort: SortBy::Name,
        descending: false,
        after: String::new(),
        limit: 500,
        ..CustomerQuery::default()
    }
}

fn resellers(sort: SortBy, descending: bool) -> ResellerQuery {
    let (fitness, country) = (Vec::new(), String::new());
    ResellerQuery { search: String::new(), partnership: Vec::new(), fitness, country, sort, descending }
}

#[tokio::test]
async fn the_practice_book_is_whole_and_filled_in_no_time() {
    let filled = filled().await;
    let page = filled.app.list_customers(customers("")).await.unwrap();
    assert_eq!((page.total, page.matching, page.rows.len()), (60, 60, 60));
    assert_eq!(page.rows.iter().map(|row| row.subscriptions).sum::<u32>(), 150);
    for row in &page.rows {
        let named = [&row.name, &row.country, &row.town, &row.reseller_name, &row.tenant_id, &row.domain_prefix];
        assert!(named.iter().all(|text| !text.is_empty()), "something is missing of {}", row.name);
        assert_ne!(row.stands.kind, StandsKind::Draft, "{} is confirmed", row.name);
    }
    let list = filled.app.list_resellers(resellers(SortBy::Name, false)).await.unwrap();
    assert_eq!((list.total, list.active), (12, 8));
    for (state, count) in [
        (PartnershipView::Active, 8),
        (PartnershipView::Draft, 1),
        (PartnershipView::Requested, 1),
        (PartnershipView::Declined, 1),
        (PartnershipView::Ended, 1),
    ] {
        assert_eq!(list.rows.iter().filter(|row| row.partnership == state).count(), count, "{state:?}");
    }
    assert!(list.rows.iter().all(|row| !row.contact_name.is_empty() && !row.town.is_empty()));
    let catalogue = filled.app.catalogue("DE".to_owned(), "commercial".to_owned()).await.unwrap();
    assert!(catalogue.offers.len() >= 25, "only {} products", catalogue.offers.len());
    assert!(catalogue.prices_from.is_some());
    // Half a second when quiet; the bound is the promise of the first start. Whatever else the machine does counts for
    // nothing: the quickest of a few.
    let limit = Duration::from_secs(2);
    let mut quickest = filled.took;
    for _ in 0..5 {
        if quickest >= limit {
            quickest = quickest.min(self::filled().await.took);
        }
    }
    assert!(quickest < limit, "filling took {quickest:?}");
}

#[tokio::test]
async fn home_has_something_to_do_and_something_to_show() {
    let filled = filled().await;
    let home = filled.app.home().await.unwrap();
    let kinds: Vec<TodoKind> = home.todo.iter().map(|item| item.kind).collect();
    for kind in [TodoKind::PartnershipUnanswered, TodoKind::ResellerNotFit, TodoKind::TermEnds] {
        assert!(kinds.contains(&kind), "{kind:?} is not on Home: {kinds:?}");
    }
    assert!(home.renewals.iter().map(|month| month.decided + month.open).sum::<u32>() > 0);
    assert!(!home.seats.is_empty() && home.seats.len() <= 10);
    assert!(home.seats.windows(2).all(|pair| pair[0].seats >= pair[1].seats));
    assert_eq!(home.active_resellers, 8);
    assert_eq!(home.as_of, Some(filled.fakes.clock.now().to_string()));
}

#[tokio::test]
async fn customers_are_filtered_by_country_state_and_the_month_of_a_renewal() {
    let filled = filled().await;
    let all = filled.app.list_customers(customers("")).await.unwrap();
    let here: std::collections::BTreeSet<&str> = all.rows.iter().map(|row| row.country.as_str()).collect();
    assert_eq!(all.countries, here.into_iter().collect::<Vec<_>>(), "each once, in order");
    let german = CustomerQuery { countries: vec!["DE".to_owned(), "PL".to_owned()], ..customers("") };
    let german = filled.app.list_customers(german).await.unwrap();
    let wanted = all.rows.iter().filter(|row| ["DE", "PL"].contains(&row.country.as_str())).count();
    assert!(wanted > 0 && (german.rows.len(), german.matching as usize, german.total) == (wanted, wanted, 60));

    let ending = CustomerQuery { states: vec![CustomerStateView::TermEnds], ..customers("") };
    let ending = filled.app.list_customers(ending).await.unwrap();
    assert!(!ending.rows.is_empty() && ending.rows.len() < 60);
    let open = vec![CustomerStateView::NeedsAttention, CustomerStateView::OnHold, CustomerStateView::Waiting];
    let open = filled.app.list_customers(CustomerQuery { states: open, ..customers("") }).await.unwrap();
    assert_eq!(open.matching, 0, "nothing is open in a fresh practice book");
    let confirmed = CustomerQuery { states: vec![CustomerStateView::Confirmed], ..customers("") };
    assert_eq!(filled.app.list_customers(confirmed).await.unwrap().matching, 60);

    // The bar of a month and the list behind it tell the same.
    let home = filled.app.home().await.unwrap();
    let mut seen = 0;
    for month in home.renewals.iter().filter(|month| month.decided + month.open > 0) {
        let query = CustomerQuery { renews_in: month.month.clone(), ..customers("") };
        let page = filled.app.list_customers(query).await.unwrap();
        assert!(page.matching > 0 && page.matching <= month.decided + month.open, "{}", month.month);
        seen += 1;
    }
    assert!(seen > 3);
    let nonsense = CustomerQuery { renews_in: "soon".to_owned(), ..customers("") };
    assert_eq!(filled.app.list_customers(nonsense).await.unwrap().matching, 60, "no month, no filter");
}

#[tokio::test]
async fn resellers_sort_filter_and_open() {
    let filled = filled().await;
    let by_seats = filled.app.list_resellers(resellers(SortBy::Seats, true)).await.unwrap();
    assert!(by_seats.rows.windows(2).all(|pair| pair[0].seats >= pair[1].seats));
    let requested = ResellerQuery {
        partnership: vec![PartnershipView::Requested],
        search: "wisla chm".to_owned(),
        ..resellers(SortBy::Name, false)
    };
    let found = filled.app.list_resellers(requested).await.unwrap();
    assert_eq!(found.rows.len(), 1, "accents and half words find it");
    assert!(!found.rows[0].takes_customers);
    let biggest = filled.app.reseller_detail(by_seats.rows[0].id.clone()).await.unwrap();
    assert!(!biggest.newest_customers.is_empty() && biggest.newest_customers.len() <= 5);
    assert!(biggest.newest_customers.iter().all(|row| row.reseller_id == biggest.row.id));
}

#[tokio::test]
async fn a_customer_opens_with_its_subscriptions_and_search_finds_it() {
    let filled = filled().await;
    let found = filled.app.list_customers(customers("backerei morgen")).await.unwrap();
    assert_eq!(found.rows.len(), 1);
    let detail = filled.app.customer_detail(found.rows[0].id.clone()).await.unwrap();
    assert_eq!(detail.subscriptions.len(), 3);
    assert_eq!(detail.contact_name, "Jörg Petersen");
    assert!(detail.subscriptions.iter().all(|s| s.ends_at.is_some() && !s.product_name.is_empty()));
    let hits = filled.app.search("morgenröte".to_owned()).await.unwrap();
    assert!(hits.iter().any(|hit| hit.kind == SearchHitKind::Customer && hit.id == detail.row.id));
    assert!(filled.app.search("  ".to_owned()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_favourite_comes_first() {
    let filled = filled().await;
    let market = || filled.app.catalogue("DE".to_owned(), "commercial".to_owned());
    let last = market().await.unwrap().offers.pop().unwrap();
    filled.app.set_favourite(last.product_id.clone(), last.sku_id.clone(), true).await.unwrap();
    let first = market().await.unwrap().offers.remove(0);
    assert_eq!((first.product_id, first.sku_id, first.favourite), (last.product_id, last.sku_id, true));
}

#[tokio::test]
async fn a_missing_catalogue_comes_in_the_background() {
    let filled = filled().await;
    let swiss = || filled.app.catalogue("CH".to_owned(), "commercial".to_owned());
    filled.cable.set_out(true);
    assert!(swiss().await.unwrap().offers.is_empty(), "offline there is none, and nobody waits");
    filled.cable.set_out(false);
    let began = Instant::now();
    loop {
        let view = swiss().await.unwrap();
        if !view.offers.is_empty() {
            assert_eq!(view.offers[0].currency, "CHF");
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "the catalogue never came");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(!filled.fakes.notifier.0.lock().unwrap().is_empty(), "the screens were told");
}

/// A customer whose profile was never read: the book has its row alone. Gives its id.
async fn never_read(filled: &Filled) -> String {
    let id = uuid::Uuid::from_u128(0xa11).into();
    let open = filled.app.open_book().await.unwrap();
    let found = filled.app.list_customers(customers("backerei morgen")).await.unwrap();
    let known = found.rows[0].id.parse().unwrap();
    open.book
        .write(move |tx| {
            let known = tx.customers().get(known)?.unwrap();
            tx.put_customer(&Customer { tenant_id: None, ..known.clone() })?;
            tx.put_customer(&Customer { id, ..known })
        })
        .await
        .unwrap();
    id.to_string()
}

fn value(view: &ProfileView, field: &str) -> String {
    view.fields.iter().find(|one| one.field == field).unwrap().value.clone()
}

#[tokio::test]
async fn every_sample_customer_opens_whole_without_a_network() {
    let filled = filled().await;
    filled.cable.set_out(true);
    for row in filled.app.list_customers(customers("")).await.unwrap().rows {
        let view = filled.app.customer_profile(row.id.clone()).await.unwrap();
        assert!(view.whole && view.known && !view.reading, "{}", row.name);
        for field in ["addressLine1", "postalCode", "city", "firstName", "lastName", "email", "phone"] {
            assert!(
                !value(&view, field).is_empty() || (field, view.country.as_str()) == ("postalCode", "IE"),
                "{field} of {}",
                row.name
            );
        }
    }
}

#[tokio::test]
async fn a_profile_that_was_never_read_is_read_first() {
    let filled = filled().await;
    let id = never_read(&filled).await;
    let view = filled.app.customer_profile(id.clone()).await.unwrap();
    assert!(!view.whole && view.reading, "the form waits for what is under way");
    let began = Instant::now();
    let view = loop {
        let view = filled.app.customer_profile(id.clone()).await.unwrap();
        if !view.reading {
            break view;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "the profile never came");
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    assert!(view.whole && view.known);
    assert!(!value(&view, "addressLine1").is_empty() && !value(&view, "postalCode").is_empty());
    assert!(!filled.fakes.notifier.0.lock().unwrap().is_empty(), "the form was told");
}

#[tokio::test]
async fn without_a_network_the_form_is_told_that_the_address_is_not_known() {
    let filled = filled().await;
    let id = never_read(&filled).await;
    filled.cable.set_out(true);
    let began = Instant::now();
    let view = loop {
        let view = filled.app.customer_profile(id.clone()).await.unwrap();
        if !view.reading {
            break view;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "the form would wait for ever");
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    assert!(!view.whole && !view.known && value(&view, "addressLine1").is_empty());
    let name = DecidedField { field: "lastName".into(), value: "Mein".into() };
    let left_out = filled.app.change_customer_profile(id.clone(), vec![name.clone()]).await;
    let Err(AppError::Validation(problems)) = left_out else { panic!("{left_out:?}") };
    assert!(problems.iter().any(|one| one.field == "addressLine1" && one.key == "required"), "{problems:?}");
    let typed = [("addressLine1", "Hafenstr. 3"), ("postalCode", "24103")];
    let typed = typed.map(|(field, value)| DecidedField { field: field.into(), value: value.into() });
    let operation = filled.app.change_customer_profile(id, typed.into_iter().chain([name]).collect()).await.unwrap();
    assert!(!operation.is_empty());
}
