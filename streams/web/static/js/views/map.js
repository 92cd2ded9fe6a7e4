// The map: where, as exactly as is known and no more. A city is a small circle, a region or a sea a large one, and what
// is known of a state alone shades the state. No dot stands for a place that nobody named.

import { get } from "../api.js";
import { el, svg } from "../dom.js";
import { listing } from "../listing.js";
import { kilometres, project } from "../projection.js";
import { go } from "../router.js";
import { sifted } from "../sifted.js";
import { empty } from "../states.js";
import { count, label, polarity, severity } from "../words.js";
import { zoomable } from "../zoom.js";

const SMALLEST_PX = 5; // a circle is never smaller on the screen: larger is less exact, never false
const LISTED = 60;

let outlines;

const world = () => (outlines ??= fetch("/static/data/world.json").then((answer) => answer.json()));

export const show = (asked) =>
  sifted(asked, { name: "map", title: "Where", path: "/map" }, async (query, signal) => {
    const [{ items }, { width, height, states }] = await Promise.all([
      get("/places", query, signal),
      world(),
    ]);
    return page(items, { width, height, states }, query, signal);
  });

function page(items, world, query, signal) {
  const sorted = [...items].sort((a, b) => b.severity - a.severity || b.stories - a.stories);
  const note = items.length
    ? null
    : empty(
        "No place",
        query.size
          ? "No story that matches these filters says where."
          : "Stories that say where appear here.",
      );
  const { holder, show: zoomTo } = map(sorted, world, signal);
  return [holder, key(), note, items.length > 0 && list(sorted, zoomTo)].filter(Boolean);
}

function map(items, { width, height, states }, signal) {
  const shaded = strongest(
    items.filter((one) => one.precision === "country" && states[one.country]),
    (one) => one.country,
  );
  const circles = items
    .filter((one) => !shaded.has(one.country) || one.precision !== "country")
    .filter((one) => typeof one.lat === "number");
  const land = Object.entries(states).map(([id, [name, d]]) => {
    const one = shaded.get(id);
    return svg(
      "path",
      { d, class: one ? `land shaded ${polarity(one.polarity).css}` : "land", "data-state": id },
      svg("title", {}, one ? `${name}: ${says(one)}` : name),
    );
  });
  const dots = [...circles].reverse().map((one) => circle(one)); // the worst on top
  const image = svg(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      class: "world",
      role: "img",
      "aria-label": `Map of ${count(items.length, "place")}; the list below says the same`,
    },
    svg("rect", { class: "sea", width, height }),
    svg("g", { transform: "scale(0.1)" }, land),
    svg("g", {}, dots),
  );
  const holder = el(
    "div",
    { class: "map", tabindex: "0", role: "group", "aria-label": "Map: arrows move it, plus and minus zoom" },
    image,
  );
  const zoom = zoomable(
    holder,
    image,
    { width, height },
    (unitsPerPixel) => {
      for (const dot of dots)
        dot.setAttribute("r", Math.max(Number(dot.dataset.radius), SMALLEST_PX * unitsPerPixel));
    },
    signal,
  );
  return {
    holder,
    show: (one) => (
      holder.scrollIntoView({ block: "nearest" }),
      zoom(...project(one.lon, one.lat), Math.max(60, kilometres(one.radius_km) * 4))
    ),
  };
}

/** The most severe of each group. */
function strongest(items, key) {
  const found = new Map();
  for (const one of items) if ((found.get(key(one))?.severity ?? -1) < one.severity) found.set(key(one), one);
  return found;
}

const says = (one) =>
  `${one.name}${one.precision === "city" ? "" : ` (${one.precision})`}, ${count(one.stories, "story", "stories")}, ${polarity(one.polarity).word}, severity up to ${severity(one.severity)}`;

function circle(one) {
  const [cx, cy] = project(one.lon, one.lat);
  const radius = kilometres(one.radius_km);
  return svg(
    "circle",
    {
      cx,
      cy,
      r: radius,
      "data-radius": radius,
      class: `area ${polarity(one.polarity).css} is-${one.precision}`,
      onclick: () => go(`/?q=${encodeURIComponent(one.name)}`),
    },
    svg("title", {}, says(one)),
  );
}

const key = () =>
  el(
    "p",
    { class: "hint" },
    "A circle covers all that the reports allow: a city, a region, a sea. Where they name a state alone, the state is shaded. Solid outline ▲ escalatory, dashed ▼ de-escalatory, dotted ◆ neutral. Outlines: Natural Earth; they take no side.",
  );

function list(items, zoomTo) {
  return el(
    "section",
    { class: "part" },
    el("h2", {}, "Places"),
    listing(
      "Places",
      ["Place", "Known to", "Stories", "Highest"],
      items
        .slice(0, LISTED)
        .map((one) =>
          el(
            "tr",
            {},
            el(
              "th",
              { scope: "row" },
              typeof one.lat === "number"
                ? el(
                    "button",
                    { type: "button", class: "plain", dir: "auto", onclick: () => zoomTo(one) },
                    one.name,
                  )
                : one.name,
              one.country && el("span", { class: "hint" }, ` ${one.country}`),
            ),
            el("td", {}, label(one.precision)),
            el(
              "td",
              { class: "num" },
              el(
                "a",
                { href: `/?q=${encodeURIComponent(one.name)}` },
                count(one.stories, "story", "stories"),
              ),
            ),
            el(
              "td",
              { class: polarity(one.polarity).css },
              `${polarity(one.polarity).sign} ${severity(one.severity)}`,
            ),
          ),
        ),
    ),
    items.length > LISTED && el("p", { class: "hint" }, `The ${LISTED} most severe of ${items.length}.`),
  );
}
