"use client";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { type ButtonLook, button, classes } from "./styles.ts";
import { useHydrated } from "./use-hydrated.ts";

type Props = ComponentProps<"button"> & {
  look?: ButtonLook;
  /** What the button says while its work runs; it becomes progress in place and cannot be pressed twice. */
  busyWord?: string | undefined;
  isBusy?: boolean;
};

/** A press before the page's scripts are at work would be lost: what needs them cannot be pressed until then. */
export function Button({ look = "primary", isBusy = false, busyWord, className, children, ...rest }: Props) {
  const isDeaf = !useHydrated() && rest.onClick !== undefined;
  return (
    <button
      type="button"
      {...rest}
      disabled={isBusy || isDeaf || rest.disabled}
      aria-busy={isBusy || undefined}
      className={classes(button[look], className)}
    >
      {isBusy ? <LoaderCircle aria-hidden className="size-5 animate-spin" /> : null}
      {isBusy && busyWord ? busyWord : children}
    </button>
  );
}
