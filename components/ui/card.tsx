import { type ReactNode, useId } from "react";
import { card, classes, partTitle } from "./styles.ts";

type Props = { title?: string; text?: ReactNode; end?: ReactNode; className?: string; children: ReactNode };

/** A part of a page on its own ground, with its name and what belongs beside the name. */
export function Card({ title, text, end, className, children }: Props) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={classes(card, "grid content-start gap-3", className)}
    >
      {title ? (
        <header className="flex flex-wrap items-center justify-between gap-3">
          <div>
            <h2 id={id} className={partTitle}>
              {title}
            </h2>
            {text ? <p className="text-quiet">{text}</p> : null}
          </div>
          {end}
        </header>
      ) : null}
      {children}
    </section>
  );
}
