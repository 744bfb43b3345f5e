//! Some rows of the table. They are drawn anew only if they show something else.

use roster_index::{Field, Value};
use yew::{Component, Context, Html, Properties, html};

use super::Shown;
use crate::components::card::pick;
use crate::icon::Icon;
use crate::index::Window;
use crate::look::Tone;
use crate::picking::Picked;
use crate::shared::Shared;
use crate::state::slot_id;
use crate::{table, texts};

/// Properties of [`Body`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct BodyProps {
    /// The rows.
    pub(crate) window: Shared<Window>,
    /// How they are shown.
    pub(crate) shown: Shared<Shown>,
    /// Key of the open profile, if it is among the rows.
    pub(crate) open: Option<String>,
    /// The chosen profiles.
    pub(crate) picked: Shared<Picked>,
    /// Whether they belong to the newest answer.
    pub(crate) is_placed: bool,
}

/// One row, as it is drawn.
struct Drawn {
    key: String,
    name: String,
    cells: Vec<(Field, table::Shown)>,
}

/// A chunk of the table.
pub(crate) struct Body {
    drawn: Vec<Drawn>,
}

impl Body {
    fn read(props: &BodyProps) -> Vec<Drawn> {
        let (shown, rows) = (&props.shown, &props.window.rows);
        let fields: Vec<Field> = table::NAMES.iter().chain(shown.columns.iter()).copied().collect();
        let values = shown.index.values(rows, &fields, shown.now);
        let one = |(row, values): (&u32, Vec<Vec<Value>>)| {
            let key = shown.index.key(*row)?;
            let mut values = values.into_iter();
            let names: Vec<Vec<Value>> = values.by_ref().take(table::NAMES.len()).collect();
            let cells = shown.columns.iter().zip(values);
            Some(Drawn {
                name: table::name(&names, &key),
                cells: cells
                    .map(|(field, values)| (*field, table::shown(*field, &values)))
                    .collect(),
                key,
            })
        };
        rows.iter().zip(values).filter_map(one).collect()
    }
}

impl Component for Body {
    type Message = ();
    type Properties = BodyProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self {
            drawn: Self::read(ctx.props()),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &BodyProps) -> bool {
        let props = ctx.props();
        if props.window != old.window || props.shown != old.shown {
            self.drawn = Self::read(props);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let rows = self
            .drawn
            .iter()
            .enumerate()
            .map(|(slot, drawn)| row(props, slot, drawn));
        html! { <tbody hidden={!props.is_placed}>{ for rows }</tbody> }
    }
}

fn row(props: &BodyProps, slot: usize, drawn: &Drawn) -> Html {
    let own = props.window.first + slot;
    let id = slot_id(props.shown.scope, own);
    let place = props.shown.before + own;
    let is_open = props.open.as_ref() == Some(&drawn.key);
    let class = if is_open { "row row--open" } else { "row" };
    let provider = drawn.key.split(':').next().unwrap_or_default().to_owned();
    let cells = drawn
        .cells
        .iter()
        .enumerate()
        .map(|(place, (field, shown))| cell(props, place, *field, shown));
    // The head is the first row. Slots are known by their place, so that another profile is written into the same nodes.
    html! {
        <tr key={slot} class={class} data-key={drawn.key.clone()} data-provider={provider} data-place={place.to_string()}
            aria-rowindex={(own + 2).to_string()}>
            <th scope="row" class="row__name">
                { pick(&id, props.picked.has(&drawn.key)) }
                <button type="button" id={id.clone()} class="row__opener" data-action="open" title={drawn.name.clone()}
                    aria-expanded={is_open.to_string()}>{ props.shown.needles.mark(&drawn.name) }</button>
            </th>
            { for cells }
        </tr>
    }
}

fn cell(props: &BodyProps, place: usize, field: Field, shown: &table::Shown) -> Html {
    let class = match (shown.is_nothing, field.kind()) {
        (true, roster_index::Kind::Number | roster_index::Kind::Percent) => {
            "cell cell--number cell--nothing".to_owned()
        }
        (true, _) => "cell cell--nothing".to_owned(),
        (false, roster_index::Kind::Number | roster_index::Kind::Percent) => {
            ["cell cell--number tone--", shown.tone.word()].concat()
        }
        _ => ["cell tone--", shown.tone.word()].concat(),
    };
    let icon = match shown.tone {
        Tone::Bad => Some(Icon::Stop),
        Tone::Warn => Some(Icon::Warn),
        Tone::Plain | Tone::Good => None,
    };
    let text = if shown.text.is_empty() {
        texts::NOT_SET
    } else {
        &shown.text
    };
    html! {
        <td key={place} class={class} data-column={field.key()} title={text.to_owned()}>{ icon.map(Icon::draw) }{ props.shown.needles.mark(text) }</td>
    }
}
