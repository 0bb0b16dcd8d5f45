import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type Props = { Sign: LucideIcon; title: string; text: string; children?: ReactNode };

/** Nothing here, or nothing that works: one sentence and the next thing to do. */
export function EmptyState({ Sign, title, text, children }: Props) {
  return (
    <section className="mx-auto grid max-w-md justify-items-start gap-3 p-5">
      <h1 className="flex items-center gap-2 font-bold text-2xl">
        <Sign aria-hidden className="size-5 shrink-0 text-quiet" />
        {title}
      </h1>
      <p className="text-lg">{text}</p>
      {children}
    </section>
  );
}
