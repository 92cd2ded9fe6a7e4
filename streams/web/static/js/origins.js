// Who had it first, and who took it from whom: origin → sources → articles, as a tree that reads without the lines.

import { el, outward } from "./dom.js";
import { count, dayTime, language } from "./words.js";

const article = (one) =>
  el(
    "li",
    {},
    outward(one.url, dayTime(one.published_at)),
    one.lang && ` · ${language(one.lang)}`,
    one.copy_of && el("span", { class: "tag" }, "copy"),
    one.named && el("span", { class: "hint" }, " names its origin"),
  );

const source = (one) =>
  el("li", {}, el("b", {}, one.name ?? one.id), el("ul", {}, (one.articles ?? []).map(article)));

function origin(one) {
  const articles = (one.sources ?? []).reduce((sum, each) => sum + (each.articles?.length ?? 0), 0);
  return el(
    "li",
    {},
    el("span", { class: "origin" }, one.name ?? one.origin ?? "owner not known"),
    one.kind && one.kind !== "unknown" && el("span", { class: "hint" }, ` ${one.kind}`),
    el("span", { class: "hint" }, ` · ${count(articles, "article")}`),
    el("ul", {}, (one.sources ?? []).map(source)),
  );
}

export const tree = (origins) =>
  origins.length
    ? el("ul", { class: "tree" }, origins.map(origin))
    : el("p", { class: "hint" }, "No report is held any more.");
