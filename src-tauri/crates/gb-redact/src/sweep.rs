//! A last look over a finished file: no forbidden text in any object or stream.

use crate::raw::RawFile;
use crate::raw::search::{Needles, pieces};
use crate::{Fault, Limits};

/// Looks for each forbidden text in every object, orphans too, and every stream inflated, in every
/// encoding. It does not read the text that fonts draw: that is [`crate::check`]'s and the proof's work.
///
/// Words of one letter are not looked for, and figures only in strings: both stand everywhere in any file.
pub fn sweep(bytes: &[u8], forbidden: &[String]) -> Result<(), Fault> {
    let limits = Limits::default();
    let needles = Needles::new(forbidden);
    if needles.is_empty() {
        return Ok(());
    }
    let mut file = RawFile::read(bytes, &limits)?;
    file.open_object_streams(&limits)?;
    let mut found = None;
    pieces(&file, &limits, &mut |place, object, hay, data| {
        if found.is_none() && !needles.find(hay, data).is_empty() {
            found = Some(Fault::Forbidden { place: format!("{place} (object {object})") });
        }
    })?;
    found.map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_found() {
        let check = |body: &str, why: &str| {
            let file = format!("%PDF-1.7\n1 0 obj\n{body}\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n");
            let forbidden = ["Whitlock".to_owned()];
            assert!(matches!(sweep(file.as_bytes(), &forbidden), Err(Fault::Forbidden { .. })), "{why}");
        };
        check("<</T(Dana Whitlock)>>", "a literal string");
        check("<</T(WHITLOCK)>>", "another case");
        check("<</T<576869746C6F636B>>>", "a hex string");
        check("<</T<FEFF0057006800690074006C006F0063006B>>>", "UTF-16, big end first");
        check("<</T(\\127hitlock)>>", "an octal escape");
        check("<</Whi#74lock 1>>", "a name with an escape");
        check("<</Length 60>>stream\nBT [(Whit) 20 (lock)] TJ ET\nendstream", "pieces of an array");
        check("null endobj 9 0 obj (whitlock)", "an orphan");
        check("null % whitlock", "a comment");
    }

    #[test]
    fn figures_in_numbers_are_no_find() {
        let file = b"%PDF-1.7\n1 0 obj\n[2024 0 0]\nendobj\n%%EOF\n";
        assert_eq!(sweep(file, &["2024".to_owned()]), Ok(()));
    }
}
