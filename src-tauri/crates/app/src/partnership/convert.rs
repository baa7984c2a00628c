//! Words of the domain in the words of the screens and back, one exhaustive match each.

use crate::views::{
    FieldProblem, Language, LinkKindView, MailText, RequestFormView, RequestKindView, RequestStageView,
    TemplateKindView,
};
use cb_domain::mail::{DraftText, MailLanguage, TemplateKind, TemplateProblem};
use cb_domain::partnership::{EditedText, LinkKind, RequestForm, RequestKind, RequestStage};

pub(crate) fn language_in(language: Language) -> MailLanguage {
    match language {
        Language::De => MailLanguage::De,
        Language::En => MailLanguage::En,
    }
}

pub(crate) fn language_out(language: MailLanguage) -> Language {
    match language {
        MailLanguage::De => Language::De,
        MailLanguage::En => Language::En,
    }
}

pub(crate) fn link_kind(kind: LinkKindView) -> LinkKind {
    match kind {
        LinkKindView::Reseller => LinkKind::Reseller,
        LinkKindView::Customer => LinkKind::Customer,
    }
}

pub(crate) fn template_kind(kind: TemplateKindView) -> TemplateKind {
    match kind {
        TemplateKindView::PartnershipRequest => TemplateKind::PartnershipRequest,
        TemplateKindView::PartnershipReminder => TemplateKind::PartnershipReminder,
        TemplateKindView::CustomerInvitation => TemplateKind::CustomerInvitation,
    }
}

/// The template of a request's mail.
pub(crate) fn template_of(kind: RequestKind) -> TemplateKind {
    match kind {
        RequestKind::Request => TemplateKind::PartnershipRequest,
        RequestKind::Reminder => TemplateKind::PartnershipReminder,
    }
}

pub(crate) fn kind_out(kind: RequestKind) -> RequestKindView {
    match kind {
        RequestKind::Request => RequestKindView::Request,
        RequestKind::Reminder => RequestKindView::Reminder,
    }
}

pub(crate) fn stage_out(stage: RequestStage) -> RequestStageView {
    match stage {
        RequestStage::Draft => RequestStageView::Draft,
        RequestStage::Opened => RequestStageView::Opened,
        RequestStage::Copied => RequestStageView::Copied,
        RequestStage::Requested => RequestStageView::Requested,
        RequestStage::MarkedSent => RequestStageView::MarkedSent,
        RequestStage::Stale => RequestStageView::Stale,
        RequestStage::Active => RequestStageView::Active,
        RequestStage::Declined => RequestStageView::Declined,
        RequestStage::Ended => RequestStageView::Ended,
    }
}

pub(crate) fn form_in(form: RequestFormView) -> RequestForm {
    let RequestFormView { company, contact_name, email, country, tenant_id, partner_id } = form;
    RequestForm { company, contact_name, email, country, tenant_id, partner_id }
}

pub(crate) fn form_out(form: &RequestForm) -> RequestFormView {
    let RequestForm { company, contact_name, email, country, tenant_id, partner_id } = form.clone();
    RequestFormView { company, contact_name, email, country, tenant_id, partner_id }
}

/// What a field of the webview holds may have line ends of either kind.
pub(crate) fn text_in(text: MailText) -> EditedText {
    let lines = |text: String| text.replace("\r\n", "\n").replace('\r', "\n");
    EditedText {
        subject: text.subject,
        before: lines(text.before),
        has_link: text.has_link,
        after: lines(text.after),
        subject_follows: text.subject_follows,
        body_follows: text.body_follows,
        names: String::new(),
    }
}

pub(crate) fn text_out(text: &DraftText, edited: Option<&EditedText>) -> MailText {
    let DraftText { subject, before, has_link, after } = text.clone();
    MailText {
        subject,
        before,
        has_link,
        after,
        subject_follows: edited.is_none_or(|edited| edited.subject_follows),
        body_follows: edited.is_none_or(|edited| edited.body_follows),
    }
}

pub(crate) fn problem(field: &str, key: &str, expected: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), key: key.to_owned(), expected: expected.to_owned() }
}

pub(crate) fn template_problem(found: &TemplateProblem) -> FieldProblem {
    match found {
        TemplateProblem::NoSubject => problem("subject", "templateSubject", ""),
        TemplateProblem::ControlCharacter => problem("subject", "templateControlCharacter", ""),
        TemplateProblem::NoLink => problem("body", "templateNoLink", ""),
        TemplateProblem::LinkTwice => problem("body", "templateLinkTwice", ""),
        TemplateProblem::Unknown(word) => problem("body", "templateUnknown", word),
    }
}
