//! Helper workers: nested Web Workers of the CPU engine, on the same compiled module, that calculate
//! units for it. [`pool`] is the engine's end, [`worker`] the helper's.
//!
//! A helper needs no second download: it gets the engine's `WebAssembly.Module` by message, and imports
//! the script that wasm-bindgen wrote from where the engine has it. No shared memory, so no special
//! headers: parcels travel in array buffers that are handed over and come back.

mod pool;
mod worker;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, Url};

pub use pool::Pool;
pub use worker::serve;

use super::turn::scope;
use crate::training::crew::{Crew, Desk};

/// Name of a helper's worker, by which the program knows what it is.
const NAME: &str = "telar-helper";
/// What a helper says once it can calculate.
const READY: &str = "ready";
/// Most helpers: beyond four cores a batch of a few units gains nothing.
const MOST: usize = 3;
/// The exported function by which an engine's helper begins.
const ENTRY: &str = "telar_help";

#[wasm_bindgen]
extern "C" {
    type ImportMeta;
    #[wasm_bindgen(method, getter)]
    fn url(this: &ImportMeta) -> String;
    #[wasm_bindgen(thread_local_v2, js_namespace = import, js_name = meta)]
    static IMPORT_META: ImportMeta;
    #[wasm_bindgen(js_namespace = console)]
    fn warn(value: &JsValue);
}

/// The script that begins it, beside the engine's: `www/helper.js`.
const SCRIPT: &str = "engine_cpu_helper.js";

/// Where an engine's helper begins; called by [`SCRIPT`].
#[wasm_bindgen(js_name = telar_help)]
pub fn help() {
    serve(|| {
        let mut desk = Desk::new(&burn::tensor::Device::flex());
        move |bytes| desk.answer(bytes)
    });
}

/// Whether this worker is a helper.
pub fn is_helper() -> bool {
    js_sys::global().dyn_ref::<DedicatedWorkerGlobalScope>().is_some_and(|scope| scope.name() == NAME)
}

/// The crew of a CPU engine; `None` where the machine seems to have one core.
pub fn crew() -> Option<Crew> {
    let most = most(scope().navigator().hardware_concurrency());
    (most > 0).then(|| Crew::new(Pool::new(most, ENTRY)))
}

/// Helpers beside the engine's own worker on so many `cores`: one core is left to the page where there
/// are more than two. The number is a hint: some browsers hide the true one.
fn most(cores: f64) -> usize {
    match cores as usize {
        0 | 1 => 0,
        2 => 1,
        cores => (cores - 2).min(MOST),
    }
}

/// The address of a script that starts this very program as a helper: a file, as the page's security policy
/// takes no other scripts; for the other entries, which only tests have, one that is written here.
fn script(entry: &str) -> Result<String, JsValue> {
    let program = IMPORT_META.with(ImportMeta::url);
    if entry == ENTRY {
        return Ok(Url::new_with_base(SCRIPT, &program)?.href());
    }
    let source = format!(
        "import * as program from {program:?};
         onmessage = async ({{ data }}) => {{
           onmessage = null;
           try {{
             await program.default({{ module_or_path: data }});
             program.{entry}();
           }} catch (error) {{
             // Outside a promise, so that the engine hears of it.
             setTimeout(() => {{ throw error; }});
           }}
         }};"
    );
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&source.into()), &options)?;
    Url::create_object_url_with_blob(&blob)
}
