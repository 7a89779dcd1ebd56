//! The names of months in eight languages, whole or in short.

/// In lower case: short forms, then whole names, in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish.
const MONTHS: [&str; 12] = [
    "jan jän ene gen janv sty january januar jänner janvier enero gennaio janeiro januari stycznia",
    "feb fév fev févr febr lut february februar février fevrier febrero febbraio fevereiro februari lutego",
    "mar mär mrz mrt mars maa march märz maerz marzo março marco maart marca",
    "apr avr abr kwi april avril abril aprile kwietnia",
    "may mai mag maj mei mayo maggio maio maja",
    "jun juin giu cze june juni junio giugno junho czerwca",
    "jul juil lug lip july juli juillet julio luglio julho lipca",
    "aug aoû aou ago sie august août aout agosto augustus sierpnia",
    "sep set sept wrz september septembre septiembre settembre setembro września",
    "oct okt ott out paź october oktober octobre octubre ottobre outubro października",
    "nov lis november novembre noviembre novembro listopada",
    "dec dez déc dic gru december dezember décembre decembre diciembre dicembre dezembro grudnia",
];

/// The letters that the names of each month begin with, as bits from `a`: most words begin with none of them.
const INITIALS: [u32; 12] = {
    let (mut initials, mut month) = ([0; 12], 0);
    while month < 12 {
        let (names, mut at) = (MONTHS[month].as_bytes(), 0);
        while at < names.len() {
            if at == 0 || names[at - 1] == b' ' {
                initials[month] |= 1 << (names[at] - b'a');
            }
            at += 1;
        }
        month += 1;
    }
    initials
};

/// The number of a month, from 1.
pub(super) fn month_of(word: &str) -> Option<u32> {
    let first = word.bytes().next()?.to_ascii_lowercase();
    let is_initial =
        |initials: u32| first.is_ascii_lowercase() && initials >> (first - b'a') & 1 == 1;
    let found = MONTHS.iter().zip(INITIALS).position(|(names, initials)| {
        is_initial(initials) && names.split(' ').any(|name| is_name(name, word))
    });
    found.map(|at| at as u32 + 1)
}

/// Whether a word is a name that is known in lower case.
fn is_name(name: &str, word: &str) -> bool {
    name.eq_ignore_ascii_case(word) || !word.is_ascii() && name == word.to_lowercase()
}

/// In lower case, in English, German, French and Spanish; short forms of up to three letters are known by their length.
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag \
lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo";

/// Whether the word before a date may be a day of the week.
pub(super) fn may_be_weekday(word: &str) -> bool {
    (2..=3).contains(&word.chars().count()) || WEEKDAYS.split(' ').any(|name| is_name(name, word))
}

/// Whether a word is short for March, and for Tuesday as well: `mar. 30 janv. 2024`.
pub(super) fn is_march_or_tuesday(word: &str) -> bool {
    word.eq_ignore_ascii_case("mar")
}

/// Whether a word joins the parts of a date: `31 de enero de 2024`, `January 31st, 2024`, `Mittwoch, den 31. Januar 2024`.
pub(super) fn joins_dates(word: &str) -> bool {
    const JOINS: [&str; 11] = [
        "de", "of", "di", "do", "st", "nd", "rd", "th", "den", "the", "le",
    ];
    JOINS.iter().any(|it| it.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_whole_words() {
        for (word, number) in [
            ("Jan", 1),
            ("märz", 3),
            ("Août", 8),
            ("grudnia", 12),
            ("Sept", 9),
            ("mrt", 3),
            ("decembre", 12),
        ] {
            assert_eq!(month_of(word), Some(number), "{word}");
        }
        for word in ["Marketing", "Mayer", "", "Augustine", "de"] {
            assert_eq!(month_of(word), None, "{word}");
        }
        // No form stands for two months.
        let mut all: Vec<&str> = MONTHS.iter().flat_map(|names| names.split(' ')).collect();
        let n = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), n);
    }
}
