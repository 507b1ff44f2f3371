//! Tools, undo, starter outlines, photographs.

use leptos::html::Input;
use leptos::prelude::*;

use super::pad::Pad;
use super::photo;
use super::studio::Studio;
use super::tools::{Kind, Settings, fitted};
use crate::data::CLASS_COUNT;
use crate::drawing::{BrushSize, garments};
use crate::ui::safely::safely;
use crate::ui::text::{self, Locale, draw};

type Phrase = fn(Locale) -> &'static str;

/// Three greys: ink that the network sees as bright, middling, faint.
const TONES: [(u8, Phrase); 3] = [(255, draw::tone_dark), (170, draw::tone_middle), (90, draw::tone_light)];
const SIZES: [(BrushSize, Phrase); 3] = [
    (BrushSize::Fine, draw::size_fine),
    (BrushSize::Medium, draw::size_medium),
    (BrushSize::Broad, draw::size_broad),
];
const KINDS: [(Kind, Phrase, &str); 3] = [
    (Kind::Brush, draw::tool_brush, "draw-brush"),
    (Kind::Eraser, draw::tool_eraser, "draw-eraser"),
    (Kind::Fill, draw::tool_fill, "draw-fill"),
];

/// Everything beside the pad that changes it.
#[component]
pub fn Toolbar() -> impl IntoView {
    view! {
        <div class="draw-tools">
            <Tools />
            <Changes />
            <Starters />
            <Photograph />
        </div>
    }
}

#[component]
fn Tools() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let settings = studio.settings;
    let choice = move |phrase: Phrase,
                       testid: Option<&'static str>,
                       is: fn(Settings, usize) -> bool,
                       index: usize,
                       set: fn(&mut Settings, usize)| {
        // The pad says why, below it.
        let useless = move || studio.photo.with(Option::is_some);
        view! {
            <button type="button" data-testid=testid aria-pressed=move || is(settings.get(), index).to_string()
                disabled=useless aria-describedby=move || useless().then_some("draw-word")
                title=move || useless().then(|| draw::on_photo(ui.locale.get()))
                on:click=safely(move |_| settings.update(|settings| set(settings, index)))>{ui.t(phrase)}</button>
        }
    };
    let kinds = (0..KINDS.len()).map(|index| {
        let (_, phrase, testid) = KINDS[index];
        choice(phrase, Some(testid), |s, i| s.kind == KINDS[i].0, index, |s, i| s.kind = KINDS[i].0)
    });
    let sizes = (0..SIZES.len()).map(|index| {
        choice(SIZES[index].1, None, |s, i| s.size == SIZES[i].0, index, |s, i| s.size = SIZES[i].0)
    });
    let tones = (0..TONES.len()).map(|index| {
        choice(TONES[index].1, None, |s, i| s.tone == TONES[i].0, index, |s, i| s.tone = TONES[i].0)
    });
    view! {
        <div class="segmented" role="group">{kinds.collect_view()}</div>
        <div class="row"><span class="caption">{ui.t(draw::size)}</span>
            <div class="segmented" role="group" aria-label=ui.t(draw::size)>{sizes.collect_view()}</div></div>
        <div class="row"><span class="caption">{ui.t(draw::tone)}</span>
            <div class="segmented" role="group" aria-label=ui.t(draw::tone)>{tones.collect_view()}</div></div>
    }
}

#[component]
fn Changes() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let button = move |phrase: Phrase,
                       testid: &'static str,
                       usable: fn(&Pad) -> bool,
                       change: fn(&mut Pad)| {
        let disabled = move || !studio.pad.with(usable);
        let click = move |_| {
            studio.change(change);
            studio.keep();
        };
        view! { <button type="button" data-testid=testid disabled=disabled on:click=safely(click)>{ui.t(phrase)}</button> }
    };
    view! {
        <div class="row" role="group">
            {button(draw::undo, "draw-undo", Pad::can_undo, |pad| { pad.undo(); })}
            {button(draw::redo, "draw-redo", Pad::can_redo, |pad| { pad.redo(); })}
            {button(draw::mirror, "draw-mirror", |pad| !pad.is_blank(), Pad::mirror)}
            {button(draw::clear, "draw-clear", |pad| !pad.is_blank(), Pad::clear)}
        </div>
    }
}

#[component]
fn Starters() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let choose = move |event: web_sys::Event| {
        if let Ok(class) = event_target_value(&event).parse::<u8>() {
            studio.change(|pad| pad.replace(fitted(garments::starter(class.min(CLASS_COUNT as u8 - 1)))));
            studio.keep();
        }
    };
    let option = move |class: u8| view! { <option value=class>{move || text::class_name(ui.locale.get(), class)}</option> };
    view! {
        <label class="inline">
            <span>{ui.t(draw::starters)}</span>
            <select data-testid="draw-starter" on:change=safely(choose) prop:value="">
                <option value="">"…"</option>
                {(0..CLASS_COUNT as u8).map(option).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn Photograph() -> impl IntoView {
    let studio = Studio::get();
    let ui = studio.room.ui;
    let input = NodeRef::<Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get() else { return };
        if let Some(files) = input.files() {
            photo::take_first(studio, &files);
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    view! {
        <div class="row">
            <label class="button">
                {ui.t(draw::photo)}
                <input type="file" accept="image/*" class="visually-hidden" data-testid="draw-photo" node_ref=input on:change=safely(chosen) />
            </label>
            <small>{ui.t(draw::photo_help)}</small>
        </div>
    }
}
