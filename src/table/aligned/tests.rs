//! Listings of statistics programs, made with all kinds of gaps, beside the same rows as CSV.

use std::fmt::Write;

use super::*;
use crate::numeric::Rng;
use crate::table::{Oddity, ReadOptions, Table, Warning, read_csv, read_table};

/// How a listing is laid out.
#[allow(clippy::struct_excessive_bools, reason = "each is tried with each")]
#[derive(Clone, Copy, Debug)]
struct Style {
    has_header: bool,
    /// Under the header: none, dashes per column, one line of dashes.
    ruler: usize,
    has_title: bool,
    /// Whether texts stand at the right of their columns and numbers at the left.
    is_mirrored: bool,
    has_gaps: bool,
    /// Blanks between columns at least.
    gap: usize,
    /// Whether lines are padded to 80 characters.
    is_padded: bool,
    n: usize,
}

const NAMES: [&str; 5] = ["customer", "full name", "date", "orders", "spend"];

fn rows(style: Style, rng: &mut Rng) -> Vec<Vec<String>> {
    let first = ["Ann", "Roberta", "Žofie", "Li", "Maximilian"];
    let last = ["Lee", "Montgomery", "Ünal", "O"];
    let row = |at: usize| {
        let mut cells = vec![
            format!("{:05}", at * 37 + 11),
            format!("{} {}", first[rng.below(5)], last[rng.below(4)]),
            format!("2024-{:02}-{:02}", 1 + rng.below(12), 1 + rng.below(28)),
            (1 + rng.below(200)).to_string(),
            format!("{:.2}", rng.uniform() * 10_f64.powi(rng.below(5) as i32)),
        ];
        if style.has_gaps && rng.below(4) == 0 {
            cells[1 + rng.below(4)].clear();
        }
        cells
    };
    (0..style.n).map(row).collect()
}

fn listing(rows: &[Vec<String>], style: Style) -> String {
    let names: Vec<String> = NAMES.map(str::to_owned).to_vec();
    let with_names = || rows.iter().chain(style.has_header.then_some(&names));
    let length = |cell: &String| cell.chars().count();
    let width = |at: usize| with_names().map(|row| length(&row[at])).max().unwrap();
    let widths: Vec<usize> = (0..NAMES.len()).map(width).collect();
    let line = |cells: &[String]| {
        let mut line = String::new();
        for (at, cell) in cells.iter().enumerate() {
            let blanks = " ".repeat(widths[at] - length(cell));
            let is_right = (at != 1) != style.is_mirrored;
            line += &" ".repeat(if at > 0 { style.gap } else { 0 });
            line += &if is_right {
                blanks + cell
            } else {
                cell.clone() + &blanks
            };
        }
        if style.is_padded {
            format!("{line:<80}\n")
        } else {
            line.trim_end().to_owned() + "\n"
        }
    };
    let mut text = String::new();
    if style.has_title {
        text += "                      The System of Listings, page 1\n\n";
    }
    if style.has_header {
        text += &line(&names);
        text += &match style.ruler {
            0 => String::new(),
            1 => line(&widths.iter().map(|n| "-".repeat(*n)).collect::<Vec<_>>()),
            _ => "-".repeat(70) + "\n",
        };
    }
    rows.iter().for_each(|row| text += &line(row));
    text
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    let row = |row: usize| {
        let columns = table.columns.iter();
        columns.map(|it| it.cell(row).into_owned()).collect()
    };
    (0..table.n_rows()).map(row).collect()
}

#[test]
fn listings_of_all_styles_give_back_their_rows() {
    let mut rng = Rng::new(16);
    for round in 0..384 {
        let style = Style {
            has_header: round % 4 > 0,
            ruler: round / 4 % 3,
            has_title: round % 4 > 0 && round / 12 % 2 == 1,
            is_mirrored: round / 24 % 2 == 1,
            has_gaps: round / 48 % 2 == 1,
            gap: 1 + round / 96 % 2,
            is_padded: round / 192 % 2 == 1,
            n: [24, 40, 700][round % 3],
        };
        let rows = rows(style, &mut rng);
        let text = listing(&rows, style);
        let table = read_csv(text.as_bytes()).unwrap();
        let start: String = text.lines().take(8).collect::<Vec<_>>().join("\n");
        assert_eq!(table.columns.len(), NAMES.len(), "{style:?}\n{start}");
        assert_eq!(table.format.header, style.has_header, "{style:?}\n{start}");
        if style.has_header {
            let names: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
            assert_eq!(names, NAMES, "{style:?}\n{start}");
        }
        assert_eq!(cells(&table), rows, "{style:?}\n{start}");
    }
}

#[test]
fn four_names_over_numbers_in_runs_of_blanks_are_four_columns() {
    let mut rng = Rng::new(5);
    let mut text = "customer_id date number_of_cds dollar_value\n".to_owned();
    let mut sum = 0.0;
    for at in 0..3_000 {
        // Few orders are large, all of them beyond the sample.
        let pieces = if at < 2_000 {
            1 + rng.below(9)
        } else {
            1 + rng.below(900)
        };
        let cents = 1 + rng.below(if at < 2_000 { 9_999 } else { 999_999_999 });
        sum += cents as f64 / 100.0;
        let (day, money) = (1 + rng.below(28), cents as f64 / 100.0);
        let customer = at / 3 + 1;
        writeln!(
            text,
            " {customer:05} 199701{day:02} {pieces:>2} {money:>7.2}"
        )
        .unwrap();
    }
    let table = read_csv(text.as_bytes()).unwrap();
    assert_eq!(table.columns.len(), 4);
    assert_eq!(table.columns[3].name, "dollar_value");
    let found: f64 = table.columns[3].numbers.iter().sum();
    assert!((found - sum).abs() < 1e-3, "{found} {sum}");
    assert!(table.columns.iter().all(|column| column.missing == 0));
}

#[test]
fn blanks_that_align_nothing_part_by_their_runs() {
    let text = "id   income spend\n1 20.5    3\n22    4  17.25\n333  1 2\n4   17.75 9\n";
    let table = read_csv(text.as_bytes()).unwrap();
    assert_eq!(table.columns.len(), 3);
    assert_eq!(*table.columns[2].numbers, [3.0, 17.25, 2.0, 9.0]);
}

#[test]
fn row_names_without_a_head_and_pages_with_the_header_again_are_understood() {
    let r = "     age spend   city\n1     31  12.5   Bonn\n2     45 180.0 Berlin\n10    52   3.5   Köln\n11    38   9.0   Bonn\n";
    let table = read_csv(r.as_bytes()).unwrap();
    let names: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Column 1", "age", "spend", "city"]);
    assert_eq!(*table.columns[2].numbers, [12.5, 180.0, 3.5, 9.0]);
    let page = |from: usize| {
        let rows = (from..from + 20).map(|at| format!("{at:>3}   {:>6}.50\n", at * at));
        "Obs       spend\n\n".to_owned() + &rows.collect::<String>()
    };
    let table = read_csv((page(1) + "\n\u{c}" + &page(21)).as_bytes()).unwrap();
    assert_eq!((table.n_rows(), table.columns.len()), (40, 2));
    let again = Warning::Lines {
        oddity: Oddity::HeaderAgain,
        count: 1,
        lines: vec![24],
    };
    assert!(table.warnings.contains(&again), "{:?}", table.warnings);
}

#[test]
fn a_longer_value_keeps_its_digits_and_letters() {
    let cut = |line: &str| {
        let alignment = Alignment::Cuts([6, 12].into());
        let cells = alignment.cells(line).into_iter();
        let cells = cells.map(|cell| String::from_utf8_lossy(cell).into_owned());
        cells.collect::<Vec<String>>().join("|")
    };
    assert_eq!(cut("Ann      1    2"), "Ann|1|2");
    assert_eq!(cut("Annabelle 1    2"), "Annabelle|1|2");
    assert_eq!(cut("Ann  123456789 "), "Ann|123456789|");
    assert_eq!(cut("Žofie      1"), "Žofie|1|");
    assert_eq!(cut(""), "||");
}

#[test]
fn text_that_is_no_listing_stays_one_column() {
    for text in [
        "name\nAnn Lee\nBob Ray\nTim Fox\n",
        "answer\nvery  good\nnot so good\nbad\nI do not  know\n",
        "Dear all,\n\n  this is a letter  with blanks.\n  It has   some lines,\n  and no table.\n",
    ] {
        let table = read_csv(text.as_bytes()).unwrap();
        assert_eq!(table.columns.len(), 1, "{text}");
    }
}

/// Every separator, with each other one within the cells: no cell is lost.
#[test]
fn no_reading_that_loses_cells_is_taken_while_another_keeps_them() {
    let separators = [",", ";", "\t", "|", "^", "~", "  "];
    let mut rng = Rng::new(23);
    for separator in separators {
        for other in separators.iter().chain(&[" "]) {
            if *other == separator || other.trim().is_empty() && separator.trim().is_empty() {
                continue;
            }
            let mut text = ["code", "texts", "spend"].join(separator) + "\n";
            for at in 0..40 {
                let words = (0..=rng.below(6)).map(|_| "ab".repeat(1 + rng.below(3)));
                let words: Vec<String> = words.collect();
                let words = words.join(other);
                text += &[format!("k{at}"), words, format!("{at}.5")].join(separator);
                text += "\n";
            }
            let table = read_csv(text.as_bytes()).unwrap();
            let n_cells = table.columns.len();
            assert_eq!(n_cells, 3, "{separator:?} {other:?}\n{text}");
            assert_eq!(table.columns[2].cell(39), "39.5");
        }
    }
}

#[test]
fn a_separator_that_is_chosen_is_obeyed() {
    let style = Style {
        has_header: true,
        ruler: 0,
        has_title: false,
        is_mirrored: false,
        has_gaps: true,
        gap: 2,
        is_padded: false,
        n: 20,
    };
    let text = listing(&rows(style, &mut Rng::new(1)), style);
    let read = |delimiter: char| {
        let delimiter = Some(delimiter);
        let options = ReadOptions {
            delimiter,
            ..ReadOptions::default()
        };
        read_table(&mut text.as_bytes(), &options, &mut |_| ()).unwrap()
    };
    assert_eq!(read(' ').columns.len(), 5);
    assert_eq!(read(';').columns.len(), 1);
    assert_eq!(read_csv(text.as_bytes()).unwrap().format.delimiter, ' ');
}
