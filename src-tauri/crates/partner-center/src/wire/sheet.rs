//! Price sheets: CSV text, one row per product, SKU, term, billing plan and tier.

use serde::{Deserialize, Serialize};

/// A row of a price sheet. All text, as written; amounts and dates are read where they are used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PriceRow {
    /// Product's name.
    pub product_title: String,
    /// Product.
    pub product_id: String,
    /// SKU.
    pub sku_id: String,
    /// SKU's name.
    pub sku_title: String,
    /// Publisher.
    pub publisher: String,
    /// What the SKU holds.
    pub sku_description: String,
    /// Unit, for example `Licenses`.
    pub unit_of_measure: String,
    /// Term, for example `P1Y`.
    pub term_duration: String,
    /// Billing plan: `Monthly`, `Annual`, `Triennial`, `None`.
    pub billing_plan: String,
    /// Market.
    pub market: String,
    /// Currency.
    pub currency: String,
    /// Price of one licence for the whole term.
    pub unit_price: String,
    /// Fewest licences at this price; empty for no tier.
    pub pricing_tier_range_min: String,
    /// Most licences at this price; empty for no tier.
    pub pricing_tier_range_max: String,
    /// From when.
    pub effective_start_date: String,
    /// Until when; years 1753 and 9999 are placeholders.
    pub effective_end_date: String,
    /// Tags.
    pub tags: String,
    /// Recommended price to customers.
    #[serde(rename = "ERP Price")]
    pub erp_price: String,
    /// Segment.
    pub segment: String,
}

/// Reads the rows of a price sheet. Rows that can't be read are left out: one bad row must not cost the list.
#[must_use]
pub fn read_price_sheet(bytes: &[u8]) -> Vec<PriceRow> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(super::without_bom(bytes));
    reader.deserialize().filter_map(Result::ok).collect()
}

/// Writes a price sheet with its head line. Empty when it can't be written, which memory never refuses.
#[must_use]
pub fn write_price_sheet(rows: &[PriceRow]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = rows.iter().try_for_each(|row| writer.serialize(row));
    if written.is_err() {
        return Vec::new();
    }
    writer.into_inner().unwrap_or_default()
}
