//! What a screen reader goes by: paragraphs in reading order, and boxes that say what was removed.
//!
//! The tags hold no word of the page, only the numbers of its marked stretches; and of a box only its
//! code, which is ours.

use super::canvas::Part;
use super::file::File;
use std::collections::BTreeMap;

/// A stretch of a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// The form it is in; nothing for the page itself.
    pub(super) form: Option<u32>,
    pub(super) number: usize,
    pub(super) part: Part,
}

/// The tags of a file in the making.
#[derive(Default)]
pub(super) struct Tags {
    /// The root and the document, once there is anything to tag.
    top: Option<(u32, u32)>,
    /// Elements in reading order.
    elements: Vec<u32>,
    /// For each stream with marked stretches, what each is part of.
    parents: Vec<Vec<u32>>,
}

impl Tags {
    /// A number for a stream that has stretches.
    pub(super) fn stream(&mut self) -> usize {
        self.parents.push(Vec::new());
        self.parents.len() - 1
    }

    /// Tags a page. `streams` are the numbers its form streams and the page were given, each with the
    /// stretches in it.
    pub(super) fn page(
        &mut self,
        file: &mut File,
        page: u32,
        boxes: &[String],
        streams: &[(usize, Vec<Stretch>)],
    ) {
        // Paragraphs in reading order, then boxes.
        let mut kids: BTreeMap<(bool, usize), String> = BTreeMap::new();
        let key = |part: Part| match part {
            Part::Paragraph(n) => Some((false, n as usize)),
            Part::Figure(n) => Some((true, n)),
            Part::Artifact => None,
        };
        for s in streams.iter().flat_map(|(_, list)| list) {
            let Some(key) = key(s.part) else { continue };
            let kid = match s.form {
                None => format!("{} ", s.number),
                Some(form) => format!("<</Type/MCR/Stm {form} 0 R/MCID {}>>", s.number),
            };
            kids.entry(key).or_default().push_str(&kid);
        }
        if kids.is_empty() {
            return;
        }
        let (_, document) = *self.top.get_or_insert_with(|| (file.number(), file.number()));
        let mut numbers = BTreeMap::new();
        for (key, kids) in kids {
            let number = file.number();
            numbers.insert(key, number);
            self.elements.push(number);
            let kids = kids.trim_end();
            let kids = if kids.contains([' ', '<']) { format!("[{kids}]") } else { format!(" {kids}") };
            let what = match key {
                (false, _) => "/S/P".to_owned(),
                (true, n) => {
                    let code = boxes.get(n).map_or("", String::as_str);
                    let gap = if code.is_empty() { "" } else { ": " };
                    format!("/S/Figure/Alt(Removed{gap}{code})")
                }
            };
            file.object(number, format!("<<{what}/P {document} 0 R/Pg {page} 0 R/K{kids}>>"));
        }
        for (stream, list) in streams {
            let parents = list.iter().filter_map(|s| key(s.part)).filter_map(|k| numbers.get(&k));
            self.parents[*stream] = parents.copied().collect();
        }
    }

    /// Writes the tree; gives what the catalog says of it.
    pub(super) fn finish(self, file: &mut File) -> String {
        let Some((root, document)) = self.top else { return String::new() };
        let list = |l: &[u32]| l.iter().map(|n| format!("{n} 0 R")).collect::<Vec<_>>().join(" ");
        let tree = file.number();
        let parents: String =
            self.parents.iter().enumerate().map(|(i, p)| format!("{i}[{}]", list(p))).collect();
        file.object(tree, format!("<</Nums[{parents}]>>"));
        file.object(document, format!("<</S/Document/P {root} 0 R/K[{}]>>", list(&self.elements)));
        file.object(root, format!("<</Type/StructTreeRoot/K {document} 0 R/ParentTree {tree} 0 R>>"));
        format!("/MarkInfo<</Marked true>>/StructTreeRoot {root} 0 R")
    }
}
