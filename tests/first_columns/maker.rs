//! Columns and files to try, with the role that each column has to have.

use seamline::numeric::Rng;
use seamline::table::Role::{self, Feature, Identifier};

/// Rows of a file.
pub const ROWS: usize = 150;

/// A column with what is right for it.
#[derive(Clone)]
pub struct Own {
    /// In the header.
    pub name: String,
    /// In the order of the rows.
    pub cells: Vec<String>,
    /// Its role before anything is chosen.
    pub role: Role,
    /// What is said of it.
    pub says: Vec<&'static str>,
    /// A second line of the header, and one for programs.
    pub question: Option<String>,
}

impl Own {
    pub fn of(name: &str, role: Role, cell: impl FnMut(usize) -> String) -> Self {
        Self {
            name: name.to_owned(),
            cells: (0..ROWS).map(cell).collect(),
            role,
            says: Vec::new(),
            question: None,
        }
    }

    pub fn saying(mut self, what: &'static str) -> Self {
        self.says.push(what);
        self
    }
}

/// A file.
#[derive(Clone)]
pub struct File {
    /// Its kind and language.
    pub name: String,
    /// In the order of the file.
    pub columns: Vec<Own>,
}

impl File {
    /// Its bytes; several lines of header where the columns have questions.
    pub fn text(&self) -> String {
        let line = |cell: &dyn Fn(&Own) -> String| {
            let cells = self
                .columns
                .iter()
                .map(|column| cell(column).replace('"', "\"\""));
            let cells: Vec<String> = cells.map(|cell| format!("\"{cell}\"")).collect();
            cells.join(";") + "\n"
        };
        let mut text = String::new();
        if self.columns.iter().any(|column| column.question.is_some()) {
            text += &line(&|column| {
                column
                    .name
                    .split_once(' ')
                    .map_or(String::new(), |it| it.0.to_owned())
            });
            text += &line(&|column| {
                column
                    .name
                    .split_once(' ')
                    .map_or(String::new(), |it| it.1.to_owned())
            });
            text += &line(&|column| column.question.clone().unwrap_or_default());
        } else {
            text += &line(&|column| column.name.clone());
        }
        for row in 0..ROWS {
            text += &line(&|column| column.cells[row].clone());
        }
        text
    }
}

/// A kind of files, with the columns of one.
pub type Kind = (&'static str, Vec<Own>);

/// English, German, French, Spanish, Italian.
pub type Words = [&'static str; 5];
pub const LANGUAGES: Words = ["en", "de", "fr", "es", "it"];
pub const AMOUNT: Words = ["Spending", "Umsatz", "Dépenses", "Gasto", "Spesa"];
pub const COUNT: Words = ["Orders", "Bestellungen", "Commandes", "Pedidos", "Ordini"];

/// What the files of one language are made of.
pub struct Maker {
    /// Its place among the languages.
    pub language: usize,
    /// Seeded.
    pub rng: Rng,
}

impl Maker {
    pub fn word(&self, words: Words) -> &'static str {
        words[self.language]
    }

    /// With the decimal sign of the language.
    pub fn decimal(&self, x: f64, decimals: usize) -> String {
        let text = format!("{x:.decimals$}");
        if self.language == 0 {
            text
        } else {
            text.replace('.', ",")
        }
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.rng.below(n)
    }

    pub fn amounts(&mut self) -> Vec<f64> {
        let amount = |_| ((self.rng.normal().abs() * 240.0 + 20.0) * 100.0).round() / 100.0;
        (0..ROWS).map(amount).collect()
    }

    pub fn money(&mut self) -> Own {
        let values = self.amounts();
        self.written(self.word(AMOUNT), &values, 2)
    }

    pub fn written(&self, name: &str, values: &[f64], decimals: usize) -> Own {
        Own::of(name, Feature, |row| self.decimal(values[row], decimals))
    }

    pub fn counted(&mut self, name: &str, most: usize) -> Own {
        Own::of(name, Feature, |_| self.below(most).to_string())
    }

    pub fn count(&mut self) -> Own {
        self.counted(self.word(COUNT), 37)
    }

    /// Different whole numbers in no order.
    pub fn ids(&mut self, name: &str, first: usize) -> Own {
        let mut ids: Vec<usize> = (0..ROWS).map(|at| first + at * 17).collect();
        for at in (1..ROWS).rev() {
            ids.swap(at, self.below(at + 1));
        }
        Own::of(name, Identifier, |row| ids[row].to_string())
    }

    /// One of so many whole numbers from the first.
    pub fn codes(&mut self, name: &str, role: Role, first: usize, n: usize) -> Own {
        Own::of(name, role, |_| (first + self.below(n)).to_string())
    }

    /// Empty but for a few rows.
    pub fn sparse(mut own: Own, role: Role) -> Own {
        for (row, cell) in own.cells.iter_mut().enumerate() {
            if row % 8 != 3 {
                cell.clear();
            }
        }
        own.role = role;
        own
    }
}
