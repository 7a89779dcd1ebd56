//! What to do about a segment, with the arithmetic; behind the verdict where the segments are not real.

use leptos::html::{Section, Textarea};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::advise::{Audience, Offer, STANDARD_RULES, advice_for};
use crate::explain::{Everyone, Group, Level, Trait};
use crate::questions::{AdviceStanding, QuestionKind};
use crate::session::{Decision, OfferNumber};
use crate::ui::panels::asked::Asked;
use crate::ui::panels::claims::checked_html;
use crate::ui::state::AppState;
use crate::ui::widgets::{escaped, joined, segment_html};
use crate::view::{Profile, each_once};
use crate::words::{
    NO_ADVICE_YET, compact, contested_sentence, count, fixed, gain_rows, percent, rule_words,
    test_sentence,
};

/// Contested customers listed at most.
const MOST_CONTESTED: usize = 50;

/// The panel beside the profiles.
#[component]
pub(super) fn AdvicePanel() -> impl IntoView {
    let state = AppState::use_context();
    let segment = state.looks_at(|look| look.segment);
    // Of all customers: filters hide, they do not change what a segment is.
    let profiles = Memo::new(move |_| {
        let profiles = state.view(|view| {
            let models = view.comparison.models();
            let of_models: Vec<_> = models.map(|model| view.named_profiles(model)).collect();
            let of_models: Vec<_> = of_models.iter().map(Vec::as_slice).collect();
            each_once(&of_models, view.comparison.noise)
        });
        profiles.unwrap_or_default()
    });
    let profile = move || {
        profiles.with(|profiles| {
            let wanted = segment.get();
            let found = profiles.iter().find(|it| Some(it.segment) == wanted);
            found.or(profiles.first()).cloned()
        })
    };
    let standing = move || {
        let verdict = state.reality().map(|reality| reality.level);
        AdviceStanding::of(verdict, state.is_advice_shown.get())
    };
    let proposal = move || match standing() {
        AdviceStanding::Waits => Some(format!("<p data-testid=no-advice-yet>{NO_ADVICE_YET}</p>")),
        AdviceStanding::Withheld => Some(BEHIND.to_owned()),
        AdviceStanding::Given => proposal_html(state, &profile()?),
    };
    let outcome = move || Some(outcome_html(state, &profile()?));
    let change = move |event: web_sys::Event| {
        let field = event_target::<web_sys::HtmlInputElement>(&event);
        let at = field
            .get_attribute("data-field")
            .and_then(|at| at.parse::<usize>().ok());
        if let (Some(of), Ok(entered)) = (
            at.and_then(|at| FIELDS.get(at)),
            field.value().parse::<f64>(),
        ) {
            state.decide(Decision::SetOffer {
                number: of.number,
                value: entered / of.scale,
            });
            field.set_value(&of.shown(&state.offer.get_untracked()));
        }
    };
    let numbers = NodeRef::<Section>::new();
    // The fields stay, or the one that is entered next would be lost.
    Effect::new(move |_| {
        let (offer, section) = (state.offer.get(), numbers.get());
        for (at, of) in FIELDS.iter().enumerate() {
            let field = section
                .as_ref()
                .map(|it| it.query_selector(&format!("[data-field='{at}']")));
            let field = field.and_then(|found| found.ok().flatten()?.dyn_into().ok());
            if let Some(field) = field {
                web_sys::HtmlInputElement::set_value(&field, &of.shown(&offer));
            }
        }
    });
    let show_anyway = move |_| {
        if untrack(standing) == AdviceStanding::Withheld {
            state.decide(Decision::ShowAdvice(true));
        }
    };
    let text = NodeRef::<Textarea>::new();
    let rules_text = move || {
        let own = state.rules_text.get();
        own.unwrap_or_else(|| STANDARD_RULES.to_owned())
    };
    let take = move |_| {
        if let Some(text) = text.get() {
            state.use_rules(Some(text.value()));
        }
    };
    view! {
        <aside class="advice" aria-label="Advice" class:stale=move || state.is_stale()>
            <Asked kind=QuestionKind::Reality/>
            <div inner_html=proposal on:click=show_anyway></div>
            <div hidden=move || standing() != AdviceStanding::Given>
                <section node_ref=numbers inner_html=numbers_html(&state.offer.get_untracked()) on:change=change></section>
                <div inner_html=outcome></div>
                <section><details><summary>"The rules"</summary>
                    <p class="caption">"A table, one rule a line: the first that fits is proposed. Columns are found by words in their names. Edit it here, or in a spreadsheet and paste it."</p>
                    <textarea class="advice__rules" rows="10" spellcheck="false" aria-label="Rules" data-testid="rules" node_ref=text prop:value=rules_text></textarea>
                    <div class="advice__buttons"><button class="button" data-testid="use-rules" on:click=take>"Use these rules"</button>
                    <button class="link" on:click=move |_| state.use_rules(None)>"Back to the standard rules"</button></div>
                </details></section>
            </div>
        </aside>
    }
}

const BEHIND: &str = "<section class=advice__behind data-testid=advice-behind><h2>No advice: the segments are not real</h2>\
    <p>Data without any segments look as well separated. An offer for one of them would be an offer for customers picked by a cut through a spread.</p>\
    <button class=button>Show the advice anyway</button></section>";

/// A field for a number of the offer.
struct Field {
    number: OfferNumber,
    label: &'static str,
    unit: &'static str,
    /// What is shown for 1.
    scale: f64,
}

impl Field {
    const fn amount(number: OfferNumber, label: &'static str) -> Self {
        Self {
            number,
            label,
            unit: "",
            scale: 1.0,
        }
    }

    const fn share(number: OfferNumber, label: &'static str) -> Self {
        Self {
            number,
            label,
            unit: "%",
            scale: 100.0,
        }
    }

    /// The number as it stands in the field.
    fn shown(&self, offer: &Offer) -> String {
        // The product may end in 7.000000000000001.
        ((self.number.of(offer) * self.scale * 1e6).round() / 1e6).to_string()
    }
}

const FIELDS: [Field; 4] = [
    Field::amount(OfferNumber::Margin, "Margin per response"),
    Field::amount(OfferNumber::Cost, "Cost per contact"),
    Field::share(OfferNumber::Today, "Response today"),
    Field::share(OfferNumber::WithOffer, "Response with the action"),
];

/// The numbers of the user.
fn numbers_html(offer: &Offer) -> String {
    let fields = FIELDS.iter().enumerate();
    let fields = fields.map(|(at, field)| {
        let Field { label, unit, .. } = field;
        format!(
            "<label class=advice__field><span>{label}</span><input class=\"field field--small\" type=number step=any min=0 data-field={at} data-testid=\"{label}\" value=\"{}\"><small>{unit}</small></label>",
            field.shown(offer)
        )
    });
    format!(
        "<h3>Your numbers</h3><p class=caption>Examples. Put in your own, in one currency.</p>{}",
        joined(fields)
    )
}

/// What the rules propose for a segment.
fn proposal_html(state: AppState, profile: &Profile) -> Option<String> {
    let rules = state.rules.get()?;
    let advice = advice_for(&rules, Audience::Segment, &profile.traits);
    let first = advice.first()?;
    let numbers = first.columns.iter();
    let numbers =
        numbers.filter_map(|column| profile.numbers.iter().find(|it| it.column == *column));
    let numbers = joined(numbers.map(|it| {
        format!(
            "<li>{}: median {} against {} of everyone</li>",
            escaped(&it.column),
            compact(it.segment.median),
            compact(it.everyone.median)
        )
    }));
    let others = advice[1..].iter();
    let others = joined(others.map(|it| format!("<li>{}</li>", escaped(&it.rule.action))));
    let others = if others.is_empty() {
        String::new()
    } else {
        format!("<details><summary>Other actions</summary><ul>{others}</ul></details>")
    };
    let explanation = state.explanation();
    let insights = explanation.iter().flat_map(|it| &it.insights);
    let insights = insights.filter(|it| it.claim.group == Group::Segment(profile.segment));
    let insights = joined(insights.map(|it| checked_html(it, false)));
    let insights = if insights.is_empty() {
        String::new()
    } else {
        format!(
            "<details data-testid=segment-insights><summary>What holds of it beyond chance</summary>{insights}</details>"
        )
    };
    Some(format!(
        "<section data-testid=advice><p class=caption>Recommendation for</p><h2>{} {}</h2><h3 data-testid=action>{}</h3><p>{}</p><ul>{numbers}</ul><p class=caption>{}</p>{others}{insights}</section>",
        segment_html(profile.segment),
        escaped(&state.segment_name(profile.segment)),
        escaped(&first.rule.action),
        escaped(&first.rule.why),
        escaped(&rule_words(first))
    ))
}

/// What it brings, whether a test can prove it, and which offer for those between segments.
fn outcome_html(state: AppState, profile: &Profile) -> String {
    let offer = state.offer.get();
    format!(
        "<section><h3>What it brings</h3><table class=sum>{}</table><p class=advice__test data-testid=advice-test>{}</p></section><section data-testid=contested><h3>Mismatched customers: which offer?</h3>{}</section>",
        sum_html(&offer, profile.n),
        test_sentence(&offer, profile.n),
        contested_html(state, &offer).unwrap_or_default()
    )
}

fn sum_html(offer: &Offer, n: usize) -> String {
    let rows = gain_rows(offer, n).into_iter();
    joined(rows.map(|[what, how, result]| {
        let class = if what == "Expected gain" {
            " class=sum__total"
        } else {
            ""
        };
        format!("<tr{class}><th scope=row>{what}</th><td>{how}</td><td>{result}</td></tr>")
    }))
}

/// Which offer for those between segments.
fn contested_html(state: AppState, offer: &Offer) -> Option<String> {
    let explanation = state.explanation()?;
    let rules = state.rules.get()?;
    if explanation.contested.is_empty() {
        return Some("<p>No customer is mismatched.</p>".to_owned());
    }
    let mut actions: Vec<(String, usize)> = Vec::new();
    let everyone = state.view(|view| {
        let rows: Vec<usize> = (0..view.dataset.n_rows).collect();
        view.everyone(&rows)
    })?;
    for it in &explanation.contested {
        let traits = state.view(|view| traits_of(view, &everyone, it.row))?;
        let advice = advice_for(&rules, Audience::Contested, &traits);
        let Some(first) = advice.first() else {
            continue;
        };
        match actions
            .iter_mut()
            .find(|(action, _)| *action == first.rule.action)
        {
            Some((_, n)) => *n += 1,
            None => actions.push((first.rule.action.clone(), 1)),
        }
    }
    let actions = joined(
        actions
            .iter()
            .map(|(action, n)| format!("<li><b>{}</b> {}</li>", count(*n), escaped(action))),
    );
    let choice = |choice: Option<&(u32, f64)>| {
        choice.map_or_else(
            || "<td></td><td></td><td></td>".to_owned(),
            |&(segment, share)| {
                format!(
                    "<td>{}</td><td>{}</td><td>{}</td>",
                    segment_html(segment),
                    percent(share),
                    fixed(offer.gain_of_one(share), 2)
                )
            },
        )
    };
    let rows = joined(explanation.contested.iter().take(MOST_CONTESTED).map(|it| {
        let mut choices = it.choices.iter();
        format!(
            "<tr><th scope=row>{}</th>{}{}</tr>",
            escaped(&state.customer_name(it.row)),
            choice(choices.next()),
            choice(choices.next())
        )
    }));
    let more = explanation.n_mismatched.saturating_sub(MOST_CONTESTED);
    let more = if more > 0 {
        format!(
            "<p class=caption>And {} more, in the exported file.</p>",
            count(more)
        )
    } else {
        String::new()
    };
    Some(format!(
        "<p>{}</p><ul>{actions}</ul><table class=\"sum contested\"><thead><tr><th scope=col>Customer</th><th scope=col colspan=2>First choice</th><th scope=col>Gain</th><th scope=col colspan=2>Second</th><th scope=col>Gain</th></tr></thead><tbody>{rows}</tbody></table>{more}",
        contested_sentence(offer)
    ))
}

/// Where one customer stands in every column.
fn traits_of(view: &crate::view::View, everyone: &[Everyone], row: usize) -> Vec<Trait> {
    let of = |it: &Everyone| {
        let value = view.numbers(&it.column)?.get(row).copied();
        let value = value.filter(|x| x.is_finite())?;
        // Beyond the middle half of everyone.
        let level = match value {
            x if x > it.spread.q75 => Level::High,
            x if x < it.spread.q25 => Level::Low,
            _ => Level::Middle,
        };
        Some(Trait {
            column: it.column.clone(),
            level,
        })
    };
    everyone.iter().filter_map(of).collect()
}
