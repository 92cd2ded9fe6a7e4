// How the page says things: signs of polarity, names of statuses, times, numbers.

export const POLARITY = {
  escalatory: { sign: "▲", word: "escalatory", css: "esc" },
  deescalatory: { sign: "▼", word: "de-escalatory", css: "de" },
  neutral: { sign: "◆", word: "neutral", css: "neu" },
};

export const polarity = (name) => POLARITY[name] ?? POLARITY.neutral;

const TITLED = { deescalatory: "De-escalatory" };

/** `communication_channel_cut` → `Communication channel cut`. */
export function label(name) {
  if (TITLED[name]) return TITLED[name];
  const words = String(name).replaceAll("_", " ").replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const UNITS = [
  ["d", 86400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
];

/** Seconds as one unit that fits: `40 s`, `7 min`, `3 h`, `12 d`. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return "–";
  const whole = Math.max(0, Math.round(seconds));
  const [unit, size] = UNITS.find(([, size]) => whole >= size * (size === 86400 ? 2 : 1)) ?? UNITS[3];
  return `${Math.floor(whole / size)} ${unit}`;
}

const passed = (iso) => (Date.now() - Date.parse(iso)) / 1000;

/** How old, by the clock of this machine: `7 min`. */
export const age = (iso) => (passed(iso) < 5 ? "now" : duration(passed(iso)));

/** How long ago: `7 min ago`. */
export const ago = (iso) => (passed(iso) < 5 ? "just now" : `${duration(passed(iso))} ago`);

const DAY_TIME = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});
const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const LANGUAGE = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

export const dayTime = (iso) => (iso ? `${DAY_TIME.format(new Date(iso))} UTC` : "–");
export const day = (iso) => (iso ? DAY.format(new Date(iso)) : "–");
export const shortDay = (iso) => SHORT_DAY.format(new Date(iso));

/** When it happened, no more exactly than is known. */
export function eventDate(date) {
  if (!date || date.precision === "unknown") return "date not known";
  if (date.precision === "month")
    return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(
      new Date(date.start),
    );
  if (date.precision === "year") return date.start.slice(0, 4);
  return date.start === date.end ? day(date.start) : `${shortDay(date.start)} – ${day(date.end)}`;
}

export function language(code) {
  try {
    return LANGUAGE.of(code);
  } catch {
    return code;
  }
}

const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
export const number = (value) => (typeof value === "number" ? NUMBER.format(value) : "–");
export const severity = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
export const count = (n, one, many = `${one}s`) => `${NUMBER.format(n)} ${n === 1 ? one : many}`;

/** A party in the words of the text, who stands for it, and its id. */
export const party = (one) =>
  `${one.name}${one.person && one.person !== one.name ? ` (${one.person})` : ""}${one.name === one.id ? "" : ` · ${one.id}`}`;
