import { PlugZap, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { button, classes, meanings } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";

type Props = { orderNo: string; quietUntil: string | null; timeZone: string };

/** The gateway said nothing, which says nothing about the order. */
export function NoAnswer({ orderNo, quietUntil, timeZone }: Props) {
  const t = useTranslations("search");
  return (
    <section className={classes("grid justify-items-start gap-3 rounded-2xl border-2 p-6", meanings.unknown)}>
      <p role="status" className="flex items-center gap-3 font-semibold text-2xl">
        <PlugZap aria-hidden className="size-8 shrink-0" />
        {t("gatewayNoAnswer", { orderNo })}
      </p>
      {quietUntil ? (
        <p>{t.rich("quiet", { time: () => <ClockTime at={quietUntil} timeZone={timeZone} /> })}</p>
      ) : null}
      {/* A plain link: the answer is asked for anew, not taken from what the browser keeps. */}
      <a href={paths.search(orderNo)} className={button.primary}>
        <RotateCw aria-hidden className="size-5" />
        {t("again")}
      </a>
    </section>
  );
}
