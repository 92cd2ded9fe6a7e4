// One watched dyad: its tension against what is usual, what happened, and how long nobody has spoken.

import { get } from "../api.js";
import { el } from "../dom.js";
import { listing } from "../listing.js";
import { live } from "../live.js";
import { empty, filled } from "../states.js";
import { tensionChart } from "../tension_chart.js";
import { count, day, label, number, polarity, severity } from "../words.js";

export async function show({ main, id, signal }) {
  document.title = `tocsin · ${id}`;
  live.follow("");
  const place = el("div");
  main.append(
    el("p", { class: "back" }, el("a", { href: "/dyads" }, "← Dyads")),
    el("h1", {}, id.replace("-", " – ")),
    place,
  );
  const load = () =>
    filled(
      place,
      signal,
      async () => {
        try {
          return page(id, await get(`/dyads/${encodeURIComponent(id)}`, null, signal), signal);
        } catch (error) {
          if (error.status !== 404) throw error;
          return empty(
            "This pair is not watched",
            "No tension is kept of it. Name it in the watch list to see it here.",
            el("p", {}, el("a", { href: `/?dyad=${encodeURIComponent(id)}` }, `Stories of ${id}`)),
          );
        }
      },
      { bones: 3, patience: "The days gone by are being computed; the first time takes a while." },
    );
  const newer = el("div", { class: "news", "aria-live": "polite" });
  place.before(newer);
  live.addEventListener(
    "dyad",
    ({ detail }) =>
      detail.dyad === id &&
      newer.replaceChildren(
        el(
          "button",
          { type: "button", onclick: () => (newer.replaceChildren(), load()) },
          "There are new values: show them",
        ),
      ),
    { signal },
  );
  await load();
}

function page(id, told, signal) {
  const { dyad, series, events, contact } = told;
  const now = series.at(-1);
  return [
    dyad.title && el("p", { class: "lead" }, dyad.title),
    el(
      "div",
      { class: "figures" },
      figure("Tension", now ? number(now.tension) : "–", now ? `on ${day(now.at)}` : "no story counts yet"),
      figure(
        "z",
        now && typeof now.z === "number" ? number(now.z) : "–",
        typeof now?.z === "number"
          ? Math.abs(now.z) >= 2
            ? "unusual for this pair"
            : "usual for this pair"
          : dyad.no_z === "no_spread"
            ? "every day was alike so far"
            : "too few days for a baseline",
      ),
      figure(
        "Days since contact",
        typeof contact.days_since === "number" ? number(contact.days_since) : "–",
        contact.days_since === null || contact.days_since === undefined
          ? "no contact is held"
          : contact.channels?.[0]
            ? `${contact.channels[0].channel}, ${day(contact.channels[0].day)}`
            : "",
      ),
      figure(
        "Refused in a row",
        number(contact.refusals?.in_a_row ?? 0),
        contact.refusals?.by?.length ? `by ${contact.refusals.by.join(", ")}` : "since the last contact",
      ),
      figure("Lines", `${contact.lines_open ?? 0} open`, `${contact.lines_cut ?? 0} cut`),
    ),
    series.length || events.length
      ? tensionChart(series, events, signal)
      : empty("Nothing to draw yet", "The chart begins with the first story of this pair."),
    el("div", { class: "two" }, channels(contact), eventTable(events)),
    el("p", {}, el("a", { href: `/?dyad=${encodeURIComponent(id)}` }, `All stories of ${id}`)),
  ].filter(Boolean);
}

const figure = (title, value, below) =>
  el(
    "div",
    { class: "figure" },
    el("h2", {}, title),
    el("div", { class: "value" }, value),
    el("div", { class: "below" }, below),
  );

function channels(contact) {
  const lines = contact.lines ?? [];
  return el(
    "section",
    { class: "part" },
    el("h2", {}, "Contact"),
    (contact.channels ?? []).length
      ? el(
          "ul",
          { class: "channels" },
          contact.channels.map((one) =>
            el(
              "li",
              {},
              el("b", {}, label(one.channel)),
              ` ${day(one.day)}${one.precision && one.precision !== "day" ? ` (${one.precision})` : ""}`,
              typeof one.silence_days === "number" &&
                el("span", { class: "hint" }, ` · ${count(one.silence_days, "day")} ago`),
              one.headline &&
                el(
                  "p",
                  {},
                  one.story
                    ? el("a", { href: `/stories/${encodeURIComponent(one.story)}` }, one.headline)
                    : one.headline,
                ),
              one.sentence && el("p", { class: "hint" }, one.sentence),
            ),
          ),
        )
      : el("p", { class: "hint" }, "No contact is held."),
    lines.length > 0 && el("h3", {}, "Lines of communication"),
    lines.length > 0 &&
      el(
        "ul",
        { class: "channels" },
        lines.map((one) =>
          el(
            "li",
            {},
            el(
              "span",
              { class: one.state === "cut" ? "esc" : "de" },
              one.state === "cut" ? "✕ cut " : "● open ",
            ),
            el("b", {}, one.name),
            ` since ${day(one.since)}`,
          ),
        ),
      ),
  );
}

function eventTable(events) {
  const sorted = [...events].sort((a, b) => b.at.localeCompare(a.at));
  return el(
    "section",
    { class: "part" },
    el("h2", {}, "Events in the chart"),
    listing(
      "Events in the chart",
      ["Day", el("span", { class: "sr" }, "Polarity and severity"), "Event"],
      sorted.map((one) =>
        el(
          "tr",
          {},
          el("td", {}, day(one.at)),
          el(
            "td",
            { class: polarity(one.polarity).css },
            `${polarity(one.polarity).sign} ${severity(one.severity)}`,
          ),
          el(
            "td",
            {},
            el("a", { href: `/stories/${encodeURIComponent(one.story)}` }, one.headline ?? "story"),
            one.planned && el("span", { class: "tag" }, "planned"),
          ),
        ),
      ),
      { tall: true },
    ),
  );
}
