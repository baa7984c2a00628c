//! All other countries that are offered: ISO code, usual culture and what the documented default makes of them.
//!
//! Left out are territories without companies (AQ, BV, GS, HM, TF, UM) and countries into which Microsoft does not
//! sell (CU, IR, KP, SY).

use super::CountryRules;
use super::registration::{RegistrationRule, Scheme};

/// ISO code, usual culture, calling code.
#[rustfmt::skip] // One country a line would hide the table in its own length.
pub(super) const OTHERS: &[(&str, &str, &str)] = &[
    ("AD", "ca-ES", "376"), ("AE", "ar-AE", "971"), ("AF", "en-US", "93"), ("AG", "en-US", "1"), ("AI", "en-US", "1"),
    ("AL", "sq-AL", "355"), ("AM", "hy-AM", "374"), ("AO", "pt-PT", "244"), ("AR", "es-AR", "54"), ("AS", "en-US", "1"),
    ("AU", "en-AU", "61"), ("AW", "nl-NL", "297"), ("AX", "sv-FI", "358"), ("AZ", "az-Latn-AZ", "994"),
    ("BA", "bs-Latn-BA", "387"), ("BB", "en-US", "1"), ("BD", "bn-BD", "880"), ("BF", "fr-FR", "226"),
    ("BG", "bg-BG", "359"), ("BH", "ar-BH", "973"), ("BI", "fr-FR", "257"), ("BJ", "fr-FR", "229"),
    ("BL", "fr-FR", "590"), ("BM", "en-US", "1"), ("BN", "ms-BN", "673"), ("BO", "es-BO", "591"), ("BQ", "nl-NL", "599"),
    ("BR", "pt-BR", "55"), ("BS", "en-US", "1"), ("BT", "en-US", "975"), ("BW", "en-US", "267"), ("BY", "ru-RU", "375"),
    ("BZ", "en-BZ", "501"), ("CC", "en-AU", "61"), ("CD", "fr-FR", "243"), ("CF", "fr-FR", "236"), ("CG", "fr-FR", "242"),
    ("CI", "fr-FR", "225"), ("CK", "en-US", "682"), ("CL", "es-CL", "56"), ("CM", "fr-FR", "237"), ("CN", "zh-CN", "86"),
    ("CO", "es-CO", "57"), ("CR", "es-CR", "506"), ("CV", "pt-PT", "238"), ("CW", "nl-NL", "599"), ("CX", "en-AU", "61"),
    ("CY", "el-GR", "357"), ("DJ", "fr-FR", "253"), ("DM", "en-US", "1"), ("DO", "es-DO", "1"), ("DZ", "ar-DZ", "213"),
    ("EC", "es-EC", "593"), ("EE", "et-EE", "372"), ("EG", "ar-EG", "20"), ("EH", "ar-MA", "212"), ("ER", "en-US", "291"),
    ("ET", "en-US", "251"), ("FI", "fi-FI", "358"), ("FJ", "en-US", "679"), ("FK", "en-GB", "500"), ("FM", "en-US", "691"),
    ("FO", "fo-FO", "298"), ("GA", "fr-FR", "241"), ("GD", "en-US", "1"), ("GE", "ka-GE", "995"), ("GF", "fr-FR", "594"),
    ("GG", "en-GB", "44"), ("GH", "en-US", "233"), ("GI", "en-GB", "350"), ("GL", "da-DK", "299"), ("GM", "en-US", "220"),
    ("GN", "fr-FR", "224"), ("GP", "fr-FR", "590"), ("GQ", "es-ES", "240"), ("GR", "el-GR", "30"), ("GT", "es-GT", "502"),
    ("GU", "en-US", "1"), ("GW", "pt-PT", "245"), ("GY", "en-US", "592"), ("HK", "zh-HK", "852"), ("HN", "es-HN", "504"),
    ("HR", "hr-HR", "385"), ("HT", "fr-FR", "509"), ("ID", "id-ID", "62"), ("IL", "he-IL", "972"), ("IM", "en-GB", "44"),
    ("IN", "en-IN", "91"), ("IO", "en-GB", "246"), ("IQ", "ar-IQ", "964"), ("IS", "is-IS", "354"), ("JE", "en-GB", "44"),
    ("JM", "en-JM", "1"), ("JO", "ar-JO", "962"), ("JP", "ja-JP", "81"), ("KE", "en-US", "254"), ("KG", "ru-RU", "996"),
    ("KH", "en-US", "855"), ("KI", "en-US", "686"), ("KM", "fr-FR", "269"), ("KN", "en-US", "1"), ("KR", "ko-KR", "82"),
    ("KW", "ar-KW", "965"), ("KY", "en-US", "1"), ("KZ", "kk-KZ", "7"), ("LA", "en-US", "856"), ("LB", "ar-LB", "961"),
    ("LC", "en-US", "1"), ("LI", "de-LI", "423"), ("LK", "en-US", "94"), ("LR", "en-US", "231"), ("LS", "en-US", "266"),
    ("LT", "lt-LT", "370"), ("LU", "fr-LU", "352"), ("LV", "lv-LV", "371"), ("LY", "ar-LY", "218"), ("MA", "ar-MA", "212"),
    ("MC", "fr-MC", "377"), ("MD", "ro-RO", "373"), ("ME", "sr-Latn-ME", "382"), ("MF", "fr-FR", "590"),
    ("MG", "fr-FR", "261"), ("MH", "en-US", "692"), ("MK", "mk-MK", "389"), ("ML", "fr-FR", "223"), ("MM", "en-US", "95"),
    ("MN", "mn-MN", "976"), ("MO", "zh-MO", "853"), ("MP", "en-US", "1"), ("MQ", "fr-FR", "596"), ("MR", "ar-MA", "222"),
    ("MS", "en-US", "1"), ("MT", "en-US", "356"), ("MU", "en-US", "230"), ("MV", "en-US", "960"), ("MW", "en-US", "265"),
    ("MX", "es-MX", "52"), ("MY", "ms-MY", "60"), ("MZ", "pt-PT", "258"), ("NA", "en-US", "264"), ("NC", "fr-FR", "687"),
    ("NE", "fr-FR", "227"), ("NF", "en-AU", "672"), ("NG", "en-US", "234"), ("NI", "es-NI", "505"), ("NP", "en-US", "977"),
    ("NR", "en-US", "674"), ("NU", "en-US", "683"), ("NZ", "en-NZ", "64"), ("OM", "ar-OM", "968"), ("PA", "es-PA", "507"),
    ("PE", "es-PE", "51"), ("PF", "fr-FR", "689"), ("PG", "en-US", "675"), ("PH", "en-PH", "63"), ("PK", "en-US", "92"),
    ("PM", "fr-FR", "508"), ("PN", "en-GB", ""), ("PR", "es-PR", "1"), ("PS", "ar-JO", "970"), ("PT", "pt-PT", "351"),
    ("PW", "en-US", "680"), ("PY", "es-PY", "595"), ("QA", "ar-QA", "974"), ("RE", "fr-FR", "262"), ("RO", "ro-RO", "40"),
    ("RS", "sr-Latn-RS", "381"), ("RU", "ru-RU", "7"), ("RW", "en-US", "250"), ("SA", "ar-SA", "966"), ("SB", "en-US", "677"),
    ("SC", "en-US", "248"), ("SD", "ar-EG", "249"), ("SG", "en-SG", "65"), ("SH", "en-GB", "290"), ("SI", "sl-SI", "386"),
    ("SJ", "nb-NO", "47"), ("SK", "sk-SK", "421"), ("SL", "en-US", "232"), ("SM", "it-IT", "378"), ("SN", "fr-FR", "221"),
    ("SO", "en-US", "252"), ("SR", "nl-NL", "597"), ("SS", "en-US", "211"), ("ST", "pt-PT", "239"), ("SV", "es-SV", "503"),
    ("SX", "nl-NL", "1"), ("SZ", "en-US", "268"), ("TC", "en-US", "1"), ("TD", "fr-FR", "235"), ("TG", "fr-FR", "228"),
    ("TH", "th-TH", "66"), ("TJ", "ru-RU", "992"), ("TK", "en-US", "690"), ("TL", "pt-PT", "670"), ("TM", "ru-RU", "993"),
    ("TN", "ar-TN", "216"), ("TO", "en-US", "676"), ("TR", "tr-TR", "90"), ("TT", "en-TT", "1"), ("TV", "en-US", "688"),
    ("TW", "zh-TW", "886"), ("TZ", "en-US", "255"), ("UA", "uk-UA", "380"), ("UG", "en-US", "256"), ("UY", "es-UY", "598"),
    ("UZ", "uz-Latn-UZ", "998"), ("VA", "it-IT", "39"), ("VC", "en-US", "1"), ("VE", "es-VE", "58"), ("VG", "en-US", "1"),
    ("VI", "en-US", "1"), ("VN", "vi-VN", "84"), ("VU", "en-US", "678"), ("WF", "fr-FR", "681"), ("WS", "en-US", "685"),
    ("XK", "sq-AL", "383"), ("YE", "ar-YE", "967"), ("YT", "fr-FR", "262"), ("ZA", "en-ZA", "27"), ("ZM", "en-US", "260"),
    ("ZW", "en-ZW", "263"),
];

/// Countries beside Poland and Hungary that demand a registration number, with its usual name.
const REGISTRATION: &[(&str, &str)] = &[
    ("AE", "Trade licence"),
    ("AM", "TIN"),
    ("AZ", "VÖEN"),
    ("BR", "CNPJ"),
    ("BY", "UNP"),
    ("IN", "CIN, PAN"),
    ("IQ", ""),
    ("KG", "INN"),
    ("KZ", "BIN"),
    ("MD", "IDNO"),
    ("MM", ""),
    ("RU", "INN, OGRN"),
    ("SA", "CR"),
    ("SS", ""),
    ("TH", ""),
    ("TJ", "INN"),
    ("TR", "VKN, MERSİS"),
    ("UA", "EDRPOU"),
    ("UZ", "STIR"),
    ("VE", "RIF"),
    ("VN", "MST"),
    ("ZA", "CIPC"),
];

const EURO: &[&str] = &[
    "AD", "AX", "BL", "CY", "EE", "FI", "GF", "GP", "GR", "HR", "LT", "LU", "LV", "MC", "ME", "MF", "MQ", "MT", "PM",
    "PT", "RE", "SI", "SK", "SM", "VA", "XK", "YT", "BG", "RO", "AL", "BA", "RS", "MK", "FO", "IS", "GL",
];

/// The documented default of a country that is not known in detail.
pub(super) fn default_rules(iso: &str) -> Option<CountryRules> {
    let (iso, culture, calling_code) = OTHERS.iter().find(|country| country.0 == iso)?;
    let registration = REGISTRATION.iter().find(|country| country.0 == *iso).map(|country| RegistrationRule {
        names: country.1,
        example: "",
        scheme: Scheme::General,
    });
    let (languages, cultures) = languages_and_cultures(culture);
    Some(CountryRules {
        iso,
        address_fields: &["addressLine1", "addressLine2", "postalCode", "city", "state"],
        required_address: &["addressLine1", "city"],
        states: &[],
        state_label: "state",
        postal: None,
        postal_label: "postal_code",
        calling_code,
        phone_example: "",
        registration,
        languages,
        cultures,
        currency: if EURO.contains(iso) { "EUR" } else { "USD" },
    })
}

/// The country's own beside English. The slices live as long as the program: they are cut from a table made once.
fn languages_and_cultures(culture: &'static str) -> (&'static [&'static str], &'static [&'static str]) {
    type Entry = (&'static str, [&'static str; 2], [&'static str; 2]);
    static TABLE: std::sync::LazyLock<Vec<Entry>> = std::sync::LazyLock::new(|| {
        OTHERS.iter().map(|(_, culture, _)| (*culture, [language_of(culture), "en"], [*culture, "en-US"])).collect()
    });
    match TABLE.iter().find(|entry| entry.0 == culture) {
        Some((_, languages, cultures)) => {
            let count = |own: &str, english: &str| if own == english { 1 } else { 2 };
            (&languages[..count(languages[0], "en")], &cultures[..count(cultures[0], "en-US")])
        }
        None => (&["en"], &["en-US"]),
    }
}

fn language_of(culture: &'static str) -> &'static str {
    culture.split('-').next().unwrap_or("en")
}
