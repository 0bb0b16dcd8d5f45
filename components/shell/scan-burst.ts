/** A scanner types faster than anybody: its keys come closer together than this. */
const gapMaxMs = 35;
/** Fewer fast keys than this are a person's roll over the keyboard. */
const lengthMin = 6;

export type Key = { key: string; code: string; hasShift: boolean; atMs: number };
/** What a key did: began a burst, went on with one, ended one with its whole text, or was none of a scanner's business. */
export type Heard = { what: "first" | "more" | "other" } | { what: "scan"; text: string };

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

/** Listens for a keyboard-wedge scanner among all keys of a page. `hear` takes every key down, in order. */
export function listenForScans(): { hear: (key: Key) => Heard } {
  let text = "";
  let lastAtMs = Number.NEGATIVE_INFINITY;
  return {
    hear(key) {
      if (key.key === "Shift" || key.key === "CapsLock") return { what: "other" };
      const isFast = key.atMs - lastAtMs < gapMaxMs;
      lastAtMs = key.atMs;
      if (key.code === "Enter" || key.code === "NumpadEnter" || key.key === "Enter") {
        const scanned = isFast && text.length >= lengthMin ? text : null;
        text = "";
        return scanned === null ? { what: "other" } : { what: "scan", text: scanned };
      }
      const character = characterOf(key);
      if (character === "") {
        text = "";
        return { what: "other" };
      }
      const isFirst = !isFast || text === "";
      text = isFirst ? character : text + character;
      return { what: isFirst ? "first" : "more" };
    },
  };
}
