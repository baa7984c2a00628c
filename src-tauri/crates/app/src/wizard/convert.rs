//! Drafts between the screens' words and the domain's.

use crate::error::{AppError, AppResult};
use crate::views::{CustomerFormView, DraftContentView, DraftPurposeView, FieldProblem, LineFormView, WizardStepView};
use cb_domain::catalogue::SkuKey;
use cb_domain::draft::{CustomerForm, DraftContent, DraftPurpose, LineForm, WizardStep};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A word of the domain as it is written on the wire, in the book and on the screens.
pub(super) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

fn read_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

pub(super) fn step_view(step: WizardStep) -> WizardStepView {
    match step {
        WizardStep::Customer => WizardStepView::Customer,
        WizardStep::Subscriptions => WizardStepView::Subscriptions,
        WizardStep::Review => WizardStepView::Review,
    }
}

pub(super) fn step(view: WizardStepView) -> WizardStep {
    match view {
        WizardStepView::Customer => WizardStep::Customer,
        WizardStepView::Subscriptions => WizardStep::Subscriptions,
        WizardStepView::Review => WizardStep::Review,
    }
}

pub(super) fn purpose_view(purpose: DraftPurpose) -> DraftPurposeView {
    match purpose {
        DraftPurpose::NewCustomer => DraftPurposeView::NewCustomer,
        DraftPurpose::AddSubscription { .. } => DraftPurposeView::AddSubscription,
        DraftPurpose::MendCustomer { .. } => DraftPurposeView::MendCustomer,
        DraftPurpose::MendOrder { .. } => DraftPurposeView::MendOrder,
        DraftPurpose::MendAgreement { .. } => DraftPurposeView::MendAgreement,
        DraftPurpose::EditCustomer { .. } => DraftPurposeView::EditCustomer,
    }
}

fn id_view<T: ToString>(id: Option<T>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

pub(super) fn content_view(content: &DraftContent) -> DraftContentView {
    DraftContentView {
        reseller_id: id_view(content.reseller_id),
        customer: form_view(&content.customer),
        lines: content.lines.iter().map(line_view).collect(),
        reseller_of_record: id_view(content.reseller_of_record),
    }
}

/// Content as typed.
///
/// # Errors
/// `Id` for an id that is none, `Validation` for a term or cycle that does not exist.
pub(super) fn content(view: DraftContentView) -> AppResult<DraftContent> {
    let id = |text: &str| if text.is_empty() { Ok(None) } else { text.parse().map(Some) };
    Ok(DraftContent {
        reseller_id: id(&view.reseller_id)?,
        lines: view.lines.into_iter().map(line).collect::<AppResult<_>>()?,
        reseller_of_record: id(&view.reseller_of_record)?,
        customer: form(view.customer),
    })
}

fn line(view: LineFormView) -> AppResult<LineForm> {
    let unknown = |field: &str| {
        let field = format!("lines.{}.{field}", view.line);
        AppError::Validation(vec![FieldProblem { field, key: "planNotOffered".into(), expected: String::new() }])
    };
    Ok(LineForm {
        line: view.line,
        term: read_word(&view.term).ok_or_else(|| unknown("term"))?,
        cycle: read_word(&view.cycle).ok_or_else(|| unknown("cycle"))?,
        sku: SkuKey { product_id: view.product_id, sku_id: view.sku_id },
        quantity: view.quantity,
        base_line: view.base_line,
        custom_end: view.custom_end.filter(|end| !end.is_empty()),
    })
}

fn line_view(line: &LineForm) -> LineFormView {
    LineFormView {
        line: line.line,
        product_id: line.sku.product_id.clone(),
        sku_id: line.sku.sku_id.clone(),
        term: word(&line.term),
        cycle: word(&line.cycle),
        quantity: line.quantity,
        base_line: line.base_line,
        custom_end: line.custom_end.clone(),
    }
}

macro_rules! same_fields {
    ($from:expr, $to:ident, [$($field:ident),* $(,)?]) => { $to { $($field: $from.$field),* } };
}

fn form(view: CustomerFormView) -> CustomerForm {
    same_fields!(
        view,
        CustomerForm,
        [
            company_name,
            country,
            registration_number,
            domain_prefix,
            domain_prefix_touched,
            fallback_prefix_1,
            fallback_prefix_2,
            address_line_1,
            address_line_2,
            postal_code,
            city,
            state,
            first_name,
            last_name,
            email,
            phone,
            language,
            culture,
            qualification,
            signer_first_name,
            signer_last_name,
            signer_email,
            signer_phone,
            agreement_date,
        ]
    )
}

fn form_view(form: &CustomerForm) -> CustomerFormView {
    let form = form.clone();
    same_fields!(
        form,
        CustomerFormView,
        [
            company_name,
            country,
            registration_number,
            domain_prefix,
            domain_prefix_touched,
            fallback_prefix_1,
            fallback_prefix_2,
            address_line_1,
            address_line_2,
            postal_code,
            city,
            state,
            first_name,
            last_name,
            email,
            phone,
            language,
            culture,
            qualification,
            signer_first_name,
            signer_last_name,
            signer_email,
            signer_phone,
            agreement_date,
        ]
    )
}
