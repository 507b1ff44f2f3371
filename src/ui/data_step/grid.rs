//! A grid of garments, of one class or of all, a page at a time.

use leptos::prelude::*;

use crate::protocol::{Command, DataCommand, Split};
use crate::ui::context::Ui;
use crate::ui::effect::Effect;
use crate::ui::format;
use crate::ui::state::Part;
use crate::ui::state::data::Page;
use crate::ui::text::{class_name, dat};
use crate::ui::widgets::Sheet;

/// Garments a page.
const COUNT: u32 = 60;

/// The grid with its choice of split and its pager.
#[component]
pub fn Garments(
    /// The class on show; `None` is all.
    class: RwSignal<Option<u8>>,
) -> impl IntoView {
    let ui = Ui::get();
    let split = RwSignal::new(Split::Train);
    let offset = RwSignal::new(0);
    Effect::new(move |_| {
        class.track();
        split.track();
        offset.set(0);
    });
    ask(ui, split, class, offset);
    let page = ui.store.memo(&[Part::Data], |state| state.data.page.clone());
    let pictures = Signal::derive(move || page.get().map(|page| page.pictures));
    let label = Signal::derive(move || dat::grid_label(ui.locale.get(), shown(ui, class.get())));
    let option = move |value: Split, name: &'static str, label| {
        view! { <option value=name selected=move || split.get() == value>{ui.t(label)}</option> }
    };
    let choose = move |event| {
        split.set(if event_target_value(&event) == "test" { Split::Test } else { Split::Train });
    };
    view! {
        <section class="panel">
            <div class="row spread">
                <h2>{ui.t(dat::look)}": "{move || shown(ui, class.get())}</h2>
                <label class="inline">
                    {ui.t(dat::split)}" "
                    <select data-testid="data-split" on:change=choose>
                        {option(Split::Train, "train", dat::split_train)}
                        {option(Split::Test, "test", dat::split_test)}
                    </select>
                </label>
            </div>
            <div class="garments"><Sheet pictures testid="data-grid" label largest=2 /></div>
            <Pager page offset />
        </section>
    }
}

fn shown(ui: Ui, class: Option<u8>) -> &'static str {
    let locale = ui.locale.get();
    class.map_or(dat::all_classes(locale), |class| class_name(locale, class))
}

/// Asks for the page on show whenever it or the data change.
fn ask(ui: Ui, split: RwSignal<Split>, class: RwSignal<Option<u8>>, offset: RwSignal<u32>) {
    let data = ui.store.memo(&[Part::Data], |state| state.data.summary.clone());
    Effect::new(move |_| {
        let known = data.with(Option::is_some);
        let (split, class, offset) = (split.get(), class.get(), offset.get());
        if known {
            ui.link.send(Command::Data(DataCommand::Browse { split, class, offset, count: COUNT }));
        }
    });
}

#[component]
fn Pager(page: Memo<Option<Page>>, offset: RwSignal<u32>) -> impl IntoView {
    let ui = Ui::get();
    let available = move || page.with(|page| page.as_ref().map_or(0, |page| page.available));
    let range = move || {
        let number = |value: u32| format::count(ui.locale.get(), value.into());
        let last = (offset.get() + COUNT).min(available());
        dat::range_of(
            ui.locale.get(),
            &number((offset.get() + 1).min(last)),
            &number(last),
            &number(available()),
        )
    };
    view! {
        <div class="row pager">
            <button type="button" data-testid="data-previous" disabled=move || offset.get() == 0
                on:click=move |_| offset.update(|offset| *offset = offset.saturating_sub(COUNT))>
                {ui.t(dat::previous)}
            </button>
            <span data-testid="data-range">{range}</span>
            <button type="button" data-testid="data-next" disabled=move || { offset.get() + COUNT >= available() }
                on:click=move |_| offset.update(|offset| *offset += COUNT)>
                {ui.t(dat::next)}
            </button>
        </div>
    }
}
