//! A range as two fields to write in: `10k`, `80%`, `7d`, `2025-01`.

use roster_index::{Field, Filter, HintKind};
use yew::{AttrValue, Callback, Component, Context, Event, Html, Properties, TargetCast, html};

use crate::choice::with_ends;
use crate::icon::Icon;
use crate::texts;

/// Properties of [`Range`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct RangeProps {
    /// The field.
    pub(crate) field: Field,
    /// The ends that are asked for, as written.
    pub(crate) ends: (String, String),
    /// A person wants values between these ends.
    pub(crate) on_range: Callback<(String, String)>,
}

/// Two fields, and what is wrong with what was written there.
pub(crate) struct Range {
    ends: (String, String),
    fault: Option<HintKind>,
}

/// An end was written: the first one (`true`) or the last one.
pub(crate) struct Written(bool, String);

impl Component for Range {
    type Message = Written;
    type Properties = RangeProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self {
            ends: ctx.props().ends.clone(),
            fault: None,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &RangeProps) -> bool {
        if ctx.props().ends != old.ends {
            (self.ends, self.fault) = (ctx.props().ends.clone(), None);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, Written(is_first, text): Written) -> bool {
        if is_first {
            self.ends.0 = text;
        } else {
            self.ends.1 = text;
        }
        let (from, to) = &self.ends;
        self.fault = with_ends(&Filter::default(), ctx.props().field, from, to).err();
        if self.fault.is_none() {
            ctx.props().on_range.emit(self.ends.clone());
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let fault = self.fault.map(|fault| {
            html! { <span class="filter__error">{ Icon::Warn.draw() }{ texts::hint(fault) }</span> }
        });
        html! {
            <div class="range">
                <div class="range__ends">{ self.end(ctx, true) }<span aria-hidden="true">{ "–" }</span>{ self.end(ctx, false) }</div>
                <div class="range__fault" role="status">{ fault }</div>
            </div>
        }
    }
}

impl Range {
    fn end(&self, ctx: &Context<Self>, is_first: bool) -> Html {
        let field = ctx.props().field;
        let on_change = ctx.link().callback(move |event: Event| {
            let input = event.target_dyn_into::<web_sys::HtmlInputElement>();
            Written(is_first, input.map(|input| input.value()).unwrap_or_default())
        });
        let value = if is_first { &self.ends.0 } else { &self.ends.1 };
        let label: AttrValue = texts::end_of(texts::facet(field), is_first).into();
        html! {
            <input type="text" class="filter__input" data-end={if is_first { "from" } else { "to" }} aria-label={label}
                placeholder={texts::end_example(field.kind(), is_first)} value={value.clone()} autocomplete="off" spellcheck="false"
                aria-invalid={self.fault.is_some().to_string()} onchange={on_change} />
        }
    }
}
