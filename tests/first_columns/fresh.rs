//! Generated files with the role that each column has to have: keys that are rounded, long or repeat, codes of places, pieces that were
//! given back, time that was spent, services with yes and no.

use seamline::table::Role::{Feature, Identifier, Ignored, Profile};

use crate::maker::{Kind, Maker, Own, ROWS, Words};

/// Keys of which a spreadsheet has kept six digits, with names that say little.
pub fn rounded(make: &mut Maker, found: &mut Vec<Kind>) {
    let name = make.word([
        "Loyalty card",
        "Kundenkarte",
        "Carte fidélité",
        "Tarjeta socio",
        "Tessera",
    ]);
    for name in [name, "Barcode alt", "xyz"] {
        let cell = |make: &mut Maker| {
            let kept = [7.506_61, 7.506_62, 8.901_23, 8.901_24, 8.901_25][make.below(5)];
            make.decimal(kept, 5) + "E+12"
        };
        let card = Own::of(name, Identifier, |_| cell(make));
        let card = card.saying("damaged").saying("repeats");
        found.push(("rounded keys", vec![card, make.money(), make.count()]));
    }
}

/// Numbers of lines and of cards in telephones, all different and of one length.
pub fn long_numbers(make: &mut Maker, found: &mut Vec<Kind>) {
    let key = make.word([
        "Acct No",
        "Kundennummer",
        "N° client",
        "Nº cliente",
        "Codice cliente",
    ]);
    let line = make
        .codes("MSISDN", Ignored, 447_400_000_000, 99_999_999)
        .saying("no quantity");
    let chip = Own::of("ICCID", Ignored, |_| {
        let first = 894_400_000_000_000_000 + make.below(900_000_000) * 1_000_003;
        first.to_string()
    });
    let other = make
        .codes("Xq", Ignored, 1_000_000_000, 8_000_000_000)
        .saying("no quantity");
    let columns = vec![
        line,
        chip.saying("no quantity"),
        make.ids(key, 44_741_965),
        other,
        make.money(),
        make.count(),
    ];
    found.push(("long numbers", columns));
}

/// Codes of places and of branches, and a segment of before.
pub fn codes_of_places(make: &mut Maker, found: &mut Vec<Kind>) {
    let places: [Words; 3] = [
        ["County", "Bundesland", "Canton", "Provincia", "Provincia"],
        [
            "Agency",
            "Geschäftsstelle",
            "Succursale",
            "Oficina",
            "Agenzia",
        ],
        [
            "Old segment",
            "Cluster alt",
            "Segment ancien",
            "Segmento anterior",
            "Gruppo precedente",
        ],
    ];
    let [region, branch, old] = places.map(|words| make.word(words));
    let post = make.word(["Postcode", "PLZ", "Code postal", "Código postal", "CAP"]);
    let key = make.word([
        "Policy no",
        "Policen-Nr.",
        "N° contrat",
        "Nº póliza",
        "Numero polizza",
    ]);
    let columns = vec![
        Own::of(key, Identifier, |row| {
            format!("631.{:06}-{}", 500_000 + row * 13, row % 10)
        }),
        // With a zero in front: texts, nearly all different.
        Own::of(post, Ignored, |row| format!("{:05}", 1_067 + row * 97)),
        make.codes(region, Profile, 1, 16).saying("no quantity"),
        make.codes(branch, Profile, 1, 8).saying("no quantity"),
        make.codes(old, Profile, 1, 3).saying("no quantity"),
        make.money(),
        make.count(),
    ];
    found.push(("codes of places", columns));
}

/// A receipt for each row: the card repeats. An order line for each row: the article repeats, too.
pub fn cards(make: &mut Maker, found: &mut Vec<Kind>) {
    let name = make.word(["Card", "Karte", "Carte", "Tarjeta", "Tessera"]);
    let some: Vec<usize> = (0..60).map(|_| 20_010_000 + make.below(1_500)).collect();
    let card = Own::of(name, Identifier, |_| some[make.below(60)].to_string());
    let shop = make.word(["Town", "Ort", "Lieu", "Lugar", "Luogo"]);
    let shop = Own::of(shop, Profile, |_| {
        ["Roma", "Torino", "Milano"][make.below(3)].to_owned()
    });
    found.push(("receipts", vec![card.saying("repeats"), make.money(), shop]));
    let names: [Words; 2] = [
        [
            "Reference",
            "Referenz",
            "Référence",
            "Referencia",
            "Riferimento",
        ],
        [
            "Client code",
            "Kunden-Nr.",
            "Code client",
            "Código cliente",
            "Codice cliente",
        ],
    ];
    let [article, client] = names.map(|words| make.word(words));
    let article = Own::of(article, Ignored, |row| {
        format!("REF-{:03}", (row * 7 + make.below(3)) % 120)
    });
    let client = Own::of(client, Identifier, |_| {
        format!("C{}", 30_000 + 7 * make.below(50))
    });
    found.push((
        "order lines",
        vec![
            article.saying("repeats"),
            make.money(),
            client.saying("repeats"),
        ],
    ));
}

/// Pieces that were given back have a minus; a code for no answer is 998 where other columns have codes.
pub fn pieces(make: &mut Maker, found: &mut Vec<Kind>) {
    let name = make.word(["Qty", "Menge", "Quantité", "Cantidad", "Quantità"]);
    let named = Own::of(name, Feature, |_| {
        [-1, -2, 1, 2, 3, 4, 5][make.below(7)].to_string()
    });
    let run = Own::of("Xq", Feature, |row| {
        let size = 1 + (row + make.below(2)) % 8;
        if row % 9 < 2 {
            format!("-{size}")
        } else {
            size.to_string()
        }
    });
    found.push(("pieces", vec![named, run, make.money()]));
    let names: [Words; 2] = [
        ["Income", "Einkommen", "Revenus", "Ingresos", "Reddito"],
        [
            "Minutes to the shop",
            "Minuten zum Laden",
            "Minutes jusqu'au magasin",
            "Minutos hasta la tienda",
            "Minuti al negozio",
        ],
    ];
    let [income, minutes] = names.map(|words| make.word(words));
    let income = Own::of(income, Feature, |row| {
        let own = 14_000 + make.below(20_000);
        if row % 12 == 5 { 9_999_999 } else { own }.to_string()
    });
    let minutes = Own::of(minutes, Feature, |row| {
        let own = 5 + make.below(70);
        if row % 15 == 4 { 998 } else { own }.to_string()
    });
    found.push((
        "two codes",
        vec![
            income.saying("codes"),
            minutes.saying("codes"),
            make.count(),
        ],
    ));
}

/// Time that is spent, written as a clock shows it.
pub fn spent(make: &mut Maker, found: &mut Vec<Kind>) {
    let names: [Words; 2] = [
        [
            "Time in club",
            "Zeit im Studio",
            "Temps sur place",
            "Tiempo en el club",
            "Tempo in palestra",
        ],
        [
            "Check-in time",
            "Uhrzeit",
            "Heure d'arrivée",
            "Hora de entrada",
            "Orario di ingresso",
        ],
    ];
    let [inside, at] = names.map(|words| make.word(words));
    let inside = Own::of(inside, Feature, |_| {
        let seconds = 271 + make.below(8_120);
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        format!("{:02}:{:02}:{seconds:02}", minutes / 60, minutes % 60)
    });
    let at = Own::of(at, Ignored, |_| {
        format!("{:02}:{:02}", 7 + make.below(14), make.below(60))
    });
    found.push((
        "time spent",
        vec![inside.saying("times"), at.saying("times"), make.money()],
    ));
}

/// Services that customers have or have not; their names alone say nothing.
pub fn services(make: &mut Maker, found: &mut Vec<Kind>) {
    let yes_no: [Words; 2] = [
        ["Yes", "Ja", "Oui", "Sí", "Sì"],
        ["No", "Nein", "Non", "No", "No"],
    ];
    let yes_no = yes_no.map(|words| make.word(words));
    let key = make.word([
        "contract id",
        "Vertragsnummer",
        "N° contrat",
        "Nº contrato",
        "Codice contratto",
    ]);
    let mut columns = vec![make.ids(key, 880_000)];
    let mobile = make.word(["Mobile", "Handy", "Portable", "Móvil", "Mobile"]);
    let mail = make.word(["E-mail", "Mail", "Courriel", "Correo", "Mail"]);
    for name in ["TV", mobile, mail, "Internet"] {
        columns.push(Own::of(name, Feature, |_| yes_no[make.below(2)].to_owned()));
    }
    assert_eq!(columns[1].cells.len(), ROWS);
    found.push(("services", columns));
}
