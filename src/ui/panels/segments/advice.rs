//! What to do about a segment, with the arithmetic; behind the verdict where the segments are not real.

use leptos::html::Textarea;
use leptos::prelude::*;

use crate::advise::{Audience, Offer, STANDARD_RULES, advice_for};
use crate::analysis::Profile;
use crate::explain::{Everyone, Level, Trait};
use crate::ui::state::AppState;
use crate::ui::text::{
    contested_sentence, count, fixed, gain_rows, percent, rule_words, test_sentence,
};
use crate::ui::widgets::{escaped, joined, segment_html};

/// Contested customers listed at most.
const MOST_CONTESTED: usize = 50;

/// The panel beside the profiles.
#[component]
pub(super) fn AdvicePanel(segment: RwSignal<Option<u32>>) -> impl IntoView {
    let state = AppState::use_context();
    // Of all customers: filters hide, they do not change what a segment is.
    let profiles = Memo::new(move |_| {
        let profiles = state.view(|view| view.named_profiles(view.comparison.first_pair().0));
        profiles.unwrap_or_default()
    });
    let profile = Memo::new(move |_| {
        profiles.with(|profiles| {
            let wanted = segment.get();
            let found = profiles.iter().find(|it| Some(it.segment) == wanted);
            found.or(profiles.first()).cloned()
        })
    });
    let is_behind = move || state.is_doubtful() && !state.plans.with(|plans| plans.is_shown_anyway);
    let behind = move || {
        view! {
            <section class="advice__behind" data-testid="advice-behind">
                <h2>"No advice: the segments are not real"</h2>
                <p>"Data without any segments look as well separated. An offer for one of them would be an offer for customers picked by a cut through a spread."</p>
                <button class="button" on:click=move |_| state.plans.update(|plans| plans.is_shown_anyway = true)>"Show the advice anyway"</button>
            </section>
        }
    };
    view! {
        <aside class="advice" aria-label="Advice" class:stale=move || state.is_stale()>
            <Show when=move || !is_behind() fallback=behind>
                <Proposal profile=profile/>
                <Numbers/>
                <section><h3>"What it brings"</h3>
                    <table class="sum" inner_html=move || profile.get().map(|profile| sum_html(&state.plans.with(|plans| plans.offer), profile.n))></table>
                    <p class="advice__test" data-testid="advice-test">{move || profile.get().map(|profile| test_sentence(&state.plans.with(|plans| plans.offer), profile.n))}</p>
                </section>
                <Contested/>
                <Rules/>
            </Show>
        </aside>
    }
}

/// What the rules propose.
#[component]
fn Proposal(profile: Memo<Option<Profile>>) -> impl IntoView {
    let state = AppState::use_context();
    let body = move || {
        let (profile, rules) = (
            profile.get()?,
            state.plans.with(|plans| plans.rules.clone())?,
        );
        let advice = advice_for(&rules, Audience::Segment, &profile.traits);
        let first = advice.first()?;
        let name = escaped(&state.segment_name(profile.segment));
        let numbers = joined(
            first
                .columns
                .iter()
                .filter_map(|column| profile.numbers.iter().find(|it| it.column == *column))
                .map(|it| {
                    format!(
                        "<li>{}: median {} against {} of everyone</li>",
                        escaped(&it.column),
                        crate::ui::text::compact(it.segment.median),
                        crate::ui::text::compact(it.everyone.median)
                    )
                }),
        );
        let others = joined(
            advice[1..]
                .iter()
                .map(|it| format!("<li>{}</li>", escaped(&it.rule.action))),
        );
        let others = if others.is_empty() {
            String::new()
        } else {
            format!("<details><summary>Other actions</summary><ul>{others}</ul></details>")
        };
        Some(format!(
            "<p class=caption>Recommendation for</p><h2>{} {name}</h2><h3 data-testid=action>{}</h3><p>{}</p><ul class=advice__numbers>{numbers}</ul><p class=caption>{}</p>{others}",
            segment_html(profile.segment),
            escaped(&first.rule.action),
            escaped(&first.rule.why),
            escaped(&rule_words(first))
        ))
    };
    view! { <section class="advice__proposal" data-testid="advice" inner_html=body></section> }
}

/// The numbers of the user.
#[component]
fn Numbers() -> impl IntoView {
    let state = AppState::use_context();
    let field = move |label: &'static str,
                      unit: &'static str,
                      of: fn(&mut Offer) -> &mut f64,
                      scale: f64| {
        let value = move || {
            state.plans.with(|plans| {
                let mut offer = plans.offer;
                ((*of(&mut offer) * scale * 1e6).round() / 1e6).to_string()
            })
        };
        let set = move |event| {
            if let Ok(entered) = event_target_value(&event).parse::<f64>() {
                state.set_offer(|offer| *of(offer) = entered / scale);
            }
        };
        view! { <label class="advice__field"><span>{label}</span><input class="field field--small" type="number" step="any" min="0" data-testid=label prop:value=value on:change=set/><small>{unit}</small></label> }
    };
    view! {
        <section><h3>"Your numbers"</h3>
            <p class="caption">"Examples. Put in your own, in one currency."</p>
            {field("Margin per response", "", |offer| &mut offer.margin, 1.0)}
            {field("Cost per contact", "", |offer| &mut offer.cost, 1.0)}
            {field("Response today", "%", |offer| &mut offer.today, 100.0)}
            {field("Response with the action", "%", |offer| &mut offer.with_offer, 100.0)}
        </section>
    }
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
#[component]
fn Contested() -> impl IntoView {
    let state = AppState::use_context();
    let body = move || {
        let (explanation, rules) = (
            state.explanation()?,
            state.plans.with(|plans| plans.rules.clone())?,
        );
        if explanation.contested.is_empty() {
            return Some("<p>No customer is mismatched.</p>".to_owned());
        }
        let offer = state.plans.with(|plans| plans.offer);
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
            contested_sentence(&offer)
        ))
    };
    view! { <section data-testid="contested"><h3>"Mismatched customers: which offer?"</h3><div inner_html=body></div></section> }
}

/// Where one customer stands in every column.
fn traits_of(view: &crate::analysis::View, everyone: &[Everyone], row: usize) -> Vec<Trait> {
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

/// The rules, to be read and edited.
#[component]
fn Rules() -> impl IntoView {
    let state = AppState::use_context();
    let text = NodeRef::<Textarea>::new();
    let shown = move || {
        state.plans.with(|plans| {
            plans
                .rules_text
                .clone()
                .unwrap_or_else(|| STANDARD_RULES.to_owned())
        })
    };
    let take = move |_| {
        if let Some(text) = text.get() {
            state.read_rules(Some(text.value()));
        }
    };
    view! {
        <section><details><summary>"The rules"</summary>
            <p class="caption">"A table, one rule a line: the first that fits is proposed. Columns are found by words in their names. Edit it here, or in a spreadsheet and paste it."</p>
            <textarea class="advice__rules" rows="10" spellcheck="false" aria-label="Rules" data-testid="rules" node_ref=text prop:value=shown></textarea>
            <div class="advice__buttons"><button class="button" data-testid="use-rules" on:click=take>"Use these rules"</button>
            <button class="link" on:click=move |_| state.read_rules(None)>"Back to the standard rules"</button></div>
        </details></section>
    }
}
