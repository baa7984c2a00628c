//! Declares every command, so that each window gets only those that its capability names (W1).

/// All commands. A command missing here can't be called from any window.
const COMMANDS: &[&str] = &[
    "start_view",
    "try_it_out",
    "retry_start",
    "save_settings",
    "rename_workspace",
    "connection",
    "set_work_offline",
    "set_paused",
    "send_now",
    "list_operations",
    "operation_detail",
    "cancel_operation",
    "check_operation_again",
    "approve_operation_again",
    "send_operation_again",
    "practice",
    "set_practice",
    "setup_info",
    "begin_reveal",
    "reveal_password",
    "copy_password",
    "copy_text",
    "acknowledge_setup_info",
    "open_setup_mail",
    "open_admin_access_mail",
    "open_reset_mail",
    "print_page",
    "print_reveal",
    "reveal_subject",
    "start_customer_draft",
    "start_subscription_draft",
    "mend_operation",
    "get_draft",
    "save_draft",
    "discard_draft",
    "list_drafts",
    "review_draft",
    "submit_draft",
    "confirmation",
    "list_countries",
    "check_draft_online",
    "home",
    "search",
    "list_resellers",
    "reseller_detail",
    "list_customers",
    "customer_detail",
    "catalogue",
    "set_favourite",
    "close_reveal",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error={error:#}");
    }
}
