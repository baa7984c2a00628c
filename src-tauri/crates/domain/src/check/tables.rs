//! Tables of valid and invalid values for each field of the form, for the eighteen countries.

use super::{FormContext, check_form};
use crate::country;
use crate::draft::CustomerForm;
use crate::problem::PROBLEM_KEYS;
use jiff::civil::date;

/// A country with a form that is in order there: state, postal code, phone, registration number.
struct Good {
    iso: &'static str,
    state: &'static str,
    postal: &'static str,
    phones: &'static [&'static str],
    bad_phones: &'static [&'static str],
    registration: &'static str,
}

const fn good(
    iso: &'static str,
    state: &'static str,
    postal: &'static str,
    phones: &'static [&'static str],
    bad_phones: &'static [&'static str],
) -> Good {
    Good { iso, state, postal, phones, bad_phones, registration: "" }
}

const COUNTRIES: &[Good] = &[
    good(
        "DE",
        "",
        "10115",
        &["+49 30 901820", "030 901820", "(030) 90 18 20", "+48 58 555 01 62"],
        &["12", "030-abc", "+49 30"],
    ),
    good("AT", "", "1010", &["+43 1 234567890", "01 5134000"], &["1", "+43"]),
    good("CH", "ZH", "8001", &["+41 44 668 18 00", "044 668 18 00"], &["044 668", "+41 44"]),
    good("FR", "", "75001", &["+33 1 23 45 67 89", "01 23 45 67 89"], &["01 23 45", "+33 1 23"]),
    good("NL", "", "1012 AB", &["+31 20 123 4567", "020 123 4567"], &["020", "+31 2"]),
    good("BE", "", "1000", &["+32 2 555 12 12", "02 555 12 12"], &["02", "+32 2 5"]),
    Good {
        registration: "583 302 71 49",
        ..good("PL", "", "80-765", &["+48 58 555 01 62", "58 555 01 62", "585550162"], &["58 555 01", "+48 58 555"])
    },
    Good {
        registration: "10773381-2-44",
        ..good("HU", "", "1051", &["+36 1 234 5678", "06 1 234 5678"], &["1234", "+36 1"])
    },
    good("CZ", "", "110 00", &["+420 212 345 678", "212 345 678"], &["212 345", "+420 2"]),
    good("IT", "RM", "00184", &["+39 06 1234 5678", "06 1234 5678"], &["1", "+39"]),
    good("ES", "Madrid", "28001", &["+34 810 12 34 56", "810 12 34 56"], &["810 12", "+34 8"]),
    good("DK", "", "1050", &["+45 32 12 34 56", "32 12 34 56"], &["32 12", "+45 3"]),
    good("SE", "", "111 20", &["+46 8 123 456 78", "08-123 456 78"], &["08", "+46"]),
    good("NO", "", "0150", &["+47 21 23 45 67", "21 23 45 67"], &["21 23", "+47 2"]),
    good("GB", "", "SW1A 1AA", &["+44 20 7946 0018", "020 7946 0018"], &["020 7946", "+44 2"]),
    good("IE", "Dublin", "D02 AF30", &["+353 1 234 5678", "01 234 5678"], &["01 23", "+353"]),
    good(
        "US",
        "WA",
        "98101",
        &["+1 206 555 0100", "(206) 555-0100", "2065550100"],
        &["555-0100", "+1 206", "206-555-01OO"],
    ),
    good("CA", "ON", "K1A 0B1", &["+1 613 555 0162", "613-555-0162"], &["555-0162", "+1 613"]),
];

fn form(of: &Good) -> CustomerForm {
    let rules = country::rules(of.iso).unwrap();
    CustomerForm {
        company_name: "Zielony Port Sp. z o.o.".into(),
        country: of.iso.into(),
        registration_number: of.registration.into(),
        domain_prefix: "zielonyport".into(),
        address_line_1: "ul. Długie Ogrody 14".into(),
        postal_code: of.postal.into(),
        city: "Gdańsk".into(),
        state: of.state.into(),
        first_name: "Agnieszka".into(),
        last_name: "Wróbel".into(),
        email: "a.wrobel@zielonyport.example".into(),
        phone: of.phones[0].into(),
        language: rules.default_language().into(),
        culture: rules.default_culture().into(),
        qualification: "none".into(),
        signer_first_name: "Marek".into(),
        signer_last_name: "Zieliński".into(),
        signer_email: "m.zielinski@zielonyport.example".into(),
        ..CustomerForm::default()
    }
}

fn poland() -> CustomerForm {
    form(&COUNTRIES[6])
}

/// Problems as `field key`, each checked against the closed list.
fn found(form: &CustomerForm) -> Vec<String> {
    let own = ["nordkontor.example".to_owned()];
    let context = FormContext { today: date(2026, 11, 24), partner_domains: &own };
    check_form(form, &context)
        .into_iter()
        .map(|problem| {
            assert!(PROBLEM_KEYS.contains(&problem.key), "{} is not a listed key", problem.key);
            format!("{} {}", problem.field.trim_start_matches("customer."), problem.key)
        })
        .collect()
}

/// Sets one field and says what is found.
fn with(edit: impl FnOnce(&mut CustomerForm)) -> Vec<String> {
    let mut form = poland();
    edit(&mut form);
    found(&form)
}

#[test]
fn a_form_in_order_is_accepted_in_all_eighteen_countries() {
    assert_eq!(COUNTRIES.len(), 18);
    for country in COUNTRIES {
        assert_eq!(found(&form(country)), Vec::<String>::new(), "{}", country.iso);
    }
}

#[test]
fn every_required_field_is_missed_in_all_eighteen_countries() {
    for of in COUNTRIES {
        let empty = CustomerForm { country: of.iso.into(), ..CustomerForm::default() };
        let missed = found(&empty);
        for field in country::rules(of.iso).unwrap().required_fields() {
            if field != "country" {
                assert!(
                    missed.contains(&format!("{field} required")),
                    "{}: {field} is not missed in {missed:?}",
                    of.iso
                );
            }
        }
        assert_eq!(missed.len(), country::rules(of.iso).unwrap().required_fields().len() - 1, "{}: {missed:?}", of.iso);
    }
    assert!(found(&CustomerForm::default()).contains(&"country required".to_owned()));
}

#[test]
fn phones_of_all_eighteen_countries() {
    for of in COUNTRIES {
        for phone in of.phones {
            assert_eq!(
                found(&CustomerForm { phone: (*phone).into(), ..form(of) }),
                Vec::<String>::new(),
                "{} {phone}",
                of.iso
            );
            let signer = CustomerForm { signer_phone: (*phone).into(), ..form(of) };
            assert_eq!(found(&signer), Vec::<String>::new(), "{} {phone}", of.iso);
        }
        for phone in of.bad_phones {
            assert_eq!(
                found(&CustomerForm { phone: (*phone).into(), ..form(of) }),
                ["phone phoneForm"],
                "{} {phone}",
                of.iso
            );
            let signer = CustomerForm { signer_phone: (*phone).into(), ..form(of) };
            assert_eq!(found(&signer), ["signerPhone phoneForm"], "{} {phone}", of.iso);
        }
    }
}

#[test]
fn postal_codes_say_how_to_write_them() {
    let own: [String; 0] = [];
    let context = FormContext { today: date(2026, 11, 24), partner_domains: &own };
    let typed = CustomerForm { postal_code: "80765".into(), ..poland() };
    let problem = check_form(&typed, &context).remove(0);
    assert_eq!((problem.key, problem.expected.as_str()), ("postalCodeWriteAs", "80-765"));
    for of in COUNTRIES {
        let bad = CustomerForm { postal_code: "?".into(), ..form(of) };
        assert_eq!(found(&bad), ["postalCode postalCodeFormat"], "{}", of.iso);
        let long = CustomerForm { postal_code: "1".repeat(21), ..form(of) };
        assert_eq!(found(&long), ["postalCode tooLong"], "{}", of.iso);
    }
}

#[test]
fn states_where_the_country_has_a_list() {
    for (iso, good, bad) in [
        ("US", ["WA", "DC", "TX"], ["ZZ", "Washington", "wa"]),
        ("CA", ["ON", "QC", "YT"], ["WA", "Ontario", "on"]),
        ("CH", ["ZH", "GE", "TI"], ["XX", "Zürich", "zh"]),
    ] {
        let of = COUNTRIES.iter().find(|country| country.iso == iso).unwrap();
        for state in good {
            assert_eq!(found(&CustomerForm { state: state.into(), ..form(of) }), Vec::<String>::new(), "{iso} {state}");
        }
        for state in bad {
            assert_eq!(
                found(&CustomerForm { state: state.into(), ..form(of) }),
                ["state stateUnknown"],
                "{iso} {state}"
            );
        }
    }
    // Where no state is shown, a left-over one does not matter.
    assert_eq!(with(|form| form.state = "WA".into()), Vec::<String>::new());
}

#[test]
fn languages_and_cultures_of_all_eighteen_countries() {
    for of in COUNTRIES {
        let rules = country::rules(of.iso).unwrap();
        for language in rules.languages {
            assert_eq!(found(&CustomerForm { language: (*language).into(), ..form(of) }), Vec::<String>::new());
        }
        for culture in rules.cultures {
            assert_eq!(found(&CustomerForm { culture: (*culture).into(), ..form(of) }), Vec::<String>::new());
        }
        assert_eq!(found(&CustomerForm { language: "xx".into(), ..form(of) }), ["language languageUnknown"]);
        assert_eq!(found(&CustomerForm { culture: "xx-XX".into(), ..form(of) }), ["culture cultureUnknown"]);
    }
}

#[test]
fn registration_numbers_where_demanded() {
    for (number, key) in
        [("", "required"), ("58330271", "registrationNumberFormat"), ("583 302 71 48", "registrationNumberCheckDigit")]
    {
        assert_eq!(with(|form| form.registration_number = number.into()), [format!("registrationNumber {key}")]);
    }
    // Germany sends none, so nothing typed there before the country changed is held against it.
    let germany = CustomerForm { registration_number: "x".into(), ..form(&COUNTRIES[0]) };
    assert_eq!(found(&germany), Vec::<String>::new());
}

#[test]
fn company_names() {
    for name in [
        "Zielony Port S.A.",
        "3M",
        "Müller GmbH & Co. KG",
        "株式会社",
        "A1",
        "H&M",
        "Limited Edition Ltd",
        "contoso.com",
    ] {
        assert_eq!(with(|form| form.company_name = name.into()), Vec::<String>::new(), "{name}");
    }
    for (name, key) in [
        ("", "required"),
        ("   ", "required"),
        ("A", "companyNameLength"),
        ("!!!", "companyNameSymbols"),
        ("-- &", "companyNameSymbols"),
        ("1 2 3", "companyNameSpacedLetters"),
        ("A B", "companyNameSpacedLetters"),
        ("H & M", "companyNameSpacedLetters"),
        ("aaa", "companyNameRepeated"),
        ("XXXX", "companyNameRepeated"),
        ("LLC", "companyNameBareForm"),
        ("GmbH", "companyNameBareForm"),
        ("Sp. z o.o.", "companyNameBareForm"),
        ("Zielony\nPort", "controlCharacter"),
    ] {
        assert_eq!(with(|form| form.company_name = name.into()), [format!("companyName {key}")], "{name}");
    }
    assert_eq!(with(|form| form.company_name = "ab".repeat(128)), ["companyName tooLong"]);
}

#[test]
fn countries_that_are_none() {
    for iso in ["XX", "pl", "Poland", "KP", "'; DROP TABLE"] {
        assert!(with(|form| form.country = iso.into()).contains(&"country countryUnknown".to_owned()), "{iso}");
    }
}

#[test]
fn prefixes() {
    for prefix in ["a", "zielonyport2", &"a".repeat(27), "4you"] {
        assert_eq!(with(|form| form.domain_prefix = prefix.into()), Vec::<String>::new(), "{prefix}");
    }
    for (prefix, key) in [
        ("", "required"),
        ("Zielony", "prefixChars"),
        ("zielony-port", "prefixChars"),
        ("zielony port", "prefixChars"),
        ("zieloný", "prefixChars"),
        ("zielony.onmicrosoft.com", "prefixChars"),
        (" ", "prefixChars"),
        (&"a".repeat(28), "prefixLength"),
    ] {
        assert_eq!(with(|form| form.domain_prefix = prefix.into()), [format!("domainPrefix {key}")], "{prefix}");
        if !prefix.is_empty() {
            assert_eq!(with(|form| form.fallback_prefix_1 = prefix.into()), [format!("fallbackPrefix1 {key}")]);
            assert_eq!(with(|form| form.fallback_prefix_2 = prefix.into()), [format!("fallbackPrefix2 {key}")]);
        }
    }
    assert_eq!(with(|form| form.fallback_prefix_1 = "zielonyport".into()), ["fallbackPrefix1 prefixSame"]);
    assert_eq!(
        with(|form| {
            form.fallback_prefix_1 = "port".into();
            form.fallback_prefix_2 = "port".into();
        }),
        ["fallbackPrefix2 prefixSame"]
    );
}

#[test]
fn address_lines_and_city() {
    assert_eq!(with(|form| form.address_line_1 = "a".repeat(201)), ["addressLine1 tooLong"]);
    assert_eq!(with(|form| form.address_line_2 = "a".repeat(201)), ["addressLine2 tooLong"]);
    assert_eq!(with(|form| form.address_line_2 = "a".repeat(200)), Vec::<String>::new());
    assert_eq!(with(|form| form.address_line_2 = "\u{7}".into()), ["addressLine2 controlCharacter"]);
    assert_eq!(with(|form| form.city = "a".repeat(101)), ["city tooLong"]);
    assert_eq!(with(|form| form.city = " ".into()), ["city required"]);
}

#[test]
fn names_of_contact_and_signer() {
    type Set = fn(&mut CustomerForm, &str);
    let fields: [(&str, Set); 4] = [
        ("firstName", |form, name| form.first_name = name.into()),
        ("lastName", |form, name| form.last_name = name.into()),
        ("signerFirstName", |form, name| form.signer_first_name = name.into()),
        ("signerLastName", |form, name| form.signer_last_name = name.into()),
    ];
    for (field, set) in fields {
        for name in ["Li", "李", "Ana-María", "O’Neill", "Jean-Luc de la Tour", "Ø.", &"a".repeat(40)] {
            assert_eq!(with(|form| set(form, name)), Vec::<String>::new(), "{field} {name}");
        }
        for (name, key) in [
            ("", "required"),
            ("A", "nameLength"),
            (&"a".repeat(41), "nameLength"),
            ("12", "nameSymbols"),
            ("--", "nameSymbols"),
            ("Test", "namePlaceholder"),
            ("n/a", "namePlaceholder"),
            ("XXX", "namePlaceholder"),
            ("First Name", "namePlaceholder"),
            ("An\ta", "controlCharacter"),
        ] {
            assert_eq!(with(|form| set(form, name)), [format!("{field} {key}")], "{field} {name}");
        }
    }
}

#[test]
fn mail_addresses_of_contact_and_signer() {
    type Set = fn(&mut CustomerForm, &str);
    let fields: [(&str, Set); 2] = [
        ("email", |form, mail| form.email = mail.into()),
        ("signerEmail", |form, mail| form.signer_email = mail.into()),
    ];
    for (field, set) in fields {
        for mail in [
            "a@b.example",
            "first.last+tag@sub.domain.co.uk",
            "o'neill@example.ie",
            "a@notmicrosoft.com",
            "a@gmail.com",
        ] {
            assert_eq!(with(|form| set(form, mail)), Vec::<String>::new(), "{field} {mail}");
        }
        for (mail, key) in [
            ("", "required"),
            ("a", "emailForm"),
            ("a@b", "emailForm"),
            ("a b@example.com", "emailForm"),
            ("a@@example.com", "emailForm"),
            (".a@example.com", "emailForm"),
            ("a..b@example.com", "emailForm"),
            ("a@-x.com", "emailForm"),
            ("a@x.c", "emailForm"),
            ("a@1.2.3.4", "emailForm"),
            ("a@exämple.com", "emailForm"),
            ("Ana <a@example.com>", "emailForm"),
            ("a@example.com?bcc=b@example.com", "emailForm"),
            ("a@microsoft.com", "emailMicrosoft"),
            ("a@Sales.Microsoft.com", "emailMicrosoft"),
            ("a@nordkontor.example", "emailOwnDomain"),
            ("a@mail.nordkontor.example", "emailOwnDomain"),
        ] {
            assert_eq!(with(|form| set(form, mail)), [format!("{field} {key}")], "{field} {mail}");
        }
    }
}

#[test]
fn education_takes_no_free_mail_and_gcc_is_american() {
    let education = |mail: &str| {
        with(|form| {
            form.qualification = "education".into();
            form.email = mail.into();
        })
    };
    assert_eq!(education("a@gmail.com"), ["email emailFreeMail"]);
    assert_eq!(education("a@GMX.de"), ["email emailFreeMail"]);
    assert_eq!(education("a@school.example"), Vec::<String>::new());
    for (qualification, wanted) in [
        ("", vec![]),
        ("none", vec![]),
        ("education", vec![]),
        ("state_owned_entity", vec![]),
        ("government_community_cloud", vec!["qualification qualificationCountry"]),
        ("royal", vec!["qualification qualificationUnknown"]),
    ] {
        assert_eq!(with(|form| form.qualification = qualification.into()), wanted, "{qualification}");
    }
}

#[test]
fn agreement_date_is_never_in_the_future() {
    for (date, wanted) in [
        ("", vec![]),
        ("2026-11-24", vec![]),
        ("2025-02-28", vec![]),
        ("2026-11-25", vec!["agreementDate dateFuture"]),
        ("2026-02-30", vec!["agreementDate dateForm"]),
        ("24.11.2026", vec!["agreementDate dateForm"]),
        ("20261124", vec!["agreementDate dateForm"]),
        ("2026-11-24T10:00", vec!["agreementDate dateForm"]),
    ] {
        assert_eq!(with(|form| form.agreement_date = date.into()), wanted, "{date}");
    }
}

#[test]
fn the_default_of_other_countries_asks_little() {
    let mut form = CustomerForm { country: "PT".into(), postal_code: "1100-148".into(), ..poland() };
    form.language = "pt".into();
    form.culture = "pt-PT".into();
    form.phone = String::new();
    form.state = "Lisboa".into();
    assert_eq!(found(&form), Vec::<String>::new());
    form.country = "BR".into();
    form.language = "en".into();
    form.culture = "en-US".into();
    form.registration_number = String::new();
    assert_eq!(found(&form), ["registrationNumber required", "phone required"]);
}

proptest::proptest! {
    #[test]
    fn no_text_whatever_makes_it_panic(text in "\\PC*", iso in "[A-Z]{0,2}") {
        let form = CustomerForm {
            company_name: text.clone(), country: iso, registration_number: text.clone(), domain_prefix: text.clone(),
            address_line_1: text.clone(), postal_code: text.clone(), city: text.clone(), state: text.clone(),
            first_name: text.clone(), email: text.clone(), phone: text.clone(), agreement_date: text.clone(),
            ..CustomerForm::default()
        };
        let _ = found(&form);
    }

    #[test]
    fn hostile_texts_in_every_country(text in "[0-9A-Za-z é-]{0,20}") {
        for of in COUNTRIES {
            let _ = found(&CustomerForm { postal_code: text.clone(), registration_number: text.clone(), phone: text.clone(), ..form(of) });
        }
    }
}
