// A view of all stories that the filters let through: its frame, and what it shows in it.

import { el } from "./dom.js";
import { chips, only, panel } from "./filters.js";
import { live } from "./live.js";
import { go } from "./router.js";
import { filled } from "./states.js";

/** Show a view at `path`; `work` makes what it shows from the filters that are set. */
export async function sifted({ main, query: asked, signal }, { name, title, path }, work) {
  document.title = `tocsin · ${name}`;
  const query = only(asked);
  live.follow(query.toString());
  const change = (next, typing) => go(next.size ? `${path}?${next}` : path, { replace: typing });
  const place = el("div");
  main.append(
    el("h1", {}, title),
    el(
      "div",
      { class: "columns" },
      el("aside", { "aria-label": "Filters" }, panel(query, change, signal)),
      el("div", { class: "stream wide" }, chips(query, change), place),
    ),
  );
  await filled(place, signal, () => work(query, signal));
}
