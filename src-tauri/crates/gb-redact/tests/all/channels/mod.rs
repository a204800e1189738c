//! Every way a word can stand in a PDF: each is planted in a small file, redacted, and hunted in what comes out.
//!
//! Three ways of planting: *spoken*, the canary is text that a phrase finds; *hidden*, it stands where no page shows it,
//! and a word on the page that says the same is marked; *drawn*, it is a drawing without text, and an area is marked.

mod annotations;
mod document;
mod encoders;
mod face;
mod files;
mod fonts;
mod forms;
mod geometry;
mod hunter;
mod images;
mod pixels;
mod structure;
mod text;

use crate::paper::*;
use gb_redact::{Document, Limits, Mark, MarkKind, Options, Quiet, Redacted, check, redact};

/// The word that must be gone. No other word of these files has a Q.
pub const CANARY: &str = "Quillfeather";
/// The canary, visible, at 20, 100.
pub const TWIN: &str = "BT /F1 12 Tf 20 100 Td (Quillfeather) Tj ET\n";
/// Lines that must stay, far from the canary.
const KEEPERS: &str = "BT /F1 12 Tf 20 170 Td (Harbour lights) Tj ET\nBT /F1 12 Tf 20 30 Td \
    (Lantern below) Tj ET\n";

/// A file with a canary in it.
pub struct Channel {
    pub name: String,
    pub pdf: Vec<u8>,
    pub password: Option<&'static str>,
    pub marks: Vec<Mark>,
    /// What must still be read in the output.
    pub keep: Vec<&'static str>,
    /// What must still be read when boxes are as wide as what they cover: neighbours on the same line.
    pub beside: Vec<&'static str>,
    /// Points that must be one flat colour afterwards, and were not before.
    pub flat: Option<[f32; 4]>,
    /// How often the hunter must find the canary in the source, for the hunt to mean anything.
    pub planted: usize,
    /// Bytes that may not come over in any stream.
    pub traces: Vec<Vec<u8>>,
    /// What is hunted: the canary, or the parts it stands in.
    pub words: Vec<&'static str>,
    /// The drawing is glyphs: with hidden widths its line is set again, and the box may end before it did.
    pub set_again: bool,
}

impl Channel {
    fn new(name: &str, pdf: Vec<u8>, mark: Mark, planted: usize) -> Self {
        let keep = vec!["Harbour lights", "Lantern below"];
        Self {
            name: name.to_owned(),
            pdf,
            password: None,
            marks: vec![mark],
            keep,
            beside: Vec::new(),
            flat: None,
            planted,
            traces: Vec::new(),
            words: vec![CANARY],
            set_again: false,
        }
    }

    pub fn keeping(mut self, keep: &[&'static str]) -> Self {
        self.keep = keep.to_vec();
        self
    }

    pub fn beside(mut self, beside: &[&'static str]) -> Self {
        self.beside = beside.to_vec();
        self
    }

    pub fn trace(mut self, bytes: &[u8]) -> Self {
        self.traces.push(bytes.to_vec());
        self
    }

    pub fn hunting(mut self, words: &[&'static str]) -> Self {
        self.words = words.to_vec();
        self
    }

    pub fn set_again(mut self) -> Self {
        self.set_again = true;
        self
    }

    /// The canary stands where the hunter cannot see it: in a cipher, in glyph numbers.
    pub fn sealed(mut self) -> Self {
        self.planted = 0;
        self
    }
}

/// Text that a phrase finds.
pub fn spoken(name: &str, pdf: Vec<u8>) -> Channel {
    Channel::new(name, pdf, unlabelled(phrase(CANARY)), 1)
}

/// A canary no page shows; the file must have [`TWIN`] too.
pub fn hidden(name: &str, pdf: Vec<u8>) -> Channel {
    let twin = hunter::hunt(&plain(TWIN), CANARY).len();
    Channel::new(name, pdf, unlabelled(phrase(CANARY)), twin + 1)
}

/// A drawing; `rect` is where it stands, in points.
pub fn drawn(name: &str, pdf: Vec<u8>, rect: [f32; 4]) -> Channel {
    let wide = [rect[0] - 2.0, rect[1] - 2.0, rect[2] + 2.0, rect[3] + 2.0];
    let mut channel = Channel::new(name, pdf, unlabelled(area(1, wide)), 0);
    channel.flat = Some(rect);
    channel
}

/// A mark without a code: nothing may be drawn in its boxes.
pub fn unlabelled(mark: Mark) -> Mark {
    Mark { code: String::new(), ..mark }
}

/// A page of 300 by 200 points and what belongs to it. Objects 1 to 6 are the catalog, the pages, the page, its
/// content, Helvetica (/F1) and Courier (/F2); `more` begins at 10.
#[derive(Default, Clone)]
pub struct Sheet<'s> {
    /// Drawn after the keepers.
    pub content: &'s str,
    pub page: &'s str,
    pub catalog: &'s str,
    pub fonts: &'s str,
    pub resources: &'s str,
    pub trailer: &'s str,
    pub more: &'s [Vec<u8>],
}

impl Sheet<'_> {
    pub fn objects(&self) -> Vec<(u32, Vec<u8>)> {
        let Self { content, page, catalog, fonts, resources, .. } = self;
        // A box of its own may be given; the first of two keys would win in some readers.
        let media = if page.contains("/MediaBox") { "" } else { "/MediaBox[0 0 300 200]" };
        let font = |name: &str| {
            format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>").into_bytes()
        };
        let mut out = vec![
            (1, format!("<</Type/Catalog/Pages 2 0 R{catalog}>>").into_bytes()),
            (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec()),
            (
                3,
                format!(
                    "<</Type/Page/Parent 2 0 R{media}/Contents 4 0 R\
                     /Resources<</Font<</F1 5 0 R/F2 6 0 R{fonts}>>{resources}>>{page}>>"
                )
                .into_bytes(),
            ),
            (4, stream("", format!("{KEEPERS}{content}").as_bytes())),
            (5, font("Helvetica")),
            (6, font("Courier")),
        ];
        out.extend((10..).zip(self.more.iter().cloned()));
        out
    }

    pub fn pdf(&self) -> Vec<u8> {
        numbered(&self.objects(), &format!("/Root 1 0 R{}", self.trailer))
    }
}

/// A page with the given content and nothing else.
pub fn plain(content: &str) -> Vec<u8> {
    Sheet { content, ..Sheet::default() }.pdf()
}

/// Redacts every channel with both widths and hunts what comes out; all that is wrong is said at once.
pub fn all_gone(channels: Vec<Channel>) {
    let mut names: Vec<&str> = channels.iter().map(|c| c.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), channels.len(), "each channel has a name of its own");
    if let Some(folder) = std::env::var_os("GB_REDACT_CORPUS") {
        return keep(&channels, std::path::Path::new(&folder));
    }
    let mut wrong = Vec::new();
    for channel in &channels {
        let source = Document::open(channel.pdf.clone(), channel.password, &Limits::default());
        let source = source.unwrap_or_else(|fault| panic!("{}: {fault}", channel.name));
        wrong.extend(planted(channel, &source).into_iter().map(|w| format!("{}: {w}", channel.name)));
        for (widths, options) in [("hidden", Options::default()), ("as drawn", as_drawn())] {
            let said = match redact(&source, &channel.marks, &options, &Quiet) {
                Ok(made) => left(channel, &made, widths == "as drawn"),
                Err(fault) => vec![fault.to_string()],
            };
            wrong.extend(said.into_iter().map(|w| format!("{}, {widths}: {w}", channel.name)));
        }
        assert!(source.bytes() == channel.pdf, "{}: the source was changed", channel.name);
    }
    assert!(wrong.is_empty(), "{} of {} channels:\n{}", wrong.len(), channels.len(), wrong.join("\n"));
}

/// Writes the files where a fuzzer finds them (see CONTRIBUTING.md).
fn keep(channels: &[Channel], folder: &std::path::Path) {
    std::fs::create_dir_all(folder).expect("the folder can be made");
    for channel in channels {
        let name: String = channel.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        std::fs::write(folder.join(name + ".pdf"), &channel.pdf).expect("the file can be written");
    }
}

/// What is wrong with the test itself: a canary that is not there cannot be found missing.
fn planted(channel: &Channel, source: &Document) -> Vec<String> {
    let mut wrong = Vec::new();
    let found: Vec<String> = channel.words.iter().flat_map(|w| hunter::hunt(&channel.pdf, w)).collect();
    if found.len() < channel.planted {
        wrong.push(format!("not planted: {found:?}"));
    }
    if let Some(rect) = channel.flat {
        let drawings = [Some(pixels::ours(source, rect)), pixels::popplers(&channel.pdf, rect)];
        let blank = |columns: &Vec<pixels::Span>| {
            columns.iter().fold(pixels::Span::NOTHING, |a, b| a.with(*b)).flat()
        };
        if drawings.iter().flatten().any(blank) {
            wrong.push("nothing is drawn where the mark lies".to_owned());
        }
    }
    if let Some(trace) = channel.traces.iter().find(|t| t.len() < 8 || !hunter::holds(&channel.pdf, t)) {
        wrong.push(format!("a trace of {} bytes is not planted", trace.len()));
    }
    wrong
}

/// What is wrong with the output.
fn left(channel: &Channel, made: &Redacted, as_drawn: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let pdf = &made.pdf;
    let found: Vec<String> = channel.words.iter().flat_map(|w| hunter::hunt(pdf, w)).collect();
    if !found.is_empty() {
        wrong.push(format!("in the file: {found:?}"));
    }
    if hunter::mapped(pdf).iter().any(|c| c.contains("0051")) {
        wrong.push("a font still knows the letter Q".to_owned());
    }
    if channel.traces.iter().any(|t| hunter::holds(pdf, t)) {
        wrong.push("bytes of the source came over".to_owned());
    }
    let said = serde_json::to_string(&made.certificate).unwrap_or_default();
    let printed = format!("{made:?}");
    if channel.words.iter().any(|w| said.contains(w) || printed.contains(w)) {
        wrong.push("in the certificate, or printed".to_owned());
    }
    match check(pdf, &channel.words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>()) {
        Ok(findings) if findings.findings.is_empty() => {}
        other => wrong.push(format!("a stranger finds: {other:?}")),
    }
    wrong.extend(misread(channel, pdf, as_drawn));
    let set_again = channel.set_again && !as_drawn;
    wrong.extend(channel.flat.into_iter().flat_map(|rect| seen(pdf, rect, set_again)));
    wrong
}

/// What is wrong with the text of the output, by two readers.
fn misread(channel: &Channel, pdf: &[u8], as_drawn: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let squeezed = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut readers = vec![("our reader", squeezed(&text(pdf)))];
    readers.extend(pixels::popplers_text(pdf).map(|t| ("poppler", squeezed(&t))));
    for (who, said) in readers {
        let letters = said.to_lowercase().replace([' ', '-', '\u{AD}'], "");
        if channel.words.iter().any(|w| letters.contains(&w.to_lowercase())) {
            wrong.push(format!("{who} reads the canary"));
        }
        let beside = channel.beside.iter().filter(|_| as_drawn);
        for lost in channel.keep.iter().chain(beside).filter(|k| !said.contains(**k)) {
            wrong.push(format!("{who} does not find “{lost}” in “{said}”"));
        }
    }
    wrong
}

/// What is wrong with the look of the output where a drawing was.
fn seen(pdf: &[u8], rect: [f32; 4], set_again: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let doc = open(pdf);
    let drawings = [
        Some(("our drawing", pixels::ours(&doc, rect))),
        pixels::popplers(pdf, rect).map(|s| ("poppler's", s)),
    ];
    for (who, columns) in drawings.into_iter().flatten() {
        let whole = columns.iter().fold(pixels::Span::NOTHING, |a, b| a.with(*b));
        // Set again, the box and the paper beside it meet in upright edges only: nothing has a shape.
        let fine = if set_again { columns.iter().all(|c| c.flat()) } else { whole.flat() && whole.1 <= 80 };
        if !fine {
            wrong.push(format!("{who} is not one dark colour under the box: {whole:?}"));
        }
    }
    if !set_again {
        let under = pixels::beneath(pdf, rect);
        for (what, span) in under.samples.into_iter().filter(|(_, s)| !s.flat()) {
            wrong.push(format!("samples under the box, {what}: {span:?}"));
        }
        wrong.extend(under.things.into_iter().map(|thing| format!("under the box: {thing}")));
    }
    let inside = |r: [f32; 4]| {
        let (x, y) = ((r[0] + r[2]) / 2.0, (r[1] + r[3]) / 2.0);
        x > rect[0] && x < rect[2] && y > rect[1] && y < rect[3]
    };
    let words = doc.words(1).expect("our own page is read");
    wrong.extend(
        words.words.iter().filter(|w| inside(w.rect)).map(|w| format!("“{}” lies under the box", w.text)),
    );
    wrong
}

/// A mark over the area of a page, for callers that need several.
pub fn marked(page: u32, rect: [f32; 4]) -> Mark {
    Mark { id: 5, kind: MarkKind::Rect { page, rect }, code: String::new() }
}
