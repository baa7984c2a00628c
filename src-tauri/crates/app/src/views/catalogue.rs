//! The catalogue as the wizard and the Catalogue page show it.

use super::view;

view! {
    /// A (term, cycle) pair.
    pub struct PlanView {
        /// `P1M`, `P1Y`, `P3Y`.
        pub term: String,
        /// `monthly`, `annual`, `triennial`, `none`.
        pub cycle: String,
        /// Price of a licence a month, for comparison; `None` without a price list.
        pub monthly_price: Option<f64>,
        /// Price of a licence per billing period.
        pub period_price: Option<f64>,
        /// Fewest licences with this plan; 0 when the product's own counts.
        pub minimum_quantity: u32,
    }
    /// A product on sale.
    pub struct OfferView {
        /// Product id.
        pub product_id: String,
        /// SKU id.
        pub sku_id: String,
        /// Name.
        pub title: String,
        /// One line about it.
        pub description: String,
        /// Family key.
        pub family: String,
        /// Fewest licences.
        pub minimum_quantity: u32,
        /// Most licences.
        pub maximum_quantity: u32,
        /// Trial.
        pub is_trial: bool,
        /// Add-on.
        pub is_addon: bool,
        /// Plans.
        pub plans: Vec<PlanView>,
        /// Keys `product:sku` of its add-ons.
        pub addons: Vec<String>,
        /// Keys `product:sku` of base products, for an add-on.
        pub bases: Vec<String>,
        /// Favourite.
        pub favourite: bool,
        /// Ordered in this workspace within 90 days.
        pub recent: bool,
        /// ISO 4217 code of the prices; empty without a price list.
        pub currency: String,
    }
    /// The catalogue of one country and segment, all families.
    pub struct CatalogueView {
        /// Country.
        pub country: String,
        /// Segment.
        pub segment: String,
        /// Offers, in the order to show.
        pub offers: Vec<OfferView>,
        /// Date of the price list.
        pub prices_from: Option<String>,
        /// Countries with a catalogue in the book.
        pub countries: Vec<String>,
    }
}
