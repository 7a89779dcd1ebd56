//! The cells of a column read as numbers, all by one decimal sign and one notation.

use super::chosen_missing::count_missing;
use super::context::Context;
use super::mark::is_missing_mark;
use super::notation::{Amount, Notation};
use super::number::{Hint, Written, is_infinite};
use super::{Decimal, Remark, Texts, UnitLabel, parse_number};

/// The cells of a column read as numbers.
#[derive(Default)]
pub(super) struct Numbers {
    /// NaN where there is none.
    pub(super) values: Vec<f64>,
    pub(super) missing: usize,
    pub(super) texts: Vec<usize>,
    pub(super) infinite: Vec<usize>,
    /// Rows with a number of another currency, unit or form than those that are kept.
    pub(super) apart: usize,
    pub(super) decimal: Decimal,
    pub(super) ambiguous: Option<usize>,
    /// What the numbers are written with.
    pub(super) unit: Option<UnitLabel>,
    /// Whether the cells are times of the day.
    pub(super) are_times: bool,
    /// Whether nobody knows by which sign the numbers are read.
    pub(super) is_doubtful: bool,
    /// What is to be said of them.
    pub(super) remarks: Vec<Remark>,
}

impl Numbers {
    pub(super) fn of(name: &str, cells: &Texts, context: Context) -> Self {
        let mut numbers = Self {
            values: Vec::with_capacity(cells.len()),
            ..Self::default()
        };
        let mut odd = Vec::new();
        for (row, cell) in cells.iter().enumerate() {
            let number = parse_number(cell);
            numbers.values.push(number.unwrap_or(f64::NAN));
            if number.is_none() {
                if is_missing_mark(cell) {
                    numbers.missing += 1;
                } else {
                    odd.push(row);
                }
            }
        }
        if context.decimal.is_some() || !odd.is_empty() {
            numbers.read_odd(name, cells, &odd, context);
        }
        let mut values = std::mem::take(&mut numbers.values);
        let counts = count_missing(&mut values, context.missing);
        numbers.values = values;
        if let Some(codes) = counts {
            numbers.missing += codes.iter().map(|it| it.count).sum::<usize>();
            numbers.remarks.push(Remark::MissingCodes {
                codes,
                is_missing: true,
            });
        }
        numbers
    }

    /// Reads cells that are no plain numbers, after all cells have voted on their notation and the decimal sign.
    fn read_odd(&mut self, name: &str, cells: &Texts, odd: &[usize], context: Context) {
        let plain = cells.len() - self.missing - odd.len();
        let mut notation = Notation::of(name, cells, odd, plain, context);
        let votes = Votes::of(cells, &notation);
        let reads_commas = votes.reads_commas(context.has_free_commas);
        self.decimal = context.decimal.unwrap_or(if reads_commas {
            Decimal::Comma
        } else {
            Decimal::Point
        });
        let mixed = votes.mixed(self.decimal, context.decimal.is_some());
        if context.decimal.is_none() && mixed.is_none() {
            self.ambiguous = votes.open_example();
        }
        self.is_doubtful = mixed.is_some() && context.decimal.is_none();
        let is_mixed = mixed.is_some();
        self.remarks.append(&mut notation.remarks);
        self.remarks.extend(mixed);
        self.unit = notation.label().and_then(UnitLabel::of);
        self.are_times = notation.are_times;
        // If the comma is the decimal sign, the point of a plain number groups thousands.
        let reads_all = context.decimal.is_some() || reads_commas || notation.changes_plain();
        if reads_all {
            self.read_again(cells, 0..cells.len(), &notation, is_mixed);
        } else {
            self.read_again(cells, odd.iter().copied(), &notation, is_mixed);
        }
    }

    /// Reads rows by the decimal sign that was settled on.
    fn read_again(
        &mut self,
        cells: &Texts,
        rows: impl Iterator<Item = usize>,
        notation: &Notation,
        is_mixed: bool,
    ) {
        for row in rows {
            let cell = cells.get(row);
            let amount = notation.amount(cell);
            let value = amount
                .as_ref()
                .and_then(|amount| notation.value(amount, self.decimal));
            self.values[row] = f64::NAN;
            match value {
                Some(value) if value.is_finite() => self.values[row] = value,
                Some(_) => self.infinite.push(row),
                None if is_infinite(cell) => self.infinite.push(row),
                None if is_missing_mark(cell) => {}
                None => match amount {
                    Some(Amount::Apart) => self.apart += 1,
                    Some(Amount::One(written)) if is_mixed && written.only().is_some() => {
                        self.apart += 1;
                    }
                    _ => self.texts.push(row),
                },
            }
        }
    }
}

/// What the cells of a column say about its decimal sign.
#[derive(Default)]
struct Votes<'a> {
    points: usize,
    commas: usize,
    comma_row: Option<usize>,
    point_row: Option<usize>,
    /// Whether some number with an open sign has no currency: amounts of money have no three decimals.
    has_bare_comma: bool,
    has_bare_point: bool,
    /// Numbers that only a point or only a comma makes numbers, and the first of each in the alphabet.
    only_point: Only<'a>,
    only_comma: Only<'a>,
}

#[derive(Default)]
struct Only<'a> {
    count: usize,
    example: Option<&'a str>,
}

impl<'a> Only<'a> {
    fn note(&mut self, cell: &'a str) {
        self.count += 1;
        let cell = cell.trim();
        if self.example.is_none_or(|example| cell < example) {
            self.example = Some(cell);
        }
    }

    fn example(&self) -> String {
        self.example.unwrap_or_default().chars().take(40).collect()
    }
}

/// A column has both forms if this many numbers have the rarer one; a single one is a slip.
const LEAST_MIXED: usize = 2;

impl<'a> Votes<'a> {
    fn of(cells: &'a Texts, notation: &Notation) -> Self {
        let mut votes = Self::default();
        for (row, cell) in cells.iter().enumerate() {
            match notation.amount(cell) {
                Some(Amount::One(written)) => votes.count(row, cell, written),
                Some(Amount::Several(measured)) => {
                    for part in &measured.parts {
                        votes.count(row, cell, part.number);
                    }
                }
                Some(Amount::Time(_) | Amount::Apart) | None => {}
            }
        }
        votes
    }

    fn count(&mut self, row: usize, cell: &'a str, written: Written) {
        let is_bare = written.currency.is_none();
        match written.hint() {
            Hint::Is(Decimal::Point) => self.points += 1,
            Hint::Is(Decimal::Comma) => self.commas += 1,
            Hint::CommaOrThousands => {
                self.comma_row = self.comma_row.or(Some(row));
                self.has_bare_comma |= is_bare;
            }
            Hint::PointOrThousands => {
                self.point_row = self.point_row.or(Some(row));
                self.has_bare_point |= is_bare;
            }
            Hint::Silent => return,
        }
        match written.only() {
            Some(Decimal::Point) => self.only_point.note(cell),
            Some(Decimal::Comma) => self.only_comma.note(cell),
            None => {}
        }
    }

    fn is_settled(&self) -> bool {
        self.points != self.commas
    }

    /// Whether every number with a point has three digits behind it and a currency: such points group thousands.
    fn are_thousands_of_money(&self) -> bool {
        self.points == 0
            && self.comma_row.is_none()
            && self.point_row.is_some()
            && !self.has_bare_point
    }

    fn reads_commas(&self, has_free_commas: bool) -> bool {
        match self.commas.cmp(&self.points) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => {
                let may_be_decimal = has_free_commas && self.has_bare_comma;
                may_be_decimal && self.comma_row.is_some() && self.point_row.is_none()
                    || self.are_thousands_of_money()
            }
        }
    }

    /// A row that may be read in two ways, where no row says which.
    fn open_example(&self) -> Option<usize> {
        let money = self.point_row.filter(|_| self.are_thousands_of_money());
        self.comma_row.or(money).filter(|_| !self.is_settled())
    }

    /// That the column has numbers of both forms.
    fn mixed(&self, decimal: Decimal, is_chosen: bool) -> Option<Remark> {
        let rarer = self.only_point.count.min(self.only_comma.count);
        (rarer >= LEAST_MIXED).then(|| Remark::MixedDecimals {
            points: self.only_point.count,
            point_example: self.only_point.example(),
            commas: self.only_comma.count,
            comma_example: self.only_comma.example(),
            decimal,
            is_chosen,
        })
    }
}
