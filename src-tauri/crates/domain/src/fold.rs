//! Folding of text: one spelling for comparing names and for proposing domain prefixes.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, accents gone, German umlauts as two letters (`ä` → `ae`), other special letters spelled out.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Composed first, so that an `a` with a separate umlaut is spelled out like `ä`.
    for c in text.nfc() {
        for lower in c.to_lowercase() {
            push_folded(lower, &mut folded);
        }
    }
    folded
}

fn push_folded(c: char, out: &mut String) {
    let spelled = match c {
        'ä' | 'æ' => "ae",
        'ö' | 'œ' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "n",
        other => {
            // Mathematical and other look-alike letters only become plain capitals here.
            let plain = std::iter::once(other).nfkd().filter(|part| !is_combining_mark(*part));
            out.extend(plain.flat_map(char::to_lowercase));
            return;
        }
    };
    out.push_str(spelled);
}

/// Folded text reduced to words of letters and digits.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    // A dot inside an abbreviation joins (`S.A.` is one word); other marks part.
    fold(text)
        .replace('.', "")
        .replace(['\'', '’'], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Legal forms, folded, as word sequences; longer ones first, so that `gmbh co kg` wins over `kg`.
const LEGAL_FORMS: &[&[&str]] = &[
    &["ug", "haftungsbeschraenkt", "co", "kg"],
    &["spolka", "z", "ograniczona", "odpowiedzialnoscia"],
    &["gesellschaft", "mit", "beschraenkter", "haftung"],
    &["gmbh", "co", "kgaa"],
    &["gmbh", "co", "kg"],
    &["gmbh", "co", "ohg"],
    &["gesmbh", "co", "kg"],
    &["ag", "co", "kg"],
    &["se", "co", "kg"],
    &["sp", "z", "oo", "sp", "k"],
    &["sp", "z", "oo", "spk"],
    &["sp", "z", "o", "o"],
    &["sp", "z", "oo"],
    &["sp", "zoo"],
    &["spolka", "akcyjna"],
    &["spol", "s", "ro"],
    &["spol", "sro"],
    &["ug", "haftungsbeschraenkt"],
    &["ges", "mbh"],
    &["sp", "k"],
    &["sp", "j"],
    &["e", "v"],
    &["e", "k"],
    &["limited", "liability", "company"],
];

const LEGAL_WORDS: &[&str] = &[
    "gmbh",
    "ggmbh",
    "mbh",
    "gesmbh",
    "ag",
    "kg",
    "kgaa",
    "ohg",
    "og",
    "ug",
    "gbr",
    "ek",
    "ev",
    "eg",
    "se",
    "spzoo",
    "sa",
    "sarl",
    "sas",
    "sasu",
    "eurl",
    "sci",
    "snc",
    "scop",
    "sàrl",
    "sl",
    "slu",
    "slp",
    "sau",
    "srl",
    "srls",
    "spa",
    "sas",
    "bv",
    "nv",
    "vof",
    "bvba",
    "sprl",
    "asbl",
    "vzw",
    "scrl",
    "kft",
    "zrt",
    "nyrt",
    "bt",
    "kkt",
    "sro",
    "as",
    "aps",
    "ivs",
    "ab",
    "hb",
    "oy",
    "oyj",
    "asa",
    "ans",
    "ltd",
    "limited",
    "plc",
    "llp",
    "llc",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "company",
    "lp",
    "dac",
    "clg",
    "ulc",
    "ltee",
    "spk",
    "spj",
    "sc",
    "sagl",
    "doo",
    "eood",
    "ood",
    "ead",
    "ad",
];

/// Words of a company name without its legal form at the end. Empty when the name is nothing but a legal form.
#[must_use]
pub fn bare_name(text: &str) -> Vec<String> {
    let mut words = words(text);
    loop {
        let before = words.len();
        if let Some(form) = LEGAL_FORMS.iter().find(|form| words.len() >= form.len() && ends_with(&words, form)) {
            words.truncate(before - form.len());
        } else if words.last().is_some_and(|last| LEGAL_WORDS.contains(&last.as_str())) {
            words.pop();
        }
        while words.last().is_some_and(|last| matches!(last.as_str(), "co" | "und" | "and" | "cie")) && words.len() > 1
        {
            words.pop();
        }
        if words.len() == before {
            return words;
        }
    }
}

fn ends_with(words: &[String], form: &[&str]) -> bool {
    words.iter().rev().zip(form.iter().rev()).all(|(word, wanted)| word == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_letters_of_the_offered_countries() {
        for (typed, wanted) in [
            ("Müller & Söhne", "mueller & soehne"),
            ("Łódź", "lodz"),
            ("Bjørn", "bjorn"),
            ("Straße", "strasse"),
            ("Élan Coëtquidan", "elan coetquidan"),
            ("Århus", "arhus"),
            ("Győr Őri", "gyor ori"),
            ("Žďár", "zdar"),
            ("a\u{308}", "ae"),
            ("ÀÉÎÕÚ", "aeiou"),
        ] {
            assert_eq!(fold(typed), wanted);
        }
    }

    #[test]
    fn drops_legal_forms() {
        for (typed, wanted) in [
            ("Zielony Port Sp. z o.o.", "zielony port"),
            ("Zielony Port S.A.", "zielony port"),
            ("Nordwind Bäckerei GmbH & Co. KG", "nordwind baeckerei"),
            ("Kovács Kft.", "kovacs"),
            ("Acme, Inc.", "acme"),
            ("Dupont & Cie SARL", "dupont"),
            ("Fjord AS", "fjord"),
            ("Novák s.r.o.", "novak"),
            ("Verein der Freunde e. V.", "verein der freunde"),
            ("LLC", ""),
            ("GmbH & Co. KG", ""),
        ] {
            assert_eq!(bare_name(typed).join(" "), wanted, "{typed}");
        }
    }
}
