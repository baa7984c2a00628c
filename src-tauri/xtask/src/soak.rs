//! Long runs of the families that `cargo test` runs with smaller figures: one line each, and a failure as soon as one
//! of them loses or doubles anything.

use crate::process::{Failure, cargo};
use std::process::Stdio;
use std::time::Instant;

/// A family: how its figure is called, where the test lies, and how many runs a long run has.
struct Family {
    option: &'static str,
    variable: &'static str,
    otherwise: &'static str,
    test: [&'static str; 5],
}

const FAMILIES: [Family; 13] = [
    Family {
        option: "--schedules",
        variable: "CHANNELBOOK_SCHEDULES",
        otherwise: "100000",
        test: ["cb-sync", "--test", "simulation", "--", "p2_p4_p5_no_schedule_loses_or_doubles_anything"],
    },
    Family {
        option: "--restores",
        variable: "CHANNELBOOK_RESTORES",
        otherwise: "10000",
        test: ["cb-sync", "--test", "restore", "--", "d8_an_old_backup_doubles_nothing_and_loses_nothing"],
    },
    Family {
        option: "--power-cuts",
        variable: "CHANNELBOOK_POWER_CUTS",
        otherwise: "100000",
        test: [
            "cb-store",
            "--lib",
            "--",
            "power_cuts::p1_d1_no_power_cut_loses_what_was_reported_as_saved",
            "--test-threads=1",
        ],
    },
    Family {
        option: "--kills",
        variable: "CHANNELBOOK_KILLS",
        otherwise: "10000",
        test: ["cb-app", "--lib", "--", "soak::kills::p1_p2_no_kill_loses_or_doubles_anything", "--test-threads=1"],
    },
    Family {
        option: "--onboardings",
        variable: "CHANNELBOOK_ONBOARDINGS",
        otherwise: "200",
        test: [
            "cb-app",
            "--lib",
            "--",
            "soak::pace::n3_a_full_outbox_takes_little_more_than_its_answers_do",
            "--test-threads=1",
        ],
    },
    Family {
        option: "--parsers",
        variable: "CHANNELBOOK_PARSERS",
        otherwise: "100000",
        test: [
            "cb-partner-center",
            "--test",
            "parsers",
            "--",
            "n2_w3_whatever_comes_in_is_read_in_bounded_memory_and_time",
        ],
    },
    // The figure is the step: after every so many-th byte the connection is cut.
    Family {
        option: "--cuts",
        variable: "CHANNELBOOK_CUTS",
        otherwise: "1",
        test: [
            "cb-partner-center",
            "--test",
            "contract",
            "--",
            "every_byte::n5_every_write_cut_at_every_byte_of_request_and_answer_is_unknown",
        ],
    },
    Family {
        option: "--malformed",
        variable: "CHANNELBOOK_MALFORMED",
        otherwise: "10000",
        test: [
            "cb-app",
            "--lib",
            "--",
            "soak::malformed::w2_d2_no_malformed_input_makes_a_command_panic_or_write",
            "--test-threads=1",
        ],
    },
    Family {
        option: "--reveals",
        variable: "CHANNELBOOK_REVEALS",
        otherwise: "100",
        test: [
            "cb-app",
            "--lib",
            "--",
            "soak::reveal::c3_c5_no_kill_loses_a_password_or_shows_it_twice_as_unseen",
            "--test-threads=1",
        ],
    },
    // The figure is the step: of each change, every so many-th call of the disk fails.
    Family {
        option: "--change-points",
        variable: "CHANNELBOOK_CHANGE_POINTS",
        otherwise: "1",
        test: [
            "cb-app",
            "--lib",
            "--",
            "soak::changes::p1_p2_a_change_survives_any_mishap_at_any_request_and_any_call_of_the_disk",
            "--test-threads=1",
        ],
    },
    Family {
        option: "--flips",
        variable: "CHANNELBOOK_FLIPS",
        otherwise: "10000",
        test: ["cb-store", "--test", "store", "--", "flips::d5_no_flipped_bit_and_no_cut_passes_for_a_book"],
    },
    Family {
        option: "--starts",
        variable: "CHANNELBOOK_STARTS",
        otherwise: "1000",
        test: [
            "cb-app",
            "--lib",
            "--",
            "soak::twice::d2_of_processes_started_at_once_one_has_the_book",
            "--test-threads=1",
        ],
    },
    Family {
        option: "--clicks",
        variable: "CHANNELBOOK_CLICKS",
        otherwise: "10000",
        test: ["cb-app", "--lib", "--", "soak::twice::p2_d2_a_button_pressed_again_does_it_once", "--test-threads=1"],
    },
];

/// The family that is about time: built as optimised as what a person has.
const TIMED: &str = "--onboardings";

/// Runs all families; `--seed N` replays.
pub fn soak(arguments: &[String]) -> Result<(), Failure> {
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let mut failed = None;
    for family in FAMILIES {
        let figure = value(family.option).unwrap_or_else(|| family.otherwise.to_owned());
        if figure == "0" {
            continue;
        }
        let started = Instant::now();
        let mut command = cargo();
        command.args(["test", "--quiet"]);
        if family.option == TIMED {
            command.args(["--profile", "measure"]);
        }
        command.arg("--package").args(family.test).args(["--exact", "--nocapture"]);
        command.env(family.variable, &figure).stderr(Stdio::inherit());
        if let Some(seed) = value("--seed") {
            command.env("CHANNELBOOK_SEED", seed);
        }
        let output = command.output().map_err(|error| Failure::Start { program: "cargo test".to_owned(), error })?;
        let text = String::from_utf8_lossy(&output.stdout);
        let harmless = |line: &&str| line.contains(" lost=0 doubled=0 ");
        let lines: Vec<&str> = text.lines().filter(|line| line.contains(" runs=")).collect();
        for line in &lines {
            println!("{line}");
        }
        eprintln!("{} took {} s", &family.option[2..], started.elapsed().as_secs());
        if !output.status.success() || lines.is_empty() || !lines.iter().all(harmless) {
            // What the test said of the schedule that failed, so that it can be replayed.
            eprintln!("{text}");
            failed = Some(output.status.code());
        }
    }
    failed.map_or(Ok(()), |code| Err(Failure::Ended { program: "soak".to_owned(), code }))
}
