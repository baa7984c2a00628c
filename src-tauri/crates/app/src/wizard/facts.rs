//! What the rules need to know of a draft, read from the book in one closure.

use super::PARTNER_DOMAINS;
use cb_domain::catalogue::Offer;
use cb_domain::check::{FormContext, check_form};
use cb_domain::country;
use cb_domain::customer::Customer;
use cb_domain::draft::{Draft, DraftContent, DraftPurpose};
use cb_domain::freeze::{Wanted, check_resellers};
use cb_domain::ids::ResellerId;
use cb_domain::operation::{OperationKind, OperationState};
use cb_domain::order::{OrderContext, check_order};
use cb_domain::problem::Problem;
use cb_domain::reseller::Reseller;
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{Db, SimilarQuery, StoreError};
use jiff::civil::Date;

/// Facts around a draft.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) today: Date,
    pub(super) reseller: Option<Reseller>,
    pub(super) reseller_of_record: Option<Reseller>,
    /// The existing customer of a draft that adds or mends.
    pub(super) customer: Option<Customer>,
    /// What that customer has.
    pub(super) existing: Vec<Subscription>,
    /// What is on sale in the customer's country and segment.
    pub(super) offers: Vec<Offer>,
    /// Customers that may be the same, with seats.
    pub(super) similar: Vec<(Customer, u32)>,
    /// Kind of the operation that a draft mends, while it can be mended.
    pub(super) mends: Option<OperationKind>,
    /// The partner's own mail domains.
    pub(super) partner_domains: Vec<String>,
}

impl Facts {
    pub(super) fn load(db: &Db, draft: &Draft, today: Date) -> Result<Self, StoreError> {
        let content = &draft.content;
        let reseller = |id: Option<ResellerId>| match id {
            Some(id) => db.resellers().get(id),
            None => Ok(None),
        };
        let form = &content.customer;
        let customer_id = draft.purpose.customer_id();
        let mended = match draft.purpose.mends() {
            Some(id) => db.operations().get(id)?.filter(|operation| {
                // Needs attention, or may still be put right because its session holds it.
                operation.state == OperationState::NeedsAttention || super::mend::form_of(operation).is_some()
            }),
            None => None,
        };
        let mends = mended.as_ref().map(|operation| operation.payload.kind());
        let customer = match customer_id {
            Some(id) => db.customers().get(id)?,
            None => None,
        };
        let existing = match customer_id.filter(|_| draft.purpose.is_order()) {
            // What is mended is no subscription yet: it can't stand against itself.
            Some(id) => db
                .subscriptions()
                .of_customer(id)?
                .into_iter()
                .filter(|one| mends.is_none() || one.status != SubscriptionStatus::Wanted)
                .collect(),
            None => Vec::new(),
        };
        let of_book = || customer.as_ref().map(|customer| customer.country.clone()).unwrap_or_default();
        let (market, segment, similar) = match draft.purpose {
            DraftPurpose::AddSubscription { .. } => (of_book(), "commercial", vec![]),
            // The order of a new customer was chosen for its qualification.
            DraftPurpose::MendOrder { .. } => (of_book(), country::segment(&form.qualification), vec![]),
            DraftPurpose::MendAgreement { .. } | DraftPurpose::EditCustomer { .. } => (of_book(), "commercial", vec![]),
            DraftPurpose::NewCustomer | DraftPurpose::MendCustomer { .. } => {
                let query = SimilarQuery {
                    name: form.company_name.clone(),
                    town: form.city.clone(),
                    domain_prefix: form.domain_prefix.clone(),
                    registration_number: form.registration_number.clone(),
                    email: form.email.clone(),
                };
                (form.country.clone(), country::segment(&form.qualification), db.customers().similar(&query)?)
            }
        };
        let offers = if market.is_empty() { Vec::new() } else { db.offers().of_market(&market, segment)? };
        let partner_domains = db.settings().get(PARTNER_DOMAINS)?.unwrap_or_default();
        Ok(Self {
            today,
            reseller: reseller(content.reseller_id)?,
            reseller_of_record: reseller(content.reseller_of_record)?,
            customer,
            existing,
            offers,
            similar,
            mends,
            partner_domains: partner_domains.split_whitespace().map(str::to_lowercase).collect(),
        })
    }

    pub(super) fn order_context(&self) -> OrderContext<'_> {
        OrderContext { today: self.today, offers: &self.offers, existing: &self.existing }
    }

    pub(super) fn wanted<'a>(&'a self, draft: &'a Draft) -> Wanted<'a> {
        Wanted {
            purpose: draft.purpose,
            mends: self.mends,
            content: &draft.content,
            reseller: self.reseller.as_ref(),
            reseller_of_record: self.reseller_of_record.as_ref(),
            offers: &self.offers,
            today: self.today,
        }
    }

    /// Everything that stands against sending this draft, by the steps of the wizard.
    pub(super) fn problems(&self, draft: &Draft) -> Vec<Problem> {
        let content = &draft.content;
        let resellers =
            || check_resellers(draft.purpose, content, self.reseller.as_ref(), self.reseller_of_record.as_ref());
        match draft.purpose {
            DraftPurpose::NewCustomer => {
                let (of_reseller, of_record) =
                    resellers().into_iter().partition(|problem| problem.field == "resellerId");
                let parts: [Vec<Problem>; 4] = [
                    of_reseller,
                    self.form_problems(content),
                    check_order(&content.lines, &self.order_context()),
                    of_record,
                ];
                parts.into_iter().flatten().collect()
            }
            DraftPurpose::AddSubscription { .. } | DraftPurpose::MendOrder { .. } => {
                let mut problems = check_order(&content.lines, &self.order_context());
                problems.extend(resellers());
                problems
            }
            // Everything else stays as approved; only the signer is mended.
            DraftPurpose::MendAgreement { .. } => {
                let of_signer = |problem: &Problem| {
                    problem.field.starts_with("customer.signer") || problem.field == "customer.agreementDate"
                };
                self.form_problems(content).into_iter().filter(of_signer).collect()
            }
            // What was ordered stays as approved; only the customer's side is mended.
            DraftPurpose::MendCustomer { .. } => {
                let mut problems = resellers();
                problems.retain(|problem| problem.field == "resellerId");
                problems.extend(self.form_problems(content));
                problems
            }
            DraftPurpose::EditCustomer { .. } => Vec::new(),
        }
    }

    fn form_problems(&self, content: &DraftContent) -> Vec<Problem> {
        let context = FormContext { today: self.today, partner_domains: &self.partner_domains };
        check_form(&content.customer, &context)
    }
}
