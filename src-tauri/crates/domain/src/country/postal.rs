//! Postal codes: whether one fits its country, and how it would be written right.

/// How typed letters and digits are put into the country's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Digits only, in these groups, joined by the text.
    Digits(&'static [usize], &'static str),
    /// Letters and digits; a space before the last so many.
    SpaceBeforeLast(usize),
    /// Letters and digits; a space after the first so many.
    SpaceAfterFirst(usize),
    /// Five digits, or nine with a hyphen after the fifth.
    Zip,
}

/// The postal code of a country.
#[derive(Debug, Clone, Copy)]
pub struct PostalRule {
    /// What is accepted as typed.
    pub regex: &'static str,
    /// An example.
    pub example: &'static str,
    /// How to write it right.
    pub shape: Shape,
}

/// Why a postal code does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostalProblem {
    /// It is one, written otherwise: this is the right way.
    WriteAs(String),
    /// It is none.
    Format,
}

impl PostalRule {
    /// Checks a code as typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, typed: &str) -> Result<(), PostalProblem> {
        let typed = typed.trim();
        if self.accepts(typed) {
            return Ok(());
        }
        match self.shape.write(typed) {
            Some(right) if self.accepts(&right) => Err(PostalProblem::WriteAs(right)),
            _ => Err(PostalProblem::Format),
        }
    }

    fn accepts(&self, text: &str) -> bool {
        regex::Regex::new(self.regex).is_ok_and(|regex| regex.is_match(text))
    }
}

impl Shape {
    fn write(self, typed: &str) -> Option<String> {
        let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        match self {
            Self::Digits(groups, joint) => {
                // `D-10115` and `CH-8001` are how people wrote them for decades: a leading country mark is dropped.
                let digits = plain.trim_start_matches(|c: char| c.is_ascii_uppercase());
                if plain.len() - digits.len() > 3
                    || !digits.bytes().all(|b| b.is_ascii_digit())
                    || digits.len() != groups.iter().sum::<usize>()
                {
                    return None;
                }
                let mut rest = digits;
                let mut parts = Vec::new();
                for group in groups {
                    let (part, after) = rest.split_at(*group);
                    parts.push(part);
                    rest = after;
                }
                Some(parts.join(joint))
            }
            Self::SpaceBeforeLast(count) => {
                let at = plain.len().checked_sub(count)?;
                Some(format!("{} {}", plain.get(..at)?, plain.get(at..)?))
            }
            Self::SpaceAfterFirst(count) => Some(format!("{} {}", plain.get(..count)?, plain.get(count..)?)),
            Self::Zip => match plain.len() {
                5 => Some(plain),
                9 => Some(format!("{}-{}", plain.get(..5)?, plain.get(5..)?)),
                _ => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country::rules;

    /// Per country: accepted, to be written otherwise (typed, right), refused.
    type Case =
        (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)], &'static [&'static str]);

    const CASES: &[Case] = &[
        (
            "DE",
            &["10115", "01067", "99998"],
            &[("D-10115", "10115"), ("101 15", "10115")],
            &["1011", "101155", "1O115"],
        ),
        ("AT", &["1010", "9992"], &[("A-1010", "1010")], &["10101", "0101", "abcd"]),
        ("CH", &["8001", "1200"], &[("CH-8001", "8001")], &["80011", "0800", "80O1"]),
        ("FR", &["75001", "97400"], &[("F-75001", "75001"), ("75 001", "75001")], &["7500", "750011"]),
        (
            "NL",
            &["1012 AB", "1012AB"],
            &[("1012 ab", "1012 AB"), ("1012-AB", "1012 AB")],
            &["0012 AB", "1012", "1012 A1", "1012 SS"],
        ),
        ("BE", &["1000", "9992"], &[("B-1000", "1000")], &["0999", "10000"]),
        (
            "PL",
            &["80-765", "00-950"],
            &[("80765", "80-765"), ("80 765", "80-765"), ("PL-80-765", "80-765")],
            &["8076", "807655", "8O-765"],
        ),
        ("HU", &["1051", "9985"], &[("H-1051", "1051")], &["10511", "0051"]),
        ("CZ", &["110 00", "11000"], &[("CZ-110 00", "110 00"), ("110-00", "110 00")], &["1100", "810 00", "1100000"]),
        ("IT", &["00184", "20121"], &[("I-00184", "00184")], &["0018", "001844"]),
        ("ES", &["28001", "52006"], &[("E-28001", "28001")], &["2800", "53001", "00001"]),
        ("DK", &["1050", "0800", "9990"], &[("DK-1050", "1050")], &["105", "10500"]),
        ("SE", &["111 20", "11120"], &[("SE-111 20", "111 20")], &["1112", "011 20"]),
        ("NO", &["0150", "9990"], &[("N-0150", "0150")], &["015", "01500"]),
        (
            "GB",
            &["SW1A 1AA", "M1 1AE", "EC1A 1BB"],
            &[("sw1a1aa", "SW1A 1AA"), ("m1-1ae", "M1 1AE")],
            &["SW1A", "12345", "QQQ 1AA"],
        ),
        (
            "IE",
            &["D02 AF30", "A65F4E2", "D6W XY00"],
            &[("d02 af30", "D02 AF30"), ("D02-AF30", "D02 AF30")],
            &["D02", "D02 AF3", "B02 AF30"],
        ),
        ("US", &["98101", "98101-2030"], &[("981012030", "98101-2030")], &["9810", "98101-203", "ABCDE"]),
        (
            "CA",
            &["K1A 0B1", "K1A0B1"],
            &[("k1a0b1", "K1A 0B1"), ("K1A-0B1", "K1A 0B1")],
            &["K1A", "D1A 0B1", "K1A 0O1"],
        ),
    ];

    #[test]
    fn table_of_the_eighteen_countries() {
        assert_eq!(CASES.len(), 18);
        for (iso, good, otherwise, bad) in CASES {
            let rule = rules(iso).and_then(|rules| rules.postal).unwrap();
            for code in *good {
                assert_eq!(rule.check(code), Ok(()), "{iso} {code}");
            }
            for (typed, right) in *otherwise {
                assert_eq!(rule.check(typed), Err(PostalProblem::WriteAs((*right).to_owned())), "{iso} {typed}");
            }
            for code in *bad {
                assert_eq!(rule.check(code), Err(PostalProblem::Format), "{iso} {code}");
            }
        }
    }
}
