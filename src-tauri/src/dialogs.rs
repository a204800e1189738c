//! What the desk may ask of the window: the day, the person's choice of files, a listener.

use crate::seam::{self, Seam};
use crate::stops::Stop;
use crate::window;
use chrono::{DateTime, NaiveDate, Utc};
use gb_wire::{FileKind, Progress, Surroundings};
use rfd::AsyncFileDialog;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};

/// The place a command runs in: this window, for one call.
pub struct Room {
    app: AppHandle,
    progress: Option<Channel<Progress>>,
    stop: Stop,
}

impl Room {
    /// For a call of the window.
    pub fn new(app: AppHandle, progress: Option<Channel<Progress>>, stop: Stop) -> Self {
        Self { app, progress, stop }
    }

    /// For what the program does of itself, with nobody listening.
    pub fn silent(app: &AppHandle) -> Self {
        Self::new(app.clone(), None, Stop::default())
    }

    /// Opens a dialog on the main thread, as every system wants it, and waits here for the answer.
    fn ask<T, F>(&self, open: impl FnOnce(AsyncFileDialog) -> F + Send + 'static) -> Option<T>
    where
        T: Send + 'static,
        F: Future<Output = Option<T>> + Send + 'static,
    {
        let (answer, waiting) = mpsc::channel();
        let app = self.app.clone();
        let asked = self.app.run_on_main_thread(move || {
            let mut dialog = AsyncFileDialog::new();
            if let Some(window) = app.get_webview_window(window::LABEL) {
                dialog = dialog.set_parent(&window);
            }
            let choice = open(dialog);
            tauri::async_runtime::spawn(async move {
                // Nobody waits any more when the window has gone; then the answer is of no use either.
                let _ = answer.send(choice.await);
            });
        });
        asked.ok()?;
        waiting.recv().ok()?
    }
}

impl Surroundings for Room {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn today(&self) -> NaiveDate {
        gb_desk::london_day(Utc::now())
    }

    fn files_to_open(&self, kind: FileKind) -> Vec<PathBuf> {
        if let Seam::Open(files) = seam::files_to_open() {
            return files;
        }
        let chosen = match kind {
            FileKind::VaultFolder => {
                self.ask(|dialog| dialog.set_title("Choose a folder").pick_folder()).map(|one| vec![one])
            }
            _ => self.ask(move |dialog| filtered(dialog, kind).set_title("Choose files").pick_files()),
        };
        chosen.unwrap_or_default().into_iter().map(|file| file.path().to_owned()).collect()
    }

    fn file_to_save(&self, kind: FileKind, suggested: &str) -> Option<PathBuf> {
        if let Seam::Save(place) = seam::file_to_save() {
            return place;
        }
        let suggested = suggested.to_owned();
        self.ask(move |dialog| {
            filtered(dialog, kind).set_title("Save as").set_file_name(suggested).save_file()
        })
        .map(|file| file.path().to_owned())
    }

    fn show(&self, file: &Path) {
        if seam::standing() {
            return;
        }
        let (program, what) = file_manager(file);
        // A desktop without a file manager is no fault: the person chose the place and knows it.
        let _ = Command::new(program)
            .args(what)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
    }

    fn progress(&self, progress: Progress) {
        if let Some(channel) = &self.progress {
            // The window may have closed while the work went on.
            let _ = channel.send(progress);
        }
    }

    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Everything the readers of foreign files may know; the desk refuses the rest with a reason.
fn filtered(dialog: AsyncFileDialog, kind: FileKind) -> AsyncFileDialog {
    match kind {
        FileKind::Documents => {
            dialog.add_filter("PDF documents", &["pdf", "PDF"]).add_filter("All files", &["*"])
        }
        FileKind::Pdf => dialog.add_filter("PDF documents", &["pdf"]),
        FileKind::Json => dialog.add_filter("JSON", &["json"]),
        FileKind::VaultFolder => dialog,
    }
}

#[cfg(target_os = "windows")]
fn file_manager(file: &Path) -> (&'static str, Vec<std::ffi::OsString>) {
    let mut select = std::ffi::OsString::from("/select,");
    select.push(file);
    ("explorer.exe", vec![select])
}

#[cfg(target_os = "macos")]
fn file_manager(file: &Path) -> (&'static str, Vec<std::ffi::OsString>) {
    ("open", vec!["-R".into(), file.into()])
}

#[cfg(not(any(target_os = "windows", target_os = "macos")))]
fn file_manager(file: &Path) -> (&'static str, Vec<std::ffi::OsString>) {
    ("xdg-open", vec![file.parent().unwrap_or(file).into()])
}
