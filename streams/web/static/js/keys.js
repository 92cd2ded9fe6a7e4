// The keyboard: what the whole page knows, and what the view at hand adds.

import { el } from "./dom.js";

const own = new Map(); // key → what to do, of the view at hand
const HELP = [
  ["j / k", "next, previous story"],
  ["Enter", "open the story"],
  ["p", "pause the feed; again to let in what waits"],
  ["/", "search"],
  ["u", "back"],
  ["g then f d m a r", "feed, dyads, matrix, map, rule lab"],
  ["t", "light, dark, or as the system says"],
  ["?", "this list"],
];
const PLACES = { f: "/", d: "/dyads", m: "/matrix", a: "/map", r: "/rules" };

/** Bind keys for as long as a view lasts. */
export function bind(keys, signal) {
  for (const [key, action] of Object.entries(keys)) own.set(key, action);
  signal.addEventListener("abort", () => {
    for (const [key, action] of Object.entries(keys)) if (own.get(key) === action) own.delete(key);
  });
}

const isTyping = (target) =>
  target.closest?.("input:not([type=checkbox]):not([type=range]), textarea, select, dialog") !== null;

export function start({ go, theme }) {
  const dialog = help();
  let goes = false; // whether g was pressed, and a letter is to follow
  const everywhere = {
    g: () => (goes = true),
    "?": () => dialog.showModal(),
    t: theme,
    u: () => history.back(),
  };
  document.getElementById("help").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape" && event.target.id === "search") event.target.blur();
      return;
    }
    const { key } = event;
    if (goes) {
      goes = false;
      if (PLACES[key]) return go(PLACES[key]);
    }
    const action = own.get(key) ?? everywhere[key];
    if (action && action(event) !== false) event.preventDefault();
  });
}

function help() {
  const dialog = el(
    "dialog",
    { class: "help", "aria-labelledby": "help-title" },
    el("h2", { id: "help-title" }, "Keys"),
    el(
      "dl",
      {},
      HELP.map(([keys, what]) =>
        el(
          "div",
          {},
          el(
            "dt",
            {},
            keys.split(" ").map((k) => (/^(then|\/)$/.test(k) && keys !== "/" ? ` ${k} ` : el("kbd", {}, k))),
          ),
          el("dd", {}, what),
        ),
      ),
    ),
    el("button", { type: "button", onclick: () => dialog.close() }, "Close"),
  );
  document.body.append(dialog);
  return dialog;
}
