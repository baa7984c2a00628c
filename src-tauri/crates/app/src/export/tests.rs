//! Exports over the practice workspace's sample: what is in them, and that each program reads the same.

use crate::App;
use crate::fakes::Fakes;
use crate::views::*;
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use std::path::Path;

async fn world(seed: u64) -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(Fakes::new(seed).host(), folder.path().to_owned(), Language::En);
    app.try_it_out().await.unwrap();
    (app, folder)
}

fn words() -> Vec<ExportWord> {
    [("head.name", "Name"), ("country.DE", "Germany"), ("state.confirmed", "Confirmed"), ("yes_no.yes", "Yes")]
        .map(|(key, text)| ExportWord { key: key.to_owned(), text: text.to_owned() })
        .to_vec()
}

fn csv(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn xlsx(path: &Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    assert_eq!(book.sheet_names().len(), 1);
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|row| row.iter().map(cell).collect()).collect()
}

fn cell(data: &Data) -> String {
    let Data::DateTime(at) = data else { return data.to_string() };
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_are_written_as_listed_with_the_filter_and_in_the_order_that_is_set() {
    let (app, folder) = world(81).await;
    let query = CustomerQuery {
        countries: vec!["DE".to_owned()],
        sort: SortBy::Seats,
        descending: true,
        limit: 100,
        ..CustomerQuery::default()
    };
    let listed = app.list_customers(query.clone()).await.unwrap();
    let to = folder.path().join("customers.csv");
    let done = app.export_customers(query, CustomerTable::Customers, words(), to.clone()).await.unwrap();
    assert!(listed.matching > 5 && listed.matching < listed.total);
    assert_eq!((done.rows, done.file.as_str()), (listed.matching, "customers.csv"));
    let rows = csv(&to);
    assert_eq!(rows[0][..2], ["Name", "alias"], "what has no text stands as it is");
    let names: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, listed.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>());
    let head = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
    for (row, shown) in rows[1..].iter().zip(&listed.rows) {
        assert_eq!(row[head("country")], "Germany");
        assert_eq!(row[head("reseller")], shown.reseller_name);
        assert_eq!(row[head("seats")], shown.seats.to_string());
        assert_eq!(row[head("microsoft_id")], shown.tenant_id);
    }
    let told = app.journal(JournalFilter { areas: vec![JournalAreaView::Book], ..everything() }, None).await.unwrap();
    assert_eq!(told.rows[0].kind, JournalKindView::CustomersExported);
    assert_eq!(told.rows[0].reason, listed.matching.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_says_the_same_as_the_csv_file_of_every_subscription() {
    let (app, folder) = world(82).await;
    let (one, other) = (folder.path().join("all.csv"), folder.path().join("all.XLSX"));
    let all = CustomerQuery::default();
    let done = app.export_customers(all.clone(), CustomerTable::Subscriptions, words(), one.clone()).await.unwrap();
    app.export_customers(all.clone(), CustomerTable::Subscriptions, words(), other.clone()).await.unwrap();
    let (texts, cells) = (csv(&one), xlsx(&other));
    assert_eq!(texts.len(), cells.len());
    assert_eq!(u32::try_from(texts.len()).unwrap(), done.rows + 1);
    let price = texts[0].iter().position(|column| column == "unit_price").unwrap();
    for (text, cell) in texts.iter().zip(&cells) {
        for (column, (text, cell)) in text.iter().zip(cell).enumerate() {
            if column == price && !text.is_empty() && text != "unit_price" {
                assert!((text.parse::<f64>().unwrap() - cell.parse::<f64>().unwrap()).abs() < 1e-9);
            } else {
                assert_eq!(text, cell);
            }
        }
    }
    let listed = app.list_customers(CustomerQuery { limit: 500, ..all }).await.unwrap();
    let licences = texts[0].iter().position(|column| column == "licences").unwrap();
    let status = texts[0].iter().position(|column| column == "status").unwrap();
    let live =
        texts[1..].iter().filter(|row| ["active", "wanted", "pending", "suspended"].contains(&row[status].as_str()));
    let seats: u32 = live.map(|row| row[licences].parse::<u32>().unwrap()).sum();
    assert_eq!(seats, listed.rows.iter().map(|row| row.seats).sum::<u32>());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().filter(is_part).count(), 0, "no half file is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_has_the_support_contact_that_its_page_says() {
    let (app, folder) = world(85).await;
    let query = SupportQuery {
        filter: SupportFilter::All,
        reseller_id: String::new(),
        search: String::new(),
        after: String::new(),
        limit: 200,
    };
    let shown = app.support_contacts(query).await.unwrap();
    assert!(shown.next.is_empty() && shown.rows.len() > 100);
    let to = folder.path().join("all.csv");
    let all = CustomerQuery::default();
    app.export_customers(all, CustomerTable::Subscriptions, words(), to.clone()).await.unwrap();
    let rows = csv(&to);
    let head = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
    let (name, product, contact) = (0, head("product"), head("support_contact"));
    let mut written: Vec<_> =
        rows[1..].iter().map(|row| (row[name].clone(), row[product].clone(), row[contact].clone())).collect();
    written.sort();
    for row in shown.rows {
        let said = if row.contact_id.is_empty() { "provider".to_owned() } else { row.contact_name };
        let wanted = (row.customer_name, row.product_name, said);
        assert!(written.binary_search(&wanted).is_ok(), "{wanted:?}");
    }
}

fn is_part(file: &std::io::Result<std::fs::DirEntry>) -> bool {
    file.as_ref().unwrap().file_name().to_string_lossy().ends_with(".part")
}

fn everything() -> JournalFilter {
    JournalFilter {
        customer_id: String::new(),
        reseller_id: String::new(),
        areas: Vec::new(),
        from: String::new(),
        to: String::new(),
        search: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_goes_into_a_workbook_too_and_nothing_in_it_is_a_formula() {
    let (app, folder) = world(83).await;
    let open = app.open_book().await.unwrap();
    open.book.write(|tx| tx.set_setting("invitation_sender", "=cmd|'/c calc'!A1")).await.unwrap();
    let to = folder.path().join("journal.xlsx");
    let done = app.export_journal(everything(), Vec::new(), to.clone()).await.unwrap();
    let rows = xlsx(&to);
    assert_eq!(u32::try_from(rows.len()).unwrap(), done.rows + 1);
    assert!(rows.iter().flatten().any(|cell| cell.starts_with("=cmd")), "as it was written, as text");
    let mut book: Xlsx<_> = open_workbook(&to).unwrap();
    let formulas = book.worksheet_formula("Sheet1").unwrap();
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_written_no_file_is_left() {
    let (app, folder) = world(84).await;
    for name in ["gone/all.xlsx", "gone/all.csv"] {
        let to = folder.path().join(name);
        app.export_customers(CustomerQuery::default(), CustomerTable::Customers, words(), to).await.unwrap_err();
    }
    // A folder stands where the file would be: found out only at the end.
    let taken = folder.path().join("taken.xlsx");
    std::fs::create_dir(&taken).unwrap();
    app.export_customers(CustomerQuery::default(), CustomerTable::Customers, words(), taken).await.unwrap_err();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().filter(is_part).count(), 0);
}
