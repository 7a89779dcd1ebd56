//! Charts in words: their names for readers, and the heads and cells of their tables.

use super::{UnitOf, count, fixed, segment_words, value_text};
use crate::chart::{Cell, Quantity, Summary};
use crate::table::Unit;

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

/// What the numbers in a column of a chart's table are written with.
pub fn quantity_unit(quantity: &Quantity, summary: &Summary, unit_of: UnitOf) -> Unit {
    match (quantity, &summary.x) {
        // Bins lie along the horizontal axis.
        (Quantity::MeanOf(name), _) | (Quantity::From | Quantity::To, Quantity::Named(name)) => {
            unit_of(name)
        }
        _ => Unit::None,
    }
}

/// A cell of a chart's table.
pub fn cell_words(cell: Cell, unit: Unit) -> String {
    match cell {
        Cell::Number(number) => value_text(number, unit),
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
        let cells_of = |unit_of: UnitOf| {
            let cells = summary.rows[0].cells.iter().zip(&summary.columns);
            let words = cells
                .map(|(cell, column)| cell_words(*cell, quantity_unit(column, &summary, unit_of)));
            words.collect::<Vec<_>>()
        };
        assert_eq!(cells_of(&|_| Unit::None), ["18", "44", "1,200"]);
        assert_eq!(cells_of(&|_| Unit::Percent), ["18 %", "44 %", "1,200"]);
        let others = [Mark::Segment(2), Mark::NoSegment].map(Cell::Segment);
        let others = others.map(|cell| cell_words(cell, Unit::None));
        assert_eq!(others, ["C", "No segment"]);
        assert_eq!(cell_words(Cell::Missing, Unit::Percent), "–");
        let mean = Quantity::MeanOf("Income".into());
        assert_eq!(quantity_words(&mean), "Mean of Income");
        let unit = quantity_unit(&mean, &summary, &|_| Unit::Percent);
        assert_eq!(unit, Unit::Percent);
    }
}
