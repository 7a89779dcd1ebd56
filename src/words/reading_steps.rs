//! What was decided about reading the file, as a step: the difference between two ways of reading.

use std::collections::BTreeMap;

use super::review::kind_name;
use crate::table::{DateForm, Decimal, ReadOptions};

/// The step from one way of reading to another, in the imperative.
pub(super) fn reading_step(before: &ReadOptions, after: &ReadOptions) -> String {
    let steps = [
        kind_step(before, after),
        unit_step(before, after),
        missing_step(before, after),
        list_step(before, after),
        decimal_step(before, after),
        date_step(before, after),
        orders_step(before, after),
        (before.keeps_totals != after.keeps_totals).then(|| {
            if after.keeps_totals {
                "keep rows of totals".to_owned()
            } else {
                "leave rows of totals out".to_owned()
            }
        }),
        is_otherwise(before, after).then(|| "read the file in another way".to_owned()),
    ];
    let mut steps = steps.into_iter().flatten();
    match (steps.next(), steps.next()) {
        (Some(step), None) => step,
        _ => "read the file in another way".to_owned(),
    }
}

/// Whether more than the choices about columns, totals and order lines differ.
fn is_otherwise(before: &ReadOptions, after: &ReadOptions) -> bool {
    let rest = |of: &ReadOptions| ReadOptions {
        kinds: BTreeMap::new(),
        units: BTreeMap::new(),
        missing: BTreeMap::new(),
        lists: BTreeMap::new(),
        decimals: BTreeMap::new(),
        date_forms: BTreeMap::new(),
        orders: None,
        keeps_totals: false,
        ..of.clone()
    };
    rest(before) != rest(after)
}

/// The column whose choice differs, and what is chosen now.
struct Changed<'a, T> {
    column: &'a str,
    now: Option<&'a T>,
}

impl<'a, T: PartialEq> Changed<'a, T> {
    /// The first one, by name.
    fn of(before: &'a BTreeMap<String, T>, after: &'a BTreeMap<String, T>) -> Option<Self> {
        let mut names = after.keys().chain(before.keys());
        let column = names.find(|name| before.get(*name) != after.get(*name))?;
        let now = after.get(column);
        Some(Self { column, now })
    }
}

fn kind_step(before: &ReadOptions, after: &ReadOptions) -> Option<String> {
    let Changed { column, now } = Changed::of(&before.kinds, &after.kinds)?;
    Some(match now {
        Some(kind) => format!("read “{column}” as {}", kind_name(*kind).to_lowercase()),
        None => format!("read “{column}” as its cells say"),
    })
}

fn unit_step(before: &ReadOptions, after: &ReadOptions) -> Option<String> {
    let Changed { column, now } = Changed::of(&before.units, &after.units)?;
    Some(match now.map(String::as_str) {
        Some("") => format!("keep the amounts of “{column}” without a currency"),
        Some(unit) => format!("keep the amounts of “{column}” in {unit}"),
        None => format!("keep the most frequent unit of “{column}”"),
    })
}

fn missing_step(before: &ReadOptions, after: &ReadOptions) -> Option<String> {
    let Changed { column, now } = Changed::of(&before.missing, &after.missing)?;
    Some(match now.filter(|values| !values.is_empty()) {
        Some(values) => format!("count {} of “{column}” as missing", values.join(", ")),
        None => format!("count no number of “{column}” as missing"),
    })
}

fn list_step(before: &ReadOptions, after: &ReadOptions) -> Option<String> {
    let Changed { column, now } = Changed::of(&before.lists, &after.lists)?;
    Some(match now {
        Some(_) => format!("make a yes or no of each entry of “{column}”"),
        None => format!("keep the lists of “{column}” as texts"),
    })
}

fn decimal_step(before: &ReadOptions, after: &ReadOptions) -> Option<String> {
    let Changed { column, now } = Changed::of(&before.decimals, &after.decimals)?;
    Some(match now {
        Some(Decimal::Comma) => format!("read “{column}” with decimal commas"),
        Some(Decimal::Point) => format!("read “{column}” with decimal points"),
        None => format!("read the numbers of “{column}” as its cells say"),
    })
}

fn date_step(before: &ReadOptions, after: &ReadOptions) -> Option<String> {
    let Changed { column, now } = Changed::of(&before.date_forms, &after.date_forms)?;
    Some(match now {
        Some(DateForm::DayFirst) => format!("read the dates of “{column}” with the day first"),
        Some(DateForm::MonthFirst) => format!("read the dates of “{column}” with the month first"),
        Some(DateForm::YearFirst) => format!("read the dates of “{column}” with the year first"),
        None => format!("read the dates of “{column}” as its cells say"),
    })
}

fn orders_step(before: &ReadOptions, after: &ReadOptions) -> Option<String> {
    let step = match (&before.orders, &after.orders) {
        (before, after) if before == after => return None,
        (None, _) => "make customers of the order lines",
        (_, None) => "take each line for a customer",
        _ => "make customers of the order lines in another way",
    };
    Some(step.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{ColumnKind, OrderColumns};

    /// A change, and the words for it and for its undoing.
    type Case<'a> = (&'a dyn Fn(&mut ReadOptions), [&'a str; 2]);

    #[test]
    fn a_step_says_what_differs_and_nothing_where_much_does() {
        let none = ReadOptions::default();
        let step = |change: &dyn Fn(&mut ReadOptions)| {
            let mut after = none.clone();
            change(&mut after);
            [reading_step(&none, &after), reading_step(&after, &none)]
        };
        let name = || "x".to_owned();
        let cases: [Case; 8] = [
            (
                &|it| it.kinds = [(name(), ColumnKind::Category)].into(),
                ["read “x” as category", "read “x” as its cells say"],
            ),
            (
                &|it| it.units = [(name(), "EUR".to_owned())].into(),
                [
                    "keep the amounts of “x” in EUR",
                    "keep the most frequent unit of “x”",
                ],
            ),
            (
                &|it| it.missing = [(name(), vec!["-1".to_owned(), "9999".to_owned()])].into(),
                [
                    "count -1, 9999 of “x” as missing",
                    "count no number of “x” as missing",
                ],
            ),
            (
                &|it| it.lists = [(name(), ";".to_owned())].into(),
                [
                    "make a yes or no of each entry of “x”",
                    "keep the lists of “x” as texts",
                ],
            ),
            (
                &|it| it.date_forms = [(name(), DateForm::MonthFirst)].into(),
                [
                    "read the dates of “x” with the month first",
                    "read the dates of “x” as its cells say",
                ],
            ),
            (
                &|it| it.orders = Some(OrderColumns::default()),
                [
                    "make customers of the order lines",
                    "take each line for a customer",
                ],
            ),
            (
                &|it| it.keeps_totals = true,
                ["keep rows of totals", "leave rows of totals out"],
            ),
            (
                &|it| it.delimiter = Some(';'),
                ["read the file in another way"; 2],
            ),
        ];
        for (change, words) in cases {
            assert_eq!(step(change), words);
        }
        let both = step(&|it| {
            it.keeps_totals = true;
            it.delimiter = Some(';');
        });
        assert_eq!(both, ["read the file in another way"; 2]);
    }
}
