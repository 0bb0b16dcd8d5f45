"use client";

import type { ReactNode } from "react";
import { usePath } from "#components/ui/use-path.ts";

/** Something that opens and closes also without scripts; with them it is closed again on the next page. */
export function PageDisclosure({ children }: { children: ReactNode }) {
  return (
    <details key={usePath()} className="relative">
      {children}
    </details>
  );
}
