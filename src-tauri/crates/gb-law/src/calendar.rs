//! Working days: the bank holidays of a nation, computed from the rules and overlaid by what was proclaimed
//! or what the DPO added.
//!
//! Source of the rules: Banking and Financial Dealings Act 1971 s.1 and Sch 1, with settled proclamation
//! practice for the rest. Easter by the Meeus/Jones/Butcher method, in whole numbers.

use crate::words::day_and_month;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use gb_model::Nation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use toml::value::Datetime;
use ts_rs::TS;

/// Whether a change to the table adds a day or takes one away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The day is a holiday.
    Add,
    /// The day is not a holiday after all.
    Remove,
}

/// A day added to or taken from the computed table, with the reason (`BH-1`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayChange {
    /// The day.
    pub date: NaiveDate,
    /// Added or taken away.
    pub change: Change,
    /// Why; printed where a deadline turns on it.
    pub note: String,
}

/// Where a holiday in the table comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HolidayOrigin {
    /// In the official list when this program was made.
    Published,
    /// Computed from the usual rules; not yet proclaimed.
    Computed,
    /// Added by the DPO.
    Added,
}

/// One bank holiday on a weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// Its name, such as `Boxing Day (substitute day)`.
    pub name: String,
    /// Where it comes from.
    pub origin: HolidayOrigin,
}

/// The working days of one nation.
#[derive(Clone, Debug)]
pub struct Calendar {
    nation: Nation,
    overlay: Vec<DayChange>,
}

impl Calendar {
    /// The shipped table of a nation with the DPO's own changes on top; later changes win (`BH-1`).
    pub fn new(nation: Nation, overlay: Vec<DayChange>) -> Self {
        Self { nation, overlay }
    }

    /// The shipped table of a nation, unchanged (1971 Act Sch 1 and proclamations).
    pub fn shipped(nation: Nation) -> Self {
        Self::new(nation, Vec::new())
    }

    /// Whose calendar it is (`BH-2`: the controller's nation).
    pub fn nation(&self) -> Nation {
        self.nation
    }

    /// The bank holidays of a year that fall on weekdays, in order.
    pub fn holidays(&self, year: i32) -> Vec<Holiday> {
        let table = &*TABLE;
        let usual =
            if year > table.last_published_year { HolidayOrigin::Computed } else { HolidayOrigin::Published };
        let mut days: BTreeMap<NaiveDate, Holiday> = computed(self.nation, year)
            .into_iter()
            .map(|(date, name)| (date, Holiday { date, name, origin: usual }))
            .collect();
        for day in table.days.iter().filter(|d| d.nations.contains(&self.nation)) {
            overlay(&mut days, &day.as_change, year, HolidayOrigin::Published);
        }
        for change in &self.overlay {
            overlay(&mut days, change, year, HolidayOrigin::Added);
        }
        days.into_values().filter(|h| !weekend(h.date)).collect()
    }

    /// The name of the bank holiday on a day, if it is one.
    pub fn holiday(&self, date: NaiveDate) -> Option<String> {
        self.holidays(date.year()).into_iter().find(|h| h.date == date).map(|h| h.name)
    }

    /// Whether a day is neither Saturday, Sunday nor a bank holiday (Reg 1182/71 Art 3(4)).
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !weekend(date) && self.holiday(date).is_none()
    }

    /// The day itself, or the next working day if it is not one (Reg 1182/71 Art 3(4)).
    pub fn roll_forward(&self, date: NaiveDate) -> NaiveDate {
        let mut day = date;
        while !self.is_working_day(day) {
            let Some(next) = day.succ_opt() else { return day };
            day = next;
        }
        day
    }

    /// The `n`th working day before a day; how `post by` dates are counted (`SAR-41`).
    pub fn back_working_days(&self, date: NaiveDate, n: u32) -> NaiveDate {
        self.step(date, n, NaiveDate::pred_opt)
    }

    /// The `n`th working day after a day; working targets are counted this way.
    pub fn forward_working_days(&self, date: NaiveDate, n: u32) -> NaiveDate {
        self.step(date, n, NaiveDate::succ_opt)
    }

    /// The last year whose days are in the official list; later ones are computed (`BH-1`).
    pub fn last_published_year(&self) -> i32 {
        TABLE.last_published_year
    }

    /// The last year the table is offered for (`BH-1`).
    pub fn last_year(&self) -> i32 {
        TABLE.last_year
    }

    /// Why a deadline moves from `from` to its rolled day: `Friday 25 December is a bank holiday (Christmas
    /// Day)`, a phrase a run of days. Empty when it does not move.
    pub(crate) fn reasons_to_roll(&self, from: NaiveDate) -> Vec<String> {
        let end = self.roll_forward(from);
        let mut reasons = Vec::new();
        let mut day = from;
        while day < end {
            let next = day.succ_opt().unwrap_or(end);
            match self.holiday(day) {
                Some(name) => reasons.push(format!("{} is a bank holiday ({name})", day_and_month(day))),
                None if day.weekday() == Weekday::Sat && next < end && weekend(next) => {
                    reasons.push(format!("{} and {} are a weekend", day_and_month(day), day_and_month(next)));
                    day = next.succ_opt().unwrap_or(end);
                    continue;
                }
                None => reasons.push(format!("{} is at the weekend", day_and_month(day))),
            }
            day = next;
        }
        reasons
    }

    fn step(&self, date: NaiveDate, n: u32, to: fn(&NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
        let mut day = date;
        let mut left = n;
        while left > 0 {
            let Some(next) = to(&day) else { return day };
            day = next;
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }
}

/// Easter Sunday of a year (Meeus/Jones/Butcher).
pub fn easter_sunday(year: i32) -> NaiveDate {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let g = (b - (b + 8).div_euclid(25) + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, (n / 31) as u32, (n % 31 + 1) as u32)
}

/// A date written in TOML, as a calendar date.
pub(crate) fn naive(written: Datetime) -> Option<NaiveDate> {
    let date = written.date?;
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

fn overlay(days: &mut BTreeMap<NaiveDate, Holiday>, change: &DayChange, year: i32, origin: HolidayOrigin) {
    if change.date.year() != year {
        return;
    }
    match change.change {
        Change::Add => {
            days.insert(change.date, Holiday { date: change.date, name: change.note.clone(), origin });
        }
        Change::Remove => {
            days.remove(&change.date);
        }
    }
}

/// The holidays the rules give, some of them in the following January when a group rolls over (it never does:
/// 26 December plus two days stays in December).
fn computed(nation: Nation, year: i32) -> Vec<(NaiveDate, String)> {
    use Nation::{EW, NI, SCT};
    let easter = easter_sunday(year);
    let new_year: &[(u32, &str)] =
        if nation == SCT { &[(1, "New Year’s Day"), (2, "2 January")] } else { &[(1, "New Year’s Day")] };
    let mut days = group(year, 1, new_year);
    let mut put = |on: &[Nation], date: NaiveDate, name: &str| {
        if on.contains(&nation) {
            days.push((date, name.to_owned()));
        }
    };
    put(&[EW, SCT, NI], easter - Days::new(2), "Good Friday");
    put(&[EW, NI], easter + Days::new(1), "Easter Monday");
    put(&[EW, SCT, NI], first_monday(year, 5), "Early May bank holiday");
    put(&[EW, SCT, NI], last_monday(year, 5), "Spring bank holiday");
    put(&[SCT], first_monday(year, 8), "Summer bank holiday");
    put(&[EW, NI], last_monday(year, 8), "Summer bank holiday");
    if nation == NI {
        days.extend(group(year, 3, &[(17, "St Patrick’s Day")]));
        days.extend(group(year, 7, &[(12, "Battle of the Boyne")]));
    }
    if nation == SCT {
        days.extend(group(year, 11, &[(30, "St Andrew’s Day")]));
    }
    days.extend(group(year, 12, &[(25, "Christmas Day"), (26, "Boxing Day")]));
    days
}

/// An adjacent group of fixed days: those on weekdays stay; each at the weekend, in order, takes the next
/// weekday after it that no other of the group has.
fn group(year: i32, month: u32, members: &[(u32, &str)]) -> Vec<(NaiveDate, String)> {
    let (stay, moved): (Vec<_>, Vec<_>) =
        members.iter().map(|(d, name)| (day(year, month, *d), *name)).partition(|(d, _)| !weekend(*d));
    let mut days: Vec<_> = stay.into_iter().map(|(d, name)| (d, name.to_owned())).collect();
    for (from, name) in moved {
        let mut to = from + Days::new(1);
        while weekend(to) || days.iter().any(|(taken, _)| *taken == to) {
            to = to + Days::new(1);
        }
        days.push((to, format!("{name}, substitute day")));
    }
    days
}

fn weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn first_monday(year: i32, month: u32) -> NaiveDate {
    let first = day(year, month, 1);
    first + Days::new(u64::from((7 - first.weekday().num_days_from_monday()) % 7))
}

fn last_monday(year: i32, month: u32) -> NaiveDate {
    // May and August, the only months asked for, have 31 days.
    let last = day(year, month, 31);
    last - Days::new(u64::from(last.weekday().num_days_from_monday()))
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX)
}

struct Table {
    last_published_year: i32,
    last_year: i32,
    days: Vec<OneOff>,
}

struct OneOff {
    nations: Vec<Nation>,
    as_change: DayChange,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTable {
    #[expect(dead_code, reason = "a note for whoever reads the file")]
    note: String,
    last_published_year: i32,
    last_year: i32,
    day: Vec<WrittenDay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDay {
    date: Datetime,
    change: Change,
    nations: Vec<Nation>,
    name: String,
    #[expect(dead_code, reason = "a citation for whoever reads the file")]
    source: String,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: WrittenTable = toml::from_str(include_str!("../../../../assets/law/bank-holidays.toml"))
        .expect("bank-holidays.toml is built in, and a test reads it");
    let days = written.day.into_iter().filter_map(|d| {
        let as_change = DayChange { date: naive(d.date)?, change: d.change, note: d.name };
        Some(OneOff { nations: d.nations, as_change })
    });
    Table {
        last_published_year: written.last_published_year,
        last_year: written.last_year,
        days: days.collect(),
    }
});
