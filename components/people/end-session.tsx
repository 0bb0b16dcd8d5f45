"use client";
import { useTranslations } from "next-intl";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";

/** Signs somebody out at one place. */
export function EndSession({ sessionId, name, end }: { sessionId: string; name: string; end: Deed }) {
  const t = useTranslations("sessions");
  const { run, trouble, isBusy } = useFormDeed(end, () => undefined);
  return (
    <>
      <Button look="secondary" isBusy={isBusy} onClick={() => run({ sessionId }, null)}>
        {t("end")}
        <span className="sr-only">{name}</span>
      </Button>
      <span role="alert" className="text-stop-text empty:hidden">
        {trouble}
      </span>
    </>
  );
}
