"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classes } from "./styles.ts";

type Props = { label: string; links: readonly { readonly href: string; readonly word: string }[] };

/** The parts of one place of the product, beside each other; tells which one is open. */
export function SectionLinks({ label, links }: Props) {
  const path = usePathname();
  return (
    <nav aria-label={label} className="flex gap-1 border-line border-b">
      {links.map(({ href, word }) => {
        const isHere = path === href || path.startsWith(`${href}/`);
        return (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={isHere ? "page" : undefined}
            className={classes(
              "-mb-px inline-flex min-h-11 items-center border-transparent border-b-2 px-4 font-medium text-quiet hover:text-ink",
              isHere && "border-accent text-accent hover:text-accent",
            )}
          >
            {word}
          </Link>
        );
      })}
    </nav>
  );
}
