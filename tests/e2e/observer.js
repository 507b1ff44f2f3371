// Collects the page thread's long tasks (over 50 ms, https://www.w3.org/TR/longtasks-1/) from the start.
window.telarLongTasks = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.telarLongTasks.push({ start: entry.startTime, duration: entry.duration });
  }
}).observe({ type: "longtask", buffered: true });
