//! Why a number of segments is recommended.

use super::numbers::{count, fixed};
use crate::cluster::ModelKey;
use crate::result::{Choice, Criterion, Sweep, SweepPoint};

/// The recommendation over all models in a few sentences.
pub fn choice_words(sweep: &Sweep, name: impl Fn(ModelKey) -> &'static str) -> String {
    let Some(choice) = &sweep.overall else {
        return "At every number some segment is only a handful of customers; no number is recommended."
            .to_owned();
    };
    let runner_up = choice.runner_up.map_or_else(String::new, |(next, value)| {
        format!(", then {next} with {}", fixed(value, 3))
    });
    let mut sentences = vec![format!(
        "Best separated at {} segments: mean silhouette {} of {}{runner_up}.",
        choice.n_clusters,
        fixed(choice.value, 3),
        listed(sweep.judging.iter().map(|&model| name(model)))
    )];
    sentences.extend(others(choice));
    sentences.extend(choice.degenerate.first().map(|tiny| {
        format!(
            "{} segments are passed over: the smallest would hold {} of {} customers.",
            tiny.n_clusters,
            count(tiny.smallest),
            count(sweep.n_samples)
        )
    }));
    // The reading of Kaufman & Rousseeuw (1990), as in the strip above the plots.
    if choice.value < 0.505 {
        sentences.push("Weakly: data without segments can look like this.".to_owned());
    }
    sentences.join(" ")
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

/// "a", "a and b", "a, b and c".
fn listed(names: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [most @ .., before, last] => {
            let most = most.iter().map(|name| format!("{name}, "));
            format!("{}{before} and {last}", most.collect::<String>())
        }
        names => names.concat(),
    }
}

/// Which criteria say the same, and what the others would choose.
fn others(choice: &Choice) -> Vec<String> {
    let (same, different): (Vec<_>, Vec<_>) = choice
        .others
        .iter()
        .partition(|(_, k)| *k == choice.n_clusters);
    let names: Vec<&str> = same
        .iter()
        .map(|(criterion, _)| criterion_name(*criterion))
        .collect();
    let mut sentences = match names.as_slice() {
        [] => Vec::new(),
        [one] => vec![format!("{one} agrees.")],
        [most @ .., last] => vec![format!("{} and {last} agree.", most.join(", "))],
    };
    let different = different.iter().map(|(criterion, k)| match k {
        1 => format!("{} finds no segments", criterion_name(*criterion)),
        k => format!("{} prefers {k}", criterion_name(*criterion)),
    });
    let different: Vec<String> = different.collect();
    if !different.is_empty() {
        sentences.push(format!("{}.", different.join(", ")));
    }
    sentences
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
mod tests {
    use super::*;
    use crate::cluster::k_means::Centres;
    use crate::words::model_name;

    #[test]
    fn a_choice_names_its_reason_its_rival_and_who_differs() {
        let choice = Choice {
            n_clusters: 5,
            criterion: Criterion::Silhouette,
            value: 0.5537,
            runner_up: Some((6, 0.5389)),
            others: vec![
                (Criterion::CalinskiHarabasz, 10),
                (Criterion::DaviesBouldin, 5),
                (Criterion::Gap, 1),
            ],
            degenerate: Vec::new(),
        };
        let sweep = Sweep {
            judging: vec![ModelKey::K_MEANS, ModelKey::HIERARCHICAL],
            points: Vec::new(),
            gaps: Vec::new(),
            overall: Some(choice),
            by_model: Vec::new(),
            n_measured: 200,
            n_samples: 200,
        };
        assert_eq!(
            choice_words(&sweep, |model| model_name(model, Centres::Means)),
            "Best separated at 5 segments: mean silhouette 0.554 of K-Means and Hierarchical, then 6 with 0.539. \
             Davies-Bouldin agrees. Calinski-Harabasz prefers 10, Gap finds no segments."
        );
    }
}
