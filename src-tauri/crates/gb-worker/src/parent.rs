//! The parent: starts the reader, waits, ends it, and believes only what it has checked.

use crate::child::{NOT_CONFINED, PANICKED};
use crate::frame::{ANSWER, Answer, Found, Question, Refused, receive, send};
use crate::{CHILD_ARGUMENT, Examined, PATIENCE};
use gb_redact::Limits;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The program that becomes the reader.
#[derive(Clone, Debug)]
pub struct Worker {
    /// A program whose `main` calls [`crate::child_main`] when its first argument is [`CHILD_ARGUMENT`].
    pub program: PathBuf,
    /// Arguments in front of [`CHILD_ARGUMENT`]; empty but in tests.
    pub args: Vec<String>,
    /// How long to wait for the answer.
    pub patience: Duration,
}

impl Worker {
    /// Another program than this one.
    pub fn program(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), args: vec![], patience: PATIENCE }
    }

    /// The program that is running. Where its path cannot be told, starting it is the fault.
    pub fn this_program() -> Self {
        Self::program(std::env::current_exe().unwrap_or_default())
    }
}

/// Why a document was not read. Each says what happened, what is safe, and what to do next, as three sentences;
/// none repeats a word of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkerFault {
    /// The bytes are not a PDF.
    #[error(
        "This is not a PDF file, whatever its name says. It was not added. Ask the sender what it is meant to be."
    )]
    NotAPdf,
    /// The file stops in the middle.
    #[error("The file is cut short: part of it is missing. It was not added. Ask the sender for it again.")]
    Truncated,
    /// The structure cannot be followed.
    #[error(
        "The file is damaged and its pages cannot be read. It was not added. Print it to PDF where it still opens, or ask the sender for it again."
    )]
    Unreadable,
    /// No page.
    #[error("The file has no pages. It was not added. Ask the sender for it again.")]
    NoPages,
    /// Encrypted.
    #[error("The file is locked with a password. It was not added yet. Give the password to add it.")]
    NeedsPassword,
    /// Encrypted, and not with this password.
    #[error(
        "The password does not open this file. It was not added yet. Try the password again, or ask the sender."
    )]
    WrongPassword,
    /// Encrypted in a way the engine cannot undo.
    #[error(
        "The file is locked in a way Guardbook cannot read. It was not added. Ask the sender for an unlocked copy."
    )]
    UnknownEncryption,
    /// Past a limit of the engine.
    #[error(
        "The file unpacks to more than can be read safely, and may be made to do harm. It was not added. Ask the sender for another copy, or print it to PDF on a computer you can spare."
    )]
    TooMuch,
    /// More pages than the engine takes.
    #[error(
        "The file has more pages than Guardbook takes in one document. It was not added. Split it and add the parts."
    )]
    TooManyPages,
    /// The reader ran out of the memory it is given.
    #[error(
        "Reading the file took more memory than a document may take; it may be made to do harm. It was not added, and the reader was ended. Ask the sender for another copy."
    )]
    OutOfMemory,
    /// The reader ran out of stack.
    #[error(
        "The file is nested so deep that reading it failed; it may be made to do harm. It was not added, and the reader was ended. Ask the sender for another copy."
    )]
    TooDeep,
    /// The reader ran out of time.
    #[error(
        "Reading the file took longer than a document may take. It was not added, and the reader was ended. Split it, or ask the sender for another copy."
    )]
    TooSlow,
    /// The reader crashed.
    #[error(
        "The reader crashed on this file; it may be damaged or made to do harm. It was not added, and nothing else was touched. Ask the sender for another copy."
    )]
    Crashed,
    /// The reader answered nonsense, or nothing.
    #[error(
        "The reader gave an answer that makes no sense, so it was not believed. The file was not added. Ask the sender for another copy."
    )]
    BadAnswer,
    /// The reader could not give up its rights.
    #[error(
        "The reader could not be confined on this computer, so the file was not opened. Nothing was added. Tell whoever looks after your computers."
    )]
    NotConfined,
    /// The reader could not be started.
    #[error(
        "The reader could not be started. Nothing was added. Start Guardbook again; if it stays so, install it again."
    )]
    NotStarted,
}

impl WorkerFault {
    /// Whether a password, or another one, would help.
    pub fn wants_password(self) -> bool {
        matches!(self, Self::NeedsPassword | Self::WrongPassword)
    }
}

impl From<Refused> for WorkerFault {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotAPdf => Self::NotAPdf,
            Refused::Truncated => Self::Truncated,
            Refused::Unreadable => Self::Unreadable,
            Refused::NoPages => Self::NoPages,
            Refused::NeedsPassword => Self::NeedsPassword,
            Refused::WrongPassword => Self::WrongPassword,
            Refused::UnknownEncryption => Self::UnknownEncryption,
            Refused::TooMuch => Self::TooMuch,
            Refused::TooManyPages => Self::TooManyPages,
        }
    }
}

/// Has the document read by a process of its own. Comes back within the worker's patience and a little; the process
/// is gone by then, however it ended.
pub fn examine(bytes: &[u8], password: Option<&str>, worker: &Worker) -> Result<Examined, WorkerFault> {
    let mut child = start(worker)?;
    let deadline = Instant::now() + worker.patience;
    let question = serde_json::to_vec(&Question { password: password.map(str::to_owned) })
        .map_err(|_| WorkerFault::BadAnswer)?;
    let answers = listen(&mut child);
    let complaints = overhear(&mut child);
    let mut ears = child.stdin.take();
    std::thread::scope(|scope| {
        // A child that dies early breaks the pipe: its end says why, so this thread says nothing.
        scope.spawn(move || {
            if let Some(to) = ears.as_mut() {
                let _ = send(to, &question).and_then(|()| send(to, bytes)).and_then(|()| to.flush());
            }
        });
        let answer = answers.recv_timeout(worker.patience);
        let late = matches!(answer, Err(RecvTimeoutError::Timeout));
        let status = end(&mut child, if late { Instant::now() } else { deadline });
        if late {
            return Err(WorkerFault::TooSlow);
        }
        let complaint = complaints.recv_timeout(Duration::from_secs(1)).unwrap_or(Complaint::None);
        died(status, complaint)?;
        let answer = answer.ok().flatten().ok_or(WorkerFault::BadAnswer)?;
        match serde_json::from_slice(&answer) {
            Ok(Answer::Read(found)) => believe(found),
            Ok(Answer::Refused(refused)) => Err(refused.into()),
            Err(_) => Err(WorkerFault::BadAnswer),
        }
    })
}

fn start(worker: &Worker) -> Result<Child, WorkerFault> {
    let mut command = Command::new(&worker.program);
    command.args(&worker.args).arg(CHILD_ARGUMENT);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // No paths, tokens or display come along, and whatever it may start is ended with it.
        command.env_clear().current_dir("/").process_group(0);
    }
    command.spawn().map_err(|_| WorkerFault::NotStarted)
}

/// Reads the one answer, and that nothing follows it, on a thread that may outlive this call.
fn listen(child: &mut Child) -> Receiver<Option<Vec<u8>>> {
    let (say, hear) = channel();
    let out = child.stdout.take();
    std::thread::spawn(move || {
        let answer = out.and_then(|mut out| {
            let answer = receive(&mut out, ANSWER).ok()?;
            matches!(out.read(&mut [0]), Ok(0)).then_some(answer)
        });
        let _ = say.send(answer);
    });
    hear
}

/// What the runtime itself writes as it dies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Complaint {
    None,
    Memory,
    Stack,
}

/// Standard error is thrown away, but for two sentences of the runtime that tell one abort from another.
fn overhear(child: &mut Child) -> Receiver<Complaint> {
    let (say, hear) = channel();
    let err = child.stderr.take();
    std::thread::spawn(move || {
        let mut head = Vec::new();
        if let Some(mut err) = err {
            let _ = err.by_ref().take(4096).read_to_end(&mut head);
            let _ = say.send(complaint(&head));
            let _ = std::io::copy(&mut err, &mut std::io::sink());
        }
    });
    hear
}

fn complaint(head: &[u8]) -> Complaint {
    let text = String::from_utf8_lossy(head);
    if text.contains("has overflowed its stack") {
        Complaint::Stack
    } else if text.contains("memory allocation of") {
        Complaint::Memory
    } else {
        Complaint::None
    }
}

/// Waits until the child has ended, and ends it at the deadline; leaves no zombie.
fn end(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    // An answer was read to its end, so what is left of the child takes no longer than this.
    let deadline = deadline.min(Instant::now() + Duration::from_secs(2));
    loop {
        match child.try_wait() {
            Ok(Some(status)) => {
                end_group(child);
                return Some(status);
            }
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(2)),
            _ => break,
        }
    }
    end_group(child);
    let _ = child.kill();
    let _ = child.wait();
    None
}

/// Ends whatever the child may have started.
#[cfg(unix)]
#[allow(unsafe_code)]
fn end_group(child: &Child) {
    if let Ok(group) = libc::pid_t::try_from(child.id()) {
        // SAFETY: takes two numbers. The group was made for this child alone, and its number cannot have been given
        // to another group while the child, or anything it started, lives; an empty group gives a harmless error.
        unsafe { libc::kill(-group, libc::SIGKILL) };
    }
}

#[cfg(not(unix))]
fn end_group(_: &Child) {}

/// Turns the way the child died into its fault.
fn died(status: Option<ExitStatus>, complaint: Complaint) -> Result<(), WorkerFault> {
    let Some(status) = status else {
        return Err(WorkerFault::BadAnswer);
    };
    match complaint {
        _ if status.success() => return Ok(()),
        Complaint::Memory => return Err(WorkerFault::OutOfMemory),
        Complaint::Stack => return Err(WorkerFault::TooDeep),
        Complaint::None => {}
    }
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        match status.signal() {
            Some(libc::SIGXCPU) => return Err(WorkerFault::TooSlow),
            // Nobody but the system ends it this way: it was short of memory.
            Some(libc::SIGKILL) => return Err(WorkerFault::OutOfMemory),
            Some(_) => return Err(WorkerFault::Crashed),
            None => {}
        }
    }
    match status.code() {
        Some(NOT_CONFINED) => Err(WorkerFault::NotConfined),
        Some(PANICKED) => Err(WorkerFault::Crashed),
        _ => Err(WorkerFault::BadAnswer),
    }
}

/// Checks every number before it is used.
fn believe(found: Found) -> Result<Examined, WorkerFault> {
    let most = Limits::default().pages;
    let pages = u32::try_from(found.sizes.len()).unwrap_or(u32::MAX);
    // 200 inches is the format's own limit; a user unit may stretch it.
    let plausible = |v: f32| v.is_finite() && v > 0.0 && v <= 1_000_000.0;
    let sizes_hold = found
        .sizes
        .iter()
        .zip(1..)
        .all(|((w, h), page)| plausible(*w) && plausible(*h) || found.unreadable.contains(&page));
    let lists = [&found.unreadable, &found.invisible, &found.covered, &found.blind];
    let lists_hold = lists.iter().all(|list| {
        list.windows(2).all(|w| w[0] < w[1]) && list.iter().all(|page| (1..=pages).contains(page))
    });
    if pages == 0 || pages > most || found.words.len() != found.sizes.len() || !sizes_hold || !lists_hold {
        return Err(WorkerFault::BadAnswer);
    }
    if found.unreadable.len() == found.sizes.len() {
        return Err(WorkerFault::Unreadable);
    }
    let notices = notices(&found);
    Ok(Examined {
        pages,
        sizes: found.sizes,
        encrypted: found.encrypted,
        words_per_page: found.words,
        notices,
    })
}

fn notices(found: &Found) -> Vec<String> {
    let mut out = vec![];
    if found.cut {
        out.push("The end of the file is missing, but every page was found.".to_owned());
    }
    if found.missing > 0 {
        out.push(format!("The file promises {} more pages than it holds.", found.missing));
    }
    let mut about = |pages: &[u32], one: &str, more: &str| {
        if !pages.is_empty() {
            let rest = if pages.len() == 1 { one } else { more };
            out.push(format!("{} {rest}", named(pages)));
        }
    };
    about(
        &found.unreadable,
        "cannot be read: it can be withheld, but not shown in part.",
        "cannot be read: they can be withheld, but not shown in part.",
    );
    let bare: Vec<u32> = (1_u32..)
        .zip(&found.words)
        .filter(|(page, words)| **words == 0 && found.unreadable.binary_search(page).is_err())
        .map(|(page, _)| page)
        .collect();
    about(
        &bare,
        "holds no text, only pictures or nothing: searching finds nothing there, so look at it yourself.",
        "hold no text, only pictures or nothing: searching finds nothing there, so look at them yourself.",
    );
    about(
        &found.invisible,
        "holds text that cannot be seen, such as words a scanner recognised: they may be wrong.",
        "hold text that cannot be seen, such as words a scanner recognised: they may be wrong.",
    );
    about(
        &found.covered,
        "has words under a box that somebody drew over them: the words are still in this file.",
        "have words under boxes that somebody drew over them: the words are still in this file.",
    );
    about(
        &found.blind,
        "has text whose letters cannot be told: searching can miss words there.",
        "have text whose letters cannot be told: searching can miss words there.",
    );
    out
}

/// `Page 3`, `Pages 1 to 4 and 9`.
fn named(pages: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = vec![];
    for &page in pages {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == page => run.1 = page,
            _ => runs.push((page, page)),
        }
    }
    const SHOWN: usize = 6;
    let mut said: Vec<String> = runs
        .iter()
        .take(SHOWN)
        .map(|(from, to)| if from == to { from.to_string() } else { format!("{from} to {to}") })
        .collect();
    if runs.len() > SHOWN {
        let rest: u32 = runs[SHOWN..].iter().map(|(from, to)| to - from + 1).sum();
        said.push(format!("{rest} more"));
    }
    let word = if pages.len() == 1 { "Page" } else { "Pages" };
    match said.split_last() {
        Some((last, head)) if !head.is_empty() => format!("{word} {} and {last}", head.join(", ")),
        Some((last, _)) => format!("{word} {last}"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_as_a_person_would() {
        let check = |pages: &[u32], says: &str| assert_eq!(named(pages), says, "{pages:?}");
        check(&[3], "Page 3");
        check(&[1, 2, 3, 4, 9], "Pages 1 to 4 and 9");
        check(&[1, 3, 5], "Pages 1, 3 and 5");
        check(&[1, 3, 5, 7, 9, 11, 13, 14], "Pages 1, 3, 5, 7, 9, 11 and 2 more");
    }

    #[test]
    fn an_answer_is_believed_only_when_every_number_holds() {
        let good = || Found { sizes: vec![(595.0, 842.0); 2], words: vec![4, 0], ..Found::default() };
        let examined = believe(good()).expect("a plain answer");
        assert_eq!((examined.pages, examined.notices.len()), (2, 1), "page 2 has no words and that is said");
        let check = |change: fn(&mut Found), why: &str| {
            let mut found = good();
            change(&mut found);
            assert_eq!(believe(found), Err(WorkerFault::BadAnswer), "{why}");
        };
        check(|f| f.sizes.clear(), "no pages");
        check(|f| f.words.push(1), "more counts than pages");
        check(|f| f.sizes[0].0 = f32::NAN, "a page with no width");
        check(|f| f.sizes[1].1 = -1.0, "a page with less than no height");
        check(|f| f.covered = vec![3], "a page that is not there");
        check(|f| f.blind = vec![2, 1], "a list out of order");
        check(|f| f.sizes = vec![(1.0, 1.0); 5_001], "more pages than the limit");
    }

    #[test]
    fn every_fault_is_three_sentences() {
        use WorkerFault::*;
        for fault in [
            NotAPdf,
            Truncated,
            Unreadable,
            NoPages,
            NeedsPassword,
            WrongPassword,
            UnknownEncryption,
            TooMuch,
            TooManyPages,
            OutOfMemory,
            TooDeep,
            TooSlow,
            Crashed,
            BadAnswer,
            NotConfined,
            NotStarted,
        ] {
            let text = fault.to_string();
            assert_eq!(text.matches(". ").count(), 2, "what happened, what is safe, what next: {text}");
        }
    }
}
