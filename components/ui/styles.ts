import { clsx } from "clsx";
import { twMerge } from "tailwind-merge";

const base =
  "inline-flex min-h-11 shrink-0 cursor-pointer items-center justify-center gap-2 whitespace-nowrap rounded-lg px-5 font-semibold text-base transition-[background-color,opacity] disabled:cursor-default disabled:opacity-60";

/** The buttons of the product; links that look like buttons wear the same. */
export const button = {
  primary: clsx(base, "bg-accent text-accent-ink shadow-lift hover:opacity-90"),
  secondary: clsx(base, "border border-edge bg-surface text-ink shadow-lift hover:bg-page"),
  quiet: clsx(base, "px-3 text-ink hover:bg-accent-soft"),
  danger: clsx(base, "border border-stop-border bg-surface text-stop-text hover:bg-stop-bg"),
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
  "min-h-11 w-full rounded-lg border border-edge bg-surface px-3 text-base text-ink placeholder:text-quiet aria-invalid:border-stop-border aria-invalid:outline-stop-border";
export const card = "rounded-xl border border-line bg-surface p-5 shadow-lift";
/** The name of a page and of a part of it. */
export const pageTitle = "font-bold text-2xl tracking-tight";
export const partTitle = "font-semibold text-lg";
/** A link among words, big enough for a finger where it stands alone. */
export const textLink =
  "inline-flex min-h-11 items-center gap-2 font-medium text-accent underline underline-offset-4";

export function classes(...parts: Parameters<typeof clsx>): string {
  return twMerge(clsx(parts));
}
