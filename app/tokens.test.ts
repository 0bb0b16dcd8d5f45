import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");
const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");

function tokensOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const meanings = ["wait", "good", "stop", "unknown", "moving"];
const textPairs = [
  ["ink", "page"],
  ["ink", "surface"],
  ["quiet", "page"],
  ["quiet", "surface"],
  ["accent-ink", "accent"],
  ["accent", "surface"],
  ["accent", "accent-soft"],
  ["ink", "accent-soft"],
  ["drill-ink", "drill"],
  ...meanings.map((name) => [`${name}-text`, `${name}-bg`]),
];
const signPairs = [
  ["edge", "surface"],
  ["accent", "page"],
  ["drill", "page"],
  ...meanings.flatMap((name) => [
    [`${name}-icon`, `${name}-bg`],
    [`${name}-border`, "page"],
  ]),
];

test.each([
  ["light", tokensOf(light)],
  ["dark", tokensOf(dark)],
])("words and signs stand out from their ground in the %s", (_, tokens) => {
  const tooFaint = (pairs: string[][], least: number) =>
    pairs.filter(
      ([a = "", b = ""]) => contrast(tokens.get(a) ?? "", tokens.get(b) ?? "") < least || !tokens.has(a),
    );
  expect(tooFaint(textPairs, 4.5)).toEqual([]);
  expect(tooFaint(signPairs, 3)).toEqual([]);
});
