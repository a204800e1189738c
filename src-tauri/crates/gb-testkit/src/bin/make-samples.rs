//! Writes `assets/sample`: `cargo run -p gb-testkit --bin make-samples [folder]`.
//!
//! The protected letter is encrypted with `qpdf`, which must be on the path to make it anew; where it is not, the
//! file that is there already stays.

use gb_testkit::samples;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/sample")),
        PathBuf::from,
    );
    std::fs::create_dir_all(&folder)?;
    let samples = samples::all();
    for sample in &samples {
        let path = folder.join(&sample.entry.file);
        match &sample.entry.password {
            None => std::fs::write(&path, &sample.bytes)?,
            Some(password) => protect(&path, &sample.bytes, password)?,
        }
    }
    std::fs::write(folder.join("manifest.json"), samples::manifest(&samples))?;
    println!("{} samples in {}", samples.len(), folder.display());
    Ok(())
}

fn protect(path: &Path, bytes: &[u8], password: &str) -> std::io::Result<()> {
    let plain = path.with_extension("plain");
    std::fs::write(&plain, bytes)?;
    let status = Command::new("qpdf")
        .args(["--encrypt", password, "Fernbrook-owner", "256", "--"])
        .arg(&plain)
        .arg(path)
        .status();
    std::fs::remove_file(&plain)?;
    if !status.is_ok_and(|s| s.success()) {
        println!("qpdf is not here: {} was left as it is", path.display());
    }
    Ok(())
}
