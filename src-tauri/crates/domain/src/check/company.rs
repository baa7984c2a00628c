//! The legal name of the company.

use super::Found;
use crate::draft::CustomerForm;
use crate::fold;

const FIELD: &str = "companyName";

pub(super) fn check(form: &CustomerForm, found: &mut Found) {
    let name = form.company_name.trim();
    if !found.text(FIELD, name, true, 255) {
        return;
    }
    if name.chars().count() < 2 {
        found.add(FIELD, "companyNameLength", "2–255");
    } else if !name.chars().any(char::is_alphanumeric) {
        found.add(FIELD, "companyNameSymbols", "");
    } else if only_single_characters(name) {
        found.add(FIELD, "companyNameSpacedLetters", "");
    } else if one_character_repeated(name) {
        found.add(FIELD, "companyNameRepeated", "");
    } else if fold::bare_name(name).is_empty() && !fold::words(name).is_empty() {
        found.add(FIELD, "companyNameBareForm", "");
    }
}

/// The name ends like a domain (`contoso.com`): allowed, but discouraged.
#[must_use]
pub fn looks_like_domain(name: &str) -> bool {
    let name = fold::fold(name.trim());
    !name.contains(' ')
        && [".com", ".net", ".org", ".de", ".at", ".ch", ".eu", ".pl", ".fr", ".nl", ".it", ".es", ".io", ".co.uk"]
            .iter()
            .any(|ending| name.len() > ending.len() && name.ends_with(ending))
}

/// `1 2 3`, `A B`: single characters parted by spaces.
fn only_single_characters(name: &str) -> bool {
    let mut words = name.split_whitespace();
    name.contains(' ') && words.all(|word| word.chars().count() == 1)
}

/// `aaa`, `xxxx`: one character three times or more and nothing else.
fn one_character_repeated(name: &str) -> bool {
    let folded: Vec<char> = name.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    folded.len() >= 3 && folded.iter().all(|c| Some(c) == folded.first())
}
