// A back-test as a picture: alerts a day as bars, the noise in numbers, and samples to judge by.

import { el, svg } from "./dom.js";
import { linear, ticks } from "./scale.js";
import { ago, count, day, label, number, polarity, severity, shortDay } from "./words.js";

const [HEIGHT, LEFT, FOOT] = [170, 30, 22];

export function backtest({ per_day: days, samples, noise, ...rest }) {
  const total = days.reduce((sum, one) => sum + alertsOf(one), 0);
  return [
    el("div", { class: "figures" }, [["Alerts", number(total)], ["A day", days.length ? number(total / days.length) : "–"], ["Busiest day", number(Math.max(0, ...days.map(alertsOf)))], ...numbers({ ...rest, ...(typeof noise === "object" ? noise : { noise }) })].slice(0, 6).map(([title, value]) =>
      el("div", { class: "figure" }, el("h2", {}, title), el("div", { class: "value" }, value)))),
    days.length ? bars(days) : el("p", { class: "hint" }, "No day is held to try it on."),
    el("section", { class: "part" }, el("h2", {}, "Samples"), samples.length ? el("ol", { class: "samples" }, samples.map(sample)) : el("p", { class: "hint" }, "It would not have fired. Loosen the condition, or wait until more stories are kept.")),
  ];
}

const SAID = new Set(["alerts", "per_day", "mistakes"]);
const numbers = (all) => Object.entries(all).filter(([name, value]) => typeof value === "number" && !SAID.has(name)).map(([name, value]) => [label(name), number(value)]);
const dayOf = (one) => one.day ?? one.date ?? one.at;
const alertsOf = (one) => one.alerts ?? one.count ?? 0;

function bars(days) {
  const figure = el("figure", { class: "chart" });
  new ResizeObserver(() => figure.clientWidth && figure.replaceChildren(barsOf(days, figure.clientWidth))).observe(figure);
  return figure;
}

function barsOf(days, width) {
  const most = Math.max(1, ...days.map(alertsOf));
  const y = linear([0, most], [HEIGHT - FOOT, 8]);
  const each = (width - LEFT - 4) / days.length;
  const image = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, class: "bars", role: "img", "aria-label": `Alerts a day: ${days.map((one) => `${shortDay(dayOf(one))} ${alertsOf(one)}`).join(", ")}` });
  image.append(...ticks(0, most, 3).filter(Number.isInteger).map((value) => svg("g", { class: "tick" }, svg("line", { x1: LEFT, x2: width, y1: y(value), y2: y(value) }), svg("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, number(value)))),
    ...days.map((one, i) => svg("rect", { class: "bar-one", x: LEFT + i * each + each * 0.1, width: Math.min(40, each * 0.8), y: y(alertsOf(one)), height: HEIGHT - FOOT - y(alertsOf(one)) }, svg("title", {}, `${day(dayOf(one))}: ${count(alertsOf(one), "alert")}`))),
    ...[[0, "start"], [days.length - 1, "end"]].filter(([i], n) => n === 0 || i > 0).map(([i, anchor]) => svg("text", { class: "axis", x: anchor === "start" ? LEFT : width - 2, y: HEIGHT - 6, "text-anchor": anchor }, shortDay(dayOf(days[i])))));
  return image;
}

function sample(one) {
  const sign = one.polarity && polarity(one.polarity);
  const why = (one.why ?? []).map((reason) => (typeof reason === "string" ? reason : `${reason.name} = ${reason.value}`)).join(" · ");
  return el("li", {}, sign && el("span", { class: sign.css, "aria-label": `${sign.word}, severity ${severity(one.severity)}` }, `${sign.sign} ${severity(one.severity)} `),
    one.story ? el("a", { href: `/stories/${encodeURIComponent(one.story)}`, dir: "auto" }, one.headline ?? one.summary) : el("span", { dir: "auto" }, one.headline ?? one.summary), one.at && el("span", { class: "hint" }, ` · ${ago(one.at)}`), why && el("p", { class: "why-line" }, why));
}
