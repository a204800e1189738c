use crate::{
    Read, StoreFault, Tx,
    columns::{from_json, json},
};
use chrono::NaiveDate;
use gb_model::{Id, Mark, NewMark, Personal};
use rusqlite::{Row, named_params};

impl Read<'_> {
    /// One mark.
    pub fn mark(&self, id: Id) -> Result<Mark, StoreFault> {
        let found = self.find("SELECT * FROM marks WHERE id = ?1", [id], mark)?;
        found.ok_or(StoreFault::NotFound { what: "mark", id })
    }

    /// The marks on a document, in the order they were made.
    pub fn marks_on(&self, document: Id) -> Result<Vec<Mark>, StoreFault> {
        self.list("SELECT * FROM marks WHERE document = ?1 ORDER BY id", [document], mark)
    }

    /// The marks on all documents of a request, in the documents' order.
    pub fn marks_of(&self, request: Id) -> Result<Vec<Mark>, StoreFault> {
        self.list(include_str!("marks_of_request.sql"), [request], mark)
    }
}

impl Tx<'_> {
    /// Makes a mark.
    pub fn add_mark(
        &mut self,
        document: Id,
        facts: &NewMark,
        decided_by: &Personal<String>,
        decided_on: NaiveDate,
    ) -> Result<Id, StoreFault> {
        self.document(document)?;
        let id = self.write_mark(None, document, facts, decided_by, decided_on)?;
        self.touched("mark", id, "added");
        Ok(id)
    }

    /// Changes a mark; whoever changes it has decided it.
    pub fn change_mark(
        &mut self,
        id: Id,
        facts: &NewMark,
        decided_by: &Personal<String>,
        decided_on: NaiveDate,
    ) -> Result<(), StoreFault> {
        let before = self.mark(id)?;
        self.write_mark(Some(id), before.document, facts, decided_by, decided_on)?;
        for (field, changed) in [
            ("shape", before.facts.shape != facts.shape),
            ("code", before.facts.code != facts.code),
            ("note", before.facts.note != facts.note),
            ("answers", before.facts.answers != facts.answers),
            ("review_on", before.facts.review_on != facts.review_on),
        ] {
            if changed {
                self.touched("mark", id, field);
            }
        }
        Ok(())
    }

    /// Takes a mark away and gives it back, so that it can be restored.
    pub fn remove_mark(&mut self, id: Id) -> Result<Mark, StoreFault> {
        let mark = self.mark(id)?;
        self.write_one("mark", id, "DELETE FROM marks WHERE id = ?1", [id])?;
        self.touched("mark", id, "removed");
        Ok(mark)
    }

    /// Puts a mark back under the number it had, or puts a changed one back as it was.
    pub fn restore_mark(&mut self, mark: &Mark) -> Result<(), StoreFault> {
        self.document(mark.document)?;
        self.write_mark(Some(mark.id), mark.document, &mark.facts, &mark.decided_by, mark.decided_on)?;
        self.touched("mark", mark.id, "restored");
        Ok(())
    }

    fn write_mark(
        &mut self,
        id: Option<Id>,
        document: Id,
        facts: &NewMark,
        decided_by: &Personal<String>,
        decided_on: NaiveDate,
    ) -> Result<Id, StoreFault> {
        self.write(
            include_str!("write_mark.sql"),
            named_params! {
                ":id": id, ":document": document, ":shape": json(&facts.shape)?, ":code": facts.code,
                ":note": facts.note.as_str(), ":answers": json(&facts.answers)?, ":review_on": facts.review_on,
                ":decided_by": decided_by.as_str(), ":decided_on": decided_on,
            },
        )?;
        Ok(id.unwrap_or_else(|| self.last_id()))
    }
}

fn mark(row: &Row<'_>) -> rusqlite::Result<Mark> {
    Ok(Mark {
        id: row.get("id")?,
        document: row.get("document")?,
        facts: NewMark {
            shape: from_json(row, "shape")?,
            code: row.get("code")?,
            note: Personal::new(row.get("note")?),
            answers: from_json(row, "answers")?,
            review_on: row.get("review_on")?,
        },
        decided_by: Personal::new(row.get("decided_by")?),
        decided_on: row.get("decided_on")?,
    })
}
