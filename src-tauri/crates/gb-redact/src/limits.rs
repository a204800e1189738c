//! Every limit of the engine, in one table, with its reason.

/// What a document may cost us before it is refused. A document comes from a stranger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in the file. A scanned housing file of 2,000 pages is about 200 MB; 500 MB leaves room.
    pub file_bytes: u64,
    /// Pages in one document. Above this a DPO splits the file anyway.
    pub pages: u32,
    /// Bytes one stream may grow to when decoded: two nested Flate filters make 1 GiB out of 2 kB.
    pub stream_bytes: u64,
    /// Bytes all streams together may grow to: many small bombs are one big one.
    pub total_bytes: u64,
    /// Arrays and dictionaries inside each other. Readers that recurse die of a deep pile.
    pub nesting: u32,
    /// Values in one object: a number takes two bytes in the file and forty in memory.
    pub values: u32,
    /// Objects in the file.
    pub objects: u32,
    /// Pixels of one picture, or of one page drawn: 40 million is A4 at 600 dots an inch.
    pub pixels: u64,
    /// Work one page may make, in units of about a microsecond (the table is in `meter.rs`): forms that draw
    /// each other twice ask for years in a few hundred bytes. Clocks are refused, so work is counted; a dense
    /// map takes about ten million.
    pub page_work: u64,
    /// Marks placed on one document (each phrase counts once for each place it stands).
    pub marks: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 500 * 1000 * 1000,
            pages: 5_000,
            stream_bytes: 256 << 20,
            total_bytes: 2 << 30,
            nesting: 96,
            values: 2_000_000,
            objects: 2_000_000,
            pixels: 40_000_000,
            page_work: 30_000_000,
            marks: 200_000,
        }
    }
}
