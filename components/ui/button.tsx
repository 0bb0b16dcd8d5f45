"use client";
import { LoaderCircle } from "lucide-react";
import { type ComponentProps, useSyncExternalStore } from "react";
import { type ButtonLook, button, classes } from "./styles.ts";

const never = () => () => undefined;

/** False in what the server sends and until the page's scripts are at work here; true from then on. */
function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/**
 * A button without a look. A press before the page's scripts are at work would be lost: what needs them cannot be pressed
 * until then.
 */
export function BareButton(props: ComponentProps<"button">) {
  const isDeaf = !useHydrated() && props.onClick !== undefined;
  return <button type="button" {...props} disabled={isDeaf || props.disabled} />;
}

type Props = ComponentProps<"button"> & {
  look?: ButtonLook;
  /** What the button says while its work runs; it becomes progress in place and cannot be pressed twice. */
  busyWord?: string | undefined;
  isBusy?: boolean;
};

export function Button({ look = "primary", isBusy = false, busyWord, className, children, ...rest }: Props) {
  return (
    <BareButton
      {...rest}
      disabled={isBusy || rest.disabled}
      aria-busy={isBusy || undefined}
      className={classes(button[look], className)}
    >
      {isBusy ? <LoaderCircle aria-hidden className="size-5 animate-spin" /> : null}
      {isBusy && busyWord ? busyWord : children}
    </BareButton>
  );
}
