//! Other choices, in words.

use super::made::short_of;
use super::models::{covariance_name, linkage_name, model_name};
use super::numbers::{count, percent, plural};
use super::segments::capitalised;
use crate::cluster::k_means::Centres;
use crate::features::{Feature, Scaling};
use crate::numeric::sort_numbers;
use crate::questions::{Against, Tried, WhatIf};

/// The table, for readers.
pub const OTHER_SETTINGS_LABEL: &str = "Other settings";
/// The choice of the number of segments that the table is about.
pub const WHAT_IF_SEGMENTS: &str = "Number of segments";
/// The heads of the columns that say what a row is about.
pub const WHAT_IF_HEADS: [&str; 2] = ["Features", "Scaling"];

/// A number of segments: `5 segments`.
pub fn n_segments_words(k: usize) -> String {
    plural(k, "segment", "segments")
}

/// "Z-score", "Min–max", "None".
pub fn scaling_name(scaling: Scaling) -> &'static str {
    match scaling {
        Scaling::ZScore => "Z-score",
        Scaling::MinMax => "Min–max",
        Scaling::None => "None",
    }
}

/// "Ward", "Mixture, full".
pub fn against_name(against: Against) -> String {
    match against {
        Against::Hierarchical(linkage) => linkage_name(linkage).to_owned(),
        Against::GaussianMixture(shape) => {
            format!("Mixture, {}", covariance_name(shape).to_lowercase())
        }
        Against::Model(model) => model_name(model, Centres::default()).to_owned(),
    }
}

/// The features in a few words; `known` are all that may be among them.
pub fn features_words(features: &[String], known: &[Feature]) -> String {
    let names = features.iter();
    let names: Vec<String> = names.map(|name| short_of(known, name)).collect();
    names.join(", ")
}

/// What the whole table says; `n_customers` are all customers in the models.
pub fn what_if_sentence(found: &WhatIf, n_customers: usize) -> String {
    let sound: Vec<&Tried> = found.tried.iter().filter(|it| !it.is_degenerate).collect();
    let n = found.tried.len();
    if n == 0 {
        return "No other setting could be tried.".to_owned();
    }
    let counts = sound.iter().map(|it| it.n_mismatched);
    let (Some(least), Some(most)) = (counts.clone().min(), counts.max()) else {
        return match n {
            1 => "The 1 setting tried leaves a segment under 2 % of the customers.".to_owned(),
            n => format!(
                "All {} settings tried leave a segment under 2 % of the customers.",
                count(n)
            ),
        };
    };
    let always = found.times.iter();
    let always = always.filter(|(_, times)| 2 * times > n).count();
    let shares = sound.iter().filter(|_| found.n_today > 0);
    let shares = shares.map(|it| it.n_overlap as f64 / found.n_today as f64);
    let mut shares: Vec<f64> = shares.collect();
    sort_numbers(&mut shares);
    let is_one = sound.len() == 1;
    let give = if is_one { "gives" } else { "give" };
    let settings = match (sound.len(), n) {
        (1, 1) => "The 1 setting tried".to_owned(),
        (sound, n) if sound == n => format!("All {} settings", count(n)),
        (sound, n) => format!("{} of {} settings", count(sound), count(n)),
    };
    let whole = if is_one {
        "In it"
    } else {
        "In at least half of them"
    };
    let again = shares
        .get(shares.len() / 2)
        .map_or_else(String::new, |share| again_sentence(whole, *share));
    let range = match (least == most, is_one) {
        (_, true) => format!("In it {} mismatched.", are_words(least)),
        (true, false) => format!("In each of them {} mismatched.", are_words(least)),
        (false, false) => format!(
            "In these {} to {} customers are mismatched.",
            count(least),
            count(most)
        ),
    };
    let sample = if found.n_customers < n_customers {
        format!(
            " Counted on {} of {} customers, drawn at random.",
            count(found.n_customers),
            count(n_customers)
        )
    } else {
        String::new()
    };
    format!(
        "{settings} {give} no segment under 2 % of the customers. {range}{again} {} mismatched in more than half of all settings.{sample}",
        capitalised(&are_words(always)),
    )
}

/// Which share of today's mismatched are mismatched again, at least; nothing where it may be none.
fn again_sentence(whole: &str, share: f64) -> String {
    let shown = percent(share);
    let of_today = if share >= 1.0 {
        "all".to_owned()
    } else if shown == percent(0.0) {
        return String::new();
    } else {
        format!("{shown} or more")
    };
    format!(" {whole} {of_today} of today's mismatched are mismatched again.")
}

/// How the cells of the table are read.
pub fn cells_sentence(found: &WhatIf) -> String {
    format!(
        "A cell: mismatched of {}, and how many of them are also mismatched today ({} today); “tiny segment” where one holds under 2 %.",
        plural(found.n_customers, "customer", "customers"),
        count(found.n_today)
    )
}

/// What stands beside the number of a cell.
pub fn tried_note(tried: &Tried) -> String {
    if tried.is_degenerate {
        "tiny segment".to_owned()
    } else {
        format!("{} also today", count(tried.n_overlap))
    }
}

/// One cell for a tip.
pub fn tried_tip(tried: &Tried, n_today: usize) -> String {
    let tiny = if tried.is_degenerate {
        " Some segment holds less than 2 % of the customers, so the models agree or differ on a few customers far out."
    } else {
        ""
    };
    format!(
        "{} mismatched, {} of them also mismatched today (today {}). Customers per segment: {} and {}.{tiny}",
        count(tried.n_mismatched),
        count(tried.n_overlap),
        count(n_today),
        sizes_words(&tried.sizes),
        sizes_words(&tried.sizes_against)
    )
}

/// "no customer is", "1 customer is", "2 customers are".
fn are_words(n: usize) -> String {
    match n {
        0 => "no customer is".to_owned(),
        1 => "1 customer is".to_owned(),
        n => format!("{} customers are", count(n)),
    }
}

fn sizes_words(sizes: &[usize]) -> String {
    let sizes: Vec<String> = sizes.iter().map(|&size| count(size)).collect();
    sizes.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::hierarchical::Linkage;
    use crate::words::variants::is_a_sentence;

    fn tried(n_mismatched: usize, is_degenerate: bool) -> Tried {
        Tried {
            scaling: Scaling::ZScore,
            features: vec!["Income".into()],
            against: Against::Hierarchical(Linkage::Ward),
            n_clusters: 2,
            n_mismatched,
            n_overlap: 1,
            ari: 0.9,
            sizes: vec![20, 80],
            sizes_against: vec![21, 79],
            is_degenerate,
        }
    }

    fn found(tried: Vec<Tried>, times: usize) -> WhatIf {
        WhatIf {
            n_customers: 100,
            n_today: 4,
            tried,
            times: vec![(7, times)],
        }
    }

    #[test]
    fn settings_are_counted_as_they_are() {
        let say = |tried, times| what_if_sentence(&found(tried, times), 100);
        assert_eq!(
            say(vec![tried(3, false), tried(40, false), tried(2, true)], 2),
            "2 of 3 settings give no segment under 2 % of the customers. In these 3 to 40 customers are mismatched. \
             In at least half of them 25.0 % or more of today's mismatched are mismatched again. \
             1 customer is mismatched in more than half of all settings."
        );
        assert_eq!(
            say(vec![tried(1, false)], 0),
            "The 1 setting tried gives no segment under 2 % of the customers. In it 1 customer is mismatched. \
             In it 25.0 % or more of today's mismatched are mismatched again. \
             No customer is mismatched in more than half of all settings."
        );
        assert!(
            say(vec![tried(0, false), tried(0, false)], 0).starts_with(
                "All 2 settings give no segment under 2 % of the customers. In each of them no customer is mismatched."
            )
        );
        assert_eq!(
            say(vec![tried(2, true), tried(3, true)], 0),
            "All 2 settings tried leave a segment under 2 % of the customers."
        );
        assert_eq!(say(Vec::new(), 0), "No other setting could be tried.");
        let sampled = what_if_sentence(&found(vec![tried(3, false)], 0), 3_000);
        assert!(
            sampled.ends_with("Counted on 100 of 3,000 customers, drawn at random."),
            "{sampled}"
        );
        is_a_sentence(&sampled);
    }

    #[test]
    fn all_or_none_of_those_of_today_is_no_share_or_more() {
        let say = |n_today, n_overlap| {
            let only = Tried {
                n_overlap,
                ..tried(3, false)
            };
            let found = WhatIf {
                n_today,
                ..found(vec![only], 0)
            };
            what_if_sentence(&found, 100)
        };
        assert!(say(2, 2).contains(" In it all of today's mismatched are mismatched again. "));
        assert!(say(8, 3).contains(" In it 37.5 % or more of today's mismatched "));
        assert!(!say(2, 0).contains("again"));
        assert!(!say(9_000, 1).contains("again"));
    }

    #[test]
    fn a_cell_says_who_is_mismatched_today_too() {
        assert_eq!(tried_note(&tried(3, false)), "1 also today");
        assert_eq!(tried_note(&tried(3, true)), "tiny segment");
        assert_eq!(
            tried_tip(&tried(3, false), 4),
            "3 mismatched, 1 of them also mismatched today (today 4). Customers per segment: 20, 80 and 21, 79."
        );
        is_a_sentence(&tried_tip(&tried(0, true), 0));
        let cells = cells_sentence(&found(Vec::new(), 0));
        assert!(
            cells.contains("are also mismatched today (4 today); "),
            "{cells}"
        );
        is_a_sentence(&cells);
    }
}
