//! Random decisions on a file with all kinds of columns, possible and impossible ones.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "each test uses a part, and a test may stop where it stands"
)]

use std::collections::BTreeMap;
use std::rc::Rc;

use seamline::cluster::gaussian_mixture::CovarianceType;
use seamline::cluster::hierarchical::Linkage;
use seamline::cluster::k_means::Centres;
use seamline::cluster::{Metric, ModelKey};
use seamline::explain::{Claim, Group as Claimed, Says};
use seamline::features::{DatePart, Feature, Lambda, Missing, Repeats, Scaling};
use seamline::numeric::Rng;
use seamline::result::{ColumnData, Dataset};
use seamline::session::{
    Axes, DataMark, Decision, ListMode, ListScope, Look, OfferNumber, Pair, Placement, Rows,
    Screen, Session, SortKey,
};
use seamline::table::{ColumnKind, Date, DateForm, Decimal, Header, ReadOptions, Role, read_table};

/// A file that is read repeatedly.
pub struct File {
    pub name: String,
    bytes: Vec<u8>,
    read: BTreeMap<String, Rc<(Dataset, DataMark)>>,
}

impl File {
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        let (name, read) = (name.to_owned(), BTreeMap::new());
        Self { name, bytes, read }
    }

    /// The table read with these options, and its mark.
    pub fn read(&mut self, reading: &ReadOptions) -> Rc<(Dataset, DataMark)> {
        let key = serde_json::to_string(reading).unwrap();
        let (name, bytes) = (&self.name, &self.bytes);
        let read = || {
            let table = read_table(&mut bytes.as_slice(), reading, &mut |_| ()).unwrap();
            let dataset = Dataset::of(name, bytes.len(), reading, &table);
            Rc::new((dataset, DataMark::of(name, &table)))
        };
        Rc::clone(self.read.entry(key).or_insert_with(read))
    }
}

/// 160 customers with an identifier, categories of 3 and of 30 values, numbers with gaps, a date and a text.
pub fn mixed_file() -> File {
    let mut rng = Rng::new(9);
    let mut text =
        String::from("id,gender,town,age,income,spending,visits,since,note,Annual spending\n");
    for row in 0..160 {
        let heap = f64::from(row % 4);
        let gap = rng.below(12) == 0;
        let income = (20.0 + 25.0 * heap + 4.0 * rng.normal()).round();
        let income = if gap {
            String::new()
        } else {
            income.to_string()
        };
        let line = format!(
            "C{row:03},{},town {},{},{income},{:.1},{},2024-03-{:02},\"said {} and {}\",{}\n",
            ["female", "male", "other"][rng.below(3)],
            rng.below(30),
            18 + rng.below(50),
            50.0 - 12.0 * heap + 3.0 * rng.normal(),
            rng.below(9),
            1 + rng.below(28),
            rng.below(1_000),
            rng.below(1_000_000),
            rng.below(70),
        );
        text += &line;
    }
    File::new("mixed.csv", text.into_bytes())
}

fn one<T: Clone>(of: &[T], rng: &mut Rng) -> T {
    of[rng.below(of.len())].clone()
}

fn column(dataset: &Dataset, rng: &mut Rng) -> String {
    if rng.below(25) == 0 {
        return "no such column".to_owned();
    }
    one(&dataset.columns, rng).name
}

/// Usually a name with numbers.
fn numeric(session: &Session, dataset: &Dataset, rng: &mut Rng) -> String {
    let names = session.numeric_names(dataset);
    if rng.below(8) == 0 || names.is_empty() {
        return column(dataset, rng);
    }
    one(&names, rng)
}

fn feature(session: &Session, dataset: &Dataset, rng: &mut Rng) -> Feature {
    let features = session.features();
    if rng.below(3) == 0 && !features.is_empty() {
        return one(features, rng);
    }
    let (a, b) = (column(dataset, rng), column(dataset, rng));
    match rng.below(12) {
        0 | 1 => Feature::Column(numeric(session, dataset, rng)),
        2 => Feature::Ratio { a, b },
        3 => Feature::Difference { a, b },
        4 => Feature::Log { a },
        5 => Feature::Log1p { a },
        6 => Feature::YeoJohnson {
            a,
            lambda: one(&[None, Lambda::new(0.5)], rng),
        },
        7 => Feature::Rank { a },
        8 => Feature::DaysSince {
            a,
            until: one(&[None, Some(Date::of_days(20_000.0))], rng),
        },
        9 => Feature::YearsBetween { a, b },
        10 => Feature::DatePart {
            a,
            part: one(&DatePart::ALL, rng),
            value: rng.below(14) as u8,
        },
        _ => {
            let value = values(dataset, &a).into_iter().nth(rng.below(4));
            let value = value.unwrap_or_else(|| "no such value".to_owned());
            Feature::Indicator { a, value }
        }
    }
}

fn values(dataset: &Dataset, column: &str) -> Vec<String> {
    match dataset.column(column).map(|column| &column.data) {
        Some(ColumnData::Codes { names, .. }) => names.clone(),
        _ => Vec::new(),
    }
}

/// A number as users enter it, or one that is not finite.
fn number(rng: &mut Rng) -> f64 {
    match rng.below(12) {
        0 => f64::NAN,
        1 => f64::INFINITY,
        2 => -1.0,
        3 => 0.0,
        _ => (rng.uniform() * 1000.0).round() / 10.0,
    }
}

fn pair_of_numbers(rng: &mut Rng) -> [f64; 2] {
    let (a, b) = (number(rng), number(rng));
    if a > b && rng.below(5) > 0 {
        [b, a]
    } else {
        [a, b]
    }
}

fn segment(rng: &mut Rng) -> u32 {
    if rng.below(20) == 0 {
        u32::MAX
    } else {
        rng.below(6) as u32
    }
}

fn row(dataset: &Dataset, rng: &mut Rng) -> u32 {
    rng.below(dataset.n_rows + 4) as u32
}

fn name(rng: &mut Rng) -> String {
    let names = [
        "",
        " Big  spenders ",
        "Savers",
        "savers",
        "žluť 🦆",
        "a\tb",
        "Young",
    ];
    match rng.below(12) {
        0 => "long ".repeat(20),
        1 => format!("Group {}", rng.below(1000)),
        _ => one(&names, rng).to_owned(),
    }
}

fn reading(session: &Session, dataset: &Dataset, rng: &mut Rng) -> ReadOptions {
    let mut reading = session.settings.reading.clone();
    match rng.below(11) {
        0 => reading = ReadOptions::default(),
        4 => {
            let values = [one(&["9999", "-1", "36"], rng).to_owned()];
            let is_missing = rng.below(3) > 0;
            reading.set_missing(&column(dataset, rng), &values, is_missing);
        }
        5 => {
            let unit = one(&["EUR", "USD", ""], rng).to_owned();
            reading.units.insert(column(dataset, rng), unit);
        }
        1 => reading.decimal = one(&[None, Some(Decimal::Comma), Some(Decimal::Point)], rng),
        2 => reading.header = one(&[None, Some(Header::None), Some(Header::Line(2))], rng),
        3 => reading.quote = one(&[None, Some('"'), Some('\'')], rng),
        8 => {
            let separator = one(&[";", ",", "/"], rng).to_owned();
            reading.lists.insert(column(dataset, rng), separator);
        }
        6 => reading.keeps_totals = !reading.keeps_totals,
        7 => {
            let form = one(&[DateForm::DayFirst, DateForm::MonthFirst], rng);
            reading.date_form = one(&[None, Some(form)], rng);
            reading.date_forms.insert(column(dataset, rng), form);
        }
        _ => {
            let kinds = [
                ColumnKind::Number,
                ColumnKind::Category,
                ColumnKind::Identifier,
                ColumnKind::Text,
            ];
            let kind = one(&kinds, rng);
            reading.kinds.insert(column(dataset, rng), kind);
        }
    }
    reading
}

/// Another thing to look at.
pub fn look(session: &Session, dataset: &Dataset, rng: &mut Rng) -> Look {
    let mut look = session.view.look.clone();
    match rng.below(9) {
        0 => look.screen = one(&Screen::ALL, rng),
        1 => look.list = one(&ListMode::ALL, rng),
        2 => look.scope = one(&ListScope::ALL, rng),
        3 => {
            let by = [
                SortKey::Customer,
                SortKey::Keeps,
                SortKey::Times,
                SortKey::Shared,
                SortKey::Segment(ModelKey::HIERARCHICAL),
                SortKey::Number(numeric(session, dataset, rng)),
                SortKey::Number(feature(session, dataset, rng).name()),
            ];
            look.sort = look.sort.clicked(one(&by, rng));
        }
        4 => look.segment = one(&[None, Some(segment(rng))], rng),
        5 => look.card = one(&[None, Some(row(dataset, rng))], rng),
        6 => {
            look.profiled = one(&[None, Some(ModelKey::K_MEANS)], rng);
            look.plotted = one(&[None, Some(ModelKey::HIERARCHICAL)], rng);
        }
        7 => {
            look.shows_means = !look.shows_means;
            look.what_if = one(&[None, Some(rng.below(14))], rng);
        }
        _ => {
            look.claim = Some(Claim {
                column: numeric(session, dataset, rng),
                group: one(&[Claimed::Mismatched, Claimed::Segment(segment(rng))], rng),
                says: one(&Says::ALL, rng),
            });
        }
    }
    look
}

/// A decision of any kind.
pub fn random_decision(session: &Session, dataset: &Dataset, rng: &mut Rng) -> Decision {
    let rng = &mut *rng;
    let models: Vec<ModelKey> = ModelKey::all().collect();
    let model = one(&models, rng);
    let some_number = one(&[None, Some(rng.below(15))], rng);
    match rng.below(37) {
        36 => Decision::ChangeFeatures {
            without: vec![feature(session, dataset, rng)],
            with: vec![feature(session, dataset, rng)],
        },
        0 => Decision::ReadAgain(reading(session, dataset, rng)),
        1 => {
            let roles = [
                Role::Identifier,
                Role::Feature,
                Role::Profile,
                Role::Ignored,
            ];
            let role = one(&roles, rng);
            let column = column(dataset, rng);
            Decision::SetRole { column, role }
        }
        2 => Decision::AddFeature(feature(session, dataset, rng)),
        3 => Decision::RemoveFeature(feature(session, dataset, rng)),
        4 => session.toggle_feature(&feature(session, dataset, rng)),
        5 => {
            let column = column(dataset, rng);
            let mut order = values(dataset, &column);
            order.truncate(1 + rng.below(5));
            order.reverse();
            let order = one(&[None, Some(order)], rng);
            Decision::UseCategory { column, order }
        }
        6 => Decision::SetMissing(one(
            &[Missing::LeaveOut, Missing::Median, Missing::Mode],
            rng,
        )),
        7 => Decision::SetRepeats(one(&[Repeats::Keep, Repeats::First], rng)),
        8 => Decision::SetScaling(one(&[Scaling::None, Scaling::ZScore, Scaling::MinMax], rng)),
        9 if rng.below(3) == 0 => {
            let column = (rng.below(3) > 0).then(|| column(dataset, rng));
            Decision::CompareColumn(column)
        }
        9 => Decision::AddModel(model),
        10 => Decision::RemoveModel(model),
        11 => session.toggle_model(model),
        12 => Decision::SetCentres(one(&Centres::ALL, rng)),
        13 => Decision::SetLinkage(one(&Linkage::ALL, rng)),
        14 => {
            let metrics = [
                Metric::Euclidean,
                Metric::Manhattan,
                Metric::Chebyshev,
                Metric::Cosine,
            ];
            Decision::SetMetric(one(&metrics, rng))
        }
        15 => {
            let shapes = [
                CovarianceType::Full,
                CovarianceType::Tied,
                CovarianceType::Diag,
                CovarianceType::Spherical,
            ];
            Decision::SetCovariance(one(&shapes, rng))
        }
        16 if rng.below(3) == 0 => {
            // Rarely all customers but one or two.
            let most = if rng.below(6) == 0 { 400 } else { 6 };
            let rows = (0..rng.below(most)).map(|_| rng.below(165) as u32);
            Decision::LeaveOut(Rows::of(rows))
        }
        16 if rng.below(2) == 0 => Decision::Refit(rng.below(3) > 0),
        16 if rng.below(3) == 0 => Decision::SetSweepTo(rng.below(16)),
        16 => Decision::SetNumber(some_number),
        17 => Decision::SetOwnNumber {
            model,
            n_clusters: some_number,
        },
        18 | 19 => Decision::FilterRange {
            column: numeric(session, dataset, rng),
            range: one(&[None, Some(pair_of_numbers(rng))], rng),
        },
        20 => {
            let column = column(dataset, rng);
            let codes = (0..rng.below(3)).map(|_| rng.below(4) as u32).collect();
            Decision::FilterValues { column, codes }
        }
        21 => session.toggle_value("gender", rng.below(4) as u32),
        22 => Decision::ClearFilters,
        23 => Decision::SetBandColumn(numeric(session, dataset, rng)),
        24 => Decision::SetBands {
            column: numeric(session, dataset, rng),
            edges: one(&[None, Some(pair_of_numbers(rng))], rng),
        },
        25 => Decision::Rename {
            segment: segment(rng),
            name: name(rng),
        },
        26 => Decision::SaveGroup {
            name: name(rng),
            rows: Rows::of((0..rng.below(6)).map(|_| row(dataset, rng))),
        },
        27 => {
            let names: Vec<String> = session.groups.iter().map(|it| it.name.clone()).collect();
            let known = names.first().cloned().unwrap_or_else(|| name(rng));
            if rng.below(2) == 0 {
                Decision::RemoveGroup { name: known }
            } else {
                let (name, to) = (known, name(rng));
                Decision::RenameGroup { name, to }
            }
        }
        28 => Decision::SetOffer {
            number: one(&OfferNumber::ALL, rng),
            value: one(&[number(rng), rng.uniform()], rng),
        },
        29 => {
            let own = seamline::advise::STANDARD_RULES.to_owned() + "\n";
            Decision::SetRules(one(&[None, Some(own), Some("x".repeat(100_000))], rng))
        }
        30 => Decision::ShowAdvice(rng.below(2) == 0),
        31 => Decision::Place {
            row: row(dataset, rng),
            placement: one(
                &[
                    None,
                    Some(Placement::Open),
                    Some(Placement::Segment(segment(rng))),
                ],
                rng,
            ),
        },
        32 => Decision::SetAxes(Axes {
            x: numeric(session, dataset, rng),
            y: numeric(session, dataset, rng),
        }),
        33 => {
            let options = model.facts().unwrap().numbers.iter();
            let names = options.map(|option| option.name.to_owned());
            let names: Vec<String> = names.chain(["no such number".to_owned()]).collect();
            let (name, value) = (one(&names, rng), some_number);
            Decision::SetOption { model, name, value }
        }
        34 => Decision::SetGiven {
            column: column(dataset, rng),
            is_given: rng.below(2) == 0,
        },
        _ => Decision::SetPair(Pair {
            first: model,
            second: one(&models, rng),
        }),
    }
}
