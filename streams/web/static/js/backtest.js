// A back-test as a picture: alerts a day as bars, the noise in numbers, and samples to judge by.

import { el, svg } from "./dom.js";
import { linear, ticks } from "./scale.js";
import { count, day, label, number, polarity, severity, shortDay } from "./words.js";

const [HEIGHT, LEFT, FOOT] = [170, 30, 22];

export function backtest({ per_day: days, samples, noise, untried }) {
  const total = days.reduce((sum, one) => sum + one.alerts, 0);
  const shares = Object.entries(noise).map(([name, share]) => [label(name), `${Math.round(share * 100)} %`]);
  return [
    el(
      "div",
      { class: "figures" },
      [
        ["Alerts", number(total)],
        ["A day", days.length ? number(total / days.length) : "–"],
        ["Busiest day", number(Math.max(0, ...days.map((one) => one.alerts)))],
        ...shares,
      ].map(([title, value]) =>
        el("div", { class: "figure" }, el("h2", {}, title), el("div", { class: "value" }, value)),
      ),
    ),
    days.length ? bars(days) : el("p", { class: "hint" }, "No day is held to try it on."),
    untried?.length > 0 &&
      el("p", { class: "hint" }, `${untried.join(", ")}: follows a clock, a history cannot show it.`),
    el(
      "section",
      { class: "part" },
      el("h2", {}, "Samples"),
      samples.length
        ? el("ol", { class: "samples" }, samples.map(sample))
        : el(
            "p",
            { class: "hint" },
            "It would not have fired. Loosen the condition, or wait until more stories are kept.",
          ),
    ),
  ].filter(Boolean);
}

function bars(days) {
  const figure = el("figure", { class: "chart" });
  new ResizeObserver(
    () => figure.clientWidth && figure.replaceChildren(barsOf(days, figure.clientWidth)),
  ).observe(figure);
  return figure;
}

function barsOf(days, width) {
  const most = Math.max(1, ...days.map((one) => one.alerts));
  const y = linear([0, most], [HEIGHT - FOOT, 8]);
  const each = (width - LEFT - 4) / days.length;
  const image = svg("svg", {
    viewBox: `0 0 ${width} ${HEIGHT}`,
    width,
    height: HEIGHT,
    class: "bars",
    role: "img",
    "aria-label": `Alerts a day: ${days.map((one) => `${shortDay(one.day)} ${one.alerts}`).join(", ")}`,
  });
  image.append(
    ...ticks(0, most, 3)
      .filter(Number.isInteger)
      .map((value) =>
        svg(
          "g",
          { class: "tick" },
          svg("line", { x1: LEFT, x2: width, y1: y(value), y2: y(value) }),
          svg("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, number(value)),
        ),
      ),
    ...days.map((one, i) =>
      svg(
        "rect",
        {
          class: "bar-one",
          x: LEFT + i * each + each * 0.1,
          width: Math.max(2, Math.min(40, each * 0.8)),
          y: y(one.alerts),
          height: HEIGHT - FOOT - y(one.alerts),
        },
        svg("title", {}, `${day(one.day)}: ${count(one.alerts, "alert")}`),
      ),
    ),
    ...[
      [0, "start"],
      [days.length - 1, "end"],
    ]
      .filter(([i], n) => n === 0 || i > 0)
      .map(([i, anchor]) =>
        svg(
          "text",
          { class: "axis", x: anchor === "start" ? LEFT : width - 2, y: HEIGHT - 6, "text-anchor": anchor },
          shortDay(days[i].day),
        ),
      ),
  );
  return image;
}

function sample(one) {
  const sign = one.polarity && polarity(one.polarity);
  const why = (one.why ?? [])
    .map((reason) => (typeof reason === "string" ? reason : `${reason.name} = ${reason.value}`))
    .join(" · ");
  return el(
    "li",
    {},
    sign &&
      el(
        "span",
        { class: sign.css, "aria-label": `${sign.word}, severity ${severity(one.severity)}` },
        `${sign.sign} ${severity(one.severity)} `,
      ),
    one.story
      ? el("a", { href: `/stories/${encodeURIComponent(one.story)}`, dir: "auto" }, one.summary)
      : el("span", { dir: "auto" }, one.summary),
    one.at && el("span", { class: "hint" }, ` · ${day(one.at)}`),
    why && el("p", { class: "why-line" }, why),
  );
}
