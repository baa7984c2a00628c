//! The resellers list and an expanded reseller.

use super::customers::customer_row;
use super::{AS_OF, told, words};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{ResellerDetail, ResellerList, ResellerQuery, ResellerRow, SortBy};
use cb_domain::ids::ResellerId;
use cb_domain::reseller::Reseller;
use cb_store::ResellerFigures;
use cb_store::fold::{fold, fold_all};
use jiff::Timestamp;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Customers shown in an expanded row.
const NEWEST: u32 = 5;

impl App {
    /// All resellers that match, in the order asked for.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn list_resellers(&self, query: ResellerQuery) -> AppResult<ResellerList> {
        let open = self.open_book().await?;
        let now = self.inner.host.clock.now();
        let (resellers, figures, tags, as_of, to_place, hanging) = open
            .book
            .read(move |db| {
                let resellers = db.resellers().all()?;
                let hanging = crate::reseller::hanging_count(db, &resellers, now)?;
                let book = db.reseller_book();
                let (tags, to_place) = (book.all_tags()?, book.seen_partnerships()?.len());
                Ok((resellers, db.resellers().figures()?, tags, db.settings().get(AS_OF)?, to_place, hanging))
            })
            .await?;
        let total = count(resellers.len());
        let active = count(resellers.iter().filter(|r| r.takes_customers()).count());
        let countries: BTreeSet<String> =
            resellers.iter().map(|r| r.country.clone()).filter(|c| !c.is_empty()).collect();
        let needle = words_of(&query.search);
        let mut found: Vec<(Reseller, ResellerFigures)> = resellers
            .into_iter()
            .filter(|r| query.partnership.is_empty() || query.partnership.contains(&words::partnership(r.partnership)))
            .filter(|r| query.country.is_empty() || query.country == r.country)
            .filter(|r| query.fitness.is_empty() || query.fitness.contains(&crate::reseller::shield(r, now).kind))
            .filter(|r| matches(r, tags.get(&r.id), &needle))
            .map(|r| {
                let of_reseller = figures.get(&r.id).cloned().unwrap_or_default();
                (r, of_reseller)
            })
            .collect();
        found.sort_by(|a, b| {
            let order = compare(query.sort, a, b);
            // A name that is equal in the sorted column keeps its place whichever way the column runs.
            (if query.descending { order.reverse() } else { order }).then_with(|| by_name(&a.0, &b.0))
        });
        let rows = found.iter().map(|(r, figures)| reseller_row(r, figures, tags.get(&r.id), now)).collect();
        let (countries, to_place) = (countries.into_iter().collect(), count(to_place));
        Ok(ResellerList { rows, total, active, countries, to_place, hanging, as_of })
    }

    /// A reseller with its newest customers.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn reseller_detail(&self, id: String) -> AppResult<ResellerDetail> {
        let id: ResellerId = id.parse()?;
        let open = self.open_book().await?;
        let (now, trade) = (self.inner.host.clock.now(), open.trade_now(&self.inner.host));
        let found = open
            .book
            .read(move |db| {
                let Some(reseller) = db.resellers().get(id)? else { return Ok(None) };
                let figures = db.resellers().figures()?.remove(&id).unwrap_or_default();
                let tags = db.reseller_book().tags(id)?;
                Ok(Some((reseller, figures, tags, db.customers().newest_of_reseller(id, NEWEST, trade)?)))
            })
            .await?;
        let (reseller, figures, tags, newest) = found.ok_or(AppError::NotFound)?;
        Ok(ResellerDetail {
            row: reseller_row(&reseller, &figures, Some(&tags), now),
            newest_customers: newest.iter().map(|row| customer_row(row, trade)).collect(),
        })
    }
}

/// A reseller as a row.
pub(crate) fn reseller_row(
    reseller: &Reseller,
    figures: &ResellerFigures,
    tags: Option<&Vec<String>>,
    now: Timestamp,
) -> ResellerRow {
    ResellerRow {
        id: reseller.id.to_string(),
        name: reseller.name.clone(),
        partner_id: reseller.partner_id.clone().unwrap_or_default(),
        tenant_id: reseller.tenant_id.map(|t| t.to_string()).unwrap_or_default(),
        country: reseller.country.clone(),
        town: reseller.town.clone(),
        partnership: words::partnership(reseller.partnership),
        partnership_since: reseller.partnership_since.map(told),
        fitness: words::fitness(reseller.fitness),
        fitness_checked_at: reseller.fitness_checked_at.map(told),
        shield: crate::reseller::shield(reseller, now),
        tags: tags.cloned().unwrap_or_default(),
        takes_customers: reseller.takes_customers(),
        customers: figures.customers,
        seats: figures.seats,
        last_activity_at: reseller.last_activity_at.map(told),
        contact_name: reseller.contact_name.clone(),
        contact_role: reseller.contact_role.clone(),
        contact_email: reseller.contact_email.clone(),
        contact_phone: reseller.contact_phone.clone(),
    }
}

fn compare(sort: SortBy, a: &(Reseller, ResellerFigures), b: &(Reseller, ResellerFigures)) -> Ordering {
    match sort {
        SortBy::Country => a.0.country.cmp(&b.0.country),
        SortBy::Seats => a.1.seats.cmp(&b.1.seats),
        SortBy::Customers => a.1.customers.cmp(&b.1.customers),
        SortBy::LastActivity => a.0.last_activity_at.cmp(&b.0.last_activity_at),
        // The two others are columns of the customers list.
        SortBy::Name | SortBy::Reseller | SortBy::Subscriptions => by_name(&a.0, &b.0),
    }
}

fn by_name(a: &Reseller, b: &Reseller) -> Ordering {
    fold(&a.name).cmp(&fold(&b.name)).then_with(|| a.id.cmp(&b.id))
}

/// The words searched for, folded: each has to stand somewhere in the row.
fn words_of(search: &str) -> Vec<String> {
    fold(search).split_whitespace().map(str::to_owned).collect()
}

fn matches(reseller: &Reseller, tags: Option<&Vec<String>>, needle: &[String]) -> bool {
    if needle.is_empty() {
        return true;
    }
    let tenant = reseller.tenant_id.map(|t| t.to_string()).unwrap_or_default();
    let hay = fold_all(&[
        &reseller.name,
        reseller.partner_id.as_deref().unwrap_or_default(),
        &reseller.country,
        &reseller.town,
        &reseller.contact_name,
        &reseller.contact_email,
        &tenant,
        &tags.map(|tags| tags.join(" ")).unwrap_or_default(),
    ]);
    needle.iter().all(|word| hay.contains(word.as_str()))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
