"use client";
import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { classes, meanings } from "#components/ui/styles.ts";

/** An answer got lost: we do not know, and the page is being loaded anew to find out. Read out at once. */
export function MaybeLost({ what }: { what: "request" | "decision" }) {
  const t = useTranslations("staffMessages");
  return (
    <p
      role="alert"
      className={classes("flex items-center gap-3 rounded-lg border p-4 font-semibold", meanings.unknown)}
    >
      <LoaderCircle aria-hidden className="size-5 shrink-0 animate-spin" />
      {t(what === "request" ? "maybeLost" : "decisionMaybeLost")}
    </p>
  );
}
