//! The connection to the database, opened when it is first needed, and what is asked of it in one transaction.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures::channel::oneshot;
use futures::future::{Either, select};
use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Request, Transaction, TransactionMode};
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};

use super::{Part, Trouble};

/// Its name, among those of other pages of the same host.
const NAME: &str = "telar";
/// Of its form: which parts there are.
const VERSION: u32 = 1;
/// How long it may take to open; some browsers' never answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Each gives its result once the transaction is through.
pub(super) type Requests = Vec<Box<dyn FnOnce() -> Result<JsValue, idb::Error>>>;

thread_local! {
    /// The open connection.
    static OPEN: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

/// Does what `ask` asks of `parts` in one transaction; the results, once it is through. It is done also where
/// nobody waits for it any more. A connection that the browser has closed is opened anew, once.
pub(super) async fn within(
    parts: Vec<Part>,
    mode: TransactionMode,
    ask: impl Fn(&Transaction) -> Result<Requests, idb::Error> + 'static,
) -> Result<Vec<JsValue>, Trouble> {
    let (sender, done) = oneshot::channel();
    spawn_local(async move {
        let mut outcome = attempt(&parts, mode, &ask).await;
        if outcome == Err(Trouble::Closed) {
            outcome = attempt(&parts, mode, &ask).await;
        }
        sender.send(outcome).unwrap_or_default();
    });
    done.await.unwrap_or(Err(Trouble::Closed))
}

async fn attempt(
    parts: &[Part],
    mode: TransactionMode,
    ask: &impl Fn(&Transaction) -> Result<Requests, idb::Error>,
) -> Result<Vec<JsValue>, Trouble> {
    let database = connection().await?;
    let outcome = transact(&database, parts, mode, ask).await;
    if outcome == Err(Trouble::Closed) {
        OPEN.take();
    }
    outcome
}

async fn transact(
    database: &Database,
    parts: &[Part],
    mode: TransactionMode,
    ask: &impl Fn(&Transaction) -> Result<Requests, idb::Error>,
) -> Result<Vec<JsValue>, Trouble> {
    let names: Vec<_> = parts.iter().map(|part| part.name()).collect();
    let mut transaction = database.transaction(&names, mode)?;
    let (through, ended) = oneshot::channel();
    let (given_up, aborted) = oneshot::channel();
    transaction.on_complete(move |_| through.send(()).unwrap_or_default());
    transaction.on_abort(move |_| given_up.send(()).unwrap_or_default());
    let requests = match ask(&transaction) {
        Ok(requests) => requests,
        Err(error) => {
            // Nothing of it may be done then; that it cannot be taken back means that it is over already. Whoever
            // hears of its end must be there until then.
            if let Ok(_held) = transaction.abort() {
                select(ended, aborted).await;
            }
            return Err(error.into());
        }
    };
    if let Either::Right(_) = select(ended, aborted).await {
        let exception = transaction.error();
        return Err(exception.map_or(Trouble::Closed, |exception| Trouble::of(exception.unchecked_ref())));
    }
    requests.into_iter().map(|result| result().map_err(Trouble::from)).collect()
}

async fn connection() -> Result<Rc<Database>, Trouble> {
    let open = OPEN.with_borrow(Clone::clone);
    if let Some(open) = open {
        return Ok(open);
    }
    let mut database = open_database().await?;
    database.on_close(|_| drop(OPEN.take()));
    // A newer version of the page waits for it, in another tab.
    database.on_version_change(|_| {
        if let Some(database) = OPEN.take() {
            database.close();
        }
    });
    let database = Rc::new(database);
    OPEN.set(Some(Rc::clone(&database)));
    Ok(database)
}

async fn open_database() -> Result<Database, Trouble> {
    let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
    let (sender, answered) = oneshot::channel();
    let (late, patience) = oneshot::channel();
    let (refused, failed) = oneshot::channel();
    request.on_upgrade_needed(|event| {
        let Ok(database) = event.database() else { return };
        // One that cannot be made fails the opening.
        for part in Part::ALL {
            let _ = database.create_object_store(part.name(), ObjectStoreParams::new());
        }
    });
    request.on_success(move |_| sender.send(()).unwrap_or_default());
    request.on_error(move |event| {
        // Or the browser complains of it beside us.
        web_sys::Event::from(event).prevent_default();
        refused.send(()).unwrap_or_default();
    });
    set_timeout(move || late.send(()).unwrap_or_default(), PATIENCE);
    let answer = select(answered, failed);
    if let Either::Right(_) = select(answer, patience).await {
        // It may still answer, and must find somebody there.
        request.forget_callbacks();
        return Err(Trouble::Silent);
    }
    if let Some(exception) = request.error()? {
        return Err(Trouble::of(exception.unchecked_ref()));
    }
    Ok(request.database()?)
}
