//! The file and how it was read, each decision open to another choice.

use leptos::prelude::*;

use crate::result::Dataset;
use crate::table::{ColumnKind, Decimal, ENCODINGS, Header, ReadOptions};
use crate::ui::files;
use crate::ui::state::AppState;
use crate::ui::widgets::{escaped, joined};
use crate::words::{plural, size};

/// What choosing an option changes.
type Change = Box<dyn Fn(&mut ReadOptions, usize)>;

/// One decision: its name, what can be chosen instead, which of it is in force.
struct Choice {
    name: &'static str,
    id: &'static str,
    options: Vec<String>,
    chosen: usize,
    change: Change,
}

const SEPARATORS: [(char, &str); 5] = [
    (',', "Comma"),
    (';', "Semicolon"),
    ('\t', "Tab"),
    ('|', "Bar"),
    (' ', "Space"),
];
/// The byte that no text holds stands for no quotes at all.
const QUOTES: [(char, &str); 3] = [('"', "Double: \""), ('\'', "Single: '"), ('\0', "None")];
const DECIMALS: [(Option<Decimal>, &str); 3] = [
    (None, "By column"),
    (Some(Decimal::Point), "Point: 12.5"),
    (Some(Decimal::Comma), "Comma: 12,5"),
];
/// Lines offered for the header.
const HEADER_LINES: usize = 12;

/// The rail of the review.
pub(super) fn reading(dataset: &Dataset) -> impl IntoView + use<> {
    let state = AppState::use_context();
    let choices = choices(dataset);
    let select = move |choice: Choice| {
        let Choice {
            name,
            id,
            options,
            chosen,
            change,
        } = choice;
        let options = options.into_iter().enumerate().map(|(i, words)| {
            let is_chosen = if i == chosen { " selected" } else { "" };
            format!("<option value={i}{is_chosen}>{}</option>", escaped(&words))
        });
        let options = joined(options);
        let on_change = move |event| {
            if let Ok(option) = event_target_value(&event).parse() {
                state.read_again(|reading| change(reading, option));
            }
        };
        view! {
            <label class="review__choice"><span>{name}</span>
                <select class="field field--small" data-testid=format!("read-{id}") inner_html=options on:change=on_change></select>
            </label>
        }
    };
    let is_changed = dataset.reading != ReadOptions::default();
    view! {
        <aside class="rail review__file" aria-label="File">
            <section>
                <h2>"File"<button class="link" on:click=move |_| files::choose()>"Open another"</button></h2>
                <p class="review__name" data-testid="file-name">{dataset.name.clone()}</p>
                <p class="caption">{format!("{}, {}, {}", plural(dataset.n_rows, "row", "rows"), plural(dataset.columns.len(), "column", "columns"), size(dataset.size_bytes))}</p>
            </section>
            <section>
                <h2>"How it was read"{is_changed.then(|| view! { <button class="link" data-testid="read-reset" on:click=move |_| state.read_again(|reading| *reading = ReadOptions::default())>"Reset"</button> })}</h2>
                {choices.into_iter().map(select).collect::<Vec<_>>()}
                <p class="caption">{thousands(dataset)}</p>
                <p class="caption">"Every change reads the file again."</p>
            </section>
            <section>
                <h2>"Counts as missing"</h2>
                <p class="marks"><code>"empty"</code><code>"?"</code><code>"-"</code><code>"NA"</code><code>"n/a"</code><code>"NULL"</code><code>"NaN"</code><code>"none"</code></p>
            </section>
        </aside>
    }
}

fn choices(dataset: &Dataset) -> Vec<Choice> {
    let format = &dataset.format;
    let mut choices = Vec::new();
    if let Some(sheet) = &format.sheet {
        let sheets = format.sheets.clone();
        choices.push(Choice {
            name: "Sheet",
            id: "sheet",
            chosen: sheets.iter().position(|name| name == sheet).unwrap_or(0),
            options: sheets.clone(),
            change: Box::new(move |reading, option| {
                *reading = ReadOptions {
                    sheet: sheets.get(option).cloned(),
                    ..ReadOptions::default()
                };
            }),
        });
    } else {
        let mut encodings: Vec<String> = ENCODINGS.map(str::to_owned).to_vec();
        let chosen = place(&mut encodings, &format.encoding);
        choices.push(Choice {
            name: "Encoding",
            id: "encoding",
            options: encodings.clone(),
            chosen,
            change: Box::new(move |reading, option| {
                reading.encoding = encodings.get(option).cloned();
            }),
        });
        choices.push(of_bytes(
            "Separator",
            "separator",
            &SEPARATORS,
            format.delimiter,
            |reading, byte| reading.delimiter = Some(byte),
        ));
        choices.push(of_bytes(
            "Quotes",
            "quotes",
            &QUOTES,
            format.quote,
            |reading, byte| reading.quote = Some(byte),
        ));
    }
    let mut lines: Vec<Option<u64>> = vec![None];
    let first = dataset.excerpts.iter().take(HEADER_LINES);
    lines.extend(first.map(|excerpt| Some(excerpt.line)));
    if !lines.contains(&format.header_line) {
        lines.push(format.header_line);
    }
    choices.push(Choice {
        name: "Header",
        id: "header",
        options: lines
            .iter()
            .map(|line| line.map_or("None".into(), |line| format!("Line {line}")))
            .collect(),
        chosen: lines
            .iter()
            .position(|line| *line == format.header_line)
            .unwrap_or(0),
        change: Box::new(move |reading, option| {
            let line = lines.get(option).copied().flatten();
            reading.header = Some(line.map_or(Header::None, Header::Line));
        }),
    });
    let decimal = dataset.reading.decimal;
    choices.push(Choice {
        name: "Decimal sign",
        id: "decimal",
        options: DECIMALS.map(|(_, words)| words.to_owned()).to_vec(),
        chosen: DECIMALS
            .iter()
            .position(|(sign, _)| *sign == decimal)
            .unwrap_or(0),
        change: Box::new(|reading, option| {
            reading.decimal = DECIMALS.get(option).and_then(|(sign, _)| *sign);
            reading.decimals.clear();
        }),
    });
    choices
}

/// A choice among bytes; one that is not usual but was found is offered too.
fn of_bytes(
    name: &'static str,
    id: &'static str,
    usual: &[(char, &str)],
    found: char,
    set: impl Fn(&mut ReadOptions, char) + 'static,
) -> Choice {
    let mut bytes: Vec<char> = usual.iter().map(|(byte, _)| *byte).collect();
    let mut options: Vec<String> = usual.iter().map(|(_, words)| (*words).to_owned()).collect();
    if !bytes.contains(&found) {
        bytes.push(found);
        options.push(format!("{}", found.escape_default()));
    }
    Choice {
        name,
        id,
        options,
        chosen: bytes.iter().position(|byte| *byte == found).unwrap_or(0),
        change: Box::new(move |reading, option| {
            if let Some(&byte) = bytes.get(option) {
                set(reading, byte);
            }
        }),
    }
}

/// Where a name stands in a list; it is added where it does not.
fn place(names: &mut Vec<String>, name: &str) -> usize {
    names
        .iter()
        .position(|other| other.eq_ignore_ascii_case(name))
        .unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        })
}

/// How thousands are told apart, which follows from the decimal sign.
fn thousands(dataset: &Dataset) -> &'static str {
    let numbers = dataset
        .columns
        .iter()
        .filter(|column| column.kind == ColumnKind::Number);
    let (mut points, mut commas) = (false, false);
    // Whole numbers say nothing of it.
    for column in numbers {
        points |= column.decimal == Decimal::Point && !column.whole;
        commas |= column.decimal == Decimal::Comma;
    }
    match (points, commas) {
        (true, true) => {
            "Columns differ in their decimal sign; the other sign, a space or ’ groups thousands."
        }
        (false, true) => "The decimal sign is a comma: a point, a space or ’ groups thousands.",
        _ => "The decimal sign is a point: a comma, a space or ’ groups thousands.",
    }
}
