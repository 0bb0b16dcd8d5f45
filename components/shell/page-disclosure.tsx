"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** Something that opens and closes also without scripts; with them it is closed again on the next page. */
export function PageDisclosure({ children }: { children: ReactNode }) {
  return (
    <details key={usePathname()} className="relative">
      {children}
    </details>
  );
}
