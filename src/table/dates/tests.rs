//! Dates as files write them, and what is none.

use super::super::clock::is_time;
use super::*;
use crate::numeric::Rng;

/// A text, and its date; with the day first and with the month first where these differ, `-` where there is no such day.
const DATES: &[(&str, &str)] = &[
    ("2024-01-31", "2024-01-31"),
    ("2024/1/31", "2024-01-31"),
    ("20240131", "2024-01-31"),
    ("31/01/2024", "2024-01-31 -"),
    ("31.1.2024", "2024-01-31 -"),
    ("1/31/24", "- 2024-01-31"),
    ("31.01.24", "2024-01-31 -"),
    ("1/31/2024", "- 2024-01-31"),
    ("2024-01-31T12:30:00Z", "2024-01-31"),
    ("2024-01-31T12:30:00+02:00", "2024-01-31"),
    ("2024-01-31 12:30:00 -0500", "2024-01-31"),
    ("2024-01-31 12:30:00 UTC", "2024-01-31"),
    ("2024-01-31 12:30:00.123+02:00", "2024-01-31"),
    ("31/01/2024 8:26", "2024-01-31 -"),
    ("1/31/24 8:15 PM", "- 2024-01-31"),
    ("1/31/2024 8:15 PM", "- 2024-01-31"),
    ("1/31/24 8:15 p.m.", "- 2024-01-31"),
    ("31.1.2024, 12:30 Uhr", "2024-01-31 -"),
    ("31/01/2024 8h15", "2024-01-31 -"),
    ("31/01/2024 8h", "2024-01-31 -"),
    ("31/01/2024 12:30 h", "2024-01-31 -"),
    ("31/01/2024 12h30min", "2024-01-31 -"),
    ("1/31/24, 8:15\u{202f}PM", "- 2024-01-31"),
    ("1/31/2024 8:15:00 PM UTC", "- 2024-01-31"),
    ("31/1/2024 8:15 p. m.", "2024-01-31 -"),
    ("2024-01-31T12:30:00+02:00[Europe/Berlin]", "2024-01-31"),
    ("2024-01-31 12:30 Europe/Berlin", "2024-01-31"),
    ("2024-01-31 12:30:00 CET", "2024-01-31"),
    ("2024-01-31 12:30 Eastern Standard Time", "2024-01-31"),
    ("2024-01-31 12:30 GMT+2", "2024-01-31"),
    ("2024-01-31 24:00", "2024-01-31"),
    ("Jan 31 2024 12:30:00:123PM", "2024-01-31"),
    ("2024-01-31T", "2024-01-31"),
    ("2024-01-31,", "2024-01-31"),
    ("2024-01-31;12:30", "2024-01-31"),
    ("31JAN2024", "2024-01-31"),
    ("31-Jan-2024", "2024-01-31"),
    ("31-Jan-24", "2024-01-31"),
    ("Jan 31, 2024", "2024-01-31"),
    ("January 31st, 2024", "2024-01-31"),
    ("JANUARY 31ST, 2024", "2024-01-31"),
    ("31. Januar 2024", "2024-01-31"),
    ("31 janv. 2024", "2024-01-31"),
    ("31 de enero de 2024", "2024-01-31"),
    ("31 gennaio 2024", "2024-01-31"),
    ("31-gru-24", "2024-12-31"),
    ("Mi., 31 janv. 2024 08:15", "2024-01-31"),
    ("Wed, 31 Jan 2024 10:00:00 GMT", "2024-01-31"),
    ("Mittwoch, den 31. Januar 2024", "2024-01-31"),
    ("mar. 30 janv. 2024", "2024-01-30"),
    ("Wed 1/31/2024", "- 2024-01-31"),
    ("Mi., 31.01.2024", "2024-01-31 -"),
    ("2024-Jan-31", "2024-01-31"),
    ("2024 31 Jan", "2024-01-31"),
    ("Jan 2024 31", "2024-01-31"),
    ("31JAN2024:12:30:00", "2024-01-31"),
    ("31. 1. 2024", "2024-01-31 -"),
    ("31 / 01 / 2024", "2024-01-31 -"),
    ("31 01 2024", "2024-01-31 -"),
    ("2024 01 31", "2024-01-31"),
    ("31,01,2024", "2024-01-31 -"),
    ("31/1-2024", "2024-01-31 -"),
    ("31 de 01 de 2024", "2024-01-31 -"),
    ("31   -   Jan 2024", "2024-01-31"),
    ("'2024-01-31'", "2024-01-31"),
    ("\"31.01.2024\"", "2024-01-31 -"),
    ("2024-02-30", "-"),
    ("30/02/2024", "-"),
    ("9999-12-31", "9999-12-31"),
    ("31/12/9999", "9999-12-31 -"),
    ("31 Dec 9999", "9999-12-31"),
    ("0001-01-01", "0001-01-01"),
    ("01/02/0024", "0024-02-01 0024-01-02"),
    ("01/02/2024", "2024-02-01 2024-01-02"),
    ("3/3/2024", "2024-03-03"),
    ("31.12.69", "1969-12-31 -"),
    ("Rm 31 Jan 2024", "2024-01-31"),
    ("AB-12-May-24", "2024-05-12"),
    ("10000101", "1000-01-01"),
    ("99991231", "9999-12-31"),
    ("31/Jan/2024:12:30:00 +0200", "2024-01-31"),
    (
        "Wed Jan 31 2024 10:00:00 GMT+0100 (Central European Standard Time)",
        "2024-01-31",
    ),
    ("31\u{a0}janvier\u{a0}2024", "2024-01-31"),
    ("Sa 3.2.24", "2024-02-03 2024-03-02"),
    ("31JAN24", "2024-01-31"),
    ("24-01-31", "2031-01-24 -"),
    ("20240230", "-"),
];

const OTHERS: &[&str] = &[
    "2024-01-31 24:99",
    "2024-01-31 25:00",
    "2024-01-31 12:30 noon",
    "2024-01-31 12:30:00.abc",
    "2024-01-31 12:30:61",
    "2024-01-31 +02:00",
    "Wed Thu 31 Jan 2024",
    "1,2,12",
    "1 2 12",
    "-31 Jan 2024",
    "00/00/0000",
    "0000-00-00",
    "1/2/024",
    "12345-01-02",
    "2024-13-01",
    "2024-1-32",
    "32/01/2024",
    "31/31/2024",
    "1.2.3.4",
    "1.2.2024.4",
    "10.0.0.1",
    "1/2",
    "12",
    "1.5",
    "may",
    "May 2024",
    "31 Jan",
    "555-1234",
    "10-20-3000x",
    "2024-01-31-02",
    "Room 31 Jan 2024 b",
    "INV-12-05-2024",
    "Marketing 12 2024",
    "Newsletter 12 May 2024",
    "Jan 32, 2024",
    "12 May Street 24",
    "20241331",
    "",
    "2024-01-31 12:30 - 13:30",
    "01.02.2024-03.04.24",
    "2024-01-31 12:30:00 called back",
    "2024-01-31 12.30",
    "31 Jan 2024 8",
];

fn read(text: &str) -> String {
    let Some(parts) = DateParts::of(text) else {
        return String::new();
    };
    let date = |form| {
        let date = parts.date(form);
        date.map_or_else(|| "-".to_owned(), |date| date.to_string())
    };
    let [day_first, month_first] = [DateForm::DayFirst, DateForm::MonthFirst].map(date);
    if day_first == month_first {
        day_first
    } else {
        day_first + " " + &month_first
    }
}

#[test]
fn dates_are_read_as_people_and_programs_write_them() {
    for (text, wanted) in DATES {
        assert_eq!(read(text), *wanted, "{text}");
    }
    for text in OTHERS {
        assert_eq!(read(text), "", "{text}");
    }
}

#[test]
fn the_form_is_known_where_a_number_is_no_month() {
    let form = |text: &str| DateParts::of(text).and_then(|parts| parts.only_form());
    assert_eq!(form("31/01/2024"), Some(DateForm::DayFirst));
    assert_eq!(form("30/02/2024"), Some(DateForm::DayFirst));
    assert_eq!(form("01/31/2024"), Some(DateForm::MonthFirst));
    for text in ["02/02/2024", "2024-01-31", "31 Jan 2024", "20240131"] {
        assert_eq!(form(text), None, "{text}");
    }
}

#[test]
fn zones_are_told_apart_and_greenwich_has_one() {
    let zone = |text: &str| DateParts::of(&format!("2024-01-31 12:30{text}")).map(|it| it.zone);
    for text in ["", " PM", " Uhr", " a. m.", ":59.123", ":59 am"] {
        assert_eq!(zone(text), Some(0), "{text}");
    }
    for text in [
        "Z",
        " UTC",
        " gmt",
        "+00:00",
        "-0000",
        " UTC+0",
        " PM GMT",
        "+00:00[UTC]",
    ] {
        assert_eq!(zone(text), zone("Z"), "{text}");
    }
    let mut zones: Vec<_> = ["Z", "+02:00", " -0500", " CET", " Europe/Berlin", " GMT+2"]
        .map(zone)
        .to_vec();
    zones.sort_unstable();
    zones.dedup();
    assert_eq!(zones.len(), 6);
    assert!(zones.iter().all(|zone| zone.is_some_and(|zone| zone != 0)));
}

#[test]
fn times_of_day_are_told_from_numbers() {
    for text in ["00:15", "23:59:59.5", "8:15 PM", "24:00"] {
        assert!(is_time(text), "{text}");
    }
    for text in [
        "24h",
        "12:99",
        "1,5",
        "8",
        "12:30 noon",
        "10:20:30:40:50",
        ":30",
    ] {
        assert!(!is_time(text), "{text}");
    }
}

/// Days drawn from four centuries, written by hand in every form with every time of day.
#[test]
fn every_form_goes_with_every_time_of_day() {
    const MONTHS: [&str; 12] = [
        "Jan", "feb", "MAR", "avril", "Mai", "Juni", "lug", "agosto", "Sept", "okt", "lis", "Dez",
    ];
    const TIMES: [&str; 12] = [
        "",
        " 8:15",
        "T08:15:30Z",
        " 24:00",
        ", 8:15 p.m.",
        " 8:15:30.123 PM",
        ";08:15 Uhr",
        " 8h",
        " 8h15 CET",
        "T08:15:30,5+02:00",
        " 8:15 +0530",
        " 23:59:60 America/Port-au-Prince",
    ];
    let mut rng = Rng::new(7);
    for _ in 0..400 {
        let [y, m, d] = [1800 + rng.below(400), 1 + rng.below(12), 1 + rng.below(28)];
        let wanted = format!("{y}-{m:02}-{d:02}");
        let name = MONTHS[m - 1];
        let day_first = [
            format!("{d}/{m}/{y}"),
            format!("{d:02}.{m:02}.{y}"),
            format!("{d}. {m}. {y}"),
            format!("{d} {m} {y}"),
            format!("Fr., {d}-{m}-{y}"),
        ];
        let others = [
            wanted.clone(),
            format!("{y}/{m}/{d}"),
            format!("{d} {name} {y}"),
            format!("{d}{name}{y}"),
            format!("{name} {d}th, {y}"),
            format!("{d} de {name} de {y}"),
            format!("den {d}. {name} {y}"),
            format!("{y}-{name}-{d:02}"),
        ];
        for time in TIMES {
            for (form, date) in day_first
                .iter()
                .map(|date| (DateForm::DayFirst, date))
                .chain(others.iter().map(|date| (DateForm::YearFirst, date)))
            {
                let text = format!("{date}{time}");
                let found = DateParts::of(&text).and_then(|parts| parts.date(form));
                assert_eq!(
                    found.map(|date| date.to_string()),
                    Some(wanted.clone()),
                    "{text}"
                );
                for wrong in [" noon", " 8:75", " 25:00", "-1", "x"] {
                    let is_zone = wrong == "-1" && !time.is_empty() || time.contains('/');
                    let text = format!("{text}{wrong}");
                    assert!(is_zone || DateParts::of(&text).is_none(), "{text}");
                }
            }
        }
    }
}

#[test]
fn no_text_stops_the_reader() {
    const PARTS: [&str; 24] = [
        "1", "31", "2024", "0", "-", "/", ".", ",", " ", ":", "T", "h", "+", "[", "]", "(", "Jan",
        "é", "\u{a0}", "İ", "mar", "pm", "Z", "\u{202f}",
    ];
    let mut rng = Rng::new(11);
    for _ in 0..20_000 {
        let prefix = ["", "2024-01-31", "31 Jan 2024 8:15"][rng.below(3)];
        let n = rng.below(9);
        let text = (0..n).fold(prefix.to_owned(), |text, _| {
            text + PARTS[rng.below(PARTS.len())]
        });
        if let Some(parts) = DateParts::of(&text) {
            assert!((1..=9999).contains(&parts.year()), "{text}");
            let forms = [DateForm::DayFirst, DateForm::MonthFirst];
            let only = parts.only_form();
            for form in forms
                .into_iter()
                .filter(|form| only.is_some_and(|it| it != *form))
            {
                assert_eq!(parts.date(form), None, "{text}");
            }
        }
        let _ = is_time(&text);
    }
}
