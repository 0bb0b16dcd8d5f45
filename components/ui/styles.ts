import { clsx } from "clsx";
import { twMerge } from "tailwind-merge";

const base =
  "inline-flex min-h-11 shrink-0 whitespace-nowrap items-center justify-center rounded-lg px-5 text-base font-semibold disabled:opacity-60";

/** The three buttons of the product. */
export const button = {
  primary: clsx(base, "bg-accent text-accent-ink"),
  secondary: clsx(base, "border border-line bg-surface text-ink"),
  danger: clsx(base, "border border-stop-border bg-stop-bg text-stop-text"),
};

export const field = "min-h-11 w-full rounded-lg border border-line bg-surface px-3 text-base text-ink";
export const card = "rounded-xl border border-line bg-surface p-5";

export function classes(...parts: Parameters<typeof clsx>): string {
  return twMerge(clsx(parts));
}
