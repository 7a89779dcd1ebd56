//! Where the segments of a model lie on two axes: among all customers. Filters hide customers and move no model.

use super::filtered::View;
use crate::cluster::ModelKey;

/// Where a segment lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SegmentPlace {
    /// Customers that have a place on both axes.
    pub n: usize,
    /// Their mean; none where there is nobody, and for those who belong to no segment: they lie everywhere.
    pub middle: Option<(f64, f64)>,
    /// Their places, where they are asked for.
    pub members: Vec<(f64, f64)>,
}

impl View<'_> {
    /// The places of the segments of a model by number; `None` where the model or a column is not there.
    pub fn segment_places(
        &self,
        model: ModelKey,
        (x, y): (&str, &str),
        with_members: bool,
    ) -> Option<Vec<SegmentPlace>> {
        let labels = &self.comparison.result(model)?.labels;
        let (x, y) = (self.numbers(x)?, self.numbers(y)?);
        let mut places = vec![SegmentPlace::default(); self.comparison.n_segments];
        for ((&label, &x), &y) in labels.iter().zip(x).zip(y) {
            let Some(place) = places.get_mut(label as usize) else {
                continue;
            };
            if x.is_finite() && y.is_finite() {
                // The middle holds the sum until all are counted.
                let (sum_x, sum_y) = place.middle.unwrap_or_default();
                place.middle = Some((sum_x + x, sum_y + y));
                place.n += 1;
                if with_members {
                    place.members.push((x, y));
                }
            }
        }
        for (segment, place) in places.iter_mut().enumerate() {
            if self.comparison.noise == Some(segment as u32) {
                place.middle = None;
                place.members.clear();
            }
            let n = place.n as f64;
            place.middle = place.middle.map(|(x, y)| (x / n, y / n));
        }
        Some(places)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::result::{Filter, Filters};
    use crate::view::filtered::tests::mall;

    #[test]
    fn filters_move_no_segment() {
        let (dataset, comparison) = mall();
        let (x, y) = ("Annual Income (k$)", "Spending Score (1-100)");
        let (min, max) = (67.8, f64::INFINITY);
        let filters = Filters::from([(x.to_owned(), Filter::Range { min, max })]);
        let places = |filters: &Filters, model, x: &str| {
            let view = View {
                dataset: &dataset,
                comparison: &comparison,
                filters,
            };
            view.segment_places(model, (x, y), true)
        };
        for result in &comparison.models {
            let all = places(&Filters::new(), result.model, x).unwrap();
            assert_eq!(places(&filters, result.model, x).unwrap(), all);
            // The mean is that of everyone in the segment, on features what the model says.
            for (segment, place) in all.iter().enumerate() {
                assert_eq!([place.n, place.members.len()], [result.sizes[segment]; 2]);
                let of_model = result.centroids_raw.row(segment);
                let (x, y) = place.middle.unwrap();
                assert!((x - of_model[0]).abs() < 1e-9 && (y - of_model[1]).abs() < 1e-9);
            }
        }
        let model = comparison.first_pair().0;
        assert_eq!(places(&filters, model, "no such column"), None);
    }
}
