//! Customers who are kept out of the models: how many, why, and the way back.

use super::numbers::{count, plural};

/// Too few customers are left for the models, or only customers with the same values.
pub(super) fn kept_out_sentence(n_customers: usize, n_by_hand: usize, n_outside: usize) -> String {
    let problem = match n_customers {
        0 => "No customer is left for the models".to_owned(),
        1 => "Only 1 customer is left for the models, which need 2".to_owned(),
        n => format!(
            "The {} left for the models have the same values in these features, so there is nothing to segment",
            plural(n, "customer", "customers")
        ),
    };
    let are = |n: usize| if n == 1 { "is" } else { "are" };
    let by_hand = (n_by_hand > 0)
        .then(|| format!("{} {} left out by hand", count(n_by_hand), are(n_by_hand)));
    let outside = (n_outside > 0).then(|| {
        format!(
            "{} {} outside the filters",
            count(n_outside),
            are(n_outside)
        )
    });
    let why: Vec<String> = by_hand.into_iter().chain(outside).collect();
    let way = match (n_by_hand, n_outside) {
        (_, 0) => "Take some back",
        (0, _) => "Widen the filters, or let them change only what is shown",
        (_, _) => "Take some back, or widen the filters",
    };
    format!("{problem}: {}. {way}.", why.join(" and "))
}

/// A decision would leave too few customers for the models.
pub(super) fn too_few_kept_sentence(n_customers: usize) -> String {
    let left = match n_customers {
        0 => "This leaves no customer for the models, which need 2".to_owned(),
        n => format!(
            "This leaves only {} for the models, which need 2",
            plural(n, "customer", "customers")
        ),
    };
    format!("{left}. Leave fewer out, or widen the filters.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_left_why_and_the_way_on_are_said() {
        assert_eq!(
            kept_out_sentence(1, 3, 196),
            "Only 1 customer is left for the models, which need 2: 3 are left out by hand and 196 are outside the filters. Take some back, or widen the filters."
        );
        assert_eq!(
            kept_out_sentence(2, 0, 1),
            "The 2 customers left for the models have the same values in these features, so there is nothing to segment: 1 is outside the filters. Widen the filters, or let them change only what is shown."
        );
        assert_eq!(
            kept_out_sentence(0, 4, 0),
            "No customer is left for the models: 4 are left out by hand. Take some back."
        );
        assert_eq!(
            too_few_kept_sentence(1),
            "This leaves only 1 customer for the models, which need 2. Leave fewer out, or widen the filters."
        );
    }
}
