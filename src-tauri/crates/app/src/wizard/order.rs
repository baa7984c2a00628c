//! An order with its prices, as the screens show it: while it is chosen, and once it is frozen.

use super::convert::word;
use super::major;
use crate::views::{OrderLineView, OrderView};
use cb_domain::catalogue::{Offer, Plan};
use cb_domain::draft::LineForm;
use cb_domain::operation::{CreateCart, OrderLine};
use cb_domain::order::{OrderContext, end_choices, totals};
use jiff::civil::Date;

/// The order of a draft.
pub(super) fn view(lines: &[LineForm], context: &OrderContext<'_>) -> OrderView {
    let sums = totals(lines, context);
    let amount = |money: &Option<cb_domain::money::Money>| money.as_ref().map(major);
    let line_views = lines
        .iter()
        .zip(&sums.lines)
        .map(|(line, sum)| {
            let offer = context.offer(&line.sku);
            OrderLineView {
                line: line.line,
                title: offer.map(|offer| offer.title.clone()).unwrap_or_default(),
                quantity: line.quantity,
                term: word(&line.term),
                cycle: word(&line.cycle),
                is_addon: offer.is_some_and(|offer| offer.is_addon),
                base_line: line.base_line,
                unit_price: amount(&sum.unit),
                period_total: amount(&sum.period),
                end_choices: end_choices(line.term, line.cycle, context).iter().map(ToString::to_string).collect(),
            }
        })
        .collect();
    OrderView {
        lines: line_views,
        currency: sums.currency.as_ref().map(|currency| currency.0.clone()).unwrap_or_default(),
        monthly_total: amount(&sums.monthly),
        yearly_total: amount(&sums.yearly),
        triennial_total: amount(&sums.triennial),
        term_total: amount(&sums.term),
        longest_term_months: sums.longest_term_months,
        prices_from: context.offers.iter().filter_map(|offer| offer.prices_from).max().map(|date| date.to_string()),
    }
}

/// An order that was frozen, with the prices that the person saw then.
pub(crate) fn frozen_view(cart: &CreateCart, submitted_on: Date) -> OrderView {
    let (lines, offers) = frozen(cart);
    let mut order = view(&lines, &OrderContext { today: submitted_on, offers: &offers, existing: &[] });
    // What is frozen is no longer chosen.
    for line in &mut order.lines {
        line.end_choices.clear();
    }
    order
}

/// Its prices, to be added up with those of other orders.
pub(crate) fn frozen_totals(cart: &CreateCart, submitted_on: Date) -> cb_domain::order::Totals {
    let (lines, offers) = frozen(cart);
    totals(&lines, &OrderContext { today: submitted_on, offers: &offers, existing: &[] })
}

fn frozen(cart: &CreateCart) -> (Vec<LineForm>, Vec<Offer>) {
    let mut offers: Vec<Offer> = Vec::new();
    for line in &cart.lines {
        let plan =
            Plan { term: line.term, cycle: line.cycle, term_price: line.term_price.clone(), minimum_quantity: None };
        match offers.iter_mut().find(|offer| offer.sku == line.sku) {
            Some(offer) => offer.plans.push(plan),
            None => offers.push(offer_of(line, plan)),
        }
    }
    let lines: Vec<LineForm> = cart
        .lines
        .iter()
        .map(|line| LineForm {
            line: line.number,
            sku: line.sku.clone(),
            term: line.term,
            cycle: line.cycle,
            quantity: line.quantity,
            base_line: line.base_number,
            custom_end: line.custom_end.map(|end| end.to_string()),
        })
        .collect();
    (lines, offers)
}

fn offer_of(line: &OrderLine, plan: Plan) -> Offer {
    Offer {
        sku: line.sku.clone(),
        country: String::new(),
        segment: String::new(),
        title: line.title.clone(),
        description: String::new(),
        family: String::new(),
        minimum_quantity: 1,
        maximum_quantity: u32::MAX,
        is_trial: false,
        is_addon: line.base_number.is_some(),
        prerequisites: Vec::new(),
        plans: vec![plan],
        prices_from: None,
    }
}
