"use client";
import { CloudOff } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { paths } from "#lib/domain/paths.ts";
import { Banner } from "./banner.tsx";
import { ClockTime } from "./clock-time.tsx";
import type { LiveTrouble } from "./live-data.ts";
import { button } from "./styles.ts";
import { usePath } from "./use-path.ts";

type Props = {
  trouble: LiveTrouble | null;
  /** The server's clock when what is shown was read. */
  serverNow: string;
  timeZone: string;
};

/** Why the page does not follow any more, and what it still shows. */
export function LiveNotice({ trouble, serverNow, timeZone }: Props) {
  const t = useTranslations("liveTrouble");
  const path = usePath();
  if (trouble === null) return null;
  return (
    <Banner meaning="wait" Sign={CloudOff}>
      <p className="grow">
        {t.rich(trouble, { time: () => <ClockTime at={serverNow} timeZone={timeZone} /> })}
      </p>
      {trouble === "signedOut" ? (
        <Link href={paths.signInTo(path)} prefetch={false} className={button.primary}>
          {t("signIn")}
        </Link>
      ) : null}
    </Banner>
  );
}
