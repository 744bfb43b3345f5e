//! The pictures: shapes drawn here, each mark a button that filters, each picture with the same numbers as a table.

use std::rc::Rc;

use web_sys::{KeyboardEvent, MouseEvent};
use yew::{Callback, Html, Properties, component, html, use_memo};

use crate::charts::drawing::{self, Label, Rect, Shapes, WIDTH, height, shapes};
use crate::charts::{Chart, Mark, charts};
use crate::format::length;
use crate::icon::Icon;
use crate::index::{Answer, Index};
use crate::shared::Shared;
use crate::state::Action;
use crate::{page, texts};

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
        charts(index, answer).into_iter().map(Rc::new).collect::<Vec<_>>()
    });
    let one = |chart: &Rc<Chart>| picture(chart, props);
    let none = drawn.is_empty().then_some(texts::NO_CHARTS);
    html! {
        <section class="charts" aria-label={texts::CHARTS} data-testid="charts">
            <p class="charts__none">{ none }</p>
            { for drawn.iter().map(one) }
        </section>
    }
}

fn picture(chart: &Rc<Chart>, props: &ChartsProps) -> Html {
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
    let title = texts::chart(chart.field, n_shown, n_loaded);
    let body = if has_any {
        svg(chart, &props.act)
    } else {
        html! { <p>{ texts::too_few(n_counted, n_loaded) }</p> }
    };
    html! {
        <figure {key} class="chart" data-chart={key}>
            <figcaption class="chart__title">{ title.clone() }</figcaption>
            <div>{ body }</div>
            <p class="chart__earlier">{ chart.earlier.as_ref().map(|mark| earlier(mark, &props.act)) }</p>
            <p class="chart__left-out">{ texts::left_out(chart.field, &chart.left_out) }</p>
            { twin(chart, &title) }
        </figure>
    }
}

fn svg(chart: &Chart, act: &Callback<Action>) -> Html {
    let drawn = chart
        .marks
        .iter()
        .zip(shapes(chart))
        .map(|(mark, shapes)| button(mark, act, &shapes));
    html! {
        <svg class="chart__picture" viewBox={format!("0 0 {WIDTH} {}", height(chart))} role="group" aria-label={texts::facet(chart.field)}>{ for drawn }</svg>
    }
}

/// A button among shapes: it has the focus, the role and the keys of one.
fn button(mark: &Mark, act: &Callback<Action>, shapes: &Shapes) -> Html {
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
                data-count={mark.n_rows.to_string()} onclick={on_click} onkeydown={on_key}>{ rect("mark-of__place", shapes.place) }{ rect("mark-of__bar", shapes.bar) }</g>
            <g class="mark-of__labels" aria-hidden="true">{ label("name", &shapes.name) }{ label("count", &shapes.count) }</g>
        </g>
    }
}

fn rect(class: &'static str, [x, y, width, height]: Rect) -> Html {
    let [x, y, width, height] = [x, y, width, height].map(|length| format!("{length:.1}"));
    html! { <rect {class} {x} {y} {width} {height} rx="2" /> }
}

fn label(part: &'static str, label: &Label) -> Html {
    let class = ["mark-of__", part, " mark-of__", part, "--", label.side].concat();
    let [x, y] = label.at.map(|length| format!("{length:.1}"));
    html! { <text {class} {x} {y}>{ label.text.clone() }</text> }
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

/// The same numbers as a table, and both as files.
fn twin(chart: &Rc<Chart>, title: &str) -> Html {
    let row = |mark: &Mark| {
        html! { <tr key={mark.title.clone()}><th scope="row">{ mark.title.clone() }</th><td class="cell--number">{ length(mark.n_rows) }</td></tr> }
    };
    let name = |extension: &str| ["roster-", chart.field.key(), ".", extension].concat();
    let (csv, drawn) = (name("csv"), chart.clone());
    let on_table = Callback::from(move |_: MouseEvent| page::download(&csv, "text/csv", &drawn.csv()));
    let (file, drawn, title) = (name("svg"), chart.clone(), title.to_owned());
    let on_picture =
        Callback::from(move |_: MouseEvent| page::download(&file, "image/svg+xml", &drawing::svg(&drawn, &title)));
    html! {
        <>
            <details class="chart__twin">
                <summary>{ texts::AS_TABLE }</summary>
                <table class="chart__table">
                    <thead><tr><th scope="col">{ texts::facet(chart.field) }</th><th scope="col">{ texts::PROFILES }</th></tr></thead>
                    <tbody>{ for chart.earlier.iter().chain(&chart.marks).map(row) }</tbody>
                </table>
            </details>
            <p class="chart__files">
                <button type="button" class="button button--small" data-action="save-svg" onclick={on_picture}>{ Icon::Save.draw() }{ texts::SAVE_SVG }</button>
                <button type="button" class="button button--small" data-action="save-csv" onclick={on_table}>{ Icon::Save.draw() }{ texts::SAVE_CSV }</button>
            </p>
        </>
    }
}
