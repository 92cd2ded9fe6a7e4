// Wiring: the strip, the line to the server, the keys, the theme, and the view that the address says.

import { live } from "./live.js";
import * as keys from "./keys.js";
import * as router from "./router.js";
import * as strip from "./strip.js";

const THEMES = ["auto", "light", "dark"];

function nextTheme() {
  const root = document.documentElement;
  const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? "auto") + 1) % THEMES.length];
  if (next === "auto") {
    delete root.dataset.theme;
    localStorage.removeItem("tocsin.theme");
  } else {
    root.dataset.theme = next;
    localStorage.setItem("tocsin.theme", next);
  }
  nameTheme();
}

function nameTheme() {
  const name = document.documentElement.dataset.theme ?? "auto";
  const button = document.getElementById("theme");
  button.textContent = { auto: "◐", light: "☀", dark: "☾" }[name];
  button.setAttribute("aria-label", `Colours: ${name}. Change`);
}

nameTheme();
document.getElementById("theme").addEventListener("click", nextTheme);
keys.start({ go: router.go, theme: nextTheme });
strip.start(
  document.getElementById("strip"),
  document.getElementById("notice"),
  document.getElementById("link-state"),
);
await router.start();
if (live.state === "connecting") live.follow("");
