//! Whether a session makes sense for a file: one rule per field. A session made by [`super::apply()`] always does.

use std::collections::BTreeSet;

use super::bounds::{check_models, check_numbers, check_only, check_runs, out_of_range};
use super::check_reading::check_reading;
use super::error::DecisionError as Error;
use super::group::Group;
use super::segment_column::check_segment_column;
use super::{Look, OfferNumber, Pair, Placement, Rows, Session, SortKey, suggested_features};
use crate::advise::Offer;
use crate::explain::Group as Claimed;
use crate::features::{Feature, SourceKind};
use crate::numeric::set_of;
use crate::result::{ColumnData, ColumnInfo, Dataset, Filter, Identity, K_RANGE};
use crate::table::Role;

/// The longest name, in characters.
pub const MAX_NAME: usize = 60;
/// The largest number of groups.
pub const MAX_GROUPS: usize = 200;
/// Numbers of segments are below this.
pub const MAX_SEGMENTS: u32 = 10_000;
/// The longest text of rules, in bytes.
pub const MAX_RULES_BYTES: usize = 1 << 16;

/// Checks that every field of a session makes sense for a file.
///
/// # Errors
/// The first [`DecisionError`](Error) found.
pub fn check(session: &Session, dataset: &Dataset) -> Result<(), Error> {
    let settings = &session.settings;
    if settings.reading != dataset.reading {
        return Err(Error::OtherReading);
    }
    check_without_data(session)?;
    for (column, role) in &settings.roles {
        let column = column_of(dataset, column)?;
        if *role == Role::Feature && !may_be_feature(column) {
            return Err(not_numeric(&column.name));
        }
    }
    if let Some(column) = &settings.segment_column {
        check_segment_column(column, dataset)?;
    }
    check_features(session, dataset)?;
    check_numbers(session, dataset)?;
    for (column, filter) in &session.filters {
        check_filter(session, dataset, column, filter)?;
    }
    let edges = session.bands.keys();
    for column in edges.chain(&session.band_column) {
        check_numeric(session, dataset, column)?;
    }
    if let Some(&last) = settings.left_out.last() {
        check_row(last, dataset)?;
    }
    for group in &session.groups {
        check_rows(&group.rows, dataset)?;
    }
    for &row in session.placements.keys() {
        check_row(row, dataset)?;
    }
    if let Some(axes) = &session.view.axes {
        check_numeric(session, dataset, &axes.x)?;
        check_numeric(session, dataset, &axes.y)?;
    }
    for column in session.given.keys() {
        column_of(dataset, column)?;
    }
    check_look(session, dataset, &session.view.look)
}

/// Checks what can be checked before the file is read.
pub(super) fn check_without_data(session: &Session) -> Result<(), Error> {
    let settings = &session.settings;
    check_reading(&settings.reading)?;
    check_models(settings)?;
    check_runs(settings)?;
    check_only(settings)?;
    if let Some(identity) = &settings.identity {
        check_identity(identity)?;
    }
    let mut called = BTreeSet::new();
    for (&segment, name) in &session.names {
        check_segment(segment)?;
        check_name(name)?;
        if !called.insert(name.to_lowercase()) {
            let name = name.clone();
            return Err(Error::NameTaken { name, segment });
        }
    }
    check_groups(&session.groups)?;
    for (column, &edges) in &session.bands {
        check_edges(column, edges)?;
    }
    for placement in session.placements.values() {
        check_placement(*placement)?;
    }
    check_offer(&session.offer)?;
    if let Some(rules) = &session.rules {
        check_rules(rules)?;
    }
    session.view.pair.map_or(Ok(()), check_pair)
}

/// The column of that name.
pub(super) fn column_of<'a>(dataset: &'a Dataset, name: &str) -> Result<&'a ColumnInfo, Error> {
    let column = dataset.column(name);
    column.ok_or_else(|| Error::UnknownColumn {
        column: name.to_owned(),
    })
}

fn not_numeric(column: &str) -> Error {
    Error::NotNumeric {
        column: column.to_owned(),
    }
}

/// Whether a column can be a feature, as it is or as a category.
pub(super) fn may_be_feature(column: &ColumnInfo) -> bool {
    column.numbers().is_some() || matches!(column.data, ColumnData::Codes { .. })
}

/// The values of a category.
pub(super) fn values_of(column: &ColumnInfo) -> Result<&[String], Error> {
    match &column.data {
        ColumnData::Codes { names, .. } => Ok(names),
        _ => Err(Error::NotCategory {
            column: column.name.clone(),
        }),
    }
}

fn check_features(session: &Session, dataset: &Dataset) -> Result<(), Error> {
    let features = session.features();
    if features.is_empty()
        && (session.settings.features.is_none() || !suggested_features(dataset).is_empty())
    {
        return Err(Error::NoFeatures);
    }
    for (at, feature) in features.iter().enumerate() {
        check_feature(session, dataset, feature)?;
        if features[..at].contains(feature) {
            let feature = feature.clone();
            return Err(Error::IsFeature { feature });
        }
    }
    Ok(())
}

/// Checks that a feature can be built from its columns.
pub(super) fn check_feature(
    session: &Session,
    dataset: &Dataset,
    feature: &Feature,
) -> Result<(), Error> {
    for name in feature.sources() {
        let column = column_of(dataset, name)?;
        if session.role_of(column) == Role::Identifier {
            return Err(Error::IdentifierAsFeature {
                column: name.to_owned(),
            });
        }
        match feature.source_kind() {
            SourceKind::Category => {
                values_of(column)?;
            }
            SourceKind::Dates if !column.has_dates() => {
                let column = name.to_owned();
                return Err(Error::NotDates { column });
            }
            SourceKind::Numbers if column.numbers().is_none() => return Err(not_numeric(name)),
            SourceKind::Dates | SourceKind::Numbers => {}
        }
    }
    match feature {
        Feature::Column(_)
        | Feature::Log { .. }
        | Feature::Log1p { .. }
        | Feature::YeoJohnson { .. }
        | Feature::Rank { .. }
        | Feature::DaysSince { .. } => Ok(()),
        Feature::Ratio { a, b } | Feature::Difference { a, b } | Feature::YearsBetween { a, b } => {
            let column = a.clone();
            let is_other = a != b;
            is_other.then_some(()).ok_or(Error::SameColumn { column })
        }
        Feature::Indicator { a, value } => check_values(dataset, a, std::slice::from_ref(value)),
        Feature::Ordinal { a, order } => check_values(dataset, a, order),
        Feature::DatePart { a, part, value } => {
            let is_known = (1..=part.n_values()).contains(value);
            is_known.then_some(()).ok_or_else(|| Error::UnknownValue {
                column: a.clone(),
                value: value.to_string(),
            })
        }
    }
}

/// Checks that these are distinct values of a category.
fn check_values(dataset: &Dataset, name: &str, values: &[String]) -> Result<(), Error> {
    let known = values_of(column_of(dataset, name)?)?;
    let known = set_of(known);
    let column = name.to_owned();
    if let Some(value) = values.iter().find(|value| !known.contains(value)) {
        let value = value.clone();
        return Err(Error::UnknownValue { column, value });
    }
    if values.is_empty() || set_of(values).len() < values.len() {
        return Err(Error::BadOrder { column });
    }
    Ok(())
}

/// Checks that a column or derived feature of that name has numbers.
pub(super) fn check_numeric(session: &Session, dataset: &Dataset, name: &str) -> Result<(), Error> {
    if session.has_numbers(dataset, name) {
        return Ok(());
    }
    column_of(dataset, name)?;
    Err(not_numeric(name))
}

/// Checks that a filter fits its column.
pub(super) fn check_filter(
    session: &Session,
    dataset: &Dataset,
    column: &str,
    filter: &Filter,
) -> Result<(), Error> {
    let name = || column.to_owned();
    match filter {
        &Filter::Range { min, max } => {
            check_numeric(session, dataset, column)?;
            if !min.is_finite() || !max.is_finite() {
                return Err(Error::NotFinite { column: name() });
            }
            if min > max {
                let column = name();
                return Err(Error::RangeReversed { column, min, max });
            }
        }
        Filter::Values { codes } => {
            let n_values = values_of(column_of(dataset, column)?)?.len();
            if let Some(&code) = codes.iter().find(|&&code| code as usize >= n_values) {
                return Err(Error::UnknownCode {
                    column: name(),
                    code,
                    n_values,
                });
            }
            if codes.is_empty() {
                return Err(Error::EmptyFilter { column: name() });
            }
        }
    }
    Ok(())
}

pub(super) fn check_edges(column: &str, edges: [f64; 2]) -> Result<(), Error> {
    let column = column.to_owned();
    if edges.iter().any(|edge| !edge.is_finite()) {
        Err(Error::NotFinite { column })
    } else if edges[0] > edges[1] {
        Err(Error::BandsReversed { column, edges })
    } else {
        Ok(())
    }
}

/// A name as it is typed, without what cannot be seen: control characters, and marks that turn the direction of the text after them
/// (Unicode UAX 9) and so can make a name look like another.
pub(super) fn typed(name: &str) -> String {
    let is_turning = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept = name.chars().filter(|&c| !c.is_control() && !is_turning(c));
    kept.collect::<String>().trim().to_owned()
}

/// Checks that a name is allowed.
pub(super) fn check_name(name: &str) -> Result<(), Error> {
    let n_characters = name.chars().count();
    if name.trim().is_empty() {
        Err(Error::NameEmpty)
    } else if n_characters > MAX_NAME {
        let max = MAX_NAME;
        Err(Error::NameTooLong { n_characters, max })
    } else if name.trim() != name || name.chars().any(char::is_control) {
        Err(Error::NameNotPlain)
    } else {
        Ok(())
    }
}

pub(super) fn check_segment(segment: u32) -> Result<(), Error> {
    let is_known = segment < MAX_SEGMENTS;
    is_known
        .then_some(())
        .ok_or(Error::UnknownSegment { segment })
}

pub(super) fn check_placement(placement: Placement) -> Result<(), Error> {
    match placement {
        Placement::Segment(segment) => check_segment(segment),
        Placement::Open => Ok(()),
    }
}

pub(super) fn check_row(row: u32, dataset: &Dataset) -> Result<(), Error> {
    let n_rows = dataset.n_rows;
    let is_there = (row as usize) < n_rows;
    is_there
        .then_some(())
        .ok_or(Error::UnknownRow { row, n_rows })
}

pub(super) fn check_rows(rows: &Rows, dataset: &Dataset) -> Result<(), Error> {
    rows.last().map_or(Ok(()), |last| check_row(last, dataset))
}

fn check_groups(groups: &[Group]) -> Result<(), Error> {
    let mut called = BTreeSet::new();
    for Group { name, rows } in groups {
        check_name(name)?;
        let name = name.clone();
        if rows.is_empty() {
            return Err(Error::GroupEmpty { name });
        }
        if !called.insert(name.to_lowercase()) {
            return Err(Error::GroupTaken { name });
        }
    }
    let max = MAX_GROUPS;
    let are_few = groups.len() <= max;
    are_few.then_some(()).ok_or(Error::TooManyGroups { max })
}

pub(super) fn check_pair(pair: Pair) -> Result<(), Error> {
    let model = pair.first;
    let are_two = model != pair.second;
    are_two.then_some(()).ok_or(Error::SameModel { model })
}

pub(super) fn check_offer(offer: &Offer) -> Result<(), Error> {
    let is_sound = |number: OfferNumber| {
        // In an offer that is otherwise valid.
        let mut other = Offer::default();
        number.set(&mut other, number.of(offer));
        other.is_sound()
    };
    match OfferNumber::ALL.into_iter().find(|it| !is_sound(*it)) {
        Some(number) => Err(Error::OfferOutOfRange {
            number,
            value: number.of(offer),
        }),
        None => Ok(()),
    }
}

/// Checks that rules are short enough to be kept. The engine reads their content, since the page has no reader of tables.
pub(super) fn check_rules(text: &str) -> Result<(), Error> {
    if text.len() > MAX_RULES_BYTES {
        return Err(Error::RulesTooLong {
            n_bytes: text.len(),
            max: MAX_RULES_BYTES,
        });
    }
    Ok(())
}

pub(super) fn check_look(session: &Session, dataset: &Dataset, look: &Look) -> Result<(), Error> {
    match &look.sort.by {
        SortKey::Number(name) => check_numeric(session, dataset, name)?,
        SortKey::Customer
        | SortKey::Segment(_)
        | SortKey::Keeps
        | SortKey::Times
        | SortKey::Shared => {}
    }
    look.segment.map_or(Ok(()), check_segment)?;
    look.card.map_or(Ok(()), |row| check_row(row, dataset))?;
    if let Some(n_clusters) = look.what_if.filter(|it| !K_RANGE.contains(it)) {
        return Err(out_of_range(n_clusters));
    }
    if let Some(claim) = &look.claim {
        check_numeric(session, dataset, &claim.column)?;
        if let Claimed::Segment(segment) = claim.group {
            check_segment(segment)?;
        }
    }
    Ok(())
}

fn check_identity(identity: &Identity) -> Result<(), Error> {
    let Identity {
        columns,
        numbers,
        means,
    } = identity;
    let are_numbers = set_of(numbers).len() == numbers.len()
        && numbers.iter().all(|&number| number < MAX_SEGMENTS);
    let is_row = |row: &Vec<Option<f64>>| {
        row.len() == columns.len() && row.iter().flatten().all(|mean| mean.is_finite())
    };
    let is_sound = are_numbers && means.len() == numbers.len() && means.iter().all(is_row);
    is_sound.then_some(()).ok_or(Error::BadIdentity)
}
