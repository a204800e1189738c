//! The file: a catalog, pages, what they draw, fonts of the glyphs they show, tags. Nothing else can be
//! said with it.
//!
//! What there can be in a file, for the prover to hold it against:
//! streams, which are page contents, forms (`/Group`, isolated), images, a transfer function of 256
//! samples, font files, maps to Unicode, object streams and the table; and in object streams the catalog,
//! the page tree, pages, fonts, graphics states and the structure tree.

pub(crate) use super::numbers::{Numbers, Sheet};
pub(crate) use super::page::PageBytes;
pub(crate) use super::pictured::TextItem;

use super::canvas::{Extra, Resources};
use super::encode::Encoded;
use super::file::{File, Stream, deflate};
use super::font::{self, Alphabet};
use super::numbers::Numberer;
use super::ops::{Ops, number};
use super::page::{self, FormBytes};
use super::pictured::{self, Letters};
use super::tags::{Stretch, Tags};
use super::truetype;
use crate::Fault;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Writes a file page by page, so that no page needs to wait for another's pixels.
///
/// The bytes depend on the pages and their order alone. [`Writer::number`] and [`Writer::page`] are called
/// in page order; [`Writer::content`], which is the work, on any thread and at any time in between.
pub(crate) struct Writer {
    file: File,
    language: String,
    catalog: u32,
    tree: u32,
    pages: Vec<u32>,
    /// Glyphs of rebuilt pages. Numbered ahead of writing, so apart from the letters of pictures, which
    /// are numbered as they are written.
    alphabet: Alphabet,
    letters: Letters,
    /// Pictures some page has been told to encode.
    promised: HashSet<u128>,
    pictures: HashMap<u128, u32>,
    /// Forms and graphics states by what they hold: the same one is written once.
    forms: HashMap<[u8; 32], u32>,
    states: HashMap<String, u32>,
    fonts: BTreeMap<(Kind, u8), font::Numbers>,
    tags: Tags,
}

/// Whose glyphs a font holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Rebuilt,
    Pictured,
}

impl Writer {
    /// An empty file in a language, as in `en-GB`.
    pub(crate) fn new(language: &str) -> Self {
        let fine = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let mut file = File::new();
        let (catalog, tree) = (file.number(), file.number());
        Self {
            file,
            language: language.chars().filter(|c| fine(*c)).take(20).collect(),
            catalog,
            tree,
            pages: Vec::new(),
            alphabet: Alphabet::default(),
            letters: Letters::default(),
            promised: HashSet::new(),
            pictures: HashMap::new(),
            forms: HashMap::new(),
            states: HashMap::new(),
            fonts: BTreeMap::new(),
            tags: Tags::default(),
        }
    }

    /// A file of one rebuilt page.
    pub(crate) fn alone(language: &str, sheet: &Sheet) -> Result<Vec<u8>, Fault> {
        let mut writer = Self::new(language);
        let numbers = writer.number(sheet);
        writer.page(Self::content(sheet, &numbers));
        writer.finish()
    }

    /// Gives a page its numbers. To be called in page order, for rebuilt pages only; every page numbered
    /// must be written.
    pub(crate) fn number(&mut self, sheet: &Sheet) -> Numbers {
        Numberer::new(&mut self.alphabet, &mut self.promised).number(sheet)
    }

    /// Writes a page's streams. Depends on nothing but its arguments.
    pub(crate) fn content(sheet: &Sheet, numbers: &Numbers) -> PageBytes {
        page::content(sheet, numbers)
    }

    /// Adds a rebuilt page. To be called in page order.
    pub(crate) fn page(&mut self, page: PageBytes) {
        for (key, picture) in &page.pictures {
            let image = self.file.number();
            self.pictures.insert(*key, image);
            let mut entries = picture.image.entries.clone();
            if let Some(mask) = &picture.mask {
                let number = self.file.number();
                self.file.stream(number, &mask.entries, &mask.data);
                entries.push_str(&format!("/SMask {number} 0 R"));
            }
            self.file.stream(image, &entries, &picture.image.data);
        }
        let mut streams = Vec::new();
        let mut forms: Vec<u32> = Vec::new();
        for form in &page.forms {
            let number = self.form(form, page.size, &forms, &mut streams);
            forms.push(number);
        }
        let resources = self.resources(&page.resources, &forms, Kind::Rebuilt);
        let stretches: Vec<Stretch> = (0..)
            .zip(&page.parts)
            .map(|(number, part)| Stretch { form: None, number, part: *part })
            .collect();
        let size = (page.size.0 as f64 / 1000.0, page.size.1 as f64 / 1000.0);
        self.leaf(size, resources, &page.content, stretches, streams, &page.boxes);
    }

    /// Adds a page that is a picture, with its words unseen over it. To be called in page order.
    pub(crate) fn picture(&mut self, size: (f32, f32), picture: &Encoded, words: &[TextItem]) {
        let image = self.file.number();
        let Stream { entries, data } = pictured::image(picture);
        self.file.stream(image, &entries, &data);
        let (ops, parts, fonts) = pictured::content(size, words, &mut self.letters);
        let uses = Resources { fonts: fonts.into_iter().map(|f| (f, false)).collect(), ..Default::default() };
        let resources = self.resources(&uses, &[], Kind::Pictured);
        let resources = format!("/XObject<</P {image} 0 R>>{resources}");
        let stretches = (0..).zip(parts).map(|(number, part)| Stretch { form: None, number, part }).collect();
        let size = (f64::from(size.0), f64::from(size.1));
        self.leaf(size, resources, &deflate(&ops), stretches, Vec::new(), &[]);
    }

    /// The page object, its contents and its tags.
    fn leaf(
        &mut self,
        size: (f64, f64),
        resources: String,
        content: &[u8],
        stretches: Vec<Stretch>,
        mut streams: Vec<(usize, Vec<Stretch>)>,
        boxes: &[String],
    ) {
        let (page, contents) = (self.file.number(), self.file.number());
        self.pages.push(page);
        self.file.stream(contents, "/Filter/FlateDecode", content);
        let mut keys = String::new();
        if !stretches.is_empty() {
            let stream = self.tags.stream();
            keys = format!("/StructParents {stream}");
            streams.push((stream, stretches));
        }
        self.tags.page(&mut self.file, page, boxes, &streams);
        let (tree, w, h) = (self.tree, number(size.0), number(size.1));
        self.file.object(
            page,
            format!(
                "<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {w} {h}]/Contents {contents} 0 R\
                 /Resources<<{resources}>>{keys}>>"
            ),
        );
    }

    /// Writes a form of a page, or finds the same one written before.
    fn form(
        &mut self,
        form: &FormBytes,
        size: (i64, i64),
        forms: &[u32],
        streams: &mut Vec<(usize, Vec<Stretch>)>,
    ) -> u32 {
        let mut bounds = Ops::default();
        bounds.word("[0 0 ");
        bounds.scaled(size.0, 3).scaled(size.1, 3).word("]");
        let bounds = String::from_utf8(bounds.0).unwrap_or_default();
        let resources = self.resources(&form.resources, forms, Kind::Rebuilt);
        let mut entries = format!(
            "/Type/XObject/Subtype/Form/BBox{bounds}/Group<</S/Transparency/I true/CS/DeviceRGB>>\
             /Resources<<{resources}>>/Filter/FlateDecode"
        );
        if form.parts.is_empty() {
            let hash: [u8; 32] = Sha256::new()
                .chain_update(&entries)
                .chain_update([0])
                .chain_update(&form.data)
                .finalize()
                .into();
            if let Some(number) = self.forms.get(&hash) {
                return *number;
            }
            let number = self.file.number();
            self.forms.insert(hash, number);
            self.file.stream(number, &entries, &form.data);
            return number;
        }
        let number = self.file.number();
        let stream = self.tags.stream();
        entries.push_str(&format!("/StructParents {stream}"));
        let stretches = (0..)
            .zip(&form.parts)
            .map(|(n, part)| Stretch { form: Some(number), number: n, part: *part })
            .collect();
        streams.push((stream, stretches));
        self.file.stream(number, &entries, &form.data);
        number
    }

    /// What a stream refers to, as its dictionary of resources says it.
    fn resources(&mut self, uses: &Resources, forms: &[u32], kind: Kind) -> String {
        let mut fonts = String::new();
        for (font, vertical) in &uses.fonts {
            let number = self.font(kind, *font, *vertical);
            let name = if *vertical { 'V' } else { 'F' };
            fonts.push_str(&format!("/{name}{font} {number} 0 R"));
        }
        let mut drawn = String::new();
        for (i, key) in uses.pictures.iter().enumerate() {
            if let Some(number) = self.pictures.get(key) {
                drawn.push_str(&format!("/I{i} {number} 0 R"));
            }
        }
        for (i, form) in uses.forms.iter().enumerate() {
            drawn.push_str(&format!("/X{i} {} 0 R", forms[*form]));
        }
        let mut states = String::new();
        for (i, extra) in uses.states.iter().enumerate() {
            let number = self.state(extra, forms);
            states.push_str(&format!("/G{i} {number} 0 R"));
        }
        let mut out = String::new();
        for (name, list) in [("Font", fonts), ("XObject", drawn), ("ExtGState", states)] {
            if !list.is_empty() {
                out.push_str(&format!("/{name}<<{list}>>"));
            }
        }
        out
    }

    fn state(&mut self, extra: &Extra, forms: &[u32]) -> u32 {
        let alpha = number(f64::from(extra.alpha) / 1000.0);
        let mut body = format!("<</ca {alpha}/CA {alpha}");
        if let Some(blend) = extra.blend {
            body.push_str(&format!("/BM/{blend}"));
        }
        if let Some(mask) = &extra.mask {
            let kind = if mask.luminosity { "Luminosity" } else { "Alpha" };
            body.push_str(&format!("/SMask<</S/{kind}/G {} 0 R", forms[mask.form]));
            if mask.luminosity && mask.backdrop != [0; 3] {
                let [r, g, b] = mask.backdrop.map(|v| number(f64::from(v) / 255.0));
                body.push_str(&format!("/BC[{r} {g} {b}]"));
            }
            if let Some(values) = &mask.transfer {
                body.push_str(&format!("/TR {} 0 R", self.transfer(values)));
            }
            body.push_str(">>");
        }
        body.push_str(">>");
        if let Some(number) = self.states.get(&body) {
            return *number;
        }
        let number = self.file.number();
        self.states.insert(body.clone(), number);
        self.file.object(number, body);
        number
    }

    /// A function of 256 samples. It shares the list of forms, as the other streams that may come again.
    fn transfer(&mut self, values: &[u8]) -> u32 {
        let mut values = values.to_vec();
        values.resize(256, 255);
        let hash: [u8; 32] = Sha256::new().chain_update("transfer").chain_update(&values).finalize().into();
        if let Some(number) = self.forms.get(&hash) {
            return *number;
        }
        let number = self.file.number();
        self.forms.insert(hash, number);
        let entries = "/FunctionType 0/Domain[0 1]/Range[0 1]/Size[256]/BitsPerSample 8/Filter/FlateDecode";
        self.file.stream(number, entries, &deflate(&values));
        number
    }

    /// The number of a font, for horizontal or vertical writing.
    fn font(&mut self, kind: Kind, font: u8, vertical: bool) -> u32 {
        let file = &mut self.file;
        let numbers = self.fonts.entry((kind, font)).or_insert_with(|| font::Numbers {
            level: None,
            upright: None,
            descendant: file.number(),
            descriptor: file.number(),
            file: file.number(),
            map: file.number(),
        });
        let way = if vertical { &mut numbers.upright } else { &mut numbers.level };
        *way.get_or_insert_with(|| file.number())
    }

    /// Ends the file.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Fault> {
        for ((kind, index), numbers) in std::mem::take(&mut self.fonts) {
            let alphabet = match kind {
                Kind::Rebuilt => &self.alphabet,
                Kind::Pictured => &self.letters.alphabet,
            };
            let forms = alphabet.forms(index);
            let made = truetype::make(forms)?;
            let entries = format!("/Filter/FlateDecode/Length1 {}", made.data.len());
            self.file.stream(numbers.file, &entries, &deflate(&made.data));
            self.file.stream(numbers.map, "/Filter/FlateDecode", &deflate(&font::to_unicode(forms)));
            for (number, body) in font::dictionaries(forms, &numbers, made.bounds) {
                self.file.object(number, body);
            }
        }
        let tags = std::mem::take(&mut self.tags).finish(&mut self.file);
        let kids: String = self.pages.iter().map(|p| format!("{p} 0 R ")).collect();
        let (tree, language) = (self.tree, &self.language);
        self.file
            .object(tree, format!("<</Type/Pages/Count {}/Kids[{}]>>", self.pages.len(), kids.trim_end()));
        self.file.object(self.catalog, format!("<</Type/Catalog/Pages {tree} 0 R/Lang({language}){tags}>>"));
        Ok(self.file.finish(self.catalog))
    }
}
