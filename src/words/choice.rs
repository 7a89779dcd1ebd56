//! Why a number of segments is recommended.

use super::numbers::{count, fixed, plural};
use super::reality::{verdict, verdict_note};
use crate::cluster::ModelKey;
use crate::quality::{GroupCount, Reality};
use crate::result::{Choice, Criterion, Degenerate, FEW, K_RANGE, Sweep, SweepPoint};

/// The recommendation in a few sentences: what the customers form, what the chart shows, and what other criteria say.
pub fn choice_words(sweep: &Sweep, name: impl Fn(ModelKey) -> &'static str) -> String {
    let judges = listed(sweep.judging.iter().map(|&model| name(model)));
    let mut sentences = match &sweep.groups {
        Some(count) => groups_sentences(sweep, count),
        None => Vec::new(),
    };
    match &sweep.overall {
        None if is_each_alone(sweep) => {
            sentences.push("Each customer is a segment of its own.".to_owned());
        }
        None => sentences.push("Every number leaves a segment under 2 %.".to_owned()),
        Some(choice) if sweep.groups.is_none() => {
            sentences.push(best_sentence(sweep, choice, &judges));
        }
        Some(_) => {}
    }
    if sweep.groups.is_some() {
        sentences.extend(sweep.peak().map(|peak| peak_sentence(sweep, peak, &judges)));
    }
    if let Some(choice) = &sweep.overall {
        sentences.extend(others(sweep, choice));
    }
    let mut passed_over = sweep.passed_over();
    passed_over.retain(|it| sweep.groups.is_none() || Some(it.n_clusters) != sweep.recommended());
    if sweep.overall.is_some() && !passed_over.is_empty() {
        sentences.push(passed_over_sentence(&passed_over));
    }
    if sweep.n_measured < sweep.n_samples {
        sentences.push(format!(
            "Measured on {} customers drawn at random.",
            count(sweep.n_measured)
        ));
    }
    sentences.join(" ")
}

/// What the verdict has against the recommendation, where just those segments are on the screen and were judged: a number can be that of
/// the groups, and its segments not told from chance.
pub fn doubt_words(sweep: &Sweep, n_shown: Option<usize>, reality: &Reality) -> Option<String> {
    let n = sweep.recommended().filter(|&n| n_shown == Some(n))?;
    if reality.level.is_beyond_chance() {
        return None;
    }
    let way_out = if reality.has_sliver {
        "Leave out who lies apart, to have the others judged."
    } else if n > *K_RANGE.start() {
        "Choose fewer segments, or other features."
    } else {
        "Choose other features."
    };
    Some(format!(
        "But the verdict on these {n} segments is “{}”: {}. {way_out}",
        verdict(reality),
        verdict_note(reality)
    ))
}

/// Whether no number puts two customers into one segment.
fn is_each_alone(sweep: &Sweep) -> bool {
    let judged = || sweep.points.iter().flat_map(|point| &point.models);
    judged().next().is_some() && judged().all(|(_, judged)| judged.silhouette.is_none())
}

/// Which number the groups recommend, and why.
fn groups_sentences(sweep: &Sweep, found: &GroupCount) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(n) = sweep.recommended() {
        let why = if found.by_valleys == found.by_members {
            format!(
                "mixtures of three shapes find {n} groups with a peak each (BIC), whose members they tell apart (ICL)"
            )
        } else {
            let which = if n == found.n_groups {
                "the smaller number is taken"
            } else {
                "the better separated number is taken"
            };
            format!(
                "mixtures of three shapes find {} groups with a peak each (BIC) and {} whose members they tell apart (ICL); {which}",
                found.by_valleys, found.by_members
            )
        };
        sentences.push(format!("{n} segments are recommended: {why}."));
        if n == found.most {
            sentences.push(limit_sentence(n));
        }
    } else {
        let n = found.n_groups;
        let why = match sweep.tiny_at(n).filter(|_| n > 1) {
            Some(tiny) => format!(
                "mixtures find {n} groups, but at {n} segments {}",
                splits_off(tiny, tiny)
            ),
            None if found.by_valleys == found.by_members => {
                "mixtures of three shapes find one group (BIC and ICL)".to_owned()
            }
            None => format!(
                "mixtures of three shapes find {} (BIC), but {} (ICL)",
                match found.by_valleys {
                    1 => "no two groups with a peak each".to_owned(),
                    n => format!("{n} groups with a peak each"),
                },
                match found.by_members {
                    1 => "none whose members they tell apart".to_owned(),
                    n => format!("{n} whose members they tell apart"),
                }
            ),
        };
        sentences.push(format!("Nothing recommends a number of segments: {why}."));
        sentences.extend(sweep.number_shown().map(|best| {
            format!("Of 2 to {FEW} segments, {best} are the best separated without one under 2 %.")
        }));
    }
    let apart: usize = found.handfuls.iter().sum();
    if apart > 0 {
        let lie = if apart == 1 { "lies" } else { "lie" };
        let customers = plural(apart, "customer", "customers");
        let are = if apart == 1 { "is" } else { "are" };
        sentences.push(format!("{customers} {lie} apart and {are} no group."));
        let recommended = sweep.recommended();
        let tiny = recommended.and_then(|n| Some((n, sweep.tiny_at(n)?)));
        sentences.extend(tiny.map(|(n, tiny)| {
            let splits = splits_off(tiny, tiny);
            format!("As long as they are in, at {n} segments {splits}.")
        }));
    }
    sentences
}

/// What the chart shows.
fn peak_sentence(sweep: &Sweep, peak: Degenerate, judges: &str) -> String {
    let (n, value) = (peak.n_clusters, fixed(peak.value, 3));
    let is_tiny = sweep.passed_over().iter().any(|it| it.n_clusters == n);
    let aside = if is_tiny {
        format!(", where {}", splits_off(peak.smallest, peak.smallest))
    } else {
        String::new()
    };
    let limit = if sweep.largest() == Some(n) && sweep.recommended() != Some(n) {
        format!(" {}", limit_sentence(n))
    } else {
        String::new()
    };
    format!("The mean silhouette of {judges} is highest at {n}: {value}{aside}.{limit}")
}

fn limit_sentence(n: usize) -> String {
    format!("{n} is the largest number that was tried.")
}

/// Whether more than one number could be recommended.
fn has_choice(sweep: &Sweep) -> bool {
    sweep.n_candidates(&sweep.judging) > 1
}

fn best_sentence(sweep: &Sweep, choice: &Choice, judges: &str) -> String {
    let (n, value) = (choice.n_clusters, fixed(choice.value, 3));
    if sweep.points.len() == 1 {
        return format!(
            "{n} is the only number of segments that can be tried: mean silhouette {value} of {judges}."
        );
    }
    if !has_choice(sweep) {
        return format!(
            "{n} segments is the only number without a segment under 2 %: mean silhouette {value} of {judges}."
        );
    }
    let runner_up = choice.runner_up.map_or_else(String::new, |(next, value)| {
        format!(", then {next} with {}", fixed(value, 3))
    });
    format!("Best separated at {n} segments: mean silhouette {value} of {judges}{runner_up}.")
}

/// `3 to 12 are not recommended: a segment of 7 customers splits off.`
fn passed_over_sentence(passed_over: &[Degenerate]) -> String {
    let numbers: Vec<usize> = passed_over.iter().map(|it| it.n_clusters).collect();
    let is = if numbers.len() == 1 { "is" } else { "are" };
    let sizes = || passed_over.iter().map(|it| it.smallest);
    let (least, most) = (sizes().min().unwrap_or(0), sizes().max().unwrap_or(0));
    let splits = splits_off(least, most);
    format!(
        "{} {is} not recommended: {splits}.",
        number_ranges(&numbers)
    )
}

/// `a segment of 7 customers splits off`
fn splits_off(least: usize, most: usize) -> String {
    if least == most {
        let customers = plural(least, "customer", "customers");
        format!("a segment of {customers} splits off")
    } else {
        let (least, most) = (count(least), count(most));
        format!("segments of {least} to {most} customers split off")
    }
}

/// Ascending numbers, three or more in a row as a range: `3 to 5, 8 and 9`.
fn number_ranges(numbers: &[usize]) -> String {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for &number in numbers {
        match rows.last_mut() {
            Some(row) if row.last() == Some(&(number - 1)) => row.push(number),
            _ => rows.push(vec![number]),
        }
    }
    let parts = rows.iter().flat_map(|row| match row.as_slice() {
        [first, _, .., last] => vec![format!("{first} to {last}")],
        few => few.iter().map(ToString::to_string).collect(),
    });
    and_list(&parts.collect::<Vec<_>>())
}

/// How well separated the segments of each model are at one number of them.
pub fn silhouettes_words(point: &SweepPoint, name: impl Fn(ModelKey) -> &'static str) -> String {
    let each = point.models.iter();
    let each = each.map(|(model, judged)| {
        let silhouette = fixed(judged.silhouette.unwrap_or(f64::NAN), 3);
        format!("{} {silhouette}", name(*model))
    });
    let each: Vec<String> = each.collect();
    format!("{} segments: {}", point.n_clusters, each.join(", "))
}

fn listed(names: impl Iterator<Item = &'static str>) -> String {
    and_list(&names.map(str::to_owned).collect::<Vec<_>>())
}

/// "a", "a and b", "a, b and c".
fn and_list(names: &[String]) -> String {
    match names {
        [most @ .., before, last] => {
            let most = most.iter().map(|name| format!("{name}, "));
            format!("{}{before} and {last}", most.collect::<String>())
        }
        names => names.concat(),
    }
}

/// Which criteria say the same, and what the others would choose. One that had nothing to choose from agrees with nothing.
fn others(sweep: &Sweep, choice: &Choice) -> Vec<String> {
    let chose = |criterion: Criterion| match criterion {
        Criterion::Silhouette | Criterion::CalinskiHarabasz | Criterion::DaviesBouldin => {
            has_choice(sweep)
        }
        Criterion::Gap => true,
        Criterion::Bic => sweep.by_model.iter().any(|(model, own)| {
            own.criterion == Criterion::Bic && sweep.n_candidates(&[*model]) > 1
        }),
    };
    let chose = choice
        .others
        .iter()
        .filter(|(criterion, _)| chose(*criterion));
    let recommended = sweep.recommended();
    let (same, different): (Vec<_>, Vec<_>) = chose.partition(|(_, k)| Some(*k) == recommended);
    let names = same.iter().map(|(criterion, _)| criterion_name(*criterion));
    let say = if same.len() == 1 { "says" } else { "say" };
    let mut sentences = Vec::new();
    if let (Some(n), false) = (recommended, same.is_empty()) {
        sentences.push(format!("{} {say} {n}, too.", listed(names)));
    }
    let (none, different): (Vec<_>, Vec<_>) = different.iter().partition(|(_, k)| *k == 1);
    // The gap criterion looks at every number, the others at those without a segment under 2 %.
    let is_gap = |it: &&&(Criterion, usize)| it.0 == Criterion::Gap;
    let (gap, different): (Vec<_>, Vec<_>) = different.iter().partition(is_gap);
    let is_cut = sweep.n_candidates(&sweep.judging) < sweep.points.len();
    let sound = if is_cut { " without one under 2 %" } else { "" };
    sentences.extend(preferred(sweep, sound, &different));
    sentences.extend(preferred(sweep, "", &gap));
    let none = none.iter().map(|(criterion, _)| {
        format!(
            "The {} criterion recommends 1 segment.",
            criterion_in_words(*criterion)
        )
    });
    sentences.extend(none);
    sentences
}

/// What criteria prefer that say something else.
fn preferred(sweep: &Sweep, among: &str, chose: &[&&(Criterion, usize)]) -> Option<String> {
    let ends = sweep.points.first().zip(sweep.points.last());
    let (first, last) = ends.filter(|_| !chose.is_empty())?;
    let chose = chose.iter();
    let chose = chose.map(|(criterion, k)| format!("{} prefers {k}", criterion_name(*criterion)));
    Some(format!(
        "Of {} to {} segments{among}, {}.",
        first.n_clusters,
        last.n_clusters,
        chose.collect::<Vec<_>>().join(", ")
    ))
}

/// A criterion within a sentence.
fn criterion_in_words(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Gap => "gap",
        other => criterion_name(other),
    }
}

fn criterion_name(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Silhouette => "Silhouette",
        Criterion::CalinskiHarabasz => "Calinski-Harabasz",
        Criterion::DaviesBouldin => "Davies-Bouldin",
        Criterion::Gap => "Gap",
        Criterion::Bic => "BIC of the chosen shape",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests;
