//! What the book keeps of customers beside Partner Center: alias, note, tags; and how the search finds them.

use crate::support::*;
use cb_domain::ids::CustomerId;
use cb_domain::journal::JournalKind;
use cb_store::{Book, CustomerPageQuery, JournalQuery};

async fn found(book: &Book, search: &str) -> Vec<String> {
    let query = CustomerPageQuery { search: search.into(), limit: 100, now: now(), ..CustomerPageQuery::default() };
    let page = book.read(move |db| db.customers().page(&query)).await.unwrap();
    page.rows.into_iter().map(|row| row.customer.name).collect()
}

async fn two(book: &Book) -> (CustomerId, CustomerId) {
    let (one, other) = (customer("Mühle Nord", None), customer("Fabrikam AG", None));
    let ids = (one.id, other.id);
    book.write(move |tx| {
        tx.put_customer(&one)?;
        tx.put_customer(&other)
    })
    .await
    .unwrap();
    ids
}

fn tags(tags: &[&str]) -> Vec<String> {
    tags.iter().map(|tag| (*tag).to_owned()).collect()
}

#[tokio::test]
async fn tags_are_one_whatever_their_writing_and_are_found_as_long_as_they_are_there() {
    let book = book();
    let (one, other) = two(&book).await;
    let wanted = tags(&["Schön & Gut", "  ", "SCHON & gut", "VIP"]);
    book.write(move |tx| tx.put_customer_tags(one, &wanted)).await.unwrap();
    let read = book.read(move |db| db.customer_book().tags(one)).await.unwrap();
    assert_eq!(read, ["Schön & Gut", "VIP"], "empty ones and the same one in another writing are left out");
    assert_eq!(found(&book, "schon").await, ["Mühle Nord"]);

    book.write(move |tx| tx.put_customer_tags(other, &tags(&["vip", "Abo"]))).await.unwrap();
    let known = book.read(|db| db.customer_book().known_tags()).await.unwrap();
    assert_eq!(known.len(), 3, "each tag once: {known:?}");
    assert_eq!(found(&book, "vip").await, ["Fabrikam AG", "Mühle Nord"]);

    book.write(move |tx| tx.put_customer_tags(one, &[])).await.unwrap();
    assert_eq!(found(&book, "vip").await, ["Fabrikam AG"], "a tag that was removed finds nothing");
    // A later write of the row, as a sync makes it, keeps the tags among the words.
    book.write(move |tx| {
        let row = tx.customers().get(other)?.unwrap();
        tx.put_customer(&row)
    })
    .await
    .unwrap();
    assert_eq!(found(&book, "vip").await, ["Fabrikam AG"]);
    assert!(book.read(|db| db.customer_book().known_tags()).await.unwrap().contains(&"Abo".to_owned()));
}

#[tokio::test]
async fn a_microsoft_id_finds_its_customer_however_it_was_copied() {
    let book = book();
    let tenant = |text: &str| Some(cb_domain::ids::TenantId(text.parse().unwrap()));
    let mut one = customer("Mühle Nord", None);
    one.tenant_id = tenant("0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11");
    let mut near = customer("Fabrikam AG", None);
    near.tenant_id = tenant("0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a12");
    let mut other = customer("Contoso", None);
    other.tenant_id = tenant("77777777-9a55-4b1e-8f0f-3f7f9b8f2a11");
    let id = one.id;
    book.write(move |tx| [one, near, other].iter().try_for_each(|one| tx.put_customer(one))).await.unwrap();
    for (search, names) in [
        ("0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11", vec!["Mühle Nord"]),
        ("0B6F3C52-9A55-4B1E-8F0F-3F7F9B8F2A11", vec!["Mühle Nord"]),
        ("  0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11\n", vec!["Mühle Nord"]),
        ("{0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11}", vec!["Mühle Nord"]),
        ("0b6f3c529a554b1e8f0f3f7f9b8f2a11", vec!["Mühle Nord"]),
        ("muhle 0b6f3c52-9a55", vec!["Mühle Nord"]),
        ("0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a1", vec!["Fabrikam AG", "Mühle Nord"]),
        ("0b6f3c52-9a55-4b1e", vec!["Fabrikam AG", "Mühle Nord"]),
        ("0b6f3c52", vec!["Fabrikam AG", "Mühle Nord"]),
        ("0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a13", vec![]),
        ("0b6f3c529a554b1e8f0f3f7f9b8f2a13", vec![]),
        ("{}", vec![]),
    ] {
        assert_eq!(found(&book, search).await, names, "{search:?}");
    }
    // A later sync tells another tenant: the old one finds it no more.
    book.write(move |tx| {
        let mut row = tx.customers().get(id)?.unwrap();
        row.tenant_id = tenant("88888888-9a55-4b1e-8f0f-3f7f9b8f2a11");
        tx.put_customer(&row)
    })
    .await
    .unwrap();
    assert!(found(&book, "0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11").await.is_empty());
    assert_eq!(found(&book, "88888888").await, ["Mühle Nord"]);
}

#[tokio::test]
async fn alias_note_and_tags_are_told_in_the_journal_once_each() {
    let book = book();
    let (one, _) = two(&book).await;
    for _ in 0..2 {
        book.write(move |tx| {
            tx.put_customer_alias(one, "Die Mühle")?;
            tx.put_customer_note(one, "Ruft zurück", now())?;
            tx.put_customer_tags(one, &["VIP".to_owned()])
        })
        .await
        .unwrap();
    }
    assert_eq!(found(&book, "die muhle").await, ["Mühle Nord"]);
    assert_eq!(book.read(move |db| db.customer_book().note(one)).await.unwrap(), "Ruft zurück");
    let query = JournalQuery { customer_id: Some(one), limit: 20, ..JournalQuery::default() };
    let entries = book.read(move |db| db.journal().page(&query)).await.unwrap();
    let changed: Vec<String> = entries
        .iter()
        .filter(|entry| entry.entry.kind == JournalKind::CustomerChanged)
        .flat_map(|entry| entry.entry.content.changes.iter().map(|change| change.field.clone()))
        .collect();
    assert_eq!(changed, ["tags", "note", "alias"], "the second time nothing changed");
}
