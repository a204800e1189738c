//! Pictures: passed on as they were encoded where that is sure to be clean, else decoded, and without the
//! pixels that cannot be seen.

use super::super::{Image, Mask, Mode, Origin, Pixels, Raster, Rule, Unfit};
use super::device::points;
use super::hidden::{self, Shown};
use super::outlines::{ByKey, short};
use super::paint::{BLACK, Laid};
use super::walk::Walk;
use super::{jpeg, profile};
use hayro::hayro_interpret::pattern::Pattern;
use hayro::hayro_interpret::{
    BlendMode, CacheKey, Image as Drawn, ImageData, ImageDrawProps, LumaData, Paint, RasterImage,
    StencilImage,
};
use hayro::hayro_syntax::object::{Array, Dict, Name, Object};
use hayro::kurbo::{Affine, Rect, Shape};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::sync::Arc;

/// Bytes of decoded pictures kept for the next page that shows them: a letterhead is on every page.
const KEPT: usize = 64 << 20;

/// A decoded picture, and how its pixels lie on the pixels its dictionary promised.
#[derive(Clone)]
struct Decoded {
    raster: Arc<Raster>,
    scale: (f32, f32),
}

/// Pictures decoded already.
#[derive(Default)]
pub(super) struct Pictures {
    decoded: ByKey<Decoded>,
    /// JPEG streams looked at, and what may go on of them.
    passed: ByKey<Option<Arc<Raster>>>,
    order: VecDeque<(u128, usize)>,
    bytes: usize,
}

impl Pictures {
    fn keep(&mut self, key: u128, picture: &Decoded) {
        let size = size_of(&picture.raster);
        if size > KEPT {
            return;
        }
        self.bytes += size;
        self.order.push_back((key, size));
        self.decoded.insert(key, picture.clone());
        while self.bytes > KEPT {
            let Some((old, size)) = self.order.pop_front() else { break };
            self.decoded.remove(&old);
            self.bytes -= size;
        }
    }
}

fn size_of(raster: &Raster) -> usize {
    let pixels = match &raster.pixels {
        Pixels::Grey(data) | Pixels::Rgb(data) | Pixels::Stencil(data, _) => data.len(),
        Pixels::Jpeg { data, .. } => data.len(),
    };
    pixels + raster.alpha.as_ref().map_or(0, |a| a.2.len())
}

/// Pixels with their key.
pub(super) fn raster(
    width: u32,
    height: u32,
    pixels: Pixels,
    alpha: Option<(u32, u32, Arc<Vec<u8>>)>,
    smooth: bool,
) -> Raster {
    let mut hash = Sha256::new();
    hash.update([width.to_le_bytes(), height.to_le_bytes()].as_flattened());
    match &pixels {
        Pixels::Grey(data) => {
            hash.update(b"g");
            hash.update(data.as_slice());
        }
        Pixels::Rgb(data) => {
            hash.update(b"c");
            hash.update(data.as_slice());
        }
        Pixels::Stencil(data, ink) => {
            hash.update(b"s");
            hash.update(ink.rgb);
            hash.update(ink.alpha.to_bits().to_le_bytes());
            hash.update(data.as_slice());
        }
        Pixels::Jpeg { data, colour } => {
            hash.update([b'j', u8::from(*colour)]);
            hash.update(data.as_slice());
        }
    }
    hash.update([u8::from(smooth), u8::from(alpha.is_some())]);
    if let Some((w, h, data)) = &alpha {
        hash.update([w.to_le_bytes(), h.to_le_bytes()].as_flattened());
        hash.update(data.as_slice());
    }
    let key = short(&hash.finalize());
    Raster { width, height, pixels, alpha, smooth, key, origin: Origin::Picture }
}

impl<'p> Walk<'_, 'p> {
    pub(super) fn picture(&mut self, image: &Drawn<'p, '_>, props: &ImageDrawProps<'p>) {
        let place = points(props.transform);
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let bounds = place.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        if self.quiet == 0 {
            self.read.picture(bounds);
        }
        if let Drawn::Raster(raster) = image
            && !see_through(raster)
            && props.soft_mask.is_none()
            && props.blend_mode == BlendMode::Normal
        {
            self.cover(bounds, true);
        }
        if !self.whole {
            return;
        }
        let count = u64::from(image.width()) * u64::from(image.height());
        if self.unseen() || place.determinant().abs() < 1e-12 {
            self.dropped.empty += 1;
        } else if !self.shows(bounds) {
            self.dropped.outside_shapes += 1;
            self.dropped.hidden_pixels += count;
        } else if count > self.reader.limits.pixels {
            self.unfit(Unfit::TooMuch);
        } else {
            match image {
                Drawn::Raster(raster) => self.raster(raster, image.cache_key(), place, bounds),
                Drawn::Stencil(stencil) => self.stencil(stencil, place),
            }
        }
    }

    fn raster(&mut self, image: &RasterImage<'_>, key: u128, place: Affine, bounds: Rect) {
        // A picture in the content itself may mean other colours with other resources.
        let key = image.stream().dict().obj_id().map(|_| key);
        let touched = self.touched.iter().any(|r| r.overlaps(bounds));
        let mostly = match self.shown(place, (image.width(), image.height())) {
            Shown::All => true,
            Shown::Part(part) => part.hidden * 100 <= u64::from(image.width()) * u64::from(image.height()),
        };
        if !touched && mostly && !self.aside() {
            let known = key.and_then(|k| self.reader.pictures.passed.get(&k).cloned());
            let passed = known.unwrap_or_else(|| passed(image).map(Arc::new));
            if let Some(key) = key {
                self.reader.pictures.passed.insert(key, passed.clone());
            }
            if let Some(raster) = passed {
                let (width, height) = (f64::from(raster.width), f64::from(raster.height));
                let place = place * Affine::scale_non_uniform(width, height);
                self.put_image(Image { raster, place });
                return;
            }
        }
        let known = key.and_then(|k| self.reader.pictures.decoded.get(&k).cloned());
        let decoded = known.or_else(|| {
            let mut made = None;
            image.with_rgba(|data, alpha| made = Some(taken(data, alpha)), None);
            if let Some(made) = &mut made {
                made.raster = Arc::new(Raster { origin: origin(image), ..Raster::clone(&made.raster) });
            }
            if let (Some(key), Some(made)) = (key, &made) {
                self.reader.pictures.keep(key, made);
            }
            made
        });
        if let Some(decoded) = decoded {
            self.put_seen(decoded, place);
        }
    }

    fn stencil(&mut self, image: &StencilImage<'p, '_>, place: Affine) {
        let mut read: Option<(LumaData, Paint<'p>)> = None;
        image.with_stencil(|luma, paint| read = Some((luma, paint.clone())), None);
        let Some((luma, paint)) = read else { return };
        let (width, height, smooth, scale) = (luma.width, luma.height, luma.interpolate, luma.scale_factors);
        let data = Arc::new(luma.data);
        let made = |ink| Decoded {
            raster: Arc::new(raster(width, height, Pixels::Stencil(data.clone(), ink), None, smooth)),
            scale,
        };
        match self.laid(&paint) {
            Laid::Ink(ink) => self.put_seen(made(ink), place),
            Laid::Pattern => {
                // What a tile says cannot be known without decoding the stencil it shows through.
                if !matches!(&paint, Paint::Pattern(p) if matches!(**p, Pattern::Shading(_))) {
                    self.unfit(Unfit::Pattern);
                    return;
                }
                let page = self.page();
                let items = self.apart(page, |walk| walk.put_seen(made(BLACK), place));
                let mask = Mask { luminosity: false, backdrop: [0, 0, 0], transfer: None, items };
                self.open_group(1.0, Some(Arc::new(mask)), true, BlendMode::Normal);
                let (sx, sy) = (f64::from(scale.0), f64::from(scale.1));
                let area = Rect::new(0.0, 0.0, f64::from(width) * sx, f64::from(height) * sy);
                self.paint_in(&area.to_path(0.1), place, &Mode::Fill(Rule::NonZero), &paint);
                self.close_group();
            }
        }
    }

    /// Puts a decoded picture down, less the pixels that cannot be seen.
    fn put_seen(&mut self, picture: Decoded, place: Affine) {
        let pixel = place * Affine::scale_non_uniform(f64::from(picture.scale.0), f64::from(picture.scale.1));
        let (width, height) = (picture.raster.width, picture.raster.height);
        let mut raster = picture.raster;
        let mut start = (0, 0);
        if let Shown::Part(part) = self.shown(pixel, (width, height)) {
            self.dropped.hidden_pixels += part.hidden;
            let other = |w: u32, h: u32| {
                let step = (f64::from(width) / f64::from(w), f64::from(height) / f64::from(h));
                self.shown(pixel * Affine::scale_non_uniform(step.0, step.1), (w, h))
            };
            match hidden::without(&raster, &part, other) {
                Some((left, at)) => {
                    raster = Arc::new(left);
                    start = at;
                }
                None => return,
            }
        }
        let place = pixel
            * Affine::translate((f64::from(start.0), f64::from(start.1)))
            * Affine::scale_non_uniform(f64::from(raster.width), f64::from(raster.height));
        self.put_image(Image { raster, place });
    }

    fn shown(&self, place: Affine, size: (u32, u32)) -> Shown {
        hidden::shown(place, size, self.seen(), &self.outlines())
    }
}

fn see_through(image: &RasterImage<'_>) -> bool {
    let dict = image.stream().dict();
    [&b"SMask"[..], b"Mask", b"SMaskInData"].iter().any(|key| dict.contains_key(*key))
}

/// A JPEG that may go on as it is: its only filter, no mask, no mapping of its values, colours that are the
/// screen's own, and a stream with nothing in it but the picture.
fn passed(image: &RasterImage<'_>) -> Option<Raster> {
    let stream = image.stream();
    let dict = stream.dict();
    let odd: [&[u8]; 8] = [b"DecodeParms", b"DP", b"F", b"FFilter", b"Decode", b"D", b"ImageMask", b"IM"];
    let plain = only_jpeg(dict) && !see_through(image) && !odd.iter().any(|key| dict.contains_key(*key));
    if !plain {
        return None;
    }
    let stripped = jpeg::strip(&stream.raw_data())?;
    let same = (stripped.width, stripped.height) == (image.width(), image.height());
    if !same || !profile::plain(dict, stripped.colour) {
        return None;
    }
    let smooth = dict.get::<bool>(b"Interpolate").unwrap_or(false);
    let pixels = Pixels::Jpeg { data: Arc::new(stripped.data), colour: stripped.colour };
    Some(raster(stripped.width, stripped.height, pixels, None, smooth))
}

/// A JPEG encoded anew is no better for a higher quality than it had, only larger.
fn origin(image: &RasterImage<'_>) -> Origin {
    let stream = image.stream();
    let quality = only_jpeg(stream.dict()).then(|| jpeg::quality(&stream.raw_data())).flatten();
    quality.map_or(Origin::Picture, Origin::Jpeg)
}

/// Whether JPEG is the only filter of a stream.
fn only_jpeg(dict: &Dict<'_>) -> bool {
    let jpeg = |name: &Name<'_>| matches!(name.as_ref(), b"DCTDecode" | b"DCT");
    match dict.get::<Object<'_>>(b"Filter") {
        Some(Object::Name(name)) => jpeg(&name),
        Some(Object::Array(list)) => single(&list).is_some_and(|name| jpeg(&name)),
        _ => false,
    }
}

fn single<'d>(list: &Array<'d>) -> Option<Name<'d>> {
    let mut values = list.iter::<Object<'_>>();
    match (values.next(), values.next()) {
        (Some(Object::Name(name)), None) => Some(name),
        _ => None,
    }
}

fn taken(data: ImageData, alpha: Option<LumaData>) -> Decoded {
    let (width, height, smooth, scale) =
        (data.width(), data.height(), data.interpolate(), data.scale_factors());
    let pixels = match data {
        ImageData::Rgb(rgb) => Pixels::Rgb(Arc::new(rgb.data)),
        ImageData::Luma(luma) => Pixels::Grey(Arc::new(luma.data)),
    };
    let alpha =
        alpha.filter(|a| a.data.iter().any(|v| *v != 255)).map(|a| (a.width, a.height, Arc::new(a.data)));
    Decoded { raster: Arc::new(raster(width, height, pixels, alpha, smooth)), scale }
}
