//! Texts such as `00:03:12` and `14:35`, which are durations or times of the day: the name of the column and all of its values decide.

use super::meaning::words;

/// A cell of two or three numbers with colons between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    /// Of two parts or the first of three.
    first: f64,
    second: f64,
    third: Option<f64>,
    /// Days before it: `2.03:04:05`, `2 days 03:04:05`.
    days: f64,
    is_negative: bool,
    /// Whether `am` or `pm` stands behind it.
    has_half_day: bool,
}

/// How spans of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpanForm {
    /// Two parts are minutes and seconds.
    Seconds,
    /// Two parts are hours and minutes, and no cell has three.
    Minutes,
}

impl SpanForm {
    /// The unit of the numbers.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Seconds => "s",
            Self::Minutes => "min",
        }
    }
}

impl Span {
    /// `None` for anything else.
    pub(super) fn of(cell: &str) -> Option<Self> {
        let text = cell.trim();
        if !text.contains(':') {
            return None;
        }
        let (text, is_negative) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let lower = text.to_ascii_lowercase();
        let bare = ["am", "pm", "a.m.", "p.m."]
            .iter()
            .find_map(|half| lower.strip_suffix(half));
        let has_half_day = bare.is_some();
        let (days, clock) = with_days(bare.unwrap_or(&lower).trim_end())?;
        let mut parts = clock.split(':');
        let (first, second) = (parts.next()?, parts.next()?);
        let third = parts.next();
        let is_sixtieth = |part: &str| {
            let whole = part.split(['.', ',']).next().unwrap_or_default();
            whole.len() == 2 && whole < "60"
        };
        let number = |part: &str| {
            let is_number = part.starts_with(|c: char| c.is_ascii_digit())
                && part
                    .chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
            part.replace(',', ".").parse().ok().filter(|_| is_number)
        };
        let is_whole = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_span = parts.next().is_none()
            && first.len() <= 6
            && is_whole(first)
            && is_sixtieth(second)
            && third.is_none_or(is_sixtieth)
            && (third.is_none() || is_whole(second));
        let third = match third {
            Some(third) => Some(number(third)?),
            None => None,
        };
        is_span.then_some(Self {
            first: number(first)?,
            second: number(second)?,
            third,
            days,
            is_negative,
            has_half_day,
        })
    }

    /// The number that it is in the unit of a form.
    pub(super) fn value(self, form: SpanForm) -> f64 {
        let sign = if self.is_negative { -1.0 } else { 1.0 };
        let days = self.days * 24.0 * 60.0;
        sign * match (self.third, form) {
            (Some(seconds), _) => ((days + self.first * 60.0) + self.second) * 60.0 + seconds,
            (None, SpanForm::Seconds) => days * 60.0 + self.first * 60.0 + self.second,
            (None, SpanForm::Minutes) => days + self.first * 60.0 + self.second,
        }
    }

    fn is_no_clock(self) -> bool {
        self.first >= 24.0 || self.days > 0.0 || self.is_negative
    }
}

/// Days in front of a time, and the time.
fn with_days(text: &str) -> Option<(f64, &str)> {
    let whole = |part: &str| {
        let is_number =
            !part.is_empty() && part.len() < 6 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<f64>().ok().filter(|_| is_number)
    };
    if let Some((days, rest)) = text.split_once(' ') {
        let (word, clock) = rest.rsplit_once(' ')?;
        let is_word = matches!(
            word.trim_end_matches(',').trim(),
            "d" | "day" | "days" | "tag" | "tage" | "jours" | "días" | "giorni"
        );
        return whole(days).filter(|_| is_word).map(|days| (days, clock));
    }
    let colon = text.find(':')?;
    match text[..colon].split_once('.') {
        Some((days, _)) => whole(days).map(|of| (of, &text[days.len() + 1..])),
        None => Some((0.0, text)),
    }
}

/// Parts of names of durations, in five languages.
const DURATION: [&str; 26] = [
    "durat",
    "dauer",
    "durée",
    "duree",
    "durac",
    "laufzeit",
    "länge",
    "length",
    "longueur",
    "wartezeit",
    "waiting",
    "attente",
    "espera",
    "attesa",
    "elapsed",
    "spent",
    "handling",
    "session",
    "sitzung",
    "talk",
    "gespräch",
    "watch",
    "runtime",
    "passé",
    "arbeitszeit",
    "worked",
];
/// Words of names of durations.
const DURATION_WORDS: [&str; 24] = [
    "on", "wait", "hold", "avg", "average", "mean", "total", "pace", "lap", "minutes", "minuten",
    "minutos", "minuti", "seconds", "sekunden", "hours", "stunden", "heures", "horas", "ore",
    "temps", "tiempo", "lauf", "split",
];
/// Words of those among them that count hours.
const HOURS: [&str; 9] = [
    "hours",
    "stunden",
    "heures",
    "horas",
    "ore",
    "std",
    "worked",
    "arbeitszeit",
    "hrs",
];
/// Words of names of times of the day.
const CLOCK: [&str; 38] = [
    "time",
    "clock",
    "uhr",
    "uhrzeit",
    "zeit",
    "heure",
    "hora",
    "ora",
    "orario",
    "horaire",
    "at",
    "start",
    "beginn",
    "begin",
    "end",
    "ende",
    "open",
    "opening",
    "close",
    "closing",
    "login",
    "logout",
    "checkin",
    "departure",
    "arrival",
    "abfahrt",
    "ankunft",
    "zeitpunkt",
    "timestamp",
    "created",
    "début",
    "fin",
    "inicio",
    "inizio",
    "fine",
    "öffnung",
    "bestellzeit",
    "when",
];
/// Of times of day few lie before this hour, and of durations that are written with hours few last as long.
const EARLY: f64 = 3.0;
/// The same of durations of two parts, which are minutes or hours.
const SHORT: f64 = 6.0;

/// How the spans of a column are read, were they durations.
pub(super) fn form_of(name: &str, spans: &[Span]) -> SpanForm {
    let named = words(name);
    let counts_hours = named.iter().any(|word| HOURS.contains(&word.as_str()));
    if counts_hours && spans.iter().all(|span| span.third.is_none()) {
        SpanForm::Minutes
    } else {
        SpanForm::Seconds
    }
}

/// Whether the spans of a column are durations. A clock has 24 hours; a name says more than how large the values are.
pub(super) fn are_durations(name: &str, spans: &[Span]) -> bool {
    if spans.iter().any(|span| span.has_half_day) {
        return false;
    }
    let no_clocks = spans.iter().filter(|span| span.is_no_clock()).count();
    if no_clocks * 20 >= spans.len().max(1) {
        return true;
    }
    let lower = name.to_lowercase();
    let named = words(name);
    let has = |list: &[&str]| named.iter().any(|word| list.contains(&word.as_str()));
    if DURATION.iter().any(|part| lower.contains(part)) || has(&DURATION_WORDS) {
        return true;
    }
    let below = |span: &&Span| span.first < if span.third.is_some() { EARLY } else { SHORT };
    let are_short = spans.iter().filter(below).count() * 4 >= spans.len() * 3;
    if has(&CLOCK) {
        return are_short && is_time_spent(&named, spans);
    }
    are_short
}

/// Words of names of times of the day that are words for durations, too.
const EITHER: [&str; 2] = ["time", "zeit"];
/// What time is spent in: `Time in club`, `Zeit im Bad`.
const INSIDE: [&str; 9] = [
    "in", "im", "inside", "within", "to", "per", "pro", "bis", "between",
];

/// Whether time that is spent may be meant rather than an hour of the day: time in something, or time alone with seconds.
fn is_time_spent(named: &[String], spans: &[Span]) -> bool {
    let is = |list: &[&str], word: &String| list.contains(&word.as_str());
    let is_open = named
        .iter()
        .all(|word| is(&EITHER, word) || !is(&CLOCK, word));
    let mut pairs = named.windows(2);
    let is_inside = pairs.any(|pair| is(&EITHER, &pair[0]) && is(&INSIDE, &pair[1]));
    let have_seconds = spans.iter().all(|span| span.third.is_some());
    is_open && (is_inside || have_seconds)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_to_their_unit() {
        let seconds = |cell| Span::of(cell).map(|span| span.value(SpanForm::Seconds));
        for (cell, value) in [
            ("00:03:12", 192.0),
            ("1:05", 65.0),
            ("-0:30", -30.0),
            ("100:00:00", 360_000.0),
            ("2.01:00:00", 176_400.0),
            ("1 day, 01:00:00", 90_000.0),
            ("0:00:01.5", 1.5),
        ] {
            assert_eq!(seconds(cell), Some(value), "{cell}");
        }
        let minutes = Span::of("37:30").unwrap().value(SpanForm::Minutes);
        assert_eq!(minutes, 2_250.0);
        for cell in [
            "", "12", "1:5", "1:60", "a:10", "1:10:70", "1:2:3:4", "10.5:20x", "x 1:10",
        ] {
            assert_eq!(seconds(cell), None, "{cell}");
        }
    }

    #[test]
    fn names_and_values_tell_durations_from_times_of_day() {
        let are = |name: &str, cells: &[&str]| {
            let spans: Vec<Span> = cells.iter().map(|cell| Span::of(cell).unwrap()).collect();
            are_durations(name, &spans)
        };
        let day = ["09:15", "14:35", "18:02", "21:40"];
        let short = ["1:05", "0:45", "2:30", "12:10"];
        for name in [
            "Order time",
            "Uhrzeit",
            "heure",
            "hora",
            "orario",
            "x",
            "Zeit",
            "login_at",
        ] {
            assert!(!are(name, &day), "{name}");
        }
        for name in [
            "Call duration",
            "Gesprächsdauer",
            "durée d'appel",
            "duración",
            "durata",
            "Time on site",
            "tempo attesa",
        ] {
            assert!(are(name, &day), "{name}");
        }
        assert!(are("x", &short) && !are("start time", &short));
        assert!(are("time", &["25:10", "75:30", "12:00"]));
        assert!(are("x", &["00:03:12", "00:12:40", "01:02:00", "00:00:09"]));
        assert!(!are("x", &["08:03:12", "14:12:40", "21:02:00", "10:00:09"]));
        let spent = ["00:04:31", "02:19:51", "01:56:24", "00:11:15"];
        for name in ["Time in club", "Zeit im Bad", "Zeit", "tempo in palestra"] {
            assert!(are(name, &spent), "{name}");
        }
        // Who comes at nine was not inside for nine hours, and what starts has an hour of the day.
        for name in ["Time in", "Zeit", "time"] {
            assert!(
                !are(name, &["08:55:00", "09:01:10", "08:58:31", "17:02:00"]),
                "{name}"
            );
        }
        assert!(!are("Start time", &spent) && !are("Time", &day));
        assert!(!are("call length", &["1:05 pm", "2:10 am"]));
        assert_eq!(
            form_of("Hours worked", &[Span::of("7:30").unwrap()]),
            SpanForm::Minutes
        );
        assert_eq!(
            form_of("talk", &[Span::of("7:30").unwrap()]),
            SpanForm::Seconds
        );
    }
}
