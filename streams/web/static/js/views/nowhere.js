// An address that means nothing here.

import { el } from "../dom.js";
import { live } from "../live.js";
import { empty } from "../states.js";

export async function show({ main }) {
  document.title = "tocsin · no such page";
  live.follow("");
  main.append(empty("No such page", el("p", {}, el("a", { href: "/" }, "To the feed"))));
}
