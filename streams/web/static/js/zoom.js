// Moving about in a drawing: wheel with Ctrl, drag, pinch of buttons, arrows and + − on the keyboard.

import { el } from "./dom.js";

const CLOSEST = 40; // units across
const STEP = 1.6;

/** Make `image` zoomable within `holder`; `changed` hears how many units a pixel is. Returns a way to zoom to a point. */
export function zoomable(holder, image, { width, height }, changed, signal) {
  const view = { x: 0, y: 0, w: width };
  const ratio = height / width;

  const apply = () => {
    view.w = Math.min(width, Math.max(CLOSEST, view.w));
    view.x = Math.min(width - view.w, Math.max(0, view.x));
    view.y = Math.min(height - view.w * ratio, Math.max(0, view.y));
    image.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.w * ratio}`);
    if (image.clientWidth) changed(view.w / image.clientWidth);
  };
  const by = (factor, cx = view.x + view.w / 2, cy = view.y + (view.w * ratio) / 2) => {
    const w = Math.min(width, Math.max(CLOSEST, view.w / factor));
    view.x = cx - ((cx - view.x) * w) / view.w;
    view.y = cy - ((cy - view.y) * w) / view.w;
    view.w = w;
    apply();
  };
  const move = (dx, dy) => ((view.x += dx * view.w), (view.y += dy * view.w), apply());

  const button = (text, name, action) =>
    el("button", { type: "button", "aria-label": name, title: name, onclick: action }, text);
  holder.append(
    el(
      "div",
      { class: "zoom" },
      button("+", "Zoom in", () => by(STEP)),
      button("−", "Zoom out", () => by(1 / STEP)),
      button("⤢", "Whole world", () => ((view.w = width), apply())),
    ),
  );
  const keys = {
    "+": () => by(STEP),
    "=": () => by(STEP),
    "-": () => by(1 / STEP),
    0: () => ((view.w = width), apply()),
    ArrowLeft: () => move(-0.15, 0),
    ArrowRight: () => move(0.15, 0),
    ArrowUp: () => move(0, -0.1),
    ArrowDown: () => move(0, 0.1),
  };
  holder.addEventListener(
    "keydown",
    (event) => event.key in keys && event.target === holder && (event.preventDefault(), keys[event.key]()),
  );
  holder.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
      event.preventDefault();
      const box = image.getBoundingClientRect();
      by(
        event.deltaY < 0 ? 1.2 : 1 / 1.2,
        view.x + ((event.clientX - box.left) / box.width) * view.w,
        view.y + ((event.clientY - box.top) / box.height) * view.w * ratio,
      );
    },
    { passive: false },
  );
  let held = null;
  image.addEventListener("pointerdown", (event) => (held = [event.clientX, event.clientY]));
  addEventListener("pointerup", () => (held = null), { signal });
  image.addEventListener("pointermove", (event) => {
    if (!held || view.w === width) return;
    const unit = view.w / image.clientWidth;
    view.x -= (event.clientX - held[0]) * unit;
    view.y -= (event.clientY - held[1]) * unit;
    held = [event.clientX, event.clientY];
    apply();
  });
  const watcher = new ResizeObserver(apply);
  watcher.observe(holder);
  signal.addEventListener("abort", () => watcher.disconnect());
  return (cx, cy, across) => {
    view.w = across;
    view.x = cx - across / 2;
    view.y = cy - (across * ratio) / 2;
    apply();
  };
}
