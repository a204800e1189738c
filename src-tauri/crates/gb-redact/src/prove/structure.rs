//! What a finished file may consist of: every object is reached from the catalog, in one role, and holds
//! only what that role needs. Nothing in it can carry a sentence.

use super::file::{Part, Whole};
use super::kinds::{self, Role};
use crate::raw::{Dict, Obj};
use crate::{Fault, Limits};
use std::collections::{BTreeMap, BTreeSet};

/// A finished file whose structure is known to be ours.
pub(super) struct Parts<'f, 'a> {
    pub(super) file: &'f Whole<'a>,
    /// What each object is.
    pub(super) roles: BTreeMap<u32, Role>,
    /// Page objects in order.
    pub(super) pages: Vec<u32>,
}

pub(super) fn not(place: &str) -> Fault {
    Fault::NotProved { page: None, place: place.to_owned() }
}

impl<'f> Parts<'f, '_> {
    pub(super) fn part(&self, number: u32) -> Option<&'f Part> {
        self.file.parts.get(&number)
    }

    /// An object's dictionary.
    pub(super) fn dict(&self, number: u32) -> Option<&'f Dict> {
        self.part(number)?.dict()
    }

    /// A value, or the object it points at.
    pub(super) fn follow<'v>(&self, value: &'v Obj) -> Option<&'v Obj>
    where
        'f: 'v,
    {
        match value {
            Obj::Ref(r) => self.part(*r).map(|p| &p.value),
            other => Some(other),
        }
    }

    /// The objects of a role, in the order of their numbers.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = u32> {
        self.roles.iter().filter(move |(_, r)| **r == role).map(|(n, _)| *n)
    }
}

/// Walks the file from its catalog.
pub(super) fn structure<'f, 'a>(file: &'f Whole<'a>, limits: &Limits) -> Result<Parts<'f, 'a>, Fault> {
    let mut parts = Parts { file, roles: BTreeMap::new(), pages: Vec::new() };
    let mut todo = vec![(file.root, Role::Catalog)];
    while let Some((number, role)) = todo.pop() {
        let role = file.parts.get(&number).and_then(Part::dict).map_or(role, |d| kinds::settled(role, d));
        if let Some(known) = parts.roles.insert(number, role) {
            if known != role {
                return Err(not(&format!("object {number} is two things at once")));
            }
            continue;
        }
        let strange =
            || not(&format!("object {number} is of a kind or has a part that does not belong there"));
        let part = file.parts.get(&number).ok_or_else(|| not("an object is missing"))?;
        if role.streams() != part.stream.is_some() {
            return Err(strange());
        }
        kinds::look(role, &part.value, &mut |child, role| todo.push((child, role))).ok_or_else(strange)?;
    }
    if parts.roles.len() != file.parts.len() {
        return Err(not("an object is in the file that nothing points at"));
    }
    parts.pages = pages(&parts, limits)?;
    Ok(parts)
}

/// The pages in the order of the tree; each stands in it once, and under the parent it names.
fn pages(parts: &Parts<'_, '_>, limits: &Limits) -> Result<Vec<u32>, Fault> {
    let missing = || not("the page tree is not whole");
    let root = parts.dict(parts.file.root).and_then(|d| d.get(b"Pages")?.reference()).ok_or_else(missing)?;
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let mut todo = vec![(root, None)];
    while let Some((number, parent)) = todo.pop() {
        let dict = parts.dict(number).ok_or_else(missing)?;
        if !seen.insert(number) || dict.get(b"Parent").and_then(Obj::reference) != parent {
            return Err(not("a page stands twice in the page tree, or in the wrong place"));
        }
        if dict.is(b"Type", b"Page") {
            out.push(number);
        } else {
            let kids = dict.get(b"Kids").and_then(Obj::array).ok_or_else(missing)?;
            todo.extend(kids.iter().rev().filter_map(Obj::reference).map(|k| (k, Some(number))));
        }
        if out.len() > limits.pages as usize {
            return Err(missing());
        }
    }
    let all = parts.roles.values().filter(|r| **r == Role::Page).count();
    let said = parts.dict(root).and_then(|d| d.get(b"Count")?.num());
    if all != out.len() || said != Some(out.len() as f64) { Err(missing()) } else { Ok(out) }
}
