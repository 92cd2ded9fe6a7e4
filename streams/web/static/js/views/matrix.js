// Who did what to whom: actors down, targets across, one cell a pair, with the same filters as the feed.

import { get } from "../api.js";
import { el } from "../dom.js";
import { sifted } from "../sifted.js";
import { empty } from "../states.js";
import { POLARITY, number, severity } from "../words.js";

const SHOWN = 24; // rows and columns; beyond that a table is not read
const SHADES = 4;

export const show = (asked) =>
  sifted(asked, { name: "matrix", title: "Who to whom", path: "/matrix" }, async (query, signal) => {
    const { cells } = await get("/matrix", query, signal);
    return cells.length
      ? table(cells)
      : empty(
          "No pairs",
          query.size
            ? "No story with an actor and a target matches these filters."
            : "Stories with an actor and a target appear here.",
        );
  });

const total = (cell) => cell.escalatory + cell.deescalatory + cell.neutral;

function busiest(cells, side) {
  const sums = new Map();
  for (const cell of cells) sums.set(cell[side], (sums.get(cell[side]) ?? 0) + total(cell));
  const all = [...sums].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  return { shown: all.slice(0, SHOWN), beyond: all.length - Math.min(SHOWN, all.length) };
}

function table(cells) {
  const [actors, targets] = [busiest(cells, "actor"), busiest(cells, "target")];
  const by = new Map(cells.map((cell) => [`${cell.actor}>${cell.target}`, cell]));
  const most = Math.max(...cells.map(total));
  return [
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Actors and targets" },
      el(
        "table",
        { class: "matrix" },
        el(
          "caption",
          {},
          "Rows act, columns are acted on. A cell counts stories: ▲ escalatory, ▼ de-escalatory, ◆ neutral; the darker, the more.",
        ),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("td", {}),
            targets.shown.map((id) => el("th", { scope: "col" }, id)),
          ),
        ),
        el(
          "tbody",
          {},
          actors.shown.map((actor) =>
            el(
              "tr",
              {},
              el("th", { scope: "row" }, actor),
              targets.shown.map((target) => cellOf(by.get(`${actor}>${target}`), most)),
            ),
          ),
        ),
      ),
    ),
    (actors.beyond > 0 || targets.beyond > 0) &&
      el(
        "p",
        { class: "hint" },
        `The busiest ${SHOWN} are shown; ${number(actors.beyond)} more actors and ${number(targets.beyond)} more targets have fewer stories. Filter to see them.`,
      ),
  ].filter(Boolean);
}

function cellOf(cell, most) {
  if (!cell) return el("td", { class: "none" });
  const parts = ["escalatory", "deescalatory", "neutral"].filter((name) => cell[name] > 0);
  const [leading] = [...parts].sort((a, b) => cell[b] - cell[a]);
  const shade = Math.max(1, Math.ceil((SHADES * Math.log1p(total(cell))) / Math.log1p(most)));
  const dyad = [cell.actor, cell.target].sort().join("-");
  const says = parts.map((name) => `${cell[name]} ${POLARITY[name].word}`).join(", ");
  return el(
    "td",
    { class: `${POLARITY[leading].css} shade-${shade}` },
    el(
      "a",
      {
        href: `/?dyad=${encodeURIComponent(dyad)}`,
        title: `${cell.actor} → ${cell.target}: ${says}; highest severity ${severity(cell.severity)}`,
        "aria-label": `${cell.actor} to ${cell.target}: ${says}`,
      },
      parts.map((name) => el("span", {}, `${POLARITY[name].sign}${number(cell[name])}`)),
    ),
  );
}
