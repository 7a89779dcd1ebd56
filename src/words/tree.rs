//! How far down the splits of the tree are told from chance, and whom equal distances place.

use super::evidence::Head;
use super::numbers::{compact, count, plural};
use crate::quality::{TreeSplit, TreeSplits};
use crate::questions::TreeEvidence;

/// How splits are examined.
pub const TREE_TIP: &str = "Each split of the tree, from the top, is held against up to 100 random data sets without parts: one bell with the same \
spread. All splits together are wrongly told from chance in at most 5 % of such data. Skewed or evenly spread columns are no bell and can pass; many groups side by side can look like one bell from above and fail.";

/// What opens the table of splits.
pub const TREE_SPLITS: &str = "Each split";
/// The heads of that table.
pub const SPLIT_HEADS: [Head; 4] = [
    Head::tipped("To", "The number of segments that the split leads to"),
    Head::plain("Customers"),
    Head::tipped(
        "p",
        "How often one bell with the same spread splits as well; where nothing is drawn, there are too few different customers",
    ),
    Head::tipped(
        "Level",
        "What p is held against: 0.05 times the split's share of the customers. A split in bold is told from chance",
    ),
];

/// A split as a row: the number of segments that it leads to, both parts, p and its level.
pub fn split_row(split: &TreeSplit) -> [String; 4] {
    let (larger, smaller) = split.sizes;
    [
        split.n_clusters.to_string(),
        format!("{} + {}", count(larger), count(smaller)),
        if split.n_sets == 0 {
            "\u{2013}".to_owned()
        } else {
            small_p(split.p)
        },
        small_p(split.level),
    ]
}

/// A p value with the digits that tell it from a small level.
fn small_p(p: f64) -> String {
    /// Smaller ones are guesses of a tail.
    const LEAST: f64 = 1e-5;
    if p < LEAST {
        format!("< {}", compact(LEAST))
    } else {
        compact(p)
    }
}

/// What of the tree hangs on chance, for the number of segments in force; empty without a tree.
pub fn tree_words(found: &TreeEvidence, n_clusters: usize) -> String {
    let mut sentences: Vec<String> = Vec::new();
    if let Some(splits) = &found.splits {
        sentences.extend(floor_sentences(splits, n_clusters));
    }
    if let Some(n) = found.n_by_ties.filter(|n| *n > 0) {
        let customers = plural(n, "customer hangs", "customers hang");
        sentences.push(format!(
            "{customers} on equal distances: taken in another order, they are in other segments of the tree."
        ));
    }
    sentences.join(" ")
}

fn floor_sentences(splits: &TreeSplits, n_clusters: usize) -> Vec<String> {
    let Some(first) = splits.splits.first() else {
        return Vec::new();
    };
    let holds_to = splits.holds_to;
    let mut sentences = vec![match holds_to {
        1 if first.n_sets == 0 => {
            "The tree has too few different customers to tell its splits from chance.".to_owned()
        }
        1 => {
            let (n_sets, p) = (count(first.n_sets), small_p(first.p));
            let by = if first.is_share() {
                format!(
                    "{} of {n_sets} such data sets split as well, p = {p}",
                    count(first.n_reached)
                )
            } else {
                format!("p = {p}, by the mean and the spread of {n_sets} such data sets")
            };
            format!(
                "Compared with one bell of customers, the tree's first split is not beyond chance: {by}."
            )
        }
        all if all == splits.max_clusters => {
            format!(
                "Compared with one bell of customers, the tree's splits are beyond chance up to {all} segments, the most examined."
            )
        }
        some => {
            let next = splits.splits.iter().find(|it| it.n_clusters == some + 1);
            let next = match next {
                Some(next) if next.n_sets > 0 => "the next is not",
                _ => "the next has too few different customers to be told from it",
            };
            format!(
                "Compared with one bell of customers, the tree's splits are beyond chance up to {some} segments; {next}."
            )
        }
    }];
    let untold = (2..=n_clusters.min(splits.max_clusters))
        .filter(|&k| !splits.is_told(k))
        .count();
    if holds_to > 1 && untold > 0 {
        let are = if untold == 1 { "is" } else { "are" };
        sentences.push(format!(
            "With {n_clusters} segments, {} {are} not.",
            plural(untold, "split", "splits")
        ));
    }
    let n_further = splits.n_further();
    if n_further > 0 {
        let are = if n_further == 1 { "is" } else { "are" };
        let splits = plural(n_further, "split", "splits");
        sentences.push(format!("Further down, {splits} {are} beyond chance again."));
    }
    if let Some(n) = splits.n_drawn() {
        sentences.push(format!(
            "Examined on at most {} customers of a split, drawn at random.",
            count(n)
        ));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::TreeSplit;

    fn split(n_clusters: usize, is_told: bool) -> TreeSplit {
        TreeSplit {
            n_clusters,
            sizes: (120, 80),
            n_examined: 200,
            index: 0.3,
            mean: 0.6,
            n_sets: 30,
            n_reached: 0,
            p: 1e-9,
            level: 0.05,
            is_told,
        }
    }

    fn words(told: &[(usize, bool)], holds_to: usize, n_clusters: usize) -> String {
        let splits = told.iter().map(|&(n, is_told)| split(n, is_told));
        let found = TreeEvidence {
            splits: Some(TreeSplits {
                splits: splits.collect(),
                holds_to,
                max_clusters: 50,
            }),
            n_by_ties: Some(0),
        };
        tree_words(&found, n_clusters)
    }

    #[test]
    fn a_split_stands_with_its_p_and_what_it_is_held_against() {
        let told = split(2, true);
        assert_eq!(split_row(&told), ["2", "120 + 80", "< 1e−5", "0.05"]);
        let untold = TreeSplit {
            p: 0.2134,
            level: 0.05 * 79.0 / 199.0,
            ..split(3, false)
        };
        assert_eq!(split_row(&untold)[2..], ["0.213", "0.0198"]);
        let few = TreeSplit {
            n_sets: 0,
            ..untold
        };
        assert_eq!(split_row(&few)[2], "\u{2013}");
    }

    #[test]
    fn the_floor_is_said_and_what_lies_below_it() {
        let three = [(2, true), (3, true), (4, false)];
        assert_eq!(
            words(&three, 3, 3),
            "Compared with one bell of customers, the tree's splits are beyond chance up to 3 segments; the next is not."
        );
        assert_eq!(
            words(&three, 3, 5),
            "Compared with one bell of customers, the tree's splits are beyond chance up to 3 segments; the next is not. With 5 segments, 2 splits are not."
        );
        let further = [(2, true), (3, false), (4, true)];
        assert_eq!(
            words(&further, 2, 3),
            "Compared with one bell of customers, the tree's splits are beyond chance up to 2 segments; the next is not. With 3 segments, 1 split is not. \
             Further down, 1 split is beyond chance again."
        );
        let all: Vec<(usize, bool)> = (2..=50).map(|n| (n, true)).collect();
        assert_eq!(
            words(&all, 50, 12),
            "Compared with one bell of customers, the tree's splits are beyond chance up to 50 segments, the most examined."
        );
    }

    #[test]
    fn nothing_is_claimed_without_a_split_that_is_told() {
        let mut none = split(2, false);
        (none.n_sets, none.n_reached, none.p) = (22, 10, 10.0 / 22.0);
        let mut found = TreeEvidence {
            splits: Some(TreeSplits {
                splits: vec![none],
                holds_to: 1,
                max_clusters: 50,
            }),
            n_by_ties: Some(23),
        };
        assert_eq!(
            tree_words(&found, 4),
            "Compared with one bell of customers, the tree's first split is not beyond chance: 10 of 22 such data sets split as well, p = 0.455. \
             23 customers hang on equal distances: taken in another order, they are in other segments of the tree."
        );
        // A tail is no count: 3 of 100 sets split as well, and p is larger.
        if let Some(splits) = &mut found.splits {
            let split = &mut splits.splits[0];
            (split.n_sets, split.n_reached, split.p) = (100, 3, 0.0612);
        }
        found.n_by_ties = None;
        assert_eq!(
            tree_words(&found, 4),
            "Compared with one bell of customers, the tree's first split is not beyond chance: p = 0.0612, by the mean and the spread of \
             100 such data sets."
        );
        found.splits = None;
        assert_eq!(tree_words(&found, 4), "");
    }

    #[test]
    fn a_part_that_was_drawn_is_said() {
        let mut large = split(2, false);
        (large.sizes, large.n_examined) = ((4_000, 1_000), 300);
        let splits = TreeSplits {
            splits: vec![large],
            holds_to: 1,
            max_clusters: 50,
        };
        let words = floor_sentences(&splits, 2).concat();
        assert!(
            words.ends_with("Examined on at most 300 customers of a split, drawn at random."),
            "{words}"
        );
    }
}
