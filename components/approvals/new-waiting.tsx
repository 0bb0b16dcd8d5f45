"use client";
import { useQuery } from "@tanstack/react-query";
import { BellRing } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { useAnnounce } from "#components/ui/live-region.tsx";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";

/** Says that something new waits or that something shown is gone; the list itself moves only when somebody wants it to. */
export function NewWaiting({ shown }: { shown: readonly string[] }) {
  const t = useTranslations("approvals");
  const router = useRouter();
  const announce = useAnnounce();
  const { data } = useQuery({
    queryKey: ["approvals", "waiting"],
    queryFn: async (): Promise<readonly string[]> => {
      const answer = await fetch(paths.waitingApprovals, { cache: "no-store" });
      if (answer.status === 401) router.refresh();
      if (!answer.ok) throw new Error(String(answer.status));
      return (await answer.json()).requestNos;
    },
    refetchInterval: limits.listPollMs,
  });
  const added = data?.filter((no) => !shown.includes(no)).length ?? 0;
  const gone = data ? shown.filter((no) => !data.includes(no)).length : 0;
  useEffect(() => {
    if (added > 0) announce(t("newWaiting", { count: added }));
  }, [added, announce, t]);
  if (added === 0 && gone === 0) return null;
  return (
    <Banner meaning="moving" Sign={BellRing}>
      <p className="flex-1 font-semibold">
        {added > 0 ? t("newWaiting", { count: added }) : t("goneMeanwhile", { count: gone })}
      </p>
      <Button look="secondary" onClick={() => router.refresh()}>
        {t("show")}
      </Button>
    </Banner>
  );
}
