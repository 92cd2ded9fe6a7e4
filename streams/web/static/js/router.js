// Which view an address means. A view is a module with `show({main, query, id, signal})`; it is over when `signal` aborts.

const ROUTES = [
  { pattern: /^\/$/, view: "feed", module: "./views/feed.js" },
  { pattern: /^\/stories\/([^/]+)$/, view: "feed", module: "./views/story.js" },
  { pattern: /^\/dyads\/?$/, view: "dyads", module: "./views/dyads.js" },
  { pattern: /^\/dyads\/([^/]+)$/, view: "dyads", module: "./views/dyad.js" },
  { pattern: /^\/matrix\/?$/, view: "matrix", module: "./views/matrix.js" },
  { pattern: /^\/map\/?$/, view: "map", module: "./views/map.js" },
  { pattern: /^\/rules\/?$/, view: "rules", module: "./views/lab.js" },
];

let leave = new AbortController();

function route(path) {
  for (const { pattern, view, module } of ROUTES) {
    const found = pattern.exec(path);
    if (found) return { view, module, id: found[1] && decodeURIComponent(found[1]) };
  }
  return ROUTES[0]; // the server knows no other address
}

/** Show what the address says. `back` tells a view that the reader has been here before. */
async function render({ back = false } = {}) {
  leave.abort();
  leave = new AbortController();
  const { signal } = leave;
  const { view, module, id } = route(location.pathname);
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const main = document.getElementById("main");
  const { show } = await import(module);
  if (signal.aborted) return;
  main.replaceChildren();
  if (!back) window.scrollTo(0, 0);
  await show({ main, query: new URLSearchParams(location.search), id, signal, back });
}

/** Go to an address of this page. `replace` leaves no step to come back to. */
export function go(address, { replace = false } = {}) {
  const steps = history.state?.steps ?? 0;
  history[replace ? "replaceState" : "pushState"]({ steps: replace ? steps : steps + 1 }, "", address);
  return render();
}

/** Go back where the reader came from on this page. False when he came from elsewhere. */
export function back() {
  if (!history.state?.steps) return false;
  history.back();
  return true;
}

export function start() {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => render({ back: true }));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (
      !link ||
      event.defaultPrevented ||
      event.button ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    if (link.target || link.origin !== location.origin || link.hash || link.pathname.startsWith("/api/"))
      return;
    event.preventDefault();
    go(link.pathname + link.search);
    document.getElementById("main").focus({ preventScroll: true });
  });
  return render();
}
