//! Names and towns in the encodings of their countries are read as they were written, in files of a few and of many rows.

use std::fmt::Write;

use encoding_rs::Encoding;

use crate::numeric::Rng;
use crate::table::encoding::{Reading, guess};

/// Names and towns of a language, and the encoding of the Windows of its countries.
struct People {
    language: &'static str,
    encoding: &'static str,
    names: &'static str,
    towns: &'static str,
}

const PEOPLE: [People; 24] = [
    People {
        language: "Danish",
        encoding: "windows-1252",
        names: "Søren Kjærgård,Mette Østergaard,Jørgen Nielsen,Åse Bjørn,Bjarne Højgaard,Lærke Møller,Anders Jensen,Kirsten Sørensen,Ole Grøn,\
            Pia Skovgård,Rasmus Lindegård,Signe Brændstrup,Hans Poulsen,Æske Ravn,René Holm,Zoë Bæk",
        towns: "København,Århus,Aalborg,Odense,Helsingør,Køge,Sønderborg,Næstved,Rødovre,Hillerød,Tårnby,Ringsted,Frederikshavn,Tønder,Ærøskøbing",
    },
    People {
        language: "Norwegian",
        encoding: "windows-1252",
        names: "Bjørn Ødegård,Øyvind Hansen,Åshild Næss,Kåre Bø,Sølvi Sæther,Tor Håkonsen,Gro Bråten,Solveig Berg,Jørn Aasen,Torbjørg Lid,\
            Ragnhild Strøm,Pål Mæland,Ingrid Solås,Knut Røed",
        towns: "Oslo,Tromsø,Bodø,Ålesund,Drammen,Tønsberg,Sandnes,Hønefoss,Lillehammer,Sørum,Bærum,Vadsø,Florø,Måløy,Røros",
    },
    People {
        language: "Swedish",
        encoding: "windows-1252",
        names: "Åsa Lindström,Björn Sjöberg,Göran Hägglund,Märta Öberg,Jan Nyström,Elin Söderlund,Karin Åkesson,Per Lööf,Gunnar Ström,\
            Anna Larsson,Ulla Bäckström,Håkan Gårdner,André Ek",
        towns: "Malmö,Göteborg,Västerås,Örebro,Linköping,Uppsala,Växjö,Umeå,Luleå,Gävle,Skövde,Borås,Östersund,Ängelholm",
    },
    People {
        language: "German",
        encoding: "windows-1252",
        names: "Jürgen Müller,Björn Schäfer,Käthe Groß,Günter Weiß,Anna Schmidt,Özlem Yilmaz,Jörg König,Ute Köhler,Sören Krüger,Bärbel Jäger,\
            Hans Meier,Ännchen Kübler,Rosi Mayr,Zoë Böhm,René Hölzl",
        towns: "München,Köln,Düsseldorf,Berlin,Nürnberg,Saarbrücken,Lübeck,Göttingen,Zürich,Würzburg,Gießen,Österreich,Fürth,Tübingen,Großenhain",
    },
    People {
        language: "French",
        encoding: "windows-1252",
        names: "Hélène Lefèvre,François Gâteau,Noël Bérenger,Chloé Benoît,Zoé Château,Raphaël Crêpin,Anaïs Garçon,Jérôme Lemaître,Gaëlle Dupré,\
            Loïc Forêt,Michaël Sœur,Élodie Brûlé,Thérèse Côté,André Blanc,Maël Héritier,Agnès Rivière",
        towns: "Nîmes,Orléans,Besançon,Saint-Étienne,Béziers,Évreux,Angoulême,Châteauroux,Mâcon,Paris,Lyon,Sète,Alès,Nœux-les-Mines,Épinal",
    },
    People {
        language: "Spanish",
        encoding: "windows-1252",
        names: "José Muñoz,María Núñez,Íñigo Peña,Ángel Gutiérrez,Sofía Jiménez,Raúl Ibáñez,Óscar Fernández,Begoña López,Ramón Ordóñez,\
            Lucía Güell,Andrés Sánchez,Inés Martín,Nuria Vidal,Álvaro Piqué",
        towns: "Málaga,Cádiz,Córdoba,León,A Coruña,Logroño,Jaén,Ávila,Almería,Mérida,Cáceres,Gijón,Alcalá de Henares,San Sebastián,Sigüenza",
    },
    People {
        language: "Portuguese",
        encoding: "windows-1252",
        names: "João Conceição,António Guimarães,Inês Simões,Luís Gonçalves,Fátima Araújo,Sebastião Falcão,Vânia Lourenço,Estêvão Brandão,\
            Márcia Magalhães,Cecília Assunção,José Leitão,Mónica Camões,Ângela Bragança,Hélio Frazão",
        towns: "São Paulo,Guimarães,Évora,Setúbal,Portimão,Covilhã,Bragança,Santarém,Viseu,Belém,Florianópolis,Brasília,Goiânia,Maceió,Águeda",
    },
    People {
        language: "Italian",
        encoding: "windows-1252",
        names: "Niccolò Cantù,Mariù Forlì,Nicolò Salò,Totò Rossi,Giosuè Bianchi,Noè Fabbri,Mosè Nardò,Andrea Ricci,José Libertà,Salomè Caffè,\
            Desirée Sanità,Luca Viganò,Gio Cefalù",
        towns: "Cantù,Forlì,Nardò,Mondovì,Cefalù,Roma,Milano,Patti Città,Viganò,Muggiò,Seriate,Agliè,Rhò,Vò Euganeo,Temù",
    },
    People {
        language: "Dutch",
        encoding: "windows-1252",
        names: "Daniël Smit,Michaël Visser,Zoë de Boer,Joël Bakker,Noë Janssens,Raphaëlle Mertens,René Peeters,Loïs Dekker,Gaëlle Maes,\
            Chloë Claes,Ismaël Bos,Tom Vos,Anaïs Kok",
        towns: "België,Coevorden,Zoëterwoude,Groningen,Haarlem,Israël,Italië,Utrecht,Tiël,Sint-Michiël,Oekraïne,Australië",
    },
    People {
        language: "Icelandic",
        encoding: "windows-1252",
        names: "Guðrún Jónsdóttir,Sigurður Þórsson,Kristján Guðmundsson,Þóra Ólafsdóttir,Björk Einarsdóttir,Ásta Magnúsdóttir,Davíð Árnason,\
            Sæunn Pálsdóttir,Ægir Sigurðsson,Ýr Hreiðarsdóttir",
        towns: "Reykjavík,Hafnarfjörður,Keflavík,Akureyri,Ísafjörður,Kópavogur,Egilsstaðir,Húsavík,Þorlákshöfn,Garðabær",
    },
    People {
        language: "Finnish",
        encoding: "windows-1252",
        names: "Väinö Mäkinen,Päivi Hämäläinen,Jyrki Räsänen,Seppo Kärkkäinen,Äimä Jokinen,Kyösti Nyyssönen,Tiina Väisänen,Matti Niemelä",
        towns: "Jyväskylä,Seinäjoki,Hämeenlinna,Espoo,Mikkeli,Kemijärvi,Äänekoski,Riihimäki,Järvenpää,Yläne",
    },
    People {
        language: "Many of the West",
        encoding: "windows-1252",
        names: "Søren Müller,Åsa Peña,François Groß,João Østby,Zoë Lindström,José Kjær,Noël Weiß,Inês Håkansson,Niccolò Brûlé,Jörg Núñez,\
            Chloé Bø,Raphaël Skårup,Þóra Simões",
        towns: "København,Malmö,Besançon,Köln,Málaga,São Paulo,Cantù,Ålesund,Orléans,Århus,Zürich,Évora",
    },
    People {
        language: "Polish",
        encoding: "windows-1250",
        names: "Łukasz Wiśniewski,Małgorzata Wójcik,Paweł Kamiński,Agnieszka Zając,Grażyna Dąbrowska,Jan Kowalczyk,Michał Zieliński,Żaneta Król,\
            Józef Woźniak,Bożena Szymańska,Rafał Kozłowski,Ewa Nowak,Stanisław Mazur,Celina Gołąb",
        towns: "Łódź,Kraków,Gdańsk,Poznań,Wrocław,Warszawa,Białystok,Częstochowa,Toruń,Rzeszów,Elbląg,Świdnica,Nowy Sącz,Ełk,Żory",
    },
    People {
        language: "Czech",
        encoding: "windows-1250",
        names: "Jiří Dvořák,Růžena Němcová,Tomáš Procházka,Zdeněk Veselý,Lukáš Černý,Kateřina Novotná,Ondřej Kučera,Božena Součková,Petr Novák,\
            Věra Pokorná,Matěj Říha,Šárka Králová,Václav Fiala,Tereza Žáková",
        towns: "Plzeň,České Budějovice,Třebíč,Děčín,Brno,Olomouc,Příbram,Havířov,Jičín,Ústí nad Labem,Mělník,Hradec Králové,Zlín,Uherské Hradiště",
    },
    People {
        language: "Slovak",
        encoding: "windows-1250",
        names: "Ľubomír Kováč,Štefan Hudák,Zuzana Žiaková,Ján Gašparovič,Mária Kráľová,Jozef Baláž,Ondrej Červený,Lýdia Šimková,Peter Ďurica,\
            Božena Hlôšková,Matúš Čech",
        towns: "Košice,Žilina,Banská Bystrica,Prešov,Nitra,Trenčín,Piešťany,Levoča,Topoľčany,Ružomberok,Dolný Kubín",
    },
    People {
        language: "Hungarian",
        encoding: "windows-1250",
        names: "Erdős István,Szűcs Ágnes,Kőszegi Béla,Győri Zsófia,Nagy Gergő,Kovács Enikő,Szőke László,Fűzi Márta,Tóth János,Szabó Ernő,\
            Füredi Ödön,Mező Piroska,Hegedűs Jenő",
        towns: "Győr,Pécs,Hódmezővásárhely,Kőszeg,Debrecen,Békéscsaba,Szentendre,Érd,Dunaújváros,Gödöllő,Makó,Fertőd,Siófok",
    },
    People {
        language: "Croatian",
        encoding: "windows-1250",
        names: "Željko Horvat,Ivana Kovačević,Šime Babić,Đurđica Marić,Marko Jurić,Ana Novak,Tomislav Knežević,Nikola Vuković,Božica Petrović,\
            Luka Đaković",
        towns: "Šibenik,Čakovec,Požega,Varaždin,Zagreb,Split,Đakovo,Križevci,Osijek,Poreč",
    },
    People {
        language: "Lithuanian",
        encoding: "windows-1257",
        names: "Žydrūnas Kazlauskas,Rūta Petrauskienė,Agnė Jonaitytė,Šarūnas Stankevičius,Eglė Žukauskaitė,Mindaugas Butkus,Ąžuolas Bačiulis,\
            Vytautas Šimkus,Daiva Mickevičienė,Jonas Paulauskas,Gražina Urbonienė,Česlovas Juškėnas,Ignas Lukšys",
        towns: "Šiauliai,Klaipėda,Panevėžys,Vilnius,Mažeikiai,Kėdainiai,Telšiai,Utena,Biržai,Druskininkai,Naujoji Akmenė,Rokiškis,Švenčionys",
    },
    People {
        language: "Latvian",
        encoding: "windows-1257",
        names: "Jānis Bērziņš,Līga Kalniņa,Andris Ozoliņš,Kristīne Liepiņa,Mārtiņš Krūmiņš,Ģirts Zariņš,Inga Šmite,Pēteris Eglītis,Dzintra Āboliņa,\
            Ilze Vītola,Ņina Kļaviņa,Sandra Kārkliņa",
        towns: "Rīga,Liepāja,Jēkabpils,Valmiera,Jūrmala,Rēzekne,Cēsis,Ogre,Kuldīga,Tukums,Sigulda,Balvi,Bauskā,Ķegums",
    },
    People {
        language: "Estonian",
        encoding: "windows-1257",
        names: "Tõnu Põder,Ülle Mägi,Jüri Õun,Žanna Tšernova,Kärt Rõõm,Õie Kõiv,Mall Sõber,Märt Käär,Jaan Tamm,Silja Lõhmus,Šamil Vähi",
        towns: "Tallinn,Võru,Põlva,Pärnu,Jõhvi,Tõrva,Jõgeva,Kuressaare,Türi,Põltsamaa,Räpina",
    },
    People {
        language: "Turkish",
        encoding: "windows-1254",
        names: "Ayşe Yılmaz,Mehmet Şahin,Fatma Çelik,Oğuz Öztürk,Işıl Doğan,Gülşen Yıldız,Çağla Kılıç,İbrahim Aydın,Emine Güneş,Hüseyin Koç,\
            Tuğba Şimşek,Ahmet Kaya,Özgür Aslan",
        towns: "İstanbul,Ankara,İzmir,Eskişehir,Diyarbakır,Muğla,Şanlıurfa,Çanakkale,Kütahya,Balıkesir,Ağrı,Niğde,Kırşehir",
    },
    People {
        language: "Greek",
        encoding: "windows-1253",
        names: "Γιώργος Παπαδόπουλος,Μαρία Νικολάου,Ελένη Δημητρίου,Κώστας Ιωάννου,Αθανάσιος Γεωργίου,Σοφία Αντωνίου,Νίκος Καραγιάννης,\
            Ιωάννα Οικονόμου,Δημήτρης Βασιλείου",
        towns: "Αθήνα,Θεσσαλονίκη,Πάτρα,Ηράκλειο,Λάρισα,Βόλος,Ιωάννινα,Χανιά,Καλαμάτα,Ρόδος",
    },
    People {
        language: "Russian",
        encoding: "windows-1251",
        names: "Иван Петров,Мария Смирнова,Алексей Кузнецов,Ольга Попова,Дмитрий Соколов,Екатерина Лебедева,Сергей Новиков,Анна Морозова,\
            Фёдор Волков,Наталья Щербакова",
        towns: "Москва,Санкт-Петербург,Казань,Новосибирск,Екатеринбург,Самара,Омск,Ростов-на-Дону,Уфа,Пермь",
    },
    People {
        language: "Ukrainian",
        encoding: "windows-1251",
        names: "Олександр Шевченко,Наталія Бойко,Ірина Коваленко,Андрій Ткаченко,Юлія Кравченко,Володимир Олійник,Євген Мельник,Їжак Гнат",
        towns: "Київ,Харків,Львів,Одеса,Дніпро,Запоріжжя,Вінниця,Чернігів,Рівне,Тернопіль",
    },
];

/// What the words of the first line are, and how the cells are parted.
const HEADS: [(&str, char); 2] = [
    ("customer_id,name,town,orders", ','),
    ("Nr;Name;Stadt;Umsatz", ';'),
];

fn file_of(people: &People, rows: usize, seed: u64) -> String {
    let mut rng = Rng::new(seed);
    let (head, mark) = HEADS[(seed % 2) as usize];
    let words =
        |list: &'static str| -> Vec<&'static str> { list.split(',').map(str::trim).collect() };
    let (names, towns) = (words(people.names), words(people.towns));
    let mut text = head.to_owned() + "\r\n";
    for row in 0..rows {
        // Given names and surnames are drawn apart, as many are in long files.
        let (given, sur) = (names[rng.below(names.len())], names[rng.below(names.len())]);
        let given = given.split(' ').next().unwrap_or_default();
        let sur = sur.split_once(' ').map_or(sur, |(_, sur)| sur);
        let town = towns[rng.below(towns.len())];
        let money = rng.below(9_000);
        write!(
            text,
            "{row}{mark}{given} {sur}{mark}{town}{mark}{money}\r\n"
        )
        .unwrap();
    }
    text
}

/// What a file is read as.
fn read(bytes: &[u8]) -> (String, &'static str) {
    let Ok(Reading::As(encoding)) = guess(&mut { bytes }) else {
        return (String::new(), "UTF-8");
    };
    (encoding.decode(bytes).0.into_owned(), encoding.name())
}

#[test]
fn names_and_towns_are_read_as_they_were_written() {
    let mut wrong = Vec::new();
    for people in &PEOPLE {
        let encoding = Encoding::for_label(people.encoding.as_bytes()).unwrap();
        for (rows, seeds) in [(30, 12), (300, 4)] {
            for seed in 0..seeds {
                let text = file_of(people, rows, seed);
                let (bytes, _, lacks_some) = encoding.encode(&text);
                assert!(!lacks_some, "{}: {text}", people.language);
                let (found, name) = read(&bytes);
                if found != text {
                    let language = people.language;
                    wrong.push(format!("{language}, {rows} rows, seed {seed}: {name}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A few words beyond ASCII among many without: they are Western ones unless they say otherwise.
#[test]
fn a_few_western_words_among_ascii_are_read_as_they_were_written() {
    let mut wrong = Vec::new();
    let mut try_file = |what: &str, cells: &[&str], seed: u64| {
        let mut rng = Rng::new(seed);
        let mut text = "id,name,town,spend\n".to_owned();
        for row in 0..40 {
            let cell = if row % 7 == 3 {
                cells[rng.below(cells.len())]
            } else {
                "Anna Hansen"
            };
            writeln!(text, "{row},{cell},Berlin,{}", rng.below(900)).unwrap();
        }
        let encoding = Encoding::for_label(b"windows-1252").unwrap();
        let (bytes, _, _) = encoding.encode(&text);
        // One byte alone is damage.
        if bytes.iter().filter(|byte| !byte.is_ascii()).count() == 1 {
            return;
        }
        let (found, name) = read(&bytes);
        if found != text {
            wrong.push(format!("{what} {cells:?}: {name}"));
        }
    };
    let letters = "ØåéøæÅÆäöüßñçèêàãõôíóúáûîïëÄÖÜÉ";
    for letter in letters.chars() {
        let cells = [
            letter.to_string(),
            format!("{letter} 1"),
            format!("{letter}l"),
            format!("{letter}-x"),
        ];
        for cell in &cells {
            try_file("letter", &[cell], 1);
        }
    }
    try_file("letters", &["Ø", "å", "é"], 1);
    try_file("letters", &["Ø kurv", "få køb", "café"], 1);
    let western = PEOPLE.iter().filter(|it| it.encoding == "windows-1252");
    for people in western {
        let words: Vec<&str> = people
            .names
            .split(',')
            .chain(people.towns.split(','))
            .collect();
        for seed in 0..60 {
            let mut rng = Rng::new(seed);
            let n = 1 + rng.below(4);
            let cells: Vec<&str> = (0..n)
                .map(|_| words[rng.below(words.len())].trim())
                .collect();
            if !cells.concat().is_ascii() {
                try_file(people.language, &cells, seed);
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
