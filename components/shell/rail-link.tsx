"use client";
import {
  BellRing,
  ClipboardCheck,
  ReceiptText,
  ScanBarcode,
  ScrollText,
  Undo2,
  UsersRound,
} from "lucide-react";
import Link from "next/link";
import { classes } from "#components/ui/styles.ts";
import { usePath } from "#components/ui/use-path.ts";
import { isWithin } from "#lib/domain/paths.ts";

const signs = {
  counter: ScanBarcode,
  orders: ReceiptText,
  requests: Undo2,
  approvals: ClipboardCheck,
  attention: BellRing,
  audit: ScrollText,
  admin: UsersRound,
};
export type RailEntry = {
  href: string;
  /** What begins the addresses of this place, where its first page's does not. */
  within?: string;
  word: string;
  sign: keyof typeof signs;
  /** How much waits there; none shows nothing. */
  waiting?: { count: number; words: string };
};

/** One place of the product in the rail or the bottom bar; tells whether we are there. */
export function RailLink({ href, within = href, word, sign, waiting }: RailEntry) {
  const path = usePath();
  const isHere = isWithin(path, within);
  const Sign = signs[sign];
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isHere ? "page" : undefined}
      className={classes(
        "relative flex max-sm:tracking-tight min-h-12 min-w-14 max-w-32 flex-1 flex-col items-center justify-center gap-0.5 rounded-lg py-1 text-center font-medium text-sm transition-colors",
        "rail:min-h-11 rail:max-w-none rail:flex-none rail:flex-row rail:justify-start rail:gap-3 rail:px-3 rail:text-base",
        isHere ? "bg-accent-soft text-accent" : "text-quiet hover:bg-accent-soft hover:text-ink",
      )}
    >
      <Sign aria-hidden className="size-5 shrink-0" />
      <span className="line-clamp-2 max-w-full text-balance">{word}</span>
      {waiting && waiting.count > 0 ? (
        <span className="absolute top-1 left-1/2 ml-2 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1.5 font-semibold text-accent-ink text-sm leading-none rail:static rail:ml-auto">
          <span aria-hidden>{waiting.count > 99 ? "99+" : waiting.count}</span>
          <span className="sr-only">{waiting.words}</span>
        </span>
      ) : null}
    </Link>
  );
}
