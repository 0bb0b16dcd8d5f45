/** A scanner types faster than anybody: its keys come closer together than this. */
const gapMaxMs = 35;
/** How long after a page came up a burst may have begun before anybody listened. */
const settleMs = 1_000;
/** Fewer fast keys than this are a person's roll over the keyboard. */
const lengthMin = 6;

export type Key = { key: string; code: string; hasShift: boolean; atMs: number };
/**
 * What a key did: began a burst, went on with one, ended one with its whole text, ended one whose beginning may have been
 * missed (`cut`), or was none of a scanner's business.
 */
export type Heard = { what: "first" | "more" | "other" } | { what: "scan" | "cut"; text: string };

const punctuation: Record<string, [string, string]> = { Minus: ["-", "_"], NumpadSubtract: ["-", "-"] };

/** The character a key means; empty for one no order number holds (the blank is what scanners send around it). Under an input method only the key's place is told, so it is read from there. */
function characterOf({ key, code, hasShift }: Key): string {
  if (/^[A-Za-z0-9_ -]$/.test(key)) return key;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit) return hasShift ? "" : digit;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return hasShift ? letter : letter.toLowerCase();
  return punctuation[code]?.[hasShift ? 1 : 0] ?? "";
}

const isEnter = ({ key, code }: Key) => key === "Enter" || code === "Enter" || code === "NumpadEnter";

/**
 * Listens for a keyboard-wedge scanner among all keys of a page. `hear` takes every key down, in order. `sinceMs` is when
 * listening began, on the keys' clock: a burst that begins within `settleMs` of it may have lost its first characters to
 * the page that was loading, and a shorter number may be another order's.
 */
export function listenForScans(sinceMs = Number.NEGATIVE_INFINITY): { hear: (key: Key) => Heard } {
  let text = "";
  let lastAtMs = Number.NEGATIVE_INFINITY;
  let isCut = false;
  function end(isFast: boolean): Heard {
    const scanned = text;
    text = "";
    if (!isFast || scanned.length < lengthMin) return { what: "other" };
    return { what: isCut ? "cut" : "scan", text: scanned };
  }
  function hear(key: Key): Heard {
    if (key.key === "Shift" || key.key === "CapsLock") return { what: "other" };
    const isFast = key.atMs - lastAtMs < gapMaxMs;
    lastAtMs = key.atMs;
    if (isEnter(key)) return end(isFast);
    const character = characterOf(key);
    const isFirst = !isFast || text === "";
    text = character === "" || isFirst ? character : text + character;
    if (character === "") return { what: "other" };
    if (isFirst) isCut = key.atMs - sinceMs < settleMs;
    return { what: isFirst ? "first" : "more" };
  }
  return { hear };
}
