//! What is remarkable about a column: the part that it plays, and how its cells are written.

use super::numbers::{count, line_number, plural};
use super::reading::unit_name;
use crate::table::{Content, Decimal, Likeness, Remark, UnitCount};

/// What is remarkable about the part that a column plays.
pub(super) fn remark_sentence(column: &str, about: &Remark) -> String {
    match about {
        Remark::DamagedIdentifiers { count, found, line } => format!(
            "“{column}” has lost digits in {}, first “{found}” on line {}: different customers may bear the same number. Export the file again with this column as text.",
            plural(*count, "row", "rows"),
            line_number(*line)
        ),
        Remark::MostlyEmpty { filled, kept, with } => format!(
            "“{column}” has a value in {}. Leaving this out keeps {}; using it keeps {}.",
            plural(*filled, "row", "rows"),
            plural(*kept, "customer", "customers"),
            line_number(*with as u64)
        ),
        Remark::OneCustomer { value } => format!(
            "“{column}” is “{value}” in every row: all rows are about one customer, who has no segments."
        ),
        Remark::Constant {
            value, empty: 0, ..
        } => format!("“{column}” has one value, “{value}”: it tells no customers apart."),
        Remark::Constant {
            value,
            filled,
            empty,
        } => format!(
            "“{column}” is “{value}” in {} and empty in {}. If empty means no, write a word for it into the empty cells to use the column.",
            plural(*filled, "row", "rows"),
            count(*empty)
        ),
        Remark::NearCopy { of, how } => near_copy(column, of, *how),
        Remark::MixedDecimals { .. }
        | Remark::MixedUnits { .. }
        | Remark::Converted { .. }
        | Remark::Times { .. }
        | Remark::MissingCodes { .. }
        | Remark::Lists { .. } => cells_sentence(column, about),
        Remark::NoQuantity { content } => {
            let what = match content {
                Content::Key => "numbers that name something",
                Content::Contact => "telephone numbers or postcodes",
                Content::Label => "segments or scores of an earlier analysis",
                Content::Calendar => "years, months or dates",
                Content::Code | Content::Given | Content::Quantity => "codes that stand for names",
            };
            format!("“{column}” holds {what}, no amounts, and is not used at first.")
        }
    }
}

/// What is remarkable about the cells of a column.
fn cells_sentence(column: &str, about: &Remark) -> String {
    match about {
        Remark::MixedDecimals {
            points,
            point_example,
            commas,
            comma_example,
            decimal,
            is_chosen,
        } => {
            let used = if *is_chosen {
                ""
            } else {
                " The column is not used until one is chosen."
            };
            let lost = match decimal {
                Decimal::Point => commas,
                Decimal::Comma => points,
            };
            format!(
                "“{column}” mixes two ways of writing numbers: {} like {point_example}, {} like {comma_example}. A spreadsheet of another country may have damaged them; {} as missing.{used}",
                line_number(*points as u64),
                line_number(*commas as u64),
                plural(*lost, "cell counts", "cells count")
            )
        }
        Remark::MixedUnits { kept, counts, bare } => mixed_units(column, kept, counts, *bare),
        Remark::Converted { unit, counts } => {
            let bare = counts.iter().find(|it| it.unit.is_empty());
            let bare = bare.map_or(String::new(), |_| match counts.len() {
                2 => format!(" Numbers without a unit are taken for {unit}."),
                _ => " Numbers without a unit count as missing.".to_owned(),
            });
            format!(
                "“{column}” is written with {}; all are read in {unit}.{bare}",
                counted(counts)
            )
        }
        Remark::Times {
            unit: Some(_),
            example,
            value,
        } => format!("“{column}” is read as durations: {example} is {value}."),
        Remark::Times { example, .. } => {
            format!("“{column}” is read as times of the day, such as {example}, not as durations.")
        }
        Remark::MissingCodes { codes, is_missing } => {
            if *is_missing {
                format!("“{column}” holds {}, counted as missing.", coded(codes))
            } else {
                format!(
                    "“{column}” holds {}, outside all other values: that may stand for “no answer” or “never”.",
                    coded(codes)
                )
            }
        }
        Remark::Lists {
            entries,
            cells,
            separator,
            example,
            columns,
        } => {
            let by = match separator.as_str() {
                "\n" => "line breaks".to_owned(),
                sign => format!("“{sign}”"),
            };
            let left = match entries - entries.min(columns) {
                0 => String::new(),
                left => format!(
                    "; {} left out",
                    plural(left, "rarer one is", "rarer ones are")
                ),
            };
            let made = match columns {
                0 => String::new(),
                1 => format!(" One is a column of yes and no{left}."),
                n => format!(
                    " {} of them are columns of yes and no{left}.",
                    line_number(*n as u64)
                ),
            };
            format!(
                "“{column}” holds lists joined by {by}: {} in {}, most often “{example}”.{made}",
                plural(*entries, "entry", "entries"),
                plural(*cells, "cell", "cells")
            )
        }
        Remark::DamagedIdentifiers { .. }
        | Remark::MostlyEmpty { .. }
        | Remark::Constant { .. }
        | Remark::OneCustomer { .. }
        | Remark::NearCopy { .. }
        | Remark::NoQuantity { .. } => remark_sentence(column, about),
    }
}

fn mixed_units(column: &str, kept: &str, counts: &[UnitCount], bare: usize) -> String {
    let are_kept = match kept {
        "" => "Those without a currency".to_owned(),
        unit => format!("Those in {unit}"),
    };
    let too = match bare {
        0 => String::new(),
        n => format!(" {} without a unit, too.", plural(n, "number", "numbers")),
    };
    format!(
        "“{column}” mixes {}. {are_kept} are kept, the others count as missing.{too}",
        counted(counts)
    )
}

/// Units with their cells: `40 in EUR, 12 in USD and 3 without a sign`.
fn counted(counts: &[UnitCount]) -> String {
    let each = |it: &UnitCount| {
        let count = line_number(it.count as u64);
        if it.unit.is_empty() {
            format!("{count} without a unit")
        } else {
            format!("{count} in {}", unit_name(&it.unit))
        }
    };
    listed_with_and(&counts.iter().map(each).collect::<Vec<_>>())
}

/// Values with their cells: `9999 in 12 rows and −1 in 3 rows`.
fn coded(codes: &[UnitCount]) -> String {
    let each = |it: &UnitCount| format!("{} in {}", it.unit, plural(it.count, "row", "rows"));
    listed_with_and(&codes.iter().map(each).collect::<Vec<_>>())
}

fn listed_with_and(words: &[String]) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        words => words.concat(),
    }
}

/// That a column follows from others, and how.
fn near_copy(column: &str, of: &[String], how: Likeness) -> String {
    let named: Vec<String> = of.iter().map(|name| format!("“{name}”")).collect();
    let (first, last) = match named.as_slice() {
        [rest @ .., last] => (rest.join(", "), last.as_str()),
        [] => (String::new(), ""),
    };
    let follows = match how {
        Likeness::Equal => format!("has the values of {last}"),
        Likeness::Linear => format!("rises or falls with {last} in a straight line"),
        Likeness::Sum => format!("is the sum of {first} and {last}"),
        Likeness::Difference => format!("is {first} less {last}"),
        Likeness::Product => format!("is {first} times {last}"),
        Likeness::Ratio => format!("is {first} divided by {last}"),
        Likeness::Share => format!("is the share of {first} in {first} and {last} together"),
    };
    format!("“{column}” {follows}, at least nearly: using both would count the same thing twice.")
}

#[cfg(test)]
mod tests {
    use super::super::warning_sentence;
    use super::*;
    use crate::table::Warning;

    #[test]
    fn remarks_name_their_columns_and_numbers() {
        let said = |about| {
            let column = "Total".to_owned();
            warning_sentence(&Warning::Remark { column, about })
        };
        let of = vec!["Months".to_owned(), "Price".to_owned()];
        let how = Likeness::Product;
        assert_eq!(
            said(Remark::NearCopy { of, how }),
            "“Total” is “Months” times “Price”, at least nearly: using both would count the same thing twice."
        );
        let about = Remark::MostlyEmpty {
            filled: 10,
            kept: 1_200,
            with: 9,
        };
        assert_eq!(
            said(about),
            "“Total” has a value in 10 rows. Leaving this out keeps 1,200 customers; using it keeps 9."
        );
        let repeated = Warning::RepeatedIdentifiers {
            column: "Id".into(),
            count: 816,
            different: 88,
        };
        assert!(
            warning_sentence(&repeated).starts_with("“Id” has 88 different values in 904 rows")
        );
    }

    #[test]
    fn numbers_without_a_unit_among_units_are_told() {
        let count = |unit: &str, count| UnitCount {
            unit: unit.into(),
            count,
        };
        let of_units = |kept: &str, bare| {
            let about = Remark::MixedUnits {
                kept: kept.into(),
                counts: vec![count("cm", 60), count("kg", 1)],
                bare,
            };
            remark_sentence("Revenue", &about)
        };
        assert!(of_units("cm", 1).ends_with("count as missing. 1 number without a unit, too."));
        assert!(of_units("", 0).contains("Those without a currency are kept"));
    }

    #[test]
    fn what_is_said_of_cells_has_their_numbers() {
        let said = |about| {
            let column = "Revenue".to_owned();
            warning_sentence(&Warning::Remark { column, about })
        };
        let count = |unit: &str, count| UnitCount {
            unit: unit.into(),
            count,
        };
        let counts = vec![count("EUR", 1_200), count("USD", 30), count("", 3)];
        let kept = "EUR".to_owned();
        assert_eq!(
            said(Remark::MixedUnits {
                kept,
                counts,
                bare: 0
            }),
            "“Revenue” mixes 1,200 in EUR, 30 in USD and 3 without a unit. Those in EUR are kept, the others count as missing."
        );
        let converted = |counts| {
            said(Remark::Converted {
                unit: "cm".into(),
                counts,
            })
        };
        assert_eq!(
            converted(vec![count("cm", 30), count("m", 10)]),
            "“Revenue” is written with 30 in cm and 10 in m; all are read in cm."
        );
        assert!(converted(vec![count("cm", 30), count("", 1)]).ends_with("are taken for cm."));
        let forms = |is_chosen| {
            said(Remark::MixedDecimals {
                points: 30,
                point_example: "627.5".into(),
                commas: 1_200,
                comma_example: "3.349.666.667".into(),
                decimal: Decimal::Comma,
                is_chosen,
            })
        };
        assert!(forms(true).ends_with("may have damaged them; 30 cells count as missing."));
        assert!(forms(false).ends_with("The column is not used until one is chosen."));
        assert!(forms(false).contains("30 like 627.5, 1,200 like 3.349.666.667"));
        let times = |unit: Option<&str>| {
            said(Remark::Times {
                unit: unit.map(str::to_owned),
                example: "1:05".into(),
                value: "65 s".into(),
            })
        };
        assert_eq!(
            times(Some("s")),
            "“Revenue” is read as durations: 1:05 is 65 s."
        );
        assert!(times(None).contains("times of the day, such as 1:05"));
        let codes = |is_missing| {
            let codes = vec![count("-1", 3), count("9999", 1)];
            said(Remark::MissingCodes { codes, is_missing })
        };
        let lists = |entries, separator: &str, columns| {
            said(Remark::Lists {
                entries,
                cells: 1_200,
                separator: separator.into(),
                example: "chess".into(),
                columns,
            })
        };
        assert_eq!(
            lists(14, ";", 0),
            "“Revenue” holds lists joined by “;”: 14 entries in 1,200 cells, most often “chess”."
        );
        assert!(lists(14, "\n", 12).ends_with(
            "joined by line breaks: 14 entries in 1,200 cells, most often “chess”. 12 of them are columns of yes and no; 2 rarer ones are left out."
        ));
        assert!(lists(13, ",", 12).ends_with("no; 1 rarer one is left out."));
        assert!(lists(5, ",", 5).ends_with(" 5 of them are columns of yes and no."));
        assert_eq!(
            codes(true),
            "“Revenue” holds -1 in 3 rows and 9999 in 1 row, counted as missing."
        );
        assert!(codes(false).contains("outside all other values"));
        let errors = |count| {
            warning_sentence(&Warning::SpreadsheetErrors {
                column: "Revenue".into(),
                count,
                found: "#DIV/0!".into(),
                line: 1_200,
            })
        };
        assert_eq!(
            errors(6),
            "6 cells of “Revenue” hold a spreadsheet error (#DIV/0!); they count as missing."
        );
        assert!(errors(1).starts_with("1 cell of “Revenue” holds"));
    }
}
