//! A browser's translator puts a `<font>` with its own words in the place of each text node. The node
//! that this page holds is then no longer in the document: what it shows next is never seen, and what
//! should come beside it has no place.
//!
//! So each such node is put back, empty, behind the translator's element. When the page writes into it
//! again, or takes it away, that element goes: figures move on, and the translator takes the new words
//! again if it likes.

use js_sys::{Array, WeakMap};
use wasm_bindgen::prelude::*;
use web_sys::{Element, MutationObserver, MutationObserverInit, MutationRecord, Node, NodeList};

/// The element that translators use.
const FOREIGN: &str = "FONT";

/// Watches the page from now on, for good.
pub fn survive() {
    let Some(body) = leptos::prelude::document().body() else { return };
    let stands_for = WeakMap::new();
    let heard = Closure::<dyn Fn(Array, MutationObserver)>::new(move |records: Array, observer| {
        hear(&stands_for, &records, &observer);
    });
    let Ok(observer) = MutationObserver::new(heard.into_js_value().unchecked_ref()) else { return };
    let what = MutationObserverInit::new();
    what.set_child_list(true);
    what.set_subtree(true);
    what.set_character_data(true);
    // The body can be observed: it is there.
    let _ = observer.observe_with_options(&body, &what);
}

/// `stands_for` has the translator's element for each of the page's text nodes.
fn hear(stands_for: &WeakMap, records: &Array, observer: &MutationObserver) {
    let records: Vec<MutationRecord> = records.iter().map(JsCast::unchecked_into).collect();
    for record in &records {
        match record.target() {
            Some(text) if record.type_() == "characterData" => give_way(stands_for, &text),
            _ => nodes(&record.removed_nodes()).for_each(|gone| replaced(stands_for, record, &gone)),
        }
    }
    // What was done here is nobody's news.
    observer.take_records();
}

/// A node was removed: by a translator, which has put its element there, or by the page.
fn replaced(stands_for: &WeakMap, record: &MutationRecord, gone: &Node) {
    if gone.node_type() != Node::TEXT_NODE || gone.is_connected() {
        return;
    }
    match successor(record).filter(|font| font.is_connected()) {
        Some(font) if !stands_for.has(gone) => put_back(stands_for, gone, &font),
        _ => give_way(stands_for, gone),
    }
}

fn put_back(stands_for: &WeakMap, text: &Node, font: &Node) {
    text.set_node_value(Some(""));
    let place = font.parent_node().map(|parent| parent.insert_before(text, font.next_sibling().as_ref()));
    if place.is_some_and(|placed| placed.is_ok()) {
        stands_for.set(text, font);
    }
}

/// The translator's element that came in a node's place: with the removal, or just before it.
fn successor(record: &MutationRecord) -> Option<Node> {
    let beside = [record.previous_sibling(), record.next_sibling()].into_iter().flatten();
    nodes(&record.added_nodes())
        .chain(beside)
        .find(|node| node.dyn_ref::<Element>().is_some_and(|element| element.tag_name() == FOREIGN))
}

/// The page has written into a text node or taken it away: what stands for it goes.
fn give_way(stands_for: &WeakMap, text: &Node) {
    if let Some(font) = stands_for.get(text).dyn_ref::<Element>() {
        font.remove();
        stands_for.delete(text);
    }
}

fn nodes(list: &NodeList) -> impl Iterator<Item = Node> + use<> {
    let list = list.clone();
    (0..list.length()).filter_map(move |index| list.get(index))
}
