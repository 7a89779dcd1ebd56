//! Generated files with the role that each column has to have: keys, codes, contacts.

use seamline::numeric::Rng;
use seamline::table::Role::{Identifier, Ignored, Profile};

use crate::amounts::{answers, ratios, sounding, totals};
use crate::fresh::{cards, codes_of_places, long_numbers, pieces, rounded, services, spent};
use crate::maker::{File, Kind, LANGUAGES, Maker, Own, ROWS, Words};

/// Identifiers: first, last, repeated, damaged.
pub fn keys(make: &mut Maker, found: &mut Vec<Kind>) {
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
}

/// Codes, labels, scores, gaps, parts of the calendar.
pub fn codes(make: &mut Maker, found: &mut Vec<Kind>) {
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
    name.clone_into(&mut fee.name);
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
}

/// Contacts, and a constant.
pub fn contacts(make: &mut Maker, found: &mut Vec<Kind>) {
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
}
/// All files.
pub fn files() -> Vec<File> {
    let of = |language| {
        let rng = Rng::new(41 + language as u64);
        let (mut make, mut kinds) = (Maker { language, rng }, Vec::new());
        let groups = [
            keys,
            codes,
            contacts,
            ratios,
            totals,
            answers,
            sounding,
            rounded,
            long_numbers,
            codes_of_places,
            cards,
            pieces,
            spent,
            services,
        ];
        for add in groups {
            add(&mut make, &mut kinds);
        }
        kinds.into_iter().map(move |(kind, columns)| File {
            name: format!("{kind} ({})", LANGUAGES[language]),
            columns,
        })
    };
    (0..LANGUAGES.len()).flat_map(of).collect()
}
