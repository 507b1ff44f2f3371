//! The status bar: data in use, engine with its speed and the reason for the choice, what is
//! running, and the switches of language and theme.

use leptos::prelude::*;

use super::run_bar::RunBar;
use crate::protocol::{DataSource, EngineKind};
use crate::ui::context::Ui;
use crate::ui::format;
use crate::ui::prefs::Theme;
use crate::ui::safely::safely;
use crate::ui::state::engines::{Health, Preference};
use crate::ui::state::runs::RunStatus;
use crate::ui::state::{Part, State};
use crate::ui::text::{self, Locale};

/// The bar at the top.
#[component]
pub fn Header() -> impl IntoView {
    let ui = Ui::get();
    view! {
        <header class="status" aria-label=ui.t(text::status)>
            <span class="brand" aria-hidden="true" translate="no">"Telar"</span>
            <DataStatus />
            <EngineStatus />
            <RunBar />
            <Switches />
        </header>
    }
}

/// Where the data come from, in words.
pub fn source_name(locale: Locale, source: DataSource) -> &'static str {
    match source {
        DataSource::Local => text::source_local(locale),
        DataSource::Cache => text::source_cache(locale),
        DataSource::Mirror => text::source_mirror(locale),
        DataSource::Files => text::source_files(locale),
        DataSource::Synthetic => text::source_synthetic(locale),
        DataSource::None => text::source_none(locale),
    }
}

/// A source's name in the test contract.
fn source_id(source: DataSource) -> &'static str {
    match source {
        DataSource::Local => "local",
        DataSource::Cache => "cache",
        DataSource::Mirror => "mirror",
        DataSource::Files => "files",
        DataSource::Synthetic => "synthetic",
        DataSource::None => "none",
    }
}

#[component]
fn DataStatus() -> impl IntoView {
    let ui = Ui::get();
    let shown = ui.store.memo(&[Part::Data], |state| {
        let counts = state.data.summary.as_ref().map_or((0, 0), |summary| (summary.train, summary.test));
        (state.data.source(), counts.0, counts.1)
    });
    let counts = move || {
        let (locale, (source, train, test)) = (ui.locale.get(), shown.get());
        let number = |value: u32| format::count(locale, value.into());
        let some = source != DataSource::None;
        some.then(|| text::train_and_test(locale, &number(train), &number(test)))
    };
    view! {
        <div class="chip" data-testid="status-data"
            data-source=move || source_id(shown.get().0)
            data-train=move || shown.get().1
            data-test=move || shown.get().2
        >
            <b>{move || source_name(ui.locale.get(), shown.get().0)}</b>
            <span>{counts}</span>
        </div>
    }
}

/// `data-state` of the engine in use.
fn engine_state(state: &State) -> &'static str {
    let (kind, _) = state.engines.choice();
    let run = state.runs.active().map(|run| run.status);
    match (&state.engines.get(kind).health, run) {
        (Health::Failed(_), _) => "failed",
        (Health::Absent | Health::Loading, _) => "loading",
        (Health::Ready, Some(RunStatus::Paused)) => "paused",
        (Health::Ready, Some(_)) => "running",
        (Health::Ready, None) if kind == EngineKind::Cpu || state.engines.chosen_ready() => "ready",
        (Health::Ready, None) => "loading",
    }
}

/// The engine at work, or the one chosen for the next run, with its latest speed.
fn engine_and_speed(state: &State) -> (EngineKind, Option<u64>) {
    let active = state.runs.active();
    let kind = active.map_or_else(|| state.engines.choice().0, |run| run.engine);
    let now = active.and_then(|run| run.progress.as_ref()).map(|progress| progress.images_per_second);
    let speed = now.filter(|speed| *speed > 0.0).or(state.engines.get(kind).speed);
    (kind, speed.map(|speed| speed as u64))
}

/// Workers that calculate now: none between two runs and in a pause.
fn cores_at_work(state: &State) -> u32 {
    let running = state.runs.active().filter(|run| run.status == RunStatus::Running);
    running.and_then(|run| run.progress.as_ref()).map_or(0, |progress| progress.cores)
}

/// How many cores work, where any does.
#[component]
fn Cores() -> impl IntoView {
    let ui = Ui::get();
    let cores = ui.store.memo(&[Part::Engines, Part::Runs], cores_at_work);
    let words = move || {
        let locale = ui.locale.get();
        match cores.get() {
            0 => String::new(),
            1 => format!("{} · ", text::one_core_at_work(locale)),
            cores => format!("{} · ", text::cores_at_work(locale, &cores.to_string())),
        }
    };
    view! {
        <span data-testid="status-cores" data-cores=move || cores.get() title=ui.t(text::cores_title)>{words}</span>
    }
}

#[component]
fn EngineStatus() -> impl IntoView {
    let ui = Ui::get();
    let parts: &[Part] = &[Part::Engines, Part::Runs];
    let state = ui.store.memo(parts, engine_state);
    let shown = ui.store.memo(parts, engine_and_speed);
    let why = ui.store.memo(parts, |state| state.engines.choice().1);
    let reason = move || text::reason(ui.locale.get(), &why.get());
    let full = move || {
        let detail = text::reason_detail(ui.locale.get(), &why.get());
        if detail.is_empty() { reason() } else { detail }
    };
    let name = move || if shown.get().0 == EngineKind::Gpu { "gpu" } else { "cpu" };
    let figure = move || {
        let locale = ui.locale.get();
        match (state.get(), shown.get().1) {
            ("loading", _) => text::engine_loading(locale).to_owned(),
            ("failed", _) => text::engine_failed(locale).to_owned(),
            (_, Some(speed)) => text::images_per_second(locale, &format::speed(locale, speed as f64)),
            _ => String::new(),
        }
    };
    view! {
        <div class="chip engine">
            <span data-testid="status-engine" data-state=move || state.get() class="engine-name">
                <i class="lamp" aria-hidden="true"></i>
                <b translate="no">{name}</b>
                " "
                <span>{figure}</span>
            </span>
            <EngineSelect />
            <small>
                <Cores />
                <span data-testid="status-reason" title=full>{reason}</span>
            </small>
        </div>
    }
}

#[component]
fn EngineSelect() -> impl IntoView {
    let ui = Ui::get();
    let chosen = ui.store.memo(&[Part::Engines], |state| state.engines.preference);
    let choose = move |event| {
        let preference = match event_target_value(&event).as_str() {
            "cpu" => Preference::Cpu,
            "gpu" => Preference::Gpu,
            _ => Preference::Auto,
        };
        crate::ui::prefs::save("engine", &preference);
        ui.link.prefer(preference);
    };
    let option = move |value: &'static str, preference, label: fn(Locale) -> &'static str| {
        let plain = (value != "auto").then_some("no");
        view! { <option value=value selected=move || chosen.get() == preference translate=plain>{ui.t(label)}</option> }
    };
    view! {
        <select data-testid="engine-select" aria-label=ui.t(text::engine_choice) on:change=safely(choose)>
            {option("auto", Preference::Auto, text::engine_auto)}
            {option("cpu", Preference::Cpu, |_| "cpu")}
            {option("gpu", Preference::Gpu, |_| "gpu")}
        </select>
    }
}

#[component]
fn Switches() -> impl IntoView {
    let ui = Ui::get();
    let language = move |event| {
        let tag = event_target_value(&event);
        ui.locale.set(Locale::from_preferences([tag.as_str()]));
    };
    let theme = move |event| {
        ui.theme.set(match event_target_value(&event).as_str() {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        });
    };
    let locale_option = move |locale: Locale| {
        view! { <option value=locale.tag() lang=locale.tag() translate="no" selected=move || ui.locale.get() == locale>{locale.own_name()}</option> }
    };
    let theme_option = move |choice: Theme, label: fn(Locale) -> &'static str| {
        view! { <option value=choice.name() selected=move || ui.theme.get() == choice>{ui.t(label)}</option> }
    };
    view! {
        <div class="switches">
            <select data-testid="language-select" aria-label=ui.t(text::language) on:change=safely(language)>
                {Locale::ALL.map(locale_option).collect_view()}
            </select>
            <select data-testid="theme-select" aria-label=ui.t(text::theme) on:change=safely(theme)>
                {theme_option(Theme::System, text::theme_system)}
                {theme_option(Theme::Light, text::theme_light)}
                {theme_option(Theme::Dark, text::theme_dark)}
            </select>
        </div>
    }
}
