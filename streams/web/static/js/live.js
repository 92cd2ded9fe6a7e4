// The line to the server: one EventSource for the whole page, told anew when the filters change.

import { streamAddress } from "./api.js";

const AGAIN_AFTER = 2000; // ms; a browser gives up by itself on an answer that is no stream

/**
 * Dispatches `story`, `gone`, `status`, `alert`, `dyad` with the message as `detail`, `reset` when what is shown must be read anew,
 * and `link` with `up` or `down`.
 */
class Live extends EventTarget {
  #query = null;
  #source = null;
  #timer = 0;
  #wasDown = false;
  state = "connecting";

  /** Follow the stories that these filters let through. */
  follow(query) {
    if (query === this.#query && this.#source?.readyState !== EventSource.CLOSED) return;
    this.#query = query;
    this.#open();
  }

  #open() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = new EventSource(streamAddress(this.#query));
    this.#source = source;
    source.onopen = () => {
      this.#tell("up");
      if (this.#wasDown) this.dispatchEvent(new CustomEvent("reset"));
      this.#wasDown = false;
    };
    source.onerror = () => {
      if (source !== this.#source) return;
      this.#wasDown = true;
      this.#tell("down");
      if (source.readyState === EventSource.CLOSED) this.#timer = setTimeout(() => this.#open(), AGAIN_AFTER);
    };
    for (const kind of ["story", "gone", "status", "alert", "dyad"]) {
      source.addEventListener(kind, (event) =>
        this.dispatchEvent(new CustomEvent(kind, { detail: JSON.parse(event.data) })),
      );
    }
    source.addEventListener("reset", () => this.dispatchEvent(new CustomEvent("reset")));
  }

  #tell(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("link", { detail: state }));
  }
}

export const live = new Live();
