//! Files with the shapes of real ones: credit card users, and a table of many columns; always the same.

use std::fmt::Write;

use seamline_kernels::numeric::Rng;

/// The properties of a group of card users.
struct CardUsers {
    share: f64,
    /// Mean of the logarithm of the balance.
    balance: f64,
    /// Shares of the months in which they buy at once, buy by instalments and take cash.
    habits: [f64; 3],
    /// Means of the logarithms of spending and limit.
    spending: f64,
    limit: f64,
    /// Share of users that pay in full.
    in_full: f64,
}

impl CardUsers {
    const fn new(share: f64, balance: f64, habits: [f64; 3], rest: [f64; 3]) -> Self {
        let [spending, limit, in_full] = rest;
        Self {
            share,
            balance,
            habits,
            spending,
            limit,
            in_full,
        }
    }
}

const CARD_USERS: [CardUsers; 6] = [
    CardUsers::new(0.30, 6.0, [0.25, 0.15, 0.05], [5.5, 7.8, 0.10]),
    CardUsers::new(0.20, 5.0, [0.10, 0.75, 0.03], [6.0, 7.9, 0.30]),
    CardUsers::new(0.18, 7.4, [0.10, 0.10, 0.35], [5.0, 8.1, 0.02]),
    CardUsers::new(0.12, 7.0, [0.70, 0.60, 0.08], [7.8, 8.9, 0.25]),
    CardUsers::new(0.12, 4.0, [0.30, 0.30, 0.02], [6.3, 8.2, 0.70]),
    CardUsers::new(0.08, 8.2, [0.30, 0.40, 0.45], [6.6, 9.0, 0.01]),
];

const CARD_COLUMNS: &str = "CustomerID,Balance,Balance frequency,Purchases,One-off purchases,Instalments,Cash advance,Purchase frequency,One-off frequency,\
    Instalment frequency,Cash frequency,Cash advances,Purchase count,Credit limit,Payments,Minimum payments,Paid in full,Tenure";

/// Credit card users: an identifier and 17 columns; skewed amounts, repeated shares of months, counts; six overlapping groups.
pub(crate) fn cards(n: usize) -> String {
    let mut rng = Rng::new(17);
    let mut text = format!("{CARD_COLUMNS}\n");
    for i in 0..n {
        let mut left = rng.uniform();
        let mut groups = CARD_USERS.iter();
        let group = groups.find(|group| {
            left -= group.share;
            left < 0.0
        });
        let group = group.unwrap_or(&CARD_USERS[0]);
        let months = if rng.uniform() < 0.85 {
            12
        } else {
            6 + rng.below(6)
        };
        let often = group.habits.map(|habit| {
            let habit = (habit + 0.25 * rng.normal()).clamp(0.0, 1.0);
            let hits = (0..months).filter(|_| rng.uniform() < habit).count();
            hits as f64 / months as f64
        });
        let [at_once, by_instalments, cash] = often;
        let purchases_often = at_once.max(by_instalments);
        let mut about = |mean: f64, spread: f64| (mean + spread * rng.normal()).exp();
        let balance = about(group.balance, 1.2);
        let one_off = about(group.spending, 0.9) * at_once;
        let instalments = about(group.spending - 0.3, 0.8) * by_instalments;
        let advance = about(6.8, 1.1) * if cash > 0.0 { 0.3 + cash } else { 0.0 };
        let n_advances = (about(1.0, 0.7) * 8.0 * cash).ceil();
        let n_purchases = (purchases_often * months as f64 * about(0.4, 0.6)).round();
        let limit = (about(group.limit, 0.6) / 100.0).round() * 100.0;
        let (payments, least) = (
            about(group.spending + 0.7, 0.9),
            about(group.balance - 1.0, 0.9),
        );
        let kept = if rng.uniform() < 0.7 {
            1.0
        } else {
            rng.below(12) as f64 / 11.0
        };
        let in_full = if rng.uniform() < group.in_full + 0.1 {
            (1 + rng.below(12)) as f64 / 12.0
        } else {
            0.0
        };
        let purchases = one_off + instalments;
        // Writing to a string cannot fail.
        writeln!(
            text,
            "C{:05},{balance:.6},{kept:.6},{purchases:.2},{one_off:.2},{instalments:.2},{advance:.6},{purchases_often:.6},{at_once:.6},\
             {by_instalments:.6},{cash:.6},{n_advances},{n_purchases},{limit},{payments:.6},{least:.6},{in_full:.6},{months}",
            10_001 + i
        )
        .unwrap_or_default();
    }
    text
}

/// Many columns that depend on eight hidden ones, with seven separate groups.
pub(crate) fn wide(n: usize, n_columns: usize) -> String {
    const HIDDEN: usize = 8;
    const GROUPS: usize = 7;
    let mut rng = Rng::new(23);
    let mut text = "CustomerID".to_owned();
    (0..n_columns).for_each(|column| {
        write!(text, ",F{column:03}").unwrap_or_default();
    });
    let mut draw =
        |n: usize, spread: f64| -> Vec<f64> { (0..n).map(|_| spread * rng.normal()).collect() };
    let (centres, mixture) = (draw(GROUPS * HIDDEN, 2.0), draw(HIDDEN * n_columns, 0.5));
    for i in 0..n {
        let centre = &centres[rng.below(GROUPS) * HIDDEN..][..HIDDEN];
        let hidden: Vec<f64> = centre.iter().map(|x| x + rng.normal()).collect();
        write!(text, "\nC{i:06}").unwrap_or_default();
        for column in 0..n_columns {
            let shares = hidden
                .iter()
                .zip(mixture[column..].iter().step_by(n_columns));
            let x: f64 = shares.map(|(x, share)| x * share).sum::<f64>() + rng.normal();
            write!(text, ",{:.4}", 10.0 + 3.0 * x).unwrap_or_default();
        }
    }
    text + "\n"
}
