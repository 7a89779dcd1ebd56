//! Charts in words: their names for readers, and the heads and cells of their tables.

use super::{compact, count, fixed, segment_words};
use crate::chart::{Cell, Quantity, Summary};

/// What opens the table of a chart.
pub const SHOW_AS_TABLE: &str = "Show as table";

/// The chart from which a number of segments is chosen.
pub const SILHOUETTES: &str = "Silhouette by number of segments";

/// What lies across in it.
pub const NUMBER_OF_SEGMENTS: &str = "Number of segments";

/// What is measured in it.
pub const SILHOUETTE: &str = "Silhouette";

/// What a chart shows and what lies on its axes: its name for those who hear it.
pub fn chart_words(summary: &Summary) -> String {
    let Summary { title, x, y, .. } = summary;
    let (across, up) = (quantity_words(x), quantity_words(y));
    format!("{title}. Across: {across}. Up: {up}.")
}

/// What a number of a chart is: the head of its column.
pub fn quantity_words(quantity: &Quantity) -> String {
    match quantity {
        Quantity::Named(name) => name.clone(),
        Quantity::MeanOf(name) => format!("Mean of {name}"),
        Quantity::Count => "Customers".to_owned(),
        Quantity::From => "From".to_owned(),
        Quantity::To => "To".to_owned(),
        Quantity::Segment => "Segment".to_owned(),
    }
}

/// A cell of a chart's table.
pub fn cell_words(cell: Cell) -> String {
    match cell {
        Cell::Number(number) => compact(number),
        Cell::Count(n) => count(n),
        Cell::Segment(mark) => super::capitalised(&segment_words(mark.segment())),
        Cell::Missing => fixed(f64::NAN, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Bins, Chart, Histogram, Mark};

    #[test]
    fn a_chart_is_named_by_what_it_shows() {
        let histogram = Histogram {
            title: "Age".into(),
            bins: Bins {
                min: 18.0,
                max: 70.0,
                counts: vec![1200, 3],
            },
            chosen: (18.0, 70.0),
        };
        let summary = histogram.summary();
        assert_eq!(chart_words(&summary), "Age. Across: Age. Up: Customers.");
        let heads: Vec<String> = summary.columns.iter().map(quantity_words).collect();
        assert_eq!(heads, ["From", "To", "Customers"]);
        let cells = summary.rows[0].cells.iter().copied().map(cell_words);
        assert_eq!(cells.collect::<Vec<_>>(), ["18", "44", "1,200"]);
        let others = [Mark::Segment(2), Mark::NoSegment].map(Cell::Segment);
        assert_eq!(others.map(cell_words), ["C", "No segment"]);
        assert_eq!(cell_words(Cell::Missing), "–");
        let mean = Quantity::MeanOf("Income".into());
        assert_eq!(quantity_words(&mean), "Mean of Income");
    }
}
