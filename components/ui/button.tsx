import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { type ButtonLook, button, classes } from "./styles.ts";

type Props = ComponentProps<"button"> & {
  look?: ButtonLook;
  /** What the button says while its work runs; it becomes progress in place and cannot be pressed twice. */
  busyWord?: string | undefined;
  isBusy?: boolean;
};

export function Button({ look = "primary", isBusy = false, busyWord, className, children, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      disabled={isBusy || rest.disabled}
      aria-busy={isBusy || undefined}
      className={classes(button[look], className)}
    >
      {isBusy ? <LoaderCircle aria-hidden className="size-5 animate-spin" /> : null}
      {isBusy && busyWord ? busyWord : children}
    </button>
  );
}
