import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes, type Meaning, meanings } from "./styles.ts";

type Props = { meaning: Meaning; Sign: LucideIcon; children: ReactNode };

/** Something to know above the page's content; it stays until it is no longer so. */
export function Banner({ meaning, Sign, children }: Props) {
  return (
    <div
      className={classes(
        "flex flex-wrap items-center gap-3 rounded-xl border p-4 [&>:is(p,div)]:min-w-0 [&>:is(p,div)]:flex-[1_1_12rem]",
        meanings[meaning],
      )}
    >
      <Sign aria-hidden className="size-5 shrink-0" />
      {children}
    </div>
  );
}
