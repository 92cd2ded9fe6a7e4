// What a view shows while it has nothing to show: loading, empty and failed look different and say what to do.

import { el } from "./dom.js";

export const loading = (rows = 5) =>
  el(
    "div",
    { class: "loading", role: "status", "aria-label": "Loading" },
    Array.from({ length: rows }, () =>
      el("div", { class: "bone", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
    ),
  );

export const empty = (title, ...what) =>
  el(
    "div",
    { class: "state empty" },
    el("span", { class: "mark", "aria-hidden": "true" }, "○"),
    el("h2", {}, title),
    what.map((one) => (typeof one === "string" ? el("p", {}, one) : one)),
  );

export function failed(error, again) {
  const missing = error.status === 404;
  return el(
    "div",
    { class: "state failed", role: "alert" },
    el("span", { class: "mark", "aria-hidden": "true" }, missing ? "∅" : "✕"),
    el(
      "h2",
      {},
      missing
        ? "Not here"
        : error.status === 0
          ? "No answer from the server"
          : error.status === 429
            ? "Asked too often"
            : "That did not work",
    ),
    el("p", {}, error.message, error.parameter ? ` (${error.parameter})` : ""),
    el(
      "p",
      { class: "hint" },
      missing
        ? "It may be older than what this page keeps, or was taken back."
        : error.status === 0
          ? "Is `tocsin web` still running? This page keeps trying to reach it."
          : error.status === 400 || error.status === 422
            ? "Change the filters, or clear them."
            : "Try again in a moment.",
    ),
    again && !missing && el("button", { type: "button", onclick: again }, "Try again"),
    (missing || error.status === 400 || error.status === 422) &&
      el("p", {}, el("a", { href: "/" }, "Back to the feed")),
  );
}

/**
 * Run `work` and show loading, then what it makes; what failed is shown with a way to try again.
 * `patience` says what takes so long, where it may.
 */
export async function filled(place, signal, work, { patience, bones = 5 } = {}) {
  const slow = setTimeout(() => place.replaceChildren(loading(bones)), 120); // a quick answer needs no skeleton
  const slower =
    patience && setTimeout(() => place.prepend(el("p", { class: "hint", role: "status" }, patience)), 2000);
  const enough = () => (clearTimeout(slow), clearTimeout(slower));
  try {
    const made = await work();
    enough();
    if (!signal.aborted) place.replaceChildren(...[made].flat());
    return true;
  } catch (error) {
    enough();
    if (error.name === "AbortError" || signal.aborted) return false;
    if (!("status" in error)) throw error;
    place.replaceChildren(failed(error, () => filled(place, signal, work, { patience, bones })));
    return false;
  }
}
