// A long list that stays light: cards live in chunks, and a chunk far from the window keeps its height and nothing else.

import { el } from "./dom.js";

const FULL = 40; // cards of a chunk before the next one starts
const NEAR = "1200px"; // how far outside the window cards are kept

export class Chunks {
  #chunks = []; // {node, ids, drawn}
  #where = new Map(); // id → chunk
  #observer;

  /** `draw` makes the element of an id. */
  constructor(root, draw) {
    this.root = root;
    this.draw = draw;
    this.#observer = new IntersectionObserver((entries) => this.#turn(entries), { rootMargin: NEAR });
  }

  get size() {
    return this.#where.size;
  }

  has(id) {
    return this.#where.has(id);
  }

  ids() {
    return this.#chunks.flatMap((chunk) => chunk.ids);
  }

  append(ids) {
    for (const id of ids) {
      let chunk = this.#chunks.at(-1);
      if (!chunk || chunk.ids.length >= FULL) chunk = this.#begin(this.#chunks.length);
      chunk.ids.push(id);
      this.#where.set(id, chunk);
      if (chunk.drawn) chunk.node.append(this.draw(id));
    }
  }

  /** Put ids above all others; the first of them is the first of the list. */
  prepend(ids) {
    for (const id of [...ids].reverse()) {
      let chunk = this.#chunks[0];
      if (!chunk || chunk.ids.length >= FULL) chunk = this.#begin(0);
      chunk.ids.unshift(id);
      this.#where.set(id, chunk);
      if (chunk.drawn) chunk.node.prepend(this.draw(id));
    }
  }

  remove(id) {
    const chunk = this.#where.get(id);
    if (!chunk) return;
    this.#where.delete(id);
    chunk.ids.splice(chunk.ids.indexOf(id), 1);
    this.node(id, chunk)?.remove();
    if (chunk.ids.length) return;
    this.#observer.unobserve(chunk.node);
    chunk.node.remove();
    this.#chunks.splice(this.#chunks.indexOf(chunk), 1);
  }

  /** Draw a card anew where it stands. */
  redraw(id) {
    const before = this.node(id);
    if (!before) return null;
    const focused = before.contains(document.activeElement);
    const after = this.draw(id);
    before.replaceWith(after);
    if (focused) after.focus({ preventScroll: true });
    return after;
  }

  /** The element of an id, or nothing while its chunk is not drawn. */
  node(id, chunk = this.#where.get(id)) {
    return chunk?.drawn ? ([...chunk.node.children].find((one) => one.dataset.id === id) ?? null) : null;
  }

  /** The element of an id, drawn if need be. */
  reveal(id) {
    const chunk = this.#where.get(id);
    if (chunk && !chunk.drawn) this.#draw(chunk);
    return this.node(id);
  }

  /** The id that stands so many places after another. */
  beside(id, step) {
    const ids = this.ids();
    const at = ids.indexOf(id);
    return ids[at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + step))];
  }

  end() {
    this.#observer.disconnect();
  }

  #begin(at) {
    const chunk = { node: el("div", { class: "chunk", role: "presentation" }), ids: [], drawn: true };
    this.root.insertBefore(chunk.node, this.#chunks[at]?.node ?? null);
    this.#chunks.splice(at, 0, chunk);
    this.#observer.observe(chunk.node);
    chunk.node.chunk = chunk;
    return chunk;
  }

  #draw(chunk) {
    chunk.drawn = true;
    chunk.node.style.blockSize = "";
    chunk.node.replaceChildren(...chunk.ids.map(this.draw));
  }

  #turn(entries) {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const { chunk } = target;
      if (isIntersecting && !chunk.drawn) this.#draw(chunk);
      else if (!isIntersecting && chunk.drawn && !target.contains(document.activeElement)) {
        target.style.blockSize = `${boundingClientRect.height}px`;
        target.replaceChildren();
        chunk.drawn = false;
      }
    }
  }
}
