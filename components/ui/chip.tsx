import type { ComponentType, ReactNode } from "react";
import { classes, type Meaning, meanings } from "./styles.ts";

type Props = {
  meaning: Meaning;
  Sign: ComponentType<{ className?: string; "aria-hidden"?: boolean }>;
  children: ReactNode;
};

/** A state in a list: sign and word on its own ground, told apart without colour. */
export function Chip({ meaning, Sign, children }: Props) {
  return (
    <span
      className={classes(
        "inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border px-2.5 py-0.5 font-medium text-sm",
        meanings[meaning],
      )}
    >
      <Sign aria-hidden className="size-4 shrink-0" />
      {children}
    </span>
  );
}
