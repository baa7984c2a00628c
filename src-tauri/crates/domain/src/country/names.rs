//! Names of countries in English and German, as lists and spreadsheets write them, to be read as their ISO codes.

use crate::fold::fold;

/// ISO code, English name, German name.
const NAMES: &[(&str, &str, &str)] = &[
    ("AD", "Andorra", "Andorra"),
    ("AE", "United Arab Emirates", "Vereinigte Arabische Emirate"),
    ("AF", "Afghanistan", "Afghanistan"),
    ("AG", "Antigua & Barbuda", "Antigua und Barbuda"),
    ("AI", "Anguilla", "Anguilla"),
    ("AL", "Albania", "Albanien"),
    ("AM", "Armenia", "Armenien"),
    ("AO", "Angola", "Angola"),
    ("AR", "Argentina", "Argentinien"),
    ("AS", "American Samoa", "Amerikanisch-Samoa"),
    ("AT", "Austria", "Österreich"),
    ("AU", "Australia", "Australien"),
    ("AW", "Aruba", "Aruba"),
    ("AX", "Åland Islands", "Ålandinseln"),
    ("AZ", "Azerbaijan", "Aserbaidschan"),
    ("BA", "Bosnia & Herzegovina", "Bosnien und Herzegowina"),
    ("BB", "Barbados", "Barbados"),
    ("BD", "Bangladesh", "Bangladesch"),
    ("BE", "Belgium", "Belgien"),
    ("BF", "Burkina Faso", "Burkina Faso"),
    ("BG", "Bulgaria", "Bulgarien"),
    ("BH", "Bahrain", "Bahrain"),
    ("BI", "Burundi", "Burundi"),
    ("BJ", "Benin", "Benin"),
    ("BL", "St. Barthélemy", "St. Barthélemy"),
    ("BM", "Bermuda", "Bermuda"),
    ("BN", "Brunei", "Brunei Darussalam"),
    ("BO", "Bolivia", "Bolivien"),
    ("BQ", "Caribbean Netherlands", "Karibische Niederlande"),
    ("BR", "Brazil", "Brasilien"),
    ("BS", "Bahamas", "Bahamas"),
    ("BT", "Bhutan", "Bhutan"),
    ("BW", "Botswana", "Botsuana"),
    ("BY", "Belarus", "Belarus"),
    ("BZ", "Belize", "Belize"),
    ("CA", "Canada", "Kanada"),
    ("CC", "Cocos (Keeling) Islands", "Kokosinseln"),
    ("CD", "Congo - Kinshasa", "Kongo-Kinshasa"),
    ("CF", "Central African Republic", "Zentralafrikanische Republik"),
    ("CG", "Congo - Brazzaville", "Kongo-Brazzaville"),
    ("CH", "Switzerland", "Schweiz"),
    ("CI", "Côte d’Ivoire", "Côte d’Ivoire"),
    ("CK", "Cook Islands", "Cookinseln"),
    ("CL", "Chile", "Chile"),
    ("CM", "Cameroon", "Kamerun"),
    ("CN", "China", "China"),
    ("CO", "Colombia", "Kolumbien"),
    ("CR", "Costa Rica", "Costa Rica"),
    ("CV", "Cape Verde", "Cabo Verde"),
    ("CW", "Curaçao", "Curaçao"),
    ("CX", "Christmas Island", "Weihnachtsinsel"),
    ("CY", "Cyprus", "Zypern"),
    ("CZ", "Czechia", "Tschechien"),
    ("DE", "Germany", "Deutschland"),
    ("DJ", "Djibouti", "Dschibuti"),
    ("DK", "Denmark", "Dänemark"),
    ("DM", "Dominica", "Dominica"),
    ("DO", "Dominican Republic", "Dominikanische Republik"),
    ("DZ", "Algeria", "Algerien"),
    ("EC", "Ecuador", "Ecuador"),
    ("EE", "Estonia", "Estland"),
    ("EG", "Egypt", "Ägypten"),
    ("EH", "Western Sahara", "Westsahara"),
    ("ER", "Eritrea", "Eritrea"),
    ("ES", "Spain", "Spanien"),
    ("ET", "Ethiopia", "Äthiopien"),
    ("FI", "Finland", "Finnland"),
    ("FJ", "Fiji", "Fidschi"),
    ("FK", "Falkland Islands", "Falklandinseln"),
    ("FM", "Micronesia", "Mikronesien"),
    ("FO", "Faroe Islands", "Färöer"),
    ("FR", "France", "Frankreich"),
    ("GA", "Gabon", "Gabun"),
    ("GB", "United Kingdom", "Vereinigtes Königreich"),
    ("GD", "Grenada", "Grenada"),
    ("GE", "Georgia", "Georgien"),
    ("GF", "French Guiana", "Französisch-Guayana"),
    ("GG", "Guernsey", "Guernsey"),
    ("GH", "Ghana", "Ghana"),
    ("GI", "Gibraltar", "Gibraltar"),
    ("GL", "Greenland", "Grönland"),
    ("GM", "Gambia", "Gambia"),
    ("GN", "Guinea", "Guinea"),
    ("GP", "Guadeloupe", "Guadeloupe"),
    ("GQ", "Equatorial Guinea", "Äquatorialguinea"),
    ("GR", "Greece", "Griechenland"),
    ("GT", "Guatemala", "Guatemala"),
    ("GU", "Guam", "Guam"),
    ("GW", "Guinea-Bissau", "Guinea-Bissau"),
    ("GY", "Guyana", "Guyana"),
    ("HK", "Hong Kong SAR China", "Sonderverwaltungsregion Hongkong"),
    ("HN", "Honduras", "Honduras"),
    ("HR", "Croatia", "Kroatien"),
    ("HT", "Haiti", "Haiti"),
    ("HU", "Hungary", "Ungarn"),
    ("ID", "Indonesia", "Indonesien"),
    ("IE", "Ireland", "Irland"),
    ("IL", "Israel", "Israel"),
    ("IM", "Isle of Man", "Isle of Man"),
    ("IN", "India", "Indien"),
    ("IO", "British Indian Ocean Territory", "Britisches Territorium im Indischen Ozean"),
    ("IQ", "Iraq", "Irak"),
    ("IS", "Iceland", "Island"),
    ("IT", "Italy", "Italien"),
    ("JE", "Jersey", "Jersey"),
    ("JM", "Jamaica", "Jamaika"),
    ("JO", "Jordan", "Jordanien"),
    ("JP", "Japan", "Japan"),
    ("KE", "Kenya", "Kenia"),
    ("KG", "Kyrgyzstan", "Kirgisistan"),
    ("KH", "Cambodia", "Kambodscha"),
    ("KI", "Kiribati", "Kiribati"),
    ("KM", "Comoros", "Komoren"),
    ("KN", "St. Kitts & Nevis", "St. Kitts und Nevis"),
    ("KR", "South Korea", "Südkorea"),
    ("KW", "Kuwait", "Kuwait"),
    ("KY", "Cayman Islands", "Kaimaninseln"),
    ("KZ", "Kazakhstan", "Kasachstan"),
    ("LA", "Laos", "Laos"),
    ("LB", "Lebanon", "Libanon"),
    ("LC", "St. Lucia", "St. Lucia"),
    ("LI", "Liechtenstein", "Liechtenstein"),
    ("LK", "Sri Lanka", "Sri Lanka"),
    ("LR", "Liberia", "Liberia"),
    ("LS", "Lesotho", "Lesotho"),
    ("LT", "Lithuania", "Litauen"),
    ("LU", "Luxembourg", "Luxemburg"),
    ("LV", "Latvia", "Lettland"),
    ("LY", "Libya", "Libyen"),
    ("MA", "Morocco", "Marokko"),
    ("MC", "Monaco", "Monaco"),
    ("MD", "Moldova", "Republik Moldau"),
    ("ME", "Montenegro", "Montenegro"),
    ("MF", "St. Martin", "St. Martin"),
    ("MG", "Madagascar", "Madagaskar"),
    ("MH", "Marshall Islands", "Marshallinseln"),
    ("MK", "North Macedonia", "Nordmazedonien"),
    ("ML", "Mali", "Mali"),
    ("MM", "Myanmar (Burma)", "Myanmar"),
    ("MN", "Mongolia", "Mongolei"),
    ("MO", "Macao SAR China", "Sonderverwaltungsregion Macau"),
    ("MP", "Northern Mariana Islands", "Nördliche Marianen"),
    ("MQ", "Martinique", "Martinique"),
    ("MR", "Mauritania", "Mauretanien"),
    ("MS", "Montserrat", "Montserrat"),
    ("MT", "Malta", "Malta"),
    ("MU", "Mauritius", "Mauritius"),
    ("MV", "Maldives", "Malediven"),
    ("MW", "Malawi", "Malawi"),
    ("MX", "Mexico", "Mexiko"),
    ("MY", "Malaysia", "Malaysia"),
    ("MZ", "Mozambique", "Mosambik"),
    ("NA", "Namibia", "Namibia"),
    ("NC", "New Caledonia", "Neukaledonien"),
    ("NE", "Niger", "Niger"),
    ("NF", "Norfolk Island", "Norfolkinsel"),
    ("NG", "Nigeria", "Nigeria"),
    ("NI", "Nicaragua", "Nicaragua"),
    ("NL", "Netherlands", "Niederlande"),
    ("NO", "Norway", "Norwegen"),
    ("NP", "Nepal", "Nepal"),
    ("NR", "Nauru", "Nauru"),
    ("NU", "Niue", "Niue"),
    ("NZ", "New Zealand", "Neuseeland"),
    ("OM", "Oman", "Oman"),
    ("PA", "Panama", "Panama"),
    ("PE", "Peru", "Peru"),
    ("PF", "French Polynesia", "Französisch-Polynesien"),
    ("PG", "Papua New Guinea", "Papua-Neuguinea"),
    ("PH", "Philippines", "Philippinen"),
    ("PK", "Pakistan", "Pakistan"),
    ("PL", "Poland", "Polen"),
    ("PM", "St. Pierre & Miquelon", "St. Pierre und Miquelon"),
    ("PN", "Pitcairn Islands", "Pitcairninseln"),
    ("PR", "Puerto Rico", "Puerto Rico"),
    ("PS", "Palestinian Territories", "Palästinensische Autonomiegebiete"),
    ("PT", "Portugal", "Portugal"),
    ("PW", "Palau", "Palau"),
    ("PY", "Paraguay", "Paraguay"),
    ("QA", "Qatar", "Katar"),
    ("RE", "Réunion", "Réunion"),
    ("RO", "Romania", "Rumänien"),
    ("RS", "Serbia", "Serbien"),
    ("RU", "Russia", "Russland"),
    ("RW", "Rwanda", "Ruanda"),
    ("SA", "Saudi Arabia", "Saudi-Arabien"),
    ("SB", "Solomon Islands", "Salomonen"),
    ("SC", "Seychelles", "Seychellen"),
    ("SD", "Sudan", "Sudan"),
    ("SE", "Sweden", "Schweden"),
    ("SG", "Singapore", "Singapur"),
    ("SH", "St. Helena", "St. Helena"),
    ("SI", "Slovenia", "Slowenien"),
    ("SJ", "Svalbard & Jan Mayen", "Spitzbergen und Jan Mayen"),
    ("SK", "Slovakia", "Slowakei"),
    ("SL", "Sierra Leone", "Sierra Leone"),
    ("SM", "San Marino", "San Marino"),
    ("SN", "Senegal", "Senegal"),
    ("SO", "Somalia", "Somalia"),
    ("SR", "Suriname", "Suriname"),
    ("SS", "South Sudan", "Südsudan"),
    ("ST", "São Tomé & Príncipe", "São Tomé und Príncipe"),
    ("SV", "El Salvador", "El Salvador"),
    ("SX", "Sint Maarten", "Sint Maarten"),
    ("SZ", "Eswatini", "Eswatini"),
    ("TC", "Turks & Caicos Islands", "Turks- und Caicosinseln"),
    ("TD", "Chad", "Tschad"),
    ("TG", "Togo", "Togo"),
    ("TH", "Thailand", "Thailand"),
    ("TJ", "Tajikistan", "Tadschikistan"),
    ("TK", "Tokelau", "Tokelau"),
    ("TL", "Timor-Leste", "Timor-Leste"),
    ("TM", "Turkmenistan", "Turkmenistan"),
    ("TN", "Tunisia", "Tunesien"),
    ("TO", "Tonga", "Tonga"),
    ("TR", "Türkiye", "Türkei"),
    ("TT", "Trinidad & Tobago", "Trinidad und Tobago"),
    ("TV", "Tuvalu", "Tuvalu"),
    ("TW", "Taiwan", "Taiwan"),
    ("TZ", "Tanzania", "Tansania"),
    ("UA", "Ukraine", "Ukraine"),
    ("UG", "Uganda", "Uganda"),
    ("US", "United States", "Vereinigte Staaten"),
    ("UY", "Uruguay", "Uruguay"),
    ("UZ", "Uzbekistan", "Usbekistan"),
    ("VA", "Vatican City", "Vatikanstadt"),
    ("VC", "St. Vincent & Grenadines", "St. Vincent und die Grenadinen"),
    ("VE", "Venezuela", "Venezuela"),
    ("VG", "British Virgin Islands", "Britische Jungferninseln"),
    ("VI", "U.S. Virgin Islands", "Amerikanische Jungferninseln"),
    ("VN", "Vietnam", "Vietnam"),
    ("VU", "Vanuatu", "Vanuatu"),
    ("WF", "Wallis & Futuna", "Wallis und Futuna"),
    ("WS", "Samoa", "Samoa"),
    ("XK", "Kosovo", "Kosovo"),
    ("YE", "Yemen", "Jemen"),
    ("YT", "Mayotte", "Mayotte"),
    ("ZA", "South Africa", "Südafrika"),
    ("ZM", "Zambia", "Sambia"),
    ("ZW", "Zimbabwe", "Simbabwe"),
];

/// Other names that are in use.
const ALSO: &[(&str, &[&str])] = &[
    ("AE", &["uae", "vae"]),
    ("BA", &["bosnia"]),
    ("BY", &["weißrussland"]),
    ("CZ", &["czech republic", "tschechische republik"]),
    ("DE", &["ger", "deu", "brd", "bundesrepublik deutschland", "federal republic of germany"]),
    ("AT", &["aut"]),
    ("CH", &["sui", "che", "schweizerische eidgenossenschaft", "suisse", "svizzera"]),
    ("FR", &["fra"]),
    ("GB", &["uk", "gbr", "great britain", "britain", "england", "scotland", "wales", "großbritannien", "schottland"]),
    ("IE", &["irl", "republic of ireland", "republik irland"]),
    ("IT", &["ita", "italia"]),
    ("ES", &["esp", "españa"]),
    ("NL", &["nld", "holland", "the netherlands"]),
    ("MK", &["macedonia", "mazedonien"]),
    ("PL", &["pol", "polska"]),
    ("TR", &["turkey", "türkei"]),
    ("US", &["usa", "united states of america", "vereinigte staaten von amerika", "america", "amerika"]),
];

/// The ISO code of a country that is written as its code or as one of its names; `None` for anything else.
#[must_use]
pub fn code_of(written: &str) -> Option<&'static str> {
    let written = plain(written);
    let by_name = |(code, en, de): &&(&'static str, &str, &str)| {
        plain(code) == written || plain(en) == written || plain(de) == written
    };
    let known = NAMES.iter().find(by_name).map(|(code, _, _)| *code);
    known.or_else(|| {
        ALSO.iter().find(|(_, names)| names.iter().any(|name| plain(name) == written)).map(|(code, _)| *code)
    })
}

/// Without case, accents, dots and doubled blanks; *and* however it is written; an umlaut also as two letters.
fn plain(name: &str) -> String {
    let name = name
        .to_lowercase()
        .replace('.', "")
        .replace('&', " and ")
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue");
    let words = fold(&name);
    words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| if word == "und" { "and" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country::offered;

    #[test]
    fn every_country_that_is_offered_is_found_by_code_and_by_both_names() {
        let named: Vec<&str> = NAMES.iter().map(|(code, _, _)| *code).collect();
        for code in offered() {
            assert!(named.contains(&code), "{code} has no names");
        }
        for (code, en, de) in NAMES {
            for written in [*code, &code.to_lowercase(), en, &de.to_uppercase()] {
                assert_eq!(code_of(written), Some(*code), "{written}");
            }
        }
        for (code, names) in ALSO {
            for name in *names {
                assert_eq!(code_of(name), Some(*code), "{name}");
            }
        }
    }

    #[test]
    fn is_read_however_it_is_typed_and_never_guessed() {
        let written = [
            ("Oesterreich", "AT"),
            ("  ÖSTERREICH ", "AT"),
            ("Bosnien & Herzegowina", "BA"),
            ("bosnia and herzegovina", "BA"),
            ("U.S.A.", "US"),
            ("Vereinigtes Koenigreich", "GB"),
        ];
        for (name, code) in written {
            assert_eq!(code_of(name), Some(code), "{name}");
        }
        for nothing in ["", " ", "Danemark", "D", "Germania", "Hafenstr. 3", "Deutschlan", "XX"] {
            assert_eq!(code_of(nothing), None, "{nothing}");
        }
    }
}
