"use client";
import { ClockAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { limits } from "#lib/domain/limits.ts";
import { Banner } from "./banner.tsx";

/** Says that this computer's clock is wrong; what the page counts follows the server's. */
export function ClockWarning({ serverNow }: { serverNow: string }) {
  const t = useTranslations("clock");
  const [offMs, setOffMs] = useState(0);
  useEffect(() => setOffMs(Date.now() - Date.parse(serverNow)), [serverNow]);
  if (Math.abs(offMs) <= limits.clockOffMs) return null;
  const minutes = Math.round(Math.abs(offMs) / 60_000);
  return (
    <Banner meaning="wait" Sign={ClockAlert}>
      <p>{t(offMs > 0 ? "fast" : "slow", { minutes })}</p>
    </Banner>
  );
}
