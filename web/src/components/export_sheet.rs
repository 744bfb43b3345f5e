//! What is taken along: which profiles, in which form, which columns, with personal data or without.

use roster_index::Field;
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, Properties, TargetCast, UseStateHandle, component, html, use_memo, use_state};

use super::Wish;
use crate::export::{Format, Order, Target, Written};
use crate::icon::Icon;
use crate::index::{Answer, Index};
use crate::picking::Picked;
use crate::shared::Shared;
use crate::source::Goal;
use crate::texts;

/// Properties of [`ExportSheet`].
#[derive(Clone, PartialEq, Properties)]
pub struct ExportSheetProps {
    /// Everything that is loaded.
    pub index: Index,
    /// Which of it is in the list.
    pub answer: Shared<Answer>,
    /// The chosen profiles.
    pub picked: Shared<Picked>,
    /// The sources that have more pages.
    pub open: Vec<&'static str>,
    /// How far the export is.
    pub written: Option<Written>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// What a person has set so far.
#[derive(Clone, PartialEq)]
struct Form {
    is_picked: bool,
    format: Format,
    /// Columns that are not wanted.
    without: Vec<Field>,
    has_bom: bool,
    has_personal_data: bool,
}

impl Form {
    fn toggle(&mut self, field: Field, is_wanted: bool) {
        self.without.retain(|own| *own != field);
        if !is_wanted {
            self.without.push(field);
        }
    }
}

/// The form. Nothing in it is kept after it was closed.
#[component]
pub fn ExportSheet(props: &ExportSheetProps) -> Html {
    let has_picked = !props.picked.is_empty();
    let form = use_state(|| Form {
        is_picked: has_picked,
        format: Format::default(),
        without: Vec::new(),
        has_bom: true,
        has_personal_data: false,
    });
    let asked = (
        props.index.clone(),
        props.answer.clone(),
        props.picked.clone(),
        form.is_picked,
    );
    let fields = use_memo(asked, |(index, answer, picked, is_picked)| {
        let rows = if *is_picked {
            index.rows_of(picked.keys(), &answer.sort, answer.now)
        } else {
            index.rows(&answer.filter, &answer.sort, answer.now)
        };
        index.filled(&rows, answer.now)
    });
    let (personal, plain): (Vec<Field>, Vec<Field>) = fields.iter().partition(|field| field.info().is_personal);
    let is_table = form.format == Format::Csv;
    html! {
        <div class="export">
            { scopes(props, &form) }
            { formats(&form) }
            <div>{ is_table.then(|| columns(&plain, &form)) }</div>
            <div>{ (form.format.has_records() && !personal.is_empty()).then(|| consent(&personal, &form)) }</div>
            <div>{ is_table.then(|| tick("bom", texts::FOR_EXCEL.to_owned(), form.has_bom, &form, |form, is_on| form.has_bom = is_on)) }</div>
            <div>{ missing(props, &form) }</div>
            { deeds(props, &form, &fields) }
        </div>
    }
}

fn tick(
    name: &'static str,
    text: String,
    is_on: bool,
    form: &UseStateHandle<Form>,
    set: impl Fn(&mut Form, bool) + 'static,
) -> Html {
    let form = form.clone();
    let on_change = move |event: Event| {
        let is_on = event
            .target_dyn_into::<HtmlInputElement>()
            .is_some_and(|input| input.checked());
        let mut next = (*form).clone();
        set(&mut next, is_on);
        form.set(next);
    };
    html! {
        <label class="export__choice"><input type="checkbox" data-option={name} checked={is_on} onchange={on_change} /><span>{ text }</span></label>
    }
}

fn choice(
    group: &'static str,
    word: &'static str,
    text: String,
    is_on: bool,
    form: &UseStateHandle<Form>,
    next: Form,
) -> Html {
    let form = form.clone();
    html! {
        <label key={word} class="export__choice">
            <input type="radio" name={group} value={word} checked={is_on} onchange={move |_: Event| form.set(next.clone())} /><span>{ text }</span>
        </label>
    }
}

fn scopes(props: &ExportSheetProps, form: &UseStateHandle<Form>) -> Html {
    let one = |is_picked: bool| {
        let n = if is_picked {
            props.picked.len()
        } else {
            props.answer.total
        };
        let next = Form {
            is_picked,
            ..(**form).clone()
        };
        let word = if is_picked { "picked" } else { "all" };
        let text = texts::scope(n, is_picked, props.answer.is_filtered());
        choice("scope", word, text, form.is_picked == is_picked, form, next)
    };
    let picked = (!props.picked.is_empty()).then(|| one(true));
    html! { <fieldset class="export__group"><legend>{ texts::WHICH }</legend>{ one(false) }<span key="picked-place">{ picked }</span></fieldset> }
}

fn formats(form: &UseStateHandle<Form>) -> Html {
    let one = |format: Format| {
        let next = Form {
            format,
            ..(**form).clone()
        };
        choice(
            "format",
            format.word(),
            texts::form(format).to_owned(),
            form.format == format,
            form,
            next,
        )
    };
    html! { <fieldset class="export__group"><legend>{ texts::FORM }</legend>{ for Format::ALL.into_iter().map(one) }</fieldset> }
}

fn columns(fields: &[Field], form: &UseStateHandle<Form>) -> Html {
    let one = |field: &Field| {
        let field = *field;
        let is_on = !form.without.contains(&field);
        let tick = tick(
            field.key(),
            field.info().title.to_owned(),
            is_on,
            form,
            move |form, is_on| form.toggle(field, is_on),
        );
        html! { <li key={field.key()}>{ tick }</li> }
    };
    html! {
        <fieldset class="export__group"><legend>{ texts::COLUMNS }</legend><ul class="export__columns">{ for fields.iter().map(one) }</ul></fieldset>
    }
}

fn consent(personal: &[Field], form: &UseStateHandle<Form>) -> Html {
    tick(
        "personal",
        texts::with_personal(personal),
        form.has_personal_data,
        form,
        |form, is_on| {
            form.has_personal_data = is_on;
        },
    )
}

/// Told where more could come that would be part of the file.
fn missing(props: &ExportSheetProps, form: &UseStateHandle<Form>) -> Html {
    if props.open.is_empty() || form.is_picked {
        return html! {};
    }
    let open = props.open.clone();
    let on_click = props.wish.reform(move |_| Wish::LoadEach(open.clone(), Goal::All));
    html! {
        <p class="export__missing" data-testid="pages-missing">
            { Icon::Warn.draw() }<span>{ texts::pages_missing(props.answer.n_loaded) }</span>
            <button type="button" class="button button--small" data-action="load-first" onclick={on_click}>{ texts::LOAD_ALL_FIRST }</button>
        </p>
    }
}

fn deeds(props: &ExportSheetProps, form: &UseStateHandle<Form>, fields: &[Field]) -> Html {
    let wanted = |field: &&Field| {
        let is_allowed = form.has_personal_data || !field.info().is_personal;
        is_allowed && !form.without.contains(*field)
    };
    let order = |to: Target| Order {
        filter: props.answer.filter.clone(),
        sort: props.answer.sort.clone(),
        now: props.answer.now,
        picked: form.is_picked.then(|| props.picked.clone()),
        format: form.format,
        columns: fields.iter().filter(wanted).copied().collect(),
        has_bom: form.has_bom,
        has_personal_data: form.has_personal_data,
        to,
    };
    let button = |name: &'static str, word: &'static str, icon: Icon, class: &'static str, order: Order| {
        let on_click = props.wish.reform(move |_| Wish::Export(Box::new(order.clone())));
        html! { <button key={name} type="button" {class} data-action={name} onclick={on_click}>{ icon.draw() }{ word }</button> }
    };
    let is_writing = props.written.as_ref().is_some_and(|written| !written.is_done);
    let stop = is_writing.then(|| {
        let on_click = props.wish.reform(|_| Wish::StopExport);
        html! { <button key="stop" type="button" class="button" data-action="stop-export" onclick={on_click}>{ texts::CANCEL }</button> }
    });
    html! {
        <div class="export__deeds">
            { button("save-file", texts::SAVE_FILE, Icon::Save, "button button--accent", order(Target::File)) }
            { button("copy-text", texts::COPY_TEXT, Icon::Copy, "button", order(Target::Clipboard)) }
            <span key="stop-place">{ stop }</span>
            <p key="said" class="export__said" role="status" data-testid="written">{ props.written.as_ref().map(texts::written) }</p>
        </div>
    }
}
