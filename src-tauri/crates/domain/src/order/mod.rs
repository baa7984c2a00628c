//! Orders: what may be ordered, in which numbers and with which end date.

mod ends;
mod totals;

pub use ends::end_choices;
pub use totals::{LineTotal, Totals, per_month, per_period, totals};

use crate::catalogue::{BillingCycle, CommerceKind, Offer, Plan, SkuKey, Term};
use crate::check::date;
use crate::draft::LineForm;
use crate::fold;
use crate::problem::Problem;
use crate::subscription::{Subscription, SubscriptionStatus};
use jiff::civil::Date;

/// What the rules of an order need to know besides its lines.
#[derive(Debug, Clone, Copy)]
pub struct OrderContext<'a> {
    /// Today where the person is.
    pub today: Date,
    /// What is on sale in the customer's country and segment.
    pub offers: &'a [Offer],
    /// What the customer has; empty for a new one.
    pub existing: &'a [Subscription],
}

impl<'a> OrderContext<'a> {
    /// The offer of a SKU.
    #[must_use]
    pub fn offer(&self, sku: &SkuKey) -> Option<&'a Offer> {
        self.offers.iter().find(|offer| offer.sku == *sku)
    }

    /// The offer and plan of a line.
    #[must_use]
    pub fn plan(&self, line: &LineForm) -> Option<(&'a Offer, &'a Plan)> {
        let offer = self.offer(&line.sku)?;
        let plan = offer.plans.iter().find(|plan| plan.term == line.term && plan.cycle == line.cycle)?;
        Some((offer, plan))
    }
}

/// Fewest licences with a plan: of the SKU, of the plan, and 100 for three years of Microsoft 365 E3 and E5.
#[must_use]
pub fn minimum_quantity(offer: &Offer, plan: &Plan) -> u32 {
    let large = plan.term == Term::P3Y && !offer.is_addon && is_e3_or_e5(&offer.title);
    let by_rule = if large { 100 } else { 1 };
    offer.minimum_quantity.max(plan.minimum_quantity.unwrap_or(1)).max(by_rule)
}

fn is_e3_or_e5(title: &str) -> bool {
    let words = fold::words(title);
    words.starts_with(&["microsoft".to_owned(), "365".to_owned()])
        && words.get(2).is_some_and(|word| word == "e3" || word == "e5")
}

/// All problems of the order, by `lines.{line}.…`; `lines` itself when there is none.
#[must_use]
pub fn check_order(lines: &[LineForm], context: &OrderContext<'_>) -> Vec<Problem> {
    if lines.is_empty() {
        return vec![Problem::new("lines", "linesEmpty")];
    }
    let mut problems = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        check_line(line, &lines[..index], lines, context, &mut problems);
    }
    problems
}

fn check_line(
    line: &LineForm,
    before: &[LineForm],
    all: &[LineForm],
    context: &OrderContext<'_>,
    problems: &mut Vec<Problem>,
) {
    let path = |field: &str| format!("lines.{}.{field}", line.line);
    if before.iter().any(|other| other.line == line.line || is_same(other, line)) {
        problems.push(Problem::new(path("sku"), "lineTwice"));
        return;
    }
    let Some(offer) = context.offer(&line.sku) else {
        problems.push(Problem::new(path("sku"), "productGone"));
        return;
    };
    let Some((_, plan)) = context.plan(line) else {
        problems.push(Problem::new(path("term"), "planNotOffered"));
        return;
    };
    if offer.is_trial {
        trial(line, offer, context, problems);
    } else {
        let minimum = minimum_quantity(offer, plan);
        if line.quantity < minimum {
            problems.push(Problem::expecting(path("quantity"), "quantityBelow", minimum));
        } else if line.quantity > offer.maximum_quantity {
            problems.push(Problem::expecting(path("quantity"), "quantityAbove", offer.maximum_quantity));
        }
    }
    if offer.is_addon {
        addon(line, offer, all, context, problems);
    }
    if let Some(typed) = &line.custom_end {
        match date(typed) {
            None => problems.push(Problem::expecting(path("customEnd"), "customEndForm", context.today)),
            Some(end) => {
                let choices = end_choices(line.term, line.cycle, context);
                if offer.is_trial || !choices.contains(&end) {
                    let nearest = choices.iter().min_by_key(|choice| (**choice - end).get_days().abs());
                    let expected = nearest.map(ToString::to_string).unwrap_or_default();
                    problems.push(Problem::expecting(path("customEnd"), "customEndNotAllowed", expected));
                }
            }
        }
    }
}

/// The same thing ordered again: one line with more licences says it without a doubt.
fn is_same(one: &LineForm, other: &LineForm) -> bool {
    one.sku == other.sku
        && one.term == other.term
        && one.cycle == other.cycle
        && one.custom_end == other.custom_end
        && one.base_line == other.base_line
}

/// A trial comes once per customer, in its fixed number, and only to commercial customers.
fn trial(line: &LineForm, offer: &Offer, context: &OrderContext<'_>, problems: &mut Vec<Problem>) {
    let path = |field: &str| format!("lines.{}.{field}", line.line);
    if line.quantity != offer.maximum_quantity {
        problems.push(Problem::expecting(path("quantity"), "trialQuantity", offer.maximum_quantity));
    }
    let had = context.existing.iter().any(|subscription| subscription.sku == line.sku);
    if had {
        problems.push(Problem::new(path("sku"), "trialTwice"));
    }
    if offer.segment != "commercial" || offer.is_addon {
        problems.push(Problem::new(path("sku"), "trialNotForSegment"));
    }
}

/// An add-on needs one of its base products, in the order or in the tenant.
fn addon(line: &LineForm, offer: &Offer, all: &[LineForm], context: &OrderContext<'_>, problems: &mut Vec<Problem>) {
    let path = |field: &str| format!("lines.{}.{field}", line.line);
    let fits = |sku: &SkuKey| offer.prerequisites.contains(sku);
    match line.base_line {
        Some(number) => match all.iter().find(|other| other.line == number && other.line != line.line) {
            Some(base) if fits(&base.sku) => {}
            Some(_) => problems.push(Problem::expecting(path("baseLine"), "addonBaseMismatch", bases(offer, context))),
            None => problems.push(Problem::expecting(path("baseLine"), "addonWithoutBase", bases(offer, context))),
        },
        None => {
            let in_order = all.iter().any(|other| other.line != line.line && fits(&other.sku));
            let in_tenant = context.existing.iter().any(|subscription| live(subscription) && fits(&subscription.sku));
            if !in_order && !in_tenant {
                problems.push(Problem::expecting(path("baseLine"), "addonWithoutBase", bases(offer, context)));
            }
        }
    }
}

fn bases(offer: &Offer, context: &OrderContext<'_>) -> String {
    let titles: Vec<&str> = offer
        .prerequisites
        .iter()
        .filter_map(|sku| context.offer(sku))
        .map(|base| base.title.as_str())
        .take(3)
        .collect();
    titles.join(", ")
}

/// It is there or on its way.
fn live(subscription: &Subscription) -> bool {
    match subscription.status {
        SubscriptionStatus::Wanted | SubscriptionStatus::Active | SubscriptionStatus::Pending => true,
        SubscriptionStatus::None
        | SubscriptionStatus::Suspended
        | SubscriptionStatus::Expired
        | SubscriptionStatus::Disabled
        | SubscriptionStatus::Deleted => false,
    }
}

/// Older commerce has no SKU id beside its offer id.
#[must_use]
pub fn commerce_of(sku: &SkuKey) -> CommerceKind {
    if sku.sku_id.is_empty() { CommerceKind::Legacy } else { CommerceKind::New }
}

/// A trial is billed never.
pub(crate) fn is_trial(cycle: BillingCycle) -> bool {
    cycle == BillingCycle::None
}

#[cfg(test)]
mod tests;
