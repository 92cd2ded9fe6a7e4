// A quote in its own language, with who did what to whom marked in it.

import { el, written } from "./dom.js";
import { label } from "./words.js";

export const ROLES = {
  actor: "actor",
  target: "target",
  object: "object",
  rival: "rival",
  third_party: "third party",
  trigger: "event",
  cue: "status",
};

const MEANING = { trigger: "event: what happened", cue: "status: whether it did" };

/**
 * The quote with its spans as marks. Offsets count characters as the server does (code points, not UTF-16 units).
 * Spans may lie within each other; one that only overlaps is cut where the other ends.
 */
export function highlighted(quote, spans, { lang, dir }) {
  const letters = Array.from(quote);
  const sorted = (spans ?? [])
    .filter((span) => span.start >= 0 && span.end > span.start && span.start < letters.length)
    .map((span) => ({ ...span, end: Math.min(span.end, letters.length) }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const text = (from, to) => letters.slice(from, to).join("");

  function inside(from, to, list) {
    const parts = [];
    let at = from;
    while (list.length && list[0].start < to) {
      const span = list.shift();
      const start = Math.max(span.start, at);
      const end = Math.min(span.end, to);
      if (end <= start) continue;
      if (start > at) parts.push(text(at, start));
      parts.push(
        el(
          "mark",
          {
            class: `role-${span.kind}`,
            "data-role": ROLES[span.kind] ?? span.kind,
            title: [ROLES[span.kind] ?? label(span.kind), span.label].filter(Boolean).join(": "),
          },
          inside(start, end, list),
        ),
      );
      at = end;
    }
    if (at < to) parts.push(text(at, to));
    return parts;
  }

  return written("blockquote", { class: "evidence" }, null, lang, dir).appendChild(
    el("p", {}, inside(0, letters.length, sorted)),
  ).parentNode;
}

export const legend = (kinds) =>
  el(
    "ul",
    { class: "legend", "aria-label": "What the marks mean" },
    Object.keys(ROLES)
      .filter((kind) => kinds.has(kind))
      .map((kind) => el("li", {}, el("mark", { class: `role-${kind}` }, MEANING[kind] ?? ROLES[kind]))),
  );
