//! A TrueType file from outlines.
//!
//! The em is 2048 units; cubic curves become quadratic ones within four tenths of a unit, which at ten
//! points is two thousandths of a point. The file holds what readers ask for and no more: a character map
//! that is empty (a PDF goes by glyph numbers), no names, no dates.

use super::font::Form;
use crate::Fault;
use crate::scene::Outline;
use hayro::kurbo::{CubicBez, PathEl, Point};
use write_fonts::FontBuilder;
use write_fonts::read::tables::glyf::CurvePoint;
use write_fonts::read::tables::head::Flags;
use write_fonts::tables::cmap::{Cmap, Cmap4, CmapSubtable, EncodingRecord, PlatformId};
use write_fonts::tables::glyf::{Contour, GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::head::Head;
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::name::Name;
use write_fonts::tables::os2::Os2;
use write_fonts::tables::post::Post;
use write_fonts::types::{FWord, Fixed, UfWord, Version16Dot16};

/// Thousandths of an em.
pub(super) const ASCENT: i32 = 900;
pub(super) const DESCENT: i32 = -220;

const EM: f64 = 2048.0;
/// Units for a thousandth of an em.
const UNIT: f64 = EM / 1000.0;
/// How far a quadratic curve may leave its cubic one, in units.
const NEAR: f64 = 0.4;

/// Outlines reaching further than this from their origin (in thousandths of an em), or made of more than
/// so many parts, are no letters. They are drawn as paths.
const FARTHEST: f64 = 7000.0;
const MOST_PARTS: usize = 4000;

/// Whether an outline can be a glyph of ours.
pub(super) fn fits(outline: &Outline) -> bool {
    let near = |v: f64| v.abs() <= FARTHEST;
    let b = outline.path.control_box();
    outline.path.elements().len() <= MOST_PARTS
        && [b.x0, b.y0, b.x1, b.y1].into_iter().all(near)
        && matches!(outline.path.elements().first(), None | Some(PathEl::MoveTo(_)))
}

/// A font file, and the box of all its ink in thousandths of an em.
pub(super) struct Made {
    pub(super) data: Vec<u8>,
    pub(super) bounds: [i32; 4],
}

/// Makes the font of these glyphs; the first is number 1, and number 0 is empty.
pub(super) fn make(forms: &[Form]) -> Result<Made, Fault> {
    let mut glyphs = GlyfLocaBuilder::new();
    let mut metrics = vec![LongMetric::new(0, 0)];
    let (mut most_points, mut most_contours, mut widest) = (0, 0, 0);
    let (mut low, mut high) = ([i16::MAX; 2], [i16::MIN; 2]);
    let mut extent = 0i16;
    let fault = |_| Fault::Internal { what: "making a font" };
    glyphs.add_glyph(&Glyph::Empty).map_err(fault)?;
    for form in forms {
        let contours = form.outline.as_ref().map(|o| contours(o)).unwrap_or_default();
        let width = (f64::from(form.width) * UNIT).round().clamp(0.0, 65_535.0) as u16;
        widest = widest.max(width);
        let mut side = 0;
        if contours.is_empty() {
            glyphs.add_glyph(&Glyph::Empty).map_err(fault)?;
        } else {
            most_contours = most_contours.max(contours.len());
            most_points = most_points.max(contours.iter().map(Contour::len).sum());
            let mut glyph = SimpleGlyph { contours, ..Default::default() };
            glyph.recompute_bounding_box();
            let b = glyph.bbox;
            low = [low[0].min(b.x_min), low[1].min(b.y_min)];
            high = [high[0].max(b.x_max), high[1].max(b.y_max)];
            extent = extent.max(b.x_max);
            side = b.x_min;
            glyphs.add_glyph(&Glyph::Simple(glyph)).map_err(fault)?;
        }
        metrics.push(LongMetric::new(width, side));
    }
    if low[0] > high[0] {
        (low, high) = ([0, 0], [0, 0]);
    }
    let count = metrics.len() as u16;
    let (glyf, loca, format) = glyphs.build();
    let head = Head {
        font_revision: Fixed::from_i32(1),
        // The origin is at nought, and a glyph's left edge where it says.
        flags: Flags::from_bits_truncate(3),
        units_per_em: EM as u16,
        x_min: low[0],
        y_min: low[1],
        x_max: high[0],
        y_max: high[1],
        lowest_rec_ppem: 8,
        index_to_loc_format: format as i16,
        ..Default::default()
    };
    let hhea = Hhea {
        ascender: FWord::new((f64::from(ASCENT) * UNIT) as i16),
        descender: FWord::new((f64::from(DESCENT) * UNIT) as i16),
        advance_width_max: UfWord::new(widest),
        min_left_side_bearing: FWord::new(low[0]),
        x_max_extent: FWord::new(extent),
        caret_slope_rise: 1,
        number_of_h_metrics: count,
        ..Default::default()
    };
    let most = |n: usize| Some(n.min(usize::from(u16::MAX)) as u16);
    let maxp = Maxp {
        num_glyphs: count,
        max_points: most(most_points),
        max_contours: most(most_contours),
        max_composite_points: Some(0),
        max_composite_contours: Some(0),
        max_zones: Some(1),
        max_twilight_points: Some(0),
        max_storage: Some(0),
        max_function_defs: Some(0),
        max_instruction_defs: Some(0),
        max_stack_elements: Some(0),
        max_size_of_instructions: Some(0),
        max_component_elements: Some(0),
        max_component_depth: Some(0),
    };
    // Nothing goes by these, but readers that check fonts before they trust them want them there.
    let os2 = Os2 {
        us_weight_class: 400,
        us_width_class: 5,
        s_typo_ascender: (f64::from(ASCENT) * UNIT) as i16,
        s_typo_descender: (f64::from(DESCENT) * UNIT) as i16,
        us_win_ascent: (f64::from(ASCENT) * UNIT) as u16,
        us_win_descent: (-f64::from(DESCENT) * UNIT) as u16,
        ..Default::default()
    };
    let post = Post { version: Version16Dot16::VERSION_3_0, ..Default::default() };
    // One segment, which ends every map of this kind and maps nothing.
    let empty = CmapSubtable::Format4(Cmap4::new(0, vec![0xFFFF], vec![0xFFFF], vec![1], vec![0], vec![]));
    let cmap = Cmap::new(vec![EncodingRecord::new(PlatformId::Windows, 1, empty)]);
    let mut font = FontBuilder::new();
    let fault = |_| Fault::Internal { what: "making a font" };
    font.add_table(&head).map_err(fault)?;
    font.add_table(&hhea).map_err(fault)?;
    font.add_table(&maxp).map_err(fault)?;
    font.add_table(&os2).map_err(fault)?;
    font.add_table(&Hmtx::new(metrics, vec![])).map_err(fault)?;
    font.add_table(&glyf).map_err(fault)?;
    font.add_table(&loca).map_err(fault)?;
    font.add_table(&Name::default()).map_err(fault)?;
    font.add_table(&post).map_err(fault)?;
    font.add_table(&cmap).map_err(fault)?;
    let small = |v: i16, up: bool| {
        let v = f64::from(v) / UNIT;
        if up { v.ceil() as i32 } else { v.floor() as i32 }
    };
    let bounds = [small(low[0], false), small(low[1], false), small(high[0], true), small(high[1], true)];
    Ok(Made { data: font.build(), bounds })
}

/// The closed curves of an outline on the grid of the font.
fn contours(outline: &Outline) -> Vec<Contour> {
    let mut all = Vec::new();
    let mut points: Vec<CurvePoint> = Vec::new();
    let mut at = Point::ZERO;
    let mut start = Point::ZERO;
    let mut end = |points: &mut Vec<CurvePoint>| {
        let points = tidy(std::mem::take(points));
        // Fewer points than three hold no ink.
        if points.len() > 2 {
            all.push(Contour::from(points));
        }
    };
    for element in outline.path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                end(&mut points);
                points.push(on(p));
                (at, start) = (p, p);
            }
            PathEl::LineTo(p) => {
                begin(&mut points, at);
                points.push(on(p));
                at = p;
            }
            PathEl::QuadTo(c, p) => {
                begin(&mut points, at);
                points.extend([off(c), on(p)]);
                at = p;
            }
            PathEl::CurveTo(a, b, p) => {
                begin(&mut points, at);
                curve(&mut points, CubicBez::new(at, a, b, p));
                at = p;
            }
            PathEl::ClosePath => {
                end(&mut points);
                at = start;
            }
        }
    }
    end(&mut points);
    all
}

/// A line that goes on after a close starts from where that figure began.
fn begin(points: &mut Vec<CurvePoint>, at: Point) {
    if points.is_empty() {
        points.push(on(at));
    }
}

fn curve(points: &mut Vec<CurvePoint>, cubic: CubicBez) {
    match cubic.approx_spline(NEAR / UNIT) {
        Some(spline) => {
            let list = spline.points();
            if let Some((last, between)) = list.split_last() {
                points.extend(between.iter().skip(1).map(|p| off(*p)));
                points.push(on(*last));
            }
        }
        None => {
            for (_, _, quad) in cubic.to_quads(NEAR / UNIT) {
                points.extend([off(quad.p1), on(quad.p2)]);
            }
        }
    }
}

fn snap(p: Point) -> (i16, i16) {
    let most = FARTHEST * UNIT + 1.0;
    let side = |v: f64| (v * UNIT).round().clamp(-most, most) as i16;
    (side(p.x), side(p.y))
}

fn on(p: Point) -> CurvePoint {
    let (x, y) = snap(p);
    CurvePoint::new(x, y, true)
}

fn off(p: Point) -> CurvePoint {
    let (x, y) = snap(p);
    CurvePoint::new(x, y, false)
}

/// Leaves out points that say nothing: repeats, the start said again at the end, and points on the curve
/// exactly half-way between two that are off it, which are understood.
fn tidy(mut points: Vec<CurvePoint>) -> Vec<CurvePoint> {
    points.dedup_by(|b, a| a.on_curve && b.on_curve && (a.x, a.y) == (b.x, b.y));
    if let (true, Some(first), Some(last)) = (points.len() > 1, points.first(), points.last())
        && first.on_curve
        && last.on_curve
        && (first.x, first.y) == (last.x, last.y)
    {
        points.pop();
    }
    let count = points.len();
    let mut out: Vec<CurvePoint> = Vec::with_capacity(count);
    for (i, p) in points.iter().enumerate() {
        // The first point stays, so that a contour begins on its curve.
        if p.on_curve && i > 0 {
            let (before, after) = (points[i - 1], points[(i + 1) % count]);
            let half = |a: i16, b: i16, c: i16| i32::from(a) + i32::from(c) == 2 * i32::from(b);
            let understood = !before.on_curve
                && !after.on_curve
                && half(before.x, p.x, after.x)
                && half(before.y, p.y, after.y);
            if understood {
                continue;
            }
        }
        out.push(*p);
    }
    out
}
