//! Folding of text for search: lower case, without accents, special letters spelled out. Done here and not in the
//! database, whose tokenizers do not know ł, ø, đ and ß.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Folds a text: `"Łódź  Straße"` becomes `"lodz strasse"`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match spelled(letter) {
            Some(letters) => folded.push_str(letters),
            None if letter.is_whitespace() => {
                if !folded.ends_with(' ') && !folded.is_empty() {
                    folded.push(' ');
                }
            }
            // `İ` in lower case brings a combining dot of its own.
            None if is_combining_mark(letter) => {}
            None => folded.push(letter),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The folded words of several fields in one text, for a search column. Words with umlauts stand in it twice, so that
/// both `muller` and `mueller` find Müller.
#[must_use]
pub fn fold_all(fields: &[&str]) -> String {
    let mut parts: Vec<String> = Vec::with_capacity(fields.len());
    for field in fields.iter().filter(|field| !field.is_empty()) {
        parts.push(fold(field));
        if let Some(spelled) = spell_umlauts(field) {
            parts.push(fold(&spelled));
        }
    }
    // A line break keeps a phrase from running over two fields.
    parts.join("\n")
}

/// Only letters and digits of a text, folded: for numbers that people write with and without blanks and dashes.
#[must_use]
pub(crate) fn fold_number(text: &str) -> String {
    fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn spelled(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'þ' => "th",
        'ŋ' => "n",
        _ => return None,
    })
}

/// The text with umlauts as German spells them out; `None` when it has none.
fn spell_umlauts(text: &str) -> Option<String> {
    let composed: String = text.nfc().flat_map(char::to_lowercase).collect();
    composed.contains(['ä', 'ö', 'ü']).then(|| composed.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_letters_that_unicode_does_not_take_apart() {
        for (text, folded) in [
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("Ærø", "aero"),
            ("Đorđe", "dorde"),
            ("İstanbul", "istanbul"),
            ("  Søren \t Kierkegaard ", "soren kierkegaard"),
            ("Škoda Plzeň", "skoda plzen"),
            ("ﬁrma", "firma"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "folding of {text:?}");
        }
    }

    #[test]
    fn umlauts_are_found_in_both_spellings() {
        let folded = fold_all(&["Müller GmbH", ""]);
        assert!(folded.contains("muller") && folded.contains("mueller"), "both spellings stand in {folded:?}");
    }

    #[test]
    fn numbers_lose_blanks_and_dashes() {
        assert_eq!(fold_number("PL 526-104-08-28"), "pl5261040828");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
