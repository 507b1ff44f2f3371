//! The page's root: shared handles, the frame, the five steps.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::context::Ui;
use super::prefs::{self, Step};
use super::safely::{Effect, Tasks, safely};
use super::{data_step, latent, parts, scroll, shell, text, translated, wake, widgets};

/// Shows the page and starts the engines.
pub fn start() {
    console_error_panic_hook::set_once();
    Tasks::begin();
    translated::survive();
    mount_to_body(App);
    // The text of index.html for browsers in which nothing starts; nobody needs it from here on.
    if let Some(text) = document().get_element_by_id("not-started") {
        text.remove();
    }
}

#[component]
fn App() -> impl IntoView {
    let ui = Ui::new();
    provide_context(ui);
    follow_language(ui);
    follow_theme(ui);
    follow_address(ui);
    scroll::follow(ui);
    wake::follow(ui);
    data_step::catch(ui);
    widgets::speak_of_files(ui);
    provide_context(latent::Door::of_page());
    ui.link.begin();
    parts::fetch_ahead(ui);
    view! {
        <a class="skip" href="#content" on:click=safely(focus_content)>{ui.t(text::skip)}</a>
        <shell::Header />
        <shell::Steps />
        <main id="content" tabindex="-1">
            {Step::ALL.map(|step| view! { <StepPane step /> }).collect_view()}
            <parts::Work />
            <div class="notices">
                <shell::ResumeBanner />
                <shell::ErrorBanner />
                <shell::RevivalNote />
                <shell::SyntheticBanner />
                <parts::Offline />
            </div>
        </main>
        <shell::Announcer />
    }
}

/// One step: fetched and built when it is first visited, then kept, so that nothing in it is lost.
#[component]
fn StepPane(step: Step) -> impl IntoView {
    let ui = Ui::get();
    let visited = Memo::new(move |before| before == Some(&true) || ui.step.get() == step);
    view! {
        <section class="pane" hidden=move || ui.step.get() != step aria-label=move || shell::step_name(ui.locale.get(), step)>
            {move || visited.get().then(|| view! { <parts::Part step /> })}
        </section>
    }
}

fn follow_language(ui: Ui) {
    Effect::new(move |before: Option<()>| {
        let locale = ui.locale.get();
        document().set_title(text::title(locale));
        if let Some(root) = document().document_element() {
            // Setting a plain attribute of the root element cannot fail.
            let _ = root.set_attribute("lang", locale.tag());
        }
        if before.is_some() {
            prefs::save("language", &locale.tag());
        }
    });
}

fn follow_theme(ui: Ui) {
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", ui.theme.get().name());
        }
        ui.palette.update(|version| *version += 1);
    });
    for looks in ["(prefers-color-scheme: dark)", "(forced-colors: active)"] {
        let changed = Closure::<dyn FnMut()>::new(move || ui.palette.update(|version| *version += 1));
        if let Ok(Some(query)) = window().match_media(looks) {
            // The listener lives as long as the page.
            let _ = query.add_event_listener_with_callback("change", changed.into_js_value().unchecked_ref());
        }
    }
}

fn follow_address(ui: Ui) {
    Effect::new(move |before: Option<()>| {
        let address = format!("#{}", ui.step.get().name());
        if before.is_some() && window().location().hash().ok().as_ref() != Some(&address) {
            // A refused entry in the history costs the way back, nothing else.
            let _ =
                window().history().and_then(|h| h.push_state_with_url(&JsValue::NULL, "", Some(&address)));
        }
    });
    let follow = move |_| ui.step.set(Step::from_address());
    window_event_listener(leptos::ev::hashchange, follow);
    window_event_listener(leptos::ev::popstate, move |_| ui.step.set(Step::from_address()));
}

/// Skips without changing the address, which names the step.
fn focus_content(event: web_sys::MouseEvent) {
    event.prevent_default();
    if let Some(content) =
        document().get_element_by_id("content").and_then(|c| c.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = content.focus();
    }
}
