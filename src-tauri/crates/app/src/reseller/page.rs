//! A reseller's page.

use super::convert;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::lists::customers::customer_row;
use crate::lists::resellers::reseller_row;
use crate::views::{NamedView, ResellerOrder, ResellerPageView};
use cb_domain::ids::ResellerId;
use cb_domain::reseller::PartnershipState;
use cb_store::{Db, StoreError};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Customers and orders shown.
const NEWEST: u32 = 50;

impl App {
    /// A reseller's page.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn reseller_page(&self, id: String) -> AppResult<ResellerPageView> {
        let reseller: ResellerId = id.parse()?;
        let open = self.open_book().await?;
        let (now, trade) = (self.inner.host.clock.now(), open.trade_now(&self.inner.host));
        let page = open.book.read(move |db| page(db, reseller, now, trade)).await?.ok_or(AppError::NotFound)?;
        let requests = self.partnership_requests(id).await?;
        Ok(ResellerPageView { requests, ..page })
    }
}

/// `now` is this computer's, for checks; `trade` is Partner Center's, for windows and terms.
fn page(db: &Db, id: ResellerId, now: Timestamp, trade: Timestamp) -> Result<Option<ResellerPageView>, StoreError> {
    let Some(reseller) = db.resellers().get(id)? else { return Ok(None) };
    let book = db.reseller_book();
    let figures = db.resellers().figures()?.remove(&id).unwrap_or_default();
    let all_tags = book.all_tags()?;
    // The same tag in another writing is the same tag: the last writing wins.
    let known_tags: BTreeMap<String, String> =
        all_tags.values().flatten().map(|tag| (cb_store::fold::fold(tag), tag.clone())).collect();
    let findings = book.findings(id)?.map(|(findings, _)| findings).unwrap_or_default();
    let support_choices = db
        .resellers()
        .all()?
        .into_iter()
        .filter(|one| one.partnership == PartnershipState::Active)
        .map(|one| NamedView { id: one.id.to_string(), name: one.name })
        .collect();
    Ok(Some(ResellerPageView {
        row: reseller_row(&reseller, &figures, all_tags.get(&id), now),
        agreement: convert::answer(findings.agreement_signed),
        on_record: convert::answer(findings.on_record.map(|answer| answer.is_ok())),
        code: findings.on_record.and_then(|answer| answer.err()).unwrap_or(0),
        customers: db
            .customers()
            .newest_of_reseller(id, NEWEST, trade)?
            .iter()
            .map(|row| customer_row(row, trade))
            .collect(),
        orders: book.orders(id, NEWEST)?.into_iter().map(order).collect(),
        requests: Vec::new(),
        note: book.note(id)?,
        support_id: book.support(id)?.map(|contact| contact.to_string()).unwrap_or_default(),
        support_choices,
        on_record_count: book.on_record_count(id)?,
        known_tags: known_tags.into_values().collect(),
    }))
}

fn order(found: cb_store::OrderOfReseller) -> ResellerOrder {
    ResellerOrder {
        order_id: found.order_id,
        customer_id: found.customer_id.to_string(),
        customer_name: found.customer_name,
        at: found.at.to_string(),
        products: found.products,
        licences: found.licences,
    }
}
