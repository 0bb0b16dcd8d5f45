"use client";
import { ShieldAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type Action, callAction } from "#components/forms/call-action.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import type { NoticeKind } from "#lib/domain/notice-kind.ts";

type Notice = {
  id: string;
  kind: NoticeKind;
  host: string | null;
  at: string;
  timeZone: string;
};

/** What a person has to hear wherever they are, until they say that they have. */
export function Notices({ notices, see }: { notices: readonly Notice[]; see: Action }) {
  const t = useTranslations("notices");
  const router = useRouter();
  async function press(id: string) {
    await callAction(see, { id });
    router.refresh();
  }
  return notices.map(({ id, kind, host, at, timeZone }) => (
    <Banner
      key={id}
      meaning={kind === "raised" || kind === "raiseAsked" ? "wait" : "stop"}
      Sign={ShieldAlert}
    >
      <p className="flex-1 basis-64">
        {t.rich(host === null ? kind : `${kind}At`, {
          host: host ?? "",
          time: () => <ClockTime at={at} timeZone={timeZone} withDate />,
        })}
      </p>
      <Button look="secondary" onClick={() => press(id)}>
        {t("seen")}
      </Button>
    </Banner>
  ));
}
