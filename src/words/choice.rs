//! Why a number of segments is recommended.

use super::numbers::{count, fixed, plural};
use crate::cluster::ModelKey;
use crate::result::{Choice, Criterion, Degenerate, Sweep, SweepPoint};

/// The recommendation over all models in a few sentences.
pub fn choice_words(sweep: &Sweep, name: impl Fn(ModelKey) -> &'static str) -> String {
    let mut sentences = match &sweep.overall {
        None => vec!["Every number leaves a segment under 2 % of the customers.".to_owned()],
        Some(choice) => {
            let judges = listed(sweep.judging.iter().map(|&model| name(model)));
            let mut sentences = vec![best_sentence(choice, &judges, has_choice(sweep))];
            sentences.extend(others(sweep, choice));
            sentences
        }
    };
    let passed_over = sweep.passed_over();
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
    let splits = if least == most {
        let customers = plural(least, "customer", "customers");
        format!("a segment of {customers} splits off")
    } else {
        let (least, most) = (count(least), count(most));
        format!("segments of {least} to {most} customers split off")
    };
    format!(
        "{} {is} not recommended: {splits}.",
        number_ranges(&numbers)
    )
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
    let (same, different): (Vec<_>, Vec<_>) = chose.partition(|(_, k)| *k == choice.n_clusters);
    let names = same.iter().map(|(criterion, _)| criterion_name(*criterion));
    let agree = if same.len() == 1 { "agrees" } else { "agree" };
    let mut sentences = Vec::new();
    if !same.is_empty() {
        sentences.push(format!("{} {agree}.", listed(names)));
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
             Davies-Bouldin agrees. Calinski-Harabasz prefers 10. The gap criterion recommends 1 segment."
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
            "Every number leaves a segment under 2 % of the customers. Measured on 150 customers drawn at random."
        );
        assert_eq!(
            number_ranges(&[2, 3, 5, 7, 8, 9, 10]),
            "2, 3, 5 and 7 to 10"
        );
    }
}
