// One story in the feed.

import { el, outward, written } from "./dom.js";
import { age, count, dayTime, eventDate, label, language, polarity, severity } from "./words.js";

const NOT_YET = new Set(["planned", "conditional"]);

/** The polarity as sign and colour, with the severity and its measure. */
export function gauge(story) {
  const { sign, word, css } = polarity(story.polarity);
  const fill = el("i");
  fill.style.blockSize = `${story.severity * 10}%`;
  return el(
    "div",
    {
      class: `gauge ${css}${NOT_YET.has(story.status) ? " hollow" : ""}`,
      role: "img",
      "aria-label": `${word}, severity ${severity(story.severity)} of 10`,
    },
    el("span", { class: "sign" }, sign),
    el("span", { class: "level" }, severity(story.severity)),
    el("span", { class: "measure" }, fill),
  );
}

export const statusTag = (status) => el("span", { class: `status status-${status}` }, label(status));

/** `RUS-USA` as a link to its page. */
export const dyadLink = (dyad) =>
  el("a", { class: "dyad", href: `/dyads/${encodeURIComponent(dyad)}` }, dyad.replace("-", " – "));

export function card(story) {
  const { quote } = story;
  return el(
    "article",
    { class: "card", tabindex: "-1", "data-id": story.id, "aria-labelledby": `h-${story.id}` },
    gauge(story),
    el(
      "div",
      { class: "what" },
      el(
        "div",
        { class: "kicker" },
        el("span", { class: "type" }, story.type_label ?? label(story.type)),
        statusTag(story.status),
        story.cancelled && el("span", { class: "status status-denied" }, "Taken back"),
        story.dyads.slice(0, 3).map(dyadLink),
        story.novelty === "first" && el("span", { class: "tag" }, "new"),
        story.contradictions > 0 &&
          el("span", { class: "tag warn" }, count(story.contradictions, "contradiction")),
      ),
      el(
        "h3",
        { id: `h-${story.id}` },
        el("a", { href: `/stories/${encodeURIComponent(story.id)}`, dir: "auto" }, story.headline),
      ),
      quote?.text &&
        el(
          "p",
          { class: "quote" },
          written("q", {}, quote.text, quote.lang, quote.dir),
          el(
            "span",
            { class: "by" },
            " ",
            outward(quote.url, quote.source),
            quote.lang === "en" ? null : ` · ${language(quote.lang)}`,
          ),
        ),
      el(
        "div",
        { class: "facts" },
        el("span", { class: story.origins > 1 ? "strong" : "" }, count(story.origins, "origin")),
        el("span", {}, count(story.mentions, "mention")),
        el("span", {}, count(story.sources.length, "source")),
        el("span", { class: "langs" }, story.langs.join(" ")),
        story.place && el("span", {}, story.place.name),
        el("span", {}, eventDate(story.event_date)),
        story.rules.map((rule) =>
          el("a", { class: "rule", href: `/?rule=${encodeURIComponent(rule)}` }, label(rule)),
        ),
      ),
    ),
    el(
      "div",
      { class: "when" },
      el("time", { datetime: story.updated_at, title: dayTime(story.updated_at) }, age(story.updated_at)),
      el("span", { class: "rev" }, story.revision > 1 ? `rev. ${story.revision}` : ""),
    ),
  );
}
