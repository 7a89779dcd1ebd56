//! Single decisions: what they do, and why some are impossible.

mod categories;
mod reading;

use std::collections::BTreeSet;

use super::*;
use crate::cluster::hierarchical::Linkage;
use crate::cluster::{Metric, ModelKey};
use crate::features::{Missing, Repeats, Scaling};
use crate::result::Filter;
use crate::table::{ReadOptions, read_table};

const CUSTOMERS: &str = "id,gender,town,income,spending,age,rare\n\
    1,f,a,10,50,30,1\n2,m,b,11,51,31,\n3,f,c,12,53,33,\n4,m,a,33,10,60,\n5,f,b,34,12,61,2\n6,m,c,36,11,65,7\n";

fn read(reading: &ReadOptions) -> Dataset {
    let bytes = CUSTOMERS.as_bytes();
    let table = read_table(&mut { bytes }, reading, &mut |_| ()).unwrap();
    Dataset::of("c.csv", bytes.len(), reading, &table)
}

/// A table, and a session on it.
struct Desk {
    dataset: Dataset,
    session: Session,
}

impl Desk {
    fn new() -> Self {
        let mut reading = ReadOptions::default();
        // With so few rows, the kind is ambiguous.
        for column in ["gender", "town"] {
            reading.kinds.insert(column.into(), ColumnKind::Category);
        }
        let dataset = read(&reading);
        let session = Session::for_dataset(&dataset);
        Self { dataset, session }
    }

    fn try_to(&self, decision: &Decision) -> Result<Session, DecisionError> {
        apply(&self.session, decision, &Known::of(&self.dataset))
    }

    #[track_caller]
    fn decide(&mut self, decision: &Decision) -> &Session {
        self.session = self.try_to(decision).unwrap();
        check(&self.session, &self.dataset).unwrap();
        &self.session
    }

    #[track_caller]
    fn refuses(&self, decision: &Decision) -> DecisionError {
        self.try_to(decision).unwrap_err()
    }

    fn names(&self) -> Vec<String> {
        self.session.features().iter().map(Feature::name).collect()
    }
}

fn text(words: &str) -> String {
    words.to_owned()
}

#[test]
fn features_stand_in_the_order_of_the_file_however_they_are_chosen() {
    let mut desk = Desk::new();
    assert_eq!(desk.names(), ["income", "spending", "rare"]);
    let income = Feature::column("income");
    desk.decide(&Decision::RemoveFeature(Feature::column("rare")));
    let before = desk.session.clone();
    desk.decide(&desk.session.toggle_feature(&income));
    let again = desk.session.toggle_feature(&income);
    assert_eq!(*desk.decide(&again), before);
    let ratio = Feature::Ratio {
        a: text("income"),
        b: text("spending"),
    };
    desk.decide(&Decision::AddFeature(ratio.clone()));
    let role = Role::Feature;
    let column = text("age");
    desk.decide(&Decision::SetRole { column, role });
    assert_eq!(
        desk.names(),
        ["income", "spending", "age", "income ÷ spending"]
    );
    assert_eq!(
        desk.refuses(&Decision::AddFeature(ratio.clone())),
        DecisionError::IsFeature { feature: ratio }
    );
    let same = Feature::Difference {
        a: text("age"),
        b: text("age"),
    };
    assert_eq!(
        desk.refuses(&Decision::AddFeature(same)),
        DecisionError::SameColumn {
            column: text("age")
        }
    );
}

#[test]
fn an_identifier_is_no_feature_and_takes_what_is_made_from_it_along() {
    let mut desk = Desk::new();
    let feature = Feature::Log { a: text("income") };
    desk.decide(&Decision::AddFeature(feature.clone()));
    let (column, role) = (text("income"), Role::Identifier);
    desk.decide(&Decision::SetRole { column, role });
    assert_eq!(desk.names(), ["spending", "rare"]);
    let identifier = desk.session.identifier(&desk.dataset).unwrap();
    assert_eq!(identifier.name, "income");
    assert_eq!(
        desk.refuses(&Decision::AddFeature(feature)),
        DecisionError::IdentifierAsFeature {
            column: text("income")
        }
    );
    let (column, role) = (text("income"), Role::Feature);
    desk.decide(&Decision::SetRole { column, role });
    assert_eq!(desk.names(), ["income", "spending", "rare"]);
    // Suggested values are not stored.
    assert_eq!(desk.session, Session::for_dataset(&desk.dataset));
}

#[test]
fn the_last_feature_and_the_last_two_models_stay() {
    let mut desk = Desk::new();
    desk.decide(&Decision::RemoveModel(ModelKey::GAUSSIAN_MIXTURE));
    for name in ["spending", "rare"] {
        desk.decide(&Decision::RemoveFeature(Feature::column(name)));
    }
    let last = Decision::RemoveFeature(Feature::column("income"));
    assert_eq!(desk.refuses(&last), DecisionError::NoFeatures);
    let (column, role) = (text("income"), Role::Profile);
    assert_eq!(
        desk.refuses(&Decision::SetRole { column, role }),
        DecisionError::NoFeatures
    );
    assert_eq!(
        desk.refuses(&Decision::RemoveModel(ModelKey::K_MEANS)),
        DecisionError::TooFewModels { n_models: 1 }
    );
    desk.decide(&Decision::AddModel(ModelKey::GAUSSIAN_MIXTURE));
    desk.decide(&Decision::RemoveModel(ModelKey::K_MEANS));
    let model = ModelKey::K_MEANS;
    assert_eq!(
        desk.refuses(&Decision::RemoveModel(model)),
        DecisionError::NotCompared { model }
    );
    let pair = Pair {
        first: ModelKey::K_MEANS,
        second: ModelKey::HIERARCHICAL,
    };
    assert_eq!(
        desk.refuses(&Decision::SetPair(pair)),
        DecisionError::NotCompared { model }
    );
}

#[test]
fn there_are_never_more_segments_than_customers() {
    let mut desk = Desk::new();
    // Three of six have a value in every feature.
    assert_eq!(
        desk.refuses(&Decision::SetNumber(Some(4))),
        DecisionError::MoreSegmentsThanCustomers {
            n_clusters: 4,
            n_customers: 3
        }
    );
    assert_eq!(
        desk.refuses(&Decision::SetNumber(Some(51))),
        DecisionError::NumberOutOfRange {
            n_clusters: 51,
            min: 2,
            max: 50
        }
    );
    desk.decide(&Decision::SetMissing(Missing::Median));
    desk.decide(&Decision::SetNumber(Some(6)));
    desk.decide(&Decision::SetRepeats(Repeats::First));
    let leave_out = Decision::SetMissing(Missing::LeaveOut);
    assert!(matches!(
        desk.refuses(&leave_out),
        DecisionError::MoreSegmentsThanCustomers { n_customers: 3, .. }
    ));
    desk.decide(&Decision::SetNumber(None));
    desk.decide(&leave_out);
    let of_first = Decision::SetOwnNumber {
        model: ModelKey::K_MEANS,
        n_clusters: Some(3),
    };
    assert_eq!(
        desk.refuses(&of_first),
        DecisionError::OwnNumberOfFirst {
            model: ModelKey::K_MEANS
        }
    );
}

#[test]
fn the_own_number_of_a_model_counts_while_it_is_compared() {
    let mut desk = Desk::new();
    let model = ModelKey::GAUSSIAN_MIXTURE;
    desk.decide(&Decision::SetMissing(Missing::Median));
    desk.decide(&Decision::SetOwnNumber {
        model,
        n_clusters: Some(6),
    });
    // Three of six have a value in every feature.
    let leave_out = Decision::SetMissing(Missing::LeaveOut);
    let too_many = DecisionError::MoreSegmentsThanCustomers {
        n_clusters: 6,
        n_customers: 3,
    };
    assert_eq!(desk.refuses(&leave_out), too_many);
    desk.decide(&Decision::RemoveModel(model));
    desk.decide(&leave_out);
    assert_eq!(desk.refuses(&Decision::AddModel(model)), too_many);
}

#[test]
fn a_linkage_takes_its_metric_along_and_a_metric_needs_its_linkage() {
    let mut desk = Desk::new();
    assert_eq!(
        desk.refuses(&Decision::SetMetric(Metric::Manhattan)),
        DecisionError::MetricForLinkage {
            linkage: Linkage::Ward,
            metric: Metric::Manhattan
        }
    );
    desk.decide(&Decision::SetLinkage(Linkage::Average));
    desk.decide(&Decision::SetMetric(Metric::Manhattan));
    desk.decide(&Decision::SetLinkage(Linkage::Complete));
    assert_eq!(desk.session.settings.hierarchical.metric, Metric::Manhattan);
    desk.decide(&Decision::SetLinkage(Linkage::Ward));
    assert_eq!(desk.session.settings.hierarchical.metric, Metric::Euclidean);
}

#[test]
fn edges_of_bands_survive_a_change_of_column_and_back() {
    let mut desk = Desk::new();
    assert_eq!(
        desk.session.band_column(&desk.dataset).as_deref(),
        Some("spending")
    );
    let spending = [10.0, 53.0, 31.0];
    let suggested = desk.session.bands_of("spending", &spending);
    let set = |edges| Decision::SetBands {
        column: text("spending"),
        edges,
    };
    desk.decide(&set(Some([20.0, 52.0])));
    desk.decide(&Decision::SetBandColumn(text("age")));
    desk.decide(&Decision::SetBandColumn(text("spending")));
    assert_eq!(
        desk.session.bands_of("spending", &spending).unwrap().edges,
        [20.0, 52.0]
    );
    assert_eq!(
        desk.refuses(&set(Some([60.0, 52.0]))),
        DecisionError::BandsReversed {
            column: text("spending"),
            edges: [60.0, 52.0]
        }
    );
    desk.decide(&set(None));
    assert_eq!(desk.session.bands_of("spending", &spending), suggested);
}

#[test]
fn what_names_a_feature_goes_with_it() {
    let mut desk = Desk::new();
    let feature = Feature::Log { a: text("age") };
    let name = feature.name();
    desk.decide(&Decision::AddFeature(feature.clone()));
    desk.decide(&Decision::FilterRange {
        column: name.clone(),
        range: Some([3.0, 4.0]),
    });
    desk.decide(&Decision::FilterValues {
        column: text("gender"),
        codes: vec![1],
    });
    desk.decide(&Decision::SetAxes(Axes {
        x: text("income"),
        y: name.clone(),
    }));
    desk.decide(&Decision::SetBandColumn(name.clone()));
    desk.decide(&Decision::SetBands {
        column: name.clone(),
        edges: Some([3.5, 4.0]),
    });
    let mut look = desk.session.view.look.clone();
    look.sort = look.sort.clicked(SortKey::Number(name.clone()));
    desk.decide(&Decision::Look(look));
    desk.decide(&Decision::RemoveFeature(feature));
    let mut expected = Session::for_dataset(&desk.dataset);
    let codes = BTreeSet::from([1]);
    expected
        .filters
        .insert(text("gender"), Filter::Values { codes });
    assert_eq!(desk.session, expected);
    let gone = Decision::SetBandColumn(name.clone());
    assert_eq!(
        desk.refuses(&gone),
        DecisionError::UnknownColumn { column: name }
    );
}

#[test]
fn names_are_trimmed_different_and_short() {
    let mut desk = Desk::new();
    let rename = |segment, name: &str| Decision::Rename {
        segment,
        name: text(name),
    };
    desk.decide(&rename(0, "  Big spenders "));
    assert_eq!(desk.session.names[&0], "Big spenders");
    assert_eq!(
        desk.refuses(&rename(1, "big Spenders")),
        DecisionError::NameTaken {
            name: text("Big spenders"),
            segment: 0
        }
    );
    desk.decide(&rename(0, "big spenders"));
    assert!(matches!(
        desk.refuses(&rename(1, &"x".repeat(61))),
        DecisionError::NameTooLong {
            n_characters: 61,
            ..
        }
    ));
    // What cannot be seen is dropped: a line end, an override of the direction.
    desk.decide(&rename(1, " go\nld\u{202e} \u{200f}"));
    assert_eq!(desk.session.names[&1], "gold");
    desk.decide(&rename(1, "\u{202e}\u{7}"));
    assert_eq!(desk.session.names.get(&1), None);
    let segment = MAX_SEGMENTS;
    assert_eq!(
        desk.refuses(&rename(segment, "x")),
        DecisionError::UnknownSegment { segment }
    );
    desk.decide(&rename(0, " "));
    assert!(desk.session.names.is_empty());
}

#[test]
fn numbers_of_the_offer_are_refused_one_by_one() {
    let desk = Desk::new();
    for (number, value) in [
        (OfferNumber::Margin, 0.0),
        (OfferNumber::Cost, -0.1),
        (OfferNumber::Today, 1.5),
        (OfferNumber::WithOffer, f64::NAN),
    ] {
        let error = desk.refuses(&Decision::SetOffer { number, value });
        assert!(
            matches!(error, DecisionError::OfferOutOfRange { number: of, .. } if of == number),
            "{error:?}"
        );
    }
}

#[test]
fn a_change_of_the_fit_keeps_the_number_on_the_screen_unless_it_is_left_open() {
    let desk = Desk::new();
    let known = Known {
        n_clusters: Some(3),
        ..Known::of(&desk.dataset)
    };
    let number = |decision| {
        let next = apply(&desk.session, &decision, &known).unwrap();
        next.settings.n_clusters
    };
    assert_eq!(number(Decision::SetScaling(Scaling::None)), Some(3));
    assert_eq!(number(Decision::SetNumber(Some(2))), Some(2));
    assert_eq!(number(Decision::ShowAdvice(true)), None);
    let mut open = desk.session.clone();
    open.settings.n_clusters = Some(2);
    let next = apply(&open, &Decision::SetNumber(None), &known).unwrap();
    assert_eq!(next.settings.n_clusters, None);
}

#[test]
fn a_file_can_be_read_without_quotes() {
    let reading = |quote| ReadOptions {
        quote: Some(quote),
        ..ReadOptions::default()
    };
    assert_eq!(check_reading::check_reading(&reading('\0')), Ok(()));
    assert!(check_reading::check_reading(&reading('a')).is_err());
}
