//! The file and how it was read, each decision open to another choice.

use leptos::prelude::*;

use crate::result::Dataset;
use crate::table::{ColumnKind, Decimal, ENCODINGS, Header, ReadOptions};
use crate::ui::files;
use crate::ui::state::AppState;
use crate::ui::widgets::places_html;
use crate::words::reading::{
    COUNTS_AS_MISSING, HOW_IT_WAS_READ, MISSING_MARKS, READS_AGAIN, RESET, Reading, decimal_name,
    quote_name, reading_name, separator_name, thousands_sentence,
};
use crate::words::review::{FILE, OPEN_ANOTHER, file_words, header_name};

/// What choosing an option changes.
type Change = Box<dyn Fn(&mut ReadOptions, usize)>;

/// One decision: its name, what can be chosen instead, which of it is in force.
struct Choice {
    name: Reading,
    id: &'static str,
    options: Vec<String>,
    chosen: usize,
    change: Change,
}

const SEPARATORS: [char; 5] = [',', ';', '\t', '|', ' '];
/// The letter that no text holds stands for no quotes at all.
const QUOTES: [char; 3] = ['"', '\'', '\0'];
const DECIMALS: [Option<Decimal>; 3] = [None, Some(Decimal::Point), Some(Decimal::Comma)];
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
        let options = places_html(options.iter().map(String::as_str), Some(chosen));
        let on_change = move |event| {
            if let Ok(option) = event_target_value(&event).parse() {
                state.read_again(|reading| change(reading, option));
            }
        };
        view! {
            <label class="review__choice"><span>{reading_name(name)}</span>
                <select class="field field--small" data-testid=format!("read-{id}") inner_html=options on:change=on_change></select>
            </label>
        }
    };
    let is_changed = dataset.reading != ReadOptions::default();
    view! {
        <aside class="rail review__file" aria-label=FILE>
            <section>
                <h2>{FILE}<button class="link" on:click=move |_| files::choose()>{OPEN_ANOTHER}</button></h2>
                <p class="review__name" data-testid="file-name">{dataset.name.clone()}</p>
                <p class="caption">{file_words(dataset.n_rows, dataset.columns.len(), dataset.size_bytes)}</p>
            </section>
            <section>
                <h2>{HOW_IT_WAS_READ}{is_changed.then(|| view! { <button class="link" data-testid="read-reset" on:click=move |_| state.read_again(|reading| *reading = ReadOptions::default())>{RESET}</button> })}</h2>
                {choices.into_iter().map(select).collect::<Vec<_>>()}
                <p class="caption">{thousands(dataset)}</p>
                <p class="caption">{READS_AGAIN}</p>
            </section>
            <section>
                <h2>{COUNTS_AS_MISSING}</h2>
                <p class="marks">{MISSING_MARKS.map(|mark| view! { <code>{mark}</code> }).into_iter().collect::<Vec<_>>()}</p>
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
            name: Reading::Sheet,
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
            name: Reading::Encoding,
            id: "encoding",
            options: encodings.clone(),
            chosen,
            change: Box::new(move |reading, option| {
                reading.encoding = encodings.get(option).cloned();
            }),
        });
        choices.push(of_bytes(
            Reading::Separator,
            "separator",
            (&SEPARATORS, separator_name),
            format.delimiter,
            |reading, byte| reading.delimiter = Some(byte),
        ));
        choices.push(of_bytes(
            Reading::Quotes,
            "quotes",
            (&QUOTES, quote_name),
            format.quote,
            |reading, byte| reading.quote = Some(byte),
        ));
    }
    let headers = headers(dataset);
    choices.push(Choice {
        name: Reading::Header,
        id: "header",
        options: headers.iter().map(|&header| header_name(header)).collect(),
        chosen: headers
            .iter()
            .position(|header| *header == format.names())
            .unwrap_or(0),
        change: Box::new(move |reading, option| reading.header = headers.get(option).copied()),
    });
    let decimal = dataset.reading.decimal;
    choices.push(Choice {
        name: Reading::DecimalSign,
        id: "decimal",
        options: DECIMALS.map(|sign| decimal_name(sign).to_owned()).to_vec(),
        chosen: DECIMALS
            .iter()
            .position(|sign| *sign == decimal)
            .unwrap_or(0),
        change: Box::new(|reading, option| {
            reading.decimal = DECIMALS.get(option).copied().flatten();
            reading.decimals.clear();
        }),
    });
    choices
}

/// Where the names of the columns may stand: on no line, on one of the first, or on up to three lines from the first of them on.
fn headers(dataset: &Dataset) -> Vec<Header> {
    let in_force = dataset.format.names();
    let lines = dataset.excerpts.iter().map(|excerpt| excerpt.line);
    let lines: Vec<u64> = lines.take(HEADER_LINES).collect();
    let mut headers = vec![Header::None];
    headers.extend(lines.iter().map(|&line| Header::Line(line)));
    let first = dataset.format.header_line;
    let after = lines.iter().filter(|line| Some(**line) > first).take(2);
    headers.extend(after.filter_map(|&last| Some(Header::Lines(first?, last))));
    if !headers.contains(&in_force) {
        headers.push(in_force);
    }
    headers
}

/// A choice among bytes; one that is not usual but was found is offered too.
fn of_bytes(
    name: Reading,
    id: &'static str,
    (usual, words): (&[char], fn(char) -> String),
    found: char,
    set: impl Fn(&mut ReadOptions, char) + 'static,
) -> Choice {
    let mut bytes: Vec<char> = usual.to_vec();
    if !bytes.contains(&found) {
        bytes.push(found);
    }
    Choice {
        name,
        id,
        options: bytes.iter().map(|&byte| words(byte)).collect(),
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
    thousands_sentence(points, commas)
}
