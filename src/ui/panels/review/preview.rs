//! Lines of the file beside what was made of them.

use leptos::html::Tr;
use leptos::prelude::*;

use crate::numeric::sorted_by;
use crate::result::{ColumnInfo, Dataset};
use crate::table::{ColumnKind, Excerpt, is_missing_mark};
use crate::words::review::{
    IN_THE_FILE, LINE, LINES_BESIDE, MISSING_CELL, PREVIEW, PREVIEW_LABEL, ROW, columns_not_shown,
    gap_words, no_row_words, preview_words,
};
use crate::words::{all_digits, line_number, row_number, with_unit};

/// Columns shown beside the lines.
const COLUMNS: usize = 12;
/// Characters shown of a cell.
const CELL: usize = 40;

/// The first lines of the file and those that checks name, each beside its row; `shown_line` is the one that a check speaks of.
pub(super) fn preview(
    dataset: &Dataset,
    shown_line: RwSignal<Option<u64>>,
) -> impl IntoView + use<> {
    let columns: Vec<ColumnInfo> = dataset.columns.iter().take(COLUMNS).cloned().collect();
    let more = dataset.columns.len() - columns.len();
    let is_number = |column: &ColumnInfo| column.numbers().is_some();
    let head: Vec<_> = columns
        .iter()
        .map(|column| view! { <th scope="col" class:num=is_number(column)>{shortened(&column.name)}</th> })
        .collect();
    let excerpts: Vec<Excerpt> = sorted_by(dataset.excerpts.clone(), |a, b| a.line.cmp(&b.line));
    let width = columns.len() + 3;
    let mut rows = Vec::new();
    let mut last = 0;
    // All lines from the header to the first row name the columns, units included.
    let of_rows = excerpts.iter().find(|excerpt| excerpt.row.is_some());
    let first_row = of_rows.map_or(u64::MAX, |excerpt| excerpt.line);
    let of_orders = dataset.orders.as_ref();
    let are_made = of_orders.is_some_and(|orders| orders.counts.is_some());
    let names = dataset.format.header_line.unwrap_or(first_row);
    // Order lines without a customer may stand first.
    let after = if are_made {
        dataset.format.last_header_line.unwrap_or(names) + 1
    } else {
        first_row
    };
    let header = names..after;
    for excerpt in &excerpts {
        if excerpt.line > last + 1 {
            let words = gap_words(last + 1, excerpt.line - 1);
            rows.push(
                view! { <tr class="preview__gap"><td colspan=width>{words}</td></tr> }.into_any(),
            );
        }
        last = excerpt.line;
        rows.push(line(
            excerpt,
            &columns,
            header.contains(&excerpt.line),
            shown_line,
        ));
    }
    let of_rows: Vec<usize> = excerpts.iter().filter_map(|excerpt| excerpt.row).collect();
    let words = if are_made {
        LINES_BESIDE.to_owned()
    } else {
        preview_words(&of_rows, dataset.n_rows)
    };
    let note = (more > 0)
        .then(|| view! { <p class="caption preview__more">{columns_not_shown(more)}</p> });
    view! {
        <h2 class="review__preview">{PREVIEW}" "<span class="caption">{words}</span></h2>
        <div class="scroll-x" tabindex="0" role="region" aria-label=PREVIEW_LABEL>
            <table class="table preview" data-testid="preview">
                <thead><tr><th scope="col" class="num">{LINE}</th><th scope="col">{IN_THE_FILE}</th><th scope="col" class="num preview__row">{ROW}</th>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {note}
    }
}

fn line(
    excerpt: &Excerpt,
    columns: &[ColumnInfo],
    is_header: bool,
    shown_line: RwSignal<Option<u64>>,
) -> AnyView {
    let number = excerpt.line;
    let is_shown = move || shown_line.get() == Some(number);
    let element = NodeRef::<Tr>::new();
    Effect::new(move |_| {
        if let (true, Some(element)) = (is_shown(), element.get()) {
            element.scroll_into_view();
        }
    });
    let left_out = no_row_words(is_header);
    let cells = excerpt.row.map_or_else(
        || vec![view! { <td class="table__dim" colspan=columns.len()>{left_out}</td> }.into_any()],
        |row| columns.iter().map(|column| cell(column, row)).collect(),
    );
    let row = excerpt.row.map(row_number);
    view! {
        <tr node_ref=element class:preview__shown=is_shown>
            <td class="num table__dim">{line_number(number)}</td>
            <td class="preview__raw" title=excerpt.text.clone()>{excerpt.text.clone()}</td>
            <td class="num table__dim preview__row">{row}</td>
            {cells}
        </tr>
    }
    .into_any()
}

fn cell(column: &ColumnInfo, row: usize) -> AnyView {
    let text = column.cell(row);
    let number = column.numbers().and_then(|values| values.get(row)).copied();
    let is_missing = match (column.kind, number) {
        (ColumnKind::Number, Some(number)) => number.is_nan(),
        _ => is_missing_mark(&text),
    };
    let words = match number {
        _ if is_missing => MISSING_CELL.to_owned(),
        // As it was understood: the text of the file stands beside it.
        Some(number) if column.kind == ColumnKind::Number => {
            with_unit(all_digits(number), column.unit)
        }
        _ => shortened(&text),
    };
    let whole: String = text.chars().take(400).collect();
    view! { <td class:num=number.is_some() class:missing=is_missing title=whole>{words}</td> }
        .into_any()
}

fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().take(CELL).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
