//! Bytes in any common encoding to UTF-8, slice by slice.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::source::{Source, Unreadable};

mod letters;

/// Bytes read at a time.
pub(super) const SLICE: usize = 1 << 20;
/// Bytes read first at least: decisions for the whole file are taken on them.
const FIRST: usize = 1 << 18;
/// Bytes of lines beyond ASCII that are looked at to guess an encoding.
const SAMPLE: usize = 1 << 20;
/// Fewer unreadable bytes than this share of the readable non-ASCII ones: damaged UTF-8, not another encoding.
const DAMAGE: f64 = 0.05;

/// Encodings that can be chosen, by their names in the Encoding Standard.
pub const ENCODINGS: [&str; 18] = [
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "macintosh",
    "Shift_JIS",
    "EUC-JP",
    "GB18030",
    "Big5",
    "EUC-KR",
];

/// Whether an encoding goes by that name.
pub fn knows_encoding(name: &str) -> bool {
    Encoding::for_label(name.as_bytes()).is_some()
}

/// How the bytes of a file become text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reading {
    /// UTF-8; anything else is an error, and another encoding is tried.
    Utf8,
    /// This encoding; what cannot be read becomes U+FFFD.
    As(&'static Encoding),
}

impl Reading {
    /// What a name or the first bytes say.
    pub(super) fn of(chosen: Option<&str>, head: &[u8]) -> Self {
        if let Some(encoding) = chosen.and_then(|name| Encoding::for_label(name.as_bytes())) {
            return Self::As(encoding);
        }
        match marked(head).or_else(|| utf_16_without_mark(head)) {
            Some(encoding) if encoding != UTF_8 => Self::As(encoding),
            _ => Self::Utf8,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => UTF_8.name(),
            Self::As(encoding) => encoding.name(),
        }
    }
}

/// Why there is no more text.
pub(super) enum FeedError {
    Unreadable,
    NotUtf8,
}

impl From<Unreadable> for FeedError {
    fn from(_: Unreadable) -> Self {
        Self::Unreadable
    }
}

/// The text of a file, slice by slice.
pub(super) struct Feed<'s> {
    source: &'s mut dyn Source,
    at: usize,
    /// `None` if the bytes are used as they are, after checking that they are UTF-8.
    decoder: Option<Decoder>,
    /// Bytes read at a time.
    n_slice: usize,
    slice: Vec<u8>,
    /// Bytes at the end of the text that start a character.
    unchecked: usize,
}

impl<'s> Feed<'s> {
    pub(super) fn new(
        source: &'s mut dyn Source,
        reading: Reading,
        n_slice: usize,
    ) -> Result<Self, Unreadable> {
        let mut head = Vec::new();
        source.read(0..source.n_bytes().min(3), &mut head)?;
        let mark = Encoding::for_bom(&head);
        let (decoder, at) = match reading {
            Reading::Utf8 => (None, mark.map_or(0, |(_, length)| length)),
            // The decoder skips its own byte order mark.
            Reading::As(encoding) => (Some(encoding.new_decoder_with_bom_removal()), 0),
        };
        Ok(Self {
            source,
            at,
            decoder,
            n_slice,
            slice: Vec::new(),
            unchecked: 0,
        })
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.source.n_bytes()
    }

    pub(super) fn bytes_left(&self) -> usize {
        self.source.n_bytes().saturating_sub(self.at)
    }

    /// Share of the bytes that are read.
    pub(super) fn fraction(&self) -> f64 {
        self.at as f64 / self.source.n_bytes().max(1) as f64
    }

    /// Appends text: more of it where a long record waits for its end.
    pub(super) fn more(&mut self, text: &mut Vec<u8>) -> Result<(), FeedError> {
        let least = if self.at < FIRST { FIRST } else { self.n_slice };
        let n = least.max(self.n_slice).max(text.len());
        let end = (self.at + n).min(self.source.n_bytes());
        let range = self.at..end;
        self.at = end;
        let is_last = self.is_done();
        let Some(decoder) = &mut self.decoder else {
            let from = text.len() - self.unchecked;
            self.source.read(range, text)?;
            self.unchecked = unfinished(&text[from..]).ok_or(FeedError::NotUtf8)?;
            return if is_last && self.unchecked > 0 {
                Err(FeedError::NotUtf8)
            } else {
                Ok(())
            };
        };
        self.slice.clear();
        self.source.read(range, &mut self.slice)?;
        // No encoding needs more than three bytes of UTF-8 per byte.
        let mut piece = vec![0; 3 * self.slice.len() + 16];
        let (_, _, n, _) = decoder.decode_to_utf8(&self.slice, &mut piece, is_last);
        text.extend_from_slice(&piece[..n]);
        Ok(())
    }
}

/// Bytes at the end that start a character; `None` where the bytes are not UTF-8.
fn unfinished(bytes: &[u8]) -> Option<usize> {
    // One test per block: a loop without an early exit is vectorised, sixteen bytes at a time.
    let (words, rest) = bytes.as_chunks::<8>();
    let upper = |words: &[[u8; 8]]| {
        let words = words.iter().map(|word| u64::from_le_bytes(*word));
        words.fold(0, |all, word| all | word) & 0x8080_8080_8080_8080
    };
    if words.chunks(512).all(|block| upper(block) == 0) && rest.is_ascii() {
        return Some(0);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => Some(0),
        Err(error) if error.error_len().is_none() => Some(bytes.len() - error.valid_up_to()),
        Err(_) => None,
    }
}

/// The encoding of a file that is not UTF-8 throughout: UTF-8 with a few damaged bytes, or a guess at its lines beyond ASCII.
pub(super) fn guess(source: &mut dyn Source) -> Result<Reading, Unreadable> {
    let (mut sample, mut beyond, mut unreadable) = (Vec::new(), 0_usize, 0_usize);
    let (mut buffer, mut at) = (Vec::new(), 0);
    while at < source.n_bytes() {
        let end = (at + SLICE).min(source.n_bytes());
        source.read(at..end, &mut buffer)?;
        at = end;
        let lines = if at == source.n_bytes() {
            buffer.len()
        } else {
            let last = buffer.iter().rposition(|&byte| byte == b'\n');
            last.map_or(buffer.len(), |last| last + 1)
        };
        for line in buffer[..lines].split_inclusive(|&byte| byte == b'\n') {
            if line.is_ascii() {
                continue;
            }
            beyond += line.iter().filter(|byte| !byte.is_ascii()).count();
            let chunks = line.utf8_chunks();
            unreadable += chunks.map(|chunk| chunk.invalid().len()).sum::<usize>();
            if sample.len() < SAMPLE {
                sample.extend_from_slice(&line[..line.len().min(SAMPLE)]);
            }
        }
        buffer.drain(..lines);
    }
    let readable = beyond - unreadable;
    // A single non-ASCII byte is no evidence for an encoding.
    let is_damaged =
        unreadable == 1 && readable == 0 || (unreadable as f64) < DAMAGE * readable as f64;
    if is_damaged {
        return Ok(Reading::As(UTF_8));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // The detector takes short Chinese texts for Latin ones.
    let is_chinese = guess.is_single_byte() && is_chinese(&sample);
    if is_chinese && !letters::may_be_latin(&sample, GB18030) {
        return Ok(Reading::As(GB18030));
    }
    // The detector takes a few Western letters for those of other countries.
    if letters::may_be_latin(&sample, guess) {
        return Ok(Reading::As(letters::encoding_of(&sample)));
    }
    Ok(Reading::As(guess))
}

/// Whether all bytes beyond ASCII come in pairs that are Chinese characters in GB 2312, which accented letters never do.
fn is_chinese(bytes: &[u8]) -> bool {
    let runs = bytes.split(u8::is_ascii).filter(|run| !run.is_empty());
    let (mut pairs, mut common) = (0, 0);
    for run in runs {
        for pair in run.chunks(2) {
            let [lead, trail] = pair else { return false };
            if !(0xA1..=0xF7).contains(lead) || *trail < 0xA1 {
                return false;
            }
            pairs += 1;
            common += usize::from((0xB0..=0xD7).contains(lead));
        }
    }
    pairs > 3 && common * 10 > pairs * 7
}

/// Whether the text is in UTF-16, with a byte order mark or without.
pub(super) fn is_utf_16(head: &[u8]) -> bool {
    let encoding = marked(head).or_else(|| utf_16_without_mark(head));
    encoding.is_some_and(|encoding| encoding == UTF_16LE || encoding == UTF_16BE)
}

/// Whether the bytes start with a byte order mark.
pub(super) fn is_marked(head: &[u8]) -> bool {
    marked(head).is_some()
}

/// A text in an encoding, with a byte order mark where it is asked for or the encoding needs one; in UTF-8 with a mark where the encoding
/// has no name that is known or lacks a character.
pub(super) fn encoded(text: &str, encoding: &str, has_mark: bool) -> Vec<u8> {
    let wanted = Encoding::for_label(encoding.as_bytes());
    let utf_16 = |of: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(of).collect()
    };
    match wanted {
        Some(encoding) if encoding == UTF_16LE => return utf_16(u16::to_le_bytes),
        Some(encoding) if encoding == UTF_16BE => return utf_16(u16::to_be_bytes),
        Some(encoding) if encoding != UTF_8 => {
            let (bytes, _, lacks_some) = encoding.encode(text);
            if !lacks_some {
                return bytes.into_owned();
            }
        }
        _ => {}
    }
    // A spreadsheet takes UTF-8 without a mark for the encoding of its country.
    let mark: &[u8] = if has_mark || !text.is_ascii() {
        b"\xEF\xBB\xBF"
    } else {
        b""
    };
    [mark, text.as_bytes()].concat()
}

fn marked(head: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(head).map(|(encoding, _)| encoding)
}

/// Latin text in UTF-16 has a zero in every other byte.
fn utf_16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let sample = &head[..head.len().min(4096) / 2 * 2];
    let zeros = |odd: usize| {
        sample
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    match (even * 10 > half * 7, odd * 10 > half * 7) {
        (true, false) if odd == 0 => Some(UTF_16BE),
        (false, true) if even == 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// Undoes UTF-8 that was read as windows-1252 and written as UTF-8 again (`dÃ©pense`); `None` for any other text.
pub(super) fn repaired(text: &str) -> Option<String> {
    // What the first bytes of two and three bytes of UTF-8 look like in windows-1252.
    if !text.contains(['Ã', 'Â', 'â', 'Å', 'Ä', 'Ð', 'Ñ', 'Ï', 'Î']) {
        return None;
    }
    let (bytes, _, has_others) = WINDOWS_1252.encode(text);
    let first = std::str::from_utf8(&bytes).ok().filter(|_| !has_others)?;
    (first.len() < text.len()).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(mut bytes: &[u8]) -> (String, &'static str) {
        let mut reading = Reading::of(None, bytes);
        loop {
            let mut text = Vec::new();
            let mut feed = Feed::new(&mut bytes, reading, SLICE).unwrap();
            match feed.more(&mut text) {
                Ok(()) => return (String::from_utf8(text).unwrap(), reading.name()),
                Err(_) => reading = guess(&mut bytes).unwrap(),
            }
        }
    }

    #[test]
    fn encodings_are_told_by_mark_or_by_their_bytes() {
        assert_eq!(found(b"\xEF\xBB\xBFa,b"), ("a,b".into(), "UTF-8"));
        assert_eq!(found(b"\xFF\xFEa\0,\0"), ("a,".into(), "UTF-16LE"));
        assert_eq!(found(b"\0a\0,\0b\0\n"), ("a,b\n".into(), "UTF-16BE"));
        assert_eq!(found("žluť".as_bytes()), ("žluť".into(), "UTF-8"));
        assert_eq!(found(b"a\xFFb"), ("a\u{FFFD}b".into(), "UTF-8"));
        let (text, name) = found(b"d\xE9pense,C\xF4te d\x92Ivoire,Zo\xE9\n");
        assert_eq!(
            (text.as_str(), name),
            ("dépense,Côte d’Ivoire,Zoé\n", "windows-1252")
        );
    }

    #[test]
    fn characters_that_a_slice_cuts_are_put_together() {
        let text = "é".repeat(SLICE / 2 + 10) + "x";
        let mut bytes = &text.as_bytes()[1..];
        // From the middle of a character the text is not UTF-8.
        let mut feed = Feed::new(&mut bytes, Reading::Utf8, SLICE).unwrap();
        assert!(feed.more(&mut Vec::new()).is_err());
        let text = "x".to_owned() + &text;
        let mut bytes = text.as_bytes();
        let (mut feed, mut found) = (
            Feed::new(&mut bytes, Reading::Utf8, SLICE).unwrap(),
            Vec::new(),
        );
        while !feed.is_done() {
            assert!(feed.more(&mut found).is_ok());
        }
        assert_eq!(found, text.as_bytes());
    }

    #[test]
    fn text_that_was_read_wrong_before_is_repaired_and_no_other() {
        assert_eq!(repaired("dÃ©pense").as_deref(), Some("dépense"));
        assert_eq!(repaired("Itâ€™s").as_deref(), Some("It’s"));
        assert_eq!(
            repaired("MÃ¼nchen, KÃ¶ln").as_deref(),
            Some("München, Köln")
        );
        for text in ["dépense", "ÂME", "Ångström", "plain", "Ã", "Ñandú"] {
            assert_eq!(repaired(text), None, "{text}");
        }
    }
}
