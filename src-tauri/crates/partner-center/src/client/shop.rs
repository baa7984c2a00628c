//! The catalogue of a country: products, their SKUs, what is on sale, and the price sheet.

use crate::catalogue::{Goods, offers};
use crate::client::exchange::{Ask, Failure, ids_along};
use crate::client::{Client, Told, encoded};
use crate::triage::Operation::Read;
use crate::wire::{Availability, PriceRow, Product, SheetReader, Sku};
use cb_sync::remote::{Answer, RequestIds};
use std::collections::HashSet;

impl Client {
    /// Everything on sale in the country, with prices where there is a sheet.
    pub(crate) async fn catalogue(&self, country: &str, ids: RequestIds) -> Result<Told, Failure> {
        let market = encoded(country);
        let path = format!("/products?country={market}&targetView=OnlineServices");
        let (products, date) = self.all::<Product>(Read, &path, ids).await?;
        let mut goods = Vec::new();
        for product in products {
            let skus_path = format!("/products/{}/skus?country={market}", encoded(&product.id));
            for sku in self.along::<Sku>(&skus_path, ids).await? {
                let path = format!(
                    "/products/{}/skus/{}/availabilities?country={market}",
                    encoded(&product.id),
                    encoded(&sku.id)
                );
                let availabilities = self.along::<Availability>(&path, ids).await?;
                goods.push(Goods { product: product.clone(), sku, availabilities });
            }
        }
        let prices = self.prices(country, &goods, ids).await?;
        Ok((Answer::Catalogue(offers(country, &goods, &prices)), date))
    }

    /// A list below the catalogue. What was withdrawn between two requests is left out, not an error.
    async fn along<T: serde::de::DeserializeOwned>(&self, path: &str, ids: RequestIds) -> Result<Vec<T>, Failure> {
        match self.all::<T>(Read, path, ids_along(ids, path)).await {
            Ok((items, _)) => Ok(items),
            Err(Failure::Refused { status: 404, .. }) => Ok(Vec::new()),
            Err(failure) => Err(failure),
        }
    }

    /// The price sheet; without the right to read it there are no prices, and the catalogue still serves.
    async fn prices(&self, country: &str, goods: &[Goods], ids: RequestIds) -> Result<Vec<PriceRow>, Failure> {
        let uri = format!(
            "{}/v1.0/sales/pricesheets(Market='{}',PricesheetView='updatedlicensebased')/$value",
            self.config.price_base,
            encoded(country)
        );
        let extra = vec![("accept".to_owned(), "text/csv, */*".to_owned())];
        let ask = Ask { uri, extra, ..self.get(Read, "") };
        let wanted: HashSet<(String, String)> =
            goods.iter().map(|goods| (goods.product.id.clone(), goods.sku.id.clone())).collect();
        let mut reader =
            SheetReader::new(|row: &PriceRow| wanted.contains(&(row.product_id.clone(), row.sku_id.clone())));
        let mut fault = None;
        let mut sink = |piece: &[u8]| {
            if fault.is_none() {
                fault = reader.push(piece).err();
            }
        };
        match self.streamed(&ask, ids_along(ids, "prices"), &mut sink).await {
            Ok(()) => {}
            Err(Failure::Refused { .. }) => return Ok(Vec::new()),
            Err(failure) => return Err(failure),
        }
        let rows = fault.map_or_else(|| reader.finish(), Err);
        Ok(rows.unwrap_or_else(|fault| {
            tracing::warn!(%fault, "no prices");
            Vec::new()
        }))
    }
}
