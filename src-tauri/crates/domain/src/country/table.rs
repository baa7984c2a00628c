//! The eighteen countries that the app knows in detail.

use super::CountryRules;
use super::postal::{PostalRule, Shape};
use super::registration::{RegistrationRule, Scheme};
use super::states;

const LINES_CODE_CITY: &[&str] = &["addressLine1", "addressLine2", "postalCode", "city"];
const REQUIRED: &[&str] = &["addressLine1", "postalCode", "city"];

/// What most of continental Europe shares: postal code before the city, no state, euro.
const EUROPE: CountryRules = CountryRules {
    iso: "",
    address_fields: LINES_CODE_CITY,
    required_address: REQUIRED,
    states: &[],
    state_label: "state",
    postal: None,
    postal_label: "postal_code",
    calling_code: "",
    phone_example: "",
    registration: None,
    languages: &["en"],
    cultures: &["en-US"],
    currency: "EUR",
};

const fn postal(regex: &'static str, example: &'static str, shape: Shape) -> Option<PostalRule> {
    Some(PostalRule { regex, example, shape })
}

const FOUR: Shape = Shape::Digits(&[4], "");
const FIVE: Shape = Shape::Digits(&[5], "");

/// Sorted by nothing: looked up by code.
pub(super) const DETAILED: &[CountryRules] = &[
    CountryRules {
        iso: "DE",
        postal: postal(r"^[0-9]{5}$", "10115", FIVE),
        calling_code: "49",
        phone_example: "+49 30 901820",
        languages: &["de", "en"],
        cultures: &["de-DE", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "AT",
        postal: postal(r"^[1-9][0-9]{3}$", "1010", FOUR),
        calling_code: "43",
        phone_example: "+43 1 234567890",
        languages: &["de", "en"],
        cultures: &["de-AT", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "CH",
        address_fields: &["addressLine1", "addressLine2", "postalCode", "city", "state"],
        states: states::SWITZERLAND,
        state_label: "canton",
        postal: postal(r"^[1-9][0-9]{3}$", "8001", FOUR),
        calling_code: "41",
        phone_example: "+41 44 668 18 00",
        languages: &["de", "fr", "it", "en"],
        cultures: &["de-CH", "fr-CH", "it-CH", "en-US"],
        currency: "CHF",
        ..EUROPE
    },
    CountryRules {
        iso: "FR",
        postal: postal(r"^[0-9]{5}$", "75001", FIVE),
        calling_code: "33",
        phone_example: "+33 1 23 45 67 89",
        languages: &["fr", "en"],
        cultures: &["fr-FR", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "NL",
        // SA, SD and SS are never given out.
        postal: postal(r"^[1-9][0-9]{3} ?([A-RT-Z][A-Z]|S[BCE-RT-Z])$", "1012 AB", Shape::SpaceBeforeLast(2)),
        calling_code: "31",
        phone_example: "+31 20 123 4567",
        languages: &["nl", "en"],
        cultures: &["nl-NL", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "BE",
        postal: postal(r"^[1-9][0-9]{3}$", "1000", FOUR),
        calling_code: "32",
        phone_example: "+32 2 555 12 12",
        languages: &["nl", "fr", "en"],
        cultures: &["nl-BE", "fr-BE", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "PL",
        postal: postal(r"^[0-9]{2}-[0-9]{3}$", "80-765", Shape::Digits(&[2, 3], "-")),
        calling_code: "48",
        phone_example: "+48 58 555 01 62",
        registration: Some(RegistrationRule {
            names: "NIP, REGON, KRS",
            example: "583 302 71 49",
            scheme: Scheme::Poland,
        }),
        languages: &["pl", "en"],
        cultures: &["pl-PL", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "HU",
        postal: postal(r"^[1-9][0-9]{3}$", "1051", FOUR),
        calling_code: "36",
        phone_example: "+36 1 234 5678",
        registration: Some(RegistrationRule { names: "adószám", example: "10773381-2-44", scheme: Scheme::Hungary }),
        languages: &["hu", "en"],
        cultures: &["hu-HU", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "CZ",
        postal: postal(r"^[1-7][0-9]{2} ?[0-9]{2}$", "110 00", Shape::Digits(&[3, 2], " ")),
        calling_code: "420",
        phone_example: "+420 212 345 678",
        languages: &["cs", "en"],
        cultures: &["cs-CZ", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "IT",
        address_fields: &["addressLine1", "addressLine2", "postalCode", "city", "state"],
        state_label: "province",
        postal: postal(r"^[0-9]{5}$", "00184", FIVE),
        calling_code: "39",
        phone_example: "+39 06 1234 5678",
        languages: &["it", "en"],
        cultures: &["it-IT", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "ES",
        address_fields: &["addressLine1", "addressLine2", "postalCode", "city", "state"],
        state_label: "province",
        // The first two digits are the province, 01 to 52.
        postal: postal(r"^(0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}$", "28001", FIVE),
        calling_code: "34",
        phone_example: "+34 810 12 34 56",
        languages: &["es", "en"],
        cultures: &["es-ES", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "DK",
        postal: postal(r"^[0-9]{4}$", "1050", FOUR),
        calling_code: "45",
        phone_example: "+45 32 12 34 56",
        languages: &["da", "en"],
        cultures: &["da-DK", "en-US"],
        currency: "DKK",
        ..EUROPE
    },
    CountryRules {
        iso: "SE",
        postal: postal(r"^[1-9][0-9]{2} ?[0-9]{2}$", "111 20", Shape::Digits(&[3, 2], " ")),
        calling_code: "46",
        phone_example: "+46 8 123 456 78",
        languages: &["sv", "en"],
        cultures: &["sv-SE", "en-US"],
        currency: "SEK",
        ..EUROPE
    },
    CountryRules {
        iso: "NO",
        postal: postal(r"^[0-9]{4}$", "0150", FOUR),
        calling_code: "47",
        phone_example: "+47 21 23 45 67",
        languages: &["nb", "en"],
        cultures: &["nb-NO", "en-US"],
        currency: "NOK",
        ..EUROPE
    },
    CountryRules {
        iso: "GB",
        address_fields: &["addressLine1", "addressLine2", "city", "state", "postalCode"],
        required_address: &["addressLine1", "city", "postalCode"],
        state_label: "county",
        postal: postal(
            r"^([A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW]) ?[0-9][ABD-HJLNP-UW-Z]{2})$",
            "SW1A 1AA",
            Shape::SpaceBeforeLast(3),
        ),
        postal_label: "postcode",
        calling_code: "44",
        phone_example: "+44 20 7946 0018",
        languages: &["en"],
        cultures: &["en-GB", "en-US"],
        currency: "GBP",
        ..EUROPE
    },
    CountryRules {
        iso: "IE",
        address_fields: &["addressLine1", "addressLine2", "city", "state", "postalCode"],
        required_address: &["addressLine1", "city"],
        state_label: "county",
        postal: postal(
            r"^([AC-FHKNPRTV-Y][0-9]{2}|D6W) ?[0-9AC-FHKNPRTV-Y]{4}$",
            "D02 AF30",
            Shape::SpaceAfterFirst(3),
        ),
        postal_label: "eircode",
        calling_code: "353",
        phone_example: "+353 1 234 5678",
        languages: &["en"],
        cultures: &["en-IE", "en-US"],
        ..EUROPE
    },
    CountryRules {
        iso: "US",
        address_fields: &["addressLine1", "addressLine2", "city", "state", "postalCode"],
        required_address: &["addressLine1", "city", "state", "postalCode"],
        states: states::UNITED_STATES,
        postal: postal(r"^[0-9]{5}(-[0-9]{4})?$", "98101", Shape::Zip),
        postal_label: "zip",
        calling_code: "1",
        phone_example: "+1 206 555 0100",
        languages: &["en", "es"],
        cultures: &["en-US", "es-US"],
        currency: "USD",
        ..EUROPE
    },
    CountryRules {
        iso: "CA",
        address_fields: &["addressLine1", "addressLine2", "city", "state", "postalCode"],
        required_address: &["addressLine1", "city", "state", "postalCode"],
        states: states::CANADA,
        state_label: "province",
        postal: postal(
            r"^[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] ?[0-9][ABCEGHJ-NPRSTV-Z][0-9]$",
            "K1A 0B1",
            Shape::SpaceAfterFirst(3),
        ),
        postal_label: "postal_code",
        calling_code: "1",
        phone_example: "+1 613 555 0162",
        languages: &["en", "fr"],
        cultures: &["en-CA", "fr-CA"],
        currency: "CAD",
        ..EUROPE
    },
];
