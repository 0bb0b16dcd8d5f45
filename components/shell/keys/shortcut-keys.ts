/** What a key, or two after each other, asks for; message keys under `keys`. None of them changes anything. */
export const shortcuts = ["orders", "approvals", "help", "back"] as const;
export type Shortcut = (typeof shortcuts)[number];

export type Press = { key: string; code: string; hasShift: boolean; atMs: number };

/** Keys that come closer together than this are a scanner's, or a roll over the keyboard. */
export const calmMs = 60;
/** How long the second key of a pair may take. */
const pairMs = 1_500;

/** The second keys after `g`, by their place: under a Thai or Chinese layout the letters are others. */
const places: Record<string, Shortcut> = { KeyO: "orders", KeyA: "approvals" };

function aloneOf({ key, code, hasShift }: Press): Shortcut | null {
  if (key === "Escape") return "back";
  return key === "?" || (code === "Slash" && hasShift) ? "help" : null;
}

/**
 * Listens for shortcuts among all keys of a page. Keys that follow fast never make one; the caller waits `calmMs` after
 * what is heard here, so that the first keys of a scan make none either.
 */
export function listenForShortcuts(): { hear: (press: Press) => Shortcut | null } {
  let lastAtMs = Number.NEGATIVE_INFINITY;
  let goAtMs = Number.NEGATIVE_INFINITY;
  function hear(press: Press): Shortcut | null {
    if (press.key === "Shift") return null;
    const isCalm = press.atMs - lastAtMs >= calmMs;
    const isSecond = press.atMs - goAtMs <= pairMs;
    lastAtMs = press.atMs;
    goAtMs = Number.NEGATIVE_INFINITY;
    if (!isCalm) return null;
    if (isSecond && !press.hasShift) {
      const place = places[press.code];
      if (place) return place;
    }
    if (press.code === "KeyG" && !press.hasShift) goAtMs = press.atMs;
    return aloneOf(press);
  }
  return { hear };
}
