//! Generated files with the role that each column has to have: amounts, what is computed from them, yes and no.

use seamline::table::Role::{Feature, Identifier, Profile};

use crate::maker::{AMOUNT, COUNT, Kind, Maker, Own, ROWS, Words};

/// What is computed from others by division or in a line.
pub fn ratios(make: &mut Maker, found: &mut Vec<Kind>) {
    let (spent, count) = (make.amounts(), make.count());
    let orders: Vec<f64> = count
        .cells
        .iter()
        .map(|cell| cell.parse::<f64>().unwrap() + 1.0)
        .collect();
    let basket: Vec<f64> = spent.iter().zip(&orders).map(|(a, b)| a / b).collect();
    let half: Vec<f64> = spent.iter().map(|x| x * 0.37 + 3.0).collect();
    let mut ratio = make.written(
        make.word([
            "Average basket",
            "Warenkorb",
            "Panier moyen",
            "Cesta media",
            "Carrello medio",
        ]),
        &basket,
        2,
    );
    ratio.role = Profile;
    let mut line = make.written(
        make.word([
            "Spending in pounds",
            "Umsatz netto",
            "Dépenses nettes",
            "Gasto neto",
            "Spesa netta",
        ]),
        &half,
        2,
    );
    line.role = Profile;
    let columns = vec![
        make.written(make.word(AMOUNT), &spent, 2),
        make.written(make.word(COUNT), &orders, 0),
        ratio.saying("copy"),
        line.saying("copy"),
    ];
    found.push(("ratio and line", columns));
}

/// What adds up or multiplies others.
pub fn totals(make: &mut Maker, found: &mut Vec<Kind>) {
    let months: Vec<f64> = (0..ROWS).map(|_| 1.0 + make.below(72) as f64).collect();
    let price: Vec<f64> = make
        .amounts()
        .iter()
        .map(|x| (x * 10.0).round() / 100.0)
        .collect();
    // Prices have changed by a few in a hundred since the first month.
    let total: Vec<f64> = months
        .iter()
        .zip(&price)
        .map(|(a, b)| a * b * (0.99 + 0.02 * make.rng.uniform()))
        .collect();
    let mut sum = make.written(
        make.word([
            "TotalCharges",
            "Gesamtbetrag",
            "Montant total",
            "Importe total",
            "Importo totale",
        ]),
        &total,
        2,
    );
    sum.role = Profile;
    let columns = vec![
        make.written(
            make.word(["tenure", "Laufzeit", "Ancienneté", "Antigüedad", "Durata"]),
            &months,
            0,
        ),
        make.written(
            make.word([
                "MonthlyCharges",
                "Monatspreis",
                "Prix mensuel",
                "Precio mensual",
                "Prezzo mensile",
            ]),
            &price,
            2,
        ),
        sum.saying("copy"),
    ];
    found.push(("total", columns));
    let (shop, web, phone) = (make.amounts(), make.amounts(), make.amounts());
    let all: Vec<f64> = (0..ROWS)
        .map(|row| shop[row] + web[row] + phone[row])
        .collect();
    let mut sum = make.written(
        make.word(["Total spend", "Summe", "Total", "Suma", "Totale"]),
        &all,
        2,
    );
    sum.role = Profile;
    let columns = vec![
        make.written("Shop", &shop, 2),
        make.written("Web", &web, 2),
        make.written("App", &phone, 2),
        sum.saying("copy"),
    ];
    found.push(("sum of several", columns));
}

/// Yes and no, and lines of the header that are for programs.
pub fn answers(make: &mut Maker, found: &mut Vec<Kind>) {
    let names: [Words; 4] = [
        ["app", "App", "appli", "aplicación", "app"],
        ["web", "Web", "site", "web", "sito"],
        ["shop", "Laden", "boutique", "mostrador", "bottega"],
        [
            "newsletter",
            "Newsletter",
            "lettre",
            "boletín",
            "newsletter",
        ],
    ];
    let ids = Own::of("key", Identifier, |row| format!("K{row:03}"));
    let mut columns = vec![ids.clone()];
    columns.extend(names.map(|words| make.codes(make.word(words), Feature, 0, 2)));
    found.push(("yes and no", columns));
    let answers: [Words; 2] = [
        ["yes", "ja", "oui", "sí", "sì"],
        ["no", "nein", "non", "no", "no"],
    ];
    let answers = answers.map(|words| make.word(words));
    let mut columns = vec![ids];
    columns.extend(names.map(|words| {
        Own::of(make.word(words), Feature, |_| {
            answers[make.below(2)].to_owned()
        })
    }));
    found.push(("yes and no in words", columns));
    let asked = [
        make.word([
            "Q1 What did you spend?",
            "F1 Was gaben Sie aus?",
            "Q1 Combien dépensez-vous ?",
            "P1 ¿Cuánto gasta?",
            "D1 Quanto spende?",
        ]),
        make.word([
            "Q2 How often do you visit?",
            "F2 Wie oft kommen Sie?",
            "Q2 Combien de visites ?",
            "P2 ¿Cuántas visitas?",
            "D2 Quante visite?",
        ]),
    ];
    let mut columns = vec![
        Own::of("ResponseId Response", Identifier, |row| {
            format!("R_{row:04}x")
        }),
        make.money(),
        make.count(),
    ];
    for (column, (name, machine)) in columns.iter_mut().zip([
        ("ResponseId Response", "_recordId"),
        (asked[0], "QID1_TEXT"),
        (asked[1], "QID2"),
    ]) {
        name.clone_into(&mut column.name);
        column.question = Some(format!("{{\"ImportId\":\"{machine}\"}}"));
    }
    found.push(("lines for programs", columns));
}

/// Quantities with names that sound like something else.
pub fn sounding(make: &mut Maker, found: &mut Vec<Kind>) {
    let sounding: [Words; 5] = [
        [
            "Number of stores",
            "Anzahl Filialen",
            "Nombre de magasins",
            "Número de tiendas",
            "Numero di negozi",
        ],
        [
            "orders_mobile",
            "Bestellungen_mobil",
            "commandes_mobile",
            "pedidos_movil",
            "ordini_mobile",
        ],
        [
            "Visits per month",
            "Besuche pro Monat",
            "Visites par mois",
            "Visitas al mes",
            "Visite al mese",
        ],
        [
            "Number of customers referred",
            "Zahl der Kunden",
            "Nombre de clients amenés",
            "Número de clientes",
            "Numero di clienti",
        ],
        [
            "Satisfaction score",
            "Zufriedenheit",
            "Note de satisfaction",
            "Satisfacción",
            "Soddisfazione",
        ],
    ];
    let mut columns: Vec<Own> = sounding
        .map(|words| make.counted(make.word(words), 10))
        .into();
    columns[3] = make.counted(make.word(sounding[3]), 4_000);
    columns.push(make.money());
    found.push(("names that only sound so", columns));
}
