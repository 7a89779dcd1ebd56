//! The figures of an experiment, beside what is wanted, as a table of Markdown.

use std::fmt;

/// What a share must reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// At most this share.
    AtMost(f64),
    /// At least this share.
    AtLeast(f64),
    /// Between two shares, both allowed.
    Between(f64, f64),
    /// A p value of at least this: chance is part of it, so none is allowed on top.
    P(f64),
}

impl Bound {
    /// Whether a share among `n` sets reaches it; with `is_loose`, three standard errors are allowed for chance.
    ///
    /// ```text
    /// standard error = sqrt(b (1 - b) / n)        of a share whose true value is the bound b
    /// ```
    pub fn holds(self, share: f64, n: usize, is_loose: bool) -> bool {
        let slack = |bound: f64| {
            let error = (bound * (1.0 - bound) / n.max(1) as f64).sqrt();
            if is_loose { 3.0 * error } else { 0.0 }
        };
        match self {
            Self::AtMost(most) => share <= most + slack(most),
            Self::AtLeast(least) => share >= least - slack(least),
            Self::P(least) => share >= least,
            Self::Between(least, most) => {
                share >= least - slack(least) && share <= most + slack(most)
            }
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(f, "at most {most}"),
            Self::AtLeast(least) | Self::P(least) => write!(f, "at least {least}"),
            Self::Between(least, most) => write!(f, "{least} to {most}"),
        }
    }
}

/// This share of the sets should be counted where they all can be; the rest are too small to be tested.
const NEARLY_ALL: f64 = 0.75;

/// One share.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What was generated, and what was counted.
    pub what: String,
    /// Number of sets counted.
    pub n: usize,
    /// What the share must reach.
    pub wanted: Bound,
    /// The share found; none where there was nothing to count.
    pub found: Option<f64>,
    /// Number of sets that should be counted, nearly all of them; 0 where it may be that nothing is.
    pub expected: usize,
    /// What went wrong on sets that are not counted.
    pub errors: Vec<String>,
}

impl Row {
    /// The share of `n` sets that were counted.
    pub(crate) fn of(what: impl Into<String>, wanted: Bound, count: usize, n: usize) -> Self {
        Self {
            what: what.into(),
            n,
            wanted,
            found: (n > 0).then(|| count as f64 / n as f64),
            expected: 0,
            errors: Vec::new(),
        }
    }

    /// A figure that was found among `n` sets.
    pub(crate) fn figure(what: impl Into<String>, wanted: Bound, figure: f64, n: usize) -> Self {
        Self {
            found: (n > 0).then_some(figure),
            ..Self::of(what, wanted, 0, n)
        }
    }

    /// The same, where nearly so many sets should be counted.
    pub(crate) fn out_of(mut self, expected: usize) -> Self {
        self.expected = expected;
        self
    }

    /// The same, with what went wrong meanwhile.
    pub(crate) fn with(mut self, errors: &[String]) -> Self {
        self.errors.extend_from_slice(errors);
        self
    }

    /// Whether nearly as many sets were counted as should be.
    fn is_of_enough(&self) -> bool {
        self.n as f64 >= NEARLY_ALL * self.expected as f64
    }

    /// Whether nothing went wrong, enough was counted, and the share is what is wanted, within chance.
    pub fn holds(&self) -> bool {
        let holds = |share| self.wanted.holds(share, self.n, true);
        self.errors.is_empty() && self.is_of_enough() && self.found.is_none_or(holds)
    }
}

/// The figures of one experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// What is generated and what is asked, in a paragraph.
    pub about: &'static str,
    /// The shares.
    pub rows: Vec<Row>,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            what, n, wanted, ..
        } = self;
        let (found, mark) = match self.found {
            None => ("–".to_owned(), "nothing to count"),
            Some(share) if !self.is_of_enough() => (format!("{share:.4}"), "too few"),
            Some(share) if wanted.holds(share, *n, false) => (format!("{share:.4}"), ""),
            Some(share) => (format!("{share:.4}"), "missed"),
        };
        let failed = self
            .errors
            .first()
            .map(|first| format!("{} failed: {first}", self.errors.len()));
        let mark = failed.as_deref().unwrap_or(mark);
        write!(f, "| {what} | {n} | {wanted} | {found} | {mark} |")
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## {}\n\n{}\n", self.title, self.about)?;
        writeln!(f, "| sets | number | wanted | found | |")?;
        writeln!(f, "|---|---|---|---|---|")?;
        self.rows.iter().try_for_each(|row| writeln!(f, "{row}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_number_of_sets_is_allowed_its_chance() {
        let at_most = Bound::AtMost(0.05);
        assert!(at_most.holds(0.05, 200, false) && !at_most.holds(0.055, 200, false));
        // Three standard errors of 0.05 among 200 are 0.046.
        assert!(at_most.holds(0.095, 200, true) && !at_most.holds(0.1, 200, true));
        let between = Bound::Between(0.036, 0.066);
        assert!(between.holds(0.036, 1_000, false) && !between.holds(0.07, 1_000, false));
        assert!(!Bound::AtLeast(0.95).holds(0.5, 20, true));
    }

    #[test]
    fn a_missed_bound_is_marked() {
        let row = |count, n| Row::of("bells", Bound::AtMost(0.05), count, n);
        let section = Section {
            title: "Title",
            about: "About.",
            rows: vec![row(8, 200), row(12, 200), row(0, 0)],
        };
        let text = section.to_string();
        assert!(text.contains("| bells | 200 | at most 0.05 | 0.0400 |  |"));
        assert!(text.contains("| bells | 200 | at most 0.05 | 0.0600 | missed |"));
        assert!(text.contains("| bells | 0 | at most 0.05 | – | nothing to count |"));
        assert!(!row(100, 200).holds() && row(0, 0).holds());
        // What fails, or counts nothing, is no success.
        assert!(!row(0, 0).out_of(200).holds() && !row(0, 100).out_of(200).holds());
        assert!(row(0, 160).out_of(200).holds());
        let failed = row(0, 199)
            .out_of(200)
            .with(&["seed 7: no result".to_owned()]);
        assert!(!failed.holds());
        let section = Section {
            rows: vec![failed, row(0, 100).out_of(200)],
            ..section
        };
        let text = section.to_string();
        assert!(text.contains("| 199 | at most 0.05 | 0.0000 | 1 failed: seed 7: no result |"));
        assert!(text.contains("| 100 | at most 0.05 | 0.0000 | too few |"));
    }
}
