//! Points that group thousands in columns that read as well with points for the decimal sign: `994` beside `1.731`.
//!
//! ```text
//! may be    every number is whole and below 1,000, or has three digits behind the point and one to three, no 0, before it; some have a point
//! is        no column has a point that can only be the decimal sign, and some column has a comma that is it, or commas are free for that
//!           and the column has numbers without a point, which true decimals would rarely have
//! ```

use super::builder::Built;
use super::context::Context;
use super::number::{Hint, Written};
use super::{Cells, Column, ColumnKind, Decimal, ReadOptions, Texts};
use crate::numeric::pulse;

/// Work steps for looking at a cell.
const STEPS: usize = 32;

/// What the points of a column may be.
#[derive(Clone, Copy, Debug)]
struct Open {
    at: usize,
    /// The first row with a point, by its text.
    row: usize,
    /// Whether some numbers have none.
    has_plain: bool,
}

/// Reads columns anew whose points group thousands, and marks those in which they may.
pub(super) fn settle_thousands(
    columns: &mut [Column],
    has_free_commas: bool,
    options: &ReadOptions,
) {
    let open: Vec<Open> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| options.decimal_of(&column.name).is_none())
        .filter_map(|(at, column)| Open::of(at, column))
        .collect();
    if open.is_empty() {
        return;
    }
    let is_open = |at: usize| open.iter().any(|it| it.at == at);
    let others = || {
        let columns = columns.iter().enumerate();
        let numbers = columns.filter(|(_, column)| column.kind == ColumnKind::Number);
        numbers.filter(|&(at, column)| column.ambiguous.is_none() && !is_open(at))
    };
    let has_commas = others().any(|(_, column)| column.decimal == Decimal::Comma);
    let has_points = others().any(|(_, column)| {
        column.decimal == Decimal::Point && column.numbers.iter().any(|x| x.fract() != 0.0)
    });
    for Open { at, row, has_plain } in open {
        let groups = !has_points && (has_commas || has_free_commas && has_plain);
        if groups {
            read_with_commas(&mut columns[at], at, options);
        }
        if (groups || has_free_commas) && columns[at].kind == ColumnKind::Number {
            columns[at].ambiguous = Some(row);
        }
    }
}

impl Open {
    /// `None` where the points of a column can only be one of both.
    fn of(at: usize, column: &Column) -> Option<Self> {
        let may_be =
            |x: &f64| x.is_nan() || x.abs() < 1000.0 && (x.fract() == 0.0 || x.abs() >= 1.0);
        let is_candidate = column.kind == ColumnKind::Number
            && column.decimal == Decimal::Point
            && column.ambiguous.is_none()
            && column.numbers.iter().all(may_be)
            && may_have_points(column);
        if !is_candidate {
            return None;
        }
        pulse(STEPS * column.n_rows());
        let mut first: Option<(String, usize)> = None;
        let mut has_plain = false;
        for row in 0..column.n_rows() {
            let cell = column.cell(row);
            let Some(written) = Written::of(&cell) else {
                continue;
            };
            match written.hint() {
                Hint::Silent => has_plain = true,
                Hint::PointOrThousands => {
                    let text = cell.trim();
                    if first
                        .as_ref()
                        .is_none_or(|(least, _)| text < least.as_str())
                    {
                        first = Some((text.to_owned(), row));
                    }
                }
                Hint::Is(_) | Hint::CommaOrThousands => return None,
            }
        }
        first.map(|(_, row)| Self { at, row, has_plain })
    }
}

/// Whether some cell may have a point, by how the column keeps them: `1.000` is no fraction.
fn may_have_points(column: &Column) -> bool {
    match &column.cells {
        Cells::Texts(_) => true,
        Cells::Numbers(form) => {
            form.decimals().is_some_and(|decimals| decimals > 0)
                || !form.others().is_empty()
                || column.numbers.iter().any(|x| x.fract() != 0.0)
        }
    }
}

fn read_with_commas(column: &mut Column, at: usize, options: &ReadOptions) {
    let texts = match &column.cells {
        Cells::Texts(texts) => texts.clone(),
        Cells::Numbers(_) => {
            let cells: Vec<String> = (0..column.n_rows())
                .map(|row| column.cell(row).into_owned())
                .collect();
            cells.iter().map(String::as_str).collect::<Texts>()
        }
    };
    let name = column.name.clone();
    let context = Context {
        is_first: at == 0,
        has_free_commas: true,
        decimal: Some(Decimal::Comma),
        ..Context::chosen(options, &name)
    };
    *column = Column::typed(name.clone(), Built::Texts(texts), context).column;
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use crate::table::{Decimal, ReadOptions, Table, Warning, read_csv, read_table};

    fn is_told(table: &Table) -> bool {
        let is_open = |it: &Warning| matches!(it, Warning::AmbiguousNumbers { column, .. } if column == "spend");
        table.warnings.iter().any(is_open)
    }

    /// A file of 40 customers with these amounts, and another column.
    fn file(sign: char, amounts: &[&str], other: &str) -> Table {
        let rows =
            (0..40).map(|i| format!("K{i}{sign}{}{sign}{other}\n", amounts[i % amounts.len()]));
        let text = format!("id{sign}spend{sign}share\n{}", rows.collect::<String>());
        read_csv(text.as_bytes()).unwrap()
    }

    fn first(table: &Table) -> f64 {
        table.column("spend").unwrap().numbers[0]
    }

    #[test]
    fn points_group_thousands_where_the_file_has_decimal_commas_or_plain_numbers_stand_beside_them()
    {
        let (mixed, grouped) = (["1.731", "994", "12.005"], ["1.731", "508.077", "3.280"]);
        let round = ["1.000", "500", "2.000"];
        assert_eq!(first(&file(';', &round, "26,8 %")), 1_000.0);
        assert!(!is_told(&file(';', &["500", "2"], "26,8 %")));
        for (sign, amounts, other, wanted, told) in [
            (';', mixed, "26,8 %", 1_731.0, true),
            (';', grouped, "26,8 %", 1_731.0, true),
            ('\t', mixed, "4,5", 1_731.0, true),
            (';', mixed, "7", 1_731.0, true),
            (';', grouped, "7", 1.731, true),
            (';', mixed, "4.5", 1.731, true),
            (',', mixed, "7", 1.731, false),
            (',', mixed, "\"4,5\"", 1_731.0, true),
        ] {
            let table = file(sign, &amounts, other);
            let found = (first(&table), is_told(&table));
            assert_eq!(found, (wanted, told), "{sign} {amounts:?} {other}");
        }
        // Two or no digits before or behind the point leave nothing open.
        for amounts in [
            ["1.731", "0.512", "9"],
            ["1.731", "2.5", "9"],
            ["1.731", "1994", "9"],
        ] {
            let table = file(';', &amounts, "26,8");
            assert_eq!(
                (first(&table), is_told(&table)),
                (1.731, false),
                "{amounts:?}"
            );
        }
    }

    #[test]
    fn a_sign_that_was_chosen_settles_it() {
        let rows = (0..40).map(|i| format!("K{i};{}\n", ["1.731", "994"][i % 2]));
        let rows: Vec<String> = rows.collect();
        let text = format!("id;spend\n{}", rows.concat());
        let mut options = ReadOptions::default();
        options.decimals.insert("spend".into(), Decimal::Point);
        let table = read_table(&mut text.as_bytes(), &options, &mut |_| ()).unwrap();
        assert_eq!((first(&table), is_told(&table)), (1.731, false));
    }
}
