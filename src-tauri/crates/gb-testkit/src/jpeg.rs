//! A plain grey JPEG (ITU-T T.81, baseline), with the tables of its annex K.
//!
//! Our own, because the library's result depends on the processor: vectors round otherwise than scalars do, and a
//! sample must come out the same everywhere. Slow and simple; a page takes a fraction of a second.

/// Annex K.1, brightness.
#[rustfmt::skip]
const STEPS: [u16; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
/// The order in which the coefficients of a block are written.
#[rustfmt::skip]
const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];
/// Annex K.3: how many codes of each length, and what they stand for.
const DC_LENGTHS: [u8; 16] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_VALUES: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const AC_LENGTHS: [u8; 16] = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D];
#[rustfmt::skip]
const AC_VALUES: [u8; 162] = [
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
    0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0,
    0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0A, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x25, 0x26, 0x27, 0x28,
    0x29, 0x2A, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49,
    0x4A, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
    0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89,
    0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7,
    0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xC2, 0xC3, 0xC4, 0xC5,
    0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA, 0xE1, 0xE2,
    0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8,
    0xF9, 0xFA,
];
/// Cosines of k sixteenths of a half turn, written out: libraries differ in the last digit.
#[rustfmt::skip]
#[allow(clippy::approx_constant)]
const COSINES: [f64; 8] = [1.0, 0.9807852804032304, 0.9238795325112867, 0.8314696123025452, 0.7071067811865476, 0.5555702330196023, 0.38268343236508984, 0.19509032201612833];

/// Encodes a grey picture; quality from 1 to 100 as most encoders count it.
pub fn encode(grey: &[u8], width: usize, height: usize, quality: u16) -> Vec<u8> {
    let scale = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    let steps = STEPS.map(|s| ((s * scale + 50) / 100).clamp(1, 255));
    let mut out = vec![0xFF, 0xD8];
    segment(&mut out, 0xE0, b"JFIF\0\x01\x01\x01\0\x8C\0\x8C\0\0");
    let table: Vec<u8> = std::iter::once(0).chain(ZIGZAG.map(|i| steps[i] as u8)).collect();
    segment(&mut out, 0xDB, &table);
    let [h, w] = [height as u16, width as u16].map(u16::to_be_bytes);
    segment(&mut out, 0xC0, &[8, h[0], h[1], w[0], w[1], 1, 1, 0x11, 0]);
    segment(&mut out, 0xC4, &[&[0x00][..], &DC_LENGTHS, &DC_VALUES].concat());
    segment(&mut out, 0xC4, &[&[0x10][..], &AC_LENGTHS, &AC_VALUES].concat());
    segment(&mut out, 0xDA, &[1, 1, 0x00, 0, 63, 0]);
    let (dc, ac) = (codes(&DC_LENGTHS, &DC_VALUES), codes(&AC_LENGTHS, &AC_VALUES));
    let cosines = cosines();
    let mut bits = Bits { out, held: 0, count: 0 };
    let mut before = 0;
    for top in (0..height).step_by(8) {
        for left in (0..width).step_by(8) {
            let block = block(grey, (width, height), (left, top));
            let parts = transform(&block, &cosines, &steps);
            let (size, low) = sized(parts[0] - before);
            before = parts[0];
            bits.code(dc[usize::from(size)]);
            bits.put(low, size);
            coefficients(&mut bits, &parts, &ac);
        }
    }
    let mut out = bits.finish();
    out.extend([0xFF, 0xD9]);
    out
}

fn segment(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
    out.extend([0xFF, marker]);
    out.extend((body.len() as u16 + 2).to_be_bytes());
    out.extend(body);
}

/// Code and length for each value.
fn codes(lengths: &[u8; 16], values: &[u8]) -> Vec<(u32, u8)> {
    let mut out = vec![(0, 0); 256];
    let (mut code, mut at) = (0, 0);
    for (length, count) in (1..).zip(lengths) {
        for _ in 0..*count {
            out[usize::from(values[at])] = (code, length);
            code += 1;
            at += 1;
        }
        code <<= 1;
    }
    out
}

/// Eight by eight samples around zero; the edge is drawn out past the picture's end.
fn block(grey: &[u8], (width, height): (usize, usize), (left, top): (usize, usize)) -> [f64; 64] {
    std::array::from_fn(|i| {
        let (x, y) = ((left + i % 8).min(width - 1), (top + i / 8).min(height - 1));
        f64::from(grey[y * width + x]) - 128.0
    })
}

/// `[u][x]`: the cosine of (2x + 1)u sixteenths of a half turn, with its weight.
fn cosines() -> [[f64; 8]; 8] {
    std::array::from_fn(|u| {
        std::array::from_fn(|x| {
            let turn = (2 * x + 1) * u % 32;
            let turn = if turn > 16 { 32 - turn } else { turn };
            let value = match turn {
                0..8 => COSINES[turn],
                8 => 0.0,
                _ => -COSINES[16 - turn],
            };
            value * if u == 0 { 0.5 * COSINES[4] } else { 0.5 }
        })
    })
}

/// The block as coefficients in steps, in writing order.
fn transform(block: &[f64; 64], cosines: &[[f64; 8]; 8], steps: &[u16; 64]) -> [i32; 64] {
    let mut rows = [0.0; 64];
    for y in 0..8 {
        for u in 0..8 {
            rows[y * 8 + u] = (0..8).map(|x| block[y * 8 + x] * cosines[u][x]).sum();
        }
    }
    std::array::from_fn(|i| {
        let (u, v) = (ZIGZAG[i] % 8, ZIGZAG[i] / 8);
        let value: f64 = (0..8).map(|y| rows[y * 8 + u] * cosines[v][y]).sum();
        (value / f64::from(steps[ZIGZAG[i]])).round() as i32
    })
}

/// How many bits a number takes, and those bits.
fn sized(value: i32) -> (u8, u32) {
    let size = 32 - value.unsigned_abs().leading_zeros();
    let low = if value < 0 { value - 1 } else { value } as u32;
    (size as u8, low & ((1 << size) - 1))
}

fn coefficients(bits: &mut Bits, parts: &[i32; 64], ac: &[(u32, u8)]) {
    let mut zeros = 0;
    for part in &parts[1..] {
        if *part == 0 {
            zeros += 1;
            continue;
        }
        while zeros > 15 {
            bits.code(ac[0xF0]);
            zeros -= 16;
        }
        let (size, low) = sized(*part);
        bits.code(ac[zeros << 4 | usize::from(size)]);
        bits.put(low, size);
        zeros = 0;
    }
    if zeros > 0 {
        bits.code(ac[0]);
    }
}

struct Bits {
    out: Vec<u8>,
    held: u32,
    count: u8,
}

impl Bits {
    fn code(&mut self, (code, length): (u32, u8)) {
        self.put(code, length);
    }

    fn put(&mut self, value: u32, length: u8) {
        for bit in (0..length).rev() {
            self.held = self.held << 1 | (value >> bit & 1);
            self.count += 1;
            if self.count == 8 {
                self.out.push(self.held as u8);
                if self.held as u8 == 0xFF {
                    self.out.push(0);
                }
                (self.held, self.count) = (0, 0);
            }
        }
    }

    fn finish(mut self) -> Vec<u8> {
        while self.count != 0 {
            self.put(1, 1);
        }
        self.out
    }
}
