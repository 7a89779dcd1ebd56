//! How the numbers of a column are written beside plain digits: with a currency, with units, or as durations. All of its cells decide.
//!
//! ```text
//! durations   nearly all cells have colons, and name and values say that they are no times of the day
//! units       nearly all cells are numbers or have a unit; one kind of units is converted to its smallest
//! amounts     anything else; of several currencies the most frequent one is kept
//! ```

use std::collections::BTreeMap;

use super::context::Context;
use super::measure::{Known, Measured, SYSTEMS, System, is_known, is_plural, system_of};
use super::number::Written;
use super::remark::UnitCount;
use super::span::{Span, SpanForm, are_durations, form_of};
use super::{ColumnKind, Decimal, Remark, Texts};
use crate::numeric::sorted_by;

/// A notation needs at least this share of the values of a column.
const SHARE: f64 = 0.8;
/// Units below this share of a column are texts of their own.
const FEW: f64 = 0.05;

/// A cell, as its column is written.
pub(super) enum Amount<'a> {
    One(Written<'a>),
    Several(Measured<'a>),
    Time(Span),
    /// A number in another currency or unit than that which is kept.
    Apart,
}

/// The units of a column.
#[derive(Clone, Debug)]
pub(super) enum Units {
    /// Of one kind, and the one that all are converted to; none for thousands and millions.
    Of(System, Option<Known>),
    /// A word that nobody knows, such as `pcs`: all cells have it.
    Word(String),
}

/// How the numbers of a column are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Notation {
    units: Option<Units>,
    spans: Option<SpanForm>,
    /// The currency that is kept, where there are several; empty for none.
    currency: Option<String>,
    /// Whether numbers without a unit have none of those that are kept.
    needs_unit: bool,
    /// Whether the cells are times of the day.
    pub(super) are_times: bool,
    pub(super) remarks: Vec<Remark>,
}

/// What the cells of a column look like.
#[derive(Default)]
struct Seen<'a> {
    /// Numbers without letters.
    numbers: usize,
    /// Numbers with letters, how often each unit occurs in them, and whether any has several.
    measured: usize,
    suffixes: BTreeMap<&'a str, usize>,
    has_several: bool,
    spans: Vec<Span>,
    /// The first in the alphabet.
    span_example: Option<&'a str>,
    currencies: BTreeMap<&'static str, usize>,
}

impl Notation {
    /// Of the cells that are no plain numbers; `plain` others are.
    pub(super) fn of(
        name: &str,
        cells: &Texts,
        odd: &[usize],
        plain: usize,
        context: Context,
    ) -> Self {
        let present = (plain + odd.len()) as f64;
        let seen = Seen::of(cells, odd, plain);
        let mut notation = Self::default();
        let n_spans = seen.spans.len();
        if n_spans > 0 && n_spans as f64 >= SHARE * present {
            notation.set_spans(name, &seen, context);
            return notation;
        }
        let numbers = seen.numbers + seen.measured;
        let is_wanted = context.kind == Some(ColumnKind::Number);
        if seen.measured > 0 && (is_wanted || numbers as f64 >= SHARE * present) {
            notation.set_units(&seen, context);
        }
        notation.set_currency(&seen.currencies, context);
        notation
    }

    /// What a cell holds; `None` for no number.
    pub(super) fn amount<'a>(&self, cell: &'a str) -> Option<Amount<'a>> {
        if self.spans.is_some() {
            return Span::of(cell).map(Amount::Time);
        }
        if let Some(written) = Written::of(cell) {
            let is_kept = !self.needs_unit && self.keeps(written.currency);
            return Some(if is_kept {
                Amount::One(written)
            } else {
                Amount::Apart
            });
        }
        let units = self.units.as_ref()?;
        let measured = Measured::of(cell)?;
        let is_of = match units {
            Units::Of(system, _) => measured
                .parts
                .iter()
                .all(|part| system.unit(part.suffix).is_some()),
            Units::Word(word) => measured
                .single()
                .is_some_and(|it| it == word || is_plural(it, word)),
        };
        if is_of && self.keeps(measured.currency) {
            Some(Amount::Several(measured))
        } else {
            let is_amount = measured.parts.iter().all(|part| is_known(part.suffix));
            is_amount.then_some(Amount::Apart)
        }
    }

    /// Its number.
    pub(super) fn value(&self, amount: &Amount, decimal: Decimal) -> Option<f64> {
        match (amount, &self.units) {
            (Amount::One(written), _) => written.value(decimal),
            (Amount::Time(span), _) => self.spans.map(|form| span.value(form)),
            (Amount::Several(measured), Some(Units::Of(system, base))) => {
                let values = measured.parts.iter().map(|part| {
                    let unit = system.unit(part.suffix)?;
                    unit.value_in(base.unwrap_or(Known::ONE), part.number, decimal)
                });
                values.sum()
            }
            (Amount::Several(measured), Some(Units::Word(_))) => {
                measured.parts.first()?.number.value(decimal)
            }
            (Amount::Several(_), None) | (Amount::Apart, _) => None,
        }
    }

    /// The unit of the numbers.
    pub(super) fn label(&self) -> Option<&str> {
        match (&self.units, self.spans) {
            (_, Some(form)) => Some(form.label()),
            (Some(Units::Of(_, base)), None) => base.map(|base| base.label),
            (Some(Units::Word(word)), None) => Some(word),
            (None, None) => None,
        }
    }

    /// Whether plain numbers are read otherwise than they look.
    pub(super) fn changes_plain(&self) -> bool {
        self.needs_unit
            || self
                .currency
                .as_deref()
                .is_some_and(|kept| !kept.is_empty())
            || self.spans.is_some()
    }

    fn keeps(&self, currency: Option<&str>) -> bool {
        let kept = self.currency.as_deref();
        kept.is_none_or(|kept| kept == currency.unwrap_or(""))
    }

    fn set_spans(&mut self, name: &str, seen: &Seen, context: Context) {
        let form = form_of(name, &seen.spans);
        let is_duration = match context.kind {
            Some(kind) => kind == ColumnKind::Number,
            None => are_durations(name, &seen.spans),
        };
        self.are_times = !is_duration;
        self.spans = is_duration.then_some(form);
        let example = seen.span_example.unwrap_or_default();
        let value = Span::of(example).map_or(0.0, |span| span.value(form));
        self.remarks.push(Remark::Times {
            unit: is_duration.then(|| form.label().to_owned()),
            example: example.to_owned(),
            value: format!("{value} {}", form.label()),
        });
    }

    fn set_units(&mut self, seen: &Seen, context: Context) {
        let mut counts = seen.suffixes.clone();
        let n_parts: usize = counts.values().sum();
        counts.retain(|_, count| *count as f64 >= FEW * n_parts as f64);
        let numbers = seen.numbers + seen.measured;
        let is_rare = seen.measured * 2 < numbers;
        let suffixes: Vec<&str> = counts.keys().copied().collect();
        // Units of another kind count as missing, however few they are.
        let mut of_kinds = seen.suffixes.clone();
        of_kinds.retain(|suffix, _| is_convertible(suffix));
        if let Some(system) = system_of(&suffixes) {
            if system.is_magnitude() {
                self.units = Some(Units::Of(system, None));
            } else if is_rare {
                // Some cells with a unit are texts among numbers.
            } else if of_kinds.keys().all(|suffix| system.unit(suffix).is_some()) {
                let base = smallest(system, counts.keys().copied());
                self.convert(system, base, &counts, seen.numbers);
            } else {
                self.keep_one_kind(&of_kinds, seen.numbers, context);
            }
        } else if is_rare {
            // The same.
        } else if counts.keys().all(|suffix| is_known(suffix)) {
            self.keep_one_kind(&of_kinds, seen.numbers, context);
        } else if let Some(word) = one_word(&counts) {
            self.units = Some(Units::Word(word.to_owned())).filter(|_| !seen.has_several);
        }
    }

    /// Converts the units of a system to one of them.
    fn convert(
        &mut self,
        system: System,
        base: Option<Known>,
        counts: &BTreeMap<&str, usize>,
        bare: usize,
    ) {
        let Some(base) = base else {
            return;
        };
        self.units = Some(Units::Of(system, Some(base)));
        let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
        for (suffix, count) in counts {
            let label = system.unit(suffix).map_or("", |unit| unit.label);
            *labels.entry(label).or_default() += count;
        }
        // Of several units nobody knows which one a number without any has.
        self.needs_unit = labels.len() > 1;
        if bare > 0 {
            labels.insert("", bare);
        }
        if labels.len() > 1 {
            self.remarks.push(Remark::Converted {
                unit: base.label.to_owned(),
                counts: by_count(&labels),
            });
        }
    }

    /// Keeps the units of the most frequent kind, or of that which was chosen.
    fn keep_one_kind(&mut self, counts: &BTreeMap<&str, usize>, bare: usize, context: Context) {
        let kinds = Kind::all(counts);
        let labels = kinds.iter().map(|kind| (kind.base.label, kind.size()));
        let listed = by_count(&labels.collect());
        let Some(kept) = chosen(&listed, context.unit) else {
            return;
        };
        if let Some(kind) = kinds.iter().find(|kind| kind.base.label == kept) {
            self.convert(kind.system, Some(kind.base), &kind.counts, 0);
            self.needs_unit = true;
            self.remarks.push(Remark::MixedUnits {
                kept,
                counts: listed,
                bare,
            });
        }
    }

    fn set_currency(&mut self, counts: &BTreeMap<&'static str, usize>, context: Context) {
        if counts.keys().filter(|code| !code.is_empty()).count() < 2 {
            return;
        }
        let counts = by_count(counts);
        if let Some(kept) = chosen(&counts, context.unit) {
            self.currency = Some(kept.clone());
            self.remarks.push(Remark::MixedUnits {
                kept,
                counts,
                bare: 0,
            });
        }
    }
}

/// The smallest of some units of a system.
fn smallest<'a>(system: System, suffixes: impl Iterator<Item = &'a str>) -> Option<Known> {
    let units = suffixes.filter_map(|suffix| system.unit(suffix));
    units.reduce(Known::smaller)
}

/// Units of one system in a column, which can be converted into each other.
struct Kind<'a> {
    system: System,
    counts: BTreeMap<&'a str, usize>,
    /// The smallest of those that are more than a few.
    base: Known,
}

impl<'a> Kind<'a> {
    /// The kinds of these units, that with most cells first: `m` is of minutes beside `h`, of metres beside `cm`.
    fn all(counts: &BTreeMap<&'a str, usize>) -> Vec<Self> {
        let least = FEW * counts.values().sum::<usize>() as f64;
        let mut open = counts.clone();
        let mut kinds = Vec::new();
        loop {
            let of_system = |system: System| {
                let mut counts = open.clone();
                counts.retain(|suffix, _| system.unit(suffix).is_some());
                let frequent = counts.iter().filter(|(_, count)| **count as f64 >= least);
                let base = smallest(system, frequent.map(|(suffix, _)| *suffix))
                    .or_else(|| smallest(system, counts.keys().copied()))?;
                Some(Self {
                    system,
                    counts,
                    base,
                })
            };
            let systems = SYSTEMS.into_iter().filter(|system| !system.is_magnitude());
            let found = systems.filter_map(of_system);
            let Some(kind) = sorted_by(found.collect(), |a, b| b.size().cmp(&a.size()))
                .into_iter()
                .next()
            else {
                return kinds;
            };
            open.retain(|suffix, _| !kind.counts.contains_key(suffix));
            kinds.push(kind);
        }
    }

    /// How many cells have one of its units.
    fn size(&self) -> usize {
        self.counts.values().sum()
    }
}

/// Whether a suffix is a unit of something, not of thousands and millions.
fn is_convertible(suffix: &str) -> bool {
    let mut systems = SYSTEMS.iter().filter(|system| !system.is_magnitude());
    systems.any(|system| system.unit(suffix).is_some())
}

impl<'a> Seen<'a> {
    fn of(cells: &'a Texts, odd: &[usize], plain: usize) -> Self {
        let mut seen = Self {
            numbers: plain,
            ..Self::default()
        };
        let count = |currencies: &mut BTreeMap<&'static str, usize>,
                     currency: Option<&'static str>| {
            *currencies.entry(currency.unwrap_or("")).or_default() += 1;
        };
        if plain > 0 {
            seen.currencies.insert("", plain);
        }
        for &row in odd {
            let cell = cells.get(row);
            if let Some(written) = Written::of(cell) {
                seen.numbers += 1;
                count(&mut seen.currencies, written.currency);
            } else if let Some(measured) = Measured::of(cell) {
                count(&mut seen.currencies, measured.currency);
                seen.measured += 1;
                seen.has_several |= measured.parts.len() > 1;
                for part in &measured.parts {
                    *seen.suffixes.entry(part.suffix).or_default() += 1;
                }
            } else if let Some(span) = Span::of(cell) {
                seen.spans.push(span);
                let text = cell.trim();
                let is_first = seen.span_example.is_none_or(|first| text < first);
                seen.span_example = if is_first {
                    Some(text)
                } else {
                    seen.span_example
                };
            }
        }
        seen
    }
}

/// The most frequent first, of equally frequent ones the first in the alphabet.
fn by_count(counts: &BTreeMap<&str, usize>) -> Vec<UnitCount> {
    let listed = counts.iter().map(|(unit, &count)| UnitCount {
        unit: (*unit).to_owned(),
        count,
    });
    sorted_by(listed.collect(), |a, b| b.count.cmp(&a.count))
}

/// What was chosen if it is there, else the most frequent.
fn chosen(listed: &[UnitCount], wanted: Option<&str>) -> Option<String> {
    let is_there = |unit: &&str| listed.iter().any(|it| it.unit == *unit);
    let first = listed.first().map(|it| it.unit.as_str());
    wanted.filter(is_there).or(first).map(str::to_owned)
}

/// The word behind nearly all numbers, in the plural where there is one.
fn one_word<'a>(counts: &BTreeMap<&'a str, usize>) -> Option<&'a str> {
    let longest = counts.keys().copied().max_by_key(|word| word.len())?;
    let is_one = counts
        .keys()
        .all(|word| *word == longest || is_plural(word, longest));
    let is_word = longest.chars().count() > 1 && longest.chars().all(char::is_alphabetic);
    Some(longest).filter(|_| is_one && is_word)
}

#[cfg(test)]
mod tests;
