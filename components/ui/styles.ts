import { clsx } from "clsx";
import { twMerge } from "tailwind-merge";

const base =
  "inline-flex min-h-11 shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-lg px-5 font-semibold text-base transition-opacity hover:opacity-90 disabled:opacity-60";

/** The buttons of the product; links that look like buttons wear the same. */
export const button = {
  primary: clsx(base, "bg-accent text-accent-ink"),
  secondary: clsx(base, "border border-edge bg-surface text-ink"),
  quiet: clsx(base, "px-3 text-ink hover:bg-line"),
  danger: clsx(base, "border border-stop-border bg-stop-bg text-stop-text"),
};
export type ButtonLook = keyof typeof button;

/** The five meanings as a surface with its words; signs on it take the icon token. */
export const meanings = {
  wait: "border-wait-border bg-wait-bg text-wait-text [&_svg]:text-wait-icon",
  good: "border-good-border bg-good-bg text-good-text [&_svg]:text-good-icon",
  stop: "border-stop-border bg-stop-bg text-stop-text [&_svg]:text-stop-icon",
  unknown: "border-unknown-border bg-unknown-bg text-unknown-text [&_svg]:text-unknown-icon",
  moving: "border-moving-border bg-moving-bg text-moving-text [&_svg]:text-moving-icon",
};
export type Meaning = keyof typeof meanings;

export const field =
  "min-h-11 w-full rounded-lg border border-edge bg-surface px-3 text-base text-ink aria-invalid:border-stop-border";
export const card = "rounded-xl border border-line bg-surface p-5";

export function classes(...parts: Parameters<typeof clsx>): string {
  return twMerge(clsx(parts));
}
