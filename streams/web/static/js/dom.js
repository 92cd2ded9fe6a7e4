// Elements made from data. Every text goes in as a text node: nothing that an article says is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

/** Make an HTML element: attributes, `onclick` and the like, then children (nodes or text). */
export const el = (tag, props = {}, ...children) => fill(document.createElement(tag), props, children);

/** Make an SVG element. */
export const svg = (tag, props = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), props, children);

/** A link that leaves the page; plain text where the address is no web address, as `javascript:` is not. */
export function outward(address, ...children) {
  const web = typeof address === "string" && /^https?:\/\//i.test(address);
  return web
    ? el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, ...children)
    : el("span", {}, ...children);
}

/** Text in the language it was written in. */
export const written = (tag, props, text, lang, dir) => el(tag, { lang, dir: dir ?? "auto", ...props }, text);
