//! What the models found with each shape of a skewed column, as far as they were tried with everything else as it is.

use crate::features::Shape;
use crate::result::{Comparison, Settings};

/// What was found with one shape of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The shape.
    pub shape: Shape,
    /// Segments of the first model, those of a handful too.
    pub n_segments: usize,
    /// Customers in the largest of them.
    pub largest: usize,
    /// Customers in the smallest.
    pub smallest: usize,
    /// The mean silhouette of the first model.
    pub silhouette: Option<f64>,
    /// The verdict on its segments, once it is known.
    pub verdict: Option<&'static str>,
    /// All that shaped the result but this column.
    rest: Settings,
}

/// The shapes of a column that were tried.
#[derive(Clone, Debug)]
pub struct TriedShapes {
    column: String,
    found: Vec<Tried>,
}

impl TriedShapes {
    /// None yet.
    pub fn of(column: &str) -> Self {
        Self {
            column: column.to_owned(),
            found: Vec::new(),
        }
    }

    /// Keeps what the result of these settings shows, in the place of what an earlier one showed of the same shape.
    pub fn keep(
        &mut self,
        settings: &Settings,
        comparison: &Comparison,
        verdict: Option<&'static str>,
    ) {
        let Some(first) = comparison.models.first() else {
            return;
        };
        let Some(shape) = self.shape_in(settings) else {
            return;
        };
        let sizes = || first.sizes.iter().copied().filter(|n| *n > 0);
        let rest = self.rest(settings);
        self.found.retain(|it| it.shape != shape || it.rest != rest);
        self.found.push(Tried {
            shape,
            n_segments: sizes().count(),
            largest: sizes().max().unwrap_or(0),
            smallest: sizes().min().unwrap_or(0),
            silhouette: first.silhouette,
            verdict,
            rest,
        });
    }

    /// What was found with settings that differ from these in the shape of the column alone, in the order of the shapes.
    pub fn beside(&self, settings: &Settings) -> Vec<&Tried> {
        let rest = self.rest(settings);
        let found = |shape| {
            let mut found = self.found.iter();
            found.find(|it: &&Tried| it.shape == shape && it.rest == rest)
        };
        Shape::ALL.into_iter().filter_map(found).collect()
    }

    fn shape_in(&self, settings: &Settings) -> Option<Shape> {
        let features = settings.features.as_ref()?;
        let is_there = |shape: &Shape| features.contains(&shape.of(&self.column));
        Shape::ALL.into_iter().find(is_there)
    }

    /// The settings without the column, and without the numbers that segments have from the result before.
    fn rest(&self, settings: &Settings) -> Settings {
        let own = Shape::ALL.map(|shape| shape.of(&self.column));
        let mut rest = settings.clone();
        rest.identity = None;
        if let Some(features) = &mut rest.features {
            features.retain(|feature| !own.contains(feature));
        }
        rest
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::features::Feature;
    use crate::table::ReadOptions;

    fn settings(shape: Shape, other: &str) -> Settings {
        Settings {
            features: Some(vec![shape.of("money"), Feature::column(other)]),
            ..Settings::default()
        }
    }

    #[test]
    fn shapes_stand_beside_each_other_while_all_else_is_the_same() {
        let rows = (0..60_u32).map(|i| {
            let money = if i % 20 == 0 { 9_000 } else { 10 + i * i % 97 };
            format!("{money},{},{}", 20 + i % 7, i % 11)
        });
        let head = ["money,age,score".to_owned()];
        let text = head.into_iter().chain(rows).collect::<Vec<_>>().join("\n");
        let mut engine = Engine::default();
        let (file, options) = (&mut text.as_bytes(), ReadOptions::default());
        engine
            .import("money.csv", file, &options, &mut |_, _| ())
            .unwrap();
        let mut tried = TriedShapes::of("money");
        let mut keep = |tried: &mut TriedShapes, settings: &Settings, verdict| {
            let found = engine.compare(settings.clone(), &mut |_, _| ()).unwrap();
            tried.keep(settings, &found, verdict);
            found
        };
        let (raw, log) = (
            settings(Shape::AsItIs, "age"),
            settings(Shape::Log1p, "age"),
        );
        let of_raw = keep(&mut tried, &raw, None);
        assert_eq!(tried.beside(&raw).len(), 1);
        // The verdict comes later, on the same result.
        keep(&mut tried, &raw, Some("so"));
        keep(&mut tried, &log, None);
        let found = tried.beside(&log);
        assert_eq!(found, tried.beside(&raw));
        let shapes: Vec<Shape> = found.iter().map(|it| it.shape).collect();
        assert_eq!(shapes, [Shape::AsItIs, Shape::Log1p]);
        assert_eq!((found[0].verdict, found[1].verdict), (Some("so"), None));
        assert_eq!(found[0].silhouette, of_raw.models[0].silhouette);
        let sizes = &of_raw.models[0].sizes;
        assert_eq!(Some(found[0].largest), sizes.iter().copied().max());
        assert_eq!(Some(found[0].smallest), sizes.iter().copied().min());
        assert_eq!(found[0].n_segments, sizes.len());
        // Another feature, another number: nothing is known beside them.
        assert!(tried.beside(&settings(Shape::Rank, "score")).is_empty());
        let six = Settings {
            n_clusters: Some(6),
            ..raw.clone()
        };
        assert!(tried.beside(&six).is_empty());
        // The numbers that segments keep say nothing of the shape.
        let mut turned = raw.clone();
        turned.identity = Some(of_raw.identity.clone());
        assert_eq!(tried.beside(&turned).len(), 2);
        // Without the column in the models there is nothing to keep.
        let without = Settings {
            features: Some(vec![Feature::column("age"), Feature::column("score")]),
            ..Settings::default()
        };
        keep(&mut tried, &without, None);
        assert!(tried.beside(&without).is_empty());
    }
}
