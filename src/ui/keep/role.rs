//! Which of several tabs keeps: the one that holds a lock of the browser (Web Locks). The others wait for it, and
//! the next one gets it when the first is closed.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use futures::channel::oneshot;
use js_sys::Promise;
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;

use crate::ui::browser::{of_navigator, promised};

/// The lock's name.
const NAME: &str = "telar-keeper";
/// A page that is reloaded still holds the lock for a moment.
const PATIENCE: Duration = Duration::from_millis(700);

/// What this tab does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Not decided yet.
    #[default]
    Unknown,
    /// It keeps.
    Keeper,
    /// Another tab keeps.
    Other,
}

/// Hears of changes.
type Listener = Box<dyn Fn(Role)>;

thread_local! {
    static ROLE: Cell<Role> = const { Cell::new(Role::Unknown) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<oneshot::Sender<()>>> = const { RefCell::new(Vec::new()) };
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// Tells `listener` what this tab does, whenever it is decided anew.
pub fn follow(listener: impl Fn(Role) + 'static) {
    // Others may have asked before.
    if ROLE.get() != Role::Unknown {
        listener(ROLE.get());
    }
    LISTENER.set(Some(Box::new(listener)));
    ask();
}

/// What this tab does, once it is decided.
pub(super) async fn decided() -> Role {
    ask();
    if ROLE.get() == Role::Unknown {
        let (sender, woken) = oneshot::channel();
        WAITING.with_borrow_mut(|waiting| waiting.push(sender));
        // Nobody is left to decide where it fails.
        woken.await.unwrap_or_default();
    }
    ROLE.get()
}

/// Stands in line for the lock, once.
fn ask() {
    if ASKED.replace(true) {
        return;
    }
    let held = Closure::once_into_js(|_lock: JsValue| -> JsValue {
        decide(Role::Keeper);
        // Held as long as this never comes to an end: as long as the tab is there.
        Promise::new(&mut |_, _| {}).into()
    });
    spawn_local(async move {
        // Where the browser has no locks, or withholds them, there is nothing to share either.
        if promised(&of_navigator("locks"), "request", &[&NAME.into(), &held]).await.is_err() {
            decide(Role::Keeper);
        }
    });
    let late = || {
        if ROLE.get() == Role::Unknown {
            decide(Role::Other);
        }
    };
    set_timeout(late, PATIENCE);
}

fn decide(role: Role) {
    ROLE.set(role);
    for waiting in WAITING.take() {
        waiting.send(()).unwrap_or_default();
    }
    LISTENER.with_borrow(|listener| {
        if let Some(listener) = listener {
            listener(role);
        }
    });
}
