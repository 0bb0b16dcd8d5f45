"use client";
import Link from "next/link";
import { isWithin } from "#lib/domain/paths.ts";
import { classes } from "./styles.ts";
import { usePath } from "./use-path.ts";

type Props = { label: string; links: readonly { readonly href: string; readonly word: string }[] };

/** The parts of one place of the product, beside each other; tells which one is open. */
export function SectionLinks({ label, links }: Props) {
  const path = usePath();
  return (
    <nav
      aria-label={label}
      className="-mx-4 flex gap-1 overflow-x-auto border-line border-b px-4 [scrollbar-width:thin]"
    >
      {links.map(({ href, word }) => {
        const isHere = isWithin(path, href);
        return (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={isHere ? "page" : undefined}
            className={classes(
              "inline-flex min-h-11 shrink-0 items-center whitespace-nowrap border-b-2 px-4 font-medium",
              isHere ? "border-accent text-accent" : "border-transparent text-quiet hover:text-ink",
            )}
          >
            {word}
          </Link>
        );
      })}
    </nav>
  );
}
