//! What holds of the mismatched beyond chance, and claims of the user held against the data.

use leptos::prelude::*;

use crate::explain::{Checked, Claim, Finding, Group, Says};
use crate::questions::QuestionKind;
use crate::ui::panels::asked::Asked;
use crate::ui::panels::visible::OfAll;
use crate::ui::state::AppState;
use crate::ui::widgets::{How, Select, escaped, joined, keyed_options_html, options_html};
use crate::words::{
    ABOUT_MISMATCHED, CHECK_A_CLAIM, CHECK_THE_CLAIM, CLAIM_COLUMN, CLAIM_GROUP, CLAIM_SAYS,
    CLAIMS_LABEL, HOW_CLAIMS_ARE_JUDGED, MethodKey, Who, evidence_sentence, finding_note,
    insight_sentence, no_insight_sentence, own_claim_sentence, says_words,
};

/// The key of the mismatched among the groups; segments have their numbers.
const MISMATCHED: &str = "mismatched";

/// What is chosen in the form.
#[derive(Clone)]
struct Form {
    /// Key of the group.
    group: String,
    /// What is said of it, by its place in the list.
    says: String,
    /// Name of the column; empty for the first.
    column: String,
}

/// Checked sentences, and a form for one's own.
#[component]
pub(in crate::ui) fn Claims() -> impl IntoView {
    let state = AppState::use_context();
    let form = RwSignal::new(Form {
        group: MISMATCHED.to_owned(),
        says: "0".to_owned(),
        column: String::new(),
    });
    let who = move |group: Group| match group {
        Group::Mismatched => Who::Mismatched,
        Group::Segment(segment) => Who::Segment(state.mark(segment as usize).segment()),
    };
    let groups = move || {
        let segments = state.comparison.get().map(|it| it.segments());
        let segments = segments.into_iter().flatten();
        let segments = segments.map(|segment| Group::Segment(segment as u32));
        std::iter::once(Group::Mismatched)
            .chain(segments)
            .collect::<Vec<_>>()
    };
    let group_options = move || {
        let groups = groups().into_iter();
        let options: Vec<_> = groups
            .map(|group| (key_of(group), who(group).words()))
            .collect();
        form.with_untracked(|form| keyed_options_html(&options, Some(&form.group)))
    };
    let says_options = move || {
        let all = Says::ALL.iter().enumerate();
        let options: Vec<_> = all
            .map(|(at, says)| (at.to_string(), says_words(*says).to_owned()))
            .collect();
        form.with_untracked(|form| keyed_options_html(&options, Some(&form.says)))
    };
    let column_options = move || {
        let names = state.numeric_names();
        let names = names.iter().map(String::as_str);
        form.with_untracked(|form| options_html(names, Some(form.column.as_str())))
    };
    let check = move |_| {
        let Form {
            group,
            says,
            column,
        } = form.get_untracked();
        let names = untrack(|| state.numeric_names());
        let column = names.iter().find(|name| **name == column);
        let mut groups = untrack(groups).into_iter();
        let group = groups.find(|it| key_of(*it) == group);
        let says = says.parse::<usize>().ok();
        if let Some(column) = column.or(names.first()) {
            state.check_claim(Claim {
                column: column.clone(),
                group: group.unwrap_or(Group::Mismatched),
                says: says
                    .and_then(|at| Says::ALL.get(at).copied())
                    .unwrap_or(Says::Higher),
            });
        }
    };
    let answer = move || {
        let claim = state.claim();
        claim.map(|checked| claim_html(state, &checked, who(checked.claim.group), true))
    };
    let insights = move || {
        let explanation = state.explanation_shown()?.answer;
        let of_mismatched = explanation.insights.iter();
        let of_mismatched = of_mismatched.filter(|it| it.claim.group == Group::Mismatched);
        let is_any = of_mismatched
            .clone()
            .any(|it| it.finding == Finding::Supported);
        let sentences =
            joined(of_mismatched.map(|it| claim_html(state, it, Who::Mismatched, false)));
        Some(if is_any {
            sentences
        } else {
            let sentence = no_insight_sentence(explanation.n_mismatched, explanation.n_others);
            format!("<p>{sentence}</p>{sentences}")
        })
    };
    let is_old = move || state.explanation_shown().is_some_and(|shown| shown.is_old);
    // The form stands above what comes and goes.
    view! {
        <div class="scroll-both claims" tabindex="0" role="region" aria-label=CLAIMS_LABEL>
            <h3>{CHECK_A_CLAIM}" "<How of=MethodKey::Claims/></h3>
            <div class="claims__form">
                <Select label=CLAIM_GROUP.to_owned() id="claim-group" options=Signal::derive(group_options) on_choose=move |key: String| form.update(|form| form.group = key)/>
                <Select label=CLAIM_SAYS.to_owned() id="claim-says" options=Signal::derive(says_options) on_choose=move |key: String| form.update(|form| form.says = key)/>
                <Select label=CLAIM_COLUMN.to_owned() id="claim-column" options=Signal::derive(column_options) on_choose=move |name: String| form.update(|form| form.column = name)/>
                <button class="button" data-testid="claim-check" on:click=check>{CHECK_THE_CLAIM}</button>
            </div>
            <Asked kind=QuestionKind::Claim/>
            <div role="status" data-testid="claim-answer" inner_html=answer></div>
            <h3>{ABOUT_MISMATCHED}" "<OfAll/></h3>
            <div data-testid="insights" class:stale=is_old inner_html=insights></div>
            <Asked kind=QuestionKind::Explanation/>
            <p class="caption">{HOW_CLAIMS_ARE_JUDGED}</p>
        </div>
    }
}

/// The key of a group in the form.
fn key_of(group: Group) -> String {
    match group {
        Group::Mismatched => MISMATCHED.to_owned(),
        Group::Segment(segment) => segment.to_string(),
    }
}

/// A claim with the numbers behind it, and what came of it where it is the user's own.
pub(in crate::ui) fn claim_html(
    state: AppState,
    checked: &Checked,
    who: Who,
    is_own: bool,
) -> String {
    let class = match checked.finding {
        Finding::Supported => "claim claim--yes",
        Finding::Contradicted => "claim claim--no",
        Finding::NotShown | Finding::TooFew | Finding::NoClaim => "claim",
    };
    let claim = if is_own {
        format!("<b>{}</b>", escaped(&own_claim_sentence(checked, who)))
    } else {
        escaped(&insight_sentence(checked, who))
    };
    let unit = state.unit(&checked.claim.column);
    let note = finding_note(checked).filter(|_| is_own).unwrap_or_default();
    format!(
        "<div class=\"{class}\"><p>{claim} {}</p><small>{}</small></div>",
        escaped(&note),
        escaped(&evidence_sentence(checked, who, unit))
    )
}
