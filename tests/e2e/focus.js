// What is wrong with the element that has the focus, in words; an empty list where nothing is.
const focused = document.activeElement;
if (!focused || focused === document.body) return null;
// A file's input is hidden in its label, which stands for it.
const shown = focused.closest("label.button") ?? focused;
const box = shown.getBoundingClientRect();
const faults = [];

// Not obscured (WCAG 2.2, 2.4.11): its middle, or that of a tall part's visible piece, can be hit.
const inside = (low, high, limit) => (Math.max(low, 0) + Math.min(high, limit)) / 2;
const [x, y] = [inside(box.left, box.right, innerWidth), inside(box.top, box.bottom, innerHeight)];
const hit = document.elementFromPoint(x, y);
const outside = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
if (outside) faults.push("outside the window");
else if (!hit || !(shown.contains(hit) || hit.contains(shown))) faults.push(`behind ${hit?.className || hit?.tagName}`);

// A ring to be seen (2.4.7), not cut off by a box around it.
const style = getComputedStyle(shown);
const width = parseFloat(style.outlineWidth);
if (style.outlineStyle === "none" || width < 2) faults.push("no ring");
const reach = Math.max(0, parseFloat(style.outlineOffset) + width) - 0.5;
for (let around = shown.parentElement; around && around !== document.body; around = around.parentElement) {
  const frame = getComputedStyle(around);
  if (frame.overflowX === "visible" && frame.overflowY === "visible") continue;
  const edge = around.getBoundingClientRect();
  const cut = [box.left - edge.left, box.top - edge.top, edge.right - box.right, edge.bottom - box.bottom];
  if (cut.some((room) => room > -1 && room < reach)) faults.push(`ring cut off by ${around.className}`);
}

// Large enough for a finger (2.5.8).
const drawn = ["A", "SUMMARY"].includes(focused.tagName) || focused.type === "checkbox" || focused.type === "radio";
const target = (focused.labels?.[0] ?? focused).getBoundingClientRect();
const [wide, high] = drawn ? [Math.max(box.width, target.width), Math.max(box.height, target.height)] : [box.width, box.height];
if (wide < 24 || high < 24) faults.push(`only ${Math.round(wide)}×${Math.round(high)} large`);

const name = focused.dataset.testid || focused.getAttribute("aria-label") || focused.textContent.trim().slice(0, 30) || focused.tagName;
focused.telarStop ??= (window.telarStops = (window.telarStops ?? 0) + 1);
return { name, stop: focused.telarStop, faults };
