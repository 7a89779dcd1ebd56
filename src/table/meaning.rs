//! What the name of a column says it is about: the one table that reading, bands, names of segments and rules of advice share. What a
//! column holds by its name and its values together is decided in `content`.

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// What somebody earns.
    Income,
    /// What somebody spends or buys.
    Spending,
    /// How long somebody has not been here.
    Recency,
    /// Who somebody is rather than what they do: it describes segments, but rarely makes them.
    Person,
    /// The key of a row, or a code of a person: no quantity.
    Identifier,
    /// What was decided before, or by nobody: no offer changes it.
    Past,
    /// A segment of an earlier analysis.
    Label,
}

/// How the words of a meaning are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// Anywhere in the name: `spend` is in `Spending score`.
    Within,
    /// As a word of the name: `id` is in `CustomerID`, not in `Video`.
    AsWord,
}

/// A line of the table.
struct Line {
    meaning: Meaning,
    /// What rules of advice call it.
    key: &'static str,
    found: Found,
    /// In lower case; those that say it most clearly first.
    words: &'static [&'static str],
}

const TABLE: [Line; 7] = [
    Line {
        meaning: Meaning::Income,
        key: "income",
        found: Found::Within,
        words: &[
            "income",
            "salary",
            "earnings",
            "einkommen",
            "gehalt",
            "revenu annuel",
            "revenus",
            "salaire",
            "ingreso",
            "reddito",
            "inkomen",
            "renda",
            "rendimento",
            "salário",
            "dochód",
            "wynagrodzenie",
        ],
    },
    Line {
        meaning: Meaning::Spending,
        key: "spending",
        found: Found::Within,
        words: &[
            "spend",
            "ausgaben",
            "dépense",
            "depense",
            "gasto",
            "spesa",
            "uitgaven",
            "purchase value",
            "order value",
            "revenue",
            "sales",
            "umsatz",
            "purchases",
            "achats",
            "compras",
            "acquisti",
            "despesa",
            "vendas",
            "faturação",
            "wydatki",
            "sprzedaż",
            "zakupy",
            "obrót",
            "orders",
            "bestellungen",
        ],
    },
    Line {
        meaning: Meaning::Recency,
        key: "recency",
        found: Found::Within,
        words: &[
            "recency",
            "since last",
            "days since",
            "tage seit",
            "jours depuis",
            "last visit",
            "last order",
            "last purchase",
        ],
    },
    Line {
        meaning: Meaning::Person,
        key: "person",
        found: Found::AsWord,
        words: &[
            "age",
            "birth",
            "born",
            "birthday",
            "dob",
            "zip",
            "postcode",
            "alter",
            "âge",
            "edad",
            "età",
            "leeftijd",
            "возраст",
        ],
    },
    Line {
        meaning: Meaning::Identifier,
        key: "identifier",
        found: Found::AsWord,
        words: &[
            "id",
            "ids",
            "uuid",
            "guid",
            "key",
            "code",
            "email",
            "mail",
            "phone",
            "mobile",
            "zip",
            "postcode",
            "customerid",
        ],
    },
    Line {
        meaning: Meaning::Past,
        key: "past",
        found: Found::AsWord,
        words: &[
            "gender",
            "sex",
            "geschlecht",
            "sexe",
            "sesso",
            "geslacht",
            "tenure",
            "since",
            "seit",
            "depuis",
            "signup",
            "registered",
            "registration",
            "joined",
            "enrolled",
            "enrollment",
            "founded",
            "seniority",
        ],
    },
    Line {
        meaning: Meaning::Label,
        key: "label",
        found: Found::AsWord,
        words: &[
            "cluster",
            "clusters",
            "segment",
            "segments",
            "kmeans",
            "label",
            "labels",
            "kundensegment",
            "ségment",
            "segmento",
        ],
    },
];

/// Words of names that most columns could have: they say nothing of what a column is about.
const COMMON: [&str; 20] = [
    "annual", "yearly", "monthly", "weekly", "daily", "score", "total", "average", "avg", "mean",
    "amount", "number", "count", "of", "per", "year", "month", "the", "customer", "value",
];

impl Meaning {
    /// The meaning that rules of advice call so.
    pub fn named(key: &str) -> Option<Self> {
        let line = TABLE.iter().find(|line| line.key == key);
        line.map(|line| line.meaning)
    }

    /// What rules of advice call it.
    pub fn key(self) -> &'static str {
        self.line().key
    }

    /// Whether a column of that name is about it.
    pub fn is_of(self, name: &str) -> bool {
        self.clarity(name).is_some()
    }

    /// How clearly a name says that the column is about it: 0 is clearest; `None` where it does not.
    pub fn clarity(self, name: &str) -> Option<usize> {
        let line = self.line();
        match line.found {
            Found::Within => {
                // `days_since_last_order` is written as `Days since last order` is.
                let (name, spelt) = (name.to_lowercase(), words(name).join(" "));
                let is_in = |word: &&str| name.contains(*word) || spelt.contains(*word);
                line.words.iter().position(is_in)
            }
            Found::AsWord => {
                let words = words(name);
                // A year alone is one of birth; beside other words it may be anything.
                if self == Self::Person && words == ["year"] {
                    return Some(0);
                }
                let is_there = |word: &&str| words.iter().any(|own| own == word);
                line.words.iter().position(is_there)
            }
        }
    }

    fn line(self) -> &'static Line {
        match self {
            Self::Income => &TABLE[0],
            Self::Spending => &TABLE[1],
            Self::Recency => &TABLE[2],
            Self::Person => &TABLE[3],
            Self::Identifier => &TABLE[4],
            Self::Past => &TABLE[5],
            Self::Label => &TABLE[6],
        }
    }
}

/// Whether a word in lower case says nothing of what a column is about.
pub fn is_common_word(word: &str) -> bool {
    COMMON.contains(&word)
}

/// Lower-case words of a name: `CustomerID` and `customer_id` both give `customer id`.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let starts_word = c.is_uppercase() && before.is_lowercase();
        if (starts_word || !c.is_alphanumeric())
            && words.last().is_some_and(|word| !word.is_empty())
        {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(
            words("Annual_Income (k$)"),
            ["annual", "income", "k", ""].map(String::from)
        );
    }

    #[test]
    fn names_say_what_columns_are_about() {
        for (meaning, is_of, is_not) in [
            (
                Meaning::Income,
                ["Annual Income (k$)", "Einkommen"],
                ["Age", "Learning hours"],
            ),
            (
                Meaning::Spending,
                ["Spending Score (1-100)", "Umsatz (EUR)"],
                ["Days since last order", "Credit score"],
            ),
            (
                Meaning::Recency,
                ["Days since last order", "Recency"],
                ["Last name", "Sales"],
            ),
            (
                Meaning::Person,
                ["Age", "Year"],
                ["Page views", "Orders per year"],
            ),
            (
                Meaning::Identifier,
                ["CustomerID", "zip code"],
                ["Video", "Keynotes"],
            ),
        ] {
            assert!(is_of.iter().all(|name| meaning.is_of(name)), "{meaning:?}");
            assert!(
                !is_not.iter().any(|name| meaning.is_of(name)),
                "{meaning:?}"
            );
        }
        let clarity = |name| Meaning::Spending.clarity(name);
        assert!(clarity("Spending") < clarity("Umsatz"));
        assert!(clarity("Umsatz") < clarity("Bestellungen"));
        for name in ["Days since last order", "days_since_last_order"] {
            assert!(Meaning::Recency.clarity(name).is_some(), "{name}");
        }
    }

    #[test]
    fn every_line_is_found_by_its_meaning_and_by_its_key() {
        for line in &TABLE {
            assert_eq!(line.meaning.line().key, line.key);
            assert_eq!(Meaning::named(line.key), Some(line.meaning));
            assert!(line.words.iter().all(|word| *word == word.to_lowercase()));
        }
        assert_eq!(Meaning::named("money"), None);
    }
}
