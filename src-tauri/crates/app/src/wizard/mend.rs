//! Mending: the submitted content opens again at the field that needs attention.

use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::DraftView;
use cb_domain::customer::Customer;
use cb_domain::draft::{CustomerForm, DraftContent, DraftPurpose, LineForm, WizardStep};
use cb_domain::ids::OperationId;
use cb_domain::operation::{
    AttentionReason, ConfirmAgreement, CreateCustomer, Operation, OperationKind, OperationPayload, OperationState,
    OrderLine,
};
use cb_sync::compare::order_of;
use cb_sync::person::Action;

impl App {
    /// Opens what was submitted, as it was last approved, at the field that needs attention.
    ///
    /// # Errors
    /// `NotFound`; `NotAllowed` unless the operation needs attention, is not ambiguous and has a form; the store's.
    pub async fn mend_operation(&self, operation_id: String) -> AppResult<DraftView> {
        self.open_form(operation_id, "").await
    }

    /// As [`App::mend_operation`], for what waits for the release of its session: nothing was refused, so the caller
    /// says at which field.
    ///
    /// # Errors
    /// As [`App::mend_operation`].
    pub async fn put_right_operation(&self, operation_id: String, field: String) -> AppResult<DraftView> {
        self.open_form(operation_id, &field).await
    }

    async fn open_form(&self, operation_id: String, field: &str) -> AppResult<DraftView> {
        let id: OperationId = operation_id.parse()?;
        let open = self.open_book().await?;
        let found = open
            .book
            .read(move |db| {
                let Some(operation) = db.operations().get(id)? else { return Ok(None) };
                let Some(onboarding) = db.onboardings().get(operation.onboarding_id)? else { return Ok(None) };
                let customer = db.customers().get(operation.customer_id)?;
                let chain = db.operations().of_onboarding(operation.onboarding_id)?;
                let partner_id = order_of(&chain, &operation).and_then(|order| order.cart.reseller_partner_id.clone());
                let of_record = match partner_id {
                    Some(partner_id) => db.resellers().by_partner_id(&partner_id)?,
                    None => None,
                };
                Ok(Some((operation, onboarding, customer, chain, of_record.map(|reseller| reseller.id))))
            })
            .await?;
        let (operation, onboarding, customer, chain, of_record) = found.ok_or(AppError::NotFound)?;
        let mut content = onboarding.content;
        let cart = order_of(&chain, &operation).map(|order| order.cart.clone());
        as_last_approved(&operation.payload, customer.as_ref(), &mut content);
        let customer_id = operation.customer_id;
        let (purpose, step) = match form_of(&operation) {
            Some(Form::Customer) => {
                (DraftPurpose::MendCustomer { operation_id: id, customer_id }, WizardStep::Customer)
            }
            Some(Form::Agreement) => {
                (DraftPurpose::MendAgreement { operation_id: id, customer_id }, WizardStep::Customer)
            }
            Some(Form::Order) => {
                let cart = cart.ok_or(AppError::NotAllowed)?;
                content.reseller_of_record = of_record;
                content.lines = cart.lines.iter().map(as_chosen).collect();
                (DraftPurpose::MendOrder { operation_id: id, customer_id }, WizardStep::Subscriptions)
            }
            None => return Err(AppError::NotAllowed),
        };
        let focus = if field.is_empty() { focus(&operation) } else { field.to_owned() };
        let draft = self.new_draft(purpose, step, &focus, content);
        self.begin(&open, draft).await
    }
}

/// The form in which an operation is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Step 1 of the wizard.
    Customer,
    /// The signer, in step 1.
    Agreement,
    /// Step 2.
    Order,
}

/// The form for what the operation needs; `None` when nothing is to be mended in the wizard.
pub(super) fn form_of(operation: &Operation) -> Option<Form> {
    let refused = operation.attention.as_ref().filter(|_| operation.state == OperationState::NeedsAttention);
    let reason = refused.map(|attention| attention.reason);
    if !cb_sync::person::actions(operation).contains(&Action::Mend) {
        return None;
    }
    match operation.payload.kind() {
        OperationKind::CreateCustomer => Some(Form::Customer),
        OperationKind::ConfirmAgreement => Some(Form::Agreement),
        OperationKind::CheckoutCart if reason == Some(AttentionReason::AgreementMissing) => Some(Form::Agreement),
        OperationKind::CreateCart | OperationKind::CheckoutCart => Some(Form::Order),
        OperationKind::VerifyOrder
        | OperationKind::UpdateCustomerProfile
        | OperationKind::SetResellerOfRecord
        | OperationKind::ChangeSubscription
        | OperationKind::UpgradeSubscription
        | OperationKind::SetSupportContact => None,
    }
}

/// A frozen line as it was chosen. The form counts lines from 1, the cart from 0.
pub(super) fn as_chosen(line: &OrderLine) -> LineForm {
    LineForm {
        line: line.number.saturating_add(1),
        sku: line.sku.clone(),
        term: line.term,
        cycle: line.cycle,
        quantity: line.quantity,
        base_line: line.base_number.map(|number| number.saturating_add(1)),
        custom_end: line.custom_end.map(|day| day.to_string()),
    }
}

/// The field to go to: the one of the answer, else the one that its reason is about.
fn focus(operation: &Operation) -> String {
    let Some(attention) = &operation.attention else {
        return match form_of(operation) {
            Some(Form::Customer) => "customer.companyName",
            Some(Form::Agreement) => "customer.signerEmail",
            Some(Form::Order) => "lines.1.quantity",
            None => "",
        }
        .to_owned();
    };
    if !attention.field.is_empty() && attention.field != "lines" {
        return attention.field.clone();
    }
    match (form_of(operation), attention.reason) {
        (Some(Form::Agreement), _) => "customer.signerEmail",
        (Some(Form::Order), AttentionReason::ResellerUnknown | AttentionReason::ResellerNotFit) => "resellerOfRecord",
        (Some(Form::Order), _) => "lines.1.quantity",
        (_, AttentionReason::DomainTaken | AttentionReason::DomainTakenOrHalfCreated) => "customer.domainPrefix",
        (_, AttentionReason::Address) => "customer.addressLine1",
        (_, AttentionReason::PostalCode) => "customer.postalCode",
        (_, AttentionReason::Email) => "customer.email",
        (_, AttentionReason::RegistrationNumber) => "customer.registrationNumber",
        (_, AttentionReason::Phone) => "customer.phone",
        (_, AttentionReason::ResellerNotFit | AttentionReason::ResellerUnknown) => "resellerId",
        (_, _) => "customer.companyName",
    }
    .to_owned()
}

/// An earlier correction is in the operation, not in the content of the first Submit.
pub(super) fn as_last_approved(payload: &OperationPayload, customer: Option<&Customer>, content: &mut DraftContent) {
    let form = &mut content.customer;
    // The prefix is the person's from here on.
    form.domain_prefix_touched = true;
    if let Some(customer) = customer {
        content.reseller_id = customer.reseller_id;
        if form.country.is_empty() {
            // An added order has no form of the customer: how phone numbers are written depends on the country.
            form.country.clone_from(&customer.country);
        }
    }
    match payload {
        OperationPayload::CreateCustomer(payload) => put_customer(payload, form),
        OperationPayload::ConfirmAgreement(payload) => put_agreement(payload, form),
        OperationPayload::CreateCart(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder
        | OperationPayload::UpdateCustomerProfile(_)
        | OperationPayload::SetResellerOfRecord(_)
        | OperationPayload::ChangeSubscription(_)
        | OperationPayload::UpgradeSubscription(_)
        | OperationPayload::SetSupportContact(_) => {}
    }
}

fn put_customer(payload: &CreateCustomer, form: &mut CustomerForm) {
    let prefix = |index: usize| payload.prefixes.get(index).cloned().unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    form.company_name.clone_from(&payload.company_name);
    form.country.clone_from(&payload.country);
    form.registration_number = text(&payload.registration_number);
    form.domain_prefix = prefix(0);
    form.fallback_prefix_1 = prefix(1);
    form.fallback_prefix_2 = prefix(2);
    form.address_line_1.clone_from(&payload.address_line_1);
    form.address_line_2 = text(&payload.address_line_2);
    form.postal_code = text(&payload.postal_code);
    form.city.clone_from(&payload.city);
    form.state = text(&payload.state);
    form.first_name.clone_from(&payload.first_name);
    form.last_name.clone_from(&payload.last_name);
    form.email.clone_from(&payload.email);
    form.phone = text(&payload.phone);
    form.language.clone_from(&payload.language);
    form.culture.clone_from(&payload.culture);
}

fn put_agreement(payload: &ConfirmAgreement, form: &mut CustomerForm) {
    form.signer_first_name.clone_from(&payload.first_name);
    form.signer_last_name.clone_from(&payload.last_name);
    form.signer_email.clone_from(&payload.email);
    form.signer_phone = payload.phone.clone().unwrap_or_default();
    form.agreement_date = payload.agreed_on.map(|day| day.to_string()).unwrap_or_default();
}

/// Puts back whatever an edit of a draft that mends must not change: what was approved with other operations.
pub(super) fn keep_approved(purpose: DraftPurpose, before: &DraftContent, now: &mut DraftContent) {
    let approved = &before.customer;
    match purpose {
        DraftPurpose::NewCustomer | DraftPurpose::AddSubscription { .. } | DraftPurpose::EditCustomer { .. } => {}
        DraftPurpose::MendOrder { .. } => {
            now.reseller_id = before.reseller_id;
            now.customer = approved.clone();
        }
        DraftPurpose::MendAgreement { .. } => {
            let typed = std::mem::take(&mut now.customer);
            *now = DraftContent {
                customer: CustomerForm {
                    signer_first_name: typed.signer_first_name,
                    signer_last_name: typed.signer_last_name,
                    signer_email: typed.signer_email,
                    signer_phone: typed.signer_phone,
                    agreement_date: typed.agreement_date,
                    ..approved.clone()
                },
                ..before.clone()
            };
        }
        DraftPurpose::MendCustomer { .. } => {
            let typed = std::mem::take(&mut now.customer);
            now.lines.clone_from(&before.lines);
            now.reseller_of_record = before.reseller_of_record;
            now.customer = CustomerForm {
                // Products and prices of the order are those of the country and segment.
                country: approved.country.clone(),
                qualification: approved.qualification.clone(),
                domain_prefix_touched: true,
                signer_first_name: approved.signer_first_name.clone(),
                signer_last_name: approved.signer_last_name.clone(),
                signer_email: approved.signer_email.clone(),
                signer_phone: approved.signer_phone.clone(),
                agreement_date: approved.agreement_date.clone(),
                ..typed
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cb_domain::ids::{CustomerId, ResellerId};
    use uuid::Uuid;

    fn content(company: &str, signer: &str, country: &str) -> DraftContent {
        DraftContent {
            reseller_id: Some(ResellerId(Uuid::from_u128(1))),
            customer: CustomerForm {
                company_name: company.to_owned(),
                signer_email: signer.to_owned(),
                country: country.to_owned(),
                ..CustomerForm::default()
            },
            ..DraftContent::default()
        }
    }

    #[test]
    fn mending_a_customer_leaves_signer_country_and_order_as_approved() {
        let approved = content("Old", "signer@a.example", "DE");
        let (operation_id, customer_id) = (OperationId(Uuid::nil()), CustomerId(Uuid::nil()));
        let mut typed = content("New", "other@a.example", "US");
        typed.reseller_of_record = Some(ResellerId(Uuid::from_u128(2)));
        keep_approved(DraftPurpose::MendCustomer { operation_id, customer_id }, &approved, &mut typed);
        let form = &typed.customer;
        assert_eq!(form.company_name, "New");
        assert_eq!((form.signer_email.as_str(), form.country.as_str()), ("signer@a.example", "DE"));
        assert_eq!(typed.reseller_of_record, None);
    }

    #[test]
    fn mending_an_agreement_changes_the_signer_alone() {
        let approved = content("Old", "signer@a.example", "DE");
        let (operation_id, customer_id) = (OperationId(Uuid::nil()), CustomerId(Uuid::nil()));
        let mut typed = content("New", "other@a.example", "US");
        typed.reseller_id = None;
        keep_approved(DraftPurpose::MendAgreement { operation_id, customer_id }, &approved, &mut typed);
        let form = &typed.customer;
        assert_eq!((form.company_name.as_str(), form.country.as_str()), ("Old", "DE"));
        assert_eq!(form.signer_email, "other@a.example");
        assert_eq!(typed.reseller_id, approved.reseller_id);
    }

    #[test]
    fn an_earlier_correction_is_what_opens_again() {
        let mut content = content("As first submitted", "", "DE");
        let payload = cb_testkit::build::create_customer("As corrected", &["one", "two"], Uuid::nil().into());
        as_last_approved(&OperationPayload::CreateCustomer(Box::new(payload)), None, &mut content);
        let form = &content.customer;
        assert_eq!(form.company_name, "As corrected");
        assert_eq!([&form.domain_prefix, &form.fallback_prefix_1, &form.fallback_prefix_2], ["one", "two", ""]);
        assert!(form.domain_prefix_touched, "it no longer follows the name");
    }
}
