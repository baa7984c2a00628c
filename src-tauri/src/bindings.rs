//! The whole surface between the webview and Rust, and its generated TypeScript.

use crate::commands;
use cb_app::views::Topic;
use std::collections::BTreeSet;
use tauri_specta::{Builder, Event, collect_commands, collect_events};

/// What a write touched. The UI re-reads every query that declared one of the topics.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize, specta::Type, Event)]
pub struct DataChanged {
    /// Topics touched.
    pub topics: Vec<Topic>,
}

impl From<&BTreeSet<cb_domain::topic::Topic>> for DataChanged {
    fn from(topics: &BTreeSet<cb_domain::topic::Topic>) -> Self {
        Self { topics: topics.iter().copied().map(Topic::from).collect() }
    }
}

/// Commands and events, with their types.
#[must_use]
pub fn builder() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        // Views have one shape in both directions; a second alias per type would only blur the words.
        .disable_serde_phases()
        .commands(collect_commands![
            commands::start::start_view,
            commands::start::try_it_out,
            commands::start::retry_start,
            commands::start::save_settings,
            commands::start::rename_workspace,
            commands::start::try_it_out_with_passphrase,
            commands::start::unlock,
            commands::start::recover_key,
            commands::start::safekeeping,
            commands::start::begin_recovery_code,
            commands::start::prove_recovery_code,
            commands::backup::backups,
            commands::backup::back_up_now,
            commands::backup::save_backup_copy,
            commands::backup::choose_backup,
            commands::backup::restore_backup,
            commands::backup::restored_book,
            commands::backup::release_onboarding,
            commands::outbox::connection,
            commands::outbox::set_work_offline,
            commands::outbox::set_paused,
            commands::outbox::send_now,
            commands::outbox::list_operations,
            commands::outbox::operation_detail,
            commands::outbox::cancel_operation,
            commands::outbox::check_operation_again,
            commands::outbox::approve_operation_again,
            commands::outbox::send_operation_again,
            commands::outbox::link_operation,
            commands::outbox::order_rest,
            commands::outbox::give_up_rest,
            commands::outbox::customer_profile,
            commands::outbox::change_customer_profile,
            commands::outbox::resolve_difference,
            commands::practice::practice,
            commands::practice::set_practice,
            commands::practice::change_customer_elsewhere,
            commands::setup_info::setup_info,
            commands::setup_info::begin_reveal,
            commands::setup_info::reveal_password,
            commands::setup_info::copy_password,
            commands::setup_info::copy_text,
            commands::setup_info::acknowledge_setup_info,
            commands::setup_info::open_setup_mail,
            commands::setup_info::open_admin_access_mail,
            commands::setup_info::open_reset_mail,
            commands::setup_info::print_page,
            commands::setup_info::print_reveal,
            commands::setup_info::reveal_subject,
            commands::onboarding::start_customer_draft,
            commands::onboarding::start_subscription_draft,
            commands::onboarding::mend_operation,
            commands::onboarding::get_draft,
            commands::onboarding::save_draft,
            commands::onboarding::discard_draft,
            commands::onboarding::list_drafts,
            commands::onboarding::review_draft,
            commands::onboarding::submit_draft,
            commands::onboarding::confirmation,
            commands::onboarding::list_countries,
            commands::onboarding::check_draft_online,
            commands::connect::start_customer_invitation,
            commands::connect::customer_invitation,
            commands::connect::save_customer_invitation,
            commands::connect::open_customer_invitation,
            commands::connect::copy_customer_invitation,
            commands::connect::finish_customer_invitation,
            commands::connect::give_up_customer_invitation,
            commands::connect::invited_customers,
            commands::connect::practice_customer_connects,
            commands::reseller::check_resellers,
            commands::reseller::reseller_page,
            commands::reseller::save_reseller_note,
            commands::reseller::save_reseller_tags,
            commands::reseller::save_reseller_support,
            commands::reseller::see_reseller_news,
            commands::reseller::partnerships_to_place,
            commands::reseller::place_partnership,
            commands::reseller::hanging,
            commands::reseller::preview_record,
            commands::reseller::submit_record,
            commands::reseller::practice_reseller,
            commands::lists::home,
            commands::lists::search,
            commands::lists::list_resellers,
            commands::lists::reseller_detail,
            commands::lists::list_customers,
            commands::lists::customer_detail,
            commands::lists::catalogue,
            commands::lists::set_favourite,
            commands::partnership::invitation_settings,
            commands::partnership::save_invitation_settings,
            commands::partnership::check_invitation_link,
            commands::partnership::mail_templates,
            commands::partnership::save_mail_template,
            commands::partnership::reset_mail_template,
            commands::partnership::preview_mail_template,
            commands::partnership::start_partnership_request,
            commands::partnership::remind_partnership,
            commands::partnership::partnership_request,
            commands::partnership::save_partnership_request,
            commands::partnership::discard_partnership_request,
            commands::partnership::open_partnership_mail,
            commands::partnership::copy_partnership_mail,
            commands::partnership::finish_partnership_request,
            commands::partnership::mark_partnership_sent,
            commands::partnership::decline_partnership,
            commands::partnership::partnership_requests,
            commands::partnership::preview_partnership_list,
            commands::partnership::write_partnership_list,
            commands::partnership::partnership_batch,
            commands::partnership::finish_partnership_batch,
            commands::setup_info::close_reveal,
        ])
        .events(collect_events![DataChanged])
}
