// The chart of a dyad: above, tension as a line over its baseline band; below, every event as a lollipop on the same days.
// Escalation goes up, what eases goes down, neutral stays on the line; what is only planned is hollow.

import { el, svg } from "./dom.js";
import { go } from "./router.js";
import { linear, ticks } from "./scale.js";
import { day, number, polarity, severity, shortDay } from "./words.js";

const HEIGHTS = { tension: 220, gap: 26, events: 170, axis: 24 };
const LEFT = 40;
const RIGHT = 12;
const NARROW = 340;
const RADIUS = 4.5;

export function tensionChart(series, events, signal) {
  const holder = el("figure", { class: "chart" });
  const readout = el(
    "figcaption",
    { class: "readout", "aria-live": "polite" },
    "Point at the chart to read a day. Solid: happened. Hollow: planned.",
  );
  const place = el("div", { class: "drawing" });
  holder.append(key(), place, readout);
  const draw = () =>
    place.clientWidth &&
    place.replaceChildren(drawing(series, events, Math.max(NARROW, place.clientWidth), readout));
  const watcher = new ResizeObserver(draw);
  watcher.observe(place);
  signal.addEventListener("abort", () => watcher.disconnect());
  return holder;
}

const key = () =>
  el(
    "ul",
    { class: "legend", "aria-hidden": "true" },
    [
      ["line", "tension"],
      ["band", "usual for this pair"],
      ["esc", "▲ escalatory"],
      ["de", "▼ de-escalatory"],
      ["neu", "◆ neutral"],
    ].map(([css, text]) => el("li", { class: `key-${css}` }, text)),
  );

function drawing(series, events, width, readout) {
  const times = [...series, ...events].map((one) => Date.parse(one.at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = linear([first, last], [LEFT + 8, width - RIGHT]);
  const below = HEIGHTS.tension + HEIGHTS.gap;
  const height = below + HEIGHTS.events + HEIGHTS.axis;
  const image = svg("svg", {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": `Tension of ${series.length} days and ${events.length} events, ${day(new Date(first).toISOString())} to ${day(new Date(last).toISOString())}. The same events are in the table below.`,
  });
  image.append(
    ...days(first, last, x, width, height),
    ...tension(series, x, width),
    ...lollipops(events, x, below, width),
  );
  const cursor = svg("line", { class: "cursor", y1: 0, y2: height - HEIGHTS.axis, x1: -10, x2: -10 });
  image.append(cursor);
  image.addEventListener("pointermove", (event) => {
    const at = event.clientX - image.getBoundingClientRect().left;
    const near = series.reduce(
      (best, one) =>
        best && Math.abs(x(Date.parse(best.at)) - at) < Math.abs(x(Date.parse(one.at)) - at) ? best : one,
      null,
    );
    if (!near) return;
    cursor.setAttribute("x1", x(Date.parse(near.at)));
    cursor.setAttribute("x2", x(Date.parse(near.at)));
    readout.textContent = `${day(near.at)}: tension ${number(near.tension)}${typeof near.low === "number" ? `, usual ${number(near.low)} to ${number(near.high)}` : ""}${typeof near.z === "number" ? `, z ${number(near.z)}` : ""}`;
  });
  return image;
}

function days(first, last, x, width, height) {
  const many = Math.max(2, Math.floor((width - LEFT) / 110));
  const step = (last - first) / many || 1;
  return Array.from({ length: last > first ? many + 1 : 1 }, (_, i) => first + i * step).map((time, i) =>
    svg(
      "g",
      { class: "tick" },
      svg("line", { x1: x(time), x2: x(time), y1: 0, y2: height - HEIGHTS.axis }),
      svg(
        "text",
        {
          x: x(time),
          y: height - 6,
          "text-anchor": i === 0 && last > first ? "start" : i === many ? "end" : "middle",
        },
        shortDay(new Date(time).toISOString()),
      ),
    ),
  );
}

function tension(series, x, width) {
  const values = series
    .flatMap((one) => [one.tension, one.low, one.high])
    .filter((one) => typeof one === "number");
  if (!values.length)
    return [
      svg(
        "text",
        { class: "none", x: LEFT + 8, y: HEIGHTS.tension / 2 },
        "No tension is held for these days.",
      ),
    ];
  const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)];
  const y = linear([low, high], [HEIGHTS.tension - 8, 10]);
  const at = (one) => x(Date.parse(one.at));
  const banded = series.filter((one) => typeof one.low === "number" && typeof one.high === "number");
  const band = [
    ...banded.map((one) => `${at(one)},${y(one.high)}`),
    ...banded.reverse().map((one) => `${at(one)},${y(one.low)}`),
  ].join(" ");
  const line = series
    .filter((one) => typeof one.tension === "number")
    .map((one) => `${at(one)},${y(one.tension)}`)
    .join(" ");
  return [
    ...ticks(low, high).map((value) =>
      svg(
        "g",
        { class: value === 0 ? "tick zero" : "tick" },
        svg("line", { x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }),
        svg("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, number(value)),
      ),
    ),
    band && svg("polygon", { class: "band", points: band }),
    svg("polyline", { class: "line", points: line }),
  ].filter(Boolean);
}

function lollipops(events, x, top, width) {
  const middle = top + HEIGHTS.events / 2;
  const reach = linear([0, 10], [0, HEIGHTS.events / 2 - 12]);
  const stems = events.map((one) => {
    const { css, word, sign } = polarity(one.polarity);
    const up = { escalatory: -1, deescalatory: 1 }[one.polarity] ?? 0;
    const [cx, cy] = [x(Date.parse(one.at)), middle + up * reach(one.severity)];
    const says = `${day(one.at)}: ${one.planned ? "planned, " : ""}${word}, severity ${severity(one.severity)}. ${one.headline ?? ""}`;
    return svg(
      "g",
      {
        class: `lollipop ${css}${one.planned ? " hollow" : ""}`,
        onclick: () => go(`/stories/${encodeURIComponent(one.story)}`),
      },
      svg("title", {}, `${sign} ${says}`),
      svg("line", { x1: cx, x2: cx, y1: middle, y2: cy }),
      up
        ? svg("circle", { cx, cy, r: RADIUS })
        : svg("rect", { x: cx - 3.5, y: cy - 3.5, width: 7, height: 7, transform: `rotate(45 ${cx} ${cy})` }),
    );
  });
  return [
    svg("line", { class: "middle", x1: LEFT, x2: width - RIGHT, y1: middle, y2: middle }),
    ...[
      [-1, "▲ 10"],
      [1, "▼ 10"],
    ].map(([up, text]) =>
      svg("text", { class: "axis", x: LEFT - 6, y: middle + up * reach(10) + 4, "text-anchor": "end" }, text),
    ),
    ...stems,
  ];
}
