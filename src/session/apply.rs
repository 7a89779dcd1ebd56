//! Applies a decision to a session.

use super::bounds::{check_models, check_numbers};
use super::check::{
    MAX_GROUPS, check, check_edges, check_filter, check_look, check_name, check_numeric,
    check_offer, check_pair, check_placement, check_row, check_rows, check_rules, check_segment,
    column_of, typed,
};
use super::check_reading::check_reading;
use super::error::DecisionError as Error;
use super::{Decision, Group, Known, Pair, Placement, Rows, Session};
use crate::cluster::ModelKey;
use crate::numeric::set_of;
use crate::result::{Dataset, Filter, Filters};

/// The session after a decision. If the decision changes the fit, the identity and number of the segments on the screen are written
/// into the session: every later fit keeps their numbers, and there are as many segments unless the decision itself changes that.
/// Where filters alone decide whom the models use, the identity stays that of the segments before them, so that without them the
/// result is that of before.
///
/// # Errors
/// [`DecisionError`](Error) when the decision is impossible now.
pub fn apply(session: &Session, decision: &Decision, known: &Known) -> Result<Session, Error> {
    let mut next = session.clone();
    next.decide(decision, known)?;
    // These two set the identity of the segments themselves.
    let is_whole = matches!(decision, Decision::ReadAgain(_) | Decision::OpenProject(_));
    let is_filtering = !session.only().is_empty() && next.settings == session.settings;
    if next.needs_fit(session) && !is_whole {
        let is_open = next.settings.n_clusters.is_none();
        if is_open && !matches!(decision, Decision::SetNumber(_)) {
            next.settings.n_clusters = known.n_clusters;
            if check_numbers(&next, known.dataset).is_err() {
                next.settings.n_clusters = None;
            }
        }
        if !counts_alike(&next, session) {
            check_numbers(&next, known.dataset)?;
        }
        let keeps_identity = is_filtering && session.settings.identity.is_some();
        if let Some(identity) = known.identity.filter(|_| !keeps_identity) {
            next.settings.identity = Some(identity.clone());
        }
        next.forget_what_is_gone(known.dataset);
    }
    Ok(next)
}

/// Whether every choice that determines the numbers of customers and segments is the same.
fn counts_alike(next: &Session, session: &Session) -> bool {
    let (a, b) = (&next.settings, &session.settings);
    a.n_clusters == b.n_clusters
        && a.models == b.models
        && a.own_n_clusters == b.own_n_clusters
        && a.features == b.features
        && (a.missing, a.repeats) == (b.missing, b.repeats)
        && a.left_out == b.left_out
        && next.only() == session.only()
}

impl Session {
    fn decide(&mut self, decision: &Decision, known: &Known) -> Result<(), Error> {
        let dataset = known.dataset;
        match decision {
            Decision::ReadAgain(reading) => {
                if *reading != dataset.reading {
                    return Err(Error::OtherReading);
                }
                check_reading(reading)?;
                self.keep_what_can_be_kept(known);
            }
            Decision::SetRole { column, role } => self.set_role(known, column, *role)?,
            Decision::AddFeature(feature) => self.add_feature(dataset, feature)?,
            Decision::RemoveFeature(feature) => self.remove_feature(dataset, feature)?,
            Decision::ChangeFeatures { without, with } => {
                self.change_features(dataset, without, with)?;
            }
            Decision::UseCategory { column, order } => {
                self.use_category(known, column, order.as_deref())?;
            }
            Decision::SetMissing(missing) => self.settings.missing = *missing,
            Decision::SetRepeats(repeats) => self.settings.repeats = *repeats,
            Decision::SetScaling(scaling) => self.settings.scaling = *scaling,
            Decision::AddModel(model) => self.add_model(*model)?,
            Decision::RemoveModel(model) => self.remove_model(*model)?,
            Decision::CompareColumn(column) => self.compare_column(column.as_deref(), dataset)?,
            Decision::SetCentres(centres) => self.settings.centres = *centres,
            Decision::SetLinkage(linkage) => self.set_linkage(*linkage),
            Decision::SetMetric(metric) => self.set_metric(*metric)?,
            Decision::SetCovariance(covariance) => self.settings.covariance = *covariance,
            Decision::SetNumber(n_clusters) => {
                self.settings.n_clusters = *n_clusters;
                check_models(&self.settings)?;
            }
            Decision::SetSweepTo(most) => {
                self.settings.sweep_to = *most;
                check_models(&self.settings)?;
            }
            Decision::LeaveOut(rows) => self.leave_out(rows, dataset)?,
            Decision::SetOwnNumber { model, n_clusters } => {
                self.set_own_number(*model, *n_clusters)?;
            }
            Decision::SetOption { model, name, value } => {
                self.set_option(*model, name, *value)?;
            }
            Decision::FilterRange { column, range } => {
                let range = range.map(|[min, max]| Filter::Range { min, max });
                self.filter(dataset, column, range)?;
            }
            Decision::FilterValues { column, codes } => {
                let codes = set_of(codes.iter().copied());
                let values = (!codes.is_empty()).then_some(Filter::Values { codes });
                self.filter(dataset, column, values)?;
            }
            Decision::ClearFilters => self.filters = Filters::new(),
            Decision::Refit(refits) => self.refits = *refits,
            Decision::SetBandColumn(column) => {
                check_numeric(self, dataset, column)?;
                self.band_column = Some(column.clone());
            }
            Decision::SetBands { column, edges } => {
                check_numeric(self, dataset, column)?;
                if let Some(edges) = *edges {
                    check_edges(column, edges)?;
                    self.bands.insert(column.clone(), edges);
                } else {
                    self.bands.remove(column);
                }
            }
            Decision::Rename { segment, name } => self.rename(*segment, name)?,
            Decision::SaveGroup { .. }
            | Decision::RenameGroup { .. }
            | Decision::RemoveGroup { .. } => self.change_groups(decision, dataset)?,
            Decision::SetOffer { number, value } => {
                number.set(&mut self.offer, *value);
                check_offer(&self.offer)?;
            }
            Decision::SetRules(rules) => {
                rules.as_deref().map_or(Ok(()), check_rules)?;
                self.rules.clone_from(rules);
            }
            Decision::ShowAdvice(is_shown) => self.view.is_advice_shown = *is_shown,
            Decision::Place { row, placement } => self.place(*row, *placement, dataset)?,
            Decision::SetGiven { column, is_given } => {
                self.set_given(column, *is_given, dataset)?;
            }
            Decision::SetAxes(axes) => {
                check_numeric(self, dataset, &axes.x)?;
                check_numeric(self, dataset, &axes.y)?;
                self.view.axes = Some(axes.clone());
            }
            Decision::SetPair(pair) => self.set_pair(*pair)?,
            Decision::OpenProject(session) => {
                check(session, dataset)?;
                self.clone_from(session);
            }
            Decision::Look(look) => {
                check_look(self, dataset, look)?;
                self.view.look = look.clone();
            }
        }
        Ok(())
    }

    fn place(
        &mut self,
        row: u32,
        placement: Option<Placement>,
        dataset: &Dataset,
    ) -> Result<(), Error> {
        check_row(row, dataset)?;
        if let Some(placement) = placement {
            check_placement(placement)?;
            self.placements.insert(row, placement);
        } else {
            self.placements.remove(&row);
        }
        Ok(())
    }

    /// A mark is stored only where name and values say otherwise.
    fn set_given(&mut self, column: &str, given: bool, dataset: &Dataset) -> Result<(), Error> {
        if column_of(dataset, column)?.is_given == given {
            self.given.remove(column);
        } else {
            self.given.insert(column.to_owned(), given);
        }
        Ok(())
    }

    fn leave_out(&mut self, rows: &Rows, dataset: &Dataset) -> Result<(), Error> {
        check_rows(rows, dataset)?;
        self.settings.left_out = set_of(rows.iter());
        Ok(())
    }

    fn filter(
        &mut self,
        dataset: &Dataset,
        column: &str,
        filter: Option<Filter>,
    ) -> Result<(), Error> {
        if let Some(filter) = filter {
            check_filter(self, dataset, column, &filter)?;
            self.filters.insert(column.to_owned(), filter);
        } else {
            self.filters.remove(column);
        }
        Ok(())
    }

    fn rename(&mut self, segment: u32, name: &str) -> Result<(), Error> {
        check_segment(segment)?;
        let name = typed(name);
        if name.is_empty() {
            self.names.remove(&segment);
            return Ok(());
        }
        check_name(&name)?;
        let is_same = |other: &str| other.to_lowercase() == name.to_lowercase();
        let mut others = self.names.iter().filter(|&(&other, _)| other != segment);
        if let Some((&segment, name)) = others.find(|(_, other)| is_same(other)) {
            let name = name.clone();
            return Err(Error::NameTaken { name, segment });
        }
        self.names.insert(segment, name);
        Ok(())
    }

    fn change_groups(&mut self, decision: &Decision, dataset: &Dataset) -> Result<(), Error> {
        let place = |called: &str| {
            let place = self.groups.iter().position(|group| group.name == *called);
            place.ok_or_else(|| Error::UnknownGroup {
                name: called.to_owned(),
            })
        };
        // A group may be renamed so that only the case of its letters changes.
        let check_free = |name: &str, except: Option<usize>| {
            check_name(name)?;
            let is_same = |other: &str| other.to_lowercase() == name.to_lowercase();
            let mut others = self.groups.iter().enumerate();
            match others.find(|(at, group)| Some(*at) != except && is_same(&group.name)) {
                Some((_, group)) => Err(Error::GroupTaken {
                    name: group.name.clone(),
                }),
                None => Ok(()),
            }
        };
        match decision {
            Decision::SaveGroup { name, rows } => {
                let name = typed(name);
                check_free(&name, None)?;
                check_rows(rows, dataset)?;
                if rows.is_empty() {
                    return Err(Error::GroupEmpty { name });
                }
                if self.groups.len() >= MAX_GROUPS {
                    return Err(Error::TooManyGroups { max: MAX_GROUPS });
                }
                let rows = rows.clone();
                self.groups.push(Group { name, rows });
            }
            Decision::RenameGroup { name, to } => {
                let (at, to) = (place(name)?, typed(to));
                check_free(&to, Some(at))?;
                self.groups[at].name = to;
            }
            Decision::RemoveGroup { name } => {
                let at = place(name)?;
                self.groups.remove(at);
            }
            _ => {}
        }
        Ok(())
    }

    fn set_pair(&mut self, pair: Pair) -> Result<(), Error> {
        check_pair(pair)?;
        let settings = &self.settings;
        let is_compared = |model: &ModelKey| {
            settings.models.contains(model)
                || *model == ModelKey::GIVEN && settings.segment_column.is_some()
        };
        let models = [pair.first, pair.second];
        if let Some(model) = models.into_iter().find(|model| !is_compared(model)) {
            return Err(Error::NotCompared { model });
        }
        self.view.pair = Some(pair);
        Ok(())
    }
}
