//! Every command of the app is either thrown malformed input at, or stands here with the reason why not. A command that is
//! added fails the test until somebody has decided.

use std::collections::BTreeSet;

/// Where the app declares its commands.
const DECLARED: &str = include_str!("../../../../../build.rs");

/// Commands that are left out, by reason.
const BESIDE: [(&str, &[&str]); 4] = [
    (
        "take nothing, or only words, switches and numbers of closed lists",
        &[
            "back_up_now",
            "backups",
            "begin_recovery_code",
            "bulk",
            "cancel_sign_in",
            "change_customer_elsewhere",
            "check_resellers",
            "colour_workspace",
            "connection",
            "home",
            "invitation_settings",
            "invited_customers",
            "journal_check",
            "list_countries",
            "list_drafts",
            "mail_templates",
            "make_live_workspace",
            "move_practice_clock",
            "open_sign_in_page",
            "partnerships_to_place",
            "practice",
            "practice_clock",
            "practice_reseller",
            "reset_mail_template",
            "restored_book",
            "retry_start",
            "safekeeping",
            "send_now",
            "sessions",
            "set_paused",
            "set_practice",
            "set_work_offline",
            "sign_in_again",
            "sign_in_state",
            "sign_out",
            "signed_in",
            "start_customer_invitation",
            "start_view",
            "sync_now",
            "sync_state",
            "try_it_out",
            "workspaces",
        ],
    ),
    (
        "belong to a window or to a dialog of the system; what they then ask of the app is asked by others here",
        &[
            "choose_backup",
            "close_reveal",
            "export_customers",
            "export_journal",
            "open_workspace",
            "print_page",
            "print_reveal",
            "save_backup_copy",
            "save_session_report",
            "set_zoom",
        ],
    ),
    (
        "keep a text or a choice whatever it is: what was typed is never refused",
        &[
            "copy_text",
            "prepare_bulk",
            "preview_mail_template",
            "rename_workspace",
            "save_invitation_settings",
            "save_mail_template",
            "save_partnership_request",
            "save_settings",
            "set_favourite",
            "start_partnership_request",
            "start_session",
            "write_partnership_list",
        ],
    ),
    (
        "take a secret or an address before there is a book; their own tests say what each makes of a wrong one",
        &[
            "begin_sign_in",
            "make_live_workspace_with_passphrase",
            "prove_recovery_code",
            "recover_key",
            "restore_backup",
            "try_it_out_with_passphrase",
            "unlock",
        ],
    ),
];

/// What does not fit: commands that are in neither list, in both, or in one of them and not in the app.
pub(super) fn gaps(thrown_at: &BTreeSet<&str>) -> Vec<String> {
    let list = DECLARED.split_once("COMMANDS: &[&str] = &[").unwrap().1.split_once("];").unwrap().0;
    let declared: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    let beside: BTreeSet<&str> = BESIDE.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    let nowhere = declared.iter().filter(|name| !thrown_at.contains(*name) && !beside.contains(*name));
    let twice = thrown_at.intersection(&beside);
    let gone = thrown_at.union(&beside).filter(|name| !declared.contains(*name));
    let told = [("in no list", nowhere.collect::<Vec<_>>()), ("in both", twice.collect()), ("gone", gone.collect())];
    told.into_iter().flat_map(|(what, names)| names.into_iter().map(move |name| format!("{name} is {what}"))).collect()
}
