//! Columns that say nearly the same as the features: a group that was cut by the features differs in them by construction, too.
//!
//! ```text
//! made of the features     a source of one, or computed by a formula of the file (`features::Formulas`) of which all other columns are
//!                          known: features, their sources, and what follows from these, at any remove
//! nearly one feature       |rho| >= 0.9,   rho = correlation of the ranks                     (Spearman 1904, Am. J. Psychol. 15)
//! nearly of some features  1 - (1 - R^2) (n - 1) / (n - d - 1) >= 0.81                        (Ezekiel 1930, adjusted R^2)
//!                          R^2 of the least squares of its ranks on the ranks of the d features in the n rows that have it
//! ```
//!
//! Sums of products of ranks are whole numbers, so neither the order of the rows nor that of the columns has a say.

use crate::features::{Feature, Formulas};
use crate::numeric::{order_by, order_of_numbers, pulse, set_of, tied_ranks};

/// From this rank correlation on, a column is nearly the same as a feature.
const NEARLY_THE_SAME: f64 = 0.9;
/// From this share of explained variance on, it is nearly the same as several.
const MOSTLY_EXPLAINED: f64 = NEARLY_THE_SAME * NEARLY_THE_SAME;
/// Of more features those nearest to the column are taken.
const MOST_FEATURES: usize = 32;
/// A feature with less than this share of its variance left beside the others says nothing of its own.
const LEAST_LEFT: f64 = 1e-9;

/// A column by the ranks of its values, NaN where missing; equal values share their mean rank.
pub(super) struct Ranked {
    name: String,
    /// Twice the rank, from 0: whole numbers.
    ranks: Vec<f64>,
}

impl Ranked {
    pub(super) fn of(name: &str, values: &[f64]) -> Self {
        let present: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
        let order = order_of_numbers(present.len(), |i| values[present[i]]);
        let mut ranks = vec![f64::NAN; values.len()];
        for tied in tied_ranks(&order, |i| values[present[i]]) {
            for &i in &order[tied.places] {
                ranks[present[i as usize]] = 2.0 * (tied.rank - 1.0);
            }
        }
        Self {
            name: name.to_owned(),
            ranks,
        }
    }

    /// Whether two columns are nearly the same, in either direction, where both have a value.
    fn is_nearly(&self, other: &Self) -> bool {
        self.likeness(other) >= NEARLY_THE_SAME
    }

    /// The size of the rank correlation of two columns where both have a value; 0 where there is none.
    fn likeness(&self, other: &Self) -> f64 {
        let rows = self.rows(&[other]);
        let of = |a: &Self, b: &Self| a.product(b, &rows);
        let both = (of(self, self) * of(other, other)).sqrt();
        if both > 0.0 {
            of(self, other).abs() / both
        } else {
            0.0
        }
    }

    /// Rows in which this column and all others have a value.
    fn rows(&self, others: &[&Self]) -> Vec<usize> {
        let is_whole = |row: &usize| others.iter().all(|it| !it.ranks[*row].is_nan());
        let rows = 0..self.ranks.len();
        rows.filter(|&row| !self.ranks[row].is_nan())
            .filter(is_whole)
            .collect()
    }

    /// `n` times the sum of products around the means: a whole number.
    fn product(&self, other: &Self, rows: &[usize]) -> f64 {
        pulse(rows.len());
        let (mut sum_a, mut sum_b, mut sum) = (0.0, 0.0, 0.0);
        for &row in rows {
            let (a, b) = (self.ranks[row], other.ranks[row]);
            sum_a += a;
            sum_b += b;
            sum += a * b;
        }
        rows.len() as f64 * sum - sum_a * sum_b
    }

    /// Whether this column is nearly the same as one of the features, or as some of them together.
    pub(super) fn follows(&self, features: &[Self]) -> bool {
        features.iter().any(|it| self.is_nearly(it)) || self.is_explained_by(features)
    }

    /// Whether the ranks of the features explain most of its own.
    fn is_explained_by(&self, features: &[Self]) -> bool {
        let likeness: Vec<f64> = features.iter().map(|it| self.likeness(it)).collect();
        let order = order_by(features.len(), &mut |a, b| {
            let by_name = features[a].name.cmp(&features[b].name);
            likeness[b].total_cmp(&likeness[a]).then(by_name)
        });
        let nearest = order.into_iter().take(MOST_FEATURES);
        let nearest: Vec<&Self> = nearest.map(|at| &features[at as usize]).collect();
        let rows = self.rows(&nearest);
        let mut columns = nearest;
        columns.push(self);
        let Some(Left { share, n_used }) = left_of_last(&columns, &rows) else {
            return false;
        };
        let n_free = rows.len() as f64 - n_used as f64 - 1.0;
        n_free > 0.0 && share * (rows.len() as f64 - 1.0) <= (1.0 - MOSTLY_EXPLAINED) * n_free
    }
}

/// What some columns leave of another.
struct Left {
    /// The share of its variance.
    share: f64,
    /// How many of them say anything of their own.
    n_used: usize,
}

/// What the others leave of the last column; `None` where it has no variance. One column after the other is taken out of those behind
/// it (Cholesky).
fn left_of_last(columns: &[&Ranked], rows: &[usize]) -> Option<Left> {
    let n = columns.len();
    let mut products = vec![vec![0.0; n]; n];
    for a in 0..n {
        for b in a..n {
            products[a][b] = columns[a].product(columns[b], rows);
        }
    }
    let own: Vec<f64> = (0..n).map(|at| products[at][at]).collect();
    let of_last = own.last().copied().filter(|it| *it > 0.0)?;
    let mut n_used = 0;
    for pivot in 0..n - 1 {
        let size = products[pivot][pivot];
        if size <= LEAST_LEFT * own[pivot] {
            continue;
        }
        n_used += 1;
        for a in pivot + 1..n {
            let share = products[pivot][a] / size;
            for b in a..n {
                products[a][b] -= share * products[pivot][b];
            }
        }
    }
    Some(Left {
        share: products[n - 1][n - 1].max(0.0) / of_last,
        n_used,
    })
}

/// Columns of numbers that are features, that features are made of, or that follow from these.
pub(super) fn known_by(features: &[Feature], formulas: &Formulas) -> Vec<String> {
    let sources = features.iter().flat_map(Feature::sources);
    let mut known = set_of(sources.map(str::to_owned));
    // What is computed can be computed back: a term from a sum and the other term.
    loop {
        let before = known.len();
        for [a, b, c] in formulas.relations() {
            let is_known = |name: &str| known.contains(name);
            let rest = [a, b, c].into_iter().filter(|name| !is_known(name));
            let rest: Vec<&str> = rest.collect();
            let Some(first) = rest.first() else { continue };
            if rest.iter().all(|name| name == first) {
                known.extend([(*first).to_owned()]);
            }
        }
        if known.len() == before {
            return known.into_iter().collect();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::numeric::Rng;
    use crate::table::read_csv;

    fn ranked(name: &str, values: &[f64]) -> Ranked {
        Ranked::of(name, values)
    }

    #[test]
    fn a_copy_in_other_units_is_nearly_the_same_and_a_correlated_column_is_not() {
        let mut rng = Rng::new(4);
        let values: Vec<f64> = (0..300).map(|_| rng.normal()).collect();
        let copy: Vec<f64> = values.iter().map(|x| libm::exp(-3.0 * x)).collect();
        let related: Vec<f64> = values
            .iter()
            .map(|x| 0.5 * x + 0.75_f64.sqrt() * rng.normal())
            .collect();
        let [values, copy, related] = [values, copy, related].map(|it| ranked("x", &it));
        assert!(values.is_nearly(&copy) && !values.is_nearly(&related));
        let constant = ranked("constant", &[3.0; 300]);
        assert!(!values.is_nearly(&constant));
        let nothing = ranked("nothing", &[f64::NAN; 300]);
        assert!(!nothing.is_nearly(&values) && !nothing.follows(&[values, constant]));
    }

    #[test]
    fn what_several_features_explain_together_follows_them_in_any_order() {
        let mut rng = Rng::new(6);
        let n = 240;
        let mut drawn = || (0..n).map(|_| rng.normal()).collect::<Vec<f64>>();
        let (a, b, c, noise) = (drawn(), drawn(), drawn(), drawn());
        let with_noise = |share: f64| -> Vec<f64> {
            let of = |i: usize| 0.5 * a[i] - 0.6 * b[i] + 0.4 * c[i] + share * noise[i];
            (0..n).map(of).collect()
        };
        let (near, mut far) = (ranked("near", &with_noise(0.2)), with_noise(0.2));
        let loose = ranked("loose", &with_noise(0.7));
        // Values are missing in any row, and the features are not.
        far.iter_mut().step_by(3).for_each(|x| *x = f64::NAN);
        let far = ranked("far", &far);
        let copy: Vec<f64> = a.iter().map(|x| 2.0 * x).collect();
        let of = |order: [usize; 4]| {
            let all = [("a", &a), ("b", &b), ("c", &c), ("copy", &copy)];
            order.map(|at| ranked(all[at].0, all[at].1))
        };
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
            let features = of(order);
            assert!(features.iter().all(|it| !it.is_nearly(&near)));
            assert!(near.follows(&features) && far.follows(&features));
            assert!(!loose.follows(&features));
            let mut all: Vec<&Ranked> = features.iter().collect();
            all.push(&near);
            // The copy says nothing of its own, wherever it stands.
            assert_eq!(left_of_last(&all, &near.rows(&[])).unwrap().n_used, 3);
        }
    }

    #[test]
    fn many_features_explain_nothing_by_their_number() {
        let mut rng = Rng::new(8);
        let mut drawn = |name: &str| {
            let values: Vec<f64> = (0..40).map(|_| rng.normal()).collect();
            ranked(name, &values)
        };
        let features: Vec<Ranked> = (0..36).map(|at| drawn(&format!("f{at}"))).collect();
        for _ in 0..20 {
            assert!(!drawn("other").follows(&features));
        }
    }

    #[test]
    fn what_a_formula_makes_of_features_is_known_at_any_remove_and_back_again() {
        let mut rng = Rng::new(3);
        let mut csv = "id,web,store,total,gap,area,twice,age,half\n".to_owned();
        for i in 0..80 {
            let [web, store] = [2 + rng.below(400), 3 + rng.below(300)].map(|it| it as i64);
            let (total, age) = (web + store, 18 + rng.below(60) as i64);
            writeln!(
                csv,
                "k{i},{web},{store},{total},{},{},{},{age},{:.1}",
                web - store,
                web * store,
                2 * total + 5,
                age as f64 / 2.0
            )
            .unwrap();
        }
        let table = read_csv(csv.as_bytes()).unwrap();
        let formulas = Formulas::of(&table);
        let known = |names: &[&str]| {
            let features: Vec<Feature> = names.iter().map(|it| Feature::column(it)).collect();
            let mut known = known_by(&features, &formulas);
            known.retain(|name| !names.contains(&name.as_str()));
            known
        };
        assert_eq!(known(&["web", "store"]), ["area", "gap", "total", "twice"]);
        assert_eq!(known(&["web"]), [""; 0]);
        assert_eq!(known(&["twice"]), ["total"]);
        assert_eq!(known(&["total", "web"]), ["area", "gap", "store", "twice"]);
        assert_eq!(known(&["half"]), ["age"]);
        let ratio = Feature::Ratio {
            a: "web".into(),
            b: "store".into(),
        };
        let of_ratio = known_by(&[ratio], &formulas);
        assert!(of_ratio.contains(&"web".to_owned()) && of_ratio.contains(&"total".to_owned()));
        assert!(!of_ratio.contains(&"age".to_owned()));
    }
}
