//! The catalogue of a country: products, their SKUs, what is on sale, and the price sheet.

use crate::catalogue::{Goods, offers};
use crate::client::exchange::{Ask, Failure, ids_along};
use crate::client::{Client, Told, encoded};
use crate::triage::Operation::Read;
use crate::wire::{self, Availability, PriceRow, Product, Sku};
use cb_sync::remote::{Answer, RequestIds};

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
        let prices = self.prices(country, ids).await?;
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
    async fn prices(&self, country: &str, ids: RequestIds) -> Result<Vec<PriceRow>, Failure> {
        let uri = format!(
            "{}/v1.0/sales/pricesheets(Market='{}',PricesheetView='updatedlicensebased')/$value",
            self.config.price_base,
            encoded(country)
        );
        let extra = vec![("accept".to_owned(), "text/csv, */*".to_owned())];
        let ask = Ask { uri, extra, ..self.get(Read, "") };
        match self.exchange(&ask, ids_along(ids, "prices")).await {
            Ok(good) if good.body.starts_with(b"PK") => {
                tracing::warn!("the price sheet came as an archive, which is not read");
                Ok(Vec::new())
            }
            Ok(good) => Ok(wire::read_price_sheet(&good.body)),
            Err(Failure::Refused { .. }) => Ok(Vec::new()),
            Err(failure) => Err(failure),
        }
    }
}
