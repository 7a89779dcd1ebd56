//! Amounts with a unit behind them: `170 cm`, `80kg`, `1.2k`, `3h 20m`, `PT1H5M`. What a unit stands for depends on the others of its
//! column: `m` beside `cm` is a metre, beside `h` a minute, beside `k` a million.

use super::Decimal;
use super::currency::without_currency;
use super::number::Written;

/// A number with the letters behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) number: Written<'a>,
    pub(super) suffix: &'a str,
}

/// A cell of up to three amounts, the larger unit first.
#[derive(Clone, Debug)]
pub(super) struct Measured<'a> {
    pub(super) parts: Vec<Part<'a>>,
    /// The code of the currency in front or behind.
    pub(super) currency: Option<&'static str>,
}

/// Longest name of a unit.
const LONGEST: usize = 12;
/// A cell holds at most so many amounts.
const MOST_PARTS: usize = 3;

impl<'a> Measured<'a> {
    /// `None` for anything else, numbers without a unit included.
    pub(super) fn of(cell: &'a str) -> Option<Self> {
        let found = without_currency(cell);
        let (text, is_negative) = match found.text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (rest.trim_start(), true),
            None => (found.text, false),
        };
        let text = iso(text);
        if !text.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return None;
        }
        let (mut rest, mut parts) = (text, Vec::new());
        while !rest.is_empty() {
            if parts.len() == MOST_PARTS {
                return None;
            }
            let end = rest.find(|c: char| !is_of_number(c))?;
            let (digits, behind) = rest.split_at(end);
            let end = behind.find(|c: char| c.is_ascii_digit());
            let (suffix, next) = behind.split_at(end.unwrap_or(behind.len()));
            let suffix = suffix.trim().trim_end_matches(',').trim_end();
            let is_unit = !suffix.is_empty()
                && suffix.len() <= LONGEST
                && suffix.chars().all(|c| c.is_alphabetic() || is_mark(c));
            let number = Written::of_digits(digits.trim(), is_negative).filter(|_| is_unit)?;
            parts.push(Part { number, suffix });
            rest = next;
        }
        Some(Self {
            parts,
            currency: found.code,
        })
    }

    /// The suffix, where there is one alone.
    pub(super) fn single(&self) -> Option<&'a str> {
        match self.parts.as_slice() {
            [part] => Some(part.suffix),
            _ => None,
        }
    }
}

/// The part of an ISO 8601 duration that holds its amounts.
fn iso(text: &str) -> &str {
    let inner = text.strip_prefix("PT").or_else(|| text.strip_prefix('P'));
    inner.unwrap_or(text)
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '.' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2019}'
        )
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | '²' | '³' | 'µ' | '°' | '″' | '′' | '"' | '/')
}

/// A unit and what it is in the basic unit of its system: `times` 10 to the `power`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// What it is called on the screen; empty for thousands and millions.
    pub(super) label: &'static str,
    times: u64,
    power: i32,
    /// Ways to write it; those in lower case alone ignore case.
    words: &'static str,
}

const fn unit(label: &'static str, times: u64, power: i32, words: &'static str) -> Known {
    Known {
        label,
        times,
        power,
        words,
    }
}

/// Units of one kind, which can be converted into each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct System(&'static [Known]);

/// All systems, in the order in which a column is tried.
pub(super) const SYSTEMS: [System; 8] = [
    // Lengths.
    System(&[
        unit("mm", 1, -3, "mm"),
        unit("cm", 1, -2, "cm"),
        unit("dm", 1, -1, "dm"),
        unit(
            "m",
            1,
            0,
            "m metre metres meter meters mètre mètres metro metros metri",
        ),
        unit(
            "km",
            1,
            3,
            "km kilometer kilometres kilometers kilomètres kilómetros chilometri",
        ),
        unit("in", 254, -4, "in inch inches zoll ″ \""),
        unit("ft", 3_048, -4, "ft feet foot ′"),
        unit("yd", 9_144, -4, "yd yards"),
        unit("mi", 1_609_344, -3, "mi mile miles"),
    ]),
    // Thousands and millions.
    System(&[
        unit("", 1, 3, "k tsd tsd. mil mille"),
        unit(
            "",
            1,
            6,
            "m mm mn mio mio. mln million millions millionen millones milioni",
        ),
        unit(
            "",
            1,
            9,
            "b bn mrd mrd. md mds milliarden milliards miliardi billion",
        ),
    ]),
    // Times.
    System(&[
        unit("ms", 1, -3, "ms msec"),
        unit(
            "s",
            1,
            0,
            "s sec secs sec. sek sek. second seconds sekunde sekunden seconde secondes segundo segundos seg secondo secondi",
        ),
        unit(
            "min",
            60,
            0,
            "m min mins min. minute minutes minuten minuto minutos minuti",
        ),
        unit(
            "h",
            3_600,
            0,
            "h hr hrs hour hours std std. stunde stunden heure heures hora horas ora ore",
        ),
        unit(
            "d",
            86_400,
            0,
            "d day days tag tage tagen jour jours día días dia dias giorno giorni",
        ),
        unit(
            "weeks",
            604_800,
            0,
            "w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane",
        ),
    ]),
    // Parts of the calendar, which are no certain number of days.
    System(&[
        unit(
            "months",
            1,
            0,
            "mo mos month months monat monate mois mes meses mese mesi",
        ),
        unit(
            "years",
            12,
            0,
            "y yr yrs year years jahr jahre an ans année années año años anno anni",
        ),
    ]),
    // Masses, in grams.
    System(&[
        unit("mg", 1, -3, "mg"),
        unit("g", 1, 0, "g gr gramm gram grams grammes gramos grammi"),
        unit("kg", 1, 3, "kg kgs kilo kilos"),
        unit("t", 1, 6, "t tonne tonnes tonnen"),
        unit("oz", 28_349_523_125, -9, "oz"),
        unit("lb", 45_359_237, -5, "lb lbs lb."),
    ]),
    // Volumes.
    System(&[
        unit("ml", 1, -3, "ml"),
        unit("cl", 1, -2, "cl"),
        unit("dl", 1, -1, "dl"),
        unit("l", 1, 0, "l liter litre litres liters litro litros litri"),
    ]),
    // Data.
    System(&[
        unit("kB", 1, 3, "kb"),
        unit("MB", 1, 6, "mb"),
        unit("GB", 1, 9, "gb"),
        unit("TB", 1, 12, "tb"),
    ]),
    // Areas.
    System(&[
        unit("m²", 1, 0, "m² m2 qm sqm mq"),
        unit("ha", 1, 4, "ha"),
        unit("km²", 1, 6, "km² qkm"),
    ]),
];

impl System {
    /// The unit that a suffix stands for.
    pub(super) fn unit(self, suffix: &str) -> Option<Known> {
        // A capital M is no metre.
        let lower = suffix.to_lowercase();
        let is_million = suffix == "M" || suffix == "MM";
        let mut units = self.0.iter().copied();
        units.find(|unit| {
            let is_word = unit.words.split(' ').any(|word| word == lower);
            is_word && (!is_million || unit.label.is_empty() || unit.label == "min")
        })
    }

    /// Whether these are thousands and millions: a number without a suffix is one, too.
    pub(super) fn is_magnitude(self) -> bool {
        self.0.iter().all(|unit| unit.label.is_empty())
    }
}

impl Known {
    /// The unit of thousands and millions.
    pub(super) const ONE: Self = unit("", 1, 0, "");

    /// How many times larger it is than another of its system, roughly.
    fn size(self) -> f64 {
        self.times as f64 * 10_f64.powi(self.power)
    }

    /// The smaller of two.
    pub(super) fn smaller(self, other: Self) -> Self {
        if other.size() < self.size() {
            other
        } else {
            self
        }
    }

    /// A number of this unit in a smaller one of the same system. Powers of ten are rounded once, with the digits.
    pub(super) fn value_in(self, base: Self, number: Written, decimal: Decimal) -> Option<f64> {
        let value = number.value_in(decimal, self.power - base.power)?;
        Some(value * self.times as f64 / base.times as f64)
    }
}

/// The system of most of some suffixes: the first that knows them all.
pub(super) fn system_of(suffixes: &[&str]) -> Option<System> {
    let knows = |system: &System| suffixes.iter().all(|suffix| system.unit(suffix).is_some());
    SYSTEMS.into_iter().find(knows)
}

/// Whether some system knows a suffix.
pub(super) fn is_known(suffix: &str) -> bool {
    SYSTEMS.iter().any(|system| system.unit(suffix).is_some())
}

/// Whether two words are one, in the singular and in the plural.
pub(super) fn is_plural(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    long.len() <= short.len() + 2
        && short.len() > 2
        && long.to_lowercase().starts_with(&short.to_lowercase())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    fn in_base(cell: &str, base: &str) -> Option<f64> {
        let measured = Measured::of(cell)?;
        let suffixes: Vec<&str> = measured.parts.iter().map(|part| part.suffix).collect();
        let all: Vec<&str> = suffixes.iter().copied().chain([base]).collect();
        let system = system_of(&all)?;
        let base = system.unit(base)?;
        let values = measured.parts.iter().map(|part| {
            let unit = system.unit(part.suffix)?;
            unit.value_in(base, part.number, Decimal::Point)
        });
        values.sum()
    }

    #[test]
    fn amounts_are_converted_to_the_last_digit() {
        for (cell, base, value) in [
            ("1.1 m", "cm", 110.0),
            ("170cm", "cm", 170.0),
            ("80kg", "g", 80_000.0),
            ("3h 20m", "min", 200.0),
            ("3 h 20 min", "s", 12_000.0),
            ("2 Std. 5 Min.", "min", 125.0),
            ("PT1H5M30S", "s", 3_930.0),
            ("5 ft 11 in", "in", 71.0),
            ("5′ 11″", "in", 71.0),
            ("2 days", "h", 48.0),
            ("3 años", "meses", 36.0),
            ("-4 m", "m", -4.0),
        ] {
            assert_eq!(in_base(cell, base), Some(value), "{cell}");
        }
        let magnitude = |cell: &str| {
            let measured = Measured::of(cell).unwrap();
            let part = measured.parts[0];
            let system = system_of(&["k", part.suffix]).unwrap();
            let unit = system.unit(part.suffix).unwrap();
            part.number.value_in(Decimal::Point, unit.power)
        };
        for (cell, value) in [
            ("1.2k", 1_200.0),
            ("3.4M", 3.4e6),
            ("$5.55k", 5_550.0),
            ("2 Mrd. €", 2e9),
        ] {
            assert_eq!(magnitude(cell), Some(value), "{cell}");
        }
    }

    #[test]
    fn what_has_no_number_before_its_letters_is_no_amount() {
        for cell in [
            "",
            "12",
            "cm",
            "x 12 cm",
            "12 cm 13",
            "1-2 kg",
            "A12",
            "12:30",
            "5 Main Street Road",
            "1 2 3",
        ] {
            assert!(Measured::of(cell).is_none(), "{cell}");
        }
    }

    #[test]
    fn a_letter_is_read_by_its_neighbours() {
        let label = |suffixes: &[&str], suffix: &str| {
            let system = system_of(suffixes).unwrap();
            system.unit(suffix).unwrap().label
        };
        assert_eq!(label(&["m"], "m"), "m");
        assert_eq!(label(&["cm", "m"], "m"), "m");
        assert_eq!(label(&["h", "m"], "m"), "min");
        assert_eq!(label(&["k", "m"], "m"), "");
        assert_eq!(label(&["M"], "M"), "");
        assert!(system_of(&["kg", "cm"]).is_none());
    }
}
