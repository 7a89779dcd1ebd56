//! Which encoding of one byte a letter a text in Latin letters is in: the one in which its words are likeliest.
//!
//! ```text
//! ln p(letter)  by its rank among the letters beyond ASCII of a language: ln(1 / (rank + 2)), as a share of all of them
//! ln p(word)    the sum over its letters beyond ASCII; less for letters that the language lacks, for signs within words, for capitals behind
//!               small letters, and where a letter does not stand in the language; 12 less at most
//! score         of an encoding: the largest sum over the different words, for a main language of the encoding; words may be of others, which
//!               costs 2 within the region of the encoding, and 4 beyond
//! ```
//!
//! windows-1252 unless another scores more than 4 above it.

use std::collections::BTreeSet;

use encoding_rs::{
    Encoding, ISO_8859_2, ISO_8859_4, ISO_8859_13, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254,
    WINDOWS_1257, WINDOWS_1258,
};

use crate::numeric::set_of;

/// Bytes of the sample that are looked at.
const LOOKED_AT: usize = 1 << 15;
/// Shorter words are units and initials.
const SHORTEST: usize = 4;
/// No word is less likely.
const LEAST: f64 = -12.0;
/// Evidence against windows-1252 is clear above this.
const CLEAR: f64 = 4.0;
/// ln p of a letter that the language lacks, and of a sign.
const LACKED: f64 = -9.0;
const SIGN: f64 = -11.0;
/// What another language costs than the main one: of the same region, and of others.
const NEIGHBOUR: f64 = -2.0;
const FOREIGN: f64 = -4.0;
/// What a capital behind a small letter, a letter in a wrong place and an end of a word cost that the language does not have.
const MISPLACED: f64 = -3.0;

/// Languages that one encoding is made for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Region {
    West,
    Centre,
    Baltic,
    Turkey,
}

/// The letters beyond ASCII of a language.
struct Language {
    region: Region,
    /// The most frequent first.
    letters: &'static str,
    /// Those of them that stand behind vowels only.
    behind_vowels: &'static str,
    /// Those that do not.
    behind_others: &'static str,
    /// What words end with; nothing where that is open.
    ends: &'static str,
}

const fn of(region: Region, letters: &'static str) -> Language {
    Language {
        region,
        letters,
        behind_vowels: "",
        behind_others: "",
        ends: "",
    }
}

const LANGUAGES: [Language; 21] = [
    // German, French, Spanish, Portuguese, Italian, Danish and Norwegian, Swedish and Finnish, Dutch, Catalan, Icelandic, Estonian.
    of(Region::West, "üäöß"),
    Language {
        behind_vowels: "ëïÿ",
        ..of(Region::West, "éèêçàôâëîïûùœÿæ")
    },
    of(Region::West, "áóéíñúü¿¡ºª"),
    of(Region::West, "ãçáéíóõêúâôàºª"),
    of(Region::West, "àèòùìé"),
    of(Region::West, "øåæé"),
    of(Region::West, "öäåé"),
    Language {
        behind_vowels: "ëï",
        ..of(Region::West, "ëïéöü")
    },
    of(Region::West, "àèéíóòçúïü"),
    of(Region::West, "íáóðöéúþæý"),
    of(Region::West, "äõüöšž"),
    // Polish, Czech, Slovak, Hungarian, Croatian and Slovene, Romanian.
    of(Region::Centre, "łóąężśćńź"),
    of(Region::Centre, "íáéěýřčžšůúťňďó"),
    of(Region::Centre, "áíéčýžšúľťôňäďóĺŕ"),
    of(Region::Centre, "áéóöőíüúű"),
    of(Region::Centre, "čšžćđ"),
    of(Region::Centre, "ăâîşţ"),
    // Lithuanian, Latvian, Estonian.
    Language {
        behind_others: "ė",
        ends: "saeiouėįųąęy",
        ..of(Region::Baltic, "ėšžųūčįąę")
    },
    Language {
        behind_others: "āēī",
        ends: "saeiuāēīūo",
        ..of(Region::Baltic, "āīēšņūļžčķģ")
    },
    of(Region::Baltic, "äõüöšž"),
    Language {
        behind_vowels: "ğ",
        ..of(Region::Turkey, "ıüşçğöİâî")
    },
];

/// Encodings beside windows-1252, those of ISO after the one of Windows that they hardly differ from.
const CANDIDATES: [(Region, &Encoding); 6] = [
    (Region::Centre, WINDOWS_1250),
    (Region::Baltic, WINDOWS_1257),
    (Region::Turkey, WINDOWS_1254),
    (Region::Centre, ISO_8859_2),
    (Region::Baltic, ISO_8859_13),
    (Region::Baltic, ISO_8859_4),
];

/// Whether an encoding is made for Latin letters.
fn is_latin(encoding: &'static Encoding) -> bool {
    let mut others = CANDIDATES.iter();
    encoding == WINDOWS_1252 || others.any(|(_, other)| *other == encoding)
}

/// Whether a text that was taken for one in an encoding may as well be in Latin letters: nearly all words with bytes beyond ASCII have as
/// many ASCII letters beside them. Where characters take two bytes, none has two in a row, or each has three times as many letters.
/// Letters that stand alone are taken for Latin.
pub(super) fn may_be_latin(sample: &[u8], guess: &'static Encoding) -> bool {
    if guess == WINDOWS_1258 {
        // The letters of Vietnamese are not among those told apart here.
        return false;
    }
    let words = words(sample, 2);
    let n_among = |letters: usize| {
        let has_few = |word: &&&[u8]| {
            let beyond = word.iter().filter(|byte| !byte.is_ascii()).count();
            (letters + 1) * beyond <= word.len()
        };
        words.iter().filter(has_few).count()
    };
    if guess.is_single_byte() {
        return is_latin(guess) || n_among(1) * 10 >= words.len() * 9;
    }
    let mut pairs = sample.windows(2);
    pairs.all(|pair| pair[0].is_ascii() || pair[1].is_ascii()) || n_among(3) == words.len()
}

/// The encoding of a text in Latin letters, by its lines beyond ASCII.
pub(super) fn encoding_of(sample: &[u8]) -> &'static Encoding {
    let words = words(sample, SHORTEST);
    let read = |encoding: &'static Encoding| -> Vec<String> {
        let words = words.iter();
        let read = words.map(|word| encoding.decode_without_bom_handling(word).0.into_owned());
        read.collect()
    };
    let western = read(WINDOWS_1252);
    let mut best = (score(&western, Region::West) + CLEAR, WINDOWS_1252);
    for (region, encoding) in CANDIDATES {
        let own = read(encoding);
        let score = score(&own, region);
        if score > best.0 && own != western {
            best = (score, encoding);
        }
    }
    best.1
}

/// How likely words are in an encoding of a region.
fn score(words: &[String], region: Region) -> f64 {
    let mut sums = [0.0; LANGUAGES.len()];
    for word in words {
        let each = LANGUAGES.each_ref().map(|language| language.ln_p(word));
        let likeliest = |is_one: &dyn Fn(&Language) -> bool| {
            let own = LANGUAGES
                .iter()
                .zip(each)
                .filter(|(language, _)| is_one(language));
            own.fold(f64::NEG_INFINITY, |most, (_, ln_p)| most.max(ln_p))
        };
        let other = likeliest(&|language| language.region == region) + NEIGHBOUR;
        let other = other.max(likeliest(&|_| true) + FOREIGN);
        for (sum, own) in sums.iter_mut().zip(each) {
            *sum += own.max(other).max(LEAST);
        }
    }
    let sums = LANGUAGES.iter().zip(sums);
    let home = sums.filter(|(language, _)| language.region == region);
    home.fold(f64::NEG_INFINITY, |most, (_, sum)| most.max(sum))
}

/// The different words with bytes beyond ASCII, of so many bytes at least.
fn words(sample: &[u8], least: usize) -> BTreeSet<&[u8]> {
    let start = &sample[..sample.len().min(LOOKED_AT)];
    let words = start.split(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic());
    set_of(words.filter(|word| word.len() >= least && !word.is_ascii()))
}

fn is_vowel(c: char) -> bool {
    "aeiouyAEIOUY".contains(c)
}

/// As it stands in the lists of letters.
fn small(c: char) -> char {
    let mut lower = c.to_lowercase();
    // The capital of the Turkish i has two.
    lower.next().filter(|_| c != 'İ').unwrap_or(c)
}

impl Language {
    fn ln_p(&self, word: &str) -> f64 {
        let n = self.letters.chars().count();
        let total: f64 = (0..n).map(|rank| 1.0 / (rank + 2) as f64).sum();
        let (mut sum, mut before, mut last) = (0.0, None, ' ');
        for c in word.chars() {
            let letter = small(c);
            last = letter;
            if !c.is_ascii() {
                let rank = self.letters.chars().position(|own| own == letter);
                sum += match rank {
                    Some(rank) => -libm::log((rank + 2) as f64 * total),
                    None if c.is_alphabetic() => LACKED,
                    None => SIGN,
                };
                let is_behind_small = before.is_some_and(char::is_lowercase);
                let is_behind_vowel = before.is_some_and(is_vowel);
                let is_misplaced = is_behind_small && c.is_uppercase()
                    || self.behind_vowels.contains(letter) && !is_behind_vowel
                    || self.behind_others.contains(letter) && is_behind_vowel;
                if is_misplaced {
                    sum += MISPLACED;
                }
            }
            before = Some(c);
        }
        if !self.ends.is_empty() && !self.ends.contains(last) {
            sum += MISPLACED;
        }
        sum
    }
}

#[cfg(test)]
mod tests;
