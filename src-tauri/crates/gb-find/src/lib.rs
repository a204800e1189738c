//! Proposes what a DPO should look at in a document: numbers that belong to somebody, names, and where they repeat.
//!
//! A proposal is a place, a reason and a degree of confidence; it marks nothing. Numbers are checked the way their
//! issuers check them (the sources stand at each check), so a reference that merely looks like one is left out or
//! comes with less confidence. The names in `keep`, those of the person whose data it is, are never proposed, and
//! nor is anything else written there.
//!
//! It refuses the vault, and it refuses to decide: no proposal, however sure, becomes a mark without a person. What it
//! does not find may still be there; pages without text are not searched at all.

mod checks;
mod names;
mod numbers;
mod sheet;

use gb_model::Personal;
use gb_redact::PageWords;
use serde::Serialize;
use sheet::Sheet;
use std::collections::HashMap;
use std::ops::Range;

/// What a proposal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person's name.
    Name,
    /// A National Insurance number.
    NationalInsurance,
    /// An NHS number.
    Nhs,
    /// A postcode.
    Postcode,
    /// A telephone number.
    Telephone,
    /// An e-mail address.
    Email,
    /// A bank's sort code.
    SortCode,
    /// A bank account's number.
    Account,
    /// A payment card's number.
    Card,
    /// A day of birth.
    Born,
    /// A vehicle's registration.
    Vehicle,
    /// An alarm, door or key-safe code.
    SecurityCode,
}

/// A place to look at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposal {
    /// Page, from 1.
    pub page: u32,
    /// Left, top, right, bottom of each line of it: points from the top left of the page as displayed. Whole words.
    pub rects: Vec<[f32; 4]>,
    /// What stands there.
    pub text: Personal<String>,
    /// What it is taken for.
    pub kind: Kind,
    /// From 0 to 1, to two places: how likely it is what it is taken for, and of interest.
    pub confidence: f32,
    /// Why it is proposed, in a sentence for the DPO.
    pub why: String,
    /// The code that such a place most often gets, if any; the DPO decides.
    pub code_hint: Option<&'static str>,
    /// What belongs together in a list: the listed person's name, or what stands there in its plainest form.
    pub group: Personal<String>,
    /// How often the group occurs in the document.
    pub times: u32,
}

/// A place in a sheet's text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub range: Range<usize>,
    pub kind: Kind,
    pub confidence: f32,
    pub why: String,
    pub code_hint: Option<&'static str>,
    pub group: String,
}

/// Looks through a document's pages. `keep`: names (or numbers, addresses) of the person whose data it is, never
/// proposed. `people`: names to look for, as one would write them; variants are found too. In page order, and in
/// reading order within a page.
pub fn propose<'a, K: AsRef<str>, P: AsRef<str>>(
    pages: impl IntoIterator<Item = &'a PageWords>,
    keep: &[K],
    people: &[P],
) -> Vec<Proposal> {
    let keep: Vec<&str> = keep.iter().map(AsRef::as_ref).collect();
    let people: Vec<&str> = people.iter().map(AsRef::as_ref).collect();
    let sheets: Vec<(u32, Sheet)> =
        pages.into_iter().flat_map(|p| Sheet::readings(p).into_iter().map(|sheet| (p.page, sheet))).collect();
    let texts: Vec<&Sheet> = sheets.iter().map(|(_, sheet)| sheet).collect();
    let found = look(&texts, &keep, &people);
    let mut all: Vec<(usize, usize, Proposal)> = vec![];
    for ((page, sheet), found) in sheets.iter().zip(found) {
        for one in found {
            let (first, last) = sheet
                .words(&one.range)
                .fold((usize::MAX, 0), |(first, last), place| (first.min(place.word), last.max(place.word)));
            all.push((first, last, proposal(*page, sheet, one)));
        }
    }
    let mut out = once_each(all);
    let mut times: HashMap<(Kind, Personal<String>), u32> = HashMap::new();
    for one in &out {
        *times.entry((one.kind, one.group.clone())).or_default() += 1;
    }
    for one in &mut out {
        one.times = times.get(&(one.kind, one.group.clone())).copied().unwrap_or(1);
    }
    out
}

fn proposal(page: u32, sheet: &Sheet, one: Found) -> Proposal {
    Proposal {
        page,
        rects: sheet.rects(&one.range),
        text: sheet.shown(&one.range).into(),
        kind: one.kind,
        confidence: (one.confidence * 100.0).round() / 100.0,
        why: one.why,
        code_hint: one.code_hint,
        group: one.group.into(),
        times: 1,
    }
}

/// The two readings of a page mostly find the same. What only one found is kept too; of two that share words of one
/// kind, the one with more text, which is the one that a cell had broken.
fn once_each(mut all: Vec<(usize, usize, Proposal)>) -> Vec<Proposal> {
    all.sort_by(|(_, _, a), (_, _, b)| {
        a.page
            .cmp(&b.page)
            .then(b.text.as_str().len().cmp(&a.text.as_str().len()))
            .then(b.confidence.total_cmp(&a.confidence))
    });
    let mut kept: Vec<(usize, usize, Proposal)> = vec![];
    for one in all {
        let again = kept.iter().rev().take_while(|k| k.2.page == one.2.page).any(|k| {
            let shares = one.2.rects.iter().any(|r| k.2.rects.iter().any(|o| inside(r, o)));
            shares
                && k.2.kind == one.2.kind
                && k.2.text.as_str().contains(one.2.text.as_str().trim_end_matches(['-', '.']))
        });
        if !again {
            kept.push(one);
        }
    }
    kept.sort_by_key(|(first, last, one)| (one.page, *first, *last));
    kept.into_iter().map(|(_, _, one)| one).collect()
}

fn inside(small: &[f32; 4], large: &[f32; 4]) -> bool {
    small[0] >= large[0] - 0.1
        && small[1] >= large[1] - 0.1
        && small[2] <= large[2] + 0.1
        && small[3] <= large[3] + 0.1
}

/// What is found on each sheet, without what is kept, and without two proposals for one place.
pub(crate) fn look(sheets: &[&Sheet], keep: &[&str], people: &[&str]) -> Vec<Vec<Found>> {
    let own: Vec<names::Person> = keep.iter().filter_map(|name| names::Person::of(name)).collect();
    let own_plain: Vec<String> =
        keep.iter().map(|text| checks::plain(text)).filter(|t| !t.is_empty()).collect();
    let wanted: Vec<names::Person> = people
        .iter()
        .filter_map(|name| names::Person::of(name))
        .filter(|person| !own.iter().any(|o| o.is_same(person)))
        .collect();
    let titled: Vec<Vec<names::Titled>> =
        sheets.iter().map(|sheet| names::titled(&sheet.text, &own)).collect();
    let also = names::surnames_met(titled.iter().flatten(), &wanted, &own);
    sheets
        .iter()
        .zip(titled)
        .map(|(sheet, titled)| {
            let mut all = numbers::find(sheet);
            all.extend(names::listed(&sheet.text, &wanted, &own));
            let mut again = names::again(&sheet.text, &also, &own);
            again.retain(|a| {
                !titled.iter().any(|t| t.found.range.start < a.range.end && a.range.start < t.found.range.end)
            });
            all.extend(again);
            all.extend(titled.into_iter().map(|t| t.found));
            all.retain(|one| !own_plain.contains(&checks::plain(&sheet.text[one.range.clone()])));
            without_overlaps(all)
        })
        .collect()
}

/// Of two proposals for one place the surer wins, then the longer.
fn without_overlaps(mut all: Vec<Found>) -> Vec<Found> {
    all.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then(b.range.len().cmp(&a.range.len()))
            .then(a.range.start.cmp(&b.range.start))
    });
    let mut kept: Vec<Found> = vec![];
    for mut one in all {
        let clash = kept.iter_mut().find(|k| k.range.start < one.range.end && one.range.start < k.range.end);
        match clash {
            None => kept.push(one),
            // The same name, met with its title and from the list: the wider place, with the list's reason.
            Some(k) if k.kind == one.kind && one.range.len() > k.range.len() => {
                one.range = one.range.start.min(k.range.start)..one.range.end.max(k.range.end);
                k.range = one.range;
            }
            Some(_) => {}
        }
    }
    kept.sort_by_key(|one| one.range.start);
    // Widening may have made two meet.
    kept.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    kept
}
