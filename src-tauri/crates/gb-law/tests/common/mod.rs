//! A request's clock facts, made up in a line.
#![allow(dead_code, reason = "each test file uses its part")]

use chrono::NaiveDate;
use gb_law::{Calendar, Clock, ClockFacts, Refusal, clock, validate_events};
use gb_model::{Clarification, ClockEvents, Evidence, Extension, Nation, Right};

pub fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[derive(Clone)]
pub struct Case {
    pub nation: Nation,
    pub right: Right,
    pub received: NaiveDate,
    pub events: ClockEvents,
}

impl Case {
    pub fn new(nation: &str, received: &str) -> Self {
        let nation = Nation::from_code(nation).unwrap();
        Self { nation, right: Right::Access, received: d(received), events: ClockEvents::default() }
    }

    pub fn asked(mut self, asked: &str, answered: Option<&str>) -> Self {
        self.events.clarifications.push(Clarification {
            asked: d(asked),
            why: "a great deal is held".into(),
            what: "which years".into(),
            answered: answered.map(d),
        });
        self
    }

    pub fn extended(mut self, notified: &str) -> Self {
        self.events.extension = Some(Extension { notified: d(notified), reasons: "several requests".into() });
        self
    }

    pub fn identity(&mut self, received: Option<&str>) {
        self.events.identity = received.map(|day| self.evidence(day));
    }

    pub fn authority(&mut self, received: Option<&str>) {
        self.events.authority = received.map(|day| self.evidence(day));
    }

    pub fn fee(&mut self, received: Option<&str>) {
        self.events.fee = received.map(|day| self.evidence(day));
    }

    pub fn identity_asked(&mut self, asked: &str, received: Option<&str>) {
        let (why, what) = ("another name".into(), "a bill".into());
        self.events.identity = Some(Evidence { asked: d(asked), why, what, received: received.map(d) });
    }

    pub fn facts(&self, today: Option<&str>) -> ClockFacts<'_> {
        let Self { nation, right, received, events } = self;
        ClockFacts { nation: *nation, right: *right, received: *received, events, today: today.map(d) }
    }

    pub fn clock(&self, today: Option<&str>) -> Clock {
        clock(&self.facts(today), &Calendar::shipped(self.nation))
    }

    pub fn refusals(&self, today: Option<&str>) -> Vec<Refusal> {
        validate_events(&self.facts(today), &Calendar::shipped(self.nation))
    }

    fn evidence(&self, received: &str) -> Evidence {
        let (why, what) = ("doubts".into(), "a bill".into());
        Evidence { asked: self.received, why, what, received: Some(d(received)) }
    }
}
