//! Partnership requests, mail drafts, their templates, and the links that they carry.

use super::{FieldProblem, Language, view, words};

words! {
    /// Whom an invitation link invites.
    pub enum LinkKindView { Reseller, Customer }
    /// What the mail of a request is for.
    pub enum RequestKindView { Request, Reminder }
    /// Where a request stands; *opened* and *copied* never mean sent.
    pub enum RequestStageView { Draft, Opened, Copied, Requested, MarkedSent, Stale, Active, Declined, Ended }
    /// Which mail a template is for.
    pub enum TemplateKindView { PartnershipRequest, PartnershipReminder, CustomerInvitation }
    /// What became of *Open in email*.
    pub enum HandOverKind {
        /// The mail program has the draft, through a mail link.
        Opened,
        /// The draft was too long for a link: the mail program has it as an unsent message in a file.
        OpenedAsFile,
        /// No mail program took it; the text can be copied.
        NoProgram,
    }
}

view! {
    /// What the workspace puts into its invitations.
    pub struct InvitationSettings {
        /// The distributor's company as mails name it.
        pub provider_name: String,
        /// The person who writes.
        pub sender: String,
        /// Their phone.
        pub phone: String,
        /// Own tenant ID.
        pub tenant_id: String,
        /// Own PartnerID.
        pub partner_id: String,
        /// Link for resellers, as pasted.
        pub reseller_link: String,
        /// Link for customers, as pasted.
        pub customer_link: String,
    }
    /// The settings with what is wrong in them.
    pub struct InvitationSettingsView {
        /// As kept.
        pub settings: InvitationSettings,
        /// A link that invents a partnership for practice only; empty in a live workspace.
        pub practice_link: String,
    }
    /// What a pasted link is.
    pub struct LinkCheckView {
        /// It is the link that is wanted.
        pub fits: bool,
        /// Key of what is wrong; empty when it fits or nothing is there.
        pub problem: String,
        /// Its host, to be shown; empty when it is no link.
        pub host: String,
    }
    /// A template of a mail.
    pub struct MailTemplateView {
        /// Which mail.
        pub kind: TemplateKindView,
        /// Language.
        pub language: Language,
        /// One line with placeholders.
        pub subject: String,
        /// Text with placeholders.
        pub body: String,
        /// It differs from the app's own.
        pub changed: bool,
    }
    /// A template filled with an example.
    pub struct TemplatePreview {
        /// Subject.
        pub subject: String,
        /// Body with the link.
        pub body: String,
        /// What is wrong with the template; empty when it can be kept.
        pub problems: Vec<FieldProblem>,
    }
    /// A mail's text with the link as a piece of its own, on a line of its own between two texts.
    pub struct MailText {
        /// One line.
        pub subject: String,
        /// Text before the link.
        pub before: String,
        /// The link stands between the two.
        pub has_link: bool,
        /// Text behind the link.
        pub after: String,
        /// The subject is the template's still and follows the names.
        pub subject_follows: bool,
        /// The body is the template's still and follows the names.
        pub body_follows: bool,
    }
    /// A draft of a mail with a link in it, in both languages; edits are kept per language.
    pub struct MailDraftView {
        /// Language that is sent.
        pub language: Language,
        /// Text in German.
        pub de: MailText,
        /// Text in English.
        pub en: MailText,
        /// The German text was changed by the person.
        pub de_edited: bool,
        /// The English text was changed by the person.
        pub en_edited: bool,
        /// The link, whole.
        pub link: String,
        /// Company that the changed body names although another one is meant since; empty when none.
        pub former_company: String,
        /// Longer than a mail link may be: it will open as an unsent message in a file.
        pub too_long: bool,
    }
    /// A mail that was handed over, or that can only be copied.
    pub struct MailHandOver {
        /// What became of it.
        pub kind: HandOverKind,
        /// Address.
        pub to: String,
        /// Subject.
        pub subject: String,
        /// Body.
        pub body: String,
    }
    /// Who is asked, as typed.
    pub struct RequestFormView {
        /// Company.
        pub company: String,
        /// Contact; may be empty.
        pub contact_name: String,
        /// Address.
        pub email: String,
        /// ISO country.
        pub country: String,
        /// Tenant ID, where known.
        pub tenant_id: String,
        /// PartnerID, where known.
        pub partner_id: String,
    }
    /// A partnership request, whole.
    pub struct PartnershipRequestView {
        /// Id.
        pub id: String,
        /// Reseller; empty until a company was typed.
        pub reseller_id: String,
        /// What the mail is for.
        pub kind: RequestKindView,
        /// Where it stands.
        pub stage: RequestStageView,
        /// Still a draft: it can be changed.
        pub open: bool,
        /// Revision, to save over.
        pub revision: u32,
        /// Who is asked.
        pub form: RequestFormView,
        /// The mail.
        pub mail: MailDraftView,
        /// What is missing or wrong, by field path (`form.email`, `mail.subject`, `mail.link`).
        pub problems: Vec<FieldProblem>,
        /// Reseller in the book that this may be already; empty when none.
        pub known_as: String,
        /// Last saved.
        pub saved_at: String,
        /// Handed to the mail program.
        pub opened_at: Option<String>,
        /// Copied.
        pub copied_at: Option<String>,
        /// Listed as requested.
        pub requested_at: Option<String>,
        /// Marked sent.
        pub sent_at: Option<String>,
        /// Accepted, declined or ended.
        pub closed_at: Option<String>,
    }
    /// What the person typed since.
    pub struct SavePartnershipRequest {
        /// Which.
        pub id: String,
        /// Revision that was changed.
        pub revision: u32,
        /// Who is asked.
        pub form: RequestFormView,
        /// Language that is sent.
        pub language: Language,
        /// Changed German text; none brings the template back.
        pub de: Option<MailText>,
        /// Changed English text; none brings the template back.
        pub en: Option<MailText>,
    }
    /// A request in a list: of a reseller, or of several that were invited at once.
    pub struct PartnershipRequestRow {
        /// Id.
        pub id: String,
        /// Reseller; empty until a company was typed.
        pub reseller_id: String,
        /// What the mail is for.
        pub kind: RequestKindView,
        /// Where it stands.
        pub stage: RequestStageView,
        /// Still a draft.
        pub open: bool,
        /// Company.
        pub company: String,
        /// Address.
        pub email: String,
        /// Begun.
        pub created_at: String,
        /// When it came to where it stands.
        pub at: String,
    }
    /// A field of a pasted row that is wrong.
    pub struct ListProblemView {
        /// Line in the list, from 1.
        pub line: u32,
        /// Column: `company`, `contactName`, `email`, `country`, `tenantId`, `partnerId`, `language`, or `row`.
        pub field: String,
        /// What stands there.
        pub found: String,
        /// Key of what is wrong.
        pub problem: String,
        /// What would be right.
        pub expected: String,
    }
    /// A row that can be invited.
    pub struct ListRowView {
        /// Line in the list, from 1.
        pub line: u32,
        /// Who is asked.
        pub form: RequestFormView,
        /// Language of the mail.
        pub language: Language,
    }
    /// A pasted list, looked through before anything is written.
    pub struct ListPreview {
        /// Rows that can be invited.
        pub good: Vec<ListRowView>,
        /// What is wrong, by row.
        pub bad: Vec<ListProblemView>,
        /// Rows that are wrong.
        pub bad_rows: u32,
        /// The list names its columns in its first line.
        pub has_head: bool,
        /// Columns that the first line names and the app does not know.
        pub ignored_columns: Vec<String>,
        /// Columns that seem to hold something else.
        pub hints: Vec<ColumnHintView>,
    }
    /// A column of a list that seems to hold something else.
    pub struct ColumnHintView {
        /// Field path of the column.
        pub field: String,
        /// `emails`, `phones`, `tenantIds`, `countries` or `addresses`.
        pub holds: String,
    }
    /// What was written of a list.
    pub struct ListWritten {
        /// The list's id: its requests are opened one after another.
        pub batch: String,
        /// Requests written.
        pub count: u32,
    }
}
