//! Columns aligned by blanks, as statistics programs and mainframes print them: where their lines are cut.
//!
//! ```text
//!  id  name         spend        positions that are blank in nearly every line part the columns; where there are none, runs of
//!   1  Ann Lee      12.50        blanks do
//!  12  Bob         112.00
//! ```
//!
//! A cut that falls into a word of a line moves to the nearest blank, so that a number that is longer than those of the sample stays whole.

use std::ops::Range;
use std::sync::Arc;

use super::typed::is_typed;

/// Lines looked at.
const LINES: usize = 500;
/// Lines above the first one whose blanks count, at most: titles and names.
const ABOVE: usize = 10;
/// A position parts columns if all but this share of the lines is blank there.
const CROSSED: f64 = 0.02;
/// This share of the lines has as many cells as the header.
const EVEN: f64 = 0.97;
/// A column is typed if at least this share of its cells is.
const TYPED: f64 = 0.8;
/// Lines are no longer than this many characters.
const LONGEST: usize = 8_192;

/// How lines are cut into cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Alignment {
    /// At runs of at least so many blanks.
    Runs(usize),
    /// Before these characters, counted from 0.
    Cuts(Arc<[usize]>),
}

impl Alignment {
    /// The alignment of a text; `None` where blanks part nothing.
    pub(super) fn of(sample: &[u8]) -> Option<Self> {
        if sample.contains(&b'\t') {
            return None;
        }
        let text = String::from_utf8_lossy(sample);
        let all = text.split(['\n', '\r']).map(|line| Line::of(line, LONGEST));
        let all: Option<Vec<Line>> = all
            .filter(|line| line.as_ref().is_none_or(|line| !line.words.is_empty()))
            .take(LINES)
            .collect();
        let all = all?;
        let ruler = all.iter().take(ABOVE).position(Line::is_ruler_of_groups);
        let is_row = |line: &&Line| !is_ruler(line.text.as_bytes());
        let lines: Vec<&Line> = all.iter().filter(is_row).collect();
        let blanks = lines.iter().filter(|line| line.has_run()).count();
        if lines.len() < 3 || blanks * 5 < lines.len() {
            return None;
        }
        let cuts = match ruler {
            Some(at) => Some(Found {
                cuts: all[at].cuts_at_words(),
                header: all[..at].iter().filter(is_row).count().checked_sub(1),
            }),
            None => Found::of(&lines),
        };
        let cuts = cuts.filter(|found| !found.cuts.is_empty());
        let fixed = cuts.map(|found| (Self::Cuts(found.cuts.into()), found.header));
        let fixed = fixed.filter(|(cuts, _)| cuts.is_sound(&lines, ruler.is_some()));
        let has_names = |alignment: &Self, header: Option<usize>| {
            let cells = alignment.cells(&lines[header.unwrap_or(0)].text);
            cells.iter().skip(1).all(|cell| !cell.is_empty())
        };
        let [words, wide] = [1, 2].map(|least| {
            let runs = Self::Runs(least);
            Some(runs).filter(|runs| runs.is_even(&lines) && runs.is_sound(&lines, false))
        });
        match fixed {
            Some((cuts, header)) if has_names(&cuts, header) => Some(cuts),
            None => words.or(wide),
            Some((cuts, header)) => {
                // Names that do not stand above their columns.
                let n_names = lines[header.unwrap_or(0)].words.len();
                let named = words.filter(|words| words.n_cells(&lines) == n_names);
                let wide = wide.filter(|wide| wide.n_cells(&lines) > cuts.n_cells(&lines));
                named.or(wide).or(Some(cuts))
            }
        }
    }

    /// The cells of a line, without the blanks around them.
    pub(super) fn split<'t>(&self, line: &'t [u8], mut take: impl FnMut(&'t [u8])) {
        match self {
            Self::Runs(least) => {
                words(line, *least, |word| take(&line[word]));
            }
            Self::Cuts(cuts) => {
                let places = places(line, cuts);
                let is_cut = |&at: &usize| {
                    at > 0
                        && at < line.len()
                        && !is_blank_byte(line[at])
                        && !is_blank_byte(line[at - 1])
                };
                let n_cut = places.iter().filter(|at| is_cut(at)).count();
                let mut found = Vec::new();
                words(line, 1, |word| found.push(word));
                // Names that stand beside their columns.
                if n_cut > 0 && found.len() == cuts.len() + 1 {
                    return found.into_iter().for_each(|word| take(&line[word]));
                }
                if n_cut > 1 && is_side_by_side(line) || is_title(line, &found, places[0]) {
                    return take(trimmed(line));
                }
                let mut start = 0;
                for (i, &place) in places.iter().enumerate() {
                    let next = places.get(i + 1).copied().unwrap_or(line.len());
                    let end = if is_cut(&place) {
                        nearest_blank(line, place, start..next)
                    } else {
                        place
                    };
                    take(trimmed(&line[start..end.max(start)]));
                    start = end.max(start);
                }
                take(trimmed(&line[start..]));
            }
        }
    }

    fn cells<'t>(&self, line: &'t str) -> Vec<&'t [u8]> {
        let mut cells = Vec::new();
        self.split(line.as_bytes(), |cell| cells.push(cell));
        cells
    }

    /// The most frequent number of cells; of equally frequent ones the largest.
    fn n_cells(&self, lines: &[&Line]) -> usize {
        if let Self::Cuts(cuts) = self {
            return cuts.len() + 1;
        }
        let lengths: Vec<usize> = lines
            .iter()
            .map(|line| self.cells(&line.text).len())
            .collect();
        let count = |n: usize| lengths.iter().filter(|&&other| other == n).count();
        let lengths = lengths.iter().copied();
        lengths.max_by_key(|&n| (count(n), n)).unwrap_or(0)
    }

    /// Whether nearly all lines below titles have the same number of cells.
    fn is_even(&self, lines: &[&Line]) -> bool {
        let n = self.n_cells(lines);
        let has_n = |line: &&Line| self.cells(&line.text).len() == n;
        let Some(start) = lines.iter().position(has_n).filter(|&at| at <= ABOVE) else {
            return false;
        };
        let even = lines[start..].iter().copied().filter(has_n);
        // The line above the rows is their header only if it has as many names: it must not be taken for a title.
        let is_title = start == 0 || lines[start - 1].words.len() < n;
        is_title && even.count() as f64 >= EVEN * (lines.len() - start) as f64
    }

    /// Whether there are several columns and one of them holds numbers or dates below its first line, or a ruler says so.
    fn is_sound(&self, lines: &[&Line], has_ruler: bool) -> bool {
        let n = self.n_cells(lines);
        let mut counts = vec![(0_usize, 0_usize); n];
        for line in lines.iter().skip(1) {
            for (count, cell) in counts.iter_mut().zip(self.cells(&line.text)) {
                count.0 += usize::from(is_typed(cell));
                count.1 += usize::from(!cell.is_empty());
            }
        }
        let is_column = |&(typed, filled): &(usize, usize)| {
            filled * 4 >= lines.len() && typed as f64 >= TYPED * filled as f64
        };
        n >= 2 && (has_ruler || counts.iter().any(is_column))
    }
}

/// Whether a line holds nothing but what rules a table: `-----  ---`, `=====`.
pub(super) fn is_ruler(line: &[u8]) -> bool {
    let mut signs = line.iter().filter(|byte| !is_blank_byte(**byte));
    let is_sign = |byte: &u8| matches!(byte, b'-' | b'=' | b'_' | b'+');
    line.iter().filter(|byte| is_sign(byte)).count() >= 3 && signs.all(is_sign)
}

/// A line of the sample.
struct Line {
    text: String,
    /// Characters of its words.
    words: Vec<Range<usize>>,
}

impl Line {
    /// `None` for a line that is too long.
    fn of(text: &str, longest: usize) -> Option<Self> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for (at, _) in text.chars().enumerate().filter(|(_, c)| !is_blank(*c)) {
            match found.last_mut() {
                Some(last) if last.end == at => last.end += 1,
                _ => found.push(at..at + 1),
            }
        }
        let is_short = found.last().is_none_or(|last| last.end <= longest);
        is_short.then(|| Self {
            text: text.to_owned(),
            words: found,
        })
    }

    /// Whether it starts with blanks or has two side by side.
    fn has_run(&self) -> bool {
        let is_wide = |pair: &[Range<usize>]| pair[1].start > pair[0].end + 1;
        self.words.first().is_some_and(|word| word.start > 0) || self.words.windows(2).any(is_wide)
    }

    fn is_ruler_of_groups(&self) -> bool {
        self.words.len() > 1 && is_ruler(self.text.as_bytes())
    }

    /// Whether less than half of its words are numbers or dates.
    fn has_more_texts(&self) -> bool {
        self.n_typed() * 2 < self.words.len()
    }

    fn n_typed(&self) -> usize {
        let words = self.text.split_whitespace();
        words.filter(|word| is_typed(word.as_bytes())).count()
    }

    fn cuts_at_words(&self) -> Vec<usize> {
        self.words.iter().skip(1).map(|word| word.start).collect()
    }

    fn is_inside(&self, cut: usize) -> bool {
        let holds = |word: &Range<usize>| word.start < cut && cut < word.end;
        self.words.iter().any(holds)
    }

    fn touches(&self, span: &Range<usize>) -> bool {
        let touches = |word: &Range<usize>| word.start < span.end && span.start < word.end;
        self.words.iter().any(touches)
    }
}

/// Cuts, and the line that names the columns.
struct Found {
    cuts: Vec<usize>,
    header: Option<usize>,
}

impl Found {
    /// By the positions that are blank in nearly all lines, those of titles and names aside.
    fn of(lines: &[&Line]) -> Option<Self> {
        // Most words of rows are numbers, most words of titles and names are none.
        let above = lines.iter().take_while(|line| line.has_more_texts());
        let most = above.count().min(ABOVE).min(lines.len() / 3);
        let candidates = (0..=most).map(|start| (start, spans(&lines[start..])));
        let candidates: Vec<(usize, Vec<Range<usize>>)> = candidates.collect();
        let widest = candidates.iter().map(|(_, spans)| spans.len()).max()?;
        let found = candidates
            .into_iter()
            .find(|(_, spans)| spans.len() == widest);
        let (start, mut spans) = found?;
        // Names that stand above their columns are among the lines whose blanks count, others above them.
        let is_text = |at: &usize| lines[*at].n_typed() == 0;
        let is_above_all = |at: &usize| spans.iter().skip(1).all(|it| lines[*at].touches(it));
        let near = 0..lines.len().min(start + ABOVE);
        let names = near.filter(is_text).find(is_above_all);
        let names = names.or_else(|| (0..=start).rev().find(is_text));
        let header = names.unwrap_or(start.saturating_sub(1));
        let head = &lines[..=start];
        let is_named = |span: &Range<usize>| head.iter().any(|line| line.touches(span));
        // One blank that all rows have by chance parts no column without a name of its own.
        let mut named = lines[start.saturating_sub(1)..].iter();
        let is_exact = named.all(|line| line.words.len() == widest);
        let mut at = 1;
        while at < spans.len() && names.is_some() && !is_exact {
            let gap = spans[at - 1].end..spans[at].start;
            let is_covered = header < start && lines[header].is_inside(gap.start);
            let is_unnamed = !is_named(&spans[at]) || at > 1 && !is_named(&spans[at - 1]);
            if gap.len() == 1 && (is_unnamed || is_covered) {
                let right = spans.remove(at);
                spans[at - 1].end = right.end;
            } else {
                at += 1;
            }
        }
        let body = &lines[start..];
        let pairs = spans.windows(2);
        let cuts = pairs.map(|pair| cut_between(&pair[0], &pair[1], lines[header], body));
        Some(Self {
            cuts: cuts.collect(),
            header: Some(header),
        })
    }
}

/// Positions that hold the columns of lines, from left to right.
fn spans(lines: &[&Line]) -> Vec<Range<usize>> {
    let ends = lines.iter().filter_map(|line| line.words.last());
    let width = ends.map(|word| word.end).max().unwrap_or(0);
    let mut filled = vec![0_usize; width];
    for word in lines.iter().flat_map(|line| &line.words) {
        filled[word.clone()].iter_mut().for_each(|n| *n += 1);
    }
    let allowed = (CROSSED * lines.len() as f64) as usize;
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in (0..width).filter(|&at| filled[at] > allowed) {
        match found.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// Where two columns are cut: beside the one that grows away from the other, if the names allow it.
fn cut_between(left: &Range<usize>, right: &Range<usize>, header: &Line, body: &[&Line]) -> usize {
    let gap = left.end..right.start + 1;
    // Numbers grow to the left, texts to the right.
    let ends_alike = |span: &Range<usize>| {
        let ends = body.iter().filter(|line| line.touches(span));
        let (touched, even) = ends.fold((0_usize, 0_usize), |(all, even), line| {
            let ends = line.words.iter().any(|word| word.end == span.end);
            (all + 1, even + usize::from(ends))
        });
        even * 10 >= touched * 9
    };
    let wanted = match (ends_alike(left), ends_alike(right)) {
        (_, false) => right.start,
        (true, true) => left.end,
        (false, true) => (left.end + right.start).div_ceil(2),
    };
    let allowed = gap.clone().filter(|&cut| !header.is_inside(cut));
    let nearest = allowed.min_by_key(|cut| cut.abs_diff(wanted));
    nearest.unwrap_or(wanted)
}

/// Whether words stand one blank apart.
fn is_side_by_side(line: &[u8]) -> bool {
    let mut n_runs = 0;
    words(line, 2, |_| n_runs += 1);
    n_runs == 1
}

/// Whether words one blank apart, few of them numbers or dates, start right of the first column.
fn is_title(line: &[u8], found: &[Range<usize>], first_cut: usize) -> bool {
    let typed = found.iter().filter(|word| is_typed(&line[(*word).clone()]));
    found.first().is_some_and(|word| word.start >= first_cut)
        && found.len() > 2
        && typed.count() * 2 < found.len()
        && is_side_by_side(line)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{c}')
}

fn is_blank_byte(byte: u8) -> bool {
    is_blank(char::from(byte))
}

fn trimmed(mut cell: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = cell
        && is_blank_byte(*first)
    {
        cell = rest;
    }
    while let [rest @ .., last] = cell
        && is_blank_byte(*last)
    {
        cell = rest;
    }
    cell
}

/// Words of a line between runs of at least so many blanks.
fn words(line: &[u8], least: usize, mut take: impl FnMut(Range<usize>)) {
    let mut word: Option<Range<usize>> = None;
    for (at, _) in line.iter().enumerate().filter(|(_, b)| !is_blank_byte(**b)) {
        match &mut word {
            Some(word) if at - word.end < least => word.end = at + 1,
            _ => {
                if let Some(done) = word.replace(at..at + 1) {
                    take(done);
                }
            }
        }
    }
    if let Some(done) = word {
        take(done);
    }
}

/// Bytes at which the characters of the cuts start.
fn places(line: &[u8], cuts: &[usize]) -> Vec<usize> {
    if line.is_ascii() {
        return cuts.iter().map(|&cut| cut.min(line.len())).collect();
    }
    let mut starts = (0..line.len()).filter(|&at| line[at] & 0xC0 != 0x80);
    let mut before = 0;
    let place = |&cut: &usize| {
        let at = starts.nth(cut - before).unwrap_or(line.len());
        before = cut + 1;
        at
    };
    cuts.iter().map(place).collect()
}

/// The blank that is nearest to a place, within a range; the place itself without one.
fn nearest_blank(line: &[u8], place: usize, within: Range<usize>) -> usize {
    let blanks = within.filter(|&at| is_blank_byte(line[at]));
    blanks
        .min_by_key(|&at| (at.abs_diff(place), at))
        .unwrap_or(place)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests;
