"use client";
import { useQuery } from "@tanstack/react-query";
import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { paths } from "#lib/domain/paths.ts";

const lookMs = 1_500;

/** The desk is back with other books once it does not know this session any more; while it is away nothing answers. */
async function isBack(): Promise<boolean> {
  const answer = await fetch(paths.statusView, { cache: "no-store" }).catch(() => null);
  return answer?.status === 401;
}

/** Waits for a desk that is being laid out anew, and leads to its sign-in page. */
export function Returning() {
  const t = useTranslations("drill.anew");
  const { data } = useQuery({
    queryKey: ["drill-anew"],
    queryFn: isBack,
    refetchInterval: ({ state }) => (state.data ? false : lookMs),
    refetchIntervalInBackground: true,
  });
  useEffect(() => {
    if (data) window.location.assign(paths.signIn);
  }, [data]);
  return (
    <p role="status" className="flex items-center gap-3 font-medium">
      <LoaderCircle aria-hidden className="size-5 shrink-0 animate-spin" />
      {t("going")}
    </p>
  );
}
