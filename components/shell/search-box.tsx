"use client";
import { LoaderCircle, ScanBarcode, Search } from "lucide-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { useAnnounce } from "#components/ui/live-region.tsx";
import { button, classes, field } from "#components/ui/styles.ts";
import { usePath } from "#components/ui/use-path.ts";
import { cleanScan } from "#lib/domain/order-no.ts";
import { listQuery } from "#lib/domain/order-query.ts";
import { paths } from "#lib/domain/paths.ts";
import { placeOf } from "./place-of.ts";
import { useScanner } from "./use-scanner.ts";

/** The number the open page is about, so that the box shows what was understood. */
function useShownNumber(): string {
  const order = /^\/orders\/[^/]+\/([^/]+)/.exec(usePath())?.[1];
  const asked = useSearchParams()?.get("q");
  return order ? decodeURIComponent(order) : cleanScan(asked ?? "");
}

/** The filter of the list we are on: the way back keeps it. */
function useListHere(): string {
  const query = useSearchParams()?.toString() ?? "";
  return usePath() === paths.orders ? listQuery(query) : "";
}

/**
 * The scanner's target on every page. A plain form, so it searches without scripts too; with them the page stays, and with
 * it whoever listens for the next scan.
 */
export function SearchBox() {
  const t = useTranslations("search");
  const shown = useShownNumber();
  const announce = useAnnounce();
  const input = useRef<HTMLInputElement>(null);
  const lastScan = useRef(0);
  const [offered, setOffered] = useState<string | null>(null);
  const [isCut, setIsCut] = useState(false);
  const list = useListHere();
  const router = useRouter();
  const [isSearching, startSearch] = useTransition();
  function search(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsCut(false);
    if (!input.current) return;
    // What was typed goes along as it is, for the audit; the box shows what was understood.
    const raw = input.current.value;
    input.current.value = cleanScan(raw);
    const scan = ++lastScan.current;
    startSearch(async () => {
      const place = await placeOf(raw, list);
      // Scanned again meanwhile: the later scan says where to go.
      if (scan === lastScan.current) startSearch(() => router.push(place));
    });
  }
  useScanner(input, {
    onScan(orderNo) {
      if (!input.current) return;
      input.current.value = orderNo;
      input.current.form?.requestSubmit();
    },
    onScanIntoForm(orderNo) {
      setIsCut(false);
      setOffered(orderNo);
      announce(t("offer", { orderNo }));
    },
    onCut() {
      if (input.current) input.current.value = shown;
      setIsCut(true);
      announce(t("cut"));
    },
  });
  return (
    <search className="grid gap-3">
      <form action="/search" className="relative flex gap-2" onSubmit={search}>
        <ScanBarcode
          aria-hidden
          className="pointer-events-none absolute top-0 left-3.5 h-full w-5 shrink-0 text-quiet"
        />
        <input
          key={shown}
          ref={input}
          type="search"
          name="q"
          defaultValue={shown}
          aria-label={t("label")}
          placeholder={t("label")}
          maxLength={64}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          onFocus={(event) => event.currentTarget.select()}
          className={classes(field, "ps-11 font-mono placeholder:font-sans")}
        />
        <button type="submit" aria-busy={isSearching || undefined} className={button.primary}>
          {isSearching ? (
            <LoaderCircle aria-hidden className="size-5 animate-spin" />
          ) : (
            <Search aria-hidden className="size-5 sm:hidden" />
          )}
          <span className="max-sm:sr-only">{t("submit")}</span>
        </button>
      </form>
      {isCut ? (
        <Banner meaning="wait" Sign={ScanBarcode}>
          <p>{t("cut")}</p>
        </Banner>
      ) : null}
      {offered ? (
        <Banner meaning="moving" Sign={ScanBarcode}>
          <p className="grow">{t("offer", { orderNo: offered })}</p>
          <Link
            href={paths.search(offered)}
            prefetch={false}
            onClick={() => setOffered(null)}
            className={button.primary}
          >
            {t("open")}
          </Link>
          <Button look="secondary" onClick={() => setOffered(null)}>
            {t("stay")}
          </Button>
        </Banner>
      ) : null}
    </search>
  );
}
