// The page's first script. Where the reason is plain that nothing can start, the text for that (`#not-started`)
// shows at once and the reason is marked. Old browsers read this: no syntax newer than theirs.
(function () {
  function show(why) {
    // The first reason is the cause, what follows its effects.
    var root = document.documentElement;
    if (root.className.indexOf("not-started") < 0) root.className += " not-started " + why;
  }
  // A module with one SIMD instruction, of WebAssembly's feature detection.
  var simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  if (location.protocol === "file:") show("why-file");
  // A frame without an origin of its own: scripts of the page's host, workers and storage are all refused.
  else if (window.origin === "null") show("why-frame");
  else if (typeof WebAssembly !== "object" || !WebAssembly.validate(new Uint8Array(simd))) show("why-browser");
  addEventListener("error", function (event) { if (event.target && event.target.tagName === "SCRIPT") show("why-release"); }, true);
  addEventListener("unhandledrejection", function () { show("why-release"); });

  // As long as this page lives, the service worker keeps the files of its version: it looks for this lock.
  var meta = document.querySelector("meta[name=telar-version]");
  if (!meta || !navigator.locks || window.origin === "null") return;
  var name = "telar-page " + new URL("./", location.href).href + " " + meta.content;
  var forever = function () { return new Promise(function () {}); };
  navigator.locks.request(name, { mode: "shared" }, forever).then(null, function () {});
})();
