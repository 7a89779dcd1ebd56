//! What columns hold, by names in five languages and their values.

use super::Content::{Calendar, Code, Contact, Given, Key, Label, Quantity};
use super::*;

/// 200 rows of so many numbers in a row from the first, all whole.
fn run(first: f64, distinct: usize) -> Vec<f64> {
    (0..200).map(|i| first + (i % distinct) as f64).collect()
}

/// The same with decimals.
fn broken(first: f64, distinct: usize) -> Vec<f64> {
    run(first, distinct).iter().map(|x| x * 1.37).collect()
}

fn content(name: &str, numbers: &[f64]) -> Content {
    let mut different: Vec<u64> = numbers.iter().map(|x| x.to_bits()).collect();
    different.sort_unstable();
    different.dedup();
    let values = Values {
        present: numbers.len(),
        distinct: different.len(),
        numbers: Spread::of(numbers),
        is_damaged: false,
    };
    Content::of(name, &values)
}

#[test]
fn a_name_and_its_values_decide_together() {
    let (counts, ids, phones) = (run(0.0, 40), run(10_000.0, 200), run(4.9e9, 190));
    let (few, ages, years) = (run(1.0, 5), run(18.0, 60), run(1950.0, 50));
    let (repeated, sums) = (
        run(7.0, 150).iter().map(|x| x * 31.0).collect(),
        broken(3.0, 180),
    );
    let cases: &[(&str, &Vec<f64>, Content)] = &[
        // One word of a name decides nothing.
        ("orders_mobile", &counts, Quantity),
        ("clicks_email", &counts, Quantity),
        ("Mobile", &counts, Quantity),
        ("phone", &run(0.0, 2), Quantity),
        ("Mobile visits", &ids, Quantity),
        ("key figures", &ids, Quantity),
        ("Number of employees", &ids, Quantity),
        ("orders since signup", &counts, Quantity),
        ("clicks_signup", &counts, Quantity),
        ("Segment size", &few, Quantity),
        ("Number of segments", &few, Quantity),
        ("Average age of basket", &run(0.0, 60), Quantity),
        ("Gender pay gap", &sums, Quantity),
        ("Days since last order", &counts, Quantity),
        ("Agency group", &few, Code),
        ("Visits per month", &few, Quantity),
        ("Months since last order", &few, Quantity),
        ("Number of customers", &ids, Quantity),
        ("Numero di clienti", &ids, Quantity),
        ("Sales channel spend", &few, Quantity),
        // Codes and parts of the calendar.
        ("Region", &few, Code),
        ("Tipo cliente", &few, Code),
        ("Kundenart", &few, Code),
        ("Region", &sums, Quantity),
        ("Enrollment Month", &few, Calendar),
        ("Mois d'achat", &few, Calendar),
        ("Mois d'achat", &counts, Quantity),
        ("Kaufjahr", &years, Calendar),
        // Scores of recency, frequency and money.
        ("R", &few, Label),
        ("F_Score", &few, Label),
        ("M", &counts, Quantity),
        ("Spending Score (1-100)", &ages, Quantity),
        // Keys.
        ("loyalty_number", &ids, Key),
        ("visitor_number", &repeated, Quantity),
        ("Account", &ids, Key),
        ("Account", &sums, Quantity),
        ("InvoiceNo", &ids, Key),
        ("Codice cliente", &ids, Key),
        ("Número de socio", &ids, Key),
        ("CustomerID", &ids, Key),
        ("customer_id", &repeated, Key),
        ("store_id", &few, Code),
        ("Customer ID", &sums, Quantity),
        ("Kundennummer", &ids, Key),
        ("Kunden-Nr.", &ids, Key),
        ("Code client", &ids, Key),
        ("numéro de client", &ids, Key),
        ("Número de cliente", &ids, Key),
        ("id_cliente", &ids, Key),
        ("Mobile", &phones, Contact),
        ("Telefonnummer", &phones, Contact),
        ("Numéro de téléphone", &phones, Contact),
        ("Téléphone mobile", &phones, Contact),
        ("Teléfono móvil", &phones, Contact),
        ("PLZ", &ids, Contact),
        ("code postal", &ids, Contact),
        // Labels.
        ("cluster_id", &few, Label),
        ("KMeans_Cluster", &run(0.0, 6), Label),
        ("Kundensegment", &few, Label),
        ("Kundengruppe", &few, Label),
        ("Numéro de segment", &few, Label),
        ("Groupe client", &few, Label),
        ("grupo de clientes", &few, Label),
        ("segmento", &few, Label),
        ("segment", &sums, Quantity),
        ("cluster", &run(0.0, 120), Quantity),
        // Given.
        ("Age (years)", &ages, Given),
        ("Alter", &ages, Given),
        ("Age group", &few, Given),
        ("Altersklasse", &few, Given),
        ("Âge", &ages, Given),
        ("Edad", &ages, Given),
        ("Year of birth", &years, Given),
        ("Geburtsjahr", &years, Given),
        ("Année de naissance", &years, Given),
        ("Año de nacimiento", &years, Given),
        ("Gender (0/1)", &run(0.0, 2), Given),
        ("Geschlecht", &run(1.0, 3), Given),
        ("Sexe", &run(0.0, 2), Given),
        ("Tenure months", &counts, Given),
        ("Ancienneté", &counts, Given),
        ("Antigüedad", &counts, Given),
        ("customer_since", &years, Given),
        ("Kunde seit", &years, Given),
        ("days since signup", &counts, Given),
        ("Signup year", &years, Given),
        ("Annual Income (k$)", &ages, Quantity),
        ("Wages", &ages, Quantity),
        ("Usage", &counts, Quantity),
    ];
    for (name, numbers, wanted) in cases {
        assert_eq!(content(name, numbers), *wanted, "{name}");
    }
}

#[test]
fn texts_are_labels_of_few_values_and_keys_of_many() {
    let of = |name, distinct| {
        let values = Values {
            present: 200,
            distinct,
            numbers: None,
            is_damaged: false,
        };
        Content::of(name, &values)
    };
    assert_eq!(of("Segment", 4), Label);
    assert_eq!(of("Segment", 180), Quantity);
    assert_eq!(of("Customer code", 200), Key);
    assert_eq!(of("Plan code", 3), Quantity);
    assert_eq!(of("Gender", 2), Given);
    for name in [
        "age_group",
        "Age band",
        "AgeRange",
        "Altersgruppe",
        "Altersklasse",
        "tranche d'âge",
        "rango de edad",
        "fascia di età",
    ] {
        assert_eq!(of(name, 5), Given, "{name}");
    }
    assert_eq!(of("Income range", 5), Quantity);
    assert_eq!(of("", 2), Quantity);
}

#[test]
fn long_numbers_of_one_length_name_something_whatever_they_are_called() {
    let lines: Vec<f64> = (0..200).map(|i| 4.474e11 + f64::from(i * 7_919)).collect();
    for name in ["MSISDN line", "Lijn", "x", "Serial"] {
        assert_eq!(content(name, &lines), Key, "{name}");
    }
    assert_eq!(content("MSISDN", &lines), Contact);
    // Amounts and moments are what their names say; numbers of several lengths, or few different ones, are quantities.
    for name in ["Umsatz (EUR)", "Total assets", "Timestamp", "Saldo"] {
        assert_eq!(content(name, &lines), Quantity, "{name}");
    }
    let grown: Vec<f64> = (1..=200).map(|i| 7e7 * f64::from(i)).collect();
    assert_eq!(content("x", &grown), Quantity);
    assert_eq!(content("x", &run(1e9, 5)), Quantity);
    assert_eq!(content("x", &lines[..15]), Quantity);
    // What is left of them once a spreadsheet has shown them as 8.90123E+12.
    let rounded: Vec<f64> = (0..200)
        .map(|i| 8_901_230_000_000.0 + 1e7 * f64::from(i % 5))
        .collect();
    assert_eq!(content("Kaart", &rounded), Key);
    assert_eq!(content("Revenue", &rounded), Quantity);
}

#[test]
fn cards_and_codes_are_known_in_several_languages() {
    let (cards, few, amounts) = (run(20_010_000.0, 90), run(1.0, 5), run(0.0, 90));
    for name in [
        "Tessera",
        "Tarjeta socio",
        "Carte fidélité",
        "loyalty card",
        "Kundenkarte",
    ] {
        assert_eq!(content(name, &cards), Key, "{name}");
        assert_eq!(content(name, &amounts), Quantity, "{name}");
    }
    for name in [
        "Bundesland",
        "Kanton",
        "Provincia",
        "Agence",
        "Agencia",
        "Agenzia",
        "Standort",
        "Succursale",
        "County",
    ] {
        assert_eq!(content(name, &few), Code, "{name}");
        assert_eq!(content(name, &run(1.0, 80)), Quantity, "{name}");
    }
    for name in [
        "Cluster alt",
        "Segment ancien",
        "Segmento anterior",
        "old cluster",
        "Gruppe alt",
        "Clusternummer",
        "Etichetta precedente",
    ] {
        assert_eq!(content(name, &few), Label, "{name}");
    }
    assert_eq!(content("Umsatz alt", &few), Quantity);
}

#[test]
fn money_by_name_is_no_key_however_long_its_numbers_are() {
    let rupiah: Vec<f64> = (0..200).map(|i| 4.0e8 + f64::from(i * 7_919)).collect();
    for name in [
        "spending",
        "Gaji (salary)",
        "Ausgaben",
        "dépenses",
        "gasto anual",
        "Spesa",
        "Sales",
    ] {
        assert_eq!(content(name, &rupiah), Quantity, "{name}");
    }
    assert_eq!(content("x", &rupiah), Key);
}

#[test]
fn words_that_only_end_like_a_code_or_a_date_are_quantities() {
    for name in [
        "Added to cart",
        "Items in cart",
        "Restart",
        "Heart",
        "Charts",
    ] {
        assert_eq!(content(name, &run(0.0, 14)), Quantity, "{name}");
    }
    for name in [
        "Zahlungsart",
        "Kundenart",
        "Vertragsart",
        "Lieferart",
        "art",
    ] {
        assert_eq!(content(name, &run(1.0, 5)), Code, "{name}");
    }
    let megabytes: Vec<f64> = (0..200).map(|i| 20_000.0 + f64::from(i * 913)).collect();
    assert_eq!(content("Data", &megabytes), Quantity);
    assert_eq!(content("Date", &megabytes), Calendar);
    assert_eq!(content("Data", &run(20_240_101.0, 28)), Calendar);
    assert_eq!(content("data di acquisto", &run(45_000.0, 90)), Calendar);
}

#[test]
fn keys_of_customers_are_known_in_portuguese_and_polish_too() {
    let keys = run(70_010_000.0, 190);
    for name in [
        "Nr klienta",
        "Numer klienta",
        "ID klienta",
        "N.º cliente",
        "Nº de sócio",
        "N.º hóspede",
        "Código do cliente",
        "Nr karty",
        "NIF",
        "PESEL",
    ] {
        assert_eq!(content(name, &keys), Key, "{name}");
    }
    assert_eq!(content("Kod pocztowy", &run(10_000.0, 190)), Contact);
    for name in ["Edad conductor", "Idade", "Wiek klienta", "âge du client"] {
        assert_eq!(content(name, &run(18.0, 60)), Given, "{name}");
    }
    assert_eq!(content("last_login_ms", &run(1.7e12, 200)), Quantity);
    assert_eq!(content("Liczba zamówień", &run(0.0, 40)), Quantity);
}
