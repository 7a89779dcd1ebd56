//! Bytes in any common encoding to UTF-8.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A text, and what it was written in.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, [u8]>,
    /// Name of the encoding in the Encoding Standard.
    pub(super) name: &'static str,
}

/// Bytes looked at to guess an encoding.
const SAMPLE: usize = 1 << 20;
/// So many unreadable bytes, as a share of those beyond ASCII, are damage to UTF-8 rather than another encoding.
const DAMAGE: f64 = 0.05;

/// Decodes by the byte order mark, else as UTF-8 if it is that, else by a guess at the encoding. What cannot be read becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[length..]);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return decoded(encoding, bytes);
    }
    if std::str::from_utf8(bytes).is_ok() || is_damaged_utf_8(bytes) {
        return decoded(UTF_8, bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // Short Chinese texts pass for Latin ones.
    if guess.is_single_byte() && is_chinese(bytes) {
        return decoded(GB18030, bytes);
    }
    decoded(guess, bytes)
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
pub(super) fn is_utf_16(bytes: &[u8]) -> bool {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or_else(|| utf_16_without_mark(bytes));
    encoding.is_some_and(|encoding| encoding == UTF_16LE || encoding == UTF_16BE)
}

fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    };
    Decoded {
        text,
        name: encoding.name(),
    }
}

/// Latin text in UTF-16 has a zero in every other byte.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) / 2 * 2];
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

/// Whether but a few bytes are UTF-8, and those that are not stand alone.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let unreadable: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let readable = beyond - unreadable;
    // A single odd byte says nothing about an encoding.
    unreadable == 1 && readable == 0 || (unreadable as f64) < DAMAGE * readable as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes);
        (
            String::from_utf8(decoded.text.into_owned()).unwrap(),
            decoded.name,
        )
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
}
