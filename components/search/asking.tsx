"use client";
import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { card, classes } from "#components/ui/styles.ts";

const tickMs = 1_000;

/** The number is not in our books and the gateways are being asked; the shape of the card that comes. */
export function Asking({ orderNo, gateways }: { orderNo: string; gateways: string }) {
  const t = useTranslations("search");
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((passed) => passed + 1), tickMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <section aria-busy="true" className={classes(card, "grid gap-4 border-2 p-6")}>
      <p role="status" className="flex items-center gap-3 font-semibold text-2xl">
        <LoaderCircle aria-hidden className="size-8 shrink-0 animate-spin text-accent" />
        {t("asking", { gateways })}
      </p>
      <p className="text-lg">
        {t("askingAbout", { orderNo })}
        {seconds >= 2 ? <span className="text-quiet"> {t("askingFor", { seconds })}</span> : null}
      </p>
      <div aria-hidden className="grid gap-3">
        <div className="h-8 w-2/3 rounded-lg bg-line" />
        <div className="h-5 w-1/2 rounded-lg bg-line" />
      </div>
    </section>
  );
}
