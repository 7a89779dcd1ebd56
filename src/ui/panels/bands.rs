//! Low, Medium, High of a column, by segment of the first model.

use leptos::prelude::*;

use crate::session::{Decision, FieldBounds};
use crate::table::Unit;
use crate::ui::state::AppState;
use crate::ui::widgets::{FieldNotes, NumberField, SegmentName, Select, options_html};
use crate::words::{
    ALL_SEGMENTS, BAND_EDGES, BAND_HEADS, BANDS_CAPTION, BANDS_LABEL, BANDS_OF, SHARE_MISMATCHED,
    band_whole_words, count, no_band_sentence, part_words, percent,
};

/// Customers per segment and band, the mismatched among them first; the edges can be changed.
#[component]
pub(in crate::ui) fn BandTable() -> impl IntoView {
    let state = AppState::use_context();
    let names = Memo::new(move |_| state.numeric_names());
    let column = Memo::new(move |_| {
        state.bands.with(|bands| {
            bands
                .as_ref()
                .map(|bands| bands.column.clone())
                .unwrap_or_default()
        })
    });
    let edge = move |which: usize| {
        let edges = state.bands.with(|bands| Some(bands.as_ref()?.edges));
        edges.map_or(f64::NAN, |edges| edges[which])
    };
    let set_edge = move |which: usize, to: f64| {
        if let Some(mut bands) = state.bands.get_untracked() {
            bands.edges[which] = to;
            state.decide(Decision::SetBands {
                column: bands.column,
                edges: Some(bands.edges),
            });
        }
    };
    // Neither edge pushes the other.
    let bounds = move |which: usize| {
        let bounds = match which {
            0 => FieldBounds::between(f64::NEG_INFINITY, edge(1)),
            _ => FieldBounds::between(edge(0), f64::INFINITY),
        };
        let unit = column.with(|column| state.unit(column));
        bounds.in_percent(unit == Unit::Percent)
    };
    let notes = FieldNotes::new();
    let field = move |which: usize, label: &'static str, id: &'static str| {
        view! { <label>{label}<NumberField label=label.to_owned() id=id value=Signal::derive(move || edge(which)) bounds=Signal::derive(move || bounds(which)) notes=notes on_take=move |to| set_edge(which, to)/></label> }
    };
    let options = move || {
        let chosen = column.get();
        names.with(|names| {
            let names = names.iter().map(String::as_str);
            options_html(names, Some(chosen.as_str()))
        })
    };
    let body = move || {
        let (facts, bands) = (state.facts.get()?, state.bands.get()?);
        let (all, mismatched) = state.view(|view| {
            (
                view.band_counts(&bands, &facts.rows),
                view.band_counts(&bands, &facts.mismatched),
            )
        })?;
        let rows: Vec<_> = all.of_segment.iter().zip(&mismatched.of_segment).enumerate().map(|(segment, (all, part))| {
            let cells: Vec<_> = (0..3).map(|band| cell(part[band], all[band], format!("band-{segment}-{band}"))).collect();
            view! { <tr><th scope="row"><SegmentName mark=state.mark(segment)/></th>{cells}{cell(part.iter().sum(), all.iter().sum(), format!("band-{segment}"))}</tr> }
        }).collect();
        let (all_totals, part_totals) = (all.totals(), mismatched.totals());
        let totals: Vec<_> = (0..3)
            .map(|band| {
                cell(
                    part_totals[band],
                    all_totals[band],
                    format!("band-all-{band}"),
                )
            })
            .collect();
        let shares: Vec<_> = (0..3).map(|band| view! { <td class="num table__dim">{percent(part_totals[band] as f64 / all_totals[band] as f64)}</td> }).collect();
        let whole: u64 = all_totals.iter().sum();
        let part: u64 = part_totals.iter().sum();
        let missing = no_band_sentence(all.without_value as usize);
        let missing = missing.map(|words| view! { <p class="caption">{words}</p> });
        let heads = BAND_HEADS.map(|head| view! { <th scope="col" class="num">{head}</th> });
        Some(view! {
            <table class="table band-table">
                <thead><tr><th scope="col">{move || state.comparison.get().map(|it| state.model_name(it.first_pair().0))}</th>{Vec::from(heads)}</tr></thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr><th scope="row">{ALL_SEGMENTS}</th>{totals}{cell(part, whole, "band-all".to_owned())}</tr>
                    <tr><th scope="row" class="table__dim">{SHARE_MISMATCHED}</th>{shares}<td class="num table__dim">{percent(part as f64 / whole as f64)}</td></tr>
                </tfoot>
            </table>
            {missing}
        })
    };
    let shown = move || {
        let visible = state.facts.get()?.rows.len();
        Some(part_words(visible, state.comparison.get()?.n_customers))
    };
    let [low, medium] = BAND_EDGES;
    view! {
        <div class="scroll-both bands" tabindex="0" role="region" aria-label=BANDS_LABEL>
            <div class="bands__edit">
                <label>{BANDS_OF}<Select label=BANDS_OF.to_owned() id="band-column" options=Signal::derive(options) on_choose=move |name: String| { state.decide(Decision::SetBandColumn(name)); }/></label>
                {field(0, low, "band-low")}
                {field(1, medium, "band-high")}
                {notes.line()}
            </div>
            {body}
            <p class="caption">{BANDS_CAPTION}" "{shown}</p>
        </div>
    }
}

/// The mismatched of a cell, out of all its customers.
fn cell(part: u64, whole: u64, id: String) -> impl IntoView {
    view! {
        <td class="num" data-testid=id data-mismatched=part data-all=whole><b>{count(part as usize)}</b><small>{band_whole_words(whole as usize)}</small></td>
    }
}
