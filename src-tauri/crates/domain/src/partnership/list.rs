//! Several resellers at once: a pasted list or a CSV file, looked through before anything is written.

use super::columns::{ColumnHint, hints};
use super::{RequestForm, check_request};
use crate::country::names::code_of;
use crate::mail::MailLanguage;
use csv::{ReaderBuilder, StringRecord, Trim};

/// Most rows of one list.
pub const MOST_ROWS: usize = 1000;

/// A row that can be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// Line in the list, from 1.
    pub line: u32,
    /// Who is asked.
    pub form: RequestForm,
    /// Language of the mail.
    pub language: MailLanguage,
}

/// A field of a row that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListProblem {
    /// Line in the list, from 1.
    pub line: u32,
    /// Column, or `row`.
    pub column: &'static str,
    /// What stands there.
    pub found: String,
    /// One of [`super::REQUEST_KEYS`].
    pub key: &'static str,
    /// What would be right.
    pub expected: String,
}

/// A list as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadList {
    /// Rows that can be invited.
    pub good: Vec<ListRow>,
    /// What is wrong with the others.
    pub bad: Vec<ListProblem>,
    /// The first line names the columns.
    pub has_head: bool,
    /// Columns that the first line names and nobody knows.
    pub ignored: Vec<String>,
    /// Columns that seem to hold something else.
    pub hints: Vec<ColumnHint>,
}

/// Columns in the order that a list without a head has.
const COLUMNS: &[(&str, &[&str])] = &[
    (
        "company",
        &["company", "companyname", "name", "reseller", "firma", "firmenname", "unternehmen", "vertriebspartner"],
    ),
    ("contactName", &["contact", "contactname", "person", "kontakt", "kontaktname", "ansprechpartner"]),
    ("email", &["email", "mail", "emailaddress", "emailadresse", "mailadresse", "to", "an"]),
    ("country", &["country", "countryregion", "countrycode", "land", "landregion", "ländercode", "region"]),
    ("tenantId", &["tenantid", "tenant", "microsoftid", "mandantenid", "mandant"]),
    ("partnerId", &["partnerid", "mpnid", "mpn", "pla", "plaid"]),
    ("language", &["language", "sprache"]),
];

/// Reads a list. `language` stands where a row names none; `known` names the reseller in the book that a row already is.
#[must_use]
pub fn read_list(text: &str, language: MailLanguage, known: &dyn Fn(&RequestForm) -> Option<String>) -> ReadList {
    let text = text.trim_start_matches('\u{feff}');
    let records = records(text);
    let mut read = ReadList::default();
    let mut columns: Vec<Option<&'static str>> = COLUMNS.iter().map(|(name, _)| Some(*name)).collect();
    let mut rows = records.as_slice();
    if let Some(((_, first), rest)) = records.split_first()
        && is_head(first)
    {
        columns = first.iter().map(column_of).collect();
        read.ignored =
            first.iter().filter(|name| column_of(name).is_none() && !name.is_empty()).map(str::to_owned).collect();
        read.has_head = true;
        rows = rest;
    }
    read.hints = hints(rows, &columns);
    if rows.is_empty() {
        read.bad.push(problem(1, "row", "", "noRows", ""));
    }
    if let Some((line, _)) = rows.get(MOST_ROWS) {
        read.bad.push(problem(*line, "row", "", "tooManyRows", MOST_ROWS));
        rows = &rows[..MOST_ROWS];
    }
    let mut seen: Vec<(String, u32)> = Vec::new();
    for (line, record) in rows {
        let before = read.bad.len();
        let row = row(*line, record, &columns, language, &mut read.bad);
        let address = row.form.email.to_ascii_lowercase();
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == address && !address.is_empty()) {
            read.bad.push(problem(*line, "email", &row.form.email, "twiceInList", first));
        } else if let Some(name) = known(&row.form).filter(|_| read.bad.len() == before) {
            read.bad.push(problem(*line, "company", &row.form.company, "inBook", name));
        }
        seen.push((address, *line));
        if read.bad.len() == before {
            read.good.push(row);
        }
    }
    read
}

fn row(
    line: u32,
    record: &StringRecord,
    columns: &[Option<&'static str>],
    language: MailLanguage,
    bad: &mut Vec<ListProblem>,
) -> ListRow {
    let mut row = ListRow { line, form: RequestForm::default(), language };
    for (value, column) in record.iter().zip(columns) {
        let value = value.to_owned();
        match *column {
            Some("company") => row.form.company = value,
            Some("contactName") => row.form.contact_name = value,
            Some("email") => row.form.email = value,
            Some("country") => {
                // A name that nobody knows stays as it is, to be shown with what would be right.
                row.form.country = code_of(&value).map_or(value, str::to_owned);
            }
            Some("tenantId") => row.form.tenant_id = value,
            Some("partnerId") => row.form.partner_id = value,
            Some("language") => match value.to_lowercase().as_str() {
                "" => {}
                "de" | "de-de" | "deutsch" | "german" => row.language = MailLanguage::De,
                "en" | "en-us" | "en-gb" | "englisch" | "english" => row.language = MailLanguage::En,
                _ => bad.push(problem(line, "language", &value, "languageUnknown", "de, en")),
            },
            _ => {}
        }
    }
    // An empty field too many at the end is what a spreadsheet leaves; a full one would be lost.
    if let Some(extra) = record.iter().skip(columns.len()).find(|value| !value.is_empty()) {
        bad.push(problem(line, "row", extra, "tooManyColumns", columns.len()));
    }
    for wrong in check_request(&row.form) {
        let column = COLUMNS.iter().map(|(name, _)| *name).find(|name| *name == wrong.field).unwrap_or("row");
        bad.push(problem(line, column, field(&row.form, column), wrong.key, wrong.expected));
    }
    row
}

fn field<'f>(form: &'f RequestForm, column: &str) -> &'f str {
    match column {
        "company" => &form.company,
        "contactName" => &form.contact_name,
        "email" => &form.email,
        "country" => &form.country,
        "tenantId" => &form.tenant_id,
        "partnerId" => &form.partner_id,
        _ => "",
    }
}

fn problem(line: u32, column: &'static str, found: &str, key: &'static str, expected: impl ToString) -> ListProblem {
    ListProblem { line, column, found: found.chars().take(80).collect(), key, expected: expected.to_string() }
}

/// Rows that hold anything, with the line on which each begins.
fn records(text: &str) -> Vec<(u32, StringRecord)> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    reader
        .records()
        // A text in memory is UTF-8 and has no read errors, and rows may differ in length.
        .filter_map(Result::ok)
        .filter(|record| record.iter().any(|value| !value.is_empty()))
        .map(|record| {
            let line = record.position().map_or(1, csv::Position::line);
            (u32::try_from(line).unwrap_or(u32::MAX), record)
        })
        .collect()
}

/// A table that was copied has tabs, German spreadsheets write semicolons: what the first full line has most of.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| line.bytes().filter(|b| *b == mark).count();
    [b'\t', b';', b','].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

/// A first line is a head when it names the address column and holds no address.
fn is_head(record: &StringRecord) -> bool {
    record.iter().any(|value| column_of(value) == Some("email")) && !record.iter().any(|value| value.contains('@'))
}

fn column_of(name: &str) -> Option<&'static str> {
    let plain: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    COLUMNS.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(column, _)| *column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> ReadList {
        read_list(text, MailLanguage::De, &|form| (form.partner_id == "4800001").then(|| "Nordlicht IT".to_owned()))
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        let lists = [
            "Company,Contact,E-mail,Country,Tenant ID,PartnerID,Language\nÄrmel & Söhne,\"Kaja, Ö.\",a@b.example,no,,4812345,en\n",
            "\u{feff}Firma;Ansprechpartner;E-Mail-Adresse;Land;Mandanten-ID;MPN-ID;Sprache\r\nÄrmel & Söhne;Kaja, Ö.;a@b.example;NO;;4812345;Englisch;\r\n\r\n",
            "Ärmel & Söhne\tKaja, Ö.\ta@b.example\tNO\t\t4812345\ten",
            "sprache\temail\tfirma\tKontakt\tland\tPartner ID\nen\ta@b.example\tÄrmel & Söhne\tKaja, Ö.\tNO\t4812345",
        ];
        for list in lists {
            let read = read(list);
            assert_eq!(read.bad, [], "{list}");
            let [row] = read.good.as_slice() else { panic!("{list}") };
            assert_eq!(row.language, MailLanguage::En);
            assert_eq!(row.form.company, "Ärmel & Söhne");
            assert_eq!(row.form.contact_name, "Kaja, Ö.");
            assert_eq!((row.form.email.as_str(), row.form.country.as_str()), ("a@b.example", "NO"));
            assert_eq!((row.form.tenant_id.as_str(), row.form.partner_id.as_str()), ("", "4812345"));
        }
    }

    #[test]
    fn names_line_column_and_what_would_be_right() {
        let read = read(
            "Firma;Kontakt;E-Mail;Land;Mandant;PartnerID;Sprache;Umsatz\n\
             Gut GmbH;;gut@b.example;DE;;;;12\n\
             ;;leer@b.example;DE;;;;\n\
             Ohne Adresse;;;DE;;;;\n\
             Falsch;;falsch.example;DE;;;;\n\
             Land;;land@b.example;Deutschlan;;;;\n\
             Mandant;;mandant@b.example;DE;12;;;\n\
             Doppelt;;GUT@b.example;DE;;;;\n\
             Bekannt;;bekannt@b.example;DE;;4800001;;\n\
             Sprache;;sprache@b.example;DE;;;fr;\n\
             Viel;;viel@b.example;DE;;;;;mehr\n",
        );
        assert_eq!(read.ignored, ["Umsatz"]);
        assert_eq!(read.good.iter().map(|row| row.line).collect::<Vec<_>>(), [2]);
        let told: Vec<_> =
            read.bad.iter().map(|p| (p.line, p.column, p.key, p.found.as_str(), p.expected.as_str())).collect();
        assert_eq!(
            told,
            [
                (3, "company", "required", "", ""),
                (4, "email", "required", "", ""),
                (5, "email", "emailForm", "falsch.example", "name@example.com"),
                (6, "country", "countryUnknown", "Deutschlan", "DE"),
                (7, "tenantId", "tenantIdForm", "12", "0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11"),
                (8, "email", "twiceInList", "GUT@b.example", "2"),
                (9, "company", "inBook", "Bekannt", "Nordlicht IT"),
                (10, "language", "languageUnknown", "fr", "de, en"),
                (11, "row", "tooManyColumns", "mehr", "8"),
            ]
        );
    }

    #[test]
    fn an_open_quotation_mark_loses_no_row_in_silence() {
        let read = read("Firma,,a@b.example,DE\n\"Offen,,c@d.example,DE\nDritte,,e@f.example,DE\n");
        assert_eq!(read.good.len(), 1);
        assert!(read.bad.iter().any(|p| p.line == 2 && p.key == "controlCharacter"), "{:?}", read.bad);
    }

    #[test]
    fn too_many_rows_and_none_are_told() {
        assert_eq!(read("").bad[0].key, "noRows");
        assert_eq!(read("Firma;E-Mail\n").bad[0].key, "noRows");
        let many: String = (0..=MOST_ROWS).map(|n| format!("F{n},,f{n}@b.example,DE\n")).collect();
        let read = read(&many);
        assert_eq!((read.good.len(), read.bad.len()), (MOST_ROWS, 1));
        assert_eq!((read.bad[0].line, read.bad[0].key), (1001, "tooManyRows"));
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_never_loses_a_row(text in "(\\PC|\n|\t|\"|;|,|\u{feff}){0,80}") {
            let read = read(&text);
            let lines: std::collections::BTreeSet<u32> =
                read.good.iter().map(|row| row.line).chain(read.bad.iter().map(|p| p.line)).collect();
            let rows = records(text.trim_start_matches('\u{feff}')).len() - usize::from(read.has_head);
            proptest::prop_assert!(lines.len() >= rows);
        }
    }
}
