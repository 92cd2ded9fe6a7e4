// The filters: controls and chips on one side, the query of the address on the other. The address is the only state.

import { getFacets } from "./api.js";
import { el } from "./dom.js";
import { POLARITY, label, language } from "./words.js";

export const NAMES = [
  "q",
  "polarity",
  "status",
  "family",
  "type",
  "min_severity",
  "dyad",
  "language",
  "source",
  "rule",
];
const TITLES = {
  q: "Text",
  polarity: "Polarity",
  status: "Status",
  family: "Family",
  type: "Type",
  min_severity: "Severity from",
  dyad: "Dyad",
  language: "Language",
  source: "Source",
  rule: "Rule",
};
const FACETS = {
  status: "statuses",
  family: "families",
  type: "types",
  dyad: "dyads",
  language: "languages",
  source: "sources",
  rule: "rules",
};
const TYPE_PAUSE = 250; // ms without a key before a search starts

/** Only what filters, in one order: the same filters are the same text. */
export function only(query) {
  const kept = new URLSearchParams();
  for (const name of NAMES) {
    const values = query
      .getAll(name)
      .flatMap((one) => (name === "q" ? [one] : one.split(",")))
      .filter(Boolean);
    for (const value of [...new Set(values)].sort()) kept.append(name, value);
  }
  return kept;
}

const word = (name, value) => {
  if (name === "language") return language(value);
  if (name === "polarity") return `${POLARITY[value]?.sign ?? ""} ${label(value)}`;
  if (name === "q") return `“${value}”`;
  return name === "dyad" || name === "source" || name === "min_severity" ? value : label(value);
};

const idOf = (one) => (typeof one === "string" ? one : one.id);
const nameOf = (name, one) =>
  typeof one === "string" || name === "language" || name === "polarity" ? word(name, idOf(one)) : one.label;

function toggled(query, name, value, on) {
  const next = new URLSearchParams(query);
  next.delete(name, value);
  if (on) next.append(name, value);
  return only(next);
}

/** The chips: what is filtered by now, each with a way out. */
export function chips(query, change) {
  if (!query.size) return null;
  const all = [...query].map(([name, value]) =>
    el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "chip",
          "aria-label": `Remove ${TITLES[name]} ${word(name, value)}`,
          onclick: () => change(toggled(query, name, value, false)),
        },
        el("span", {}, `${TITLES[name]} `),
        el("b", {}, word(name, value)),
        el("span", { "aria-hidden": "true" }, " ×"),
      ),
    ),
  );
  return el(
    "ul",
    { class: "chips", "aria-label": "Filters in force" },
    all,
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "quiet", onclick: () => change(new URLSearchParams()) },
        "Clear all",
      ),
    ),
  );
}

/** The panel of controls. `change` is called with the new query, and whether the reader is still typing. */
export function panel(query, change, signal) {
  const body = el("div", { class: "controls" });
  const wide = matchMedia("(min-width: 60rem)");
  const details = el(
    "details",
    { class: "filters", open: wide.matches },
    el("summary", {}, query.size ? `Filters (${query.size})` : "Filters"),
    body,
  );
  wide.addEventListener("change", () => (details.open = wide.matches), { signal });
  body.append(
    search(query, change, signal),
    boxes("polarity", Object.keys(POLARITY), query, change),
    severity(query, change),
  );
  getFacets().then(
    (facets) => {
      if (signal.aborted) return;
      body.append(
        boxes("status", facets.statuses ?? [], query, change),
        boxes("family", facets.families ?? [], query, change),
      );
      for (const name of ["type", "dyad", "language", "source", "rule"])
        body.append(picker(name, facets[FACETS[name]] ?? [], query, change));
    },
    () =>
      body.append(el("p", { class: "hint" }, "The other filters could not be loaded; reload to try again.")),
  );
  return details;
}

function search(query, change, signal) {
  const input = el("input", {
    id: "search",
    type: "search",
    name: "q",
    value: query.get("q") ?? "",
    placeholder: "words of a headline or quote",
    autocomplete: "off",
    spellcheck: "false",
  });
  let timer;
  const apply = (typing) => {
    clearTimeout(timer);
    const next = new URLSearchParams(query);
    next.delete("q");
    if (input.value.trim()) next.append("q", input.value.trim());
    if (only(next).toString() !== query.toString()) change(only(next), typing);
  };
  input.addEventListener("input", () => (clearTimeout(timer), (timer = setTimeout(apply, TYPE_PAUSE, true))));
  input.addEventListener("change", () => apply(false));
  signal.addEventListener("abort", () => clearTimeout(timer));
  return el("div", { class: "control" }, el("label", { for: "search" }, TITLES.q), input);
}

function boxes(name, values, query, change) {
  const chosen = query.getAll(name);
  return el(
    "fieldset",
    { class: "control" },
    el("legend", {}, TITLES[name]),
    values.map((one) => {
      const value = idOf(one);
      const box = el("input", {
        type: "checkbox",
        name,
        value,
        checked: chosen.includes(value),
        onchange: (event) => change(toggled(query, name, value, event.target.checked)),
      });
      return el(
        "label",
        { class: name === "polarity" ? POLARITY[value].css : "" },
        box,
        el("span", {}, nameOf(name, one)),
      );
    }),
  );
}

function severity(query, change) {
  const now = query.get("min_severity") ?? "0";
  const out = el("output", {}, now === "0" ? "any" : `≥ ${now}`);
  const range = el("input", {
    id: "min-severity",
    type: "range",
    min: 0,
    max: 10,
    step: 1,
    value: now,
    oninput: (event) => (out.textContent = event.target.value === "0" ? "any" : `≥ ${event.target.value}`),
    onchange: (event) => {
      const next = new URLSearchParams(query);
      next.delete("min_severity");
      if (event.target.value !== "0") next.append("min_severity", event.target.value);
      change(only(next));
    },
  });
  return el("div", { class: "control" }, el("label", { for: "min-severity" }, "Severity ", out), range);
}

function picker(name, values, query, change) {
  const id = `pick-${name}`;
  // What stories are kept of comes first; the rest can still be asked for.
  const left = values
    .filter((one) => !query.getAll(name).includes(idOf(one)))
    .sort((a, b) => (b.stories > 0) - (a.stories > 0));
  return el(
    "div",
    { class: "control" },
    el("label", { for: id }, TITLES[name]),
    el(
      "select",
      {
        id,
        name,
        disabled: !left.length,
        onchange: (event) => event.target.value && change(toggled(query, name, event.target.value, true)),
      },
      el("option", { value: "" }, values.length ? "any" : "none yet"),
      left.map((one) =>
        el(
          "option",
          { value: idOf(one) },
          one.stories ? `${nameOf(name, one)} (${one.stories})` : nameOf(name, one),
        ),
      ),
    ),
  );
}
