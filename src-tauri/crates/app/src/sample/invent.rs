//! Invents customers with five subscriptions each into a practice book, the same ones for the same number: to try and
//! to measure the app with a book of any size. They are in the book only; the practice Partner Center knows nothing
//! of them.

use super::words::{PRODUCTS, TONGUES, Tongue};
use crate::error::AppResult;
use crate::host::Host;
use cb_domain::catalogue::{BillingCycle, CommerceKind, SkuKey, Term};
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::ids::{CustomerId, ResellerId, SubscriptionId, TenantId};
use cb_domain::money::{Currency, Money};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::Book;
use cb_store::fold::fold;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// Customers written in one transaction.
const SLICE: u32 = 1_000;

/// Subscriptions of each customer.
pub(crate) const SUBSCRIPTIONS: u32 = 5;

/// Writes so many invented customers, in slices.
pub(crate) async fn fill(host: &Host, book: &Book, count: u32) -> AppResult<()> {
    let now = host.clock.now();
    let resellers = book.read(|db| db.resellers().all()).await?;
    let resellers: Vec<ResellerId> = resellers.iter().filter(|one| one.takes_customers()).map(|one| one.id).collect();
    let mut inventor = Inventor::new(1, now, resellers);
    let mut left = count;
    while left > 0 {
        let slice = left.min(SLICE);
        let invented: Vec<(Customer, Vec<Subscription>)> = (0..slice).map(|_| inventor.customer()).collect();
        book.write(move |tx| {
            tx.quietly(|tx| {
                for (customer, subscriptions) in &invented {
                    tx.put_customer(customer)?;
                    subscriptions.iter().try_for_each(|one| tx.put_subscription(one))?;
                }
                Ok(())
            })
        })
        .await?;
        left -= slice;
    }
    Ok(())
}

/// Draws from a seed.
pub struct Inventor {
    state: u64,
    made: u64,
    now: Timestamp,
    resellers: Vec<ResellerId>,
}

impl Inventor {
    /// The same seed, the same customers. `resellers` are whose customers they are.
    #[must_use]
    pub fn new(seed: u64, now: Timestamp, resellers: Vec<ResellerId>) -> Self {
        Self { state: seed, made: 0, now, resellers }
    }

    /// Leaves out so many rows: their ids and names are somebody else's.
    #[cfg_attr(not(feature = "bench"), expect(dead_code, reason = "measuring writes to a book that has customers"))]
    pub fn begin_at(&mut self, made: u64) {
        self.made = made;
    }

    /// Next number (SplitMix64): good for samples, never for secrets.
    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.draw() % end).unwrap_or(0)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let at = self.below(from.len());
        from.get(at).copied()
    }

    fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).unwrap_or_default()
    }

    /// Ids of rows follow one another as those of the app do; ids of Partner Center do not.
    fn row_id(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u64_pair((self.made << 16) | 0x7000, (self.draw() >> 2) | (1 << 63))
    }

    fn remote_id(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.draw(), self.draw())
    }

    /// The next customer and its subscriptions.
    pub fn customer(&mut self) -> (Customer, Vec<Subscription>) {
        // Half of them are at home; the others come from everywhere.
        let at = if self.below(2) == 0 { 0 } else { self.below(TONGUES.len()) };
        let tongue = TONGUES.get(at).unwrap_or(&TONGUES[0]);
        let (first, last) = (self.word(tongue.first), self.word(tongue.last));
        let name = self.company(tongue, last);
        let reseller_id = if self.below(20) == 0 { None } else { self.reseller() };
        let town = self.word(tongue.towns);
        // One place that is looked for in the journeys: of one customer in five hundred, whatever the seed.
        let town = if self.made.is_multiple_of(500 * (1 + u64::from(SUBSCRIPTIONS))) { "Łódź" } else { town };
        let id = CustomerId(self.row_id());
        let prefix: String = fold(&name).chars().filter(char::is_ascii_alphanumeric).take(18).collect();
        let prefix = format!("{prefix}{}", self.made);
        let created_at = self.now - SignedDuration::from_hours(24 * i64::try_from(self.below(1_500)).unwrap_or(0));
        let mail = fold(&format!("{first}.{last}")).replace(' ', "");
        let customer = Customer {
            id,
            tenant_id: Some(TenantId(self.remote_id())),
            alias: if self.below(12) == 0 { format!("{town} {}", self.below(90)) } else { String::new() },
            contact_email: format!("{mail}@{prefix}.example"),
            domain_prefix: prefix,
            country: tongue.country.to_owned(),
            town: town.to_owned(),
            contact_name: format!("{first} {last}"),
            registration_number: if self.below(3) == 0 {
                format!("{:010}", self.draw() % 10_000_000_000)
            } else {
                String::new()
            },
            name,
            reseller_id,
            review: AccountReview::Allowed,
            agreement: AgreementState::Attested,
            created_at,
            confirmed_at: Some(self.now),
        };
        let subscriptions = (0..SUBSCRIPTIONS).map(|_| self.subscription(id, reseller_id)).collect();
        (customer, subscriptions)
    }

    fn company(&mut self, tongue: &Tongue, last: &str) -> String {
        let (trade, form) = (self.word(tongue.trades), self.word(tongue.forms));
        match self.below(5) {
            0 => format!("{last} & {} {form}", self.word(tongue.last)),
            1 => format!("{last} {trade} {form}"),
            2 => format!("{trade} {} {last}", self.word(tongue.first)),
            3 => format!("{trade} {} {form}", self.word(tongue.towns)),
            _ => format!("{trade} {last} {form}"),
        }
    }

    /// The first resellers have most.
    fn reseller(&mut self) -> Option<ResellerId> {
        let within = self.below(self.resellers.len()) + 1;
        let at = self.below(within);
        self.resellers.get(at).copied()
    }

    fn subscription(&mut self, customer_id: CustomerId, reseller: Option<ResellerId>) -> Subscription {
        let within = self.below(PRODUCTS.len()) + 1;
        let at = self.below(within);
        let (product_id, sku_id, title, minor) = PRODUCTS.get(at).copied().unwrap_or(PRODUCTS[0]);
        let day = |days: usize| SignedDuration::from_hours(24 * i64::try_from(days).unwrap_or(0));
        // A few have been bought within the week: their window is open.
        let age = if self.below(200) == 0 { self.below(6) } else { 8 + self.below(340) };
        let created_at = self.now - day(age);
        let window = created_at + day(7);
        Subscription {
            id: SubscriptionId(self.row_id()),
            customer_id,
            remote_id: Some(self.remote_id().to_string()),
            order_id: Some(format!("{:012x}", self.draw() >> 16)),
            operation_id: None,
            commerce: CommerceKind::New,
            sku: SkuKey { product_id: product_id.to_owned(), sku_id: sku_id.to_owned() },
            product_name: title.to_owned(),
            quantity: u32::try_from(1 + self.below(40)).unwrap_or(1),
            term: Term::P1Y,
            cycle: BillingCycle::Monthly,
            unit_price: Some(Money { minor, currency: Currency("EUR".to_owned()) }),
            status: if self.below(40) == 0 { SubscriptionStatus::Suspended } else { SubscriptionStatus::Active },
            auto_renew: self.below(25) > 0,
            reseller_of_record: reseller,
            ends_at: Some(created_at + day(365)),
            cancellable_until: (window > self.now).then_some(window),
            created_at,
            confirmed_at: Some(self.now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_invents_the_same_customers_and_no_two_are_one() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let invent = || {
            let mut inventor =
                Inventor::new(1, now, vec![ResellerId(Uuid::from_u128(1)), ResellerId(Uuid::from_u128(2))]);
            (0..2_000).map(|_| inventor.customer()).collect::<Vec<_>>()
        };
        let made = invent();
        assert_eq!(made, invent());
        let prefixes: std::collections::BTreeSet<&str> =
            made.iter().map(|(one, _)| one.domain_prefix.as_str()).collect();
        let ids: std::collections::BTreeSet<CustomerId> = made.iter().map(|(one, _)| one.id).collect();
        assert_eq!((prefixes.len(), ids.len()), (2_000, 2_000));
        assert!(made.iter().any(|(one, _)| one.town == "Łódź"), "somebody lives in Łódź");
        assert!(made.iter().all(|(_, subscriptions)| subscriptions.len() == SUBSCRIPTIONS as usize));
    }
}
