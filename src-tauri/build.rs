//! Prepares what the window is built with: its files, its permissions, its icon.

use std::path::Path;
use std::{fs, io};

/// Shown only when the program was built before the window's files were.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en-GB\"><meta charset=\"utf-8\"><title>Guardbook</title>\
<p>The window's files were not built. Run: cargo xtask start</p></html>\n";

fn main() {
    println!("cargo:rerun-if-changed=../ui/dist");
    if let Err(fault) = placeholder(Path::new("../ui/dist")) {
        println!("cargo:warning=ui/dist cannot be written: {fault}");
    }
    // Naming the one command here means that Tauri refuses every other, and `call` too unless a capability allows it.
    let commands = tauri_build::AppManifest::new().commands(&["call"]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands).windows_attributes(windows());
    tauri_build::try_build(attributes).expect("the window's configuration is whole");
}

/// `cargo check` and `cargo test` must work on a fresh checkout, where nobody has built the window's files yet.
fn placeholder(dist: &Path) -> io::Result<()> {
    let page = dist.join("index.html");
    if page.exists() {
        return Ok(());
    }
    fs::create_dir_all(dist)?;
    fs::write(page, NOT_BUILT)
}

fn windows() -> tauri_build::WindowsAttributes {
    tauri_build::WindowsAttributes::new().window_icon_path("../assets/icons/icon.ico")
}
