import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes, type Meaning, meanings } from "./styles.ts";

/** A small state in a row or list: a sign and a word, never colour alone. */
export function Badge({
  meaning,
  Sign,
  children,
}: {
  meaning: Meaning;
  Sign: LucideIcon;
  children: ReactNode;
}) {
  return (
    <span
      className={classes(
        "inline-flex items-center gap-1 rounded-full border px-3 py-1 text-sm",
        meanings[meaning],
      )}
    >
      <Sign aria-hidden className="size-5" />
      {children}
    </span>
  );
}
