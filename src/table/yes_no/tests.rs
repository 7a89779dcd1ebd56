//! The yes of two values, in several languages and whatever their order.

use super::*;

/// The yes of two values, asked for in both orders.
fn yes<'a>(a: &'a str, b: &'a str, counts: [usize; 2]) -> &'a str {
    let found = [a, b][yes_of([a, b], counts)];
    let turned = [b, a][yes_of([b, a], [counts[1], counts[0]])];
    assert_eq!(found, turned, "{a} {b}");
    found
}

#[test]
fn the_value_that_is_no_no_is_the_yes_however_often_it_occurs() {
    for (no, other) in [
        ("No", "Yes"),
        ("nein", "ja"),
        ("Nein", "Ja"),
        ("non", "oui"),
        ("No", "Sì"),
        ("no", "sí"),
        ("Não", "Sim"),
        ("Nie", "Tak"),
        ("Nej", "Ja"),
        ("Nei", "Ja"),
        ("нет", "да"),
        ("Hayır", "Evet"),
        ("FALSE", "TRUE"),
        ("falsch", "wahr"),
        ("0", "1"),
        ("0.0", "1.0"),
        ("N", "Y"),
        ("n", "j"),
        ("N", "S"),
        ("F", "T"),
        ("F", "V"),
        ("off", "on"),
        ("No", "Fiber optic"),
        ("No internet service", "DSL"),
        ("ohne Vertrag", "Vertrag"),
        ("sans abonnement", "abonnement"),
        ("inactive", "Active"),
        ("inaktiv", "aktiv"),
        ("Non-member", "Member"),
        ("not subscribed", "subscribed"),
        ("unpaid", "paid"),
        ("Unknown", "Yes"),
        (" no ", "maybe"),
        // In Romanian both are words of other languages, too.
        ("Nu", "Da"),
        ("Ne", "Ano"),
    ] {
        for counts in [[1, 9], [9, 1], [5, 5]] {
            assert_eq!(yes(no, other, counts), other);
        }
    }
}

#[test]
fn of_two_others_the_rarer_one_is_asked_for_and_then_the_later_one() {
    for (a, b) in [
        ("Female", "Male"),
        ("F", "M"),
        ("W", "M"),
        ("Basis", "Plus"),
        ("1", "2"),
        ("Norway", "Sweden"),
        ("Nevada", "Texas"),
        ("store", "web"),
    ] {
        assert_eq!(yes(a, b, [3, 4]), a);
        assert_eq!(yes(a, b, [4, 3]), b);
        assert_eq!(yes(a, b, [4, 4]), a.max(b));
    }
}
