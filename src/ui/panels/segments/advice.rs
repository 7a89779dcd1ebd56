//! What to do about a segment, with the arithmetic; behind the verdict where the segments are not real.

use leptos::html::Textarea;
use leptos::prelude::*;

use crate::advise::{Audience, LEAST_MARGIN, Offer, STANDARD_RULES, advice_for};
use crate::cluster::ModelKey;
use crate::explain::{Everyone, Group, Level, Trait};
use crate::quality::Reality;
use crate::questions::{AdviceStanding, QuestionKind};
use crate::session::{Decision, FieldBounds, OfferNumber};
use crate::ui::panels::asked::Asked;
use crate::ui::panels::claims::claim_html;
use crate::ui::panels::visible::{OfAll, is_nobody};
use crate::ui::state::AppState;
use crate::ui::widgets::{FieldNotes, NumberField, escaped, how_html, joined, segment_html};
use crate::view::{Profile, each_once};
use crate::words::{
    ABOUT_SEGMENT, ADVICE_LABEL, CONTESTED_HEADS, ENOUGH_TIP, GainLine, GainRow, MethodKey,
    NO_ADVICE_YET, NO_PROBABILITY, NOBODY, NOBODY_MISMATCHED, NoAdvice, OTHER_ACTIONS,
    RECOMMENDATION_FOR, RULES_CAPTION, RULES_LABEL, SHOW_ADVICE_ANYWAY, STANDARD_RULES_AGAIN,
    THE_RULES, USE_THESE_RULES, WHAT_IT_BRINGS, WHICH_OFFER, Who, YOUR_NUMBERS,
    YOUR_NUMBERS_CAPTION, advice_source, contested_action, contested_counted, contested_left_out,
    contested_sentence, count, fixed, gain_rows, no_advice_sentence, offer_number_name, percent,
    rests_on_words, rule_words, segment_letter, test_sentence, withheld_words,
};

/// Contested customers listed at most.
const MOST_CONTESTED: usize = 50;

/// The panel beside the profiles of a model.
#[component]
pub(super) fn AdvicePanel(profiled: Memo<ModelKey>) -> impl IntoView {
    let state = AppState::use_context();
    let profile = advised(state, profiled);
    let standing = move || {
        let verdict = state.reality().map(|shown| shown.answer.level);
        AdviceStanding::of(verdict, state.is_advice_shown.get())
    };
    let is_nobody = Memo::new(move |_| is_nobody(state));
    let is_old = move || {
        state.is_stale()
            || state.reality().is_some_and(|it| it.is_old)
            || state.explanation_shown().is_some_and(|it| it.is_old)
    };
    let proposal = move || match standing() {
        _ if is_nobody.get() => Some(format!(
            "<section data-testid=advice><p>{NOBODY}</p></section>"
        )),
        AdviceStanding::Waits => Some(format!("<p data-testid=no-advice-yet>{NO_ADVICE_YET}</p>")),
        AdviceStanding::Withheld => state.reality().map(|shown| withheld_html(&shown.answer)),
        AdviceStanding::Given => match profile()? {
            Ok(profile) => proposal_html(state, &profile),
            Err(why) => Some(format!(
                "<section data-testid=advice><p>{}</p></section>",
                escaped(&no_advice_sentence(&why))
            )),
        },
    };
    let outcome = move || Some(outcome_html(state, profile()?.ok().as_ref()));
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
        <aside class="advice" aria-label=ADVICE_LABEL class:stale=is_old>
            <Asked kind=QuestionKind::Reality/>
            <OfAll/>
            <div inner_html=proposal on:click=show_anyway></div>
            <div hidden=move || is_nobody.get() || standing() != AdviceStanding::Given>
                <Numbers/>
                <div inner_html=outcome></div>
                <section><details><summary>{THE_RULES}</summary>
                    <p class="caption">{RULES_CAPTION}</p>
                    <textarea class="advice__rules" rows="10" spellcheck="false" aria-label=RULES_LABEL data-testid="rules" node_ref=text prop:value=rules_text></textarea>
                    <div class="advice__buttons"><button class="button" data-testid="use-rules" on:click=take>{USE_THESE_RULES}</button>
                    <button class="link" on:click=move |_| state.use_rules(None)>{STANDARD_RULES_AGAIN}</button></div>
                </details></section>
            </div>
        </aside>
    }
}

/// The segment that is advised on, of the first model, or why there is no advice on the one that is chosen.
fn advised(
    state: AppState,
    profiled: Memo<ModelKey>,
) -> impl Fn() -> Option<Result<Profile, NoAdvice>> + Copy + Send + Sync + 'static {
    let chosen = state.looks_at(|look| look.segment);
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
    // The row that is marked in the table: the first where none is chosen.
    let segment = Memo::new(move |_| {
        let (facts, model) = (state.facts.get()?, profiled.get());
        let first = state.view(|view| {
            let labels = view.comparison.labels(model);
            let of_rows = facts.rows.iter().filter_map(|&row| labels.get(row));
            of_rows.copied().min()
        });
        // A number of before may be no segment of this result.
        let is_there = |segment: &u32| {
            state.comparison.with(|comparison| {
                let mut segments = comparison.iter().flat_map(|it| it.segments());
                segments.any(|it| it == *segment as usize)
            })
        };
        chosen.get().filter(is_there).or(first?)
    });
    move || {
        let (comparison, facts) = (state.comparison.get()?, state.facts.get()?);
        let segment = segment.get()?;
        let letter = segment_letter(state.mark(segment as usize).segment());
        let found = profiles.with(|all| all.iter().find(|it| it.segment == segment).cloned());
        let labels = comparison.labels_that_have(segment);
        let is_visible = facts
            .rows
            .iter()
            .any(|&row| labels.get(row) == Some(&segment));
        Some(match found {
            _ if comparison.is_noise(segment) => Err(NoAdvice::NoSegment),
            Some(profile) if is_visible => Ok(profile),
            Some(_) | None => Err(NoAdvice::Hidden { letter }),
        })
    }
}

/// What stands where advice is withheld.
fn withheld_html(reality: &Reality) -> String {
    let (heading, reason) = withheld_words(reality);
    format!(
        "<section class=advice__behind data-testid=advice-behind><h2>{heading}</h2><p>{}</p>\
         <button class=button>{SHOW_ADVICE_ANYWAY}</button></section>",
        escaped(&reason)
    )
}

/// A field for a number of the offer.
struct Field {
    number: OfferNumber,
    unit: &'static str,
    /// What is shown for 1.
    scale: f64,
}

impl Field {
    const fn amount(number: OfferNumber) -> Self {
        Self {
            number,
            unit: "",
            scale: 1.0,
        }
    }

    const fn share(number: OfferNumber) -> Self {
        Self {
            number,
            unit: "%",
            scale: 100.0,
        }
    }

    /// What it takes.
    fn bounds(&self) -> FieldBounds {
        match self.number {
            OfferNumber::Margin => FieldBounds::between(LEAST_MARGIN, f64::INFINITY),
            OfferNumber::Cost => FieldBounds::between(0.0, f64::INFINITY),
            OfferNumber::Today | OfferNumber::WithOffer => {
                FieldBounds::between(0.0, self.scale).in_percent(true)
            }
        }
    }
}

static FIELDS: [Field; 4] = [
    Field::amount(OfferNumber::Margin),
    Field::amount(OfferNumber::Cost),
    Field::share(OfferNumber::Today),
    Field::share(OfferNumber::WithOffer),
];

/// The numbers of the user.
#[component]
fn Numbers() -> impl IntoView {
    let state = AppState::use_context();
    let notes = FieldNotes::new();
    let field = |of: &'static Field| {
        let value = move || state.offer.with(|offer| of.number.of(offer) * of.scale);
        let take = move |entered: f64| {
            state.decide(Decision::SetOffer {
                number: of.number,
                value: entered / of.scale,
            });
        };
        let label = offer_number_name(of.number);
        view! {
            <label class="advice__field"><span>{label}</span>
                <NumberField label=label.to_owned() id=label value=Signal::derive(value) bounds=Signal::stored(of.bounds()) notes=notes on_take=take/>
                <small>{of.unit}</small></label>
        }
    };
    view! {
        <section><h3>{YOUR_NUMBERS}</h3><p class="caption">{YOUR_NUMBERS_CAPTION}</p>
            {FIELDS.iter().map(field).collect_view()}{notes.line()}</section>
    }
}

/// What the rules propose for a segment.
fn proposal_html(state: AppState, profile: &Profile) -> Option<String> {
    let rules = state.rules.get()?;
    let advice = advice_for(&rules, Audience::Segment, &profile.traits);
    let first = advice.first()?;
    let numbers = first.columns.iter();
    let numbers =
        numbers.filter_map(|column| profile.numbers.iter().find(|it| it.column == *column));
    let numbers = numbers.map(|it| {
        let words = rests_on_words(it, state.unit(&it.column));
        format!("<li>{}</li>", escaped(&words))
    });
    let numbers = joined(numbers);
    let others = advice[1..].iter();
    let others = joined(others.map(|it| format!("<li>{}</li>", escaped(&it.rule.action))));
    let others = if others.is_empty() {
        String::new()
    } else {
        format!("<details><summary>{OTHER_ACTIONS}</summary><ul>{others}</ul></details>")
    };
    let comparison = state.comparison.get()?;
    let of_model = comparison.model_that_has(profile.segment)?;
    let is_first = of_model == comparison.first_pair().0;
    let mark = state.mark(profile.segment as usize);
    let explanation = state.explanation_shown().map(|shown| shown.answer);
    let insights = explanation.iter().flat_map(|it| &it.insights);
    let insights = insights.filter(|it| it.claim.group == Group::Segment(profile.segment));
    let insights =
        joined(insights.map(|it| claim_html(state, it, Who::Segment(mark.segment()), false)));
    let insights = if insights.is_empty() {
        String::new()
    } else {
        format!(
            "<details data-testid=segment-insights><summary>{ABOUT_SEGMENT}</summary>{insights}</details>"
        )
    };
    Some(format!(
        "<section data-testid=advice><p class=caption>{RECOMMENDATION_FOR}</p><h2>{} {}</h2><p class=caption>{}</p><h3 data-testid=action>{}</h3><p>{}</p><ul>{numbers}</ul><p class=caption>{}</p>{others}{insights}</section>",
        segment_html(mark),
        escaped(&state.segment_name(profile.segment)),
        escaped(&advice_source(state.model_name(of_model), is_first)),
        escaped(&first.rule.action),
        escaped(&first.rule.why),
        escaped(&rule_words(
            first,
            &profile.traits,
            comparison.settings.features.as_deref().unwrap_or_default()
        ))
    ))
}

/// What it brings and whether a test can prove it, where there is a proposal, and which offer for those between segments.
fn outcome_html(state: AppState, profile: Option<&Profile>) -> String {
    let offer = state.offer.get();
    let sum = profile.map(|profile| {
        format!(
            "<section><h3>{WHAT_IT_BRINGS} {}</h3><table class=sum>{}</table><p class=advice__test data-testid=advice-test title=\"{ENOUGH_TIP}\">{}</p></section>",
            how_html(MethodKey::Offer),
            sum_html(&offer, profile.n),
            test_sentence(&offer, profile.n)
        )
    });
    format!(
        "{}<section data-testid=contested><h3>{WHICH_OFFER}</h3>{}</section>",
        sum.unwrap_or_default(),
        contested_html(state, &offer).unwrap_or_default()
    )
}

fn sum_html(offer: &Offer, n: usize) -> String {
    let rows = gain_rows(offer, n).into_iter();
    joined(rows.map(|row| {
        let class = if row.line == GainLine::Expected {
            " class=sum__total"
        } else {
            ""
        };
        let GainRow {
            name, how, result, ..
        } = row;
        format!("<tr{class}><th scope=row>{name}</th><td>{how}</td><td>{result}</td></tr>")
    }))
}

/// Which offer for those between segments.
fn contested_html(state: AppState, offer: &Offer) -> Option<String> {
    let explanation = state.explanation_shown()?.answer;
    let rules = state.rules.get()?;
    if explanation.contested.is_empty() {
        return Some(format!("<p>{NOBODY_MISMATCHED}</p>"));
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
        let gaining = (!it.is_by_votes).then(|| offer.gaining(&it.choices));
        let first = contested_action(gaining, &first.rule.action);
        match actions.iter_mut().find(|(action, _)| *action == first) {
            Some((_, n)) => *n += 1,
            None => actions.push((first.to_owned(), 1)),
        }
    }
    let actions = joined(
        actions
            .iter()
            .map(|(action, n)| format!("<li><b>{}</b> {}</li>", count(*n), escaped(action))),
    );
    let choice = |choice: Option<&(u32, f64)>, is_known: bool| {
        let Some(&(segment, share)) = choice else {
            return "<td></td><td></td><td></td>".to_owned();
        };
        let segment = segment_html(state.mark(segment as usize));
        if is_known {
            let gain = fixed(offer.gain_of_one(share), 2);
            format!(
                "<td>{segment}</td><td>{}</td><td>{gain}</td>",
                percent(share)
            )
        } else {
            format!("<td>{segment}</td><td>–</td><td>–</td>")
        }
    };
    let rows = joined(explanation.contested.iter().take(MOST_CONTESTED).map(|it| {
        let mut choices = it.choices.iter();
        format!(
            "<tr><th scope=row>{}</th>{}{}</tr>",
            escaped(&state.customer_name(it.row)),
            choice(choices.next(), !it.is_by_votes),
            choice(choices.next(), !it.is_by_votes)
        )
    }));
    let counted = contested_counted(explanation.contested.len(), explanation.n_mismatched);
    let counted = counted.map_or_else(String::new, |words| format!("<p class=caption>{words}</p>"));
    let more = explanation.n_mismatched.saturating_sub(MOST_CONTESTED);
    let more = if more > 0 {
        format!("<p class=caption>{}</p>", contested_left_out(more))
    } else {
        String::new()
    };
    let is_known = explanation.contested.iter().all(|it| !it.is_by_votes);
    let how = if is_known {
        contested_sentence(offer)
    } else {
        NO_PROBABILITY.to_owned()
    };
    let [customer, first, gain, second, gain_of_second] = CONTESTED_HEADS;
    Some(format!(
        "<p>{how}</p><ul>{actions}</ul>{counted}<table class=\"sum contested\"><thead><tr><th scope=col>{customer}</th><th scope=col colspan=2>{first}</th><th scope=col>{gain}</th><th scope=col colspan=2>{second}</th><th scope=col>{gain_of_second}</th></tr></thead><tbody>{rows}</tbody></table>{more}"
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
