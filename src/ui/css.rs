//! Styles of single elements, set by way of the element's style object: the page's security policy takes no
//! `style` attributes, which a stray text could smuggle in.

use std::sync::Arc;

use leptos::tachys::html::style::IntoStyle;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::protocol::Mode;

/// Declarations (`width:2px;--c:red`) for `style=`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Css(Arc<str>);

/// Declarations for `style=`, fixed or `move ||`.
pub fn css(declarations: impl Into<Arc<str>>) -> Css {
    Css(declarations.into())
}

/// The colour of a mode, as `--c`.
pub fn of_mode(mode: Mode) -> Css {
    css(format!("--c:var(--mode-{})", mode.name()))
}

/// Gives an element these declarations and no others.
pub fn set(element: &Element, declarations: &str) {
    // Only `style` is asked of it, which drawings (SVG) have as well.
    element.unchecked_ref::<HtmlElement>().style().set_css_text(declarations);
}

impl IntoStyle for Css {
    type AsyncOutput = Self;
    type State = (Element, Self);
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn to_html(self, style: &mut String) {
        style.push_str(&self.0);
    }

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element) -> Self::State {
        self.build(element)
    }

    fn build(self, element: &Element) -> Self::State {
        set(element, &self.0);
        (element.clone(), self)
    }

    fn rebuild(self, (element, before): &mut Self::State) {
        if self != *before {
            set(element, &self.0);
            *before = self;
        }
    }

    fn into_cloneable(self) -> Self::Cloneable {
        self
    }

    fn into_cloneable_owned(self) -> Self::CloneableOwned {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }

    fn reset((element, _): &mut Self::State) {
        set(element, "");
    }
}
