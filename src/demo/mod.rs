//! Demo files, generated with a fixed seed; the persons in them are not real.

use serde::{Deserialize, Serialize};

use crate::numeric::Rng;
use crate::table::CsvWriter;

/// A demo file that the app offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoFile {
    /// 200 visitors of a mall in five segments, with a few on the seam.
    MallVisitors,
    /// 500 customers spread evenly, without segments.
    EvenSpread,
    /// 1,200 buyers of an online shop: skewed columns, segments of unequal size.
    OnlineOrders,
}

impl DemoFile {
    /// All demo files, in the order on the screen.
    pub const ALL: [Self; 3] = [Self::MallVisitors, Self::EvenSpread, Self::OnlineOrders];

    /// Its name in the page.
    pub fn key(self) -> &'static str {
        match self {
            Self::MallVisitors => "mall_visitors",
            Self::EvenSpread => "even_spread",
            Self::OnlineOrders => "online_orders",
        }
    }

    /// The demo file of that key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|demo| demo.key() == key)
    }

    /// Name of the generated file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::MallVisitors => "sample_mall_visitors.csv",
            Self::EvenSpread => "sample_even_spread.csv",
            Self::OnlineOrders => "sample_online_orders.csv",
        }
    }

    /// The bytes of the file, always the same.
    pub fn generate(self) -> Vec<u8> {
        match self {
            Self::MallVisitors => mall_visitors(),
            Self::EvenSpread => even_spread(),
            Self::OnlineOrders => online_orders(),
        }
    }
}

fn write(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = CsvWriter::default();
    header.iter().for_each(|name| writer.field(name));
    writer.end_record();
    for row in rows {
        row.iter().for_each(|cell| writer.field(cell));
        writer.end_record();
    }
    writer.into_bytes()
}

fn shuffle<T>(items: &mut [T], rng: &mut Rng) {
    for i in (1..items.len()).rev() {
        items.swap(i, rng.below(i + 1));
    }
}

/// A whole number near `mean`, kept within bounds.
fn near(mean: f64, deviation: f64, min: f64, max: f64, rng: &mut Rng) -> f64 {
    (mean + deviation * rng.normal()).clamp(min, max).round()
}

fn mall_visitors() -> Vec<u8> {
    // Customers, then mean and deviation of income, of spending and of age.
    const SEGMENTS: [(usize, [[f64; 2]; 3]); 5] = [
        (76, [[55.0, 9.0], [50.0, 7.0], [43.0, 16.0]]),
        (42, [[88.0, 13.0], [80.0, 9.0], [33.0, 4.0]]),
        (36, [[90.0, 14.0], [19.0, 10.0], [42.0, 9.0]]),
        (24, [[27.0, 7.0], [22.0, 11.0], [45.0, 13.0]]),
        (22, [[26.0, 7.0], [78.0, 10.0], [25.0, 5.0]]),
    ];
    let mut rng = Rng::new(2026);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (count, [income, spending, age]) in SEGMENTS {
        for _ in 0..count {
            let gender = if rng.uniform() < 0.55 {
                "Female"
            } else {
                "Male"
            };
            let age = near(age[0], age[1], 18.0, 70.0, &mut rng);
            let income = near(income[0], income[1], 12.0, 140.0, &mut rng);
            let spending = near(spending[0], spending[1], 1.0, 100.0, &mut rng);
            rows.push(vec![
                gender.to_owned(),
                age.to_string(),
                income.to_string(),
                spending.to_string(),
            ]);
        }
    }
    shuffle(&mut rows, &mut rng);
    let numbered = rows.into_iter().enumerate().map(|(i, row)| {
        std::iter::once(format!("M{:03}", i + 1))
            .chain(row)
            .collect()
    });
    write(
        &[
            "VisitorID",
            "Gender",
            "Age",
            "Annual Income (k$)",
            "Spending Score (1-100)",
        ],
        numbered,
    )
}

fn even_spread() -> Vec<u8> {
    let mut rng = Rng::new(500);
    let rows = (1..=500).map(|i| {
        let age = 18 + rng.below(52);
        let income = (10_000.0 + 140_000.0 * rng.uniform()).round() / 1000.0;
        let spending = 1 + rng.below(100);
        vec![
            format!("E{i:03}"),
            age.to_string(),
            income.to_string(),
            spending.to_string(),
        ]
    });
    write(
        &[
            "CustomerID",
            "Age",
            "Annual Income (k$)",
            "Spending Score (1-100)",
        ],
        rows,
    )
}

fn online_orders() -> Vec<u8> {
    const CHANNELS: [&str; 3] = ["App", "Web", "Store"];
    // Customers, then the mean of the logarithm of recency (days), frequency (orders a year) and amount, and its deviation.
    const SEGMENTS: [(usize, [f64; 3], f64); 3] = [
        (620, [4.6, 0.7, 3.6], 0.45),
        (430, [2.7, 1.9, 4.3], 0.4),
        (150, [1.8, 3.0, 5.6], 0.35),
    ];
    let mut rng = Rng::new(1200);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (count, means, deviation) in SEGMENTS {
        for _ in 0..count {
            let mut skewed = |mean: f64| libm::exp(mean + deviation * rng.normal());
            let (recency, frequency, amount) =
                (skewed(means[0]), skewed(means[1]), skewed(means[2]));
            let channel = CHANNELS[rng.below(CHANNELS.len())];
            rows.push(vec![
                recency.clamp(1.0, 365.0).round().to_string(),
                frequency.max(1.0).round().to_string(),
                format!("{amount:.2}"),
                channel.to_owned(),
            ]);
        }
    }
    shuffle(&mut rows, &mut rng);
    let numbered = rows.into_iter().enumerate().map(|(i, row)| {
        std::iter::once(format!("O{:04}", i + 1))
            .chain(row)
            .collect()
    });
    write(
        &[
            "BuyerID",
            "Days since order",
            "Orders per year",
            "Average order value",
            "Channel",
        ],
        numbered,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{ColumnKind, read_csv};

    #[test]
    fn every_demo_file_is_a_clean_table() {
        for (demo, rows) in DemoFile::ALL.into_iter().zip([200, 500, 1200]) {
            let bytes = demo.generate();
            assert_eq!(bytes, demo.generate());
            let table = read_csv(&bytes).unwrap();
            assert_eq!(table.n_rows(), rows);
            assert!(table.warnings.is_empty(), "{:?}", table.warnings);
            assert_eq!(table.columns[0].kind, ColumnKind::Identifier);
        }
    }
}
