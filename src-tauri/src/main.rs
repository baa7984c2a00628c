//! Channelbook's entry.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    channelbook_lib::run();
}
