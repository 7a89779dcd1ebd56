//! What is used where little is left, and that nothing is left out unsaid.

use std::fmt::Write;

use crate::numeric::Rng;
use crate::table::Role::{Feature, Identifier, Profile};
use crate::table::{Remark, Role, Table, Warning, read_csv};

/// Customers with a yes or no and one column of numbers.
fn beside_yes_or_no(name: &str, mut draw: impl FnMut(&mut Rng) -> String) -> Table {
    let mut rng = Rng::new(21);
    let mut text = format!("key,Newsletter,{name}\n");
    for row in 0..120 {
        let answer = ["no", "yes"][rng.below(2)];
        writeln!(text, "K{row:03},{answer},{}", draw(&mut rng)).unwrap();
    }
    read_csv(text.as_bytes()).unwrap()
}

fn is_said(table: &Table, name: &str) -> bool {
    let mut warnings = table.warnings.iter();
    warnings.any(|it| matches!(it, Warning::Remark { column, .. } if column == name))
}

type Draw = fn(&mut Rng) -> String;

#[test]
fn a_number_beside_a_yes_or_no_is_used_or_the_reason_is_said() {
    let columns: [(&str, Draw); 16] = [
        ("Age", |rng| (18 + rng.below(60)).to_string()),
        ("Alter", |rng| (18 + rng.below(60)).to_string()),
        ("Year of birth", |rng| (1940 + rng.below(60)).to_string()),
        ("Tenure", |rng| rng.below(90).to_string()),
        ("Ancienneté", |rng| rng.below(90).to_string()),
        ("Days since signup", |rng| rng.below(900).to_string()),
        ("Age group", |rng| (1 + rng.below(6)).to_string()),
        ("Spending", |rng| format!("{:.2}", 90.0 * rng.uniform())),
        ("Visits", |rng| rng.below(9).to_string()),
        ("Region", |rng| (1 + rng.below(9)).to_string()),
        ("Segment", |rng| rng.below(4).to_string()),
        ("Year", |rng| (2010 + rng.below(12)).to_string()),
        ("Month of start", |rng| (1 + rng.below(12)).to_string()),
        ("Postcode", |rng| (10_000 + rng.below(80_000)).to_string()),
        ("Phone", |rng| {
            (40_000_000 + rng.below(9_000_000)).to_string()
        }),
        ("Fee", |rng| {
            let is_there = rng.below(3) == 0;
            (if is_there {
                rng.below(90).to_string()
            } else {
                String::new()
            }) + ""
        }),
    ];
    for (name, draw) in columns {
        let table = beside_yes_or_no(name, draw);
        let role = table.columns[2].role;
        assert!(
            role == Role::Feature || is_said(&table, name),
            "{name} {role:?}"
        );
        assert!(
            table.columns.iter().any(|it| it.role == Role::Feature),
            "{name}"
        );
    }
}

#[test]
fn who_somebody_is_decides_only_where_nothing_else_does() {
    let roles = |text: &str| -> Vec<Role> {
        let table = read_csv(text.as_bytes()).unwrap();
        table.columns.iter().map(|column| column.role).collect()
    };
    let mut rng = Rng::new(5);
    let mut rows = |head: &str, n: usize| {
        let mut text = head.to_owned() + "\n";
        for row in 0..60 {
            let cells = [18 + rng.below(60), rng.below(2), 100 + rng.below(4_000)];
            let cells = cells[..n].iter().map(ToString::to_string);
            writeln!(text, "K{row},{}", cells.collect::<Vec<_>>().join(",")).unwrap();
        }
        text
    };
    assert_eq!(roles(&rows("key,age", 1)), [Identifier, Feature]);
    assert_eq!(
        roles(&rows("key,age,app", 2)),
        [Identifier, Feature, Feature]
    );
    assert_eq!(
        roles(&rows("key,age,app,spend", 3)),
        [Identifier, Profile, Profile, Feature]
    );
}

#[test]
fn what_remains_without_and_with_a_sparse_column_counts_all_gaps() {
    // Row r misses column r of the first 90, and the last column has a value in the first 40 rows alone.
    let (n_rows, n_columns) = (200, 90);
    let header: Vec<String> = (0..n_columns).map(|at| format!("c{at}")).collect();
    let mut file = format!("{},late\n", header.join(","));
    for row in 0..n_rows {
        for at in 0..n_columns {
            if at != row {
                file += &((row * 31 + at * 17) % 101).to_string();
            }
            file += ",";
        }
        if row < 40 {
            write!(file, "{}.5", row * 7 % 40).unwrap();
        }
        file += "
";
    }
    let table = read_csv(file.as_bytes()).unwrap();
    let about = table.warnings.iter().find_map(|warning| match warning {
        Warning::Remark { column, about } if column == "late" => Some(about.clone()),
        _ => None,
    });
    let wanted = Remark::MostlyEmpty {
        filled: 40,
        kept: n_rows - n_columns,
        with: 0,
    };
    assert_eq!(about, Some(wanted));
}
