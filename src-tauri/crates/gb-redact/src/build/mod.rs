//! Building a file from what remains of another: every page on all cores, written in order.

mod page;
mod queue;
mod tally;

use crate::marks::{Mark, Placed, place};
use crate::out::write::{Numbers, PageBytes, Sheet, Writer};
use crate::redact::{Options, Progress, Redacted, Stage};
use crate::{Document, Fault, guard};
pub(crate) use page::{How, Made, PageMaker};
use queue::{Next, Queue};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;
use tally::Tally;
pub(crate) use tally::record;

/// Pages a worker makes before it opens the file afresh: the reader keeps every page it has unpacked.
const CHUNK: usize = 48;

/// What a worker hands over.
enum Done {
    Made(usize, Box<Made>),
    Serialised(usize, Box<PageBytes>),
    Fault(Fault),
}

/// A numbered page on its way to be serialised.
struct Job {
    index: usize,
    sheet: Sheet,
    numbers: Numbers,
}

/// Builds without proving. Pages in `pictured` become pictures whatever they hold.
pub(crate) fn build(
    doc: &Document,
    marks: &[Mark],
    options: &Options,
    pictured: &BTreeSet<u32>,
    progress: &dyn Progress,
) -> Result<Redacted, Fault> {
    let total = doc.page_count() as usize;
    progress.at(0, total as u32, Stage::Finding);
    let placed = place(doc, marks)?;
    if progress.cancelled() {
        return Err(Fault::Cancelled);
    }
    let mut by_page: BTreeMap<u32, Vec<&Placed>> = BTreeMap::new();
    for p in &placed {
        by_page.entry(p.page).or_default().push(p);
    }
    let threads = if options.threads == 0 { guard::cores() } else { options.threads }.min(total).max(1);
    let queue = Queue::new(total, CHUNK.min(total.div_ceil(threads * 2)).max(1));
    let work = Work { doc, by_page: &by_page, options, pictured, queue: &queue };
    let (send, receive) = channel();
    let tally = Tally::new(doc, marks, options);
    let tally = std::thread::scope(|scope| {
        for _ in 0..threads {
            let send = send.clone();
            let spawned = guard::builder().spawn_scoped(scope, || work.run(send));
            spawned.map_err(|_| Fault::Internal { what: "starting a thread" })?;
        }
        drop(send);
        let result = collect(&receive, &queue, tally, total, progress);
        queue.stop();
        result
    })?;
    tally.finish()
}

/// One page alone as a file of its own.
pub(crate) fn alone(made: Made, options: &Options) -> Result<Vec<u8>, Fault> {
    let size = (made.words.width, made.words.height);
    match made.how {
        How::Rebuilt(taken) => Writer::alone(&options.language, &page::sheet(taken, size)),
        How::Pictured(painted, _) => {
            let mut writer = Writer::new(&options.language);
            writer.picture(painted.size, &painted.picture, &painted.text);
            writer.finish()
        }
    }
}

/// Takes pages as they come and hands them on in order.
fn collect<'d>(
    receive: &Receiver<Done>,
    queue: &Queue<Job>,
    mut tally: Tally<'d>,
    total: usize,
    progress: &dyn Progress,
) -> Result<Tally<'d>, Fault> {
    let mut made: BTreeMap<usize, Box<Made>> = BTreeMap::new();
    let mut ready: BTreeMap<usize, tally::Ready> = BTreeMap::new();
    let (mut numbered, mut written) = (0, 0);
    while written < total {
        if progress.cancelled() {
            return Err(Fault::Cancelled);
        }
        match receive.recv_timeout(Duration::from_millis(100)) {
            Ok(Done::Made(index, page)) => {
                made.insert(index, page);
            }
            Ok(Done::Serialised(index, bytes)) => {
                ready.insert(index, tally::Ready::Bytes(bytes));
            }
            Ok(Done::Fault(fault)) => return Err(fault),
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return Err(Fault::Internal { what: "building pages" }),
        }
        while let Some(page) = made.remove(&numbered) {
            match tally.take_in(*page)? {
                tally::Next::Serialise(sheet, numbers) => {
                    queue.push(Job { index: numbered, sheet, numbers });
                }
                tally::Next::Picture(picture) => {
                    ready.insert(numbered, tally::Ready::Picture(picture));
                }
            }
            numbered += 1;
        }
        let before = written;
        while let Some(page) = ready.remove(&written) {
            tally.write(page);
            written += 1;
        }
        if written > before {
            queue.written(written);
            progress.at(written as u32, total as u32, Stage::Building);
        }
    }
    Ok(tally)
}

/// What workers share.
struct Work<'w> {
    doc: &'w Document,
    by_page: &'w BTreeMap<u32, Vec<&'w Placed>>,
    options: &'w Options,
    pictured: &'w BTreeSet<u32>,
    queue: &'w Queue<Job>,
}

impl Work<'_> {
    fn run(&self, send: Sender<Done>) {
        loop {
            let told = match self.queue.next() {
                Next::Done => return,
                Next::Serialise(job) => self.serialise(job, &send),
                Next::Pages(pages) => self.pages(pages, &send),
            };
            if let Err(fault) = told {
                let _ = send.send(Done::Fault(fault));
                return;
            }
        }
    }

    fn serialise(&self, job: Job, send: &Sender<Done>) -> Result<(), Fault> {
        let fault = Fault::PageUnreadable { page: job.index as u32 + 1 };
        let bytes = guard::catch(fault, || Writer::content(&job.sheet, &job.numbers))?;
        let _ = send.send(Done::Serialised(job.index, Box::new(bytes)));
        Ok(())
    }

    fn pages(&self, pages: std::ops::Range<usize>, send: &Sender<Done>) -> Result<(), Fault> {
        let pdf = self.doc.reopen()?;
        let mut maker = guard::catch(Fault::Unreadable, || PageMaker::new(self.doc, &pdf, self.options))?;
        let none = Vec::new();
        for index in pages {
            while let Some(job) = self.queue.serialise() {
                self.serialise(job, send)?;
            }
            if self.queue.stopped() {
                return Ok(());
            }
            let page = index as u32 + 1;
            let placed = self.by_page.get(&page).unwrap_or(&none);
            let picture = self.pictured.contains(&page);
            let made = guard::catch(Fault::PageUnreadable { page }, || maker.make(index, placed, picture))??;
            if send.send(Done::Made(index, Box::new(made))).is_err() {
                return Ok(());
            }
        }
        Ok(())
    }
}
