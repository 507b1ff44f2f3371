// Begins the page and its workers in `faults`: ways to have accidents, and what is seen of the run's progress.
(() => {
  const channel = new BroadcastChannel("telar-accidents");
  if (typeof document === "undefined") {
    // In a worker: every look at the clock breaks the program down, as a panic would.
    const breakDown = () => { throw new WebAssembly.RuntimeError("made up: unreachable executed"); };
    const devices = [];
    if (self.GPUAdapter) {
      const plain = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...all) {
        const device = await plain.apply(this, all);
        devices.push(device);
        return device;
      };
    }
    channel.onmessage = ({ data }) => {
      if (data === "panic" && self.name !== "telar-helper") performance.now = breakDown;
      if (data === "destroy") devices.forEach((device) => device.destroy());
    };
    return;
  }
  const workers = [];
  const Plain = Worker;
  self.Worker = class extends Plain {
    constructor(...all) { super(...all); workers.push(this); }
  };
  const throwing = () => { throw new DOMException("made up", "QuotaExceededError"); };
  const sound = new Map();
  const spoil = (owner, name) => { sound.set([owner, name], owner[name]); owner[name] = throwing; };
  self.telarAccidents = {
    terminate: () => workers.at(-1).terminate(),
    panic: () => channel.postMessage("panic"),
    destroy: () => channel.postMessage("destroy"),
    spoilStorage: () => { spoil(IDBObjectStore.prototype, "put"); spoil(IDBObjectStore.prototype, "add"); spoil(Storage.prototype, "setItem"); },
    mendStorage: () => { for (const [[owner, name], plain] of sound) owner[name] = plain; sound.clear(); },
    // The least progress shown since `watch`: where a run went on.
    least: null,
    watch: () => { self.telarAccidents.least = null; },
  };
  addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
    const bar = document.querySelector("[data-testid='run-progress']");
    const step = Number(bar?.dataset.step ?? 0);
    const all = self.telarAccidents;
    if (step > 0 && (all.least === null || step < all.least)) all.least = step;
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-step"] }));
})();
