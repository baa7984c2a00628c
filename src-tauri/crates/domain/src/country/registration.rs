//! Registration numbers of companies, in the 24 countries where Partner Center demands one.

/// Which check a number gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// NIP, REGON or KRS.
    Poland,
    /// Adószám.
    Hungary,
    /// Four to twenty letters, digits and marks with at least four digits; Partner Center checks the rest.
    General,
}

/// The registration number of a country.
#[derive(Debug, Clone, Copy)]
pub struct RegistrationRule {
    /// Names of accepted numbers.
    pub names: &'static str,
    /// An example; empty when the app knows no form.
    pub example: &'static str,
    /// Check.
    pub scheme: Scheme,
}

/// Why a number does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistrationProblem {
    /// Not the form of any accepted number.
    Format,
    /// The form fits, the check digit does not: mistyped.
    CheckDigit,
}

impl RegistrationRule {
    /// The number as it is sent: separators gone or set as the country writes them.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, typed: &str) -> Result<String, RegistrationProblem> {
        match self.scheme {
            Scheme::Poland => poland(typed),
            Scheme::Hungary => hungary(typed),
            Scheme::General => general(typed),
        }
    }
}

fn digits_of(typed: &str, country: &str) -> Option<Vec<u32>> {
    let typed = typed.trim();
    let typed = typed.strip_prefix(country).unwrap_or(typed);
    typed.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).map(|c| c.to_digit(10)).collect()
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

fn text(digits: &[u32]) -> String {
    digits.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect()
}

fn poland(typed: &str) -> Result<String, RegistrationProblem> {
    let digits = digits_of(typed, "PL").ok_or(RegistrationProblem::Format)?;
    let good = match digits.len() {
        // No NIP starts with 000 (it would name no tax office), every KRS number does.
        10 if digits.starts_with(&[0, 0, 0]) => digits.iter().any(|digit| *digit != 0),
        10 => weighted(&digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digits[9],
        9 => weighted(&digits, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == digits[8],
        14 => {
            weighted(&digits, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == digits[8]
                && weighted(&digits, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10 == digits[13]
        }
        _ => return Err(RegistrationProblem::Format),
    };
    if good { Ok(text(&digits)) } else { Err(RegistrationProblem::CheckDigit) }
}

fn hungary(typed: &str) -> Result<String, RegistrationProblem> {
    let digits = digits_of(typed, "HU").ok_or(RegistrationProblem::Format)?;
    if digits.len() != 11 {
        return Err(RegistrationProblem::Format);
    }
    // Digit 9 says how value added tax is owed (1–5); the last two name the tax office.
    let office = digits[9] * 10 + digits[10];
    if !(1..=5).contains(&digits[8]) || !(2..=44).contains(&office) && office != 51 {
        return Err(RegistrationProblem::Format);
    }
    let check = (10 - weighted(&digits, &[9, 7, 3, 1, 9, 7, 3]) % 10) % 10;
    if check != digits[7] {
        return Err(RegistrationProblem::CheckDigit);
    }
    let plain = text(&digits);
    Ok(format!("{}-{}-{}", &plain[..8], &plain[8..9], &plain[9..]))
}

fn general(typed: &str) -> Result<String, RegistrationProblem> {
    let number = typed.trim();
    let length = number.chars().count();
    let fits = (4..=20).contains(&length)
        && number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/'))
        && number.chars().filter(char::is_ascii_digit).count() >= 4;
    if fits { Ok(number.to_owned()) } else { Err(RegistrationProblem::Format) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country::rules;

    fn check(iso: &str, typed: &str) -> Result<String, RegistrationProblem> {
        rules(iso).and_then(|rules| rules.registration).unwrap().check(typed)
    }

    #[test]
    fn poland_takes_nip_regon_and_krs() {
        for (typed, sent) in [
            ("583 302 71 49", "5833027149"),
            ("583-302-71-49", "5833027149"),
            ("PL5833027149", "5833027149"),
            ("5260250995", "5260250995"),
            ("123456785", "123456785"),
            ("12345678512347", "12345678512347"),
            ("0000127206", "0000127206"),
        ] {
            assert_eq!(check("PL", typed), Ok(sent.to_owned()), "{typed}");
        }
        for typed in ["5833027148", "123456786", "12345678512348", "0000000000"] {
            assert_eq!(check("PL", typed), Err(RegistrationProblem::CheckDigit), "{typed}");
        }
        for typed in ["", "58330271", "583 302 71 4x", "58330271499", "DE5833027149"] {
            assert_eq!(check("PL", typed), Err(RegistrationProblem::Format), "{typed}");
        }
    }

    #[test]
    fn hungary_takes_an_adoszam() {
        for typed in ["10773381-2-44", "10773381244", "HU10773381-2-44"] {
            assert_eq!(check("HU", typed), Ok("10773381-2-44".to_owned()), "{typed}");
        }
        assert_eq!(check("HU", "10773382-2-44"), Err(RegistrationProblem::CheckDigit));
        for typed in ["10773381", "10773381-9-44", "10773381-2-99", "abc", ""] {
            assert_eq!(check("HU", typed), Err(RegistrationProblem::Format), "{typed}");
        }
    }

    #[test]
    fn elsewhere_the_form_is_only_sifted() {
        assert_eq!(check("BR", "12.345.678/0001-95"), Ok("12.345.678/0001-95".to_owned()));
        for typed in ["12", "none", "<script>1234</script>", ""] {
            assert_eq!(check("TR", typed), Err(RegistrationProblem::Format), "{typed}");
        }
    }
}
