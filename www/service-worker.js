// The page without a network. After one visit the browser keeps every file of this version; from then on they
// come from there, and only the page itself (index.html) is asked for anew each time, so that a new version is
// seen at once. Every other file is named after its content: no file of one version can stand in for another's.
//
// `cargo xtask build` writes the values of the next three lines.
"use strict";
const VERSION = "";
// What is kept after the first visit, and what once it has been used (the GPU engine): path → SHA-256.
const FIRST = {};
const LATER = {};

const SCOPE = registration.scope;
// Several pages may live under one host: the caches carry their address. A page holds a lock of its cache's
// name as long as it is open (www/start.js).
const FAMILY = `telar-page ${SCOPE} `;
const OWN = FAMILY + VERSION;
// Milliseconds that the network may take for index.html before the kept one is shown.
const PATIENCE = 3000;
// What is told to the engine where `data/` cannot be reached: that there is nothing. It then takes the files
// that it keeps itself.
const NO_DATA = "Telar: no data here.\n";

addEventListener("install", (event) => {
  const complete = () => navigator.locks.request(OWN, { mode: "shared" }, () => Promise.all([keepPage(), keep(FIRST)]));
  event.waitUntil(complete().then(skipWaiting));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim().then(tidy).then(tellAll)));

addEventListener("message", (event) => {
  if (event.data === "version") tell(event.source);
  if (event.data === "gpu") event.waitUntil(keep(LATER).catch(() => {}));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || !address.startsWith(SCOPE)) return;
  const path = address.slice(SCOPE.length);
  if (path === "" || path === "index.html") {
    // Whoever reads it without going there wants to know what the host has.
    if (request.mode !== "navigate") return;
    event.respondWith(page(request));
    event.waitUntil(tidy());
  } else if (path.startsWith("data/")) {
    event.respondWith(fetch(request).catch(() => new Response(NO_DATA)));
  } else {
    // In any version's cache: a page of an older version goes on with its own files.
    event.respondWith(caches.match(address).then((kept) => kept ?? fetch(request)));
  }
});

// The network's page, unless it is late, fails or the server is broken: then the kept one.
async function page(request) {
  const options = { cache: "no-cache", credentials: "same-origin", redirect: "manual" };
  const asked = fetch(request.url, options).then((answer) => {
    if (answer.status >= 500) throw new Error(`status ${answer.status}`);
    return answer;
  });
  const late = new Promise((_, fail) => setTimeout(fail, PATIENCE));
  try {
    return await Promise.race([asked, late]);
  } catch {
    asked.catch(() => {});
    const cache = await caches.open(OWN);
    return (await cache.match(SCOPE)) ?? asked;
  }
}

// Keeps index.html, if it is this version's.
async function keepPage() {
  const text = await (await fetch(SCOPE, { cache: "no-cache" })).text();
  if (!text.includes(VERSION)) throw new Error("the page is not of this version");
  const cache = await caches.open(OWN);
  await cache.put(SCOPE, new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8" } }));
}

async function keep(files) {
  const cache = await caches.open(OWN);
  // One after the other: nobody waits for it, and all at once would lie in memory.
  for (const [path, sum] of Object.entries(files)) {
    const address = new URL(path, SCOPE).href;
    if (!(await cache.match(address))) await cache.put(address, await genuine(address, sum));
  }
}

// The file with this sum: from an earlier version's cache, the browser's own, or the network.
async function genuine(address, sum) {
  const places = [() => caches.match(address), () => fetch(address), () => fetch(address, { cache: "reload" })];
  for (const place of places) {
    const answer = await place();
    if (answer?.ok && (await sumOf(answer.clone())) === sum) return answer;
  }
  throw new Error(`${address} is not of this version`);
}

async function sumOf(answer) {
  const sum = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Forgets the versions that no open page is of.
async function tidy() {
  const { held } = await navigator.locks.query();
  const used = new Set([OWN, ...held.map((lock) => lock.name)]);
  const unused = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && !used.has(name));
  await Promise.all(unused.map((name) => caches.delete(name)));
}

// Pages of another version offer to reload.
async function tellAll() {
  const pages = await clients.matchAll({ includeUncontrolled: true });
  pages.forEach(tell);
}

function tell(page) {
  page?.postMessage({ telarVersion: VERSION });
}
