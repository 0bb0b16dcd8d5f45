import { clsx } from "clsx";

/** The buttons of the product (app/looks.css); links that look like buttons wear the same. */
export const button = {
  primary: "look-button look-primary",
  secondary: "look-button look-secondary",
  quiet: "look-button look-quiet",
  danger: "look-button look-danger",
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

export const field = "look-field";
export const card = "look-card";
/** What lies over a page and is read, or answered, before it. */
export const dialog =
  "look-card fixed inset-x-4 bottom-4 z-30 mx-auto grid max-w-md gap-4 rounded-2xl p-6 text-ink shadow-high sm:top-1/4 sm:bottom-auto";
/** The name of a page and of a part of it. */
export const pageTitle = "font-bold text-2xl tracking-tight";
export const partTitle = "font-semibold text-lg";
/** A link among words, big enough for a finger where it stands alone. */
export const textLink =
  "inline-flex min-h-11 items-center gap-2 font-medium text-accent underline underline-offset-4";

/** Puts names together. Two utilities for one property do not go together, for the style sheet's order decides (e2e/looks.ts finds them). */
export const classes = clsx;
