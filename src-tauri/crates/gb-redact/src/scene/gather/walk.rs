//! Where a walk over a page stands: what is open, what has been found.

use super::super::{
    Clip, Glyph as Placed, Group, Image, Item, Mask, Mode, Rule, Run, Scene, Shape, Stroke, Unfit,
};
use super::cut::{self, Left};
use super::frame::{self, Outline, meet};
use super::outlines::ByKey;
use super::spoken::Span;
use super::{Dropped, Gathered, Reader};
use crate::read::glyphs::{Covers, PageGlyphs};
use hayro::hayro_interpret::BlendMode;
use hayro::kurbo::{Affine, BezPath, Rect, Shape as _};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Things drawn on one page. A page of a dense map has some tens of thousands.
const MOST_ITEMS: usize = 400_000;
/// Lines of clips looked at on one page to see what they hide.
const MOST_LINES: usize = 100_000_000;
/// Patterns in masks in drawn glyphs: deeper than this nobody draws.
pub(super) const DEEPEST: u32 = 6;

/// Something opened and not closed yet.
struct Open {
    /// Place of its `Push…`, if it was put down.
    at: Option<usize>,
    kind: Kind,
}

enum Kind {
    Clip {
        /// The clip's own box.
        own: Rect,
        /// Where it is not a box.
        outline: Option<Outline>,
        /// Whether anything inside reaches over its edge.
        needed: bool,
    },
    Group {
        plain: bool,
        /// Whether it lets nothing through.
        hides: bool,
        /// Whether something in it is blended with what lies below it.
        blends: bool,
        /// Where the clip boxes stood before.
        opacity: f32,
    },
}

/// A walk over one page.
pub(super) struct Walk<'w, 'p> {
    pub(super) reader: &'w mut Reader<'p>,
    page: Rect,
    /// Whether items are wanted, or only glyphs.
    pub(super) whole: bool,
    pub(super) touched: &'w [Rect],
    open: Vec<Open>,
    /// The box of what is seen, for each clip open; the page at the bottom.
    boxes: Vec<Rect>,
    items: Vec<Item>,
    /// Items put down so far, in masks too.
    count: usize,
    lines: usize,
    pub(super) read: PageGlyphs,
    pub(super) covers: Covers,
    pub(super) masks: ByKey<Option<Arc<Mask>>>,
    pub(super) depth: u32,
    /// How deep in drawings that are not the page's own: masks.
    aside: u32,
    /// How deep in drawings that are only followed when items are wanted: words must not hear of them.
    pub(super) quiet: u32,
    /// Tiles drawn.
    pub(super) tiles: u32,
    /// Glyphs and patterns met, seen or not.
    pub(super) met: u32,
    /// Patterns that were not looked into, because nothing of them shows.
    pub(super) missed: u32,
    pub(super) unfit: Option<Unfit>,
    pub(super) dropped: Dropped,
    pub(super) concerns: BTreeSet<&'static str>,
    /// Stretches of marked content that are open.
    pub(super) spans: Vec<Span>,
    /// What glyphs say by the word of a stretch, by their number.
    pub(super) spoken: BTreeMap<u32, Arc<str>>,
}

impl<'w, 'p> Walk<'w, 'p> {
    pub(super) fn new(reader: &'w mut Reader<'p>, page: Rect, whole: bool, touched: &'w [Rect]) -> Self {
        reader.meter.begin();
        reader.streams.drawn = 0;
        Self {
            reader,
            page,
            whole,
            touched,
            open: Vec::new(),
            boxes: vec![page],
            items: Vec::new(),
            count: 0,
            lines: 0,
            read: PageGlyphs::default(),
            covers: Covers::default(),
            masks: ByKey::default(),
            depth: 0,
            aside: 0,
            quiet: 0,
            tiles: 0,
            met: 0,
            missed: 0,
            unfit: None,
            dropped: Dropped::default(),
            concerns: BTreeSet::new(),
            spans: Vec::new(),
            spoken: BTreeMap::new(),
        }
    }

    pub(super) fn finish(mut self) -> Gathered {
        self.close_to(0);
        self.covers.settle(&mut self.read.glyphs);
        let runs =
            self.items.iter_mut().filter_map(|i| if let Item::Glyphs(run) = i { Some(run) } else { None });
        // Only now is it known what they say.
        for glyph in runs.filter(|_| !self.spoken.is_empty()).flat_map(|r| &mut r.glyphs) {
            if let Some(text) = self.spoken.get(&glyph.number) {
                glyph.text = text.clone();
            }
        }
        self.dropped.outside_glyphs = self.read.outside;
        Gathered {
            scene: Scene { size: (self.page.width(), self.page.height()), items: self.items },
            glyphs: self.read,
            unfit: self.unfit,
            concerns: self.concerns.into_iter().map(str::to_owned).collect(),
            dropped: self.dropped,
        }
    }

    /// The box of what can be seen.
    pub(super) fn seen(&self) -> Rect {
        self.boxes.last().copied().unwrap_or(self.page)
    }

    /// Whether all groups we are in are opaque and plain.
    pub(super) fn solid(&self) -> bool {
        self.open.iter().all(|o| match o.kind {
            Kind::Group { plain, opacity, .. } => plain && opacity >= 0.999,
            Kind::Clip { .. } => true,
        })
    }

    /// Whether we are in a group that lets nothing through.
    pub(super) fn unseen(&self) -> bool {
        self.open.iter().any(|o| matches!(o.kind, Kind::Group { hides: true, .. }))
    }

    pub(super) fn unfit(&mut self, why: Unfit) {
        self.unfit = Some(self.unfit.map_or(why, |w| w.min(why)));
    }

    /// Whether anything of a box on the page can be seen through the clips open.
    pub(super) fn shows(&mut self, bounds: Rect) -> bool {
        let bounds = bounds.inflate(0.02, 0.02);
        if !bounds.is_finite() || !bounds.overlaps(self.seen()) {
            return false;
        }
        let mut lines = 0;
        let hidden = self.open.iter().any(|o| match &o.kind {
            Kind::Clip { outline: Some(outline), .. } => {
                lines += outline.len();
                outline.hides(bounds)
            }
            _ => false,
        });
        self.lines += lines;
        if self.lines > MOST_LINES {
            self.unfit(Unfit::TooMuch);
        }
        !hidden
    }

    /// Puts an item down that reaches as far as `bounds`.
    fn put(&mut self, item: Item, bounds: Rect) {
        if !self.whole {
            return;
        }
        self.count += 1;
        if self.count > MOST_ITEMS {
            self.unfit(Unfit::TooMuch);
            return;
        }
        for open in self.open.iter_mut().rev() {
            if let Kind::Clip { own, needed, .. } = &mut open.kind
                && !*needed
                && !(bounds.x0 >= own.x0 && bounds.x1 <= own.x1 && bounds.y0 >= own.y0 && bounds.y1 <= own.y1)
            {
                *needed = true;
            }
        }
        self.items.push(item);
    }

    pub(super) fn put_run(&mut self, run: Run, bounds: Rect) {
        if !run.glyphs.is_empty() {
            self.put(Item::Glyphs(run), bounds);
        }
    }

    pub(super) fn put_image(&mut self, image: Image) {
        let bounds = image.place.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0));
        self.put(Item::Image(image), bounds);
    }

    /// Puts a path down, less what of it cannot be seen.
    pub(super) fn put_shape(&mut self, path: &BezPath, place: Affine, ink: super::super::Ink, mode: Mode) {
        if !self.whole {
            return;
        }
        let own = path.bounding_box();
        if path.elements().is_empty() || ink.alpha < 0.002 || self.unseen() {
            self.dropped.empty += 1;
            return;
        }
        let reach = match &mode {
            Mode::Stroke(stroke) => reach(stroke, place),
            _ => 0.0,
        };
        let bounds = place.transform_rect_bbox(own);
        if !self.shows(bounds.inflate(reach, reach)) {
            self.dropped.outside_shapes += 1;
            return;
        }
        let seen = self.seen();
        let left = match &mode {
            Mode::Stroke(s) => cut::stroked(path, place, bounds, seen, reach, !s.dashes.is_empty()),
            _ => cut::filled(path, place, bounds, seen),
        };
        let shape = match left {
            Left::Whole => Shape { path: path.clone(), place, ink, mode },
            Left::Part(part) => {
                self.dropped.cut_shapes += 1;
                match &mode {
                    // A pen that is stretched is stretched by its path's place.
                    Mode::Stroke(_) if place.determinant().abs() > 1e-12 => {
                        Shape { path: place.inverse() * part, place, ink, mode }
                    }
                    _ => Shape { path: part, place: Affine::IDENTITY, ink, mode },
                }
            }
            Left::Nothing => {
                self.dropped.outside_shapes += 1;
                return;
            }
        };
        let bounds = shape.place.transform_rect_bbox(shape.path.bounding_box()).inflate(reach, reach);
        self.put(Item::Path(shape), bounds);
    }

    /// Opens a clip, in points of the page.
    pub(super) fn open_clip(&mut self, path: BezPath, rule: Rule) {
        let seen = self.seen();
        let rect = frame::rectangle(&path);
        let own = rect.unwrap_or_else(|| path.bounding_box());
        // Nothing meets in an empty clip: a box without extent, far from the page.
        let void = Rect::new(-1e6, -1e6, -1e6, -1e6);
        let now = meet(seen, own).unwrap_or(void);
        let idle = rect.is_some_and(|r| {
            let r = r.inflate(1e-3, 1e-3);
            r.x0 <= seen.x0 && r.y0 <= seen.y0 && r.x1 >= seen.x1 && r.y1 >= seen.y1
        });
        self.boxes.push(now);
        if idle {
            self.open.push(Open { at: None, kind: Kind::Clip { own, outline: None, needed: false } });
            return;
        }
        let outline = rect.is_none().then(|| Outline::new(&path, rule));
        let path = match rect {
            Some(_) if now != void => now.to_path(0.1),
            Some(_) => BezPath::new(),
            None => match cut::filled(&path, Affine::IDENTITY, own, seen) {
                Left::Part(part) => part,
                Left::Whole => path,
                Left::Nothing => BezPath::new(),
            },
        };
        let needed = outline.is_some();
        self.put_open(Item::PushClip(Clip { path, rule }), Kind::Clip { own, outline, needed });
    }

    fn put_open(&mut self, item: Item, kind: Kind) {
        let at = self.whole.then_some(self.items.len());
        if self.whole {
            self.items.push(item);
        }
        self.open.push(Open { at, kind });
    }

    /// Opens a group.
    pub(super) fn open_group(&mut self, alpha: f32, mask: Option<Arc<Mask>>, masked: bool, blend: BlendMode) {
        let alpha = alpha.clamp(0.0, 1.0);
        if blend != BlendMode::Normal {
            for open in &mut self.open {
                if let Kind::Group { blends, .. } = &mut open.kind {
                    *blends = true;
                }
            }
        }
        let plain = !masked && blend == BlendMode::Normal;
        let kind = Kind::Group { plain, hides: alpha < 0.002, blends: false, opacity: alpha };
        self.put_open(Item::PushGroup(Group { alpha, blend: named(blend), mask }), kind);
    }

    /// Closes the clip opened last.
    pub(super) fn close_clip(&mut self) {
        if matches!(self.open.last(), Some(Open { kind: Kind::Clip { .. }, .. })) {
            self.close();
        }
    }

    /// Closes the group opened last.
    pub(super) fn close_group(&mut self) {
        if matches!(self.open.last(), Some(Open { kind: Kind::Group { .. }, .. })) {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if matches!(open.kind, Kind::Clip { .. }) && self.boxes.len() > 1 {
            self.boxes.pop();
        }
        let Some(at) = open.at else { return };
        if at + 1 >= self.items.len() {
            self.items.truncate(at);
            return;
        }
        match open.kind {
            Kind::Clip { needed: false, .. } => {
                self.items.remove(at);
            }
            Kind::Clip { .. } => self.items.push(Item::PopClip),
            Kind::Group { plain: true, blends: false, opacity, .. } if opacity >= 0.999 => {
                self.items.remove(at);
            }
            Kind::Group { .. } => self.items.push(Item::PopGroup),
        }
    }

    fn close_to(&mut self, count: usize) {
        while self.open.len() > count {
            self.close();
        }
    }

    /// Runs a nested drawing; what it leaves open is closed.
    pub(super) fn inside(&mut self, work: impl FnOnce(&mut Self)) {
        let open = self.open.len();
        self.depth += 1;
        work(self);
        self.depth -= 1;
        self.close_to(open);
    }

    /// Runs a drawing that is not part of the page's own: its items come back. Nothing of the clips we are
    /// in holds for it; `seen` is the box it can be seen in.
    pub(super) fn apart(&mut self, seen: Rect, work: impl FnOnce(&mut Self)) -> Vec<Item> {
        let open = std::mem::take(&mut self.open);
        let boxes = std::mem::replace(&mut self.boxes, vec![seen]);
        let items = std::mem::take(&mut self.items);
        self.aside += 1;
        self.inside(work);
        self.aside -= 1;
        self.open = open;
        self.boxes = boxes;
        std::mem::replace(&mut self.items, items)
    }

    /// The clips open that are no boxes.
    pub(super) fn outlines(&self) -> Vec<&Outline> {
        let outline = |open| match open {
            &Open { kind: Kind::Clip { ref outline, .. }, .. } => outline.as_ref(),
            _ => None,
        };
        self.open.iter().filter_map(outline).collect()
    }

    /// Whether we are in a drawing that is not the page's own.
    pub(super) fn aside(&self) -> bool {
        self.aside > 0
    }

    pub(super) fn page(&self) -> Rect {
        self.page
    }

    /// Whether a glyph's middle can be seen; and if not, whether anything of it can.
    pub(super) fn sees(&mut self, middle: hayro::kurbo::Point, ink: Option<Rect>) -> (bool, bool) {
        let near = self.seen().inflate(0.5, 0.5).contains(middle);
        let shown = ink.map_or(near, |ink| self.shows(ink));
        (near && shown, shown)
    }

    /// A glyph of which only a part can be seen, and not its middle: it is carried as a shape, for it is
    /// ink and no longer a letter that can be read.
    pub(super) fn put_stub(&mut self, glyph: &Placed, ink: super::super::Ink, mode: &Mode) {
        if matches!(mode, Mode::Fill(_) | Mode::Stroke(_)) {
            self.put_shape(&glyph.outline.path, glyph.place, ink, mode.clone());
        }
    }
}

/// How far the ink of a stroke reaches from its path, in points.
pub(super) fn reach(stroke: &Stroke, place: Affine) -> f64 {
    let [a, b, c, d, _, _] = place.as_coeffs();
    let scale = a.hypot(b).max(c.hypot(d));
    let corner = if stroke.join == 0 { stroke.miter.clamp(1.0, 10.0) } else { 1.0 };
    stroke.width * 0.5 * scale * corner.max(std::f64::consts::SQRT_2)
}

fn named(blend: BlendMode) -> &'static str {
    match blend {
        BlendMode::Normal => "Normal",
        BlendMode::Multiply => "Multiply",
        BlendMode::Screen => "Screen",
        BlendMode::Overlay => "Overlay",
        BlendMode::Darken => "Darken",
        BlendMode::Lighten => "Lighten",
        BlendMode::ColorDodge => "ColorDodge",
        BlendMode::ColorBurn => "ColorBurn",
        BlendMode::HardLight => "HardLight",
        BlendMode::SoftLight => "SoftLight",
        BlendMode::Difference => "Difference",
        BlendMode::Exclusion => "Exclusion",
        BlendMode::Hue => "Hue",
        BlendMode::Saturation => "Saturation",
        BlendMode::Color => "Color",
        BlendMode::Luminosity => "Luminosity",
    }
}
