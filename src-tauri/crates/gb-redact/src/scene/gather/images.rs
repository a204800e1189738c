//! Pictures: decoded, once for each that is in the file.

use super::super::{Image, Pixels, Raster, Unfit};
use super::device::points;
use super::outlines::{ByKey, short};
use super::paint::Laid;
use super::walk::Walk;
use hayro::hayro_interpret::{BlendMode, CacheKey, Image as Drawn, ImageData, ImageDrawProps};
use hayro::kurbo::{Affine, Rect};
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
    order: VecDeque<(u128, usize)>,
    bytes: usize,
}

impl Pictures {
    fn keep(&mut self, key: u128, picture: &Decoded) {
        let size = size_of(&picture.raster);
        if size > KEPT / 2 {
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
        Pixels::Grey(data) => hash.update([b"g", data.as_slice()].concat()),
        Pixels::Rgb(data) => hash.update([b"c", data.as_slice()].concat()),
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
    Raster { width, height, pixels, alpha, smooth, key }
}

impl<'p> Walk<'_, 'p> {
    pub(super) fn picture(&mut self, image: &Drawn<'p, '_>, props: &ImageDrawProps<'p>) {
        self.read.images += 1;
        let place = points(props.transform);
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let bounds = place.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        if let Drawn::Raster(raster) = image {
            let dict = raster.stream().dict();
            let see_through =
                [&b"SMask"[..], b"Mask", b"SMaskInData"].iter().any(|key| dict.contains_key(*key));
            if !see_through && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal {
                self.cover(bounds, true);
            }
        }
        if !self.whole {
            return;
        }
        if self.unseen() {
            self.dropped.empty += 1;
            return;
        }
        if !self.shows(bounds) {
            self.dropped.outside_shapes += 1;
            self.dropped.hidden_pixels += u64::from(image.width()) * u64::from(image.height());
            return;
        }
        if u64::from(image.width()) * u64::from(image.height()) > self.reader.limits.pixels {
            self.unfit(Unfit::TooMuch);
            return;
        }
        let Some(picture) = self.decoded(image) else { return };
        let (sx, sy) = (f64::from(picture.scale.0), f64::from(picture.scale.1));
        let (width, height) = (f64::from(picture.raster.width), f64::from(picture.raster.height));
        let place = place * Affine::scale_non_uniform(sx * width, sy * height);
        self.put_image(Image { raster: picture.raster, place });
    }

    fn decoded(&mut self, image: &Drawn<'p, '_>) -> Option<Decoded> {
        match image {
            Drawn::Raster(raster) => {
                // A picture in the content itself may mean other colours with other resources.
                let key = raster.stream().dict().obj_id().map(|_| image.cache_key());
                if let Some(known) = key.and_then(|k| self.reader.pictures.decoded.get(&k)) {
                    return Some(known.clone());
                }
                let mut made = None;
                raster.with_rgba(|data, alpha| made = Some(taken(data, alpha)), None);
                if let (Some(key), Some(made)) = (key, &made) {
                    self.reader.pictures.keep(key, made);
                }
                made
            }
            Drawn::Stencil(stencil) => {
                let mut made = None;
                let mut laid = None;
                stencil.with_stencil(
                    |luma, paint| {
                        laid = Some(self.laid(paint));
                        made = Some(luma);
                    },
                    None,
                );
                let (Some(luma), Some(Laid::Ink(ink))) = (made, laid) else {
                    self.unfit(Unfit::Pattern);
                    return None;
                };
                let pixels = Pixels::Stencil(Arc::new(luma.data), ink);
                let raster = Arc::new(raster(luma.width, luma.height, pixels, None, luma.interpolate));
                Some(Decoded { raster, scale: luma.scale_factors })
            }
        }
    }
}

fn taken(data: ImageData, alpha: Option<hayro::hayro_interpret::LumaData>) -> Decoded {
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
