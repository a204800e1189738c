//! What the fuzz targets share. It refuses to hide anything: a panic that the engine does not contain ends the run.

use gb_redact::{Limits, Mark, MarkKind};

/// Smaller than the program's, so that a find is a mistake and not a large file.
pub fn limits() -> Limits {
    Limits {
        stream_bytes: 8 << 20,
        total_bytes: 32 << 20,
        pixels: 1_000_000,
        page_work: 1_000_000,
        pages: 20,
        marks: 2_000,
        ..Limits::default()
    }
}

/// Panics inside the foreign reader are contained by design and are no find; libfuzzer would abort on each. One of
/// our own code is a find, contained or not; and one that is not contained unwinds to libfuzzer and ends the run.
pub fn contained() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            let file = info.location().map_or("", |l| l.file());
            if file.contains("gb-redact/src") || file.starts_with("src/") || file.contains("fuzz_targets") {
                eprintln!("{info}");
                std::process::abort();
            }
        }));
    });
}

/// Bytes taken from the end of the input: a file at its front stays a file when they change.
pub struct Choices<'d> {
    data: &'d [u8],
}

impl<'d> Choices<'d> {
    /// The input up to the end of its file, and what follows to choose by.
    pub fn split(data: &'d [u8]) -> (&'d [u8], Self) {
        let end = data.windows(6).rposition(|w| w == b"%%EOF\n");
        let at = end.map_or(data.len(), |e| e + 6);
        (&data[..at], Self { data: &data[at..] })
    }

    pub fn all(data: &'d [u8]) -> Self {
        Self { data }
    }

    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.data.split_first() else { return 0 };
        self.data = rest;
        *first
    }

    pub fn number(&mut self) -> usize {
        usize::from(self.byte()) << 16 | usize::from(self.byte()) << 8 | usize::from(self.byte())
    }

    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// A mark of any kind; most lie on a page, some do not.
    pub fn mark(&mut self, id: u32, words: &[String]) -> Mark {
        let mut side = || f32::from(self.byte()) * 3.0 - 40.0;
        let (x, y, w, h) = (side(), side(), side(), side());
        let rect = [x, y, x + w.abs(), y + h.abs()];
        let page = u32::from(self.byte() % 4);
        let kind = match self.byte() % 5 {
            1 => MarkKind::Rect { page, rect },
            2 => MarkKind::Rects { page, rects: vec![rect, [y, x, y + 40.0, x + 12.0]] },
            3 => MarkKind::WholePage { page },
            _ => {
                let word = words.get(usize::from(self.byte()) % words.len().max(1));
                let find = word.cloned().unwrap_or_else(|| "Quillfeather".to_owned());
                MarkKind::Phrase { find, page: None, whole_word: self.byte() % 2 == 0 }
            }
        };
        let code = ["3P", "", "LPP", "REG-9"][usize::from(self.byte() % 4)].to_owned();
        Mark { id, kind, code }
    }
}
