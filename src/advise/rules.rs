//! Rules of advice from an editable file: a table with one rule per line.
//!
//! ```text
//! for            segment | contested
//! column         words, separated by "|"; one of them must occur in the name of a column; @income, @spending or @recency: what the
//!                program knows the column as; empty: no condition
//! level          low | middle | high | any
//! other_column   as column, for a second condition
//! other_level    as level
//! action         what to do
//! why            the reason
//! ```
//!
//! The first rule whose conditions hold is proposed, followed by the others that hold. Conditions recognise columns of money by
//! words in their names; without such columns, customers get the rule without conditions.

use serde::{Deserialize, Serialize};

use crate::explain::{Level, Trait};
use crate::table::{Meaning, Table, read_csv};

/// The rules that come with the program.
pub const STANDARD_RULES: &str = include_str!("rules.csv");

/// The largest number of rules.
const MOST_RULES: usize = 1_000;

/// The customers a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// All customers of a segment.
    Segment,
    /// A customer whom the models place differently.
    Contested,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Condition {
    /// Lower case.
    words: Vec<String>,
    /// Absent: any level.
    level: Option<Level>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Line of the file.
    pub line: u64,
    /// The customers it is about.
    pub audience: Audience,
    /// What to do.
    pub action: String,
    /// Why.
    pub why: String,
    conditions: Vec<Condition>,
}

/// Why rules cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleError {
    /// It is not a table.
    NoTable,
    /// A column is missing.
    MissingColumn {
        /// Its name.
        column: String,
    },
    /// A cell has an invalid value.
    BadCell {
        /// Line of the file.
        line: u64,
        /// Name of the column.
        column: String,
        /// The value.
        found: String,
    },
    /// Some audience would get no advice: it has no rule without conditions.
    NoFallback {
        /// The audience.
        audience: Audience,
    },
    /// There are too many rules.
    TooMany {
        /// The largest number allowed.
        max: usize,
    },
}

/// The proposal of a rule, with the columns it is based on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// The rule.
    pub rule: Rule,
    /// Names of the columns that met its conditions; none for the rule without conditions.
    pub columns: Vec<String>,
}

/// Reads rules from a table.
///
/// # Errors
/// [`RuleError`] with line and column.
pub fn read_rules(text: &str) -> Result<Vec<Rule>, RuleError> {
    let table = read_csv(text.as_bytes()).map_err(|_| RuleError::NoTable)?;
    if table.n_rows() > MOST_RULES {
        return Err(RuleError::TooMany { max: MOST_RULES });
    }
    let rules: Vec<Rule> = (0..table.n_rows())
        .map(|row| Cells { table: &table, row }.rule())
        .collect::<Result<_, _>>()?;
    for audience in [Audience::Segment, Audience::Contested] {
        let is_fallback = |rule: &Rule| rule.audience == audience && rule.conditions.is_empty();
        if !rules.iter().any(is_fallback) {
            return Err(RuleError::NoFallback { audience });
        }
    }
    Ok(rules)
}

/// A line of the table.
struct Cells<'a> {
    table: &'a Table,
    row: usize,
}

impl Cells<'_> {
    fn cell(&self, column: &str) -> Result<String, RuleError> {
        let found = self.table.column(column);
        let found = found.ok_or_else(|| RuleError::MissingColumn {
            column: column.to_owned(),
        })?;
        Ok(found.cell(self.row).trim().to_owned())
    }

    fn line(&self) -> u64 {
        self.table.lines.get(self.row).unwrap_or(1)
    }

    fn bad(&self, column: &str, found: String) -> RuleError {
        RuleError::BadCell {
            line: self.line(),
            column: column.to_owned(),
            found,
        }
    }

    fn condition(&self, column: &str, level: &str) -> Result<Option<Condition>, RuleError> {
        let words = self.cell(column)?.to_lowercase();
        if words.is_empty() {
            return Ok(None);
        }
        let mut meanings = words
            .split('|')
            .filter_map(|word| word.trim().strip_prefix('@'));
        if meanings.any(|key| Meaning::named(key).is_none()) {
            return Err(self.bad(column, words));
        }
        let said = self.cell(level)?;
        let level = match said.to_lowercase().as_str() {
            "low" => Some(Level::Low),
            "middle" => Some(Level::Middle),
            "high" => Some(Level::High),
            "any" => None,
            _ => return Err(self.bad(level, said)),
        };
        let words = words.split('|').map(|word| word.trim().to_owned());
        Ok(Some(Condition {
            words: words.filter(|word| !word.is_empty()).collect(),
            level,
        }))
    }

    fn rule(&self) -> Result<Rule, RuleError> {
        let said = self.cell("for")?;
        let audience = match said.to_lowercase().as_str() {
            "segment" => Audience::Segment,
            "contested" => Audience::Contested,
            _ => return Err(self.bad("for", said)),
        };
        let action = self.cell("action")?;
        if action.is_empty() {
            return Err(self.bad("action", action));
        }
        let conditions = [
            self.condition("column", "level")?,
            self.condition("other_column", "other_level")?,
        ];
        Ok(Rule {
            line: self.line(),
            audience,
            action,
            why: self.cell("why")?,
            conditions: conditions.into_iter().flatten().collect(),
        })
    }
}

/// What the rules propose for these traits, in the order of the file; a rule without conditions always applies.
pub fn advice_for(rules: &[Rule], audience: Audience, traits: &[Trait]) -> Vec<Advice> {
    let meets = |condition: &Condition| {
        let met = traits.iter().find(|it| {
            let name = it.column.to_lowercase();
            let is_named = condition.words.iter().any(|word| {
                let meaning = word.strip_prefix('@').and_then(Meaning::named);
                meaning.map_or_else(|| name.contains(word), |meaning| meaning.is_of(&name))
            });
            is_named && condition.level.is_none_or(|level| level == it.level)
        });
        met.map(|it| it.column.clone())
    };
    let of_audience = rules.iter().filter(|rule| rule.audience == audience);
    let advice = of_audience.filter_map(|rule| {
        let columns = rule.conditions.iter().map(meets).collect::<Option<_>>()?;
        Some(Advice {
            rule: rule.clone(),
            columns,
        })
    });
    advice.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    fn traits(of: &[(&str, Level)]) -> Vec<Trait> {
        let of = of.iter();
        of.map(|(column, level)| Trait {
            column: (*column).to_owned(),
            level: *level,
        })
        .collect()
    }

    #[test]
    fn the_standard_rules_are_read_and_the_first_that_holds_goes_first() {
        let rules = read_rules(STANDARD_RULES).unwrap();
        assert!(rules.len() > 8);
        let found = |of: &[(&str, Level)]| advice_for(&rules, Audience::Segment, &traits(of));
        let careful = found(&[
            ("Annual Income (k$)", Level::High),
            ("Spending Score (1-100)", Level::Low),
        ]);
        assert!(
            careful[0].rule.action.starts_with("Incentive"),
            "{careful:?}"
        );
        assert_eq!(
            careful[0].columns,
            ["Annual Income (k$)", "Spending Score (1-100)"]
        );
        assert!(careful.len() >= 3, "others are offered beside it");
        // Columns that only look like money or spending do not count.
        for column in ["Days since last order", "Learning hours", "Credit score"] {
            let low = found(&[(column, Level::Low)]);
            assert!(
                low[0].rule.action.starts_with("Test a message"),
                "{column} {low:?}"
            );
        }
        let gone = found(&[("Days since last order", Level::High)]);
        assert!(gone[0].rule.action.starts_with("Win back"));
        let german = found(&[("Bestellungen", Level::High), ("Umsatz (EUR)", Level::High)]);
        assert!(german[0].rule.action.starts_with("Loyalty"));
        let french = found(&[("Revenus annuels", Level::High), ("Dépenses", Level::Low)]);
        assert!(french[0].rule.action.starts_with("Incentive"));
        // Without columns of money: neutral words, based on no column.
        let flowers = found(&[("Petal length", Level::High), ("Sepal width", Level::Low)]);
        assert_eq!((flowers.len(), flowers[0].columns.len()), (1, 0));
        assert!(flowers[0].rule.action.starts_with("Test a message"));
        let between = advice_for(
            &rules,
            Audience::Contested,
            &traits(&[("income", Level::Middle), ("spending", Level::Low)]),
        );
        assert!(between[0].rule.action.contains("choose"), "{between:?}");
    }

    #[test]
    fn no_reason_says_more_than_the_columns_of_its_rule() {
        let rules = read_rules(STANDARD_RULES).unwrap();
        let why = |audience, of: &[(&str, Level)]| {
            let advice = advice_for(&rules, audience, &traits(of));
            let mut whys = String::new();
            advice.iter().for_each(|it| whys += &it.rule.why);
            whys
        };
        // Orders and purchases are counted as spending, but are not money.
        for level in [Level::Low, Level::Middle, Level::High] {
            for income in [Level::Low, Level::Middle, Level::High] {
                for audience in [Audience::Segment, Audience::Contested] {
                    let of = why(audience, &[("Orders", level), ("Income", income)]);
                    assert!(
                        !of.contains("y spend") && !of.contains("could spend"),
                        "{of}"
                    );
                }
            }
        }
        let gone = why(Audience::Segment, &[("Days since last order", Level::High)]);
        assert!(gone.contains("is long ago"), "{gone}");
    }

    #[test]
    fn what_is_wrong_in_a_file_is_named() {
        let read = |text: &str| read_rules(text).unwrap_err();
        assert_eq!(read(""), RuleError::NoTable);
        let head = "for,column,level,other_column,other_level,action,why\n";
        assert_eq!(
            read(&format!("{head}segment,,,,,Call,because\n")),
            RuleError::NoFallback {
                audience: Audience::Contested
            }
        );
        assert_eq!(
            read(&format!(
                "{head}segment,income,tall,,,Call,because\ncontested,,,,,Wait,so\n"
            )),
            RuleError::BadCell {
                line: 2,
                column: "level".into(),
                found: "tall".into()
            }
        );
        assert_eq!(
            read(&format!(
                "{head}segment,income|@wealth,low,,,Call,because\ncontested,,,,,Wait,so\n"
            )),
            RuleError::BadCell {
                line: 2,
                column: "column".into(),
                found: "income|@wealth".into()
            }
        );
        assert_eq!(
            read("for,action,why\nsegment,Call,so\ncontested,Wait,so\n"),
            RuleError::MissingColumn {
                column: "column".into()
            }
        );
    }
}
