// What makes the page wider than its window, in words.
const limit = document.documentElement.clientWidth + 1;
if (document.documentElement.scrollWidth <= limit) return [];
const scrolls = (part) => part && (getComputedStyle(part).overflowX !== "visible" || scrolls(part.parentElement));
const wide = [...document.body.querySelectorAll("*")].filter((part) =>
  part.getBoundingClientRect().right > limit && part.getClientRects().length > 0 && !scrolls(part.parentElement));
const name = (part) => `${part.tagName.toLowerCase()}.${part.className.baseVal ?? part.className} ${part.dataset.testid ?? ""} to ${Math.round(part.getBoundingClientRect().right)}`;
// The innermost of them: what none of its own parts sticks out of further.
const inner = wide.filter((part) => ![...part.children].some((child) => wide.includes(child)));
return [`${document.documentElement.scrollWidth} wide, by ${inner.slice(0, 8).map(name).join(", ")}`];
