//! What people install.

use crate::hands::{self, Outcome, Stop, cargo, content, say};
use crate::{place, setup, ui};
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Builds a release into `target/xtask/dist`: a folder, and on Linux an archive and a Debian package of it.
pub fn dist() -> Outcome {
    setup::system(setup::For::Window)?;
    ui::build()?;
    let words = ["build", "--release", "--locked", "-p", "guardbook", "-p", "gb-cli"];
    hands::show("Building the release", cargo(&words))?;
    let out = place::chores("dist");
    let name = format!("guardbook-{VERSION}-{}-{}", env::consts::OS, env::consts::ARCH);
    let folder = out.join(&name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for program in ["guardbook", "guardbook-cli"] {
        let built = place::program("release", program);
        let file = built.file_name().ok_or_else(|| Stop::new("A program has no name."))?;
        fs::copy(&built, folder.join(file))?;
    }
    for paper in ["LICENSE", "README.md", "SECURITY.md", "CHANGELOG.md"] {
        let from = place::root().join(paper);
        if from.exists() {
            fs::copy(from, folder.join(paper))?;
        }
    }
    say(&format!("The release: {}", folder.display()));
    if cfg!(target_os = "linux") {
        let mut tar = Command::new("tar");
        tar.current_dir(&out).args([
            "--owner=0",
            "--group=0",
            "--sort=name",
            "-czf",
            &format!("{name}.tar.gz"),
            &name,
        ]);
        hands::run("Packing it", tar)?;
        debian(&out, &folder)?;
    }
    Ok(())
}

fn debian(out: &Path, folder: &Path) -> Outcome {
    if !content("dpkg-deb", &["--version"]) {
        say("dpkg-deb is not here, so no Debian package was made.");
        return Ok(());
    }
    let tree = out.join("deb");
    if tree.exists() {
        fs::remove_dir_all(&tree)?;
    }
    let place_in = |file: &Path, at: &str| -> Outcome {
        let to = tree.join(at);
        fs::create_dir_all(to.parent().unwrap_or(&tree))?;
        fs::copy(file, to)?;
        Ok(())
    };
    place_in(&folder.join("guardbook"), "usr/bin/guardbook")?;
    place_in(&folder.join("guardbook-cli"), "usr/bin/guardbook-cli")?;
    place_in(
        &place::root().join("assets/icons/guardbook.svg"),
        "usr/share/icons/hicolor/scalable/apps/guardbook.svg",
    )?;
    write(&tree.join("usr/share/applications/guardbook.desktop"), DESKTOP)?;
    let architecture = hands::answer("dpkg", &["--print-architecture"]).unwrap_or_else(|| "amd64".into());
    let control = CONTROL.replace("{version}", VERSION).replace("{architecture}", &architecture);
    write(&tree.join("DEBIAN/control"), &control)?;
    let mut build = Command::new("dpkg-deb");
    build.current_dir(out).args([
        "--root-owner-group",
        "--build",
        "deb",
        &format!("guardbook_{VERSION}_{architecture}.deb"),
    ]);
    hands::run("Making the Debian package", build)
}

fn write(file: &Path, text: &str) -> Outcome {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(file, text)?)
}

const DESKTOP: &str = "\
[Desktop Entry]
Type=Application
Name=Guardbook
Comment=The Data Protection Officer's desk, on one laptop
Exec=guardbook
Icon=guardbook
Categories=Office;
StartupWMClass=guardbook
";

const CONTROL: &str = "\
Package: guardbook
Version: {version}
Architecture: {architecture}
Maintainer: The Guardbook founders <noreply@localhost>
Section: misc
Priority: optional
Depends: libwebkit2gtk-4.1-0, libgtk-3-0, libssl3
Description: the Data Protection Officer's desk, on one laptop
 Requests, redaction, packs, markers and records in one encrypted vault.
 It never uses the network.
";
