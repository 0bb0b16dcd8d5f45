import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { PageName } from "./page-name.tsx";

type Props = { Sign: LucideIcon; title: string; text: string; children?: ReactNode };

/** Nothing here, or nothing that works: one sentence and the next thing to do. */
export function EmptyState({ Sign, title, text, children }: Props) {
  return (
    <section className="mx-auto grid max-w-md justify-items-center gap-3 px-4 py-12 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent">
        <Sign aria-hidden className="size-7 shrink-0" />
      </span>
      <PageName name={title} />
      <p className="text-balance text-lg text-quiet">{text}</p>
      {children}
    </section>
  );
}
