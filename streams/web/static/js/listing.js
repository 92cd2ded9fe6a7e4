// A table with a name, in a region of its own that scrolls where the screen is narrow and that the keyboard reaches.

import { el } from "./dom.js";

/** `heads`: names of the columns, as text or as elements. `tall`: long, and so scrolled on its own. */
export const listing = (name, heads, rows, { tall = false } = {}) =>
  el(
    "div",
    { class: tall ? "scroll tall" : "scroll", tabindex: "0", role: "region", "aria-label": name },
    el(
      "table",
      { class: "list" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          heads.map((head) => el("th", { scope: "col" }, head)),
        ),
      ),
      el("tbody", {}, rows),
    ),
  );
