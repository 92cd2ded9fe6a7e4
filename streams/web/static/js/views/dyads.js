// The watched dyads, the most unusual first.

import { get } from "../api.js";
import { el } from "../dom.js";
import { listing } from "../listing.js";
import { live } from "../live.js";
import { empty, filled } from "../states.js";
import { count, day, number } from "../words.js";

export async function show({ main, signal }) {
  document.title = "tocsin · dyads";
  live.follow("");
  const place = el("div");
  main.append(
    el("h1", {}, "Watched dyads"),
    el(
      "p",
      { class: "lead" },
      "Tension is what escalates against what eases, decaying by day; z says how unusual it is for this pair.",
    ),
    place,
  );
  await filled(place, signal, async () => {
    const { items } = await get("/dyads", null, signal);
    if (!items.length)
      return empty(
        "No dyad is watched yet",
        "Name pairs in the watch list (`TOCSIN_DYADS`), and let the workers read stories of them.",
      );
    return table([...items].sort((a, b) => unusual(b)[0] - unusual(a)[0] || unusual(b)[1] - unusual(a)[1]));
  });
}

const unusual = (one) => [Math.abs(one.z ?? 0), Math.abs(one.tension ?? 0)];

function table(items) {
  return listing(
    "Watched dyads",
    ["Dyad", "Tension", "z", "Last contact", "As of"],
    items.map((one) => {
      const { z, days_since: silence } = one;
      return el(
        "tr",
        {},
        el(
          "th",
          { scope: "row" },
          el("a", { href: `/dyads/${encodeURIComponent(one.id)}` }, one.id.replace("-", " – ")),
          one.title && el("div", { class: "hint" }, one.title),
        ),
        el("td", { class: "num" }, number(one.tension)),
        el(
          "td",
          { class: `num ${z >= 2 ? "esc" : z <= -2 ? "de" : ""}` },
          typeof z === "number" ? `${z >= 2 ? "▲ " : z <= -2 ? "▼ " : ""}${number(z)}` : "–",
        ),
        el("td", {}, typeof silence === "number" ? `${count(silence, "day")} ago` : "none held"),
        el("td", {}, day(one.as_of)),
      );
    }),
  );
}
