//! A customer's page over a real book and the practice Partner Center.

use crate::App;
use crate::error::AppError;
use crate::fakes::Fakes;
use crate::views::{CustomerPageView, CustomerQuery, Language};

async fn world() -> (App, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(Fakes::new(81).host(), folder.path().to_path_buf(), Language::En);
    app.try_it_out().await.unwrap();
    let list = app.list_customers(CustomerQuery { search: "morgenroete".into(), limit: 5, ..Default::default() }).await;
    let id = list.unwrap().rows.first().unwrap().id.clone();
    (app, id, folder)
}

async fn page(app: &App, id: &str) -> CustomerPageView {
    app.customer_page(id.to_owned()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_tells_subscriptions_orders_and_resellers_of_this_customer_only() {
    let (app, id, _folder) = world().await;
    let page = page(&app, &id).await;
    assert_eq!(page.row.id, id);
    assert_eq!(u32::try_from(page.subscriptions.len()).unwrap(), page.row.subscriptions);
    let ordered: usize = page.orders.iter().map(|order| order.lines.len()).sum();
    assert_eq!(ordered, page.subscriptions.len(), "each subscription stands in one order");
    assert_eq!(page.resellers.first().map(|one| (one.listed, one.row.id.clone())), Some((true, page.row.reseller_id)));
    assert!(page.open.is_empty(), "nothing waits in the sample");
    app.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alias_note_and_tags_are_kept_in_good_shape_and_found() {
    let (app, id, _folder) = world().await;
    app.save_customer_alias(id.clone(), "  Die \n Morgenbäcker  ".into()).await.unwrap();
    app.save_customer_note(id.clone(), "Zeile 1\nZeile 2 \n".into()).await.unwrap();
    app.save_customer_tags(id.clone(), vec![" Schul  Essen ".into(), "SCHUL essen".into(), "x".repeat(60)])
        .await
        .unwrap();
    let page = page(&app, &id).await;
    assert_eq!(page.row.alias, "Die Morgenbäcker");
    assert_eq!(page.note, "Zeile 1\nZeile 2");
    assert_eq!(page.tags, ["Schul Essen".to_owned(), "x".repeat(40)]);
    assert_eq!(page.known_tags, page.tags);
    for search in ["morgenbacker", "schul essen"] {
        let query = CustomerQuery { search: search.into(), limit: 5, ..Default::default() };
        let rows = app.list_customers(query).await.unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [id.as_str()], "{search}");
    }
    let nobody = "01920000-0000-7000-8000-000000000099".to_owned();
    assert!(matches!(app.save_customer_note(nobody.clone(), "x".into()).await, Err(AppError::NotFound)));
    assert!(matches!(app.customer_page(nobody).await, Err(AppError::NotFound)));
    app.shut_down().await;
}
