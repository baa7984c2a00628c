//! Problems that rules find, by field path, and the closed list of their keys.

/// A problem at a field. The text is made by the screen from `key` and `expected`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Field path, for example `customer.postalCode` or `lines.2.quantity`.
    pub field: String,
    /// One of [`PROBLEM_KEYS`].
    pub key: &'static str,
    /// What would be right: an example, a format, a limit; empty when the text needs none.
    pub expected: String,
}

impl Problem {
    /// A problem whose text says by itself what would be right.
    #[must_use]
    pub fn new(field: impl Into<String>, key: &'static str) -> Self {
        Self { field: field.into(), key, expected: String::new() }
    }

    /// A problem whose text names what would be right.
    #[must_use]
    pub fn expecting(field: impl Into<String>, key: &'static str, expected: impl ToString) -> Self {
        Self { field: field.into(), key, expected: expected.to_string() }
    }
}

/// Every key a rule may return. The screens have a German and an English text for each; a test holds them to it.
pub const PROBLEM_KEYS: &[&str] = &[
    // Any field.
    "required",
    "tooLong",
    "controlCharacter",
    // Company.
    "companyNameLength",
    "companyNameSymbols",
    "companyNameSpacedLetters",
    "companyNameRepeated",
    "companyNameBareForm",
    "countryUnknown",
    "registrationNumberFormat",
    "registrationNumberCheckDigit",
    "qualificationUnknown",
    "qualificationCountry",
    // Domain prefix.
    "prefixChars",
    "prefixLength",
    "prefixSame",
    // Address.
    "postalCodeFormat",
    "postalCodeWriteAs",
    "stateUnknown",
    // People.
    "nameLength",
    "namePlaceholder",
    "nameSymbols",
    "emailForm",
    "emailMicrosoft",
    "emailOwnDomain",
    "emailFreeMail",
    "phoneForm",
    "languageUnknown",
    "cultureUnknown",
    "dateForm",
    "dateFuture",
    // Resellers.
    "resellerNotActive",
    "resellerOfRecordNotFit",
    // Order.
    "linesEmpty",
    "lineTwice",
    "productGone",
    "planNotOffered",
    "quantityBelow",
    "quantityAbove",
    "trialQuantity",
    "trialTwice",
    "trialNotForSegment",
    "addonWithoutBase",
    "addonBaseMismatch",
    "customEndForm",
    "customEndNotAllowed",
];

#[cfg(test)]
mod tests {
    use super::PROBLEM_KEYS;

    #[test]
    fn keys_are_unique_and_camel_case() {
        let mut seen = std::collections::BTreeSet::new();
        for key in PROBLEM_KEYS {
            assert!(seen.insert(key), "{key} stands twice");
            assert!(key.chars().all(|c| c.is_ascii_alphanumeric()), "{key} is not camelCase");
            assert!(key.starts_with(|c: char| c.is_ascii_lowercase()), "{key} is not camelCase");
        }
    }

    /// Keys whose rule names what would be right: without it the text would leave the person alone.
    const WITH_EXPECTED: &[&str] = &[
        "tooLong",
        "companyNameLength",
        "registrationNumberFormat",
        "prefixChars",
        "prefixLength",
        "postalCodeFormat",
        "postalCodeWriteAs",
        "nameLength",
        "emailForm",
        "phoneForm",
        "quantityBelow",
        "quantityAbove",
        "trialQuantity",
        "addonWithoutBase",
        "addonBaseMismatch",
    ];

    #[test]
    fn every_key_has_a_text_in_both_languages() {
        for (language, texts) in [
            ("de", include_str!("../../../../ui/src/features/onboarding/texts.de.json")),
            ("en", include_str!("../../../../ui/src/features/onboarding/texts.en.json")),
        ] {
            let texts: serde_json::Value = serde_json::from_str(texts).unwrap();
            for key in PROBLEM_KEYS {
                // Where a number is said, of one and of several.
                let forms = [key.to_string(), format!("{key}_one"), format!("{key}_other")];
                let texts: Vec<&str> = forms.iter().filter_map(|form| texts["problem"][form].as_str()).collect();
                assert!(matches!(texts.len(), 1 | 2), "{language}: {key} has no text, or is said in two ways");
                let says =
                    |text: &str| !text.is_empty() && (text.contains("{{expected}}") || !WITH_EXPECTED.contains(key));
                assert!(texts.into_iter().all(says), "{language}: {key} does not say what would be right");
            }
        }
    }
}
