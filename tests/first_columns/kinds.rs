//! Generated files with the role that each column has to have.

use seamline::numeric::Rng;
use seamline::table::Role::{Feature, Identifier, Ignored, Profile};

use crate::maker::{AMOUNT, COUNT, File, LANGUAGES, Maker, Own, ROWS, Words};

/// The columns of each kind.
fn kinds(make: &mut Maker) -> Vec<(&'static str, Vec<Own>)> {
    let mut found = Vec::new();
    let unique: [Words; 5] = [
        [
            "loyalty_number",
            "Kundennummer",
            "Numéro client",
            "Número de cliente",
            "Numero cliente",
        ],
        [
            "CustomerNumber",
            "Kartennummer",
            "Numéro de carte",
            "Número de tarjeta",
            "Numero tessera",
        ],
        ["Account", "Konto", "Compte", "Cuenta", "Conto"],
        [
            "card_number",
            "Mitgliedsnr.",
            "N° adhérent",
            "Nº socio",
            "N. socio",
        ],
        [
            "InvoiceNo",
            "Rechnungsnummer",
            "Numéro de facture",
            "Nº factura",
            "Numero fattura",
        ],
    ];
    let name = unique[make.language];
    found.push((
        "unique first",
        vec![
            make.ids(name[make.language], 40_117),
            make.money(),
            make.count(),
        ],
    ));
    let name = make.word(unique[(make.language + 1) % 5]);
    found.push((
        "unique last",
        vec![make.money(), make.count(), make.ids(name, 900_113)],
    ));
    let name = make.word([
        "CustomerID",
        "Kunden-Nr.",
        "ID client",
        "Id_cliente",
        "Codice cliente",
    ]);
    let lines = vec![
        make.money(),
        make.count(),
        make.codes(name, Identifier, 12_346, 1_900),
    ];
    // Each of forty customers has several lines.
    let mut lines = lines;
    let some: Vec<usize> = (0..40).map(|_| 12_346 + make.below(5_000)).collect();
    lines[2].cells = (0..ROWS)
        .map(|_| some[make.below(40)].to_string())
        .collect();
    lines[2].says.push("repeats");
    found.push(("repeated", lines));
    let name = make.word([
        "customer_number",
        "Kundennummer",
        "Code client",
        "Número de socio",
        "Numero cliente",
    ]);
    let damaged = Own::of(name, Identifier, |row| {
        make.decimal(8.9 + 0.00001 * (row / 40) as f64, 5) + "E+12"
    });
    let damaged = damaged.saying("damaged").saying("repeats");
    found.push(("damaged", vec![make.money(), damaged, make.count()]));
    let codes: [Words; 3] = [
        ["Region", "Vertriebskanal", "Région", "Región", "Regione"],
        [
            "Customer type",
            "Kundenart",
            "Type de client",
            "Tipo de cliente",
            "Tipo cliente",
        ],
        [
            "Payment method",
            "Filiale",
            "Code magasin",
            "Tienda",
            "Codice negozio",
        ],
    ];
    let [region, kind, third] = codes.map(|words| make.word(words));
    let columns = vec![
        make.codes(region, Profile, 1, 6).saying("no quantity"),
        make.money(),
        make.codes(kind, Profile, 0, 3).saying("no quantity"),
        make.codes(third, Profile, 10, 12).saying("no quantity"),
        make.count(),
    ];
    found.push(("codes", columns));
    let label = make.word([
        "Cluster",
        "Kundensegment",
        "Segment client",
        "Segmento",
        "Gruppo clienti",
    ]);
    let score = make.word([
        "Recency score",
        "R-Wert",
        "Score F",
        "Puntuación M",
        "Punteggio R",
    ]);
    let columns = vec![
        make.money(),
        make.codes(label, Profile, 0, 5).saying("no quantity"),
        make.codes(score, Profile, 1, 5).saying("no quantity"),
        make.codes("M", Profile, 1, 5).saying("no quantity"),
        make.count(),
    ];
    found.push(("labels and scores", columns));
    let name = make.word([
        "cancel_fee",
        "Stornogebühr",
        "Frais d'annulation",
        "Coste de baja",
        "Costo di recesso",
    ]);
    let mut fee = make.money();
    fee.name = name.to_owned();
    let note = make.word(["note", "Notiz", "remarque", "nota", "appunto"]);
    let note = Own::of(note, Ignored, |row| {
        format!("{} {row}", make.decimal(1.5, 1))
    });
    let sparse = Maker::sparse(fee, Profile).saying("empty");
    found.push((
        "mostly empty",
        vec![
            Maker::sparse(note, Ignored),
            make.money(),
            sparse,
            make.count(),
        ],
    ));
    let year = make.word([
        "Enrollment Year",
        "Eintrittsjahr",
        "Année d'inscription",
        "Año de alta",
        "Anno di iscrizione",
    ]);
    let month = make.word([
        "Enrollment Month",
        "Eintrittsmonat",
        "Mois d'inscription",
        "Mes de alta",
        "Mese di iscrizione",
    ]);
    let columns = vec![
        make.codes(year, Profile, 2_011, 9).saying("no quantity"),
        make.codes(month, Profile, 1, 12).saying("no quantity"),
        make.money(),
        make.count(),
    ];
    found.push(("years and months", columns));
    let post = make.word(["zip code", "PLZ", "Code postal", "Código postal", "CAP"]);
    let phone = make.word([
        "phone",
        "Telefonnummer",
        "Numéro de téléphone",
        "Teléfono móvil",
        "Numero di telefono",
    ]);
    let mail = make.word([
        "Email address",
        "E-Mail",
        "Courriel",
        "Correo electrónico",
        "Indirizzo e-mail",
    ]);
    let columns = vec![
        make.ids(
            make.word(["id", "Kundennr", "id_client", "id", "ID cliente"]),
            3_001,
        ),
        make.codes(post, Ignored, 10_115, 8_000)
            .saying("no quantity"),
        make.codes(phone, Ignored, 301_000_000, 9_000_000)
            .saying("no quantity"),
        Own::of(mail, Ignored, |row| format!("a{row}@example.com")),
        make.money(),
        make.count(),
    ];
    found.push(("contacts", columns));
    let name = make.word(["Currency rate", "Kurs", "Taux de change", "Cambio", "Tasso"]);
    let constant = Own::of(name, Profile, |_| make.decimal(11.5, 1)).saying("constant");
    found.push(("constant", vec![make.money(), constant, make.count()]));
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
        column.name = name.to_owned();
        column.question = Some(format!("{{\"ImportId\":\"{machine}\"}}"));
    }
    found.push(("lines for programs", columns));
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
    found
}

/// All files.
pub fn files() -> Vec<File> {
    let of = |language| {
        let rng = Rng::new(41 + language as u64);
        let kinds = kinds(&mut Maker { language, rng });
        kinds.into_iter().map(move |(kind, columns)| File {
            name: format!("{kind} ({})", LANGUAGES[language]),
            columns,
        })
    };
    (0..LANGUAGES.len()).flat_map(of).collect()
}
