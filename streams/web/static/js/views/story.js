// The story page: what it says, what it rests on, word by word, and what the rules made of it.

import { get } from "../api.js";
import { dyadLink, gauge, statusTag } from "../card.js";
import { el, outward, written } from "../dom.js";
import { highlighted, legend } from "../evidence.js";
import { feedback } from "../feedback.js";
import { live } from "../live.js";
import { back } from "../router.js";
import { tree } from "../origins.js";
import { filled } from "../states.js";
import { count, dayTime, eventDate, label, language, number, party } from "../words.js";

export async function show({ main, id, signal }) {
  document.title = "tocsin · story";
  const place = el("div", { class: "story-place" });
  const newer = el("div", { class: "news", "aria-live": "polite" });
  main.append(
    el(
      "p",
      { class: "back" },
      el("a", { href: "/", onclick: (event) => back() && event.preventDefault() }, "← Feed"),
    ),
    newer,
    place,
  );
  let revision = 0;
  const load = () =>
    filled(place, signal, async () => {
      const told = await get(`/stories/${encodeURIComponent(id)}`, null, signal);
      revision = told.card.revision;
      document.title = `${told.card.headline} · tocsin`;
      newer.replaceChildren();
      return page(told);
    });
  live.follow("");
  live.addEventListener(
    "story",
    ({ detail }) => {
      if (detail.id === id && detail.revision > revision)
        newer.replaceChildren(
          el("button", { type: "button", onclick: load }, `Revision ${detail.revision} is here: show it`),
        );
    },
    { signal },
  );
  await load();
}

const section = (title, ...content) => el("section", { class: "part" }, el("h2", {}, title), content);

function page(told) {
  const { card } = told;
  return el(
    "div",
    { class: "story" },
    el(
      "header",
      { class: "story-head" },
      gauge(card),
      el(
        "div",
        {},
        el(
          "div",
          { class: "kicker" },
          el("span", { class: "type" }, card.type_label ?? label(card.type)),
          statusTag(card.status),
          card.cancelled && el("span", { class: "status status-denied" }, "Taken back"),
          card.dyads.map(dyadLink),
          !card.counts && el("span", { class: "tag" }, "does not count"),
        ),
        el("h1", { dir: "auto" }, card.headline),
        el(
          "p",
          { class: "facts" },
          el("span", { class: "strong" }, count(card.origins, "independent origin")),
          el("span", {}, count(card.mentions, "mention")),
          el("span", {}, count(card.sources.length, "source")),
          el("span", {}, card.langs.map(language).join(", ")),
          el("span", {}, `confidence ${Math.round(card.confidence * 100)} %`),
        ),
      ),
    ),
    el(
      "div",
      { class: "story-body" },
      el("div", { class: "evidences" }, mentions(told), contradictions(told)),
      el(
        "div",
        { class: "beside" },
        facts(card, told),
        rules(told.rules ?? []),
        section("Origins", tree(told.origins ?? [])),
        revisions(told.revisions ?? []),
        codes(told),
        feedback(card.id, told.verdict),
      ),
    ),
  );
}

function mentions({ mentions, mentions_beyond: beyond }) {
  const kinds = new Set(mentions.flatMap((one) => (one.spans ?? []).map((span) => span.kind)));
  return section(
    "Evidence",
    legend(kinds),
    el(
      "ol",
      { class: "mentions" },
      mentions.map((one) =>
        el(
          "li",
          { class: one.role === "contradiction" ? "mention against" : "mention" },
          highlighted(one.quote, one.spans, one),
          el(
            "p",
            { class: "facts" },
            one.status && statusTag(one.status),
            el("span", { class: "strong" }, outward(one.article.url, one.article.source)),
            el("span", {}, language(one.lang)),
            one.article.published_at &&
              el("time", { datetime: one.article.published_at }, dayTime(one.article.published_at)),
            one.claim && el("span", {}, `says: ${one.claim}`),
            typeof one.confidence === "number" &&
              el("span", {}, `confidence ${Math.round(one.confidence * 100)} %`),
          ),
        ),
      ),
    ),
    beyond > 0 &&
      el("p", { class: "hint" }, `${count(beyond, "more mention")} not shown: the best and the latest are.`),
  );
}

function contradictions({ contradictions: against }) {
  if (!against?.length) return null;
  return section(
    "What others say",
    el(
      "ul",
      { class: "mentions" },
      against.map((one) =>
        el(
          "li",
          { class: "mention against" },
          written(
            "blockquote",
            { class: "evidence" },
            one.quote ?? one.evidence?.quote,
            one.lang ?? one.evidence?.lang,
            one.dir,
          ),
          el(
            "p",
            { class: "facts" },
            el("span", { class: "strong" }, outward(one.url, one.source)),
            Object.entries(one.differs ?? {}).map(([field, value]) =>
              el("span", {}, `${label(field)}: ${value}`),
            ),
          ),
        ),
      ),
    ),
  );
}

function facts(card, { attributes }) {
  const rows = [
    ["Who", card.actors.map(party).join(", ")],
    ["To whom", card.targets.map(party).join(", ")],
    ["When", eventDate(card.event_date)],
    [
      "Where",
      card.place &&
        `${card.place.name}${card.place.precision === "city" ? "" : ` (${card.place.precision})`}`,
    ],
    ...Object.entries(attributes ?? {}).map(([name, value]) => [
      label(name),
      typeof value === "number" ? number(value) : String(value),
    ]),
    ["First seen", dayTime(card.first_seen)],
    ["Last seen", dayTime(card.last_seen)],
    ["Novelty", label(card.novelty)],
  ];
  return section(
    "What is known",
    el(
      "dl",
      { class: "pairs" },
      rows
        .filter(([, value]) => value)
        .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", { dir: "auto" }, value))),
    ),
  );
}

function rules(all) {
  if (!all.length) return section("Rules", el("p", { class: "hint" }, "No rule is loaded."));
  const fired = all.filter((rule) => rule.fired);
  const quiet = all.filter((rule) => !rule.fired);
  return section(
    "Rules",
    fired.length
      ? el(
          "ul",
          { class: "rules" },
          fired.map((rule) => verdict(rule)),
        )
      : el("p", { class: "hint" }, "None fired on this story."),
    quiet.length > 0 &&
      el(
        "details",
        {},
        el("summary", {}, `${quiet.length} did not fire`),
        el(
          "ul",
          { class: "rules" },
          quiet.map((rule) => verdict(rule)),
        ),
      ),
  );
}

function verdict(rule) {
  const why = (one) =>
    typeof one === "string" ? el("li", {}, one) : el("li", {}, el("code", {}, one.name), ` = ${one.value}`);
  return el(
    "li",
    { class: rule.fired ? "fired" : "quiet-rule" },
    el("span", { class: "verdict" }, rule.fired ? "● fired" : "○ did not fire"),
    " ",
    el("b", {}, rule.title ?? label(rule.id)),
    rule.version && el("span", { class: "hint" }, ` v${rule.version}`),
    rule.fired || !rule.holds
      ? null
      : el(
          "p",
          { class: "hint" },
          rule.kind === "each"
            ? "Holds now; it has alerted to nothing of this story yet."
            : `Holds on this story; it waits for more (${label(rule.kind)}).`,
        ),
    rule.parts?.length > 0
      ? el("ul", { class: "links" }, rule.parts.map(part))
      : rule.condition && el("pre", { class: "condition" }, el("code", {}, rule.condition)),
    rule.why?.length > 0 && el("ul", { class: "why" }, rule.why.map(why)),
  );
}

const part = (one) =>
  el(
    "li",
    { class: one.holds ? "holds" : "fails" },
    el("span", { "aria-label": one.holds ? "holds" : "does not hold" }, one.holds ? "✓" : "✕"),
    " ",
    el("code", {}, one.text),
  );

function revisions(all) {
  if (!all.length) return null;
  const value = (one) =>
    one === null || one === undefined ? "not known" : typeof one === "number" ? number(one) : label(one);
  return section(
    "Revisions",
    el(
      "ol",
      { class: "revisions" },
      [...all].reverse().map((one) =>
        el(
          "li",
          {},
          el("b", {}, `${one.revision}`),
          " ",
          el("time", { datetime: one.at }, dayTime(one.at)),
          one.changes?.length
            ? el(
                "ul",
                {},
                one.changes.map((change) =>
                  el(
                    "li",
                    {},
                    `${label(change.field.replace("attributes.", ""))}: `,
                    el("s", {}, value(change.before)),
                    " → ",
                    el("b", {}, value(change.after)),
                  ),
                ),
              )
            : el("span", { class: "hint" }, one.revision === 1 ? " first told" : " another report"),
        ),
      ),
    ),
  );
}

function codes({ codes: known }) {
  if (!known) return null;
  const rows = [
    ["CAMEO", known.cameo],
    ["Goldstein", known.goldstein],
    ["PLOVER", known.plover],
    ["Quad class", known.quadclass],
  ];
  return section(
    "Codes",
    el(
      "dl",
      { class: "pairs" },
      rows
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, String(value)))),
    ),
  );
}
