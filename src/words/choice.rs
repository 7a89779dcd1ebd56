//! Why a number of segments is recommended.

use super::numbers::{count, fixed, plural};
use crate::cluster::ModelKey;
use crate::quality::GroupCount;
use crate::result::{Choice, Criterion, Degenerate, FEW, Sweep, SweepPoint};

/// The recommendation in a few sentences: what the customers form, what the chart shows, and what other criteria say.
pub fn choice_words(sweep: &Sweep, name: impl Fn(ModelKey) -> &'static str) -> String {
    let judges = listed(sweep.judging.iter().map(|&model| name(model)));
    let mut sentences = match &sweep.groups {
        Some(count) => groups_sentences(sweep, count),
        None => Vec::new(),
    };
    match &sweep.overall {
        None => sentences.push("Every number leaves a segment under 2 %.".to_owned()),
        Some(choice) if sweep.groups.is_none() => {
            sentences.push(best_sentence(choice, &judges, has_choice(sweep)));
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

/// Which number the groups recommend, and why.
fn groups_sentences(sweep: &Sweep, found: &GroupCount) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(n) = sweep.recommended() {
        let why = if found.by_valleys == found.by_members {
            format!(
                "the customers form {n} groups with few customers between them (BIC and ICL of mixtures)"
            )
        } else {
            let which = if n == found.n_groups {
                "of which the smaller counts"
            } else {
                "of which the better separated counts"
            };
            format!(
                "{} groups have few customers between them (BIC of mixtures) and {} have members that clearly belong (ICL), {which}",
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
                "the customers form one group (BIC and ICL of mixtures)".to_owned()
            }
            None => format!(
                "{} (BIC of mixtures), but {} (ICL)",
                match found.by_valleys {
                    1 => "no groups have few customers between them".to_owned(),
                    n => format!("{n} groups have few customers between them"),
                },
                match found.by_members {
                    1 => "their members do not clearly belong".to_owned(),
                    n => format!("{n} have members that clearly belong"),
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

fn best_sentence(choice: &Choice, judges: &str, has_choice: bool) -> String {
    let (n, value) = (choice.n_clusters, fixed(choice.value, 3));
    if !has_choice {
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
        let silhouette = fixed(judged.silhouette, 3);
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
    let different = different
        .iter()
        .map(|(criterion, k)| format!("{} prefers {k}", criterion_name(*criterion)));
    let different: Vec<String> = different.collect();
    if !different.is_empty() {
        sentences.push(format!("{}.", different.join(", ")));
    }
    let none = none.iter().map(|(criterion, _)| {
        format!(
            "The {} criterion recommends 1 segment.",
            criterion_in_words(*criterion)
        )
    });
    sentences.extend(none);
    sentences
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
        Criterion::Bic => "BIC",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::cluster::k_means::Centres;
    use crate::quality::Separation;
    use crate::result::Judged;
    use crate::words::model_name;

    /// Two models that leave a smallest segment of so many among 200 customers, from 2 segments up.
    fn sweep(smallest: &[usize], others: Vec<(Criterion, usize)>) -> Sweep {
        let judging = vec![ModelKey::K_MEANS, ModelKey::HIERARCHICAL];
        let judged = |smallest| Judged {
            silhouette: 0.5,
            separation: Separation {
                calinski_harabasz: 100.0,
                davies_bouldin: 1.0,
            },
            smallest,
        };
        let points = smallest
            .iter()
            .enumerate()
            .map(|(at, &smallest)| SweepPoint {
                n_clusters: at + 2,
                models: judging
                    .iter()
                    .map(|&model| (model, judged(smallest)))
                    .collect(),
                inertia: None,
                bic: None,
            });
        Sweep {
            points: points.collect(),
            judging,
            gaps: Vec::new(),
            groups: None,
            overall: Some(Choice {
                n_clusters: 5,
                criterion: Criterion::Silhouette,
                value: 0.5537,
                runner_up: Some((6, 0.5389)),
                others,
                degenerate: Vec::new(),
            }),
            by_model: Vec::new(),
            n_measured: 200,
            n_samples: 200,
        }
    }

    fn words(sweep: &Sweep) -> String {
        choice_words(sweep, |model| model_name(model, Centres::Means))
    }

    #[test]
    fn a_choice_names_its_reason_its_rival_and_who_differs() {
        let others = vec![
            (Criterion::CalinskiHarabasz, 10),
            (Criterion::DaviesBouldin, 5),
            (Criterion::Gap, 1),
        ];
        assert_eq!(
            words(&sweep(&[50, 40, 40, 30, 20], others)),
            "Best separated at 5 segments: mean silhouette 0.554 of K-Means and Hierarchical, then 6 with 0.539. \
             Davies-Bouldin says 5, too. Calinski-Harabasz prefers 10. The gap criterion recommends 1 segment."
        );
    }

    #[test]
    fn every_number_passed_over_is_named_and_no_criterion_without_a_choice_agrees() {
        let indices = || {
            vec![
                (Criterion::CalinskiHarabasz, 2),
                (Criterion::DaviesBouldin, 2),
            ]
        };
        let mut one_left = sweep(&[100, 3, 3, 3, 3], indices());
        let choice = one_left.overall.as_mut().unwrap();
        (choice.n_clusters, choice.runner_up) = (2, None);
        assert_eq!(
            words(&one_left),
            "2 segments is the only number without a segment under 2 %: mean silhouette 0.554 of K-Means and Hierarchical. \
             3 to 6 are not recommended: a segment of 3 customers splits off."
        );
        let some = sweep(&[100, 50, 3, 4, 1, 2], Vec::new());
        assert!(
            words(&some).ends_with(
                " 4, 6 and 7 are not recommended: segments of 1 to 3 customers split off."
            ),
            "{}",
            words(&some)
        );
        let none = Sweep {
            overall: None,
            n_measured: 150,
            ..sweep(&[3, 3], Vec::new())
        };
        assert_eq!(
            words(&none),
            "Every number leaves a segment under 2 %. Measured on 150 customers drawn at random."
        );
        assert_eq!(
            number_ranges(&[2, 3, 5, 7, 8, 9, 10]),
            "2, 3, 5 and 7 to 10"
        );
    }

    fn counted(by_valleys: usize, by_members: usize, handfuls: &[usize]) -> GroupCount {
        GroupCount {
            n_groups: by_valleys.min(by_members),
            by_valleys,
            by_members,
            n_components: by_valleys,
            handfuls: handfuls.to_vec(),
            most: 6,
            n_measured: 200,
        }
    }

    #[test]
    fn groups_recommend_a_number_and_the_chart_is_described_as_it_is() {
        let chart = " The mean silhouette of K-Means and Hierarchical is highest at 2: 0.500.";
        let four = Sweep {
            groups: Some(counted(4, 4, &[])),
            ..sweep(&[50, 40, 40, 30, 20], vec![(Criterion::Gap, 4)])
        };
        assert_eq!(
            words(&four),
            format!(
                "4 segments are recommended: the customers form 4 groups with few customers between them (BIC and ICL of mixtures).{chart} Gap says 4, too."
            )
        );
        let six = Sweep {
            groups: Some(counted(6, 6, &[1, 2])),
            ..sweep(&[3, 40, 40, 30, 20], Vec::new())
        };
        assert_eq!(
            words(&six),
            "6 segments are recommended: the customers form 6 groups with few customers between them (BIC and ICL of mixtures). \
             6 is the largest number that was tried. 3 customers lie apart and are no group. \
             The mean silhouette of K-Means and Hierarchical is highest at 2: 0.500, where a segment of 3 customers splits off. \
             2 is not recommended: a segment of 3 customers splits off."
        );
        let unsure = Sweep {
            groups: Some(counted(6, 3, &[])),
            ..sweep(&[50, 40, 40, 30, 20], Vec::new())
        };
        assert!(words(&unsure).starts_with(
            "3 segments are recommended: 6 groups have few customers between them (BIC of mixtures) and 3 have members that clearly belong (ICL), of which the smaller counts."
        ));
        let told = Sweep {
            groups: Some(counted(2, 4, &[])),
            ..unsure
        };
        assert_eq!(told.recommended(), Some(2));
        let separated = Sweep {
            groups: Some(counted(2, 5, &[])),
            ..told
        };
        assert!(words(&separated).starts_with(
            "5 segments are recommended: 2 groups have few customers between them (BIC of mixtures) and 5 have members that clearly belong (ICL), of which the better separated counts."
        ));
    }

    #[test]
    fn a_number_at_which_the_models_split_off_a_handful_is_not_recommended() {
        let two = Sweep {
            groups: Some(counted(2, 4, &[])),
            ..sweep(&[3, 40, 40, 30, 20], Vec::new())
        };
        assert_eq!(two.recommended(), None);
        assert!(words(&two).starts_with(
            "Nothing recommends a number of segments: mixtures find 2 groups, but at 2 segments a segment of 3 customers splits off."
        ));
        // A handful that mixtures find as well lies apart, whatever the number.
        let apart = Sweep {
            groups: Some(counted(2, 4, &[3])),
            ..two
        };
        assert_eq!(apart.recommended(), Some(2));
    }

    #[test]
    fn where_customers_form_one_group_nothing_recommends_a_number() {
        let one = Sweep {
            groups: Some(counted(1, 1, &[])),
            ..sweep(&[50, 40, 40, 30, 20], vec![(Criterion::DaviesBouldin, 5)])
        };
        assert_eq!((one.recommended(), one.number_shown()), (None, Some(2)));
        assert_eq!(
            words(&one),
            "Nothing recommends a number of segments: the customers form one group (BIC and ICL of mixtures). \
             Of 2 to 4 segments, 2 are the best separated without one under 2 %. \
             The mean silhouette of K-Means and Hierarchical is highest at 2: 0.500. Davies-Bouldin prefers 5."
        );
    }
}
