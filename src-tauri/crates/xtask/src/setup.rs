//! Installs what a machine lacks, and says first what that is.

use crate::hands::{self, Outcome, Stop, answer, content, say};
use std::env;
use std::io::{IsTerminal, stdin};
use std::process::Command;

/// What building needs, by its name in Debian and Ubuntu.
const BUILD: &[&str] =
    &["build-essential", "pkg-config", "libssl-dev", "libgtk-3-dev", "libwebkit2gtk-4.1-dev", "librsvg2-dev"];
/// What building the terminal program alone needs.
const TERMINAL: &[&str] = &["build-essential", "pkg-config", "libssl-dev"];
/// What driving the window and judging its packs needs besides.
const TEST: &[&str] =
    &["webkit2gtk-driver", "xvfb", "dbus-x11", "poppler-utils", "qpdf", "strace", "iproute2"];

/// How far a machine is to be set up.
#[derive(Clone, Copy, PartialEq)]
pub enum For {
    /// To build the program for a terminal.
    Terminal,
    /// To build and open the window.
    Window,
    /// To test it too.
    Tests,
}

/// Sets the machine up.
pub fn system(what_for: For) -> Outcome {
    if env::consts::OS != "linux" {
        return elsewhere();
    }
    if !content("dpkg-query", &["--version"]) {
        return other_linux(what_for);
    }
    let missing: Vec<&str> = wanted(what_for).into_iter().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!(
        "Guardbook needs {} of this system's packages that are not there: {}.",
        missing.len(),
        missing.join(" ")
    ));
    install(&missing)
}

/// Node builds the window; it is not fetched behind anybody's back.
pub fn node() -> Outcome {
    let version = answer("node", &["--version"]).unwrap_or_default();
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let mut parts = version.trim_start_matches('v').split('.');
    if (number(parts.next()), number(parts.next())) >= (20, 19) && answer("npm", &["--version"]).is_some() {
        return Ok(());
    }
    let found = if version.is_empty() { "none was found".to_owned() } else { format!("found {version}") };
    Err(Stop::new(format!(
        "The window is built with Node 20.19 or later and npm ({found}). Install it from your system's packages or \
         https://nodejs.org, then run this again."
    )))
}

fn wanted(what_for: For) -> Vec<&'static str> {
    match what_for {
        For::Terminal => TERMINAL.to_vec(),
        For::Window => BUILD.to_vec(),
        For::Tests => [BUILD, TEST].concat(),
    }
}

fn installed(name: &str) -> bool {
    answer("dpkg-query", &["-W", "-f=${Status}", name]).is_some_and(|status| status == "install ok installed")
}

fn install(missing: &[&str]) -> Outcome {
    let mut words = vec!["apt-get", "install", "-y", "--no-install-recommends"];
    words.extend(missing);
    let Some(rights) = rights() else {
        return Err(Stop::new(format!(
            "Installing them needs an administrator. Run this, then the chore again:\n\n  sudo {}\n",
            words.join(" ")
        )));
    };
    let apt = |words: &[&str]| {
        let line: Vec<&str> = rights.iter().chain(words).copied().collect();
        say(&format!("  {}", line.join(" ")));
        let mut command = Command::new(line[0]);
        command.args(&line[1..]).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    if hands::run("Installing", apt(&words)).is_ok() {
        return Ok(());
    }
    say("That did not work; the list of packages may be old or absent. Fetching it and trying once more.");
    hands::run("Fetching the list of packages", apt(&["apt-get", "update"]))?;
    hands::run("Installing", apt(&words))
}

/// What to put before a command so that it may install; none when we may not.
fn rights() -> Option<&'static [&'static str]> {
    if answer("id", &["-u"]).as_deref() == Some("0") {
        return Some(&[]);
    }
    // At a terminal sudo can ask for the password; elsewhere it must not need one.
    let allowed = if stdin().is_terminal() {
        content("sudo", &["--version"])
    } else {
        content("sudo", &["-n", "true"])
    };
    allowed.then_some(&["sudo"])
}

fn other_linux(what_for: For) -> Outcome {
    let libraries: &[&str] =
        if what_for == For::Terminal { &["openssl"] } else { &["openssl", "gtk+-3.0", "webkit2gtk-4.1"] };
    let missing: Vec<&str> =
        libraries.iter().copied().filter(|name| !content("pkg-config", &["--exists", name])).collect();
    let tools: &[&str] = if what_for == For::Tests {
        &["WebKitWebDriver", "Xvfb", "dbus-daemon", "pdftotext", "qpdf"]
    } else {
        &[]
    };
    let absent: Vec<&str> = tools.iter().copied().filter(|tool| answer("which", &[tool]).is_none()).collect();
    if missing.is_empty() && absent.is_empty() {
        return Ok(());
    }
    Err(Stop::new(format!(
        "Not found on this system: {}. Install them with its own packages and run this again:\n\n{}",
        [missing, absent].concat().join(", "),
        "  Fedora:  sudo dnf install gcc pkgconf openssl-devel gtk3-devel webkit2gtk4.1-devel librsvg2-devel \
         xorg-x11-server-Xvfb dbus-daemon poppler-utils qpdf strace\n  Arch:    sudo pacman -S base-devel openssl gtk3 \
         webkit2gtk-4.1 librsvg xorg-server-xvfb dbus poppler qpdf strace\n  openSUSE: sudo zypper install gcc pkgconf \
         libopenssl-devel gtk3-devel webkit2gtk3-devel librsvg-devel xorg-x11-server-Xvfb dbus-1-daemon poppler-tools \
         qpdf strace\n"
    )))
}

fn elsewhere() -> Outcome {
    let (ready, command) = if cfg!(target_os = "macos") {
        (
            content("xcode-select", &["-p"]) && content("pkg-config", &["--exists", "openssl"]),
            "xcode-select --install; brew install pkg-config openssl@3",
        )
    } else {
        (
            content("perl", &["-v"]),
            "winget install Microsoft.VisualStudio.2022.BuildTools StrawberryPerl.StrawberryPerl",
        )
    };
    if ready {
        return Ok(());
    }
    Err(Stop::new(format!(
        "A compiler, or what the encrypted vault is built with, is missing. Run this, then the chore again:\n\n  {command}\n"
    )))
}
