use crate::{
    ObjectId, Read, StoreFault, Tx,
    columns::{from_json, from_word, json, word},
};
use chrono::{Datelike, NaiveDate};
use gb_model::{ClockEvents, Id, NewRequest, Personal, Reference, Request, RequestState, Right, Subject};
use rusqlite::{Row, named_params, params};

/// A request as it stands in a list: enough to work out its clock, without what the person wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestSummary {
    /// Row key.
    pub id: Id,
    /// Reference printed on everything.
    pub reference: Reference,
    /// Which right.
    pub right: Right,
    /// Who it is about.
    pub name: Personal<String>,
    /// The company or member of the group it is addressed to.
    pub entity: String,
    /// The clock's day.
    pub received: NaiveDate,
    /// The day it was entered.
    pub logged: NaiveDate,
    /// What has moved its clock.
    pub clock: ClockEvents,
    /// Where it stands.
    pub state: RequestState,
    /// The day it was closed.
    pub closed: Option<NaiveDate>,
    /// How many documents it has.
    pub documents: u32,
    /// How many marks stand on them.
    pub marks: u32,
}

impl Read<'_> {
    /// One request.
    pub fn request(&self, id: Id) -> Result<Request, StoreFault> {
        let found = self.find("SELECT * FROM requests WHERE id = ?1", [id], request)?;
        found.ok_or(StoreFault::NotFound { what: "request", id })
    }

    /// The request with this reference, if there is one.
    pub fn request_by_reference(&self, reference: &Reference) -> Result<Option<Request>, StoreFault> {
        let question = "SELECT * FROM requests WHERE year = ?1 AND number = ?2";
        self.find(question, params![reference.year(), reference.number()], request)
    }

    /// Every request, newest first.
    pub fn requests(&self) -> Result<Vec<RequestSummary>, StoreFault> {
        self.list(include_str!("list_requests.sql"), [None::<String>], summary)
    }

    /// The requests whose reference, name, other names or words hold this text, newest first. Blank text finds all.
    pub fn find_requests(&self, text: &str) -> Result<Vec<RequestSummary>, StoreFault> {
        let pattern = match text.trim() {
            "" => None,
            sought => Some(format!("%{}%", escape_like(sought))),
        };
        self.list(include_str!("list_requests.sql"), [pattern], summary)
    }
}

impl Tx<'_> {
    /// Logs a request under the next number of its year. If the act names no request, it names this one from
    /// here on.
    pub fn add_request(&mut self, facts: &NewRequest, logged: NaiveDate) -> Result<Request, StoreFault> {
        let year = logged.year();
        self.write(include_str!("take_reference_number.sql"), [year])?;
        let question = "SELECT last FROM reference_numbers WHERE year = ?1";
        let number: u32 = self.find(question, [year], |row| row.get(0))?.ok_or(StoreFault::Abandoned)?;
        self.write(
            include_str!("add_request.sql"),
            named_params! {
                ":year": year, ":number": number, ":claim": word(&facts.right),
                ":name": facts.subject.name.as_str(), ":address": json(&facts.subject.address)?,
                ":email": facts.subject.email.as_str(), ":also_known_as": json(&facts.subject.also_known_as)?,
                ":channel": word(&facts.channel), ":taken_by": facts.taken_by.as_str(),
                ":received": facts.received, ":words": facts.words.as_str(), ":entity": facts.entity,
                ":logged": logged, ":clock": json(&ClockEvents::default())?, ":state": word(&RequestState::Open),
            },
        )?;
        let id = self.last_id();
        self.request.get_or_insert(id);
        self.touched("request", id, "added");
        self.request(id)
    }

    /// Corrects the facts of a request. The journal names the fields that changed.
    pub fn change_request(&mut self, id: Id, facts: &NewRequest) -> Result<(), StoreFault> {
        let before = self.request(id)?.facts;
        self.write_one(
            "request",
            id,
            include_str!("change_request.sql"),
            named_params! {
                ":id": id, ":claim": word(&facts.right),
                ":name": facts.subject.name.as_str(), ":address": json(&facts.subject.address)?,
                ":email": facts.subject.email.as_str(), ":also_known_as": json(&facts.subject.also_known_as)?,
                ":channel": word(&facts.channel), ":taken_by": facts.taken_by.as_str(),
                ":received": facts.received, ":words": facts.words.as_str(), ":entity": facts.entity,
            },
        )?;
        for (field, changed) in [
            ("right", before.right != facts.right),
            ("name", before.subject.name != facts.subject.name),
            ("address", before.subject.address != facts.subject.address),
            ("email", before.subject.email != facts.subject.email),
            ("also_known_as", before.subject.also_known_as != facts.subject.also_known_as),
            ("channel", before.channel != facts.channel),
            ("taken_by", before.taken_by != facts.taken_by),
            ("received", before.received != facts.received),
            ("words", before.words != facts.words),
            ("entity", before.entity != facts.entity),
        ] {
            if changed {
                self.touched("request", id, field);
            }
        }
        Ok(())
    }

    /// Sets what has moved the clock of a request.
    pub fn set_clock(&mut self, id: Id, clock: &ClockEvents) -> Result<(), StoreFault> {
        let statement = "UPDATE requests SET clock = ?2 WHERE id = ?1";
        self.write_one("request", id, statement, params![id, json(clock)?])?;
        self.touched("request", id, "clock");
        Ok(())
    }

    /// Takes a request away with its documents, marks, packs and bytes. Its rows in the journal stay, and its
    /// reference is not given again.
    pub fn remove_request(&mut self, id: Id) -> Result<(), StoreFault> {
        let objects = self.list(include_str!("objects_of_request.sql"), [id], |row| row.get(0))?;
        self.write("DELETE FROM packs WHERE request = ?1", [id])?;
        self.write("DELETE FROM documents WHERE request = ?1", [id])?;
        self.write_one("request", id, "DELETE FROM requests WHERE id = ?1", [id])?;
        self.loosened.extend(objects.into_iter().map(ObjectId::from_row));
        self.touched("request", id, "removed");
        Ok(())
    }

    /// Sets where a request stands, and the day it was closed.
    pub fn set_state(
        &mut self,
        id: Id,
        state: RequestState,
        closed: Option<NaiveDate>,
    ) -> Result<(), StoreFault> {
        let statement = "UPDATE requests SET state = ?2, closed = ?3 WHERE id = ?1";
        self.write_one("request", id, statement, params![id, word(&state), closed])?;
        let how = match state {
            RequestState::Open => "open",
            RequestState::Sealed => "sealed",
            RequestState::Closed => "closed",
        };
        self.touched("request", id, how);
        Ok(())
    }
}

fn request(row: &Row<'_>) -> rusqlite::Result<Request> {
    Ok(Request {
        id: row.get("id")?,
        reference: Reference::new(row.get("year")?, row.get("number")?),
        facts: NewRequest {
            right: from_word(row, "claim")?,
            subject: Subject {
                name: Personal::new(row.get("name")?),
                address: from_json(row, "address")?,
                email: Personal::new(row.get("email")?),
                also_known_as: from_json(row, "also_known_as")?,
            },
            channel: from_word(row, "channel")?,
            taken_by: Personal::new(row.get("taken_by")?),
            received: row.get("received")?,
            words: Personal::new(row.get("words")?),
            entity: row.get("entity")?,
        },
        logged: row.get("logged")?,
        clock: from_json(row, "clock")?,
        state: from_word(row, "state")?,
        closed: row.get("closed")?,
    })
}

fn summary(row: &Row<'_>) -> rusqlite::Result<RequestSummary> {
    Ok(RequestSummary {
        id: row.get("id")?,
        reference: Reference::new(row.get("year")?, row.get("number")?),
        right: from_word(row, "claim")?,
        name: Personal::new(row.get("name")?),
        entity: row.get("entity")?,
        received: row.get("received")?,
        logged: row.get("logged")?,
        clock: from_json(row, "clock")?,
        state: from_word(row, "state")?,
        closed: row.get("closed")?,
        documents: row.get("documents")?,
        marks: row.get("marks")?,
    })
}

// `%` and `_` are what the person typed, not wildcards.
fn escape_like(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c])).collect()
}
