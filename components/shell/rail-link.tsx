"use client";
import { ClipboardCheck, ReceiptText, ScanBarcode, ScrollText, Undo2 } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classes } from "#components/ui/styles.ts";

const signs = {
  counter: ScanBarcode,
  orders: ReceiptText,
  requests: Undo2,
  approvals: ClipboardCheck,
  audit: ScrollText,
};
export type RailEntry = { href: string; word: string; sign: keyof typeof signs };

/** One place of the product in the rail or the bottom bar; tells whether we are there. */
export function RailLink({ href, word, sign }: RailEntry) {
  const path = usePathname();
  const isHere = href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
  const Sign = signs[sign];
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isHere ? "page" : undefined}
      className={classes(
        "flex min-h-11 flex-1 flex-col items-center justify-center gap-1 rounded-lg px-3 py-1 text-center font-medium text-sm hover:bg-line",
        "lg:flex-none lg:flex-row lg:justify-start lg:gap-3 lg:text-base",
        isHere && "bg-accent text-accent-ink hover:bg-accent",
      )}
    >
      <Sign aria-hidden className="size-5 shrink-0" />
      {word}
    </Link>
  );
}
