"use client";
import { MonitorSmartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { card, classes, partTitle } from "#components/ui/styles.ts";

type Session = {
  sessionId: string;
  isThis: boolean;
  isThisDevice: boolean;
  startedAt: string;
  lastActionAt: string;
};
type Props = { sessions: readonly Session[]; timeZone: string; end: Deed };

/** Where the person is signed in now; any other place can be ended from here. */
export function OwnSessions({ sessions, timeZone, end }: Props) {
  const t = useTranslations("me.sessions");
  const { run, trouble, isBusy } = useFormDeed(end, () => undefined);
  const time = (at: string) => <ClockTime at={at} timeZone={timeZone} withDate />;
  return (
    <section className={classes(card, "grid gap-3")} aria-labelledby="own-sessions">
      <h2 id="own-sessions" className={partTitle}>
        {t("title")}
      </h2>
      <p role="alert" className="text-stop-text empty:hidden">
        {trouble}
      </p>
      <ul className="grid divide-y divide-line">
        {sessions.map(({ sessionId, isThis, isThisDevice, startedAt, lastActionAt }) => (
          <li key={sessionId} className="flex flex-wrap items-center justify-between gap-3 py-3">
            <span className="flex min-w-0 items-start gap-3">
              <MonitorSmartphone aria-hidden className="mt-0.5 size-5 shrink-0 text-quiet" />
              <span className="grid">
                <span className="font-medium">
                  {t(isThis ? "here" : isThisDevice ? "thisDevice" : "otherDevice")}
                </span>
                <span className="text-quiet">
                  {t.rich("since", { start: () => time(startedAt), last: () => time(lastActionAt) })}
                </span>
              </span>
            </span>
            {isThis ? null : (
              <Button look="secondary" isBusy={isBusy} onClick={() => run({ sessionId }, null)}>
                {t("end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Button
          look="danger"
          className="justify-self-start"
          isBusy={isBusy}
          onClick={() => run({ sessionId: null }, null)}
        >
          {t("endOthers")}
        </Button>
      ) : null}
    </section>
  );
}
