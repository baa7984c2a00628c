//! What a first sync asks besides: customers a page at a time, so that it can go on after a kill, and who we are.

use crate::client::exchange::{Ask, Failure};
use crate::client::{Client, Told, customers, encoded, filter};
use crate::triage::Operation::Read;
use crate::wire::{self, Collection};
use cb_domain::ids::TenantId;
use cb_sync::remote::{Answer, PageLink, RequestIds};
use http::Method;
use serde::Deserialize;

/// Own legal profile, as far as a workspace is named by it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OwnProfile {
    company_name: Option<String>,
}

impl Client {
    /// One page of all customers, or of those of a reseller.
    pub(crate) async fn customer_page(
        &self,
        of: Option<TenantId>,
        next: Option<&PageLink>,
        ids: RequestIds,
    ) -> Result<Told, Failure> {
        let ask = match (next, of) {
            (Some(link), _) => Ask {
                operation: Read,
                method: Method::GET,
                uri: self.follow(&link.uri).ok_or(Failure::Unknown)?,
                body: None,
                extra: link.headers.clone(),
            },
            (None, Some(reseller)) => {
                let value = filter("IndirectReseller", &reseller.to_string(), "starts_with");
                self.get(Read, &format!("/customers?size=500&filter={value}"))
            }
            (None, None) => self.get(Read, "/customers?size=500"),
        };
        let good = self.exchange(&ask, ids).await?;
        let page: Collection<wire::Customer> = wire::from_answer(&good.body)?;
        let next = self.next(Read, &ask, &page.next().cloned(), &good)?;
        // A page that leads to itself would never end.
        if next.as_ref().is_some_and(|next| next.uri == ask.uri && next.extra == ask.extra) {
            return Err(Failure::Unknown);
        }
        let customers = page.items.iter().filter_map(customers::found).collect();
        let next = next.map(|next| PageLink { uri: next.uri, headers: next.extra });
        Ok((Answer::CustomerPage { customers, next }, good.date))
    }

    /// Our own company's name; `None` where Partner Center doesn't say.
    pub async fn own_name(&self, ids: RequestIds) -> Option<String> {
        let path = format!("/profiles/legalbusiness?vettingVersion={}", encoded("Current"));
        let (profile, _) = self.one::<OwnProfile>(Read, &path, ids).await.ok()?;
        profile.company_name.filter(|name| !name.trim().is_empty())
    }
}
