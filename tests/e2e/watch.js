// Collects what the page and its workers say in the console, and what they throw, from before their
// first script on: Firefox's and WebKit's drivers tell nothing of it.
(() => {
  const channel = new BroadcastChannel("telar-console");
  const said = [];
  const page = typeof document !== "undefined";
  const tell = (level, words) => (page ? said.push([level, words]) : channel.postMessage([level, words]));
  if (page) {
    self.telarConsole = said;
    channel.onmessage = (event) => said.push(event.data);
  }
  for (const level of ["error", "warn"]) {
    const own = console[level];
    console[level] = (...words) => {
      tell(level, words.map(String).join(" "));
      own.apply(console, words);
    };
  }
  const missing = (target) => target && (target.src || target.href);
  self.addEventListener("error", (event) => tell("error", event.message || `not fetched: ${missing(event.target)}`), true);
  self.addEventListener("unhandledrejection", (event) => tell("error", String(event.reason)));
  // What would be downloaded, whatever the browser's settings do with it.
  if (page) {
    self.telarSaved = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      if (this.download) self.telarSaved.push(this.download);
      click.call(this);
    };
  }
})();
