//! The days of a column: one order of day and month for the whole column, and numbers that stand for days.
//!
//! ```text
//! texts      the order that the table reads the column in, chosen or not; in columns that it does not take for dates, the order that
//!            most of them allow alone, the day first without any such date
//! numbers    20240131, days of a spreadsheet (1899-12-30 is 0), seconds or thousandths since 1970-01-01: what most numbers can be, where
//!            small numbers are no seconds
//! ```

use serde::{Deserialize, Serialize};

use crate::numeric::pulse;
use crate::table::{Cells, Column, ColumnKind, Date, DateForm, DateParts, Tally, is_missing_mark};

/// How the days of a column were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateReading {
    /// The order of its numbers; absent where no date needs one.
    pub order: Option<DateForm>,
    /// Whether no date of the column settles that order.
    pub is_assumed: bool,
    /// Rows whose numbers stand in another order than most.
    pub other_orders: usize,
    /// Different time zones behind the dates. A day is the one that is written.
    pub zones: usize,
    /// Rows with a day that programs write for "none", more than a year away from all others; they have no date.
    pub placeholders: usize,
}

/// The days of a column.
pub(super) struct Dates {
    /// One per row; `None` where there is none.
    pub(super) days: Vec<Option<Date>>,
    pub(super) reading: DateReading,
}

/// Days that programs write where there is none.
const PLACEHOLDERS: [(u32, u32, u32); 8] = [
    (1, 1, 1),
    (1899, 12, 30),
    (1899, 12, 31),
    (1900, 1, 1),
    (1970, 1, 1),
    (2099, 12, 31),
    (2999, 12, 31),
    (9999, 12, 31),
];
/// A placeholder is farther than this number of days from all other dates.
const FAR: i32 = 366;
/// Work steps per date.
const STEPS: usize = 32;
/// More time zones are not told apart.
const MOST_ZONES: usize = 64;

impl Dates {
    pub(super) fn of(column: &Column) -> Self {
        pulse(STEPS * column.n_rows());
        let mut dates = match &column.cells {
            Cells::Numbers(_) => Self::of_numbers(&column.numbers),
            Cells::Texts(texts) => Self::of_texts(texts.iter(), column.date_notes.chosen),
        };
        // Other forms: numbers with signs of thousands or of a currency are no dates, but `45321` among empty cells is.
        if dates.days.iter().all(Option::is_none) && !column.numbers.is_empty() {
            dates = Self::of_numbers(&column.numbers);
        }
        dates.leave_out_placeholders();
        dates
    }

    fn of_texts<'a>(
        texts: impl ExactSizeIterator<Item = &'a str>,
        chosen: Option<DateForm>,
    ) -> Self {
        let written: Vec<Option<DateParts>> = texts.map(DateParts::of).collect();
        let mut zones: Vec<u64> = Vec::new();
        let mut tally = Tally::default();
        for parts in written.iter().flatten() {
            if parts.zone != 0 && zones.len() < MOST_ZONES && !zones.contains(&parts.zone) {
                zones.push(parts.zone);
            }
            tally.count(parts);
        }
        let form = tally.year_last_form(chosen);
        let days = written.iter();
        let days = days.map(|parts| parts.and_then(|parts| parts.date(form)));
        Self {
            days: days.collect(),
            reading: DateReading {
                order: tally.form_of_numbers(chosen),
                is_assumed: chosen.is_none() && !tally.is_settled(form),
                other_orders: tally.n_swapped(),
                zones: zones.len(),
                placeholders: 0,
            },
        }
    }

    fn of_numbers(numbers: &[f64]) -> Self {
        let mut counts = [0_usize; NumberForm::ALL.len()];
        for &x in numbers {
            for (count, form) in counts.iter_mut().zip(NumberForm::ALL) {
                *count += usize::from(form.is_likely(x));
            }
        }
        let mut best = 0;
        for (at, count) in counts.iter().enumerate() {
            if *count > counts[best] {
                best = at;
            }
        }
        let form = NumberForm::ALL[best];
        Self {
            days: numbers.iter().map(|&x| form.day(x)).collect(),
            reading: DateReading::default(),
        }
    }

    fn leave_out_placeholders(&mut self) {
        let marks: Vec<Date> = PLACEHOLDERS
            .iter()
            .filter_map(|&(year, month, day)| Date::of(year, month, day))
            .collect();
        // The nearest other day of each.
        let mut nearest = vec![i32::MAX; marks.len()];
        for day in self.days.iter().flatten() {
            if !marks.contains(day) {
                for (near, mark) in nearest.iter_mut().zip(&marks) {
                    *near = (*near).min(day.since(*mark).abs());
                }
            }
        }
        let is_left_out = |day: Date| {
            let at = marks.iter().position(|mark| *mark == day);
            at.is_some_and(|at| nearest[at] > FAR && nearest[at] < i32::MAX)
        };
        for day in &mut self.days {
            if day.is_some_and(is_left_out) {
                *day = None;
                self.reading.placeholders += 1;
            }
        }
    }
}

/// What numbers can say of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberForm {
    /// 20240131.
    Compact,
    /// Days of a spreadsheet.
    Serial,
    /// Seconds since 1970-01-01.
    Seconds,
    /// Thousandths of a second since then.
    Thousandths,
}

impl NumberForm {
    const ALL: [Self; 4] = [
        Self::Compact,
        Self::Serial,
        Self::Seconds,
        Self::Thousandths,
    ];

    /// Whether a number is a day of this form and of no other: without it a single 0 would make seconds of 20240131.
    fn is_likely(self, x: f64) -> bool {
        /// Spring of 1973 in seconds.
        const LEAST: f64 = 1e8;
        let is_large = match self {
            Self::Compact | Self::Serial => true,
            Self::Seconds => x >= LEAST,
            Self::Thousandths => x >= 1000.0 * LEAST,
        };
        is_large && self.day(x).is_some()
    }

    pub(super) fn day(self, x: f64) -> Option<Date> {
        /// Day 0 of a spreadsheet, 1899-12-30.
        const SERIAL_START: f64 = -25_569.0;
        /// Seconds of a day.
        const DAY: f64 = 86_400.0;
        match self {
            Self::Compact if x.fract() == 0.0 && (1e7..1e8).contains(&x) => {
                let x = x as u32;
                Date::of(x / 10_000, x / 100 % 100, x % 100)
            }
            Self::Serial if (1.0..3e6).contains(&x) => Some(Date::of_days(x + SERIAL_START)),
            Self::Seconds if x.abs() < 1e11 => Some(Date::of_days(x / DAY)),
            Self::Thousandths if x.abs() < 1e14 => Some(Date::of_days(x / DAY / 1000.0)),
            _ => None,
        }
    }
}

/// The least share of the rows with a value that are dates.
const DATE_SHARE: f64 = 0.8;
/// Texts looked at to see whether a column holds dates.
const LOOKED_AT: usize = 2_000;

/// Whether a column holds days; of numbers its name must say so, too.
pub(super) fn holds_days(column: &Column, is_named_so: bool) -> bool {
    /// 1982 to 2064 as days of a spreadsheet, 2001 to 2064 in seconds.
    const RECENT: [f64; 2] = [30_000.0, 60_000.0];
    const SECONDS: [f64; 2] = [978_307_200.0, 2_966_400_000.0];
    if column.kind == ColumnKind::Date {
        return true;
    }
    let share = |of: &mut dyn Iterator<Item = bool>| {
        let (mut n, mut held) = (0_usize, 0_usize);
        for is_held in of {
            n += 1;
            held += usize::from(is_held);
        }
        n > 0 && held as f64 >= DATE_SHARE * n as f64
    };
    if column.numbers.is_empty() {
        let every = (column.n_rows() / LOOKED_AT).max(1);
        let rows = (0..column.n_rows()).step_by(every);
        let cells = rows.map(|row| column.cell(row));
        let mut cells = cells.filter(|cell| !is_missing_mark(cell));
        return share(&mut cells.by_ref().map(|cell| DateParts::of(&cell).is_some()));
    }
    let numbers = || column.numbers.iter().copied().filter(|x| !x.is_nan());
    let is_in = |[least, most]: [f64; 2], x: f64| (least..most).contains(&x);
    let is_compact = |x: f64| {
        let day = NumberForm::Compact.day(x);
        day.is_some() && is_in([19_000_101.0, 21_000_101.0], x)
    };
    let is_time = |x: f64| is_in(RECENT, x) || is_in(SECONDS, x) || is_in(SECONDS, x / 1000.0);
    is_named_so && (share(&mut numbers().map(is_compact)) || share(&mut numbers().map(is_time)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::table::{ReadOptions, read_csv, read_table};

    fn dates(cells: &[&str]) -> Dates {
        let rows = cells.iter().enumerate();
        let rows: Vec<String> = rows.map(|(i, cell)| format!("x{i},\"{cell}\"\n")).collect();
        let table = read_csv(format!("who,date\n{}", rows.concat()).as_bytes()).unwrap();
        Dates::of(&table.columns[1])
    }

    fn days(cells: &[&str]) -> Vec<String> {
        let days = dates(cells).days.into_iter();
        days.map(|day| day.map_or_else(String::new, |day| day.to_string()))
            .collect()
    }

    #[test]
    fn the_whole_column_says_which_number_is_the_month() {
        assert_eq!(
            days(&["01/02/2024", "13/02/2024"]),
            ["2024-02-01", "2024-02-13"]
        );
        assert_eq!(
            days(&["01/02/2024", "02/13/2024"]),
            ["2024-01-02", "2024-02-13"]
        );
        assert_eq!(days(&["01.02.2024", "x"]), ["2024-02-01", ""]);
        let open = dates(&["01/02/2024", "03/04/2024"]).reading;
        assert_eq!(
            (open.order, open.is_assumed),
            (Some(DateForm::DayFirst), true)
        );
        // What was chosen for the column holds.
        let text = "who,date\na,01/02/2024\nb,03/04/2024\n";
        let mut options = ReadOptions::default();
        let form = DateForm::MonthFirst;
        options.date_forms.insert("date".into(), form);
        let table = read_table(&mut text.as_bytes(), &options, &mut |_| ()).unwrap();
        let chosen = Dates::of(&table.columns[1]);
        assert_eq!(chosen.days[1].unwrap().to_string(), "2024-03-04");
        assert!(!chosen.reading.is_assumed);
        // Also of the few dates that need an order, where most have the year in front.
        let text = "who,date\na,2024-05-17\nb,2024-05-18\nc,2024-05-19\nd,01/02/2024\n";
        let table = read_table(&mut text.as_bytes(), &options, &mut |_| ()).unwrap();
        let chosen = Dates::of(&table.columns[1]);
        assert_eq!(chosen.days[3].unwrap().to_string(), "2024-01-02");
        // A day that no month has says which number is the day.
        assert_eq!(days(&["02/03/2024", "02/30/2024"]), ["2024-02-03", ""]);
        // The odd one out cannot be read in the order of the others.
        let mixed = ["13/02/2024", "14/02/2024", "02/15/2024"];
        assert_eq!(days(&mixed)[2], "");
        assert_eq!(dates(&mixed).reading.other_orders, 1);
    }

    #[test]
    fn numbers_stand_for_days_in_four_ways() {
        assert_eq!(
            days(&["19970101", "19980630"]),
            ["1997-01-01", "1998-06-30"]
        );
        assert_eq!(days(&["45322", "45323.75"]), ["2024-01-31", "2024-02-01"]);
        assert_eq!(
            days(&["1706659200", "1706745599"]),
            ["2024-01-31", "2024-01-31"]
        );
        assert_eq!(
            days(&["1706659200000", "1706745600000"]),
            ["2024-01-31", "2024-02-01"]
        );
    }

    #[test]
    fn one_number_that_is_no_date_changes_no_other() {
        for odd in ["0", "99999999", "20240230", "-1"] {
            let found = days(&["20240131", odd, "20240201"]);
            assert_eq!(found, ["2024-01-31", "", "2024-02-01"], "{odd}");
        }
        let found = days(&["45322", "0", "45323"]);
        assert_eq!(found, ["2024-01-31", "", "2024-02-01"]);
        let found = days(&["1706659200", "0", "1706832000"]);
        assert_eq!(found, ["2024-01-31", "", "2024-02-02"]);
    }

    #[test]
    fn a_day_that_stands_for_none_is_none_and_counted() {
        let found = dates(&["1970-01-01", "2024-01-31", "9999-12-31", ""]);
        assert_eq!(found.days.iter().flatten().count(), 1);
        assert_eq!(found.reading.placeholders, 2);
        assert_eq!(dates(&["1970-01-01", "1970-05-01"]).reading.placeholders, 0);
        assert_eq!(dates(&["1970-01-01", "1970-01-01"]).reading.placeholders, 0);
        let zones = ["2024-01-31T23:00:00+02:00", "2024-01-31T23:00:00Z"];
        assert_eq!(days(&zones), ["2024-01-31", "2024-01-31"]);
        assert_eq!(dates(&zones).reading.zones, 2);
        let same = [
            "2024-01-31T23:00:00+00:00",
            "2024-01-31 23:00 GMT",
            "2024-01-31T23:00Z",
        ];
        assert_eq!(dates(&same).reading.zones, 1);
    }
}
