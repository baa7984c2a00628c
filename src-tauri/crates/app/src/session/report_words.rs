//! The words of the report in both languages. It goes to people outside, on paper and as a file, so its words are here
//! (like those of the mails) and not among the screens' texts.

use crate::views::{JourneyState, Language, SetupInfoState};
use cb_domain::catalogue::{BillingCycle, Term};
use cb_domain::operation::{HoldReason, OperationKind};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Says one thing in a language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words(pub(super) Language);

macro_rules! words {
    ($($name:ident: $en:literal, $de:literal;)*) => {$(
        pub(super) fn $name(self) -> String { self.either($en, $de) }
    )*};
}

impl Words {
    fn either(self, en: &str, de: &str) -> String {
        match self.0 {
            Language::En => en,
            Language::De => de,
        }
        .to_owned()
    }

    words! {
        kind: "Onboarding session", "Onboarding-Sitzung";
        distributor: "Distributor", "Distributor";
        practice: "Practice: nothing was sent to Microsoft", "Übung: Nichts ging an Microsoft";
        who: "Held by", "Durchgeführt von";
        started: "Begun", "Beginn";
        ended: "Ended", "Ende";
        still_runs: "still running", "läuft noch";
        released: "Released", "Freigegeben";
        not_released: "not yet", "noch nicht";
        printed: "As of", "Stand";
        customers: "Customers and orders", "Kunden und Aufträge";
        new_customer: "New customer", "Neuer Kunde";
        existing_customer: "Existing customer", "Bestehender Kunde";
        domain: "Domain", "Domäne";
        place: "Place", "Ort";
        reseller: "Indirect reseller", "Vertriebspartner";
        of_record: "Reseller of record", "Eingetragen";
        signer: "Agreement", "Kundenvertrag";
        not_accepted: "not yet accepted", "noch nicht akzeptiert";
        accepted_on: "accepted", "akzeptiert am";
        accepted: "accepted by the customer", "vom Kunden akzeptiert";
        setup_info: "Setup info", "Einrichtungsinfos";
        order_number: "Order", "Auftrag";
        product: "Product", "Produkt";
        licences: "Licences", "Lizenzen";
        term: "Term and billing", "Laufzeit und Abrechnung";
        price: "Price per licence", "Preis je Lizenz";
        total: "Total", "Summe";
        all_orders: "All orders", "Alle Aufträge";
        monthly: "Each month", "Monatlich";
        yearly: "Each year", "Jährlich";
        triennial: "Every three years", "Alle drei Jahre";
        whole_term: "Whole term, net", "Gesamte Laufzeit, netto";
        open: "Still open", "Noch offen";
        nothing_open: "Nothing: everything is confirmed.", "Nichts: Alles ist bestätigt.";
        nothing_in_it: "Nothing was submitted in this session.", "In dieser Sitzung wurde nichts übermittelt.";
        hand_over: "setup info to be handed over", "Einrichtungsinfos zu übergeben";
        draft: "draft, not submitted", "Entwurf, nicht übermittelt";
        unnamed: "without a name", "ohne Namen";
        no_price: "no price", "ohne Preis";
    }

    /// How a Submit stands.
    pub(super) fn state(self, state: JourneyState) -> String {
        match state {
            JourneyState::Waiting => self.either("Waiting", "Wartet"),
            JourneyState::Sending => self.either("Sending", "Wird gesendet"),
            JourneyState::OnHold => self.either("On hold", "Zurückgestellt"),
            JourneyState::NeedsAttention => self.either("Needs attention", "Handlungsbedarf"),
            JourneyState::Done => self.either("Confirmed", "Bestätigt"),
            JourneyState::Cancelled => self.either("Cancelled", "Abgebrochen"),
        }
    }

    /// What it is on hold for.
    pub(super) fn hold(self, reason: HoldReason) -> String {
        match reason {
            HoldReason::CustomerUnderReview => {
                self.either("customer under review at Microsoft", "Kunde in Prüfung bei Microsoft")
            }
            HoldReason::AgreementOpen => self.either("agreement not accepted", "Vertrag nicht akzeptiert"),
            HoldReason::ResellerNotFit => {
                self.either("reseller not fit to order", "Vertriebspartner nicht bestellfähig")
            }
            HoldReason::TenantBeingMade => self.either("customer is still being made", "Kunde wird noch angelegt"),
            HoldReason::KeychainMissing => self.either("keychain missing", "Schlüsselbund fehlt"),
            HoldReason::SessionNotReleased => self.either("session not released", "Sitzung nicht freigegeben"),
        }
    }

    /// What is done by an operation, for one that needs attention.
    pub(super) fn operation(self, kind: OperationKind) -> String {
        match kind {
            OperationKind::CreateCustomer => self.either("creating the customer", "beim Anlegen des Kunden"),
            OperationKind::ConfirmAgreement => self.either("recording the agreement", "beim Erfassen des Vertrags"),
            OperationKind::CreateCart | OperationKind::CheckoutCart => {
                self.either("placing the order", "beim Aufgeben des Auftrags")
            }
            OperationKind::VerifyOrder => self.either("verifying the order", "beim Prüfen des Auftrags"),
            OperationKind::UpdateCustomerProfile => self.either("changing the customer", "beim Ändern des Kunden"),
            OperationKind::SetResellerOfRecord => {
                self.either("naming the reseller", "beim Eintragen des Vertriebspartners")
            }
            OperationKind::ChangeSubscription | OperationKind::UpgradeSubscription => {
                self.either("changing the subscription", "beim Ändern des Abonnements")
            }
            OperationKind::SetSupportContact => {
                self.either("naming the support contact", "beim Eintragen des Supportkontakts")
            }
        }
    }

    /// Where the setup info stands; never the password.
    pub(super) fn handed_over(self, state: SetupInfoState) -> String {
        match state {
            SetupInfoState::NotYet => self.either("not there yet", "noch nicht da"),
            SetupInfoState::Sealed => self.either("not yet handed over", "noch nicht übergeben"),
            SetupInfoState::Showing => self.either("shown, not yet noted", "angezeigt, noch nicht notiert"),
            SetupInfoState::Destroyed => self.either("handed over", "übergeben"),
            SetupInfoState::Unavailable => self.either("no password: to be reset", "kein Kennwort: zurückzusetzen"),
        }
    }

    /// Term and billing cycle.
    pub(super) fn plan(self, term: Term, cycle: BillingCycle) -> String {
        let term = match term {
            Term::P1M => self.either("1 month", "1 Monat"),
            Term::P1Y => self.either("1 year", "1 Jahr"),
            Term::P3Y => self.either("3 years", "3 Jahre"),
        };
        let cycle = match cycle {
            BillingCycle::Monthly => self.either("monthly", "monatlich"),
            BillingCycle::Annual => self.either("yearly", "jährlich"),
            BillingCycle::Triennial => self.either("three-yearly", "dreijährlich"),
            BillingCycle::None => self.either("trial", "Testversion"),
        };
        format!("{term}, {cycle}")
    }

    /// After an amount: how often it is due.
    pub(super) fn per(self, cycle: BillingCycle) -> String {
        match cycle {
            BillingCycle::Monthly => self.either("a month", "im Monat"),
            BillingCycle::Annual => self.either("a year", "im Jahr"),
            BillingCycle::Triennial => self.either("for three years", "für drei Jahre"),
            BillingCycle::None => String::new(),
        }
    }

    /// Lines that no total holds.
    pub(super) fn without_price(self, lines: u32) -> String {
        match (self.0, lines) {
            (Language::En, 1) => "1 line has no price and is in no total.".to_owned(),
            (Language::En, _) => format!("{lines} lines have no price and are in no total."),
            (Language::De, 1) => "1 Position hat keinen Preis und ist in keiner Summe.".to_owned(),
            (Language::De, _) => format!("{lines} Positionen haben keinen Preis und sind in keiner Summe."),
        }
    }

    /// A day.
    pub(super) fn day(self, day: Date) -> String {
        match self.0 {
            Language::En => {
                const MONTHS: [&str; 12] =
                    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
                let month = usize::try_from(day.month() - 1).ok().and_then(|at| MONTHS.get(at)).copied();
                format!("{} {} {}", day.day(), month.unwrap_or_default(), day.year())
            }
            Language::De => format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()),
        }
    }

    /// A moment where the person is.
    pub(super) fn moment(self, at: Timestamp, zone: &TimeZone) -> String {
        let local = at.to_zoned(zone.clone());
        format!("{}, {:02}:{:02}", self.day(local.date()), local.hour(), local.minute())
    }

    /// A number with its groups.
    pub(super) fn number(self, of: u32) -> String {
        self.grouped(&of.to_string())
    }

    fn grouped(self, digits: &str) -> String {
        let mark = match self.0 {
            Language::En => ',',
            Language::De => '.',
        };
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(mark);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// An amount of minor units.
    pub(super) fn money(self, minor: i64, currency: &str) -> String {
        let symbol = match currency {
            "EUR" => "€",
            "USD" => "$",
            "GBP" => "£",
            other => other,
        };
        let sign = if minor < 0 { "-" } else { "" };
        let whole = self.grouped(&(minor.unsigned_abs() / 100).to_string());
        let cents = minor.unsigned_abs() % 100;
        // The blank does not break.
        match self.0 {
            Language::En => format!("{sign}{symbol}\u{a0}{whole}.{cents:02}"),
            Language::De => format!("{sign}{whole},{cents:02}\u{a0}{symbol}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_days_read_as_in_the_language() {
        let (en, de) = (Words(Language::En), Words(Language::De));
        for (minor, currency, english, german) in [
            (505_320, "EUR", "€\u{a0}5,053.20", "5.053,20\u{a0}€"),
            (7, "CHF", "CHF\u{a0}0.07", "0,07\u{a0}CHF"),
            (100_000_000, "USD", "$\u{a0}1,000,000.00", "1.000.000,00\u{a0}$"),
            (-1_050, "EUR", "-€\u{a0}10.50", "-10,50\u{a0}€"),
        ] {
            assert_eq!((en.money(minor, currency), de.money(minor, currency)), (english.into(), german.into()));
        }
        let day = jiff::civil::date(2026, 11, 4);
        assert_eq!((en.day(day), de.day(day)), ("4 Nov 2026".into(), "04.11.2026".into()));
        assert_eq!(en.number(1_234), "1,234");
    }
}
