//! The pictures: shapes drawn here, each mark a button that filters, each picture with the same numbers as a table.

use web_sys::{KeyboardEvent, MouseEvent};
use yew::{Callback, Html, Properties, component, html, use_memo};

use crate::charts::{Chart, Mark, charts};
use crate::format::{count_short, length};
use crate::icon::Icon;
use crate::index::{Answer, Index};
use crate::shared::Shared;
use crate::state::Action;
use crate::{page, texts};

/// Width of a picture, in its own units; the page makes it as wide as there is room.
const WIDTH: f64 = 360.0;
/// Height of a mark's place among marks that lie.
const ROW: f64 = 28.0;
/// Where lying marks begin; their names stand before.
const NAMES: f64 = 118.0;
/// Room behind the longest lying mark, for its number.
const NUMBER: f64 = 44.0;
/// Height of the longest standing mark.
const TALL: f64 = 120.0;
/// Room above it, for its number.
const ABOVE: f64 = 18.0;
/// Room below, for the names.
const BELOW: f64 = 22.0;

/// Properties of [`Charts`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChartsProps {
    /// Everything that is loaded.
    pub index: Index,
    /// What passes.
    pub answer: Shared<Answer>,
    /// What happened.
    pub act: Callback<Action>,
}

/// Every picture of what is loaded.
#[component]
pub fn Charts(props: &ChartsProps) -> Html {
    let drawn = use_memo((props.index.clone(), props.answer.clone()), |(index, answer)| {
        charts(index, answer)
    });
    let one = |chart: &Chart| picture(chart, props);
    let none = drawn.is_empty().then_some(texts::NO_CHARTS);
    html! {
        <section class="charts" aria-label={texts::CHARTS} data-testid="charts">
            <p class="charts__none">{ none }</p>
            { for drawn.iter().map(one) }
        </section>
    }
}

fn picture(chart: &Chart, props: &ChartsProps) -> Html {
    let n_counted = chart.marks.iter().map(|mark| mark.n_rows).sum::<usize>();
    let has_any = n_counted > 0 || chart.earlier.is_some() || chart.marks.iter().any(|mark| mark.is_chosen);
    let left_out: usize = chart.left_out.iter().map(|(_, n_rows)| n_rows).sum();
    // A profile with several platforms is counted at each, and once here.
    let n_shown = if chart.is_lying {
        props
            .index
            .facet_total(&props.answer, chart.field)
            .saturating_sub(left_out)
    } else {
        n_counted
    };
    let (key, n_loaded) = (chart.field.key(), props.answer.n_loaded);
    let body = if has_any {
        svg(chart, &props.act)
    } else {
        html! { <p>{ texts::too_few(n_counted, n_loaded) }</p> }
    };
    html! {
        <figure {key} class="chart" data-chart={key}>
            <figcaption class="chart__title">{ texts::chart(chart.field, n_shown, n_loaded) }</figcaption>
            <div>{ body }</div>
            <p class="chart__earlier">{ chart.earlier.as_ref().map(|mark| earlier(mark, &props.act)) }</p>
            <p class="chart__left-out">{ texts::left_out(chart.field, &chart.left_out) }</p>
            { twin(chart) }
        </figure>
    }
}

fn svg(chart: &Chart, act: &Callback<Action>) -> Html {
    let height = if chart.is_lying {
        ROW * as_f64(chart.marks.len())
    } else {
        ABOVE + TALL + BELOW
    };
    let marks = chart.marks.iter().enumerate();
    let drawn = marks.map(|(place, mark)| {
        if chart.is_lying {
            lying(chart, place, mark, act)
        } else {
            standing(chart, place, mark, act)
        }
    });
    html! {
        <svg class="chart__picture" viewBox={format!("0 0 {WIDTH} {height}")} role="group" aria-label={texts::facet(chart.field)}>{ for drawn }</svg>
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

fn share(chart: &Chart, mark: &Mark) -> f64 {
    as_f64(mark.n_rows) / as_f64(chart.most().max(1))
}

/// A button among shapes: it has the focus, the role and the keys of one.
fn button(mark: &Mark, act: &Callback<Action>, shapes: Html, labels: Html) -> Html {
    let (choice, on_key) = (mark.choice.clone(), act.clone());
    let on_click = {
        let choice = choice.clone();
        act.reform(move |_: MouseEvent| Action::Chosen(choice.clone()))
    };
    let on_key = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            on_key.emit(Action::Chosen(choice.clone()));
        }
    });
    let class = if mark.is_chosen {
        "mark-of mark-of--chosen"
    } else {
        "mark-of"
    };
    // What is read beside a mark is shorter than its name, and so stands beside the button and not in it.
    html! {
        <g key={mark.title.clone()} class={class}>
            <g class="mark-of__button" role="button" tabindex="0" aria-pressed={mark.is_chosen.to_string()} aria-label={texts::mark(&mark.title, mark.n_rows)}
                data-count={mark.n_rows.to_string()} onclick={on_click} onkeydown={on_key}>{ shapes }</g>
            <g class="mark-of__labels" aria-hidden="true">{ labels }</g>
        </g>
    }
}

fn rect(class: &'static str, [x, y, width, height]: [f64; 4]) -> Html {
    let [x, y, width, height] = [x, y, width, height].map(|length| format!("{length:.1}"));
    html! { <rect {class} {x} {y} {width} {height} rx="2" /> }
}

fn label(class: &'static str, x: f64, y: f64, text: String) -> Html {
    let (x, y) = (format!("{x:.1}"), format!("{y:.1}"));
    html! { <text {class} {x} {y}>{ text }</text> }
}

fn name(mark: &Mark) -> String {
    // Chosen is told by a sign too, not by the colour alone.
    [if mark.is_chosen { "✓ " } else { "" }, &mark.short].concat()
}

fn lying(chart: &Chart, place: usize, mark: &Mark, act: &Callback<Action>) -> Html {
    let top = ROW * as_f64(place);
    let long = (WIDTH - NAMES - NUMBER) * share(chart, mark);
    let shapes = html! {
        <>
            { rect("mark-of__place", [0.0, top, WIDTH, ROW]) }
            { rect("mark-of__bar", [NAMES, top + 5.0, long.max(1.0), ROW - 10.0]) }
        </>
    };
    let labels = html! {
        <>
            { label("mark-of__name mark-of__name--before", NAMES - 8.0, top + ROW * 0.65, name(mark)) }
            { label("mark-of__count", NAMES + long + 6.0, top + ROW * 0.65, length(mark.n_rows)) }
        </>
    };
    button(mark, act, shapes, labels)
}

fn standing(chart: &Chart, place: usize, mark: &Mark, act: &Callback<Action>) -> Html {
    let wide = WIDTH / as_f64(chart.marks.len().max(1));
    let (left, tall) = (wide * as_f64(place), (TALL * share(chart, mark)).max(1.0));
    let middle = left + wide / 2.0;
    let count = if mark.n_rows > 0 {
        count_short(as_f64(mark.n_rows))
    } else {
        String::new()
    };
    let shapes = html! {
        <>
            { rect("mark-of__place", [left, 0.0, wide, ABOVE + TALL + BELOW]) }
            { rect("mark-of__bar", [left + 2.0, ABOVE + TALL - tall, wide - 4.0, tall]) }
        </>
    };
    let labels = html! {
        <>
            { label("mark-of__count mark-of__count--above", middle, ABOVE + TALL - tall - 4.0, count) }
            { label("mark-of__name mark-of__name--below", middle, ABOVE + TALL + 14.0, name(mark)) }
        </>
    };
    button(mark, act, shapes, labels)
}

/// What is older than the picture, in words; it filters as a mark does.
fn earlier(mark: &Mark, act: &Callback<Action>) -> Html {
    let choice = mark.choice.clone();
    let on_click = act.reform(move |_: MouseEvent| Action::Chosen(choice.clone()));
    html! {
        <button type="button" class="text-button" data-action="earlier" data-count={mark.n_rows.to_string()} aria-pressed={mark.is_chosen.to_string()}
            onclick={on_click}>{ if mark.is_chosen { "✓ " } else { "" } }{ texts::mark(&mark.title, mark.n_rows) }</button>
    }
}

/// The same numbers as a table, and as a file.
fn twin(chart: &Chart) -> Html {
    let row = |mark: &Mark| {
        html! { <tr key={mark.title.clone()}><th scope="row">{ mark.title.clone() }</th><td class="cell--number">{ length(mark.n_rows) }</td></tr> }
    };
    let (file, csv) = (["roster-", chart.field.key(), ".csv"].concat(), chart.csv());
    let on_save = Callback::from(move |_: MouseEvent| page::download(&file, "text/csv", &csv));
    html! {
        <details class="chart__twin">
            <summary>{ texts::AS_TABLE }</summary>
            <table class="chart__table">
                <thead><tr><th scope="col">{ texts::facet(chart.field) }</th><th scope="col">{ texts::PROFILES }</th></tr></thead>
                <tbody>{ for chart.earlier.iter().chain(&chart.marks).map(row) }</tbody>
            </table>
            <button type="button" class="button" data-action="save-csv" onclick={on_save}>{ Icon::Save.draw() }{ texts::SAVE_CSV }</button>
        </details>
    }
}
