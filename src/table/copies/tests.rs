//! Copies that were planted are found, and none among columns that have nothing to do with each other.

use super::*;
use crate::numeric::Rng;
use crate::table::read_csv;

const ROWS: usize = 120;

/// A column of draws.
fn drawn(mut draw: impl FnMut() -> f64) -> Vec<f64> {
    (0..ROWS).map(|_| draw()).collect()
}

/// A name of a column, with what it follows from and how.
type Said = (String, Vec<String>, Likeness);

/// What follows from what, by names.
fn found(columns: &[(&str, Vec<f64>)]) -> Vec<Said> {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let mut text = names.join(",") + "\n";
    for row in 0..ROWS {
        let cells = columns.iter().map(|(_, values)| values[row]);
        let cells = cells.map(|x| {
            if x.is_nan() {
                String::new()
            } else {
                x.to_string()
            }
        });
        text += &(cells.collect::<Vec<_>>().join(",") + "\n");
    }
    let table = read_csv(text.as_bytes()).unwrap();
    let all: Vec<usize> = (0..columns.len()).collect();
    let name = |at: usize| names[at].to_owned();
    let followers = copies(&table.columns, &all).into_iter();
    let said = followers.map(|it| {
        (
            name(it.column),
            it.of.iter().map(|&at| name(at)).collect(),
            it.how,
        )
    });
    said.collect()
}

fn rounded(x: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (x * scale).round() / scale
}

#[test]
fn each_way_to_follow_is_found_with_gaps_and_rounding() {
    for seed in 0..20 {
        let mut rng = Rng::new(seed);
        let a = drawn(|| rounded(rng.normal().abs() * 90.0 + 3.0, 2));
        let b = drawn(|| 1.0 + rng.below(60) as f64);
        let c = drawn(|| rounded(rng.uniform() * 400.0, 2));
        let of = |compute: &dyn Fn(usize) -> f64, decimals| -> Vec<f64> {
            let value = |row| {
                if row % 11 == 5 {
                    f64::NAN
                } else {
                    rounded(compute(row), decimals)
                }
            };
            (0..ROWS).map(value).collect()
        };
        for (how, from, values) in [
            (Likeness::Equal, vec!["a"], of(&|row| a[row], 2)),
            (
                Likeness::Linear,
                vec!["a"],
                of(&|row| 5.0 - a[row] * 1.1, 2),
            ),
            (Likeness::Sum, vec!["a", "c"], of(&|row| a[row] + c[row], 2)),
            (
                Likeness::Difference,
                vec!["a", "c"],
                of(&|row| a[row] - c[row], 2),
            ),
            (
                Likeness::Product,
                vec!["a", "b"],
                of(&|row| a[row] * b[row], 2),
            ),
            (
                Likeness::Ratio,
                vec!["a", "b"],
                of(&|row| a[row] / b[row], 2),
            ),
            (
                Likeness::Ratio,
                vec!["a", "b"],
                of(&|row| 100.0 * a[row] / b[row], 1),
            ),
            (
                Likeness::Share,
                vec!["a", "b"],
                of(&|row| a[row] / (a[row] + b[row]), 3),
            ),
            (
                Likeness::Share,
                vec!["b", "a"],
                of(&|row| 100.0 * b[row] / (a[row] + b[row]), 0),
            ),
            (
                Likeness::Sum,
                vec!["a", "b", "c"],
                of(&|row| a[row] + b[row] + c[row], 2),
            ),
        ] {
            let columns = [
                ("a", a.clone()),
                ("b", b.clone()),
                ("c", c.clone()),
                ("last", values),
            ];
            let from = from.into_iter().map(str::to_owned).collect();
            assert_eq!(
                found(&columns),
                [("last".to_owned(), from, how)],
                "seed {seed}"
            );
        }
    }
}

#[test]
fn a_name_says_which_of_three_is_computed() {
    let mut rng = Rng::new(7);
    let (shop, web) = (
        drawn(|| rounded(rng.uniform() * 80.0, 2)),
        drawn(|| rng.below(90) as f64),
    );
    let total: Vec<f64> = shop
        .iter()
        .zip(&web)
        .map(|(a, b)| rounded(a + b, 2))
        .collect();
    let columns = [("total", total), ("shop", shop), ("web", web)];
    let parts = vec!["shop".to_owned(), "web".to_owned()];
    assert_eq!(
        found(&columns),
        [("total".to_owned(), parts, Likeness::Sum)]
    );
}

#[test]
fn columns_that_have_nothing_to_do_with_each_other_follow_from_none() {
    for seed in 0..60 {
        let mut rng = Rng::new(100 + seed);
        let nested = drawn(|| rng.below(2) as f64);
        // A yes that only some of those with another yes have, and many zeros.
        let within: Vec<f64> = nested.iter().map(|x| x * rng.below(2) as f64).collect();
        let columns = [
            ("nested", nested),
            ("within", within),
            ("answer", drawn(|| 1.0 + rng.below(5) as f64)),
            ("other", drawn(|| 1.0 + rng.below(5) as f64)),
            ("third", drawn(|| 1.0 + rng.below(5) as f64)),
            ("count", drawn(|| rng.below(4).saturating_sub(2) as f64)),
            ("rare", drawn(|| f64::from(u8::from(rng.below(20) == 0)))),
            ("money", drawn(|| rounded(rng.normal().abs() * 100.0, 2))),
            (
                "zeros",
                drawn(|| rounded((rng.normal() * 50.0).max(0.0), 0)),
            ),
        ];
        assert_eq!(found(&columns), [], "seed {seed}");
    }
}

#[test]
fn shares_follow_from_their_parts_with_zeros_beside_their_total_and_in_any_place() {
    for seed in 0..20 {
        let mut rng = Rng::new(500 + seed);
        // A third buys nothing in one of the two places, some nothing at all.
        let mut bought = || {
            drawn(|| {
                if rng.below(3) == 0 {
                    0.0
                } else {
                    rounded(rng.uniform() * 900.0, 2)
                }
            })
        };
        let (web, shop) = (bought(), bought());
        let both = web.iter().zip(&shop);
        let total: Vec<f64> = both.map(|(a, b)| rounded(a + b, 2)).collect();
        let part = |decimals: i32, scale: f64, if_nothing: f64| -> Vec<f64> {
            let parts = web.iter().zip(&shop);
            let share = parts.map(|(a, b)| match a + b {
                0.0 => if_nothing,
                sum => rounded(scale * a / sum, decimals),
            });
            share.collect()
        };
        for (decimals, scale, if_nothing) in [
            (14, 1.0, f64::NAN),
            (2, 1.0, 0.0),
            (0, 100.0, f64::NAN),
            (1, 100.0, 0.0),
        ] {
            let share = part(decimals, scale, if_nothing);
            let columns = [
                ("online", share.clone()),
                ("web", web.clone()),
                ("shop", shop.clone()),
            ];
            let of = vec!["web".to_owned(), "shop".to_owned()];
            let follows = ("online".to_owned(), of, Likeness::Share);
            assert_eq!(found(&columns), [follows], "seed {seed} {decimals}");
            // Beside their total the share follows, too, whichever way it is said.
            let columns = [
                ("web", web.clone()),
                ("shop", shop.clone()),
                ("total", total.clone()),
                ("online", share),
            ];
            let followers = found(&columns);
            let followers: Vec<&str> = followers.iter().map(|it| it.0.as_str()).collect();
            assert_eq!(followers, ["total", "online"], "seed {seed} {decimals}");
        }
    }
}

#[test]
fn percentages_that_are_no_shares_of_others_are_none() {
    for seed in 0..40 {
        let mut rng = Rng::new(900 + seed);
        let (a, b) = (
            drawn(|| rounded(rng.uniform() * 400.0, 2)),
            drawn(|| 1.0 + rng.below(60) as f64),
        );
        // Near a share, and apart from it as two habits are.
        let both = a.iter().zip(&b);
        let near = both.map(|(a, b)| (100.0 * a / (a + b) + 6.0 * rng.normal()).clamp(0.0, 100.0));
        let near = near.map(|x| rounded(x, 0)).collect();
        let columns = [
            ("a", a),
            ("b", b),
            ("near", near),
            ("percent", drawn(|| rng.below(101) as f64)),
        ];
        assert_eq!(found(&columns), [], "seed {seed}");
    }
}

#[test]
fn of_copies_the_fuller_one_is_kept_in_any_order_of_columns() {
    for seed in 0..10 {
        let mut rng = Rng::new(seed);
        let full = drawn(|| rounded(rng.normal() * 90.0, 2));
        for every in [2, 3, 5] {
            let gaps = (0..ROWS).map(|row| {
                if row % every == 0 {
                    full[row]
                } else {
                    f64::NAN
                }
            });
            let half: Vec<f64> = gaps.collect();
            for is_first in [true, false] {
                let mut columns = [("half", half.clone()), ("full", full.clone())];
                if !is_first {
                    columns.reverse();
                }
                let said = found(&columns);
                let wanted = ("half".to_owned(), vec!["full".to_owned()], Likeness::Equal);
                assert_eq!(said, [wanted], "{seed} {every}");
            }
        }
    }
}

#[test]
fn copies_of_few_values_are_found_among_many_rows() {
    let n_rows = 20_000;
    let row = |row: usize| format!("{},{}\n", 1 + row % 10, 10 * (1 + row % 10));
    let rows: Vec<String> = (0..n_rows).map(row).collect();
    let table = read_csv(format!("score,points\n{}", rows.concat()).as_bytes()).unwrap();
    let found = copies(&table.columns, &[0, 1]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].column, found[0].how), (1, Likeness::Linear));
}
