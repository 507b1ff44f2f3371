//! Days without a network: hands the page to its service worker (`www/service-worker.js`), which keeps its files,
//! and says when that one is of a newer version. Where the browser has no such worker, or refuses it, nothing
//! happens; hence every call is one that may fail.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;

use super::browser::{call, kept, of_navigator, promised, property};
use super::context::Ui;
use super::link::named_in_head;
use super::safely::{Effect, attempt};
use super::shell::Reload;
use super::state::{Part, engines::Health, spoken::Topic};
use super::text;

/// The service worker, beside the page: it serves that folder and no other.
const SCRIPT: &str = "service-worker.js";
/// How often a page that stays open looks for a new version.
const LOOK: Duration = Duration::from_secs(30 * 60);

/// Offers to reload once there is a new version; what has been done is kept by the browser meanwhile.
#[component]
pub fn Offline() -> impl IntoView {
    let ui = Ui::get();
    let newer = RwSignal::new(false);
    let gpu = ui.store.memo(&[Part::Engines], |state| state.engines.gpu.health == Health::Ready);
    spawn_local(async move {
        if let Ok(registration) = register(newer).await {
            look_at_times(&registration);
            keep_the_gpu_engine_once(gpu, registration);
        }
    });
    Effect::new(move |_| {
        if newer.get() {
            ui.voice.say(Topic::Fault, text::update_there(ui.locale.get_untracked()));
        }
    });
    move || {
        newer.get().then(|| {
            view! {
                <div class="banner note" data-testid="update-banner">
                    <p class="banner-text">{ui.t(text::update_there)}</p>
                    <Reload />
                </div>
            }
        })
    }
}

/// Registers the service worker and hears from it.
async fn register(newer: RwSignal<bool>) -> Result<JsValue, JsValue> {
    let container = of_navigator("serviceWorker");
    if !container.is_object() {
        return Err(JsValue::UNDEFINED);
    }
    listen(&container, "message", move |event| {
        if let Some(version) = property(&property(event, "data"), "telarVersion").as_string() {
            newer.set(version != named_in_head("telar-version"));
        }
    })?;
    promised(&container, "register", &[&SCRIPT.into()]).await?;
    let registration = kept(property(&container, "ready")).await?;
    tell(&registration, "version")?;
    Ok(registration)
}

/// Looks for a new version at times, and when somebody comes back to the page.
fn look_at_times(registration: &JsValue) {
    let asked = registration.clone();
    let look = move || {
        let asked = asked.clone();
        // Without a network there is nothing new.
        spawn_local(async move { drop(promised(&asked, "update", &[]).await) });
    };
    let again = look.clone();
    // Refused, it is looked for at the next visit.
    let _ = listen(&document(), "visibilitychange", move |_| again());
    let _ = set_interval_with_handle(
        move || {
            attempt(&mut || look());
        },
        LOOK,
    );
}

/// The GPU engine is large: it is kept by those who have it.
fn keep_the_gpu_engine_once(gpu: Memo<bool>, registration: JsValue) {
    let registration = StoredValue::new_local(registration);
    Effect::new(move |_| {
        if gpu.get() {
            // Without a worker nothing is kept.
            let _ = registration.with_value(|registration| tell(registration, "gpu"));
        }
    });
}

/// Says a word to the registration's worker.
fn tell(registration: &JsValue, word: &str) -> Result<JsValue, JsValue> {
    call(&property(registration, "active"), "postMessage", &[&word.into()])
}

fn listen(target: &JsValue, event: &str, act: impl Fn(&JsValue) + 'static) -> Result<(), JsValue> {
    let heard = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        attempt(&mut || act(&event));
    });
    call(target, "addEventListener", &[&event.into(), &heard.into_js_value()])?;
    // Messages to listeners wait for this.
    if property(target, "startMessages").is_function() {
        call(target, "startMessages", &[])?;
    }
    Ok(())
}
