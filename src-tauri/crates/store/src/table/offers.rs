//! The catalogue: offers of a country and segment, favourites, and what was ordered lately.

use crate::value::{Json, Time};
use crate::{Db, Result, Tx};
use cb_domain::catalogue::{Offer, SkuKey};
use cb_domain::topic::Topic;
use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Row, named_params};

/// Reads the catalogue.
pub struct Offers<'d>(&'d Db);

const SELECT: &str = "SELECT country, segment, product_id, sku_id, title, description, family, minimum_quantity, \
     maximum_quantity, is_trial, is_addon, prerequisites, plans, prices_from FROM offers";

impl Db {
    /// The catalogue.
    #[must_use]
    pub fn offers(&self) -> Offers<'_> {
        Offers(self)
    }
}

impl Offers<'_> {
    /// All of a country and segment, in the order in which they were put.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_market(&self, country: &str, segment: &str) -> Result<Vec<Offer>> {
        self.0.rows(
            &format!("{SELECT} WHERE country = ?1 AND segment = ?2 ORDER BY position"),
            [country, segment],
            read,
        )
    }

    /// One.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, country: &str, segment: &str, sku: &SkuKey) -> Result<Option<Offer>> {
        self.0.row(
            &format!("{SELECT} WHERE country = ?1 AND segment = ?2 AND product_id = ?3 AND sku_id = ?4"),
            [country, segment, &sku.product_id, &sku.sku_id],
            read,
        )
    }

    /// What a product is called: as it was sold, else as any catalogue has it. Upper and lower case are one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn title(&self, sku: &SkuKey) -> Result<Option<String>> {
        for sql in [
            "SELECT product_name FROM sold_products WHERE upper(product_id) = upper(?1) AND upper(sku_id) = upper(?2)
             LIMIT 1",
            "SELECT title FROM offers WHERE upper(product_id) = upper(?1) AND upper(sku_id) = upper(?2) LIMIT 1",
        ] {
            let found = self.0.row(sql, [&sku.product_id, &sku.sku_id], |row| row.get(0))?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Countries with a catalogue.
    ///
    /// # Errors
    /// When the database fails.
    pub fn countries(&self) -> Result<Vec<String>> {
        self.0.rows("SELECT DISTINCT country FROM offers ORDER BY country", [], |row| row.get(0))
    }

    /// Favourites.
    ///
    /// # Errors
    /// When the database fails.
    pub fn favourites(&self) -> Result<Vec<SkuKey>> {
        self.0.rows("SELECT product_id, sku_id FROM favourites ORDER BY product_id, sku_id", [], key)
    }

    /// Ordered in this workspace since then, latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn recent(&self, since: Timestamp) -> Result<Vec<SkuKey>> {
        self.0.rows(
            "SELECT json_extract(line.value, '$.sku.product_id') AS product_id,
                 json_extract(line.value, '$.sku.sku_id') AS sku_id
             FROM onboardings o, json_each(o.content, '$.lines') line WHERE o.submitted_at >= ?1
             GROUP BY 1, 2 ORDER BY max(o.submitted_at) DESC, product_id, sku_id",
            [Time(since)],
            key,
        )
    }
}

impl Tx {
    /// Puts these offers in place of all of a country and segment.
    ///
    /// # Errors
    /// `Duplicate` when two offers have the same key.
    pub fn replace_offers(&self, country: &str, segment: &str, offers: &[Offer]) -> Result<()> {
        self.execute("DELETE FROM offers WHERE country = ?1 AND segment = ?2", [country, segment])?;
        for (position, offer) in (0_i64..).zip(offers) {
            self.execute(
                "INSERT INTO offers (country, segment, product_id, sku_id, position, title, description, family,
                     minimum_quantity, maximum_quantity, is_trial, is_addon, prerequisites, plans, prices_from)
                 VALUES (:country, :segment, :product_id, :sku_id, :position, :title, :description, :family,
                     :minimum_quantity, :maximum_quantity, :is_trial, :is_addon, :prerequisites, :plans, :prices_from)",
                named_params! {
                    ":country": country,
                    ":segment": segment,
                    ":product_id": offer.sku.product_id,
                    ":sku_id": offer.sku.sku_id,
                    ":position": position,
                    ":title": offer.title,
                    ":description": offer.description,
                    ":family": offer.family,
                    ":minimum_quantity": offer.minimum_quantity,
                    ":maximum_quantity": offer.maximum_quantity,
                    ":is_trial": offer.is_trial,
                    ":is_addon": offer.is_addon,
                    ":prerequisites": Json(&offer.prerequisites),
                    ":plans": Json(&offer.plans),
                    ":prices_from": offer.prices_from.map(|date| date.to_string()),
                },
            )?;
        }
        self.touch(Topic::Catalogue);
        Ok(())
    }

    /// Makes a product a favourite, or no longer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_favourite(&self, sku: &SkuKey, favourite: bool) -> Result<()> {
        let sql = if favourite {
            "INSERT INTO favourites (product_id, sku_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM favourites WHERE product_id = ?1 AND sku_id = ?2"
        };
        self.execute(sql, [&sku.product_id, &sku.sku_id])?;
        self.touch(Topic::Catalogue);
        Ok(())
    }
}

fn key(row: &Row<'_>) -> rusqlite::Result<SkuKey> {
    Ok(SkuKey { product_id: row.get("product_id")?, sku_id: row.get("sku_id")? })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Offer> {
    let prices_from = row
        .get::<_, Option<String>>("prices_from")?
        .map(|date| date.parse())
        .transpose()
        .map_err(|error: jiff::Error| rusqlite::Error::FromSqlConversionFailure(13, Type::Text, Box::new(error)))?;
    Ok(Offer {
        sku: key(row)?,
        country: row.get("country")?,
        segment: row.get("segment")?,
        title: row.get("title")?,
        description: row.get("description")?,
        family: row.get("family")?,
        minimum_quantity: row.get("minimum_quantity")?,
        maximum_quantity: row.get("maximum_quantity")?,
        is_trial: row.get("is_trial")?,
        is_addon: row.get("is_addon")?,
        prerequisites: row.get::<_, Json<_>>("prerequisites")?.0,
        plans: row.get::<_, Json<_>>("plans")?.0,
        prices_from,
    })
}
