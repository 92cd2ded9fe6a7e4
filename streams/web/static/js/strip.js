// The strip: how old the data is, which sources live, what the last day brought, which rules fire; and the notice below it.

import { get } from "./api.js";
import { el } from "./dom.js";
import { live } from "./live.js";
import { POLARITY, ago, count, dayTime, duration, label, number } from "./words.js";

const ASK_EVERY = 10000; // ms, while the line to the server is down
const LATE_SHOWN = 12;

let shown = null; // the last status, and when it came by our clock
let heard = 0;

export function start(place, notice, link) {
  const update = (status) => {
    shown = status;
    heard = Date.now();
    render(place, status);
    tell(notice, status);
  };
  const ask = () =>
    get("/status").then(update, (error) => {
      tell(notice, shown, error);
      if (!shown) place.replaceChildren(cell("Data", "–", "not known", "failed"));
    });
  const name = () => {
    const down = live.state === "down";
    link.className = `link-state ${live.state}`;
    link.textContent = down ? "Reconnecting" : live.state === "up" ? "Live" : "Connecting";
    if (down) ask();
  };
  live.addEventListener("status", (event) => update(event.detail));
  live.addEventListener("link", name);
  live.addEventListener("reset", ask);
  setInterval(() => (live.state === "down" ? ask() : undefined), ASK_EVERY);
  setInterval(() => shown && tick(place), 5000);
  ask();
}

const age = (status) =>
  typeof status.data_age_seconds !== "number" ? null : status.data_age_seconds + (Date.now() - heard) / 1000;

function tick(place) {
  const value = place.querySelector(".age .value");
  if (value) value.textContent = duration(age(shown));
}

function cell(title, value, below, css = "") {
  return el(
    "div",
    { class: `cell ${css}` },
    el("h2", {}, title),
    el("div", { class: "value" }, value),
    below && el("div", { class: "below" }, below),
  );
}

function render(place, status) {
  const open = place.querySelector("details[open]") !== null;
  place.replaceChildren(
    cell(
      "Newest article",
      status.newest_article_at ? duration(age(status)) : "–",
      status.newest_article_at
        ? el("time", { datetime: status.newest_article_at }, dayTime(status.newest_article_at))
        : "none yet",
      `age is-${status.state}`,
    ),
    sources(status, open),
    lastDay(status.stories_24h),
    rules(status.rules_firing),
    cell("Stories kept", number(status.stories_kept), el("a", { href: "/" }, "in the feed"), "kept"),
  );
}

const STATES = [
  ["alive", "●"],
  ["late", "◐"],
  ["dead", "✕"],
  ["unknown", "○"],
];

function sources(status, open) {
  const counts = el(
    "div",
    { class: "counts" },
    STATES.map(([state, sign]) =>
      el(
        "span",
        { class: status.sources[state] ? `source-${state}` : "nobody" },
        el("b", {}, number(status.sources[state] ?? 0)),
        el("span", { "aria-hidden": "true" }, ` ${sign} `),
        state,
      ),
    ),
  );
  const late = status.sources_late ?? [];
  const box = cell("Sources", counts, null, "sources");
  if (late.length) {
    box.append(
      el(
        "details",
        { open },
        el("summary", {}, `${late.length} to look at`),
        el(
          "ul",
          {},
          late
            .slice(0, LATE_SHOWN)
            .map((source) =>
              el(
                "li",
                {},
                el("a", { href: `/?source=${encodeURIComponent(source.id)}` }, source.name ?? source.id),
                ` ${source.state}: `,
                source.last_article_at ? `last article ${ago(source.last_article_at)}` : "no article yet",
                source.expected_seconds ? `, usually every ${duration(source.expected_seconds)}` : "",
              ),
            ),
          late.length > LATE_SHOWN && el("li", {}, `and ${late.length - LATE_SHOWN} more`),
        ),
      ),
    );
  }
  return box;
}

function lastDay(stories) {
  const total = Math.max(1, stories.escalatory + stories.deescalatory + stories.neutral);
  const parts = ["escalatory", "neutral", "deescalatory"];
  const bar = el(
    "div",
    { class: "split", "aria-hidden": "true" },
    parts.map((name) => {
      const part = el("i", { class: POLARITY[name].css });
      part.style.flexGrow = String(stories[name] / total);
      return part;
    }),
  );
  const links = parts.map((name) =>
    el(
      "a",
      {
        class: POLARITY[name].css,
        href: `/?polarity=${name}`,
        title: POLARITY[name].word,
        "aria-label": `${stories[name]} ${POLARITY[name].word}`,
      },
      `${POLARITY[name].sign} ${number(stories[name])}`,
    ),
  );
  return cell("Happened, 24 h", el("div", { class: "signs" }, links), bar, "day");
}

function rules(firing) {
  const shown = firing.slice(0, 2).map((one) =>
    el(
      "a",
      {
        class: "rule",
        href: `/?rule=${encodeURIComponent(one.rule)}`,
        title: `${count(one.alerts_24h, "alert")} in 24 h, last ${ago(one.last_raised_at)}`,
      },
      one.title ?? label(one.rule),
    ),
  );
  const more = firing.length > 2 ? el("span", {}, `+${firing.length - 2}`) : null;
  return cell("Rules firing", number(firing.length), firing.length ? [shown, more] : "none in 24 h", "rules");
}

/** Below the strip: why the data may not be what it seems. One thing at a time, the worst first. */
function tell(notice, status, error) {
  const say = (css, title, text) =>
    notice.replaceChildren(el("div", { class: `notice ${css}` }, el("b", {}, title), " ", text));
  if (error) {
    const since = shown ? ` What you see is as of ${dayTime(new Date(heard).toISOString())}.` : "";
    return say(
      "failed",
      error.status === 0 ? "No answer from the server." : error.message,
      `Trying again every ${ASK_EVERY / 1000} s.${since}`,
    );
  }
  if (status?.state === "failed")
    return say(
      "failed",
      "The server cannot read the topics.",
      "Look at its /readyz and at the broker. What you see does not change until then.",
    );
  if (status?.state === "stale")
    return say(
      "stale",
      `No new article for ${duration(age(status))}.`,
      "Nothing new is being read: look at the sources, at the ingest agents and at the lag of the workers.",
    );
  if (status?.state === "starting")
    return say(
      "starting",
      "Reading the history.",
      "Stories appear as they are read; numbers are not complete yet.",
    );
  return notice.replaceChildren();
}
