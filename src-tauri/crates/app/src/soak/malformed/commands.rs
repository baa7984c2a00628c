//! The commands that take something, each by its use case, with arguments as they should be and the place that is malformed
//! in every input.

use super::{Command, Known, Must, command};
use crate::App;
use crate::views::*;
use serde_json::json;

/// `by_id!(name, id, rest…: types…)`: a command whose first argument is an id.
macro_rules! by_id {
    ($name:ident, $must:ident, $at:literal, [$id:expr $(, $value:expr => $arg:ident: $type:ty)*]) => {
        command(stringify!($name), Must::$must, $at, json!([$id $(, $value)*]), |app: App, (id, $($arg,)*): (String, $($type,)*)| {
            async move { app.$name(id $(, $arg)*).await }
        })
    };
}

/// All of them.
pub(super) fn all(known: &Known) -> Vec<Command> {
    let all = [of_operations, of_wizard, of_customers, of_sessions_and_passwords, of_requests, of_lists];
    all.iter().flat_map(|of| of(known)).collect()
}

fn of_operations(known: &Known) -> Vec<Command> {
    let (operation, customer) = (&known.operation, &known.customer);
    let fields = json!([{ "field": "city", "value": "Kiel" }]);
    vec![
        by_id!(operation_detail, Refuse, "/0", [operation]),
        by_id!(cancel_operation, Refuse, "/0", [operation]),
        by_id!(check_operation_again, Refuse, "/0", [operation]),
        by_id!(approve_operation_again, Refuse, "/0", [operation, "00" => approval: String]),
        by_id!(send_operation_again, Refuse, "/0", [operation]),
        by_id!(link_operation, Refuse, "/0", [operation, "00" => found: String]),
        by_id!(disown_order, Refuse, "/0", [operation, "00" => found: String]),
        by_id!(order_rest, Refuse, "/0", [operation, "00" => approval: String]),
        by_id!(give_up_rest, Refuse, "/0", [operation]),
        by_id!(resolve_difference, Refuse, "/0", [operation, fields => fields: Vec<DecidedField>]),
        by_id!(mend_operation, Refuse, "/0", [operation]),
        by_id!(put_right_operation, Refuse, "/0", [operation, "customer.city" => field: String]),
        by_id!(customer_profile, Refuse, "/0", [customer]),
        by_id!(change_customer_profile, Refuse, "/0", [customer, fields => fields: Vec<DecidedField>]),
        by_id!(release_onboarding, Refuse, "/0", [known.onboarding, "send" => decision: RestoreDecision]),
        command(
            "list_operations",
            Must::Read,
            "",
            json!(["all", known.session]),
            |app, (filter, session)| async move { app.list_operations(filter, session).await },
        ),
    ]
}

fn of_wizard(known: &Known) -> Vec<Command> {
    let draft = &known.draft;
    let save = json!({ "id": draft.id, "revision": draft.revision, "step": draft.step, "focus": "", "content": draft.content });
    vec![
        by_id!(start_customer_draft, Refuse, "/0", [known.reseller]),
        by_id!(start_subscription_draft, Refuse, "/0", [known.customer]),
        by_id!(get_draft, Refuse, "/0", [draft.id]),
        by_id!(discard_draft, Read, "/0", [draft.id]),
        by_id!(review_draft, Refuse, "/0", [draft.id]),
        // The id of a Submit is that of its draft: pressed again, it shows what the first press did.
        by_id!(submit_draft, Read, "/0", [draft.id, "00" => hash: String, json!([]) => again: Vec<String>]),
        // W2: the draft is there, and what was reviewed is something else.
        by_id!(submit_draft, Refuse, "/1", [draft.id, "00" => hash: String, json!([]) => again: Vec<String>]),
        by_id!(confirmation, Refuse, "/0", [known.onboarding]),
        by_id!(check_draft_online, Refuse, "/0", [draft.id]),
        command(
            "save_draft",
            Must::Refuse,
            "/0/id",
            json!([save]),
            |app, (request,): (SaveDraftRequest,)| async move { app.save_draft(request).await },
        ),
    ]
}

fn of_customers(known: &Known) -> Vec<Command> {
    let (customer, reseller, subscription) = (&known.customer, &known.reseller, &known.subscription);
    let tags = json!(["Kiel"]);
    let change = json!({ "kind": "licences", "quantity": 3, "autoRenew": true, "productId": "", "skuId": "", "term": "",
        "cycle": "", "contactId": "", "decision": null });
    vec![
        by_id!(customer_page, Refuse, "/0", [customer]),
        by_id!(customer_detail, Refuse, "/0", [customer]),
        by_id!(save_customer_alias, Refuse, "/0", [customer, "A" => alias: String]),
        by_id!(save_customer_note, Refuse, "/0", [customer, "A" => note: String]),
        by_id!(save_customer_tags, Refuse, "/0", [customer, tags => tags: Vec<String>]),
        by_id!(reseller_page, Refuse, "/0", [reseller]),
        by_id!(reseller_detail, Refuse, "/0", [reseller]),
        by_id!(save_reseller_note, Refuse, "/0", [reseller, "A" => note: String]),
        by_id!(save_reseller_tags, Refuse, "/0", [reseller, tags => tags: Vec<String>]),
        by_id!(save_reseller_support, Refuse, "/0", [reseller, "" => contact: String]),
        by_id!(see_reseller_news, Read, "/0", [reseller]),
        by_id!(hanging, Read, "/0", [reseller]),
        by_id!(remind_partnership, Refuse, "/0", [reseller, "de" => language: Language]),
        by_id!(decline_partnership, Refuse, "/0", [reseller]),
        by_id!(partnership_requests, Read, "/0", [reseller]),
        by_id!(place_partnership, Refuse, "/0", [reseller, reseller => onto: String]),
        by_id!(subscription_page, Refuse, "/0", [subscription]),
        by_id!(upgrade_targets, Refuse, "/0", [subscription]),
        by_id!(preview_subscription_change, Refuse, "/0", [subscription, change => form: SubscriptionChangeForm]),
        by_id!(submit_subscription_change, Refuse, "/0",
            [subscription, change => form: SubscriptionChangeForm, "00" => hash: String]),
        by_id!(submit_subscription_change, Refuse, "/2",
            [subscription, change => form: SubscriptionChangeForm, "00" => hash: String]),
        by_id!(practice_subscription, Refuse, "/0", [subscription, "more_licences" => event: PracticeSubscriptionEvent]),
        command(
            "submit_record",
            Must::Refuse,
            "/2",
            json!([[subscription], reseller, "00"]),
            |app, (ids, onto, hash)| async move { app.submit_record(ids, onto, hash).await },
        ),
        command(
            "submit_support_contacts",
            Must::Refuse,
            "/2",
            json!([[subscription], reseller, "00"]),
            |app, (ids, contact, hash)| async move { app.submit_support_contacts(ids, contact, hash).await },
        ),
        command("preview_record", Must::Read, "", json!([[subscription], reseller]), |app, (ids, onto)| async move {
            app.preview_record(ids, onto).await
        }),
        command(
            "preview_support_contacts",
            Must::Read,
            "",
            json!([[subscription], reseller]),
            |app, (ids, contact)| async move { app.preview_support_contacts(ids, contact).await },
        ),
    ]
}

fn of_sessions_and_passwords(known: &Known) -> Vec<Command> {
    let (session, onboarding) = (&known.session, &known.onboarding);
    vec![
        by_id!(rename_session, Refuse, "/0", [session, "Husum" => name: String]),
        by_id!(end_session, Refuse, "/0", [session, "" => stand: String]),
        by_id!(session_review, Refuse, "/0", [session]),
        by_id!(check_session, Refuse, "/0", [session]),
        by_id!(release_session, Refuse, "/0", [session, "00" => stand: String]),
        // W2: what is held is not what was reviewed.
        by_id!(release_session, Refuse, "/1", [session, "00" => stand: String]),
        by_id!(session_report, Refuse, "/0", [session, "de" => language: Language]),
        by_id!(setup_info, Refuse, "/0", [onboarding]),
        by_id!(begin_reveal, Refuse, "/0", [onboarding]),
        by_id!(reveal_password, Refuse, "/0", [onboarding]),
        by_id!(reveal_subject, Refuse, "/0", [onboarding]),
        by_id!(copy_password, Refuse, "/0", [onboarding]),
        by_id!(acknowledge_setup_info, Refuse, "/0", [onboarding]),
        by_id!(open_setup_mail, Refuse, "/0", [onboarding, "de" => language: Language]),
        by_id!(open_admin_access_mail, Refuse, "/0", [onboarding, "de" => language: Language]),
        by_id!(open_reset_mail, Refuse, "/0", [onboarding, "de" => language: Language]),
    ]
}

fn of_requests(known: &Known) -> Vec<Command> {
    // The book has none of these: every id is malformed.
    let none = &known.customer;
    let invitation = json!({ "id": none, "resellerId": known.reseller, "company": "Kiel GmbH", "domain": "kiel",
        "contactName": "Ana Moos", "email": "ana@example.com", "language": "de", "de": null, "en": null });
    vec![
        by_id!(customer_invitation, Refuse, "/0", [none]),
        by_id!(open_customer_invitation, Refuse, "/0", [none]),
        by_id!(copy_customer_invitation, Refuse, "/0", [none]),
        by_id!(finish_customer_invitation, Refuse, "/0", [none]),
        by_id!(give_up_customer_invitation, Read, "/0", [none]),
        by_id!(practice_customer_connects, Refuse, "/0", [none]),
        by_id!(partnership_request, Refuse, "/0", [none]),
        by_id!(discard_partnership_request, Read, "/0", [none]),
        by_id!(open_partnership_mail, Refuse, "/0", [none]),
        by_id!(copy_partnership_mail, Refuse, "/0", [none]),
        by_id!(finish_partnership_request, Refuse, "/0", [none]),
        by_id!(mark_partnership_sent, Refuse, "/0", [none]),
        by_id!(partnership_batch, Read, "/0", [none]),
        by_id!(finish_partnership_batch, Read, "/0", [none]),
        command(
            "save_customer_invitation",
            Must::Refuse,
            "/0/id",
            json!([invitation]),
            |app, (typed,): (SaveCustomerInvitation,)| async move { app.save_customer_invitation(typed).await },
        ),
        command("start_bulk", Must::Refuse, "", json!([77]), |app, (number,): (i32,)| async move {
            app.start_bulk(number).await
        }),
        command("stop_bulk", Must::Read, "", json!([77]), |app, (number,): (i32,)| async move {
            app.stop_bulk(number).await
        }),
    ]
}

fn of_lists(known: &Known) -> Vec<Command> {
    let customers = serde_json::to_value(CustomerQuery { limit: 5, ..CustomerQuery::default() }).unwrap();
    let resellers =
        json!({ "search": "", "partnership": [], "fitness": [], "country": "", "sort": "name", "descending": false });
    let journal = json!({ "customerId": known.customer, "resellerId": "", "areas": ["outbox"], "from": "2027-01-01", "to": "",
        "search": "Kiel" });
    let ending = json!({ "onlyOpen": true, "withinDays": 90, "resellerId": "", "after": "", "limit": 5 });
    let support = json!({ "filter": "all", "resellerId": "", "search": "Kiel", "after": "", "limit": 5 });
    vec![
        command("support_contacts", Must::Read, "", json!([support]), |app, (query,)| async move {
            app.support_contacts(query).await
        }),
        command("list_customers", Must::Read, "", json!([customers]), |app, (query,)| async move {
            app.list_customers(query).await
        }),
        command("list_resellers", Must::Read, "", json!([resellers]), |app, (query,)| async move {
            app.list_resellers(query).await
        }),
        command("journal", Must::Read, "", json!([journal, 9]), |app, (filter, below)| async move {
            app.journal(filter, below).await
        }),
        command("search", Must::Read, "", json!(["Kiel"]), |app, (text,)| async move { app.search(text).await }),
        command("catalogue", Must::Read, "", json!(["DE", "commercial"]), |app, (country, segment)| async move {
            app.catalogue(country, segment).await
        }),
        command("ending_subscriptions", Must::Read, "", json!([ending]), |app, (query,)| async move {
            app.ending_subscriptions(query).await
        }),
        command(
            "check_invitation_link",
            Must::Read,
            "",
            json!(["reseller", "https://x"]),
            |app, (kind, text)| async move { app.check_invitation_link(kind, text).await },
        ),
        command(
            "preview_partnership_list",
            Must::Read,
            "",
            json!(["a@b.example\tKiel", "de"]),
            |app, (text, language)| async move { app.preview_partnership_list(text, language).await },
        ),
    ]
}
