// Takes away what the oldest browsers that the page is written for (Safari 16.4, Firefox 115,
// Chrome 109) do not have.
(() => {
  const gone = {
    Promise: ["withResolvers", "try"],
    Array: ["fromAsync"],
    Object: ["groupBy"],
    Map: ["groupBy"],
    URL: ["canParse", "parse"],
    AbortSignal: ["any"],
    ReadableStream: ["from"],
    Uint8Array: ["fromBase64", "fromHex"],
    Symbol: ["dispose", "asyncDispose"],
    Math: ["sumPrecise", "f16round"],
    "Array.prototype": ["toSorted", "toReversed", "toSpliced", "with"],
    "Uint8Array.prototype": ["toBase64", "toHex"],
    "ArrayBuffer.prototype": ["transfer", "transferToFixedLength", "resize"],
    "Set.prototype": ["union", "intersection", "difference", "isSubsetOf"],
    "String.prototype": ["isWellFormed", "toWellFormed"],
    "Blob.prototype": ["bytes"],
    "Response.prototype": ["bytes"],
    "PointerEvent.prototype": ["getCoalescedEvents", "getPredictedEvents"],
    "HTMLElement.prototype": ["showPopover", "hidePopover", "togglePopover"],
    "HTMLDialogElement.prototype": ["requestClose"],
    "Element.prototype": ["setHTMLUnsafe", "checkVisibility", "moveBefore"],
    "Document.prototype": ["startViewTransition"],
    "Navigator.prototype": ["gpu", "userActivation", "scheduling"],
    "WorkerNavigator.prototype": ["gpu"],
  };
  for (const [path, names] of Object.entries(gone)) {
    const owner = path.split(".").reduce((from, name) => from?.[name], self);
    for (const name of names) if (owner) Reflect.deleteProperty(owner, name);
  }
  for (const name of ["Iterator", "scheduler", "requestIdleCallback", "cancelIdleCallback", "Float16Array", "Temporal"]) {
    Reflect.deleteProperty(self, name);
  }
})();
