//! A record's fields as a folded tree, with a box that narrows it down.

use roster_index::fold;
use yew::{AttrValue, Html, InputEvent, Properties, TargetCast, component, html, use_state};

use super::copy_button::CopyButton;
use crate::json_tree::Node;
use crate::texts::raw;

/// How deep the tree is unfolded at first.
const OPEN_DEPTH: usize = 1;

/// Properties of [`JsonTree`].
#[derive(Clone, PartialEq, Properties)]
pub struct JsonTreeProps {
    /// The record's JSON.
    pub text: AttrValue,
}

/// Native disclosures, so that keyboard, screen reader and the browser's own find work as everywhere.
#[component]
pub fn JsonTree(props: &JsonTreeProps) -> Html {
    let wanted = use_state(String::new);
    let on_input = {
        let wanted = wanted.clone();
        move |event: InputEvent| wanted.set(event.target_unchecked_into::<web_sys::HtmlInputElement>().value())
    };
    let folded = fold(wanted.trim());
    let is_narrowed = !folded.is_empty();
    let depth = if is_narrowed { usize::MAX } else { OPEN_DEPTH };
    let shown = Node::of(&props.text).with(&folded);
    let tree = match &shown {
        Some(node) if node.is_group() => list(node, depth),
        Some(node) => leaf(node),
        None => html! { <p class="panel__note" role="status">{ raw::NOTHING_FOUND }</p> },
    };
    html! {
        <div class="tree">
            <input type="search" class="filter__input tree__find" data-testid="tree-find" aria-label={raw::FIND} placeholder={raw::FIND}
                value={(*wanted).clone()} oninput={on_input} />
            <div data-testid="tree">{ tree }</div>
        </div>
    }
}

fn list(node: &Node, depth: usize) -> Html {
    html! {
        <ul class="tree__list" role="list">
            { for node.children.iter().enumerate().map(|(place, child)| html! { <li key={place} class="tree__item">{ draw(child, depth) }</li> }) }
        </ul>
    }
}

fn draw(node: &Node, depth: usize) -> Html {
    if !node.is_group() {
        return leaf(node);
    }
    html! {
        <>
            <details open={depth > 1}>
                <summary class="tree__row">
                    <bdi class="tree__key">{ &node.name }</bdi>
                    <span class="tree__size">{ raw::size(node.children.len(), node.kind == crate::json_tree::Kind::List) }</span>
                </summary>
                { list(node, depth.saturating_sub(1)) }
            </details>
            { tools(node) }
        </>
    }
}

fn leaf(node: &Node) -> Html {
    html! {
        <>
            <div class="tree__row" data-path={node.path.clone()}>
                <bdi class="tree__key">{ &node.name }</bdi>
                <code class={format!("tree__value tree__value--{}", node.kind.word())}>{ node.text }</code>
            </div>
            { tools(node) }
        </>
    }
}

fn tools(node: &Node) -> Html {
    html! {
        <span class="tree__tools">
            <CopyButton text={node.path.clone()} label={raw::copy_path(&node.path)} word="path" action="copy-path" />
            <CopyButton text={node.value()} label={raw::copy_value(&node.path)} word="value" action="copy-value" />
        </span>
    }
}
