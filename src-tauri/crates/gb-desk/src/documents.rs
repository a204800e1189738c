//! Documents: taking files in, naming them, ordering them, taking them off.

use crate::session::Desk;
use crate::undo::{Change, set_document};
use crate::{faults, marks, requests};
use gb_intake::Refusal;
use gb_model::{Disclosure, Document, Id, NewDocument, Personal};
use gb_redact::Limits;
use gb_wire::{
    Added, ChangeDocument, DocumentRow, Fault, FaultCode, FileKind, FilePassword, Progress, RefusedFile,
    RequestView, Surroundings, WaitingFile,
};
use std::collections::BTreeMap;
use std::path::Path;

/// A file that wants a password: read once, kept in memory until the password comes or the vault locks.
pub(crate) struct Waiting {
    name: String,
    bytes: Vec<u8>,
}

/// What became of one file.
enum Taken {
    In { name: String, document: NewDocument, notices: Vec<String> },
    Refused(RefusedFile),
    Waiting { name: String, bytes: Vec<u8>, wrong: bool },
}

impl Desk {
    /// Asks for files, reads each in the reader's own process, and adds those that can be read. A file is added
    /// whole or not at all.
    pub(crate) fn add_documents(&self, request: Id, at: &dyn Surroundings) -> Result<Added, Fault> {
        self.with(|open| open.read().request(request).map(drop).map_err(faults::store))?;
        let paths = at.files_to_open(FileKind::Documents);
        let mut taken = Vec::new();
        for (i, path) in paths.iter().enumerate() {
            at.progress(Progress {
                stage: "Reading files".into(),
                done: i as u32,
                total: paths.len() as u32,
            });
            if at.cancelled() {
                return Err(Fault::cancelled("Adding documents was stopped."));
            }
            taken.push(self.take(path));
        }
        self.settle(request, taken, at)
    }

    /// Adds files that are already in memory, such as the practice documents.
    pub(crate) fn add_given(
        &self,
        request: Id,
        files: &[(&str, &[u8])],
        at: &dyn Surroundings,
    ) -> Result<(), Fault> {
        let taken = files
            .iter()
            .map(|(name, bytes)| self.examine((*name).to_owned(), bytes.to_vec(), None))
            .collect();
        match self.settle(request, taken, at)?.refused.into_iter().next() {
            Some(file) => Err(file.fault),
            None => Ok(()),
        }
    }

    /// Tries a waiting file with its password.
    pub(crate) fn open_waiting(&self, input: &FilePassword, at: &dyn Surroundings) -> Result<Added, Fault> {
        let waiting = self.with(|open| {
            open.waiting.remove(&input.token).ok_or_else(|| {
                Fault::refused("That file is no longer waiting for a password.", "Add it again.")
            })
        })?;
        let taken = self.examine(waiting.name, waiting.bytes, Some(input.password.as_str()));
        self.settle(input.request, vec![taken], at)
    }

    fn take(&self, path: &Path) -> Taken {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let most = Limits::default().file_bytes;
        match std::fs::metadata(path) {
            Ok(about) if about.len() > most => {
                let fault = gb_redact::Fault::FileTooLarge { bytes: about.len(), limit: most };
                return refused(name, faults::engine(&fault));
            }
            _ => {}
        }
        match std::fs::read(path) {
            Ok(bytes) => match gb_intake::pages_from(&bytes, &name) {
                Ok(taken) => match self.examine(name, taken.pdf, None) {
                    Taken::In { name, document, mut notices } => {
                        notices.extend(taken.notices);
                        Taken::In { name, document, notices }
                    }
                    other => other,
                },
                Err(refusal) => refused(name, told(&refusal)),
            },
            Err(_) => refused(
                name,
                Fault::new(
                    "The file could not be opened.",
                    "Nothing was added.",
                    "Check that it is still there and that you may read it.",
                )
                .with_code(FaultCode::Unreadable),
            ),
        }
    }

    /// First reading, in a process that has no files and little memory; then what the DPO should know about it.
    fn examine(&self, name: String, bytes: Vec<u8>, password: Option<&str>) -> Taken {
        match gb_worker::examine(&bytes, password, &self.reader) {
            Ok(found) => {
                let title =
                    name.strip_suffix(".pdf").or(name.strip_suffix(".PDF")).unwrap_or(&name).to_owned();
                let document = NewDocument {
                    title: title.into(),
                    bytes,
                    password: password.filter(|_| found.encrypted).map(Personal::from),
                    pages: found.pages,
                };
                Taken::In { name, document, notices: found.notices }
            }
            Err(fault) if fault.wants_password() => Taken::Waiting { name, bytes, wrong: password.is_some() },
            Err(fault) => {
                refused(name, faults::sentences(&fault.to_string()).with_code(FaultCode::Unreadable))
            }
        }
    }

    fn settle(&self, request: Id, taken: Vec<Taken>, at: &dyn Surroundings) -> Result<Added, Fault> {
        let mut documents = Vec::new();
        let (mut refused, mut waiting) = (Vec::new(), Vec::new());
        for one in taken {
            match one {
                Taken::In { name, document, notices } => documents.push((name, document, notices)),
                Taken::Refused(file) => refused.push(file),
                Taken::Waiting { name, bytes, wrong } => waiting.push((name, bytes, wrong)),
            }
        }
        let (ids, waiting) = self.with(|open| {
            let ids = if documents.is_empty() {
                Vec::new()
            } else {
                open.act("add_documents", Some(request), at, |tx| {
                    let mut ids = Vec::new();
                    for (_, document, _) in &documents {
                        ids.push(tx.add_document(request, document, at.today())?);
                    }
                    Ok(ids)
                })?
            };
            let files = waiting
                .into_iter()
                .map(|(name, bytes, wrong)| {
                    let token = format!("waiting-{}", open.next_token());
                    open.waiting.insert(token.clone(), Waiting { name: name.clone(), bytes });
                    WaitingFile { token, name: name.into(), wrong }
                })
                .collect();
            Ok((ids, files))
        })?;
        for (id, (_, _, notices)) in ids.iter().zip(&documents) {
            marks::keep_notices(self, *id, notices.clone())?;
        }
        Ok(Added { request: self.request_view(request, at)?, added: ids.len() as u32, refused, waiting })
    }

    /// The documents of a request, with what their lists show.
    pub(crate) fn document_rows(&self, request: Id) -> Result<Vec<DocumentRow>, Fault> {
        let (documents, all_marks) = self.with(|open| {
            let read = open.read();
            Ok((
                read.documents(request).map_err(faults::store)?,
                read.marks_of(request).map_err(faults::store)?,
            ))
        })?;
        let mut first_with: BTreeMap<&str, u32> = BTreeMap::new();
        let mut rows = Vec::new();
        for document in &documents {
            let duplicate_of = first_with.get(document.sha256.as_str()).copied();
            first_with.entry(&document.sha256).or_insert(document.position);
            let mine: Vec<_> = all_marks.iter().filter(|m| m.document == document.id).cloned().collect();
            let aside = marks::read_aside(self, document.id)?;
            let mut marked_pages: Vec<u32> =
                marks::places(self, document.id, &mine)?.iter().flatten().map(|p| p.page).collect();
            marked_pages.sort_unstable();
            marked_pages.dedup();
            rows.push(DocumentRow {
                document: document.clone(),
                marks: mine.len() as u32,
                unfinished: mine.iter().filter(|m| !marks::gaps(m).is_empty()).count() as u32,
                marked_pages,
                duplicate_of,
                notices: aside.notices,
            });
        }
        Ok(rows)
    }

    pub(crate) fn change_document(
        &self,
        input: &ChangeDocument,
        at: &dyn Surroundings,
    ) -> Result<RequestView, Fault> {
        if input.title.is_blank() {
            return Err(Fault::refused(
                "A document needs a title.",
                "Give it one the resident will understand.",
            )
            .in_field("title"));
        }
        let request = self.with(|open| {
            let before = open.read().document(input.document).map_err(faults::store)?;
            let after = changed(&before, input)?;
            if before == after {
                return Ok(before.request);
            }
            let request = before.request;
            open.act("change_document", Some(request), at, |tx| Ok(set_document(tx, &before, &after)?))?;
            open.undo.note(request, Change::Document { before, after });
            Ok(request)
        })?;
        self.request_view(request, at)
    }

    pub(crate) fn remove_document(&self, id: Id, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        let request = self.with(|open| {
            let request = requests::request_of(open, id)?.id;
            open.act("remove_document", Some(request), at, |tx| Ok(tx.remove_document(id).map(drop)?))?;
            open.undo.forget(request);
            Ok(request)
        })?;
        self.shelf.forget(id);
        self.request_view(request, at)
    }
}

fn changed(before: &Document, input: &ChangeDocument) -> Result<Document, Fault> {
    let mut after = before.clone();
    after.title = Personal::new(input.title.as_str().trim().to_owned());
    after.dated = input.dated;
    after.position = input.position.max(1);
    after.disclosure = input.disclosure;
    after.withheld_code = match input.disclosure {
        Disclosure::Withheld => input.withheld_code.clone(),
        Disclosure::Disclosed => None,
    };
    let known = |code: &str| gb_law::catalogue().get(code).is_some_and(gb_law::Code::selectable);
    if let Some(code) = after.withheld_code.as_deref().filter(|code| !known(code)) {
        return Err(Fault::refused(
            format!("“{code}” is not a ground for withholding."),
            "Choose one from the list.",
        )
        .in_field("withheld_code"));
    }
    Ok(after)
}

fn refused(name: String, fault: Fault) -> Taken {
    Taken::Refused(RefusedFile { name: name.into(), fault })
}

fn told(refusal: &Refusal) -> Fault {
    Fault::new(&refusal.what, &refusal.safe, &refusal.next).with_code(FaultCode::Unreadable)
}
