import { Ban } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Chip } from "#components/ui/chip.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { card, classes, partTitle } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";

export type AuditLineShown = {
  seq: number;
  at: string;
  timeZone: string;
  sentence: string;
  isRefused: boolean;
  account: string | null;
  orderNo: string | null;
};

/** The lines of the audit in days, newest first. */
export function AuditLines({ lines }: { lines: readonly AuditLineShown[] }) {
  const t = useTranslations("audit");
  const locale = useLocale();
  const dayOf = ({ at, timeZone }: AuditLineShown) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone }).format(new Date(at));
  const days = Map.groupBy(lines, dayOf);
  return [...days].map(([day, ofDay]) => (
    <section key={day} aria-label={day} className="grid gap-2">
      <h2 className={partTitle}>{day}</h2>
      <ul className={classes(card, "divide-y divide-line p-0")}>
        {ofDay.map(({ seq, at, timeZone, sentence, isRefused, account, orderNo }) => (
          <li key={seq} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="text-quiet text-sm">
              <ClockTime at={at} timeZone={timeZone} />
            </span>
            <span className="min-w-0 flex-1 basis-64 break-words">{sentence}</span>
            {isRefused ? (
              <Chip meaning="stop" Sign={Ban}>
                {t("refused")}
              </Chip>
            ) : null}
            {account && orderNo ? (
              <Link
                href={paths.order(account, orderNo)}
                prefetch={false}
                className="inline-flex min-h-9 items-center font-mono text-accent text-sm underline underline-offset-4"
              >
                {orderNo}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  ));
}
