//! Where a journey plays: a display, perhaps a session bus, and a home folder of its own so that leaks can be hunted.

use super::wire::free_port;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{env, fs, thread};
use tempfile::TempDir;

/// What WebKitGTK is driven with. `tauri-driver` only passes calls on to it.
const DRIVER: &str = "WebKitWebDriver";

/// Whether there is a session bus to be found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bus {
    /// A desktop's usual one.
    Session,
    /// None, as on a bare machine.
    None,
    /// One that is named but not there, as after a crash or in a container.
    Dead,
}

/// How the window is started.
#[derive(Clone, Copy, PartialEq)]
pub enum Watch {
    /// As it is.
    None,
    /// With every call to do with a network written down.
    Sockets,
    /// So, and with no network at all: not even this machine's own.
    Alone,
}

/// A stage; everything on it ends with it.
pub struct Stage {
    sandbox: TempDir,
    display: String,
    bus: Option<String>,
    /// Seconds of idleness before the vault locks, where a journey cannot wait for minutes.
    pub lock_after: Option<u32>,
    crew: Vec<Crew>,
}

impl Stage {
    /// Sets one up.
    pub fn new(bus: Bus) -> Self {
        let sandbox =
            tempfile::Builder::new().prefix("guardbook-journey-").tempdir().expect("a folder of its own");
        for part in ["home", "config", "cache", "data", "state", "run", "tmp", "out", "vault"] {
            fs::DirBuilder::new()
                .mode(0o700)
                .create(sandbox.path().join(part))
                .expect("a folder in the sandbox");
        }
        let mut stage =
            Self { sandbox, display: String::new(), bus: None, lock_after: None, crew: Vec::new() };
        stage.display = stage.raise_display();
        stage.bus = match bus {
            Bus::Session => Some(stage.start_bus()),
            Bus::Dead => Some("unix:path=/nonexistent/bus".to_owned()),
            Bus::None => None,
        };
        stage
    }

    /// A path in the sandbox.
    pub fn path(&self, part: &str) -> PathBuf {
        self.sandbox.path().join(part)
    }

    /// The folder under test: everything a program could call its own.
    pub fn root(&self) -> &Path {
        self.sandbox.path()
    }

    /// Answers the native dialogs in order; see `seam.rs` of the window.
    pub fn answer_dialogs(&self, answers: &serde_json::Value) {
        fs::write(self.path("seam.json"), answers.to_string()).expect("the seam can be written");
    }

    /// A program that sees nothing but this stage.
    pub fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.env_clear();
        for (name, part) in [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_RUNTIME_DIR", "run"),
            ("TMPDIR", "tmp"),
            ("GUARDBOOK_HOME", "vault"),
            ("GUARDBOOK_SEAM", "seam.json"),
        ] {
            command.env(name, self.path(part));
        }
        command.env("PATH", env::var_os("PATH").unwrap_or_default());
        command.env("LANG", "C.UTF-8").env("DISPLAY", &self.display);
        // No GPU here; asking for one only fills the log.
        command.env("LIBGL_ALWAYS_SOFTWARE", "1");
        if let Some(seconds) = self.lock_after {
            command.env("GUARDBOOK_LOCK_AFTER_SECONDS", seconds.to_string());
        }
        if let Some(bus) = &self.bus {
            command.env("DBUS_SESSION_BUS_ADDRESS", bus);
        }
        command
    }

    /// Starts the driver and answers with its port.
    pub fn start_driver(&mut self) -> u16 {
        let port = free_port();
        let mut command = self.command(DRIVER);
        command.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.stdout(Stdio::null()).stderr(self.log("driver.log"));
        self.crew.push(Crew::start(command, DRIVER));
        wait("the driver listens", Duration::from_secs(10), || {
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        port
    }

    /// The program under test as the driver is to start it: itself, or by way of a watchman.
    pub fn program(&self, watch: Watch) -> PathBuf {
        let app = app();
        if watch == Watch::None {
            return app;
        }
        let script = self.path("watched.sh");
        let log = self.path("net.log");
        let alone = if watch == Watch::Alone { "unshare -n " } else { "" };
        let text = format!(
            "#!/bin/sh\nexec {alone}strace -f -qq -e trace=%network -o '{}' '{}' \"$@\"\n",
            log.display(),
            app.display()
        );
        fs::write(&script, text).expect("a script can be written");
        fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).expect("our own file");
        script
    }

    /// Processes of a name that play on this stage and no other.
    pub fn processes(&self, name: &str) -> Vec<u32> {
        let mark = format!("GUARDBOOK_HOME={}", self.path("vault").display());
        let numbers = fs::read_dir("/proc").into_iter().flatten().flatten();
        let numbers = numbers.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        let ours = |number: &u32| {
            let read = |what: &str| fs::read(format!("/proc/{number}/{what}")).unwrap_or_default();
            let named = String::from_utf8_lossy(&read("comm")).trim() == name;
            named && String::from_utf8_lossy(&read("environ")).contains(&mark)
        };
        numbers.filter(ours).collect()
    }

    /// Starts something else on the stage.
    pub fn start(&mut self, command: Command, name: &'static str) {
        self.crew.push(Crew::start(command, name));
    }

    fn raise_display(&mut self) -> String {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]);
        command.stdout(Stdio::piped()).stderr(self.log("xvfb.log"));
        let number = self.first_line(command, "Xvfb");
        format!(":{number}")
    }

    fn start_bus(&mut self) -> String {
        let address = format!("unix:path={}", self.path("run/bus").display());
        let mut command = self.command("dbus-daemon");
        command.args(["--session", "--nofork", "--print-address=1"]).arg(format!("--address={address}"));
        command.stdout(Stdio::piped()).stderr(self.log("bus.log"));
        self.first_line(command, "dbus-daemon")
    }

    /// Starts a daemon that says on its first line where it is to be found.
    fn first_line(&mut self, command: Command, name: &'static str) -> String {
        let mut crew = Crew::start(command, name);
        let stdout = crew.child.stdout.take().expect("it was asked for a pipe");
        self.crew.push(crew);
        let (say, hear) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            // Nobody listens any more when it came too late.
            let _ = BufReader::new(stdout).read_line(&mut line).map(|_| say.send(line.trim().to_owned()));
        });
        hear.recv_timeout(Duration::from_secs(10)).unwrap_or_else(|_| panic!("{name} did not start"))
    }

    /// A log beside the sandbox's folders; a failed journey's last words.
    fn log(&self, name: &str) -> Stdio {
        fs::File::create(self.path(name)).map_or_else(|_| Stdio::null(), Stdio::from)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Last come, first to leave: the display outlives what is shown on it.
        while self.crew.pop().is_some() {}
        if thread::panicking() && env::var_os("GUARDBOOK_KEEP").is_some() {
            let kept = std::mem::replace(&mut self.sandbox, tempfile::tempdir().expect("a folder")).keep();
            eprintln!("The sandbox was kept: {}", kept.display());
        }
    }
}

/// A process and all it started.
struct Crew {
    child: Child,
}

impl Crew {
    fn start(mut command: Command, name: &str) -> Self {
        command.stdin(Stdio::null()).process_group(0);
        let child = command.spawn().unwrap_or_else(|fault| panic!("{name} did not start: {fault}"));
        Self { child }
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        for signal in ["-TERM", "-KILL"] {
            // A group that has already gone is what we want.
            let _ = Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
            let patience = Instant::now() + Duration::from_secs(2);
            while signal == "-TERM" && Instant::now() < patience {
                if matches!(self.child.try_wait(), Ok(Some(_))) {
                    break;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.child.wait();
    }
}

/// The window's program, which `cargo xtask test` builds and names.
pub fn app() -> PathBuf {
    named("GUARDBOOK_APP")
}

fn named(variable: &str) -> PathBuf {
    let path = PathBuf::from(env::var_os(variable).unwrap_or_else(|| {
        panic!("{variable} is not set. Run `cargo xtask test`, which builds the window and runs this.")
    }));
    assert!(path.is_file(), "{variable} names {}, which is not there", path.display());
    path
}

/// Waits until something is so.
pub fn wait(what: &str, patience: Duration, mut so: impl FnMut() -> bool) {
    let end = Instant::now() + patience;
    while !so() {
        assert!(Instant::now() < end, "waited {patience:?} in vain: {what}");
        thread::sleep(Duration::from_millis(25));
    }
}
