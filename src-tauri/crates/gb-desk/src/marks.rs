//! Marks: making, changing, finding, and where each lies.

use crate::session::{Desk, Open};
use crate::undo::Change;
use crate::{faults, requests};
use gb_law::{Tell, catalogue};
use gb_model::{Id, Mark, MarkShape, NewMark, Personal};
use gb_redact::MarkKind;
use gb_wire::{
    AddMark, ChangeMark, ChoiceView, CodeView, Fault, MarkView, Marks, PhraseHits, PhraseQuery, Place,
    ProposalView, QuestionView, Surroundings,
};
use serde::{Deserialize, Serialize};

/// The codes used most in a landlord's packs; offered first, on the keys 1 to 9.
const COMMON: [&str; 9] = ["3P", "3PS", "LPP", "CRIME", "NPD", "OOS", "SEC", "NEG", "HLTH"];

/// What is kept beside a document so that it need not be opened again to be listed: a cache, never a fact.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Aside {
    /// Things to tell the DPO about the file.
    pub notices: Vec<String>,
    /// Where each mark lies, with the shape it was worked out for.
    places: Vec<(Id, MarkShape, Vec<Place>)>,
    /// What search cannot see in the document, in words; empty when it sees everything. Worked out when a phrase
    /// is marked.
    #[serde(default)]
    blind: Option<String>,
}

/// The page number under which the vault's page cache keeps an [`Aside`]; pages count from one.
const ASIDE: u32 = 0;

impl Desk {
    pub(crate) fn marks_of(&self, document: Id) -> Result<Marks, Fault> {
        let (kept, undo, redo) = self.with(|open| {
            let kept = open.read().marks_on(document).map_err(faults::store)?;
            let request = requests::request_of(open, document)?.id;
            let words = |c: Option<&Change>| c.map(|c| c.says().to_owned());
            Ok((kept, words(open.undo.to_undo(request)), words(open.undo.to_redo(request))))
        })?;
        let marks = views(self, document, kept)?;
        Ok(Marks { document, marks, can_undo: undo, can_redo: redo })
    }

    pub(crate) fn add_mark(&self, input: &AddMark, at: &dyn Surroundings) -> Result<Marks, Fault> {
        self.placed(input.document, &input.mark)?;
        self.with(|open| make(open, input.document, &input.mark, at))?;
        self.marks_changed(input.document)
    }

    pub(crate) fn change_mark(&self, input: &ChangeMark, at: &dyn Surroundings) -> Result<Marks, Fault> {
        let before = self.with(|open| open.read().mark(input.mark).map_err(faults::store))?;
        if before.facts.shape != input.facts.shape {
            self.placed(before.document, &input.facts)?;
        }
        let document = before.document;
        self.with(|open| {
            let request = requests::request_of(open, document)?.id;
            let who = Personal::new(open.actor());
            let facts = known(&input.facts)?;
            open.act("change_mark", Some(request), at, |tx| {
                Ok(tx.change_mark(input.mark, &facts, &who, at.today())?)
            })?;
            let change =
                Change::MarkChanged { id: input.mark, document, before: before.facts.clone(), after: facts };
            open.undo.note(request, change);
            Ok(())
        })?;
        self.marks_changed(document)
    }

    pub(crate) fn remove_mark(&self, id: Id, at: &dyn Surroundings) -> Result<Marks, Fault> {
        let document = self.with(|open| {
            let document = open.read().mark(id).map_err(faults::store)?.document;
            let request = requests::request_of(open, document)?.id;
            let gone = open.act("remove_mark", Some(request), at, |tx| Ok(tx.remove_mark(id)?))?;
            open.undo.note(request, Change::MarkTaken(gone));
            Ok(document)
        })?;
        self.marks_changed(document)
    }

    pub(crate) fn find_phrase(&self, query: &PhraseQuery) -> Result<PhraseHits, Fault> {
        let source = self.source(query.document)?;
        if query.find.is_blank() {
            return Ok(PhraseHits { total: 0, places: Vec::new(), caution: None });
        }
        source.read_all_words(&|| true).map_err(|f| faults::engine(&f))?;
        let hits = gb_redact::find(&source, query.find.as_str(), None, query.whole_word)
            .map_err(|f| faults::engine(&f))?;
        let total = hits.len() as u32;
        let mut places: Vec<Place> = Vec::new();
        for hit in hits {
            match places.last_mut() {
                Some(last) if last.page == hit.page => last.rects.extend(hit.rects),
                _ => places.push(Place { page: hit.page, rects: hit.rects }),
            }
        }
        Ok(PhraseHits { total, places, caution: blind(&source) })
    }

    pub(crate) fn propose(&self, document: Id) -> Result<Vec<ProposalView>, Fault> {
        let subject = self.with(|open| Ok(requests::request_of(open, document)?.facts.subject))?;
        let source = self.source(document)?;
        source.read_all_words(&|| true).map_err(|f| faults::engine(&f))?;
        let mut pages = Vec::new();
        for page in 1..=source.page_count() {
            pages.push(source.words(page).map_err(|f| faults::engine(&f))?);
        }
        // What is the person's own is never proposed: the name, other names, the address, the e-mail address.
        let own =
            [&subject.name, &subject.email].into_iter().chain(&subject.also_known_as).chain(&subject.address);
        let keep: Vec<String> = own.map(|p| p.as_str().to_owned()).filter(|p| !p.trim().is_empty()).collect();
        let people: [&str; 0] = [];
        Ok(gb_find::propose(pages.iter().map(|p| &**p), &keep, &people)
            .into_iter()
            .map(|p| ProposalView {
                page: p.page,
                rects: p.rects,
                text: p.text,
                kind: word(&p.kind),
                group: p.group,
                times: p.times,
                why: p.why,
                code_hint: p.code_hint.map(str::to_owned),
            })
            .collect())
    }

    pub(crate) fn code_list(&self) -> Result<Vec<CodeView>, Fault> {
        let organisation = self.with(|open| open.organisation())?;
        let view = |code: &gb_law::Code| CodeView {
            code: code.code.clone(),
            group: word(&code.group),
            label: code.label.clone(),
            citation: code.citation.clone(),
            when_used: code.when_used.clone(),
            may_be_untold: code.tell == Tell::MayWithhold,
            expires: code.expires,
            questions: code
                .questions
                .iter()
                .map(|q| QuestionView {
                    key: q.key.clone(),
                    text: q.text.clone(),
                    kind: word(&q.kind),
                    choices: q
                        .choices
                        .iter()
                        .map(|c| ChoiceView { key: c.key.clone(), text: c.text.clone() })
                        .collect(),
                    required: q.required,
                })
                .collect(),
            refused: code.usable(organisation.kind, organisation.nation).err().map(|r| r.says),
            common: COMMON.contains(&code.code.as_str()),
        };
        let mut out: Vec<CodeView> = catalogue().codes.iter().filter(|c| c.selectable()).map(view).collect();
        let rank = |c: &CodeView| COMMON.iter().position(|k| *k == c.code).unwrap_or(COMMON.len());
        out.sort_by_key(|c| (rank(c), c.refused.is_some(), c.group != "exemption"));
        Ok(out)
    }

    fn marks_changed(&self, document: Id) -> Result<Marks, Fault> {
        self.shelf.forget_after(document);
        keep_places(self, document)?;
        self.marks_of(document)
    }

    /// Refuses a mark that lies nowhere: off the page, on a page that is not there, a phrase that is not found.
    fn placed(&self, document: Id, facts: &NewMark) -> Result<(), Fault> {
        let source = self.source(document)?;
        locate(&source, 0, &facts.shape).map(drop).map_err(|fault| match (&fault, blind(&source)) {
            (gb_redact::Fault::PhraseNotFound { .. }, None) => Fault::refused(
                "These words stand nowhere in this document.",
                "Check the spelling, or select the words on the page.",
            ),
            (gb_redact::Fault::PhraseNotFound { .. }, Some(blind)) => Fault::refused(
                format!("These words were not found, but they may still be there. {blind}"),
                "Read those pages and mark the words on the page itself.",
            ),
            // The mark is being made and has no number yet.
            _ => name_marks(faults::engine(&fault), &[]),
        })
    }
}

/// Makes a mark inside the open vault.
pub(crate) fn make(
    open: &mut Open,
    document: Id,
    mark: &NewMark,
    at: &dyn Surroundings,
) -> Result<Id, Fault> {
    let who = Personal::new(open.actor());
    let mark = known(mark)?;
    let request = requests::request_of(open, document)?.id;
    let id =
        open.act("add_mark", Some(request), at, |tx| Ok(tx.add_mark(document, &mark, &who, at.today())?))?;
    let made = open.read().mark(id).map_err(faults::store)?;
    open.undo.note(request, Change::MarkMade(made));
    Ok(id)
}

/// Refuses a code that is not in the catalogue or is not a ground for redacting.
pub(crate) fn known(mark: &NewMark) -> Result<NewMark, Fault> {
    if let Some(code) = &mark.code {
        let entry = catalogue().get(code).ok_or_else(|| {
            Fault::refused(
                format!("There is no code “{code}” in the catalogue."),
                "Choose one from the list.",
            )
            .in_field("code")
        })?;
        if !entry.selectable() {
            return Err(Fault::refused(
                format!("“{code}” is not a ground for withholding anything. {}", entry.when_used),
                "Choose another code.",
            )
            .in_field("code"));
        }
    }
    Ok(mark.clone())
}

/// Marks with where they lie and what they still lack, in page order.
pub(crate) fn views(desk: &Desk, document: Id, kept: Vec<Mark>) -> Result<Vec<MarkView>, Fault> {
    let places = places(desk, document, &kept)?;
    let blind = read_aside(desk, document)?.blind.filter(|b| !b.is_empty());
    let searched = |mark: &Mark| matches!(mark.facts.shape, MarkShape::Phrase { .. });
    let mut out: Vec<MarkView> = kept
        .into_iter()
        .zip(places)
        .map(|(mark, places)| {
            let caution = blind.clone().filter(|_| searched(&mark));
            MarkView { gaps: gaps(&mark), mark, places, caution }
        })
        .collect();
    let top = |m: &MarkView| {
        m.places
            .first()
            .map_or((u32::MAX, 0), |p| (p.page, p.rects.first().map_or(0, |r| (r[1] * 10.0) as i32)))
    };
    out.sort_by_key(|m| (top(m), m.mark.id));
    Ok(out)
}

/// What a mark still lacks, in words.
pub(crate) fn gaps(mark: &Mark) -> Vec<String> {
    match &mark.facts.code {
        None => vec!["It has no code.".to_owned()],
        Some(code) => catalogue().get(code).map(|c| c.gaps(&mark.facts)).unwrap_or_default(),
    }
}

/// Where each mark lies; from the cache where it is still true.
pub(crate) fn places(desk: &Desk, document: Id, kept: &[Mark]) -> Result<Vec<Vec<Place>>, Fault> {
    let aside = read_aside(desk, document)?;
    let mut source = None;
    kept.iter()
        .map(|mark| {
            let cached =
                aside.places.iter().find(|(id, shape, _)| *id == mark.id && *shape == mark.facts.shape);
            if let Some((_, _, places)) = cached {
                return Ok(places.clone());
            }
            let source = match &source {
                Some(source) => source,
                None => source.insert(desk.source(document)?),
            };
            // A phrase may stand nowhere any more only if the engine's reading changed; then a gate says so.
            Ok(locate(source, mark.id, &mark.facts.shape).unwrap_or_default())
        })
        .collect()
}

/// Works out where every mark of a document lies and keeps that beside it.
pub(crate) fn keep_places(desk: &Desk, document: Id) -> Result<(), Fault> {
    let kept = desk.with(|open| open.read().marks_on(document).map_err(faults::store))?;
    let places = places(desk, document, &kept)?;
    let before = read_aside(desk, document)?;
    let searched = kept.iter().any(|m| matches!(m.facts.shape, MarkShape::Phrase { .. }));
    // What search sees of a document does not change: it is worked out with its first phrase.
    let blind = match (searched, before.blind) {
        (true, None) => {
            let source = desk.source(document)?;
            source.read_all_words(&|| true).map_err(|f| faults::engine(&f))?;
            Some(blind(&source).unwrap_or_default())
        }
        (_, known) => known,
    };
    let places = kept.into_iter().zip(places).map(|(m, p)| (m.id, m.facts.shape, p)).collect();
    write_aside(desk, document, &Aside { notices: before.notices, places, blind })
}

/// What is kept beside a document; empty when nothing is, or when it was written by another version.
pub(crate) fn read_aside(desk: &Desk, document: Id) -> Result<Aside, Fault> {
    let bytes = desk.with(|open| open.read().words(document, ASIDE).map_err(faults::store))?;
    Ok(bytes.and_then(|b| serde_json::from_slice(&b).ok()).unwrap_or_default())
}

/// Keeps notices beside a document that has no marks yet.
pub(crate) fn keep_notices(desk: &Desk, document: Id, notices: Vec<String>) -> Result<(), Fault> {
    write_aside(desk, document, &Aside { notices, ..Aside::default() })
}

fn write_aside(desk: &Desk, document: Id, aside: &Aside) -> Result<(), Fault> {
    let bytes = serde_json::to_vec(aside).expect("shapes and places have a JSON form");
    desk.with(|open| {
        open.vault
            .remember(|cache| cache.put_words(document, ASIDE, &bytes))
            .map_err(|fault: gb_store::StoreFault| faults::store(fault))
    })
}

fn locate(source: &gb_redact::Document, id: Id, shape: &MarkShape) -> Result<Vec<Place>, gb_redact::Fault> {
    let mark = engine_mark(id as u32, shape, "");
    let placed = gb_redact::place(source, &[mark])?;
    let mut out: Vec<Place> = Vec::new();
    for p in placed {
        match out.last_mut() {
            Some(last) if last.page == p.page => last.rects.extend(p.rects),
            _ => out.push(Place { page: p.page, rects: p.rects }),
        }
    }
    Ok(out)
}

/// Marks as the engine takes them; what may not be told prints as the neutral code (`RED-2`).
pub(crate) fn for_engine(marks: &[Mark]) -> Vec<gb_redact::Mark> {
    marks
        .iter()
        .map(|m| {
            engine_mark(m.id as u32, &m.facts.shape, printed(m.facts.code.as_deref().unwrap_or_default()))
        })
        .collect()
}

/// The code as it is printed: a ground that may not be told prints as the neutral code.
pub(crate) fn printed(code: &str) -> &str {
    match catalogue().get(code) {
        Some(entry) if entry.tell == Tell::MayWithhold => &catalogue().neutral_code,
        _ => code,
    }
}

fn engine_mark(id: u32, shape: &MarkShape, code: &str) -> gb_redact::Mark {
    let kind = match shape {
        MarkShape::Rect { page, rect } => MarkKind::Rect { page: *page, rect: *rect },
        MarkShape::Words { page, rects, .. } => MarkKind::Rects { page: *page, rects: rects.clone() },
        MarkShape::Phrase { find, page, whole_word } => {
            MarkKind::Phrase { find: find.as_str().to_owned(), page: *page, whole_word: *whole_word }
        }
        MarkShape::WholePage { page } => MarkKind::WholePage { page: *page },
    };
    gb_redact::Mark { id, kind, code: code.to_owned() }
}

/// What search cannot see in a document whose words have been read, in words.
fn blind(source: &gb_redact::Document) -> Option<String> {
    blind_on(source, 1..=source.page_count())
}

/// The same for some of its pages.
pub(crate) fn blind_on(source: &gb_redact::Document, pages: std::ops::RangeInclusive<u32>) -> Option<String> {
    let told = gb_redact::blind(source, pages);
    (!told.is_empty()).then(|| told.join(" "))
}

/// A fault of the engine names a mark by its key, which nobody sees: here it is named by its code and its place.
pub(crate) fn name_marks(mut fault: Fault, kept: &[Mark]) -> Fault {
    for mark in kept {
        let key = format!("ark {}", mark.id as u32);
        let Some(at) = fault.what.find(&key) else { continue };
        let end = at + key.len();
        if fault.what[end..].starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let code = mark.facts.code.as_deref().map(|c| format!(" {c}")).unwrap_or_default();
        let what = match &mark.facts.shape {
            MarkShape::Phrase { page: None, .. } => " for a phrase".to_owned(),
            MarkShape::Phrase { page: Some(page), .. } => format!(" for a phrase on page {page}"),
            MarkShape::Rect { page, .. } => format!(" for a box on page {page}"),
            MarkShape::Words { page, .. } => format!(" for words on page {page}"),
            MarkShape::WholePage { page } => format!(" for the whole of page {page}"),
        };
        fault.what.replace_range(at..end, &format!("ark{code}{what}"));
        return fault;
    }
    fault.what = fault.what.replace("ark 0 ", "ark ").replace("ark 0.", "ark.");
    fault
}

/// The word a small enum is written as.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
