//! What holds of the mismatched beyond chance, and claims of the user held against the data.

use leptos::prelude::*;

use crate::explain::{Checked, Claim, Finding, Group, Says};
use crate::questions::QuestionKind;
use crate::ui::panels::asked::Asked;
use crate::ui::state::AppState;
use crate::ui::widgets::{Select, escaped, joined, options_html};
use crate::words::{
    claim_sentence, evidence_sentence, finding_note, finding_words, members_words, says_words,
};

const MISMATCHED: &str = "Mismatched customers";

/// Checked sentences, and a form for one's own.
#[component]
pub(in crate::ui) fn Claims() -> impl IntoView {
    let state = AppState::use_context();
    let chosen = RwSignal::new([MISMATCHED.to_owned(), String::new(), String::new()]);
    let words = move |segment: usize| members_words(state.mark(segment).segment());
    let groups = move || {
        let segments = state.comparison.get().map(|it| it.segments());
        let segments = segments.into_iter().flatten().map(words);
        let all: Vec<String> = [MISMATCHED.to_owned()]
            .into_iter()
            .chain(segments)
            .collect();
        options_html(all.iter().map(String::as_str), None)
    };
    let columns = move || {
        let names = state.numeric_names();
        options_html(names.iter().map(String::as_str), None)
    };
    let set = move |at: usize| move |value: String| chosen.update(|all| all[at] = value);
    let check = move |_| {
        let [group, says, column] = chosen.get_untracked();
        let first = untrack(|| state.numeric_names()).into_iter().next();
        let column = Some(column).filter(|name| !name.is_empty()).or(first);
        let segments = state
            .comparison
            .with_untracked(|it| it.as_ref().map(|it| it.segments()));
        let segment = segments
            .into_iter()
            .flatten()
            .find(|&segment| untrack(|| words(segment)) == group);
        let says = Says::ALL.into_iter().find(|it| says_words(*it) == says);
        if let Some(column) = column {
            state.check_claim(Claim {
                column,
                group: segment.map_or(Group::Mismatched, |segment| Group::Segment(segment as u32)),
                says: says.unwrap_or(Says::Higher),
            });
        }
    };
    let group_words = move |checked: &Checked| match checked.claim.group {
        Group::Mismatched => MISMATCHED.to_owned(),
        Group::Segment(segment) => words(segment as usize),
    };
    let answer = move || {
        let claim = state.claim();
        claim.map(|checked| claim_html(&checked, &group_words(&checked), true))
    };
    let insights = move || {
        let explanation = state.explanation()?;
        let of_mismatched = explanation.insights.iter();
        let of_mismatched = of_mismatched.filter(|it| it.claim.group == Group::Mismatched);
        let sentences = joined(of_mismatched.map(|it| claim_html(it, &group_words(it), false)));
        Some(if sentences.is_empty() {
            "<p>Nothing holds of the mismatched beyond chance but where they lie: see Summary for the rule.</p>".to_owned()
        } else {
            sentences
        })
    };
    view! {
        <div class="scroll-both claims" tabindex="0" role="region" aria-label="Claims">
            <h3>"What holds of the mismatched"</h3>
            <div data-testid="insights" inner_html=insights></div>
            <Asked kind=QuestionKind::Explanation/>
            <h3>"Check a claim"</h3>
            <div class="claims__form">
                <Select label="Group".to_owned() id="claim-group" options=Signal::derive(groups) on_choose=set(0)/>
                <Select label="Claim".to_owned() id="claim-says" options=Signal::derive(|| options_html(Says::ALL.map(says_words), None)) on_choose=set(1)/>
                <Select label="Column".to_owned() id="claim-column" options=Signal::derive(columns) on_choose=set(2)/>
                <button class="button" data-testid="claim-check" on:click=check>"Check the claim"</button>
            </div>
            <Asked kind=QuestionKind::Claim/>
            <div role="status" data-testid="claim-answer" inner_html=answer></div>
            <p class="caption">"A direction holds where both the whole distributions and the order of the values differ that way beyond chance. Means are shown, and never decide."</p>
        </div>
    }
}

/// A claim about a group that is called so, with its finding and the numbers behind it.
pub(in crate::ui) fn claim_html(checked: &Checked, group: &str, is_own: bool) -> String {
    let class = match checked.finding {
        Finding::Supported => "claim claim--yes",
        Finding::Contradicted => "claim claim--no",
        Finding::NotShown | Finding::TooFew => "claim",
    };
    let verdict = if is_own {
        format!("<b>{}.</b> ", finding_words(checked.finding))
    } else {
        String::new()
    };
    let note = finding_note(checked).unwrap_or_default();
    format!(
        "<div class=\"{class}\"><p>{verdict}{} {}</p><small>{}</small></div>",
        escaped(&claim_sentence(checked, group)),
        escaped(&note),
        escaped(&evidence_sentence(checked))
    )
}
