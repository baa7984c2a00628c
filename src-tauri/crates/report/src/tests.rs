//! The file is read back by another program (`pdftotext` of poppler-utils): what was put in must come out of it, in the
//! order in which it stands on the page.

use super::*;
use std::process::Command;

fn fact(label: &str, value: &str) -> Fact {
    Fact { label: label.into(), value: value.into() }
}

fn table(rows: usize) -> Table {
    let column = |head: &str, right, share| Column { head: head.into(), right, share };
    Table {
        columns: vec![column("Product", false, 5.0), column("Licences", true, 1.0), column("Price", true, 2.0)],
        rows: (0..rows)
            .map(|at| vec![format!("Microsoft 365 Business Premium {at}"), "1,234".into(), "€ 20.90".into()])
            .collect(),
    }
}

fn document(customers: usize) -> Document {
    let mut blocks = vec![Block::Section { text: "Kunden".into() }];
    for at in 0..customers {
        blocks.push(Block::Heading { text: format!("Bäckerei Łódź {at} Sp. z o.o."), note: "Bestätigt".into() });
        blocks.push(Block::Facts(vec![fact("Domäne", "baeckerei.onmicrosoft.com"), fact("Ort", "Łódź, Polen")]));
        blocks.push(Block::Table(table(3)));
    }
    blocks.push(Block::List(vec!["Őrségi Gyümölcs Kft.".into(), "Işık Elektrik A.Ş. – Ğ ğ İ ı".into()]));
    blocks.push(Block::Text("Ελλάδα, Україна".into()));
    Document {
        language: "de".into(),
        kind: "Onboarding-Sitzung".into(),
        title: "Partnertag Kiel".into(),
        facts: vec![fact("Beginn", "24.11.2026, 09:00"), fact("Ende", "24.11.2026, 17:30")],
        blocks,
        footer: "Nordkontor Cloud".into(),
    }
}

fn read_back(document: &Document) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, pdf(document).unwrap()).unwrap();
    if let Ok(kept) = std::env::var("CHANNELBOOK_KEEP_PDF") {
        std::fs::copy(&path, kept).unwrap();
    }
    let told = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&path).arg("-").output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).unwrap()
}

#[test]
fn what_was_put_in_comes_out_in_the_order_of_the_page() {
    let text = read_back(&document(2));
    let mut from = 0;
    for wanted in [
        "Onboarding-Sitzung",
        "Partnertag Kiel",
        "24.11.2026, 17:30",
        "Bäckerei Łódź 0 Sp. z o.o.",
        "Bestätigt",
        "Łódź, Polen",
        "Microsoft 365 Business Premium 2",
        "Bäckerei Łódź 1 Sp. z o.o.",
        "Őrségi Gyümölcs Kft.",
        "Işık Elektrik A.Ş. – Ğ ğ İ ı",
        "Ελλάδα, Україна",
        "Nordkontor Cloud",
        "1/1",
    ] {
        let at = text[from..].find(wanted);
        assert!(at.is_some(), "{wanted} is not there, or not in its place:\n{text}");
        from += at.unwrap();
    }
}

#[test]
fn a_report_of_a_usual_day_fits_on_one_page_and_a_long_one_goes_on() {
    assert_eq!(page_count(&document(6)).unwrap(), 1);
    let long = document(40);
    let pages = page_count(&long).unwrap();
    assert!((4..9).contains(&pages), "{pages} pages");
    let text = read_back(&long);
    assert!(text.contains(&format!("{pages}/{pages}")), "each page has its number");
    for at in 0..40 {
        assert!(text.contains(&format!("Bäckerei Łódź {at} Sp. z o.o.")), "customer {at} is lost");
    }
}

#[test]
fn nothing_leaves_the_paper() {
    let mut wide = document(1);
    let endless = "W".repeat(400);
    wide.title.clone_from(&endless);
    wide.blocks.push(Block::Heading { text: endless.clone(), note: "Handlungsbedarf".into() });
    wide.blocks.push(Block::Table(Table { rows: vec![vec![endless.clone(); 3]], ..table(0) }));
    wide.blocks.push(Block::List(vec![endless]));
    let typeface = typeface::Typeface::load().unwrap();
    for page in layout::pages(&wide, &typeface) {
        for mark in page {
            let (x, width, y) = match mark {
                layout::Mark::Text { x, y, size, weight, text, .. } => (x, typeface.width(&text, weight, size), y),
                layout::Mark::Rule { x, y, width } => (x, width, y),
            };
            assert!(x >= 50.0 && x + width <= layout::WIDTH - 50.0, "{x} + {width}");
            assert!(y > 40.0 && y < layout::HEIGHT - 30.0, "{y}");
        }
    }
}

#[test]
fn the_same_report_is_the_same_file() {
    assert_eq!(pdf(&document(2)).unwrap(), pdf(&document(2)).unwrap());
}
