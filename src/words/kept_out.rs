//! Customers who are kept out of the models: how many, why, and the way back.

use super::numbers::{count, plural};
use super::visible::part_words;

/// What the filters do, for readers.
pub const FILTERS_DO: &str = "What the filters do";
/// The filters hide customers; the models stay.
pub const FILTERS_SHOW: &str = "The filters change what is shown";
/// The filters keep customers out of the models.
pub const FILTERS_REFIT: &str = "The models use only these customers";
/// Leaves the customer of a card out.
pub const LEAVE_OUT_CUSTOMER: &str = "Leave this customer out of the models";
/// Undoes that for one customer.
pub const TAKE_BACK_CUSTOMER: &str = "Take this customer back into the models";

/// Leaves customers out of the models, counted before it happens.
pub fn leave_these_out(n: usize) -> String {
    match n {
        1 => "Leave this 1 out of the models".to_owned(),
        n => format!("Leave these {} out of the models", count(n)),
    }
}

/// Leaves out those whom the filters hide.
pub fn leave_others_out(n: usize) -> String {
    match n {
        1 => "Leave out the 1 outside the filters".to_owned(),
        n => format!("Leave out the {} outside the filters", count(n)),
    }
}

/// Takes those who are listed back into the models.
pub fn take_these_back(n: usize) -> String {
    format!(
        "Take {} back into the models",
        plural(n, "customer", "customers")
    )
}

/// How many rows are in the models and how many are not, with those kept out by hand and by filters.
pub fn customers_used(
    n_rows: usize,
    n_left_out: usize,
    n_by_hand: usize,
    n_outside: usize,
) -> String {
    let customers = plural(n_rows - n_left_out, "customer", "customers");
    if n_left_out == 0 {
        return format!("{customers}, none left out");
    }
    let by_hand = (n_by_hand > 0).then(|| format!("{} by hand", count(n_by_hand)));
    let outside = (n_outside > 0).then(|| format!("{} by filters", count(n_outside)));
    let why: Vec<String> = by_hand.into_iter().chain(outside).collect();
    let n_others = n_left_out.saturating_sub(n_by_hand + n_outside);
    let rows = plural(n_left_out, "row", "rows");
    if why.is_empty() {
        format!("{customers}, {rows} left out")
    } else {
        let others = if n_others > 0 {
            format!(", {} for other reasons", count(n_others))
        } else {
            String::new()
        };
        format!("{customers}, {rows} left out: {}{others}", why.join(", "))
    }
}

/// Below the number of customers: how many of those in the models are shown, and who is kept out of them.
pub fn shown_words(shown: &Shown) -> String {
    let Shown {
        visible,
        in_models,
        is_filtered,
        n_by_hand,
        n_outside,
    } = *shown;
    let by_hand = match n_by_hand {
        0 => String::new(),
        n => format!(", {} left out", count(n)),
    };
    match (visible == in_models, n_outside) {
        (false, _) => format!("of {} shown{by_hand}", count(in_models)),
        (true, n) if n > 0 => format!("fitted, of {}{by_hand}", count(in_models + n)),
        (true, _) if is_filtered => format!("all pass the filters{by_hand}"),
        (true, _) if n_by_hand > 0 => format!("all but {} left out", count(n_by_hand)),
        (true, _) => "all, no filter".to_owned(),
    }
}

/// What the number of customers stands for.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Customers in the models who are shown.
    pub visible: usize,
    /// Customers in the models.
    pub in_models: usize,
    /// Whether there is a filter.
    pub is_filtered: bool,
    /// Customers left out by hand.
    pub n_by_hand: usize,
    /// Customers whom filters keep out of the models.
    pub n_outside: usize,
}

/// The same in a sentence; nothing where all are shown and nobody is kept out.
pub fn kept_out_tip(shown: &Shown) -> String {
    let Shown {
        visible,
        in_models,
        n_by_hand,
        n_outside,
        ..
    } = *shown;
    let are = |n: usize| if n == 1 { "is" } else { "are" };
    let shown = Some(part_words(visible, in_models)).filter(|words| !words.is_empty());
    let outside = (n_outside > 0).then(|| {
        format!(
            "The models use only the {} who pass the filters; {} {} outside.",
            plural(in_models, "customer", "customers"),
            count(n_outside),
            are(n_outside)
        )
    });
    let by_hand = (n_by_hand > 0).then(|| {
        format!(
            "{} {} left out of the models by hand.",
            plural(n_by_hand, "customer", "customers"),
            are(n_by_hand)
        )
    });
    let said: Vec<String> = [shown, outside, by_hand].into_iter().flatten().collect();
    said.join(" ")
}

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
    fn who_is_kept_out_is_counted_before_and_after() {
        assert_eq!(
            [1, 1_200].map(leave_these_out),
            [
                "Leave this 1 out of the models",
                "Leave these 1,200 out of the models"
            ]
        );
        assert_eq!(
            [1, 88].map(leave_others_out),
            [
                "Leave out the 1 outside the filters",
                "Leave out the 88 outside the filters"
            ]
        );
        assert_eq!(take_these_back(1), "Take 1 customer back into the models");
        assert_eq!(
            customers_used(1_200, 0, 0, 0),
            "1,200 customers, none left out"
        );
        assert_eq!(
            customers_used(200, 1, 0, 0),
            "199 customers, 1 row left out"
        );
        assert_eq!(
            customers_used(200, 12, 3, 8),
            "188 customers, 12 rows left out: 3 by hand, 8 by filters, 1 for other reasons"
        );
    }

    #[test]
    fn the_number_of_customers_says_whom_it_counts() {
        let words = |visible, in_models, is_filtered, n_by_hand, n_outside| {
            let shown = Shown {
                visible,
                in_models,
                is_filtered,
                n_by_hand,
                n_outside,
            };
            (shown_words(&shown), kept_out_tip(&shown))
        };
        let both = |words: &str, tip: &str| (words.to_owned(), tip.to_owned());
        assert_eq!(words(200, 200, false, 0, 0), both("all, no filter", ""));
        assert_eq!(
            words(200, 200, true, 0, 0),
            both("all pass the filters", "")
        );
        assert_eq!(
            words(188, 200, true, 0, 0),
            both("of 200 shown", "188 of 200 customers shown.")
        );
        assert_eq!(
            words(197, 197, false, 3, 0),
            both(
                "all but 3 left out",
                "3 customers are left out of the models by hand."
            )
        );
        assert_eq!(
            words(88, 88, true, 1, 111),
            both(
                "fitted, of 199, 1 left out",
                "The models use only the 88 customers who pass the filters; 111 are outside. 1 customer is left out of the models by hand."
            )
        );
    }

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
