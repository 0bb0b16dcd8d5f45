import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { button } from "./styles.ts";

/** Takes what the page lists home as a file; a plain link, so nothing of it is fetched before somebody presses it. */
export function DownloadLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} download className={button.secondary}>
      <Download aria-hidden className="size-5" />
      {children}
    </a>
  );
}
