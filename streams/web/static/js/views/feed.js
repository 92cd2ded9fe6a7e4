// The feed: one card a story, newest first, live.

import { get } from "../api.js";
import { card } from "../card.js";
import { Chunks } from "../chunks.js";
import { el } from "../dom.js";
import { chips, only, panel } from "../filters.js";
import { bind } from "../keys.js";
import { live } from "../live.js";
import { go } from "../router.js";
import { empty, failed, filled } from "../states.js";
import { age, number } from "../words.js";

const PAGE = 50;
const FRAME = 8; // ms of a frame in which cards are let in; the rest is for layout and the reader
const STEP = 5; // cards between two looks at the clock
const READING_FROM = 300; // px scrolled: from here on the reader reads, and what is new waits

let kept = null; // the feed that was left last, so that coming back finds it as it was

export async function show({ main, query: asked, signal, back }) {
  document.title = "tocsin · feed";
  const query = only(asked);
  const feed = new Feed(query, signal);
  const change = (next, typing = false) => {
    const search = document.activeElement?.id === "search";
    go(next.size ? `/?${next}` : "/", { replace: typing }).then(() => search && focusSearch());
  };
  main.append(
    el("h1", { class: "sr" }, "Feed"),
    el(
      "div",
      { class: "columns" },
      el("aside", { "aria-label": "Filters" }, panel(query, change, signal)),
      el(
        "div",
        { class: "stream" },
        el("div", { class: "over" }, chips(query, change), feed.pauseButton),
        feed.news,
        feed.place,
      ),
    ),
  );
  bind(feed.keys(), signal);
  live.follow(query.toString());
  const before = back && kept?.query === query.toString() && kept.ids.length ? kept : null;
  kept = null;
  signal.addEventListener("abort", () => (kept = feed.leave()));
  if (before) feed.restore(before);
  else await feed.load();
}

function first(all, number) {
  const some = [];
  for (const one of all) if (some.push(one) === number) break;
  return some;
}

function focusSearch() {
  const input = document.getElementById("search");
  input?.focus();
  input?.setSelectionRange(input.value.length, input.value.length);
}

class Feed {
  #cards = new Map();
  #waiting = new Map(); // id → card, oldest first
  #next = null;
  #scrolled = scrollY; // px, as of the last scroll: to ask for it while cards go in would lay out the page each time
  #missed = false; // whether the stream left out what did not fit
  #reading = false; // whether the list is being read anew: what is told meanwhile waits
  #loading = false;
  #paused = false;
  #frame = 0;
  #at = null; // id of the card that the keys stand on

  constructor(query, signal) {
    this.query = query;
    this.signal = signal;
    this.list = el("div", { class: "feed", role: "feed", "aria-label": "Stories, newest first" });
    this.place = el("div", { class: "feed-place" });
    this.news = el("div", { class: "news", "aria-live": "polite" });
    this.pauseButton = el("button", { type: "button", class: "pause", onclick: () => this.pause() });
    this.more = el("div", { class: "more" });
    this.chunks = new Chunks(this.list, (id) => this.#draw(id));
    this.sentinel = new IntersectionObserver(([entry]) => entry.isIntersecting && this.#page(), {
      rootMargin: "800px",
    });
    live.addEventListener("story", (event) => this.#arrive(event.detail), { signal });
    live.addEventListener("gone", (event) => this.#drop(event.detail.id), { signal });
    live.addEventListener("reset", () => this.#begin(), { signal });
    addEventListener("scroll", () => this.#scroll(), { signal, passive: true });
    const clock = setInterval(() => this.#tick(), 15000);
    signal.addEventListener("abort", () => {
      clearInterval(clock);
      cancelAnimationFrame(this.#frame);
      this.sentinel.disconnect();
      this.chunks.end();
    });
    this.#namePause();
  }

  async load() {
    this.#reading = true;
    await filled(this.place, this.signal, async () => {
      const { items, next } = await this.#ask(null);
      this.#clear();
      this.#take(items, next);
      return this.#contents();
    });
    this.#reading = false;
    if (this.#waiting.size) this.#soon();
  }

  /** What to keep of this feed when it is left. */
  leave() {
    return {
      query: this.query.toString(),
      cards: this.#cards,
      ids: this.chunks.ids(),
      next: this.#next,
      at: this.#at,
      scrolled: scrollY,
    };
  }

  restore({ cards, ids, next, at, scrolled }) {
    this.#cards = cards;
    this.#next = next;
    this.place.replaceChildren(...this.#contents());
    this.chunks.append(ids);
    scrollTo(0, scrolled);
    this.#scrolled = scrolled;
    if (at && this.chunks.has(at)) this.#stand(at, { scroll: false });
  }

  keys() {
    return {
      j: () => this.#step(1),
      k: () => this.#step(-1),
      Enter: (event) => {
        if (event.target.closest("a, button, summary, input") || !this.#at) return false;
        return go(`/stories/${encodeURIComponent(this.#at)}`);
      },
      p: () => this.pause(),
      "/": () => {
        document.querySelector("details.filters").open = true;
        focusSearch();
      },
    };
  }

  pause() {
    this.#paused = !this.#paused;
    if (!this.#paused) this.letIn();
    this.#namePause();
  }

  /** Show what waits, a few a frame, so that a flood does not stall the page. */
  letIn() {
    if (this.#missed) return void this.load();
    const until = performance.now() + FRAME;
    while (this.#waiting.size && performance.now() < until) {
      const some = first(this.#waiting.values(), STEP);
      for (const story of some) this.#waiting.delete(story.id);
      const moved = some.filter((story) => !this.#put(story)).map((story) => story.id);
      this.chunks.prepend(moved.reverse());
    }
    if (this.#cards.size && !this.list.isConnected) this.place.replaceChildren(...this.#contents());
    this.#say();
    this.#name();
    if (this.#waiting.size) this.#soon();
  }

  /** Take a story; true when it stays where it is, as the reader stands on it. Else its place is on top. */
  #put(story) {
    const known = this.#cards.has(story.id);
    this.#cards.set(story.id, story);
    if (known && this.chunks.node(story.id)?.contains(document.activeElement))
      return this.chunks.redraw(story.id) !== null;
    if (known) this.chunks.remove(story.id);
    return false;
  }

  #scroll() {
    this.#scrolled = scrollY;
    if (this.#waits && this.#mayLetIn()) this.#soon();
  }

  #drop(id) {
    this.#waiting.delete(id);
    this.chunks.remove(id);
    this.#cards.delete(id);
    if (!this.#cards.size && this.list.isConnected) this.place.replaceChildren(...this.#contents());
  }

  /** Words were missed: read anew, but never under the eyes of one who reads. */
  #begin() {
    if (this.#mayLetIn()) return void this.load();
    this.#missed = true;
    this.#say();
  }

  get #waits() {
    return this.#missed || this.#waiting.size > 0;
  }

  #arrive(story) {
    const held = this.#cards.get(story.id) ?? this.#waiting.get(story.id);
    if (held && held.revision >= story.revision) return;
    this.#waiting.set(story.id, story);
    this.#soon();
  }

  /** Deal with what waits once a frame, however much came meanwhile. */
  #soon() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#mayLetIn()) this.letIn();
      else this.#say();
    });
  }

  #mayLetIn() {
    return !this.#paused && !this.#reading && this.#scrolled < READING_FROM;
  }

  #say() {
    this.#namePause();
    if (this.#paused || !this.#waits || this.#mayLetIn()) return this.news.replaceChildren();
    const what = this.#missed ? "Much is new" : `${number(this.#waiting.size)} new or changed`;
    this.news.replaceChildren(
      el(
        "button",
        { type: "button", onclick: () => (scrollTo(0, 0), (this.#scrolled = 0), this.letIn()) },
        `↑ ${what}`,
      ),
    );
  }

  #namePause() {
    const waits = this.#waiting.size;
    this.pauseButton.textContent = this.#paused
      ? this.#missed
        ? "▶ Resume, much waits"
        : waits
          ? `▶ Resume, ${number(waits)} waiting`
          : "▶ Resume"
      : "❚❚ Pause";
    this.pauseButton.setAttribute("aria-pressed", String(this.#paused));
  }

  #ask(cursor) {
    const query = new URLSearchParams(this.query);
    query.set("limit", String(PAGE));
    if (cursor) query.set("cursor", cursor);
    return get("/stories", query, this.signal);
  }

  async #page() {
    if (this.#loading || !this.#next || this.signal.aborted) return;
    this.#loading = true;
    try {
      const { items, next } = await this.#ask(this.#next);
      this.#take(items, next);
      this.#name();
    } catch (error) {
      if (error.name !== "AbortError") this.more.replaceChildren(failed(error, () => this.#page()));
    } finally {
      this.#loading = false;
    }
    // An observer speaks only of changes: look again, as the end may still be in sight.
    this.sentinel.unobserve(this.more);
    this.sentinel.observe(this.more);
  }

  #take(items, next) {
    const fresh = items.filter((story) => !this.#cards.has(story.id));
    for (const story of fresh) this.#cards.set(story.id, story);
    for (const [id, told] of this.#waiting)
      if (this.#cards.get(id)?.revision >= told.revision) this.#waiting.delete(id);
    this.chunks.append(fresh.map((story) => story.id));
    this.#next = next;
  }

  #clear() {
    this.chunks.end();
    this.list.replaceChildren();
    this.chunks = new Chunks(this.list, (id) => this.#draw(id));
    this.#cards = new Map();
    this.#missed = false;
    this.#say();
  }

  #contents() {
    if (!this.#cards.size) {
      return [
        this.query.size
          ? empty(
              "No story matches these filters",
              el("p", {}, el("a", { href: "/" }, "Clear the filters")),
              "New stories that match appear here by themselves.",
            )
          : empty(
              "No stories yet",
              "Publish articles, as with `tocsin publish FILE…`, or run `tocsin demo`.",
              "Stories appear here by themselves, as the workers tell them.",
            ),
      ];
    }
    this.sentinel.observe(this.more);
    this.#name();
    return [this.list, this.more];
  }

  #name() {
    this.more.replaceChildren(
      el(
        "p",
        { class: "hint" },
        this.#next ? "Loading older stories…" : `The end: ${number(this.#cards.size)} stories.`,
      ),
    );
  }

  #draw(id) {
    const node = card(this.#cards.get(id));
    if (id === this.#at) (node.setAttribute("tabindex", "0"), node.classList.add("at"));
    node.addEventListener(
      "focusin",
      () => this.#at === id || this.#stand(id, { scroll: false, focus: false }),
    );
    return node;
  }

  #step(by) {
    const id =
      this.#at && this.chunks.has(this.#at) ? this.chunks.beside(this.#at, by) : this.chunks.beside(null, 0);
    if (id) this.#stand(id);
  }

  #stand(id, { scroll = true, focus = true } = {}) {
    const before = this.#at && this.chunks.node(this.#at);
    before?.classList.remove("at");
    before?.setAttribute("tabindex", "-1");
    this.#at = id;
    const node = this.chunks.reveal(id);
    if (!node) return;
    node.classList.add("at");
    node.setAttribute("tabindex", "0");
    if (focus) node.focus({ preventScroll: true });
    if (scroll) node.scrollIntoView({ block: "center" });
  }

  #tick() {
    for (const time of this.list.querySelectorAll(".when time")) time.textContent = age(time.dateTime);
  }
}
