//! Runs other programs and tells what came of it.

use crate::place;
use std::fmt;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

/// How a chore ends.
pub type Outcome<T = ()> = Result<T, Stop>;

/// Why a chore could not be done, and what to do.
#[derive(Debug)]
pub struct Stop(String);

impl Stop {
    /// In sentences.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<std::io::Error> for Stop {
    fn from(fault: std::io::Error) -> Self {
        Self(format!("{fault}."))
    }
}

/// Says one line at once, so that it stands before what the next program prints.
pub fn say(words: &str) {
    println!("{words}");
    // A reader that went away is no reason to stop working.
    let _ = std::io::stdout().flush();
}

/// The cargo that called us, in the workspace, building into the same place.
pub fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(words).current_dir(place::root()).env("CARGO_TARGET_DIR", place::target());
    command
}

/// Runs quietly; what it printed is shown when it failed.
pub fn run(doing: &str, mut command: Command) -> Outcome {
    begin(doing);
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).output().map_err(|fault| missing(&command, &fault))?;
    if output.status.success() {
        println!(" {:.1} s.", began.elapsed().as_secs_f32());
        return Ok(());
    }
    println!(" failed.");
    print!("{}", String::from_utf8_lossy(&output.stdout));
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    Err(failed(doing, &command))
}

/// Runs with its output shown as it comes.
pub fn show(doing: &str, mut command: Command) -> Outcome {
    say(&format!("{doing}:"));
    let began = Instant::now();
    let status = command.status().map_err(|fault| missing(&command, &fault))?;
    if !status.success() {
        return Err(failed(doing, &command));
    }
    say(&format!("{doing}: {:.1} s.", began.elapsed().as_secs_f32()));
    Ok(())
}

/// Whether a program runs and is content.
pub fn content(program: &str, words: &[&str]) -> bool {
    let quiet = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    quiet.is_ok_and(|status| status.success())
}

/// What a program prints, trimmed; none when it does not run or is not content.
pub fn answer(program: &str, words: &[&str]) -> Option<String> {
    let output = Command::new(program).args(words).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A command as a person would type it.
pub fn typed(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

fn begin(doing: &str) {
    print!("{doing} …");
    let _ = std::io::stdout().flush();
}

fn missing(command: &Command, fault: &std::io::Error) -> Stop {
    Stop(format!("{} could not be started: {fault}.", command.get_program().to_string_lossy()))
}

fn failed(doing: &str, command: &Command) -> Stop {
    Stop(format!("{doing} failed. To see it by itself, run: {}", typed(command)))
}
