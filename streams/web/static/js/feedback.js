// A reader's word on a story. The token is asked for once and forgotten with the tab.

import { post } from "./api.js";
import { el } from "./dom.js";
import { label } from "./words.js";

const TOKEN = "tocsin.token";
const WRONG = [
  "wrong-type",
  "wrong-actor",
  "wrong-place",
  "wrong-date",
  "wrong-status",
  "duplicate",
  "not-news",
];

/** `given`: what was said of the story last. */
export function feedback(story, given) {
  const note = el("input", {
    id: "feedback-note",
    type: "text",
    maxlength: 2000,
    placeholder: "a word on it, if you like",
  });
  const said = el("p", { class: "said", role: "status" }, given && `Said last: ${label(given)}.`);
  const send = async (verdict) => {
    said.className = "said";
    said.textContent = "Sending…";
    try {
      await withToken((token) =>
        post("/feedback", { story, verdict, note: note.value.trim() || null }, { token }),
      );
      said.textContent = `Thank you: “${label(verdict)}” is noted.`;
      note.value = "";
    } catch (error) {
      said.className = "said failed";
      said.textContent = error.message;
    }
  };
  const button = (verdict, css) =>
    el("button", { type: "button", class: css, onclick: () => send(verdict) }, label(verdict));
  return el(
    "section",
    { class: "part feedback" },
    el("h2", {}, "Is it told right?"),
    el("label", { class: "sr", for: "feedback-note" }, "Note"),
    note,
    el(
      "div",
      { class: "verdicts" },
      button("right", "good"),
      WRONG.map((one) => button(one, "quiet")),
    ),
    said,
  );
}

async function withToken(work) {
  const held = sessionStorage.getItem(TOKEN);
  try {
    return await work(held);
  } catch (error) {
    if (error.status !== 401) throw error;
    const token = await askToken(held ? "The server does not take this token." : "");
    const made = await work(token);
    sessionStorage.setItem(TOKEN, token);
    return made;
  }
}

function askToken(problem) {
  return new Promise((resolve, reject) => {
    const input = el("input", { id: "token", type: "password", autocomplete: "off" });
    let token = "";
    const dialog = el(
      "dialog",
      {
        "aria-labelledby": "token-title",
        onclose: () => (dialog.remove(), token ? resolve(token) : reject(new Error("Nothing was sent."))),
      },
      el("h2", { id: "token-title" }, "Token"),
      el(
        "p",
        {},
        problem ||
          "Feedback is open to those who hold the token of this page (`TOCSIN_WEB_TOKEN`). It is kept until you close this tab.",
      ),
      el("label", { for: "token" }, "Token"),
      input,
      el(
        "div",
        { class: "verdicts" },
        el(
          "button",
          { type: "button", class: "good", onclick: () => ((token = input.value.trim()), dialog.close()) },
          "Send",
        ),
        el("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Cancel"),
      ),
    );
    input.addEventListener(
      "keydown",
      (event) => event.key === "Enter" && ((token = input.value.trim()), dialog.close()),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
