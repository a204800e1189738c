//! The window: Guardbook's one program for a desktop.
//!
//! It opens a webview on the files built into it, carries the window's calls to `gb-desk`, asks for files in the
//! system's own dialogs, tells the desk the time, and locks the vault when nobody is there. This is the only code
//! that knows Tauri. It refuses business rules, SQL, the network, and every page that is not its own.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod call;
mod dialogs;
mod idle;
mod place;
mod process;
mod seam;
mod stops;
mod window;

use gb_wire::{Commands, Nothing};
use std::env;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    // A reader of foreign bytes is this same program, started again by the desk: it must become one before anything else.
    gb_desk::serve_reader_if_asked();
    process::shield();
    process::quiet_panics();
    let home = match place::home() {
        Ok(home) => home,
        Err(fault) => {
            eprintln!("{fault}");
            return ExitCode::from(5);
        }
    };
    // `--practice` opens the practice vault at once; there is nothing else to be said on the command line.
    let practice = env::args_os().skip(1).any(|word| word == "--practice");
    let desk = Arc::new(gb_desk::Desk::new(home));
    let run = tauri::Builder::default()
        .manage(call::Office::new(Arc::clone(&desk)))
        .invoke_handler(tauri::generate_handler![call::call])
        .setup(move |app| {
            if practice {
                // The window shows why when it cannot be opened: it asks for it again.
                let _ = desk.practice_open(Nothing {}, &dialogs::Room::silent(app.handle()));
            }
            window::open(app.handle())?;
            idle::watch(app.handle(), desk);
            Ok(())
        })
        .run(tauri::generate_context!());
    match run {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => {
            eprintln!(
                "The window could not be opened. The vault was not touched. Start Guardbook again from a desktop."
            );
            ExitCode::FAILURE
        }
    }
}
