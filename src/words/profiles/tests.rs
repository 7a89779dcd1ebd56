//! How segments are read out beside everyone.

use super::*;
use crate::numeric::five_numbers;

#[test]
fn a_difference_has_its_sign() {
    assert_eq!(difference_to_everyone(54.0, 61.5), "−7.5");
    assert_eq!(difference_to_everyone(79.0, 61.5), "+17.5");
    assert_eq!(difference_to_everyone(50.0, 50.0), "same");
    assert_eq!(difference_to_everyone(0.1 + 0.2, 0.3), "same");
}

fn plain(_: &str) -> Unit {
    Unit::None
}

fn number(column: &str, values: &[f64]) -> NumberProfile {
    let spread = five_numbers(values.iter().copied()).unwrap();
    NumberProfile {
        column: column.into(),
        is_feature: true,
        segment: spread,
        everyone: spread,
        effect: 0.0,
    }
}

fn profile(n: usize, numbers: Vec<NumberProfile>, is_exact: bool) -> Profile {
    Profile {
        segment: 0,
        n,
        share: 0.1,
        numbers,
        shares: Vec::new(),
        traits: Vec::new(),
        typical: Some((3, is_exact)),
    }
}

#[test]
fn a_profile_says_where_the_middle_half_lies() {
    let spread = [1.0, 2.0, 3.0, 4.0, 5.0];
    let two = vec![number("Income", &spread), number("Age", &[30.0; 5])];
    assert_eq!(
        profile_sentence(&profile(5, two, true), Some("K-1"), &[], &plain),
        "The middle half of them in each column, ends included: income 2 to 4, age 30. Typical customer: K-1."
    );
    let one = vec![number("Income", &spread)];
    assert_eq!(
        profile_sentence(&profile(900, one.clone(), false), Some("K-1"), &[], &plain),
        "The middle half of them, ends included: income 2 to 4. Typical customer: K-1 (of a sample of 500)."
    );
    // Of few customers all are told.
    assert_eq!(
        profile_sentence(
            &profile(2, vec![number("Income", &[1.0, 2.0])], true),
            None,
            &[],
            &plain
        ),
        "2 customers: income 1 to 2."
    );
    assert_eq!(
        profile_sentence(
            &profile(1, vec![number("Income", &[1.0])], true),
            None,
            &[],
            &plain
        ),
        "1 customer: income 1."
    );
}

#[test]
fn a_transformed_column_is_read_out_in_its_own_numbers() {
    let a = || "Income".to_owned();
    let transforms = [
        Feature::Log { a: a() },
        Feature::Log1p { a: a() },
        Feature::Rank { a: a() },
    ];
    for feature in transforms {
        let made = number(&feature.name(), &[3.0, 3.1, 3.2, 3.3, 3.43]);
        let mut own = number("Income", &[19.0, 21.0, 24.0, 27.0, 30.0]);
        own.is_feature = false;
        let say = |numbers: Vec<NumberProfile>, features: &[Feature]| {
            profile_sentence(&profile(5, numbers, true), None, features, &plain)
        };
        assert_eq!(
            say(
                vec![made.clone(), own.clone()],
                std::slice::from_ref(&feature)
            ),
            "The middle half of them, ends included: income 21 to 27."
        );
        // What is not known of the column is not said of it.
        let alone = say(vec![made.clone()], std::slice::from_ref(&feature));
        let name = Made::of(std::slice::from_ref(&feature)).short(&feature.name());
        assert!(alone.contains(&format!(": {name} 3.1 to 3.3.")), "{alone}");
        // Beside the column as a feature both are read out.
        own.is_feature = true;
        let both = say(
            vec![made, own],
            &[feature.clone(), Feature::column("Income")],
        );
        assert!(
            both.contains(&format!("{name} 3.1 to 3.3, income 21 to 27.")),
            "{both}"
        );
    }
}

#[test]
fn a_percentage_is_one_in_the_sentence_and_in_the_tip() {
    let discount = number("Discount", &[1.0, 2.0, 3.0, 4.0, 5.0]);
    let tip = number_tip(&discount, Unit::Percent);
    let quartiles = "Discount: quartiles 2 %, 3 %, 4 %, mean 3 %; everyone 2 %, 3 %, 4 %, mean 3 %. The means are 0 standard";
    assert!(tip.starts_with(quartiles), "{tip}");
    let two = vec![discount, number("Age", &[30.0; 5])];
    let unit_of = |column: &str| match column {
        "Discount" => Unit::Percent,
        _ => Unit::None,
    };
    assert_eq!(
        profile_sentence(&profile(5, two, true), None, &[], &unit_of),
        "The middle half of them in each column, ends included: discount 2 % to 4 %, age 30."
    );
}

#[test]
fn a_category_is_told_by_its_values_and_not_by_ones_and_noughts() {
    let indicator = |value: &str| Feature::Indicator {
        a: "tarif".into(),
        value: value.into(),
    };
    let features = [indicator("Basis"), indicator("Plus")];
    let say = |basis: &[f64], plus: &[f64]| {
        let numbers = vec![number("tarif = Basis", basis), number("tarif = Plus", plus)];
        profile_sentence(&profile(4, numbers, true), None, &features, &plain)
    };
    assert_eq!(say(&[1.0; 4], &[0.0; 4]), "Tarif: all Basis.");
    assert_eq!(
        say(&[1.0, 0.0, 0.0, 0.0], &[0.0, 1.0, 1.0, 1.0]),
        "Tarif: 75.0 % Plus."
    );
    assert_eq!(say(&[0.0; 4], &[0.0; 4]), "");
}

#[test]
fn one_of_two_values_tells_those_with_the_other_too() {
    let yes = Feature::Indicator {
        a: "fibra".into(),
        value: "Sì".into(),
    };
    let share = |value: &str, n: usize| ShareProfile {
        column: "fibra".into(),
        value: value.into(),
        n,
        n_present: 4,
        share: n as f64 / 4.0,
        interval: (0.0, 1.0),
        everyone: 0.5,
    };
    let say = |values: &[f64], shares: Vec<ShareProfile>| {
        let numbers = vec![number("fibra = Sì", values)];
        let profile = Profile {
            shares,
            ..profile(4, numbers, true)
        };
        profile_sentence(&profile, None, std::slice::from_ref(&yes), &plain)
    };
    // The most frequent value of the segment comes first.
    assert_eq!(
        say(&[1.0, 0.0, 0.0, 0.0], vec![share("No", 3), share("Sì", 1)]),
        "Fibra: 75.0 % No."
    );
    assert_eq!(
        say(&[0.0; 4], vec![share("No", 4), share("Sì", 0)]),
        "Fibra: all No."
    );
    assert_eq!(
        say(&[1.0; 4], vec![share("Sì", 4), share("No", 0)]),
        "Fibra: all Sì."
    );
    assert_eq!(say(&[1.0, 1.0, 1.0, 0.0], Vec::new()), "Fibra: 75.0 % Sì.");
}

#[test]
fn means_are_apart_by_so_many_standard_deviations() {
    let tip = |effect| {
        number_tip(
            &NumberProfile {
                effect,
                ..number("Age", &[30.0; 5])
            },
            Unit::None,
        )
    };
    assert!(tip(-0.5).ends_with(" The means are 0.5 standard deviations of everyone apart."));
    assert!(tip(-1.0).ends_with(" The means are 1 standard deviation of everyone apart."));
}

#[test]
fn a_share_is_named_beside_everyone() {
    let share = |share: f64, everyone: f64| ShareProfile {
        column: "Gender".into(),
        value: "Female".into(),
        n: 1,
        n_present: 1,
        share,
        interval: (0.0, 1.0),
        everyone,
    };
    assert_eq!(share_beside_words(&share(1.0, 1.0)), "as everyone");
    assert_eq!(share_beside_words(&share(0.561, 0.44)), "everyone 44.0 %");
    let many = ShareProfile {
        n: 1_200,
        n_present: 4_000,
        ..share(0.3, 0.44)
    };
    assert!(share_tip(&many).starts_with("Gender Female: 1,200 of 4,000, 95 % interval "));
    assert_eq!(
        [(5, 5, 0), (4, 5, 0), (5, 5, 1), (4, 5, 1)]
            .map(|(n, all, out)| everyone_name(n, all, out)),
        [
            "All customers",
            "All customers shown",
            "All customers in the models",
            "All customers shown"
        ]
    );
}
