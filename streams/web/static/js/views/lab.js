// The rule lab: take or write a rule, and see on what it would have fired.

import { get, post } from "../api.js";
import { el } from "../dom.js";
import { live } from "../live.js";
import { failed } from "../states.js";
import { backtest } from "../backtest.js";
import { label } from "../words.js";

const DRAFT = "tocsin.draft";

export async function show({ main, query, signal }) {
  document.title = "tocsin · rule lab";
  live.follow("");
  const text = el("textarea", {
    id: "rule",
    rows: 18,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    wrap: "off",
    placeholder: "Paste rules as in a rules file, or pick one above.",
  });
  text.value = sessionStorage.getItem(DRAFT) ?? "";
  const result = el(
    "div",
    { class: "result", "aria-live": "polite" },
    el(
      "p",
      { class: "hint" },
      "The result appears here: how often the rule would have fired on the stories kept, and on which.",
    ),
  );
  const pick = el("select", { id: "pick" }, el("option", { value: "" }, "Loading…"));
  const run = el("button", { type: "button", class: "good" }, "Back-test");
  main.append(
    el("h1", {}, "Rule lab"),
    el(
      "p",
      { class: "lead" },
      "Nothing here changes what is alerted: a rule is tried on the stories this page keeps, and forgotten.",
    ),
    el(
      "div",
      { class: "lab" },
      el(
        "section",
        { "aria-label": "Rule" },
        el("div", { class: "control" }, el("label", { for: "pick" }, "Start from"), pick),
        el("label", { for: "rule" }, "Rule, YAML"),
        text,
        el("div", { class: "verdicts" }, run, el("span", { class: "hint" }, "or Ctrl+Enter")),
      ),
      el("section", { "aria-label": "Result" }, result),
    ),
  );

  const test = async () => {
    if (!text.value.trim())
      return result.replaceChildren(el("p", { class: "hint" }, "Write or pick a rule first."));
    run.disabled = true;
    result.replaceChildren(el("p", { class: "working", role: "status" }, "Trying it on the stories kept…"));
    try {
      const answer = await post("/rules/backtest", text.value, { signal });
      result.replaceChildren(
        ...(answer.mistakes?.length ? [mistakes(answer.mistakes, text)] : backtest(answer)),
      );
    } catch (error) {
      if (error.name !== "AbortError") result.replaceChildren(failed(error, test));
    } finally {
      run.disabled = false;
    }
    return undefined;
  };
  run.addEventListener("click", test);
  text.addEventListener("input", () => sessionStorage.setItem(DRAFT, text.value));
  text.addEventListener(
    "keydown",
    (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && (event.preventDefault(), test()),
  );
  await fillPick(pick, text, query.get("rule"), signal);
}

async function fillPick(pick, text, asked, signal) {
  try {
    const { items } = await get("/rules", null, signal);
    const written = new Map(items.map((rule) => [rule.id, rule.yaml ?? rule.text ?? rule.written ?? ""]));
    pick.replaceChildren(
      el("option", { value: "" }, "a rule in force…"),
      ...items.map((rule) => el("option", { value: rule.id }, rule.title ?? label(rule.id))),
    );
    const take = () =>
      pick.value && ((text.value = written.get(pick.value)), sessionStorage.setItem(DRAFT, text.value));
    pick.addEventListener("change", take);
    if (asked && written.has(asked)) ((pick.value = asked), take());
  } catch (error) {
    if (error.name !== "AbortError")
      pick.replaceChildren(el("option", { value: "" }, "the rules could not be loaded"));
  }
}

/** Mistakes by line; a click puts the cursor there. */
function mistakes(all, text) {
  const jump = (line) => {
    const lines = text.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };
  return el(
    "div",
    { class: "mistakes", role: "alert" },
    el("h2", {}, `${all.length} ${all.length === 1 ? "mistake" : "mistakes"}`),
    el(
      "ol",
      {},
      all.map(({ line, message }) =>
        el(
          "li",
          {},
          line
            ? el("button", { type: "button", class: "plain", onclick: () => jump(line) }, `Line ${line}`)
            : null,
          line ? " " : null,
          message,
        ),
      ),
    ),
  );
}
