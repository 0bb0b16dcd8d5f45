import type { ReactNode } from "react";
import { PageName } from "./page-name.tsx";

/** A page's name, a quieter line under it, and what can be done with the whole page at its end. */
export function PageHead({
  title,
  drawn,
  text,
  children,
}: {
  title: string;
  /** The title as the page draws it, where it is more than its letters. */
  drawn?: ReactNode;
  text?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
      <div className="grid min-w-0 gap-1">
        <PageName name={title} drawn={drawn} />
        {text ? <p className="text-pretty text-quiet">{text}</p> : null}
      </div>
      {children ? <div className="flex flex-wrap items-center gap-3">{children}</div> : null}
    </header>
  );
}
